"""The doctor: is the journal sound, what is wrong with it, and how is it repaired?"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Literal

from quizdl.errors import QuizdlError
from quizdl.journal import rows
from quizdl.journal.backup import backups, events_in, inspect
from quizdl.journal.store import Journal
from quizdl.scheduling.days import date_of
from quizdl.scheduling.state import CardState

_SHOWN = 5
_REPORT_EVERY = 1_000  # cards
_LARGE_WAL = 64 * 2**20
_OLD_BACKUP_DAYS = 7

Level = Literal["ok", "warning", "error"]

Progress = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the doctor looked at: how it is, and for anything but "ok" what to do."""

    level: Level
    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All findings. A warning is worth knowing; only an error makes the journal unsound."""

    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """No finding is an error."""
        return all(finding.level != "error" for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 when healthy, else that of a `JournalError`, 4."""
        return 0 if self.healthy else 4


def examine(
    journal: Path,
    *,
    day: int,
    known: Set[str] | None = None,
    repair: bool = False,
    progress: Progress = lambda step, done, total: None,
) -> Report:
    """Look at everything that can be wrong with a journal, and repair what can be repaired without loss.

    Repair makes indexes and cached states anew from the events, which it never touches. Damage to the events
    themselves is left to `restore`.

    Args:
        journal: the file.
        day: today's study day.
        known: the cards of all installed packs, to find histories whose card is gone; None to skip that.
        repair: whether to repair.
        progress: see `Progress`; for a journal so large that the learner waits.

    Returns:
        The findings; after a repair, those of the repaired journal.
    """
    if not journal.exists():
        return Report((Finding("ok", "none", f"{journal}: there is no journal yet"),))
    try:
        with Journal.open(journal) as opened:
            found = list(_findings(opened, day, known, repair, progress))
    except QuizdlError as error:
        return Report((Finding("error", "unreadable", error.message, error.hint),))
    except sqlite3.DatabaseError as error:  # a table is missing: the file was changed by something else
        hint = "run `quizdl restore` to go back to the newest backup"
        return Report((Finding("error", "unreadable", f"{journal}: {error}", hint),))
    return Report(tuple(found))


def _findings(
    journal: Journal, day: int, known: Set[str] | None, repair: bool, progress: Progress
) -> Iterator[Finding]:
    progress("integrity", 0, 1)
    damage = integrity(journal)
    if damage and repair:
        with journal.transaction():
            journal.connection.execute("REINDEX")
        damage = integrity(journal)
    if damage:
        yield Finding(
            "error",
            "integrity",
            "the database is damaged: " + "; ".join(damage),
            "run `quizdl doctor --repair`" if not repair else "run `quizdl restore` to go back to a backup",
        )
        if repair:
            return
    else:
        yield Finding("ok", "integrity", "the database is intact")

    different = list(islice(differences(journal, progress), _SHOWN + 1))
    if different and repair:
        with journal.transaction():
            rows.rebuild(journal.connection)
        different = list(islice(differences(journal, progress), _SHOWN + 1))
    if different:
        shown = "; ".join(different[:_SHOWN]) + ("; and more" if len(different) > _SHOWN else "")
        hint = "run `quizdl doctor --repair` to make the states anew from the answers"
        yield Finding("error", "replay", f"card states differ from the replayed answers: {shown}", hint)
    else:
        (count,) = journal.connection.execute("SELECT count(*) FROM events").fetchone()
        yield Finding("ok", "replay", f"{count} events replay to exactly the card states kept")

    progress("sequence", 0, 1)
    yield _sequence(journal)
    if known is not None:
        yield _orphans(journal, known)
    yield _write_ahead_log(journal.path)
    progress("backups", 0, 1)
    yield _backups(journal.path, day)


def integrity(journal: Journal) -> list[str]:
    """What SQLite itself finds wrong; empty if nothing."""
    found = [str(row[0]) for row in journal.connection.execute(f"PRAGMA integrity_check({_SHOWN})")]
    return [] if found == ["ok"] else found


def differences(journal: Journal, progress: Progress = lambda step, done, total: None) -> Iterator[str]:
    """How the caches differ from replay, a line per card, by card."""
    (total,) = journal.connection.execute("SELECT count(*) FROM cards").fetchone()
    cached = iter(journal.connection.execute(f"SELECT card, {rows.STATE} FROM cards ORDER BY card"))
    at = next(cached, None)
    taken: set[int] = set()
    for done, (card, state, undone) in enumerate(rows.replayed(journal.connection)):
        if done % _REPORT_EVERY == 0:
            progress("replay", min(done, total), total)
        taken.update(undone)
        while at is not None and at[0] < card:
            yield f"{at[0]} has a state but no events"
            at = next(cached, None)
        if at is None or at[0] != card:
            yield f"{card} has events but no state"
            continue
        if (kept := rows.state_of(at[1:])) != state:
            yield f"{card} {_change(kept, state)}"
        at = next(cached, None)
    while at is not None:
        yield f"{at[0]} has a state but no events"
        at = next(cached, None)
    kept_rows = {row for (row,) in journal.connection.execute("SELECT row FROM undone")}
    if kept_rows != taken:
        yield f"{len(kept_rows ^ taken)} events are wrongly marked as undone or not"


def _change(kept: CardState, replayed: CardState) -> str:
    parts = [
        f"{field.name} {getattr(kept, field.name)} instead of {getattr(replayed, field.name)}"
        for field in fields(CardState)
        if getattr(kept, field.name) != getattr(replayed, field.name)
    ]
    return ", ".join(parts)


def _sequence(journal: Journal) -> Finding:
    twice = journal.connection.execute(
        "SELECT device, seq FROM events GROUP BY device, seq HAVING count(*) > 1 LIMIT 1"
    ).fetchone()
    if twice is None:
        return Finding("ok", "sequence", "every device counted its events without a clash")
    return Finding(
        "warning",
        "sequence",
        f"device {twice[0]} wrote two events number {twice[1]}: a copy of the journal was used beside it",
        "nothing is lost; give each copy its own device name by `quizdl restore` of its own backup",
    )


def _orphans(journal: Journal, known: Set[str]) -> Finding:
    cards = journal.connection.execute("SELECT card FROM cards ORDER BY card")
    orphans = [card for (card,) in cards if card not in known]
    if not orphans:
        return Finding("ok", "orphans", "every card with a history is in an installed pack")
    shown = ", ".join(orphans[:_SHOWN]) + (", …" if len(orphans) > _SHOWN else "")
    return Finding(
        "warning",
        "orphans",
        f"{len(orphans)} cards with a history are in no installed pack: {shown}",
        "they are kept and left out of sessions; install their pack again to go on with them",
    )


def _write_ahead_log(journal: Path) -> Finding:
    log = journal.with_name(journal.name + "-wal")
    size = log.stat().st_size if log.exists() else 0
    if size < _LARGE_WAL:
        return Finding("ok", "wal", f"the write-ahead log has {size / 2**20:.1f} MiB")
    return Finding(
        "warning",
        "wal",
        f"the write-ahead log has grown to {size / 2**20:.0f} MiB",
        "close every quizdl: the last one to close folds the log into the journal",
    )


def _backups(journal: Path, day: int) -> Finding:
    found = backups(journal)
    if not found:
        return Finding("warning", "backups", "there is no backup yet", "run `quizdl backup`")
    newest = found[0]
    try:
        kept = inspect(newest).events
    except QuizdlError as error:
        return Finding("warning", "backups", error.message, "run `quizdl backup` to make a new one")
    if kept > (events := events_in(journal)):  # a journal only grows
        message = f"{newest.name} has {kept} events, the journal only {events}"
        return Finding("warning", "backups", message, "if you did not want that: `quizdl restore`")
    made = newest.stem.partition("-")[2][:10]
    if made < date_of(day - _OLD_BACKUP_DAYS).isoformat():
        return Finding("warning", "backups", f"the newest backup is of {made}", "run `quizdl backup`")
    return Finding("ok", "backups", f"{len(found)} backups, the newest of {made}, undamaged")
