"""What the products of a tree mean, by the declared shapes; which shape comes out; which indices are free.

A resolved tree has only these products: `Mul` with `*` (entry by entry, numbers included), `Mul` with `@`
(matrix·matrix, matrix·vector, vector·matrix), and the calls `inner` and `outer` of two vectors. Vectors are
never transposed in it, bars are `abs` or `Norm`, `^-1` of a matrix is `inv`, and every sum has both limits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from quizdl.grading.symbolic.products import IDENTITY, Products
from quizdl.grading.symbolic.shapes import SCALAR, UNKNOWN, Shape, broadcast
from quizdl.grading.symbolic.symbols import OPEN, Extent, Symbols
from quizdl.grading.symbolic.tree import (
    Add,
    All,
    Apply,
    Array,
    Bars,
    BigOp,
    Call,
    Constant,
    Delta,
    Derivative,
    Div,
    Gradient,
    Index,
    Indicator,
    Label,
    Logic,
    Mul,
    Name,
    Neg,
    NewAxis,
    Node,
    Norm,
    Number,
    Piecewise,
    Pow,
    Relation,
    Size,
    Transpose,
    number,
    rebuild,
    walk,
)
from quizdl.grading.symbolic.unreadable import Unreadable

Typed = tuple[Node, Shape]


@dataclass(frozen=True, slots=True)
class Choices:
    """How what shapes leave open is read.

    Args:
        star: `*` of a matrix: "entry" by entry as in NumPy, or a "matmul" as on paper.
        dot: `u·v` of two vectors: their "inner" product, or "entry" by entry.
        bars: `|v|` of a vector: its "norm", or "entry" by entry.
    """

    star: Literal["entry", "matmul"] = "entry"
    dot: Literal["inner", "entry"] = "inner"
    bars: Literal["norm", "entry"] = "norm"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A tree whose every product is decided.

    Args:
        tree: the resolved tree.
        shape: what comes out.
        free: the indices that are free in it, with the size each runs up to, in the order of their names.
    """

    tree: Node
    shape: Shape
    free: tuple[tuple[str, Extent], ...]


def resolve(tree: Node, symbols: Symbols = OPEN, choices: Choices | None = None) -> Resolved:
    """Decides the products of a tree and its shape.

    Args:
        tree: as parsed.
        symbols: the declared shapes.
        choices: how to read what shapes leave open; by default as the notation suggests.

    Raises:
        Unreadable: with reason `shape` when two shapes do not fit, `index` when a sum has no range.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> table = Symbols.read([{"name": "X", "kind": "matrix", "shape": ["n", "d"]},
        ...                       {"name": "y", "kind": "vector", "shape": ["n"]}])
        >>> resolve(parse("X^T y", table).tree, table).shape.dims
        ('d',)
    """
    if choices is None:
        choices = suggested(tree)
    resolver = Resolver(symbols, choices)
    node, shape = resolver.typed(tree)
    if any(part == IDENTITY for part in walk(node)):
        raise Unreadable("the size of I is not known here", 0, "write np.eye(n)", reason="shape")
    return Resolved(node, shape, tuple(sorted(resolver.free.items())))


def suggested(tree: Node) -> Choices:
    """The choices that the notation of a tree suggests: with an `@` in it, `*` is NumPy's."""
    numpy = any(isinstance(node, Mul) and node.op == "@" for node in walk(tree))
    inside = any(
        isinstance(node, Call)
        and node.function in ("mean", "sum", "amax", "amin")
        and _has_bars(node.args[0])
        for node in walk(tree)
    )
    return Choices("entry" if numpy else "matmul", "inner", "entry" if inside else "norm")


def alternatives(tree: Node, symbols: Symbols = OPEN) -> list[Resolved]:
    """Every reading that fits, the suggested one first; an empty list is never returned.

    Raises:
        Unreadable: none fits; the error of the suggested reading.
    """
    first = suggested(tree)
    found: list[Resolved] = []
    error: Unreadable | None = None
    dots = any(isinstance(node, Mul) and node.op == "·" for node in walk(tree))
    stars = any(isinstance(node, Mul) and node.op == "*" for node in walk(tree))
    for star in _both(first.star, ("entry", "matmul"), stars):
        for dot in _both(first.dot, ("inner", "entry"), dots):
            for bars in _both(first.bars, ("norm", "entry"), _has_bars(tree)):
                try:
                    one = resolve(tree, symbols, Choices(star, dot, bars))  # type: ignore[arg-type]
                except Unreadable as failure:
                    error = error or failure
                    continue
                if one not in found:
                    found.append(one)
    if not found:
        assert error is not None
        raise error
    return found


def _both(first: str, every: tuple[str, ...], matters: bool) -> list[str]:
    return [first, *(other for other in every if other != first and matters)]


def _has_bars(tree: Node) -> bool:
    return any(isinstance(node, Bars) for node in walk(tree))


class Resolver(Products):
    """Walks a tree once, bottom up, with the shape of every part."""

    def __init__(self, symbols: Symbols, choices: Choices) -> None:
        self.symbols = symbols
        self.choices = choices
        self.free: dict[str, Extent] = {}
        self.bound: dict[str, Extent] = {}

    def typed(self, node: Node) -> Typed:
        """A node resolved, with its shape."""
        if isinstance(node, (Number, Constant)):
            return node, SCALAR
        if isinstance(node, Name):
            return self._name(node)
        if isinstance(node, Index):
            return self._index(node)
        if isinstance(node, Neg):
            body, shape = self.typed(node.body)
            return Neg(body), shape
        if isinstance(node, Add):
            parts = [self.typed(term) for term in node.terms]
            total = broadcast("added", *(shape for _, shape in parts))
            return Add(tuple(self.filled(part, shape, total) for part, shape in parts)), total
        if isinstance(node, Mul):
            return self.multiply(node)
        if isinstance(node, Div):
            (top, a), (bottom, b) = self.typed(node.top), self.typed(node.bottom)
            return Div(top, bottom), broadcast("divided", a, b)
        if isinstance(node, Pow):
            return self.power(node)
        if isinstance(node, Transpose):
            return self.transpose(node)
        if isinstance(node, Call):
            return self.call(node)
        if isinstance(node, Apply):
            parts = [self.typed(arg) for arg in node.args]
            return replace(node, args=tuple(part for part, _ in parts)), broadcast(
                "combined", *(shape for _, shape in parts)
            )
        if isinstance(node, BigOp):
            return self._big(node)
        return self._rest(node)

    def _rest(self, node: Node) -> Typed:
        if isinstance(node, Bars):
            return self._bars(node)
        if isinstance(node, Norm):
            body, shape = self.typed(node.body)
            return (Norm(body, node.order) if shape.dims else Call("abs", (body,))), SCALAR
        if isinstance(node, Size):
            return self._size(node)
        if isinstance(node, (Delta, Indicator, Relation, Logic, Piecewise)):
            found: list[Shape] = []

            def part(child: Node) -> Node:
                inner, shape = self.typed(child)
                found.append(shape)
                return inner

            made = self._parts(node, part)
            return made, broadcast("compared", *found)
        if isinstance(node, (Derivative, Gradient)):
            return self._derivative(node)
        if isinstance(node, Array):
            parts = [self.typed(item) for item in node.items]
            shape = broadcast("listed", *(inner for _, inner in parts))
            return Array(tuple(item for item, _ in parts)), Shape((len(parts), *shape.dims))
        if isinstance(node, Label):
            raise Unreadable(f"{node.text!r} is no expression", 0, reason="name")
        raise Unreadable("this cannot stand here", 0)

    def _parts(self, node: Node, part: object) -> Node:
        if isinstance(node, Piecewise):
            read = part  # the order of the parts is that of the fields
            return Piecewise(
                tuple(read(value) for value in node.values),  # type: ignore[operator]
                tuple(read(condition) for condition in node.conditions),  # type: ignore[operator]
                None if node.otherwise is None else read(node.otherwise),  # type: ignore[operator]
            )
        return rebuild(node, part)  # type: ignore[arg-type]

    # -- names and indices -------------------------------------------------------------------------------

    def _name(self, node: Name) -> Typed:
        if node.name in self.bound:
            return node, SCALAR
        symbol = self.symbols.get(node.name)
        if symbol is None:
            return node, SCALAR
        if symbol.kind == "index":
            self.free.setdefault(node.name, symbol.range or UNKNOWN)
            return node, SCALAR
        return node, Shape(symbol.shape)

    def _index(self, node: Index) -> Typed:
        base, shape = self.typed(node.base)
        axes = sum(not isinstance(index, NewAxis) for index in node.indices)
        if not shape.dims and isinstance(base, Name) and self.symbols.open and base.name not in self.symbols:
            shape = Shape((UNKNOWN,) * axes)
        if axes > shape.rank:
            raise Unreadable("there are more indices than axes", 0, reason="index")
        dims = list(shape.dims)
        kept: list[Extent] = []
        indices: list[Node] = []
        for index in node.indices:
            if isinstance(index, NewAxis):
                kept.append(1)
                indices.append(index)
            elif isinstance(index, All):
                kept.append(dims.pop(0))
                indices.append(index)
            else:
                indices.append(self._at(index, dims.pop(0), node.python))
        row = (
            shape.rank == 2 and not isinstance(node.indices[0], (All, NewAxis)) and len(kept) + len(dims) == 1
        )
        return Index(base, tuple(indices), node.python), Shape((*kept, *dims), row)

    def _at(self, index: Node, extent: Extent, python: bool) -> Node:
        """An index on an axis; the axis tells how far the index runs."""
        if isinstance(index, Name):
            name = index.name
            if name in self.bound:
                if self.bound[name] == UNKNOWN:
                    self.bound[name] = extent
                return index
            symbol = self.symbols.get(name)
            if symbol is None or symbol.kind == "index":
                known = self.free.get(name, UNKNOWN)
                if known == UNKNOWN or (symbol is not None and known == symbol.range):
                    self.free[name] = extent
                return index
        inner, shape = self.typed(index)
        if shape.dims:
            raise Unreadable("an index must be a number", 0, reason="index")
        return inner

    def _big(self, node: BigOp) -> Typed:
        lower = None if node.lower is None else self.typed(node.lower)[0]
        upper = None if node.upper is None else self.typed(node.upper)[0]
        before = self.bound.get(node.index)
        self.bound[node.index] = UNKNOWN
        body, shape = self.typed(node.body)
        condition = None if node.condition is None else self.typed(node.condition)[0]
        extent = self.bound.pop(node.index)
        if before is not None:
            self.bound[node.index] = before
        if extent == UNKNOWN:
            symbol = self.symbols.get(node.index)
            extent = (symbol.range if symbol is not None else "") or UNKNOWN
        if upper is None:
            if extent == UNKNOWN:
                raise Unreadable(
                    f"how far {node.index} runs is not known",
                    0,
                    f"write sum_{{{node.index}=1}}^n",
                    reason="index",
                )
            upper = extent_node(extent)
        return BigOp(node.op, node.index, body, lower or number(1), upper, condition), shape

    # -- the rest --------------------------------------------------------------------------------------------

    def _bars(self, node: Bars) -> Typed:
        body, shape = self.typed(node.body)
        if shape.rank == 1 and self.choices.bars == "norm":
            return Norm(body), SCALAR
        return Call("abs", (body,)), shape

    def _size(self, node: Size) -> Typed:
        _, shape = self.typed(node.body)
        if node.axis is None:
            sizes = tuple(extent_node(extent) for extent in shape.dims)
            return (sizes[0] if len(sizes) == 1 else Mul(sizes) if sizes else number(1)), SCALAR
        if node.axis >= shape.rank:
            raise Unreadable("there is no such axis", 0, reason="shape")
        return extent_node(shape.dims[node.axis]), SCALAR

    def _derivative(self, node: Derivative | Gradient) -> Typed:
        if isinstance(node, Gradient):
            if node.wrt is None:
                raise Unreadable("∇ must name what it is taken by", 0, "as in ∇_x f", reason="operand")
            node = Derivative(node.body, (node.wrt,))
        body, shape = self.typed(node.body)
        wrt: list[Node] = []
        dims = list(shape.dims)
        for name in node.wrt:
            inner, inner_shape = self.typed(name)
            wrt.append(inner)
            dims.extend(inner_shape.dims)
        return Derivative(body, tuple(wrt)), Shape(tuple(dims))


def extent_node(extent: Extent) -> Node:
    """The length of an axis as a node."""
    if extent == UNKNOWN:
        raise Unreadable("the length of this axis is not known", 0, reason="shape")
    return number(extent) if isinstance(extent, int) else Name(extent)
