"""Boxes of terminal cells with a baseline, and putting them beside and above one another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from quizdl.typeset.cells import cell_width, pad


class Box(NamedTuple):
    """A rectangle of cells: every row is `width` cells wide, and `baseline` is the row text stands on.

    Example:
        >>> Box.of("가x")
        Box(rows=('가x',), baseline=0, width=3)
    """

    rows: tuple[str, ...]
    baseline: int
    width: int

    @classmethod
    def of(cls, text: str) -> Box:
        """One row of text."""
        return cls((text,), 0, cell_width(text))

    @property
    def height(self) -> int:
        return len(self.rows)

    @property
    def below(self) -> int:
        """Rows under the baseline."""
        return len(self.rows) - 1 - self.baseline

    def __str__(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)


NOTHING = Box(("",), 0, 0)


def blank(width: int, above: int = 0, below: int = 0) -> Box:
    """Empty cells."""
    return Box((" " * width,) * (above + 1 + below), above, width)


def beside(boxes: Sequence[Box]) -> Box:
    """Boxes from left to right with their baselines on one row."""
    if len(boxes) == 1:
        return boxes[0]
    if not boxes:
        return NOTHING
    above = max(box.baseline for box in boxes)
    below = max(box.below for box in boxes)
    if above == below == 0:
        return Box(("".join(box.rows[0] for box in boxes),), 0, sum(box.width for box in boxes))
    rows = [""] * (above + 1 + below)
    for box in boxes:
        empty = " " * box.width
        first = above - box.baseline
        for index in range(len(rows)):
            inside = first <= index < first + box.height
            rows[index] += box.rows[index - first] if inside else empty
    return Box(tuple(rows), above, sum(box.width for box in boxes))


def widen(box: Box, width: int, align: str = "^") -> Box:
    """A box filled with blanks to a width."""
    if box.width >= width:
        return box
    missing = width - box.width
    before = {"<": 0, ">": missing, "^": missing // 2, "l": 0, "r": missing, "c": missing // 2}[align]
    rows = tuple(" " * before + row + " " * (missing - before) for row in box.rows)
    return Box(rows, box.baseline, width)


def stack(boxes: Sequence[Box], baseline_of: int, align: str = "^") -> Box:
    """Boxes from top to bottom; the baseline is that of one of them."""
    width = max(box.width for box in boxes)
    rows = tuple(row for box in boxes for row in widen(box, width, align).rows)
    above = sum(box.height for box in boxes[:baseline_of])
    return Box(rows, above + boxes[baseline_of].baseline, width)


def centred_text(text: str, width: int) -> Box:
    """One row of text in the middle of a width."""
    return Box((pad(text, width, "^"),), 0, max(width, cell_width(text)))


_PIECES = {
    # one row, then top, middle (extender), bottom
    "(": "⎛⎜⎝", ")": "⎞⎟⎠", "[": "⎡⎢⎣", "]": "⎤⎥⎦", "|": "│││", "‖": "║║║", "⌊": "││⌊", "⌋": "││⌋",
    "⌈": "⌈││", "⌉": "⌉││", "⟮": "⎛⎜⎝", "⟯": "⎞⎟⎠", "⟦": "⟦║⟦", "⟧": "⟧║⟧", "/": "╱╱╱", "\\": "╲╲╲",
    "↑": "↑│╵", "↓": "╷│↓", "↕": "↑│↓",
}  # fmt: skip


def delimiter(character: str, height: int, baseline: int) -> Box:
    """A bracket as high as what it holds.

    Args:
        character: the bracket; "" is none.
        height: rows.
        baseline: the row of the baseline, where a brace has its tip.

    Returns:
        A box one cell wide (angle brackets are wider).
    """
    if not character:
        return Box(("",) * height, baseline, 0)
    if height == 1:
        return Box.of(character)
    if character in "{}":
        top, tip, bottom = ("⎧", "⎨", "⎩") if character == "{" else ("⎫", "⎬", "⎭")
        middle = min(max(baseline, 1), height - 2) if height > 2 else -1
        rows = [top, *["⎪"] * (height - 2), bottom]
        if middle > 0:
            rows[middle] = tip
        return Box(tuple(rows), baseline, 1)
    if character in "⟨⟩":
        return _angle(character, height, baseline)
    if character in _PIECES:
        top, middle_piece, bottom = tuple(_PIECES[character])
        return Box((top, *[middle_piece] * (height - 2), bottom), baseline, 1)
    rows = [" "] * height
    rows[baseline] = character
    return Box(tuple(rows), baseline, 1)


def _angle(character: str, height: int, baseline: int) -> Box:
    half = (height + 1) // 2
    rows = []
    for index in range(height):
        upper = index < height / 2
        indent = half - 1 - index if upper else index - (height - half)
        if character == "⟩":
            indent = half - 1 - indent
        stroke = "╱" if upper == (character == "⟨") else "╲"
        if height % 2 and index == height // 2:
            stroke = character
        rows.append(" " * indent + stroke + " " * (half - 1 - indent))
    return Box(tuple(rows), baseline, half)
