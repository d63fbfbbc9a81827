"""Laws of reading and judging numbers, for any answer."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizdl.grading.numeric.grade import grade
from quizdl.grading.numeric.messages import sentence
from quizdl.grading.numeric.reading import Reading, Unreadable, read
from quizdl.grading.verdict import Verdict
from quizdl.packs.formula.printer import literal
from quizdl.packs.parameters import Tolerance
from quizdl.packs.tolerances import Judge

NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)
SMALL = st.decimals(-1000, 1000, places=3).map(float)
TOLERANCES = st.sampled_from(
    [
        Tolerance(),
        Tolerance(relative=0.05),
        Tolerance(absolute=0.5),
        Tolerance(significant=3),
        Tolerance(decimals=2),
    ]
)
FULL = str.maketrans("0123456789.-+,[]()/^", "０１２３４５６７８９．－＋，［］（）／＾")
TYPED = st.text(alphabet="0123456789.,-+*/^()[]%eπσ√½ xln=≈약개;\n", max_size=40)


def asked(value: object, tolerance: Tolerance = Tolerance(), unit: str = "") -> SimpleNamespace:  # noqa: B008
    return SimpleNamespace(answer=literal(value), tolerance=tolerance, unit=unit, mistakes=())


def said(verdict: Verdict) -> tuple[object, ...]:
    """A verdict but for the place in the text that it tells."""
    codes = [(entry.code, {**entry.params, "position": 0}) for entry in verdict.feedback]
    return verdict.outcome, verdict.score, codes


@given(NUMBERS, TOLERANCES)
def test_the_right_number_is_accepted_however_it_is_written(number: float, tolerance: Tolerance) -> None:
    item = asked(number, tolerance)
    for text in (
        repr(number),
        f"{number:.17g}",
        f"{number:.16e}",
        f" {number!r} ",
        f"x = {number!r}",
        f"약 {number!r}",
    ):
        assert grade(item, text).outcome == "correct", text


@given(NUMBERS, NUMBERS, TOLERANCES)
def test_a_number_of_the_wrong_sign_is_never_accepted(
    right: float, given_: float, tolerance: Tolerance
) -> None:
    judge = Judge((right,), tolerance)
    if judge.accepts(given_, 0) and given_ != 0:
        assert not judge.accepts(-given_, 0) or right == 0


@given(st.lists(SMALL, min_size=1, max_size=4), TOLERANCES)
def test_the_negative_of_an_answer_is_never_accepted(numbers: list[float], tolerance: Tolerance) -> None:
    assume(any(numbers))
    text = ", ".join(repr(-number) for number in numbers)
    verdict = grade(asked(tuple(numbers), tolerance), f"[{text}]")
    assert verdict.outcome in ("wrong", "partial")


@given(NUMBERS, TOLERANCES)
def test_what_is_shown_as_the_answer_is_accepted(number: float, tolerance: Tolerance) -> None:
    judge = Judge((number,), tolerance)
    assert judge.accepts(float(judge.shown(0)), 0)


@given(
    SMALL, SMALL, st.sampled_from([asked(0.6439), asked((0.25, 0.75)), asked(25, unit="percent"), asked(-3)])
)
def test_spaces_width_and_zeros_change_nothing(one: float, two: float, item: SimpleNamespace) -> None:
    for text in (f"{one:.3f}", f"[{one:.3f},{two:.3f}]", f"{one:.3f}+{two:.3f}", f"({one:.3f})/({two:.3f})"):
        verdict = said(grade(item, text))
        spaced = text.replace(",", " , ").replace("+", " + ").replace("/", " / ")
        for same in (f"  {text}  ", text.translate(FULL), spaced, text.replace("-", "−")):
            assert said(grade(item, same)) == verdict, same
    padded = grade(item, f"{one:.3f}000")
    plain = grade(item, f"{one:.3f}")
    assert padded == plain or {padded.outcome, plain.outcome} == {"wrong", "partial"}, "rounding aside"
    assert (padded.outcome == "correct") == (plain.outcome == "correct")


@settings(max_examples=300)
@given(st.text(max_size=300) | TYPED, st.sampled_from([(), (2,), (2, 2)]))
def test_any_text_is_read_or_refused_with_a_position(text: str, wanted: tuple[int, ...]) -> None:
    found = read(text, wanted)
    if isinstance(found, Unreadable):
        assert 0 <= found.position <= max(len(text), 1_000)
    else:
        assert isinstance(found, Reading)
        assert found.echo
        count = 1
        for length in found.shape:
            count *= length
        assert len(found.entries) == count


@settings(max_examples=300)
@given(TYPED | st.text(max_size=100), st.sampled_from([0.25, (1, 2), ((1, 2), (3, 4)), 0, -3]))
def test_any_text_gets_a_verdict_with_sentences(text: str, answer: object) -> None:
    verdict = grade(asked(answer), text)
    for feedback in verdict.feedback:
        assert sentence(feedback)


@settings(max_examples=60, deadline=None)
@given(
    st.text(min_size=1, max_size=40) | TYPED.filter(bool),
    st.integers(1, 10_000),
)
def test_long_texts_are_answered_soon(text: str, length: int) -> None:
    long = (text * (length // len(text) + 1))[:length]
    began = time.process_time()
    read(long, ())
    read(long, (2, 2))
    assert time.process_time() - began < 2, "something grows with the square of the length, or worse"


@pytest.mark.parametrize(
    "text",
    ["(" * 900, "[" * 900 + "]" * 900, "1 " * 500, "1," * 500, "-" * 999, "9^" * 400 + "9", "1;" * 500,
     "=" * 1000, "x=" * 500, "½" * 1000, "2^(" * 300, "e^" * 400 + "1", "1%" * 400, "\ufdfa" * 1000,
     "ln " * 300 + "2", "약" * 1000, "1.5e300*" * 100 + "1", "softmax([" * 100, "π" * 1000, "0" * 1000],
    ids=lambda text: text[:6],
)  # fmt: skip
def test_strange_texts_are_answered_soon(text: str) -> None:
    began = time.process_time()
    for wanted in ((), (2,), (2, 2)):
        assert read(text, wanted) is not None
    assert time.process_time() - began < 2
