"""The prover seen from the grader: a child process, asked with a deadline and killed when it is late."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from quizdl.grading.symbolic.prove.wire import pair
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import Node

SECONDS = 3.0
"""What a proof may take; it runs beside the screen, never before it."""
START_SECONDS = 15.0
_COMMAND = (sys.executable, "-m", "quizdl.grading.symbolic.prove.worker")
_KEPT = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "SYSTEMROOT", "LANG", "LC_ALL")


class Prover:
    """One child that proves, started when it is first needed.

    Args:
        monotonic: a clock that only goes forward, in seconds.

    Example:
        >>> with Prover() as prover:
        ...     prover.running
        False
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._ready = False
        self._number = 0

    @property
    def running(self) -> bool:
        """Whether a child is alive."""
        return self._child is not None and self._child.poll() is None

    def warm(self) -> None:
        """Starts the child, so that it has loaded SymPy by the time it is asked; returns at once."""
        with self._lock:
            if not self.running:
                self._start()

    def prove(self, left: Node, right: Node, symbols: Symbols, seconds: float = SECONDS) -> bool | None:
        """Whether two resolved trees are proved equal.

        Args:
            left, right: the trees.
            symbols: the declarations.
            seconds: the deadline, once the child is ready.

        Returns:
            True when proved, False when no proof was found, None when it ran out of time or could not be
            asked. Neither False nor None says that they are different.
        """
        request = pair(left, right, symbols)
        if request is None:
            return None
        with self._lock:
            if not self.running:
                self._start()
            if not self._ready:
                first = self._read(START_SECONDS)
                if first is None or not first.get("ready"):
                    self._kill()
                    return None
                self._ready = True
            self._number += 1
            answer = self._ask({**request, "id": self._number}, seconds)
        if answer is None or answer.get("id") != self._number:
            return None
        return bool(answer.get("proved"))

    def close(self) -> None:
        """Ends the child."""
        with self._lock:
            self._kill()

    def __enter__(self) -> Prover:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- the child -------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._kill()  # the pipes of a child that died by itself
        lines: queue.Queue[str] = queue.Queue()
        self._lines = lines
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        self._child = child = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env=environment,
        )

        def read() -> None:
            assert child.stdout is not None
            for line in child.stdout:
                lines.put(line)
            lines.put("")

        threading.Thread(target=read, name="prover", daemon=True).start()

    def _ask(self, request: dict[str, Any], seconds: float) -> dict[str, Any] | None:
        assert self._child is not None
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(json.dumps(request) + "\n")
            self._child.stdin.flush()
        except OSError:
            self._kill()
            return None
        answer = self._read(seconds)
        if answer is None:
            self._kill()
        return answer

    def _read(self, seconds: float) -> dict[str, Any] | None:
        try:
            line = self._lines.get(timeout=max(seconds, 0.0))
            found = json.loads(line) if line else None
        except (queue.Empty, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def _kill(self) -> None:
        child, self._child = self._child, None
        self._ready = False
        if child is None:
            return
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
