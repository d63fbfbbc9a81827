"""Indices below a name or in brackets."""

from __future__ import annotations

import re

from quizdl.grading.symbolic.cursor import CLOSING
from quizdl.grading.symbolic.latex import GREEK
from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.names import Names
from quizdl.grading.symbolic.tree import (
    All,
    Constant,
    Index,
    Indicator,
    Name,
    NewAxis,
    Node,
    Norm,
    Number,
    Relation,
    Transpose,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.symbolic.words import spell

_LETTERS = re.compile(r"\w[\u0300-\u036f]*")


class Indices(Names):
    """Reads `x_i`, `x_{i,j}`, `x[i, :]` and the two indices of Kronecker's delta."""

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
            if symbol is not None:
                return len(symbol.shape)
            return None if self.words.symbols.open else 0
        if isinstance(node, Index) and (rank := self._rank(node.base)) is not None:
            return max(rank - len(node.indices), 0)
        if isinstance(node, Transpose):
            return self._rank(node.body)
        if isinstance(node, (Number, Constant, Norm)):
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
