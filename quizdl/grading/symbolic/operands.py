"""Operands: numbers, brackets, bars, and what is attached behind: indices, transposes, methods, `!`, `%`."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from quizdl.grading.symbolic.cursor import CLOSING, as_value
from quizdl.grading.symbolic.functions import SPOKEN
from quizdl.grading.symbolic.latex import GREEK
from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.names import Names
from quizdl.grading.symbolic.tree import (
    All,
    Array,
    Bars,
    Call,
    Constant,
    Div,
    Index,
    Indicator,
    Mul,
    Name,
    NewAxis,
    Node,
    Norm,
    Number,
    Relation,
    Size,
    Transpose,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.symbolic.words import spell

_ORDERS = {"1": "1", "2": "2", "F": "2", "inf": "inf", "0": "0", "Fro": "2", "fro": "2"}
MAX_ATTACHED = 30
_LETTERS = re.compile(r"\w[\u0300-\u036f]*")
_NOTHING = frozenset(
    {"astype", "copy", "item", "float", "double", "detach", "squeeze", "ravel", "flatten", "numpy"}
)
"""Methods that change no value."""


class Operands(Names):
    """Reads one operand with all that is attached to it."""

    def operand(self) -> Node:
        """One operand."""
        self.spend()
        start = self.token.start
        with self.deeper():
            return self.postfix(self._primary(), start)

    def _primary(self) -> Node:
        token = self.token
        if token.kind == "number":
            if token.text == "1" and self._condition_ahead():
                return self.indicator()
            self.next()
            return Number(Fraction(token.text), not token.text.isdigit())
        if token.kind == "command":
            return self.command()
        derivative = self.derivative()
        if derivative is not None:
            return derivative
        if token.kind == "word":
            return self.word()
        if token.kind == "op":
            if token.text in ("(", "[", "{"):
                return self.group()
            if token.text == "|":
                return self._bars()
            if token.text == "||":
                return self._norm_or_bars()
            if token.text in ("⌊", "⌈", "⟨"):
                return self._fence()
            if token.text in ("√", "∛"):
                self.next()
                return Call("sqrt" if token.text == "√" else "cbrt", (as_value(self.operand()),))
            if token.text == "∇":
                return self.gradient()
        raise self.wanted("an operand")

    # -- brackets ----------------------------------------------------------------------------------------

    def group(self) -> Node:
        """`( … )`, `[ … ]` or `{ … }`: a value, a condition as its indicator, or a list."""
        opened = self.next()
        closing = CLOSING[opened.text]
        with self.deeper(), self.fresh_bars():
            if self.at(closing):
                raise self.wanted("an expression between the brackets") from None
            items = [self.expression()]
            comma = False
            while self.take(",") or (opened.text == "[" and self.take(";")):
                comma = True
                if self.at(closing):
                    break
                items.append(self.expression())
                if len(items) > 64:
                    raise Unreadable("a list must have at most 64 items", opened.start, reason="limit")
            self.expect(closing, opened)
        if comma:
            return Array(tuple(map(as_value, items)))
        return as_value(items[0])

    def _bars(self) -> Node:
        opened = self.next()
        with self.deeper(), self.fresh_bars():
            self.bars = 1
            inside = as_value(self.expression())
            if self.at("||"):
                token = self.token
                half = replace(token, text="|", end=token.start + 1)
                self.replace(half, replace(half, start=token.start + 1, end=token.end, spaced=False))
            self.expect("|", opened)
        if self.at("_") and self.is_tensor(inside):
            return Norm(inside, self._norm_order())
        return Bars(inside)

    def _norm_or_bars(self) -> Node:
        """`||x||` is a norm; when that does not close, `||x|-1|` may be two bars."""
        place, tokens, notes = self.place, list(self.tokens), len(self.readings)
        try:
            return self._norm_bars()
        except Unreadable as first:
            if first.reason == "limit":
                raise
            self.place, self.tokens = place, tokens
            self.pieces.clear()
            del self.readings[notes:]
            token = self.token
            half = replace(token, text="|", end=token.start + 1)
            self.replace(half, replace(half, start=token.start + 1, end=token.end, spaced=False))
            try:
                return self._bars()
            except Unreadable as second:
                raise (second if second.position > first.position else first) from None

    def _norm_bars(self) -> Node:
        opened = self.next()
        with self.deeper(), self.fresh_bars():
            self.double_bars = 1
            inside = as_value(self.expression())
            self.expect("||", opened)
        return Norm(inside, self._norm_order() if self.at("_") else "2")

    def _norm_order(self) -> str:
        """The 1 of `‖x‖_1`."""
        self.next()
        braced = self.take("{")
        token = self.next()
        if token.text not in _ORDERS:
            raise Unreadable(f"a norm must be of order 1, 2, F or ∞, received {token.text!r}", token.start)
        if braced:
            self.expect("}")
        return _ORDERS[token.text]

    def _fence(self) -> Node:
        opened = self.next()
        with self.deeper(), self.fresh_bars():
            first = as_value(self.expression())
            if opened.text == "⟨":
                if not (self.take(",") or self.take("|")):
                    raise self.wanted("a comma between the two vectors")
                second = as_value(self.expression())
                self.expect("⟩", opened)
                return Call("inner", (first, second))
            self.expect(CLOSING[opened.text], opened)
        return Call("floor" if opened.text == "⌊" else "ceil", (first,))

    # -- what is attached ----------------------------------------------------------------------------------

    def postfix(self, node: Node, start: int) -> Node:
        """Indices, transposes, methods, factorials and percent signs behind an operand."""
        for _ in range(MAX_ATTACHED):
            more = self._attached(node, start)
            if more is None:
                return node
            node = more
        raise Unreadable("too much is attached to this operand", self.token.start, reason="limit")

    def _attached(self, node: Node, start: int) -> Node | None:
        token = self.token
        if token.kind != "op":
            return None
        if token.text == "_":
            return self.subscripted(node)
        if token.text == "[" and not token.spaced and not isinstance(node, Number):
            return self._bracketed(node)
        if token.text == "'":
            return self._primed(node)
        if token.text == "!":
            self.next()
            return Call("factorial", (as_value(node),))
        if (
            token.text == "%"
            and self.ahead().kind in ("end", "op")
            and self.ahead().text not in ("(", "[", "{")
        ):
            self.next()
            return Div(as_value(node), number(100))
        if token.text == "." and not token.spaced and self.ahead().kind == "word" and not self.ahead().spaced:
            return self._attribute(node)
        return None

    def subscripted(self, node: Node) -> Node:
        """An operand with an index below it."""
        token = self.token
        rank = self._rank(node)
        indices = self.subscript()
        if any(isinstance(index, (Relation, Indicator, All, NewAxis)) for index in indices):
            raise Unreadable("an index must be a number or a letter", token.start, reason="index")
        if rank == 0 or (rank is not None and len(indices) > rank):
            name = f"{node.name}_…" if isinstance(node, Name) else "this"
            raise Unreadable(
                f"{name} has no entry with {len(indices)} indices"
                if rank
                else f"{name} is no vector, so it has no entries",
                token.start,
                reason="index",
                params={"name": name},
            )
        return Index(node, indices)

    def _rank(self, node: Node) -> int | None:
        """How many indices an operand can have; None when that is not known here."""
        if isinstance(node, Name):
            symbol = self.words.symbols.get(node.name)
            return len(symbol.shape) if symbol is not None else None
        if isinstance(node, Index) and (rank := self._rank(node.base)) is not None:
            return max(rank - len(node.indices), 0)
        if isinstance(node, Transpose):
            return self._rank(node.body)
        if isinstance(node, (Number, Constant)):
            return 0
        if self.words.symbols.open or self.is_tensor(node):
            return None
        return 0

    def subscript(self) -> tuple[Node, ...]:
        """`_i`, `_ij`, `_{i,j}`, `_{t+1}`, `_(i)`."""
        self.next()
        token = self.token
        if token.kind in ("word", "number"):
            self.next()
            return self._letters_of(token)
        if token.text not in ("{", "("):
            raise self.wanted("an index")
        closing = CLOSING[token.text]
        place = self.place + 1
        plain = True
        while self.tokens[place].text != closing and self.tokens[place].kind != "end":
            inside = self.tokens[place]
            plain = plain and (inside.kind in ("word", "number") or inside.text == ",")
            place += 1
        if plain and self.tokens[place].text == closing and place > self.place + 1:
            found: list[Node] = []
            for inside in self.tokens[self.place + 1 : place]:
                if inside.text != ",":
                    found.extend(self._letters_of(inside))
            self.place = place + 1
            return tuple(found)
        return self._indices(token, closing)

    def _letters_of(self, token: Token) -> tuple[Node, ...]:
        """The indices that a word or a number below a name means: `ij` is i, j."""
        if token.kind == "number":
            if not token.text.isdigit() or len(token.text) > 4:
                raise Unreadable("an index must be a whole number", token.start, reason="index")
            return (number(int(token.text)),)
        whole = self.words.canonical(token.text)
        if whole is not None or self.is_bound(token.text):
            return (Name(whole or token.text),)
        if token.text in GREEK:
            return (Name(token.text),)
        if len(token.text) > 4:
            raise Unreadable(
                f"{token.text!r} is not an index", token.start, reason="name", params={"name": token.text}
            )
        letters = [spell(letter) for letter in _LETTERS.findall(token.text)]
        return tuple(
            number(int(letter)) if letter.isdigit() else Name(self.words.canonical(letter) or letter)
            for letter in letters
        )

    def _indices(self, opened: Token, closing: str) -> tuple[Node, ...]:
        """Index expressions between brackets; letters of their own are allowed."""
        self.next()
        letters = {
            token.text
            for token in self.tokens[self.place : self.place + 24]
            if token.kind == "word" and len(token.text) == 1 and self.words.canonical(token.text) is None
        }
        found: list[Node] = []
        with self.deeper(), self.fresh_bars(), self.binding(*letters):
            while True:
                found.append(self._one_index(closing))
                if not self.take(","):
                    break
            self.expect(closing, opened)
        return tuple(found)

    def _one_index(self, closing: str) -> Node:
        if self.at(":") and self.ahead().text in (",", closing):
            self.next()
            return All()
        if self.at_word("None") or (self.at_word("np") and self.ahead(2).text == "newaxis"):
            self.place += 1 if self.at_word("None") else 3
            return NewAxis()
        node = self.expression()
        return NewAxis() if node == Name("None") else node

    def _bracketed(self, node: Node) -> Node | None:
        """`x[i]`; a bracket with a condition in it, or behind a number, is a factor instead."""
        if not (self.is_tensor(node) or (self.words.symbols.open and isinstance(node, Name))):
            return None
        place, tokens = self.place, list(self.tokens)
        indices = self._indices(self.token, "]")
        conditions = any(isinstance(index, (Relation, Indicator)) for index in indices)
        bound = any(isinstance(index, Name) and self.is_bound(index.name) for index in indices)
        if conditions or not (self.is_tensor(node) or bound):
            self.place, self.tokens = place, tokens
            self.pieces.clear()
            return None
        rank = self._rank(node)
        used = sum(not isinstance(index, NewAxis) for index in indices)
        if rank is not None and not self.words.symbols.open and used > rank:
            raise Unreadable("there are more indices than axes", self.tokens[place].start, reason="index")
        return Index(node, indices, True)

    def two_indices(self, token: Token) -> tuple[Node, Node]:
        """The two indices of Kronecker's delta: `δ_ij`, `δ[i,j]`, `δ(i,j)`, `δ_{i=j}`."""
        if self.at("_"):
            following = self.ahead()
            if following.text in ("{", "(") and self._equality_below():
                self.next()
                opened = self.token
                (relation,) = self._indices(opened, CLOSING[opened.text])
                if isinstance(relation, Relation) and len(relation.items) == 2:
                    return relation.items[0], relation.items[1]
            found = self.subscript()
            if len(found) == 1 and isinstance(found[0], Number) and found[0].value.denominator == 1:
                found = tuple(number(int(digit)) for digit in str(found[0].value))
        else:
            opened = self.token
            found = self._indices(opened, CLOSING[opened.text])
        if len(found) != 2 or any(isinstance(index, (All, NewAxis)) for index in found):
            raise Unreadable("Kronecker's δ must have two indices", token.start, reason="index")
        return found[0], found[1]

    def _equality_below(self) -> bool:
        for place in range(self.place + 2, min(self.place + 10, len(self.tokens))):
            if self.tokens[place].text in ("}", ")"):
                return False
            if self.tokens[place].text == "=":
                return True
        return False

    def _primed(self, node: Node) -> Node:
        token = self.token
        if self.is_tensor(node):
            self.next()
            return Transpose(node)
        raise Unreadable(
            "a prime must follow a function (its derivative) or a matrix (its transpose)",
            token.start,
            reason="prime",
        )

    def _attribute(self, node: Node) -> Node | None:
        """`.T`, `.dot(x)`, `.sum(axis=0)`, `.shape[0]`."""
        name = self.ahead()
        called = self.ahead(2).text == "("
        node = as_value(node)
        if name.text in ("T", "mT", "H"):
            self.place += 2
            return Transpose(node)
        if name.text == "t" and called and self.ahead(3).text == ")":
            self.place += 4
            return Transpose(node)
        if name.text == "shape" and self.ahead(2).text == "[":
            axis, close = self.ahead(3), self.ahead(4)
            if axis.text in ("0", "1", "2") and close.text == "]":
                self.place += 5
                return Size(node, int(axis.text))
        if name.text == "size" and not called:
            self.place += 2
            return Size(node, None)
        if name.text in _NOTHING and called:
            self.place += 3
            while self.token.kind in ("word", "number") or self.at(".", ",", "-"):
                self.next()
            self.expect(")")
            return node
        before = self.place
        self.place += 1
        function = self._compound()
        if function is None and called and name.text in SPOKEN:
            function = SPOKEN[name.text]
            self.place += 1
        if function is None or not self.at("("):
            self.place = before
            if called or not isinstance(node, (Name, Index)) or name.text not in self.words.heads:
                raise Unreadable(
                    f".{name.text} is not something that answers may use",
                    name.start,
                    "known are .T, .dot(), .sum(), .mean() and the like",
                    reason="name",
                    params={"name": name.text},
                )
            self.next()
            right = self.postfix(self._primary(), name.start)
            return Mul((node, right), "·")
        args, options = self.arguments()
        return self.build(function, [node, *args], options, name)

    # -- what the layers above have ----------------------------------------------------------------------

    def command(self) -> Node:
        """A LaTeX command with arguments."""
        raise NotImplementedError

    def derivative(self) -> Node | None:
        """A derivative as notation, if one begins here."""
        raise NotImplementedError

    def gradient(self) -> Node:
        """∇ of something."""
        raise NotImplementedError
