"""The instances of one question: where its answers are computed, and the right answer at all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from quizdl.grading.symbolic.definitions import definitions, is_identity
from quizdl.grading.symbolic.equality.charts import (
    CHARTS,
    LAWS,
    OTHER_CHARTS,
    SIZES,
    Instance,
    draw,
    lengths,
)
from quizdl.grading.symbolic.equality.layout import Fitted, Layout, values
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, Values, evaluate
from quizdl.grading.symbolic.resolve import Resolved
from quizdl.grading.symbolic.shapes import UNKNOWN
from quizdl.grading.symbolic.symbols import REAL, Symbol, Symbols
from quizdl.grading.symbolic.tree import BigOp, Call, Index, Name, Node, walk

Array = Any
SEED = 20_240_601
ENOUGH = 8
"""Valid points that a decision needs."""
_INVERSES = frozenset({"inv", "solve", "pinv", "det"})


@dataclass(frozen=True)
class Arena:
    """Where the answers to one question are compared.

    Args:
        symbols: the declarations.
        reference: the right answer, fitted to the layout.
        layout: what an answer is indexed by.
        extra: names that occur in an answer without being declared (free real scalars).
        given: conditions that hold at every point, such as `‖g‖ > c`.
    """

    symbols: Symbols
    reference: Fitted
    layout: Layout
    extra: tuple[Symbol, ...] = ()
    given: tuple[Resolved, ...] = ()

    @cached_property
    def drawn(self) -> tuple[Symbol, ...]:
        """The symbols that need values: those not defined, and no indices, functions or sizes."""
        defined, sizes = definitions(self.symbols), self.symbols.sizes
        found = [
            symbol
            for symbol in self.symbols
            if symbol.kind not in ("index", "function")
            and symbol.name not in defined
            and symbol.name not in sizes
            and not is_identity(symbol)
        ]
        return (*found, *self.extra)

    @cached_property
    def instances(self) -> tuple[Instance, ...]:
        """Points where the right answer is defined and stable, for one or two choices of the sizes."""
        has_sizes = bool(self.symbols.sizes) or any(UNKNOWN in symbol.shape for symbol in self.drawn)
        found: list[Instance] = []
        for attempt in range(len(SIZES) if has_sizes else 1):
            good = self._usable(attempt, CHARTS)
            if good is not None and good.batch >= ENOUGH:
                found.append(good)
            if len(found) == 2:
                break
        if not found:
            for attempt in range(2 if has_sizes else 1):
                good = self._usable(attempt, (*CHARTS, *OTHER_CHARTS))
                if good is not None:
                    found.append(good)
        return tuple(found)

    def _usable(self, attempt: int, charts: Iterable[Any]) -> Instance | None:
        sizes = lengths(self.symbols.sizes, attempt)
        rng = np.random.default_rng(SEED + attempt)
        if self.given:
            charts = [(chart, 8 * count) for chart, count in charts]
        instance = draw(self.drawn, sizes, rng, charts)
        try:
            if self.given:
                held = np.flatnonzero(self._held(instance))[:40]
                if not held.size:
                    return None
                instance = instance.rows(held)
            found = self.values(self.reference, instance)
        except (Undefined, TooLargeError):
            return None
        valid = found.valid & self._stable(instance, found)
        if not valid.any():
            return None
        return instance.rows(np.flatnonzero(valid)) if not valid.all() else instance

    def _held(self, instance: Instance) -> Array:
        """Where every given condition holds."""
        held = np.ones(instance.batch, dtype=bool)
        for condition in self.given:
            truth = evaluate(condition, instance.points, instance.sizes, self.symbols).array
            held &= (truth.reshape(len(truth), -1) != 0).all(axis=1)
        return held

    def _stable(self, instance: Instance, found: Values) -> Array:
        """Where a small change of the point makes a small change of the value: no singular matrix."""
        tree = self.reference.resolved.tree
        if not any(isinstance(part, Call) and part.function in _INVERSES for part in walk(tree)):
            return np.ones(len(found.valid), dtype=bool)
        moved = {
            symbol.name: instance.points[symbol.name] * (1 + 1e-9)
            if symbol.domain.name in LAWS or symbol.domain.integer
            else instance.points[symbol.name]
            + 1e-9 * np.random.default_rng(1).normal(size=instance.points[symbol.name].shape)
            for symbol in self.drawn
        }
        again = self.values(self.reference, replace(instance, points=moved)).array
        size = np.maximum(np.abs(found.array), 1e-6)
        with np.errstate(all="ignore"):
            top = size.reshape(len(size), -1).max(axis=1)
            change = np.abs(again - found.array).reshape(len(size), -1).max(axis=1) / top
        return np.asarray(change < 1e-5)

    @cached_property
    def truths(self) -> tuple[Values, ...]:
        """The right answer at every instance."""
        return tuple(self.values(self.reference, instance) for instance in self.instances)

    def values(self, fitted: Fitted, instance: Instance, *, exact: bool = False) -> Values:
        """The values of an answer at an instance.

        Raises:
            Undefined, TooLargeError: as `evaluate`.
        """
        found = values(fitted, self.layout, instance.points, instance.sizes, self.symbols, exact=exact)
        if not exact and len(found.valid) == 1 and instance.batch > 1:
            shape = (instance.batch, *found.array.shape[1:])
            found = Values(np.broadcast_to(found.array, shape), np.broadcast_to(found.valid, instance.batch))
        return found

    def off_domain(self) -> Instance | None:
        """Points where nothing ties the entries of a tensor together, or None if nothing does anyway."""
        if not self.lawful or not self.instances:
            return None
        rng = np.random.default_rng(SEED + 99)
        return draw(self.drawn, self.instances[0].sizes, rng, (("positive", 6), ("mixed", 6)), lawless=True)

    @cached_property
    def lawful(self) -> tuple[Symbol, ...]:
        """The symbols whose entries are tied together."""
        return tuple(s for s in self.drawn if s.domain.name in ("simplex", "one-hot") and s.shape)

    def with_names(self, tree: Node) -> Arena:
        """The arena with values for the names that an answer has besides the declared ones."""
        more = undeclared(tree, self.symbols.also(self.extra))
        return replace(self, extra=(*self.extra, *more)) if more else self


def undeclared(tree: Node, symbols: Symbols) -> tuple[Symbol, ...]:
    """The names of a resolved tree without a declaration, as free real numbers or tensors.

    Example:
        >>> from quizdl.grading.symbolic.parser import parse
        >>> [symbol.name for symbol in undeclared(parse("a*x + b").tree, Symbols())]
        ['a', 'x', 'b']
    """
    found: dict[str, Symbol] = {}
    bound = {part.index for part in walk(tree) if isinstance(part, BigOp)}
    indices: set[str] = set()
    sizes = set(symbols.sizes)
    for part in walk(tree):
        if isinstance(part, Index) and isinstance(part.base, Name):
            indices |= {index.name for index in part.indices if isinstance(index, Name)}
            name = part.base.name
            if name not in symbols and name not in bound:
                found[name] = Symbol(name, "tensor", (UNKNOWN,) * len(part.indices), REAL)
    for part in walk(tree):
        if isinstance(part, Name) and part.name not in symbols and part.name not in bound | indices | sizes:
            found.setdefault(part.name, Symbol(part.name))
    return tuple(found.values())
