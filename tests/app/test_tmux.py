"""The whole program in a real terminal: ten answers in two languages, and `kill -9` in the middle."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from quizdl.journal.events import Event
from quizdl.journal.store import Journal
from quizdl.typeset.cells import cell_width

_PATIENCE = 30.0
_ASKING = r"Show the answer|Check the answer"
_GRADING = r"0-5 grade"


@pytest.fixture(autouse=True)
def tmux() -> None:
    if shutil.which("tmux") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("tmux is needed in CI: a terminal app is tested in a terminal")
        pytest.skip("tmux is not installed")


class Terminal:
    """A program in a tmux of its own, which is ended with it."""

    def __init__(self, home: Path, server: str) -> None:
        self.home = home
        self._server = server
        self._starts = 0

    def tmux(self, *arguments: str) -> str:
        command = ["tmux", "-u", "-L", f"{self._server}-{self._starts}", "-f", "/dev/null", *arguments]
        ran = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
        return ran.stdout

    def start(self, arguments: str = "", *, width: int = 80, height: int = 24) -> None:
        self._starts += 1  # A server that was told to end may still be there for a moment.
        environment = f"QUIZDL_HOME={shlex.quote(str(self.home))} LC_ALL=C.UTF-8 TERM=tmux-256color"
        # COLUMNS and LINES of whoever runs the tests would hide the true size of the terminal.
        program = f"{shlex.quote(sys.executable)} -m quizdl study {arguments}"
        command = f"exec env -u COLUMNS -u LINES {environment} {program}"
        options = ("set-option", "-g", "status", "off", ";", "set-option", "-g", "remain-on-exit", "on")
        session = ("new-session", "-d", "-x", str(width), "-y", str(height), command)
        self.tmux(*session, ";", *options)

    @property
    def pid(self) -> int:
        return int(self.tmux("display-message", "-p", "-t", "0", "#{pane_pid}"))

    @property
    def dead(self) -> bool:
        return self.tmux("display-message", "-p", "-t", "0", "#{pane_dead}").strip() == "1"

    def screen(self) -> str:
        return self.tmux("capture-pane", "-p", "-t", "0")

    def keys(self, *keys: str) -> None:
        for key in keys:
            # A named key goes as a key, anything else as the text that an input method commits.
            named = key in ("Enter", "Space", "Escape", "PageDown", "Down")
            self.tmux("send-keys", *(() if named else ("-l",)), "-t", "0", key)

    def until(self, pattern: str, *, gone: bool = False) -> str:
        return self.when(lambda shown: bool(re.search(pattern, shown)) != gone, pattern)

    def when(self, holds: Callable[[str], bool], what: str) -> str:
        end = time.monotonic() + _PATIENCE
        while not holds(shown := self.screen()):
            assert time.monotonic() < end, f"waited in vain for: {what}\n{shown}"
            time.sleep(0.02)
        return shown

    def end(self) -> None:
        subprocess.run(
            ["tmux", "-L", f"{self._server}-{self._starts}", "kill-server"], capture_output=True, check=False
        )


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path, f"quizdl-test-{os.getpid()}")
    yield terminal
    terminal.end()


def reviews(home: Path) -> list[Event]:
    with Journal.open(home / "journal.db") as journal:
        return [event for event in journal.events() if event.kind == "review"]


def answer(terminal: Terminal, grade: str) -> list[Event]:
    """Answer the card on the screen and wait until the app shows that the answer was taken."""
    before = reviews(terminal.home)
    shown = terminal.until(_ASKING)
    if "Check the answer" in shown:
        terminal.keys("1", "Enter")
    else:
        terminal.keys("Space")
    terminal.until(_GRADING)
    terminal.keys(grade)
    terminal.until(_GRADING, gone=True)
    acknowledged = reviews(terminal.home)
    assert len(acknowledged) == len(before) + 1, "the next card showed before the answer was on the disk"
    assert acknowledged[:-1] == before
    return acknowledged


def korean(text: str) -> bool:
    return bool(re.search("[가-힣]", text))


def test_ten_answers_in_two_languages_survive_a_kill_in_the_middle(terminal: Terminal) -> None:
    terminal.start("--kind choice")
    shown = terminal.until(_ASKING)
    assert korean(shown), "prompts show both languages at first"
    for grade in ("5", "4", "Enter"):
        acknowledged = answer(terminal, grade)
    terminal.keys("ㅣ")  # in Hangul mode: Korean only
    terminal.until(_ASKING)
    acknowledged = answer(terminal, "４")  # a full-width digit
    assert [event.data["lang"] for event in acknowledged] == ["both", "both", "both", "ko"]
    terminal.keys("l")
    acknowledged = answer(terminal, "5")
    assert acknowledged[-1].data["lang"] == "en"
    assert len(acknowledged) == 5

    terminal.until(_ASKING)
    terminal.keys("1", "Enter")
    terminal.until(_GRADING)  # turned over, not graded: this answer was not acknowledged
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.when(lambda _shown: terminal.dead, "the end of the program")
    assert reviews(terminal.home) == acknowledged, "an acknowledged answer was lost"
    terminal.end()

    terminal.start("--kind choice", width=60, height=20)
    terminal.until(_ASKING)
    for grade in ("4", "5", "5", "4", "5"):
        acknowledged = answer(terminal, grade)
        assert all(cell_width(row) <= 60 for row in terminal.screen().splitlines())
    assert len(acknowledged) == 10
    known = [event.card for event in acknowledged if event.data["quality"] >= 4]
    assert len(set(known)) == len(known), "a card that was known came again after the restart"

    terminal.tmux("resize-window", "-t", "0", "-x", "140", "-y", "45")
    terminal.when(lambda shown: len(shown.splitlines()) == 45 and "? help" in shown, "the larger window")
    terminal.keys("ㅕ")
    shown = terminal.until("Undone")
    assert [event.card for event in reviews(terminal.home)] == [event.card for event in acknowledged]
    terminal.keys("ㅂ")
    terminal.until("Stop here")
    terminal.keys("Enter")
    terminal.when(lambda _shown: terminal.dead, "the end of the program")


def test_a_term_is_asked_from_korean_to_english(terminal: Terminal) -> None:
    terminal.start("--concept softmax --kind term")
    shown = terminal.until(_ASKING)
    assert "소프트맥스" in shown
    assert "softmax" not in shown
    terminal.keys("Space")
    terminal.until("softmax")
    terminal.keys("q")
    terminal.until("Stop here")
    terminal.keys("Enter")
    terminal.when(lambda _shown: terminal.dead, "the end of the program")
