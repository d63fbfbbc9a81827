"""What a worker sends back, as values that were checked: the grader trusts their types, never their truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from quizdl.grading.code import wire
from quizdl.grading.code.wire import Value, WireError

FILE: Final = "answer.py"
"""The file name of learner code in tracebacks."""
NOTHING: Final = object()
"""The value of a call that returned nothing that could travel."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Raised:
    """An exception in learner code: its type, message, and the learner's own line (0: none)."""

    type: str
    message: str
    line: int = 0
    column: int = 0
    syntax: bool = False


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, such as "overflow encountered in exp", and the learner's line."""

    message: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class CallResult:
    """One call.

    Args:
        value: what came back, or `NOTHING`.
        refused: why the value could not travel, "" if it could.
        raised: the exception, if one ended the call.
        warned: the first warnings.
        lines: lines of learner code that ran, when the call was traced.
        changed: input index -> what the call made of it; None for something that cannot travel.
        printed: how many bytes had been printed when the call ended.
    """

    value: Value = NOTHING
    refused: str = ""
    raised: Raised | None = None
    warned: tuple[Warned, ...] = ()
    lines: int = 0
    changed: tuple[tuple[int, Value], ...] = ()
    printed: int = 0


@dataclass(frozen=True, slots=True)
class ProgramResult:
    """One source text.

    Args:
        defined: whether the entry is there and can be called.
        parameters: its parameter names, None where it is no plain function.
        raised: the exception that ended the module, if one did (a SyntaxError too).
        calls: as many as were made; fewer than asked for when the time was up.
        too_long: whether the time was up.
        line: the learner's line at that moment, 0 for unknown.
    """

    defined: bool = False
    parameters: tuple[str, ...] | None = None
    raised: Raised | None = None
    calls: tuple[CallResult, ...] = ()
    too_long: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A frame that a worker sent: the layers it had, and its programs as far as it came."""

    layers: tuple[str, ...]
    programs: tuple[ProgramResult, ...]


def read_report(data: bytes) -> Report:
    """Read what came through the result pipe.

    Raises:
        WireError: not one frame, or not of this form.

    Example:
        >>> read_report(b"passed")
        Traceback (most recent call last):
        ...
        quizdl.grading.code.wire.WireError: not a frame
    """
    head, *rest = wire.split(wire.unframe(data)) or [memoryview(b"")]
    record = _Record(wire.decode(head))
    programs = tuple(_program(each, rest) for each in record.records("programs"))
    layers = tuple(_exact(layer, str) for layer in record.list("layers"))
    return Report(layers, programs)


class _Record:
    """A mapping whose members have exactly the type one asks for."""

    def __init__(self, raw: Value) -> None:
        self.raw: dict[Any, Any] = _exact(raw, dict)

    def get(self, key: str, kind: type[T]) -> T:
        return _exact(self.raw.get(key), kind)

    def natural(self, key: str) -> int:
        return max(0, min(self.get(key, int), 2**62))

    def list(self, key: str) -> list[Any]:
        return self.get(key, list)

    def records(self, key: str) -> Iterator[_Record]:
        return map(_Record, self.list(key))

    def optional(self, key: str) -> _Record | None:
        return None if self.raw.get(key) is None else _Record(self.raw[key])


def _exact(value: Any, kind: type[T]) -> T:
    if type(value) is not kind:
        raise WireError(f"a {kind.__name__} was expected, received a {type(value).__name__}")
    return value


def _program(record: _Record, parts: list[memoryview]) -> ProgramResult:
    names = None if record.raw.get("parameters") is None else record.list("parameters")
    return ProgramResult(
        defined=record.get("defined", bool),
        parameters=None if names is None else tuple(_exact(name, str) for name in names),
        raised=_raised(record.optional("raised")),
        calls=tuple(_call(each, parts) for each in record.records("calls")),
        too_long=record.get("too_long", bool),
        line=record.natural("line"),
    )


def _raised(record: _Record | None) -> Raised | None:
    if record is None:
        return None
    return Raised(
        type=record.get("type", str),
        message=record.get("message", str),
        line=record.natural("line"),
        column=record.natural("column"),
        syntax=record.get("syntax", bool),
    )


def _call(record: _Record, parts: list[memoryview]) -> CallResult:
    value: Value = NOTHING
    if (at := record.get("value", int)) >= 0:
        value = wire.decode(_part(parts, at))
    changed: list[tuple[int, Value]] = []
    if (at := record.get("after", int)) >= 0:
        for pair in _exact(wire.decode(_part(parts, at)), list):
            index, after = _exact(pair, list)
            changed.append((_exact(index, int), after))
    elif at == -2:
        changed.append((0, None))
    return CallResult(
        value=value,
        refused=record.get("refused", str),
        raised=_raised(record.optional("raised")),
        warned=tuple(Warned(w.get("message", str), w.natural("line")) for w in record.records("warned")),
        lines=record.natural("lines"),
        changed=tuple(changed),
        printed=record.natural("printed"),
    )


def _part(parts: list[memoryview], at: int) -> memoryview:
    if at >= len(parts):
        raise WireError(f"there is no value {at}")
    return parts[at]
