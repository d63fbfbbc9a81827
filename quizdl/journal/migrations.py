"""Schema versions: every older journal opens, changed step by step to the newest version."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from quizdl.errors import JournalError

VERSION = 1

MIGRATIONS: Mapping[int, Sequence[str]] = {}
"""From version n, the statements that make it version n + 1. Statements, not a script: a script would
commit half-way. Version 1 is `schema.sql`; once it is published, that file never changes."""

_SCHEMA = Path(__file__).with_name("schema.sql")


def version_of(connection: sqlite3.Connection) -> int:
    """The schema version of a database; 0 for an empty file."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def prepare(
    connection: sqlite3.Connection,
    path: Path,
    *,
    migrations: Mapping[int, Sequence[str]] = MIGRATIONS,
    newest: int = VERSION,
) -> bool:
    """Create the schema in an empty file, or bring an older one up to the newest version.

    All steps happen in one transaction: after a crash or a full disk the file is what it was before.

    Args:
        connection: in autocommit mode (`isolation_level=None`).
        path: of the file, for messages.
        migrations: from version → statements.
        newest: the version to reach.

    Returns:
        Whether anything was changed.

    Raises:
        JournalError: the file is newer than this program, or is not a journal.
    """
    version = version_of(connection)
    if version == newest:
        return False
    if version > newest:
        raise JournalError(
            f"{path} must be a journal of version {newest} or older, received version {version}",
            hint="this journal was written by a newer quizdl: update quizdl",
        )
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection)  # another process may have been faster
        if version == 0:
            if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() != (0,):
                raise JournalError(
                    f"{path} must be a quizdl journal, received another kind of SQLite database",
                    hint="move the file away, or set QUIZDL_HOME to another folder",
                )
            for statement in _statements(_SCHEMA.read_text(encoding="utf-8")):
                connection.execute(statement)
            version = 1
        for step in range(version, newest):
            for statement in migrations[step]:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {newest:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return True


def _statements(script: str) -> list[str]:
    """The statements of a SQL script, one by one, so that they can share one transaction."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements
