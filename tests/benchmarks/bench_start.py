"""How soon something is seen: `--version` beside bare Python, the first card beside a bare Textual app.

Each pair is measured in turns in the same minutes, so that the ratios mean the same on another machine. The
apps run in a pseudo-terminal of their own; a clock stops when their last line has been painted.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Sequence
from pathlib import Path

Row = tuple[str, float, str, float]

TIMES = 11
_SLOWEST = 20.0
# Colours are the program's own, and an installed quizdl has its bytecode whatever this environment says.
_UNSET = ("NO_COLOR", "TEXTUAL_THEME", "PYTHONDONTWRITEBYTECODE")

BARE = """
from textual.app import App
from textual.widgets import Footer, Header

class Bare(App):
    def compose(self):
        yield Header()
        yield Footer()

Bare().run()
"""


def painted(command: Sequence[str], marker: bytes, environment: dict[str, str]) -> float:
    """Seconds from the start of a program until it has written `marker` to its terminal of 80×24 cells."""
    start = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvpe(command[0], list(command), environment)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    try:
        while marker not in seen:
            ready, _, _ = select.select([terminal], [], [], _SLOWEST)
            if not ready:
                raise TimeoutError(f"{command} has not painted {marker!r}:\n{seen[-2000:]!r}")
            try:
                seen += os.read(terminal, 1 << 16)
            except OSError as error:
                raise RuntimeError(f"{command} has ended:\n{seen[-2000:]!r}") from error
        return time.perf_counter() - start
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)


def _took(command: Sequence[str], environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def rows() -> list[Row]:
    """Name, value, unit and budget of each measurement."""
    python = sys.executable
    quizdl = Path(python).with_name("quizdl")
    with tempfile.TemporaryDirectory() as home:
        environment = {name: value for name, value in os.environ.items() if name not in _UNSET}
        environment |= {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "QUIZDL_HOME": home,
        }
        bare, card = (python, "-c", BARE), (str(quizdl), "study")
        bare_times, card_times, python_times, version_times = [], [], [], []
        painted(card, b"help", environment)  # The first start of all fills the cache of packs.
        for _ in range(TIMES):
            bare_times.append(painted(bare, b"palette", environment))
            card_times.append(painted(card, b"help", environment))
            python_times.append(_took((python, "-c", ""), environment))
            version_times.append(_took((str(quizdl), "--version"), environment))
    bare_s, card_s, python_s, version_s = map(
        statistics.median, (bare_times, card_times, python_times, version_times)
    )
    return [
        ("`quizdl --version` beside `python -c ''`", version_s / python_s, "×", 4.0),
        ("first card painted beside a bare Textual app", card_s / bare_s, "×", 1.6),
        ("first card painted", card_s * 1000, "ms", 1.6 * bare_s * 1000),
    ]


if __name__ == "__main__":
    for name, value, unit, budget in rows():
        print(f"{name}: {value:.2f} {unit} (budget {budget:.2f})")
