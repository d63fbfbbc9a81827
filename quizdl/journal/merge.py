"""Merge: the union of two journals. Whoever merges whom, and how often, both end with the same states."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from quizdl.errors import JournalError, StorageError
from quizdl.journal import rows
from quizdl.journal.faults import guarded
from quizdl.journal.migrations import VERSION, prepare, version_of
from quizdl.journal.store import Journal

_COLUMNS = rows.EVENT.removeprefix("row, ")
_INSERT = f"INSERT OR IGNORE INTO events ({_COLUMNS}) VALUES ({', '.join('?' * 14)}) RETURNING card"


def merge(journal: Journal, other: Path) -> int:
    """Add the events of another journal that this one does not have, and replay the cards concerned.

    Events are told apart by their ids alone; times, days and devices stay as they were. The other file is
    only read; an older version is migrated in memory.

    Args:
        journal: the one that grows, in one transaction.
        other: the file of the other.

    Returns:
        How many events were added.

    Raises:
        StorageError: a file cannot be read or written.
        JournalError: the other file is no journal, is damaged or comes from a newer quizdl.
    """
    source = open_read_only(other)
    try:
        with guarded(other):
            found = source.execute(f"SELECT {_COLUMNS} FROM events ORDER BY row").fetchall()
    finally:
        source.close()
    with journal.transaction():
        added = 0
        cards: set[str] = set()
        for row in found:
            for (card,) in journal.connection.execute(_INSERT, row).fetchall():
                cards.add(card)
                added += 1
        for card in sorted(cards):
            rows.recompute(journal.connection, card)
    return added


def open_read_only(path: Path) -> sqlite3.Connection:
    """A connection to a journal that cannot change it; an older one is a migrated copy in memory.

    Raises:
        StorageError: there is no such file, or it cannot be read.
        JournalError: it is no journal, is damaged or comes from a newer quizdl.
    """
    if not path.is_file():
        raise StorageError(f"{path} must be a journal file, received nothing there", hint="check the path")
    with guarded(path):
        source = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            version = version_of(source)
            if 0 < version < VERSION:
                copy = sqlite3.connect(":memory:", isolation_level=None)
                source.backup(copy)
                source.close()
                source = copy
            if version == 0:
                raise JournalError(
                    f"{path} must be a quizdl journal, received an empty file or another kind of database",
                    hint="choose a file that `quizdl backup` has made",
                )
            prepare(source, path)  # migrates the copy in memory; a current file needs nothing
            return source
        except BaseException:
            source.close()
            raise
