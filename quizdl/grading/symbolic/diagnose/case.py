"""A wrong answer beside the right one, at a few points, ready for many quick comparisons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from quizdl.grading.symbolic.equality.arena import Arena
from quizdl.grading.symbolic.equality.charts import Instance
from quizdl.grading.symbolic.equality.layout import Fitted, fit
from quizdl.grading.symbolic.numeric import TooLargeError, Undefined, Values, evaluate
from quizdl.grading.symbolic.question import Question
from quizdl.grading.symbolic.resolve import Choices, Resolved, resolve
from quizdl.grading.symbolic.tree import Derivative, Index, Name, Node, walk
from quizdl.grading.symbolic.unreadable import Unreadable

Array = Any
_ROWS = 12
_CLOSE = 1e-8
_AGAIN = Choices("entry", "inner", "entry")
"""How a resolved tree is resolved again after a change: nothing in it is open."""


@dataclass(frozen=True)
class Case:
    """A wrong answer and the right one.

    Args:
        question: what is asked.
        arena: where they are compared.
        answer: the answer, resolved.
        fitted: the answer with its axes in place; None when they do not fit.
        readings: other ways in which the answer could have been meant.
    """

    question: Question
    arena: Arena
    answer: Resolved
    fitted: Fitted | None
    readings: tuple[Resolved, ...] = ()

    @cached_property
    def probes(self) -> tuple[Instance, ...]:
        """A few points of every instance."""
        found = []
        for instance in self.arena.instances:
            step = max(1, instance.batch // _ROWS)
            found.append(instance.rows(np.arange(0, instance.batch, step)[:_ROWS]))
        return tuple(found)

    @cached_property
    def truths(self) -> tuple[Values, ...]:
        """The right answer at the probes."""
        return tuple(self.arena.values(self.arena.reference, probe) for probe in self.probes)

    @cached_property
    def given(self) -> tuple[Values, ...]:
        """The answer at the probes."""
        return tuple(self._given(probe) for probe in self.probes)

    def _given(self, probe: Instance) -> Values:
        if self.fitted is not None:
            return self.arena.values(self.fitted, probe)
        return self.raw(self.answer, probe)

    def raw(self, resolved: Resolved, probe: Instance) -> Values:
        """The values of an expression with its own axes: its free indices by name, then its own."""
        return evaluate(resolved, probe.points, probe.sizes, self.arena.symbols)

    def resolved(self, tree: Node) -> Resolved | None:
        """A changed tree resolved again, or None when its shapes no longer fit."""
        if not _differentiable(tree):
            return None
        try:
            return resolve(tree, self.arena.symbols, _AGAIN)
        except (Unreadable, RecursionError):
            return None

    def is_given(self, tree: Node) -> bool:
        """Whether a tree has the values of the answer."""
        made = self.resolved(tree)
        if made is None:
            return False
        if self.fitted is not None:
            fitted = fit(made, self.arena.layout)
            return fitted is not None and self._all(fitted, self.given)
        if made.shape.dims != self.answer.shape.dims or made.free != self.answer.free:
            return False
        return self._all(made, self.given)

    def is_right(self, tree: Node) -> bool:
        """Whether a tree has the values of the right answer."""
        made = self.resolved(tree)
        fitted = fit(made, self.arena.layout) if made is not None else None
        return fitted is not None and self._all(fitted, self.truths)

    def _all(self, candidate: Fitted | Resolved, wanted: tuple[Values, ...]) -> bool:
        for probe, want in zip(self.probes, wanted, strict=True):
            try:
                got = (
                    self.arena.values(candidate, probe)
                    if isinstance(candidate, Fitted)
                    else self.raw(candidate, probe)
                )
            except (Undefined, TooLargeError, ValueError, IndexError):
                return False
            if not close(got, want):
                return False
        return bool(self.probes)


def _differentiable(tree: Node) -> bool:
    """Whether every derivative is still taken by a name or an entry, after a name was put in everywhere."""
    return all(
        isinstance(name.base if isinstance(name, Index) else name, Name)
        for part in walk(tree)
        if isinstance(part, Derivative)
        for name in part.wrt
    )


def close(left: Values, right: Values) -> bool:
    """Whether a value agrees with a wanted one at nearly all points where that is defined."""
    both = np.logical_and(left.valid, right.valid)
    if both.sum() < 0.9 * np.sum(right.valid) or not both.any():
        return False
    try:
        a, b = np.broadcast_arrays(left.array, right.array)
    except ValueError:
        return False
    a, b = a[np.broadcast_to(both, len(a))], b[np.broadcast_to(both, len(b))]
    size = np.maximum(np.abs(a), np.abs(b))
    return bool((np.abs(a - b) <= _CLOSE * (size + 1e-3)).all())
