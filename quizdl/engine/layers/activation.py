"""Layers without weights that change each sample on its own: Activation, Flatten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from quizdl.engine import activations
from quizdl.engine.arrays import Array
from quizdl.engine.layers.base import Layer


class Activation(Layer):
    """A function of `activations` as a layer.

    Args:
        activation: its name, the function itself, or None for linear.
        params: its parameters, e.g. `negative_slope=0.1`.

    Raises:
        ValueError: a name or function that `activations` does not have.

    Example:
        >>> Activation("relu")([-1.0, 2.0])
        array([0., 2.])
    """

    def __init__(
        self, activation: str | Callable[..., Any] | None = None, *, name: str = "", **params: float
    ) -> None:
        super().__init__(name)
        named = activation if isinstance(activation, str) else getattr(activation, "__name__", "linear")
        self.function = activations.get(named)
        self.params = params

    def forward(self, x: Array, *, training: bool = False) -> Array:
        self._x = x
        return self.function.forward(x, **self.params)

    def backward(self, gradient: Array) -> Array:
        if self.function.vjp is not None:
            return self.function.vjp(self._x, gradient, **self.params)
        if self.function.derivative is None:
            raise TypeError(f"{self.function.name} has no derivative")
        return gradient * self.function.derivative(self._x, **self.params)


class Flatten(Layer):
    """Each sample as one row.

    Formula: (batch, a, b, …) → (batch, a · b · …)

    Example:
        >>> import numpy as np
        >>> Flatten()(np.zeros((2, 3, 4))).shape
        (2, 12)
    """

    def forward(self, x: Array, *, training: bool = False) -> Array:
        self._shape = x.shape
        return x.reshape(len(x), -1) if x.size else x.reshape(len(x), 0)

    def backward(self, gradient: Array) -> Array:
        return gradient.reshape(self._shape)
