"""The fully connected layer, forward and backward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from quizdl.engine import initializers, regularizers
from quizdl.engine.arrays import Array, as_array
from quizdl.engine.layers.activation import Activation
from quizdl.engine.layers.base import Layer


def dense(x: npt.ArrayLike, kernel: npt.ArrayLike, bias: npt.ArrayLike | None = None) -> Array:
    """Weighted sums of the inputs.

    Formula: Z = X W + b

    Args:
        x: X, (batch, …, in).
        kernel: W, (in, units).
        bias: b, (units,), or None.

    Returns:
        Z, (batch, …, units).

    Convention: Keras. torch keeps the transposed weight, (units, in), and computes X Wᵀ + b.

    Example:
        >>> dense([[1.0, 2.0]], [[1.0, 0.0, -1.0], [0.0, 1.0, 1.0]], [0.5, 0.0, 0.0])
        array([[1.5, 2. , 1. ]])
    """
    z = as_array(x) @ as_array(kernel)
    return as_array(z if bias is None else z + as_array(bias))


class DenseGradients(NamedTuple):
    """Gradients by the input, the kernel and the bias, of their shapes."""

    x: Array
    kernel: Array
    bias: Array


def dense_backward(gradient: npt.ArrayLike, x: npt.ArrayLike, kernel: npt.ArrayLike) -> DenseGradients:
    """Gradients of a loss by all that `dense` was given.

    Formula: ∂L/∂X = G Wᵀ, ∂L/∂W = Xᵀ G, ∂L/∂b = Σ over samples of G

    Args:
        gradient: G = ∂L/∂Z, (batch, …, units). A mean over the batch is in it already, if the loss is a mean.
        x: X, (batch, …, in).
        kernel: W, (in, units).

    Returns:
        `DenseGradients`.

    Example:
        >>> g = dense_backward([[1.0, -1.0]], [[2.0, 3.0]], [[1.0, 0.0], [0.0, 1.0]])
        >>> g.kernel, g.bias
        (array([[ 2., -2.],
               [ 3., -3.]]), array([ 1., -1.]))
    """
    g, inputs, w = as_array(gradient), as_array(x), as_array(kernel)
    rows = g.reshape(-1, g.shape[-1])
    return DenseGradients(g @ w.T, inputs.reshape(-1, inputs.shape[-1]).T @ rows, rows.sum(axis=0))


class Dense(Layer):
    """`dense` with weights, and an activation after it.

    Formula: f(X W + b)

    Args:
        units: number of outputs.
        activation: a name of `activations`, an `Activation`, or None for linear.
        use_bias: whether to have b.
        kernel_initializer: a name of `initializers` or an initializer; Glorot uniform by default.
        bias_initializer: zeros by default.
        kernel_regularizer: a name of `regularizers` or a regularizer.
        bias_regularizer: likewise.
        name: how messages call it.

    Convention: Keras; torch's nn.Linear starts from U(±1/√in), bias included.

    Example:
        >>> layer = Dense(2, kernel_initializer="ones")
        >>> layer([[1.0, 2.0]])
        array([[3., 3.]])
        >>> layer.backward(np.array([[1.0, 0.0]]))
        array([[1., 1.]])
        >>> layer.gradients
        [array([[1., 0.],
               [2., 0.]]), array([1., 0.])]
    """

    def __init__(
        self,
        units: int,
        activation: str | Activation | Callable[..., Any] | None = None,
        *,
        use_bias: bool = True,
        kernel_initializer: str | initializers.Initializer = "glorot_uniform",
        bias_initializer: str | initializers.Initializer = "zeros",
        kernel_regularizer: str | regularizers.Regularizer | None = None,
        bias_regularizer: str | regularizers.Regularizer | None = None,
        name: str = "",
    ) -> None:
        super().__init__(name)
        if units < 1:
            raise ValueError(f"units must be at least 1, received {units}")
        self.units, self.use_bias = units, use_bias
        self.activation = activation if isinstance(activation, Activation) else Activation(activation)
        self._kernel_initializer = initializers.get(kernel_initializer)
        self._bias_initializer = initializers.get(bias_initializer)
        self.regularizers = [regularizers.get(kernel_regularizer), regularizers.get(bias_regularizer)]
        self.kernel = np.zeros((0, units))
        self.bias = np.zeros(units)

    def build(self, input_shape: tuple[int, ...], rng: np.random.Generator) -> None:
        self.kernel = self._kernel_initializer((input_shape[-1], self.units), rng)
        self.bias = self._bias_initializer((self.units,), rng)

    @property
    def trainable(self) -> list[Array]:
        return [self.kernel, self.bias] if self.use_bias else [self.kernel]

    @trainable.setter
    def trainable(self, values: Sequence[Array]) -> None:
        self.kernel = values[0]
        if self.use_bias:
            self.bias = values[1]

    def forward(self, x: Array, *, training: bool = False) -> Array:
        if x.shape[-1] != self.kernel.shape[0]:
            raise ValueError(
                f"{self.name} must be given {self.kernel.shape[0]} features, received {x.shape[-1]}"
            )
        self._x = x
        return self.activation.forward(dense(x, self.kernel, self.bias if self.use_bias else None))

    def backward(self, gradient: Array) -> Array:
        g = dense_backward(self.activation.backward(gradient), self._x, self.kernel)
        found = [g.kernel, g.bias] if self.use_bias else [g.kernel]
        penalties = zip(self.regularizers, self.trainable, strict=False)
        self.gradients = [
            a if r is None else a + r.gradient(w) for a, (r, w) in zip(found, penalties, strict=True)
        ]
        return g.x
