"""Tables of plain text, aligned by terminal cells so that Hangul does not push the columns apart."""

from __future__ import annotations

from collections.abc import Sequence

from quizdl.typeset.cells import cell_width, pad

_GAP = "  "


def table(rows: Sequence[Sequence[str]], align: str) -> list[str]:
    """Rows as lines, each column as wide as its widest cell.

    Args:
        rows: cells; all rows have as many as `align` has letters.
        align: `<` or `>` for each column.

    Returns:
        One line for each row, without spaces at its end.

    Example:
        >>> print("\\n".join(table([("손실", "7"), ("softmax", "12")], "<>")))
        손실      7
        softmax  12
    """
    widths = [max(map(cell_width, column), default=0) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            pad(cell, width, side) for cell, width, side in zip(row, widths, align, strict=True)
        ).rstrip()
        for row in rows
    ]


def bar(share: float, width: int) -> str:
    """A share 0..1 as a bar of `#`, at least one for anything above 0.

    Example:
        >>> bar(0.5, 8), bar(0.001, 8), bar(0, 8)
        ('####', '#', '')
    """
    return "#" * (max(1, round(share * width)) if share > 0 else 0)
