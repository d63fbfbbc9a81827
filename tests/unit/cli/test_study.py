"""`quizdl study` and `quizdl stats` as processes, with the bundled pack and a home of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizdl.journal.store import Journal


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the bundled pack was read once, so that each test does not read its YAML again."""
    folder = tmp_path_factory.mktemp("cached")
    assert quizdl(folder, "study", "--plain", "--limit", "0").returncode == 0
    return folder


@pytest.fixture
def home(cache: Path, tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "cache").symlink_to(cache / "cache")
    return tmp_path / "home"


def quizdl(
    home: Path, *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "quizdl", *arguments],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={
            **os.environ,
            "QUIZDL_HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "PYTHONWARNINGS": "error",
            **environment,
        },
        timeout=120,
    )


def test_a_pipe_gets_plain_lines_and_a_note(home: Path) -> None:
    done = quizdl(home, "study", "--kind", "term", "--limit", "2", typed="\n4\n\n5\n")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "note: this is not a terminal, so the session runs as plain lines (--plain)\n"
    assert "Cards answered: 2. Right: 100 %." in done.stdout
    assert "\x1b" not in done.stdout
    with Journal.open(home / "journal.db") as journal:
        assert [event.data["quality"] for event in journal.events()] == [4, 5]
    assert len(list((home / "backups").glob("daily-*.db"))) == 1


def test_the_next_process_goes_on(home: Path) -> None:
    quizdl(home, "study", "--plain", "--kind", "term", typed="\n1\n")
    done = quizdl(home, "study", "--plain", "--kind", "term")
    assert "Once more. 20 left" in done.stdout


def test_an_empty_journal_beside_backups_is_told(home: Path) -> None:
    quizdl(home, "study", "--plain", "--kind", "term", typed="\n4\n")
    assert "note:" not in quizdl(home, "study", "--plain").stderr
    (home / "journal.db").unlink()
    told = quizdl(home, "study", "--plain").stderr
    assert told == "note: the journal is empty, but there are backups: see `quizdl restore --list`\n"
    assert quizdl(home, "restore", "--yes").returncode == 0
    assert "note:" not in quizdl(home, "study", "--plain").stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--concept", "sofmax"], "error: there is no concept 'sofmax'\n    hint: did you mean 'softmax'?"),
        (["--concept", "소프트멕스"], "did you mean '소프트맥스'?"),
        (["--kind", "chioce"], "error: there is no kind 'chioce'\n    hint: did you mean 'choice'?"),
        (["--kind", "essay"], "there are: term, flashcard, cloze, choice"),
        (["--tag", "no-such-tag"], "error: there is no tag 'no-such-tag'"),
        (["--pack", "deep-lerning"], "did you mean 'deep-learning'?"),
        (["--limit", "-1"], "error: --limit must be 0 or more, received -1"),
        (["--cram", "--new", "3"], "error: --new cannot go with --cram"),
    ],
)
def test_what_does_not_exist_is_refused(home: Path, arguments: list[str], message: str) -> None:
    done = quizdl(home, "study", "--plain", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stdout == ""
    assert not (home / "journal.db").exists()


def test_a_concept_by_any_of_its_names(home: Path) -> None:
    for name in ("softmax", "SOFTMAX", "소프트맥스"):
        done = quizdl(home, "study", "--plain", "--concept", name, "--limit", "1")
        assert done.returncode == 0, done.stderr
        assert "1 left" in done.stdout


def test_the_language_of_the_cards(home: Path) -> None:
    wanted = ("study", "--plain", "--kind", "flashcard", "--limit", "1")
    english = quizdl(home, *wanted, "--lang", "en").stdout
    assert not any("가" <= letter <= "힣" for letter in english)
    (home / "settings.toml").write_text('prompt_language = "ko"\n', encoding="utf-8")
    assert any("가" <= letter <= "힣" for letter in quizdl(home, *wanted).stdout)
    assert quizdl(home, *wanted, "--lang", "en").stdout == english


def test_wrong_settings_stop_with_their_line(home: Path) -> None:
    (home / "settings.toml").write_text("new_per_dya = 3\n", encoding="utf-8")
    done = quizdl(home, "study", "--plain")
    assert done.returncode == 5
    assert "settings.toml:1:1: error: there is no setting 'new_per_dya'" in done.stderr


def test_bytes_that_are_no_text(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "quizdl", "study", "--plain", "--kind", "term", "--limit", "1"],
        input=b"\xff\xfe\n4\n",
        capture_output=True,
        env={**os.environ, "QUIZDL_HOME": str(home), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert b"Cards answered: 1." in done.stdout


def test_stats_as_text_and_json(home: Path) -> None:
    quizdl(home, "study", "--plain", "--kind", "term", "--limit", "3", typed="\n4\n\n1\n\n5\n:quit\n")
    text = quizdl(home, "stats")
    assert text.returncode == 0, text.stderr
    assert "Due today                0\n" in text.stdout
    assert "True retention, 30 days  no reviews yet\n" in text.stdout
    found = json.loads(quizdl(home, "stats", "--json").stdout)
    assert set(found) == {
        "version", "day", "date", "due", "forecast", "days", "retention", "retention_young",
        "retention_mature", "streak", "longest_streak", "states", "concepts", "typical_seconds",
    }  # fmt: skip
    assert found["version"] == 1
    assert (found["due"], found["streak"], found["forecast"][:2]) == (0, 1, [0, 3])
    assert found["days"][-1]["introduced"] == 3
    assert found["retention"] == {"passed": 0, "total": 0, "rate": None}
    assert found["states"]["learning"] == 3
    assert {"concept", "names", "cards", "seen", "mature", "mastery"} == set(found["concepts"][0])
    assert sum(one["seen"] for one in found["concepts"]) == 3


def test_stats_of_a_new_learner(home: Path) -> None:
    done = quizdl(home, "stats")
    assert done.returncode == 0, done.stderr
    assert "nothing yet" in done.stdout


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_home(home: Path) -> None:
    home.chmod(0o500)
    done = quizdl(home, "study", "--plain")
    home.chmod(0o700)
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
