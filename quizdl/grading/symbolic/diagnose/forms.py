"""The right answer written in other ways, so that a slip in any of them can be recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from fractions import Fraction

from quizdl.grading.symbolic.definitions import definitions
from quizdl.grading.symbolic.equality.canonical import Monomial, Unfit, canonical
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    Apply,
    Call,
    Div,
    Index,
    Indicator,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    Relation,
    number,
    rebuild,
    substitute,
    walk,
)

_MOST_TERMS = 12
_MOST_NODES = 400


def forms(tree: Node, symbols: Symbols) -> list[Node]:
    """A resolved tree as it is, multiplied out, and with the definitions put in.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> len(forms(parse("a*(b + c)").tree, OPEN))
        2
    """
    found = [tree]
    inside = inlined(tree, symbols)
    for candidate in (expanded(tree), by_cases(tree), inside, expanded(inside)):
        if candidate not in found and _small(candidate):
            found.append(candidate)
    return found


def _small(tree: Node) -> bool:
    return sum(1 for _ in walk(tree)) <= _MOST_NODES


def expanded(tree: Node) -> Node:
    """A tree with its products of sums multiplied out, where that stays short."""
    parts = collected(terms(tree))
    return parts[0] if len(parts) == 1 else Add(tuple(parts))


def collected(parts: list[Node]) -> list[Node]:
    """Terms that differ in their coefficient only, put together: x + x is 2x."""
    if len(parts) < 3:
        return parts
    groups: dict[Monomial, tuple[Node, Fraction]] = {}
    for part in parts:
        try:
            made = canonical(part)
        except Unfit:
            return parts
        if len(made) != 1:
            return parts
        ((monomial, coefficient),) = made.items()
        node, count = groups.get(monomial, (part, Fraction(0)))
        groups[monomial] = (node, count + coefficient)
    if len(groups) == len(parts):
        return parts
    found: list[Node] = []
    for monomial, (node, count) in groups.items():
        own = canonical(node)[monomial]
        if not count:
            continue
        bare = node.body if isinstance(node, Neg) else node
        scale = abs(count / own)
        body = bare if scale == 1 else Mul((number(scale), bare))
        found.append(Neg(body) if (count < 0) else body)
    return found or [number(0)]


def terms(tree: Node) -> list[Node]:
    """The terms of a tree after multiplying out.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> len(terms(parse("(a + b)*(c - d)").tree))
        4
    """
    match tree:
        case Add():
            return [part for term in tree.terms for part in terms(term)]
        case Neg():
            return [part.body if isinstance(part, Neg) else Neg(part) for part in terms(tree.body)]
        case Mul():
            products: list[tuple[bool, tuple[Node, ...]]] = [(False, ())]
            for factor in tree.factors:
                inner = terms(factor)
                if len(products) * len(inner) > _MOST_TERMS:
                    return [tree]
                products = [
                    (
                        sign != isinstance(part, Neg),
                        (*made, *_factors(part.body if isinstance(part, Neg) else part, tree.op)),
                    )
                    for sign, made in products
                    for part in inner
                ]
            found: list[Node] = []
            for sign, made in products:
                product = made[0] if len(made) == 1 else Mul(made, tree.op) if made else number(1)
                found.append(Neg(product) if sign else product)
            return found
        case Div():
            tops = terms(tree.top)
            return [
                Neg(Div(top.body, tree.bottom)) if isinstance(top, Neg) else Div(top, tree.bottom)
                for top in tops
            ]
        case Pow(base=Add() as base, exponent=Number(value=value)) if value == 2 and len(base.terms) <= 3:
            return terms(Mul((base, base)))
    return [tree]


def _factors(node: Node, op: str) -> tuple[Node, ...]:
    if isinstance(node, Mul) and node.op == op:
        return node.factors
    return () if node == number(1) and op != "@" else (node,)


def inlined(tree: Node, symbols: Symbols) -> Node:
    """A tree with the definitions of scalars and entries put in once."""
    known = definitions(symbols)

    def put(node: Node) -> Node:
        if isinstance(node, Name) and node.name in known and not known[node.name].parameters:
            return known[node.name].tree
        if isinstance(node, Index) and isinstance(node.base, Name) and node.base.name in known:
            made = known[node.base.name]
            if made.entries and len(made.parameters) == len(node.indices):
                return substitute(made.tree, dict(zip(made.parameters, node.indices, strict=True)))
        if isinstance(node, Apply) and node.function in known and not node.primes:
            made = known[node.function]
            if len(made.parameters) == len(node.args):
                return substitute(made.tree, dict(zip(made.parameters, map(put, node.args), strict=True)))
        return rebuild(node, put)

    return put(tree)


def by_cases(tree: Node) -> Node:
    """sign(x) as 1{x>0} − 1{x<0}, and max(x, 0) as x·1{x>0}."""

    def cases(node: Node) -> Node:
        node = rebuild(node, cases)
        if isinstance(node, Call) and node.function == "sign":
            (arg,) = node.args
            zero = number(0)
            return Add(
                (Indicator(Relation((arg, zero), (">",))), Neg(Indicator(Relation((arg, zero), ("<",)))))
            )
        if isinstance(node, Call) and node.function == "maximum" and number(0) in node.args:
            arg = node.args[0] if node.args[1] == number(0) else node.args[1]
            return Mul((arg, Indicator(Relation((arg, number(0)), (">",)))))
        return node

    found = cases(tree)
    return expanded(found) if found != tree else tree


def places(node: Node) -> Iterator[tuple[Node, str, int]]:
    """Every part directly below a node, with the field and the position it stands in (−1: on its own)."""
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value, field.name, -1
        elif isinstance(value, tuple):
            for place, item in enumerate(value):
                if isinstance(item, Node):
                    yield item, field.name, place
