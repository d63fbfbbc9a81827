"""Numbers judged: right, nearly, or wrong with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from quizdl.grading.numeric.diagnosis import Answer, Compared, diagnose
from quizdl.grading.numeric.reading import Numbers, Reading, Unreadable, read
from quizdl.grading.verdict import Feedback, Outcome, Verdict
from quizdl.packs.formula.arrays import flat, is_number, shape
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.parser import parse
from quizdl.packs.tolerances import Judge

if TYPE_CHECKING:
    from quizdl.packs.items import Text
    from quizdl.packs.parameters import Tolerance

_TOLD = frozenset({"thousands", "decimal-comma", "mixed", "natural-log"})


class Mistake(Protocol):
    """A known wrong answer, and what its author says about it."""

    @property
    def value(self) -> str: ...

    @property
    def feedback(self) -> Text: ...


class Asked(Protocol):
    """A numeric item, or an instance of one."""

    @property
    def answer(self) -> str: ...

    @property
    def tolerance(self) -> Tolerance: ...

    @property
    def unit(self) -> str: ...

    @property
    def mistakes(self) -> Sequence[Mistake]: ...


def grade(item: Asked, response: str) -> Verdict:
    """Judge what a learner typed for a numeric item.

    Args:
        item: an instance (its expressions hold no parameters).
        response: anything; see `reading.read`.

    Returns:
        Correct when every number is near enough (`tolerances.Judge`), however it was written;
        `numeric.read-as` tells a reading that was not certain. Otherwise a known mistake, or the first
        diagnosis of `diagnosis.diagnose` that holds. Unreadable with the code of the reading.

    Example:
        >>> from types import SimpleNamespace
        >>> from quizdl.packs.parameters import Tolerance
        >>> item = SimpleNamespace(answer="sigmoid(1)", tolerance=Tolerance(), unit="", mistakes=())
        >>> typed = "0.7311", "1/(1+e^-1)", "0.73", "-0.7311", "big"
        >>> [grade(item, answer).outcome.value for answer in typed]
        ['correct', 'correct', 'partial', 'wrong', 'unreadable']
    """
    right = numbers(item.answer)
    reading = read(response, right.shape)
    if isinstance(reading, Unreadable):
        return Verdict(Outcome.UNREADABLE, 0.0, (Feedback(reading.code, reading.params),))
    given = _given(reading, percent=item.unit == "percent")
    compared = Compared(given, right, Judge(right.numbers, item.tolerance), percent=item.unit == "percent")
    told = _notes(reading)
    if compared.right:
        return Verdict(Outcome.CORRECT, 1.0, told)
    for mistake in item.mistakes:
        wrong = numbers(mistake.value)
        same = Compared(given, wrong, Judge(wrong.numbers, item.tolerance))
        if same.right:
            return Verdict(Outcome.WRONG, 0.0, (Feedback("numeric.mistake", text=mistake.feedback), *told))
    score, feedback = diagnose(compared)
    outcome = Outcome.PARTIAL if score else Outcome.WRONG
    return Verdict(outcome, score, (*feedback, *told))


def right_answer(item: Asked) -> str:
    """The right answer as it is shown, with the digits asked for.

    Example:
        >>> from types import SimpleNamespace
        >>> from quizdl.packs.parameters import Tolerance
        >>> three = Tolerance(decimals=3)
        >>> item = SimpleNamespace(answer="softmax([1, 2])", tolerance=three, unit="", mistakes=())
        >>> right_answer(item)
        '[0.269, 0.731]'
    """
    right = numbers(item.answer)
    judge = Judge(right.numbers, item.tolerance)
    sign = "%" if item.unit == "percent" else ""
    shown = iter([judge.shown(at) + sign for at in range(len(right.numbers))])

    def put(value: Numbers) -> str:
        return f"[{', '.join(map(put, value))}]" if isinstance(value, tuple) else next(shown)

    return put(right.value)


@lru_cache(maxsize=256)
def numbers(source: str) -> Answer:
    """The numbers of an expression.

    Raises:
        FormulaError: it cannot be evaluated; ValueError: its value is not numbers. `quizdl pack check` finds
            both before anyone is asked.
    """
    value = evaluate(parse(source))
    found = tuple(float(entry) for entry in flat(value) if is_number(entry))
    lengths = shape(value)
    if not found:
        raise ValueError(f"the answer must hold numbers, received {source}")
    return Answer(_floats(value), lengths, found)


def _floats(value: object) -> Numbers:
    if isinstance(value, tuple):
        return tuple(map(_floats, value))
    assert is_number(value)
    return float(value)


def _given(reading: Reading, *, percent: bool) -> Answer:
    """What was typed, in the unit of the item: percent signs count only there."""
    scales = [100.0 if percent and entry.percent else 1.0 for entry in reading.entries]
    found = tuple(entry.value * scale for entry, scale in zip(reading.entries, scales, strict=True))
    places = tuple(
        entry.place if entry.place is None or scale == 1 else entry.place + 2
        for entry, scale in zip(reading.entries, scales, strict=True)
    )
    digits = tuple(entry.digits for entry in reading.entries)
    signs = tuple(entry.percent for entry in reading.entries)
    return Answer(reading.value, reading.shape, found, places, digits, signs)


def _notes(reading: Reading) -> tuple[Feedback, ...]:
    if not _TOLD.intersection(reading.notes):
        return ()
    return (Feedback("numeric.read-as", {"echo": reading.echo}),)
