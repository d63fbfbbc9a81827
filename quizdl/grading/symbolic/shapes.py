"""Shapes: tuples of sizes by name or number, how they combine, and what to say when they do not.

A vector has one axis, as in NumPy. It stands for a column; a transposed one remembers that it is a row, so
that `uᵀ v` is a number and `u uᵀ` a matrix. Where a learner writes `y @ X` with a one-axis y, the only
product that exists is taken.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizdl.grading.symbolic.symbols import Extent
from quizdl.grading.symbolic.unreadable import Unreadable

UNKNOWN = "?"
"""The length of an axis that no declaration gives."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The axes of a value.

    Args:
        dims: the length of each axis.
        row: whether a value with one axis lies down (it was transposed).

    Example:
        >>> str(Shape(("n", "d"))), str(Shape()), str(Shape(("d",), row=True))
        ('n×d', 'a number', '1×d')
    """

    dims: tuple[Extent, ...] = ()
    row: bool = False

    @property
    def rank(self) -> int:
        """How many axes."""
        return len(self.dims)

    def __str__(self) -> str:
        if not self.dims:
            return "a number"
        if self.rank == 1:
            return f"1×{self.dims[0]}" if self.row else f"a vector of length {self.dims[0]}"
        return "×".join(map(str, self.dims))


SCALAR = Shape()


def mismatch(what: str, left: Shape, right: Shape) -> Unreadable:
    """The error that two shapes do not fit.

    Example:
        >>> print(mismatch("multiplied", Shape(("n", "d")), Shape(("n",))).message)
        n×d and a vector of length n cannot be multiplied
    """
    return Unreadable(
        f"{left} and {right} cannot be {what}",
        0,
        "check which of them must be transposed, or whether a factor is missing",
        reason="shape",
        params={"left": str(left), "right": str(right), "what": what},
    )


def same(left: Extent, right: Extent) -> bool:
    """Whether two lengths may be equal."""
    return left == right or UNKNOWN in (left, right)


def broadcast(what: str, *shapes: Shape) -> Shape:
    """The shape of an operation entry by entry: axes align at the end, an axis of length 1 stretches.

    Raises:
        Unreadable: they do not fit.

    Example:
        >>> broadcast("added", Shape(("n", "d")), Shape(("d",)), Shape()).dims
        ('n', 'd')
    """
    result = shapes[0]
    for shape in shapes[1:]:
        result = _pair(what, result, shape)
    return result


def _pair(what: str, left: Shape, right: Shape) -> Shape:
    if not right.dims or left.dims == right.dims:
        return Shape(left.dims, left.row and (right.row or not right.dims))
    if not left.dims:
        return right
    rank = max(left.rank, right.rank)
    a: tuple[Extent, ...] = (1,) * (rank - left.rank) + left.dims
    b: tuple[Extent, ...] = (1,) * (rank - right.rank) + right.dims
    dims: list[Extent] = []
    for x, y in zip(a, b, strict=True):
        if x == 1:
            dims.append(y)
        elif y == 1 or same(x, y):
            dims.append(x if x != UNKNOWN else y)
        else:
            raise mismatch(what, left, right)
    return Shape(tuple(dims))
