"""Walks a resolved tree and computes: indices, sums, functions, derivatives."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from typing import Any

import numpy as np

from quizdl.grading.symbolic.arithmetic import (
    MAX_ENTRIES,
    MAX_TERMS,
    STEP_SIZE,
    TooLargeError,
    Undefined,
    Values,
)
from quizdl.grading.symbolic.conditions import Conditions
from quizdl.grading.symbolic.kernels import BINARY, STEP, UNARY, Real, clip
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

_DIFFERENCE = 1e-4


class Machine(Conditions):
    """Computes in one arithmetic for one set of sizes and points."""

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
        if length * prod(size for _, size in self.scope) * self.batch > MAX_ENTRIES:
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


_METHODS: dict[type[Node], Any] = {
    Number: Machine._number, Constant: Machine._constant, Name: Machine._name, Add: Machine._add,
    Neg: Machine._neg, Mul: Machine._mul, Div: Machine._div, Pow: Machine._pow, Transpose: Machine._transpose,
    Index: Machine._index, BigOp: Machine._big, Call: Machine._call, Apply: Machine._apply,
    Indicator: lambda machine, node: machine._indicator(node.condition),
    Relation: Machine._indicator, Logic: Machine._indicator, Delta: Machine._delta,
    Piecewise: Machine._piecewise, Norm: Machine._norm, Array: Machine._array,
    Derivative: Machine._derivative,
}  # fmt: skip
