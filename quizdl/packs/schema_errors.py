"""Pydantic's errors in quizdl's words, at the place in the YAML file where each belongs."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import ValidationError

from quizdl.errors import Problem
from quizdl.nearest import nearest
from quizdl.packs.fields import IDENTIFIER, NOT_BLANK, ONE_LINE, Spec
from quizdl.packs.positions import place_of
from quizdl.packs.yaml12 import Document, Map
from quizdl.packs.yaml_errors import received

_TYPES = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "dataclass_type": "a mapping",
}
Loc = tuple[str | int, ...]
_BRANCH = re.compile(r"constrained-(str|int|float)|literal\[.*\]")
"""How pydantic names the types of a union in the place of an error."""


def explain(
    error: ValidationError, of: type[Any], node: Map, document: Document, what: str
) -> Iterator[Problem]:
    """The problems that pydantic found in one node.

    Args:
        error: what pydantic raised.
        of: the dataclass that the node was validated against.
        node: the mapping of the document.
        document: the file it is in.
        what: the word for the node, e.g. "item".
    """
    found = _one_each(error.errors(include_url=False))
    unknown: dict[Loc, set[str]] = {}
    for entry in found:
        if entry["type"] == "unexpected_keyword_argument":
            *above, key = entry["loc"]
            near = nearest(str(key), _keys(of, tuple(above)))
            unknown.setdefault(tuple(above), set()).add(near or "")
    for entry in found:
        loc, kind = tuple(entry["loc"]), entry["type"]
        *above, key = loc
        if kind == "missing" and isinstance(key, str):
            if key in unknown.get(tuple(above), ()):  # written, but misspelt: reported at the misspelt key
                continue
            where = document.where(place_of(node, above))
            hint = _doc(of, tuple(above), key)
            yield Problem(
                where, f"{_named(what, above)} must have the key {key!r}, received none", hint, code=kind
            )
            continue
        if kind == "unexpected_keyword_argument":
            yield _unknown_key(of, node, document, what, loc)
            continue
        if kind == "too_short" and len(entry["input"]) >= entry["ctx"]["min_length"]:
            continue  # an entry failed, which pydantic counts as absent; its own error stands beside
        message, hint = _words(entry)
        named = _named(what, above if kind == "missing" else loc)  # a number missing from a pair
        yield Problem(document.where(place_of(node, loc)), f"{named} must be {message}", hint, code=kind)


def _one_each(found: Any) -> list[Any]:
    """One error for each value that may be of several types: that of the type which came nearest.

    Pydantic tells the error of each type, with the type at the end of the place.
    """
    kept: dict[tuple[Loc, str], Any] = {}
    result: list[Any] = []
    for entry in found:
        loc = tuple(entry["loc"])
        if len(loc) < 2 or not isinstance(loc[-1], str) or not _BRANCH.fullmatch(loc[-1]):
            result.append(entry)
            continue
        entry["loc"] = loc[:-1]
        key = loc[:-1], repr(entry["input"])
        if key not in kept:
            kept[key] = entry
            result.append(entry)
        elif kept[key]["type"] in _TYPES or kept[key]["type"] == "literal_error":
            kept[key].update(entry)
    return result


def _unknown_key(of: type[Any], node: Map, document: Document, what: str, loc: Loc) -> Problem:
    *above, key = loc
    names = _keys(of, tuple(above))
    near = nearest(str(key), names)
    where = document.where(place_of(node, loc, key=True))
    message = f"{_named(what, above)} must not have the key {str(key)!r}"
    return Problem(where, message, f"did you mean {near!r}?" if near else f"it may have {', '.join(names)}",
                   code="unknown-key")  # fmt: skip


def _words(entry: Any) -> tuple[str, str]:
    kind, value, limits = entry["type"], entry["input"], entry.get("ctx", {})
    if kind == "missing":
        return f"a list of 2, received {received(value)}", ""
    if kind == "dataclass_type" and limits["class_name"] == "Text":
        hint = (
            "quote it if it is meant as text"
            if isinstance(value, (bool, int, float))
            else _type_hint(kind, value)
        )
        return f"text, or a mapping with 'ko' and 'en', received {received(value)}", hint
    if wanted := _TYPES.get(kind):
        return f"{wanted}, received {received(value)}", _type_hint(kind, value)
    match kind:
        case "blank":
            return "text in 'ko', 'en' or both, received none", "leave the key out if there is nothing to say"
        case "string_pattern_mismatch" if limits["pattern"] == IDENTIFIER:
            hint = "for example softmax.sum-one"
            return f"lower-case words a-z, 0-9 joined by '.' or '-', received {received(value)}", hint
        case "string_pattern_mismatch" if limits["pattern"] == ONE_LINE:
            return f"text on one line, received {received(value)}", ""
        case "string_pattern_mismatch" if limits["pattern"] == NOT_BLANK:
            return f"an expression such as 'exp(-x)', received {received(value)}", ""
        case "string_pattern_mismatch":
            return f"a name such as 'softmax', received {received(value)}", ""
        case "greater_than_equal":
            return f"at least {limits['ge']}, received {value}", ""
        case "less_than_equal":
            return f"at most {limits['le']}, received {value}", ""
        case "too_short":
            return f"a list of at least {limits['min_length']}, received {received(value)}", ""
        case "too_long":
            return f"a list of at most {limits['max_length']}, received {received(value)}", ""
        case "string_too_long":
            return f"at most {limits['max_length']:,} characters, received {len(value):,}", ""
        case "finite_number":
            return f"a finite number, received {value}", ""
    return f"valid ({entry['msg']}), received {received(value)}", ""


def _type_hint(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, (bool, int, float)):
        return "quote it if it is meant as text"
    if value is None:
        return "leave the key out, or give it a value"
    if kind == "bool_type" and isinstance(value, str):
        return "YAML 1.2 knows only true and false"
    if kind == "dataclass_type" and isinstance(value, list):
        return "give one value, not a list"
    return ""


def _named(what: str, loc: Any) -> str:
    path = ""
    if loc and loc[-1] == "[key]":  # pydantic's mark for the key itself
        return f"the key {loc[-2]!r} in {_named(what, loc[:-2])}"
    for step in loc:
        path += f"[{step}]" if isinstance(step, int) else f".{step}" if path else str(step)
    return path or ("'pack'" if what == "pack" else f"{'an' if what == 'item' else 'a'} {what}")


def _keys(of: type[Any], loc: Loc) -> list[str]:
    inner = _class_at(of, loc)
    return [field.name for field in fields(inner)] if inner is not None else []


def _doc(of: type[Any], loc: Loc, key: str) -> str:
    inner = _class_at(of, loc)
    if inner is None:
        return ""
    marks = getattr(get_type_hints(inner, include_extras=True).get(key), "__metadata__", ())
    return next((f"{key}: {mark.doc}" for mark in reversed(marks) if isinstance(mark, Spec) and mark.doc), "")


def _class_at(of: Any, loc: Loc) -> Any:
    """The dataclass that the value at `loc` must be, or None where it must be something else."""
    of = _bare(of)
    if not loc:
        return of if is_dataclass(of) else None
    step, *rest = loc
    if isinstance(step, int):
        inner = get_args(of)
        return _class_at(inner[0], tuple(rest)) if inner else None
    if is_dataclass(of):
        hint = get_type_hints(of, include_extras=True).get(step)
        return _class_at(hint, tuple(rest)) if hint is not None else None
    if get_origin(of) is dict:
        return _class_at(get_args(of)[1], tuple(rest))
    return None


def _bare(of: Any) -> Any:
    """A type without its marks and without `| None`."""
    while True:
        origin = get_origin(of)
        if origin is Annotated:
            of = get_args(of)[0]
        elif origin in (Union, types.UnionType):
            of = next(arg for arg in get_args(of) if arg is not type(None))
        else:
            return of
