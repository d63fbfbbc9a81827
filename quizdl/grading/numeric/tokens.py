"""The characters that people type for numbers, as tokens of the expression language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.lexer import Token, number

_CHARACTERS: Final = {
    **dict.fromkeys("×·⋅∙•∗＊", "*"),
    **dict.fromkeys("÷∕⁄／", "/"),
    **dict.fromkeys("−–—‐‑﹣－➖", "-"),
    **dict.fromkeys("≈≒≃≅∼～~", "≈"),
    **dict.fromkeys("，、،", ","),
    **dict.fromkeys("；", ";"),
    **dict.fromkeys("{⟨〈【〔", "("),
    **dict.fromkeys("}⟩〉】〕", ")"),
    "≡": "=",
    "σ": "σ",
    "ℯ": "e",
    "°": "°",
}
_SUPERSCRIPTS: Final = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
_FRACTIONS: Final = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅐": (1, 7),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_INVISIBLE: Final = frozenset({"Cf", "Mn", "Me"})
_SYMBOLS: Final = {"√": "sqrt", "σ": "sigmoid", "π": "pi"}

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<base>log_?(?:10|2)(?=\s*[0-9.(]))
    |(?P<name>[a-z]+)
    |(?P<symbol>[√σπ])
    |(?P<superscript>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+)
    |(?P<fraction>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅐⅑⅒])
    |(?P<operator>\*\*|[-+*/^%(),\[\]])""",
    re.VERBOSE | re.IGNORECASE,
)


def plain(text: str) -> tuple[str, list[int]]:
    """A text in the characters that tokens are made of, and where each of them (and the end) stood.

    Full-width and mathematical letters become plain ones, what is invisible goes.

    Example:
        >>> plain("−０.５\u200b×２")
        ('-0.5*2', [0, 1, 2, 3, 5, 6, 7])
    """
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _CHARACTERS:
            written = _CHARACTERS[character]
        elif character in _SUPERSCRIPTS or character in _FRACTIONS:
            written = character
        elif unicodedata.category(character) in _INVISIBLE:
            continue
        else:
            written = unicodedata.normalize("NFKC", character)
            written = _CHARACTERS.get(written, written) if len(written) == 1 else written
        characters += written
        places += [place] * len(written)
    return "".join(characters), [*places, len(text)]


def tokens(text: str, start: int = 0) -> list[Token]:
    """The tokens of a plain text.

    Args:
        text: what `plain` gives.
        start: what to count positions from.

    Raises:
        FormulaError: a character that belongs to no number.

    Example:
        >>> [token.text for token in tokens("1½ + √2²")]
        ['(', '1', '+', '1', '/', '2', ')', '+', 'sqrt', '2', '^', '(', '2', ')', '']
    """
    found: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(f"a number must not hold {text[at]!r}", start + at)
        kind, piece, place = match.lastgroup, match[0], start + at
        if kind == "fraction" and found and found[-1].kind == "number" and found[-1].text.isdecimal():
            whole = found.pop()
            found += [Token("operator", "(", place), whole, Token("operator", "+", place)]
            found += [*_fraction(piece, place), Token("operator", ")", place)]
        elif kind is not None and kind != "space":
            found += _token(kind, piece, place)
        at = match.end()
    return [*found, Token("end", "", start + len(text))]


def _token(kind: str, piece: str, place: int) -> Iterator[Token]:
    match kind:
        case "number":
            yield number(piece, place)
        case "base" | "name":
            yield Token("name", piece.casefold().replace("_", ""), place)
        case "symbol":
            yield Token("name", _SYMBOLS[piece], place)
        case "fraction":
            yield from _wrapped(_fraction(piece, place), place)
        case "superscript":
            yield Token("operator", "^", place)
            digits = "".join(_SUPERSCRIPTS[character] for character in piece)
            sign = [Token("operator", digits[0], place)] if digits[0] in "+-" else []
            exponent = digits.lstrip("+-")
            if len(sign) + len(exponent) != len(digits) or not exponent.isdecimal():
                raise FormulaError("an exponent must be a whole number", place)
            yield from _wrapped([*sign, number(exponent, place)], place)
        case _:
            yield Token("operator", "^" if piece == "**" else piece, place)


def _wrapped(inner: list[Token], place: int) -> list[Token]:
    return [Token("operator", "(", place), *inner, Token("operator", ")", place)]


def _fraction(character: str, place: int) -> list[Token]:
    above, below = _FRACTIONS[character]
    return [number(str(above), place), Token("operator", "/", place), number(str(below), place)]
