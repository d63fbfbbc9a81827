"""The process that runs one job: loads NumPy, says so, waits, locks itself in, runs, sends data, ends.

Descriptors: 0 the job; 1 and 2 what is printed; one for the result; one for the trace, which says "ready"
and, when time is up inside C code, the current line.
"""

from __future__ import annotations

import faulthandler
import importlib
import io
import math
import os
import signal
import sys
import time
from types import FrameType
from typing import Any, Final

from quizdl.grading.code import wire
from quizdl.grading.code.sandbox import lock
from quizdl.grading.code.sandbox.runs_learner_code import Program, TooLong, call, line_of

READY: Final = b"ready\n"
MAX_PRINTED: Final = 64 * 1024 + 1
"""One byte more than the grader keeps, so that it knows that there was more."""
TICK: Final = 0.05
"""Seconds between looks at the clock."""

IMPORTABLE: Final = (
    "numpy", "numpy.linalg", "numpy.random", "numpy.fft", "numpy.polynomial", "numpy.typing",
    "abc", "bisect", "cmath", "collections.abc", "contextlib", "copy", "dataclasses", "enum", "fractions",
    "functools", "heapq", "itertools", "math", "numbers", "operator", "random", "re", "string", "time",
    "types", "typing", "warnings",
)  # fmt: skip
"""What an answer may import; everything else is not there."""


def main(result: int, trace: int) -> None:
    """Be the worker; never returns.

    Args:
        result: descriptor for the one frame.
        trace: descriptor for "ready" and the watchdog.
    """
    for name in IMPORTABLE:
        importlib.import_module(name)
    printed = Printed()
    buffer: Any = printed  # nothing to buffer: what was printed must not be lost when time is up
    text = io.TextIOWrapper(buffer, encoding="utf-8", errors="backslashreplace", write_through=True)
    os.write(trace, READY)
    data = _read_all(0)
    os.close(0)
    if not data:  # the grader is gone, or had no work
        os._exit(0)
    head, *inputs = wire.split(wire.unframe(data))
    job = wire.decode(head)
    sys.stdin = None
    sys.stdout = sys.stderr = text
    os.environ.clear()
    run = Run(job, [wire.decode(part) for part in inputs], printed, result)
    signal.signal(signal.SIGALRM, run.tick)  # before the lock: afterwards no timer can be set or stopped
    signal.setitimer(signal.ITIMER_REAL, TICK, TICK)
    run.layers = lock.lock(job["layers"], trace, job["watchdog"], job["hard"])
    run.everything()
    run.send()


class Printed(io.RawIOBase):
    """Descriptor 1, up to `MAX_PRINTED` bytes; `count` is how many went out."""

    count = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        raw = bytes(data)
        part = raw[: MAX_PRINTED - self.count]
        if part:
            os.write(1, part)
            self.count += len(part)
        return len(raw)


class Run:
    """The programs of one job and what came of them so far, ready to be sent at any moment."""

    def __init__(self, job: dict[str, Any], inputs: list[Any], printed: Printed, result: int) -> None:
        self.job = job
        self.inputs = inputs
        self.printed = printed
        self.result = result
        self.layers: list[str] = []
        self.programs: list[dict[str, Any]] = []
        self.parts: list[bytes] = []
        self.size = 0
        self.until = math.inf

    def everything(self) -> None:
        """Execute every program and make every call."""
        for text, entry in self.job["programs"]:
            record: dict[str, Any] = {"defined": False, "parameters": None, "raised": None, "calls": [],
                                      "too_long": False, "line": 0}  # fmt: skip
            self.programs.append(record)
            self.until = time.monotonic() + self.job["soft"]
            try:
                self.program(record, text, entry)
            except TooLong:
                record["too_long"] = True
        self.until = math.inf

    def program(self, record: dict[str, Any], text: str, entry: str) -> None:
        program = Program(text, entry)
        record["raised"] = program.raised
        record["defined"] = callable(program.function)
        record["parameters"] = program.parameters
        if not record["defined"]:
            return
        for index, mode, wrt in self.job["calls"]:
            done, parts = call(program.function, self.inputs[index], mode, wrt)
            self.keep(done, parts)
            done["printed"] = self.printed.count
            record["calls"].append(done)

    def keep(self, done: dict[str, Any], parts: list[bytes]) -> None:
        size = sum(map(len, parts)) + 512  # the record itself, generously
        if self.size + size > wire.MAX_BYTES // 2:
            done["value"], done["after"], done["refused"] = -1, -1, "the values are too large in all"
            return
        self.size += size
        for name in ("value", "after"):
            if done[name] >= 0:
                done[name] += len(self.parts)
        self.parts += parts

    def tick(self, _number: int, frame: FrameType | None) -> None:
        """Look at the clock: the last program is cut short by ending here, which no `except` can catch."""
        if time.monotonic() < self.until or not self.programs:
            return
        record = self.programs[-1]
        record["line"] = record["line"] or line_of(frame)
        if len(self.programs) == len(self.job["programs"]):
            record["too_long"] = True
            self.send()
        raise TooLong

    def send(self) -> None:
        """Send the frame and end at once: no `atexit`, no `__del__`, no thread is waited for."""
        self.until = math.inf
        faulthandler.cancel_dump_traceback_later()
        head = {"layers": self.layers, "programs": self.programs}
        data = wire.frame(wire.join([wire.encode(head), *self.parts]))
        view = memoryview(data)
        while view:
            view = view[os.write(self.result, view) :]
        os._exit(0)


def _read_all(descriptor: int) -> bytes:
    parts = []
    while part := os.read(descriptor, 1 << 20):
        parts.append(part)
    return b"".join(parts)
