"""What the grader asks of a worker: programs, inputs, and which program is called on which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from quizdl.grading.code import wire
from quizdl.grading.code.wire import Value

Mode = Literal["plain", "traced", "differences"]

ALL_LAYERS = ("landlock", "user", "limits", "seccomp", "audit")
"""In the order in which a worker takes them on."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text of Python and the function in it that is called."""

    text: str
    entry: str


@dataclass(frozen=True, slots=True)
class Call:
    """Which inputs, and how: see `runs_learner_code.call`."""

    inputs: int
    mode: Mode = "plain"
    wrt: int = 0


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds a job may take.

    Args:
        soft: for each program; then the worker says in which line it was and goes on to the next.
        watchdog: for the whole job; then the worker ends itself even inside a loop written in C.
        hard: for the whole job; then the grader kills the worker.
    """

    soft: float = 2.0
    watchdog: float = 2.6
    hard: float = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """One task for one worker.

    Args:
        programs: each is executed by itself, in this order.
        inputs: positional arguments; `{"$generator": seed}` stands for a seeded Generator.
        calls: made with each program, in this order.
        clock: see `Clock`.
        layers: those that the worker takes on; fewer only to measure what each is good for.

    Raises:
        WireError: inputs that cannot travel.

    Example:
        >>> job = Job((Source("def f(x): return x", "f"),), ((1.0,),), (Call(0),))
        >>> len(job.frame()) > 100
        True
    """

    programs: tuple[Source, ...]
    inputs: tuple[tuple[Value, ...], ...]
    calls: tuple[Call, ...]
    clock: Clock = Clock()
    layers: tuple[str, ...] = ALL_LAYERS

    def frame(self) -> bytes:
        """The bytes for the worker: everything it may know."""
        head: Mapping[str, Value] = {
            "programs": [[source.text, source.entry] for source in self.programs],
            "calls": [[call.inputs, call.mode, call.wrt] for call in self.calls],
            "soft": float(self.clock.soft),
            "watchdog": float(self.clock.watchdog),
            "hard": float(self.clock.hard),
            "layers": list(self.layers),
        }
        return wire.frame(wire.join([wire.encode(head), *map(wire.encode, self.inputs)]))
