"""Plots: functions that the engine has, parameters that they take, and ranges that run upwards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from inspect import signature

from quizdl.errors import Problem, Where
from quizdl.nearest import nearest
from quizdl.packs import plots
from quizdl.packs.items import Choice, Curve, Pack
from quizdl.packs.positions import Positions


def undrawable(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A plot that cannot be drawn."""
    for item in pack.items:
        if not isinstance(item, Choice) or item.plot is None:
            continue
        for axis, bounds in (("x", item.plot.x), ("y", item.plot.y)):
            if bounds is not None and not bounds[0] < bounds[1]:
                message = f"the range of {axis} must run upwards, received {list(bounds)}"
                yield Problem(positions.item(item.id, "plot", axis), message, code="plot")
        for at, curve in enumerate(item.plot.curves):
            yield from _curve(curve, partial(positions.item, item.id, "plot", "curves", at))


def _curve(curve: Curve, place: partial[Where]) -> Iterator[Problem]:
    known = plots.function_names()
    try:
        drawn = plots.function(curve)
    except ValueError:
        near = nearest(curve.fn, known)
        hint = f"did you mean {near!r}?" if near else f"the functions are {', '.join(known)}"
        message = f"a curve must be a function of one number that quizdl knows, received {curve.fn!r}"
        yield Problem(place("fn"), message, hint, code="plot")
        return
    _, *takes = signature(drawn).parameters.values()
    allowed = [param.name for param in takes]
    for name in curve.params:
        if name not in allowed:
            message = f"a parameter of {curve.fn} must be one of {allowed}, received {name!r}"
            if not allowed:
                message = f"{curve.fn} must have no parameters, received {name!r}"
            yield Problem(place("params", name), message, code="plot")
    for param in takes:
        if param.default is param.empty and param.name not in curve.params:
            message = f"{curve.fn} must have the parameter {param.name!r}, received none"
            yield Problem(place(), message, f"add 'params: {{{param.name}: …}}'", code="plot")
