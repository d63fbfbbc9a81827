"""Two sets of values: equal, different, or equal only where both are defined."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import numpy as np

from quizdl.grading.symbolic.equality.arena import ENOUGH, Arena
from quizdl.grading.symbolic.equality.charts import Instance
from quizdl.grading.symbolic.equality.layout import Fitted
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, Values
from quizdl.grading.symbolic.tree import Node, Number, walk

Array = Any
NEAR, FAR = 1e-12, 1e-6
"""Relative differences below the one are rounding, above the other real; between them 40 digits decide."""
TINY = 1e-9
"""A difference that may be rounding where both values are almost nothing."""
_APPROXIMATE_DIGITS = 7
_EXACT_ROWS = 2
_SAME, _NOTHING = 1e-25, 1e-48


@dataclass(frozen=True, slots=True)
class Comparison:
    """What comparing an answer with the right one found.

    Args:
        verdict: `equal`, `different`, `partly` (defined or right on a part of the domain only) or `unknown`.
        points: how many points agreed.
        laws: the names whose law (Σ = 1) was needed.
        agreeing: for each instance which points agree.
        found: the values of the answer at each instance.
        rechecked: whether 40 digits had to decide.
    """

    verdict: Literal["equal", "different", "partly", "unknown"]
    points: int = 0
    laws: tuple[str, ...] = ()
    agreeing: tuple[Array, ...] = ()
    found: tuple[Values, ...] = ()
    rechecked: bool = False

    @property
    def equal(self) -> bool:
        """Whether the answer equals the right one."""
        return self.verdict == "equal"


def compare(arena: Arena, answer: Fitted) -> Comparison:
    """Compares an answer with the right one at every point of the arena.

    Args:
        arena: the question; every name of the answer has a value in it.
        answer: fitted to the layout of the question.
    """
    tolerance = decimal_tolerance(answer.resolved.tree, arena.reference.resolved.tree)
    agreeing: list[Array] = []
    found: list[Values] = []
    points, undefined, differ, rechecked = 0, 0, 0, False
    for instance, truth in zip(arena.instances, arena.truths, strict=True):
        try:
            got = arena.values(answer, instance)
        except (Undefined, TooLargeError):
            return Comparison("unknown")
        both = truth.valid & got.valid
        gap, size = _gap(truth.array, got.array)
        agree = both & (gap <= size * max(NEAR, tolerance)).all(axis=1)
        # Two numbers that cancel to almost nothing (sin 7π and 0) are as unsure as two that almost agree.
        unsure = both & ~agree & ~((gap > size * FAR) & (gap > TINY)).any(axis=1)
        extreme = not tolerance and has_extreme(answer.resolved.tree)
        if unsure.any() or (extreme and agree.any()):
            checked = np.flatnonzero(unsure if unsure.any() else agree)[:_EXACT_ROWS]
            rechecked = True
            if all(exactly_equal(arena, answer, instance, int(row)) for row in checked):
                agree = agree | unsure
            else:
                agree = agree & ~unsure if unsure.any() else agree & False
        agreeing.append(agree)
        found.append(got)
        points += int(agree.sum())
        undefined += int((truth.valid & ~got.valid).sum())
        differ += int((both & ~agree).sum())
    verdict = _verdict(arena, points, undefined, differ)
    laws: tuple[str, ...] = ()
    if verdict == "equal":
        laws = _laws(arena, answer)
    return Comparison(verdict, points, laws, tuple(agreeing), tuple(found), rechecked)


def _verdict(
    arena: Arena, points: int, undefined: int, differ: int
) -> Literal["equal", "different", "partly", "unknown"]:
    if not points + undefined + differ:
        return "unknown"
    if not differ:
        if arena.symbols.open:
            # Nothing says where the letters live: what counts is where both sides are defined.
            enough = points >= min(ENOUGH, points + undefined) or points * 4 >= undefined
            return "equal" if points and enough else "different"
        if undefined * 10 <= points:
            return "equal"
        return "partly" if points else "different"
    if points * 8 >= differ + points:
        return "partly"
    return "different"


def _gap(left: Array, right: Array) -> tuple[Array, Array]:
    """For each point and entry the difference, and the size that it is measured by."""
    with np.errstate(all="ignore"):
        left, right = np.broadcast_arrays(left, right)
        left, right = left.reshape(len(left), -1), right.reshape(len(right), -1)
        gap = np.abs(left - right)
        size = np.maximum(np.abs(left), np.abs(right))
        top = np.nanmax(np.where(np.isfinite(size), size, 0), axis=1, keepdims=True) if size.size else size
        # An entry that cancels to almost nothing is measured by its neighbours, but only a little.
        return np.where(np.isnan(gap), np.inf, gap), np.maximum(size, top * 1e-3) + 1e-300


def exactly_equal(arena: Arena, answer: Fitted, instance: Instance, row: int) -> bool:
    """Whether an answer and the right one agree at one point to 25 of 40 digits."""
    one = instance.rows(np.array([row]))
    point = Instance(one.sizes, one.points, one.charts)
    try:
        truth = arena.values(arena.reference, point, exact=True)
        got = arena.values(answer, point, exact=True)
    except (Undefined, TooLargeError):
        return False
    if not (truth.valid.all() and got.valid.all()):
        return False
    left, right = np.broadcast_arrays(truth.array, got.array)
    top = max((abs(value) for value in left.flat), default=0)
    return all(
        abs(a - b) <= max(abs(a), abs(b), top * 1e-3) * _SAME + _NOTHING
        for a, b in zip(left.flat, right.flat, strict=True)
    )


def has_extreme(tree: Node) -> bool:
    """Whether a number so small or so large is written that float64 may not see it."""
    return any(
        isinstance(part, Number) and part.value and not (Fraction(1, 10**7) < abs(part.value) < 10**9)
        for part in walk(tree)
    )


def decimal_tolerance(*trees: Node) -> float:
    """The relative rounding that long decimals in an expression allow: `1.7320508` stands for √3.

    Returns:
        One unit of the last digit of the coarsest decimal with at least seven digits; 0 without one.

    Example:
        >>> decimal_tolerance(Number(Fraction("2.0000001"), decimal=True)) < 1e-7
        True
        >>> decimal_tolerance(Number(Fraction("0.33"), decimal=True))
        0.0
    """
    return max(
        (
            _unit(part.value)
            for tree in trees
            for part in walk(tree)
            if isinstance(part, Number) and part.decimal and part.value
        ),
        default=0.0,
    )


def _unit(value: Fraction) -> float:
    """One unit of the last digit of a decimal, relative to it; 0 for a short one."""
    shown = (Decimal(value.numerator) / Decimal(value.denominator)).normalize()
    if len(shown.as_tuple().digits) < _APPROXIMATE_DIGITS:
        return 0.0
    exponent = shown.as_tuple().exponent
    assert isinstance(exponent, int)
    return float(1.01 * 10.0**exponent / abs(float(shown)))


def _laws(arena: Arena, answer: Fitted) -> tuple[str, ...]:
    """The tensors whose law (Σ = 1) made the answer right."""
    off = arena.off_domain()
    if off is None:
        return ()
    try:
        truth, got = arena.values(arena.reference, off), arena.values(answer, off)
    except (Undefined, TooLargeError):
        return ()
    gap, size = _gap(truth.array, got.array)
    both = truth.valid & got.valid
    if not both.any() or not (gap > size * FAR).any(axis=1)[both].any():
        return ()
    return tuple(symbol.name for symbol in arena.lawful)
