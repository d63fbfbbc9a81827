"""What a plain scalar means in YAML 1.2: the core schema (section 10.3.2 of the specification)."""

from __future__ import annotations

import re

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_SPECIAL = re.compile(r"([-+]?)\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_NUMBER_STARTS = frozenset("+-.0123456789")
_LONGEST = 100
"""No number that a pack needs has more characters; what has is text."""


def resolve(text: str) -> bool | int | float | str | None:
    """The value of a plain scalar: null, a boolean, a number, or the text itself.

    Example:
        >>> [resolve(text) for text in ("no", "~", "0o17", "0x1F", ".5", "1e-6", "1_000")]
        ['no', None, 15, 31, 0.5, 1e-06, '1_000']
    """
    if text in _NULL:
        return None
    if text[0] not in _NUMBER_STARTS:
        return _BOOL.get(text, text)
    if len(text) > _LONGEST:
        return text
    if _INT.fullmatch(text):
        return int(text, 0) if text[:2] in ("0o", "0x") else int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if special := _SPECIAL.fullmatch(text):
        return float(special[1] + "inf") if special[2] else float("nan")
    return text
