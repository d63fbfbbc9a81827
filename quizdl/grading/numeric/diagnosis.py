"""Why a number is wrong: the reasons that a teacher would look for, the most telling first."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from quizdl.grading.numeric.reading import Numbers
from quizdl.grading.verdict import Feedback
from quizdl.packs.tolerances import Judge

_NEAR = 0.02
"""How near a number must be for a diagnosis, relative to the right one, however wide the tolerance."""
_POWERS = (1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)
_ROUNDED_SCORE = 0.5
_ROUNDED_DIGITS = 2
_MOST_TOLD = 10.0
"""The greatest relative error that is told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The numbers of an answer, right or given.

    Attributes:
        value: a number, or nested tuples of numbers.
        shape: () for a number, (2, 3) for a matrix.
        numbers: row by row.
        places: of each number typed as decimals, the power of ten of its last digit.
        digits: of each number typed as decimals, how many significant digits; 0 for what was computed.
        percent: of each number, whether it had a percent sign.
    """

    value: Numbers
    shape: tuple[int, ...]
    numbers: tuple[float, ...]
    places: tuple[int | None, ...] = ()
    digits: tuple[int, ...] = ()
    percent: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A given answer beside the right one.

    Attributes:
        given: what the learner typed.
        wanted: the right answer.
        judge: what is near enough to it.
        percent: whether the item asks for percent.
    """

    given: Answer
    wanted: Answer
    judge: Judge
    percent: bool = False

    @property
    def fits(self) -> bool:
        """Whether the shapes agree; lengths of 1 do not count."""
        return _squeezed(self.given.shape) == _squeezed(self.wanted.shape)

    @property
    def right(self) -> bool:
        """Whether every number is near enough."""
        return self.fits and all(map(self.judge.accepts, self.given.numbers, range(len(self.given.numbers))))

    def when(self, change: Callable[[float], float], at: int | None = None) -> bool:
        """Whether the given numbers (or the one at an index) would be right after a change."""
        places = range(len(self.given.numbers)) if at is None else (at,)
        changed = [(change(self.given.numbers[place]), place) for place in places]
        telling = any(self.wanted.numbers[place] for place in places)
        return telling and all(self.near(number, place) for number, place in changed)

    def near(self, number: float, at: int) -> bool:
        """Whether a number is near enough for a diagnosis, even where the tolerance is wide."""
        right = self.wanted.numbers[at]
        return self.judge.accepts(number, at) and (not right or abs(number - right) <= _NEAR * abs(right))


def diagnose(answer: Compared) -> tuple[float, tuple[Feedback, ...]]:
    """The score of an answer that is not right, and why.

    In this order: `numeric.transposed`, `numeric.wrong-shape`, `numeric.order-reversed`, `numeric.order`,
    `numeric.wrong-sign`, `numeric.gave-percent`, `numeric.gave-fraction`, `numeric.reciprocal`,
    `numeric.too-large-by` or `numeric.too-small-by` a power of ten, `numeric.rounded` (score 0.5),
    `numeric.one-entry` (score (n−1)/n), `numeric.entries`, `numeric.too-large`, `numeric.too-small`,
    `numeric.off`, `numeric.wrong`.

    Too few digits is partly right when at least two significant digits were typed and every number is the
    right one rounded or cut off where it ends.
    """
    if (error := _arranged(answer)) is not None:
        return 0.0, (error,)
    if (error := _scaled(answer)) is not None:
        return 0.0, (error,)
    if _shortened(answer):
        return _ROUNDED_SCORE, (_asked_digits(answer.judge),)
    total = len(answer.given.numbers)
    wrong = [at for at in range(total) if not answer.judge.accepts(answer.given.numbers[at], at)]
    if total == 1:
        return 0.0, (_off(answer, 0),)
    if len(wrong) == 1:
        reason = _scaled(answer, wrong[0]) or _off(answer, wrong[0])
        entry = Feedback("numeric.one-entry", {"entry": _index(answer.wanted.shape, wrong[0])})
        return (total - 1) / total, (entry, *([reason] if reason.code != "numeric.wrong" else []))
    shown = ", ".join(_index(answer.wanted.shape, at) for at in wrong[:5])
    return 0.0, (Feedback("numeric.entries", {"entries": shown, "wrong": len(wrong), "total": total}),)


def _arranged(answer: Compared) -> Feedback | None:
    """What is wrong with the shape or the order of the numbers."""
    given, judge = answer.given.numbers, answer.judge
    if len(_squeezed(answer.wanted.shape)) == 2 and len(answer.given.shape) == 2:
        turned = [row[column] for column in range(answer.given.shape[1]) for row in _rows(answer.given.value)]
        if answer.given.shape[::-1] == answer.wanted.shape and all(
            map(judge.accepts, turned, range(len(turned)))
        ):
            return Feedback("numeric.transposed")
    if not answer.fits:
        params = {"wanted": _shape(answer.wanted.shape), "given": _shape(answer.given.shape)}
        return Feedback("numeric.wrong-shape", params)
    if len(_squeezed(answer.wanted.shape)) == 1:
        if all(map(judge.accepts, given[::-1], range(len(given)))):
            return Feedback("numeric.order-reversed")
        order = sorted(range(len(given)), key=lambda at: answer.wanted.numbers[at])
        if all(map(judge.accepts, sorted(given), order)):
            return Feedback("numeric.order")
    return None


def _scaled(answer: Compared, at: int | None = None) -> Feedback | None:
    """What the numbers (or one of them) would have to be multiplied by, where that tells the mistake."""
    if answer.when(lambda x: -x, at):
        return Feedback("numeric.wrong-sign")
    signed = answer.given.percent[at] if at is not None else any(answer.given.percent)
    if not signed and not answer.percent and answer.when(lambda x: x / 100, at):
        return Feedback("numeric.gave-percent")
    if not signed and answer.percent and answer.when(lambda x: x * 100, at):
        return Feedback("numeric.gave-fraction")
    if (at is not None or len(answer.given.numbers) == 1) and answer.when(lambda x: 1 / x if x else 0.0, at):
        return Feedback("numeric.reciprocal")
    for power in _POWERS:
        if answer.when(lambda x, power=power: x * 10.0**-power, at):  # type: ignore[misc]
            code = "numeric.too-large-by" if power > 0 else "numeric.too-small-by"
            return Feedback(code, {"factor": 10 ** abs(power)})
    return None


def _shortened(answer: Compared) -> bool:
    """Whether the numbers are right as far as they go, but end too early."""
    short = False
    for at, number in enumerate(answer.given.numbers):
        if answer.judge.accepts(number, at):
            continue
        right, place = answer.wanted.numbers[at], answer.given.places[at]
        if place is None or number * right < 0:
            return False
        unit = 10.0**place
        noise = 1e-9 * max(abs(right), unit)
        cut = math.floor(abs(right) / unit + 1e-9) * unit
        if not cut - noise <= abs(number) <= abs(right) + unit / 2 + noise:
            return False
        short = True
    return short and max(answer.given.digits) >= _ROUNDED_DIGITS


def _asked_digits(judge: Judge) -> Feedback:
    if judge.tolerance.decimals is not None:
        return Feedback("numeric.rounded-decimals", {"decimals": judge.tolerance.decimals})
    asked = judge.tolerance.significant
    digits = asked or max(judge.digits(at, judge.limit(at)) for at in range(len(judge.right)))
    return Feedback("numeric.rounded", {"digits": digits})


def _off(answer: Compared, at: int) -> Feedback:
    right, number = answer.wanted.numbers[at], answer.given.numbers[at]
    error = abs(number - right) / abs(right) if right else math.inf
    if error > _MOST_TOLD:
        return Feedback("numeric.wrong")
    percent = 100 * error
    shown = f"{percent:.0f}" if percent >= 10 else f"{percent:.2g}"
    if right < 0 or number < 0:  # -2 is larger than -3, but nobody says so with certainty
        return Feedback("numeric.off", {"error": shown})
    return Feedback("numeric.too-large" if number > right else "numeric.too-small", {"error": shown})


def _rows(value: Numbers) -> Iterator[tuple[float, ...]]:
    assert isinstance(value, tuple)
    for row in value:
        assert isinstance(row, tuple)
        yield row  # type: ignore[misc]


def _squeezed(lengths: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(length for length in lengths if length != 1)


def _shape(lengths: tuple[int, ...]) -> str:
    return "×".join(map(str, lengths)) if lengths else ""


def _index(lengths: tuple[int, ...], at: int) -> str:
    """The place of a number as people count, from 1: `2`, or `2, 3` for row and column."""
    places = [index for index in product(*map(range, lengths))][at]  # noqa: C416 (a tuple of ints each)
    long = [place + 1 for place, length in zip(places, lengths, strict=True) if length != 1]
    return str(long[0]) if len(long) == 1 else f"({', '.join(map(str, long))})"
