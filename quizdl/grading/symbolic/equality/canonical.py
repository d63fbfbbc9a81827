"""Sums of products with exact coefficients: two expressions with the same one are equal without computing.

A polynomial is a mapping from monomials to rational coefficients; a monomial lists its atoms with their
whole exponents. What is no sum, product, quotient or whole power is an atom: a name, an entry, a function of
canonical arguments. Matrix products keep their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import TypeAlias

from quizdl.grading.symbolic.tree import (
    Add,
    BigOp,
    Call,
    Constant,
    Div,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Transpose,
    children,
    substitute,
)

Monomial: TypeAlias = tuple[tuple[str, int], ...]
Polynomial: TypeAlias = dict[Monomial, Fraction]
ONE: Monomial = ()
MOST_TERMS = 300
_MOST_POWER = 12
_MOST_DEPTH = 60


class Unfit(Exception):  # noqa: N818 - a signal, not a failure
    """The canonical form would be too large."""


def same(left: Node, right: Node) -> bool:
    """Whether two resolved trees have the same canonical form; false also where there is none.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> same(parse("(a + b)^2").tree, parse("a^2 + 2ab + b^2").tree)
        True
        >>> same(parse("s(1 - s)").tree, parse("s - s^2").tree), same(parse("a/b").tree, parse("b/a").tree)
        (True, False)
    """
    try:
        return canonical(left) == canonical(right)
    except Unfit:
        return False


def key(tree: Node) -> str:
    """A text that is the same for expressions with the same canonical form.

    Raises:
        Unfit: the form is too large.
    """
    return _text(canonical(tree))


def canonical(tree: Node) -> Polynomial:
    """The canonical form.

    Raises:
        Unfit: it would be too large.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> canonical(parse("x*(1 + x) - x").tree) == canonical(parse("x^2").tree)
        True
    """
    return _Maker().made(tree, 0)


class _Maker:
    """Walks down a tree; sums name their index by depth, so that its name does not matter."""

    def made(self, node: Node, depth: int) -> Polynomial:
        if depth > _MOST_DEPTH:
            raise Unfit
        match node:
            case Number():
                return {ONE: node.value} if node.value else {}
            case Neg():
                return scaled(self.made(node.body, depth + 1), Fraction(-1))
            case Add():
                total: Polynomial = {}
                for term in node.terms:
                    total = added(total, self.made(term, depth + 1))
                return total
            case Mul(op="@"):
                return self._matrix(node, depth)
            case Mul():
                product: Polynomial = {ONE: Fraction(1)}
                for factor in node.factors:
                    product = multiplied(product, self.made(factor, depth + 1))
                return product
            case Div():
                return multiplied(
                    self.made(node.top, depth + 1), self._power(self.made(node.bottom, depth + 1), -1)
                )
            case Pow():
                return self._raised(node, depth)
            case Call(function="sqrt"):
                return self._atom(node, depth)
            case Transpose(body=Mul(op="@") as inner):
                turned = tuple(Transpose(factor) for factor in reversed(inner.factors))
                return self.made(Mul(turned, "@"), depth + 1)
            case Transpose(body=Transpose() as inner):
                return self.made(inner.body, depth + 1)
        return self._atom(node, depth)

    def _raised(self, node: Pow, depth: int) -> Polynomial:
        exponent = node.exponent
        value = exponent.value if isinstance(exponent, Number) else None
        if isinstance(exponent, Neg) and isinstance(exponent.body, Number):
            value = -exponent.body.value
        base = self.made(node.base, depth + 1)
        if value is not None and value.denominator == 1 and abs(value) <= _MOST_POWER:
            return self._power(base, int(value))
        if node.base == Constant("e"):
            return self._atom(Call("exp", (exponent,)), depth)  # e^x is exp(x), however it was typed
        inside = self.made(exponent, depth + 1)
        return {((f"({_text(base)})^({_text(inside)})", 1),): Fraction(1)}

    def _power(self, base: Polynomial, exponent: int) -> Polynomial:
        if exponent >= 0:
            product: Polynomial = {ONE: Fraction(1)}
            for _ in range(exponent):
                product = multiplied(product, base)
            return product
        if not base:
            raise Unfit
        if len(base) == 1:
            ((monomial, coefficient),) = base.items()
            turned = tuple((atom, power * exponent) for atom, power in monomial)
            return {turned: coefficient**exponent}
        # The leading coefficient is taken out, so that 1/(2 + 2x) and 1/(1 + x)/2 meet.
        lead = base[min(base)]
        unit = scaled(base, 1 / lead)
        return {((f"({_text(unit)})", exponent),): lead**exponent}

    def _matrix(self, node: Mul, depth: int) -> Polynomial:
        """A matrix product: linear in each factor, and in order."""
        total: dict[tuple[str, ...], Polynomial] = {(): {ONE: Fraction(1)}}
        for factor in node.factors:
            parts = self.made(factor, depth + 1)
            grown: dict[tuple[str, ...], Polynomial] = {}
            for chain, scale in total.items():
                for monomial, coefficient in parts.items():
                    link = (*chain, _text({monomial: Fraction(1)}))
                    grown[link] = added(grown.get(link, {}), scaled(scale, coefficient))
            if len(grown) > MOST_TERMS:
                raise Unfit
            total = grown
        return {
            (("@".join(f"[{part}]" for part in chain), 1),): scale[ONE]
            for chain, scale in total.items()
            if scale
        }

    def _atom(self, node: Node, depth: int) -> Polynomial:
        if isinstance(node, (Name, Constant)):
            return {((node.name, 1),): Fraction(1)}
        if isinstance(node, BigOp):
            # @ cannot stand in a name that was typed.
            bound = f"@{depth}"
            inner = [
                substitute(part, {node.index: Name(bound)}) for part in (node.body, node.condition) if part
            ]
            limits = [part for part in (node.lower, node.upper) if part]
            parts = [_text(self.made(part, depth + 1)) for part in (*inner, *limits)]
            return {((f"{node.op}[{bound}]({'; '.join(parts)})", 1),): Fraction(1)}
        values = [getattr(node, field.name) for field in fields(node)]
        plain = [value for value in values if not isinstance(value, Node) and not _nodes(value)]
        parts = [_text(self.made(child, depth + 1)) for child in children(node)]
        return {((f"{type(node).__name__}<{plain}>({'; '.join(parts)})", 1),): Fraction(1)}


def _nodes(value: object) -> bool:
    return isinstance(value, tuple) and any(isinstance(item, Node) for item in value)


def added(left: Mapping[Monomial, Fraction], right: Mapping[Monomial, Fraction]) -> Polynomial:
    """The sum of two polynomials."""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, Fraction(0)) + coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    if len(total) > MOST_TERMS:
        raise Unfit
    return total


def scaled(polynomial: Mapping[Monomial, Fraction], factor: Fraction) -> Polynomial:
    """A polynomial times a number."""
    return {monomial: coefficient * factor for monomial, coefficient in polynomial.items()}


def multiplied(left: Mapping[Monomial, Fraction], right: Mapping[Monomial, Fraction]) -> Polynomial:
    """The product of two polynomials."""
    if len(left) * len(right) > MOST_TERMS:
        raise Unfit
    total: Polynomial = {}
    for one, a in left.items():
        for two, b in right.items():
            powers: dict[str, int] = dict(one)
            for atom, power in two:
                powers[atom] = powers.get(atom, 0) + power
            monomial = tuple(sorted((atom, power) for atom, power in powers.items() if power))
            value = total.get(monomial, Fraction(0)) + a * b
            if value:
                total[monomial] = value
            else:
                total.pop(monomial, None)
    if any(coefficient.numerator.bit_length() > 4000 for coefficient in total.values()):
        raise Unfit
    return total


def _text(polynomial: Polynomial) -> str:
    text = " + ".join(
        f"{coefficient}*{'*'.join(f'{atom}^{power}' for atom, power in monomial)}"
        for monomial, coefficient in sorted(polynomial.items())
    )
    if len(text) > 20_000:
        raise Unfit
    return text or "0"
