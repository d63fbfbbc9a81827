"""Names, what stands below them, and functions with or without parentheses."""

from __future__ import annotations

from quizdl.grading.symbolic.calls import Calls, known
from quizdl.grading.symbolic.cursor import CLOSING, RELATIONS, RESERVED, as_condition, as_value
from quizdl.grading.symbolic.functions import CONSTANTS, MODULES, SPOKEN, Function
from quizdl.grading.symbolic.latex import GREEK
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
from quizdl.grading.symbolic.words import CAPITALS, spell

FREE_FUNCTIONS = frozenset("fghFGH") | {"phi", "psi"}
_INVERSES = {
    "sin": "asin", "cos": "acos", "tan": "atan", "sec": "asec", "csc": "acsc", "cot": "acot",
    "sinh": "asinh", "cosh": "acosh", "tanh": "atanh", "sech": "asech", "csch": "acsch", "coth": "acoth",
    "sigmoid": "logit", "exp": "log", "log": "exp",
}  # fmt: skip
_BIG = {"sum": "sum", "prod": "prod", "mean": "mean", "max": "max", "min": "min"}
_GREEK_FUNCTIONS = {"sigma": "sigmoid", "delta": "KroneckerDelta", "σ": "sigmoid", "δ": "KroneckerDelta"}
_ONES = frozenset({"I", "𝟙", "1"})


class Names(Calls):
    """Reads what begins with letters."""

    def word(self) -> Node:
        """An operand that begins with a word."""
        matched = self._pattern()
        if matched is not None:
            return matched
        token = self.token
        if token.text in RESERVED:
            raise self.wanted("an operand")
        if token.text in ("I", "𝟙") and self._condition_ahead():
            return self.indicator()
        if token.text == "𝟙":
            raise Unreadable(
                "the indicator 𝟙 must be followed by a condition",
                token.start,
                "as in 1{i=j}; a vector of ones is np.ones(n)",
                reason="operand",
            )
        dotted = self._dotted()
        if dotted is not None:
            return dotted
        compound = self._compound()
        if compound is not None:
            return self.function(compound, token)
        if token.text in ("True", "False") and not self.words.symbols.get(token.text):
            self.next()
            return Name("True") if token.text == "True" else number(0)
        piece = self.piece()
        self.spend()
        text = spell(piece.text)
        token = self.token
        if piece.kind in ("name", "free"):
            return self.named(token, text, piece.kind == "free")
        if piece.kind == "constant":
            self.next()
            return Constant(CONSTANTS[piece.text])
        if piece.kind == "function":
            spoken = CAPITALS.get(piece.text, _GREEK_FUNCTIONS.get(piece.text, piece.text))
            if self._is_called(spoken):
                self.next()
                return self.function(SPOKEN[spoken], token)
            if self.words.symbols.open and (len(text) == 1 or text in GREEK):
                return self._letters(token)
        raise Unreadable(
            f"{token.text!r} must be followed by its argument",
            token.start,
            f"as in {token.text}(x)",
            reason="operand",
        )

    def _pattern(self) -> Node | None:
        """An alias that is no plain name, such as `σ(x)`."""
        for texts, name in self.words.patterns:
            if self.token.text == texts[0]:
                here = self.tokens[self.place : self.place + len(texts)]
                if tuple(token.text for token in here) == texts:
                    self.place += len(texts)
                    return Name(name)
        return None

    def _compound(self) -> Function | None:
        """`log_softmax`: a function with an underscore in its name."""
        token = self.token
        parts, place = [token.text], self.place
        while self.tokens[place + 1].text == "_" and self.tokens[place + 2].kind == "word" and len(parts) < 4:
            parts.append(self.tokens[place + 2].text)
            place += 2
            name = "_".join(parts)
            if name in SPOKEN and self.words.canonical(name) is None:
                self.place = place + 1
                return SPOKEN[name]
            if place + 2 >= len(self.tokens):
                break
        return None

    def _dotted(self) -> Node | None:
        """`np.linalg.norm(…)`, `np.pi`."""
        token = self.token
        dot = self.ahead()
        if token.text not in MODULES or dot.text != "." or dot.spaced or self.ahead(2).kind != "word":
            return None
        if token.text in self.words.heads and self.ahead(2).text not in SPOKEN:
            return None
        while self.token.text in MODULES and self.ahead().text == "." and self.ahead(2).kind == "word":
            self.place += 2
        last = self.token
        compound = self._compound()
        if compound is not None:
            return self.function(compound, last)
        self.next()
        if last.text in CONSTANTS:
            return Constant(CONSTANTS[last.text])
        if last.text == "newaxis":
            return Name("None")
        if last.text not in SPOKEN:
            raise Unreadable(
                f"{token.text}.{last.text} is not a function that answers may use",
                last.start,
                reason="name",
                params={"name": last.text},
            )
        return self.function(SPOKEN[last.text], last)

    # -- names -----------------------------------------------------------------------------------------

    def named(self, token: Token, head: str, free: bool) -> Node:
        """A declared, bound or free name with the subscript that belongs to it."""
        self.next()
        symbols = self.words.symbols
        spelling, after = self._with_subscript(head)
        name = self.words.canonical(spelling)
        if name is None and after != self.place:
            spelling, after = head, self.place
            name = self.words.canonical(head)
        if name is not None:
            self.place = after
            return self._declared(name, token)
        if self.is_bound(head):
            return Name(head)
        if free or symbols.open:
            return self._free(token, head)
        base = self.words.canonical(head.removesuffix("_bar"))
        if head.endswith("_bar") and base is not None and self.is_tensor(Name(base)):
            return Call("mean", (Name(base),))
        if head == "I" and any(symbol.kind == "matrix" for symbol in symbols):
            return Call("eye", ())
        raise Unreadable(
            f"{head!r} is not a name of this question",
            token.start,
            reason="name",
            params={"name": head},
        )

    def _declared(self, name: str, token: Token) -> Node:
        symbol = self.words.symbols.get(name)
        if symbol is None:  # the name of a size
            return Name(name)
        if symbol.kind == "function":
            if symbol.definition or name not in SPOKEN:
                return self.application(name, token)
            return self.function(SPOKEN[name], token)
        if symbol.definition and self.at("(") and not self.token.spaced:
            inside = self.ahead()
            if (
                inside.kind == "word"
                and self.ahead(2).text == ")"
                and self._argument_of(name, spell(inside.text))
            ):
                self.note(token.start, Name(name), "function")
                self.place += 3
        if symbol.domain.name == "kronecker" and self.at("_", "[", "("):
            indices = self.two_indices(token)
            return Delta(*indices)
        return Name(name)

    def _argument_of(self, name: str, argument: str) -> bool:
        symbols = self.words.symbols
        target = self.words.canonical(argument)
        if target is None or target not in symbols:
            return False
        definition = symbols[name].definition
        return any(alias in definition for alias in (target, *symbols[target].aliases))

    def _with_subscript(self, head: str) -> tuple[str, int]:
        """The spelling of a name with all that stands below it, and the place after it."""
        place, spelling = self.place, head
        best = head, place
        while self.tokens[place].text == "_" and self.tokens[place].kind == "op":
            inside, place = self._below(place + 1)
            if inside is None:
                break
            spelling += "_" + inside
            if self.words.canonical(spelling) is not None:
                best = spelling, place
        return best

    def _below(self, place: int) -> tuple[str | None, int]:
        token = self.tokens[place]
        if token.kind in ("word", "number"):
            return spell(token.text), place + 1
        if token.text != "{":
            return None, place
        text = ""
        place += 1
        while self.tokens[place].text != "}":
            token = self.tokens[place]
            if token.kind == "end" or len(text) > 24 or not (token.kind != "op" or token.text in "+-,_"):
                return None, place
            text += "" if token.text == "," else spell(token.text)
            place += 1
        return text, place + 1

    def _free(self, token: Token, head: str) -> Node:
        """A letter that is not declared, in a generic expression."""
        if head in FREE_FUNCTIONS and (self.at("(") or (self.at("'") and self._called_after_primes())):
            return self.application(head, token)
        if head in ("sigma",) and self.at("("):
            return self.function(known("sigmoid"), token)
        if head in ("delta",) and self.at("_", "["):
            return Delta(*self.two_indices(token))
        while self.at("_"):
            inside, after = self._below(self.place + 1)
            letters = [char for char in inside or "" if not char.isdigit()]
            if not inside or self.is_bound(inside) or (letters and all(map(self.is_bound, letters))):
                break
            head += f"_{inside}"
            self.place = after
        return Name(head)

    def _called_after_primes(self) -> bool:
        count = 0
        while self.ahead(count).text == "'":
            count += 1
        return self.ahead(count).text == "("

    def _letters(self, token: Token) -> Node:
        """A word that is also a function's name but stands without arguments: a name of its own."""
        name = spell(token.text)
        self.next()
        return self._free(token, name)

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
        if function.family in ("vector", "linear"):
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
