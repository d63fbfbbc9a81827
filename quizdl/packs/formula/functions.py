"""The functions of the expression language: a closed list; there is no other way to call anything.

Those of one number apply to every entry of an array. Names are those of NumPy and Keras.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, NamedTuple, TypeAlias

from quizdl.packs.formula import arrays, exact
from quizdl.packs.formula.arrays import MAX_SIZE, Budget, Number, Value
from quizdl.packs.formula.errors import FormulaError

Implementation: TypeAlias = Callable[[Sequence[Value], Budget], Value]


class Function(NamedTuple):
    """A function that expressions may call.

    Attributes:
        least: how many arguments it takes at least.
        most: how many at most.
        call: what it does with them.
    """

    least: int
    most: int
    call: Implementation


def _entrywise(function: Callable[[Number], Number]) -> Function:
    return Function(1, 1, lambda given, budget: arrays.each(function, given[0], budget))


def _costly(function: Callable[[float], float]) -> Function:
    """An entry-wise function that is computed in decimals and counts for 20 steps."""

    def call(given: Sequence[Value], budget: Budget) -> Value:
        budget.spend(20 * sum(1 for _ in arrays.flat(given[0])))
        return arrays.each(function, given[0], budget)

    return Function(1, 1, call)


def _reduced(function: Callable[[list[Number]], Number]) -> Function:
    """A function of all entries of an array or, with a second argument, along one axis of a matrix."""

    def call(given: Sequence[Value], budget: Budget) -> Value:
        found = arrays.numbers(given[0])
        budget.spend(len(found))
        if not found:
            raise FormulaError("an array must not be empty here", kind="domain")
        if len(given) == 1:
            return function(found)
        axis = arrays.whole(given[1])
        if axis not in (0, 1) or len(arrays.shape(given[0])) != 2:
            raise FormulaError(f"the axis must be 0 or 1, of a matrix, received {axis}", kind="type")
        rows = arrays.transpose(given[0]) if axis == 0 else given[0]
        assert isinstance(rows, tuple)
        return tuple(function(arrays.numbers(row)) for row in rows)

    return Function(1, 2, call)


def _extreme(function: Callable[[list[Number]], Number]) -> Function:
    """The least or greatest of an array, or of several numbers."""
    along = _reduced(function)

    def call(given: Sequence[Value], budget: Budget) -> Value:
        several = len(given) > 1 and not isinstance(given[0], tuple)
        return function(arrays.numbers(tuple(given))) if several else along.call(given[:2], budget)

    return Function(1, 20, call)


def _total(terms: list[Number]) -> Number:
    return sum(terms) if all(isinstance(term, int) for term in terms) else math.fsum(terms)


def _mean(terms: list[Number]) -> Number:
    return _total(terms) / len(terms)


def _variance(terms: list[Number]) -> Number:
    mean = _mean(terms)
    return math.fsum((term - mean) * (term - mean) for term in terms) / len(terms)


def _vector(value: Value) -> list[Number]:
    if len(arrays.shape(value)) != 1 or not value:
        raise FormulaError(f"a vector must come here, received {arrays.said(value)}", kind="type")
    return arrays.numbers(value)


def _softmax(given: Sequence[Value], budget: Budget) -> Value:
    value = given[0]
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return tuple(_softmax([row], budget) for row in value)
    logits = _vector(value)
    budget.spend(20 * len(logits))
    powers = [exact.exp(logit - max(logits)) for logit in logits]
    total = math.fsum(powers)
    return tuple(power / total for power in powers)


def _dot(given: Sequence[Value], budget: Budget) -> Value:
    return arrays.product(tuple(_vector(given[0])), tuple(_vector(given[1])), budget)


def _norm(given: Sequence[Value], budget: Budget) -> Value:
    terms = arrays.numbers(given[0])
    order = given[1] if len(given) > 1 else 2
    budget.spend(len(terms))
    if order == 1:
        return _total([abs(term) for term in terms])
    if order == 2:
        return math.sqrt(math.fsum(term * term for term in terms))
    raise FormulaError(
        "the order of a norm must be 1 or 2", hint="the maximum norm is max(abs(v))", kind="type"
    )


def _best(choose: Callable[[list[Number]], Number]) -> Function:
    def call(given: Sequence[Value], budget: Budget) -> Value:
        entries = _vector(given[0])
        return entries.index(choose(entries))

    return Function(1, 1, call)


def _round(given: Sequence[Value], budget: Budget) -> Value:
    digits = arrays.whole(given[1]) if len(given) > 1 else 0
    if not -300 <= digits <= 300:
        raise FormulaError("digits must be between -300 and 300", kind="type")

    def to(x: Number) -> Number:
        return (round(x) if digits == 0 else round(x, digits)) + 0  # + 0 makes -0.0 what it is: 0

    return arrays.each(to, given[0], budget)


def _clip(given: Sequence[Value], budget: Budget) -> Value:
    low, high = arrays.number(given[1]), arrays.number(given[2])
    return arrays.each(lambda x: min(max(x, low), high), given[0], budget)


def _filled(value: int) -> Function:
    def call(given: Sequence[Value], budget: Budget) -> Value:
        rows, *columns = (_length(length) for length in given)
        budget.spend(rows * math.prod(columns))
        if rows * math.prod(columns) > MAX_SIZE:
            raise _too_big()
        row: Value = (value,) * columns[0] if columns else value
        return (row,) * rows

    return Function(1, 2, call)


def _arange(given: Sequence[Value], budget: Budget) -> Value:
    bounds = [arrays.whole(value) for value in given]
    if len(bounds) == 3 and bounds[2] == 0:
        raise FormulaError("the step of arange must not be 0", kind="domain")
    found = range(*bounds)
    if len(found) > MAX_SIZE:
        raise _too_big()
    budget.spend(len(found))
    return tuple(found)


def _one_hot(given: Sequence[Value], budget: Budget) -> Value:
    at, length = arrays.whole(given[0]), _length(given[1])
    if not 0 <= at < length:
        raise FormulaError(f"the index must be from 0 to {length - 1}, received {at}", kind="domain")
    budget.spend(length)
    return tuple(int(place == at) for place in range(length))


def _length(value: Value) -> int:
    length = arrays.whole(value)
    if not 1 <= length <= MAX_SIZE:
        raise _too_big()
    return length


def _too_big() -> FormulaError:
    return FormulaError(f"an array must have from 1 to {MAX_SIZE:,} entries", kind="size")


def _reshaped(function: Callable[[list[Number]], list[Number]]) -> Function:
    def call(given: Sequence[Value], budget: Budget) -> Value:
        entries = _vector(given[0])
        budget.spend(len(entries))
        return tuple(function(entries))

    return Function(1, 1, call)


def _cumulated(entries: list[Number]) -> list[Number]:
    return list(accumulate(entries))


def _concat(given: Sequence[Value], budget: Budget) -> Value:
    joined = tuple(entry for part in given for entry in (part if isinstance(part, tuple) else (part,)))
    budget.spend(len(joined))
    if len(joined) > MAX_SIZE:
        raise _too_big()
    return joined


def _distinct(given: Sequence[Value], budget: Budget) -> Value:
    entries = list(arrays.flat(tuple(given)))
    return len(set(entries)) == len(entries)


def _leaky_relu(given: Sequence[Value], budget: Budget) -> Value:
    slope = arrays.number(given[1]) if len(given) > 1 else 0.3
    return arrays.each(lambda x: x if x >= 0 else slope * x, given[0], budget)


def _root(x: Number) -> float:
    if x < 0:
        raise exact.DomainError(f"a square root must be of a number that is at least 0, received {x:g}")
    return math.sqrt(x)


def _sign(x: Number) -> int:
    return (x > 0) - (x < 0)


FUNCTIONS: Final[dict[str, Function]] = {
    "exp": _costly(exact.exp),
    "log": _costly(exact.log),
    "ln": _costly(exact.log),
    "log2": _costly(exact.log2),
    "log10": _costly(exact.log10),
    "sin": _costly(exact.sin),
    "cos": _costly(exact.cos),
    "tanh": _costly(exact.tanh),
    "sigmoid": _costly(exact.sigmoid),
    "softplus": _costly(exact.softplus),
    "sqrt": _entrywise(_root),
    "abs": _entrywise(abs),
    "sign": _entrywise(_sign),
    "relu": _entrywise(lambda x: max(x, 0)),
    "leaky_relu": Function(1, 2, _leaky_relu),
    "floor": _entrywise(math.floor),
    "ceil": _entrywise(math.ceil),
    "round": Function(1, 2, _round),
    "clip": Function(3, 3, _clip),
    "sum": _reduced(_total),
    "mean": _reduced(_mean),
    "var": _reduced(_variance),
    "std": _reduced(lambda terms: math.sqrt(_variance(terms))),
    "min": _extreme(min),
    "max": _extreme(max),
    "argmin": _best(min),
    "argmax": _best(max),
    "softmax": Function(1, 1, _softmax),
    "dot": Function(2, 2, _dot),
    "norm": Function(1, 2, _norm),
    "transpose": Function(1, 1, lambda given, budget: arrays.transpose(given[0])),
    "size": Function(1, 1, lambda given, budget: len(list(arrays.flat(given[0])))),
    "shape": Function(1, 1, lambda given, budget: arrays.shape(given[0])),
    "zeros": _filled(0),
    "ones": _filled(1),
    "arange": Function(1, 3, _arange),
    "one_hot": Function(2, 2, _one_hot),
    "sort": _reshaped(sorted),
    "reverse": _reshaped(lambda entries: entries[::-1]),
    "cumsum": _reshaped(_cumulated),
    "concat": Function(1, 20, _concat),
    "distinct": Function(1, 20, _distinct),
}

CONSTANTS: Final[dict[str, Value]] = {"pi": math.pi, "e": math.e, "true": True, "false": False}
