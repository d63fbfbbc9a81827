"""Where the parser stands in the tokens, what is bound around it, and how much work it may still do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from quizdl.grading.symbolic.lexer import Token
from quizdl.grading.symbolic.tree import (
    Add,
    Apply,
    Call,
    Div,
    Index,
    Indicator,
    Logic,
    Mul,
    Name,
    Neg,
    Node,
    Pow,
    Relation,
    Transpose,
    children,
)
from quizdl.grading.symbolic.unreadable import Unreadable
from quizdl.grading.symbolic.words import Piece, Vocabulary, split

MAX_DEPTH = 100
"""Levels of the grammar; a pair of brackets is three."""
MAX_NESTING = 100
CLOSING = {"(": ")", "[": "]", "{": "}", "⟨": "⟩", "⌊": "⌋", "⌈": "⌉", "|(": ")|", "||(": ")||"}
RELATIONS = frozenset({"=", "!=", "<", "<=", ">", ">=", "≈"})
RESERVED = frozenset(
    {"if", "else", "elif", "then", "otherwise", "when", "where", "for", "in", "and", "or", "not"}
)
RESERVED |= {"mod", "choose"}
_TENSOR_CALLS = frozenset({"eye", "ones", "zeros", "one_hot", "outer", "ones_like", "zeros_like"})
_SCALAR_CALLS = frozenset({"norm", "det", "trace", "dot", "len"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A place where a text could be read in two ways, and the way that was taken.

    Args:
        position: where it begins in the text.
        node: what it was read as.
        code: a stable name of the ambiguity: `division`, `argument`, `exponent`, `sign`, `function`, `norm`.
    """

    position: int
    node: Node
    code: str


class Cursor:
    """Walks over the tokens of one text."""

    def __init__(self, tokens: list[Token], words: Vocabulary) -> None:
        self.tokens = tokens
        self.words = words
        self.place = 0
        self.bound: list[str] = []
        self.readings: list[Reading] = []
        self.bars = 0
        self.double_bars = 0
        self.in_cells = False
        self.depth = 0
        self.work = 40 * sum(len(token.text) for token in tokens) + 400
        self.pieces: dict[int, Piece] = {}

    # -- tokens ------------------------------------------------------------------------------------

    @property
    def token(self) -> Token:
        """The token at hand."""
        return self.tokens[self.place]

    def ahead(self, count: int = 1) -> Token:
        """A later token; the end stays the end."""
        return self.tokens[min(self.place + count, len(self.tokens) - 1)]

    def at(self, *texts: str) -> bool:
        """Whether the token at hand is one of these operators."""
        token = self.tokens[self.place]
        return token.kind == "op" and token.text in texts

    def at_word(self, *texts: str) -> bool:
        """Whether the token at hand is one of these words."""
        token = self.tokens[self.place]
        return token.kind == "word" and token.text in texts

    def next(self) -> Token:
        """The token at hand; the cursor moves on."""
        token = self.tokens[self.place]
        if token.kind != "end":
            self.place += 1
        return token

    def take(self, text: str) -> bool:
        """Moves over an operator if it is the one at hand."""
        if self.at(text):
            self.place += 1
            return True
        return False

    def expect(self, text: str, opened: Token | None = None) -> Token:
        """Moves over an operator that must be there."""
        if self.at(text):
            return self.next()
        token = self.token
        if text in CLOSING.values() or text in ("|", "||"):
            for_what = f" for the {opened.text} at {opened.start + 1}" if opened else ""
            raise Unreadable(
                f"a closing {text} is missing{for_what}, {self.found()} stands here",
                token.start,
                f"add {text}",
                reason="bracket",
                params={"bracket": text},
            )
        raise self.wanted(f"{text}")

    def found(self) -> str:
        """The token at hand in words."""
        return "the end" if self.token.kind == "end" else repr(self.token.text)

    def wanted(self, what: str, hint: str = "") -> Unreadable:
        """The error that something else must stand here."""
        token = self.token
        if token.kind == "op" and token.text in CLOSING.values() and token.text != "|":
            return Unreadable(
                f"this {token.text} was never opened",
                token.start,
                f"remove it, or open it with {_opening(token.text)}",
                reason="bracket",
                params={"bracket": token.text},
            )
        return Unreadable(
            f"{what} must stand here, received {self.found()}", token.start, hint, reason="operand"
        )

    def replace(self, *tokens: Token) -> None:
        """Puts other tokens in the place of the one at hand."""
        if len(tokens) != 1 and self.pieces:
            shift = len(tokens) - 1
            self.pieces = {
                (key if key < self.place else key + shift): piece
                for key, piece in self.pieces.items()
                if key != self.place
            }
        self.tokens[self.place : self.place + 1] = list(tokens)

    def piece(self) -> Piece:
        """The first name in the word at hand; the rest of the word becomes words of its own."""
        found = self.pieces.get(self.place)
        token = self.token
        if found is not None and found.text == token.text:
            return found
        parts = split(token, self.words, self.is_bound)
        if len(parts) > 1:
            self.replace(*(
                replace(
                    token,
                    kind="number" if part.kind == "number" else "word",
                    text=part.text,
                    start=part.start,
                    end=part.start + len(part.text),
                    spaced=token.spaced and number == 0,
                    at=(),
                )
                for number, part in enumerate(parts)
            ))  # fmt: skip
            for number, part in enumerate(parts):
                self.pieces[self.place + number] = part
        else:
            self.pieces[self.place] = parts[0]
        return parts[0]

    # -- limits and scopes ----------------------------------------------------------------------------

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of nesting more."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Unreadable(
                f"an expression must be nested at most {MAX_DEPTH} levels deep",
                self.token.start,
                reason="limit",
                params={"most": MAX_DEPTH},
            )
        try:
            yield
        finally:
            self.depth -= 1

    def spend(self) -> None:
        """Counts a step of work; going back and forth too often is an error, never a hang."""
        self.work -= 1
        if self.work < 0:
            raise Unreadable("this is too intricate to be read", self.token.start, reason="limit")

    @contextmanager
    def binding(self, *indices: str) -> Iterator[None]:
        """Indices that mean something inside."""
        self.bound.extend(indices)
        try:
            yield
        finally:
            del self.bound[len(self.bound) - len(indices) :]

    @contextmanager
    def fresh_bars(self, cells: bool = False) -> Iterator[None]:
        """Inside brackets, an open | outside cannot be closed; in `cells`, & ends one."""
        before = self.bars, self.double_bars, self.in_cells
        self.bars = self.double_bars = 0
        self.in_cells = cells
        try:
            yield
        finally:
            self.bars, self.double_bars, self.in_cells = before

    def is_bound(self, name: str) -> bool:
        """Whether a name is bound by a sum around this place."""
        return name in self.bound

    def note(self, position: int, node: Node, code: str) -> None:
        """Remembers which way an ambiguity was read."""
        if len(self.readings) < 20:
            self.readings.append(Reading(position, node, code))

    # -- what a node may be ---------------------------------------------------------------------------

    def is_tensor(self, node: Node) -> bool:
        """Whether a node may have axes, by the declarations of the names in it."""
        symbols = self.words.symbols
        if isinstance(node, Name):
            symbol = symbols.get(node.name)
            return symbol is not None and symbol.is_tensor
        if isinstance(node, Index):
            base = node.base
            if isinstance(base, Name) and (symbol := symbols.get(base.name)) is not None:
                return len(symbol.shape) > len(node.indices)
            return self.is_tensor(base) and len(node.indices) < 2
        if isinstance(node, Call):
            if node.function in _TENSOR_CALLS:
                return True
            return node.function not in _SCALAR_CALLS and any(self.is_tensor(part) for part in node.args)
        if isinstance(node, (Add, Neg, Mul, Div, Pow, Transpose, Apply)):
            return any(self.is_tensor(part) for part in children(node))
        return False

    # -- the grammar, in the layers above -----------------------------------------------------------

    def expression(self) -> Node:
        """A whole expression; `parser` has it."""
        raise NotImplementedError

    def product(self) -> Node:
        """Factors; `parser` has it."""
        raise NotImplementedError

    def unary(self) -> Node:
        """A factor with signs; `parser` has it."""
        raise NotImplementedError

    def power(self) -> Node:
        """A factor; `parser` has it."""
        raise NotImplementedError

    def value(self) -> Node:
        """An expression that is a number: a condition counts as 1 or 0."""
        return as_value(self.expression())


def as_value(node: Node) -> Node:
    """A condition as its indicator, anything else as it is."""
    return Indicator(node) if isinstance(node, (Relation, Logic)) else node


def as_condition(node: Node) -> Node:
    """The condition inside an indicator; a value is true when it is not 0."""
    return node.condition if isinstance(node, Indicator) else node


def _opening(closing: str) -> str:
    return next(opening for opening, other in CLOSING.items() if other == closing)
