"""Sums and their kin over an index: `sum_k`, `\\sum_{k=1}^K`, `Σ_{j≠i}`, `max_j`."""

from __future__ import annotations

from typing import Literal, cast

from quizdl.grading.symbolic.cursor import CLOSING, as_value
from quizdl.grading.symbolic.derivatives import Derivatives
from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.tree import BigOp, Name, Neg, Node, Relation, names, number
from quizdl.grading.symbolic.unreadable import Unreadable

Operation = Literal["sum", "prod", "mean", "max", "min"]
Factor = tuple[str, Node, int]
"""How a factor is joined, the factor, and the place where it begins."""


class BigOps(Derivatives):
    """Reads an operation over an index and decides how far it reaches."""

    def big(self, op: str, token: Token) -> Node:
        """The operation whose word was just read; the index is at hand."""
        upper = self._upper() if self.at("^") else None
        indices, lower, condition = self._below_sign(token)
        if upper is None and self.at("^"):
            upper = self._upper()
        if upper is not None and lower is None:
            lower = number(1)
        if (lower is not None or upper is not None) and len(indices) > 1:
            lower, upper = None, None
        with self.deeper(), self.binding(*indices):
            body = self._body(indices)
        for index in reversed(indices[1:]):
            body = BigOp(cast(Operation, op), index, body)
        return BigOp(cast(Operation, op), indices[0], body, lower, upper, condition)

    def _below_sign(self, token: Token) -> tuple[list[str], Node | None, Node | None]:
        """What stands below the sign: the indices, where the first begins, what restricts it."""
        if not self.take("_"):
            raise Unreadable(
                "a sum with a limit must name its index", token.start, "as in sum_{i=1}^n", reason="index"
            )
        opened = self.token
        if opened.kind == "word":
            self.next()
            indices = self._index_names(opened)
            glued = self.at("=") and not self.token.spaced and self.ahead().kind in ("number", "word")
            if glued and self.ahead(2).text == "^":
                self.next()
                return indices, self._limit(), None
            return indices, None, None
        if opened.text not in ("{", "("):
            raise self.wanted("an index")
        self.next()
        closing = CLOSING[opened.text]
        first = self.token
        if first.kind != "word":
            raise self.wanted("an index", "as in sum_{i=1}^n")
        self.next()
        indices = self._index_names(first)
        while self.take(","):
            indices.extend(self._index_names(self.next()))
        lower = condition = None
        if not self.at(closing):
            ops = ("=", "!=", "<", "<=", ">", ">=")
            if not self.at(*ops):
                raise self.wanted("= or the end of the index", "as in sum_{i=1}^n")
            sign = self.next().text
            with self.deeper(), self.fresh_bars(), self.binding(*indices, *self._loose_letters()):
                bound = as_value(self.sum())
            if sign == "=":
                lower = bound
            else:
                condition = Relation((Name(indices[0]), bound), (sign,))
        self.expect(closing, opened)
        return indices, lower, condition

    def _loose_letters(self) -> list[str]:
        token = self.token
        alone = token.kind == "word" and len(token.text) == 1 and self.words.canonical(token.text) is None
        return [token.text] if alone else []

    def _index_names(self, token: Token) -> list[str]:
        if token.kind != "word" or len(token.text) > 6:
            raise Unreadable("an index must be a letter", token.start, reason="index")
        canonical = self.words.canonical(token.text)
        if canonical is not None:
            return [canonical]
        if len(token.text) <= 3 and token.text.isalpha():
            return [self.words.canonical(char) or char for char in token.text]
        return [token.text]

    def _upper(self) -> Node:
        self.next()
        return self._limit()

    def _limit(self) -> Node:
        with self.deeper():
            if self.at("{", "("):
                return as_value(self.group())
            if self.token.kind == "number":
                return as_value(self.operand())
            if self.token.kind == "word":
                return self.word()
        raise self.wanted("a limit of the sum")

    def _body(self, indices: list[str]) -> Node:
        """The factors up to the last one with an index in it; the rest stays outside.

        So `exp(z_i)/sum_k exp(z_k) * y_i` is the fraction times y_i.
        """
        minus = False
        while self.at("+", "-"):
            minus ^= self.next().text == "-"
        factors = self.factors()
        wanted = set(indices)
        last = max((n for n, (_, node, _) in enumerate(factors) if wanted & names(node)), default=None)
        if last is not None and last + 1 < len(factors):
            self.place = factors[last + 1][2]
            factors = factors[: last + 1]
        node = as_value(self.fold(factors))
        return Neg(node) if minus else node

    def factors(self) -> list[Factor]:
        """Factors with how they are joined; `parser` has it."""
        raise NotImplementedError

    def fold(self, factors: list[Factor]) -> Node:
        """The product of factors; `parser` has it."""
        raise NotImplementedError

    def sum(self) -> Node:
        """Terms; `parser` has it."""
        raise NotImplementedError
