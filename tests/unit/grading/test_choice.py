"""Choices and the quality they suggest: every accepted answer beside one that must be rejected."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.grading.choice import grade
from quizdl.grading.quality import suggest
from quizdl.grading.verdict import Feedback, Outcome, Verdict


@dataclass(frozen=True)
class FakeOption:
    right: bool
    feedback: str = ""


@dataclass(frozen=True)
class FakeChoice:
    options: tuple[FakeOption, ...] = field(default=())


def item(pattern: str, **feedback: str) -> FakeChoice:
    """`"+-+"`: the right ones; feedback by `o0=…`."""
    return FakeChoice(
        tuple(FakeOption(mark == "+", feedback.get(f"o{index}", "")) for index, mark in enumerate(pattern))
    )


@pytest.mark.parametrize(
    ("pattern", "chosen", "outcome", "score"),
    [
        ("-+-", [1], "correct", 1),
        ("-+-", [1, 1], "correct", 1),
        ("-+-", [0], "wrong", 0),
        ("-+-", [1, 0], "unreadable", 0),
        ("-+-", [], "unreadable", 0),
        ("-+-", [3], "unreadable", 0),
        ("-+-", [-2], "unreadable", 0),
        ("++-", [0, 1], "correct", 1),
        ("++-", [1, 0], "correct", 1),
        ("++-", [0, 1, 2], "partial", 0.5),
        ("++-", [0], "partial", 0.5),
        ("++-", [2], "wrong", 0),
        ("++-", [0, 2], "wrong", 0),
        ("+++-", [0, 1], "partial", 2 / 3),
        ("+++-", [0], "partial", 1 / 3),
        ("+++-", [0, 1, 3], "partial", 1 / 3),
        ("++--", [0, 2, 3], "wrong", 0),
    ],
)
def test_outcomes(pattern: str, chosen: list[int], outcome: str, score: float) -> None:
    verdict = grade(item(pattern), chosen)  # type: ignore[arg-type]
    assert (verdict.outcome, verdict.score) == (outcome, pytest.approx(score))


def test_feedback_names_each_option_that_matters() -> None:
    choice = item("++--", o0="half of it", o2="that is ReLU")
    verdict = grade(choice, [2, 0])  # type: ignore[arg-type]
    assert verdict.feedback == (
        Feedback("choice.wrong", {"option": 2}, "that is ReLU"),  # type: ignore[arg-type]
        Feedback("choice.missed", {"option": 1}),
        Feedback("choice.right", {"option": 0}, "half of it"),  # type: ignore[arg-type]
    )


def test_a_wrong_single_choice_does_not_count_the_right_one_as_missed() -> None:
    codes = [remark.code for remark in grade(item("+-"), [1]).feedback]  # type: ignore[arg-type]
    assert codes == ["choice.wrong"]


def test_unreadable_says_why() -> None:
    assert grade(item("+-"), []).feedback[0].code == "choice.none"  # type: ignore[arg-type]
    assert grade(item("+-"), [0, 1]).feedback == (Feedback("choice.only-one", {"chosen": 2}),)  # type: ignore[arg-type]
    assert grade(item("+-"), [7]).feedback == (Feedback("choice.no-such", {"option": 8, "options": 2}),)  # type: ignore[arg-type]


@given(
    st.lists(st.booleans(), min_size=1, max_size=8).filter(any),
    st.sets(st.integers(0, 7)),
)
def test_correct_exactly_when_the_sets_are_equal(right: list[bool], chosen: set[int]) -> None:
    choice = FakeChoice(tuple(FakeOption(flag) for flag in right))
    verdict = grade(choice, chosen)  # type: ignore[arg-type]
    assert (verdict.outcome is Outcome.CORRECT) == (chosen == {i for i, flag in enumerate(right) if flag})
    assert 0 <= verdict.score <= 1


@given(st.lists(st.booleans(), min_size=2, max_size=8).filter(lambda flags: sum(flags) > 1), st.data())
def test_one_more_wrong_option_never_raises_the_score(right: list[bool], data: st.DataObject) -> None:
    choice = FakeChoice(tuple(FakeOption(flag) for flag in right))
    chosen = data.draw(st.sets(st.integers(0, len(right) - 1)))
    wrong = {index for index, flag in enumerate(right) if not flag} - chosen
    before = grade(choice, chosen).score  # type: ignore[arg-type]
    assert all(grade(choice, chosen | {index}).score <= before for index in wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("verdict", "hints", "quality"),
    [
        (None, 0, 4),
        (None, 2, 3),
        (Verdict(Outcome.CORRECT, 1), 0, 4),
        (Verdict(Outcome.CORRECT, 1), 1, 3),
        (Verdict(Outcome.PARTIAL, 0.5), 0, 2),
        (Verdict(Outcome.PARTIAL, 0.49), 0, 1),
        (Verdict(Outcome.PARTIAL, 0.9), 1, 2),
        (Verdict(Outcome.WRONG, 0), 0, 1),
        (Verdict(Outcome.WRONG, 0), 1, 1),
    ],
)
def test_suggested_quality(verdict: Verdict | None, hints: int, quality: int) -> None:
    assert suggest(verdict, hints=hints) == quality


def test_an_unreadable_answer_costs_nothing() -> None:
    with pytest.raises(ValueError, match="no quality"):
        suggest(Verdict(Outcome.UNREADABLE, 0))


@pytest.mark.parametrize(
    ("outcome", "score"),
    [("correct", 0.99), ("partial", 1), ("partial", 0), ("wrong", 0.1), ("unreadable", 1)],
)
def test_a_verdict_cannot_contradict_itself(outcome: str, score: float) -> None:
    with pytest.raises(ValueError, match="cannot have the score"):
        Verdict(Outcome(outcome), score)
