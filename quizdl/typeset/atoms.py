"""Atom classes and the space between neighbours: TeX's rules, in cells."""

from __future__ import annotations

from collections.abc import Sequence

from quizdl.typeset import symbols
from quizdl.typeset.box import Box
from quizdl.typeset.style import Style
from quizdl.typeset.tree import (
    Accent,
    Boxed,
    Fence,
    Fraction,
    Grid,
    Node,
    Row,
    Scripts,
    Space,
    Stack,
    Stretch,
    Symbol,
)


def kind_of(node: Node) -> symbols.Class:
    match node:
        case Symbol(kind=kind) | Stack(kind=kind):
            return kind
        case Scripts(base=base):
            return kind_of(base)
        case Fence() | Fraction() | Grid():
            return "inner"
        case Stretch(body=body) | Accent(body=body) | Boxed(body=body):
            return "ord" if kind_of(body) in ("open", "close", "punct") else kind_of(body)
        case Row(items=(only,)):
            return kind_of(only)
        case _:
            return "ord"


def classes_of(items: Sequence[Node]) -> list[symbols.Class]:
    """TeX's rule: an operator without something on both sides is a sign, not a binary operator."""
    kinds = [kind_of(item) for item in items]
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


def space(
    items: Sequence[Node], kinds: Sequence[symbols.Class], boxes: Sequence[Box], index: int, style: Style
) -> int:
    """Cells between an item of a row and the one before it."""
    left, right = items[index - 1], items[index]
    if isinstance(left, Space) or isinstance(right, Space):
        return 0
    if kinds[index - 1] in ("fn", "ord") and isinstance(right, Fence) and right.left:
        return 0  # f( and log(, however tall
    if kinds[index - 1] == "ord" and kinds[index] in ("fn", "bigop") and kind_of(left) == "bin":
        return 0  # a sign: −log p, −∑
    by_class = gap(kinds[index - 1], kinds[index], style)
    return max(by_class, seam(left, boxes[index - 1], right, boxes[index]))


def gap(left: symbols.Class, right: symbols.Class, style: Style) -> int:
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


def seam(left: Node, left_box: Box, right: Node, right_box: Box) -> int:
    """A cell more where two neighbours would run into one another: words, and the bars of fractions."""
    before = left_box.rows[left_box.baseline][-1:]
    after = right_box.rows[right_box.baseline][:1]
    if is_word(left) or is_word(right):
        return int(before.isalnum() and after.isalnum())
    if before == "─" or after == "─":
        return int(before not in "([{|⎜⎢⎨│ " and after not in ")]}|,.⎟⎥⎬│ ")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return 1
    return int(holds_grid(left) and holds_grid(right))


def holds_grid(node: Node) -> bool:
    return isinstance(node, Grid) or (isinstance(node, Fence) and isinstance(node.parts[0], Grid))


def is_word(node: Node) -> bool:
    if isinstance(node, Scripts):
        return is_word(node.base)
    return isinstance(node, Symbol) and node.kind in ("word", "fn")


def neighboured(items: Sequence[Node], kinds: Sequence[symbols.Class], index: int, style: Style) -> Style:
    """In a line of text, whether a fraction may take a slash: only where its neighbours leave no doubt."""
    if not isinstance(items[index], Fraction) or not (style.flat or style.script):
        return style
    before = kinds[index - 1] if index else "rel"
    after = kinds[index + 1] if index + 1 < len(items) else "rel"
    after_apart = after in ("rel", "bin", "punct", "close")
    if style.linear or style.script:
        return style if after_apart else style._replace(bracketed=True)
    return style if after_apart and before in ("rel", "bin", "punct", "open") else style._replace(flat=False)
