"""Filling lines with styled words and formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from quizdl.typeset import breaking, math
from quizdl.typeset.box import Box
from quizdl.typeset.cells import cell_width, split_at, wrap
from quizdl.typeset.inlines import Inline
from quizdl.typeset.latex import LatexError, parse
from quizdl.typeset.spans import PLAIN, Line, Span, Style, Styles, merged, span
from quizdl.typeset.style import DISPLAY, TEXT

_SPACES = re.compile(r"([ \t\n]+)")

Piece: TypeAlias = tuple[str, Styles] | tuple[Box, Styles]
"""Text or a formula; what stays together is a list of them."""


def width_of(piece: Piece) -> int:
    return cell_width(piece[0]) if isinstance(piece[0], str) else piece[0].width


class Filler:
    """Takes the pieces of a paragraph one after another and fills lines greedily."""

    def __init__(self, width: int, *, flat: bool = False) -> None:
        self.width = max(2, width)
        self.flat = flat
        self.rows: list[Line] = []
        self._line: list[Piece] = []
        self._used = 0
        self._word: list[Piece] = []
        self._glue: Styles | None = None
        self._tail = 0  # rows the last line took under its baseline

    def add(self, item: Inline) -> None:
        """One inline; display formulas are not for this."""
        if item.kind == "break":
            self.end_line()
        elif item.kind == "math":
            self._formula(item.text, item.styles)
        else:
            for index, part in enumerate(_SPACES.split(item.text)):
                if index % 2:
                    self._space(item.styles)
                elif part:
                    self._word.append((part, item.styles))

    def _space(self, styles: Styles) -> None:
        self._end_word()
        self._glue = styles

    def _formula(self, latex: str, styles: Styles) -> None:
        styles = styles | {"math"}
        try:
            line = math.inline(latex) if self.flat else None
            if line is not None:
                self._words(line, styles)
                return
            tree = parse(latex)
            box = math.set_node(tree, TEXT)
            if box.width <= max(24, self.width // 2) and box.width <= self.width:
                self._word.append((box, styles))
                return
            chunks = breaking.chunks(tree, TEXT)
            if all(chunk.width <= self.width for chunk in chunks):
                self._boxes(chunks, styles)
                return
            broken = breaking.break_row(tree, self.width, TEXT)
            if broken is not None:
                self._boxes(broken, styles)
                return
            self._words(math.inline(latex) or latex, styles)
        except LatexError:
            self._words(f"${latex}$", styles - {"math"} | {"code"})

    def _boxes(self, boxes: Iterable[Box], styles: Styles) -> None:
        for index, box in enumerate(boxes):
            if index:
                self._space(PLAIN)
            self._word.append((box, styles))

    def _words(self, text: str, styles: Styles) -> None:
        self.add(Inline("text", text, styles))

    def _end_word(self) -> None:
        if not self._word:
            return
        word, self._word = self._word, []
        width = sum(map(width_of, word))
        if self._line and self._used + 1 + width > self.width:
            self._emit()
        elif self._line:
            self._line.append((" ", self._glue or PLAIN))
            self._used += 1
        for piece in word if width > self.width else ():
            self._cut(piece)
        if width <= self.width:
            self._line += word
            self._used += width

    def _cut(self, piece: Piece) -> None:
        """Part of a word longer than the line: as much as fits, the rest below."""
        content, styles = piece
        if isinstance(content, str):
            while self._used + cell_width(content) > self.width:
                head, content = split_at(content, self.width - self._used)
                if head:
                    self._line.append((head, styles))
                self._emit()
        elif self._used + content.width > self.width:
            self._emit()
        if isinstance(content, str):
            self._line.append((content, styles))
        else:
            self._line.append((content, styles))
        self._used += cell_width(content) if isinstance(content, str) else content.width

    def end_line(self) -> None:
        """A hard break."""
        self._end_word()
        self._emit(even_empty=True)
        self._glue = None

    def finish(self) -> list[Line]:
        """The lines, after the last piece."""
        self._end_word()
        self._emit()
        return self.rows

    def _emit(self, even_empty: bool = False) -> None:
        if not self._line and not even_empty:
            return
        rows, above = _rows(self._line)
        if self._tail and above:
            self.rows.append(())  # a denominator and the numerator below it must not look like one fraction
        self.rows += rows
        self._tail = len(rows) - 1 - above
        self._line, self._used = [], 0


def _rows(line: Sequence[Piece]) -> tuple[list[Line], int]:
    """A line of pieces as rows of cells, and how many rows are above the baseline."""
    boxes = [content for content, _ in line if not isinstance(content, str)]
    above = max((box.baseline for box in boxes), default=0)
    below = max((box.below for box in boxes), default=0)
    rows: list[Line] = []
    for row in range(-above, below + 1):
        spans: list[Span] = []
        for content, styles in line:
            if isinstance(content, str):
                spans.append(span(content, styles) if row == 0 else Span(" " * cell_width(content)))
            else:
                index = row + content.baseline
                inside = 0 <= index < content.height
                text = content.rows[index] if inside else " " * content.width
                spans.append(span(text, styles) if text.strip() else Span(text))
        rows.append(merged(spans))
    return rows, above


def fill(items: Iterable[Inline], width: int, *, flat: bool = False) -> list[Line]:
    """A paragraph without display formulas as lines."""
    filler = Filler(width, flat=flat)
    for item in items:
        filler.add(item)
    return filler.finish()


def display(latex: str, width: int, *, flat: bool = False) -> list[Line]:
    """A display formula, in the middle of the width; the simplest form that fits.

    Args:
        latex: the formula without dollars.
        width: cells there are.
        flat: on one row where that is possible.

    Returns:
        The lines; the source in style "code" when it is unreadable.
    """
    try:
        line = math.inline(latex) if flat else None
        if line is not None:
            return [(Span("  " + text if width > 20 else text, "math"),) for text in wrap(line, width - 2)]
        for style in (DISPLAY, TEXT):
            boxes = breaking.break_row(parse(latex), width, style)
            if boxes is not None:
                return _centred(boxes, width)
        line = math.inline(latex)
    except LatexError:
        return _source(latex, width)
    if line is None:
        return _source(latex, width)
    return [(Span(text, "math"),) for text in wrap(line, width)]


def _centred(boxes: Sequence[Box], width: int) -> list[Line]:
    indent = (width - max(box.width for box in boxes)) // 2
    rows: list[Line] = []
    for index, box in enumerate(boxes):
        if index and boxes[index - 1].below and box.baseline:
            rows.append(())
        rows += [merged((Span(" " * indent), Span(row, "math"))) for row in box.rows]
    return rows


def _source(latex: str, width: int) -> list[Line]:
    style: Style = "code"
    return [(Span(text, style),) for text in wrap(f"$${latex}$$", width)]
