"""Formulas as boxes of terminal cells.

The principles, kept everywhere:

- A script is set with Unicode's small characters when it has one to five characters that all exist small, and
  is no word; the sub- and superscript of one base both or neither. Otherwise it stands on a row of its own.
- Spaces are TeX's: one cell around relations, binary operators and named functions, none around a sign, none
  within scripts. A minus is − (U+2212).
- In display, limits stand above and below ∑ and lim; in a line of text beside them.
- In a line of text a short fraction that cannot be misread is written with a slash, others stay upright.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from quizdl.typeset import symbols
from quizdl.typeset.box import NOTHING, Box, beside, blank, centred_text, delimiter, stack, widen
from quizdl.typeset.cells import cell_width
from quizdl.typeset.latex import LatexError, parse
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


class Style(NamedTuple):
    """Where a formula stands: what TeX calls display, text and script style."""

    display: bool = True
    """Limits above and below."""
    script: bool = False
    """Inside a script: no spaces, flat fractions."""
    flat: bool = False
    """Short fractions with a slash, as in a line of text."""
    linear: bool = False
    """Everything on one row, with brackets where the second dimension would have told."""
    bracketed: bool = False
    """A slashed fraction here would swallow what follows it: put it in brackets."""

    def text(self) -> Style:
        return self._replace(display=False)

    def small(self) -> Style:
        return self._replace(display=False, script=True)


DISPLAY = Style()
TEXT = Style(display=False, flat=True)
LINEAR = Style(display=False, flat=True, linear=True)


class Piece(NamedTuple):
    """A laid-out item of a row: its box, its class, and the empty cells before it."""

    box: Box
    kind: symbols.Class
    gap: int
    node: Node


class _NotLinear(Exception):
    """What needs a second dimension was met on the way to one row."""


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
    except _NotLinear:
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


# -- rows ------------------------------------------------------------------------------------------------------


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
            return _fraction(node, style)
        case Scripts():
            return _scripts(node, style)
        case Root():
            return _root(node, style)
        case Accent():
            return _accent(node, style)
        case Stretch():
            return _stretch(node, style)
        case Stack():
            return _stack(node, style)
        case Fence():
            return _fence(node, style)
        case Grid():
            return _grid(node, style)
        case Boxed(body=body):
            return _framed(set_node(body, style), style)
        case Phantom(body=body):
            box = set_node(body, style)
            return Box((" " * box.width,) * box.height, box.baseline, box.width)


def pieces(row: Row, style: Style) -> list[Piece]:
    """The items of a row with the spaces between them."""
    items = [item for item in row.items if item != EMPTY]
    kinds = _classes(items)
    boxes = [set_node(item, _neighboured(items, kinds, index, style)) for index, item in enumerate(items)]
    out: list[Piece] = []
    for index, (item, kind, box) in enumerate(zip(items, kinds, boxes, strict=True)):
        gap = 0
        if index and not isinstance(item, Space) and not isinstance(items[index - 1], Space):
            gap = _gap(kinds[index - 1], kind, style)
            gap = max(gap, _seam(items[index - 1], boxes[index - 1], item, box))
            if kinds[index - 1] == "ord" and kind in ("fn", "bigop") and _kind(items[index - 1]) == "bin":
                gap = 0  # a sign: −log p, −∑
            if kinds[index - 1] in ("fn", "ord") and isinstance(item, Fence) and item.left:
                gap = 0  # f( and log(, however tall
        out.append(Piece(box, kind, gap, item))
    return out


def joined(parts: Sequence[Piece]) -> Box:
    boxes: list[Box] = []
    for index, part in enumerate(parts):
        if part.gap and index:
            boxes.append(blank(part.gap))
        boxes.append(part.box)
    return beside(boxes)


def _kind(node: Node) -> symbols.Class:
    match node:
        case Symbol(kind=kind) | Stack(kind=kind):
            return kind
        case Scripts(base=base):
            return _kind(base)
        case Fence() | Fraction() | Grid():
            return "inner"
        case Stretch(body=body) | Accent(body=body) | Boxed(body=body):
            return "ord" if _kind(body) in ("open", "close", "punct") else _kind(body)
        case Row(items=(only,)):
            return _kind(only)
        case _:
            return "ord"


def _classes(items: Sequence[Node]) -> list[symbols.Class]:
    """TeX's rule: an operator without something on both sides is a sign, not a binary operator."""
    kinds = [_kind(item) for item in items]
    previous: symbols.Class | None = None
    for index, kind in enumerate(kinds):
        if isinstance(items[index], Space):
            continue
        if kind == "bin" and previous in (None, "bin", "rel", "open", "punct", "fn", "bigop"):
            kinds[index] = "ord"
        elif kind in ("rel", "close", "punct") and index and kinds[index - 1] == "bin":
            kinds[index - 1] = "ord"
        previous = kinds[index]
    if kinds and kinds[-1] == "bin":
        kinds[-1] = "ord"
    return kinds


def _gap(left: symbols.Class, right: symbols.Class, style: Style) -> int:
    """Cells between two neighbours by their classes."""
    if left == "open" or right == "close":
        return 0
    if "rel" in (left, right):
        return 0 if style.script or left == right or right == "punct" else 1
    if "bin" in (left, right):
        return 0 if style.script else 1
    if right == "punct":
        return 0
    if left == "punct":
        return 0 if style.script else 1
    if "bigop" in (left, right):
        return 1
    if left == "fn":
        return 0 if right == "open" else 1
    if right == "fn":
        return 1
    return 0


def _seam(left: Node, left_box: Box, right: Node, right_box: Box) -> int:
    """A cell more where two neighbours would run into one another: words, and the bars of fractions."""
    before = left_box.rows[left_box.baseline][-1:]
    after = right_box.rows[right_box.baseline][:1]
    if _is_word(left) or _is_word(right):
        return int(before.isalnum() and after.isalnum())
    if before == "─" or after == "─":
        return int(before not in "([{|⎜⎢⎨│ " and after not in ")]}|,.⎟⎥⎬│ ")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return 1
    return int(_holds_grid(left) and _holds_grid(right))


def _holds_grid(node: Node) -> bool:
    return isinstance(node, Grid) or (isinstance(node, Fence) and isinstance(node.parts[0], Grid))


def _is_word(node: Node) -> bool:
    if isinstance(node, Scripts):
        return _is_word(node.base)
    return isinstance(node, Symbol) and node.kind in ("word", "fn")


def _neighboured(items: Sequence[Node], kinds: Sequence[symbols.Class], index: int, style: Style) -> Style:
    """In a line of text, whether a fraction may take a slash: only where its neighbours leave no doubt."""
    if not isinstance(items[index], Fraction) or not (style.flat or style.script):
        return style
    before = kinds[index - 1] if index else "rel"
    after = kinds[index + 1] if index + 1 < len(items) else "rel"
    after_apart = after in ("rel", "bin", "punct", "close")
    if style.linear or style.script:
        return style if after_apart else style._replace(bracketed=True)
    return style if after_apart and before in ("rel", "bin", "punct", "open") else style._replace(flat=False)


# -- fractions ---------------------------------------------------------------------------------------------------


def _fraction(node: Fraction, style: Style) -> Box:
    if node.bar and (style.flat or style.script):
        flat = _slashed(node, style)
        if flat is not None:
            return flat
    if style.linear:
        raise _NotLinear
    inner = style._replace(display=False, flat=False, bracketed=False)
    above, below = set_node(node.above, inner), set_node(node.below, inner)
    width = max(above.width, below.width, 1)
    if _ends_with_bar(above) or _ends_with_bar(below):
        width += 2  # the longer bar is the outer one
    bar = Box(("─" * width,), 0, width) if node.bar else blank(width)
    return stack([above, bar, below], 1)


def _ends_with_bar(box: Box) -> bool:
    return any(row.startswith("─") or row.endswith("─") for row in box.rows)


def _slashed(node: Fraction, style: Style) -> Box | None:
    """a/b on one row, when it reads well: both parts short, without an operator at the top level."""
    try:
        above = set_node(node.above, LINEAR._replace(script=style.script))
        below = set_node(node.below, LINEAR._replace(script=style.script))
    except _NotLinear:
        return None
    loose_above, loose_below = _is_loose(node.above, False), _is_loose(node.below, True)
    if (
        not style.linear
        and not style.script
        and (loose_above or loose_below or above.width + below.width > 10)
    ):
        return None
    opened = (Box.of("("), Box.of(")"))
    parts = [opened[0], above, opened[1]] if loose_above else [above]
    parts.append(Box.of("/"))
    parts += [opened[0], below, opened[1]] if loose_below else [below]
    return beside([opened[0], *parts, opened[1]] if style.bracketed else parts)


def _is_loose(node: Node, below: bool) -> bool:
    """Whether a part of a fraction needs brackets on one row: a sum anywhere, a product under the slash."""
    items = [item for item in node.items if not isinstance(item, Space)] if isinstance(node, Row) else [node]
    kinds = _classes(items)
    if any(kind in ("bin", "rel", "punct", "bigop") for kind in kinds):
        return True
    if any(isinstance(item, Fraction) for item in items):
        return True
    differential = (
        isinstance(items[0], Symbol) and items[0].text in ("∂", "d") and len(items) == 2 if items else False
    )
    call = len(items) > 1 and _is_call(items)
    return below and len(items) > 1 and not differential and not call


def _is_call(items: Sequence[Node]) -> bool:
    """f(…): one name, then one pair of brackets to the end."""
    kinds = [_kind(item) for item in items]
    if len(items) == 2 and isinstance(items[1], Fence):
        return True
    return kinds[1] == "open" and kinds[-1] == "close" and kinds.count("open") == 1


# -- scripts -----------------------------------------------------------------------------------------------------


def _small(node: Node | None, table: dict[str, str]) -> str | None:
    """A script in Unicode's small characters, or None where it cannot or should not be."""
    if node is None:
        return ""
    items = node.items if isinstance(node, Row) else (node,)
    text = ""
    for item in items:
        if not isinstance(item, Symbol) or item.kind in ("word", "fn", "bigop"):
            return None
        text += item.text
    if not 1 <= len(text) <= 5 or any(character not in table for character in text):
        return None
    return "".join(table[character] for character in text)


def _takes_limits(node: Scripts, style: Style, small: bool) -> bool:
    """Above and below in display; in a line of text too when the scripts need rows of their own anyway."""
    if style.linear or style.script:
        return False
    if node.limits is not None:
        return node.limits
    base = node.base
    return isinstance(base, Symbol) and base.limits and (style.display or not small)


def _scripts(node: Scripts, style: Style) -> Box:
    base = set_node(node.base, style)
    sub, sup = _small(node.sub, symbols.SUBSCRIPT), _small(node.sup, symbols.SUPERSCRIPT)
    small = sub is not None and sup is not None
    if _takes_limits(node, style, small):
        above = [set_node(node.sup, style.small())] if node.sup is not None else []
        below = [set_node(node.sub, style.small())] if node.sub is not None else []
        return stack([*above, base, *below], len(above))
    if sub is not None and sup is not None:
        return _small_scripts(base, sub, sup)
    if style.linear:
        return _linear_scripts(node, base, sub, sup, style)
    if base.width == 0:
        base = NOTHING
    below_box = set_node(node.sub, style.small()) if node.sub is not None else None
    above_box = set_node(node.sup, style.small()) if node.sup is not None else None
    return _raised(base, below_box, above_box)


def _small_scripts(base: Box, sub: str, sup: str) -> Box:
    """Small characters beside a base: ² at the top of a tall one, ₂ at its bottom."""
    if base.height == 1:
        return Box.of(base.rows[0] + sub + sup)
    width = max(len(sub), len(sup))
    rows = [" " * width] * base.height
    rows[0] = sup.ljust(width)
    rows[-1] = sub.ljust(width)
    return beside([base, Box(tuple(rows), base.baseline, width)])


def _raised(base: Box, sub: Box | None, sup: Box | None) -> Box:
    """Scripts on rows of their own: just above and below a flat base, at the corners of a tall one."""
    width = max(box.width for box in (sub, sup) if box is not None)
    tall = base.height > 1
    middle = [" " * width] * base.height
    rows = list(middle)
    lifted = 0
    if sup is not None:
        top = list(widen(sup, width, "<").rows)
        if tall:
            rows[0] = top.pop()
        rows = top + rows
        lifted = len(top)
    if sub is not None:
        bottom = list(widen(sub, width, "<").rows)
        if tall:
            rows[-1] = bottom.pop(0) if not rows[-1].strip() else rows[-1]
        rows += bottom
    return beside([base, Box(tuple(rows), base.baseline + lifted, width)])


def _linear_scripts(node: Scripts, base: Box, sub: str | None, sup: str | None, style: Style) -> Box:
    """x_{max}, e^(2x + 1): the scripts that have no small characters, in LaTeX's own signs."""
    text = base.rows[0]
    for mark, script, small in (("_", node.sub, sub), ("^", node.sup, sup)):
        if script is None:
            continue
        if small:
            text += small
            continue
        inner = set_node(script, style.small()).rows[0]
        simple = len(inner) == 1 or (inner.isalnum() and mark == "_")
        text += f"{mark}{inner}" if simple else f"{mark}({inner})"
    return Box.of(text)


# -- the rest ----------------------------------------------------------------------------------------------------


def _root(node: Root, style: Style) -> Box:
    body = set_node(node.body, style.text())
    index = _small(node.index, symbols.SUPERSCRIPT)
    if index is None:
        if style.linear:
            index = f"({set_node(node.index or EMPTY, style.small()).rows[0]})"
        else:
            return _raised_index(_root(Root(node.body), style), set_node(node.index or EMPTY, style.small()))
    single = not isinstance(node.body, Row) or len(node.body.items) <= 1
    if body.height == 1 and single and "/" not in body.rows[0]:
        return beside([Box.of(index + "√"), body])
    if body.height == 1 and (style.linear or style.script or "/" in body.rows[0]):
        return beside([Box.of(index + "√("), body, Box.of(")")])
    if body.height == 1:
        sign = Box((" " * cell_width(index + "√"), index + "√"), 1, cell_width(index + "√"))
        return beside([sign, stack([Box.of("_" * body.width), body], 1)])
    hook = [" ┌", *([" │"] * (body.height - 1)), "╲│"]
    sign = Box(tuple(hook), body.baseline + 1, 2)
    roof = stack([Box.of("─" * (body.width + 1)), beside([body, blank(1)])], 1, "<")
    whole = beside([sign, roof])
    return beside([Box((index,), 0, len(index)), whole]) if index else whole


def _raised_index(root: Box, index: Box) -> Box:
    rows = (*index.rows, " " * index.width)
    return beside([Box(rows, index.height, index.width), root])


def _accent(node: Accent, style: Style) -> Box:
    body = node.body
    if isinstance(body, Symbol) and cell_width(body.text) == 1:
        letter = {"ı": "i", "ȷ": "j"}.get(body.text, body.text)
        return Box.of(normalize("NFC", letter + node.mark))
    if isinstance(body, Scripts) and isinstance(body.base, Symbol) and body.sup is None:
        return _scripts(
            body._replace(base=Symbol(set_node(Accent(node.mark, body.base), style).rows[0])), style
        )
    box = set_node(body, style)
    if style.linear or style.script:
        if box.height > 1:
            raise _NotLinear
        return Box.of(normalize("NFC", "".join(c + node.mark if c.isalnum() else c for c in box.rows[0])))
    sign = symbols.WIDE_ACCENTS[node.mark]
    row = sign * box.width if sign in "_~" else "─" * (box.width - 1) + "→" if sign == "→" else sign
    return stack([centred_text(row, box.width), box], 1)


def _stretch(node: Stretch, style: Style) -> Box:
    box = set_node(node.body, style)
    if style.linear or style.script:
        if node.mark == "_" and box.height == 1:
            return Box.of(normalize("NFC", "".join(c + "\u0305" if c != " " else c for c in box.rows[0])))
        return box
    if len(node.mark) == 3:
        corner, stem, other = node.mark
        width = max(box.width, 3)
        box = widen(box, width)
        left = (width - 3) // 2
        mark = corner + "─" * left + stem + "─" * (width - 3 - left) + other
    elif node.mark in "→←↔":
        line = "─" * (box.width - 1)
        mark = {"→": line + "→", "←": "←" + line, "↔": "←" + line[1:] + "→"}[node.mark][-max(box.width, 1) :]
    else:
        mark = node.mark * box.width
    parts = [Box.of(mark), box] if node.above else [box, Box.of(mark)]
    return stack(parts, 1 if node.above else 0)


def _stack(node: Stack, style: Style) -> Box:
    over = set_node(node.over, style.small()) if node.over is not None else None
    under = set_node(node.under, style.small()) if node.under is not None else None
    base = set_node(node.base, style)
    if over is None and under is None:
        return base
    if style.linear:
        notes = "; ".join(box.rows[0] for box in (over, under) if box is not None)
        return Box.of(
            f"{base.rows[0]} [{notes}]" if isinstance(node.base, Stretch) else f"{base.rows[0]}({notes})"
        )
    width = max(box.width for box in (over, under) if box is not None)
    if isinstance(node.base, Symbol) and node.base.text in "→←⇒⇐↔=" and base.width < width + 2:
        text, long = node.base.text, width + 2
        line = {"⇒": "═", "⇐": "═", "=": "═"}.get(text, "─") * (long - 1)
        drawn = {
            "→": line + "→",
            "⇒": line + "⇒",
            "←": "←" + line,
            "⇐": "⇐" + line,
            "↔": "←" + line[1:] + "→",
        }
        base = Box.of(drawn.get(text, text))
    parts = [box for box in (over, base, under) if box is not None]
    return stack(parts, 0 if over is None else 1)


def _fence(node: Fence, style: Style) -> Box:
    parts = [set_node(part, style) for part in node.parts]
    above = max(box.baseline for box in parts)
    below = max(box.below for box in parts)
    if node.left in ("{",) and not node.right and above + below == 0 and style.linear:
        raise _NotLinear
    height = above + below + 1
    boxes = [delimiter(node.left, height, above)]
    for index, part in enumerate(parts):
        if index:
            boxes += [blank(1), delimiter(node.middles[index - 1], height, above), blank(1)]
        boxes.append(part)
    boxes.append(delimiter(node.right, height, above))
    if _holds_grid(node) and height > 1 and (node.left == "{" or node.right == "}"):
        boxes.insert(1 if node.left else -1, blank(1))
    return beside(boxes)


def _grid(node: Grid, style: Style) -> Box:
    if style.linear:
        raise _NotLinear
    if not any(node.rows):
        return NOTHING
    aligned = node.gap < 0
    inner = style if aligned else style.text()._replace(flat=True)
    if aligned:
        table = [
            [set_node(_carried(cell, column), inner) for column, cell in enumerate(row)] for row in node.rows
        ]
    else:
        table = [[set_node(cell, inner) for cell in row] for row in node.rows]
    columns = max(map(len, table))
    widths = [max((row[c].width for row in table if c < len(row)), default=0) for c in range(columns)]
    tall = any(box.height > 1 for row in table for box in row)
    lines: list[Box] = []
    for row in table:
        cells: list[Box] = []
        for column in range(columns):
            if column:
                gap = node.gap if not aligned else 0 if column % 2 else 2
                cells.append(blank(gap))
            letter = node.align[column % 2] if aligned else node.align[min(column, len(node.align) - 1)]
            cells.append(widen(row[column] if column < len(row) else NOTHING, widths[column], letter))
        lines.append(beside(cells))
    spread: list[Box] = []
    for index, line in enumerate(lines):
        if index and (tall or (len(lines) == 2 and node.gap != 1)) and not style.script:
            spread.append(
                blank(line.width)
            )  # tall rows need air; two rows centre on the axis with one between
        spread.append(line)
    box = stack(spread, 0, "<")
    return Box(box.rows, (box.height - 1) // 2, box.width)


def _carried(cell: Node, column: int) -> Node:
    """The right half of an aligned pair begins as if something stood before it: "&= x" has its spaces."""
    if column % 2 == 0:
        return cell
    items = cell.items if isinstance(cell, Row) else (cell,)
    if items and _kind(items[0]) in ("rel", "bin"):
        return (
            Row((Space(1), items[0], Space(1), *items[1:])) if len(items) > 1 else Row((Space(1), items[0]))
        )
    return cell


def _framed(box: Box, style: Style) -> Box:
    if style.linear or style.script:
        return beside([Box.of("["), box, Box.of("]")])
    inner = beside([blank(1), box, blank(1)])
    side = Box(("│",) * inner.height, inner.baseline, 1)
    middle = beside([side, inner, side])
    line = "─" * inner.width
    return stack([Box.of(f"┌{line}┐"), middle, Box.of(f"└{line}┘")], 1)
