"""The syntax tree of an expression: frozen values that know where they stood.

Two trees are equal when they say the same; positions do not count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Node:
    """What all parts of an expression have: their place in the source, from 0."""

    position: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Number(Node):
    """A number without sign; whole numbers are ints."""

    value: int | float


@dataclass(frozen=True, slots=True)
class String(Node):
    """A text, for choices by name."""

    value: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A parameter, a derived value, or a constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Unary(Node):
    """`-x`, `+x`, `not x`, or a percentage `x%` (only in answers of learners)."""

    operator: str
    operand: Tree


@dataclass(frozen=True, slots=True)
class Binary(Node):
    """An operator between two operands: arithmetic, `@`, `and`, `or`."""

    operator: str
    left: Tree
    right: Tree


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A chain of comparisons, `a < b <= c`: as many operators as operands less one."""

    operands: tuple[Tree, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the closed list, applied."""

    name: str
    arguments: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Listing(Node):
    """`[a, b, c]`."""

    entries: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Index(Node):
    """`v[i]`, counted from 0."""

    value: Tree
    index: Tree


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if c then a else b`."""

    condition: Tree
    then: Tree
    otherwise: Tree


Tree: TypeAlias = Number | String | Name | Unary | Binary | Compare | Call | Listing | Index | Conditional


def children(tree: Tree) -> tuple[Tree, ...]:
    """The parts directly below a node."""
    match tree:
        case Unary(_, operand):
            return (operand,)
        case Binary(_, left, right):
            return (left, right)
        case Compare(operands, _):
            return operands
        case Call(_, parts) | Listing(parts):
            return parts
        case Index(value, index):
            return (value, index)
        case Conditional(condition, then, otherwise):
            return (condition, then, otherwise)
    return ()


def walk(tree: Tree) -> Iterator[tuple[Tree, int]]:
    """All nodes with their depth, the root first at depth 1; without recursion."""
    waiting = [(tree, 1)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in children(node)]


def names(tree: Tree) -> set[str]:
    """The names that an expression uses, functions aside."""
    return {node.name for node, _ in walk(tree) if isinstance(node, Name)}
