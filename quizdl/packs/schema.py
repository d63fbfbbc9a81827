"""From YAML values to a validated pack: every error at once, each at its place in the files.

This is the only module that imports pydantic (105 ms), so it is imported only when YAML must be read.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final, cast

from pydantic import Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as pydantic_dataclass

from quizdl.errors import Problem, Where
from quizdl.nearest import nearest
from quizdl.packs.items import KINDS, AnyItem, Concept, Pack, PackInfo, Text
from quizdl.packs.positions import Positions
from quizdl.packs.schema_errors import explain
from quizdl.packs.yaml12 import Document, Map, Seq
from quizdl.packs.yaml_errors import received

MAX_PROBLEMS: Final = 1000
MAX_CONCEPTS: Final = 5_000
MAX_ITEMS: Final = 50_000
SCHEMA_ID: Final = "https://json-schema.org/draft/2020-12/schema"
_SECTIONS = ("pack", "concepts", "items")


@dataclass(frozen=True, slots=True)
class Validated:
    """What came of validating the documents of a pack.

    Attributes:
        parts: all concepts and items that are valid, whatever else is wrong; lints can look at them.
        complete: whether the parts are the whole pack.
        concepts_complete: whether they have all concepts, so that what is not there is unknown.
        problems: everything that is wrong.
        positions: where the parts stand.
    """

    parts: Pack
    complete: bool
    concepts_complete: bool
    problems: list[Problem]
    positions: Positions


def validate(documents: Sequence[Document], problems: Sequence[Problem] = ()) -> Validated:
    """Validate the documents of one pack together.

    Args:
        documents: what `yaml12.load` read, in the order of the files.
        problems: what is already known to be wrong with files that could not be read.
    """
    reading = _Reading(list(problems))
    for document in documents:
        reading.read(document)
    if reading.info is None and not reading.problems:
        where = documents[0].where((1, 1)) if documents else Where("")
        reading.add(where, "a pack must say what it is, received no key 'pack'", _PACK_HINT)
    limits: tuple[tuple[str, list[Any], int], ...] = (
        ("concepts", reading.concepts, MAX_CONCEPTS),
        ("items", reading.items, MAX_ITEMS),
    )
    for what, parts, most in limits:
        if len(parts) > most:
            message = f"a pack must have at most {most:,} {what}, received {len(parts):,}"
            reading.add(documents[0].where((1, 1)), message, "split the pack", "size")
            del parts[most:]
            reading.concepts_complete = False
    info = reading.info or PackInfo(id="unnamed", title=Text(en="unnamed"), version="0")
    pack = Pack(info=info, concepts=tuple(reading.concepts), items=tuple(reading.items))
    found = reading.problems
    return Validated(pack, not found, reading.concepts_complete, found, reading.positions)


_PACK_HINT = "pack.yaml says it, with the keys id, title and version below 'pack:'"


class _Reading:
    """The parts of a pack as they are found, and what is wrong with them."""

    def __init__(self, problems: list[Problem]) -> None:
        self.info: PackInfo | None = None
        self.concepts: list[Concept] = []
        self.items: list[AnyItem] = []
        self.problems = problems
        self.concepts_complete = not problems  # a file that cannot be read may hold some
        self.positions = Positions()

    def add(self, where: Where, message: str, hint: str = "", code: str = "schema") -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(where, message, hint, code=code))

    def read(self, document: Document) -> None:
        root = document.root
        before = len(self.problems)
        if not isinstance(root, Map):
            self.concepts_complete = False
            self.add(
                document.where(document.at),
                f"a pack file must be a mapping with {_either(_SECTIONS)}, received {received(root)}",
            )
            return
        for key in root:
            if key not in _SECTIONS:
                near = nearest(key, _SECTIONS)
                hint = f"did you mean {near!r}?" if near else "items go below the key 'items'"
                message = f"a key of a pack file must be {_either(_SECTIONS)}, received {key!r}"
                self.add(document.where(root.keys_at[key]), message, hint)
        for node in self._entries(document, root, "concepts"):
            concept = self._validated(document, Concept, node, "concept")
            if concept is not None:
                self.positions.add_concept(concept.id, document, node)
                self.concepts.append(concept)
        self.concepts_complete &= before == len(self.problems) < MAX_PROBLEMS
        if "pack" in root:
            self._pack(document, root["pack"], root)
        for node in self._entries(document, root, "items"):
            if (kind := self._kind(document, node)) is not None:
                item = self._validated(document, kind, node, "item")
                if item is not None:
                    self.positions.add_item(item.id, document, node)
                    self.items.append(item)

    def _pack(self, document: Document, node: Any, root: Map) -> None:
        where = document.where(root.keys_at["pack"])
        if self.info is not None:
            message = "a pack must say what it is once, received 'pack' again"
            self.add(where, message, f"it stands already at {self.positions.pack_at}")
            return
        if not isinstance(node, Map):
            message = f"'pack' must be a mapping, received {received(node)}"
            self.add(document.where(root.values_at["pack"]), message, _PACK_HINT)
            return
        self.positions.pack_at = where
        self.info = self._validated(document, PackInfo, node, "pack")

    def _entries(self, document: Document, root: Map, section: str) -> Iterator[Map]:
        nodes = root.get(section, ())
        if section in root and not isinstance(nodes, Seq):
            message = f"{section!r} must be a list, received {received(nodes)}"
            self.add(document.where(root.values_at[section]), message, "begin each entry with '- id: …'")
            return
        for at, node in enumerate(nodes):
            if len(self.problems) >= MAX_PROBLEMS:
                return
            if isinstance(node, Map):
                yield node
            else:
                message = f"{section}[{at}] must be a mapping, received {received(node)}"
                self.add(document.where(nodes.values_at[at]), message, "begin it with 'id: …'")

    def _kind(self, document: Document, node: Map) -> type[AnyItem] | None:
        kind = node.get("kind")
        if isinstance(kind, str) and kind in KINDS:
            return KINDS[kind]
        if "kind" not in node:
            near = next((key for key in node if nearest(key, ["kind"])), None)
            hint = f"did you write {near!r} for 'kind'?" if near else f"the kinds are {_either(KINDS)}"
            self.add(document.where(node.at), "an item must have the key 'kind', received none", hint)
            return None
        near = nearest(kind, KINDS) if isinstance(kind, str) else None
        message = f"the kind of an item must be {_either(KINDS)}, received {received(kind)}"
        self.add(document.where(node.values_at["kind"]), message, f"did you mean {near!r}?" if near else "")
        return None

    def _validated(self, document: Document, of: type[Any], node: Map, what: str) -> Any:
        try:
            return _adapter(cast("Hashable", of)).validate_python(node)
        except ValidationError as error:
            for problem in explain(error, of, node, document, what):
                if len(self.problems) >= MAX_PROBLEMS:
                    break
                self.problems.append(problem)
            return None


@cache
def _adapter(of: Any) -> TypeAdapter[Any]:
    return TypeAdapter(of)


def _either(names: Iterable[str]) -> str:
    *rest, last = map(repr, names)
    return f"{', '.join(rest)} or {last}" if rest else last


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a pack file, for editors; generated from the dataclasses of `items`."""

    @pydantic_dataclass(config={"extra": "forbid", "title": "quizdl pack"}, kw_only=True)
    class PackFile:
        """A file of a quizdl pack: what the pack is (in one of its files), concepts, and items."""

        pack: Annotated[PackInfo, Field(description="What the pack is; once in a pack.")]
        concepts: Annotated[Sequence[Concept], Field(description="The concepts that items are about.")]
        items: Annotated[
            Sequence[Annotated[AnyItem, Field(discriminator="kind")]],
            Field(description="What is asked about the concepts."),
        ]

    schema = TypeAdapter(PackFile).json_schema()
    del schema["required"]  # each file has what it has
    for definition in schema["$defs"].values():
        if "const" in definition["properties"].get("kind", ()):  # an item; symbols have a kind too
            definition["required"].append("kind")
    return {"$schema": SCHEMA_ID, **_tidied(schema)}


def _tidied(node: Any) -> Any:
    """A schema without what helps no author: defaults that say nothing, null, titles, and our examples."""
    if isinstance(node, list):
        return [_tidied(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    if any(entry == {"type": "null"} for entry in node.get("anyOf", ())):
        kept, *others = (entry for entry in node["anyOf"] if entry != {"type": "null"})
        assert not others, "an optional field has one type"
        node = {**{key: value for key, value in node.items() if key != "anyOf"}, "allOf": [kept]}
    if isinstance(node.get("description"), str):
        node = {**node, "description": node["description"].partition("\n")[0]}
    empty: tuple[object, ...] = ("", None, [], {}, {"ko": "", "en": ""})
    return {
        key: _tidied(value)
        for key, value in node.items()
        if not (key == "default" and value in empty) and not (key == "title" and isinstance(value, str))
    }
