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

import items
import pytest

from quizdl.journal.events import Event
from quizdl.journal.store import Journal
from quizdl.packs.items import AnyItem, Pack, PackInfo, Text
from quizdl.packs.printing import print_pack
from quizdl.typeset.cells import cell_width

_PATIENCE = 30.0
_ASKING = r"Show the answer|Check the answer"
_NAMED = ("Enter", "Space", "Escape", "PageDown", "Up", "Down", "Right", "Tab", "BSpace", "C-l", "C-u", "C-z")
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
            named = key in _NAMED
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
    terminal.keys("Enter")
    terminal.until("softmax")
    terminal.keys("q")
    terminal.until("Stop here")
    terminal.keys("Enter")
    terminal.when(lambda _shown: terminal.dead, "the end of the program")


def install(terminal: Terminal, *asked: AnyItem) -> None:
    """Put a pack of these items into the learner's home, as a learner would."""
    info = PackInfo(id="test", title=Text(ko="시험", en="Test"), version="1")
    path = terminal.home / "test.yaml"
    pack = Pack(info=info, concepts=(items.SOFTMAX,), items=asked)
    path.write_text(print_pack(pack), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "quizdl", "pack", "add", "--yes", str(path)],
        check=True,
        capture_output=True,
        env={**os.environ, "QUIZDL_HOME": str(terminal.home)},
    )


def leave(terminal: Terminal) -> None:
    """Answered everything: the summary, then out."""
    terminal.until("Well done")
    terminal.keys("Enter")
    terminal.when(lambda _shown: terminal.dead, "the end of the program")


def row_of(shown: str, text: str) -> int:
    return next(number for number, row in enumerate(shown.splitlines()) if text in row)


def test_a_typed_korean_answer_in_the_smallest_window(terminal: Terminal) -> None:
    install(terminal, items.SHORT)
    terminal.start("--pack test", width=60, height=20)
    terminal.until(_ASKING)
    terminal.keys("과적합을방지하는")  # eight syllables in one commit
    shown = terminal.until("❯ 과적합을방지하는")
    cursor = terminal.tmux("display-message", "-p", "-t", "0", "#{cursor_x} #{cursor_y}").split()
    line = shown.splitlines()[row_of(shown, "❯")]
    assert [int(place) for place in cursor] == [cell_width(line.rstrip()), row_of(shown, "❯")]
    terminal.keys("Tab")
    terminal.until("지수 함수를 쓴다")
    terminal.keys("C-l")
    terminal.until("It uses exponentials", gone=True)
    shown = terminal.until("❯ 과적합을방지하는")
    terminal.tmux("resize-window", "-t", "0", "-x", "100", "-y", "30")
    terminal.when(lambda shown: len(shown.splitlines()) == 30 and "❯ 과적합을방지하는" in shown, "the text")
    terminal.keys("C-u")
    terminal.until("과적합", gone=True)
    terminal.keys("소프트맥스")
    terminal.until("❯ 소프트맥스")
    terminal.keys("Enter")
    terminal.until("✓ Correct")
    terminal.until("3 Hard ⏎")
    terminal.keys("4")
    leave(terminal)
    (review,) = reviews(terminal.home)
    assert review.data["response"] == "소프트맥스"
    assert (review.data["suggested"], review.data["quality"]) == (3, 4)
    assert (review.data["lang"], review.data["hints"]) == ("ko", 1)


def test_esc_and_a_letter_are_a_key_however_fast(terminal: Terminal) -> None:
    install(terminal, items.SHORT)
    terminal.start("--pack test")
    terminal.until(_ASKING)
    terminal.keys("bus")
    terminal.until("❯ bus")
    terminal.tmux("send-keys", "-t", "0", "Escape", "h")
    terminal.until("It uses exponentials")
    terminal.keys("Escape")
    terminal.until("back to the answer")
    terminal.keys("ㅠ")
    terminal.until("Cards due tomorrow|Nothing is due|Well done|all for now")
    with Journal.open(terminal.home / "journal.db") as journal:
        assert [event.kind for event in journal.events()] == ["bury"]


def test_an_order_and_a_match_by_keys_alone(terminal: Terminal) -> None:
    install(terminal, items.ORDER, items.MATCH)
    terminal.start("--pack test --kind order")
    terminal.until(_ASKING)
    steps = [step.ko for step in items.ORDER.steps]
    for place, step in enumerate(steps):
        shown = terminal.screen()
        here = sorted(row_of(shown, text) for text in steps).index(row_of(shown, step))
        mark = sorted(row_of(shown, text) for text in steps).index(row_of(shown, "▸"))
        terminal.keys(*["Down" if here > mark else "Up"] * abs(here - mark))
        terminal.when(lambda shown, step=step: row_of(shown, "▸") == row_of(shown, step), "the mark")
        terminal.keys("Space")
        terminal.until("↕")
        terminal.keys(*["Up"] * (here - place))
        terminal.keys("Space")
        terminal.until("↕", gone=True)
    terminal.keys("Enter")
    terminal.until("✓ Correct")
    terminal.keys("5")
    leave(terminal)
    terminal.end()

    terminal.start("--pack test --kind match")
    shown = terminal.until(_ASKING)
    for right in (r"max\(0, x\)", "e⁻ˣ", r" x *│"):
        # The letter that stands before the formula, typed with the keyboard in Hangul mode.
        lines = shown.splitlines()
        at = next(number for number, row in enumerate(lines) if re.search(right, row))
        letter = next(m[1] for row in lines[at::-1] if (m := re.search(r"│ +([A-D]) [·1-3] ", row)))
        terminal.keys({"A": "ㅁ", "B": "ㅠ", "C": "ㅊ", "D": "ㅇ"}[letter])
        terminal.until(rf"\[{letter}\]")
    time.sleep(0.1)
    terminal.keys("Enter")
    terminal.until("✓ Correct")
    terminal.keys("Enter")
    leave(terminal)
    order, match = reviews(terminal.home)
    assert order.data["response"] == [0, 1, 2, 3]
    assert (order.data["quality"], order.data["suggested"]) == (5, 4)
    assert match.data["response"] == [[0, 0], [1, 1], [2, 2]]
