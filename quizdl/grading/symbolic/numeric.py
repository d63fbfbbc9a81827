"""The value of a resolved tree on arrays, a batch of points at a time.

Every value is an array of shape (batch, one axis per index in scope, the axes of the value itself). An axis
that a value does not depend on has length 1 and broadcasts, so `p_i (δ_ij − p_j)` is one product of small
arrays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from quizdl.grading.symbolic.arithmetic import TooLargeError, Undefined
from quizdl.grading.symbolic.definitions import definitions, is_identity
from quizdl.grading.symbolic.kernels import REAL, Exact, Real
from quizdl.grading.symbolic.machine import Machine
from quizdl.grading.symbolic.resolve import Resolved
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.tree import Node

Array = Any
DIGITS = 40


@dataclass(frozen=True, slots=True)
class Values:
    """What a tree is at a batch of points.

    Args:
        array: shape (batch, one axis per free index, the axes of the value).
        valid: which points have a finite value everywhere.
    """

    array: Array
    valid: Array


def evaluate(
    resolved: Resolved,
    points: Mapping[str, Array],
    sizes: Mapping[str, int] | None = None,
    symbols: Symbols = OPEN,
    *,
    indices: Sequence[str] | None = None,
    arithmetic: Real = REAL,
) -> Values:
    """Evaluates a resolved tree.

    Args:
        resolved: from `resolve`.
        points: an array of shape (batch, axes of the symbol) for each name. A name that has a definition may
            be left out: then it is computed. One that is given counts as independent of the others.
        sizes: the length of each named axis.
        symbols: the declarations, for definitions and identity matrices.
        indices: the order of the free indices in the result; by default that of `resolved.free`.
        arithmetic: `REAL`, or an `Exact()` with points that are mpmath numbers.

    Returns:
        The values, and which points are valid.

    Raises:
        Undefined: a name has no value.
        TooLargeError: a sum or an array beyond the caps.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.resolve import resolve
        >>> evaluate(resolve(parse("x^2 + 1").tree), {"x": np.array([1.0, 3.0])}).array
        array([ 2., 10.])
    """
    sizes = dict(sizes or {})
    extents = dict(resolved.free)
    order = tuple(indices) if indices is not None else tuple(extents)
    machine = Machine(symbols, definitions(symbols), sizes, dict(points), arithmetic)
    lengths = [machine.length(extents[name]) if name in extents else 1 for name in order]
    with np.errstate(all="ignore"):
        array = machine.run(resolved.tree, list(zip(order, lengths, strict=True)))
    batch = max((np.shape(value)[0] for value in points.values() if np.ndim(value)), default=1)
    shape = (batch, *(length if name in extents else 1 for name, length in zip(order, lengths, strict=True)))
    inner = array.shape[1 + len(order) :]
    array = np.broadcast_to(array, (*shape, *inner))
    return Values(array, finite(array))


def finite(array: Array) -> Array:
    """Which points of a batch have a finite value in every entry."""
    flat = array.reshape(array.shape[0], -1)
    if flat.dtype == object:
        return np.array([all(_is_finite(value) for value in row) for row in flat])
    return np.isfinite(flat).all(axis=1)


def _is_finite(value: Any) -> bool:
    import mpmath  # type: ignore[import-untyped]

    return bool(mpmath.isfinite(value))


def evaluate_exactly(
    resolved: Resolved,
    point: Mapping[str, Array],
    sizes: Mapping[str, int] | None = None,
    symbols: Symbols = OPEN,
    *,
    indices: Sequence[str] | None = None,
    digits: int = DIGITS,
) -> Values:
    """Evaluates a resolved tree at one point with mpmath.

    Args:
        resolved, sizes, symbols, indices: as for `evaluate`.
        point: a float array of shape (batch, axes of the symbol) for each name, taken as exact.
        digits: the decimal digits of the arithmetic.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.resolve import resolve
        >>> found = evaluate_exactly(resolve(parse("x - 1/3").tree), {"x": np.array([0.5])})
        >>> str(found.array[0])[:12]
        '0.1666666666'
    """
    import mpmath

    with mpmath.workdps(digits + 15):
        exact = Exact()
        convert = np.frompyfunc(mpmath.mpf, 1, 1)
        points = {name: np.asarray(convert(np.asarray(value)), dtype=object) for name, value in point.items()}
        for name, value in points.items():
            points[name] = value.reshape(np.shape(point[name]))
        nothing = Values(np.array([mpmath.mpf("nan")], dtype=object), np.array([False]))
        with suppress(ZeroDivisionError, OverflowError):
            return evaluate(resolved, points, sizes, symbols, indices=indices, arithmetic=exact)
    return nothing


__all__ = [
    "DIGITS",
    "Node",
    "TooLargeError",
    "Undefined",
    "Values",
    "evaluate",
    "evaluate_exactly",
    "finite",
    "is_identity",
]
