"""Fifty killed sessions, as part of every test run; `python tests/kill_session.py 1000` kills a thousand."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "kill_session.py"


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_fifty_kills_lose_nothing() -> None:
    done = subprocess.run(
        [sys.executable, SCRIPT, "50", "--seed", "7"], capture_output=True, text=True, check=False
    )
    counts = {
        name.strip(): int(value)
        for name, _, value in (line.rpartition(" ") for line in done.stdout.splitlines())
    }
    assert done.returncode == 0, done.stdout + done.stderr
    assert counts["kills"] == 50
    assert counts["acknowledged events"] > 50
    assert counts["acknowledged events lost"] == 0
    assert counts["corrupt journals, or states unlike the replay"] == 0
