"""What a layer is: forward, and backward with the gradients of its weights."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np

from quizdl.engine.arrays import Array, as_array
from quizdl.engine.regularizers import Regularizer


class Layer(ABC):
    """One step of a network: `forward` keeps what `backward` needs.

    A layer knows no optimizer. After `backward`, `gradients` lies beside `trainable` in the same order.

    Convention: Keras's names and order of weights. Keras differentiates automatically; here every backward is
    written out.
    """

    def __init__(self, name: str = "") -> None:
        self.name = name or type(self).__name__.lower()
        self.built = False
        self.gradients: list[Array] = []
        self.regularizers: list[Regularizer | None] = []

    def build(self, input_shape: tuple[int, ...], rng: np.random.Generator) -> None:  # noqa: B027
        """Make the weights for inputs of (batch, *input_shape); most layers have none."""

    @abstractmethod
    def forward(self, x: Array, *, training: bool = False) -> Array:
        """The layer's result for (batch, …)."""

    @abstractmethod
    def backward(self, gradient: Array) -> Array:
        """The gradient by the input of the last `forward`, given that by its result."""

    @property
    def trainable(self) -> list[Array]:
        """The weights an optimizer moves."""
        return []

    @trainable.setter
    def trainable(self, values: Sequence[Array]) -> None:
        if len(values):
            raise ValueError(f"{self.name} has no weights, received {len(values)}")

    @property
    def state(self) -> list[Array]:
        """What is kept besides: the moving statistics of batch normalisation."""
        return []

    @state.setter
    def state(self, values: Sequence[Array]) -> None:
        if len(values):
            raise ValueError(f"{self.name} keeps no state, received {len(values)}")

    @property
    def weights(self) -> list[Array]:
        """All that `get_weights` gives, in Keras's order: trainable weights, then state."""
        return [*self.trainable, *self.state]

    def set_weights(self, values: Sequence[Array]) -> None:
        """Put copies of the arrays in place of `weights`.

        Raises:
            ValueError: another number of arrays, or other shapes.
        """
        old = self.weights
        new = [np.array(v, dtype=np.float64) for v in values]
        if [a.shape for a in old] != [a.shape for a in new]:
            raise ValueError(
                f"{self.name} must have weights of shapes {[a.shape for a in old]}, "
                f"received {[a.shape for a in new]}"
            )
        split = len(self.trainable)
        self.trainable, self.state = new[:split], new[split:]

    @property
    def regularization(self) -> float:
        """The penalties on the weights, to be added to the loss."""
        pairs = zip(self.regularizers, self.trainable, strict=False)
        return float(sum(r(w) for r, w in pairs if r is not None))

    def __call__(self, x: object, *, training: bool = False) -> Array:
        """`forward` for anything array-like; builds the layer at first use."""
        values = as_array(x)  # type: ignore[arg-type]
        if not self.built:
            self.build(values.shape[1:], np.random.default_rng())
            self.built = True
        return self.forward(values, training=training)
