"""The values of expressions: numbers, truth values, texts, and nested tuples of numbers as arrays.

Arrays are small (an item that a person answers), so tuples do what NumPy would, without its 70 ms of import.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias, TypeGuard

from quizdl.packs.formula.errors import FormulaError

Number: TypeAlias = int | float
Value: TypeAlias = "bool | int | float | str | tuple[Value, ...]"

MAX_SIZE: Final = 10_000
"""Numbers in one array."""


class Budget:
    """How many numbers may still be computed, so that no expression takes long.

    Example:
        >>> Budget(10).spend(11)
        Traceback (most recent call last):
        ...
        quizdl.packs.formula.errors.FormulaError: error: an expression must take fewer steps
            hint: use smaller arrays
    """

    __slots__ = ("left",)

    def __init__(self, left: int = 200_000) -> None:
        self.left = left

    def spend(self, steps: int) -> None:
        """Take steps from the budget.

        Raises:
            FormulaError: there are not so many left.
        """
        self.left -= steps
        if self.left < 0:
            raise FormulaError("an expression must take fewer steps", hint="use smaller arrays", kind="size")


def is_number(value: object) -> TypeGuard[Number]:
    """Whether a value is a number; truth values are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def shape(value: Value) -> tuple[int, ...]:
    """The lengths of a rectangular array; () for a number.

    Raises:
        FormulaError: rows of different lengths, or something that is no number.

    Example:
        >>> shape(3), shape((1, 2)), shape(((1, 2, 3), (4, 5, 6)))
        ((), (2,), (2, 3))
    """
    if is_number(value):
        return ()
    if not isinstance(value, tuple):
        raise FormulaError(f"a number or an array must come here, received {said(value)}", kind="type")
    inner = {shape(entry) for entry in value}
    if len(inner) > 1:
        raise FormulaError("the rows of an array must be equally long", kind="type")
    return (len(value), *(inner.pop() if inner else ()))


def flat(value: Value) -> Iterator[Value]:
    """The entries of an array, row by row; a single value is its only entry."""
    if isinstance(value, tuple):
        for entry in value:
            yield from flat(entry)
    else:
        yield value


def numbers(value: Value) -> list[Number]:
    """The entries of an array, all of them numbers.

    Raises:
        FormulaError: one of them is no number.
    """
    found = list(flat(value))
    if not all(map(is_number, found)):
        strange = next(entry for entry in found if not is_number(entry))
        raise FormulaError(f"an array must hold only numbers, received {said(strange)}", kind="type")
    return found  # type: ignore[return-value]


def each(function: Callable[[Number], Number], value: Value, budget: Budget) -> Value:
    """A function applied to every number of an array."""
    if isinstance(value, tuple):
        return tuple(each(function, entry, budget) for entry in value)
    budget.spend(1)
    return function(number(value))


def both(function: Callable[[Number, Number], Number], left: Value, right: Value, budget: Budget) -> Value:
    """A function applied entry by entry; a number or a row goes with every row of the other.

    Raises:
        FormulaError: arrays whose shapes do not fit.

    Example:
        >>> from operator import add
        >>> both(add, (1, 2), 10, Budget()), both(add, ((1, 2), (3, 4)), (10, 20), Budget())
        ((11, 12), ((11, 22), (13, 24)))
    """
    if isinstance(left, tuple) and isinstance(right, tuple):
        deep, wide = _depth(left), _depth(right)
        if deep > wide:
            return tuple(both(function, entry, right, budget) for entry in left)
        if wide > deep:
            return tuple(both(function, left, entry, budget) for entry in right)
        if len(left) != len(right):
            message = f"arrays must have the same length here, received {len(left)} and {len(right)}"
            raise FormulaError(message, kind="type")
        return tuple(both(function, one, two, budget) for one, two in zip(left, right, strict=True))
    if isinstance(left, tuple):
        return tuple(both(function, entry, right, budget) for entry in left)
    if isinstance(right, tuple):
        return tuple(both(function, left, entry, budget) for entry in right)
    budget.spend(1)
    return function(number(left), number(right))


def product(left: Value, right: Value, budget: Budget) -> Value:
    """The product of matrices and vectors, `left @ right`.

    Args:
        left: (n, m) or (m,).
        right: (m, k) or (m,).

    Raises:
        FormulaError: numbers, or shapes that do not fit.

    Example:
        >>> product(((1, 2), (3, 4)), (1, 10), Budget()), product((1, 2), (3, 4), Budget())
        ((21, 43), 11)
    """
    one, two = shape(left), shape(right)
    if not (1 <= len(one) <= 2 and 1 <= len(two) <= 2 and one[-1] == two[0]):
        message = f"the inner lengths of a matrix product must agree, received {_by(one)} @ {_by(two)}"
        raise FormulaError(message, kind="type")
    rows = left if len(one) == 2 else (left,)
    columns = transpose(right) if len(two) == 2 else (right,)
    assert isinstance(rows, tuple)
    assert isinstance(columns, tuple)
    budget.spend(len(rows) * len(columns) * one[-1])
    found = tuple(tuple(dot(row, column) for column in columns) for row in rows)
    narrow = found if len(two) == 2 else tuple(row[0] for row in found)
    return narrow if len(one) == 2 else narrow[0]


def dot(left: Value, right: Value) -> Number:
    """Σ aᵢbᵢ, exactly rounded."""
    terms = [a * b for a, b in zip(numbers(left), numbers(right), strict=True)]
    if all(isinstance(term, int) for term in terms):
        return sum(terms)
    if not all(map(math.isfinite, terms)):
        raise OverflowError
    return math.fsum(terms)


def transpose(value: Value) -> tuple[Value, ...]:
    """A matrix with rows and columns exchanged.

    Raises:
        FormulaError: no matrix.
    """
    if len(shape(value)) != 2:
        raise FormulaError(f"a matrix must come here, received {said(value)}", kind="type")
    assert isinstance(value, tuple)
    return tuple(zip(*value, strict=True))


def number(value: Value) -> Number:
    """A value that must be a number.

    Raises:
        FormulaError: it is none.
    """
    if not is_number(value):
        raise FormulaError(f"a number must come here, received {said(value)}", kind="type")
    return value


def whole(value: Value) -> int:
    """A value that must be a whole number.

    Raises:
        FormulaError: it is none.
    """
    found = number(value)
    if found != int(found):
        raise FormulaError(f"a whole number must come here, received {found:g}", kind="type")
    return int(found)


def said(value: Value) -> str:
    """A value as messages name it.

    Example:
        >>> said((1, 2)), said("relu"), said(True)
        ('an array of length 2', "the text 'relu'", 'true')
    """
    if isinstance(value, tuple):
        return f"an array of length {len(value)}"
    if isinstance(value, str):
        return f"the text {value!r}"
    return str(value).lower() if isinstance(value, bool) else f"the number {value:g}"


def _depth(value: Value) -> int:
    return 1 + _depth(value[0]) if isinstance(value, tuple) and value else int(isinstance(value, tuple))


def _by(lengths: tuple[int, ...]) -> str:
    return "×".join(map(str, lengths)) if len(lengths) != 1 else f"{lengths[0]}"
