"""One attempt of a learner, seen by the diagnosis: each case with what was expected and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quizdl.grading.code.compare import Difference, differences
from quizdl.grading.code.results import NOTHING, CallResult, ProgramResult
from quizdl.grading.code.sandbox.process import Ended
from quizdl.grading.code.task import Case, Task
from quizdl.grading.code.wire import Value

REPEATED = 3
"""How many cases are called a second time for `deterministic`."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One case.

    Args:
        case: its inputs.
        expected: what the reference returned.
        call: what the learner's function did.
        found: every leaf that differs; empty when it passed.
    """

    case: Case
    expected: Value
    call: CallResult
    found: tuple[Difference, ...]

    @property
    def returned(self) -> bool:
        """Whether a value came back at all."""
        return self.call.value is not NOTHING

    @property
    def passed(self) -> bool:
        """Whether it came back, and was right."""
        return self.returned and not self.found

    @property
    def right_values(self) -> bool:
        """Whether the numbers are right, of whatever dtype."""
        return self.returned and all(each.kind == "dtype" and not each.wrong for each in self.found)


@dataclass(frozen=True, slots=True)
class Trial:
    """All cases.

    Args:
        task: the exercise.
        program: what the worker said.
        tried: one for each case that was called.
        again: the repeated calls of the first cases.
        grown: the traced calls, none or two.
        failed: those of `tried` that did not pass.
    """

    task: Task
    program: ProgramResult
    tried: tuple[Tried, ...]
    again: tuple[CallResult, ...] = ()
    grown: tuple[CallResult, ...] = ()
    failed: tuple[Tried, ...] = ()


def trial(task: Task, cases: Sequence[Case], expected: Sequence[Value], ended: Ended) -> Trial:
    """Set what a worker reported beside what was expected."""
    reported = ended.report.programs if ended.report is not None else ()
    program = reported[0] if reported else ProgramResult()
    count = len(cases)
    tried = tuple(
        Tried(case, right, call, _found(task, right, call))
        for case, right, call in zip(cases, expected, program.calls[:count], strict=False)
    )
    rest = program.calls[count:]
    repeated = min(REPEATED, count) if "deterministic" in task.checks else 0
    failed = tuple(each for each in tried if not each.passed)
    return Trial(task, program, tried, rest[:repeated], rest[repeated : repeated + 2], failed)


def same_results(task: Task, one: Sequence[Tried], other: ProgramResult) -> bool:
    """Whether another program (a known mistake) did the same on every case: the same wrong values."""
    if len(other.calls) < len(one):
        return False
    for mine, theirs in zip(one, other.calls, strict=False):
        raised = mine.call.raised.type if mine.call.raised else None
        if raised != (theirs.raised.type if theirs.raised else None):
            return False
        if mine.returned != (theirs.value is not NOTHING):
            return False
        if mine.returned and differences(theirs.value, mine.call.value, task.closeness, dtype=True):
            return False
        if [index for index, _ in mine.call.changed] != [index for index, _ in theirs.changed]:
            return False
    return True


def _found(task: Task, expected: Value, call: CallResult) -> tuple[Difference, ...]:
    if call.value is NOTHING:
        return ()
    return tuple(differences(expected, call.value, task.closeness, dtype="dtype" in task.checks))
