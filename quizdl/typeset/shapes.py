"""Fractions, roots, accents, braces, frames and brackets that grow: the shapes with a second dimension."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import normalize

from quizdl.typeset import symbols
from quizdl.typeset.atoms import classes_of, holds_grid, kind_of
from quizdl.typeset.box import NOTHING, Box, beside, blank, centred_text, delimiter, stack, widen
from quizdl.typeset.cells import cell_width
from quizdl.typeset.scripts import scripts, small_text
from quizdl.typeset.style import LINEAR, NotLinearError, Setter, Style
from quizdl.typeset.tree import (
    EMPTY,
    Accent,
    Fence,
    Fraction,
    Grid,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Stretch,
    Symbol,
)


def fraction(node: Fraction, style: Style, set_node: Setter) -> Box:
    if node.bar and (style.flat or style.script):
        flat = _slashed(node, style, set_node)
        if flat is not None:
            return flat
    if style.linear:
        raise NotLinearError
    inner = style._replace(display=False, flat=False, bracketed=False)
    above, below = set_node(node.above, inner), set_node(node.below, inner)
    width = max(above.width, below.width, 1)
    if _ends_with_bar(above) or _ends_with_bar(below):
        width += 2  # the longer bar is the outer one
    bar = Box(("─" * width,), 0, width) if node.bar else blank(width)
    return stack([above, bar, below], 1)


def _ends_with_bar(box: Box) -> bool:
    return any(row.startswith("─") or row.endswith("─") for row in box.rows)


def _slashed(node: Fraction, style: Style, set_node: Setter) -> Box | None:
    """a/b on one row, when it reads well: both parts short, without an operator at the top level."""
    try:
        above = set_node(node.above, LINEAR._replace(script=style.script))
        below = set_node(node.below, LINEAR._replace(script=style.script))
    except NotLinearError:
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
    kinds = classes_of(items)
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
    kinds = [kind_of(item) for item in items]
    if len(items) == 2 and isinstance(items[1], Fence):
        return True
    return kinds[1] == "open" and kinds[-1] == "close" and kinds.count("open") == 1


def root(node: Root, style: Style, set_node: Setter) -> Box:
    body = set_node(node.body, style.text())
    index = small_text(node.degree, symbols.SUPERSCRIPT)
    if index is None:
        if style.linear:
            index = f"({set_node(node.degree or EMPTY, style.small()).rows[0]})"
        else:
            degree = set_node(node.degree or EMPTY, style.small())
            return _raised_index(root(Root(node.body), style, set_node), degree)
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


def accent(node: Accent, style: Style, set_node: Setter) -> Box:
    body = node.body
    if isinstance(body, Symbol) and cell_width(body.text) == 1:
        letter = {"ı": "i", "ȷ": "j"}.get(body.text, body.text)
        return Box.of(normalize("NFC", letter + node.mark))
    if isinstance(body, Scripts) and isinstance(body.base, Symbol) and body.sup is None:
        return scripts(
            body._replace(base=Symbol(set_node(Accent(node.mark, body.base), style).rows[0])), style, set_node
        )
    box = set_node(body, style)
    if style.linear or style.script:
        if box.height > 1:
            raise NotLinearError
        return Box.of(normalize("NFC", "".join(c + node.mark if c.isalnum() else c for c in box.rows[0])))
    sign = symbols.WIDE_ACCENTS[node.mark]
    row = sign * box.width if sign in "_~" else "─" * (box.width - 1) + "→" if sign == "→" else sign
    return stack([centred_text(row, box.width), box], 1)


def stretch(node: Stretch, style: Style, set_node: Setter) -> Box:
    box = set_node(node.body, style)
    if style.linear or style.script:
        if node.mark == "_" and box.height == 1:
            return Box.of(normalize("NFC", "".join(c + "\u0305" if c != " " else c for c in box.rows[0])))
        return box
    if len(node.mark) == 3:
        corner, stem, other = tuple(node.mark)
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


def stacked(node: Stack, style: Style, set_node: Setter) -> Box:
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


def fence(node: Fence, style: Style, set_node: Setter) -> Box:
    parts = [set_node(part, style) for part in node.parts]
    above = max(box.baseline for box in parts)
    below = max(box.below for box in parts)
    if node.left in ("{",) and not node.right and above + below == 0 and style.linear:
        raise NotLinearError
    height = above + below + 1
    boxes = [delimiter(node.left, height, above)]
    for index, part in enumerate(parts):
        if index:
            boxes += [blank(1), delimiter(node.middles[index - 1], height, above), blank(1)]
        boxes.append(part)
    boxes.append(delimiter(node.right, height, above))
    if holds_grid(node) and height > 1 and (node.left == "{" or node.right == "}"):
        boxes.insert(1 if node.left else -1, blank(1))
    return beside(boxes)


def grid(node: Grid, style: Style, set_node: Setter) -> Box:
    if style.linear:
        raise NotLinearError
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
        if index and (tall or (len(lines) == 2 and node.gap > 1)) and not style.script:
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
    if items and kind_of(items[0]) in ("rel", "bin"):
        return (
            Row((Space(1), items[0], Space(1), *items[1:])) if len(items) > 1 else Row((Space(1), items[0]))
        )
    return cell


def framed(box: Box, style: Style) -> Box:
    if style.linear or style.script:
        return beside([Box.of("["), box, Box.of("]")])
    inner = beside([blank(1), box, blank(1)])
    side = Box(("│",) * inner.height, inner.baseline, 1)
    middle = beside([side, inner, side])
    line = "─" * inner.width
    return stack([Box.of(f"┌{line}┐"), middle, Box.of(f"└{line}┘")], 1)
