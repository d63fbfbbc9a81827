"""Declared definitions (`p_i = exp(z_i)/S`, `σ(t) = 1/(1+exp(-t))`) as resolved trees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.symbols import Symbol, Symbols
from quizdl.grading.symbolic.tree import Index, Name, Node, Relation, names
from quizdl.grading.symbolic.unreadable import Unreadable

_HEAD = re.compile(r"\s*\\?(\w+)\s*\(\s*([^()]*)\)\s*")


@dataclass(frozen=True, slots=True)
class Definition:
    """The value of a name through others.

    Args:
        name: what is defined.
        parameters: of a function, its arguments; of a tensor given entry by entry, its indices.
        tree: the resolved value.
        entries: whether `parameters` are indices.
    """

    name: str
    parameters: tuple[str, ...]
    tree: Node
    entries: bool = False


@lru_cache(maxsize=256)
def definitions(symbols: Symbols) -> dict[str, Definition]:
    """The definitions of an item by name; prose and the laws of domains are no definitions.

    Example:
        >>> table = Symbols.read([{"name": "x"}, {"name": "s", "definition": "s = 1/(1+exp(-x))"}])
        >>> definitions(table)["s"].parameters
        ()
    """
    found: dict[str, Definition] = {}
    for symbol in symbols:
        if "=" not in symbol.definition or symbol.domain.name in ("kronecker", "identity"):
            continue
        try:
            made = _function(symbol, symbols) if symbol.kind == "function" else _value(symbol, symbols)
        except Unreadable:
            continue
        if made is not None and made.name not in names(made.tree):
            found[symbol.name] = made
    return found


def _function(symbol: Symbol, symbols: Symbols) -> Definition | None:
    head, _, body = symbol.definition.partition("=")
    match = _HEAD.fullmatch(head)
    if match is None:
        return None
    parameters = tuple(part.strip() for part in match.group(2).split(","))
    if not all(part.isidentifier() for part in parameters):
        return None
    inside = symbols.also([Symbol(part) for part in parameters])
    return Definition(symbol.name, parameters, resolve(parse(body, inside).tree, inside).tree)


def _value(symbol: Symbol, symbols: Symbols) -> Definition | None:
    tree = parse(symbol.definition, symbols).tree
    if not isinstance(tree, Relation) or tree.ops[0] != "=":
        return None
    head, value = tree.items[0], tree.items[-1]
    if head == Name(symbol.name):
        resolved = resolve(value, symbols)
        if resolved.shape.dims != symbol.shape or resolved.free:
            return None
        return Definition(symbol.name, (), resolved.tree)
    if isinstance(head, Index) and head.base == Name(symbol.name):
        indices = tuple(index.name for index in head.indices if isinstance(index, Name))
        resolved = resolve(value, symbols)
        if len(indices) != len(symbol.shape) or resolved.shape.dims:
            return None
        return Definition(symbol.name, indices, resolved.tree, True)
    return None


def is_identity(symbol: Symbol) -> bool:
    """Whether a symbol is an identity matrix (or Kronecker's delta, which is one entry by entry)."""
    return symbol.domain.name in ("identity", "kronecker") or symbol.definition.strip().lower() in (
        "identity",
        "identity matrix",
    )
