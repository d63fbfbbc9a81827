"""Older journals open and are brought up to date in one step that either happens or does not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizdl.errors import JournalError
from quizdl.journal.doctor import examine
from quizdl.journal.migrations import VERSION, prepare, version_of
from quizdl.journal.store import Journal
from quizdl.scheduling.state import CardState

STORED = Path(__file__).parents[2] / "data" / "journal-v1.sql"
DAY = 19_676

# What a later quizdl might do: a column with a meaning for old events, then an index on it.
LATER = {
    1: (
        "ALTER TABLE events ADD COLUMN pack TEXT "
        "GENERATED ALWAYS AS (substr(card, 1, instr(card, '/') - 1)) VIRTUAL",
        "ALTER TABLE cards ADD COLUMN flag INTEGER NOT NULL DEFAULT 0",
    ),
    2: ("CREATE INDEX events_by_pack ON events (pack)", "UPDATE cards SET flag = 1 WHERE lapses > 0"),
}


def stored(path: Path) -> sqlite3.Connection:
    """The journal file of version 1 that is kept as text in tests/data."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(STORED.read_text(encoding="utf-8"))
    return connection


@pytest.fixture
def old(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    connection = stored(tmp_path / "journal.db")
    yield connection
    connection.close()


def test_a_stored_version_1_journal_opens_with_all_it_had(tmp_path: Path) -> None:
    """This must hold for every future version: the stored file never changes."""
    path = tmp_path / "journal.db"
    connection = stored(path)
    assert version_of(connection) == 1
    connection.close()
    with Journal.open(path) as journal:
        assert version_of(journal.connection) == VERSION
        assert journal.device == "0123456789abcdef"
        events = list(journal.events())
        assert [event.kind for event in events] == ["review", "review", "review", "undo", "bury", "suspend"]
        assert events[0].data == {
            "quality": 2, "suggested": 1, "phase": "scheduled", "took_ms": 5200, "scheduler": "sm2",
            "was": 0, "response": "소프트맥스", "lang": "ko",
            "seed": 7, "hints": 0, "outcome": "wrong", "score": 0.0,
        }  # fmt: skip
        card = journal.state("deep-learning/softmax.sum-one/front")
        assert card == CardState(0, 218, 1, DAY + 1, DAY, DAY, 1, buried_until=DAY + 1)
        assert journal.state("deep-learning/relu.name/ko-en").suspended
        assert journal.state("deep-learning/relu.name/ko-en").reviews == 0
    assert examine(path, day=DAY).healthy


def test_the_schema_of_today_is_the_stored_one(tmp_path: Path, old: sqlite3.Connection) -> None:
    """A changed schema.sql without a migration would leave old files behind."""
    with Journal.open(tmp_path / "new.db") as journal:
        query = "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
        prepare(old, tmp_path / "journal.db")
        assert old.execute(query).fetchall() == journal.connection.execute(query).fetchall()


def test_two_steps_to_a_later_version(tmp_path: Path, old: sqlite3.Connection) -> None:
    path = tmp_path / "journal.db"
    assert prepare(old, path, migrations=LATER, newest=3)
    assert version_of(old) == 3
    assert old.execute("SELECT DISTINCT pack FROM events").fetchall() == [("deep-learning",)]
    assert old.execute("SELECT count(*) FROM cards WHERE flag = 0").fetchone() == (2,)
    assert not prepare(old, path, migrations=LATER, newest=3), "nothing to do a second time"


def test_a_new_file_goes_the_same_way(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "new.db", isolation_level=None)
    prepare(connection, tmp_path / "new.db", migrations=LATER, newest=3)
    assert connection.execute("SELECT pack FROM events").fetchall() == []
    assert version_of(connection) == 3
    connection.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path, old: sqlite3.Connection) -> None:
    before = list(old.iterdump())
    broken = {1: LATER[1], 2: ("CREATE INDEX x ON events (no_such_column)",)}
    with pytest.raises(sqlite3.OperationalError, match="no_such_column"):
        prepare(old, tmp_path / "journal.db", migrations=broken, newest=3)
    assert version_of(old) == 1
    assert list(old.iterdump()) == before


def test_a_newer_journal_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with Journal.open(path) as journal:
        journal.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(JournalError, match=f"received version {VERSION + 1}") as caught:
        Journal.open(path)
    assert "update quizdl" in caught.value.hint
    report = examine(path, day=DAY)
    assert not report.healthy
    assert "update quizdl" in report.findings[0].hint
