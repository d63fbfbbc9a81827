"""What an answer is indexed by, and how the axes of one fit it.

`p_i − y_i` with a free index i and the vector `p − y` say the same when the question asks for the i-th entry,
and so do `2 Aᵀ(Ax − b)` and its j-th entry when it asks for a vector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from quizdl.grading.symbolic.numeric import Values, evaluate, evaluate_exactly
from quizdl.grading.symbolic.resolve import Resolved
from quizdl.grading.symbolic.shapes import UNKNOWN
from quizdl.grading.symbolic.symbols import Extent, Symbols
from quizdl.grading.symbolic.tree import Name, Node, Transpose, substitute, walk

Array = Any


@dataclass(frozen=True, slots=True)
class Layout:
    """The axes of the right answer.

    Args:
        free: the indices that the answer is for, each with its range.
        dims: the axes of the answer itself.
        entry: indices that may stand for the axes of the answer instead.
    """

    free: tuple[tuple[str, Extent], ...] = ()
    dims: tuple[Extent, ...] = ()
    entry: tuple[str, ...] = ()

    @property
    def axes(self) -> tuple[Extent, ...]:
        """The lengths of all axes, those of the indices first."""
        return (*(extent for _, extent in self.free), *self.dims)

    @property
    def names(self) -> tuple[str, ...]:
        """The free indices."""
        return tuple(name for name, _ in self.free)

    @classmethod
    def of(
        cls, reference: Resolved, symbols: Symbols, free: Sequence[str] = (), entry: Sequence[str] = ()
    ) -> Layout:
        """The layout of a right answer.

        Args:
            reference: the right answer.
            symbols: the declarations.
            free: the indices that the question asks for; by default those of the answer.
            entry: indices that may stand for axes.
        """
        known = dict(reference.free)
        wanted = list(free) or list(known)
        for name in known:
            if name not in wanted:
                wanted.append(name)
        dims = reference.shape.dims
        tensor = bool(free) and not known and len(dims) >= len(free)
        extents: list[tuple[str, Extent]] = []
        for place, name in enumerate(wanted):
            symbol = symbols.get(name)
            extent = known.get(name) or (dims[place] if tensor else "") or (symbol.range if symbol else "")
            extents.append((name, extent or UNKNOWN))
        return cls(tuple(extents), dims[len(wanted) :] if tensor else dims, tuple(entry))


@dataclass(frozen=True, slots=True)
class Fitted:
    """An expression whose axes fit a layout.

    Args:
        resolved: the expression.
        indices: the indices that become its first axes, in order.
        order: where each of its axes goes in the layout.
        squeeze: axes of length 1 that are dropped from the value.
        row: whether it is a vector that was laid down where an upright one was asked for.
    """

    resolved: Resolved
    indices: tuple[str, ...]
    order: tuple[int, ...]
    squeeze: tuple[int, ...] = ()
    row: bool = False


def fit(resolved: Resolved, layout: Layout) -> Fitted | None:
    """How the axes of an expression fit a layout, or None when they do not.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> from quizdl.grading.symbolic.resolve import resolve
        >>> table = Symbols.read([{"name": "p", "kind": "vector", "shape": ["K"]},
        ...                       {"name": "i", "kind": "index", "range": "K"}])
        >>> asked = Layout.of(resolve(parse("p_i", table).tree, table), table, ["i"])
        >>> fit(resolve(parse("2p", table).tree, table), asked).order
        (0,)
        >>> fit(resolve(parse("sum(p)", table).tree, table), asked).order
        (0,)
    """
    free = dict(resolved.free)
    dims = resolved.shape.dims
    squeeze: tuple[int, ...] = ()
    if 1 in dims and 1 not in layout.axes and len(dims) > len(layout.dims):
        squeeze = tuple(place for place, extent in enumerate(dims) if extent == 1)
        dims = tuple(extent for extent in dims if extent != 1)
    names = layout.names
    if set(free) <= set(names):
        missing = [place for place, name in enumerate(names) if name not in free]
        own = len(dims) - len(layout.dims)
        rest = tuple(range(len(names), len(layout.axes)))
        if own == 0 and _match(dims, layout.dims):
            return Fitted(resolved, names, (*range(len(names)), *rest), squeeze)
        if own == len(missing) and own > 0:
            wanted = (*(layout.axes[place] for place in missing), *layout.dims)
            if _match(dims, wanted):
                kept = tuple(name for name in names if name in free)
                order = (*(names.index(name) for name in kept), *missing, *rest)
                return Fitted(resolved, kept, order, squeeze, row=resolved.shape.row)
    if not names and not dims and free:
        return _entry(resolved, free, layout)
    return None


def _entry(resolved: Resolved, free: Mapping[str, Extent], layout: Layout) -> Fitted | None:
    """An answer entry by entry where a tensor is asked for."""
    entry = list(layout.entry)
    if set(free) <= set(entry) and len(entry) == len(layout.dims):
        if all(_same(free[name], layout.dims[entry.index(name)]) for name in free):
            return Fitted(resolved, tuple(entry), tuple(range(len(entry))))
        return None
    if len(layout.dims) == 1 == len(free):
        # The entry of a vector may be called by any index that runs along it.
        (name,) = free
        if _same(free[name], layout.dims[0]):
            return Fitted(resolved, (name,), (0,))
    return None


def _same(left: Extent, right: Extent) -> bool:
    return left == right or UNKNOWN in (left, right)


def _match(left: Sequence[Extent], right: Sequence[Extent]) -> bool:
    return len(left) == len(right) and all(map(_same, left, right))


def laid_down(fitted: Fitted, layout: Layout, tree: Node) -> bool:
    """Whether the answer is a row on paper where a column is asked for; NumPy's vectors are neither.

    Args:
        fitted: the answer.
        layout: what is asked for.
        tree: the answer as parsed, before its transposes were resolved.
    """
    shape = fitted.resolved.shape
    if not (shape.row and shape.rank == 1 and layout.dims and not fitted.squeeze):
        return False
    numpy = any(getattr(part, "op", "") == "@" for part in walk(tree))
    return not numpy and any(isinstance(part, Transpose) for part in walk(tree))


def values(
    fitted: Fitted,
    layout: Layout,
    points: Mapping[str, Array],
    sizes: Mapping[str, int],
    symbols: Symbols,
    *,
    exact: bool = False,
) -> Values:
    """The values of a fitted expression, of shape (batch, axes of the layout).

    Args:
        exact: at 40 digits, and one point only.

    Raises:
        Undefined, TooLargeError: as `evaluate`.
    """
    run = evaluate_exactly if exact else evaluate
    found = run(fitted.resolved, points, sizes, symbols, indices=fitted.indices)
    array = found.array
    if fitted.squeeze:
        start = 1 + len(fitted.indices)
        array = array.squeeze(tuple(start + place for place in fitted.squeeze))
    if fitted.order != tuple(range(len(fitted.order))):
        array = np.moveaxis(array, [1 + k for k in range(len(fitted.order))], [1 + k for k in fitted.order])
    return Values(array, found.valid)


def renamed(resolved: Resolved, table: Mapping[str, str]) -> Resolved:
    """The expression with free indices called otherwise."""
    tree = substitute(resolved.tree, {old: Name(new) for old, new in table.items()})
    free = tuple(sorted((table.get(name, name), extent) for name, extent in resolved.free))
    return Resolved(tree, resolved.shape, free)
