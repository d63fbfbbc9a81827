"""Source text to tokens, each with its place."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from quizdl.packs.formula.errors import FormulaError

MAX_LENGTH: Final = 2_000
MAX_DIGITS: Final = 40
MAX_EXPONENT: Final = 308
MIN_EXPONENT: Final = -324

Kind = Literal["number", "string", "name", "word", "operator", "end"]
WORDS: Final = frozenset({"if", "then", "else", "and", "or", "not", "true", "false"})

_TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"[^"\n]*"|'[^'\n]*')
    |(?P<name>[A-Za-z][A-Za-z0-9_]*)
    |(?P<operator>\*\*|//|<=|>=|==|!=|[-+*/%@^<>(),\[\]])""",
    re.VERBOSE,
)
_HINTS = {
    "=": "compare with '=='",
    "!": "write 'not'",
    "&": "write 'and'",
    "|": "write 'or'",
    "_": "a name begins with a letter",
    ".": "a list is transposed with 'transpose(A)'; nothing has attributes",
    '"': "a text must end with the quote it began with, on one line",
    "'": "a text must end with the quote it began with, on one line",
    ";": "an item holds one expression; put intermediate values in 'derived'",
    "{": "a list is written [a, b]",
    "−": "write the minus sign of the keyboard, -",
    "×": "write *",
    "·": "write *",
    "÷": "write /",
}


class Token(NamedTuple):
    """A piece of an expression.

    Attributes:
        kind: what it is; `word` is a reserved word such as `if`.
        text: as it stands in the source.
        position: the index of its first character.
    """

    kind: Kind
    text: str
    position: int


def tokenize(source: str) -> list[Token]:
    """Split an expression into tokens; the last one is the end.

    Raises:
        FormulaError: a character that belongs to no token, or a source or number that is too long.

    Example:
        >>> [token.text for token in tokenize("2*exp(-x)")]
        ['2', '*', 'exp', '(', '-', 'x', ')', '']
    """
    if len(source) > MAX_LENGTH:
        message = f"an expression must have at most {MAX_LENGTH:,} characters, received {len(source):,}"
        raise FormulaError(message, MAX_LENGTH, "use 'derived' for intermediate values", kind="size")
    tokens = []
    at = 0
    while at < len(source):
        found = _TOKEN.match(source, at)
        if found is None:
            character = source[at]
            message = f"an expression must not hold the character {character!r}"
            raise FormulaError(message, at, _HINTS.get(character, ""))
        kind, text = found.lastgroup, found[0]
        if kind == "number":
            tokens.append(number(text, at))
            after = source[found.end() : found.end() + 1]
            if after.isalpha():
                raise FormulaError(
                    f"a number must end before {after!r}, received {text + after!r}",
                    found.end(),
                    f"write {text}*{after}",
                )
        elif kind == "name":
            if "__" in text:
                raise FormulaError("a name must not hold two underscores in a row", at, kind="name")
            tokens.append(Token("word" if text in WORDS else "name", text, at))
        elif kind == "string":
            tokens.append(Token("string", text, at))
        elif kind == "operator":
            tokens.append(Token("operator", "^" if text == "**" else text, at))
        at = found.end()
    tokens.append(Token("end", "", len(source)))
    return tokens


def number(text: str, position: int) -> Token:
    """A number as a token.

    Raises:
        FormulaError: it has too many digits, or an exponent that no float has.
    """
    mantissa, _, exponent = text.lower().partition("e")
    digits = len(mantissa.replace(".", ""))
    if digits > MAX_DIGITS:
        message = f"a number must have at most {MAX_DIGITS} digits, received {digits}"
        raise FormulaError(message, position, kind="size")
    if len(exponent) > 5 or (exponent and not MIN_EXPONENT <= int(exponent) <= MAX_EXPONENT):
        message = f"the exponent of a number must be between {MIN_EXPONENT} and {MAX_EXPONENT}"
        raise FormulaError(message, position, kind="size")
    if float(text) == float("inf"):
        raise FormulaError("a number must be less than 1.8e308", position, kind="overflow")
    return Token("number", text, position)
