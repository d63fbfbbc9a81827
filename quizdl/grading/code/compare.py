"""What was expected against what came back, leaf by leaf. Both are values of the wire: exact types only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from quizdl.grading.code.task import Closeness
from quizdl.grading.code.wire import Value

Kind = Literal["structure", "shape", "dtype", "nonfinite", "value"]


@dataclass(frozen=True, slots=True)
class Difference:
    """The first way in which one leaf differs.

    Args:
        kind: the earlier in `Kind`, the more telling.
        path: where in the returned value, such as `[1]`; "" for all of it.
        expected: the leaf, or the whole where the structure differs.
        got: likewise.
        at: the index of the first wrong entry.
        wrong: how many entries are wrong.
    """

    kind: Kind
    path: str
    expected: Value
    got: Value
    at: tuple[int, ...] = ()
    wrong: int = 0


def differences(expected: Value, got: Value, close: Closeness, *, dtype: bool = False) -> list[Difference]:
    """Every leaf that differs, in order.

    Args:
        expected: from the reference.
        got: from the learner. A list will do for a tuple, and a Python number for an array without
            dimensions, and the other way round.
        close: for numbers; NaN equals NaN, and infinities must be the same.
        dtype: whether another dtype is a difference of its own.

    Example:
        >>> [d.kind for d in differences((1.0, np.zeros(2)), (1.0, np.array([0.0, 1.0])), Closeness())]
        ['value']
        >>> differences(np.array(2.0), 2, Closeness())
        []
    """
    return list(_walk(expected, got, close, dtype, ""))


def _walk(expected: Value, got: Value, close: Closeness, dtype: bool, path: str) -> Iterator[Difference]:
    if isinstance(expected, list | tuple):
        if not isinstance(got, list | tuple) or len(got) != len(expected):
            yield Difference("structure", path, expected, got)
            return
        for index, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from _walk(one, other, close, dtype, f"{path}[{index}]")
    elif isinstance(expected, dict):
        if not isinstance(got, dict) or set(got) != set(expected):
            yield Difference("structure", path, expected, got)
            return
        for key in expected:
            yield from _walk(expected[key], got[key], close, dtype, f"{path}[{key!r}]")
    elif expected is None or isinstance(expected, str):
        if type(expected) is not type(got) or expected != got:
            yield Difference("value" if type(expected) is type(got) else "structure", path, expected, got)
    elif type(expected) is int and type(got) is int and max(abs(expected), abs(got)) >= 2**63:
        if expected != got:  # as floats both could be infinite, and equal
            yield Difference("value", path, expected, got)
    else:
        right, given = as_numbers(expected), as_numbers(got)
        assert right is not None
        if given is None:
            yield Difference("structure", path, expected, got)
            return
        found = _numbers(right, given, close, dtype)
        if found is not None:
            kind, at, wrong = found
            yield Difference(kind, path, expected, got, at, wrong)


def as_numbers(value: Value) -> npt.NDArray[Any] | None:
    """A number or array as an array, None for anything else.

    Example:
        >>> as_numbers(1.5), as_numbers("1.5"), as_numbers([1.5])
        (array(1.5), None, None)
    """
    if type(value) is np.ndarray:
        return value
    if type(value) in (bool, float, complex):
        return np.asarray(value)
    if type(value) is int:
        # not object arrays, whose members would have their own idea of being equal
        return np.asarray(value) if -(2**63) <= value < 2**63 else np.asarray(float_of(value))
    return None


def float_of(value: int) -> float:
    """An int as a float, infinite where it is too large for one.

    Example:
        >>> float_of(10**400)
        inf
    """
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def close_mask(expected: npt.NDArray[Any], got: npt.NDArray[Any], close: Closeness) -> npt.NDArray[np.bool_]:
    """Entry by entry: within `atol + rtol·|expected|`, or the same infinity, or both NaN. Equal shapes.

    Example:
        >>> close_mask(np.array([1.0, np.inf, np.nan]), np.array([1.0, np.inf, 0.0]), Closeness()).tolist()
        [True, True, False]
    """
    kind = np.complex128 if "c" in (expected.dtype.kind, got.dtype.kind) else np.float64
    right, given = expected.astype(kind), got.astype(kind)
    with np.errstate(all="ignore"):
        near = np.abs(given - right) <= close.atol + close.rtol * np.abs(right)
    finite = np.isfinite(right) & np.isfinite(given)
    result: npt.NDArray[np.bool_] = (near & finite) | (right == given) | (np.isnan(right) & np.isnan(given))
    return result


def _numbers(
    right: npt.NDArray[Any], given: npt.NDArray[Any], close: Closeness, dtype: bool
) -> tuple[Kind, tuple[int, ...], int] | None:
    if right.shape != given.shape:
        return "shape", (), 0
    wrong = ~close_mask(right, given, close)
    count = int(wrong.sum())
    if dtype and right.dtype != given.dtype:
        return "dtype", first(wrong), count
    if not count:
        return None
    if given.dtype.kind in "biu" and right.dtype.kind in "fc" and not np.array_equal(right, np.round(right)):
        return "dtype", first(wrong), count
    lost = wrong & ~np.isfinite(given.astype(np.complex128)) & np.isfinite(right.astype(np.complex128))
    if lost.any():
        return "nonfinite", first(lost), count
    return "value", first(wrong), count


def first(mask: npt.NDArray[np.bool_]) -> tuple[int, ...]:
    """The index of the first True, () for none or for a single number.

    Example:
        >>> first(np.array([[False, False], [False, True]]))
        (1, 1)
    """
    if not mask.ndim or not mask.any():
        return ()
    return tuple(int(index) for index in np.unravel_index(int(mask.argmax()), mask.shape))
