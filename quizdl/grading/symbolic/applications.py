"""Functions with their arguments, with or without parentheses, and indicators."""

from __future__ import annotations

from quizdl.grading.symbolic.calls import Calls, known
from quizdl.grading.symbolic.cursor import CLOSING, RELATIONS, RESERVED, as_condition, as_value
from quizdl.grading.symbolic.functions import MODULES, SPOKEN, Function
from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.tree import (
    Apply,
    Call,
    Constant,
    Delta,
    Div,
    Index,
    Indicator,
    Mul,
    Name,
    Neg,
    Node,
    Number,
    Pow,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable

_INVERSES = {
    "sin": "asin", "cos": "acos", "tan": "atan", "sec": "asec", "csc": "acsc", "cot": "acot",
    "sinh": "asinh", "cosh": "acosh", "tanh": "atanh", "sech": "asech", "csch": "acsch", "coth": "acoth",
    "sigmoid": "logit", "exp": "log", "log": "exp",
}  # fmt: skip
_BIG = {"sum": "sum", "prod": "prod", "mean": "mean", "max": "max", "min": "min"}


class Applications(Calls):
    """Reads functions: what stands below and above their name, and what they are applied to."""

    # -- functions ---------------------------------------------------------------------------------------

    def _is_called(self, name: str) -> bool:
        """Whether the word at hand stands as a function."""
        function = SPOKEN.get(name)
        follower = self.ahead()
        if function is None:
            return False
        if follower.text in ("(", "{") or (name in _BIG or function.bare):
            return True
        if follower.text == "_" and self.words.symbols.open:
            return function.family in ("vector", "linear") or self._two_below(name)
        return (follower.text in ("'", "[") and follower.kind == "op") or not self.words.symbols.open

    def _two_below(self, name: str) -> bool:
        """Whether a delta has the two indices of Kronecker's below it."""
        below = self.ahead(2)
        return SPOKEN[name].name == "KroneckerDelta" and (below.text == "{" or len(below.text) == 2)

    def application(self, name: str, token: Token) -> Node:
        """A declared or free function: primes, a power, then its arguments."""
        primes = 0
        while self.take("'"):
            primes += 1
        exponent = self._power_of_function()
        if not self.at("("):
            symbol = self.words.symbols.get(name)
            if symbol is None or not self.starts_operand():
                raise Unreadable(
                    f"the function {name} must be followed by its argument",
                    self.token.start,
                    f"as in {name}(x)",
                    reason="operand",
                )
            args = [self.bare_argument(token)]
        else:
            args, _ = self.arguments()
        if not 1 <= len(args) <= 6 or primes > 3:
            raise Unreadable(f"{name} must have 1 to 6 arguments", token.start, reason="arguments")
        node: Node = Apply(name, tuple(map(as_value, args)), primes)
        return node if exponent is None else Pow(node, exponent)

    def function(self, function: Function, token: Token) -> Node:
        """A known function: index or base below it, a power, then its arguments."""
        if function.name in _BIG and self.at("_", "^"):
            return self.big(_BIG[function.name], token)
        if function.name in ("amax", "amin") and self.at("_"):
            return self.big(function.name[1:], token)
        if function.name == "KroneckerDelta" and self.at("_", "["):
            return Delta(*self.two_indices(token))
        below = self.subscript() if self.at("_") else ()
        primes = 0
        while self.take("'"):
            primes += 1
        exponent = self._power_of_function()
        inverse = exponent == Neg(number(1)) and _INVERSES.get(function.name)
        if inverse:
            function, exponent = known(inverse), None
        if self.at("(") or (self.at("{") and not function.bare):
            args, options = self.arguments()
        elif self.starts_operand() or self.at("-"):
            if function.name in _BIG and function.name in ("sum", "prod", "mean"):
                args, options = [self.product()], {}
            else:
                args, options = [self.bare_argument(token)], {}
        else:
            raise Unreadable(
                f"{token.text} must be followed by its argument",
                self.token.start,
                f"as in {token.text}(x)",
                reason="operand",
                params={"function": token.text},
            )
        node = self._with_index_below(self.build(function, args, options, token), function, below)
        if primes and isinstance(node, Call):
            node = Apply(node.function, node.args, primes)
        return node if exponent is None else Pow(node, exponent)

    def _with_index_below(self, node: Node, function: Function, below: tuple[Node, ...]) -> Node:
        if not below:
            return node
        if function.name == "log" and len(below) == 1:
            return Div(node, Call("log", below))
        if function.family == "vector":
            return Index(node, below)
        raise Unreadable(f"{function.name} has no subscript", self.token.start, reason="operand")

    def _power_of_function(self) -> Node | None:
        """The 2 of `sin²(x)`."""
        if not self.at("^", "**") or self.ahead().text == "⊤":
            return None
        if self.token.text == "**":
            return None
        self.next()
        if self.at("{"):
            return as_value(self.group())
        minus = self.take("-")
        node = self.operand() if self.token.kind == "number" or self.at("(") else self.power()
        return Neg(node) if minus else node

    def bare_argument(self, function: Token) -> Node:
        """The argument of a function without parentheses: the `2x` of `sin 2x cos x`."""
        start = self.token.start
        with self.deeper():
            minus = self.take("-")
            factors = [as_value(self.power())]
            while self._continues(factors):
                factors.append(as_value(self.power()))
        node = factors[0] if len(factors) == 1 else Mul(tuple(factors), "")
        if (len(factors) > 1 and not isinstance(factors[0], Number)) or isinstance(node, Pow):
            self.note(function.start, node, "argument")
        elif self.at("(") and len(factors) == 1:
            self.note(start, node, "argument")
        return Neg(node) if minus else node

    def _continues(self, factors: list[Node]) -> bool:
        if not all(isinstance(_core(factor), (Name, Number, Constant, Index)) for factor in factors):
            return False
        token = self.token
        if token.kind == "number":
            return True
        if token.text == "(":
            return all(isinstance(factor, Number) for factor in factors)
        if token.kind != "word" or token.text in RESERVED or token.text in MODULES or token.text == "𝟙":
            return False
        piece = self.piece()
        return piece.kind in ("name", "free", "constant", "number")

    def indicator(self) -> Node:
        """`1{…}`, `𝟙[…]`, `I(i=j)`, `1_{i=j}`."""
        self.next()
        if self.take("_"):
            pass
        opened = self.next()
        with self.deeper(), self.fresh_bars():
            inside = self.expression()
            self.expect(CLOSING[opened.text], opened)
        return Indicator(as_condition(inside))

    def _condition_ahead(self) -> bool:
        """Whether a bracket with a comparison in it follows the token at hand."""
        place = self.place + 1
        if self.tokens[place].text == "_":
            place += 1
        opening = self.tokens[min(place, len(self.tokens) - 1)]
        if opening.kind != "op" or opening.text not in ("(", "[", "{"):
            return False
        depth = 0
        for token in self.tokens[place : place + 80]:
            if token.kind == "op" and token.text in ("(", "[", "{"):
                depth += 1
            elif token.kind == "op" and token.text in (")", "]", "}"):
                depth -= 1
                if depth == 0:
                    return False
            elif depth == 1 and token.kind == "op" and token.text in RELATIONS:
                return True
        return False

    # -- what the layers above have -------------------------------------------------------------------------

    def operand(self) -> Node:
        """One operand with what is attached to it."""
        raise NotImplementedError

    def group(self) -> Node:
        """What stands in brackets."""
        raise NotImplementedError

    def subscript(self) -> tuple[Node, ...]:
        """What stands below."""
        raise NotImplementedError

    def two_indices(self, token: Token) -> tuple[Node, Node]:
        """The two indices of Kronecker's delta."""
        raise NotImplementedError

    def big(self, op: str, token: Token) -> Node:
        """A sum over an index."""
        raise NotImplementedError

    def starts_operand(self) -> bool:
        """Whether an operand may begin here."""
        raise NotImplementedError


def _core(node: Node) -> Node:
    return node.base if isinstance(node, Pow) else node
