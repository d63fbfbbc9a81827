"""Products, powers, transposes and functions, decided by shapes."""

from __future__ import annotations

from fractions import Fraction

from quizdl.grading.symbolic.functions import CATALOGUE
from quizdl.grading.symbolic.shapes import SCALAR, UNKNOWN, Shape, broadcast, mismatch, same
from quizdl.grading.symbolic.symbols import Extent, Symbols
from quizdl.grading.symbolic.tree import (
    All,
    BigOp,
    Call,
    Div,
    Index,
    Mul,
    Name,
    Neg,
    NewAxis,
    Node,
    Number,
    Pow,
    Size,
    Transpose,
    number,
    rebuild,
    walk,
)
from quizdl.grading.symbolic.unreadable import Unreadable

MAX_FACTORS = 60
_REDUCED = {"sum": "sum", "prod": "prod", "mean": "mean", "amax": "max", "amin": "min"}
Typed = tuple[Node, Shape]
_ALL, _NEW = All(), NewAxis()
IDENTITY = Call("eye", ())
"""An identity matrix whose size only its place tells."""


class Products:
    """The part of the resolver that knows linear algebra."""

    symbols: Symbols
    free: dict[str, Extent]
    bound: dict[str, Extent]

    def typed(self, node: Node) -> Typed:
        """A node resolved, with its shape; `resolve` has it."""
        raise NotImplementedError

    def choice(self, name: str) -> str:
        """A choice by its name."""
        value: str = getattr(getattr(self, "choices"), name)  # noqa: B009
        return value

    # -- products ------------------------------------------------------------------------------------------

    def multiply(self, node: Mul) -> Typed:
        """A product: numbers scale, the rest multiplies from left to right."""
        parts = [self.typed(factor) for factor in node.factors]
        scalars = [part for part, shape in parts if not shape.dims]
        tensors = [(part, shape) for part, shape in parts if shape.dims]
        if not tensors:
            return Mul(tuple(scalars)), SCALAR
        if len(tensors) > MAX_FACTORS:
            raise Unreadable("there are too many factors", 0, reason="limit")
        made, shape = tensors[0]
        for other, other_shape in tensors[1:]:
            made, shape = self._two(made, shape, other, other_shape, node.op)
        if scalars:
            made = Mul((*scalars, made))
        return made, shape

    def _two(self, left: Node, a: Shape, right: Node, b: Shape, op: str) -> Typed:
        if not a.dims or not b.dims or op == "⊙":
            return Mul((left, right)), broadcast("multiplied entry by entry", a, b)
        plain = a.rank == b.rank == 1 and a.row == b.row
        if op == "*" and (self.choice("star") == "entry" or plain):
            try:
                return Mul((left, right)), broadcast("multiplied entry by entry", a, b)
            except Unreadable:
                return self._matmul(left, a, right, b)
        if (plain and op == "") or (plain and op == "·" and self.choice("dot") == "entry"):
            return Mul((left, right)), broadcast("multiplied", a, b)
        if op == "*":
            try:
                return self._matmul(left, a, right, b)
            except Unreadable:
                return Mul((left, right)), broadcast("multiplied", a, b)
        return self._matmul(left, a, right, b)

    def _matmul(self, left: Node, a: Shape, right: Node, b: Shape) -> Typed:
        if a.rank == b.rank == 1:
            if not a.row and b.row:
                return Call("outer", (left, right)), Shape((*a.dims, *b.dims))
            if same(a.dims[0], b.dims[0]):
                return Call("inner", (left, right)), SCALAR
            raise mismatch("multiplied", a, b)
        if a.rank > 2 or b.rank > 2:
            raise mismatch("multiplied", a, b)
        if a.rank == 2 and b.rank == 1 and b.row and a.dims[1] == 1:
            return Mul((left, Index(right, (_NEW, _ALL), True)), "@"), Shape((a.dims[0], b.dims[0]))
        if not same(a.dims[-1], b.dims[0]):
            raise mismatch("multiplied", a, b)
        left, a = self._fitted(left, a, b.dims[0])
        right, b = self._fitted(right, b, a.dims[-1])
        product: Node = Mul((left, right), "@")
        if isinstance(left, Mul) and left.op == "@":
            product = Mul((*left.factors, right), "@")
        return product, Shape((*a.dims[:-1], *b.dims[1:]), a.rank == 1)

    def _fitted(self, node: Node, shape: Shape, extent: Extent) -> Typed:
        """A factor whose I takes the size of its neighbour."""
        if shape.rank != 2 or UNKNOWN not in shape.dims:
            return node, shape
        square = Shape((extent, extent))
        return self.filled(node, shape, square), square

    def filled(self, node: Node, shape: Shape, place: Shape) -> Node:
        """A node with the size of every I in it, where its place tells it."""
        if UNKNOWN not in shape.dims or shape.rank != 2 or UNKNOWN in place.dims or place.rank != 2:
            return node
        if not same(place.dims[0], place.dims[1]):
            raise mismatch("added", shape, place)
        size = _extent(place.dims[0])

        def fill(part: Node) -> Node:
            return Call("eye", (size, size)) if part == IDENTITY else rebuild(part, fill)

        return fill(node)

    def transpose(self, node: Transpose) -> Typed:
        """A matrix on its side; a vector only remembers it."""
        body, shape = self.typed(node.body)
        if shape.rank == 0:
            return body, shape
        if shape.rank == 1:
            return body, Shape(shape.dims, not shape.row)
        return Transpose(body), Shape(shape.dims[::-1])

    def power(self, node: Pow) -> Typed:
        """A power: of a square matrix its own, of anything else entry by entry."""
        (base, a), (exponent, b) = self.typed(node.base), self.typed(node.exponent)
        whole = _whole(exponent)
        if a.rank == 2 and whole is not None and node.op == "^":
            if whole < 0 and not same(a.dims[0], a.dims[1]):
                raise Unreadable(
                    f"{a} is not square, so it has no inverse", 0, reason="shape", params={"left": str(a)}
                )
            if same(a.dims[0], a.dims[1]) and abs(whole) <= 16 and whole != 1:
                if whole == 0:
                    return Call("eye", (_extent(a.dims[0]),)), a
                inner = base if whole > 0 else Call("inv", (base,))
                made = inner if abs(whole) == 1 else Mul((inner,) * abs(whole), "@")
                return made, Shape(a.dims)
        return Pow(base, exponent), broadcast("combined", a, b)

    # -- functions -----------------------------------------------------------------------------------------

    def call(self, node: Call) -> Typed:
        """A known function with its arguments."""
        name = node.function
        family = CATALOGUE[name].family
        if node == IDENTITY:
            return node, Shape((UNKNOWN, UNKNOWN))
        if family == "build":
            return self._built(node)
        parts = [self.typed(arg) for arg in node.args]
        args = tuple(part for part, _ in parts)
        shapes = [shape for _, shape in parts]
        first = shapes[0]
        if family == "entry":
            return Call(name, args), broadcast("combined", *shapes)
        if family == "reduce" or name in ("argmax", "argmin"):
            return self._reduced(Call(name, args, node.axis, node.keepdims), first)
        if family == "vector":
            if not first.dims:
                return self._lifted(name, node, args[0])
            return Call(name, args, _axis(node.axis, first)), first
        return self._linear(name, args, shapes)

    def _reduced(self, node: Call, shape: Shape) -> Typed:
        if not shape.dims:
            loose = sorted(self._loose(node.args[0]))
            if len(loose) == 1 and node.function in _REDUCED and node.axis is None:
                extent = self.free.pop(loose[0])
                body = node.args[0]
                return (
                    BigOp(_REDUCED[node.function], loose[0], body, number(1), _extent(extent)),  # type: ignore[arg-type]
                    SCALAR,
                )
            if node.function in _REDUCED:
                return node.args[0], SCALAR
            return node, SCALAR
        if node.axis is None:
            dims: tuple[Extent, ...] = (1,) * shape.rank if node.keepdims else ()
            return node, Shape(dims)
        axis = _axis(node.axis, shape)
        assert axis is not None
        middle: tuple[Extent, ...] = (1,) if node.keepdims else ()
        return Call(node.function, node.args, axis, node.keepdims), Shape(
            shape.dims[:axis] + middle + shape.dims[axis + 1 :]
        )

    def _loose(self, node: Node) -> set[str]:
        """The indices that are free in a node."""
        return {part.name for part in walk(node) if isinstance(part, Name) and part.name in self.free}

    def _lifted(self, name: str, node: Call, arg: Node) -> Typed:
        """softmax(z_i), said loosely for softmax(z)_i."""
        indices = [part.name for part in walk(arg) if isinstance(part, Name)
                   and (part.name in self.free or part.name in self.bound)]  # fmt: skip
        if len(set(indices)) != 1:
            raise Unreadable(f"{name} must be taken of a vector", 0, f"as in {name}(z)_i", reason="shape")
        index = Name(indices[0])

        def lift(part: Node) -> Node:
            if isinstance(part, Index) and part.indices[-1:] == (index,):
                rest = part.indices[:-1]
                return Index(part.base, rest, part.python) if rest else part.base
            return rebuild(part, lift)

        body, shape = self.typed(lift(arg))
        if shape.rank != 1 or any(part == index for part in walk(body)):
            raise Unreadable(f"{name} must be taken of a vector", 0, f"as in {name}(z)_i", reason="shape")
        return Index(Call(name, (body,), 0), (index,)), SCALAR

    def _linear(self, name: str, args: tuple[Node, ...], shapes: list[Shape]) -> Typed:
        first = shapes[0]
        if name in ("inner", "outer"):
            a, b = shapes
            if name == "outer" and a.rank == b.rank == 1:
                return Call("outer", args), Shape((*a.dims, *b.dims))
            if name == "inner" and a.dims and a.rank == b.rank and all(map(same, a.dims, b.dims)):
                return (Call("inner", args) if a.rank == 1 else Call("sum", (Mul(args),))), SCALAR
            if name == "inner" and not a.dims and not b.dims:
                return Mul(args), SCALAR
            raise mismatch("multiplied", a, b)
        if name == "diag":
            if first.rank == 1:
                return Call("diag", args), Shape((first.dims[0], first.dims[0]))
            if first.rank == 2 and same(first.dims[0], first.dims[1]):
                return Call("diag", args), Shape(first.dims[:1])
            raise Unreadable("diag must be taken of a vector or a square matrix", 0, reason="shape")
        if first.rank == 0 and name in ("trace", "det", "inv", "pinv"):
            return (args[0] if name in ("trace", "det") else Div(number(1), args[0])), SCALAR
        if name == "pinv" and first.rank == 2:
            return Call("pinv", args), Shape(first.dims[::-1])
        if first.rank != 2 or not same(first.dims[0], first.dims[1]):
            raise Unreadable(
                f"{name} must be taken of a square matrix, received {first}",
                0,
                reason="shape",
                params={"left": str(first), "what": name},
            )
        if name == "solve":
            if not shapes[1].dims or not same(first.dims[1], shapes[1].dims[0]):
                raise mismatch("solved", first, shapes[1])
            return Call("solve", args), Shape(shapes[1].dims)
        return Call(name, args), first if name == "inv" else SCALAR

    def _built(self, node: Call) -> Typed:
        if node.function in ("ones_like", "zeros_like"):
            _, shape = self.typed(node.args[0])
            name = node.function.removesuffix("_like")
            if not shape.dims:
                return number(int(name == "ones")), SCALAR
            return Call(name, tuple(_extent(extent) for extent in shape.dims)), shape
        if node.function == "one_hot":
            index, _ = self.typed(node.args[0])
            extent = self._length(node.args[1])
            return Call("one_hot", (index, _extent(extent))), Shape((extent,))
        if node.function == "full":
            raise Unreadable("full cannot be read here", 0, "multiply np.ones(n)", reason="name")
        lengths = [
            self._length(arg) for part in node.args for arg in (getattr(part, "items", None) or (part,))
        ]
        if node.function == "eye":
            lengths = lengths * 2 if len(lengths) == 1 else lengths
        return Call(node.function, tuple(_extent(extent) for extent in lengths)), Shape(tuple(lengths))

    def _length(self, node: Node) -> Extent:
        if isinstance(node, Size):
            node = self.typed(node)[0]
        if isinstance(node, Name) and node.name in self.symbols.sizes:
            return node.name
        if isinstance(node, Number) and node.value.denominator == 1 and 1 <= node.value <= 100:
            return int(node.value)
        raise Unreadable("a size must be a name of this question or a small number", 0, reason="shape")


def _axis(axis: int | None, shape: Shape) -> int | None:
    if axis is None:
        return shape.rank - 1
    if not -shape.rank <= axis < shape.rank:
        raise Unreadable(f"{shape} has no axis {axis}", 0, reason="shape")
    return axis % shape.rank


def _whole(node: Node) -> int | None:
    if isinstance(node, Neg):
        inner = _whole(node.body)
        return None if inner is None else -inner
    if isinstance(node, Number) and node.value.denominator == 1 and abs(node.value) < Fraction(1000):
        return int(node.value)
    return None


def _extent(extent: Extent) -> Node:
    if extent == "?":
        raise Unreadable("the length of this axis is not known", 0, reason="shape")
    return number(extent) if isinstance(extent, int) else Name(extent)
