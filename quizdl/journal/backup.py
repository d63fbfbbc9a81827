"""Backups: whole copies of the journal, made while it is in use, and the way back to one of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from quizdl.errors import JournalError, StorageError
from quizdl.journal.faults import guarded
from quizdl.journal.merge import open_read_only
from quizdl.journal.migrations import prepare
from quizdl.scheduling.days import date_of

KEEP = 14
_PAGES = 256  # a MiB at a time: other threads and sessions go on in between
_PARTIAL = ".partial"

Progress = Callable[[int, int], None]
"""Called with the pages copied so far and the pages in all."""


class Backup(NamedTuple):
    """What a backup holds: its file, how many events, and the UTC milliseconds of the last (0 if none)."""

    path: Path
    events: int
    last_at_ms: int


class Restored(NamedTuple):
    """What a restore did: the backup now in use, the replaced file, and how many events only that one has."""

    backup: Backup
    aside: Path | None
    lost: int | None


def folder_of(journal: Path) -> Path:
    """Where the backups of a journal are kept: the folder `backups` beside it.

    Example:
        >>> folder_of(Path("home/journal.db")).as_posix()
        'home/backups'
    """
    return journal.parent / "backups"


def backups(journal: Path) -> list[Path]:
    """The files in the backup folder that were made as backups, newest first.

    By the day in the name; within a day by the time of the file, for a daily backup has no time in its name.
    """
    found = [*folder_of(journal).glob("daily-*.db"), *folder_of(journal).glob("manual-*.db")]
    return sorted(
        found, key=lambda path: (path.stem.partition("-")[2][:10], path.stat().st_mtime_ns), reverse=True
    )


def backup_if_due(journal: Path, day: int, progress: Progress | None = None) -> Path | None:
    """Make today's automatic backup unless there is one, and keep the last 14.

    Opens its own connection, so it may run in a background thread or at the end of a session; answers can be
    given meanwhile. Finding out that nothing is due costs one look into the folder.

    Args:
        journal: the journal's file.
        day: the study day.
        progress: see `Progress`.

    Returns:
        The new backup, or None.
    """
    target = folder_of(journal) / f"daily-{date_of(day).isoformat()}.db"
    if target.exists() or not journal.exists() or not events_in(journal):
        return None  # a journal that lost its answers must not push out the backups that have them
    made = backup(journal, target, progress)
    daily = sorted(target.parent.glob("daily-*.db"), reverse=True)
    # What a killed backup of an earlier day left behind goes too.
    stale = [
        left
        for left in target.parent.glob(f"daily-*{_PARTIAL}")
        if left.name[: len(target.stem)] < target.stem
    ]
    for path in [*daily[KEEP:], *stale]:
        with suppress(OSError):
            path.unlink()
    return made


def backup(journal: Path, target: Path, progress: Progress | None = None) -> Path:
    """Copy the journal as it is at this moment, check the copy, and only then give it its name.

    Args:
        journal: the journal's file; sessions may be writing to it.
        target: the file to make; an older one of that name is replaced at once or not at all.
        progress: see `Progress`.

    Returns:
        `target`.

    Raises:
        StorageError: no space, no permission, or no journal there.
        JournalError: the journal is damaged.
    """
    with guarded(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _partial(target) as partial:
        _copy(journal, partial, progress)
        _publish(partial, target)
    return target


def events_in(journal: Path) -> int:
    """How many events a journal or backup has, without checking it.

    Raises:
        StorageError: there is no such file.
        JournalError: it cannot be read.
    """
    source = open_read_only(journal)
    try:
        with guarded(journal):
            (events,) = source.execute("SELECT count(*) FROM events").fetchone()
    finally:
        source.close()
    return int(events)


def inspect(path: Path) -> Backup:
    """Check a backup through and through.

    Raises:
        StorageError: there is no such file.
        JournalError: it is damaged, no journal, or of a newer quizdl.
    """
    source = open_read_only(path)
    try:
        with guarded(path):
            problems = [str(row[0]) for row in source.execute("PRAGMA integrity_check(3)")]
            if problems != ["ok"]:
                raise JournalError(
                    f"{path} must be an undamaged journal: {'; '.join(problems)}",
                    hint="choose another backup: `quizdl restore --list` shows all",
                )
            events, last = source.execute("SELECT count(*), max(at_ms) FROM events").fetchone()
    finally:
        source.close()
    return Backup(path, events, last or 0)


def restore(journal: Path, source: Path, stamp: str) -> Restored:
    """Put a backup in the journal's place. The replaced file is kept, and can itself be restored.

    The backup is checked first and copied beside the journal; the exchange is one rename, so that at every
    moment there is a whole journal. The restored journal writes under a new device name: its next events
    must not look like those that the replaced file had after the backup.

    Args:
        journal: the journal's file; it may be damaged or missing.
        source: the backup.
        stamp: of this moment, for the name of the file kept aside, such as "2026-03-01T214500".

    Raises:
        StorageError: another session is open, or the disk refuses.
        JournalError: the backup is damaged.
    """
    found = inspect(source)
    with guarded(journal):
        journal.parent.mkdir(parents=True, exist_ok=True)
        folder_of(journal).mkdir(exist_ok=True)
    aside = folder_of(journal) / f"replaced-{stamp}.db"
    with _partial(journal) as partial:
        _copy(source, partial, None)
        _new_device(partial)
        with guarded(journal):
            if not journal.exists():
                _publish(partial, journal)
                return Restored(found, None, 0)
            lost = newer_events(journal, source)
            with _settled(journal):
                try:
                    os.link(journal, aside)
                except OSError:  # a file system without hard links
                    shutil.copy2(journal, aside)
                for tail in ("-wal", "-shm"):  # still there only if the journal is damaged
                    left = journal.with_name(journal.name + tail)
                    if left.exists():
                        left.replace(aside.with_name(aside.name + tail))
                _publish(partial, journal)
    return Restored(found, aside, lost)


@contextmanager
def _partial(target: Path) -> Iterator[Path]:
    """A file beside the target to build it in, gone at the end whatever happens."""
    with guarded(target):
        handle, name = tempfile.mkstemp(prefix=f"{target.stem}.", suffix=_PARTIAL, dir=target.parent)
        os.close(handle)
    partial = Path(name)
    try:
        yield partial
    finally:
        for tail in ("", "-journal"):
            partial.with_name(partial.name + tail).unlink(missing_ok=True)


def _copy(source: Path, target: Path, progress: Progress | None) -> None:
    """Copy one moment of a database into an empty file, and check the copy."""
    reader = open_read_only(source)
    try:
        writer = sqlite3.connect(target, isolation_level=None)
        try:
            with guarded(source):
                # An open read transaction holds the moment: writers neither wait nor restart the copy.
                reader.execute("BEGIN")
                reader.execute("SELECT count(*) FROM meta").fetchone()
            with guarded(target):
                reader.backup(
                    writer,
                    pages=_PAGES,
                    progress=(lambda _, left, pages: progress(pages - left, pages)) if progress else None,
                    sleep=0.001,
                )
                writer.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it
                prepare(writer, target)
            with guarded(source):
                (verdict,) = writer.execute("PRAGMA quick_check(1)").fetchone()
                if verdict != "ok":
                    raise JournalError(
                        f"{source} must be an undamaged journal: {verdict}",
                        hint="run `quizdl doctor`, or `quizdl restore` to go back to the newest backup",
                    )
        finally:
            writer.close()
    finally:
        reader.close()


def _publish(partial: Path, target: Path) -> None:
    """Give a finished file its name, so that after a power cut there is the old file or the new one."""
    with guarded(target):
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        partial.replace(target)
        if os.name == "posix":
            folder = os.open(target.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def _new_device(path: Path) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("DELETE FROM meta WHERE name = 'device'")  # the next opening draws one
    finally:
        connection.close()


def newer_events(journal: Path, backup: Path) -> int | None:
    """How many events the journal has that the backup has not; None if it cannot be read."""
    try:
        one = open_read_only(journal)
    except (JournalError, StorageError):
        return None
    try:
        other = open_read_only(backup)
        try:
            kept = {ident for (ident,) in other.execute("SELECT id FROM events")}
            return sum(ident not in kept for (ident,) in one.execute("SELECT id FROM events"))
        finally:
            other.close()
    except sqlite3.DatabaseError:
        return None
    finally:
        one.close()


@contextmanager
def _settled(journal: Path) -> Iterator[None]:
    """Hold the journal alone, its write-ahead log folded in; a damaged one is left as it is."""
    connection = sqlite3.connect(journal, timeout=1, isolation_level=None)
    try:
        try:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise StorageError(
                    f"{journal}: another session is open", hint="close every quizdl, then restore again"
                ) from error
            if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
                raise
        yield
    finally:
        connection.close()
