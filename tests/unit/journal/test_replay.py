"""Undo of undo, whatever the order of arrival, against a definition that is slow and plain."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizdl.errors import JournalError
from quizdl.journal.events import Event
from quizdl.journal.replay import apply, replay, replay_card, undone
from quizdl.scheduling.sm2 import SM2
from quizdl.scheduling.state import CardState


def event(place: int, kind: str, **data: Any) -> Event:
    return Event(f"{place}", "phone", place, 1_000 * place, 0, 100 + place, kind, "dl/i.x/f", data)


def review(place: int, quality: int, phase: str = "scheduled", scheduler: str = "sm2") -> Event:
    return event(place, "review", quality=quality, phase=phase, scheduler=scheduler)


def counts(place: int, events: list[Event]) -> bool:
    """An event counts unless a later undo of it counts."""
    return not any(
        later.kind == "undo" and later.data["target"] == events[place].id and counts(after, events)
        for after, later in enumerate(events)
        if after > place
    )


@given(st.lists(st.integers(-3, 6), max_size=12))
def test_undone_is_what_the_definition_says(choices: list[int]) -> None:
    """A number < 0 is a suspension; n ≥ 0 an undo of the event n places before (0 and too far: void)."""
    events = [
        event(place, "suspend") if back < 0 else event(place, "undo", target=str(place - back))
        for place, back in enumerate(choices)
    ]
    taken = undone(events)
    for place, one in enumerate(events):
        if not (one.kind == "undo" and one.data["target"] == one.id):
            assert (one.id not in taken) == counts(place, events)


def test_redo_is_the_undo_of_an_undo() -> None:
    log = [review(1, 4), event(2, "undo", target="1")]
    assert replay_card(log) == CardState()
    log.append(event(3, "undo", target="2"))
    assert replay_card(log) == SM2().schedule(CardState(), 4, 101)
    log.append(event(4, "undo", target="1"))
    assert replay_card(log) == CardState()


def test_an_undo_before_its_target_or_of_nothing_is_void() -> None:
    assert undone([event(1, "undo", target="2"), review(2, 4)]) == set()
    assert undone([review(1, 4), event(2, "undo", target="9")]) == set()


def test_the_order_of_arrival_does_not_matter() -> None:
    log = [review(1, 4), review(2, 1), event(3, "undo", target="2"), review(4, 4), event(5, "bury")]
    expected = replay(log)
    for seed in range(20):
        shuffled = log[:]
        random.Random(seed).shuffle(shuffled)
        assert replay(shuffled) == expected
    assert expected["dl/i.x/f"].repetitions == 2
    assert expected["dl/i.x/f"].buried_until == 106


def test_each_review_is_replayed_by_the_scheduler_it_names() -> None:
    class Box:
        """A Leitner box: another algorithm is one class and a name."""

        name = "box"

        def schedule(self, state: CardState, quality: int, day: int) -> CardState:
            box = state.repetitions + 1 if quality >= 3 else 0
            return state.reviewed(quality, day, repetitions=box, ease=state.ease, interval=2**box)

        def preview(self, state: CardState, day: int) -> tuple[int, ...]:
            return tuple(self.schedule(state, quality, day).interval for quality in range(6))

    find = {"box": Box(), "sm2": SM2()}.__getitem__
    state = apply(apply(CardState(), review(1, 4), find), review(2, 4, scheduler="box"), find)
    assert (state.interval, state.due, state.reviews) == (4, 106, 2)
    with pytest.raises(JournalError, match="received 'box'"):
        apply(CardState(), review(1, 4, scheduler="box"))
