"""Laws of the journal: replay equals cache, undo restores, sessions act as if in line, merge is a union."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdl.journal import rows
from quizdl.journal.merge import merge
from quizdl.journal.replay import replay
from quizdl.journal.store import Journal
from quizdl.scheduling.state import CardState

CARDS = [f"dl/i{n}.x/{face}" for n in range(2) for face in "ab"]
FIRST_DAY = 20_000

REVIEW = st.builds(
    lambda quality, phase, took: ("review", {"quality": quality, "phase": phase, "took_ms": took}),
    st.integers(0, 5),
    st.sampled_from(["scheduled", "scheduled", "repeat", "cram"]),
    st.integers(0, 60_000),
)
OTHER = st.builds(
    lambda kind: (kind, {}), st.sampled_from(["suspend", "unsuspend", "bury", "unbury", "undo"])
)
# (what, which card, days since the step before, milliseconds since then: a clock may run backwards)
STEP = st.tuples(
    st.one_of(REVIEW, OTHER), st.sampled_from(CARDS), st.integers(0, 9), st.integers(-5_000, 90_000)
)
STEPS = st.lists(STEP, max_size=25)
FEWER = settings(max_examples=60, deadline=None)


class Player:
    """Plays steps into a journal on its own clock."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        self.day, self.at_ms = FIRST_DAY, FIRST_DAY * 86_400_000

    def play(self, step: tuple[tuple[str, dict[str, Any]], str, int, int]) -> None:
        (kind, data), card, days, later = step
        self.day += days
        self.at_ms += days * 86_400_000 + later
        when = {"at_ms": self.at_ms, "offset_minutes": 540, "day": self.day}
        if kind == "undo":
            self.journal.undo(**when)
        else:
            self.journal.append(kind, card, data, **when)


def events_of(journal: Journal) -> list[Any]:
    return list(journal.events())


def undone_ids(journal: Journal) -> set[str]:
    return {row[0] for row in journal.connection.execute("SELECT id FROM events JOIN undone USING (row)")}


def check_sound(journal: Journal) -> None:
    events = events_of(journal)
    assert journal.states() == replay(events)
    found, states = undone_ids(journal), {}
    taken = set()
    for card, state, undone in rows.replayed(journal.connection):
        states[card] = state
        taken.update(undone)
    assert states == journal.states()
    assert taken == {row for (row,) in journal.connection.execute("SELECT row FROM undone")}
    assert found == {event.data["target"] for event in events if event.kind == "undo"}
    own = [event for event in events if event.device == journal.device]
    assert [event.seq for event in own] == list(range(1, len(own) + 1))


@FEWER
@given(STEPS)
def test_any_sequence_of_events_replays_to_the_cached_state(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder, Journal.open(Path(folder) / "j.db") as journal:
        player = Player(journal)
        for step in steps:
            player.play(step)
        check_sound(journal)
        events = events_of(journal)
        assert all(one.at_ms < two.at_ms for one, two in pairwise(events))
        before = journal.states()
        with journal.transaction():
            journal.connection.execute("UPDATE cards SET ease = 999")
            rows.rebuild(journal.connection)
        assert journal.states() == before


@FEWER
@given(STEPS, STEP.filter(lambda step: step[0][0] != "undo"))
def test_undo_after_any_event_restores_the_state_before(steps: list[Any], last: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, Journal.open(Path(folder) / "j.db") as journal:
        player = Player(journal)
        for step in steps:
            player.play(step)
        before = {card: journal.state(card) for card in CARDS}
        seen, undone = journal.seen(), undone_ids(journal)
        count = len(events_of(journal))
        player.play(last)
        player.play((("undo", {}), "", 0, 1))
        assert {card: journal.state(card) for card in CARDS} == before
        assert journal.seen() == seen
        assert len(undone_ids(journal) - undone) == 1
        assert len(events_of(journal)) == count + 2, "nothing is deleted"


@FEWER
@given(STEPS, STEPS, st.lists(st.booleans(), max_size=50))
def test_two_interleaved_sessions_equal_some_serial_order(
    one: list[Any], two: list[Any], turns: list[bool]
) -> None:
    """Two sessions on one file end where one session ends that does all their events in commit order."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "j.db"
        with Journal.open(path) as first, Journal.open(path) as second:
            left = {True: list(one), False: list(two)}
            players = {True: Player(first), False: Player(second)}
            for turn in [*turns, *[True] * len(one), *[False] * len(two)]:
                if left[turn]:
                    players[turn].play(left[turn].pop(0))
            check_sound(first)
            committed = events_of(first)
            assert committed == events_of(second)
            final = first.states()
            assert final == second.states()
        with Journal.open(Path(folder) / "serial.db") as serial:
            ids: dict[str, str] = {}
            for event in committed:
                when = {"at_ms": event.at_ms, "offset_minutes": event.offset_minutes, "day": event.day}
                if event.kind == "undo":  # one session has only one line of undo: name the target it had
                    serial._own = [ids[event.data["target"]]]
                    copy = serial.undo(**when)
                else:
                    copy = serial.append(event.kind, event.card, event.data, **when)
                assert copy is not None
                ids[event.id] = copy.id
                assert copy.data.get("was") == event.data.get("was"), "each saw all events before it"
            assert serial.states() == final


@FEWER
@given(STEPS, STEPS, STEPS)
def test_merge_is_a_union(one: list[Any], two: list[Any], three: list[Any]) -> None:
    """Idempotent, commutative, associative: three journals end alike, in whatever way they merge."""
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)

        def make(name: str, steps: list[Any]) -> Path:
            with Journal.open(base / name) as journal:
                player = Player(journal)
                for step in steps:
                    player.play(step)
            return base / name

        def copy(source: Path, name: str) -> Path:
            (base / name).write_bytes(source.read_bytes())
            return base / name

        def merged(*paths: Path) -> tuple[list[Any], dict[str, CardState]]:
            with Journal.open(copy(paths[0], "merged.db")) as journal:
                for path in paths[1:]:
                    merge(journal, path)
                assert [merge(journal, path) for path in paths] == [0] * len(paths), (
                    "a second time adds nothing"
                )
                check_sound(journal)
                result = events_of(journal), journal.states()
            (base / "merged.db").unlink()
            return result

        a, b, c = make("a.db", one), make("b.db", two), make("c.db", three)
        expected = merged(a, b, c)
        assert len(expected[0]) == sum(len(merged(path)[0]) for path in (a, b, c))
        assert merged(c, a, b) == expected
        with Journal.open(copy(b, "bc.db")) as journal:
            merge(journal, c)
        assert merged(a, base / "bc.db") == expected
        assert merged(base / "bc.db", a) == expected
