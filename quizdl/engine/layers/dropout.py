"""Dropout, the inverted form: scaled while training, nothing to do afterwards."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array
from quizdl.engine.layers.base import Layer
from quizdl.engine.variance_scaling import Seed, Shape


def dropout_mask(shape: Shape, rate: float, rng: Seed = None) -> Array:
    """Which values are kept.

    Formula: m = [u ≥ rate], u uniform on [0, 1)

    Args:
        shape: of the values.
        rate: fraction that is dropped, in [0, 1].
        rng: a seed or a Generator.

    Returns:
        1 with probability 1 − rate, 0 elsewhere.

    Example:
        >>> dropout_mask((4,), 0.0, 0)
        array([1., 1., 1., 1.])
    """
    return as_array(np.random.default_rng(rng).random(tuple(shape)) >= rate)


def dropout(x: npt.ArrayLike, mask: npt.ArrayLike, rate: float) -> Array:
    """Drop the values whose mask is 0, and make up for it in those kept.

    Formula: y = x · m / (1 − rate), whose expectation is x; 0 for rate 1

    Args:
        x: any shape.
        mask: m, 1 to keep, of that shape.
        rate: fraction that is dropped, in [0, 1].

    Returns:
        The shape of x. The gradient by x is the same function of the gradient: `dropout(g, mask, rate)`.

    Convention: Keras and torch; `rate` is what is dropped. The first paper kept with probability p and scaled
    the weights by p at test time instead.

    Example:
        >>> dropout([1.0, 2.0, 3.0, 4.0], [1, 0, 1, 0], 0.5)
        array([2., 0., 6., 0.])

    Reference: Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov, Dropout (2014).
    """
    values = as_array(x)
    if rate >= 1.0:
        return np.zeros_like(values)
    return as_array(values * as_array(mask) / (1.0 - rate))


class Dropout(Layer):
    """`dropout` with a new mask for each batch while training; the identity otherwise.

    Args:
        rate: fraction that is dropped, in [0, 1].
        seed: a number or a Generator; by default the model's.
        name: how messages call it.

    Example:
        >>> Dropout(0.5)([[1.0, 2.0]])
        array([[1., 2.]])
        >>> sorted(set(Dropout(0.5, seed=0)(np.ones((1, 50)), training=True).ravel().tolist()))
        [0.0, 2.0]
    """

    def __init__(self, rate: float, *, seed: Seed = None, name: str = "") -> None:
        super().__init__(name)
        if not 0 <= rate <= 1:
            raise ValueError(f"rate must be in [0, 1], received {rate}")
        self.rate = rate
        self._rng = None if seed is None else np.random.default_rng(seed)
        self._mask: Array | None = None

    def build(self, input_shape: tuple[int, ...], rng: np.random.Generator) -> None:
        if self._rng is None:
            self._rng = rng.spawn(1)[0]

    def forward(self, x: Array, *, training: bool = False) -> Array:
        self._mask = dropout_mask(x.shape, self.rate, self._rng) if training else None
        return x if self._mask is None else dropout(x, self._mask, self.rate)

    def backward(self, gradient: Array) -> Array:
        return gradient if self._mask is None else dropout(gradient, self._mask, self.rate)
