"""Source text of a learner -> verdict."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Final

from quizdl.errors import PackError
from quizdl.grading.code import diagnose, expected
from quizdl.grading.code.display import clean, place, show_pair
from quizdl.grading.code.example import example
from quizdl.grading.code.job import Call, Job, Source
from quizdl.grading.code.jobs import learner_job as learner_job
from quizdl.grading.code.jobs import mistakes_job
from quizdl.grading.code.results import ProgramResult
from quizdl.grading.code.sandbox.pool import Workers
from quizdl.grading.code.sandbox.process import Ended
from quizdl.grading.code.task import Case, Gradient, Task, in_order
from quizdl.grading.code.trial import Trial, Tried, same_results, trial
from quizdl.grading.code.wire import Value
from quizdl.grading.verdict import Feedback, Outcome, Verdict

MAX_SOURCE: Final = 64 * 1024
_REMEMBERED: Final = 16


@dataclass(frozen=True, slots=True)
class Graded:
    """A verdict on code, and what else there is to show.

    Args:
        verdict: see `quizdl.grading.verdict`; the reason first, then what the author of a known mistake says,
            then the example (`code.example`), then a gradient by differences (`code.differences`).
        printed: what the code printed on the case of the example, or in all; harmless for a terminal.
        cut: whether there was more than 64 KB.
        passed: how many cases passed.
        total: of how many.
        layers: the layers that the worker had, as far as it says.
        seconds: from source to verdict.
    """

    verdict: Verdict
    printed: str = ""
    cut: bool = False
    passed: int = 0
    total: int = 0
    layers: tuple[str, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class _Known:
    """What is expected of a task, and what its known mistakes give (None: not asked yet)."""

    task: Task
    cases: tuple[Case, ...]
    right: Sequence[Value]
    mistakes: tuple[ProgramResult, ...] | None = None


class Grader:
    """Grades code; keeps workers warm and remembers what is expected of the last tasks.

    Example:
        >>> import numpy as np
        >>> from quizdl.grading.code.task import EngineFunction
        >>> cases = tuple(Case((np.arange(float(n)),)) for n in (1, 2, 5))
        >>> task = Task("relu", ("x",), cases, EngineFunction("activations.relu"))
        >>> with Grader() as grader:
        ...     graded = grader.check(task, "def relu(x): return abs(x) * -1")
        >>> graded.verdict.outcome.value, graded.verdict.feedback[0].code
        ('wrong', 'code.factor.sign')
    """

    def __init__(self, workers: Workers | None = None) -> None:
        self.workers = workers or Workers()
        self._known: dict[int, _Known] = {}

    def warm(self) -> None:
        """Start a worker in the background: call it when an exercise comes on the screen."""
        self.workers.warm()

    def prepare(self, task: Task) -> None:
        """Find out what is expected and what the known mistakes give, while the learner still reads.

        Raises:
            PackError: the exercise itself is broken: its reference fails.
            WorkerError: no worker could be started.
        """
        self._mistaken(self._remembered(task) or self._learn(task))
        self.workers.warm()

    def check(self, task: Task, source: str) -> Graded:
        """Run and judge.

        Args:
            task: the exercise.
            source: Python of a learner.

        Returns:
            Correct when every case and check passed. Partial when only edges fail, or all values are right
            but a dtype, an input, a loop or chance is not. Unreadable (it costs nothing) when the code is not
            Python, defines no such function, took too long or ended its process.

        Raises:
            PackError: the exercise itself is broken: its reference fails.
            WorkerError: no worker could be started.
        """
        begun = time.perf_counter()
        if len(source.encode("utf-8", "surrogatepass")) > MAX_SOURCE:
            return Graded(_unreadable(Feedback("code.too-large", {"most": MAX_SOURCE // 1024})))
        known, ended = self._run(task, source.encode("utf-8", "replace").decode())
        graded = self._judge(known, ended)
        return replace(graded, seconds=time.perf_counter() - begun)

    def close(self) -> None:
        """End the workers."""
        self.workers.close()

    def __enter__(self) -> Grader:
        self.warm()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:  # fmt: skip
        self.close()

    def _run(self, task: Task, source: str) -> tuple[_Known, Ended]:
        """The learner's worker, and beside it what is expected, unless that is known."""
        known = self._remembered(task)
        if known is not None:
            return known, self.workers.run(learner_job(task, known.cases, source))
        cases = in_order(task.cases)
        job = learner_job(task, cases, source)
        theirs = expected.job_for(task, cases)
        if theirs is None:
            with self.workers.running(job) as worker:
                right = expected.from_engine(task, cases)
                ended = worker.finish()
        else:
            ended, reference = self.workers.run_all([job, theirs])
            right = expected.from_worker(reference, task, cases)
        return self._remember(_Known(task, cases, right)), ended

    def _learn(self, task: Task) -> _Known:
        cases = in_order(task.cases)
        job = expected.job_for(task, cases)
        if job is None:
            right = expected.from_engine(task, cases)
        else:
            right = expected.from_worker(self.workers.run(job), task, cases)
        return self._remember(_Known(task, cases, right))

    def _remembered(self, task: Task) -> _Known | None:
        known = self._known.get(id(task))
        return known if known is not None and known.task is task else None

    def _remember(self, known: _Known) -> _Known:
        while len(self._known) >= _REMEMBERED:
            self._known.pop(next(iter(self._known)), None)
        self._known[id(known.task)] = known
        return known

    def _judge(self, known: _Known, ended: Ended) -> Graded:
        task = known.task
        tried = trial(task, known.cases, known.right, ended)
        whole = Graded(
            verdict=Verdict(Outcome.CORRECT, 1.0),
            printed=_text(ended.printed),
            cut=ended.cut,
            passed=len(tried.tried) - len(tried.failed),
            total=len(known.cases),
            layers=ended.report.layers if ended.report is not None else (),
        )
        stopped = diagnose.ended_early(ended) or diagnose.not_run(tried)
        if stopped is not None:
            return replace(whole, verdict=_unreadable(stopped))
        said = diagnose.reason(tried)
        if said is None:
            return whole
        first, shown = said
        feedback = [first, *self._mistakes(known, tried)]
        if shown is not None:
            feedback.append(example(task, shown))
            feedback += self._by_differences(task, shown)
            whole = replace(whole, printed=_printed(ended, tried, shown))
        return replace(whole, verdict=_verdict(first.code, tried, tuple(feedback)))

    def _mistakes(self, known: _Known, tried: Trial) -> list[Feedback]:
        """The first known mistake that gives just these results."""
        if not tried.failed:
            return []
        return [
            Feedback("code.mistake", {"name": mistake.name}, mistake.feedback)
            for mistake, program in zip(known.task.mistakes, self._mistaken(known), strict=False)
            if same_results(known.task, tried.tried, program)
        ][:1]

    def _mistaken(self, known: _Known) -> tuple[ProgramResult, ...]:
        """What the known mistakes give, from a worker of their own."""
        if known.mistakes is None:
            ended = self.workers.run(mistakes_job(known.task, known.cases)) if known.task.mistakes else None
            report = ended.report if ended is not None else None
            known.mistakes = report.programs if report is not None else ()
        return known.mistakes

    def _by_differences(self, task: Task, shown: Tried) -> list[Feedback]:
        for gradient in task.gradients:
            found = [each for each in shown.found if each.kind == "value" and each.path == _path(gradient)]
            if not found:
                continue
            try:
                slope = self._slope(gradient, shown.case)[found[0].at]
            except (PackError, IndexError, TypeError):  # an explanation less, no reason to fail
                continue
            got = found[0].got[found[0].at] if found[0].at else found[0].got
            by_differences, given = show_pair(float(slope), float(got))
            at = task.parameters[gradient.wrt] + place(found[0].at)
            return [Feedback("code.differences", {"at": at, "slope": by_differences, "got": given})]
        return []

    def _slope(self, gradient: Gradient, case: Case) -> Value:
        if not isinstance(gradient.of, Source):
            return expected.by_differences(gradient, case)
        job = Job((gradient.of,), (case.inputs,), (Call(0, "differences", gradient.wrt),))
        alone = Task("gradient", tuple("x" * len(case.inputs)), (case,), gradient.of)
        return expected.from_worker(self.workers.run(job), alone, (case,))[0]


def _verdict(code: str, tried: Trial, feedback: tuple[Feedback, ...]) -> Verdict:
    if code == "code.edges":
        return Verdict(Outcome.PARTIAL, 1 - len(tried.failed) / len(tried.tried), feedback)
    if code in diagnose.LENIENT and all(each.right_values for each in tried.tried):
        return Verdict(Outcome.PARTIAL, 0.5, feedback)
    return Verdict(Outcome.WRONG, 0.0, feedback)


def _unreadable(feedback: Feedback) -> Verdict:
    return Verdict(Outcome.UNREADABLE, 0.0, (feedback,))


def _path(gradient: Gradient) -> str:
    return "" if gradient.output is None else f"[{gradient.output}]"


def _printed(ended: Ended, tried: Trial, shown: Tried) -> str:
    """What was printed during the call that is shown; the worker's word for where, so within bounds."""
    at = next((index for index, each in enumerate(tried.tried) if each is shown), 0)
    start = tried.tried[at - 1].call.printed if at else 0
    part = ended.printed[min(start, len(ended.printed)) : shown.call.printed]
    return _text(part)


def _text(raw: bytes) -> str:
    return clean(raw.decode("utf-8", "replace"))
