"""Wrong shapes: transposed, a sum missing, a number where a vector is asked for."""

from __future__ import annotations

import numpy as np

from quizdl.grading.symbolic.diagnose.case import Case, close
from quizdl.grading.symbolic.diagnose.reasons import Reason
from quizdl.grading.symbolic.equality.layout import fit
from quizdl.grading.symbolic.numeric import Values
from quizdl.grading.symbolic.shapes import Shape
from quizdl.grading.symbolic.tree import Call, Transpose


def misshapen(case: Case) -> Reason:
    """What is wrong with an answer whose axes do not fit.

    Returns:
        Transposed, a sum missing, summed up, another index, or the two shapes.
    """
    wanted = Shape(case.arena.layout.dims)
    got = case.answer.shape
    params: dict[str, int | float | str] = {"expected": described(case, wanted), "received": str(got)}
    if got.rank == 2 and got.dims == wanted.dims[::-1]:
        turned = case.resolved(Transpose(case.answer.tree))
        fitted = fit(turned, case.arena.layout) if turned is not None else None
        if fitted is not None and all(
            close(case.arena.values(fitted, probe), truth)
            for probe, truth in zip(case.probes, case.truths, strict=True)
        ):
            return Reason("transpose", "", params)
        return Reason("transpose", "only-shape", params)
    for reading in case.readings:
        if case.is_right(reading.tree):
            return Reason("shape", "product", params)
    extra = [name for name, _ in case.answer.free if name not in case.arena.layout.names]
    if not extra and got.rank > wanted.rank and (axis := _summed(case)) is not None:
        return Reason("missing-sum", "axis", {**params, "axis": axis})
    if extra and not (case.arena.layout.dims and not case.arena.layout.names):
        return _another_index(case, extra, params)
    if not got.dims and wanted.dims and not case.answer.free:
        return Reason("shape", "number", params)
    return Reason("shape", "", params)


def described(case: Case, wanted: Shape) -> str:
    """The shape that is asked for, with its indices."""
    names = case.arena.layout.names
    if names and not wanted.dims:
        return f"a number for each {', '.join(names)}"
    return str(wanted)


def _summed(case: Case) -> int | None:
    """The axis of the answer over which it must still be summed."""
    for axis in range(case.answer.shape.rank):
        tree = Call("sum", (case.answer.tree,), axis)
        if case.is_right(tree):
            return axis
    return None


def _another_index(case: Case, extra: list[str], params: dict[str, int | float | str]) -> Reason:
    """An index that the question does not ask for: a sum over it is missing, or it should be another."""
    names = ", ".join(extra)
    values: tuple[Values, ...] = case.given
    order = [name for name, _ in case.answer.free]
    for truth, value in zip(case.truths, values, strict=True):
        summed = value.array.sum(axis=tuple(1 + order.index(name) for name in extra))
        if summed.shape[1:] != truth.array.shape[1:] and summed.ndim != truth.array.ndim:
            return Reason("index", "other", {**params, "index": names})
        if not close(Values(np.asarray(summed), value.valid), truth):
            return Reason("index", "other", {**params, "index": names})
    return Reason("missing-sum", "index", {**params, "index": names})
