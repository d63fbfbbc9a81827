"""Conditions, cases, norms and lists."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from quizdl.grading.symbolic.arithmetic import Arithmetic, Values
from quizdl.grading.symbolic.tree import (
    Array,
    Delta,
    Indicator,
    Logic,
    Name,
    Node,
    Norm,
    Piecewise,
    Relation,
)


class Conditions(Arithmetic):
    """Computes what is true, and values that depend on it."""

    def truth(self, node: Node) -> Values:
        """A condition as booleans."""
        if isinstance(node, Relation):
            found: Values = True
            values = [self.m.real(self.value(item)) for item in node.items]
            for op, left, right in zip(node.ops, values, values[1:], strict=False):
                x, y = self.aligned(left, right)
                holds = np.asarray(_COMPARE[op](x, y), dtype=bool)
                found = holds if found is True else np.logical_and(*self.aligned(found, holds))
            return found
        if isinstance(node, Logic):
            parts = [self.truth(item) for item in node.items]
            if node.op == "not":
                return ~parts[0]
            total = parts[0]
            for part in parts[1:]:
                x, y = self.aligned(total, part)
                total = (x & y) if node.op == "and" else (x | y)
            return total
        if isinstance(node, Indicator):
            return self.truth(node.condition)
        if node == Name("True"):
            return np.ones((1,) * (1 + len(self.scope)), dtype=bool)
        return np.asarray(self.m.real(self.value(node)) != 0, dtype=bool)

    def _indicator(self, node: Node) -> Values:
        return self.lift(self.truth(node).astype(float))

    def _delta(self, node: Delta) -> Values:
        return self._indicator(Relation((node.left, node.right), ("=",)))

    def _piecewise(self, node: Piecewise) -> Values:
        if node.otherwise is None:
            result = self.constant(self.m.number(Fraction(0)) * np.nan)
        else:
            result = self.value(node.otherwise)
        for value, condition in reversed(list(zip(node.values, node.conditions, strict=True))):
            yes, no = self.aligned(self.value(value), result)
            chosen, yes = self.aligned(self.truth(condition), yes)
            chosen, no = self.aligned(chosen, no)
            result = np.where(chosen, yes, no)
        return result

    # -- the rest --------------------------------------------------------------------------------------------

    def _norm(self, node: Norm) -> Values:
        value = self.value(node.body)
        axes = tuple(range(1 + len(self.scope), value.ndim))
        size = self.m.abs(value)
        if node.order == "1":
            return size.sum(axis=axes)
        if node.order == "inf":
            return size.max(axis=axes)
        if node.order == "0":
            return self.lift((self.m.real(size) > 0).astype(float).sum(axis=axes))
        return self.m.sqrt((value * value).sum(axis=axes))

    def _array(self, node: Array) -> Values:
        items = [self.value(item) for item in node.items]
        for item in items[1:]:
            items[0], _ = self.aligned(items[0], item)
        items = [self.aligned(item, items[0])[0] for item in items]
        shape = np.broadcast_shapes(*(item.shape for item in items))
        return np.stack([np.broadcast_to(item, shape) for item in items], axis=self.head)


_COMPARE = {
    "=": np.equal, "≈": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater,
    ">=": np.greater_equal,
}  # fmt: skip
