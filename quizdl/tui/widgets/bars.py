"""Numbers to be seen: tiles, lying bars with a label each, and standing columns over a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content

from quizdl.tui.widgets.lines import Lines
from quizdl.tui.widgets.progress import bar
from quizdl.typeset.cells import cell_width, pad, truncate

_EIGHTHS = " ▁▂▃▄▅▆▇█"


class Row(NamedTuple):
    """A lying bar: its label, its share of the whole length 0..1, and the words after it."""

    label: str
    share: float
    words: str
    style: str = "$primary"


class Bars(Lines):
    """Lying bars below each other, their labels and words in columns."""

    def __init__(self, rows: Sequence[Row], *, title: str = "", widest: int = 40) -> None:
        super().__init__()
        self._rows = rows
        self._title = title
        self._widest = widest

    def lay(self, width: int) -> list[Content]:
        title = [Content.styled(truncate(self._title, width), "bold")] if self._title else []
        if not self._rows:
            return title
        words = max(cell_width(row.words) for row in self._rows)
        label = min(max(cell_width(row.label) for row in self._rows), max(8, (width - words) // 2))
        length = max(3, min(self._widest, width - label - words - 3))
        return title + [
            Content.assemble(
                pad(truncate(row.label, label), label),
                " ",
                bar(row.share, length, row.style, track=" "),
                (" " + pad(row.words, words, ">"), "$text-muted"),
            ).truncate(width)
            for row in self._rows
        ]


class Tiles(Lines):
    """A few numbers beside each other, each over what it counts."""

    def __init__(self, tiles: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._tiles = tiles

    def lay(self, width: int) -> list[Content]:
        each = width // max(1, len(self._tiles))
        cut = [(pad(truncate(n, each - 1), each), pad(truncate(w, each - 1), each)) for n, w in self._tiles]
        return [
            Content.styled("".join(number for number, _words in cut), "bold $primary"),
            Content.styled("".join(words for _number, words in cut), "$text-muted"),
        ]


class Columns(Lines):
    """Standing columns over days, with the scale at the left and two dates below."""

    def __init__(
        self,
        title: str,
        numbers: Sequence[float],
        labels: tuple[str, str],
        *,
        rows: int = 5,
        style: str = "$primary",
    ) -> None:
        super().__init__()
        self._title = title
        self._numbers = numbers
        self._labels = labels
        self._height = rows
        self._style = style

    def lay(self, width: int) -> list[Content]:
        top = max((*self._numbers, 1))
        scale = f"{top:.0f}"
        margin = len(scale) + 1
        each = max(1, min(3, (width - margin) // max(1, len(self._numbers))))
        thick = max(1, each - 1)
        lines = [Content.styled(truncate(self._title, width), "bold")]
        for row in range(self._height, 0, -1):
            edge = scale if row == self._height else ("0" if row == 1 else "")
            cells = "".join(
                _EIGHTHS[_eighths(number / top, self._height, row)] * thick + " " * (each - thick)
                for number in self._numbers
            )
            lines.append(
                Content.assemble((edge.rjust(margin - 1) + "│", "$text-muted"), (cells, self._style))
            )
        length = len(self._numbers) * each
        first, last = self._labels
        gap = max(1, length - cell_width(first) - cell_width(last))
        lines.append(Content.styled(" " * (margin - 1) + "└" + "─" * length, "$text-muted"))
        lines.append(Content.styled(" " * margin + first + " " * gap + last, "$text-muted"))
        return [line.truncate(width) for line in lines]


def _eighths(share: float, height: int, row: int) -> int:
    """How many eighths of the cell in `row` (1 is the lowest) a column of this share fills."""
    filled = round(share * height * 8)
    if share > 0:
        filled = max(1, filled)
    return max(0, min(8, filled - (row - 1) * 8))


class Beside(Lines):
    """Two texts beside each other where both have the room they want, else below each other."""

    def __init__(self, left: Lines, right: Lines, *, least: int) -> None:
        super().__init__()
        self._pair = (left, right)
        self._least = least

    def lay(self, width: int) -> list[Content]:
        left, right = self._pair
        half = (width - 4) // 2
        if half < self._least:
            return [*left.lay(width), Content(""), *right.lay(width)]
        ones, others = list(left.lay(half)), list(right.lay(half))
        count = max(len(ones), len(others))
        ones += [Content("")] * (count - len(ones))
        others += [Content("")] * (count - len(others))
        return [
            Content.assemble(one, " " * (half + 4 - one.cell_length), other)
            for one, other in zip(ones, others, strict=True)
        ]
