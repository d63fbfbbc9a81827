"""One slip anywhere in an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

from quizdl.grading.symbolic.definitions import definitions
from quizdl.grading.symbolic.diagnose.forms import places
from quizdl.grading.symbolic.diagnose.reasons import PRIORITY, Reason, Word
from quizdl.grading.symbolic.symbols import Symbol, Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    BigOp,
    Call,
    Delta,
    Div,
    Index,
    Indicator,
    Mul,
    Name,
    Neg,
    Node,
    Norm,
    Number,
    Pow,
    Transpose,
    names,
    number,
    substitute,
    walk,
)

ONE = number(1)
_FAMILIES: tuple[tuple[str, ...], ...] = (
    ("exp", "log", "sqrt"),
    ("tanh", "sigmoid", "relu", "softplus", "step", "softsign"),
    ("sin", "cos", "tan"),
    ("sinh", "cosh", "tanh"),
    ("abs", "sign"),
    ("softmax", "log_softmax"),
)
"""Functions that are taken for one another."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A tree with one slip in it.

    Args:
        word: what kind of slip.
        tree: the tree after it.
        part: the part that was changed, dropped or put in.
        detail: which sentence fits.
        other: what stands there instead, where that says more.
    """

    word: Word
    tree: Node
    part: Node | None = None
    detail: str = ""
    other: Node | None = None

    @property
    def priority(self) -> int:
        """How soon it is looked for; a name negated throughout is the least likely of the signs."""
        if self.detail in ("throughout", "square-extra", "one-place"):
            return PRIORITY["sign-throughout"]
        return PRIORITY[self.word]

    def reason(self, show: Any, **params: str) -> Reason:
        """The reason that this slip gives."""
        shown = {"part": show(self.part)} if self.part is not None else {}
        if self.other is not None:
            shown["other"] = show(self.other)
        return Reason(self.word, self.detail, {**shown, **params})


@dataclass(frozen=True, slots=True)
class Slips:
    """What slips may use.

    Args:
        symbols: the declarations.
        indices: the indices of the answer, to put in the place of others.
    """

    symbols: Symbols
    indices: tuple[str, ...] = ()

    def _stands_for(self, node: Node) -> str:
        """The name that is defined as a part, if there is one."""
        for name, made in definitions(self.symbols).items():
            if made.tree == node and not made.parameters:
                return name
        return ""

    def everywhere(self, tree: Node) -> Iterator[Slip]:
        """Every slip at every place of a tree, and those that concern a name throughout."""
        yield from self.inside(tree)
        yield from self._throughout(tree)

    def inside(self, node: Node, exponent: bool = False) -> Iterator[Slip]:
        """Every slip at every place of a tree."""
        yield from self._here(node, exponent)
        for part, field, place in places(node):
            power = isinstance(node, Pow) and field == "exponent"
            for slip in self.inside(part, exponent or power):
                changed = slip.tree
                if place < 0:
                    yield replace(slip, tree=replace(node, **{field: changed}))
                else:
                    old = getattr(node, field)
                    yield replace(
                        slip, tree=replace(node, **{field: (*old[:place], changed, *old[place + 1 :])})
                    )

    def _here(self, node: Node, exponent: bool) -> Iterator[Slip]:
        match node:
            case Add():
                for place, term in enumerate(node.terms):
                    rest = (*node.terms[:place], *node.terms[place + 1 :])
                    body = term.body if isinstance(term, Neg) else term
                    turned = body if isinstance(term, Neg) else Neg(term)
                    yield Slip(
                        "sign", Add((*node.terms[:place], turned, *node.terms[place + 1 :])), body, "term"
                    )
                    # One more or less in an exponent is counting wrong, not a term of the answer.
                    word: Word = "offset" if exponent and isinstance(body, Number) else "term"
                    detail = "exponent" if word == "offset" else ""
                    yield Slip(word, Add(rest) if len(rest) > 1 else rest[0], body, detail)
            case Neg():
                yield Slip("sign", node.body, node.body, "term")
            case Mul():
                yield from self._product(node)
            case Div():
                yield from self._quotient(node)
            case Pow():
                yield from self._power(node)
            case Call():
                yield from self._call(node)
            case Transpose():
                yield Slip("transpose", node.body, node.body, "part")
            case BigOp():
                yield from self._big(node)
            case Norm():
                yield Slip("wrong-function", Mul((node, node)), node, "root")
                if node.order == "2":
                    yield Slip("wrong-function", Norm(node.body, "1"), node, "norm")
            case Index():
                yield from self._index(node)
            case Delta() | Indicator():
                yield Slip("index", ONE, node, "delta")
            case Number() if not exponent and node.value not in (0, 1):
                for value in (node.value * 2, node.value / 2):
                    yield Slip("factor", number(value), node, "number", number(value))
            case Name():
                yield from self._name(node, exponent)

    def _product(self, node: Mul) -> Iterator[Slip]:
        for place, factor in enumerate(node.factors):
            rest = (*node.factors[:place], *node.factors[place + 1 :])
            yield Slip("factor", Mul(rest, node.op) if len(rest) > 1 else rest[0], factor, "missing")
            if node.op == "*" and not isinstance(factor, Number):
                other = (*node.factors[:place], Div(ONE, factor), *node.factors[place + 1 :])
                yield Slip("inverted", Mul(other), factor)
            if node.op == "@" and isinstance(factor, Call) and factor.function == "inv" and place == 0:
                after = Mul(rest, "@") if len(rest) > 1 else rest[0]
                yield Slip("diagonal-only", Div(after, Call("diag", factor.args)), factor)
        if len(node.factors) > 2:
            for one, two in combinations(range(len(node.factors)), 2):
                left = tuple(f for place, f in enumerate(node.factors) if place not in (one, two))
                lost = Mul((node.factors[one], node.factors[two]), node.op)
                yield Slip("factor", Mul(left, node.op) if len(left) > 1 else left[0], lost, "missing")

    def _quotient(self, node: Div) -> Iterator[Slip]:
        word: Word = "missing-mean" if self._is_size(node.bottom) else "factor"
        yield Slip(word, node.top, node.bottom, "" if word == "missing-mean" else "missing-divisor")
        yield Slip("inverted", Div(node.bottom, node.top), node)
        yield Slip("inverted", Mul((node.top, node.bottom)), node.bottom)
        if isinstance(node.top, Mul):
            for place, factor in enumerate(node.top.factors):
                rest = (*node.top.factors[:place], *node.top.factors[place + 1 :])
                turned = Div(Mul((*rest, node.bottom)), factor)
                yield Slip("inverted", turned, Div(factor, node.bottom))
        if not isinstance(node.top, Number):
            yield Slip("factor", Div(ONE, node.bottom), node.top, "missing")

    def _is_size(self, node: Node) -> bool:
        return isinstance(node, Name) and node.name in self.symbols.sizes

    def _power(self, node: Pow) -> Iterator[Slip]:
        value = _rational(node.exponent)
        if value is None:
            for step in (1, -1):
                moved = Add((node.exponent, number(step)))
                yield Slip("offset", Pow(node.base, moved, node.op), node.exponent, "exponent")
            yield Slip("factor", node.base, node.exponent, "power")
            return
        if value < 0:
            yield Slip("inverted", Pow(node.base, number(-value), node.op), node.base)
        if value == 2:
            yield Slip("factor", node.base, node, "square")
            if isinstance(node.base, Call) and len(node.base.args) == 1:
                inner = Pow(node.base.args[0], node.exponent, "^")
                yield Slip("wrong-function", Call(node.base.function, (inner,)), node, "inside")
        elif abs(value) >= 2 or value == -1:
            yield Slip(
                "factor", Pow(node.base, number(value - (1 if value > 0 else -1)), node.op), node, "square"
            )
        yield Slip("factor", node.base, node.exponent, "power")

    def _call(self, node: Call) -> Iterator[Slip]:
        name = node.function
        if name == "inv":
            yield Slip("inverted", node.args[0], node.args[0])
        if name == "mean":
            yield Slip("missing-mean", replace(node, function="sum"), node, "mean")
        if name in ("sum", "mean"):
            yield Slip("missing-sum", node.args[0], node)
        if name in ("inner", "outer"):
            for arg in node.args:
                other = node.args[1] if arg is node.args[0] else node.args[0]
                yield Slip("factor", other, arg, "missing")
            yield Slip("index", Mul(node.args), node, "entry-product")
        if name in ("maximum", "minimum", "max", "min"):
            other_name = {"maximum": "minimum", "minimum": "maximum", "max": "min", "min": "max"}[name]
            yield Slip("swapped", replace(node, function=other_name), node, "function")
            for arg in node.args:
                yield Slip("wrong-function", arg, node, "dropped")
        elif len(node.args) == 1 and name not in ("inv", "diag", "mean", "sum"):
            short = self._stands_for(node)
            if short:
                yield Slip("swapped", node.args[0], Name(short), "name", node.args[0])
            yield Slip("wrong-function", node.args[0], node, "dropped")
        for family in _FAMILIES:
            if name in family:
                for other_name in family:
                    if other_name != name:
                        yield Slip("wrong-function", replace(node, function=other_name), node, "function")

    def _big(self, node: BigOp) -> Iterator[Slip]:
        if node.op == "mean":
            yield Slip("missing-mean", replace(node, op="sum"), node, "mean")
        if node.op in ("sum", "mean"):
            for name in (*self.indices, node.index):
                body = node.body if name == node.index else substitute(node.body, {node.index: Name(name)})
                yield Slip("missing-sum", body, node)
        if node.condition is not None:
            yield Slip("index", replace(node, condition=None), node.condition, "condition")
        for field in ("lower", "upper"):
            limit = getattr(node, field)
            if limit is not None:
                for step in (1, -1):
                    moved = Add((limit, number(step)))
                    other = replace(node, lower=moved) if field == "lower" else replace(node, upper=moved)
                    yield Slip("offset", other, limit, "limit")

    def _index(self, node: Index) -> Iterator[Slip]:
        if is_delta(node, self.symbols):
            yield Slip("index", ONE, node, "delta")
        for place, index in enumerate(node.indices):
            if not isinstance(index, Name):
                continue
            for name in self.indices:
                if name != index.name:
                    changed = (*node.indices[:place], Name(name), *node.indices[place + 1 :])
                    other = replace(node, indices=changed)
                    yield Slip("index", other, node, "other-index", other)
        if len(node.indices) == 2:
            yield Slip("index", replace(node, indices=node.indices[::-1]), node, "other-index")

    def _name(self, node: Name, exponent: bool) -> Iterator[Slip]:
        symbol = self.symbols.get(node.name)
        if symbol is None:
            return
        if symbol.shape:
            for other in self.symbols:
                if other.name != symbol.name and other.shape == symbol.shape and _alike(symbol, other):
                    yield Slip("swapped", Name(other.name), node, "one-place", Name(other.name))
        if symbol.domain.integer and symbol.kind == "scalar" and not exponent:
            for step in (1, -1):
                yield Slip("offset", Add((node, number(step))), node, "by-one")

    def _throughout(self, tree: Node) -> Iterator[Slip]:
        """Slips that concern a name wherever it stands."""
        used = [self.symbols[name] for name in sorted(names(tree)) if name in self.symbols]
        used = [symbol for symbol in used if symbol.kind not in ("index", "function")]
        for one in used:
            for two in self.symbols:
                if two.name != one.name and _alike(one, two):
                    if two in used and one.name < two.name:
                        both: dict[str, Node] = {one.name: Name(two.name), two.name: Name(one.name)}
                        yield Slip("swapped", substitute(tree, both), Name(one.name), "names", Name(two.name))
                    yield Slip(
                        "swapped",
                        substitute(tree, {one.name: Name(two.name)}),
                        Name(one.name),
                        "name",
                        Name(two.name),
                    )
            if one.domain.low >= 0 and one.domain.high <= 1 and one.domain.name != "simplex":
                complement = Add((ONE, Neg(Name(one.name))))
                yield Slip("swapped", substitute(tree, {one.name: complement}), Name(one.name), "complement")
            if not one.shape and one.name not in self.symbols.sizes:
                yield Slip("term", substitute(tree, {one.name: number(0)}), Name(one.name), "name")
                yield Slip("factor", substitute(tree, {one.name: ONE}), Name(one.name), "missing")
                yield Slip(
                    "sign", substitute(tree, {one.name: Neg(Name(one.name))}), Name(one.name), "throughout"
                )


def is_delta(node: Node, symbols: Symbols) -> bool:
    """Whether a part is 1 where two indices are equal and else 0."""
    if isinstance(node, (Delta, Indicator)):
        return True
    if isinstance(node, Index) and isinstance(node.base, Name):
        symbol = symbols.get(node.base.name)
        return symbol is not None and symbol.domain.name in ("kronecker", "identity")
    return False


def _alike(one: Symbol, two: Symbol) -> bool:
    """Whether two names may be taken for one another."""
    return (
        one.shape == two.shape
        and two.kind not in ("index", "function")
        and (
            one.domain.name == two.domain.name
            or bool(one.definition or two.definition)
            or bool(one.shape)
            or one.domain.low == two.domain.low
        )
    )


def _rational(node: Node) -> Fraction | None:
    if isinstance(node, Number):
        return node.value
    if isinstance(node, Neg) and isinstance(node.body, Number):
        return -node.body.value
    return None


def needs_inner(part: Node | None, wrt: str, symbols: Symbols) -> bool:
    """Whether a factor that is missing from a derivative is the inner derivative of the chain rule.

    It is when something was differentiated and the factor is more than a number, a size or a setting: data,
    weights or the slope of an activation.
    """
    if part is None or not wrt:
        return False
    found = {node.name for node in walk(part) if isinstance(node, Name)}
    tensors = any(symbol.shape for symbol in symbols)
    for name in found:
        symbol = symbols.get(name)
        if symbol is None or symbol.kind == "index" or name in symbols.sizes:
            continue
        if symbol.shape or symbol.definition:
            return True
        # Beside tensors a number is a setting; where all are numbers, data are those that may be negative.
        if not tensors and symbol.domain.low < 0 and not symbol.domain.integer:
            return True
    return any(isinstance(node, Call) for node in walk(part))
