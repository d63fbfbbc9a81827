"""Markdown with LaTeX as lines of styled cells, never wider than asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

from quizdl.typeset import flow, inlines
from quizdl.typeset.blocks import Block, Code, Heading, Items, Paragraph, Quote, Rule, Table, parse
from quizdl.typeset.cells import cell_width, split_at
from quizdl.typeset.spans import Line, Span, Style, merged, span, text_of

__all__ = ["Line", "Span", "Style", "render", "text_of"]

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""Control characters could move the cursor, and directions could show text other than it is."""

_BULLETS = "•◦▪"
_MIN_COLUMN = 4


def render(source: str, width: int, *, flat: bool = False) -> list[Line]:
    """Set a text.

    Args:
        source: Markdown (paragraphs, emphasis, code, lists, headings, quotes, tables, links, breaks) with
            $…$ formulas in the line and $$…$$ formulas on their own. `\\$` is a dollar.
        width: cells of a line, at least 2.
        flat: formulas on one row where that is possible, for pipes and screen readers.

    Returns:
        The lines, none wider than `width`. Unreadable LaTeX shows its source in style "code".

    Example:
        >>> print(text_of(render("손실은 $L = -\\\\sum_i y_i \\\\log s_i$ 이다.", 40)))
        손실은 L = −∑ᵢ yᵢ log sᵢ 이다.
    """
    return list(_rendered(source, max(2, width), flat))


@lru_cache(maxsize=256)
def _rendered(source: str, width: int, flat: bool) -> tuple[Line, ...]:
    text = _UNSAFE.sub("", normalize("NFC", source.replace("\r\n", "\n")))
    return tuple(_Setter(flat).blocks(parse(text), width, 0))


class _Setter:
    def __init__(self, flat: bool) -> None:
        self.flat = flat

    def blocks(self, blocks: Sequence[Block], width: int, level: int, tight: bool = False) -> list[Line]:
        """Blocks below one another, an empty line between them unless they belong to a tight list."""
        out: list[Line] = []
        for index, block in enumerate(blocks):
            if index and not (tight and (isinstance(block, Items) or isinstance(blocks[index - 1], Items))):
                out.append(())
            out += self.block(block, width, level)
        return out

    def block(self, block: Block, width: int, level: int) -> list[Line]:
        match block:
            case Paragraph(text=text):
                return self.paragraph(inlines.parse(text), width)
            case Heading(text=text):
                return self.paragraph(inlines.parse(text, frozenset(("heading",))), width)
            case Code(lines=lines):
                return _code(lines, width)
            case Items():
                return self.items(block, width, level)
            case Quote(blocks=inner):
                lines_ = self.blocks(inner, max(2, width - 2), level)
                return [merged((Span("│ ", "muted"), *line)) for line in lines_] if width > 3 else lines_
            case Table():
                return self.table(block, width)
            case Rule():
                return [(Span("─" * width, "rule"),)]

    def paragraph(self, items: Iterable[inlines.Inline], width: int) -> list[Line]:
        """Text, interrupted by its display formulas."""
        out: list[Line] = []
        waiting: list[inlines.Inline] = []

        def flush() -> None:
            lines = flow.fill(waiting, width, flat=self.flat)
            waiting.clear()
            if lines and out:
                out.append(())
            out.extend(lines)

        for item in items:
            if item.kind != "display":
                waiting.append(item)
                continue
            flush()
            if out:
                out.append(())
            out += flow.display(item.text, width, flat=self.flat)
        flush()
        return out

    def items(self, block: Items, width: int, level: int) -> list[Line]:
        """Bullets or numbers, what follows the first line hanging below its text."""
        last = (block.start or 0) + len(block.items) - 1
        out: list[Line] = []
        for index, item in enumerate(block.items):
            if block.start is None:
                marker = _BULLETS[min(level, len(_BULLETS) - 1)] + " "
            else:
                marker = f"{block.start + index}.".rjust(len(str(last)) + 1) + " "
            if width - len(marker) < _MIN_COLUMN:
                marker = ""
            if out and block.loose:
                out.append(())
            lines = self.blocks(item, width - len(marker), level + 1, not block.loose) or [()]
            baseline = _first_baseline(lines)
            for row, line in enumerate(lines):
                lead = Span(marker, "muted") if row == baseline else Span(" " * len(marker))
                out.append(merged((lead, *line)))
        return out

    def table(self, block: Table, width: int) -> list[Line]:
        """Columns as wide as they need, narrowed together when the line is too short."""
        bold: frozenset[Style] = frozenset(("bold",))
        header = [inlines.parse(cell, bold) for cell in block.header]
        rows = [[inlines.parse(cell) for cell in row] for row in block.rows]
        columns = len(block.header)
        room = width - 3 * (columns - 1)
        if room < columns * _MIN_COLUMN:  # too many columns for the line: a record per row
            return self._records(header, rows, width)
        natural = [max(self._natural(row[c]) for row in (header, *rows)) for c in range(columns)]
        widths = _shares(natural, room)
        out = self._table_row(header, widths, block.align)
        out.append((Span("─┼─".join("─" * w for w in widths), "rule"),))
        cells = [self._table_row(row, widths, block.align) for row in rows]
        tall = any(len(lines) > 1 for lines in cells)
        for index, lines in enumerate(cells):
            if index and tall:
                out.append(merged((Span(" │ ".join(" " * w for w in widths), "rule"),)))
            out += lines
        return out

    def _natural(self, cell: list[inlines.Inline]) -> int:
        lines = self.paragraph(cell, 1000)
        return max((sum(cell_width(item.text) for item in line) for line in lines), default=1)

    def _table_row(
        self, cells: Sequence[list[inlines.Inline]], widths: Sequence[int], align: str
    ) -> list[Line]:
        blocks = [self.paragraph(cell, w) for cell, w in zip(cells, widths, strict=True)]
        height = max(1, *map(len, blocks)) if blocks else 1
        out: list[Line] = []
        for row in range(height):
            spans: list[Span] = []
            for column, (lines, w) in enumerate(zip(blocks, widths, strict=True)):
                if column:
                    spans.append(Span(" │ ", "rule"))
                top = (height - len(lines)) // 2 if len(lines) == 1 else 0
                line = lines[row - top] if 0 <= row - top < len(lines) else ()
                missing = w - sum(cell_width(item.text) for item in line)
                side = align[column] if len(lines) <= 1 else "<"
                before = {"<": 0, ">": missing, "^": missing // 2}[side]
                spans += [Span(" " * before), *line, Span(" " * (missing - before))]
            out.append(merged(spans))
        return out

    def _records(
        self, header: list[list[inlines.Inline]], rows: list[list[list[inlines.Inline]]], width: int
    ) -> list[Line]:
        out: list[Line] = []
        for row in rows:
            if out:
                out.append((Span("─" * width, "rule"),))
            for name, cell in zip(header, row, strict=True):
                out += self.paragraph([*name, inlines.Inline("text", ": "), *cell], width)
        return out


def _first_baseline(lines: Sequence[Line]) -> int:
    """The row a list marker belongs on: the first with text that is no part of a formula above it."""
    for index, line in enumerate(lines):
        if not line:
            return 0
        if any(item.text.strip() and "math" not in item.styles for item in line):
            return index
    return 0


def _code(lines: Sequence[str], width: int) -> list[Line]:
    indent = "  " if width > 12 else ""
    out: list[Line] = []
    for line in lines:
        rest = line.rstrip()
        while True:
            head, rest = split_at(rest, max(2, width - len(indent)))
            out.append(merged((Span(indent), span(head, ("code",))), strip=False))
            if not rest:
                break
    return out


def _shares(natural: Sequence[int], room: int) -> list[int]:
    """Widths of columns: what each needs, or, when that is too much, the widest give first."""
    widths = [max(1, n) for n in natural]
    while sum(widths) > room:
        widest = max(widths)
        second = max((w for w in widths if w < widest), default=0)
        count = widths.count(widest)
        cut = max(1, min(widest - max(second, _MIN_COLUMN), (sum(widths) - room) // count))
        for index, value in enumerate(widths):
            if value == widest and sum(widths) > room:
                widths[index] = value - min(cut, sum(widths) - room)
    return widths
