"""The session against a real pack and a real journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from quizdl.errors import StorageError
from quizdl.study.attempt import LONGEST_MS
from quizdl.study.session import Session
from quizdl.study.tally import upcoming
from quizdl.study.values import Filters, Rated
from tests.unit.study.conftest import World

Answer = Callable[[Session, int], Rated]


def keys_to_the_end(session: Session, answer: Answer, quality: int = 4) -> list[str]:
    keys = []
    while (question := session.question) is not None:
        keys.append(question.card.key.removeprefix("small/"))
        answer(session, quality)
    return keys


# -- what is asked -------------------------------------------------------------------------------------------


def test_new_cards_come_along_the_concepts_one_of_each_item(world: World, answer: Answer) -> None:
    session = world.open()
    assert session.question is not None
    assert session.question.phase == "new"
    assert session.progress.left == 7
    keys = keys_to_the_end(session, answer)
    assert sorted(keys) == sorted(
        ["relu.term/ko-en", "relu.at/main", "softmax.true/main", "softmax.sum/front",
         "adam.cloze/c1", "adam.term/ko-en", "adam.why/front"]
    )  # fmt: skip
    assert keys[0].startswith("relu.")
    assert world.open().question is None, "siblings wait for another day"


def test_tomorrow_the_reviews_come_first(world: World, answer: Answer) -> None:
    session = world.open(Filters(limit=2))
    first = keys_to_the_end(session, answer)
    world.days(1)
    session = world.open()
    question = session.question
    assert question is not None
    assert question.phase == "review"
    assert keys_to_the_end(session, answer)[:2] == first


def test_daily_limits_shrink_by_what_was_done(world: World, answer: Answer) -> None:
    session = world.open(new_per_day=3)
    assert session.progress.left == 3
    answer(session, 5)
    assert world.open(new_per_day=3).progress.left == 2
    assert world.open(Filters(new=4), new_per_day=1).progress.left == 4
    assert world.open(Filters(new=0)).question is None
    world.days(1)
    assert world.open(new_per_day=0, reviews_per_day=1).progress.left == 1
    assert world.open(new_per_day=0, reviews_per_day=0).progress.left == 0


@pytest.mark.parametrize(
    ("filters", "items"),
    [
        (Filters(concept="relu"), {"relu.term", "relu.at", "softmax.true"}),
        (Filters(concept="softmax"), {"softmax.true", "softmax.sum"}),
        (Filters(kind="choice"), {"relu.at", "softmax.true"}),
        (Filters(kind="choice", concept="relu", tags=("values",)), {"relu.at"}),
        (Filters(pack="small", kind="cloze"), {"adam.cloze"}),
        (Filters(pack="other"), set()),
    ],
)
def test_filters(world: World, answer: Answer, filters: Filters, items: set[str]) -> None:
    session = world.open(filters)
    assert {key.split("/")[0] for key in keys_to_the_end(session, answer)} == items


def test_cram_asks_all_and_leaves_the_schedule(world: World, answer: Answer) -> None:
    answer(world.open(), 5)
    before = world.journal.states()
    session = world.open(Filters(cram=True, concept="adam"))
    assert session.question is not None
    assert session.question.phase == "cram"
    assert session.previews == (0,) * 6
    rated = answer(session, 1)
    assert rated.again
    keys = keys_to_the_end(session, answer)
    assert len(keys) == 6
    assert rated.question.card.key.removeprefix("small/") in keys
    assert world.journal.states() == {**dict.fromkeys(world.journal.states(), rated.after), **before}
    phases = [event.data["phase"] for event in world.journal.events()]
    assert phases == ["scheduled"] + ["cram"] * 7
    assert session.summary.crammed == 7
    assert session.summary.answers == 6
    assert len(set(keys_to_the_end(world.open(Filters(cram=True, limit=3)), answer))) == 3


# -- what an answer does -------------------------------------------------------------------------------------


def test_below_four_comes_again_without_touching_the_schedule(world: World, answer: Answer) -> None:
    session = world.open()
    rated = answer(session, 2)
    key = rated.question.card.key
    assert rated.again
    seen = []
    while (question := session.question) is not None:
        seen.append(question.card.key)
        if question.card.key == key:
            assert question.phase == "repeat"
            assert session.previews == (1,) * 6
            state = answer(session, 3 if seen.count(key) == 1 else 4).after
            assert (state.ease, state.interval, state.lapses) == (rated.after.ease, 1, 0)
        else:
            answer(session, 4)
    assert seen.index(key) == 4
    assert seen.count(key) == 2
    assert session.summary.repeats == 2
    assert session.summary.qualities == (0, 0, 1, 0, 6, 0)


def test_suggestions(world: World) -> None:
    session = world.open(Filters(kind="choice", concept="relu", tags=("values",)))
    question = session.question
    assert question is not None
    assert sorted(question.order) == [0, 1, 2]
    assert [index for index, _ in question.rows] == list(question.order)
    verdict = session.answer([])
    assert verdict is not None
    assert verdict.outcome == "unreadable"
    assert not session.answered
    verdict = session.answer([1])
    assert verdict is not None
    assert (verdict.outcome, session.suggested) == ("wrong", 1)
    with pytest.raises(ValueError, match="answered already"):
        session.answer([0])
    session.rate(session.suggested)
    session.answer([0])
    assert session.suggested == 4
    session.undo()
    hint = session.hint()
    assert hint is not None
    assert hint.en == "it is negative"
    assert session.hint() is None
    session.answer([0])
    assert session.suggested == 3


def test_giving_up_on_a_choice_is_wrong(world: World) -> None:
    session = world.open(Filters(kind="choice"))
    verdict = session.answer(None)
    assert verdict is not None
    assert (verdict.outcome, verdict.feedback[0].code, session.suggested) == ("wrong", "gave-up", 1)


def test_a_hint_on_a_card_the_learner_grades(world: World) -> None:
    session = world.open(Filters(kind="term"))
    hint = session.hint()
    assert hint is not None
    assert hint.en == "R···"
    assert session.answer() is None
    assert session.suggested == 3


def test_the_event_tells_how_it_was(world: World) -> None:
    session = world.open(Filters(kind="choice"))
    question = session.question
    assert question is not None
    session.language = "ko"
    world.clock.advance(2)
    session.hint()
    session.answer([question.order[0]])
    world.clock.advance(1.5)
    rated = session.rate(5)
    (event,) = world.journal.events()
    assert event.id == rated.event
    data = event.data
    assert (data["lang"], data["hints"], data["quality"]) == ("ko", 1, 5)
    assert (data["answer_ms"], data["took_ms"]) == (2000, 3500)
    assert (data["response"], tuple(data["order"])) == ([question.order[0]], question.order)
    assert data["outcome"] in ("correct", "wrong")


def test_a_pause_is_not_study_time(world: World, answer: Answer) -> None:
    session = world.open()
    assert session.question
    world.clock.advance(3600)
    answer(session, 4)
    assert session.summary.seconds == LONGEST_MS / 1000


def test_a_question_must_be_answered_before_it_is_rated(world: World) -> None:
    session = world.open()
    with pytest.raises(ValueError, match="answered before"):
        session.rate(4)
    session.answer()
    with pytest.raises(ValueError, match="quality"):
        session.rate(6)
    assert list(world.journal.events()) == []
    session.rate(5)


def test_a_leech_is_told_once(world: World, answer: Answer) -> None:
    told = []
    for _day in range(10):
        session = world.open(Filters(kind="cloze"))
        assert session.question is not None
        told.append(answer(session, 0).leech)
        answer(session, 4)
        world.days(1)
    assert told == [False] * 8 + [True, False]


# -- putting away and undo -----------------------------------------------------------------------------------


def test_bury_until_tomorrow_with_its_siblings(world: World) -> None:
    session = world.open(Filters(kind="cloze"))
    session.bury()
    assert session.question is None
    assert session.summary.buried == 1
    assert world.open(Filters(kind="cloze")).question is None
    world.days(1)
    question = world.open(Filters(kind="cloze")).question
    assert question is not None
    assert question.card.face == "c1"


def test_suspend_for_good(world: World) -> None:
    session = world.open(Filters(kind="flashcard", concept="adam"))
    session.suspend()
    assert session.question is None
    world.days(30)
    assert world.open(Filters(kind="flashcard", concept="adam")).question is None
    assert world.open(Filters(kind="flashcard", concept="adam", cram=True)).question is None


@pytest.mark.parametrize("action", ["review", "bury", "suspend"])
def test_undo_brings_the_card_back_as_it_was(world: World, action: str) -> None:
    session = world.open(Filters(kind="choice"))
    before, progress = session.question, session.progress
    assert before is not None
    if action == "review":
        session.hint()
        session.answer([2])
        session.rate(1)
    else:
        getattr(session, action)()
    assert session.question != before
    undone = session.undo()
    assert undone is not None
    assert (undone.action, undone.card) == (action, before.card.key)
    after = session.question
    assert after is not None
    assert (after.card, after.order, after.state, after.phase) == (
        before.card, before.order, before.state, before.phase,
    )  # fmt: skip
    assert session.progress == progress
    assert not session.answered
    assert session.hints_shown == ()
    assert session.undo() is None


def test_undo_across_a_hundred_actions(world: World, answer: Answer) -> None:
    session = world.open(Filters(concept="adam"))
    for number in range(100):
        answer(session, number % 4)
    first = session._steps[0].question
    for _ in range(100):
        assert session.undo() is not None
    assert session.question is not None
    assert session.question.card == first.card
    assert session.question.state == first.state
    assert session.undo() is None
    assert session.summary.answers == 0


def test_undo_after_a_restart_reaches_back_into_today(world: World, answer: Answer) -> None:
    session = world.open()
    first = answer(session, 5)
    second = answer(session, 2)
    session = world.open()
    left = session.progress.left
    undone = session.undo()
    assert undone is not None
    assert undone.card == second.question.card.key
    assert session.question is not None
    assert session.question.state == second.question.state
    assert session.progress.left == left, "it was to come again, now it comes as a new card"
    session.undo()
    assert session.question is not None
    assert session.question.card == first.question.card
    assert session.undo() is None
    world.days(1)
    answer(session, 5)
    world.days(1)
    assert world.open().undo() is None, "yesterday stays as it was"


def test_a_killed_session_goes_on_with_the_same_cards(world: World, answer: Answer) -> None:
    session = world.open(new_per_day=6)
    answer(session, 4)
    failed = answer(session, 1).question.card.key
    pending = {session._agenda.current, *session._agenda.queue[session._agenda.position :], failed}
    session = world.open(new_per_day=6)
    assert session.question is not None
    assert (session.question.card.key, session.question.phase) == (failed, "repeat")
    assert {"small/" + key for key in keys_to_the_end(session, answer)} == pending


def test_limit_does_not_count_what_must_come_again(world: World, answer: Answer) -> None:
    answer(world.open(), 1)
    assert world.open(Filters(limit=2)).progress.left == 3


def test_two_sessions_do_not_ask_the_same_twice(world: World, answer: Answer) -> None:
    here, there = world.open(), world.open()
    assert here.question is not None
    answer(there, 5)
    answer(there, 5)
    # The card that was on the screen already is answered as a repeat: its schedule is not moved twice.
    rated = answer(here, 4)
    assert rated.after.reviews == 1
    assert here.progress.left == 5
    while here.question is not None:
        answer(here, 4)
    assert there.question is None
    assert world.journal.today(here.day).introduced == 7


def test_a_card_put_away_in_another_session_is_not_asked(world: World, answer: Answer) -> None:
    here, there = world.open(Filters(concept="adam")), world.open(Filters(concept="adam"))
    answer(there, 5)
    suspended = there.question
    there.suspend()
    buried = there.question
    there.bury()
    assert suspended is not None
    assert buried is not None
    assert here.question is None


def test_the_day_turns_at_four_in_the_morning(world: World, answer: Answer) -> None:
    session = world.open(Filters(kind="cloze"))
    world.clock.advance(15.5 * 3600)
    rated = answer(session, 2)
    assert rated.after.last == session.day
    world.clock.advance(3600)
    assert session.question is not None
    assert session.question.phase == "review", "the failed card is due on the new day"
    assert answer(session, 4).after.last == session.day + 1


def test_a_full_disk_leaves_the_session_where_it_is(
    world: World, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = world.open()
    answer(session, 4)
    before = session.question
    session.answer()

    def full(*_args: object, **_named: object) -> None:
        raise StorageError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(world.journal, "append", full)
        patch.setattr(world.journal, "undo", full)
        for action in (lambda: session.rate(4), session.bury, session.suspend, session.undo):
            with pytest.raises(StorageError):
                action()
            assert session.question is before
            assert session.answered
    assert len(list(world.journal.events())) == 1
    assert session.rate(4).question is before
    assert len(list(world.journal.events())) == 2


def test_summary_and_progress(world: World, answer: Answer) -> None:
    session = world.open(Filters(limit=4))
    assert session.progress.seconds_left == 4 * 8
    for quality in (5, 4, 1, 4):
        answer(session, quality)
    summary = session.summary
    assert summary.qualities == (0, 1, 0, 0, 2, 1)
    assert summary.accuracy == 0.75
    assert (summary.new, summary.reviews, summary.pending, summary.seconds) == (4, 0, 1, 20)
    assert (summary.next_day, summary.next_count) == (session.day + 1, 4)
    assert session.progress.share == 0.75
    assert world.open().progress.seconds_left == 4 * 5


@pytest.mark.parametrize("days", [1, 2, 7, 365, 36_500])
def test_the_next_due_day_is_found(days: int) -> None:
    assert upcoming(lambda day: 2 + (day >= 100 + days) + (day >= 100 + 2 * days), 100) == (100 + days, 1)


def test_what_is_due_today_is_not_what_comes_next() -> None:
    assert upcoming(lambda day: 5, 100) == (None, 0)
