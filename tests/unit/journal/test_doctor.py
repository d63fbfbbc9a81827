"""The doctor finds each kind of trouble, says how to repair it, and repairs what it can."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from quizdl.journal.backup import backup_if_due
from quizdl.journal.doctor import Finding, Report, examine
from quizdl.journal.merge import merge
from quizdl.journal.store import Journal

DAY = 19_676
A, B = "dl/softmax.sum/front", "dl/relu.name/ko-en"


def finding(report: Report, code: str) -> Finding:
    (found,) = [one for one in report.findings if one.code == code]
    return found


def tampered(path: Path, *statements: str) -> None:
    """Change the file behind quizdl's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_sound_journal(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    learner.review(B, 1)
    learner.undo()
    backup_if_due(path, DAY)
    report = examine(path, day=DAY, known={A, B})
    assert [one.level for one in report.findings] == ["ok"] * 6
    assert report.exit_code == 0
    assert "3 events replay" in finding(report, "replay").message


def test_no_journal_yet_is_no_error_and_makes_none(path: Path) -> None:
    assert examine(path, day=DAY).healthy
    assert not path.exists()


@pytest.mark.parametrize(("statement", "told"), [
    (f"UPDATE cards SET ease = 260, due = 7 WHERE card = '{A}'", f"{A} ease 260 instead of 250, due 7 inst"),
    (f"DELETE FROM cards WHERE card = '{A}'", f"{A} has events but no state"),
    (f"UPDATE cards SET card = 'a/ghost/x' WHERE card = '{B}'", "a/ghost/x has a state but no events"),
    (f"UPDATE cards SET card = 'z/ghost/x' WHERE card = '{A}'", "z/ghost/x has a state but no events"),
    ("DELETE FROM undone", "1 events are wrongly marked"),
    ("INSERT INTO undone VALUES (1)", "1 events are wrongly marked"),
])  # fmt: skip
def test_a_wrong_cache_is_shown_and_repaired(learner: Any, path: Path, statement: str, told: str) -> None:
    learner.review(A, 4)
    learner.review(B, 1)
    learner.review(A, 4, DAY + 1)
    learner.undo(DAY + 1)
    states = learner.journal.states()
    tampered(path, statement)
    report = examine(path, day=DAY)
    assert report.exit_code == 4
    assert told in finding(report, "replay").message
    assert "--repair" in finding(report, "replay").hint
    repaired = examine(path, day=DAY, repair=True)
    assert repaired.healthy
    assert learner.journal.states() == states
    assert len(list(learner.journal.events())) == 4


def test_only_the_first_differing_cards_are_shown(learner: Any, path: Path) -> None:
    for number in range(9):
        learner.review(f"dl/i{number}.x/f", 4)
    tampered(path, "UPDATE cards SET lapses = 3")
    message = finding(examine(path, day=DAY), "replay").message
    assert message.count("lapses 3 instead of 0") == 5
    assert message.endswith("and more")


def test_a_broken_index_is_found_and_repaired(learner: Any, path: Path) -> None:
    for number in range(9):
        learner.review(f"dl/i{number}.x/f", 4)
    learner.journal.close()
    tampered(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX events_by_device ON events (seq, device)' "
        "WHERE name = 'events_by_device'",
    )
    report = examine(path, day=DAY)
    assert report.exit_code == 4
    assert "events_by_device" in finding(report, "integrity").message
    assert examine(path, day=DAY, repair=True).healthy
    assert examine(path, day=DAY).healthy


def test_a_missing_table_is_an_error_and_not_a_traceback(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    learner.journal.close()
    tampered(path, "DROP TABLE undone")
    report = examine(path, day=DAY)
    assert report.exit_code == 4
    assert "quizdl restore" in report.findings[-1].hint


def test_orphans_and_old_backups_are_warnings(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    learner.review(B, 4)
    report = examine(path, day=DAY, known={A})
    assert report.healthy
    assert finding(report, "orphans").level == "warning"
    assert B in finding(report, "orphans").message
    assert A not in finding(report, "orphans").message
    assert finding(report, "backups").message == "there is no backup yet"
    made = backup_if_due(path, DAY - 8)
    assert made is not None
    assert "is of 2023-11-07" in finding(examine(path, day=DAY), "backups").message
    made.write_bytes(b"rotten")
    assert finding(examine(path, day=DAY - 8), "backups").level == "warning"


def test_a_journal_that_lost_its_answers_is_noticed(learner: Any, path: Path) -> None:
    learner.review(A, 4)
    backup_if_due(path, DAY)
    assert finding(examine(path, day=DAY), "backups").level == "ok"
    learner.journal.close()
    path.write_bytes(b"")
    lost = finding(examine(path, day=DAY), "backups")
    assert (lost.level, lost.message) == ("warning", "daily-2023-11-15.db has 1 events, the journal only 0")
    assert "quizdl restore" in lost.hint


def test_two_copies_of_one_journal_are_noticed(learner: Any, path: Path, tmp_path: Path) -> None:
    learner.review(A, 4)
    learner.journal.close()
    copy = tmp_path / "copy.db"
    copy.write_bytes(path.read_bytes())
    with Journal.open(copy) as other, Journal.open(path) as journal:
        for one in (other, journal):
            one.append("review", B, {"quality": 4}, at_ms=learner.at_ms, offset_minutes=0, day=DAY)
        assert merge(journal, copy) == 1
    report = examine(path, day=DAY)
    assert report.healthy
    assert "two events number 2" in finding(report, "sequence").message


def test_progress_says_how_far(learner: Any, path: Path) -> None:
    for number in range(1_100):
        learner.journal.append("suspend", f"dl/i{number}.x/f", {}, at_ms=0, offset_minutes=0, day=DAY)
    steps: list[tuple[str, int, int]] = []
    examine(path, day=DAY, progress=lambda *step: steps.append(step))
    assert [step for step in steps if step[0] == "replay"] == [("replay", 0, 1_100), ("replay", 1_000, 1_100)]
    assert {step[0] for step in steps} == {"integrity", "replay", "sequence", "backups"}
