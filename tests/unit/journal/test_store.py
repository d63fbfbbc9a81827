"""The journal keeps every event, gives back the state that follows, and takes back by adding."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from quizdl.journal.replay import replay
from quizdl.journal.store import Journal
from quizdl.scheduling.queue import overdue_first
from quizdl.scheduling.state import CardState

DAY = 19_676
A, B, C = "dl/softmax.sum/front", "dl/relu.name/ko-en", "dl/adam.beta/c1"


def test_an_event_comes_back_as_it_was_written(path: Path) -> None:
    data = {"quality": 3, "suggested": 4, "took_ms": 4210, "response": "소프트맥스", "score": 0.5, "seed": 7}
    with Journal.open(path) as journal:
        written = journal.append("review", A, data, at_ms=1_000, offset_minutes=-210, day=DAY)
    with Journal.open(path) as journal:
        (read,) = journal.events()
        assert read == written
        assert read.data["response"] == "소프트맥스"
        assert (read.data["phase"], read.data["scheduler"], read.data["was"]) == ("scheduled", "sm2", 0)
        assert (read.seq, read.at_ms, read.offset_minutes, read.day) == (1, 1_000, -210, DAY)
        assert journal.state(A) == CardState(1, 236, 1, DAY + 1, DAY, DAY, 1, 0, again=True)


def test_was_is_the_interval_before_the_answer(learner: Any) -> None:
    was = [learner.review(A, 4, day).data["was"] for day in (DAY, DAY + 1, DAY + 7)]
    assert was == [0, 1, 6]


def test_time_never_runs_backwards_and_seq_counts(journal: Journal) -> None:
    events = [
        journal.append("review", A, {"quality": 4}, at_ms=at, offset_minutes=0, day=DAY)
        for at in (5_000, 4_000, 5_000, 9_000)
    ]
    assert [event.at_ms for event in events] == [5_000, 5_001, 5_002, 9_000]
    assert [event.seq for event in events] == [1, 2, 3, 4]


def test_the_device_stays_the_same_and_differs_between_journals(path: Path, tmp_path: Path) -> None:
    with Journal.open(path) as first, Journal.open(path) as again, Journal.open(tmp_path / "b.db") as other:
        assert first.device == again.device != other.device


@pytest.mark.parametrize("statement", [
    "UPDATE events SET quality = 5",
    "DELETE FROM events",
    "INSERT OR REPLACE INTO events SELECT * FROM events",
])  # fmt: skip
def test_events_are_append_only(learner: Any, statement: str) -> None:
    learner.review(A, 1)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        learner.journal.connection.execute(statement)
    assert [event.data["quality"] for event in learner.journal.events()] == [1]


@pytest.mark.parametrize(("kind", "data"), [
    ("review", {}), ("review", {"quality": 6}), ("review", {"quality": 4, "phase": "later"}),
    ("review", {"quality": 4, "took_ms": -1}), ("undo", {"target": "x"}), ("forget", {}),
])  # fmt: skip
def test_an_impossible_event_is_refused(journal: Journal, kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="must"):
        journal.append(kind, A, data, at_ms=1, offset_minutes=0, day=DAY)
    assert list(journal.events()) == []


@pytest.mark.parametrize(
    "response", ["half \ud800 pair", "nul \x00", "ᄒ\u1161ᆫ 한 👩\u200d🔬", "'); DROP TABLE events;--"]
)
def test_whatever_the_learner_types_is_kept(learner: Any, response: str) -> None:
    learner.review(A, 4, response=response)
    assert [event.data["response"] for event in learner.journal.events()] == [response]


def test_a_number_that_json_does_not_know_is_refused(learner: Any) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        learner.review(A, 4, score=float("nan"))
    assert list(learner.journal.events()) == []
    assert learner.review(A, 4).seq == 1


def test_repeats_and_cram_leave_the_schedule(learner: Any) -> None:
    learner.review(A, 2)
    before = learner.journal.state(A)
    learner.review(A, 3, phase="repeat")
    assert learner.journal.state(A) == before
    learner.review(A, 0, phase="cram")
    assert learner.journal.state(A) == before
    learner.review(A, 4, phase="repeat")
    after = learner.journal.state(A)
    assert not after.again
    assert (after.ease, after.interval, after.due, after.reviews) == (before.ease, 1, DAY + 1, 1)


def test_again_is_pending_after_a_restart_and_lapses_the_next_day(path: Path, learner: Any) -> None:
    learner.review(A, 1)
    learner.review(B, 5)
    with Journal.open(path) as reopened:
        assert [(card.key, card.again) for card in reopened.due(DAY)] == [(A, True)]
        assert [(card.key, card.again) for card in reopened.due(DAY + 1)] == [(B, False), (A, False)]


def test_due_skips_hidden_cards(learner: Any) -> None:
    for card in (A, B, C):
        learner.review(card, 4)
    learner.do("suspend", A)
    learner.do("bury", B, DAY + 1)
    assert [card.key for card in learner.journal.due(DAY + 1)] == [C]
    assert learner.journal.due_count(DAY + 1) == 1
    assert learner.journal.hidden(DAY + 1) == {A, B}
    assert {card.key for card in learner.journal.due(DAY + 2)} == {B, C}
    assert learner.journal.hidden(DAY + 2) == {A}
    learner.do("unsuspend", A)
    learner.do("unbury", B, DAY + 1)
    assert {card.key for card in learner.journal.due(DAY + 1)} == {A, B, C}


def test_a_suspended_new_card_is_hidden_and_not_seen(learner: Any) -> None:
    learner.do("suspend", A)
    learner.review(B, 4)
    assert learner.journal.seen() == {B}
    assert learner.journal.hidden(DAY) == {A}
    assert list(learner.journal.due(DAY)) == []


def test_today_counts_new_and_old_apart(learner: Any) -> None:
    learner.review(A, 4, DAY - 1)
    learner.review(A, 4)
    learner.review(B, 1)
    learner.review(B, 4, phase="repeat")
    learner.review(C, 4, phase="cram")
    assert learner.journal.today(DAY) == (1, 1, frozenset({A, B}))
    learner.undo()
    learner.undo()
    learner.undo()
    assert learner.journal.today(DAY) == (0, 1, frozenset({A}))


def test_undo_adds_and_never_deletes(learner: Any) -> None:
    learner.review(A, 4)
    before = learner.journal.state(A)
    wrong = learner.review(A, 1, DAY + 1)
    undo = learner.undo(DAY + 1)
    assert learner.journal.state(A) == before
    assert (undo.kind, undo.card, undo.data["target"]) == ("undo", A, wrong.id)
    assert [event.kind for event in learner.journal.events()] == ["review", "review", "undo"]


def test_undo_goes_back_step_by_step_and_then_has_nothing(learner: Any) -> None:
    states = []
    for card, quality in ((A, 4), (B, 1), (A, 2)):
        states.append({key: learner.journal.state(key) for key in (A, B)})
        learner.review(card, quality)
    for before in reversed(states):
        assert learner.undo() is not None
        assert {key: learner.journal.state(key) for key in (A, B)} == before
    assert learner.undo() is None
    assert learner.journal.seen() == set()


def test_undo_after_a_restart_reaches_this_day_only(path: Path, learner: Any) -> None:
    learner.review(A, 4, DAY - 1)
    last = learner.review(B, 4)
    with Journal.open(path) as reopened:
        when = {"at_ms": learner.at_ms + 5_000, "offset_minutes": 540, "day": DAY}
        event = reopened.undo(**when)
        assert event is not None
        assert event.data["target"] == last.id
        assert reopened.undo(**when) is None
        assert reopened.seen() == {A}


def test_each_of_two_sessions_undoes_its_own(path: Path, learner: Any) -> None:
    mine = learner.review(A, 4)
    with Journal.open(path) as other:
        theirs = other.append("review", B, {"quality": 4}, at_ms=learner.at_ms, offset_minutes=0, day=DAY)
        assert learner.undo().data["target"] == mine.id
        assert other.undo(at_ms=0, offset_minutes=0, day=DAY).data["target"] == theirs.id
    assert learner.undo() is None


def test_undo_of_a_suspension(learner: Any) -> None:
    learner.review(A, 4)
    learner.do("suspend", A)
    learner.undo()
    assert not learner.journal.state(A).suspended
    assert learner.journal.state(A).reviews == 1


def test_states_of_many(learner: Any) -> None:
    cards = [f"dl/item{n}/front" for n in range(1_200)]
    with learner.journal.transaction():
        pass
    for card in cards[::100]:
        learner.review(card, 5)
    found = learner.journal.states(cards)
    assert set(found) == set(cards[::100])
    assert found == learner.journal.states() == replay(learner.journal.events())


def test_typical_time_is_the_median_of_scheduled_reviews(learner: Any) -> None:
    assert learner.journal.typical_ms(default=1_234) == 1_234
    for took in (9_000, 1_000, 4_000):
        learner.review(A, 4, took_ms=took)
    learner.review(A, 4, took_ms=99_000, phase="cram")
    assert learner.journal.typical_ms() == 4_000


def test_the_database_orders_due_cards_as_the_queue_does(learner: Any) -> None:
    for number in range(40):
        for day, quality in ((DAY - 40 + number, 4), (DAY - 39 + number, 5), (DAY - 33 + number, number % 6)):
            learner.review(f"dl/i{number}.x/f", quality, day)
    day = DAY + 20
    cards = list(learner.journal.due(day))
    assert len(cards) > 30
    assert cards == overdue_first(cards, day)
    assert len(cards) == learner.journal.due_count(day)


def test_unseen_leaves_out_what_was_seen_or_is_hidden(learner: Any) -> None:
    learner.review(A, 1)
    learner.do("suspend", B)
    learner.do("bury", C)
    new = "dl/new.x/f"
    assert list(learner.journal.unseen([new, C, B, A], DAY)) == [new]
    assert list(learner.journal.unseen([new, C, B, A], DAY + 1)) == [new, C]


def test_answer_times_are_those_of_correct_scheduled_answers_by_kind(journal: Journal) -> None:
    def review(at: int, **data: Any) -> None:
        journal.append("review", A, {"quality": 4, **data}, at_ms=at, offset_minutes=0, day=DAY)

    review(1, item="short", answer_ms=900, outcome="correct")
    review(2, item="short", answer_ms=100, outcome="wrong")
    review(3, item="list", answer_ms=700, outcome="correct")
    review(4, item="short", answer_ms=300, outcome="correct", phase="repeat")
    review(5, outcome="correct")  # as journals of earlier versions have it
    review(6, item="short", answer_ms=800, outcome="correct")
    assert journal.answer_times() == {"short": [800, 900], "list": [700]}
    assert journal.answer_times(last=1) == {"short": [800]}
    journal.undo(at_ms=7, offset_minutes=0, day=DAY)
    assert journal.answer_times() == {"short": [900], "list": [700]}
