"""What a typed line means in the line mode: a command or a grade. Pure functions on text.

Korean learners type in Hangul mode and in full width: `:ㅕㅜ애` is `:undo`, `４` is 4.
"""

from __future__ import annotations

import re

from quizdl.grading.picks import clean, latin

__all__ = ["clean", "command", "grade", "language", "latin"]

_COMMANDS: dict[str, tuple[str, ...]] = {
    "undo": ("u", "되돌리기", "취소"),
    "bury": ("b", "미루기", "내일"),
    "suspend": ("s", "중단", "빼기"),
    "hint": ("h", "힌트"),
    "retry": ("r", "다시"),
    "lang": ("l", "언어"),
    "help": ("?", "도움말", "도움"),
    "quit": ("q", "exit", "끝", "종료"),
}
_NAMES = {alias: name for name, aliases in _COMMANDS.items() for alias in (name, *aliases)}
_LANGUAGES = {"ko": "ko", "korean": "ko", "한국어": "ko", "en": "en", "english": "en", "영어": "en"}
_LANGUAGES |= {"both": "both", "둘다": "both"}


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
