"""The inputs of a code exercise, made from what its author declared: edges, then random ones that grow.

The same item gives the same inputs each time. Random numbers have few digits, and the first inputs are small,
so that a counter-example can be read at a glance.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from quizdl.grading.code.task import Case, generator
from quizdl.grading.code.wire import Value
from quizdl.packs.formula.arrays import Budget
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.items_code import Code, Edge, Parameter
from quizdl.packs.templates import cached_parse

Lang = str
Sizes = dict[str, int]

USUAL: Final = (1, 5)
"""From which to which size, where the author says nothing."""
GROWN: Final = 8
"""How many times longer the second of the growing inputs is."""
_WHOLE: Final = 4
"""Every fourth random input has whole numbers: ties and zeros happen, and it reads well."""
_INTEGERS: Final = frozenset({"integers", "labels", "permutation"})


class InputsError(ValueError):
    """A declaration from which no inputs can be made.

    Args:
        message: what must be, and what was received.
        path: the keys that lead to the fault, within the item.
    """

    def __init__(self, message: str, *path: str | int) -> None:
        super().__init__(message)
        self.path = path


def cases(item: Code, lang: Lang = "en") -> tuple[Case, ...]:
    """All cases of an exercise: the edges as authored, then random ones, the smallest first.

    Args:
        item: the exercise.
        lang: of the names of the edges.

    Raises:
        InputsError: a declaration from which no inputs can be made.

    Example:
        >>> from quizdl.packs.items import Text
        >>> item = Code(id="a.b", concept="a", prompt=Text(en="?"), entry="f", solution="f = abs",
        ...             parameters={"x": Parameter(shape=("n",))}, cases=3,
        ...             edges=(Edge(name=Text(en="zero"), inputs={"x": "[0]"}),))
        >>> [(case.name, case.inputs[0].shape) for case in cases(item)]
        [('zero', (1,)), ('', (1,)), ('', (2,)), ('', (5,))]
    """
    edges = []
    for at, edge in enumerate(item.edges):
        name = edge.name.ko or edge.name.en if lang == "ko" else edge.name.en or edge.name.ko
        edges.append(Case(_edge(item, edge, at), name, edge=True))
    return (*edges, *drawn(item, item.cases))


def drawn(item: Code, count: int, seed: int = 0, *, spread: float = 1.0, whole: bool | None = None,
          grown: int = 1) -> tuple[Case, ...]:  # fmt: skip
    """Random cases.

    Args:
        item: the exercise.
        count: how many.
        seed: another seed gives others.
        spread: scales what is drawn from a normal distribution.
        whole: whether normal numbers are rounded to whole ones; None for every fourth case.
        grown: scales the greatest sizes of those that the author gives a range.

    Raises:
        InputsError: a declaration from which no inputs can be made.
    """
    rng = np.random.default_rng([zlib.crc32(item.id.encode()), seed])
    made = []
    for at in range(count):
        sizes = {}
        for name in symbols(item):
            low, high = limits(item, name)
            upper = low + math.ceil((high - low) * grown * (at + 1) / count)
            sizes[name] = int(rng.integers(low, upper + 1))
        rounded = at % _WHOLE == _WHOLE - 1 if whole is None else whole
        made.append(Case(_drawn(item, sizes, rng, spread, rounded)))
    return tuple(sorted(made, key=_volume))


def _volume(case: Case) -> int:
    return sum(int(getattr(value, "size", 1)) for value in case.inputs)


def growing(item: Code) -> tuple[Case, Case]:
    """Two cases that differ in the sizes over which a vectorised function must not loop.

    Raises:
        InputsError: no size can grow.
    """
    names = item.grow or tuple(name for name in symbols(item) if len(set(limits(item, name))) > 1)
    if not names:
        raise InputsError("the check 'vectorised' needs a size that can grow, received none", "checks")
    few = {name: max(limits(item, name)[1], 2 if name in names else 0) for name in symbols(item)}
    many = {name: size * GROWN if name in names else size for name, size in few.items()}
    rng = np.random.default_rng(zlib.crc32(item.id.encode()))
    first, second = (Case(_drawn(item, sizes, rng, 1.0, False)) for sizes in (few, many))
    return first, second


def symbols(item: Code) -> tuple[str, ...]:
    """The names of all sizes, in the order in which they occur.

    Example:
        >>> from quizdl.packs.items import Text
        >>> item = Code(id="a.b", concept="a", prompt=Text(en="?"), entry="f", solution="f = abs",
        ...             parameters={"x": Parameter(shape=("n", "k")), "w": Parameter(shape=("k", 3))})
        >>> symbols(item)
        ('n', 'k')
    """
    found: dict[str, None] = {}
    for parameter in item.parameters.values():
        for extent in (*parameter.shape, parameter.classes, parameter.min, parameter.max):
            if isinstance(extent, str) and extent:
                found[extent] = None
    return tuple(found)


def limits(item: Code, name: str) -> tuple[int, int]:
    """From which to which a size goes."""
    given = item.sizes.get(name, USUAL)
    return given[0], given[-1]


def _drawn(
    item: Code,
    sizes: Sizes,
    rng: np.random.Generator,
    spread: float,
    whole: bool,
    given: Mapping[str, Value] = MappingProxyType({}),
) -> tuple[Value, ...]:
    inputs: list[Value] = []
    for name, parameter in item.parameters.items():
        if name in given:
            inputs.append(given[name])
            continue
        try:
            inputs.append(_value(parameter, sizes, rng, spread, whole))
        except ValueError as error:
            message = f"a parameter must be drawable, received {name!r}, which is not: {error}"
            raise InputsError(message, "parameters", name) from error
    return tuple(inputs)


def _value(parameter: Parameter, sizes: Sizes, rng: np.random.Generator, spread: float, whole: bool) -> Value:
    shape = tuple(sizes[extent] if isinstance(extent, str) else extent for extent in parameter.shape)

    def bound(given: str | float, usual: float) -> float:
        if isinstance(given, str):
            return float(sizes[given]) if given else usual
        return given

    low, high = bound(parameter.min, 0), bound(parameter.max, 1)
    made: Any
    match parameter.draw:
        case "normal":
            std = parameter.std * spread
            made = rng.normal(parameter.mean, std, shape)
            digits = 0 if whole and std >= 0.5 else 2 - min(0, math.floor(math.log10(std or 1)))
            made = np.round(made, digits) + 0.0
        case "uniform":
            made = np.clip(np.round(low + (high - low) * rng.random(shape), 3), low, high) + 0.0
        case "probability":
            low, high = bound(parameter.min, 0.01), bound(parameter.max, 0.99)
            made = np.clip(np.round(low + (high - low) * rng.random(shape), 2), low, high)
        case "integers":
            high = bound(parameter.max, 9)
            if high < low:
                raise ValueError(f"its max {high:g} is below its min {low:g}")
            made = rng.integers(int(low), int(high) + 1, shape)
        case "labels":
            classes = sizes[parameter.classes] if isinstance(parameter.classes, str) else parameter.classes
            made = rng.integers(0, classes, shape)
        case "one-hot":
            made = np.eye(shape[-1])[rng.integers(0, shape[-1], shape[:-1])]
        case "simplex":
            made = rng.exponential(size=shape) + 0.05
            made /= made.sum(axis=-1, keepdims=True)
        case "mask":
            made = (rng.random(shape) < parameter.keep).astype(np.float64)
        case "permutation":
            made = rng.permutation(shape[0])
        case "choice":
            return _chosen(parameter, shape, rng)
        case "generator":
            return generator(int(rng.integers(2**31)))
    return made if shape else (int(made) if parameter.draw in _INTEGERS else float(made))


def _chosen(parameter: Parameter, shape: tuple[int, ...], rng: np.random.Generator) -> Value:
    picked = rng.integers(0, len(parameter.of), shape)
    if not shape:
        chosen = parameter.of[int(picked)]
        return chosen
    return np.array([float(entry) for entry in parameter.of])[picked]


def _edge(item: Code, edge: Edge, at: int) -> tuple[Value, ...]:
    given: dict[str, Value] = {}
    sizes = dict(edge.sizes)
    for name, source in edge.inputs.items():
        parameter = item.parameters.get(name)
        path = ("edges", at, "inputs", name)
        if parameter is None:
            message = f"an edge must give values to parameters, received {name!r}, which is none"
            raise InputsError(message, *path)
        value = given[name] = _given(parameter, source, path)
        for axis, (extent, length) in enumerate(zip(parameter.shape, np.shape(value), strict=False)):
            wanted = sizes.setdefault(extent, length) if isinstance(extent, str) else extent
            if wanted != length:
                message = f"axis {axis} of {name} must have the length {wanted}, received {length}"
                raise InputsError(message, *path)
    rng = np.random.default_rng([zlib.crc32(item.id.encode()), at, 1])
    for name in symbols(item):
        low, high = limits(item, name)
        sizes.setdefault(name, int(rng.integers(low, high + 1)))
    return _drawn(item, sizes, rng, 1.0, False, given)


def _given(parameter: Parameter, source: str, path: Sequence[str | int]) -> Value:
    try:
        value = evaluate(cached_parse(source), {}, budget=Budget())
    except FormulaError as error:
        raise InputsError(f"an input must be numbers or an expression, received {source!r}: {error.message}",
                          *path) from error  # fmt: skip
    if isinstance(value, str):
        return value
    if parameter.draw == "generator" and isinstance(value, int):
        return generator(value)
    try:
        made = np.array(value, dtype=np.int64 if parameter.draw in _INTEGERS else np.float64)
    except (ValueError, TypeError, OverflowError) as error:
        raise InputsError(f"an input must be numbers of one shape, received {source!r}", *path) from error
    wanted = len(parameter.shape)
    if made.size == 0 and made.ndim < wanted:  # `[]` for no rows of whatever
        lengths = [extent if isinstance(extent, int) else 1 for extent in parameter.shape]
        made = made.reshape([0, *lengths[1:]])
    if made.ndim != wanted:
        message = f"an input must have {wanted} axes, received {source!r} with {made.ndim}"
        raise InputsError(message, *path)
    if not wanted:
        return int(made) if parameter.draw in _INTEGERS else float(made)
    return made
