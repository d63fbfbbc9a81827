"""Numbers, names and arithmetic on arrays."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from quizdl.grading.symbolic.definitions import Definition, is_identity
from quizdl.grading.symbolic.kernels import Real
from quizdl.grading.symbolic.linear import Linear
from quizdl.grading.symbolic.symbols import Extent, Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    Constant,
    Div,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Transpose,
)

MAX_TERMS = 2000
MAX_ENTRIES = 1_000_000
STEP_SIZE = 1e-20
Values = Any
Scope = list[tuple[str, int]]


class Undefined(Exception):  # noqa: N818 - what it says
    """A name without a value."""


class TooLargeError(Exception):
    """A sum with too many terms or an array with too many entries."""


class Arithmetic(Linear):
    """What names stand for, and what + − × ÷ and powers make of them."""

    def __init__(
        self,
        symbols: Symbols,
        defined: Mapping[str, Definition],
        sizes: dict[str, int],
        points: dict[str, Values],
        arithmetic: Real,
    ) -> None:
        super().__init__(arithmetic)
        self.symbols = symbols
        self.defined = defined
        self.sizes = sizes
        self.points = points
        self.batch = max((np.shape(value)[0] for value in points.values() if np.ndim(value)), default=1)
        self.starts: dict[str, int] = {}
        self.locals: dict[str, Values] = {}
        self.scope: Scope = []
        self.calls = 0

    def run(self, tree: Node, scope: Scope) -> Values:
        """The value of a tree with these indices in scope, on its own."""
        before, self.scope = self.scope, scope
        try:
            return self.value(tree)
        finally:
            self.scope = before

    def length(self, extent: Extent) -> int:
        """The length of an axis."""
        if isinstance(extent, int):
            return extent
        if extent in self.sizes:
            return self.sizes[extent]
        raise Undefined(extent)

    def value(self, node: Node) -> Values:
        """The value of a node in the scope at hand; `machine` has it."""
        raise NotImplementedError

    def constant(self, value: Any) -> Values:
        """A number as an array of length-1 axes."""
        return np.full((1,) * (1 + len(self.scope)), value, dtype=self.m.dtype if self.m.exact else None)

    def _number(self, node: Number) -> Values:
        return self.constant(self.m.number(node.value))

    def _constant(self, node: Constant) -> Values:
        return self.constant({"pi": self.m.pi, "e": self.m.e}.get(node.name, np.inf))

    def _name(self, node: Name) -> Values:
        name = node.name
        for place, (index, length) in enumerate(self.scope):
            if index == name:
                shape = [1] * (1 + len(self.scope))
                shape[1 + place] = length
                start = self.starts.get(name, 1)
                return self.lift(np.arange(start, start + length).reshape(shape))
        if name in self.locals:
            return self.locals[name]
        return self._spread(self.tensor(name))

    def _spread(self, value: Values) -> Values:
        """(batch, axes) to (batch, a 1 per index, axes)."""
        return value.reshape(value.shape[0], *(1,) * len(self.scope), *value.shape[1:])

    def tensor(self, name: str) -> Values:
        """A declared name as (batch, axes), from the points, its definition or the law of its domain."""
        if name in self.points:
            value = np.asarray(self.points[name])
            return value.reshape(1) if value.ndim == 0 else value
        symbol = self.symbols.get(name)
        if symbol is not None and is_identity(symbol) and symbol.shape:
            return self.lift(np.eye(self.length(symbol.shape[0]))[None])
        if name in self.defined:
            made = self.defined[name]
            lengths = [self.length(extent) for extent in symbol.shape] if symbol else []
            scope = list(zip(made.parameters, lengths, strict=False)) if made.entries else []
            starts, inner = self.starts, self.locals
            self.starts, self.locals = {}, {}
            value = self.run(made.tree, scope)
            self.starts, self.locals = starts, inner
            if made.entries:
                value = np.broadcast_to(value, (value.shape[0], *lengths))
            self.points[name] = value
            return value
        if name in self.sizes:
            return self.lift(np.array([self.sizes[name]]))
        raise Undefined(name)

    def lift(self, value: Values) -> Values:
        """A float array in this arithmetic."""
        if self.m.exact:
            return np.asarray(np.frompyfunc(self.m.number, 1, 1)(_fractions(value)), dtype=object)
        return np.asarray(value, dtype=float)

    def _add(self, node: Add) -> Values:
        total = self.value(node.terms[0])
        for term in node.terms[1:]:
            total = self.pair(np.add, total, self.value(term))
        return total

    def _neg(self, node: Neg) -> Values:
        return -self.value(node.body)

    def _mul(self, node: Mul) -> Values:
        total = self.value(node.factors[0])
        for factor in node.factors[1:]:
            other = self.value(factor)
            total = self.matmul(total, other) if node.op == "@" else self.pair(np.multiply, total, other)
        return total

    def _div(self, node: Div) -> Values:
        return self.pair(np.divide, self.value(node.top), self.value(node.bottom))

    def _pow(self, node: Pow) -> Values:
        base = self.value(node.base)
        exact = rational(node.exponent)
        if exact is not None:
            if exact.denominator == 1 and abs(exact.numerator) <= 4:
                return self._small_power(base, exact.numerator)
            if exact.denominator > 1 and exact.denominator % 2:
                return self._odd_root(base, exact)
        if isinstance(node.base, Constant) and node.base.name == "e":
            return self.m.exp(self.value(node.exponent))
        return self.pair(self.m.power, base, self.value(node.exponent))

    def _small_power(self, base: Values, exponent: int) -> Values:
        if exponent < 0:
            return 1 / self._small_power(base, -exponent)
        result = base * 0 + 1 if exponent == 0 else base
        for _ in range(exponent - 1):
            result = result * base
        return result

    def _odd_root(self, base: Values, exponent: Fraction) -> Values:
        """A negative number has a real root of odd degree: (−8)^(1/3) = −2."""
        size = self.m.power(self.m.abs(base), self.constant_like(base, exponent))
        return self.m.sign(base) * size if exponent.numerator % 2 else size

    def constant_like(self, value: Values, number: Fraction) -> Values:
        """A number in the shape of a value."""
        return value * 0 + self.m.number(number)

    def _transpose(self, node: Transpose) -> Values:
        return np.swapaxes(self.value(node.body), -1, -2)


def rational(node: Node) -> Fraction | None:
    """The rational number that an exponent is, if it is one written out."""
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Neg):
        inner = rational(node.body)
        return None if inner is None else -inner
    if isinstance(node, Div):
        top, bottom = rational(node.top), rational(node.bottom)
        return top / bottom if top is not None and bottom else None
    return None


_fractions = np.frompyfunc(lambda value: Fraction(float(value)), 1, 1)
