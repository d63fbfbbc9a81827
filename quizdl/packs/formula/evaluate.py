"""A tree and the values of its names to a value; bounded in steps, in size and in time."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from quizdl.nearest import nearest
from quizdl.packs.formula import arrays, engine, exact
from quizdl.packs.formula import tree as t
from quizdl.packs.formula.arrays import Budget, Number, Value
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.functions import CONSTANTS, FUNCTIONS

_BITS: Final = 1_000
"""Whole numbers stay below 2^1000, so that each of them is also a float."""


def evaluate(
    tree: t.Tree, names: Mapping[str, Value] | None = None, *, budget: Budget | None = None
) -> Value:
    """The value of an expression.

    Whole numbers are exact, decimal ones are double precision; the result is the same on every machine.
    Arithmetic works entry by entry on arrays, `@` is the matrix product.

    Args:
        tree: what `parse` read.
        names: the values of parameters; they go before the constants `pi` and `e`.
        budget: shared by expressions that together may take so many steps.

    Returns:
        A number, truth value, text, or an array as nested tuples. Never NaN or infinite.

    Raises:
        FormulaError: an unknown name, values that do not fit, a value out of the domain of a function, a
            result beyond every float, too many steps. The position is that of the part at fault.

    Example:
        >>> from quizdl.packs.formula.parser import parse
        >>> evaluate(parse("1/(1 + exp(-x))"), {"x": 2})
        0.8807970779778823
        >>> evaluate(parse("[[1, 2], [3, 4]] @ v + 1"), {"v": (1, -1)})
        (0, 0)
    """
    return _Evaluation(names or {}, budget or Budget()).value(tree)


class _Evaluation:
    def __init__(self, names: Mapping[str, Value], budget: Budget) -> None:
        self.names = names
        self.budget = budget

    def value(self, tree: t.Tree) -> Value:
        """The value of a part, with errors placed at the innermost part that fails."""
        try:
            self.budget.spend(1)
            return self._value(tree)
        except _PlacedError:
            raise
        except FormulaError as error:
            raise _PlacedError(error.message, tree.position, error.hint, kind=error.kind) from None
        except exact.DomainError as error:
            raise _PlacedError(str(error), tree.position, kind="domain") from None
        except (exact.TooLargeError, OverflowError):
            message = "a value must be less than 1.8e308, received more"
            raise _PlacedError(message, tree.position, kind="overflow") from None

    def _value(self, tree: t.Tree) -> Value:
        match tree:
            case t.Number(value) | t.String(value):
                return value
            case t.Name(name):
                return self._named(name)
            case t.Unary("not", operand):
                return not self._truth(operand)
            case t.Unary("%", operand):
                return arrays.each(lambda x: x / 100, self.value(operand), self.budget)
            case t.Unary(operator, operand):
                # + 0 makes -0.0 what it is: 0.
                sign = -1 if operator == "-" else 1
                return arrays.each(lambda x: sign * x + 0, self.value(operand), self.budget)
            case t.Binary("and", left, right):
                return self._truth(left) and self._truth(right)
            case t.Binary("or", left, right):
                return self._truth(left) or self._truth(right)
            case t.Binary("@", left, right):
                found = arrays.product(self.value(left), self.value(right), self.budget)
                return arrays.each(_finite, found, self.budget)
            case t.Binary(operator, left, right):
                return arrays.both(_OPERATORS[operator], self.value(left), self.value(right), self.budget)
            case t.Compare(operands, operators):
                return self._compared(operands, operators)
            case t.Call(name, arguments):
                return self._called(name, tuple(map(self.value, arguments)))
            case t.Listing(entries):
                return self._sized(tuple(map(self.value, entries)))
            case t.Index(value, index):
                return self._indexed(self.value(value), arrays.whole(self.value(index)))
            case t.Conditional(condition, then, otherwise):
                return self.value(then if self._truth(condition) else otherwise)

    def _named(self, name: str) -> Value:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in FUNCTIONS:
            raise FormulaError(
                f"the function {name!r} must have arguments", hint=f"write {name}(…)", kind="name"
            )
        near = nearest(name, [*self.names, *CONSTANTS])
        hint = f"did you mean {near!r}?" if near else "a name must be a parameter or a derived value"
        raise FormulaError(f"a name must be known, received {name!r}", hint=hint, kind="name")

    def _called(self, name: str, given: tuple[Value, ...]) -> Value:
        function = engine.function(name) if name in engine.NAMES else FUNCTIONS.get(name)
        if function is None:
            near = nearest(name, [*FUNCTIONS, *engine.NAMES])
            hint = f"did you mean {near!r}?" if near else "multiply with *" if name in self.names else ""
            raise FormulaError(f"a function must be known, received {name!r}", hint=hint, kind="name")
        if not function.least <= len(given) <= function.most:
            wanted = f"{function.least}" + (f" to {function.most}" if function.most > function.least else "")
            message = f"{name} must have {wanted} argument{'s' * (wanted != '1')}, received {len(given)}"
            raise FormulaError(message, kind="type")
        result = function.call(given, self.budget)
        if arrays.is_number(result):
            return _finite(result)
        return self._sized(result) if isinstance(result, tuple) else result

    def _sized(self, value: tuple[Value, ...]) -> Value:
        entries = 0
        for entry in arrays.flat(value):
            entries += 1
            if arrays.is_number(entry):
                _finite(entry)
        self.budget.spend(entries)
        if entries > arrays.MAX_SIZE:
            message = f"an array must have at most {arrays.MAX_SIZE:,} entries, received {entries:,}"
            raise FormulaError(message, kind="size")
        return value

    def _indexed(self, value: Value, index: int) -> Value:
        if not isinstance(value, tuple):
            raise FormulaError(
                f"an array must stand before an index, received {arrays.said(value)}", kind="type"
            )
        if not 0 <= index < len(value):
            message = f"an index must be from 0 to {len(value) - 1}, received {index}"
            raise FormulaError(message, kind="domain")
        return value[index]

    def _truth(self, tree: t.Tree) -> bool:
        value = self.value(tree)
        if not isinstance(value, bool):
            message = f"a condition must be true or false, received {arrays.said(value)}"
            raise _PlacedError(message, tree.position, kind="type")
        return value

    def _compared(self, operands: tuple[t.Tree, ...], operators: tuple[str, ...]) -> bool:
        values = [self.value(operand) for operand in operands]
        for left, operator, right in zip(values[:-1], operators, values[1:], strict=True):
            if operator in ("==", "!="):
                if (left == right) != (operator == "=="):
                    return False
            elif not _ORDERS[operator](arrays.number(left), arrays.number(right)):
                return False
        return True


class _PlacedError(FormulaError):
    """An error whose position is already that of the part at fault."""


def _finite(x: Number) -> Number:
    if isinstance(x, int):
        if x.bit_length() > _BITS:
            raise exact.TooLargeError
        return x
    if not math.isfinite(x):
        raise exact.TooLargeError
    return x + 0.0  # makes -0.0 what it is: 0


def _divide(a: Number, b: Number) -> Number:
    if b == 0:
        raise exact.DomainError("a divisor must not be 0")
    return _finite(a / b)


def _floor_divide(a: Number, b: Number) -> Number:
    if b == 0:
        raise exact.DomainError("a divisor must not be 0")
    return _finite(a // b)


def _remainder(a: Number, b: Number) -> Number:
    if b == 0:
        raise exact.DomainError("a divisor must not be 0")
    return _finite(a % b)


def _power(base: Number, exponent: Number) -> Number:
    if isinstance(base, int) and isinstance(exponent, int) and exponent >= 0:
        if abs(base) > 1 and (base.bit_length() - 1) * exponent > _BITS:
            raise exact.TooLargeError
        return _finite(base**exponent)
    return _finite(exact.power(float(base), float(exponent)))


_OPERATORS: Final[dict[str, Callable[[Number, Number], Number]]] = {
    "+": lambda a, b: _finite(a + b),
    "-": lambda a, b: _finite(a - b),
    "*": lambda a, b: _finite(a * b),
    "/": _divide,
    "//": _floor_divide,
    "%": _remainder,
    "^": _power,
}
_ORDERS: Final[dict[str, Callable[[Number, Number], bool]]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}
