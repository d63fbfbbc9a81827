"""Arrays of different ranks brought together; products, reductions and linear algebra on their last axes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from quizdl.grading.symbolic.kernels import Real

Values = Any
_ZERO, _ONE = Fraction(0), Fraction(1)


class Linear:
    """The part of the machine that knows how values are laid out."""

    scope: list[tuple[str, int]]

    def __init__(self, arithmetic: Real) -> None:
        self.m = arithmetic

    @property
    def head(self) -> int:
        """How many axes come before those of the value itself."""
        return 1 + len(self.scope)

    def aligned(self, x: Values, y: Values) -> tuple[Values, Values]:
        """Two values with as many axes of their own, new ones in front."""
        if x.ndim != y.ndim:
            rank = max(x.ndim, y.ndim)
            x, y = self._padded(x, rank), self._padded(y, rank)
        return x, y

    def _padded(self, x: Values, rank: int) -> Values:
        head = self.head
        return x.reshape(*x.shape[:head], *(1,) * (rank - x.ndim), *x.shape[head:]) if x.ndim < rank else x

    def pair(self, function: Callable[[Values, Values], Values], x: Values, y: Values) -> Values:
        """A function of two values, entry by entry."""
        return function(*self.aligned(x, y))

    def matmul(self, x: Values, y: Values) -> Values:
        """A matrix product on the last axes; a vector is a row on the left and a column on the right."""
        left, right = x.ndim == self.head + 1, y.ndim == self.head + 1
        if left:
            x = x[..., None, :]
        if right:
            y = y[..., :, None]
        product = (x[..., :, :, None] * y[..., None, :, :]).sum(axis=-2) if self.m.exact else np.matmul(x, y)
        if left:
            product = product[..., 0, :]
        if right:
            product = product[..., 0]
        return product

    def fold(self, op: str, body: Values, keep: Values | None, axis: int, length: int) -> Values:
        """A sum, product, mean, greatest or least along an index, over the terms that are kept."""
        if keep is None:
            if body.shape[axis] != length:
                shape = list(body.shape)
                shape[axis] = length
                body = np.broadcast_to(body, shape)
            if op in ("max", "min"):
                return self.extreme(op, body, axis)
            return {"sum": body.sum, "prod": body.prod, "mean": body.mean}[op](axis=axis)
        keep = keep.reshape(*keep.shape, *(1,) * (body.ndim - keep.ndim))
        if op in ("sum", "mean"):
            total = np.where(keep, body, 0 * body.dtype.type(0) if not self.m.exact else self.m.number(_ZERO))
            count = np.broadcast_to(keep, np.broadcast_shapes(keep.shape, body.shape)).sum(axis=axis)
            return total.sum(axis=axis) / (count if op == "mean" else 1)
        if op == "prod":
            return np.prod(np.where(keep, body, self.m.number(_ONE)), axis=axis)
        far = -np.inf if op == "max" else np.inf
        return self.extreme(op, np.where(keep, body, far), axis)

    def extreme(self, op: str, body: Values, axis: int | tuple[int, ...]) -> Values:
        """The greatest or least along axes, by the real part."""
        if not self.m.complex:
            return body.max(axis=axis) if op == "max" else body.min(axis=axis)
        real = np.real(body)
        best = real.max(axis=axis, keepdims=True) if op == "max" else real.min(axis=axis, keepdims=True)
        hit = real == best
        return np.where(hit, body, 0).sum(axis=axis) / hit.sum(axis=axis)

    def linear(self, name: str, args: list[Values], axis: int | None, keepdims: bool) -> Values:
        """A function that folds axes or is linear algebra."""
        x = args[0]
        axes: Any = tuple(range(self.head, x.ndim)) if axis is None else axis
        if name in ("sum", "prod", "mean"):
            return getattr(x, name)(axis=axes, keepdims=keepdims)
        if name in ("var", "std"):
            centred = x - x.mean(axis=axes, keepdims=True)
            var = (centred * centred).mean(axis=axes, keepdims=keepdims)
            return var if name == "var" else self.m.sqrt(var)
        if name in ("amax", "amin"):
            found = self.extreme(name[1:], x, axes)
            return np.expand_dims(found, axes) if keepdims else found
        if name in ("softmax", "log_softmax", "logsumexp"):
            return self._exponential(name, x, axes, keepdims)
        if name in ("argmax", "argmin"):
            return self._place(name, x, axis)
        if name == "cumsum":
            return np.cumsum(x, axis=x.ndim - 1 if axis is None else axis)
        if name in ("any", "all"):
            truth = np.asarray(self.m.real(x) != 0, dtype=bool)
            return getattr(truth, name)(axis=axes, keepdims=keepdims).astype(float)
        return self._algebra(name, args)

    def _exponential(self, name: str, x: Values, axes: Any, keepdims: bool) -> Values:
        top = self.m.real(x).max(axis=axes, keepdims=True)
        powers = self.m.exp(x - top)
        total = powers.sum(axis=axes, keepdims=True)
        if name == "softmax":
            return powers / total
        log_total = self.m.log(total) + top
        if name == "log_softmax":
            return x - log_total
        return log_total if keepdims else log_total.squeeze(axes)

    def _place(self, name: str, x: Values, axis: int | None) -> Values:
        real = np.asarray(self.m.real(x), dtype=float)
        find = np.argmax if name == "argmax" else np.argmin
        if axis is None:
            return find(real.reshape(*real.shape[: self.head], -1), axis=-1).astype(float) + 1
        return find(real, axis=axis).astype(float) + 1

    def _algebra(self, name: str, args: list[Values]) -> Values:
        x = args[0]
        if name == "inner":
            return (x * args[1]).sum(axis=-1)
        if name == "outer":
            return x[..., :, None] * args[1][..., None, :]
        if name == "diag":
            if x.ndim == self.head + 2:
                return np.diagonal(x, axis1=-2, axis2=-1)
            return x[..., :, None] * np.eye(x.shape[-1], dtype=int)
        if name == "trace":
            return np.diagonal(x, axis1=-2, axis2=-1).sum(axis=-1)
        if name == "det":
            return self.m.det(x)
        if name == "inv":
            return self._inverse(x)
        if name == "solve":
            return self.matmul(self._inverse(x), args[1])
        if name == "pinv":
            flipped = np.swapaxes(x, -1, -2)
            if x.shape[-2] >= x.shape[-1]:
                return self.matmul(self._inverse(self.matmul(flipped, x)), flipped)
            return self.matmul(flipped, self._inverse(self.matmul(x, flipped)))
        raise KeyError(name)

    def _inverse(self, x: Values) -> Values:
        if not self.m.complex:
            return self.m.inv(x)
        inverse = self.m.inv(np.real(x))
        return inverse - 1j * (inverse @ np.imag(x) @ inverse)

    def free_function(self, name: str, args: list[Values]) -> Values:
        """A smooth function that nothing is known about, the same for the same name: f(x), g(x, y)."""
        seed = hashlib.sha256(name.encode()).digest()
        total = args[0] * 0
        for place, arg in enumerate(args):
            a, b, c = (1 + seed[3 * place + k] / 256 for k in range(3))
            total = self.pair(
                np.add, total, self.m.sin(a * arg + b) + c * self.m.cos(arg * b / 2) + arg / (a + c)
            )
        return total
