"""The smallest instance in round numbers where an answer and the right one differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from quizdl.grading.symbolic.definitions import definitions
from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.equality.charts import Instance
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, Values
from quizdl.grading.symbolic.shapes import UNKNOWN
from quizdl.grading.symbolic.symbols import Symbol
from quizdl.grading.symbolic.tree import Name, walk

Array = Any
_ROUNDS = (
    (1.0, 2.0, 3.0, -1.0, 4.0, -2.0),
    (2.0, 1.0, -1.0, 3.0, 0.5, -2.0),
    (-1.0, 2.0, 1.0, -2.0, 3.0, 0.5),
    (-2.0, -1.0, 2.0, 0.5, 1.0, 3.0),
    (0.5, -0.5, 2.0, 1.0, -2.0, 3.0),
    (3.0, -2.0, 0.5, 2.0, -1.0, 1.0),
)
_SHARES = ((0.5, 0.25, 0.25), (0.25, 0.5, 0.25), (0.2, 0.3, 0.5), (0.1, 0.6, 0.3))
_UNITS = (0.5, 0.25, 0.75, 0.2, 0.8, 0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Counter:
    """Where two expressions differ.

    Args:
        point: the value of each name that matters, as text.
        expected, received: the two values, as text.
    """

    point: str
    expected: str
    received: str


def counter_example(case: Case) -> Counter | None:
    """The first instance in round numbers where the answer and the right one are different.

    Example:
        >>> from quizdl.grading.symbolic.diagnose.build import case_of
        >>> found = counter_example(case_of("x^2", "2x"))
        >>> found.point, found.expected, found.received
        ('x = 1', '1', '2')
    """
    for instance in _instances(case):
        try:
            truth = case.arena.values(case.arena.reference, instance)
            given = (
                case.arena.values(case.fitted, instance)
                if case.fitted is not None
                else case.raw(case.answer, instance)
            )
        except (Undefined, TooLargeError, ValueError, IndexError):
            continue
        if not truth.valid.all():
            continue
        if case.fitted is None or not given.valid.all() or _differ(truth, given):
            return Counter(_point(case, instance), shown(truth.array[0]), shown(given.array[0]))
    return None


def _differ(truth: Values, given: Values) -> bool:
    left, right = np.broadcast_arrays(truth.array, given.array)
    return bool((np.abs(left - right) > 1e-3 * np.maximum(np.abs(left), np.abs(right)) + 1e-6).any())


def _instances(case: Case) -> Iterator[Instance]:
    names = case.arena.symbols.sizes
    inverse = len(case.arena.instances) > 0 and case.arena.instances[0].sizes
    for twist, values in enumerate(_ROUNDS):
        sizes = dict.fromkeys(names, 2) | {UNKNOWN: 2}
        if twist >= 3 and inverse:
            sizes = {name: max(2, length - 1) for name, length in case.arena.instances[0].sizes.items()}
        points: dict[str, Array] = {}
        for place, symbol in enumerate(case.arena.drawn):
            points[symbol.name] = _round(symbol, sizes, values, place, twist)
        yield Instance(sizes, points, ("whole",))


def _round(symbol: Symbol, sizes: dict[str, int], values: tuple[float, ...], place: int, twist: int) -> Array:
    shape = tuple(sizes[d] if isinstance(d, str) else d for d in symbol.shape)
    count = int(np.prod(shape)) if shape else 1
    domain = symbol.domain
    if domain.name == "simplex" and shape:
        share = np.resize(np.array(_SHARES[(place + twist) % len(_SHARES)]), shape[-1])
        row = share / share.sum()
        return np.broadcast_to(row, shape)[None]
    if domain.name == "one-hot" and shape:
        return np.broadcast_to(np.eye(shape[-1])[(place + twist) % shape[-1]], shape)[None]
    if domain.name in ("symmetric", "positive-definite", "orthogonal") and len(shape) == 2:
        return (np.eye(shape[0]) * (1 if domain.name == "orthogonal" else 2))[None]
    picked = np.array([values[(place + k) % len(values)] for k in range(count)])
    if domain.integer:
        picked = np.rint(np.abs(picked)) if domain.low >= 0 else np.rint(picked)
        picked = np.clip(picked, domain.low, domain.high)
    elif np.isfinite(domain.low) and np.isfinite(domain.high):
        units = np.array([_UNITS[(place + twist + k) % len(_UNITS)] for k in range(count)])
        picked = domain.low + (domain.high - domain.low) * units
    elif np.isfinite(domain.low):
        picked = domain.low + np.abs(picked)
    elif np.isfinite(domain.high):
        picked = domain.high - np.abs(picked)
    return picked.reshape((1, *shape))


def _point(case: Case, instance: Instance) -> str:
    used = {
        part.name
        for tree in (case.answer.tree, case.arena.reference.resolved.tree)
        for part in walk(tree)
        if isinstance(part, Name)
    }
    known = definitions(case.arena.symbols)
    for _ in range(3):
        used |= {
            part.name
            for name in list(used)
            if name in known
            for part in walk(known[name].tree)
            if isinstance(part, Name)
        }
    shown_names = [f"{name} = {shown(instance.points[name][0])}" for name in instance.points if name in used]
    sizes = [
        f"{name} = {length}"
        for name, length in instance.sizes.items()
        if name in used and name.isidentifier()
    ]
    return ", ".join((*shown_names, *sizes))


def shown(value: Array) -> str:
    """A value as short text.

    Example:
        >>> shown(np.array([[1.0, 2.0], [0.5, -3.25]]))
        '[[1, 2], [0.5, -3.25]]'
    """
    array = np.asarray(value, dtype=float)
    if array.ndim == 0:
        return "undefined" if np.isnan(array) else f"{float(array):.4g}"
    return "[" + ", ".join(shown(part) for part in array) + "]"
