"""LaTeX commands with arguments: fractions, roots, binomials, cases and matrices."""

from __future__ import annotations

from dataclasses import replace

from quizdl.grading.symbolic.cursor import RESERVED, as_condition, as_value
from quizdl.grading.symbolic.operands import Operands
from quizdl.grading.symbolic.tree import Array, Call, Div, Node, Piecewise, Pow, number
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.symbolic.words import spell

_MATRICES = frozenset({"pmatrix", "bmatrix", "matrix", "Bmatrix", "smallmatrix", "array"})
MAX_ROWS = 32


class Forms(Operands):
    """Reads what LaTeX writes with braces."""

    def command(self) -> Node:
        """An operand that begins with a LaTeX command."""
        token = self.token
        if token.text.endswith("frac"):
            derivative = self.fraction_derivative()
            if derivative is not None:
                return derivative
            self.next()
            return Div(self.argument(), self.argument())
        if token.text == "sqrt":
            self.next()
            if self.at("["):
                opened = self.next()
                with self.deeper():
                    degree = as_value(self.expression())
                self.expect("]", opened)
                return Pow(self.argument(), Div(number(1), degree))
            return Call("sqrt", (self.argument(),))
        if token.text.endswith("binom"):
            self.next()
            return Call("binomial", (self.argument(), self.argument()))
        if token.text == "begin":
            return self._environment()
        raise self.wanted("an operand")

    def argument(self) -> Node:
        """The argument of a command: a group in braces, or the very next symbol."""
        token = self.token
        if self.at("{"):
            return as_value(self.group())
        if token.kind == "number" and len(token.text) > 1 and token.text.isdigit():
            self.replace(
                replace(token, text=token.text[0], end=token.start + 1),
                replace(token, text=token.text[1:], start=token.start + 1, spaced=False),
            )
            token = self.token
        if token.kind == "number":
            self.next()
            return number(int(token.text)) if token.text.isdigit() else _not_alone(token.start)
        if token.kind == "command":
            return self.command()
        if token.kind == "word":
            self._first_letter()
            if self.token.text == "𝟙" or self.token.text in RESERVED:
                return self.word()
            piece = self.piece()
            if piece.kind in ("name", "free", "constant") and len(piece.text) <= 2:
                if piece.kind == "constant":
                    return self.word()
                token = self.token
                self.next()
                name = self.words.canonical(spell(piece.text))
                return self._declared(name, token) if name else self._free(token, spell(piece.text))
            return self.word()
        raise self.wanted("an argument in braces", "as in \\frac{a}{b}")

    def _first_letter(self) -> None:
        """Cuts a word that is no name to its first letter: the argument of `\\frac x2` is x."""
        token = self.token
        if token.whole or len(token.text) < 2 or self.words.canonical(spell(token.text)) is not None:
            return
        if token.text[0] in self.words.heads or self.words.symbols.open:
            size = 2 if token.text[1] in "\u0302\u0303\u0304\u0307" else 1
            if size < len(token.text):
                rest = replace(token, text=token.text[size:], start=token.start + size, at=(), spaced=False)
                rest = replace(rest, kind="number" if rest.text.isdigit() else "word")
                self.replace(replace(token, text=token.text[:size], end=token.start + size, at=()), rest)

    def _environment(self) -> Node:
        opened = self.next()
        name = self._environment_name()
        if name == "cases":
            node = self._cases()
        elif name in _MATRICES:
            if name == "array" and self.at("{"):
                while not self.take("}"):
                    if self.next().kind == "end":
                        break
            node = self._matrix()
        else:
            raise Unreadable(
                f"\\begin{{{name}}} is not something that answers may use", opened.start, reason="command",
                params={"command": name},
            )  # fmt: skip
        if not self._at_end():
            raise Unreadable(
                f"\\end{{{name}}} is missing",
                self.token.start,
                f"add \\end{{{name}}}",
                reason="bracket",
                params={"bracket": f"\\end{{{name}}}"},
            )
        self.next()
        if self._environment_name() != name:
            raise Unreadable(
                f"\\begin{{{name}}} must end with \\end{{{name}}}", opened.start, reason="bracket"
            )
        return node

    def _environment_name(self) -> str:
        self.expect("{")
        name = self.next().text
        self.expect("}")
        return name

    def _cases(self) -> Node:
        values: list[Node] = []
        conditions: list[Node] = []
        otherwise: Node | None = None
        with self.deeper(), self.fresh_bars(cells=True):
            while self.token.kind != "end" and not self._at_end():
                value = self.value()
                self.take(",")
                self.take("&")
                while self.at_word("if", "when", "for", "where", "else"):
                    last = self.next().text
                    if last == "else":
                        otherwise = value
                if self.at_word("otherwise"):
                    self.next()
                    otherwise = value
                elif otherwise is None:
                    if self.at("\\\\") or self._at_end():
                        otherwise = value
                    else:
                        values.append(value)
                        conditions.append(as_condition(self.expression()))
                while self.at(".", ",", ";"):
                    self.next()
                if len(values) > MAX_ROWS:
                    raise Unreadable("there are too many cases", self.token.start, reason="limit")
                if not self.take("\\\\"):
                    break
        if not values:
            raise self.wanted("a value and its condition")
        return Piecewise(tuple(values), tuple(conditions), otherwise)

    def _at_end(self) -> bool:
        return self.token.kind == "command" and self.token.text == "end"

    def _matrix(self) -> Node:
        rows: list[list[Node]] = [[]]
        with self.deeper(), self.fresh_bars(cells=True):
            while True:
                rows[-1].append(self.value())
                if self.take("&"):
                    continue
                if not self.take("\\\\") or self._at_end():
                    break
                rows.append([])
                if len(rows) > MAX_ROWS:
                    raise Unreadable("there are too many rows", self.token.start, reason="limit")
        if all(len(row) == 1 for row in rows):
            return Array(tuple(row[0] for row in rows))
        if len({len(row) for row in rows}) != 1:
            raise Unreadable("the rows of a matrix must be equally long", self.token.start, reason="shape")
        return Array(tuple(Array(tuple(row)) for row in rows))

    def fraction_derivative(self) -> Node | None:
        """`\\frac{d}{dx}`, `\\frac{\\partial L}{\\partial w}`, if one begins here."""
        raise NotImplementedError


def _not_alone(position: int) -> Node:
    raise Unreadable("an argument must stand in braces", position, "as in \\frac{1.5}{2}", reason="operand")
