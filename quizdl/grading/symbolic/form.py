"""Demands on the form of an answer whose value is right."""

from __future__ import annotations

from quizdl.grading.symbolic.functions import SPOKEN
from quizdl.grading.symbolic.question import Form
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    Apply,
    BigOp,
    Call,
    Div,
    Index,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Transpose,
    children,
    names,
    walk,
)


def unmet(tree: Node, form: Form, symbols: Symbols) -> tuple[str, str] | None:
    """The first demand that an answer does not meet.

    Args:
        tree: the answer as parsed, before definitions are put in.
        form: the demands.
        symbols: the declarations.

    Returns:
        The code of the demand (`only`, `without`, `factored`, `vectorised`) and what stands against it.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> unmet(parse("s - s^2").tree, Form(factored=True), OPEN)
        ('factored', '')
        >>> unmet(parse("s(1 - s)").tree, Form(factored=True), OPEN) is None
        True
        >>> unmet(parse("exp(x)*s").tree, Form(only=("s",)), OPEN)
        ('only', 'x')
    """
    if form.only:
        allowed = set(form.only)
        sizes = set(symbols.sizes)
        for name in sorted(names(tree)):
            symbol = symbols.get(name)
            index = symbol is not None and symbol.kind == "index"
            if name not in allowed and not index and name not in sizes and not _bound(tree, name):
                return ("only", name)
        for part in walk(tree):
            if isinstance(part, Apply) and part.function not in allowed and symbols.get(part.function):
                return ("only", part.function)
    for word in form.without:
        if _occurs(tree, word):
            return ("without", word)
    if form.factored and not factored(tree):
        return ("factored", "")
    if form.vectorised:
        for part in walk(tree):
            if isinstance(part, BigOp):
                return ("vectorised", part.index)
            if isinstance(part, Index):
                return ("vectorised", "")
    return None


def _bound(tree: Node, name: str) -> bool:
    return any(isinstance(part, BigOp) and part.index == name for part in walk(tree))


def _occurs(tree: Node, word: str) -> bool:
    """Whether a name or a function occurs, under any of its names; `sum`, `abs` and `case` are words too."""
    function = SPOKEN[word].name if word in SPOKEN else word
    for part in walk(tree):
        if isinstance(part, Name) and part.name == word:
            return True
        if isinstance(part, Call) and part.function == function:
            return True
        if isinstance(part, Apply) and part.function == word:
            return True
        if isinstance(part, BigOp) and part.op == word:
            return True
        if isinstance(part, Piecewise) and word in ("case", "cases", "piecewise"):
            return True
        if word == "exp" and isinstance(part, Pow) and getattr(part.base, "name", "") == "e":
            return True
    return False


def factored(tree: Node) -> bool:
    """Whether an expression is a product, and none of its factors could be taken apart by an obvious step.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> [factored(parse(text).tree) for text in ("2x(x + 1)", "x^2 + x", "(x + x^2)*1", "-s(1 - s)")]
        [True, False, False, True]
    """
    match tree:
        case Neg() | Transpose():
            return factored(tree.body)
        case Div():
            return factored(tree.top)
        case Mul():
            return all(_sum_without_common(factor) for factor in tree.factors)
        case Add():
            return False
        case Pow():
            return _sum_without_common(tree.base)
    return True


def _sum_without_common(node: Node) -> bool:
    """Whether a factor is no sum whose terms all share a factor."""
    if isinstance(node, Neg):
        return _sum_without_common(node.body)
    if not isinstance(node, Add):
        return factored(node) if isinstance(node, (Mul, Div)) else True
    shared = _parts(node.terms[0])
    for term in node.terms[1:]:
        shared &= _parts(term)
    return not shared


def _parts(node: Node) -> set[Node]:
    match node:
        case Neg():
            return _parts(node.body)
        case Mul():
            return {part for factor in node.factors for part in _parts(factor)}
        case Pow(exponent=Number()):
            return _parts(node.base)
        case Div():
            return _parts(node.top)
        case Number():
            return set()
    return {node} if list(children(node)) or isinstance(node, Name) else set()
