"""Formulas in lines: where a wide formula may break."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quizdl.typeset import math
from quizdl.typeset.box import Box, beside, blank
from quizdl.typeset.style import Style
from quizdl.typeset.tree import Fence, Grid, Row

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
    lines: list[Box] = []
    line: list[math.Piece] = []
    for chunk in _chunks(pieces, width - INDENT):
        room = width - INDENT if lines else width
        if line and math.joined([*line, *chunk]).width > room:
            lines.append(math.joined(line))
            line = []
        line += chunk
    lines.append(math.joined(line))
    if lines[0].width > width or any(box.width > width - INDENT for box in lines[1:]):
        return None
    return [lines[0], *(beside([blank(INDENT), box]) for box in lines[1:])]


def chunks(row: Row, style: Style) -> list[Box]:
    """A formula in a line of text, in the parts between which the line may break: before relations."""
    parts = _cut(math.pieces(row, style), lambda piece: piece.kind == "rel")
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


def _chunks(pieces: _Pieces, width: int) -> list[list[math.Piece]]:
    """Parts that stay together: cut before relations; what is too wide, before operators; then anywhere."""
    out: list[list[math.Piece]] = []
    for part in _cut(pieces, lambda piece: piece.kind == "rel"):
        if math.joined(part).width <= width:
            out.append(part)
            continue
        for smaller in _cut(part, lambda piece: piece.kind == "bin"):
            if math.joined(smaller).width <= width:
                out.append(smaller)
            else:
                out += _cut(smaller, _may_begin)
    return out


def _may_begin(piece: math.Piece) -> bool:
    """Before an operator, a function or tall brackets, never before a closing bracket or a script."""
    return piece.kind in ("bigop", "fn", "open") or piece.gap > 0 or isinstance(piece.node, Fence)


def _cut(pieces: _Pieces, before: Callable[[math.Piece], bool]) -> list[list[math.Piece]]:
    """Split outside brackets before the pieces that a test picks."""
    parts: list[list[math.Piece]] = []
    level = 0
    for piece in pieces:
        if not parts or (level == 0 and before(piece)):
            parts.append([])
        parts[-1].append(piece)
        level += (piece.kind == "open") - (piece.kind == "close")
        level = max(level, 0)
    return parts
