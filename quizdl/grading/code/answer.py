"""The answer to a code item: one grader for the process, whose workers stay warm between answers."""

from __future__ import annotations

import atexit
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from quizdl.errors import PackError, Problem, Where
from quizdl.grading.code.exercise import task_of
from quizdl.grading.code.grade import Graded, Grader
from quizdl.grading.code.inputs import InputsError
from quizdl.grading.code.sandbox.process import WorkerError
from quizdl.grading.code.task import Task
from quizdl.grading.verdict import Feedback, Outcome, Verdict
from quizdl.locale import current

if TYPE_CHECKING:
    from quizdl.packs.items_code import Code


@cache
def grader() -> Grader:
    """The grader of this process."""
    made = Grader()
    atexit.register(made.close)
    return made


def prepare(item: Code) -> None:
    """Start a worker and find out what is expected, while the learner still reads.

    Raises:
        PackError: the exercise itself is broken.
        WorkerError: no worker could be started.
    """
    grader().prepare(task(item))


def task(item: Code) -> Task:
    """The task of an item, in the language of the interface.

    Raises:
        PackError: no inputs can be made for it.
    """
    try:
        return task_of(item, current())
    except InputsError as error:
        raise PackError((Problem(Where(item.id), str(error), code="code-inputs"),)) from error


def check(item: Code, source: str) -> Graded:
    """Run the code of a learner and judge it.

    Args:
        item: the exercise.
        source: Python.

    Returns:
        The verdict with what was printed; unreadable (`code.no-worker`) where no process could be started.

    Raises:
        PackError: the exercise itself is broken: its reference fails.

    Example:
        >>> from quizdl.packs.items import Text
        >>> from quizdl.packs.items_code import Code, Parameter
        >>> item = Code(id="relu.code", concept="relu", prompt=Text(en="Write ReLU."), entry="relu",
        ...             parameters={"x": Parameter(shape=("n",))}, reference="activations.relu",
        ...             solution="def relu(x): return x * (x > 0)")
        >>> check(item, item.solution).verdict.outcome.value
        'correct'
        >>> check(item, "def relu(x): return -x * (x > 0)").verdict.feedback[0].code
        'code.factor.sign'
    """
    try:
        graded = grader().check(task(item), source)
    except WorkerError as error:
        return Graded(Verdict(Outcome.UNREADABLE, 0.0, (Feedback("code.no-worker", {"why": str(error)}),)))
    if not graded.printed:
        return graded
    printed = Feedback("code.printed", {"text": graded.printed, "cut": int(graded.cut)})
    return replace(graded, verdict=replace(graded.verdict, feedback=(*graded.verdict.feedback, printed)))


def grade(item: Code, source: str) -> Verdict:
    """The verdict alone; see `check`."""
    return check(item, source).verdict
