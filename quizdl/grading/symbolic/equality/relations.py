"""Equations and inequalities as answers: the same solutions, side for side."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizdl.grading.symbolic.equality.arena import SEED, undeclared
from quizdl.grading.symbolic.equality.charts import CHARTS, draw, lengths
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, evaluate
from quizdl.grading.symbolic.resolve import Resolved, resolve
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import Add, Neg, Node, Relation
from quizdl.grading.symbolic.unreadable import Unreadable

Array = Any
_STEPS = 60
_ON = 1e-7


def same(left: Relation, right: Relation, symbols: Symbols) -> bool:
    """Whether two equations or inequalities hold at the same points.

    Each is taken apart into differences compared with 0. Where one difference passes through 0, so must the
    other, and for inequalities both must have the same sign everywhere.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> def both(one, two):
        ...     return same(parse(one).tree, parse(two).tree, OPEN)
        >>> both("y = 2x + 1", "2y - 4x = 2"), both("y = 2x + 1", "y = 2x - 1"), both("x < 2", "2 > x")
        (True, False, True)
        >>> both("x < 2", "x < 2.01"), both("x < 2", "x <= 2"), both("x = 2", "x^2 = 4")
        (False, False, False)
    """
    try:
        mine, theirs = _apart(left), _apart(right)
        if sorted(op for op, _ in mine) != sorted(op for op, _ in theirs):
            return False
        field = _Field(symbols, [node for _, node in (*mine, *theirs)])
        rest = list(theirs)
        for op, node in mine:
            fitting = next((one for one in rest if one[0] == op and field.alike(op, node, one[1])), None)
            if fitting is None:
                return False
            rest.remove(fitting)
    except (Unreadable, Undefined, TooLargeError):
        return False
    return True


def _apart(relation: Relation) -> list[tuple[str, Node]]:
    """Each comparison of a chain as (op, difference), with > and ≥ turned round."""
    found: list[tuple[str, Node]] = []
    for op, one, two in zip(relation.ops, relation.items, relation.items[1:], strict=False):
        if op in (">", ">="):
            op, one, two = {">": "<", ">=": "<="}[op], two, one
        found.append(("=" if op == "≈" else op, Add((one, Neg(two)))))
    return found


class _Field:
    """Points at which differences are computed, and lines between them."""

    def __init__(self, symbols: Symbols, nodes: list[Node]) -> None:
        self.symbols = symbols
        self.resolved: dict[Node, Resolved] = {node: resolve(node, symbols) for node in nodes}
        named = {s.name: s for node in self.resolved.values() for s in undeclared(node.tree, symbols)}
        declared = [s for s in symbols if s.kind not in ("index", "function") and s.name not in symbols.sizes]
        self.sizes = lengths(symbols.sizes, 0)
        rng = np.random.default_rng(SEED)
        self.points = dict(draw((*declared, *named.values()), self.sizes, rng, CHARTS).points)
        order = rng.permutation(sum(count for _, count in CHARTS))
        self.others = {name: value[order] for name, value in self.points.items()}

    def alike(self, op: str, one: Node, two: Node) -> bool:
        """Whether two differences are 0 at the same points (and have the same sign)."""
        a, b = self.at(one, self.points), self.at(two, self.points)
        known = np.isfinite(a) & np.isfinite(b)
        if not known.any():
            return False
        if op in ("<", "<=") and (np.sign(a[known]) != np.sign(b[known])).any():
            return False
        return self._meets(one, two) and self._meets(two, one)

    def at(self, node: Node, points: dict[str, Array]) -> Array:
        value = evaluate(self.resolved[node], points, self.sizes, self.symbols).array
        return value.reshape(len(value), -1).sum(axis=1)

    def _meets(self, one: Node, two: Node) -> bool:
        """Whether the second is 0 wherever the first passes through 0 on the lines between the points."""
        low, high = dict(self.points), dict(self.others)
        a, b = self.at(one, low), self.at(one, high)
        if len(a) != len(b) or len(a) < 2:
            return bool(np.abs(a).max() < _ON) == bool(np.abs(self.at(two, low)).max() < _ON)
        crossing = np.flatnonzero(np.isfinite(a) & np.isfinite(b) & (a * b < 0))
        if not crossing.size:
            return True
        low = {name: value[crossing] for name, value in low.items()}
        high = {name: value[crossing] for name, value in high.items()}
        start = a[crossing]
        for _ in range(_STEPS):
            middle = {name: (low[name] + high[name]) / 2 for name in low}
            value = self.at(one, middle)
            left = np.sign(value) == np.sign(start)
            for name in low:
                wide = left.reshape(-1, *(1,) * (low[name].ndim - 1))
                low[name] = np.where(wide, middle[name], low[name])
                high[name] = np.where(wide, high[name], middle[name])
        scale = np.abs(self.at(two, self.points))
        size = float(np.median(scale[np.isfinite(scale)])) + 1e-12
        own = np.abs(self.at(one, low))
        on = own < _ON * (np.abs(start) + 1)
        meets = np.abs(self.at(two, low)) < 1e-5 * size
        return bool((meets | ~on | ~np.isfinite(own)).all())
