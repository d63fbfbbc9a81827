"""Names with what stands below them, and what begins with letters in general."""

from __future__ import annotations

from quizdl.grading.symbolic.applications import Applications
from quizdl.grading.symbolic.calls import known
from quizdl.grading.symbolic.cursor import RESERVED
from quizdl.grading.symbolic.functions import CONSTANTS, MODULES, SPOKEN, Function
from quizdl.grading.symbolic.latex import GREEK
from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.tree import (
    Call,
    Constant,
    Delta,
    Name,
    Node,
    number,
)
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.symbolic.words import CAPITALS, spell

FREE_FUNCTIONS = frozenset("fghFGH") | {"phi", "psi"}
_GREEK_FUNCTIONS = {"sigma": "sigmoid", "delta": "KroneckerDelta", "σ": "sigmoid", "δ": "KroneckerDelta"}


class Names(Applications):
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
