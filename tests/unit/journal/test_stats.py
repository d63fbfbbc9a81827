"""Statistics against plain counting: over made-up journals and over a real learner's review log."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizdl.journal.doctor import examine
from quizdl.journal.events import Event
from quizdl.journal.replay import replay
from quizdl.journal.stats import LONGEST_MS, DayCount, Retention, statistics
from quizdl.journal.store import Journal
from quizdl.scheduling.days import study_day

DAY = 19_676
LOG = Path(__file__).parents[2] / "data" / "review-log.csv"
A, B, C, D = "dl/softmax.a/front", "dl/softmax.b/front", "dl/relu.a/front", "dl/relu.b/front"
CARDS = {A: "softmax", B: "softmax", C: "relu", D: "relu"}


def test_an_empty_journal(journal: Journal) -> None:
    found = statistics(journal, DAY, CARDS)
    assert (found.due, found.streak, found.longest_streak) == (0, 0, 0)
    assert found.forecast == (0,) * 30
    assert len(found.days) == 365
    assert found.today == DayCount(DAY)
    assert found.retention.rate is None
    assert found.states == {"new": 4, "learning": 0, "young": 0, "mature": 0, "suspended": 0, "leech": 0}
    assert [(one.concept, one.cards, one.seen, one.mastery) for one in found.concepts] == [
        ("softmax", 2, 0, 0.0), ("relu", 2, 0, 0.0),
    ]  # fmt: skip


def test_states_mastery_and_forecast(learner: Any) -> None:
    for day in (DAY - 22, DAY - 21, DAY - 15):  # intervals 1, 6, 15: due today
        learner.review(A, 4, day)
    learner.review(A, 4, DAY)  # 38 days: mature
    for day in (DAY - 3, DAY - 2):
        learner.review(B, 4, day)  # 6 days: young, due in 4
    learner.review(C, 1, DAY)  # 1 day: learning, due tomorrow
    found = statistics(learner.journal, DAY, CARDS)
    assert found.states == {"new": 1, "learning": 1, "young": 1, "mature": 1, "suspended": 0, "leech": 0}
    assert [day for day, count in enumerate(found.forecast) if count] == [1, 4]
    assert found.due == 0
    softmax, relu = found.concepts
    assert (softmax.cards, softmax.seen, softmax.mature) == (2, 2, 1)
    assert softmax.mastery == pytest.approx((21 + 6) / 42)
    assert relu.mastery == pytest.approx(1 / 42)

    late = statistics(learner.journal, DAY + 50, CARDS)
    assert (late.due, late.forecast[0], sum(late.forecast)) == (3, 3, 3), "what is overdue is due today"

    learner.do("suspend", B)
    learner.do("bury", C, DAY + 1)
    found = statistics(learner.journal, DAY + 1, CARDS)
    assert found.states["suspended"] == 1
    assert found.due == 0
    assert found.forecast[1] == 1, "the buried card comes tomorrow"
    assert found.concepts[0].mastery == 1.0, "the suspended card no longer counts"


def test_cards_of_no_pack_count_in_what_was_done_only(learner: Any) -> None:
    learner.review("gone/x.a/front", 4)
    found = statistics(learner.journal, DAY + 1, CARDS)
    assert (found.due, found.streak, found.states["new"]) == (0, 1, 4)


def test_true_retention_leaves_out_first_answers_repeats_and_cram(learner: Any) -> None:
    learner.review(A, 1, DAY - 2)  # first answer
    learner.review(A, 2, DAY - 2, phase="repeat")
    learner.review(B, 0, DAY - 2, phase="cram")
    learner.review(A, 3, DAY - 1)  # passed
    learner.review(A, 2, DAY)  # failed
    learner.review(A, 5, DAY)
    learner.undo(DAY)
    found = statistics(learner.journal, DAY, CARDS)
    assert found.retention == Retention(passed=1, total=2)
    assert found.retention_young.total == 2
    assert found.retention_mature == Retention(0, 0)
    assert statistics(learner.journal, DAY + 29, CARDS).retention.total == 1, "thirty days are looked at"


def test_a_long_answer_counts_for_ten_minutes(learner: Any) -> None:
    learner.review(A, 4, took_ms=8 * 3_600_000)
    assert statistics(learner.journal, DAY, CARDS).today.milliseconds == LONGEST_MS


@pytest.mark.parametrize(
    ("studied", "streak", "longest"),
    [([0, 1, 2], 3, 3), ([1, 2, 3], 3, 3), ([2, 3], 0, 2), ([0, 2, 3, 4], 1, 3), ([1, 3], 1, 1), ([0], 1, 1)],
)
def test_streak_waits_for_the_end_of_today(
    learner: Any, studied: list[int], streak: int, longest: int
) -> None:
    for ago in sorted(studied, reverse=True):
        learner.review(A, 4, DAY - ago, phase="cram")
    found = statistics(learner.journal, DAY, CARDS)
    assert (found.streak, found.longest_streak) == (streak, longest)


def test_an_undone_day_is_no_studied_day(learner: Any) -> None:
    learner.review(A, 4, DAY - 1)
    learner.review(A, 4, DAY)
    learner.undo(DAY)
    found = statistics(learner.journal, DAY, CARDS)
    assert found.today.reviews == 0
    assert found.streak == 1


def test_to_dict_is_json(learner: Any) -> None:
    learner.review(A, 4)
    plain = json.loads(json.dumps(statistics(learner.journal, DAY, CARDS).to_dict()))
    assert plain["date"] == plain["days"][-1]["date"] == "2023-11-15"
    assert plain["retention"] == {"passed": 0, "total": 0, "rate": None}
    assert plain["states"]["learning"] == 1
    assert len(plain["forecast"]) == 30


# -- a real learner --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journal]:
    """2,500 answers of a real learner in four and a half months; a card's first of a day is scheduled.

    Anki's four buttons become the qualities 1, 3, 4 and 5; every tenth answer is taken back and given again.
    """
    with Journal.open(tmp_path_factory.mktemp("real") / "journal.db") as journal:
        done: set[tuple[str, int]] = set()
        with LOG.open(newline="", encoding="utf-8") as file:
            for number, row in enumerate(csv.DictReader(file)):
                card, at_ms = f"anki/card{row['card']}/front", int(row["at_ms"])
                day = study_day(at_ms, 540)
                phase = "repeat" if (card, day) in done else "scheduled"
                done.add((card, day))
                data = {"quality": (0, 1, 3, 4, 5)[int(row["rating"])], "took_ms": int(row["took_ms"])}
                when = {"at_ms": at_ms, "offset_minutes": 540, "day": day}
                journal.append("review", card, {**data, "phase": phase}, **when)
                if number % 10 == 0:
                    journal.undo(**when)
                    journal.append("review", card, {**data, "phase": phase}, **when)
        yield journal


def effective(journal: Journal) -> list[Event]:
    events = list(journal.events())
    taken = {event.data["target"] for event in events if event.kind == "undo"}
    return [event for event in events if event.kind == "review" and event.id not in taken]


def test_the_real_log_replays(real: Journal) -> None:
    assert real.states() == replay(real.events())
    assert len(effective(real)) == 2_500
    last = max(event.day for event in real.events())
    assert examine(real.path, day=last).healthy


def test_the_real_log_is_counted_right(real: Journal) -> None:
    reviews = effective(real)
    last = max(event.day for event in reviews)
    states = real.states()
    found = statistics(real, last, dict.fromkeys(states, "all"))
    for one in found.days:
        own = [event for event in reviews if event.day == one.day]
        again = [event for event in own if event.data["phase"] == "scheduled" and event.data["was"] > 0]
        assert one.reviews == len(own)
        assert one.milliseconds == sum(min(event.data["took_ms"], LONGEST_MS) for event in own)
        assert one.young + one.mature == len(again)
        assert one.mature_passed == sum(e.data["was"] >= 21 and e.data["quality"] >= 3 for e in again)
        assert one.young_passed == sum(e.data["was"] < 21 and e.data["quality"] >= 3 for e in again)
    assert sum(one.introduced for one in found.days) == len(states) == 300
    assert found.retention.total == sum(one.young + one.mature for one in found.days[-30:]) > 100
    assert found.due == real.due_count(last)
    assert sum(count for name, count in found.states.items() if name != "leech") == 300
    days = {event.day for event in reviews}
    run = next(length for length in range(400) if last - length not in days)
    assert found.streak == run
