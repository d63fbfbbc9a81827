"""Folding of everything that does not change which name was meant.

Case, spaces, punctuation, full-width and invisible characters go; digits, and the signs that make another
name or number of it (C++, 1e-3, 3×3, 0.5), stay.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from unicodedata import category, decomposition, normalize

LONGEST = 500
"""Characters of a cleaned answer that are still read as names."""
_RAW_LONGEST = 2_000
"""Before composing: NFD triples Hangul, and sorting many combining marks is quadratic."""

_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\x00-\x08\x0e-\x1f\x7f]+"
)
_JAMO = re.compile("([\u3131-\u318e]+)")
_HALF_JAMO = re.compile("[\uffa1-\uffdc]")
_ODD = str.maketrans({
    "−": "-", "‐": "-", "‑": "-", "–": "-", "—": "-", "×": "x", "✕": "x", "⋅": "·", "ㆍ": "·", "‧": "·",
    "’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta",
    "ε": "epsilon", "ϵ": "epsilon", "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "ρ": "rho",
    "σ": "sigma", "ς": "sigma", "τ": "tau", "φ": "phi", "ω": "omega",
})  # fmt: skip

_PIECE = re.compile(
    r"(?P<minus>(?<![\w)\]])-\s*(?=\.?\d))"
    r"|(?P<number>(?:\d+(?:,\d{3}(?!\d))+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?(?![a-z])|(?<![\w.])\.\d+"
    r"|\d+(?:\.\d+)?)"
    r"|(?P<hangul>[\u3131-\u318e가-힣]+)"
    r"|(?P<word>[^\W\d_\u3131-\u318e가-힣]+)"
    r"|(?P<between>(?<=\d)[-/,.:](?=\d))"
    r"|(?P<sign>[+#%^<>√])"
)
_POWER = re.compile(r"\b10\s*(?:\^|\*\*)\s*\(?\s*([+-]?\d{1,3})\)?")
YOD = str.maketrans(
    {chr(0xAC00 + (initial * 21 + vowel) * 28 + final): chr(0xAC00 + (initial * 21 + plain) * 28 + final)
     for initial in (12, 13, 14)
     for vowel, plain in ((2, 0), (3, 1), (6, 4), (7, 5), (12, 8), (17, 13))
     for final in range(28)}
    | {"률": "율", "렬": "열"}
)  # fmt: skip
"""ㅈ, ㅉ and ㅊ are not followed by a glide (챠 = 차, 져 = 저); 률 and 율 are one suffix."""


def clean(text: str) -> str | None:
    """Text in one Unicode form, small letters, nothing invisible in it; None when too long to be read.

    NFC, and NFKC for everything but typed jamo, which NFKC would turn into parts of syllables.

    Example:
        >>> clean("ＳＯＦＴ\\u200bｍａｘ  함수"), clean("ㄱ디ㅕ"), clean("x" * 501)
        ('softmax 함수', 'ㄱ디ㅕ', None)
    """
    text = _LINES.sub("\n", _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip())
    if len(text) > _RAW_LONGEST:
        return None
    text = _HALF_JAMO.sub(_full_jamo, normalize("NFC", text))
    if len(text) > LONGEST:
        return None
    if not text.isascii():
        text = "".join(
            part if index % 2 else _compatible(part) for index, part in enumerate(_JAMO.split(text))
        )
    text = text.casefold().translate(_ODD)
    return _LINES.sub("\n", _SPACES.sub(" ", text).strip())[: 4 * LONGEST]


def _compatible(text: str) -> str:
    """NFKC without accents on Latin letters: naïve = naive."""
    text = normalize("NFKC", text)
    if text.isascii():
        return text
    parts = []
    for character in text:
        if "\u00c0" <= character <= "\u024f":
            character = "".join(c for c in normalize("NFD", character) if category(c) != "Mn")
        parts.append(character)
    return "".join(parts)


def _full_jamo(match: re.Match[str]) -> str:
    of = decomposition(match[0]).split()
    return chr(int(of[1], 16)) if len(of) == 2 else match[0]


@lru_cache(maxsize=4096)
def pieces(cleaned: str) -> tuple[str, ...]:
    """The words, numbers and meaningful signs of a cleaned text, without what lies between them.

    Numbers stand in their plainest form, so that 1e-3, 10^-3 and 0.001 are one and 1e3 is another.

    Example:
        >>> pieces("mean_squared-error"), pieces("l2 규제"), pieces("1e-3"), pieces("c++")
        (('mean', 'squared', 'error'), ('l', '2', '규제'), ('0.001',), ('c', '+', '+'))
    """
    found: list[str] = []
    minus = ""
    for match in _PIECE.finditer(_POWER.sub(r"1e\1", cleaned).replace("_", " ")):
        kind, text = match.lastgroup, match[0]
        if kind == "minus":
            minus = "-"
            continue
        if kind == "number":
            text = minus + _plain(text)
        elif kind == "hangul":
            text = text.translate(YOD)
        minus = ""
        found.append(text)
    return tuple(found)


def _plain(number: str) -> str:
    number = number.replace(",", "")
    whole = number.split(".")[0]
    if (len(whole) > 1 and whole[0] == "0") or len(number) > 20:
        return number
    value = Decimal(number)
    if value and abs(value.adjusted()) > 20:
        return number
    return format(value.normalize(), "f")


def joined(parts: tuple[str, ...] | list[str]) -> str:
    """Pieces in a row; two numbers keep a gap, so that 3 3 is not 33.

    Example:
        >>> joined(("early", "stopping")), joined(("3", "3"))
        ('earlystopping', '3 3')
    """
    text = "".join(parts)
    if text.isalpha():
        return text
    out = ""
    for part in parts:
        out += " " + part if out and out[-1].isdigit() and part[:1].isdigit() else part
    return out


def compact(text: str) -> str:
    """A cleaned text as one string: what is left of it are letters, digits and meaningful signs.

    Example:
        >>> compact("m.s.e."), compact("옵티 마이져")
        ('mse', '옵티마이저')
    """
    return joined(pieces(text))
