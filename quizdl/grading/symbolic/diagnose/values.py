"""What the values alone tell: ratios, offsets, the diagonal, a part of the domain."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import numpy as np

from quizdl.grading.symbolic.diagnose.case import Case
from quizdl.grading.symbolic.diagnose.reasons import Reason
from quizdl.grading.symbolic.equality.compare import Comparison
from quizdl.grading.symbolic.tree import BigOp, Call, Div, Name, Node, walk

Array = Any
_STEADY = 1e-8


def ratios(case: Case) -> list[Array]:
    """For each probe the answer divided by the right answer, entry by entry; nan where that says nothing."""
    found = []
    for truth, given in zip(case.truths, case.given, strict=True):
        with np.errstate(all="ignore"):
            top, bottom = np.broadcast_arrays(given.array, truth.array)
            both = (truth.valid & given.valid).reshape(-1, *(1,) * (top.ndim - 1))
            nothing = (np.abs(top) < 1e-12) & (np.abs(bottom) < 1e-12)
            found.append(np.where(both & ~nothing, top / bottom, np.nan))
    return found


def constant_ratio(case: Case) -> Reason | None:
    """A ratio that is the same everywhere: −1, 2, ½, n."""
    found = ratios(case)
    steady = [_steady(ratio) for ratio in found]
    if not steady or any(value is None for value in steady):
        return _only_signs(found)
    numbers = [float(value) for value in steady if value is not None]
    if any(abs(value) < 1e-12 or abs(value - 1) < _STEADY for value in numbers):
        return None  # nothing, or right at the points at hand: it differs on another part of the domain
    if max(numbers) - min(numbers) <= _STEADY * max(map(abs, numbers)):
        if abs(numbers[0] + 1) < _STEADY:
            return Reason("sign", "flipped")
        if numbers[0] < 0:
            return Reason("sign", "ratio", {"ratio": shown(numbers[0])})
        return Reason("factor", "ratio", {"ratio": shown(numbers[0])})
    return _size_ratio(case, numbers)


def _only_signs(found: list[Array]) -> Reason | None:
    sizes = [np.abs(ratio[~np.isnan(ratio)]) for ratio in found]
    if sizes and all(size.size and (np.abs(size - 1) < _STEADY).all() for size in sizes):
        return Reason("sign", "somewhere")
    return None


def _size_ratio(case: Case, numbers: list[float]) -> Reason | None:
    """A ratio that depends on the sizes only: a mean that was forgotten, or one too many."""
    for name in case.arena.symbols.sizes:
        lengths = [probe.sizes[name] for probe in case.probes]
        for power in (1, -1, 2, -2):
            rest = [value / length**power for value, length in zip(numbers, lengths, strict=True)]
            if max(rest) - min(rest) > _STEADY * max(map(abs, rest)):
                continue
            if abs(power) == 2:
                return Reason("inverted", "size", {"name": name})
            if rest[0] < 0:
                return Reason("sign", "ratio", {"ratio": f"{shown(rest[0])}·{name}"})
            if power == 1:
                return Reason("missing-mean", "", {"name": name})
            # A mean where the loss has a plain sum is a factor; a mean in one place only is a mean forgotten.
            if case.question.loss and not _has_mean(case):
                return Reason("factor", "mean", {"name": name})
            return Reason("missing-mean", "extra", {"name": name})
    return None


def _has_mean(case: Case) -> bool:
    """Whether the right answer divides by a size."""
    sizes = set(case.arena.symbols.sizes)
    return any(
        (isinstance(part, Div) and any(_is(side, sizes) for side in walk(part.bottom)))
        or (isinstance(part, BigOp) and part.op == "mean")
        or (isinstance(part, Call) and part.function == "mean")
        for part in walk(case.arena.reference.resolved.tree)
    )


def _is(node: Node, names: set[str]) -> bool:
    return isinstance(node, Name) and node.name in names


def _steady(ratio: Array) -> float | None:
    known = ratio[~np.isnan(ratio)]
    if not known.size or not np.isfinite(known).all():
        return None
    middle = float(np.median(known))
    return middle if np.abs(known - middle).max() <= _STEADY * max(abs(middle), 1e-12) else None


def shown(value: float) -> str:
    """A ratio as a person writes it.

    Example:
        >>> shown(0.5), shown(-2.0), shown(10.0)
        ('1/2', '-2', '10')
    """
    near = Fraction(value).limit_denominator(60)
    return str(near) if abs(float(near) - value) <= 1e-9 * max(1, abs(value)) else f"{value:.4g}"


def constant_offset(case: Case) -> Reason | None:
    """A difference that is the same everywhere."""
    offsets = []
    for truth, given in zip(case.truths, case.given, strict=True):
        both = truth.valid & given.valid
        if not both.any():
            return None
        gap = (given.array - truth.array)[both]
        middle = float(np.median(gap))
        if np.abs(gap - middle).max() > _STEADY * max(1.0, abs(middle)) or abs(middle) < 1e-9:
            return None
        offsets.append(middle)
    if not offsets or max(offsets) - min(offsets) > _STEADY * max(1.0, *map(abs, offsets)):
        return None
    if not any(symbol.name for symbol in case.arena.drawn):
        return None
    return Reason("offset", "", {"offset": shown(offsets[0])})


def diagonal(case: Case) -> Reason | None:
    """Right where two indices are equal, and nothing (or the same) elsewhere."""
    axes = case.arena.layout.axes
    pairs = [(a, b) for a in range(len(axes)) for b in range(a + 1, len(axes)) if axes[a] == axes[b]]
    for a, b in pairs:
        if all(_on_diagonal(t.array, g.array, a, b) for t, g in zip(case.truths, case.given, strict=True)):
            return Reason("diagonal-only")
    return None


def _on_diagonal(truth: Array, given: Array, a: int, b: int) -> bool:
    truth, given = np.broadcast_arrays(truth, given)
    same = np.eye(truth.shape[1 + a], dtype=bool)
    truth, given = (np.moveaxis(value, (1 + a, 1 + b), (-2, -1)) for value in (truth, given))
    right = np.abs(truth - given) <= 1e-8 * (np.abs(truth) + 1e-3)
    off = given[..., ~same]
    flat = given - np.diagonal(given, axis1=-2, axis2=-1)[..., :, None]
    elsewhere = bool((np.abs(off) < 1e-12).all()) or bool((np.abs(flat) < 1e-12).all())
    return bool(right[..., same].all()) and elsewhere and not right.all()


def part_of_domain(case: Case, comparison: Comparison) -> Reason | None:
    """Right at a good part of the points: where one name is positive, say."""
    if comparison.verdict != "partly":
        return None
    for name, where in _half_spaces(case):
        fits = True
        for truth, instance, agree in zip(
            case.arena.truths, case.arena.instances, comparison.agreeing, strict=True
        ):
            value = instance.points[name]
            flat = value.reshape(len(value), -1)
            inside = (flat > 0).all(axis=1) if where == ">" else (flat < 0).all(axis=1)
            fits = fits and bool(agree[inside & truth.valid].all()) and bool(inside.any())
            outside = (flat < 0).all(axis=1) if where == ">" else (flat > 0).all(axis=1)
            fits = fits and not agree[outside & truth.valid].all()
        if fits:
            return Reason("part-of-domain", "where", {"where": f"{name} {where} 0"})
    return Reason("part-of-domain")


def _half_spaces(case: Case) -> Iterator[tuple[str, str]]:
    for symbol in case.arena.drawn:
        if symbol.domain.low < 0 < symbol.domain.high:
            yield symbol.name, ">"
            yield symbol.name, "<"
