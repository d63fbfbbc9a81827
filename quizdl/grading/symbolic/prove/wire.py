"""Two expressions as JSON for the prover, where they are made of numbers and entries without sums."""

from __future__ import annotations

from typing import Any

from quizdl.grading.symbolic.definitions import definitions
from quizdl.grading.symbolic.diagnose.forms import inlined
from quizdl.grading.symbolic.plain_form import plain
from quizdl.grading.symbolic.symbols import Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    Call,
    Constant,
    Delta,
    Derivative,
    Div,
    Index,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    walk,
)

_WORDS = """
exp log sqrt sin cos tan sec csc cot asin acos atan sinh cosh tanh sech csch coth asinh acosh atanh abs sign
sigmoid softplus silu log1p expm1 log2 log10 exp2 cbrt erf erfc gamma digamma trigamma loggamma factorial
logit softsign maximum minimum relu
"""
FUNCTIONS = frozenset(_WORDS.split())
"""What the prover knows."""
MOST_NODES = 400


def pair(left: Node, right: Node, symbols: Symbols) -> dict[str, Any] | None:
    """Two resolved trees for the prover, or None where they cannot be handed over.

    Returns:
        `left` and `right` as nested lists, and `domains` by name.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.symbols import OPEN
        >>> pair(parse("x + 1").tree, parse("1 + x").tree, OPEN)["left"]
        ['add', ['name', 'x'], ['number', '1']]
    """
    known = definitions(symbols)
    for _ in range(3):
        parts = (part for side in (left, right) for part in walk(side))
        if not any(isinstance(part, Name) and part.name in known for part in parts):
            break
        left, right = inlined(left, symbols), inlined(right, symbols)
    domains: dict[str, str] = {}
    try:
        encoded = [_encoded(side, symbols, domains) for side in (left, right)]
    except _UnfitError:
        return None
    return {"left": encoded[0], "right": encoded[1], "domains": domains}


class _UnfitError(Exception):
    """What the prover does not take."""


def _encoded(tree: Node, symbols: Symbols, domains: dict[str, str]) -> list[Any]:
    if sum(1 for _ in walk(tree)) > MOST_NODES:
        raise _UnfitError

    def to(node: Node) -> list[Any]:
        match node:
            case Number():
                return ["number", str(node.value)]
            case Constant():
                if node.name not in ("pi", "e"):
                    raise _UnfitError
                return ["constant", node.name]
            case Name():
                domains[node.name] = _domain(node.name, symbols)
                return ["name", node.name]
            case Index(base=Name(name=base)) | Delta(left=Name(name=base)):
                shown = plain(node, symbols)
                domains[shown] = _domain(base, symbols) if isinstance(node, Index) else "real"
                return ["name", shown]
            case Add():
                return ["add", *map(to, node.terms)]
            case Neg():
                return ["mul", ["number", "-1"], to(node.body)]
            case Mul(op="*"):
                return ["mul", *map(to, node.factors)]
            case Div():
                return ["div", to(node.top), to(node.bottom)]
            case Pow():
                return ["pow", to(node.base), to(node.exponent)]
            case Call() if node.function in FUNCTIONS:
                return ["call", node.function, *map(to, node.args)]
            case Derivative() if all(isinstance(name, Name) for name in node.wrt):
                return ["diff", to(node.body), *map(to, node.wrt)]
        raise _UnfitError

    return to(tree)


def _domain(name: str, symbols: Symbols) -> str:
    symbol = symbols.get(name)
    if symbol is None:
        return "real"
    if symbol.shape and symbol.kind in ("vector", "matrix", "tensor") and symbol.domain.name != "real":
        return "real"
    domain = symbol.domain
    positive = domain.low > 0 or (domain.low == 0 and domain.open_low)
    return ("positive" if positive else "real") + (" integer" if domain.integer else "")
