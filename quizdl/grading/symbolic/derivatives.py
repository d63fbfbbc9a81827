"""Derivatives as notation: `d/dx f`, `dL/dw`, `d p_i / d z_j`, `\\frac{∂L}{∂w}`, `∇_w L`."""

from __future__ import annotations

from dataclasses import replace

from quizdl.grading.symbolic.cursor import RESERVED, as_value
from quizdl.grading.symbolic.forms import Forms
from quizdl.grading.symbolic.tree import Derivative, Gradient, Index, Name, Node
from quizdl.grading.symbolic.unreadable import Unreadable

MAX_ORDER = 4
_REACH = 40


class Derivatives(Forms):
    """Reads derivatives, and leaves a plain fraction alone."""

    def derivative(self) -> Node | None:
        """`d…/d…` or `∂…/∂…`, if one begins here."""
        if not self._marked(self.place) or not self._slash_ahead():
            return None
        return self._attempt(self._linear)

    def fraction_derivative(self) -> Node | None:
        """`\\frac{∂…}{∂…}`, if one begins here."""
        if self.ahead().text != "{" or not self._marked(self.place + 2):
            return None
        return self._attempt(self._fraction)

    def gradient(self) -> Node:
        """`∇_w L`."""
        self.next()
        wrt: Node | None = None
        if self.take("_"):
            start = self.token.start
            wrt = as_value(self.group()) if self.at("{") else self.operand()
            if not isinstance(wrt, (Name, Index)):
                raise Unreadable("a gradient must be taken by a name", start, reason="operand")
        return Gradient(as_value(self.power()), wrt)

    def _attempt(self, read: object) -> Node | None:
        place, tokens, notes = self.place, list(self.tokens), len(self.readings)
        try:
            return read()  # type: ignore[operator, no-any-return]
        except Unreadable as error:
            if error.reason == "limit" or tokens[place].text in ("∂", "d"):
                raise
            self.place, self.tokens = place, tokens
            self.pieces.clear()
            del self.readings[notes:]
            return None

    def _marked(self, place: int) -> bool:
        """Whether a `∂` or the `d` of a differential stands there."""
        token = self.tokens[min(place, len(self.tokens) - 1)]
        if token.text == "∂":
            return True
        if token.kind != "word" or not token.text.startswith("d"):
            return False
        if len(token.text) > 1 and token.text in self.words.heads:
            return False
        if self.is_bound("d") or token.text.startswith("delta"):
            return False
        if len(token.text) > 1 or "d" not in self.words.heads:
            return True
        following, after = (self.tokens[min(place + step, len(self.tokens) - 1)] for step in (1, 2))
        glued = following.text == "/" and after.text[:1] == "d" and len(after.text) > 1
        return glued or (following.kind == "word" and following.text not in RESERVED)

    def _slash_ahead(self) -> bool:
        """Whether a slash before another differential follows, with no sum or equation before it."""
        depth = 0
        for place in range(self.place, min(self.place + _REACH, len(self.tokens))):
            token = self.tokens[place]
            if token.kind == "end":
                return False
            if token.kind == "op":
                if token.text in ("(", "[", "{"):
                    depth += 1
                elif token.text in (")", "]", "}"):
                    depth -= 1
                elif depth == 0 and token.text in ("+", "-", "*", "=", ","):
                    return False
                elif depth == 0 and token.text == "/":
                    following = self.tokens[place + 1]
                    if following.text == "(":
                        return self._marked(place + 2)
                    return self._marked(place + 1)
            if depth < 0:
                return False
        return False

    def _mark(self) -> int:
        """Moves over `∂`, `d`, `d^2`; returns the order."""
        token = self.token
        if token.kind == "word" and len(token.text) > 1:
            rest = replace(token, text=token.text[1:], start=token.start + 1, at=token.at[1:])
            self.replace(replace(token, text="d", end=token.start + 1, at=token.at[:1]), rest)
        self.next()
        return self._order()

    def _order(self) -> int:
        if not self.at("^", "**"):
            return 1
        self.next()
        braced = self.take("{")
        token = self.next()
        if not token.text.isdigit() or not 1 <= int(token.text[:3]) <= MAX_ORDER:
            raise Unreadable(
                f"the order of a derivative must be a number from 1 to {MAX_ORDER}",
                token.start,
                reason="limit",
            )
        if braced:
            self.expect("}")
        return int(token.text)

    def _linear(self) -> Node:
        order = self._mark()
        body = None if self.at("/") else as_value(self.operand())
        self.expect("/")
        grouped = self.take("(")
        wrt = self._below_the_line()
        if grouped:
            self.expect(")")
        return self._made(body, wrt, order)

    def _fraction(self) -> Node:
        self.next()
        opened = self.next()
        order = self._mark()
        body = None if self.at("}") else as_value(self.product())
        self.expect("}", opened)
        opened = self.expect("{")
        wrt = self._below_the_line()
        self.expect("}", opened)
        return self._made(body, wrt, order)

    def _below_the_line(self) -> list[Node]:
        wrt: list[Node] = []
        while self._marked(self.place):
            order = self._mark()
            start = self.token.start
            node = self.operand()
            if not isinstance(node, (Name, Index)):
                raise Unreadable("a derivative must be taken by a name", start, reason="operand")
            wrt.extend([node] * max(order, self._order()))
        if not wrt:
            raise self.wanted("the name to differentiate by")
        if len(wrt) > MAX_ORDER:
            raise Unreadable("the order of this derivative is too high", self.token.start, reason="limit")
        return wrt

    def _made(self, body: Node | None, wrt: list[Node], order: int) -> Node:
        if order != len(wrt):
            raise Unreadable("both sides of the fraction must be of the same order", self.token.start)
        return Derivative(as_value(self.product()) if body is None else body, tuple(wrt))
