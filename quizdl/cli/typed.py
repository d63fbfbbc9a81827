"""What a typed line means in the line mode: a command, a grade, or options. Pure functions on text.

Korean learners type in Hangul mode and in full width: `:ㅕㅜ애` is `:undo`, `４` is 4, `ㅠ` is the option b.
"""

from __future__ import annotations

import re
import unicodedata

_COMMANDS: dict[str, tuple[str, ...]] = {
    "undo": ("u", "되돌리기", "취소"),
    "bury": ("b", "미루기", "내일"),
    "suspend": ("s", "중단", "빼기"),
    "hint": ("h", "힌트"),
    "lang": ("l", "언어"),
    "help": ("?", "도움말", "도움"),
    "quit": ("q", "exit", "끝", "종료"),
}
_NAMES = {alias: name for name, aliases in _COMMANDS.items() for alias in (name, *aliases)}
_LANGUAGES = {"ko": "ko", "korean": "ko", "한국어": "ko", "en": "en", "english": "en", "영어": "en"}
_LANGUAGES |= {"both": "both", "둘다": "both"}


def clean(line: str) -> str:
    """A line as it was meant: full-width characters made normal, spaces at the ends gone.

    Typed jamo stay as they are, for NFKC would turn them into other characters than those of the keys.

    Example:
        >>> clean("　：ｕｎｄｏ　\\n"), clean("４"), clean("ㅠ")
        (':undo', '4', 'ㅠ')
    """
    folded = "".join(
        character if "\u3130" <= character <= "\u318f" else unicodedata.normalize("NFKC", character)
        for character in unicodedata.normalize("NFC", line)
    )
    return re.sub(r"\s+", " ", folded).strip()


def latin(text: str) -> str:
    """The keys that were pressed, for text typed in Hangul mode.

    Example:
        >>> latin("ㅕㅜ애"), latin("undo")
        ('undo', 'undo')
    """
    if text.isascii():
        return text
    from quizdl.typeset.hangul import to_keys  # only for lines with Hangul in them

    return to_keys(text)


def command(line: str) -> tuple[str, str] | None:
    """The command in a cleaned line and what follows it; None when the line is not a command.

    An unknown command is returned as it was typed, without the colon.

    Example:
        >>> command(":undo"), command(":lang KO"), command("4"), command(": u")
        (('undo', ''), ('lang', 'ko'), None, ('undo', ''))
        >>> command(":ㅕㅜ애"), command(":되돌리기"), command(":fly")
        (('undo', ''), ('undo', ''), ('fly', ''))
    """
    if not line.startswith(":"):
        return None
    word, _, rest = line[1:].strip().casefold().partition(" ")
    return _NAMES.get(word) or _NAMES.get(latin(word)) or word, rest.strip()


def language(word: str) -> str | None:
    """The language named by a word; None when it names none.

    Example:
        >>> language("en"), language("한국어"), language("둘 다"), language("French")
        ('en', 'ko', 'both', None)
    """
    word = word.replace(" ", "").casefold()
    return _LANGUAGES.get(word) or _LANGUAGES.get(latin(word))


def grade(line: str) -> int | None:
    """A quality 0..5; None when the line is something else.

    Example:
        >>> grade("4"), grade("6"), grade("-1"), grade("4 ."), grade("")
        (4, None, None, None, None)
    """
    return int(line) if re.fullmatch(r"[0-5]", line) else None


def rows(line: str, count: int) -> list[int] | str:
    """The rows of the options that a line names, from 0, by letters or numbers.

    Args:
        line: a cleaned line such as `b`, `A, C`, `1 3`, `ac`, `13`.
        count: how many options there are.

    Returns:
        The rows in the order typed; or, when a part of the line names no option, that part.

    Example:
        >>> rows("b", 4), rows("A, C", 4), rows("13", 4), rows("ㅠ", 4)
        ([1], [0, 2], [0, 2], [1])
        >>> rows("12", 12), rows("e", 4), rows("5", 4), rows("b or c", 4)
        ([11], 'e', '5', 'or')
    """
    found: list[int] = []
    for part in re.split(r"[\s,;/·、.)]+", latin(line).casefold()):
        if not part:
            continue
        named = _part(part, count)
        if named is None:
            return part
        found += named
    return found


def _part(part: str, count: int) -> list[int] | None:
    if re.fullmatch(r"[0-9]+", part):
        numbers = [int(part)] if int(part) <= count or len(part) == 1 else [int(digit) for digit in part]
        found = [number - 1 for number in numbers]
    elif re.fullmatch(r"[a-z]+", part):
        found = [ord(letter) - ord("a") for letter in part]
    else:
        return None
    return found if all(0 <= row < count for row in found) else None
