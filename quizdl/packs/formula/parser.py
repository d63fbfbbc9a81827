"""Tokens to a tree, by operator precedence (Pratt).

From loose to tight: `if`, `or`, `and`, `not`, comparisons, `+ -`, `* / // % @`, unary minus, `^`, `v[i]`. So
-2^2 is -(2^2), and 2^-1 and 2^3^2 = 2^(3^2) are what they are on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quizdl.packs.formula import tree as t
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.lexer import Token, tokenize

MAX_DEPTH: Final = 64

LOOSE, OR, AND, NOT, COMPARE, SUM, PRODUCT, TIGHT, SIGN, POWER, INDEX = range(11)
BINDING: Final = {
    "or": OR,
    "and": AND,
    **dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), COMPARE),
    **dict.fromkeys("+-", SUM),
    **dict.fromkeys(("*", "/", "//", "%", "@"), PRODUCT),
    "^": POWER,
    "[": INDEX,
}


def parse(source: str) -> t.Tree:
    """Read an expression.

    Args:
        source: at most 2,000 characters, nested at most 64 deep.

    Returns:
        The tree; nothing is evaluated, and names are not looked up.

    Raises:
        FormulaError: with the position of what cannot be read.

    Example:
        >>> parse("1 + 2*x")
        Binary(position=2, operator='+', left=Number(position=0, value=1), \
right=Binary(position=5, operator='*', left=Number(position=4, value=2), right=Name(position=6, name='x')))
    """
    return Parser(tokenize(source)).whole()


class Parser:
    """Reads one expression from tokens, of which the last is the end.

    Subclasses may read what learners write and authors may not (`operand`, `binding`, `after`).
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        """The token to read next."""
        return self.tokens[self.at]

    def whole(self) -> t.Tree:
        """The expression that all tokens make."""
        result = self.expression()
        if self.next.kind != "end":
            raise self.unexpected("an operator or the end")
        if any(depth > MAX_DEPTH for _, depth in t.walk(result)):
            raise self.too_deep(0)
        return result

    def expression(self, above: int = LOOSE - 1) -> t.Tree:
        """An expression of operators that bind tighter than `above`."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.too_deep(self.next.position)
        left = self.operand()
        while (binding := self.binding()) > above:
            left = self.after(left, binding)
        self.depth -= 1
        return left

    def binding(self) -> int:
        """How tightly the next token binds what stands before it; less than anything when it does not."""
        token = self.next
        return BINDING.get(token.text, LOOSE - 1) if token.kind in ("operator", "word") else LOOSE - 1

    def operand(self) -> t.Tree:
        """What an expression begins with: a number, a name, a call, brackets, a sign."""
        token = self.next
        self.at += 1
        match token.kind, token.text:
            case "number", text:
                value = int(text) if text.isdecimal() else float(text)
                return t.Number(value, position=token.position)
            case "string", text:
                return t.String(text[1:-1], position=token.position)
            case "word", ("true" | "false") as text:
                return t.Name(text, position=token.position)
            case "name", text:
                if self.next.text == "(":
                    return t.Call(text, self.entries(")"), position=token.position)
                return t.Name(text, position=token.position)
            case "operator", ("-" | "+") as text:
                return t.Unary(text, self.expression(SIGN), position=token.position)
            case "word", "not":
                return t.Unary("not", self.expression(NOT), position=token.position)
            case "operator", "(":
                inner = self.expression()
                self.expect(")")
                return inner
            case "operator", "[":
                self.at -= 1
                return t.Listing(self.entries("]"), position=token.position)
            case "word", "if":
                return self.conditional(token)
        self.at -= 1
        raise self.unexpected("a value")

    def after(self, left: t.Tree, binding: int) -> t.Tree:
        """What an operator makes of the operand before it and what follows."""
        token = self.next
        self.at += 1
        if token.text == "[":
            index = self.expression()
            self.expect("]")
            return t.Index(left, index, position=token.position)
        if binding == COMPARE:
            return self.comparison(left, token)
        if token.text == "^":  # groups from the right, and takes a signed exponent
            return t.Binary("^", left, self.expression(POWER - 1), position=token.position)
        return t.Binary(token.text, left, self.expression(binding), position=token.position)

    def comparison(self, left: t.Tree, first: Token) -> t.Tree:
        """A chain of comparisons, after its first operator."""
        operands, operators = [left, self.expression(COMPARE)], [first.text]
        while self.binding() == COMPARE:
            operators.append(self.next.text)
            self.at += 1
            operands.append(self.expression(COMPARE))
        return t.Compare(tuple(operands), tuple(operators), position=first.position)

    def conditional(self, token: Token) -> t.Tree:
        """`if c then a else b`, after the `if`."""
        condition = self.expression()
        self.expect("then")
        then = self.expression()
        self.expect("else")
        return t.Conditional(condition, then, self.expression(), position=token.position)

    def entries(self, close: str) -> tuple[t.Tree, ...]:
        """Expressions between the bracket at hand and `close`, with commas between them."""
        self.at += 1
        found = []
        while self.next.text != close:
            found.append(self.expression())
            if self.next.text != close:
                self.expect(",", or_else=close)
        self.at += 1
        return tuple(found)

    def expect(self, text: str, *, or_else: str = "") -> None:
        """Step over a token that must come."""
        if self.next.text != text or self.next.kind == "string":
            raise self.unexpected(f"{text!r} or {or_else!r}" if or_else else repr(text))
        self.at += 1

    def unexpected(self, wanted: str) -> FormulaError:
        """The error that the next token is not what must come."""
        token = self.next
        received = "the end" if token.kind == "end" else repr(token.text)
        return FormulaError(f"{wanted} must come here, received {received}", token.position)

    def too_deep(self, position: int) -> FormulaError:
        """The error that parts stand within parts too often."""
        message = f"an expression must be nested at most {MAX_DEPTH} deep, received more"
        return FormulaError(message, position, "use 'derived' for intermediate values", kind="size")
