"""Numbers as bars: lying bars with a label each, and standing columns over a time."""

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

    def __init__(self, rows: Sequence[Row], *, widest: int = 40) -> None:
        super().__init__()
        self._rows = rows
        self._widest = widest

    def lay(self, width: int) -> list[Content]:
        if not self._rows:
            return []
        words = max(cell_width(row.words) for row in self._rows)
        label = min(max(cell_width(row.label) for row in self._rows), max(8, (width - words) // 2))
        length = max(3, min(self._widest, width - label - words - 3))
        return [
            Content.assemble(
                pad(truncate(row.label, label), label),
                " ",
                bar(row.share, length, row.style),
                (" " + pad(row.words, words, ">"), "$text-muted"),
            ).truncate(width)
            for row in self._rows
        ]


class Columns(Lines):
    """Standing columns, the highest number written beside the scale, labels below first, middle and last."""

    def __init__(
        self, numbers: Sequence[float], labels: tuple[str, str], *, rows: int = 5, style: str = "$primary"
    ) -> None:
        super().__init__()
        self._numbers = numbers
        self._labels = labels
        self._height = rows
        self._style = style

    def lay(self, width: int) -> list[Content]:
        top = max(self._numbers, default=0)
        scale = f"{top:.0f}" if top >= 1 else "1"
        margin = max(len(scale), 1) + 1
        count = max(1, len(self._numbers))
        each = max(1, min(3, (width - margin) // count))
        thick = max(1, each - 1)
        shown = self._numbers[: max(1, (width - margin) // each)]
        lines = []
        for row in range(self._height, 0, -1):
            edge = scale if row == self._height else ("0" if row == 1 else "")
            cells = "".join(
                _EIGHTHS[_eighths(number / (top or 1), self._height, row)] * thick + " " * (each - thick)
                for number in shown
            )
            lines.append(
                Content.assemble((edge.rjust(margin - 1) + "│", "$text-muted"), (cells, self._style))
            )
        length = len(shown) * each
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
