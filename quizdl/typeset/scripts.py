"""Sub- and superscripts: small characters where they exist, else rows of their own; limits."""

from __future__ import annotations

from quizdl.typeset import symbols
from quizdl.typeset.box import NOTHING, Box, beside, stack, widen
from quizdl.typeset.style import Setter, Style
from quizdl.typeset.tree import Node, Row, Scripts, Symbol


def small_text(node: Node | None, table: dict[str, str]) -> str | None:
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


def scripts(node: Scripts, style: Style, set_node: Setter) -> Box:
    base = set_node(node.base, style)
    sub, sup = small_text(node.sub, symbols.SUBSCRIPT), small_text(node.sup, symbols.SUPERSCRIPT)
    small = sub is not None and sup is not None
    if _takes_limits(node, style, small):
        above = [set_node(node.sup, style.small())] if node.sup is not None else []
        below = [set_node(node.sub, style.small())] if node.sub is not None else []
        return stack([*above, base, *below], len(above))
    if sub is not None and sup is not None:
        return _small_scripts(base, sub, sup)
    if style.linear:
        return _linear_scripts(node, base, sub, sup, style, set_node)
    if base.width == 0:
        base = NOTHING
    beside_base = (sub or sup or "") if base.height == 1 else ""
    below_box = (
        set_node(node.sub, style.small()) if node.sub is not None and not (sub and beside_base) else None
    )
    above_box = (
        set_node(node.sup, style.small()) if node.sup is not None and not (sup and beside_base) else None
    )
    return _raised(base, below_box, above_box, beside_base)


def _small_scripts(base: Box, sub: str, sup: str) -> Box:
    """Small characters beside a base: ² at the top of a tall one, ₂ at its bottom."""
    if base.height == 1:
        return Box.of(base.rows[0] + sub + sup)
    width = max(len(sub), len(sup))
    rows = [" " * width] * base.height
    rows[0] = sup.ljust(width)
    rows[-1] = sub.ljust(width)
    return beside([base, Box(tuple(rows), base.baseline, width)])


def _raised(base: Box, sub: Box | None, sup: Box | None, small: str = "") -> Box:
    """Scripts on rows of their own: just above and below a flat base, at the corners of a tall one.

    A script that has small characters may stand between them, as in σ² with a B below the 2.
    """
    width = max(len(small), *(box.width for box in (sub, sup) if box is not None))
    tall = base.height > 1
    rows = [small.ljust(width)] * base.height
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


def _linear_scripts(
    node: Scripts, base: Box, sub: str | None, sup: str | None, style: Style, set_node: Setter
) -> Box:
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
