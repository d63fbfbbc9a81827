"""Activation functions with their derivatives, by Keras's names and conventions.

Every function takes an array of any shape (softmax and its kin: the classes along `axis`) and returns float64
of the same shape. `relu` stands beside `relu_derivative`; what mixes its inputs (`softmax`, `log_softmax`,
`glu`) has `…_vjp`, the product of an upstream gradient with its Jacobian, instead. No function overflows,
warns or gives NaN for |x| ≤ 1e4, `exponential` aside, which is inf where e^x is beyond float64.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quizdl.engine.activations import normalised, rectifiers, sigmoids, smooth
from quizdl.engine.activations.normalised import (
    glu,
    glu_vjp,
    log_softmax,
    log_softmax_vjp,
    softmax,
    softmax_jacobian,
    softmax_vjp,
)
from quizdl.engine.activations.rectifiers import (
    hard_shrink,
    hard_shrink_derivative,
    leaky_relu,
    leaky_relu_derivative,
    linear,
    linear_derivative,
    prelu,
    prelu_derivative,
    relu,
    relu6,
    relu6_derivative,
    relu_derivative,
    soft_shrink,
    soft_shrink_derivative,
    threshold,
    threshold_derivative,
)
from quizdl.engine.activations.sigmoids import (
    hard_sigmoid,
    hard_sigmoid_derivative,
    hard_tanh,
    hard_tanh_derivative,
    log_sigmoid,
    log_sigmoid_derivative,
    sigmoid,
    sigmoid_derivative,
    softsign,
    softsign_derivative,
    tanh,
    tanh_derivative,
    tanh_shrink,
    tanh_shrink_derivative,
)
from quizdl.engine.activations.smooth import (
    celu,
    celu_derivative,
    elu,
    elu_derivative,
    exponential,
    exponential_derivative,
    gelu,
    gelu_derivative,
    hard_silu,
    hard_silu_derivative,
    mish,
    mish_derivative,
    selu,
    selu_derivative,
    silu,
    silu_derivative,
    softplus,
    softplus_derivative,
    squareplus,
    squareplus_derivative,
)

__all__ = [
    "Activation", "celu", "celu_derivative", "elu", "elu_derivative", "exponential",
    "exponential_derivative", "gelu", "gelu_derivative", "get", "glu", "glu_vjp", "hard_shrink",
    "hard_shrink_derivative", "hard_sigmoid", "hard_sigmoid_derivative", "hard_silu",
    "hard_silu_derivative", "hard_tanh", "hard_tanh_derivative", "leaky_relu", "leaky_relu_derivative",
    "linear", "linear_derivative", "log_sigmoid", "log_sigmoid_derivative", "log_softmax",
    "log_softmax_vjp", "mish", "mish_derivative", "names", "prelu", "prelu_derivative", "relu", "relu6",
    "relu6_derivative", "relu_derivative", "selu", "selu_derivative", "sigmoid", "sigmoid_derivative",
    "silu", "silu_derivative", "soft_shrink", "soft_shrink_derivative", "softmax", "softmax_jacobian",
    "softmax_vjp", "softplus", "softplus_derivative", "softsign", "softsign_derivative", "squareplus",
    "squareplus_derivative", "tanh", "tanh_derivative", "tanh_shrink", "tanh_shrink_derivative",
    "threshold", "threshold_derivative",
]  # fmt: skip


class Activation(NamedTuple):
    """A function by name, with its derivative (elementwise functions) or its vector-Jacobian product."""

    name: str
    forward: Callable[..., NDArray[np.float64]]
    derivative: Callable[..., NDArray[np.float64]] | None = None
    vjp: Callable[..., NDArray[np.float64]] | None = None


_ALIASES = {"swish": "silu", "hard_swish": "hard_silu", "identity": "linear", "exp": "exponential"}
"""Other names of the field for the same functions; Keras knows the first two."""


def _collect() -> dict[str, Activation]:
    found: dict[str, Activation] = {}
    for module in (rectifiers, sigmoids, smooth, normalised):
        for name in module.NAMES:
            forward = getattr(module, name)
            derivative = getattr(module, f"{name}_derivative", None)
            found[name] = Activation(name, forward, derivative, getattr(module, f"{name}_vjp", None))
    return found


_BY_NAME = _collect()


def names() -> tuple[str, ...]:
    """The names that `get` knows, in alphabetical order."""
    return tuple(sorted(_BY_NAME))


def get(name: str) -> Activation:
    """Look an activation up, as `keras.activations.get` does.

    Args:
        name: Keras's name, such as "relu" or "hard_sigmoid", or an alias ("swish").

    Returns:
        The function with its derivative or vector-Jacobian product.

    Raises:
        ValueError: an unknown name.

    Example:
        >>> get("relu").forward([-1.0, 2.0])
        array([0., 2.])
        >>> get("relu").derivative([-1.0, 2.0])
        array([0., 1.])
    """
    found = _BY_NAME.get(_ALIASES.get(name, name))
    if found is None:
        raise ValueError(f"an activation must be one of {', '.join(names())}; received {name!r}")
    return found
