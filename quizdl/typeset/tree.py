"""The small tree that LaTeX is read into: values only, no layout."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from quizdl.typeset.symbols import Class


class Symbol(NamedTuple):
    """One symbol or word with its atom class; `limits` says that scripts stand above and below in display."""

    text: str
    kind: Class = "ord"
    limits: bool = False


class Space(NamedTuple):
    """So many empty cells."""

    cells: int


class Row(NamedTuple):
    """Things side by side."""

    items: tuple[Node, ...]


class Fraction(NamedTuple):
    """One thing above another, with a bar or (binomials, \\atop) without."""

    above: Node
    below: Node
    bar: bool = True


class Scripts(NamedTuple):
    """A base with a subscript, a superscript or both; `limits` overrides where they stand."""

    base: Node
    sub: Node | None = None
    sup: Node | None = None
    limits: bool | None = None


class Root(NamedTuple):
    """A root, with a degree when it is not the square root."""

    body: Node
    degree: Node | None = None


class Accent(NamedTuple):
    """A combining mark over a body."""

    mark: str
    body: Node


class Stretch(NamedTuple):
    """A mark as long as its body, above or below it: one character repeated, or corner, stem, corner."""

    mark: str
    above: bool
    body: Node


class Stack(NamedTuple):
    """A base with smaller things over and under it, such as \\overset and labelled arrows."""

    base: Node
    over: Node | None = None
    under: Node | None = None
    kind: Class = "ord"


class Fence(NamedTuple):
    """Delimiters that grow with what they hold; `middles` stand between the parts."""

    left: str
    parts: tuple[Node, ...]
    right: str
    middles: tuple[str, ...] = ()


class Grid(NamedTuple):
    """A matrix, cases or aligned rows; `align` has a letter l, c or r per column (the last one repeats)."""

    rows: tuple[tuple[Node, ...], ...]
    align: str
    gap: int
    """Cells between columns; -1 is "none inside the pairs of aligned, 2 between them"."""


class Boxed(NamedTuple):
    """A frame around a result."""

    body: Node


class Phantom(NamedTuple):
    """The room something takes, left empty."""

    body: Node


Node: TypeAlias = (
    Symbol
    | Space
    | Row
    | Fraction
    | Scripts
    | Root
    | Accent
    | Stretch
    | Stack
    | Fence
    | Grid
    | Boxed
    | Phantom
)

EMPTY = Row(())
