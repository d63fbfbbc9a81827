"""Rows of the database and the values they stand for."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from quizdl.journal.events import Event
from quizdl.journal.replay import replay_card, undone
from quizdl.scheduling.state import CardState

_HEAD = "id, device, seq, at_ms, offset_minutes, day, kind, card"
EVENT = f"row, {_HEAD}, target, phase, quality, was, took_ms, data"
ORDER = "at_ms, device, seq, id"
_FACTS = ("target", "phase", "quality", "was", "took_ms")  # parts of Event.data with a column of their own

STATE = "repetitions, ease, interval, due, last, first, reviews, lapses, again, suspended, buried_until"
_WRITE_STATE = f"INSERT OR REPLACE INTO cards (card, {STATE}) VALUES ({', '.join('?' * 12)})"
_WRITE_EVENT = f"INSERT INTO events ({EVENT}) VALUES (NULL, {', '.join('?' * 14)})"

Row = tuple[Any, ...]


def event_of(row: Row) -> Event:
    """The event that a row of `EVENT` columns holds."""
    data = json.loads(row[14])
    for name, value in zip(_FACTS, row[9:14], strict=True):
        if value is not None:
            data[name] = value
    return Event._make((*row[1:9], data))


def values_of(event: Event) -> Row:
    """The columns of an event, without its row number."""
    rest: Mapping[str, Any] = {name: value for name, value in event.data.items() if name not in _FACTS}
    facts = tuple(event.data.get(name) for name in _FACTS)
    return (*event[:8], *facts, _json(rest))


def _json(data: Mapping[str, Any]) -> str:
    """Compact JSON with Korean as it is; text that is no Unicode (half a surrogate pair) is escaped."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(data, allow_nan=False, separators=(",", ":"))
    return text


def write_event(connection: sqlite3.Connection, event: Event) -> None:
    """Append the event."""
    connection.execute(_WRITE_EVENT, values_of(event))


def state_of(row: Row) -> CardState:
    """The state that a row of `STATE` columns holds."""
    repetitions, ease, interval, due, last, first, reviews, lapses, again, suspended, buried_until = row
    return CardState(
        repetitions,
        ease,
        interval,
        due,
        last,
        first,
        reviews,
        lapses,
        bool(again),
        bool(suspended),
        buried_until,
    )


def read_state(connection: sqlite3.Connection, card: str) -> CardState:
    """The cached state of a card; a new card's if it has no events."""
    row = connection.execute(f"SELECT {STATE} FROM cards WHERE card = ?", (card,)).fetchone()
    return state_of(row) if row else CardState()


def write_state(connection: sqlite3.Connection, card: str, s: CardState) -> None:
    """Cache the state of a card."""
    connection.execute(
        _WRITE_STATE,
        (
            card,
            s.repetitions,
            s.ease,
            s.interval,
            s.due,
            s.last,
            s.first,
            s.reviews,
            s.lapses,
            s.again,
            s.suspended,
            s.buried_until,
        ),
    )


def recompute(connection: sqlite3.Connection, card: str) -> CardState:
    """Replay one card from its events and write both caches (`cards`, `undone`) for it."""
    own = f"SELECT {EVENT} FROM events WHERE card = ? ORDER BY {ORDER}"
    rows = connection.execute(own, (card,)).fetchall()
    state, taken = _replayed(rows)
    connection.execute("DELETE FROM undone WHERE row IN (SELECT row FROM events WHERE card = ?)", (card,))
    connection.executemany("INSERT INTO undone (row) VALUES (?)", ((row,) for row in taken))
    if rows:
        write_state(connection, card, state)
    return state


def replayed(connection: sqlite3.Connection) -> Iterator[tuple[str, CardState, list[int]]]:
    """Every card that has events: its state by replay and the rows of its undone events, by card.

    Goes through the events card by card, so memory holds one card's history at a time.
    """
    rows: Iterable[Row] = connection.execute(f"SELECT {EVENT} FROM events ORDER BY card, {ORDER}")
    for card, group in groupby(rows, key=lambda row: row[8]):
        yield card, *_replayed(list(group))


def rebuild(connection: sqlite3.Connection) -> int:
    """Make both caches anew from the events, inside the caller's transaction. Returns the number of cards."""
    connection.execute("DELETE FROM cards")
    connection.execute("DELETE FROM undone")
    count = 0
    for count, (card, state, taken) in enumerate(replayed(connection), start=1):  # noqa: B007
        write_state(connection, card, state)
        connection.executemany("INSERT INTO undone (row) VALUES (?)", ((row,) for row in taken))
    return count


def _replayed(rows: list[Row]) -> tuple[CardState, list[int]]:
    events = [event_of(row) for row in rows]
    taken = undone(events) if any(event.kind == "undo" for event in events) else set()
    return replay_card(events), [row[0] for row, event in zip(rows, events, strict=True) if event.id in taken]
