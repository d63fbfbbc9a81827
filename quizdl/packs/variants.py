"""Instances of an item with random parameters: the same seed gives the same instance on any machine.

Randomness comes from `random.Random(seed).random()` alone, the one method whose sequence Python promises to
keep, and expressions give the same value everywhere (`formula.exact`).
"""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import (
    Annotated,
    Any,
    Final,
    NamedTuple,
    Protocol,
    TypeVar,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from quizdl.errors import QuizdlError
from quizdl.packs.formula.arrays import Budget, Value, flat
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.printer import literal
from quizdl.packs.items import Text
from quizdl.packs.parameters import NumberToo, Param
from quizdl.packs.templates import OPEN, cached_parse, fill

Path = tuple[str | int, ...]

MAX_TRIES: Final = 1_000
"""Draws until `require`, `exclude` or `distinct` must be met."""
SEEDS: Final = 2**32
"""Seeds are whole numbers from 0 to this, less one."""


class Varied(Protocol):
    """What an item with parameters has, whatever its kind."""

    @property
    def params(self) -> Mapping[str, Param]: ...

    @property
    def derived(self) -> Mapping[str, str]: ...

    @property
    def require(self) -> tuple[str, ...]: ...


V = TypeVar("V", bound=Varied)

_VARYING: Final = ("params", "derived", "require")


class VariantError(QuizdlError):
    """An item of which no instance can be made from this seed.

    Args:
        error: what is wrong.
        path: the keys and indexes that lead to the text or expression at fault.
        source: that text or expression, in which `position` counts.
    """

    code = "variant"
    exit_code = 3

    def __init__(self, error: FormulaError, path: Path, source: str) -> None:
        super().__init__(error.message, hint=error.hint)
        self.kind = error.kind
        self.position = error.position
        self.path = path
        self.source = source


def instantiate(item: V, seed: int, budget: Budget | None = None) -> V:
    """An instance of an item.

    Args:
        item: of any kind. One without parameters comes back with its expressions evaluated.
        seed: 0 ≤ seed < 2^32; the journal keeps it.
        budget: the steps that drawing and evaluating may take, by default 200,000.

    Returns:
        The item with every `<<expression>>` in its texts replaced by its value, every expression (the answer
        of a numeric item, the values of its known mistakes) replaced by a literal, and without parameters.

    Raises:
        VariantError: an expression fails, or no draw meets what is required.

    Example:
        >>> from quizdl.packs.items import Flashcard
        >>> n = Param(type="int", min=2, max=9)
        >>> ask, say = Text(en="What is <<n>> squared?"), Text(en="<<n^2>>")
        >>> card = instantiate(Flashcard(id="a.b", concept="a", front=ask, back=say, params={"n": n}), 7)
        >>> card.front.en, card.back.en
        ('What is 4 squared?', '16')
    """
    budget = budget or Budget()
    draw = values(item, seed, budget)
    instance: V = _filled(item, _Filling(draw, budget), (), varied=bool(item.params or item.derived))
    if not (item.params or item.derived or item.require):
        return instance
    return cast("V", dataclasses.replace(cast("Any", instance), params={}, derived={}, require=()))


def values(item: Varied, seed: int, budget: Budget | None = None) -> dict[str, Value]:
    """The parameters and derived values of an item, drawn with a seed.

    Raises:
        VariantError: an expression fails, or no draw meets what is required.

    Example:
        >>> from types import SimpleNamespace
        >>> n = Param(type="int", min=2, max=9)
        >>> item = SimpleNamespace(params={"n": n}, derived={"square": "n^2"}, require=("n != 4",))
        >>> values(item, 7)
        {'n': 3, 'square': 9}
    """
    rng = random.Random(seed)
    budget = budget or Budget()
    for _ in range(MAX_TRIES):
        draw: dict[str, Value] = {}
        for name, param in item.params.items():
            draw[name] = _drawn(param, rng, ("params", name), draw, budget)
        for name, source in item.derived.items():
            draw[name] = _evaluated(source, draw, ("derived", name), budget)
        for at, source in enumerate(item.require):
            if not _true(source, draw, ("require", at), budget):
                break
        else:
            return draw
    source = item.require[0]
    message = f"a draw must meet what is required, received none in {MAX_TRIES:,} tries"
    raise VariantError(FormulaError(message, hint="widen the parameters", kind="draw"), ("require",), source)


class _Filling(NamedTuple):
    draw: Mapping[str, Value]
    budget: Budget


def expressions(item: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """All expressions of an item beside its parameters, with their paths."""
    if isinstance(item, tuple):
        for at, entry in enumerate(item):
            yield from expressions(entry, (*path, at))
    elif dataclasses.is_dataclass(item) and not isinstance(item, (Text, type)):
        marked = _expression_fields(type(item))
        for field in dataclasses.fields(item):
            value = getattr(item, field.name)
            if field.name in marked:
                yield (*path, field.name), value
            elif field.name not in _VARYING:
                yield from expressions(value, (*path, field.name))


def _filled(value: Any, filling: _Filling, path: Path, *, varied: bool) -> Any:
    """A value with its texts and expressions filled in; the very same one where nothing changes."""
    if isinstance(value, Text):
        if not varied or (OPEN not in value.ko and OPEN not in value.en):
            return value
        ko = _text(value.ko, filling, (*path, "ko"))
        return Text(ko=ko, en=ko if value.ko == value.en else _text(value.en, filling, (*path, "en")))
    if isinstance(value, tuple):
        new = tuple(_filled(entry, filling, (*path, at), varied=varied) for at, entry in enumerate(value))
        return value if all(one is two for one, two in zip(value, new, strict=True)) else new
    if not dataclasses.is_dataclass(value) or isinstance(value, type):
        return value
    marked = _expression_fields(type(value))
    changes = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        here = (*path, field.name)
        if field.name in marked:
            fresh: Any = literal(_evaluated(old, filling.draw, here, filling.budget))
            fresh = old if fresh == old else fresh
        elif field.name in _VARYING:
            continue
        else:
            fresh = _filled(old, filling, here, varied=varied)
        if fresh is not old:
            changes[field.name] = fresh
    return dataclasses.replace(value, **changes) if changes else value


@cache
def _expression_fields(of: type[Any]) -> frozenset[str]:
    """The fields of a dataclass that hold expressions, by their mark."""
    hints = get_type_hints(of, include_extras=True)
    return frozenset(
        name
        for name, hint in hints.items()
        if get_origin(hint) is Annotated and any(isinstance(mark, NumberToo) for mark in get_args(hint)[1:])
    )


def _text(text: str, filling: _Filling, path: Path) -> str:
    try:
        return fill(text, lambda tree: evaluate(tree, filling.draw, budget=filling.budget))
    except FormulaError as error:
        raise VariantError(error, path, text) from None


def _evaluated(source: str, draw: Mapping[str, Value], path: Path, budget: Budget) -> Value:
    try:
        return evaluate(cached_parse(source), draw, budget=budget)
    except FormulaError as error:
        raise VariantError(error, path, source) from None


def _true(source: str, draw: Mapping[str, Value], path: Path, budget: Budget) -> bool:
    found = _evaluated(source, draw, path, budget)
    if not isinstance(found, bool):
        message = f"a requirement must be true or false, received {literal(found)}"
        raise VariantError(FormulaError(message, hint="write a comparison", kind="type"), path, source)
    return found


def _drawn(param: Param, rng: random.Random, path: Path, draw: Mapping[str, Value], budget: Budget) -> Value:
    def one() -> Value:
        for _ in range(MAX_TRIES):
            try:
                budget.spend(1)
            except FormulaError as error:
                raise VariantError(error, path, "") from None
            value = _entry(param, rng.random(), path, draw, budget)
            if value not in param.exclude:
                return value
        raise _impossible(path, "exclude", "leave something to draw")

    def many(lengths: tuple[int, ...]) -> Value:
        if not lengths:
            return one()
        return tuple(many(lengths[1:]) for _ in range(lengths[0]))

    for _ in range(MAX_TRIES):
        value = many(param.size)
        entries = list(flat(value))
        if not param.distinct or len(set(entries)) == len(entries):
            return value
    raise _impossible(path, "distinct", "have enough values to draw from")


def _entry(param: Param, chance: float, path: Path, draw: Mapping[str, Value], budget: Budget) -> Value:
    """One value, for a chance of 0 ≤ chance < 1."""
    if param.type == "choice":
        at = int(chance * len(param.of))
        return _evaluated(param.of[at], draw, (*path, "of", at), budget)
    low, high = bounds(param)
    if param.type == "int":
        step = int(param.step or 1)
        return int(low) + step * int(chance * (int(high - low) // step + 1))
    digits = 1 if param.digits is None else param.digits
    steps = int((high - low) * 10**digits + 1e-6)
    return float(round(low + int(chance * (steps + 1)) / 10**digits, digits)) + 0.0


def bounds(param: Param) -> tuple[float, float]:
    """The least and the greatest value of an int or a real; a lint says when they are missing."""
    return param.min or 0.0, param.max or 0.0


def _impossible(path: Path, key: str, wanted: str) -> VariantError:
    message = f"{key!r} must {wanted}, received none in {MAX_TRIES:,} tries"
    return VariantError(FormulaError(message, kind="draw"), path, key)
