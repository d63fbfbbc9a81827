"""Batch normalisation, forward and backward, with the statistics it keeps for inference."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array
from quizdl.engine.layers.base import Layer


class Normalized(NamedTuple):
    """Result of `batch_normalization` and the statistics that were used."""

    y: Array
    mean: Array
    variance: Array


def batch_normalization(
    x: npt.ArrayLike,
    gamma: npt.ArrayLike = 1.0,
    beta: npt.ArrayLike = 0.0,
    *,
    mean: npt.ArrayLike | None = None,
    variance: npt.ArrayLike | None = None,
    epsilon: float = 1e-3,
) -> Normalized:
    """Give each feature mean 0 and variance 1, then scale and shift it.

    Formula: y = γ (x − μ) / √(σ² + ε) + β

    Args:
        x: (batch, …, features); statistics are over all axes but the last.
        gamma: γ, (features,).
        beta: β, (features,).
        mean: μ for inference; by default the batch's.
        variance: σ² for inference; by default the batch's, biased (divided by n).
        epsilon: ε, 1e-3 as in Keras (torch 1e-5).

    Returns:
        y of the shape of x, μ and σ² of (features,).

    Example:
        >>> batch_normalization([[1.0], [3.0]], epsilon=0.0).y
        array([[-1.],
               [ 1.]])

    Reference: Ioffe, Szegedy, Batch Normalization (2015).
    """
    values = as_array(x)
    axes = tuple(range(values.ndim - 1))
    mu = values.mean(axis=axes) if mean is None else as_array(mean)
    var = ((values - mu) ** 2).mean(axis=axes) if variance is None else as_array(variance)
    y = as_array(gamma) * (values - mu) / np.sqrt(var + epsilon) + as_array(beta)
    return Normalized(as_array(y), mu, var)


class NormalizationGradients(NamedTuple):
    """Gradients by the input, γ and β."""

    x: Array
    gamma: Array
    beta: Array


def batch_normalization_backward(
    gradient: npt.ArrayLike, x: npt.ArrayLike, gamma: npt.ArrayLike = 1.0, *, epsilon: float = 1e-3
) -> NormalizationGradients:
    """Gradients through `batch_normalization` while training, the batch's statistics included.

    Formula: ∂L/∂β = Σ g, ∂L/∂γ = Σ g x̂, ∂L/∂x = γ/√(σ² + ε) · (g − mean g − x̂ · mean(g x̂))

    Args:
        gradient: g = ∂L/∂y, (batch, …, features).
        x: what was normalised, of that shape.
        gamma: γ, (features,).
        epsilon: ε.

    Returns:
        `NormalizationGradients`; that by x sums to 0 over the batch, as shifting x changes nothing.

    Example:
        >>> batch_normalization_backward([[1.0], [0.0]], [[1.0], [3.0]], epsilon=0.0).x.round(12) + 0.0
        array([[0.],
               [0.]])
    """
    g = as_array(gradient)
    axes = tuple(range(g.ndim - 1))
    normal, _, var = batch_normalization(x, epsilon=epsilon)
    scale = as_array(gamma) / np.sqrt(var + epsilon)
    by_x = scale * (g - g.mean(axis=axes) - normal * (g * normal).mean(axis=axes))
    return NormalizationGradients(as_array(by_x), (g * normal).sum(axis=axes), g.sum(axis=axes))


class BatchNormalization(Layer):
    """`batch_normalization` by the batch while training, by moving statistics afterwards.

    Formula: moving ← momentum · moving + (1 − momentum) · batch's, for mean and variance

    Args:
        momentum: weight of the old statistics, 0.99 as in Keras.
        epsilon: ε, 1e-3.
        center: whether to have β.
        scale: whether to have γ.
        name: how messages call it.

    Convention: Keras. torch's momentum 0.1 is the weight of the new statistics, and its moving variance is
    the unbiased one (divided by n − 1).

    Example:
        >>> layer = BatchNormalization(momentum=0.5)
        >>> _ = layer([[1.0], [3.0]], training=True)
        >>> layer.moving_mean, layer.moving_variance
        (array([1.]), array([1.]))
    """

    def __init__(
        self,
        *,
        momentum: float = 0.99,
        epsilon: float = 1e-3,
        center: bool = True,
        scale: bool = True,
        name: str = "",
    ) -> None:
        super().__init__(name)
        self.momentum, self.epsilon, self.center, self.scale = momentum, epsilon, center, scale
        self.build((0,), np.random.default_rng(0))

    def build(self, input_shape: tuple[int, ...], rng: np.random.Generator) -> None:
        n = input_shape[-1]
        self.gamma, self.beta = np.ones(n), np.zeros(n)
        self.moving_mean, self.moving_variance = np.zeros(n), np.ones(n)

    @property
    def trainable(self) -> list[Array]:
        return [*([self.gamma] if self.scale else []), *([self.beta] if self.center else [])]

    @trainable.setter
    def trainable(self, values: Sequence[Array]) -> None:
        left = list(values)
        if self.scale:
            self.gamma = left.pop(0)
        if self.center:
            self.beta = left.pop(0)

    @property
    def state(self) -> list[Array]:
        return [self.moving_mean, self.moving_variance]

    @state.setter
    def state(self, values: Sequence[Array]) -> None:
        self.moving_mean, self.moving_variance = values

    def forward(self, x: Array, *, training: bool = False) -> Array:
        self._x, self._training = x, training
        if not training:
            return batch_normalization(
                x, self.gamma, self.beta, mean=self.moving_mean, variance=self.moving_variance,
                epsilon=self.epsilon,
            ).y  # fmt: skip
        y, mean, variance = batch_normalization(x, self.gamma, self.beta, epsilon=self.epsilon)
        keep = self.momentum
        self.moving_mean = keep * self.moving_mean + (1 - keep) * mean
        self.moving_variance = keep * self.moving_variance + (1 - keep) * variance
        return y

    def backward(self, gradient: Array) -> Array:
        if self._training:
            g = batch_normalization_backward(gradient, self._x, self.gamma, epsilon=self.epsilon)
        else:
            spread = np.sqrt(self.moving_variance + self.epsilon)
            axes = tuple(range(gradient.ndim - 1))
            normal = (self._x - self.moving_mean) / spread
            g = NormalizationGradients(
                gradient * self.gamma / spread, (gradient * normal).sum(axis=axes), gradient.sum(axis=axes)
            )
        self.gradients = [*([g.gamma] if self.scale else []), *([g.beta] if self.center else [])]
        return g.x
