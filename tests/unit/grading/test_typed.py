"""Typed words through the faces that ask for them: what is right, what is nearly right, and what is not."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.grading.registry import glossary_of, grade
from quizdl.grading.verdict import Outcome, Verdict
from quizdl.packs.faces import face
from quizdl.packs.items import (
    AnyItem,
    Choice,
    Cloze,
    Concept,
    Flashcard,
    Listing,
    Member,
    Names,
    Numeric,
    Option,
    Order,
    Pair,
    Short,
    Term,
    Text,
)
from quizdl.packs.items import Match as Pairs

NAMES = {
    "overfitting": (("과대적합", "과적합"), ("overfitting",)),
    "underfitting": (("과소적합",), ("underfitting",)),
    "adam": (("아담",), ("Adam",)),
    "nadam": (("나담",), ("Nadam",)),
    "mse": (("평균 제곱 오차",), ("mean squared error", "MSE")),
    "rmse": (("평균 제곱근 오차",), ("root mean squared error", "RMSE")),
    "dropout": (("드롭아웃",), ("dropout",)),
    "early": (("조기 종료",), ("early stopping",)),
    "l1": (("L1 규제",), ("L1 regularization",)),
    "l2": (("L2 규제", "L2"), ("L2 regularization",)),
}
CONCEPTS = {name: Concept(id=name, names=Names(ko=ko, en=en)) for name, (ko, en) in NAMES.items()}
GLOSSARY = glossary_of({("p", name): concept for name, concept in CONCEPTS.items()})


def text(words: str) -> Text:
    return Text(ko=words, en=words)


def judged(item: AnyItem, response: Any, name: str = "main") -> Verdict:
    shown = face(item, CONCEPTS[item.concept], name, CONCEPTS.get)
    return grade(item, shown, response, glossary=lambda: GLOSSARY)


def term(concept: str) -> Term:
    return Term(id="a.t", concept=concept, definition=text("…"))


def short(concept: str, **more: Any) -> Short:
    return Short(id="a.s", concept=concept, prompt=text("?"), **more)


def cloze(words: str) -> Cloze:
    return Cloze(id="a.c", concept="adam", text=text(words))


LIST = Listing(
    id="a.l",
    concept="overfitting",
    prompt=text("?"),
    need=3,
    members=(
        Member(concept="dropout"),
        Member(concept="early"),
        Member(concept="l2"),
        Member(names=Names(ko=("데이터 증강",), en=("data augmentation",))),
    ),
)


@pytest.mark.parametrize(
    ("concept", "right", "wrong"),
    [
        ("overfitting", "과적합이에요", "과소적합이에요"),
        ("overfitting", "과대 적합", "과소 적합"),
        ("overfitting", "overfiting", "underfiting"),
        ("overfitting", "ㅐㅍㄷ글ㅑㅅ샤ㅜㅎ", "ㅕㅜㅇㄷ글ㅑㅅ샤ㅜㅎ"),
        ("adam", "ADAM", "Nadam"),
        ("adam", "아담", "나담"),
        ("mse", "MSE", "RMSE"),
        ("mse", "평균제곱오차", "평균제곱근오차"),
        ("mse", "MSE(평균 제곱 오차)", "MSE(평균 제곱근 오차)"),
        ("l1", "L1 규제", "L2 규제"),
        ("overfitting", "과적합", "과적합이 아니다"),
        ("overfitting", "overfitting", "overfitting?? maybe"),
        ("overfitting", "과적합", "과적합 또는 과소적합"),
    ],
)
def test_a_short_answer_beside_its_neighbour(concept: str, right: str, wrong: str) -> None:
    assert judged(short(concept), right).outcome is Outcome.CORRECT
    assert judged(short(concept), wrong).outcome is Outcome.WRONG


def test_accept_stands_in_for_the_names_and_rivals_are_wrong() -> None:
    item = short(
        "adam", accept=Names(ko=("적응적 학습률",), en=("adaptive rate",)), rivals=("adaptive rats",)
    )
    assert judged(item, "adaptive rate").score == 1
    assert judged(item, "adaptive rats").score == 0
    assert judged(item, "Adam").score == 0


@pytest.mark.parametrize(
    ("name", "response", "outcome", "code"),
    [
        ("ko-en", "overfitting", Outcome.CORRECT, ""),
        ("ko-en", "overfiting", Outcome.CORRECT, "words.typo"),
        ("ko-en", "과적합", Outcome.UNREADABLE, "words.asked-in-english"),
        ("ko-en", "underfitting", Outcome.WRONG, "words.rival"),
        ("ko-en", "과소적합", Outcome.WRONG, "words.rival"),
        ("en-ko", "과적합", Outcome.CORRECT, ""),
        ("en-ko", "rhkwjrgkq", Outcome.CORRECT, "words.keyboard-mode"),
        ("en-ko", "overfitting", Outcome.UNREADABLE, "words.asked-in-korean"),
        ("en-ko", "과소적합", Outcome.WRONG, "words.rival"),
        ("definition", "과적합", Outcome.CORRECT, ""),
        ("definition", "overfitting", Outcome.CORRECT, ""),
        ("definition", "모르겠다", Outcome.WRONG, "words.dont-know"),
        ("definition", "  ", Outcome.WRONG, "words.empty"),
    ],
)
def test_terms_are_asked_in_a_language(name: str, response: str, outcome: Outcome, code: str) -> None:
    verdict = judged(term("overfitting"), response, name)
    assert verdict.outcome is outcome
    assert [entry.code for entry in verdict.feedback] == ([code] if code else [])


def test_a_name_of_the_other_language_that_is_also_one_of_the_asked_is_right() -> None:
    relu = Concept(id="relu", names=Names(ko=("렐루", "ReLU"), en=("ReLU",)))
    item = Term(id="relu.term", concept="relu", definition=text("…"))
    glossary = glossary_of({("p", "relu"): relu})
    assert grade(item, face(item, relu, "en-ko"), "relu", glossary=lambda: glossary).score == 1
    assert grade(item, face(item, relu, "ko-en"), "렐루", glossary=lambda: glossary).outcome == "unreadable"


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [
        ("−1", ("-1", "- 1", "−1.0"), ("1", "+1", "-2", "-10")),
        ("0.5", ("0.5", "1/2", "50%", ".5"), ("5", "0.05", "-0.5")),
        ("2.72", ("2.72", "2.718", "e"), ("2.7", "2.8", "27.2")),
        ("0.001", ("0.001", "1e-3", "10^-3"), ("0.0015", "0.01")),
        ("(32, 8)", ("(32, 8)", "32, 8", "[32,8]"), ("(8, 32)", "32", "(32, 8, 1)")),
        ("(8,)", ("(8,)", "8"), ("(8, 1)", "9")),
        ("`predict`", ("predict",), ("predict_proba", "fit")),
        (
            "categorical_crossentropy",
            ("categorical_crossentropy", "categorical crossentropy"),
            ("binary_crossentropy",),
        ),
    ],
)
def test_gaps(answer: str, right: tuple[str, ...], wrong: tuple[str, ...]) -> None:
    item = cloze(f"a {{{{c1::{answer}}}}} b")
    for response in right:
        assert judged(item, response, "c1").outcome is Outcome.CORRECT, response
    for response in wrong:
        assert judged(item, response, "c1").outcome is not Outcome.CORRECT, response


def test_a_formula_in_a_gap_is_for_the_learner_to_judge() -> None:
    item = cloze(r"{{c1::$\frac{1}{n}$}}")
    assert face(item, CONCEPTS["adam"], "c1").blanks == ()
    assert judged(item, "1/n", "c1").feedback[0].code == "self.judge"
    assert judged(item, r"\frac{1}{n}", "c1").outcome in (Outcome.CORRECT, Outcome.UNREADABLE)


def test_gaps_that_are_hidden_together() -> None:
    item = cloze("{{c1::adam}} and {{c1::dropout}}")
    assert judged(item, "adam; dropout", "c1").score == 1
    half = judged(item, "adam; nadam", "c1")
    assert half.score == 0.5
    assert half.feedback[0].code == "blank.wrong"
    assert judged(item, "adam", "c1").feedback[0].code == "blank.count"
    assert judged(item, "모름", "c1").outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("response", "score", "codes"),
    [
        ("dropout, early stopping, L2", 1, []),
        ("드롭아웃과 조기 종료와 데이터 증강", 1, []),
        ("dropout\n조기종료\nL2 규제", 1, []),
        ("dropout, 드롭아웃, 조기 종료", 2 / 3, ["list.duplicate", "list.missing"]),
        ("dropout, 조기 종료, L1 규제", 2 / 3, ["list.rival", "list.missing"]),
        ("dropout, 조기 종료, 춤추기", 2 / 3, ["list.wrong", "list.missing"]),
        ("dropout, 조기 종료, 데이터 증강, L2, 과적합", 1, ["list.rival"]),
        ("과적합, 과소적합", 0, ["list.rival", "list.rival", "list.missing"]),
        ("모르겠다", 0, ["words.dont-know"]),
        ("", 0, ["words.empty"]),
    ],
)
def test_lists(response: str, score: float, codes: list[str]) -> None:
    verdict = judged(LIST, response)
    assert verdict.score == pytest.approx(score)
    assert [entry.code for entry in verdict.feedback] == codes


def test_a_flashcard_is_right_or_for_the_learner_to_judge() -> None:
    item = Flashcard(id="a.f", concept="adam", front=text("?"), back=Text(ko="아담이에요", en="Adam"))
    assert judged(item, "adam", "front").outcome is Outcome.CORRECT
    assert judged(item, "nadam", "front").outcome is Outcome.UNREADABLE


def test_giving_up_on_a_number_is_wrong_and_nonsense_is_not_understood() -> None:
    item = Numeric(id="a.n", concept="adam", prompt=text("?"), answer="0.5")
    assert judged(item, "모르겠어요").outcome is Outcome.WRONG
    assert judged(item, "banana").outcome is Outcome.UNREADABLE
    assert judged(item, "1/2").outcome is Outcome.CORRECT
    assert judged(item, "-1/2").feedback[0].code == "numeric.wrong-sign"


ITEMS: list[tuple[AnyItem, str]] = [
    (term("overfitting"), "ko-en"),
    (short("mse"), "main"),
    (LIST, "main"),
    (cloze("{{c1::-1}}, {{c2::adam}} {{c2::0.5}}"), "c1"),
    (cloze("{{c1::-1}}, {{c2::adam}} {{c2::0.5}}"), "c2"),
    (Numeric(id="a.n", concept="adam", prompt=text("?"), answer="[1, 2]"), "main"),
    (Order(id="a.o", concept="adam", prompt=text("?"), steps=(text("x"), text("y"), text("z"))), "main"),
    (
        Pairs(id="a.p", concept="adam", prompt=text("?"), pairs=(Pair(left=text("x"), right=text("y")),) * 2),
        "main",
    ),
    (
        Choice(
            id="a.h",
            concept="adam",
            prompt=text("?"),
            options=(Option(text=text("yes"), right=True), Option(text=text("no"))),
        ),
        "main",
    ),
    (Flashcard(id="a.f", concept="adam", front=text("?"), back=text("a sum")), "front"),
]
ANSWERS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "과적합",
            "MSE",
            "dropout, L2",
            "모르겠다",
            "A B C",
            "1-a 2-b",
            "adam; 0.5",
            "[1, 2]",
            "-1",
            "yes",
            "( ",
            "½",
        ]
    ),
)


@given(st.sampled_from(ITEMS), ANSWERS)
def test_any_answer_gets_a_verdict(case: tuple[AnyItem, str], response: str) -> None:
    item, name = case
    verdict = judged(item, response, name)
    if verdict.outcome is Outcome.PARTIAL:
        assert 0 < verdict.score < 1


@given(
    st.sampled_from([short("mse"), short("overfitting"), LIST]),
    st.sampled_from(
        ["과적합", "MSE", "mean squared error", "dropout, L2", "RMSE", "조기 종료, 드롭아웃, L2", "모름"]
    ),
    st.sampled_from([" {} ", "\t{}\n", "{}  ", "　{}"]),
    st.sampled_from(["NFC", "NFD"]),
    st.booleans(),
)
def test_the_verdict_does_not_hang_on_space_case_and_form(
    item: AnyItem, response: str, spaced: str, form: Any, upper: bool
) -> None:
    plain = judged(item, response)
    other = unicodedata.normalize(form, spaced.format(response.upper() if upper else response))
    verdict = judged(item, other)
    assert (verdict.outcome, verdict.score) == (plain.outcome, plain.score)


@pytest.mark.parametrize("case", ITEMS, ids=lambda case: case[0].kind if isinstance(case, tuple) else "")
@pytest.mark.parametrize("response", ["a", "1-a ", "가 ", "(", "1,"])
def test_ten_thousand_characters(case: tuple[AnyItem, str], response: str) -> None:
    item, name = case
    assert judged(item, response * (10_000 // len(response)), name).outcome is not Outcome.CORRECT
