"""What an exercise must withstand before anyone studies it: `quizdl pack check`.

The solution passes, the starter does not, every known mistake is rejected with its feedback, and nearly every
small fault put into the solution is noticed.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from quizdl.errors import PackError
from quizdl.grading.code import diagnose, expected, inputs
from quizdl.grading.code.display import show
from quizdl.grading.code.exercise import starter, task_of
from quizdl.grading.code.grade import Grader
from quizdl.grading.code.job import Call, Clock, Job, Source
from quizdl.grading.code.jobs import learner_job
from quizdl.grading.code.messages import sentence
from quizdl.grading.code.mutants import Mutant, mutants
from quizdl.grading.code.results import NOTHING, ProgramResult, Report
from quizdl.grading.code.sandbox.pool import Workers
from quizdl.grading.code.sandbox.process import Ended
from quizdl.grading.code.task import Case, Task, in_order
from quizdl.grading.code.trial import trial
from quizdl.grading.code.wire import Value
from quizdl.grading.verdict import Outcome, Verdict
from quizdl.packs.items_code import Code

NOTICED: Final = 0.95
"""The share of mutants that mean something else and must be rejected."""
SECONDS: Final = 120.0
"""For one exercise; what is not done by then is told."""
_TOGETHER: Final = 16
_SOFT: Final = 1.0

Path = tuple[str | int, ...]


class Finding(NamedTuple):
    """What is wrong with an exercise, and where in the item."""

    path: Path
    message: str
    hint: str
    code: str
    severity: str = "error"


@dataclass(slots=True)
class Examined:
    """What came of an exercise.

    Args:
        findings: what is wrong.
        total: how many mutants there are.
        equivalent: how many of them mean the same as the solution, as far as can be seen.
        survivors: mutants that mean something else and pass.
    """

    findings: list[Finding] = field(default_factory=list)
    total: int = 0
    equivalent: int = 0
    survivors: tuple[Mutant, ...] = ()

    @property
    def noticed(self) -> float:
        """The share of the mutants with a meaning of their own that are rejected.

        Example:
            >>> Examined(total=10, equivalent=2, survivors=(Mutant("", 1, "a", "b"),)).noticed
            0.875
        """
        meant = self.total - self.equivalent
        return 1 - len(self.survivors) / meant if meant else 1.0


def examine(item: Code, workers: Workers) -> Examined:
    """Run all that must pass and all that must not.

    Args:
        item: an exercise whose texts are Python.
        workers: run what the pack brings; nothing of it runs in this process.

    Raises:
        WorkerError: no worker could be started.
    """
    found = Examined()
    try:
        task = task_of(item)
        found.findings += _solution(item, task, workers)
        if not found.findings:
            _mutants(item, task, workers, found)
    except inputs.InputsError as error:
        found.findings.append(Finding(error.path, str(error), "", "code-inputs"))
    except PackError as error:
        found.findings += [
            Finding(("reference" if item.reference else "solution",), problem.message, "", "code-reference")
            for problem in error.problems
        ]
    return found


def _solution(item: Code, task: Task, workers: Workers) -> Iterator[Finding]:
    """The solution, the starter and the known mistakes, just as answers of a learner."""
    grader = Grader(workers)
    verdict = grader.check(task, item.solution).verdict
    if verdict.outcome is not Outcome.CORRECT:
        message = f"the solution must pass, received {verdict.outcome}: {_why(verdict)}"
        yield Finding(("solution",), message, "", "code-solution")
        return
    if grader.check(task, starter(item)).verdict.outcome is Outcome.CORRECT:
        yield Finding(("starter",), "the starter must not pass, received one that does", "", "code-starter")
    for at, wrong in enumerate(item.mistakes):
        path: Path = ("mistakes", at, "code")
        verdict = grader.check(task, wrong.code).verdict
        if verdict.outcome is Outcome.CORRECT:
            message = "a mistake must be rejected, received one that passes"
            hint = "add an edge that shows the difference"
            yield Finding(path, message, hint, "code-mistake-passes")
        elif verdict.outcome is Outcome.UNREADABLE:
            message = f"a mistake must run, received one that does not: {_why(verdict)}"
            yield Finding(path, message, "", "code-mistake-broken")
        elif all(entry.text != wrong.feedback for entry in verdict.feedback):
            other = next((entry for entry in verdict.feedback if entry.text), None)
            told = f"that of another one: {other.text.in_('en')}" if other and other.text else _why(verdict)
            message = f"a mistake must draw its feedback, received {told}"
            hint = "two mistakes must not give the same results"
            yield Finding(path, message, hint, "code-mistake-feedback")


def _why(verdict: Verdict) -> str:
    return sentence(verdict.feedback[0]) if verdict.feedback else "no reason"


def _mutants(item: Code, task: Task, workers: Workers, found: Examined) -> None:
    until = time.monotonic() + SECONDS
    made = mutants(item.solution)
    cases = in_order(task.cases)
    job = expected.job_for(task, cases)
    if job is None:
        right: Sequence[Value] = expected.from_engine(task, cases)
    else:
        right = expected.from_worker(workers.run(job), task, cases)
    for case, value in zip(cases, right, strict=True):
        if not _finite(value):
            message = f"what is right must be finite, received {show(value)} for {show(case.inputs)}"
            found.findings.append(Finding(("solution",), message, "", "code-not-finite"))
            return
    passed = [
        mutant
        for mutant, ended in _run(workers, task, cases, made, until)
        if ended is None or not rejected(task, cases, right, ended)
    ]
    meant, late = _meant(item, task, workers, passed, until)
    found.total, found.survivors = len(made), tuple(meant)
    found.equivalent = len(passed) - len(meant)
    found.findings += _told(found, late or time.monotonic() > until)


def _told(found: Examined, late: bool) -> Iterator[Finding]:
    if late:
        message = f"an exercise must be checked within {SECONDS:g} s, received one that takes longer"
        yield Finding(("solution",), message, "make fewer or smaller inputs", "code-slow")
    if not found.survivors:
        return
    share = f"{100 * found.noticed:.0f} % of {found.total - found.equivalent}"
    enough = found.noticed >= NOTICED
    for mutant in found.survivors[:1] if not enough else found.survivors:
        message = f"the inputs should tell every fault from the solution, received one that passes: {mutant}"
        if not enough:
            message = (
                f"the inputs must tell {100 * NOTICED:.0f} % of small faults from the solution, received "
                f"{share}; one that passes: {mutant}"
            )
        hint = "add an edge on which they differ"
        yield Finding(
            ("solution",), message, hint, "code-survivor" if enough else "code-mutants",
            "warning" if enough else "error",
        )  # fmt: skip


def rejected(task: Task, cases: Sequence[Case], right: Sequence[Value], ended: Ended) -> bool:
    """Whether a program that ran is one that grading would not take."""
    tried = trial(task, cases, right, ended)
    return (
        diagnose.ended_early(ended) is not None
        or diagnose.not_run(tried) is not None
        or diagnose.reason(tried) is not None
    )


def _meant(
    item: Code, task: Task, workers: Workers, passed: Sequence[Mutant], until: float
) -> tuple[list[Mutant], bool]:
    """Those that differ from the solution on many other inputs: large ones, whole numbers, long ones."""
    if not passed:
        return [], False
    probes = (
        *inputs.drawn(item, 60, 1),
        *inputs.drawn(item, 30, 2, spread=300.0),
        *inputs.drawn(item, 40, 3, whole=True),
        *inputs.drawn(item, 20, 4, grown=3),
    )
    calls = tuple(Call(index) for index in range(len(probes)))
    clock = Clock(10.0, 12.0, 15.0)
    source = Source(item.solution, item.entry)
    ended = workers.run(Job((source,), tuple(case.inputs for case in probes), calls, clock))
    program = ended.report.programs[0] if ended.report and ended.report.programs else ProgramResult()
    sound = [
        (case, call.value)
        for case, call in zip(probes, program.calls, strict=False)
        if call.value is not NOTHING and _finite(call.value)
    ]
    cases, right = tuple(case for case, _ in sound), [value for _, value in sound]
    if not cases:
        return list(passed), True
    meant = [
        mutant
        for mutant, ended in _run(workers, task, cases, passed, until)
        if ended is None or rejected(task, cases, right, ended)
    ]
    return meant, time.monotonic() > until


def _finite(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_finite, value))
    if isinstance(value, dict):
        return all(map(_finite, value.values()))
    if isinstance(value, np.ndarray | float) and np.asarray(value).dtype.kind in "fc":
        return bool(np.isfinite(value).all())
    return True


def _run(
    workers: Workers, task: Task, cases: Sequence[Case], programs: Sequence[Mutant], until: float
) -> Iterator[tuple[Mutant, Ended | None]]:
    """What each program did, many of them in one worker; None for those that there was no time for."""
    for start in range(0, len(programs), _TOGETHER):
        chunk = programs[start : start + _TOGETHER]
        if time.monotonic() > until:
            yield from ((mutant, None) for mutant in chunk)
        else:
            yield from zip(chunk, _together(workers, task, tuple(cases), chunk), strict=True)


def _together(
    workers: Workers, task: Task, cases: tuple[Case, ...], programs: Sequence[Mutant]
) -> list[Ended]:
    job = learner_job(task, cases, "")
    count = len(programs)
    clock = Clock(_SOFT, _SOFT * count + 2, _SOFT * count + 5)
    sources = tuple(Source(mutant.text, task.entry) for mutant in programs)
    ended = workers.run(Job(sources, job.inputs, job.calls, clock))
    if ended.report is not None and len(ended.report.programs) == count:
        return [Ended("reported", Report(ended.report.layers, (each,))) for each in ended.report.programs]
    if count == 1:
        return [ended]
    half = count // 2  # one of them ended the process: find out which
    return [
        *_together(workers, task, cases, programs[:half]),
        *_together(workers, task, cases, programs[half:]),
    ]
