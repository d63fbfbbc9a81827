"""What each kind of item asks."""

from __future__ import annotations

from typing import Any

import pytest

from quizdl.packs.cards import faces_of
from quizdl.packs.faces import face
from quizdl.packs.items import (
    Choice,
    Cloze,
    Concept,
    Flashcard,
    Listing,
    Match,
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
from quizdl.packs.parameters import Tolerance

OVERFITTING = Concept(id="overfitting", names=Names(ko=("과적합", "과대적합"), en=("overfitting",)))


def test_a_term_asks_both_ways_and_by_its_definition() -> None:
    term = Term(id="overfitting.term", concept="overfitting", definition=Text(ko="외운다", en="memorises"))
    assert faces_of(term) == ("ko-en", "en-ko", "definition")
    ko_en = face(term, OVERFITTING, "ko-en")
    assert (ko_en.ask, ko_en.prompt, ko_en.answer) == (
        "term.ko-en",
        Text(ko="과적합"),
        Text(en="overfitting"),
    )
    assert face(term, OVERFITTING, "en-ko").answer == Text(ko="과적합 (과대적합)")
    defined = face(term, OVERFITTING, "definition")
    assert (defined.prompt, defined.answer.en) == (term.definition, "overfitting")


def test_a_term_may_have_names_of_its_own() -> None:
    names = Names(ko=("조기 종료",), en=("early stopping",))
    term = Term(id="a.b", concept="overfitting", definition=Text(en="x"), names=names)
    assert face(term, OVERFITTING, "en-ko").prompt == Text(en="early stopping")


def test_a_flashcard_asks_back_only_when_reversed() -> None:
    card = Flashcard(id="a.b", concept="overfitting", front=Text(en="front"), back=Text(en="back"))
    assert faces_of(card) == ("front",)
    both = Flashcard(id="a.b", concept="overfitting", front=card.front, back=card.back, reversed=True)
    assert faces_of(both) == ("front", "back")
    assert face(both, OVERFITTING, "back").prompt == card.back
    with pytest.raises(KeyError, match="no face 'back'"):
        face(card, OVERFITTING, "back")


def test_a_cloze_has_a_card_for_each_group() -> None:
    item = Cloze(id="a.b", concept="overfitting", text=Text(ko="{{c2::나}}", en="{{c2::two}} {{c10::ten}}"))
    assert faces_of(item) == ("c2", "c10")
    assert face(item, OVERFITTING, "c2").answer == Text(ko="나", en="two")


@pytest.mark.parametrize(
    ("right", "ask", "answer"), [((0,), "choice.one", "a"), ((0, 2), "choice.many", "- a\n- c")]
)
def test_a_choice_says_whether_one_or_many_are_right(right: tuple[int, ...], ask: str, answer: str) -> None:
    options = tuple(Option(text=Text(en=letter), right=at in right) for at, letter in enumerate("abc"))
    shown = face(Choice(id="a.b", concept="c", prompt=Text(en="?"), options=options), OVERFITTING, "main")
    assert (shown.ask, shown.answer.en, shown.options) == (ask, answer, options)


def prompt(**more: Any) -> dict[str, Any]:
    return {"id": "a.b", "concept": "overfitting", "prompt": Text(ko="물음", en="question"), **more}


def test_a_short_question_takes_the_names_of_its_concept_or_its_own() -> None:
    shown = face(Short(**prompt()), OVERFITTING, "main")
    assert (shown.ask, shown.blanks) == ("short", (OVERFITTING.names,))
    assert shown.answer == Text(ko="과적합 (과대적합)", en="overfitting")
    own = Names(en=("memorising",))
    assert face(Short(**prompt(accept=own)), OVERFITTING, "main").blanks == (own,)


def test_a_list_joins_the_names_of_concepts_and_its_own() -> None:
    dropout = Concept(id="dropout", names=Names(ko=("드롭아웃",), en=("dropout",)))
    item = Listing(
        **prompt(
            need=1,
            members=(Member(concept="dropout", names=Names(ko=("드랍",))), Member(concept="overfitting")),
        )
    )
    shown = face(item, OVERFITTING, "main", {"dropout": dropout}.get)
    assert shown.members == (Names(ko=("드랍", "드롭아웃"), en=("dropout",)), OVERFITTING.names)
    assert (shown.need, shown.answer.en) == (1, "- dropout\n- overfitting")


def test_orders_and_matches_show_rows() -> None:
    steps = (Text(en="x"), Text(en="y"))
    order = face(Order(**prompt(steps=steps)), OVERFITTING, "main")
    assert (order.ask, order.rows, order.answer.en) == ("order", steps, "1. x\n2. y")
    pairs = (Pair(left=Text(en="a"), right=Text(en="x")), Pair(left=Text(en="b"), right=Text(en="y")))
    match = face(Match(**prompt(pairs=pairs, extra=(Text(en="z"),))), OVERFITTING, "main")
    assert [text.en for text in match.rows] == ["x", "y", "z"]
    assert match.answer.en == "- a → x\n- b → y"


@pytest.mark.parametrize(
    ("answer", "more", "shown"),
    [
        ("1/3", {}, "0.3333"),
        ("1/3", {"tolerance": Tolerance(significant=2)}, "0.33"),
        ("[1, 0.5]", {}, "[1, 0.5]"),
        ("12.5", {"unit": "percent"}, "12.5%"),
    ],
)
def test_a_number_is_shown_with_the_digits_that_tell(answer: str, more: dict[str, Any], shown: str) -> None:
    assert face(Numeric(**prompt(answer=answer, **more)), OVERFITTING, "main").answer == Text(
        ko=shown, en=shown
    )


def test_gaps_of_which_one_is_a_formula_are_not_typed() -> None:
    item = Cloze(
        id="a.b", concept="overfitting", text=Text(en=r"{{c1::Adam}} {{c1::$\beta_1$}} {{c2::`fit`}}")
    )
    assert face(item, OVERFITTING, "c1").blanks == ()
    assert face(item, OVERFITTING, "c2").blanks == (Names(en=("fit",)),)
