"""Why an attempt did not pass: the first of these questions, in this order, that has an answer.

Is the function there? Did it return something? Did it raise, and in which line? Has it the parameters? Have
the results the shape, the dtype, finite numbers? Did it change its inputs? Is everything off by one factor?
Do only the edges fail? Else: the values themselves, on the smallest input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np

from quizdl.grading.code import factor, shapes
from quizdl.grading.code.compare import Difference, close_mask, differences
from quizdl.grading.code.display import clean, place, shape_of
from quizdl.grading.code.results import NOTHING, Raised, Warned
from quizdl.grading.code.sandbox.process import Ended
from quizdl.grading.code.task import size
from quizdl.grading.code.trial import Trial, Tried
from quizdl.grading.verdict import Feedback

Params: TypeAlias = dict[str, int | float | str]
Said: TypeAlias = tuple[Feedback, Tried | None]
"""The reason, and the case that shows it best (None where no input would explain anything)."""

LENIENT: Final = frozenset({"code.dtype", "code.modified", "code.random", "code.not-vectorised"})
"""Reasons beside which all values may still be right."""


def ended_early(ended: Ended) -> Feedback | None:
    """What to say when the worker sent no frame: it was too slow, or is no more."""
    match ended.how:
        case "too-long" | "killed":
            return Feedback("code.too-long", {"line": ended.line})
        case "flood":
            return Feedback("code.flood")
        case "died" | "malformed":
            return Feedback("code.died", {"signal": ended.signal})
    return (
        None if ended.report is not None and ended.report.programs else Feedback("code.died", {"signal": 0})
    )


def not_run(trial: Trial) -> Feedback | None:
    """Why nothing can be said about the function: it is not readable, not there, or too slow."""
    program = trial.program
    if program.raised is not None:
        return _raised(program.raised)
    if program.too_long:
        return Feedback("code.too-long", {"line": program.line})
    if not program.defined:
        return Feedback("code.not-defined", {"entry": trial.task.entry})
    if len(trial.tried) < len(trial.task.cases):
        return Feedback("code.died", {"signal": 0})
    return None


def reason(trial: Trial) -> Said | None:
    """Why the attempt did not pass, or None when it did."""
    for question in _QUESTIONS:
        said = question(trial)
        if said is not None:
            return said
    return None


def _returned_none(trial: Trial) -> Said | None:
    for each in trial.tried:
        if each.call.value is None and each.expected is not None:
            code = "code.printed-not-returned" if each.call.printed else "code.returned-none"
            return Feedback(code, {"entry": trial.task.entry}), each
    return None


def _raises(trial: Trial) -> Said | None:
    for each in _smallest(each for each in trial.tried if each.call.raised is not None):
        raised = each.call.raised
        if raised is not None and (raised.line or not _arity(trial)):
            return _raised(raised), each
    return None


def _parameters(trial: Trial) -> Said | None:
    wanted, given = trial.task.parameters, trial.program.parameters
    if not trial.failed or given is None:
        return None
    params = {"wanted": ", ".join(wanted), "given": clean(", ".join(given))}
    if _arity(trial) and any(each.call.raised for each in trial.failed):
        return Feedback("code.arity", params), None
    if given != wanted and sorted(given) == sorted(wanted):
        return Feedback("code.argument-order", params), None
    return None


def _arity(trial: Trial) -> bool:
    given = trial.program.parameters
    return given is not None and len(given) != len(trial.task.parameters)


def _cannot_travel(trial: Trial) -> Said | None:
    for each in trial.tried:
        if not each.returned and each.call.raised is None:
            return Feedback("code.type", {"why": clean(each.call.refused)}), each
    return None


def _structure(trial: Trial) -> Said | None:
    for each, found in _having(trial, "structure"):
        params = {"path": found.path, "expected": shape_of(found.expected), "got": shape_of(found.got)}
        return Feedback("code.structure", params), each
    return None


def _shape(trial: Trial) -> Said | None:
    """The reason that explains most cases: an axis of length 1 alone can be told in several ways."""
    reasons: dict[str, list[Said]] = {}
    for each in _smallest(trial.tried):
        found = next((found for found in each.found if found.kind == "shape"), None)
        if found is None:
            continue
        expected, got = np.shape(found.expected), np.shape(found.got)
        inputs = tuple(np.shape(value) for value in each.case.inputs if isinstance(value, np.ndarray))
        why = shapes.reason(expected, got, inputs)
        params: Params = {"path": found.path, "expected": str(expected), "got": str(got)}
        reasons.setdefault(why, []).append((Feedback(f"code.shape.{why}", params), each))
    return max(reasons.values(), key=len)[0] if reasons else None


def _dtype(trial: Trial) -> Said | None:
    for each, found in _having(trial, "dtype"):
        expected, got = np.asarray(found.expected).dtype, np.asarray(found.got).dtype
        return Feedback("code.dtype", {"expected": str(expected), "got": str(got), "path": found.path}), each
    return None


def _nonfinite(trial: Trial) -> Said | None:
    for each, found in _having(trial, "nonfinite"):
        value = np.asarray(found.got)[found.at]
        params: Params = {
            "value": "nan" if np.isnan(value) else str(value), "at": found.path + place(found.at),
        }  # fmt: skip
        warned = _telling(each.call.warned)
        if warned is not None:
            return Feedback(
                "code.overflow", {**params, "what": clean(warned.message), "line": warned.line}
            ), each
        return Feedback("code.not-finite", params), each
    return None


def _telling(warned: Sequence[Warned]) -> Warned | None:
    """The first warning, but an overflow before its consequences."""
    said = [each for each in warned if "encountered in" in each.message]
    return next((each for each in said if each.message.startswith("overflow")), said[0] if said else None)


def _modified(trial: Trial) -> Said | None:
    if "input_unchanged" not in trial.task.checks:
        return None
    for each in _smallest(each for each in trial.tried if each.call.changed):
        index = each.call.changed[0][0]
        names = trial.task.parameters
        return Feedback("code.modified", {"parameter": names[index] if 0 <= index < len(names) else ""}), each
    return None


def _random(trial: Trial) -> Said | None:
    for each, again in zip(trial.tried, trial.again, strict=False):
        if again.value is NOTHING or not each.returned:
            continue
        if differences(each.call.value, again.value, trial.task.closeness):
            return Feedback("code.random"), each
    return None


def _factor(trial: Trial) -> Said | None:
    if not trial.failed:
        return None
    pairs = [(each.case, each.expected, each.call.value) for each in trial.tried]
    found = factor.find(pairs, trial.task.closeness)
    if found is None:
        return None
    code = _FACTOR_CODES.get(found.name, "code.factor.number")
    return Feedback(code, {"factor": found.name}), next(_smallest(trial.failed), None)


def _transposed(trial: Trial) -> Said | None:
    """The right numbers at exchanged places, which for square matrices no shape can tell."""
    failed = trial.failed
    for each in failed:
        expected, got = each.expected, each.call.value
        if not isinstance(expected, np.ndarray) or not isinstance(got, np.ndarray) or expected.ndim < 2:
            return None
        if got.shape != expected.T.shape or not close_mask(expected.T, got, trial.task.closeness).all():
            return None
    return (Feedback("code.transposed"), next(_smallest(failed), None)) if failed else None


def _edges(trial: Trial) -> Said | None:
    failed = trial.failed
    if (
        not failed
        or not all(each.case.edge for each in failed)
        or all(each.case.edge for each in trial.tried)
    ):
        return None
    names = ", ".join(dict.fromkeys(each.case.name for each in failed if each.case.name))
    return Feedback("code.edges", {"names": names, "failed": len(failed)}), next(_smallest(failed))


def _values(trial: Trial) -> Said | None:
    for each in _smallest(trial.failed):
        first = each.found[0] if each.found else Difference("structure", "", each.expected, each.call.value)
        params: Params = {
            "failed": len(trial.failed),
            "total": len(trial.tried),
            "at": first.path + place(first.at),
        }
        return Feedback("code.values", params), each
    return None


def _vectorised(trial: Trial) -> Said | None:
    if len(trial.grown) < 2 or "vectorised" not in trial.task.checks:
        return None
    few, many = (call.lines for call in trial.grown)
    if many <= few + 2:  # a branch taken on one size only is not a loop
        return None
    short, long = (size(case.inputs) for case in trial.task.growing or ())
    params: Params = {"few": few, "many": many, "short": short, "long": long}
    return Feedback("code.not-vectorised", params), None


_QUESTIONS: Final[tuple[Callable[[Trial], Said | None], ...]] = (
    _returned_none, _raises, _parameters, _cannot_travel, _structure, _shape, _dtype, _nonfinite, _modified,
    _random, _factor, _transposed, _edges, _values, _vectorised,
)  # fmt: skip
_FACTOR_CODES: Final = {
    "-1": "code.factor.sign", "2": "code.factor.double", "1/2": "code.factor.half",
    "rows": "code.factor.times-rows", "1/rows": "code.factor.over-rows",
    "elements": "code.factor.times-elements", "1/elements": "code.factor.over-elements",
    "columns": "code.factor.times-columns", "1/columns": "code.factor.over-columns",
}  # fmt: skip


def _raised(raised: Raised) -> Feedback:
    params: Params = {"type": clean(raised.type), "message": clean(raised.message), "line": raised.line}
    if raised.syntax:
        return Feedback("code.syntax", {**params, "column": raised.column})
    return Feedback("code.raised", params)


def _having(trial: Trial, kind: str) -> list[tuple[Tried, Difference]]:
    """The smallest case with a difference of a kind, and that difference."""
    for each in _smallest(trial.tried):
        for found in each.found:
            if found.kind == kind:
                return [(each, found)]
    return []


def _smallest(tried: Iterable[Tried]) -> Iterator[Tried]:
    """From the smallest on; what is empty shows nothing, and comes last."""
    return iter(sorted(tried, key=lambda each: (size(each.case.inputs) == 0, size(each.case.inputs))))
