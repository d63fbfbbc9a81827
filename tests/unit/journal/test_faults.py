"""A disk that refuses: one clear message, nothing half written, everything acknowledged still there."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quizdl.errors import JournalError, StorageError
from quizdl.journal import faults
from quizdl.journal.doctor import examine
from quizdl.journal.replay import replay
from quizdl.journal.store import Journal, connect

DAY = 19_676
A, B = "dl/softmax.sum/front", "dl/relu.name/ko-en"


def test_a_full_disk_loses_nothing_acknowledged_and_goes_on_when_there_is_space(
    learner: Any, path: Path
) -> None:
    journal = learner.journal
    (pages,) = journal.connection.execute("PRAGMA page_count").fetchone()
    journal.connection.execute(f"PRAGMA max_page_count = {pages + 4}")
    acknowledged = []

    def fill() -> None:
        for number in range(1_000):
            acknowledged.append(learner.review(f"dl/i{number}.x/f", 4, response="x" * 500))

    with pytest.raises(StorageError, match="the disk is full") as caught:
        fill()
    assert "every answer that was confirmed before is safe" in caught.value.hint
    assert caught.value.exit_code == 6
    assert acknowledged
    assert list(journal.events()) == acknowledged
    assert journal.states() == replay(acknowledged)
    journal.connection.execute("PRAGMA max_page_count = 1000000")
    again = learner.review(A, 4)
    assert again.seq == len(acknowledged) + 1
    assert learner.undo().data["target"] == again.id
    assert examine(path, day=DAY).healthy


LIMITED = """
import resource, sys
from pathlib import Path
from quizdl.errors import StorageError
from quizdl.journal.store import Journal

with Journal.open(Path(sys.argv[1])) as journal:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
    try:
        for number in range(10_000):
            event = journal.append("review", f"dl/i{number}.x/f", {"quality": 4, "response": "x" * 300},
                                   at_ms=number, offset_minutes=0, day=100)
            print(event.id, flush=True)
    except StorageError as error:
        print(error, file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no file size limits")
def test_a_file_that_may_not_grow_is_a_clear_message(path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", LIMITED, path], capture_output=True, text=True, check=False)
    assert "every answer that was confirmed before is safe" in run.stderr
    assert "Traceback" not in run.stderr
    acknowledged = run.stdout.split()
    assert len(acknowledged) > 10
    with Journal.open(path) as journal:
        assert [event.id for event in journal.events()] == acknowledged
    assert examine(path, day=DAY).healthy


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError) as caught:
        Journal.open(tmp_path / "file" / "journal.db")
    assert "QUIZDL_HOME" in caught.value.hint


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "journal.db").mkdir()
    with pytest.raises(StorageError, match="cannot be opened"):
        Journal.open(tmp_path / "journal.db")


def test_a_read_only_journal(learner: Any, path: Path) -> None:
    """Root may write anywhere, so a connection that SQLite refuses to write plays the read-only file."""
    learner.review(A, 4)
    learner.journal.close()
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    with Journal(connection, path, lambda count: bytes(count)) as journal:
        with pytest.raises(StorageError, match="read-only") as caught:
            journal.append("review", A, {"quality": 4}, at_ms=0, offset_minutes=0, day=DAY + 1)
        assert "QUIZDL_HOME" in caught.value.hint
        assert journal.state(A).reviews == 1


def test_another_writer_that_does_not_finish(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    blocker = connect(path)
    blocker.execute("BEGIN IMMEDIATE")
    learner.journal.connection.execute("PRAGMA busy_timeout = 20")
    with pytest.raises(StorageError, match="another quizdl is writing"):
        learner.review(B, 4)
    blocker.execute("ROLLBACK")
    blocker.close()
    learner.review(B, 4)
    assert learner.journal.seen() == {A, B}


@pytest.mark.parametrize(("code", "kind"), [
    (sqlite3.SQLITE_FULL, StorageError),
    (sqlite3.SQLITE_READONLY, StorageError),
    (sqlite3.SQLITE_READONLY | 8 << 8, StorageError),  # an extended code
    (sqlite3.SQLITE_CANTOPEN, StorageError),
    (sqlite3.SQLITE_IOERR | 3 << 8, StorageError),
    (sqlite3.SQLITE_BUSY, StorageError),
    (sqlite3.SQLITE_PERM, StorageError),
    (sqlite3.SQLITE_CORRUPT, JournalError),
    (sqlite3.SQLITE_NOTADB, JournalError),
])  # fmt: skip
def test_codes(code: int, kind: type[Exception]) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    with pytest.raises(kind) as caught, faults.guarded(Path("journal.db")):
        raise error
    assert "journal.db" in str(caught.value)
    assert "hint:" in str(caught.value)


def test_a_mistake_of_ours_stays_visible(journal: Journal) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"), faults.guarded(Path("journal.db")):
        journal.connection.execute("SELECT * FROM elsewhere")
    with pytest.raises(sqlite3.ProgrammingError), faults.guarded(Path("journal.db")):
        journal.connection.execute("SELECT ?")


def test_a_failure_inside_a_transaction_leaves_no_trace(learner: Any) -> None:
    before = learner.review(A, 4)

    def interrupted() -> None:
        with learner.journal.transaction():
            learner.journal.connection.execute("DELETE FROM cards")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert learner.journal.state(A).reviews == 1
    assert list(learner.journal.events()) == [before]
