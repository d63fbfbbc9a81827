"""Answers typed in the wrong keyboard mode."""

from __future__ import annotations

import re
from functools import lru_cache

from quizdl.grading.words.normalising import compact
from quizdl.grading.words.sounds import is_hangul
from quizdl.typeset.hangul import from_keys, to_keys

_SYLLABLES = re.compile("[가-힣 ]+")


@lru_cache(maxsize=1024)
def other_mode(cleaned: str) -> str | None:
    """What the same keys type in the other mode; None where that cannot have been meant.

    Latin letters must come out as syllables and nothing else; a text with Hangul must come out as Latin.

    Example:
        >>> other_mode("rhkwjrgkq"), other_mode("ㄱ디ㅕ"), other_mode("adam"), other_mode("3")
        ('과적합', 'relu', None, None)
    """
    hangul = any(is_hangul(character) for character in cleaned)
    latin = any("a" <= character <= "z" for character in cleaned)
    if hangul:
        keys = to_keys(cleaned).lower()
        return keys if keys.isascii() and not latin else None
    if not latin:
        return None
    typed = from_keys(re.sub(r"[\s\-_.]+", " ", cleaned))
    return typed if _SYLLABLES.fullmatch(typed) and compact(typed) else None


@lru_cache(maxsize=1024)
def other_mode_of_words(cleaned: str) -> str | None:
    """A text with only those words switched that were typed in the wrong mode; None where none was.

    Example:
        >>> other_mode_of_words("l2 rbwp"), other_mode_of_words("early stopping")
        ('l2 규제', None)
    """
    words = cleaned.split()
    if len(words) < 2:
        return None
    switched = [other_mode(word) if len(word) > 1 else None for word in words]
    if all(word is None for word in switched):
        return None
    return " ".join(new or old for new, old in zip(switched, words, strict=True))
