"""A stack of layers: forward, backward, and all their weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array
from quizdl.engine.layers import Layer
from quizdl.engine.variance_scaling import Seed


class Network:
    """Layers one after the other.

    Formula: ŷ = f_L(… f₂(f₁(x))); gradients by the chain rule, from the last layer to the first

    Args:
        layers: in order.
        seed: a number or a Generator for weights, dropout and augmentation.

    Example:
        >>> from quizdl.engine.layers import Activation, Dense
        >>> network = Network([Dense(2, kernel_initializer="ones"), Activation("relu")])
        >>> network([[1.0, -3.0]])
        array([[0., 0.]])
    """

    def __init__(self, layers: Sequence[Layer] = (), *, seed: Seed = None) -> None:
        self.layers: list[Layer] = list(layers)
        self.rng = np.random.default_rng(seed)

    def add(self, layer: Layer) -> None:
        """Put a layer at the end."""
        self.layers.append(layer)

    def build(self, input_shape: Sequence[int]) -> None:
        """Make the weights for samples of a shape, without the batch's axis; `fit` does it by itself."""
        x = np.zeros((2, *input_shape))
        for layer in self.layers:
            if not layer.built:
                layer.build(x.shape[1:], self.rng)
                layer.built = True
            x = layer.forward(x)

    def forward(self, x: npt.ArrayLike, *, training: bool = False) -> Array:
        """The result of the last layer for a batch."""
        values = as_array(x)
        if not all(layer.built for layer in self.layers):
            self.build(values.shape[1:])
        for layer in self.layers:
            values = layer.forward(values, training=training)
        return values

    __call__ = forward

    def backward(self, gradient: Array) -> list[Array]:
        """Gradients by all trainable weights, given that by the result of the last `forward`.

        Layers before the first one with weights are left out.
        """
        first = next((i for i, layer in enumerate(self.layers) if layer.trainable), len(self.layers))
        for layer in reversed(self.layers[first:]):
            gradient = layer.backward(gradient)
        return [g for layer in self.layers[first:] for g in layer.gradients]

    @property
    def penalty(self) -> float:
        """Sum of the layers' penalties."""
        return sum(layer.regularization for layer in self.layers)

    @property
    def trainable(self) -> list[Array]:
        """All weights an optimizer moves, layer by layer."""
        return [w for layer in self.layers for w in layer.trainable]

    def get_weights(self) -> list[Array]:
        """Copies of all weights and moving statistics, in Keras's order."""
        return [w.copy() for layer in self.layers for w in layer.weights]

    def set_weights(self, weights: Sequence[npt.ArrayLike]) -> None:
        """Put copies of the arrays in place of the weights; the model must be built.

        Raises:
            ValueError: another number of arrays, or other shapes.
        """
        counts = [len(layer.weights) for layer in self.layers]
        if sum(counts) != len(weights):
            raise ValueError(f"there must be {sum(counts)} weights, received {len(weights)}")
        left = [as_array(w) for w in weights]
        for layer, count in zip(self.layers, counts, strict=True):
            layer.set_weights(left[:count])
            left = left[count:]

    def count_params(self) -> int:
        """How many numbers the weights are."""
        return sum(w.size for layer in self.layers for w in layer.weights)
