"""What each kind of item asks."""

from __future__ import annotations

import pytest

from quizdl.packs.cards import faces_of
from quizdl.packs.faces import face
from quizdl.packs.items import Choice, Cloze, Concept, Flashcard, Names, Option, Term, Text

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
