"""Operands: numbers, brackets, bars, and what is attached behind: indices, transposes, methods, `!`, `%`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from quizdl.grading.symbolic.cursor import CLOSING, as_value
from quizdl.grading.symbolic.functions import SPOKEN
from quizdl.grading.symbolic.indices import Indices
from quizdl.grading.symbolic.tree import (
    Array,
    Bars,
    Call,
    Div,
    Index,
    Mul,
    Name,
    Node,
    Norm,
    Number,
    Size,
    Transpose,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable

_ORDERS = {"1": "1", "2": "2", "F": "2", "inf": "inf", "0": "0", "Fro": "2", "fro": "2"}
MAX_ATTACHED = 30
_NOTHING = frozenset(
    {"astype", "copy", "item", "float", "double", "detach", "squeeze", "ravel", "flatten", "numpy"}
)
"""Methods that change no value."""


class Operands(Indices):
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
            if token.text in ("|(", "||("):
                return self._sided_bars()
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

    def _sided_bars(self) -> Node:
        """Bars that say which side they are: `\\left| … \\right|`, `\\lVert … \\rVert`."""
        opened = self.next()
        with self.deeper(), self.fresh_bars():
            inside = as_value(self.expression())
            self.expect(CLOSING[opened.text], opened)
        if opened.text == "||(" or (self.at("_") and self.is_tensor(inside)):
            return Norm(inside, self._norm_order() if self.at("_") else "2")
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
        follower = self.ahead()
        lone = follower.kind == "end" or (follower.kind == "op" and follower.text not in ("(", "[", "{"))
        if token.text == "%" and (lone or isinstance(node, Number)):
            self.next()
            return Div(as_value(node), number(100))
        if token.text == "." and not token.spaced and self.ahead().kind == "word" and not self.ahead().spaced:
            return self._attribute(node)
        return None

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
