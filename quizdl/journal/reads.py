"""What a session asks the journal: states, what is due, what was done today."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import filterfalse
from pathlib import Path
from typing import NamedTuple

from quizdl.journal import rows
from quizdl.journal.events import Event
from quizdl.journal.faults import guarded
from quizdl.scheduling.queue import DueCard, item_of
from quizdl.scheduling.state import CardState

_FIRST_DUE = 1_024
_CHUNK = 500  # parameters of one statement; SQLite's own limit is higher everywhere

# Floats order the ratio well enough: two cards that a double cannot tell apart fall back to (due, card).
_DUE = """SELECT card, due, interval FROM cards
    WHERE interval > 0 AND suspended = 0 AND due <= :day AND buried_until <= :day
    ORDER BY (:day - due) * 1.0 / interval DESC, due, card LIMIT :limit OFFSET :offset"""


class Today(NamedTuple):
    """What this study day already had: new cards introduced, due cards reviewed, and the cards themselves."""

    introduced: int
    reviewed: int
    cards: frozenset[str]

    @property
    def items(self) -> frozenset[str]:
        """The items of those cards, whose siblings wait for another day."""
        return frozenset(map(item_of, self.cards))


class Reader:
    """The reading half of a journal: queries over the cached states and the events. Writes nothing."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @property
    def empty(self) -> bool:
        """Whether nothing was ever written."""
        with guarded(self.path):
            return self.connection.execute("SELECT 1 FROM events LIMIT 1").fetchone() is None

    def state(self, card: str) -> CardState:
        """The state of a card; that of a new card if nothing ever happened to it."""
        with guarded(self.path):
            return rows.read_state(self.connection, card)

    def states(self, cards: Iterable[str] | None = None) -> dict[str, CardState]:
        """The states of those cards that have events; of all such cards by default."""
        with guarded(self.path):
            if cards is None:
                found = self.connection.execute(f"SELECT card, {rows.STATE} FROM cards").fetchall()
                return {row[0]: rows.state_of(row[1:]) for row in found}
            wanted, states = list(cards), {}
            for start in range(0, len(wanted), _CHUNK):
                part = wanted[start : start + _CHUNK]
                marks = ", ".join("?" * len(part))
                for row in self.connection.execute(
                    f"SELECT card, {rows.STATE} FROM cards WHERE card IN ({marks})", part
                ):
                    states[row[0]] = rows.state_of(row[1:])
            return states

    def due(self, day: int) -> Iterator[DueCard]:
        """The cards of this day's queue: those that must come again today, then the due, most overdue first.

        Most overdue is (day − due) / interval, then the earlier due day, then the key. Rows are fetched as
        they are asked for: whoever stops at the day's limit pays for the first thousand, not for all.
        """
        with guarded(self.path):
            for key, due, interval in self.connection.execute(
                "SELECT card, due, interval FROM cards WHERE interval > 0 AND last = ? AND again = 1 "
                "AND suspended = 0 AND buried_until <= ? ORDER BY card",
                (day, day),
            ).fetchall():
                yield DueCard(key, due, interval, again=True)
            for limit, offset in ((_FIRST_DUE, 0), (-1, _FIRST_DUE)):
                given = {"day": day, "limit": limit, "offset": offset}
                found = self.connection.execute(_DUE, given).fetchall()
                for key, due, interval in found:
                    yield DueCard(key, due, interval)
                if limit > len(found):
                    return

    def due_count(self, day: int) -> int:
        """How many cards are due on this day, without those that must come again."""
        with guarded(self.path):
            (count,) = self.connection.execute(
                "SELECT count(*) FROM cards "
                "WHERE interval > 0 AND suspended = 0 AND due <= ? AND buried_until <= ?",
                (day, day),
            ).fetchone()
        return int(count)

    def seen(self) -> set[str]:
        """The cards that ever had a scheduled review: those that are not new."""
        with guarded(self.path):
            # One long string is twice as fast to fetch as 100,000 rows; no key has a line break in it.
            (text,) = self.connection.execute(
                "SELECT group_concat(card, char(10)) FROM cards WHERE interval > 0"
            ).fetchone()
        return set(text.split("\n")) if text else set()

    def hidden(self, day: int) -> set[str]:
        """The cards that are suspended, or buried beyond this day."""
        with guarded(self.path):
            found = self.connection.execute(
                "SELECT card FROM cards WHERE (suspended = 1 OR buried_until > 0) "
                "AND (suspended = 1 OR buried_until > ?)",
                (day,),
            ).fetchall()
        return {card for (card,) in found}

    def unseen(self, cards: Iterable[str], day: int) -> Iterator[str]:
        """Those of these cards that may come as new on this day, in their order: not seen and not hidden.

        The database is asked when the first card is taken, so nothing is paid if no new card may come.

        Args:
            cards: keys, best as a mapping's or list's own iterator: 100,000 are looked through in 5 ms.
            day: the study day.
        """
        closed = self.seen()
        closed.update(self.hidden(day))
        yield from filterfalse(closed.__contains__, cards)

    def today(self, day: int) -> Today:
        """What was done on this study day: for the daily limits, and to keep siblings apart."""
        with guarded(self.path):
            found = self.connection.execute(
                "SELECT card, first = last FROM cards WHERE interval > 0 AND last = ?", (day,)
            ).fetchall()
        introduced = sum(new for _, new in found)
        return Today(introduced, len(found) - introduced, frozenset(card for card, _ in found))

    def events(self, card: str | None = None) -> Iterator[Event]:
        """All events in merge order, or those of one card."""
        where, given = ("WHERE card = ?", (card,)) if card is not None else ("", ())
        with guarded(self.path):
            for row in self.connection.execute(
                f"SELECT {rows.EVENT} FROM events {where} ORDER BY {rows.ORDER}", given
            ):
                yield rows.event_of(row)

    def answer_times(self, last: int = 2_000) -> dict[str, list[int]]:
        """How long correct answers took, from the question to the answer, by kind of item.

        Args:
            last: scheduled reviews that are looked at, the latest ones; those taken back do not count.

        Returns:
            Milliseconds, the latest first.
        """
        with guarded(self.path):
            found = self.connection.execute(
                "SELECT json_extract(data, '$.item', '$.answer_ms', '$.outcome') FROM events "
                "WHERE kind = 'review' AND phase = 'scheduled' AND row NOT IN (SELECT row FROM undone) "
                "ORDER BY row DESC LIMIT ?",
                (last,),
            ).fetchall()
        times: dict[str, list[int]] = {}
        for (text,) in found:
            kind, answer_ms, outcome = json.loads(text)
            if outcome == "correct" and isinstance(kind, str) and isinstance(answer_ms, int):
                times.setdefault(kind, []).append(answer_ms)
        return times

    def typical_ms(self, default: int = 8_000) -> int:
        """The median time of the last 200 scheduled reviews, in milliseconds, to foretell the time left."""
        with guarded(self.path):
            found = self.connection.execute(
                "SELECT took_ms FROM events WHERE kind = 'review' AND phase = 'scheduled' "
                "ORDER BY row DESC LIMIT 200"
            ).fetchall()
        times = sorted(took for (took,) in found)
        return times[len(times) // 2] if times else default
