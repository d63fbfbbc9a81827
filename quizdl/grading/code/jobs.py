"""The jobs that a task makes: for the learner's worker, and for the pack's known mistakes."""

from __future__ import annotations

from collections.abc import Sequence

from quizdl.grading.code.job import Call, Clock, Job, Source
from quizdl.grading.code.task import Case, Task
from quizdl.grading.code.trial import REPEATED

_SECONDS = 1.0
"""For each text of a pack that shares a worker."""


def learner_job(task: Task, cases: Sequence[Case], source: str) -> Job:
    """What the learner's worker is given: the code and the inputs, and nothing of what is expected."""
    inputs = [case.inputs for case in cases]
    calls = [Call(index) for index in range(len(cases))]
    if "deterministic" in task.checks:
        calls += calls[:REPEATED]
    if "vectorised" in task.checks and task.growing is not None:
        calls += [Call(len(inputs), "traced"), Call(len(inputs) + 1, "traced")]
        inputs += [case.inputs for case in task.growing]
    return Job((Source(source, task.entry),), tuple(inputs), tuple(calls))


def mistakes_job(task: Task, cases: Sequence[Case]) -> Job:
    """The plain calls for all known mistakes of a task, each with time of its own."""
    sources = tuple(Source(mistake.text, task.entry) for mistake in task.mistakes)
    calls = tuple(Call(index) for index in range(len(cases)))
    clock = Clock(_SECONDS, _SECONDS * len(sources) + 1, _SECONDS * len(sources) + 3)
    return Job(sources, tuple(case.inputs for case in cases), calls, clock)
