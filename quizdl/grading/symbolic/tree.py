"""The tree of an expression: frozen values that compare by structure.

The parser keeps what was written (`op` says whether a product was `*`, juxtaposed, `@`, …); `resolve` decides
from the declared shapes what it means. In a resolved tree a `Mul` is either `*` (numbers, or entry by entry)
or `@` (a matrix product), there are no `Bars`, and `Pow` is entry by entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Literal

Product = Literal["", "*", "·", "⊙", "@"]
"""How a product was written: juxtaposed, `*` or ×, a centred dot, ⊙, or `@`."""


@dataclass(frozen=True, slots=True)
class Node:
    """Any part of an expression."""


@dataclass(frozen=True, slots=True)
class Number(Node):
    """An exact rational; `decimal` says that it was written with a point, so it may be rounded."""

    value: Fraction
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """pi, e, inf or nan."""

    name: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A symbol by its canonical name: a declared one, a bound or free index, or a free scalar."""

    name: str


@dataclass(frozen=True, slots=True)
class Index(Node):
    """Entries of a tensor. `x_i` counts from 1; with `python`, a number in `x[0]` counts from 0."""

    base: Node
    indices: tuple[Node, ...]
    python: bool = False


@dataclass(frozen=True, slots=True)
class All(Node):
    """The `:` of `x[:, j]`."""


@dataclass(frozen=True, slots=True)
class NewAxis(Node):
    """The `None` of `x[:, None]`."""


@dataclass(frozen=True, slots=True)
class Add(Node):
    """A sum of two or more terms; a subtracted one is a `Neg`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Neg(Node):
    """Minus something."""

    body: Node


@dataclass(frozen=True, slots=True)
class Mul(Node):
    """A product of two or more factors, all joined the same way."""

    factors: tuple[Node, ...]
    op: Product = "*"


@dataclass(frozen=True, slots=True)
class Div(Node):
    """top / bottom."""

    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Pow(Node):
    """base ^ exponent. `**` on a tensor is entry by entry, `^` on a square matrix is a matrix power."""

    base: Node
    exponent: Node
    op: Literal["^", "**"] = "^"


@dataclass(frozen=True, slots=True)
class Transpose(Node):
    """The transpose."""

    body: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A known function (`functions.CATALOGUE`); `axis` and `keepdims` as in NumPy for those that reduce."""

    function: str
    args: tuple[Node, ...]
    axis: int | None = None
    keepdims: bool = False


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A declared function, or a free one such as f(x), differentiated `primes` times."""

    function: str
    args: tuple[Node, ...]
    primes: int = 0


@dataclass(frozen=True, slots=True)
class BigOp(Node):
    """A sum (or prod, mean, max, min) over an index.

    Without bounds the index runs over its declared range, else over the axis it indexes. `condition`
    restricts it further, as in Σ_{j≠i}.
    """

    op: Literal["sum", "prod", "mean", "max", "min"]
    index: str
    body: Node
    lower: Node | None = None
    upper: Node | None = None
    condition: Node | None = None


@dataclass(frozen=True, slots=True)
class Bars(Node):
    """|x| as written: an absolute value, or a norm when x is a vector; `resolve` decides."""

    body: Node


@dataclass(frozen=True, slots=True)
class Norm(Node):
    """‖x‖ of the order "2" (Frobenius for a matrix), "1", "inf", …; `squared` is never folded in."""

    body: Node
    order: str = "2"


@dataclass(frozen=True, slots=True)
class Delta(Node):
    """Kronecker's δ: 1 where both are equal, else 0."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Indicator(Node):
    """1 where a condition holds, else 0."""

    condition: Node


@dataclass(frozen=True, slots=True)
class Relation(Node):
    """A chain of comparisons: items[0] ops[0] items[1] …, with the ops = ≠ < ≤ > ≥ ≈."""

    items: tuple[Node, ...]
    ops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """and, or, not."""

    op: Literal["and", "or", "not"]
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Piecewise(Node):
    """The value of the first condition that holds, else `otherwise` (undefined without one)."""

    values: tuple[Node, ...]
    conditions: tuple[Node, ...]
    otherwise: Node | None = None


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """The derivative of a body by each of `wrt` in turn (a name, or an entry such as z_j)."""

    body: Node
    wrt: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Gradient(Node):
    """∇ of a body, by a tensor when one is named."""

    body: Node
    wrt: Node | None = None


@dataclass(frozen=True, slots=True)
class Size(Node):
    """The length of an axis (`X.shape[0]`, `len(y)`), or the number of entries (`x.size`, axis None)."""

    body: Node
    axis: int | None = None


@dataclass(frozen=True, slots=True)
class Array(Node):
    """A vector (or, of vectors, a matrix) written out: [a, b]."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Label(Node):
    """What the left side of an equation names without being declared: the L′ of `L' = …`."""

    text: str


def children(node: Node) -> Iterator[Node]:
    """The parts directly below a node, left to right.

    Example:
        >>> [child.name for child in children(Add((Name("a"), Name("b"))))]
        ['a', 'b']
    """
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            for item in value:
                if isinstance(item, Node):
                    yield item


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, parents first.

    Example:
        >>> sum(1 for _ in walk(Neg(Name("a"))))
        2
    """
    stack = [node]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(list(children(node))))


def depth(node: Node) -> int:
    """How many levels a tree has.

    Example:
        >>> depth(Neg(Name("a")))
        2
    """
    level, deepest = [node], 0
    while level:
        deepest += 1
        level = [child for parent in level for child in children(parent)]
    return deepest


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` applied to each part directly below it; the node itself if nothing changed.

    Example:
        >>> rebuild(Neg(Name("a")), lambda part: Name("b"))
        Neg(body=Name(name='b'))
    """
    values: list[object] = []
    changed = False
    for field in fields(node):
        value = getattr(node, field.name)
        new: object = value
        if isinstance(value, Node):
            new = change(value)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            new = tuple(change(item) for item in value)
        changed = changed or (new is not value and new != value)
        values.append(new)
    return type(node)(*values) if changed else node


def substitute(node: Node, table: dict[str, Node]) -> Node:
    """The node with names replaced; an index bound by a sum inside is left alone.

    Example:
        >>> substitute(Neg(Name("a")), {"a": Name("b")})
        Neg(body=Name(name='b'))
    """
    if isinstance(node, Name):
        return table.get(node.name, node)
    if isinstance(node, BigOp) and node.index in table:
        table = {name: value for name, value in table.items() if name != node.index}
    return rebuild(node, lambda part: substitute(part, table))


def names(node: Node) -> set[str]:
    """Every name that occurs free in a node (an index bound by a sum is not free).

    Example:
        >>> sorted(names(BigOp("sum", "k", Index(Name("p"), (Name("k"),)))))
        ['p']
    """
    if isinstance(node, Name):
        return {node.name}
    found: set[str] = set()
    if isinstance(node, BigOp):
        for part in (node.body, node.condition):
            found |= names(part) if part is not None else set()
        found.discard(node.index)
        for part in (node.lower, node.upper):
            found |= names(part) if part is not None else set()
        return found
    for part in children(node):
        found |= names(part)
    return found


def number(value: int | Fraction) -> Number:
    """A whole or rational number as a node.

    Example:
        >>> number(2)
        Number(value=Fraction(2, 1), decimal=False)
    """
    return Number(Fraction(value))
