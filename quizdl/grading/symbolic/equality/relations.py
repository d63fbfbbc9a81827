"""Equations and inequalities as answers: the same solutions, side for side."""

from __future__ import annotations

from typing import Any

import numpy as np

from quizdl.grading.symbolic.equality.arena import SEED, undeclared
from quizdl.grading.symbolic.equality.charts import CHARTS, draw, lengths
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, evaluate
from quizdl.grading.symbolic.resolve import Resolved, resolve
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import Add, Neg, Node, Relation, walk
from quizdl.grading.symbolic.unreadable import Unreadable

Array = Any
_STEPS = 60
_ON = 1e-7


def same(left: Node, right: Node, symbols: Symbols) -> bool:
    """Whether two equations or conditions hold at the same points of the domain.

    Equations are taken apart into differences; where one passes through 0, so must the other. Inequalities,
    and what `and` and `or` make of them, must be true at the same points, and on the lines between those
    change from true to false at the same places. Whether a bound itself belongs to them must agree too.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> def both(one, two):
        ...     return same(parse(one).tree, parse(two).tree, OPEN)
        >>> both("y = 2x + 1", "2y - 4x = 2"), both("y = 2x + 1", "y = 2x - 1"), both("x < 2", "2 > x")
        (True, False, True)
        >>> both("x < 2", "x < 2.01"), both("x < 2", "x <= 2"), both("x = 2", "x^2 = 4")
        (False, False, False)
        >>> both("|x| < 1", "-1 < x < 1"), both("x > 1 and x < 2", "1 < x < 2"), both("|x| < 1", "x < 1")
        (True, True, False)
    """
    try:
        if not (_equations(left) and _equations(right)):
            return _same_truth(left, right, symbols)
        assert isinstance(left, Relation)
        assert isinstance(right, Relation)
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


def _equations(node: Node) -> bool:
    return isinstance(node, Relation) and set(node.ops) <= {"=", "≈"}


def _strictness(node: Node) -> set[bool]:
    """Whether bounds belong to a condition; an excluded point (x ≠ 0) is a bound that does not."""
    ops = {op for part in walk(node) if isinstance(part, Relation) for op in part.ops}
    return {op in ("<", ">", "!=") for op in ops}


def _same_truth(left: Node, right: Node, symbols: Symbols) -> bool:
    """Whether two conditions are true at the same points."""
    if _strictness(left) != _strictness(right):
        return False
    field = _Field(symbols, [left, right], copies=6)
    mine, theirs = field.at(left, field.points) != 0, field.at(right, field.points) != 0
    if (mine != theirs).any():
        return False
    ends = field.at(right, field.others) != 0
    crossing = np.flatnonzero(theirs != ends)
    if not crossing.size:
        # Nothing was seen to change: two conditions that always hold, or never.
        return left == right or bool(theirs.all())
    return field.flips(left, crossing, right)


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

    def __init__(self, symbols: Symbols, nodes: list[Node], copies: int = 1) -> None:
        self.symbols = symbols
        self.resolved: dict[Node, Resolved] = {node: resolve(node, symbols) for node in nodes}
        named = {s.name: s for node in self.resolved.values() for s in undeclared(node.tree, symbols)}
        declared = [s for s in symbols if s.kind not in ("index", "function") and s.name not in symbols.sizes]
        self.sizes = lengths(symbols.sizes, 0)
        rng = np.random.default_rng(SEED)
        charts = tuple((chart, count * copies) for chart, count in CHARTS)
        self.points = dict(draw((*declared, *named.values()), self.sizes, rng, charts).points)
        order = rng.permutation(sum(count for _, count in charts))
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

    def flips(self, one: Node, rows: Array, two: Node) -> bool:
        """Whether two conditions change at the same places of the lines between points."""
        low = {name: value[rows] for name, value in self.points.items()}
        high = {name: value[rows] for name, value in self.others.items()}
        start = self.at(two, low) != 0
        for _ in range(40):
            middle = {name: (low[name] + high[name]) / 2 for name in low}
            left = (self.at(two, middle) != 0) == start
            for name in low:
                wide = left.reshape(-1, *(1,) * (low[name].ndim - 1))
                low[name] = np.where(wide, middle[name], low[name])
                high[name] = np.where(wide, high[name], middle[name])
        # A little to both sides of the place, the other condition must have changed as well.
        step = {name: 1e-7 * (self.others[name][rows] - self.points[name][rows]) for name in low}
        before = self.at(one, {name: low[name] - step[name] for name in low}) != 0
        after = self.at(one, {name: high[name] + step[name] for name in low}) != 0
        return bool(((before == start) & (after != start)).all())

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
