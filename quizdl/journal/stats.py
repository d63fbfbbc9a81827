"""Statistics: what the journal says about learning so far and the days to come. Aggregates only, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from quizdl.journal.faults import guarded
from quizdl.journal.store import Journal
from quizdl.scheduling.days import date_of
from quizdl.scheduling.state import LEECH_LAPSES

SERIES_DAYS = 365
FORECAST_DAYS = 30
RETENTION_DAYS = 30
MATURE = 21
YOUNG = 6
LONGEST_MS = 600_000
"""An answer counts for at most ten minutes: beyond that the learner was away."""

_DAYS = """SELECT day, count(*), sum(min(took_ms, :longest)),
    sum(phase = 'scheduled' AND was = 0),
    sum(phase = 'scheduled' AND was BETWEEN 1 AND :mature - 1),
    sum(phase = 'scheduled' AND was BETWEEN 1 AND :mature - 1 AND quality >= 3),
    sum(phase = 'scheduled' AND was >= :mature),
    sum(phase = 'scheduled' AND was >= :mature AND quality >= 3)
    FROM events WHERE day > :after AND day <= :day AND quality IS NOT NULL
    AND row NOT IN (SELECT row FROM undone) GROUP BY day"""

_STUDIED = """SELECT DISTINCT day FROM events
    WHERE quality IS NOT NULL AND row NOT IN (SELECT row FROM undone) ORDER BY day"""


@dataclass(frozen=True, slots=True)
class DayCount:
    """One study day: answers of every kind, their time, and how scheduled ones went.

    Args:
        day: the study day.
        reviews: answers, repeats and cram included.
        milliseconds: time for them, each at most ten minutes.
        introduced: new cards answered for the first time.
        young, mature: scheduled answers to cards whose interval was 1..20 days, or 21 and more.
        young_passed, mature_passed: those of quality ≥ 3.
    """

    day: int
    reviews: int = 0
    milliseconds: int = 0
    introduced: int = 0
    young: int = 0
    young_passed: int = 0
    mature: int = 0
    mature_passed: int = 0


@dataclass(frozen=True, slots=True)
class Retention:
    """True retention: of the scheduled answers to cards that were due again (interval ≥ 1 day), how many
    were of quality ≥ 3. First answers, repeats within a session and cram do not count.

    Example:
        >>> Retention(passed=9, total=10).rate, Retention(0, 0).rate
        (0.9, None)
    """

    passed: int
    total: int

    @property
    def rate(self) -> float | None:
        """passed / total, or None without answers."""
        return self.passed / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Mastery:
    """How well a concept's cards are known: mastery = mean of min(interval, 21) / 21, new cards count 0.

    Suspended cards are left out. 1.0 means that every card is mature.
    """

    concept: str
    cards: int
    seen: int
    mature: int
    mastery: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """A snapshot for one study day.

    Args:
        day: the study day.
        due: cards due today, overdue ones included, hidden ones not.
        forecast: cards that become due today (with all overdue), tomorrow … for 30 days; only the next review
            of each card is counted, not those that will follow from it.
        days: the last 365 days, oldest first, today last.
        retention, retention_young, retention_mature: of the last 30 days.
        streak: study days in a row up to today; a day not yet studied does not break it before it ends.
        longest_streak: the longest there ever was.
        states: how many cards are new, learning (interval < 6), young (6..20), mature (≥ 21) or suspended;
            each card is in one of these; leech (8 lapses) is counted beside them.
        concepts: mastery of each concept, in the order of the cards given.
        typical_seconds: the median answer.
    """

    day: int
    due: int
    forecast: tuple[int, ...]
    days: tuple[DayCount, ...]
    retention: Retention
    retention_young: Retention
    retention_mature: Retention
    streak: int
    longest_streak: int
    states: Mapping[str, int]
    concepts: tuple[Mastery, ...]
    typical_seconds: float

    @property
    def today(self) -> DayCount:
        """Today's count."""
        return self.days[-1]

    def to_dict(self) -> dict[str, Any]:
        """As plain values for JSON: dates in ISO form beside day numbers, rates beside their counts."""
        plain = asdict(self)
        plain["date"] = date_of(self.day).isoformat()
        plain["states"] = dict(self.states)
        for day in plain["days"]:
            day["date"] = date_of(day["day"]).isoformat()
        for name in ("retention", "retention_young", "retention_mature"):
            plain[name]["rate"] = getattr(self, name).rate
        return plain


def statistics(journal: Journal, day: int, cards: Mapping[str, str]) -> Statistics:
    """Work out the statistics of a study day.

    Args:
        journal: the learner's.
        day: the study day.
        cards: the key of every installed card → its concept. Cards of removed packs count in what was done
            (days, retention, streak), not in what is known or due.

    Example:
        >>> import tempfile
        >>> from pathlib import Path
        >>> with tempfile.TemporaryDirectory() as home, Journal.open(Path(home) / "journal.db") as journal:
        ...     _ = journal.append("review", "dl/relu.a/front", {"quality": 4, "took_ms": 4000},
        ...                        at_ms=0, offset_minutes=0, day=100)
        ...     found = statistics(journal, 101, {"dl/relu.a/front": "relu"})
        >>> found.due, found.streak, found.states["learning"], found.concepts[0].seen
        (1, 1, 1, 1)
    """
    days = _days(journal, day)
    recent = days[-RETENTION_DAYS:]
    young = Retention(sum(one.young_passed for one in recent), sum(one.young for one in recent))
    mature = Retention(sum(one.mature_passed for one in recent), sum(one.mature for one in recent))
    streak, longest = _streaks(journal, day)
    forecast, states, concepts = _cards(journal, day, cards)
    return Statistics(
        day=day,
        due=forecast[0],
        forecast=tuple(forecast),
        days=days,
        retention=Retention(young.passed + mature.passed, young.total + mature.total),
        retention_young=young,
        retention_mature=mature,
        streak=streak,
        longest_streak=longest,
        states=states,
        concepts=concepts,
        typical_seconds=journal.typical_ms() / 1000,
    )


def _days(journal: Journal, day: int) -> tuple[DayCount, ...]:
    given = {"day": day, "after": day - SERIES_DAYS, "longest": LONGEST_MS, "mature": MATURE}
    with guarded(journal.path):
        found = {row[0]: DayCount(*row) for row in journal.connection.execute(_DAYS, given)}
    return tuple(found.get(one, DayCount(one)) for one in range(day - SERIES_DAYS + 1, day + 1))


def _streaks(journal: Journal, day: int) -> tuple[int, int]:
    with guarded(journal.path):
        studied = [found for (found,) in journal.connection.execute(_STUDIED) if found <= day]
    longest = run = 0
    last = None
    for one in studied:
        run = run + 1 if last == one - 1 else 1
        longest = max(longest, run)
        last = one
    return (run if last is not None and last >= day - 1 else 0), longest


def _cards(
    journal: Journal, day: int, cards: Mapping[str, str]
) -> tuple[list[int], dict[str, int], tuple[Mastery, ...]]:
    forecast = [0] * FORECAST_DAYS
    states = dict.fromkeys(("new", "learning", "young", "mature", "suspended", "leech"), 0)
    counts: dict[str, list[int]] = {}  # concept → cards, seen, mature, sum of capped intervals
    with guarded(journal.path):
        known = {
            row[0]: row
            for row in journal.connection.execute(
                "SELECT card, interval, due, buried_until, suspended, lapses FROM cards"
            )
        }
    for card, concept in cards.items():
        count = counts.setdefault(concept, [0, 0, 0, 0])
        _, interval, due, buried_until, suspended, lapses = known.get(card, (card, 0, 0, 0, 0, 0))
        states["leech"] += lapses >= LEECH_LAPSES
        if suspended:
            states["suspended"] += 1
            continue
        count[0] += 1
        if interval == 0:
            states["new"] += 1
            continue
        state = "learning" if interval < YOUNG else "young" if interval < MATURE else "mature"
        states[state] += 1
        count[1] += 1
        count[2] += interval >= MATURE
        count[3] += min(interval, MATURE)
        ahead = max(due, buried_until, day) - day
        if ahead < FORECAST_DAYS:
            forecast[ahead] += 1
    return (
        forecast,
        states,
        tuple(
            Mastery(concept, total, seen, mature, known_days / (MATURE * total) if total else 0.0)
            for concept, (total, seen, mature, known_days) in counts.items()
        ),
    )
