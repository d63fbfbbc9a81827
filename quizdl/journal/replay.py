"""Replay: from events to card states. Pure; what it gives is what the journal's cache must hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from quizdl.journal.events import Event
from quizdl.scheduling.registry import scheduler
from quizdl.scheduling.sm2 import Scheduler
from quizdl.scheduling.state import CardState

Find = Callable[[str], Scheduler]


def apply(state: CardState, event: Event, find: Find = scheduler) -> CardState:
    """The state of a card after one more event. An undo changes nothing here: see `replay_card`.

    Args:
        state: before the event.
        event: of this card, later than all that `state` knows.
        find: the scheduler of a name.

    Example:
        >>> event = Event("", "phone", 1, 0, 540, 100, "review", "dl/softmax/front",
        ...               {"quality": 5, "phase": "scheduled", "scheduler": "sm2"})
        >>> apply(CardState(), event).due
        101
    """
    match event.kind:
        case "review":
            quality = event.data["quality"]
            match event.data["phase"]:
                case "scheduled":
                    return find(event.data["scheduler"]).schedule(state, quality, event.day)
                case "repeat":
                    return state.repeated(quality)
        case "suspend":
            return replace(state, suspended=True)
        case "unsuspend":
            return replace(state, suspended=False)
        case "bury":
            return replace(state, buried_until=event.day + 1)
        case "unbury":
            return replace(state, buried_until=0)
    return state


def undone(events: Sequence[Event]) -> set[str]:
    """The ids of the events that are taken back. An undo that is itself undone takes nothing back.

    Args:
        events: of one card, in merge order. An undo comes after its target; one that does not is void.

    Example:
        >>> def event(id, kind, **data): return Event(id, "phone", 1, 0, 0, 0, kind, "a/b/c", data)
        >>> log = [event("1", "suspend"), event("2", "undo", target="1")]
        >>> undone(log)
        {'1'}
        >>> undone([*log, event("3", "undo", target="2")])
        {'2'}
    """
    taken: set[str] = set()
    later: set[str] = set()
    for event in reversed(events):
        if event.kind == "undo" and event.id not in taken and event.data["target"] not in later:
            taken.add(event.data["target"])
        later.add(event.id)
    return taken & later


def replay_card(events: Iterable[Event], find: Find = scheduler) -> CardState:
    """The state of one card from all its events, in whatever order they come in."""
    ordered = sorted(events, key=lambda event: event.order)
    taken = undone(ordered)
    state = CardState()
    for event in ordered:
        if event.id not in taken:
            state = apply(state, event, find)
    return state


def replay(events: Iterable[Event], find: Find = scheduler) -> dict[str, CardState]:
    """The state of every card that has events.

    Example:
        >>> replay([])
        {}
    """
    by_card: dict[str, list[Event]] = {}
    for event in events:
        by_card.setdefault(event.card, []).append(event)
    return {card: replay_card(own, find) for card, own in by_card.items()}
