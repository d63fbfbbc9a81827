"""Formulas as boxes of terminal cells.

The principles, kept everywhere:

- A script is set with Unicode's small characters when it has one to five characters that all exist small, and
  is no word. Otherwise it stands on a row of its own.
- Spaces are TeX's: one cell around relations, binary operators and named functions, none around a sign, none
  within scripts. A minus is − (U+2212).
- In display, limits stand above and below ∑ and lim; in a line of text beside them.
- In a line of text a short fraction that cannot be misread is written with a slash, others stay upright.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from quizdl.typeset import atoms, scripts, shapes, symbols
from quizdl.typeset.box import NOTHING, Box, beside, blank
from quizdl.typeset.latex import LatexError, parse
from quizdl.typeset.style import DISPLAY, LINEAR, TEXT, NotLinearError, Style
from quizdl.typeset.tree import (
    EMPTY,
    Accent,
    Boxed,
    Fence,
    Fraction,
    Grid,
    Node,
    Phantom,
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Stretch,
    Symbol,
)

__all__ = ["Box", "LatexError", "break_lines", "inline", "layout"]


class Piece(NamedTuple):
    """A laid-out item of a row: its box, its class, and the empty cells before it."""

    box: Box
    kind: symbols.Class
    gap: int
    node: Node


def layout(latex: str, *, display: bool = True) -> Box:
    """Set a formula.

    Args:
        latex: the formula without dollar signs.
        display: as in $$…$$; False as in $…$, within a line of text.

    Returns:
        The box; all its rows are equally wide.

    Raises:
        LatexError: unreadable LaTeX.

    Example:
        >>> print(layout(r"\\frac{\\partial L}{\\partial z_i} = s_i - y_i"))
        ∂L
        ─── = sᵢ − yᵢ
        ∂zᵢ
    """
    return set_node(parse(latex), DISPLAY if display else TEXT)


@lru_cache(maxsize=512)
def inline(latex: str) -> str | None:
    """A formula on one row, for lists, titles and plain output.

    Args:
        latex: the formula without dollar signs.

    Returns:
        The row, or None when it needs two dimensions (a matrix, cases).

    Raises:
        LatexError: unreadable LaTeX.

    Example:
        >>> inline(r"\\frac{a+b}{2n}")
        '(a + b)/(2n)'
    """
    try:
        return set_node(parse(latex), LINEAR).rows[0].strip()
    except NotLinearError:
        return None


def break_lines(latex: str, width: int, *, display: bool = True) -> list[Box] | None:
    """Set a formula in lines no wider than a width, broken before relations, then before operators.

    Args:
        latex: the formula without dollar signs.
        width: cells there are.
        display: as for `layout`.

    Returns:
        A box per line (the first line as it is, the others indented by two), or None when some part cannot be
        broken and is wider.

    Raises:
        LatexError: unreadable LaTeX.
    """
    from quizdl.typeset.breaking import break_row

    return break_row(parse(latex), width, DISPLAY if display else TEXT)


# -- rows ---


def set_node(node: Node, style: Style) -> Box:
    """Any node as a box."""
    if style.bracketed and not isinstance(node, Fraction):
        style = style._replace(bracketed=False)
    match node:
        case Symbol(text=text):
            return Box.of(text)
        case Space(cells=cells):
            return NOTHING if style.script else blank(cells)
        case Row():
            return joined(pieces(node, style))
        case Fraction():
            return shapes.fraction(node, style, set_node)
        case Scripts():
            return scripts.scripts(node, style, set_node)
        case Root():
            return shapes.root(node, style, set_node)
        case Accent():
            return shapes.accent(node, style, set_node)
        case Stretch():
            return shapes.stretch(node, style, set_node)
        case Stack():
            return shapes.stacked(node, style, set_node)
        case Fence():
            return shapes.fence(node, style, set_node)
        case Grid():
            return shapes.grid(node, style, set_node)
        case Boxed(body=body):
            return shapes.framed(set_node(body, style), style)
        case Phantom(body=body):
            box = set_node(body, style)
            return Box((" " * box.width,) * box.height, box.baseline, box.width)


def pieces(row: Row, style: Style) -> list[Piece]:
    """The items of a row with the spaces between them."""
    items = [item for item in row.items if item != EMPTY]
    kinds = atoms.classes_of(items)
    boxes = [
        set_node(item, atoms.neighboured(items, kinds, index, style)) for index, item in enumerate(items)
    ]
    spaces = [index and atoms.space(items, kinds, boxes, index, style) for index in range(len(items))]
    return [Piece(*piece) for piece in zip(boxes, kinds, spaces, items, strict=True)]


def joined(parts: Sequence[Piece]) -> Box:
    """Laid-out items side by side."""
    boxes: list[Box] = []
    for index, part in enumerate(parts):
        if part.gap and index:
            boxes.append(blank(part.gap))
        boxes.append(part.box)
    return beside(boxes)
