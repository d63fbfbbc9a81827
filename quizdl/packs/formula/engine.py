"""Functions of the reference engine, by name: a closed list, and NumPy is imported only when one is called.

What the engine computes may differ in the last bits between machines, so results are rounded to 12
significant digits.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from quizdl.packs.formula import arrays
from quizdl.packs.formula.arrays import Budget, Value
from quizdl.packs.formula.errors import FormulaError

if TYPE_CHECKING:
    from quizdl.packs.formula.functions import Function

_DIGITS: Final = 12

_ACTIVATIONS: Final = (
    *("celu", "elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "hard_tanh", "linear"),
    *("log_sigmoid", "mish", "relu6", "selu", "silu", "softsign", "squareplus"),
)
_DERIVATIVES: Final = [
    f"{name}_derivative" for name in (*_ACTIVATIONS, "relu", "sigmoid", "softplus", "tanh")
]

NAMES: Final = frozenset([*_ACTIVATIONS, *_DERIVATIVES, "log_softmax"])
"""The functions that expressions may call beside those of `functions`, each of one array."""


def function(name: str) -> Function:
    """The function of the engine with a name out of `NAMES`."""
    from quizdl.packs.formula.functions import Function

    def call(given: Sequence[Value], budget: Budget) -> Value:
        from quizdl.engine import activations

        lengths = arrays.shape(given[0])
        budget.spend(max(1, math.prod(lengths)))
        if name == "log_softmax" and not lengths:
            raise FormulaError("a vector must come here, received a number", kind="type")
        # Through a list of plain floats: ints may be beyond what NumPy holds.
        rows = arrays.each(float, given[0], budget)
        return _rounded(getattr(activations, name)(rows).tolist())

    return Function(1, 1, call)


def _rounded(value: Any) -> Value:
    if isinstance(value, list):
        return tuple(map(_rounded, value))
    return float(f"{value:.{_DIGITS - 1}e}")
