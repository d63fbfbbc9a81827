"""English inflection and spelling: enough of it to see one word in two forms."""

from __future__ import annotations

import re
from functools import lru_cache

_BRITISH = (
    (re.compile(r"is(?=(?:e|ed|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"our(?=(?:s|al|ing|ed)?$)"), "or"),
    (re.compile(r"(?<=[a-z]{3})lling$"), "ling"),
    (re.compile(r"(?<=[a-z]{3})lled$"), "led"),
    (re.compile(r"(?<=[a-z]{3})tre$"), "ter"),
    (re.compile(r"ogue$"), "og"),
)
_DOUBLE = re.compile(r"([bdgklmnprt])\1$")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """A word without its plural, -ing or -ed, in American spelling.

    Both sides of a comparison go through it, so it need not be a word itself.

    Example:
        >>> stem("stopping"), stem("squared") == stem("square"), stem("optimisers"), stem("loss")
        ('stop', True, 'optimizer', 'loss')
    """
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    for pattern, american in _BRITISH:
        word = pattern.sub(american, word)
    if word.endswith("ies") and len(word) > 5:
        word = word[:-3] + "y"
    elif word.endswith("rices"):
        word = word[:-4] + "ix"  # matrices
    elif word.endswith(("sses", "shes", "ches", "xes")):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = _DOUBLE.sub(r"\1", word[: -len(ending)])
            break
    if word.endswith("ation") and len(word) > 7:
        word = word[:-5] + ("" if word.endswith("ization") else "at")  # rotate, rotation; normalize
    return word[:-1] if word.endswith("e") and len(word) > 3 else word
