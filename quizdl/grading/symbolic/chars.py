"""Unicode to plain characters: what a keyboard, a Korean input method or a copied formula puts in a text."""

from __future__ import annotations

import unicodedata

from quizdl.grading.symbolic.unreadable import Unreadable

SUPERSCRIPTS = dict(
    zip(
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᵋᶿᶥᶲᵠᵡ",
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδεθιφφχ",
        strict=True,
    )
)
SUBSCRIPTS = dict(
    zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", "0123456789+-=()aehijklmnoprstuvxβγρφχ", strict=True)
)
FRACTIONS = {
    "½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4",
    "¾": "3/4", "⅕": "1/5", "⅖": "2/5", "⅗": "3/5", "⅘": "4/5",
    "⅙": "1/6", "⅚": "5/6", "⅛": "1/8", "⅜": "3/8",
    "⅝": "5/8", "⅞": "7/8", "⅐": "1/7", "⅑": "1/9", "⅒": "1/10",
}  # fmt: skip
ACCENTS = {
    "\u0302": "hat",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u0303": "tilde",
    "\u0307": "dot",
    "\u20d7": "",
}
"""Combining marks; the arrow of a vector says nothing that the declaration does not."""

_PLAIN = {
    **dict.fromkeys("−–—‐‑‒﹣⁃➖", "-"),
    **dict.fromkeys("×✕✖∗⋆＊╳", "*"),
    **dict.fromkeys("÷∕⁄➗", "/"),
    **dict.fromkeys("⋅•∙‧ㆍ・･●", "·"),
    **dict.fromkeys("∘◦⊚◯○⨀", "⊙"),
    **dict.fromkeys("‖∥⏸", "||"),
    **dict.fromkeys("∣❘│ǀ", "|"),
    **dict.fromkeys("′’‘ʹ´`", "'"),
    **dict.fromkeys("﹛｛", "{"),
    **dict.fromkeys("【〔⟦〚", "["),
    **dict.fromkeys("】〕⟧〛", "]"),
    **dict.fromkeys("〈《", "⟨"),
    **dict.fromkeys("〉》", "⟩"),
    **dict.fromkeys("←⟵≔≡≜≝⇐", "="),
    "″": "''", "‴": "'''", "≤": "<=", "≦": "<=",
    "⩽": "<=", "≥": ">=", "≧": ">=", "⩾": ">=", "≠": "!=",
    "≅": "≈", "≃": "≈", "∑": " sum ", "∏": " prod ", "∞": " inf ", "⊤": "⊤", "⊺": "⊤", "ᵗ": "t",
    "∧": " and ", "∨": " or ", "¬": " not ", "、": ",", "🞄": "·",
    "𝟙": "𝟙", "𝟏": "𝟙", "ℓ": "l", "ϵ": "ε", "∊": "ε",
    "ϕ": "φ", "ϑ": "θ", "ϱ": "ρ", "ϖ": "π", "ς": "σ",
    "𝜕": "∂", "𝛁": "∇", "△": "Δ", "∆": "Δ", "∈": "∈",
    "√": " √", "∛": " ∛", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "⟨": "⟨", "⟩": "⟩",
}  # fmt: skip
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f\u2061\u2062\u2063\u2064")
_FORBIDDEN_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Cn"})


def plain(text: str) -> tuple[str, list[int]]:
    """A text in plain characters, and for each of them where it came from.

    Superscripts become `^{…}`, subscripts `_{…}`, ½ becomes `(1/2)`, full-width characters narrow ones;
    a letter with an accent becomes the letter and its combining mark.

    Returns:
        The plain text and the index in `text` of each of its characters, plus one index for the end.

    Raises:
        Unreadable: a character that has no place in a formula.

    Example:
        >>> plain("ｘ²")[0]
        'x^{2}'
    """
    out: list[str] = []
    places: list[int] = []

    def put(piece: str, place: int) -> None:
        out.extend(piece)
        places.extend([place] * len(piece))

    script = ""
    for place, char in enumerate(text):
        if char in SUPERSCRIPTS or char in SUBSCRIPTS:
            table, mark = (SUPERSCRIPTS, "^") if char in SUPERSCRIPTS else (SUBSCRIPTS, "_")
            if script != mark:
                put(("}" if script else "") + mark + "{", place)
                script = mark
            put(table[char], place)
            continue
        if char in _INVISIBLE:
            continue
        if script:
            put("}", place)
            script = ""
        if char.isascii() and (char.isprintable() or char in "\t\n\r"):
            put(char, place)
        elif char in FRACTIONS:
            _fraction(out, places, FRACTIONS[char], place)
        elif char in _PLAIN:
            put(_PLAIN[char], place)
        else:
            put(_normal(char, place), place)
    if script:
        put("}", len(text))
    places.append(len(text))
    return "".join(out), places


def _fraction(out: list[str], places: list[int], value: str, place: int) -> None:
    """½ as `(1/2)`; after digits, as in 2½, the whole mixed number in parentheses."""
    begin = len(out)
    while begin and out[begin - 1].isdigit():
        begin -= 1
    piece = "(" + value + ")"
    if begin < len(out):
        out.insert(begin, "(")
        places.insert(begin, places[begin])
        piece = "+" + value + ")"
    out.extend(piece)
    places.extend([place] * len(piece))


def _normal(char: str, place: int) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category in _FORBIDDEN_CATEGORIES:
        raise Unreadable(
            f"the character U+{ord(char):04X} has no place in a formula", place, reason="character"
        )
    narrow = unicodedata.normalize("NFKC", char)
    if "HANGUL" in unicodedata.name(char, "") or category == "Lo":
        return narrow
    parts = unicodedata.normalize("NFD", narrow)
    if len(parts) > 1 and all(mark in ACCENTS for mark in parts[1:]):
        return parts
    return "".join(_PLAIN.get(piece, piece) for piece in narrow)
