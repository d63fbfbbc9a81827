"""What is right on each case: from the engine, from the pack's solution in a worker, or by differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from quizdl.engine import find
from quizdl.engine.differences import numerical_gradient
from quizdl.errors import PackError, Problem, Where
from quizdl.grading.code import wire
from quizdl.grading.code.job import Call, Clock, Job, Source
from quizdl.grading.code.results import NOTHING
from quizdl.grading.code.sandbox.process import Ended
from quizdl.grading.code.task import Case, EngineFunction, Gradient, Task
from quizdl.grading.code.wire import Value

_PATIENT = Clock(soft=4.0, watchdog=6.0, hard=10.0)
"""A pack's solution may take its time: the learner does not wait for it twice."""


def job_for(task: Task, cases: Sequence[Case]) -> Job | None:
    """The job that makes the expected values, or None where the engine does."""
    inputs = tuple(case.inputs for case in cases)
    if isinstance(task.reference, Source):
        calls = tuple(Call(index) for index in range(len(cases)))
        return Job((task.reference,), inputs, calls, _PATIENT)
    if task.reference is None and isinstance(task.gradients[0].of, Source):
        wrt = task.gradients[0].wrt
        calls = tuple(Call(index, "differences", wrt) for index in range(len(cases)))
        return Job((task.gradients[0].of,), inputs, calls, _PATIENT)
    return None


def from_engine(task: Task, cases: Sequence[Case]) -> list[Value]:
    """The expected values where the engine makes them.

    Raises:
        PackError: the engine has no such function, or it refuses the inputs.
    """
    if isinstance(task.reference, EngineFunction):
        function = _engine_function(task.reference)
        return [_as_value(task, case, function(*_inputs(case))) for case in cases]
    gradient = task.gradients[0]
    return [_as_value(task, case, by_differences(gradient, case)) for case in cases]


def by_differences(gradient: Gradient, case: Case) -> Value:
    """The gradient on one case by finite differences, where the engine has its function.

    Raises:
        PackError: the function is the pack's own (ask a worker), is not there, or refuses the inputs.
    """
    if not isinstance(gradient.of, EngineFunction):
        raise _broken("", "the differences of a pack's own function are a worker's business")
    function = _engine_function(gradient.of)
    inputs = _inputs(case)

    def at(point: Any) -> float:
        return float(np.sum(function(*inputs[: gradient.wrt], point, *inputs[gradient.wrt + 1 :])))

    return numerical_gradient(at, inputs[gradient.wrt])


def from_worker(ended: Ended, task: Task, cases: Sequence[Case]) -> list[Value]:
    """The expected values that a worker made.

    Raises:
        PackError: the solution raised, took too long or returned nothing on some case.
    """
    if ended.report is None or not ended.report.programs:
        raise _broken(task.entry, f"its solution ended without a result ({ended.how})")
    program = ended.report.programs[0]
    if program.raised is not None:
        raise _broken(task.entry, f"its solution raised {program.raised.type}: {program.raised.message}")
    if program.too_long:
        raise _broken(task.entry, f"its solution takes too long, in line {program.line}")
    if len(program.calls) != len(cases):
        raise _broken(task.entry, "its solution does not define the function")
    for case, call in zip(cases, program.calls, strict=True):
        if call.raised is not None:
            told = f"raised {call.raised.type}: {call.raised.message} in line {call.raised.line}"
            raise _broken(task.entry, f"its solution {told}, on {case.name or 'a random case'}")
        if call.value is NOTHING:
            raise _broken(task.entry, f"its solution returned what cannot be compared: {call.refused}")
    return [call.value for call in program.calls]


def _engine_function(reference: EngineFunction) -> Callable[..., Any]:
    try:
        found = find(reference.name)
    except (AttributeError, LookupError, ValueError) as error:
        raise _broken(reference.name, "the engine has no function of this name") from error
    if not callable(found):
        raise _broken(reference.name, "the engine has this name, but it is not a function")

    def function(*inputs: Any) -> Any:
        try:
            with np.errstate(all="ignore"):
                return found(*inputs, **reference.keywords)
        except (TypeError, ValueError, ArithmeticError, LookupError, np.linalg.LinAlgError) as error:
            raise _broken(reference.name, f"the engine refuses the inputs: {error}") from error

    return function


def _inputs(case: Case) -> list[Value]:
    return [_fresh(value) for value in case.inputs]


def _fresh(value: Value) -> Value:
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list | tuple):
        return type(value)(_fresh(member) for member in value)
    if isinstance(value, dict):
        if set(value) == {"$generator"}:
            return np.random.default_rng(value["$generator"])
        return {key: _fresh(member) for key, member in value.items()}
    return value


def _as_value(task: Task, case: Case, value: Any) -> Value:
    """The types that a worker could have sent, so that comparing knows no others."""
    try:
        return wire.decode(wire.encode(_plain(value)))
    except wire.WireError as error:
        raise _broken(task.entry, f"its reference returns what cannot be compared: {error}") from error


def _plain(value: Any) -> Any:
    """Named tuples as tuples."""
    if isinstance(value, tuple):
        return tuple(_plain(member) for member in value)
    return value


def _broken(what: str, message: str) -> PackError:
    return PackError((Problem(Where("exercise"), f"{what}: {message}" if what else message),))
