"""Every kind in a session: what is asked, judged, suggested and kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quizdl.grading.verdict import Outcome
from quizdl.packs.cache import load
from quizdl.packs.library import Library
from quizdl.study.session import Session
from quizdl.study.values import Filters, Question
from tests.unit.study.conftest import KINDS, World


def asked(world: World, kind: str, **settings: object) -> tuple[Session, Question]:
    session = world.open(Filters(kind=kind), **settings)  # type: ignore[arg-type]
    assert session.question is not None
    return session, session.question


@pytest.mark.parametrize(
    ("kind", "entry"),
    [("term", "text"), ("cloze", "text"), ("short", "text"), ("list", "text"), ("numeric", "text"),
     ("order", "order"), ("match", "pairs")],
)  # fmt: skip
def test_how_each_kind_is_answered(kinds: World, kind: str, entry: str) -> None:
    _, question = asked(kinds, kind)
    assert question.entry == entry
    assert question.graded == (kind not in ("term", "cloze"))


@pytest.mark.parametrize(
    ("kind", "response", "outcome", "suggested"),
    [
        ("term", "ReLU", "correct", 4),
        ("term", "rectified linear unti", "correct", 3),
        ("term", "dropout", "wrong", 1),
        ("short", "과적합이요", "correct", 4),
        ("short", "과소적합", "wrong", 1),
        ("short", "모르겠다", "wrong", 1),
        ("list", "dropout, 조기종료", "correct", 4),
        ("list", "dropout, 조기종료, 과적합", "correct", 3),
        ("list", "dropout, 드롭아웃", "partial", 2),
        ("list", "과적합", "wrong", 1),
        ("cloze", "-1", "correct", 4),
        ("cloze", "−1.0", "correct", 4),
        ("cloze", "1", "wrong", 1),
        ("order", (0, 1, 2, 3), "correct", 4),
        ("order", (1, 0, 2, 3), "partial", 2),
        ("order", (3, 2, 1, 0), "wrong", 1),
        ("match", ((0, 0), (1, 1)), "correct", 4),
        ("match", ((0, 0), (1, 2)), "partial", 2),
        ("match", ((0, 1), (1, 0)), "wrong", 1),
    ],
)
def test_verdict_and_suggestion(
    kinds: World, kind: str, response: object, outcome: str, suggested: int
) -> None:
    session, _ = asked(kinds, kind)
    verdict = session.answer(response)  # type: ignore[arg-type]
    assert verdict is not None
    assert verdict.outcome == outcome
    assert session.suggested == suggested
    session.rate(session.suggested)
    (event,) = kinds.journal.events()
    kept = event.data
    assert (kept["outcome"], kept["suggested"], kept["quality"], kept["item"]) == (
        outcome,
        suggested,
        suggested,
        kind,
    )
    listed = (
        response
        if isinstance(response, str)
        else [list(part) if isinstance(part, tuple) else part for part in response]
    )  # type: ignore[attr-defined]
    assert kept["response"] == listed


@pytest.mark.parametrize(
    ("kind", "response"),
    [
        ("term", "렐루"),
        ("order", "A B"),
        ("order", "A B C E"),
        ("match", "1-Z"),
        ("numeric", "big"),
        ("match", ""),
    ],
)
def test_what_is_not_understood_costs_nothing(kinds: World, kind: str, response: str) -> None:
    session, question = asked(kinds, kind)
    verdict = session.answer(response)
    assert verdict is not None
    assert verdict.outcome is Outcome.UNREADABLE
    assert not session.answered
    assert session.question is question
    assert list(kinds.journal.events()) == []


def test_an_order_and_pairs_by_the_letters_on_the_screen(kinds: World) -> None:
    session, question = asked(kinds, "order")
    assert question.order != (0, 1, 2, 3)
    typed = " ".join(question.letter(step) for step in range(4))
    verdict = session.answer(typed)
    assert verdict is not None
    assert verdict.score == 1
    session.rate(4)
    assert next(kinds.journal.events()).data["response"] == [0, 1, 2, 3]
    session, question = asked(kinds, "match")
    verdict = session.answer(f"1-{question.letter(0)} 2-{question.letter(1)}")
    assert verdict is not None
    assert verdict.score == 1


def test_enter_alone_shows_the_answer_of_a_term_to_be_judged_by_the_learner(kinds: World) -> None:
    for empty in (None, "", "  "):
        session, _ = asked(kinds, "term")
        assert session.answer(empty) is None
        assert session.suggested == 4
    session, _ = asked(kinds, "short")
    verdict = session.answer(None)
    assert verdict is not None
    assert (verdict.outcome, verdict.feedback[0].code, session.suggested) == (Outcome.WRONG, "gave-up", 1)


def test_without_typed_answers_terms_are_judged_by_the_learner(kinds: World) -> None:
    session, question = asked(kinds, "term", typed_answers=False)
    assert question.entry == "none"
    assert session.answer("nonsense") is None
    _, question = asked(kinds, "short", typed_answers=False)
    assert question.entry == "text"


def test_a_second_try_and_giving_up_after_one(kinds: World) -> None:
    session, _ = asked(kinds, "term")
    assert not session.retry()
    session.answer("dropout")
    assert session.retry()
    assert not session.answered
    session.answer("relu")
    assert not session.retry(), "it is right"
    assert session.suggested == 3
    session.rate(3)
    assert next(kinds.journal.events()).data["tries"] == 2
    session, _ = asked(kinds, "cloze")
    session.answer("1")
    session.retry()
    assert session.answer(None) is not None, "looking after a wrong answer is no judging"
    assert session.suggested == 1


def test_a_variant_is_drawn_kept_and_comes_back_by_undo_in_another_session(kinds: World) -> None:
    session, question = asked(kinds, "numeric")
    assert question.seed is not None
    assert "<<" not in question.face.prompt.en
    number = int(question.face.prompt.en.split()[-1].strip("?"))
    assert question.face.answer.en == str(number**2)
    verdict = session.answer(str(2 * number))
    assert verdict is not None
    assert verdict.feedback[0].text is not None
    assert verdict.feedback[0].text.en == f"that is the double of {number}"
    session.rate(1)
    assert next(kinds.journal.events()).data["seed"] == question.seed
    session.undo()
    assert session.question is not None
    assert (session.question.seed, session.question.item) == (question.seed, question.item)
    session.answer(str(number**2))
    session.rate(4)
    other = kinds.open(Filters(kind="numeric"), seed=99)
    assert other.question is None
    other.undo()
    assert other.question is not None
    assert (other.question.seed, other.question.item) == (question.seed, question.item)


def test_each_review_draws_anew(kinds: World) -> None:
    seeds = set()
    for seed in range(5):
        session = kinds.open(Filters(kind="numeric", cram=True), seed=seed)
        assert session.question is not None
        seeds.add(session.question.seed)
    assert len(seeds) == 5


def test_a_gap_with_two_answers(kinds: World) -> None:
    session = kinds.open(Filters(kind="cloze", cram=True))
    while session.question is not None and session.question.card.face != "c2":
        session.bury()
    for response, score in [
        ("dropout; 조기 종료", 1.0),
        ("dropout, early stopping", 1.0),
        ("드롭아웃과 조기 종료", 1.0),
        ("early stopping; dropout", 0.0),
        ("dropout; overfitting", 0.5),
    ]:
        session = kinds.open(Filters(kind="cloze", cram=True))
        while session.question is not None and session.question.card.face != "c2":
            session.bury()
        verdict = session.answer(response)
        assert verdict is not None
        assert verdict.score == score, response


def test_five_when_fast_for_this_learner_and_this_kind(kinds: World) -> None:
    rng = random.Random(3)
    for number in range(12):
        session, _ = asked(kinds, "short")
        kinds.clock.advance(rng.randint(4, 20))
        session.answer("과적합")
        assert number >= 10 or session.suggested == 4
        kinds.days(session.rate(4).days)
    session, _ = asked(kinds, "short")
    kinds.clock.advance(1)
    session.answer("과적합")
    assert session.suggested == 5
    session, _ = asked(kinds, "short")
    kinds.clock.advance(19)
    session.answer("과적합")
    assert session.suggested == 4
    session, _ = asked(kinds, "list")
    kinds.clock.advance(1)
    session.answer("dropout, 조기 종료")
    assert session.suggested == 4, "another kind has its own times"


def test_an_item_that_cannot_be_made_is_left_out_and_told(tmp_path: Path) -> None:
    text = KINDS.replace("    answer: x^2", "    require: [x > 100]\n    answer: x^2")
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    world = World(Library([load((tmp_path / "pack.yaml",), tmp_path / "cache")]), tmp_path / "journal.db")
    session = world.open(Filters(kind="numeric"))
    assert session.question is None
    assert [error.code for error in session.failures] == ["variant"]
    session = world.open()
    seen = set()
    while session.question is not None:
        seen.add(session.question.item.kind)
        session.bury()
    assert seen == {"term", "short", "list", "order", "match", "cloze"}
    world.close()


def test_a_seed_that_makes_no_instance_is_drawn_again(tmp_path: Path) -> None:
    text = KINDS.replace("min: 3, max: 90", "min: 0, max: 1").replace("answer: x^2", "answer: 1/x")
    (tmp_path / "pack.yaml").write_text(text, encoding="utf-8")
    world = World(Library([load((tmp_path / "pack.yaml",), tmp_path / "cache")]), tmp_path / "journal.db")
    for seed in range(8):
        question = world.open(Filters(kind="numeric"), seed=seed).question
        assert question is not None
        assert question.face.answer.en == "1"
    world.close()
