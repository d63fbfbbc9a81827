"""Text to tree: the entry point and the grammar above a single operand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from quizdl.grading.symbolic.bigops import BigOps, Factor
from quizdl.grading.symbolic.cursor import (
    MAX_NESTING,
    RELATIONS,
    RESERVED,
    Reading,
    as_condition,
    as_value,
)
from quizdl.grading.symbolic.lexer import Token, lex
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    Call,
    Div,
    Label,
    Logic,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Piecewise,
    Pow,
    Product,
    Relation,
    Transpose,
    depth,
)
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.symbolic.words import vocabulary

_PRODUCTS: dict[str, Product] = {"*": "*", "·": "·", "⊙": "⊙", "@": "@"}
MAX_FACTORS = 600
MAX_TREE_DEPTH = 120
_OPENING_OPERATORS = frozenset({"|(", "||(", "(", "[", "{", "|", "||", "⟨", "⌊", "⌈", "√", "∛", "∂", "∇"})
_LABEL = frozenset("_^{}()[],'∂∇/")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text that was understood.

    Args:
        tree: what it means.
        readings: the ambiguities in it and how they were taken.
        text: as typed.
    """

    tree: Node
    readings: tuple[Reading, ...]
    text: str

    @property
    def answer(self) -> Node:
        """The right-most side of an equation, or the whole tree when it is none.

        Example:
            >>> parse("dy/dx = 2").answer
            Number(value=Fraction(2, 1), decimal=False)
        """
        tree = self.tree
        if isinstance(tree, Relation) and set(tree.ops) <= {"=", "≈"}:
            return tree.items[-1]
        return tree


def parse(text: str, symbols: Symbols = OPEN) -> Parsed:
    """Reads an expression or a chain of equations in any notation.

    Args:
        text: ASCII, Python/NumPy, Unicode and LaTeX, freely mixed.
        symbols: the names that are declared; by default every letter is a free real scalar.

    Returns:
        The tree, and notes on every ambiguity.

    Raises:
        Unreadable: with the place in `text` that could not be read.

    Example:
        >>> parse("1/2x").tree == parse(r"\\frac12 x").tree
        True
        >>> [reading.code for reading in parse("1/2x").readings]
        ['division']
    """
    tokens = lex(text)
    if tokens[0].text == "=" and len(tokens) > 1:
        tokens = tokens[1:]
        if len(tokens) == 1:
            raise Unreadable("an expression must follow =", tokens[0].start, reason="operand")
    words = vocabulary(symbols)
    parser = Parser(list(tokens), words)
    try:
        return Parsed(parser.bounded(), tuple(parser.readings), text)
    except Unreadable as error:
        error.position = min(error.position, len(text))
        label = _label(tokens, text)
        if label is None or label[1] >= len(tokens) or tokens[label[1]].start <= error.position:
            raise
        rest = Parser(list(tokens[label[1] :]), words)
        tree = rest.bounded()
    if isinstance(tree, Relation):
        tree = Relation((label[0], *tree.items), ("=", *tree.ops))
    else:
        tree = Relation((label[0], as_value(tree)), ("=",))
    return Parsed(tree, tuple(rest.readings), text)


def _label(tokens: list[Token], text: str) -> tuple[Label, int] | None:
    """What stands before the first outer `=`, if it may be the name of what is asked for."""
    depth = 0
    for place, token in enumerate(tokens):
        if token.kind == "op" and token.text in "([{":
            depth += 1
        elif token.kind == "op" and token.text in ")]}":
            depth -= 1
        if token.text == "=" and token.kind == "op" and depth == 0:
            name = text[: token.start].strip().removeprefix("=").strip()
            closed = name.count("{") == name.count("}")
            return (Label(name), place + 1) if place and closed else None
        plain = token.kind in ("word", "number") or (token.kind == "command" and token.text.endswith("frac"))
        if not plain and not (token.text in _LABEL or (depth and token.text in "+-")):
            return None
    return None


class Parser(BigOps):
    """The grammar from equations down to powers."""

    def bounded(self) -> Node:
        """Everything up to the end, unless it is nested too deeply for what comes after."""
        try:
            tree = self.whole()
            if depth(tree) <= MAX_TREE_DEPTH:
                return tree
        except RecursionError:
            pass
        raise Unreadable(
            f"an expression must be nested at most {MAX_TREE_DEPTH} levels deep",
            self.token.start,
            reason="limit",
            params={"most": MAX_TREE_DEPTH},
        )

    def whole(self) -> Node:
        """Everything up to the end."""
        tree = self.expression()
        if self.token.kind != "end":
            if self.at(","):
                raise Unreadable("one expression must stand here, received a comma", self.token.start)
            raise self.wanted("an operator or the end")
        return tree

    def expression(self) -> Node:
        """a if condition else b; conditions joined by and, or, not."""
        with self.deeper():
            node = self.disjunction()
            if not self.at_word("if"):
                return node
            values, conditions, otherwise = [as_value(node)], [], None
            while self.at_word("if"):
                self.next()
                conditions.append(as_condition(self.disjunction()))
                if not self.at_word("else"):
                    break
                self.next()
                node = as_value(self.disjunction())
                if not self.at_word("if"):
                    otherwise = node
                    break
                values.append(node)
            return Piecewise(tuple(values), tuple(conditions), otherwise)

    def disjunction(self) -> Node:
        """Conditions joined by or."""
        items = [self.conjunction()]
        while self.at_word("or") or (self.at("|", "||") and self._joins_conditions(items[-1])):
            self.next()
            items.append(self.conjunction())
        return items[0] if len(items) == 1 else Logic("or", tuple(map(as_condition, items)))

    def conjunction(self) -> Node:
        """Conditions joined by and."""
        items = [self.negation()]
        while self.at_word("and") or self.at("&"):
            if self.at("&") and not self._joins_conditions(items[-1]):
                break
            self.next()
            items.append(self.negation())
        return items[0] if len(items) == 1 else Logic("and", tuple(map(as_condition, items)))

    def _joins_conditions(self, left: Node) -> bool:
        return as_condition(left) is not left and not (self.bars or self.double_bars or self.in_cells)

    def negation(self) -> Node:
        """not."""
        if self.at_word("not"):
            self.next()
            with self.deeper():
                return Logic("not", (as_condition(self.negation()),))
        return self.relation()

    def relation(self) -> Node:
        """A chain of comparisons and equations."""
        first = self.sum()
        if not (self.token.kind == "op" and self.token.text in RELATIONS):
            return first
        items, ops = [first], []
        while self.token.kind == "op" and self.token.text in RELATIONS:
            ops.append(self.next().text)
            items.append(self.sum())
        return Relation(tuple(items), tuple(ops))

    def sum(self) -> Node:
        """Terms added and subtracted."""
        terms = [self._term(self._signs())]
        while self.at("+", "-"):
            terms.append(self._term(self._signs()))
        return terms[0] if len(terms) == 1 else Add(tuple(map(as_value, terms)))

    def _signs(self) -> bool:
        """Moves over signs; whether they make a minus."""
        minus = False
        while self.at("+", "-"):
            minus ^= self.next().text == "-"
        return minus

    def _term(self, minus: bool) -> Node:
        node = self.product()
        return Neg(as_value(node)) if minus else node

    def product(self) -> Node:
        """Factors multiplied and divided, from left to right."""
        return self.fold(self.factors())

    def factors(self) -> list[Factor]:
        """The factors from here on, each with how it is joined and the place where it begins."""
        found: list[Factor] = [("", self.power(), self.place)]
        while True:
            kind = self._joint()
            if kind is None:
                return found
            self.spend()
            place = self.place
            if kind:
                self.next()
            found.append((kind, as_value(self.unary() if kind else self.power()), place))
            if len(found) > MAX_FACTORS:
                raise Unreadable("this product is too long", self.token.start, reason="limit")

    def fold(self, factors: list[Factor]) -> Node:
        """The product of factors, from left to right: 1/2x is (1/2)·x, and noted."""
        node = factors[0][1]
        op: str | None = None
        nesting = 0
        for kind, right, place in factors[1:]:
            if op == kind and isinstance(node, Mul):
                node = Mul((*node.factors, right), node.op)
                continue
            nesting += 1
            if nesting > MAX_NESTING:
                raise Unreadable("this product is too long", self.tokens[place].start, reason="limit")
            if kind == "/":
                node = Div(as_value(node), right)
            else:
                if op == "/" and kind == "":
                    self.note(self.tokens[place].start, Mul((node, right), "*"), "division")
                node = Mul((as_value(node), right), cast(Product, kind))
            op = kind
        return node

    def _joint(self) -> Product | str | None:
        """How the next factor is joined: `*`, `/`, …, "" when it stands beside, None when there is none."""
        token = self.token
        if token.kind == "op":
            if token.text in _PRODUCTS:
                return _PRODUCTS[token.text]
            if token.text == "/":
                return "/"
            if token.text == "." and token.spaced:
                return "·"
            if token.text == "|" and (self.bars or self.double_bars):
                return None
            if token.text == "||" and (self.bars or self.double_bars):
                return None
        return "" if self.starts_operand() else None

    def unary(self) -> Node:
        """A factor, perhaps with signs before it."""
        minus = self._signs()
        node = self.power()
        return Neg(as_value(node)) if minus else node

    def power(self) -> Node:
        """An operand with its exponents, right to left: a^b^c is a^(b^c)."""
        self.spend()
        start = self.token.start
        base = self.operand()
        if not self.at("^", "**"):
            return base
        base = as_value(base)
        while self.at("^", "**"):
            sign = self.next()
            if self._transposes(base):
                base = self.postfix(Transpose(base), start)
                continue
            if self.at("'") and self.is_tensor(base):
                self.next()
                base = Transpose(base)
                continue
            exponent = self._exponent(sign)
            if isinstance(exponent, Neg) and exponent.body == Name("T"):
                base = Transpose(Call("inv", (base,)))
                continue
            if self.at("_") and self.ahead(-1).text == "}":
                base = self.subscripted(base)
            base = Pow(base, exponent, "**" if sign.text == "**" and self.is_tensor(base) else "^")
        if self.at("'", "[", ".") or (self.at("_") and self.is_tensor(base)):
            base = self.postfix(base, start)
        return base

    def _exponent(self, sign: Token) -> Node:
        with self.deeper():
            start = self.token.start
            if self.at("{"):
                group = as_value(self.group())
                if not self.at("^", "**"):
                    return group
                self.next()
                return Pow(group, self._exponent(sign))
            minus = self._signs()
            node = as_value(self.power())
            if minus and isinstance(node, Pow):
                self.note(start, Neg(node), "sign")
            return Neg(node) if minus else node

    def _transposes(self, base: Node) -> bool:
        """Moves over the T of a transpose, if that is what the exponent is."""
        braced = self.at("{")
        token = self.ahead() if braced else self.token
        if token.kind == "op" and token.text == "⊤":
            is_mark = True
        else:
            is_mark = token.kind == "word" and token.text[:1] == "T" and self.is_tensor(base)
            if is_mark and len(token.text) > 1:
                if braced or token.text in self.words.heads:
                    return False
                rest = replace(token, text=token.text[1:], start=token.start + 1, at=token.at[1:])
                self.replace(replace(token, text="T", end=token.start + 1, at=token.at[:1]), rest)
        if not is_mark or (braced and self.ahead(2).text != "}"):
            return False
        self.place += 3 if braced else 1
        return True

    def starts_operand(self) -> bool:
        """Whether an operand may begin with the token at hand."""
        token = self.token
        if token.kind in ("number", "command"):
            return token.text != "end"
        if token.kind == "word":
            return token.text not in RESERVED
        return token.kind == "op" and token.text in _OPENING_OPERATORS


def integer(node: Node) -> int | None:
    """The whole number that a node is, if it is one."""
    if isinstance(node, Neg):
        inner = integer(node.body)
        return None if inner is None else -inner
    if isinstance(node, Number) and node.value.denominator == 1:
        return int(node.value)
    return None
