"""Formulas in lines: where a wide formula may break."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizdl.typeset import math
from quizdl.typeset.box import Box, beside, blank
from quizdl.typeset.style import Style
from quizdl.typeset.tree import Fence, Grid, Row, Space

INDENT = 2
"""Cells before every line but the first."""

_Pieces = Sequence[math.Piece]


def break_row(row: Row, width: int, style: Style) -> list[Box] | None:
    """The lines of a formula; None when some part of it cannot be broken and is wider than the width."""
    if len(row.items) == 1 and isinstance(row.items[0], Grid) and row.items[0].gap < 0:
        return _break_aligned(row.items[0], width, style)
    pieces = math.pieces(row, style)
    whole = math.joined(pieces)
    if whole.width <= width:
        return [whole]
    lines: list[list[math.Piece]] = [[]]
    _place(pieces, lines, width, 0)
    boxes = [_line(line) for line in lines]
    if boxes[0].width > width or any(box.width > width - INDENT for box in boxes[1:]):
        return None
    return [boxes[0], *(beside([blank(INDENT), box]) for box in boxes[1:])]


def _line(pieces: _Pieces) -> Box:
    """Pieces side by side, without the \\quad that stood before them when a line began elsewhere."""
    first = next((k for k, piece in enumerate(pieces) if not isinstance(piece.node, Space)), 0)
    return math.joined(pieces[first:])


def _place(pieces: _Pieces, lines: list[list[math.Piece]], width: int, level: int) -> None:
    """Put pieces on the last line, on a new one where they do not fit, in parts where they never do."""
    room = width - INDENT if len(lines) > 1 else width
    if _line([*lines[-1], *pieces]).width <= room:
        lines[-1] += pieces
    elif _line(pieces).width <= width - INDENT and lines[-1]:
        lines.append(list(pieces))
    elif level < len(_LEVELS):
        for part in _cut(pieces, _LEVELS[level]):
            _place(part, lines, width, level + 1)
    else:
        lines.append(list(pieces))  # too wide for any line: the caller sees it


def chunks(row: Row, style: Style) -> list[Box]:
    """A formula in a line of text, in the parts between which the line may break: before relations."""
    parts = _cut(math.pieces(row, style), _is_relation)
    return [math.joined(part) for part in parts]


def _break_aligned(grid: Grid, width: int, style: Style) -> list[Box] | None:
    """Aligned rows that are too wide together: every row as a formula of its own."""
    whole = math.set_node(grid, style)
    if whole.width <= width:
        return [whole]
    lines: list[Box] = []
    for cells in grid.rows:
        items = tuple(item for cell in cells for item in (cell.items if isinstance(cell, Row) else (cell,)))
        broken = break_row(Row(items), width, style)
        if broken is None:
            return None
        lines += broken
    return lines


def _begins_after_comma(last: math.Piece, piece: math.Piece) -> bool:
    return last.kind == "punct"


def _is_relation(last: math.Piece, piece: math.Piece) -> bool:
    return piece.kind == "rel"


def _is_operator(last: math.Piece, piece: math.Piece) -> bool:
    return piece.kind == "bin"


def _may_begin(last: math.Piece, piece: math.Piece) -> bool:
    """Before an operator, a function or tall brackets, never before a closing bracket or a script."""
    return piece.kind in ("bigop", "fn", "open") or piece.gap > 0 or isinstance(piece.node, Fence)


_Test = Callable[[math.Piece, math.Piece], bool]
_LEVELS: tuple[_Test, ...] = (_begins_after_comma, _is_relation, _is_operator, _may_begin)
"""Where a formula breaks, the best places first."""


def _cut(pieces: _Pieces, before: _Test) -> list[list[math.Piece]]:
    """Split outside brackets before the pieces that a test picks by them and their predecessor."""
    parts: list[list[math.Piece]] = []
    level = 0
    for index, piece in enumerate(pieces):
        if not parts or (level == 0 and before(pieces[index - 1], piece)):
            parts.append([])
        parts[-1].append(piece)
        level += (piece.kind == "open") - (piece.kind == "close")
        level = max(level, 0)
    return parts
