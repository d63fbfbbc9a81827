"""The one place that compiles and executes code of learners and packs. Only a locked worker imports it.

What comes out are plain values for the wire: what a call returned, raised, printed and warned about. Nothing
here judges: whatever the code does to this process, it can only make its own results wrong.
"""

from __future__ import annotations

import builtins
import sys
import warnings
from collections.abc import Callable
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any, Final

import numpy as np

from quizdl.grading.code import wire
from quizdl.grading.code.results import FILE

_MAX_WARNINGS: Final = 8
_MAX_TEXT: Final = 2_000
_DIFFERENCES: Final = (-2, -1, 1, 2)


class Program:
    """One source text, executed once as a module; then its entry is called.

    Args:
        source: Python.
        entry: the name of the function that is called.
    """

    def __init__(self, source: str, entry: str) -> None:
        module = ModuleType("answer")
        sys.modules["answer"] = module  # where dataclasses and typing look a module up
        self.function: Any = None
        self.parameters: list[str] | None = None
        self.raised: dict[str, Any] | None = None
        try:
            code = compile(source, FILE, "exec", dont_inherit=True)
            vars(module)["__builtins__"] = builtins
            exec(code, vars(module))  # noqa: S102 - what this module is for; see its first line
        except TooLong:
            raise
        except BaseException as error:  # noqa: BLE001 - SystemExit of the code is a result too
            self.raised = raised(error)
            return
        self.function = vars(module).get(entry)
        code_of = getattr(self.function, "__code__", None)
        if type(code_of) is CodeType:
            count = code_of.co_argcount + code_of.co_kwonlyargcount
            self.parameters = [str(name) for name in code_of.co_varnames[:count]]


class TooLong(BaseException):
    """Raised by the clock inside code that had its time."""


def call(function: Any, inputs: tuple[Any, ...], mode: str, wrt: int) -> tuple[dict[str, Any], list[bytes]]:
    """Call once.

    Args:
        function: of a `Program`.
        inputs: as they came over the wire; the call gets copies.
        mode: `"plain"`, `"traced"` (count the lines that run) or `"differences"` (the gradient of what the
            function returns, one number, with respect to input `wrt`, by central differences of 4th order).
        wrt: see above.

    Returns:
        The record of `results.CallResult` without its values, and the values, encoded: what came back, and
        the inputs afterwards if they changed.
    """
    record: dict[str, Any] = {
        "raised": None,
        "warned": [],
        "lines": 0,
        "refused": "",
        "value": -1,
        "after": -1,
    }
    parts: list[bytes] = []
    given = [fresh(value) for value in inputs]
    warnings.simplefilter("always")
    warnings.showwarning = _recorder(record["warned"])
    try:
        if mode == "differences":
            value = _differences(function, given, wrt)
        elif mode == "traced":
            value, record["lines"] = _traced(function, given)
        else:
            value = function(*given)
        record["value"] = len(parts)
        parts.append(wire.encode(value))
    except TooLong:
        raise
    except wire.WireError as error:
        record["value"] = -1
        record["refused"] = str(error)
    except BaseException as error:  # noqa: BLE001 - see above
        record["raised"] = raised(error)
    try:
        changed = [index for index, value in enumerate(given) if _bytes(value) != _bytes(inputs[index])]
        if changed:
            after = wire.encode([[index, given[index]] for index in changed])
            record["after"] = len(parts)
            parts.append(after)
    except wire.WireError:
        record["after"] = -2  # changed into something that cannot travel
    return record, parts


def fresh(value: Any) -> Any:
    """A copy that shares no array; `{"$generator": seed}` becomes a NumPy Generator."""
    if type(value) is np.ndarray:
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(fresh(member) for member in value)
    if type(value) is dict:
        if set(value) == {"$generator"}:
            return np.random.default_rng(value["$generator"])
        return {key: fresh(member) for key, member in value.items()}
    return value


def _bytes(value: Any) -> bytes:
    if isinstance(value, np.random.Generator) or (type(value) is dict and "$generator" in value):
        return b""  # a generator is there to be used up
    return wire.encode(value)


def raised(error: BaseException) -> dict[str, Any]:
    """What an exception says, and the last line of the learner's own that it came through."""
    try:
        message = str(error)
        message = message if type(message) is str else ""
    except BaseException:  # noqa: BLE001 - a __str__ that raises
        message = ""
    line, column = learner_line(error.__traceback__), 0
    if isinstance(error, SyntaxError) and error.filename == FILE:
        line, column, message = error.lineno or 0, error.offset or 0, error.msg
    # half characters could not travel
    message = str(message)[:_MAX_TEXT].encode("utf-8", "replace").decode()
    name = type.__getattribute__(type(error), "__name__").encode("utf-8", "replace").decode()
    return {"type": name[:100], "message": message, "line": line, "column": max(column, 0),
            "syntax": isinstance(error, SyntaxError)}  # fmt: skip


def learner_line(traceback: TracebackType | None) -> int:
    """The innermost line of learner code in a traceback, 0 for none."""
    line = 0
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == FILE:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def line_of(frame: FrameType | None) -> int:
    """The line of learner code that a frame is in or was called from, 0 for none."""
    while frame is not None:
        if frame.f_code.co_filename == FILE:
            return frame.f_lineno or 0
        frame = frame.f_back
    return 0


def _recorder(into: list[dict[str, Any]]) -> Callable[..., None]:
    def record(message: Any, category: Any, filename: str, lineno: int, *_more: Any) -> None:
        if len(into) < _MAX_WARNINGS:
            text = str(message)[:200].encode("utf-8", "replace").decode()
            into.append({"message": text, "line": line_of(sys._getframe(1))})

    return record


def _traced(function: Any, given: list[Any]) -> tuple[Any, int]:
    count = 0

    def local(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return local

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename != FILE:
            return None
        count += event == "call"
        return local

    sys.settrace(trace)
    try:
        return function(*given), count
    finally:
        sys.settrace(None)


def _differences(function: Any, given: list[Any], wrt: int) -> Any:
    point = np.array(given[wrt], dtype=np.float64)
    gradient = np.zeros_like(point)
    for index in np.ndindex(point.shape):
        step = 7.4e-4 * max(1.0, abs(float(point[index])))
        values = []
        for k in _DIFFERENCES:
            moved = point.copy()
            moved[index] += k * step
            arguments = [fresh(value) for value in given]
            arguments[wrt] = moved
            values.append(float(function(*arguments)))
        gradient[index] = (values[0] - 8 * values[1] + 8 * values[2] - values[3]) / (12 * step)
    return gradient
