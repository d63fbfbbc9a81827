"""A code exercise ready to be graded: what is called, on which inputs, and what it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from quizdl.grading.code.job import Source
from quizdl.grading.code.wire import Value

if TYPE_CHECKING:
    from quizdl.packs.items import Text

Check = Literal[
    "value", "shape", "dtype", "finite", "input_unchanged", "gradient", "vectorised", "deterministic"
]
VALUE_CHECKS: frozenset[Check] = frozenset({"value", "shape", "finite"})


@dataclass(frozen=True, slots=True)
class Case:
    """Inputs for one call.

    Args:
        inputs: one for each parameter; `generator(seed)` stands for a seeded Generator.
        name: what an edge is about, such as "one class"; shown.
        edge: whether the author chose it because it is easy to get wrong.
    """

    inputs: tuple[Value, ...]
    name: str = ""
    edge: bool = False


@dataclass(frozen=True, slots=True)
class EngineFunction:
    """A public function of `quizdl.engine`, called with the inputs in order.

    Args:
        name: such as `activations.softmax`; see `quizdl.engine.find`.
        keywords: passed to every call, such as `{"from_logits": True}`.
    """

    name: str
    keywords: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))


Reference = EngineFunction | Source
"""`Source` is the pack's own solution: it runs in a worker of its own."""


@dataclass(frozen=True, slots=True)
class Gradient:
    """That (a part of) what comes back is the gradient of a function.

    Args:
        of: called with the inputs; what it returns is summed to one number.
        wrt: the index of the input that the gradient is with respect to.
        output: its place in the returned tuple, None where the gradient is all that comes back.
    """

    of: Reference
    wrt: int = 0
    output: int | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """A plausible wrong solution.

    Args:
        name: stable, such as `no-max-shift`.
        text: Python that defines the task's entry.
        feedback: what its author says to a learner whose results are the same.
    """

    name: str
    text: str
    feedback: Text | None = None


@dataclass(frozen=True, slots=True)
class Closeness:
    """A number passes within `atol + rtol·|expected|`."""

    rtol: float = 1e-6
    atol: float = 1e-8


@dataclass(frozen=True, slots=True)
class Task:
    """One exercise, its random inputs drawn already.

    Args:
        entry: the function to write.
        parameters: its parameters in order.
        cases: at least one.
        reference: what is right; None only where `gradients` says it by differences.
        closeness: for numbers.
        checks: `value`, `shape` and `finite` always count.
        mistakes: see `Mistake`.
        gradients: for exercises about a gradient: explains wrong ones by finite differences.
        growing: two cases of the same kind, the second several times longer, for `vectorised`.
        starter: what the editor shows first.

    Raises:
        ValueError: a case with too few inputs, or a check without what it needs.
    """

    entry: str
    parameters: tuple[str, ...]
    cases: tuple[Case, ...]
    reference: Reference | None = None
    closeness: Closeness = Closeness()
    checks: frozenset[Check] = VALUE_CHECKS
    mistakes: tuple[Mistake, ...] = ()
    gradients: tuple[Gradient, ...] = ()
    growing: tuple[Case, Case] | None = None
    starter: str = ""

    def __post_init__(self) -> None:
        if not self.cases:
            raise ValueError("a task needs at least one case")
        for case in (*self.cases, *(self.growing or ())):
            if len(case.inputs) != len(self.parameters):
                raise ValueError(
                    f"each case must have {len(self.parameters)} inputs, received {len(case.inputs)}"
                )
        if "vectorised" in self.checks and self.growing is None:
            raise ValueError("the check 'vectorised' needs two growing cases")
        whole = len(self.gradients) == 1 and self.gradients[0].output is None
        if self.reference is None and not whole:
            raise ValueError("a task without a reference needs exactly one gradient, of all that comes back")


def generator(seed: int) -> dict[str, int]:
    """The input that stands for `numpy.random.default_rng(seed)`, new for every call.

    Example:
        >>> generator(7)
        {'$generator': 7}
    """
    return {"$generator": seed}


def in_order(cases: tuple[Case, ...]) -> tuple[Case, ...]:
    """Edges first, then the rest from the smallest on, so that the example shown of a fault is small.

    Example:
        >>> import numpy as np
        >>> cases = Case((np.zeros(9),)), Case((np.zeros(2),)), Case((np.zeros(4),), "four", edge=True)
        >>> [case.inputs[0].size for case in in_order(cases)]
        [4, 2, 9]
    """
    return tuple(sorted(cases, key=lambda case: (not case.edge, 0 if case.edge else size(case.inputs))))


def size(value: Value) -> int:
    """How many numbers a value holds.

    Example:
        >>> size(([1, 2.5], None))
        3
    """
    if isinstance(value, list | tuple):
        return sum(map(size, value))
    if isinstance(value, dict):
        return sum(map(size, value.values()))
    return int(getattr(value, "size", 1))
