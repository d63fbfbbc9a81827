"""Verdicts on numbers: what is right, what is nearly right, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from quizdl.grading.numeric.grade import grade, right_answer
from quizdl.grading.numeric.messages import sentence
from quizdl.grading.verdict import Verdict
from quizdl.packs.items import Text
from quizdl.packs.parameters import Tolerance
from quizdl.packs.tolerances import Judge, significant

DEFAULT = Tolerance()


@dataclass(frozen=True)
class Slip:
    value: str
    feedback: Text


@dataclass(frozen=True)
class Asked:
    answer: str
    tolerance: Tolerance = DEFAULT
    unit: str = ""
    mistakes: tuple[Slip, ...] = field(default=())


def codes(verdict: Verdict) -> list[str]:
    return [feedback.code for feedback in verdict.feedback]


@pytest.mark.parametrize(
    ("answer", "tolerance", "right", "wrong"),
    [
        ("sigmoid(2)", DEFAULT, ["0.8808", "0.881", "0.8800", "σ(2)", "88.08%"], ["0.8825", "0.87"]),
        ("407050", DEFAULT, ["407050", "407,050", "407050개", "4.0705e5"], ["407051", "407000", "407050.5"]),
        ("2", DEFAULT, ["2", "2.0", "2.001", "4/2"], ["2.01", "1.99"]),
        ("0", DEFAULT, ["0", "-0", "0.0", "0%"], ["0.001", "-0.001"]),
        (
            "2/3",
            Tolerance(significant=4),
            ["0.6667", "0.6666", "2/3", "0.66667"],
            ["0.6668", "0.667", "0.67"],
        ),
        ("2/3", Tolerance(decimals=2), ["0.67", "0.66", "0.667"], ["0.68", "0.65", "0.7"]),
        ("100", Tolerance(absolute=0.5), ["100.5", "99.5"], ["100.6", "99.4"]),
        ("100", Tolerance(relative=0.01), ["101", "99"], ["101.1", "98.9"]),
        ("0.005", Tolerance(absolute=0.01), ["0.0149", "0"], ["-0.004", "0.016"]),
        ("1e-9", DEFAULT, ["1e-9", "10^-9"], ["0", "2e-9"]),
        (
            "[0.0321, 0.0871, 0.2369, 0.6439]",
            DEFAULT,
            ["0.032 0.087 0.237 0.644"],
            ["0.031 0.088 0.236 0.645"],
        ),
        ("[[1, 2], [3, 4]]", DEFAULT, ["1 2; 3 4", "[[1,2],[3,4]]"], ["1 2; 3 5"]),
        ("[3]", DEFAULT, ["3", "[3]"], ["4"]),
        ("3", DEFAULT, ["[3]", "3"], ["[3, 3]"]),
    ],
)
def test_what_is_near_enough(answer: str, tolerance: Tolerance, right: list[str], wrong: list[str]) -> None:
    item = Asked(answer, tolerance)
    for text in right:
        assert grade(item, text).outcome == "correct", text
    for text in wrong:
        assert grade(item, text).outcome in ("wrong", "partial"), text


@pytest.mark.parametrize(
    ("answer", "text", "code"),
    [
        ("0.25", "-0.25", "numeric.wrong-sign"),
        ("-3", "3", "numeric.wrong-sign"),
        ("[1, -2, 0]", "-1 2 0", "numeric.wrong-sign"),
        ("0.25", "25", "numeric.gave-percent"),
        ("0.25", "2.5", "numeric.too-large-by"),
        ("0.25", "0.00025", "numeric.too-small-by"),
        ("0.25", "25.5", "numeric.wrong"),
        ("0.25", "4", "numeric.reciprocal"),
        ("0.25", "4.1", "numeric.wrong"),
        ("0.25", "0.3", "numeric.too-large"),
        ("0.25", "0.2", "numeric.too-small"),
        ("-0.25", "-0.3", "numeric.off"),
        ("0.25", "-0.3", "numeric.off"),
        ("0", "5", "numeric.wrong"),
        ("0.6439", "0.64", "numeric.rounded"),
        ("0.6439", "0.65", "numeric.too-large"),
        ("0.6439", "0.6", "numeric.too-small"),
        ("0.6439", "16/25", "numeric.too-small"),
        ("407050", "410000", "numeric.rounded"),
        ("407050", "420000", "numeric.too-large"),
        ("[1, 2, 3]", "3 2 1", "numeric.order-reversed"),
        ("[1, 2, 3]", "2 1 3", "numeric.order"),
        ("[1, 2, 3]", "1 2", "numeric.wrong-shape"),
        ("[1, 2, 3]", "6", "numeric.wrong-shape"),
        ("6", "1, 2, 3", "numeric.wrong-shape"),
        ("[1, 2, 3]", "1 2 4", "numeric.one-entry"),
        ("[1, 2, 3]", "1 3 4", "numeric.entries"),
        ("[[1, 2], [3, 4]]", "1 3; 2 4", "numeric.transposed"),
        ("[[1, 2, 5], [3, 4, 6]]", "1 3; 2 4; 5 6", "numeric.transposed"),
        ("[[1, 2, 5], [3, 4, 6]]", "1 2; 5 3; 4 6", "numeric.wrong-shape"),
        ("[0.123, 0.877]", "0.12 0.88", "numeric.rounded"),
    ],
)
def test_diagnoses(answer: str, text: str, code: str) -> None:
    verdict = grade(Asked(answer), text)
    assert codes(verdict)[0] == code
    assert verdict.outcome == ("partial" if code in ("numeric.rounded", "numeric.one-entry") else "wrong")


def test_percent() -> None:
    item = Asked("25", unit="percent")
    for text in ("25", "25%", "25 퍼센트", "1/4*100"):
        assert grade(item, text).outcome == "correct", text
    assert codes(grade(item, "0.25")) == ["numeric.gave-fraction"]
    assert codes(grade(item, "0.25%")) == ["numeric.too-small-by"]
    assert codes(grade(item, "-25%")) == ["numeric.wrong-sign"]
    assert grade(Asked("0.25"), "25%").outcome == "correct"
    assert grade(Asked("12.34", unit="percent"), "12%").outcome == "partial"


def test_a_known_mistake_comes_first() -> None:
    said = Text(ko="1/n을 빠뜨렸어요.", en="You left out 1/n.")
    item = Asked("0.25", mistakes=(Slip("2.5", said), Slip("[1, 2]", Text(en="two"))))
    (feedback,) = grade(item, "2.5").feedback
    assert (feedback.code, feedback.text) == ("numeric.mistake", said)
    assert codes(grade(item, "25")) == ["numeric.gave-percent"]
    assert codes(grade(item, "1, 2")) == ["numeric.mistake"]
    assert grade(item, "0.25").outcome == "correct"


def test_one_wrong_entry_says_why() -> None:
    verdict = grade(Asked("[1, 2, 3, 4]"), "1 -2 3 4")
    assert verdict.score == 0.75
    assert codes(verdict) == ["numeric.one-entry", "numeric.wrong-sign"]
    assert verdict.feedback[0].params["entry"] == "2"
    matrix = grade(Asked("[[1, 2], [3, 4]]"), "1 2; 30 4")
    assert [codes(matrix), matrix.feedback[0].params["entry"]] == [
        ["numeric.one-entry", "numeric.too-large-by"],
        "(2, 1)",
    ]


def test_doubtful_readings_are_told() -> None:
    assert codes(grade(Asked("0.5"), "0,5")) == ["numeric.read-as"]
    assert codes(grade(Asked("5"), "0,5")) == ["numeric.too-small-by", "numeric.read-as"]
    assert codes(grade(Asked("0.5"), "0.5")) == []
    assert codes(grade(Asked("log(2)"), "log 2")) == ["numeric.read-as"]


def test_how_many_digits_are_missing() -> None:
    (feedback,) = grade(Asked("0.643914"), "0.64").feedback
    assert feedback.params["digits"] == 3
    assert grade(Asked("0.643914"), "0.644").outcome == "correct", "as many as were asked for"
    (feedback,) = grade(Asked("2/3", Tolerance(significant=4)), "0.67").feedback
    assert feedback.params["digits"] == 4
    (feedback,) = grade(Asked("2/3", Tolerance(decimals=4)), "0.67").feedback
    assert (feedback.code, feedback.params["decimals"]) == ("numeric.rounded-decimals", 4)


@pytest.mark.parametrize(
    ("answer", "tolerance", "unit", "shown"),
    [
        ("2/3", DEFAULT, "", "0.6667"),
        ("2/3", Tolerance(significant=2), "", "0.67"),
        ("1/2", Tolerance(decimals=3), "", "0.500"),
        ("407050", DEFAULT, "", "407050"),
        ("9.5367431640625e-07", DEFAULT, "", "9.537e-7"),
        ("0.1 + 0.2", DEFAULT, "", "0.3"),
        ("25", DEFAULT, "percent", "25%"),
        ("softmax([1, 2])", DEFAULT, "", "[0.269, 0.731]"),
        ("[[1, 2], [3, 0.5]]", DEFAULT, "", "[[1, 2], [3, 0.5]]"),
        ("-0.00001", Tolerance(decimals=2), "", "0.00"),
    ],
)
def test_the_answer_as_shown_is_accepted(answer: str, tolerance: Tolerance, unit: str, shown: str) -> None:
    item = Asked(answer, tolerance, unit)
    assert right_answer(item) == shown
    assert grade(item, shown).outcome == "correct"


def test_every_code_has_its_sentence() -> None:
    answers = {
        "0.25": [
            "-0.25",
            "25",
            "2.5",
            "0.025",
            "-0.3",
            "4",
            "4.1",
            "0.3",
            "0.2",
            "1, 2",
            "",
            "x",
            "1/0",
            "9^9^9",
            "2 +",
            "모름",
        ],
        "[1, 2, 3]": ["3 2 1", "2 1 3", "1", "1 2", "1 2 4", "7 7 7", "1 2; 3"],
        "[[1, 2], [3, 4]]": ["1 3; 2 4"],
        "0.6439": ["0.64", "0,64", "0.6 = 0.7", "sigmod 2", "1" * 1_001],
    }
    for answer, texts in answers.items():
        for text in texts:
            for feedback in grade(Asked(answer), text).feedback:
                said = sentence(feedback)
                assert said != feedback.code
                assert "{" not in said


def test_significant_digits() -> None:
    assert [significant(1234567, 3), significant(0.000001234, 3), significant(99.96, 3)] == [
        "1.23e6",
        "1.23e-6",
        "100",
    ]
    assert Judge((0.5,), DEFAULT).shown(0) == "0.5"
