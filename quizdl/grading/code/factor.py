"""One factor between all results and all expected values: a sign, a 2, or a count that was left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from quizdl.grading.code.compare import as_numbers, differences
from quizdl.grading.code.task import Case, Closeness
from quizdl.grading.code.wire import Value

Factor = Callable[[Case], float]
Pair = tuple[Case, Value, Value]


@dataclass(frozen=True, slots=True)
class Found:
    """A factor that explains every result.

    Args:
        name: `-1`, `2`, `1/2`, one of `rows`, `elements`, `columns` (of the first array) or `1/rows` …, or
            a number.
        value: the number where the name is one, else 0.
    """

    name: str
    value: float = 0.0


def find(pairs: Sequence[Pair], close: Closeness) -> Found | None:
    """The factor, if there is one.

    Args:
        pairs: (case, expected, got) of all cases.
        close: as for the values themselves.

    Example:
        >>> cases = [Case((np.ones((n, 2)),)) for n in (2, 3)]
        >>> find([(case, 1.5, 1.5 * len(case.inputs[0])) for case in cases], Closeness())
        Found(name='rows', value=0.0)
    """
    numbers = [(case, _numbers(expected), got) for case, expected, got in pairs]
    if not any(np.any(leaf != 0) for _, leaves, _ in numbers for leaf in leaves):
        return None
    for name, factor in _CANDIDATES.items():
        if _explains(pairs, factor, close):
            return Found(name)
    constant = _constant(pairs)
    if constant is not None and _explains(pairs, lambda _: constant, close):
        return Found(f"{constant:.4g}", constant)
    return None


def _explains(pairs: Sequence[Pair], factor: Factor, close: Closeness) -> bool:
    telling = 0
    for case, expected, got in pairs:
        k = factor(case)
        if not np.isfinite(k) or k == 0 or differences(_times(expected, k), got, close):
            return False
        telling += k != 1 and any(bool(np.any(leaf != 0)) for leaf in _numbers(expected))
    return telling > 0 and (telling > 1 or len(pairs) == 1)


def _times(value: Value, k: float) -> Value:
    if isinstance(value, list | tuple):
        return [_times(member, k) for member in value]
    if isinstance(value, dict):
        return {key: _times(member, k) for key, member in value.items()}
    array = as_numbers(value)
    if array is None or array.dtype.kind == "b":
        return value
    with np.errstate(all="ignore"):
        return np.asarray(array * k)


def _numbers(value: Value) -> list[npt.NDArray[Any]]:
    if isinstance(value, list | tuple):
        return [leaf for member in value for leaf in _numbers(member)]
    if isinstance(value, dict):
        return [leaf for member in value.values() for leaf in _numbers(member)]
    array = as_numbers(value)
    return [] if array is None or array.dtype.kind == "b" else [array]


def _constant(pairs: Sequence[Pair]) -> float | None:
    """The quotient at the entry that is greatest in size, where it can be told exactly enough."""
    best, quotient = 0.0, None
    for _, expected, got in pairs:
        for right, given in zip(_numbers(expected), _numbers(got), strict=False):
            if right.shape != given.shape or not right.size or "c" in (right.dtype.kind, given.dtype.kind):
                continue
            size = np.abs(np.where(np.isfinite(right), right, 0.0))
            at = np.unravel_index(int(size.argmax()), size.shape)
            if size[at] > best and np.isfinite(given[at]):
                best, quotient = float(size[at]), float(given[at]) / float(right[at])
    return quotient


def _shape(case: Case) -> tuple[int, ...]:
    """The shape of the first array input that has dimensions."""
    for value in case.inputs:
        if isinstance(value, np.ndarray) and value.ndim:
            return tuple(value.shape)
    return (1,)


def _rows(case: Case) -> float:
    return float(_shape(case)[0])


def _elements(case: Case) -> float:
    return float(np.prod(_shape(case)))


def _columns(case: Case) -> float:
    return float(_shape(case)[-1])


def _inverse(factor: Factor) -> Factor:
    return lambda case: 1 / (factor(case) or 1)


_COUNTS: Final[dict[str, Factor]] = {"rows": _rows, "elements": _elements, "columns": _columns}
_CANDIDATES: Final[dict[str, Factor]] = {
    "-1": lambda _: -1.0,
    "2": lambda _: 2.0,
    "1/2": lambda _: 0.5,
    **_COUNTS,
    **{f"1/{name}": _inverse(factor) for name, factor in _COUNTS.items()},
}
