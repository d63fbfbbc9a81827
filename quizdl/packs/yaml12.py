"""YAML 1.2 (core schema) with a place for every node, and limits that no file can exceed.

PyYAML's loaders speak YAML 1.1, where `no` is false, `1e-6` is text and a second key silently replaces the
first. Here libyaml only splits the text into events; what they mean is decided below. Nothing of PyYAML that
builds Python objects is ever called.

Limits: 2 MiB a file, 32 levels deep, and aliases that repeat at most as much again as a file may hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

import yaml

from quizdl.errors import Problem, Where
from quizdl.packs import core_schema, yaml_errors

try:
    from yaml import CBaseLoader as _Parser
except ImportError:  # PyYAML built without libyaml: the same events, slower
    from yaml import BaseLoader as _Parser  # type: ignore[assignment]

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_DEPTH: Final = 32
_NODE_COST: Final = 8

Place = tuple[int, int]
"""Line and column, both from 1."""

_BREAK = re.compile("\r\n|[\n\r]")
_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = {"str": str, "int": int, "float": float, "bool": bool, "null": type(None)}
_STRUCTURE_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


class Map(dict[str, Any]):
    """A mapping that knows where it, its keys and its values stand."""

    __slots__ = ("at", "keys_at", "values_at")
    at: Place
    keys_at: dict[str, Place]
    values_at: dict[str, Place]


class Seq(list[Any]):
    """A list that knows where it and its entries stand."""

    __slots__ = ("at", "values_at")
    at: Place
    values_at: list[Place]


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: its text, the values in it, and where they stand."""

    file: str
    text: str
    root: Any
    at: Place

    def where(self, place: Place) -> Where:
        """A place of this document as an error reports it."""
        return Where(self.file, *place)

    def lines(self) -> list[str]:
        """The lines of the text, as `where` counts them."""
        return _BREAK.split(self.text)


class RefusedError(Exception):
    """Carries the one problem that makes a file unreadable."""

    def __init__(self, place: Place, message: str, hint: str = "", code: str = "yaml") -> None:
        super().__init__(message)
        self.place, self.message, self.hint, self.code = place, message, hint, code


def load(raw: bytes, file: str) -> tuple[Document | None, list[Problem]]:
    """Read one YAML document.

    Args:
        raw: the bytes of the file, UTF-8.
        file: the name to report errors under.

    Returns:
        The document, or None with at least one problem. Never raises, whatever the bytes are.

    Example:
        >>> document, problems = load(b"answer: no\\nrate: 1e-3", "a.yaml")
        >>> document.root
        {'answer': 'no', 'rate': 0.001}
    """
    if len(raw) > MAX_BYTES:
        message = f"a file must be at most {MAX_BYTES // 1024**2} MiB, received {len(raw):,} bytes"
        return None, [
            Problem(Where(file), message, "split the file; a pack may have any number", code="size")
        ]
    text, problem = yaml_errors.decode(raw, file)
    if problem is not None:
        return None, [problem]
    builder = _Builder(text, file)
    try:
        root, at = builder.document()
    except RefusedError as refused:
        return None, [
            Problem(Where(file, *refused.place), refused.message, refused.hint, code=refused.code),
            *builder.problems,
        ]
    except yaml.YAMLError as error:
        return None, [yaml_errors.explain(error, text, file), *builder.problems]
    if builder.problems:
        return None, builder.problems
    return Document(file, text, root, at), []


class _Builder:
    """Turns the events of one document into values, collecting what is wrong with them."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self._lines = text
        self._parser = _Parser(text)
        self._anchors: dict[str, tuple[Any, int] | None] = {}
        self._cost = 0
        self._repeated = 0

    def document(self) -> tuple[Any, Place]:
        next_event = self._parser.get_event
        next_event()  # the start of the stream
        first = next_event()
        if isinstance(first, yaml.StreamEndEvent):
            return None, (1, 1)
        event = next_event()
        root = self._node(event, 1)
        at = (1, 1) if root is None else _place(event)  # nothing stands nowhere, perhaps past the last line
        next_event()  # the end of the document
        if not isinstance(after := next_event(), yaml.StreamEndEvent):
            raise RefusedError(
                _place(after),
                "a file must hold one YAML document, received a second one",
                "remove the line '---' or move what follows to a file of its own",
                "documents",
            )
        return root, at

    def _problem(self, place: Place, message: str, hint: str = "", code: str = "yaml") -> None:
        if len(self.problems) < 1000:
            self.problems.append(Problem(Where(self.file, *place), message, hint, code=code))

    def _node(self, event: Any, depth: int) -> Any:
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        if depth > MAX_DEPTH:
            raise RefusedError(
                _place(event), f"values must be nested at most {MAX_DEPTH} deep, received more", "", "depth"
            )
        before = self._cost
        if event.anchor is not None:
            self._anchors[event.anchor] = None  # known, but not complete: an alias to it here is a loop
        value: Any
        if isinstance(event, yaml.ScalarEvent):
            value = self._scalar(event)
            self._cost += _NODE_COST + len(event.value)
        elif isinstance(event, yaml.SequenceStartEvent):
            value = self._sequence(event, depth)
            self._cost += _NODE_COST
        else:
            value = self._mapping(event, depth)
            self._cost += _NODE_COST
        if event.anchor is not None:
            self._anchors[event.anchor] = (value, self._cost - before)
        return value

    def _alias(self, event: Any) -> Any:
        if event.anchor not in self._anchors:
            self._problem(
                _place(event),
                f"an alias must name an anchor above it, received *{event.anchor}",
                "quote the value if the star is meant as text",
                "alias",
            )
            return None
        known = self._anchors[event.anchor]
        if known is None:
            raise RefusedError(
                _place(event), f"an alias must not contain itself, received *{event.anchor}", "", "alias"
            )
        value, cost = known
        self._cost += cost
        self._repeated += cost
        if self._repeated > MAX_BYTES:
            raise RefusedError(
                _place(event),
                f"aliases must repeat at most {MAX_BYTES // 1024**2} MiB in all, received more",
                "write the values out",
                "alias",
            )
        return value

    def _sequence(self, event: Any, depth: int) -> Seq:
        self._check_tag(event, "seq")
        seq = Seq()
        seq.at = _place(event)
        seq.values_at = []
        while not isinstance(child := self._parser.get_event(), _STRUCTURE_ENDS):
            seq.values_at.append(_place(child))
            seq.append(self._node(child, depth + 1))
        return seq

    def _mapping(self, event: Any, depth: int) -> Map:
        self._check_tag(event, "map")
        result = Map()
        result.at = _place(event)
        result.keys_at, result.values_at = {}, {}
        while not isinstance(key_event := self._parser.get_event(), _STRUCTURE_ENDS):
            key_at = _place(key_event)
            key = self._key(key_event, self._node(key_event, depth + 1))
            child = self._parser.get_event()
            value_at = _place(child)
            value = self._node(child, depth + 1)
            if key is None:
                continue
            if key in result:
                line, column = result.keys_at[key]
                self._problem(
                    key_at,
                    f"a key must appear once in a mapping, received {key!r} again",
                    f"it stands already at {line}:{column}",
                    "duplicate-key",
                )
                continue
            result[key], result.keys_at[key], result.values_at[key] = value, key_at, value_at
        return result

    def _key(self, event: Any, value: Any) -> str | None:
        if isinstance(value, str) and not (value == "<<" and not getattr(event, "style", None)):
            return value
        if value == "<<":
            message, hint = "a key must be a name, received the merge key '<<'", "YAML 1.2 has no merge keys"
        else:
            message = f"a key must be text, received {yaml_errors.received(value)}"
            hint = f"quote it: '{event.value}'" if isinstance(event, yaml.ScalarEvent) and event.value else ""
        self._problem(_place(event), message, hint, "key")
        return None

    def _check_tag(self, event: Any, name: str) -> None:
        if event.tag not in (None, "!", _CORE + name):
            self._problem(
                _place(event),
                f"a tag must be one of the core schema, received {_tag(event.tag)}",
                "remove the tag, or quote the value if the exclamation mark is meant as text",
                "tag",
            )

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not text.isascii() or not text.isprintable():
            text = self._clean(event, text)
        tag = event.tag
        if tag is None:
            return self._resolve(event, text) if event.implicit[0] else text
        if tag == "!":
            return text
        wanted = _SCALAR_TAGS.get(tag.removeprefix(_CORE)) if tag.startswith(_CORE) else None
        if wanted is None:
            self._check_tag(event, "str")
            return text
        if wanted is str:
            return text
        value = self._resolve(event, text)
        if wanted is float and type(value) is int:
            return float(value)
        if type(value) is not wanted:
            self._problem(
                _place(event), f"a value tagged {_tag(tag)} must be one, received {text[:40]!r}", "", "tag"
            )
        return value

    def _clean(self, event: Any, text: str) -> str:
        text, refused = yaml_errors.clean(text, quoted=event.style == '"')
        if refused is not None:
            self._problem(_place(event), *refused, "character")
        return text

    def _resolve(self, event: Any, text: str) -> Any:
        value = core_schema.resolve(text)
        if type(value) is int and abs(value) >= 2**63:
            self._problem(_place(event), f"a whole number must fit in 64 bits, received {text}", "", "number")
        return value


def _tag(tag: str) -> str:
    return "!!" + tag.removeprefix(_CORE) if tag.startswith(_CORE) else tag[:40]


def _place(event: Any) -> Place:
    mark = event.start_mark
    return mark.line + 1, mark.column + 1
