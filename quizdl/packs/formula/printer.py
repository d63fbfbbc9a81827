"""A tree to the source that reads back as the same tree."""

from __future__ import annotations

from quizdl.packs.formula import tree as t
from quizdl.packs.formula.parser import AND, BINDING, COMPARE, INDEX, LOOSE, NOT, POWER, SIGN, SUM

_SPACED = frozenset({SUM, COMPARE, AND, BINDING["or"]})


def show(tree: t.Tree) -> str:
    """Print an expression with as few parentheses as it needs.

    Example:
        >>> from quizdl.packs.formula.parser import parse
        >>> show(parse("((1) + (2 * x)) ** -n"))
        '(1 + 2*x)^-n'
    """
    return _within(tree, LOOSE)


def _within(tree: t.Tree, least: int) -> str:
    """A tree as an operand that must bind at least so tightly."""
    text, binding = _print(tree)
    return f"({text})" if binding < least else text


def _print(tree: t.Tree) -> tuple[str, int]:
    match tree:
        case t.Number(value):
            return repr(value), INDEX + 1
        case t.String(value):
            return (f'"{value}"' if '"' not in value else f"'{value}'"), INDEX + 1
        case t.Name(name):
            return name, INDEX + 1
        case t.Call(name, arguments):
            return f"{name}({_listed(arguments)})", INDEX + 1
        case t.Listing(entries):
            return f"[{_listed(entries)}]", INDEX + 1
        case t.Index(value, index):
            return f"{_within(value, INDEX)}[{show(index)}]", INDEX
        case t.Unary("%", operand):
            return f"{_within(operand, INDEX)}%", INDEX
        case t.Unary("not", operand):
            return f"not {_within(operand, NOT)}", NOT
        case t.Unary(operator, operand):
            return f"{operator}{_within(operand, SIGN)}", SIGN
        case t.Compare(operands, operators):
            first, *rest = (_within(operand, COMPARE + 1) for operand in operands)
            return first + "".join(
                f" {operator} {operand}" for operator, operand in zip(operators, rest, strict=True)
            ), COMPARE
        case t.Conditional(condition, then, otherwise):
            return f"if {show(condition)} then {show(then)} else {show(otherwise)}", LOOSE
        case t.Binary("^", left, right):
            return f"{_within(left, POWER + 1)}^{_exponent(right)}", POWER
        case t.Binary(operator, left, right):
            binding = BINDING[operator]
            spaced = f" {operator} " if binding in _SPACED else operator
            return f"{_within(left, binding)}{spaced}{_within(right, binding + 1)}", binding


def _exponent(tree: t.Tree) -> str:
    signed = isinstance(tree, t.Unary) and tree.operator in "+-"
    return _within(tree, SIGN if signed else POWER)


def _listed(entries: tuple[t.Tree, ...]) -> str:
    return ", ".join(map(show, entries))


def literal(value: object) -> str:
    """A value as an expression that evaluates to just this value.

    Example:
        >>> literal(((1, -0.5), (2.0, 1e-07))), literal("relu"), literal(True)
        ('[[1, -0.5], [2.0, 1e-07]]', '"relu"', 'true')
    """
    if isinstance(value, tuple):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, str):
        return f'"{value}"' if '"' not in value else f"'{value}'"
    return str(value).lower() if isinstance(value, bool) else repr(value)
