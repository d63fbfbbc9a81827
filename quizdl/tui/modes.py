"""One key, however the keyboard is set: Latin, Hangul, full width, Caps Lock."""

from __future__ import annotations

from quizdl.typeset import hangul

_FULL_WIDTH = 0xFEE0
"""How far the full-width form of an ASCII character is from it in Unicode."""


def every(key: str) -> str:
    """The key and what arrives in its place in other modes, as Textual's bindings take it.

    Args:
        key: a letter or a digit.

    Example:
        >>> every("h"), every("4")
        ('h,H,ㅗ,ｈ,Ｈ', '4,４')
    """
    cases = dict.fromkeys((key, key.upper()))
    jamo = dict.fromkeys(hangul.hangul_key(key) for key in cases)
    wide = (chr(ord(key) + _FULL_WIDTH) for key in cases)
    return ",".join(dict.fromkeys((*cases, *jamo, *wide)))


def plain_keys(character: str) -> str:
    """The keys of an English keyboard behind a character of another input mode.

    Args:
        character: one character that came from the terminal.

    Returns:
        The keys, or `""` where the character is an ordinary one already. A syllable is several keys: s and u
        arrive as `녀` when the input method has composed them.

    Example:
        >>> plain_keys("ㅗ"), plain_keys("녀"), plain_keys("４"), plain_keys("u")
        ('h', 'su', '4', '')
    """
    if not character or character.isascii():
        return ""
    if "！" <= character <= "～":
        return chr(ord(character) - _FULL_WIDTH).lower()
    keys = hangul.to_keys(character).lower()
    return keys if keys.isascii() else ""
