"""How a name is typed and heard: the keystrokes of Hangul, spellings that sound alike made one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from quizdl.typeset.hangul import FINALS, INITIALS, VOWELS, decompose

_VOWEL = {"ㅐ": "ㅔ", "ㅒ": "ㅔ", "ㅖ": "ㅔ", "ㅙ": "ㅚ", "ㅞ": "ㅚ"}
_INITIAL = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
_FINAL = {"ㅍ": "ㅂ", "ㅆ": "ㅅ", "ㄷ": "ㅅ", "ㅌ": "ㅅ", "ㅋ": "ㄱ", "ㄲ": "ㄱ"}
_DOUBLED = {"ㅅ": "ㅌㅅㄷ", "ㅂ": "ㅍㅂ", "ㄱ": "ㅋㄱ"}
"""A final that only repeats the consonant after it: 핏팅 = 피팅, 스톱핑 = 스토핑."""


class Sound(NamedTuple):
    """Keystrokes, and of each the position of its character in the text."""

    keys: str
    origin: tuple[int, ...]


@lru_cache(maxsize=4096)
def sound(text: str) -> Sound:
    """The keystrokes of a compact text, with spellings of loan words that sound alike made one.

    ㅐ = ㅔ, ㅚ = ㅙ = ㅞ; tense initials as plain ones (씨그모이드); finals by their sound (드롶 = 드롭),
    and none where the next syllable begins with it (오버핏팅 = 오버피팅).

    Example:
        >>> sound("오버핏팅").keys == sound("오버피팅").keys, sound("렐루").keys
        (True, 'ㄹㅔㄹㄹㅜ')
    """
    keys: list[str] = []
    origin: list[int] = []
    for at, character in enumerate(text):
        following = text[at + 1 : at + 2]
        letters = _heard(character, _initial(following) if "가" <= following <= "힣" else "")
        keys.append(letters)
        origin += [at] * len(letters)
    return Sound("".join(keys), tuple(origin))


def heard(text: str) -> str:
    """The keystrokes of `sound` alone; where nothing is asked of their origin, a third of the time."""
    if text.isascii():
        return text
    following = [*(_initial(character) if "가" <= character <= "힣" else "" for character in text[1:]), ""]
    return "".join(map(_heard, text, following))


@lru_cache(maxsize=4096)
def _initial(syllable: str) -> str:
    return INITIALS[(ord(syllable) - 0xAC00) // 588]


@lru_cache(maxsize=8192)
def _heard(character: str, following: str) -> str:
    """The keys of one character before a syllable that begins with `following`."""
    if "가" <= character <= "힣":
        rest, final = divmod(ord(character) - 0xAC00, 28)
        initial, vowel = divmod(rest, 21)
        end = _FINAL.get(FINALS[final], FINALS[final])
        if following and following in _DOUBLED.get(end, ""):
            end = ""
        first = _INITIAL.get(INITIALS[initial], INITIALS[initial])
        return first + decompose(_VOWEL.get(VOWELS[vowel], VOWELS[vowel]) + end)
    if "ㄱ" <= character <= "ㅎ":
        return decompose(_INITIAL.get(character, character))
    return decompose(_VOWEL.get(character, character)) if "ㅏ" <= character <= "ㅣ" else character


def is_hangul(character: str) -> bool:
    """Whether a character is a Hangul syllable or a jamo of the keyboard.

    Example:
        >>> is_hangul("각"), is_hangul("ㄱ"), is_hangul("a")
        (True, True, False)
    """
    return "가" <= character <= "힣" or "ㄱ" <= character <= "ㅣ"


_LETTER_NAMES = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "에이",
            "비",
            "시",
            "디",
            "이",
            "에프",
            "지",
            "에이치",
            "아이",
            "제이",
            "케이",
            "엘",
            "엠",
            "엔",
            "오",
            "피",
            "큐",
            "아르",
            "에스",
            "티",
            "유",
            "브이",
            "더블유",
            "엑스",
            "와이",
            "제트",
        ],
        strict=True,
    )
)
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Z][A-Za-z]?[A-Z]*")


def is_acronym(name: str) -> bool:
    """Whether a name is read letter by letter: capitals, at most six of them.

    Example:
        >>> is_acronym("MSE"), is_acronym("Adam"), is_acronym("DL")
        (True, False, True)
    """
    return 2 <= len(name) <= 6 and _ACRONYM.fullmatch(name) is not None


def spelt_out(acronym: str) -> list[str]:
    """An acronym as Koreans write its letters.

    Example:
        >>> spelt_out("RMSE")
        ['아르엠에스이', '알엠에스이']
    """
    text = "".join(_LETTER_NAMES[letter] for letter in acronym.lower())
    return [text, text.replace("아르", "알")] if "아르" in text else [text]
