"""The journal: append-only events in one SQLite file, and the card states that follow from them."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from quizdl.errors import JournalError
from quizdl.journal import rows
from quizdl.journal.events import Event, check, uuid7
from quizdl.journal.faults import guarded
from quizdl.journal.migrations import prepare
from quizdl.journal.reads import Reader
from quizdl.journal.replay import apply

_BUSY_MS = 5_000


class Journal(Reader):
    """One learner's history in one file. Every method that writes returns after the disk has it.

    Several journals may have the same file open, in one process or many: each write is one transaction that
    sees all earlier ones. Use as a context manager, or call `close`.

    Example:
        >>> import tempfile
        >>> folder = tempfile.TemporaryDirectory()
        >>> with Journal.open(Path(folder.name) / "journal.db") as journal:
        ...     event = journal.append("review", "dl/softmax/front", {"quality": 5},
        ...                            at_ms=1_700_000_000_000, offset_minutes=540, day=19_676)
        ...     journal.state("dl/softmax/front").due
        19677
        >>> folder.cleanup()
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, entropy: Callable[[int], bytes]) -> None:
        super().__init__(connection, path)
        self._entropy = entropy
        self._own: list[str] = []  # ids of this session's events that undo may take back, oldest first
        self.device = self._device()

    @classmethod
    def open(cls, path: Path, *, entropy: Callable[[int], bytes] = os.urandom) -> Journal:
        """Open the journal, creating or migrating it where needed.

        Args:
            path: of the database; its folder is made if it does not exist.
            entropy: gives n random bytes, for ids.

        Raises:
            StorageError: the folder or file cannot be written.
            JournalError: the file is damaged, no journal, or of a newer quizdl.
        """
        with guarded(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = connect(path)
            try:
                prepare(connection, path)
                return cls(connection, path, entropy)
            except BaseException:
                connection.close()
                raise

    def close(self) -> None:
        """Close the file; SQLite then folds the write-ahead log into it."""
        self.connection.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing ---------------------------------------------------------------------------------------

    def append(
        self, kind: str, card: str, data: Mapping[str, Any], *, at_ms: int, offset_minutes: int, day: int
    ) -> Event:
        """Add one event and the card's new state, in one transaction that is on the disk on return.

        Args:
            kind: "review", "suspend", "unsuspend", "bury" or "unbury"; to take back, use `undo`.
            card: "pack/item/face".
            data: see `quizdl.journal.events.ReviewData`.
            at_ms: UTC now. An event is never dated before or at the one before it: a clock that was set back
                goes on one millisecond at a time.
            offset_minutes: local time minus UTC.
            day: the study day.

        Returns:
            The event as it was written.

        Raises:
            ValueError: the data is not that of such an event, or cannot be kept (NaN).
            StorageError: the disk refused; nothing was written, and everything before is safe.
        """
        if kind == "undo":
            raise ValueError("kind must not be 'undo': call undo()")
        full = check(kind, card, data)
        with self.transaction():
            state = rows.read_state(self.connection, card)
            if kind == "review":
                full["was"] = state.interval
            event = self._write(kind, card, full, at_ms, offset_minutes, day)
            rows.write_state(self.connection, card, apply(state, event))
        self._own.append(event.id)
        return event

    def undo(self, *, at_ms: int, offset_minutes: int, day: int) -> Event | None:
        """Take back the last event that still counts, by adding an event that names it.

        The last one of this session (this object) if there is one; otherwise, as after a restart, the last
        one that this device wrote on this study day. Calling again takes back the one before it.

        Returns:
            The undo event: `data["target"]` is the id taken back, `card` the card concerned. None if there
            is nothing to take back.
        """
        with self.transaction():
            target = self._last_own() or self._last_of_day(day)
            if target is None:
                return None
            ident, card = target
            event = self._write("undo", card, {"target": ident}, at_ms, offset_minutes, day)
            rows.recompute(self.connection, card)
        if self._own and self._own[-1] == ident:
            self._own.pop()
        return event

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One IMMEDIATE transaction: all of it is on the disk, or none; failures become quizdl's errors."""
        with guarded(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # SQLite itself rolls back when the disk is full
                    self.connection.execute("ROLLBACK")
                raise

    def _write(self, kind: str, card: str, data: dict[str, Any], at_ms: int, offset: int, day: int) -> Event:
        (last,) = self.connection.execute("SELECT max(at_ms) FROM events").fetchone()
        (seq,) = self.connection.execute(
            "SELECT max(seq) FROM events WHERE device = ?", (self.device,)
        ).fetchone()
        at_ms = at_ms if last is None else max(at_ms, last + 1)
        ident = uuid7(at_ms, self._entropy(10))
        event = Event(ident, self.device, (seq or 0) + 1, at_ms, offset, day, kind, card, data)
        rows.write_event(self.connection, event)
        return event

    def _last_own(self) -> tuple[str, str] | None:
        while self._own:
            row = self.connection.execute(
                "SELECT id, card FROM events WHERE id = ? AND row NOT IN (SELECT row FROM undone)",
                self._own[-1:],
            ).fetchone()
            if row:
                return row[0], row[1]
            self._own.pop()  # another session took it back
        return None

    def _last_of_day(self, day: int) -> tuple[str, str] | None:
        row = self.connection.execute(
            "SELECT id, card FROM events WHERE device = ? AND day = ? AND kind <> 'undo' "
            "AND row NOT IN (SELECT row FROM undone) ORDER BY seq DESC LIMIT 1",
            (self.device, day),
        ).fetchone()
        return (row[0], row[1]) if row else None

    def _device(self) -> str:
        found = self.connection.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
        if found is None:
            with self.transaction():
                self.connection.execute(
                    "INSERT OR IGNORE INTO meta (name, value) VALUES ('device', ?)", (self._entropy(8).hex(),)
                )
                found = self.connection.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
        return str(found[0])


def connect(path: Path) -> sqlite3.Connection:
    """A connection with the journal's rules: write-ahead log, an fsync per commit, patience with others."""
    if sqlite3.sqlite_version_info < (3, 37):
        raise JournalError(
            f"SQLite must be 3.37 or newer, received {sqlite3.sqlite_version}",
            hint="use a newer Python, or update the system's SQLite library",
        )
    connection = sqlite3.connect(path, timeout=_BUSY_MS / 1000, isolation_level=None, cached_statements=64)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA recursive_triggers = ON")  # so that REPLACE cannot delete an event either
        _use_wal(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait here when two processes create one file at once."""
    deadline = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
