"""What learners write and authors may not: `50%`, `2π`, `ln 2`, `√2`."""

from __future__ import annotations

from typing import Final

from quizdl.nearest import nearest
from quizdl.packs.formula import tree as t
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.parser import INDEX, PRODUCT, TIGHT, Parser

FUNCTIONS: Final = frozenset(
    "exp ln log log2 log10 sqrt sin cos tanh sigmoid relu softplus softmax abs max min sum mean".split()  # noqa: SIM905
)
CONSTANTS: Final = frozenset({"e", "pi"})


class Expression(Parser):
    """Reads the expression of a learner.

    A product needs no sign. Written close together it binds tighter than a division, as on paper: `1/2π` is
    1/(2π), but `1/2 ln 2` is ½·ln 2. `log` is the natural logarithm.
    """

    def binding(self) -> int:
        """As for authors; beside it, percent signs and products without a sign."""
        token = self.next
        if token.text == "%":
            return INDEX
        if token.text == "[":
            return -1
        if token.kind == "name" or token.text == "(":
            before = self.tokens[self.at - 1]
            close = before.position + len(before.text) == token.position
            return TIGHT if close else PRODUCT
        return super().binding()

    def after(self, left: t.Tree, binding: int) -> t.Tree:
        """As for authors; beside it, percent signs and products without a sign."""
        token = self.next
        if token.text == "%":
            self.at += 1
            return t.Unary("%", left, position=token.position)
        if token.kind == "name" or token.text == "(":
            return t.Binary("*", left, self.expression(binding), position=token.position)
        return super().after(left, binding)

    def operand(self) -> t.Tree:
        """As for authors; beside it, functions without parentheses."""
        token = self.next
        if token.kind != "name":
            return super().operand()
        name = "ln" if token.text == "log" else token.text
        if token.text in ("log2", "log10") and self.tokens[self.at + 1].kind == "end":
            raise FormulaError("the base of a logarithm must be followed by its argument", token.position)
        if name in FUNCTIONS:
            self.at += 1
            bare = self.next.text != "("
            arguments = (self.expression(TIGHT),) if bare else self.entries(")")
            if name == "softmax" and len(arguments) > 1:
                arguments = (t.Listing(arguments),)
            return t.Call(name, arguments, position=token.position)
        if name not in CONSTANTS:
            near = nearest(name, [*FUNCTIONS, *CONSTANTS])
            raise FormulaError(name, token.position, near or "", kind="name")  # `reading` makes the sentence
        self.at += 1
        return t.Name(name, position=token.position)
