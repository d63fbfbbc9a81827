"""Backups hold one moment, are whole or absent, and a restore loses nothing for good."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quizdl.errors import JournalError, StorageError
from quizdl.journal.backup import KEEP, backup, backup_if_due, backups, folder_of, inspect, restore
from quizdl.journal.doctor import examine
from quizdl.journal.merge import merge
from quizdl.journal.store import Journal

DAY = 19_676  # 2023-11-15
A, B = "dl/softmax.sum/front", "dl/relu.name/ko-en"


def test_a_backup_is_one_whole_file_with_the_same_events(learner: Any, path: Path, tmp_path: Path) -> None:
    learner.review(A, 4)
    learner.undo()
    learner.review(B, 1)
    made = backup(path, tmp_path / "copy" / "b.db")
    assert [found.name for found in made.parent.iterdir()] == ["b.db"]
    assert inspect(made) == (
        made,
        3,
        learner.journal.connection.execute("SELECT max(at_ms) FROM events").fetchone()[0],
    )
    with Journal.open(made) as copy:
        assert list(copy.events()) == list(learner.journal.events())
        assert copy.states() == learner.journal.states()


def test_answers_go_on_while_a_backup_runs_and_are_not_in_it(
    learner: Any, path: Path, tmp_path: Path
) -> None:
    text = "x" * 4_000
    for number in range(600):
        learner.review(f"dl/i{number}.x/f", 4, response=text)
    calls: list[tuple[int, int]] = []

    def progress(done: int, pages: int) -> None:
        if len(calls) < 3:
            learner.review(A, 4)
        calls.append((done, pages))

    made = backup(path, tmp_path / "b.db", progress)
    assert len(calls) > 2, "in steps"
    assert calls[-1][0] == calls[-1][1] > 256
    assert [done for done, _ in calls] == sorted(done for done, _ in calls), "never started again"
    assert inspect(made).events == 600
    assert len(list(learner.journal.events(A))) == 3


def test_the_daily_backup_is_made_once_a_day_and_fourteen_are_kept(learner: Any, path: Path) -> None:
    assert backups(path) == []
    for day in range(DAY, DAY + 20):
        learner.review(A, 4, day)
        made = backup_if_due(path, day)
        assert made is not None
        assert backup_if_due(path, day) is None
    names = [found.name for found in backups(path)]
    assert len(names) == KEEP
    assert names[0] == "daily-2023-12-04.db"
    assert names == sorted(names, reverse=True)
    assert [inspect(found).events for found in backups(path)] == list(range(20, 6, -1))


def test_manual_backups_are_listed_by_time_and_never_pruned(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    backup(path, folder_of(path) / "manual-2023-11-15T120000.db")
    for day in range(DAY, DAY + 15):
        backup_if_due(path, day)
    names = [found.name for found in backups(path)]
    assert names[-1] == "manual-2023-11-15T120000.db"
    assert len(names) == KEEP + 1


def test_of_one_day_the_backup_made_last_comes_first(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    manual = backup(path, folder_of(path) / "manual-2023-11-15T120000.db")
    daily = backup_if_due(path, DAY)
    assert daily is not None
    for seconds, newest in ((1, daily), (-1, manual)):
        os.utime(daily, ns=(0, manual.stat().st_mtime_ns + seconds * 10**9))
        assert backups(path)[0] == newest


def test_what_a_killed_backup_left_is_cleaned_up(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    folder_of(path).mkdir()
    old = folder_of(path) / "daily-2023-11-14.abc.partial"
    same_day = folder_of(path) / "daily-2023-11-15.abc.partial"  # perhaps another process is at it now
    for left in (old, same_day):
        left.write_bytes(b"half")
    backup_if_due(path, DAY)
    assert not old.exists()
    assert same_day.exists()


def test_an_empty_journal_is_not_backed_up(path: Path, learner: Any) -> None:
    """It would push out the backups that have the answers, should they have been lost."""
    assert backup_if_due(path, DAY) is None
    learner.review(A, 4)
    assert backup_if_due(path, DAY) is not None


def test_no_journal_no_backup(tmp_path: Path) -> None:
    assert backup_if_due(tmp_path / "journal.db", DAY) is None
    with pytest.raises(StorageError, match="must be a journal file"):
        backup(tmp_path / "journal.db", tmp_path / "b.db")
    assert list(tmp_path.glob("*.partial")) == []


def test_restore_goes_back_and_keeps_the_newer_file(learner: Any, path: Path, tmp_path: Path) -> None:
    learner.review(A, 4)
    made = backup(path, tmp_path / "b.db")
    device = learner.journal.device
    learner.review(B, 4)
    learner.review(B, 4, DAY + 1)
    learner.journal.close()
    done = restore(path, made, "2023-11-15T130000")
    assert (done.backup.events, done.lost) == (1, 2)
    assert done.aside == folder_of(path) / "replaced-2023-11-15T130000.db"
    with Journal.open(path) as restored:
        assert restored.seen() == {A}
        assert restored.device != device
        event = restored.append("review", B, {"quality": 3}, at_ms=0, offset_minutes=0, day=DAY)
        assert (event.device, event.seq) == (restored.device, 1)
        assert merge(restored, done.aside) == 2, "what was only in the newer file can still be merged"
        assert len(list(restored.events())) == 4
    assert examine(path, day=DAY).healthy
    back = restore(path, done.aside, "2023-11-15T140000")
    assert back.backup.events == 3
    with Journal.open(path) as restored:
        assert restored.seen() == {A, B}


def test_restore_without_a_journal(learner: Any, path: Path, tmp_path: Path) -> None:
    learner.review(A, 4)
    made = backup(path, tmp_path / "b.db")
    fresh = tmp_path / "new home" / "journal.db"
    assert restore(fresh, made, "x") == (inspect(made), None, 0)
    with Journal.open(fresh) as restored:
        assert restored.seen() == {A}


def test_restore_refuses_while_another_session_is_open(learner: Any, path: Path, tmp_path: Path) -> None:
    learner.review(A, 4)
    made = backup(path, tmp_path / "b.db")
    learner.review(B, 4)
    code = (
        "import sys; from pathlib import Path; from quizdl.journal.backup import restore\n"
        "from quizdl.errors import StorageError\n"
        "try: restore(Path(sys.argv[1]), Path(sys.argv[2]), 'x')\n"
        "except StorageError as error: print(error)"
    )
    run = subprocess.run([sys.executable, "-c", code, path, made], capture_output=True, text=True, check=True)
    assert "another session is open" in run.stdout
    learner.review(A, 4, DAY + 1)
    assert learner.journal.seen() == {A, B}
    assert list(path.parent.glob("*.partial")) == []


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\x00" + bytes(5_000)])
def test_restore_refuses_a_damaged_backup_and_changes_nothing(
    learner: Any, path: Path, tmp_path: Path, content: bytes
) -> None:
    learner.review(A, 4)
    bad = tmp_path / "bad.db"
    bad.write_bytes(content)
    learner.journal.close()
    with pytest.raises(JournalError):
        restore(path, bad, "x")
    with Journal.open(path) as journal:
        assert journal.seen() == {A}


def test_restore_refuses_a_backup_with_a_broken_page(learner: Any, path: Path, tmp_path: Path) -> None:
    for number in range(300):
        learner.review(f"dl/i{number}.x/f", 4)
    made = backup(path, tmp_path / "b.db")
    content = bytearray(made.read_bytes())
    middle = len(content) // 2 // 4096 * 4096
    content[middle : middle + 2048] = b"\xff" * 2048
    made.write_bytes(content)
    with pytest.raises(JournalError, match="must be an undamaged journal"):
        restore(path, made, "x")


@pytest.mark.parametrize("how", ["header", "truncated", "rubbish"])
def test_a_damaged_journal_says_so_and_restores(learner: Any, path: Path, tmp_path: Path, how: str) -> None:
    for number in range(300):
        learner.review(f"dl/i{number}.x/f", 4)
    made = backup(path, tmp_path / "b.db")
    learner.journal.close()
    content = path.read_bytes()
    path.write_bytes(
        {"header": b"\x00" * 100 + content[100:], "truncated": content[:9_000], "rubbish": b"?" * 50_000}[how]
    )
    damaged = path.read_bytes()
    report = examine(path, day=DAY)
    assert report.exit_code == 4
    assert "quizdl restore" in " ".join(finding.hint for finding in report.findings) or how == "truncated"
    if how != "truncated":
        with pytest.raises(JournalError, match="must be an undamaged journal") as caught:
            Journal.open(path)
        assert "quizdl restore" in caught.value.hint
    done = restore(path, made, "x")
    assert done.aside is not None
    assert done.aside.read_bytes() == damaged
    assert examine(path, day=DAY).healthy
    with Journal.open(path) as journal:
        assert len(journal.seen()) == 300


def test_a_database_of_something_else_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE photos (name TEXT)")
    other.close()
    with pytest.raises(JournalError, match="another kind of SQLite database"):
        Journal.open(path)
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("photos",)]
    other.close()
