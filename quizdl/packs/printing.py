"""A pack printed as YAML that reads back as the same pack, in the style that authors are taught."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from quizdl.packs.items import Pack, Text

# What may stand without quotes: begins with a letter, and holds nothing that YAML could take for its own.
_PLAIN = re.compile(r"[^\W\d_][\w.+*/()=-]*( [\w(][\w.+*/()=-]*)*")
_NOT_TEXT = frozenset({"null", "true", "false"})


def print_pack(pack: Pack) -> str:
    """A pack as one YAML file; fields that say the default are left out.

    Returns:
        YAML such that reading it gives an equal pack.

    Example:
        >>> from quizdl.packs.items import Flashcard, PackInfo
        >>> info = PackInfo(id="mini", title=Text(ko="작은 묶음", en="Mini"), version="1.0")
        >>> asked, zero = Text(en="ReLU(-2)?"), Text(ko="0", en="0")
        >>> card = Flashcard(id="relu.zero", concept="relu", front=asked, back=zero)
        >>> print(print_pack(Pack(info=info, items=(card,))))
        pack:
          id: mini
          title:
            ko: 작은 묶음
            en: Mini
          version: '1.0'
        items:
          - id: relu.zero
            kind: flashcard
            concept: relu
            front:
              en: 'ReLU(-2)?'
            back: '0'
        <BLANKLINE>
    """
    sections: dict[str, Any] = {"pack": _plain(pack.info)}
    if pack.concepts:
        sections["concepts"] = [_plain(concept) for concept in pack.concepts]
    if pack.items:
        sections["items"] = [_plain(item) for item in pack.items]
    return "\n".join(_mapping(sections, 0)) + "\n"


def _plain(value: Any) -> Any:
    """A value as mappings, lists and scalars, without what is default."""
    if isinstance(value, Text):
        if value.ko == value.en:
            return value.ko
        return {lang: text for lang, text in (("ko", value.ko), ("en", value.en)) if text}
    if is_dataclass(value):
        result = {}
        for field in fields(value):
            inner = getattr(value, field.name)
            default = field.default if field.default_factory is MISSING else field.default_factory()
            if field.name == "kind" or inner != default:
                result[field.name] = _plain(inner)
        return result
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    return value


def _mapping(value: dict[str, Any], indent: int) -> Iterator[str]:
    for key, inner in value.items():
        yield from _entry(" " * indent + _scalar(key) + ":", inner, indent + 2)


def _sequence(value: list[Any], indent: int) -> Iterator[str]:
    for inner in value:
        if isinstance(inner, dict) and inner:
            first, *rest = _mapping(inner, indent + 2)
            yield " " * indent + "- " + first[indent + 2 :]
            yield from rest
        else:
            yield from _entry(" " * indent + "-", inner, indent + 2)


def _entry(start: str, value: Any, indent: int) -> Iterator[str]:
    if isinstance(value, dict) and value:
        yield start
        yield from _mapping(value, indent)
    elif isinstance(value, list) and any(isinstance(entry, (dict, list)) or _long(entry) for entry in value):
        yield start
        yield from _sequence(value, indent)
    elif isinstance(value, list):
        yield f"{start} [{', '.join(_scalar(entry) for entry in value)}]"
    elif isinstance(value, str) and "\n" in value and value.strip("\n "):
        yield from _block(start, value, indent)
    else:
        yield f"{start} {{}}" if value == {} else f"{start} {_scalar(value)}"


def _long(value: Any) -> bool:
    return isinstance(value, str) and (len(value) > 40 or "\n" in value)


def _block(start: str, text: str, indent: int) -> Iterator[str]:
    """A text of several lines, character for character, after `|`."""
    body = text.rstrip("\n")
    ends = len(text) - len(body)
    chomp = "-" if ends == 0 else "" if ends == 1 else "+"
    # Without a number, YAML takes the indentation from the first line, spaces of the text and all.
    width = "2" if body[0] in " \n" else ""
    yield f"{start} |{width}{chomp}"
    for line in body.split("\n") + [""] * (ends - 1):
        yield " " * indent + line if line else ""


def _scalar(value: str | float) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if _PLAIN.fullmatch(value) and value.lower() not in _NOT_TEXT:
        return value
    if "\n" in value:  # only spaces and line breaks, or a text within a flow list
        escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{escaped}"'
    return "'" + value.replace("'", "''") + "'"
