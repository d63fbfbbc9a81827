"""Walks a resolved tree and computes: names, indices, sums, arithmetic, conditions, derivatives."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from quizdl.grading.symbolic.definitions import Definition, is_identity
from quizdl.grading.symbolic.kernels import BINARY, STEP, UNARY, Real, clip
from quizdl.grading.symbolic.linear import Linear
from quizdl.grading.symbolic.symbols import Extent, Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    All,
    Apply,
    Array,
    BigOp,
    Call,
    Constant,
    Delta,
    Derivative,
    Div,
    Index,
    Indicator,
    Logic,
    Mul,
    Name,
    Neg,
    NewAxis,
    Node,
    Norm,
    Number,
    Piecewise,
    Pow,
    Relation,
    Transpose,
    names,
)

MAX_TERMS = 2000
MAX_ENTRIES = 400_000
STEP_SIZE = 1e-20
_DIFFERENCE = 1e-4
Values = Any
Scope = list[tuple[str, int]]


class Undefined(Exception):  # noqa: N818 - what it says
    """A name without a value."""


class TooLargeError(Exception):
    """A sum with too many terms or an array with too many entries."""


class Machine(Linear):
    """Computes in one arithmetic for one set of sizes and points."""

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

    # -- every kind of node ---------------------------------------------------------------------------

    def value(self, node: Node) -> Values:
        """The value of a node in the scope at hand."""
        method = _METHODS.get(type(node))
        if method is None:
            raise Undefined(type(node).__name__)
        result = method(self, node)
        if result.size > MAX_ENTRIES:
            raise TooLargeError
        return result

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

    # -- indices -----------------------------------------------------------------------------------------

    def _index(self, node: Index) -> Values:
        value = self.value(node.base)
        axis = 1 + len(self.scope)
        for index in node.indices:
            if isinstance(index, NewAxis):
                value = np.expand_dims(value, axis)
                axis += 1
            elif isinstance(index, All):
                axis += 1
            else:
                value = self._take(value, axis, index, node.python)
        return value

    def _take(self, value: Values, axis: int, index: Node, python: bool) -> Values:
        length = value.shape[axis]
        if isinstance(index, Name):
            for place, (name, extent) in enumerate(self.scope):
                fits = name == index.name and value.shape[1 + place] == 1 and extent == length
                if fits and self.starts.get(name, 1) == 1:
                    return np.swapaxes(value, 1 + place, axis).squeeze(axis)
        where = np.real(self.m.real(self.value(index))).astype(float)
        if not (python and isinstance(index, (Number, Neg))):
            where = where - 1
        elif isinstance(index, Neg):
            where = where + length
        places = np.rint(where).astype(int)
        outside = (places < 0) | (places >= length) | (np.abs(where - places) > 1e-9)
        places = np.clip(places, 0, length - 1)
        target = np.broadcast_shapes(value.shape[: 1 + len(self.scope)], places.shape)
        rest = value.shape[1 + len(self.scope) :]
        value = np.broadcast_to(value, (*target, *rest))
        shape = (*target, *(1,) * len(rest))
        picked = np.take_along_axis(value, np.broadcast_to(places, target).reshape(shape), axis=axis)
        picked = picked.squeeze(axis)
        if outside.any():
            mask = np.broadcast_to(outside, target).reshape(*target, *(1,) * (picked.ndim - len(target)))
            picked = np.where(mask, self.m.number(Fraction(0)) * np.nan, picked)
        return picked

    def _big(self, node: BigOp) -> Values:
        assert node.lower is not None
        assert node.upper is not None
        low, high = self._limit(node.lower), self._limit(node.upper)
        start, stop = int(low.min()), int(high.max())
        length = max(stop - start + 1, 0)
        if length > MAX_TERMS:
            raise TooLargeError
        before = self.starts.get(node.index)
        depth = len(self.scope)
        hidden = [(f"{name}·", size) if name == node.index else (name, size) for name, size in self.scope]
        outer, locals_ = self.scope, self.locals
        self.starts[node.index] = start
        self.scope = [*hidden, (node.index, max(length, 1))]
        self.locals = {name: np.expand_dims(value, 1 + depth) for name, value in locals_.items()}
        try:
            body = self.value(node.body)
            keep = self._kept(node, low, high, start, max(length, 1), length)
        finally:
            self.scope, self.locals = outer, locals_
            if before is None:
                self.starts.pop(node.index, None)
            else:
                self.starts[node.index] = before
        return self.fold(node.op, body, keep, 1 + depth, max(length, 1))

    def _limit(self, node: Node) -> Values:
        value = np.real(self.m.real(self.value(node))).astype(float)
        if not np.isfinite(value).all() or np.abs(value).max() > 1e9:
            raise TooLargeError
        return np.rint(value)

    def _kept(
        self, node: BigOp, low: Values, high: Values, start: int, size: int, length: int
    ) -> Values | None:
        """Which terms count, when not all of them do."""
        mask: Values | None = None
        if length == 0 or low.size > 1 or high.size > 1:
            shape = [1] * (low.ndim + 1)
            shape[-1] = size
            run = np.arange(start, start + size).reshape(shape)
            mask = (run >= low[..., None]) & (run <= high[..., None])
        if node.condition is not None:
            chosen = self.truth(node.condition)
            mask = chosen if mask is None else mask & chosen
        return mask

    # -- functions ---------------------------------------------------------------------------------------

    def _call(self, node: Call) -> Values:
        name = node.function
        if name in ("eye", "ones", "zeros", "one_hot"):
            return self._built(node)
        args = [self.value(arg) for arg in node.args]
        if len(args) == 1 and name in UNARY:
            return UNARY[name](self.m, args[0])
        if name in BINARY and len(args) >= 2:
            total = args[0]
            for other in args[1:]:
                total = self.pair(lambda x, y: BINARY[name](self.m, x, y), total, other)
            return total
        if name == "clip":
            x, low = self.aligned(args[0], args[1])
            x, high = self.aligned(x, args[2])
            return clip(self.m, x, low, high)
        axis = None if node.axis is None else 1 + len(self.scope) + node.axis
        return self.linear(name, args, axis, node.keepdims)

    def _built(self, node: Call) -> Values:
        if node.function == "one_hot":
            (place, length) = node.args
            where = np.real(self.m.real(self.value(place)))[..., None]
            size = self._size(length)
            return self.lift(np.arange(1, size + 1) == where.astype(float))
        lengths = [self._size(arg) for arg in node.args]
        made = (
            np.eye(lengths[0], lengths[-1])
            if node.function == "eye"
            else np.full(lengths, float(node.function == "ones"))
        )
        return self._spread(self.lift(made[None]))

    def _size(self, node: Node) -> int:
        if isinstance(node, Name):
            return self.length(node.name)
        assert isinstance(node, Number)
        return int(node.value)

    def _apply(self, node: Apply) -> Values:
        args = [self.value(arg) for arg in node.args]
        if node.primes:
            return self._slope(node, args)
        self.calls += 1
        if self.calls > 2000:
            raise TooLargeError
        made = self.defined.get(node.function)
        if made is None:
            if node.function in UNARY and len(args) == 1:
                return UNARY[node.function](self.m, args[0])
            return self.free_function(node.function, args)
        outer = self.locals
        self.locals = dict(zip(made.parameters, args, strict=False))
        try:
            return self.value(made.tree)
        finally:
            self.locals = outer

    def _slope(self, node: Apply, args: list[Values]) -> Values:
        """A derivative of a function of one argument: complex step, differences for the higher ones."""
        bare = Apply(node.function, (Name("·"),), node.primes - 1)
        return self._along(bare, args[0])

    def _along(self, node: Node, at: Values) -> Values:
        outer = self.locals
        try:
            if node.primes == 0 and not self.m.exact and not self.m.complex:  # type: ignore[attr-defined]
                machine = self._twin(STEP)
                machine.locals = {**outer, "·": at + 1j * STEP_SIZE}
                return np.imag(machine.value(node)) / STEP_SIZE
            step = self.difference()
            self.locals = {**outer, "·": at + step}
            ahead = self.value(node)
            self.locals = {**outer, "·": at - step}
            return (ahead - self.value(node)) / (2 * step)
        finally:
            self.locals = outer

    def difference(self) -> Any:
        """The step of a central difference."""
        return self.m.number(Fraction(1, 10**16)) if self.m.exact else _DIFFERENCE

    def _twin(self, arithmetic: Real) -> Machine:
        """This machine in another arithmetic, with its own copies of what changes."""
        twin = Machine(self.symbols, self.defined, self.sizes, dict(self.points), arithmetic)
        twin.starts, twin.locals, twin.scope = dict(self.starts), dict(self.locals), list(self.scope)
        return twin

    # -- conditions ----------------------------------------------------------------------------------------

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

    def _derivative(self, node: Derivative) -> Values:
        body = Derivative(node.body, node.wrt[:-1]) if len(node.wrt) > 1 else node.body
        wrt = node.wrt[-1]
        base = wrt.base if isinstance(wrt, Index) else wrt
        assert isinstance(base, Name)
        tensor = np.array(self.tensor(base.name))
        entries = tensor.shape[1:]
        slopes = [self._moved(body, base.name, tensor, place) for place in np.ndindex(*entries)]
        if not entries:
            return slopes[0]
        shape = np.broadcast_shapes(*(slope.shape for slope in slopes))
        stacked = np.stack([np.broadcast_to(slope, shape) for slope in slopes], axis=-1)
        stacked = stacked.reshape(*shape, *entries)
        if isinstance(wrt, Index):
            axis = stacked.ndim - len(entries)
            for index in wrt.indices:
                stacked = self._take(stacked, axis, index, wrt.python)
        return stacked

    def _moved(self, body: Node, name: str, tensor: Values, place: tuple[int, ...]) -> Values:
        """The derivative of a body by one entry of a name."""
        points = {key: value for key, value in self.points.items() if not self._depends(key, name)}

        def at(machine: Machine, step: Any) -> Values:
            moved = tensor.astype(complex) if machine.m.complex else tensor.copy()
            moved[(slice(None), *place)] += step
            machine.points = {**points, name: moved}
            return machine.value(body)

        if not self.m.exact and not self.m.complex and not isinstance(body, Derivative):
            return np.imag(at(self._twin(STEP), 1j * STEP_SIZE)) / STEP_SIZE
        step = self.difference()
        return (at(self._twin(self.m), step) - at(self._twin(self.m), -step)) / (2 * step)

    def _depends(self, key: str, name: str, depth: int = 0) -> bool:
        """Whether a name is computed from another through the definitions."""
        if key == name:
            return True
        made = self.defined.get(key)
        if made is None or depth > 8:
            return False
        return any(self._depends(part, name, depth + 1) for part in names(made.tree))


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
_COMPARE = {
    "=": np.equal, "≈": np.equal, "!=": np.not_equal, "<": np.less, "<=": np.less_equal, ">": np.greater,
    ">=": np.greater_equal,
}  # fmt: skip
_METHODS: dict[type[Node], Any] = {
    Number: Machine._number, Constant: Machine._constant, Name: Machine._name, Add: Machine._add,
    Neg: Machine._neg, Mul: Machine._mul, Div: Machine._div, Pow: Machine._pow, Transpose: Machine._transpose,
    Index: Machine._index, BigOp: Machine._big, Call: Machine._call, Apply: Machine._apply,
    Indicator: lambda machine, node: machine._indicator(node.condition),
    Relation: Machine._indicator, Logic: Machine._indicator, Delta: Machine._delta,
    Piecewise: Machine._piecewise, Norm: Machine._norm, Array: Machine._array,
    Derivative: Machine._derivative,
}  # fmt: skip
