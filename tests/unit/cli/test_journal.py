"""The three commands that look after the journal, as they are called."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizdl.cli.journal import backup, doctor, restore
from quizdl.errors import JournalError, UsageError
from quizdl.journal.backup import backups
from quizdl.journal.store import Journal

DAY = 19_676
A, B = "deep-learning/softmax.x/front", "deep-learning/relu.x/front"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIZDL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def answer(home: Path, card: str, quality: int = 4) -> None:
    with Journal.open(home / "journal.db") as journal:
        when = {"at_ms": 1_700_000_000_000, "offset_minutes": 540, "day": DAY}
        journal.append("review", card, {"quality": quality}, **when)


def seen(home: Path) -> set[str]:
    with Journal.open(home / "journal.db") as journal:
        return journal.seen()


def call(command: object, *arguments: str, answers: str = "") -> Result:
    result = CliRunner().invoke(command, arguments, input=answers, standalone_mode=False)  # type: ignore[arg-type]
    if result.exception is not None:
        raise result.exception
    return result


def test_backup_then_restore_goes_back(home: Path) -> None:
    answer(home, A)
    assert "1 events, the last of 2023-11-1" in call(backup).output
    answer(home, B)
    assert "1 events" in call(restore, "--list").output
    asked = call(restore, answers="y\n").output
    assert "has 1 events that this backup has not" in asked
    assert "restored: 1 events" in asked
    assert seen(home) == {A}
    replaced = next((home / "backups").glob("replaced-*.db")).name
    assert replaced in call(restore, "--list").output
    call(restore, replaced, "--yes")
    assert seen(home) == {A, B}


def test_restore_can_be_declined(home: Path) -> None:
    answer(home, A)
    call(backup)
    answer(home, B)
    import click

    with pytest.raises(click.Abort):
        call(restore, answers="n\n")
    assert seen(home) == {A, B}


def test_backup_to_a_folder_and_to_a_file(home: Path, tmp_path: Path) -> None:
    answer(home, A)
    stick = tmp_path / "stick"
    stick.mkdir()
    call(backup, str(stick))
    assert [path.name[:7] for path in stick.iterdir()] == ["manual-"]
    call(backup, str(stick / "mine.db"))
    with pytest.raises(UsageError, match="must not exist yet"):
        call(backup, str(stick / "mine.db"))
    answer(home, B)
    assert "2 events" in call(backup, str(stick / "mine.db"), "--force").output
    with pytest.raises(UsageError, match="is the journal itself"):
        call(backup, str(home / "journal.db"), "--force")
    assert backups(home / "journal.db") == []


def test_without_a_journal(home: Path) -> None:
    with pytest.raises(UsageError, match="no journal yet"):
        call(backup)
    with pytest.raises(JournalError, match="found none"):
        call(restore, "--yes")
    assert "no backups" in call(restore, "--list").output
    result = call(doctor)
    assert result.return_value == 0
    assert "there is no journal yet" in result.output


def test_restore_skips_a_damaged_backup(home: Path) -> None:
    answer(home, A)
    call(backup)
    (home / "backups" / "manual-2999-01-01T000000.db").write_bytes(b"rotten")
    (home / "journal.db").write_bytes(b"rotten, too")
    assert "damaged" in call(restore, "--list").output
    result = call(restore, answers="y\n")
    assert "skipped" in result.stderr
    assert "cannot be read; it will be kept aside" in result.stdout
    assert seen(home) == {A}


def test_doctor_finds_and_repairs(home: Path) -> None:
    answer(home, A)
    connection = sqlite3.connect(home / "journal.db")
    with connection:
        connection.execute("UPDATE cards SET ease = 140")
    connection.close()
    result = call(doctor)
    assert result.return_value == 4
    assert "ease 140 instead of 250" in result.output
    assert "hint: run `quizdl doctor --repair`" in result.output
    plain = json.loads(call(doctor, "--json").output)
    assert not plain["healthy"]
    assert call(doctor, "--repair").return_value == 0
    result = call(doctor, "--json")
    assert result.return_value == 0
    codes = {finding["code"]: finding["level"] for finding in json.loads(result.output)["findings"]}
    assert codes["replay"] == "ok"
    assert codes["orphans"] == "warning", "the made-up cards are in no pack"
