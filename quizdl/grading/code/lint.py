"""The gate as a lint: all code exercises of a pack, side by side, with word of how far it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Literal, TypeAlias

from quizdl.errors import Problem
from quizdl.grading.code.gate import Examined, Finding, examine
from quizdl.grading.code.sandbox.pool import Workers
from quizdl.grading.code.sandbox.process import WorkerError
from quizdl.packs.items import Code, Pack
from quizdl.packs.positions import Positions


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the check is.

    Args:
        done: exercises.
        total: of how many.
        item: the id of the one that was just done; "" at the start.
        seconds: since the start.
        mutants: faults put into solutions so far.
        noticed: those that were rejected, or mean the same.
    """

    done: int
    total: int
    item: str
    seconds: float
    mutants: int
    noticed: int

    @property
    def seconds_left(self) -> float:
        """What is left, if the rest goes as it went so far.

        Example:
            >>> Progress(done=2, total=5, item="a", seconds=4.0, mutants=9, noticed=9).seconds_left
            6.0
        """
        return self.seconds / self.done * (self.total - self.done) if self.done else 0.0


Tell: TypeAlias = Callable[[Progress], None]


def gate(tell: Tell = lambda _: None) -> Callable[[Pack, Positions], Iterator[Problem]]:
    """A lint that runs the code exercises of a pack.

    Args:
        tell: is told at the start and after each exercise; in this thread.
    """

    def lint(pack: Pack, positions: Positions) -> Iterator[Problem]:
        items = [item for item in pack.items if isinstance(item, Code)]
        if not items:
            return
        begun = time.monotonic()
        mutants = noticed = 0
        tell(Progress(0, len(items), "", 0.0, 0, 0))
        with Workers(spare=1) as workers, ThreadPoolExecutor(max(1, os.cpu_count() or 1)) as threads:
            running = {threads.submit(examine, item, workers): item for item in items}
            try:
                for done, future in enumerate(as_completed(running), 1):
                    item, found = running[future], _result(future)
                    mutants += found.total
                    noticed += found.total - len(found.survivors)
                    seconds = time.monotonic() - begun
                    tell(Progress(done, len(items), item.id, seconds, mutants, noticed))
                    yield from _problems(item, found, positions)
            finally:
                for future in running:  # an interrupt, or an error: the rest is not begun
                    future.cancel()

    return lint


def _result(future: Future[Examined]) -> Examined:
    try:
        return future.result()
    except WorkerError as error:
        return Examined([Finding(("solution",), f"the code could not be run: {error}", "", "code-worker")])


def _problems(item: Code, found: Examined, positions: Positions) -> Iterator[Problem]:
    for path, message, hint, code, severity in found.findings:
        level: Literal["error", "warning"] = "warning" if severity == "warning" else "error"
        yield Problem(positions.item(item.id, *path), message, hint, level, code)
