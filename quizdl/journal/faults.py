"""SQLite's refusals as quizdl's errors: what went wrong with the file, and what to do about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from quizdl.errors import JournalError, QuizdlError, StorageError

_KEPT = "every answer that was confirmed before is safe"

_STORAGE = {
    sqlite3.SQLITE_FULL: ("the disk is full", f"free some space and go on; {_KEPT}"),
    sqlite3.SQLITE_IOERR: ("the disk refused to read or write", f"check the disk and its space; {_KEPT}"),
    sqlite3.SQLITE_READONLY: (
        "the journal is read-only",
        "make the file and its folder writable, or set QUIZDL_HOME to another folder",
    ),
    sqlite3.SQLITE_PERM: ("there is no permission", "make the folder writable, or set QUIZDL_HOME"),
    sqlite3.SQLITE_CANTOPEN: (
        "the journal cannot be opened",
        "make sure that its folder exists and is writable, or set QUIZDL_HOME to another folder",
    ),
    sqlite3.SQLITE_BUSY: (
        "another quizdl is writing to the journal and does not finish",
        f"close the other session, then try again; {_KEPT}",
    ),
}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def fault(error: sqlite3.Error, path: Path) -> QuizdlError | None:
    """The quizdl error that a SQLite error means for the learner, or None if it is a bug of ours.

    Example:
        >>> full = sqlite3.OperationalError("database or disk is full")
        >>> full.sqlite_errorcode = sqlite3.SQLITE_FULL
        >>> fault(full, Path("journal.db")).exit_code
        6
    """
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    if primary in _DAMAGED:
        return JournalError(
            f"{path} must be an undamaged journal: {error}",
            hint="run `quizdl restore` to go back to the newest backup; the damaged file is kept aside",
        )
    if primary in _STORAGE:
        message, hint = _STORAGE[primary]
        return StorageError(f"{path}: {message}", hint=hint)
    return None


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise inside into `StorageError` or `JournalError`."""
    try:
        yield
    except sqlite3.Error as error:
        known = fault(error, path)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        raise StorageError(
            f"{error.filename or path}: {error.strerror or error}",
            hint="make sure that the folder exists, is writable and has space, or set QUIZDL_HOME",
        ) from error
