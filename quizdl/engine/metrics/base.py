"""What all metrics share: they add up batch by batch, so that the result is that of all data at once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array


class Metric(ABC):
    """A measure of predictions that is collected over batches.

    Convention: Keras. A metric is not the mean of its batches' values: the parts are added up and `result`
    puts them together, which differs for RMSE, precision, F1, AUC.
    """

    name = "metric"
    direction: Literal["min", "max"] = "max"
    """Whether more is better; `EarlyStopping(mode="auto")` asks."""

    @abstractmethod
    def update_state(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> None:
        """Add a batch."""

    @abstractmethod
    def result(self) -> Any:
        """The value over all batches so far."""

    @abstractmethod
    def reset_state(self) -> None:
        """Forget all batches."""

    def __call__(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> Any:
        """Add a batch, and give the value so far."""
        self.update_state(y_true, y_pred, sample_weight)
        return self.result()


def samplewise(values: npt.ArrayLike, sample_weight: npt.ArrayLike | None) -> tuple[Array, Array]:
    """Bring values and weights to one shape: values are averaged over the axes that the weights have not.

    Args:
        values: (batch, …).
        sample_weight: None for 1 each, one number, (batch,), or more axes.

    Returns:
        Values and weights, both of the shape of the weights after broadcasting.

    Example:
        >>> samplewise([[1.0, 3.0], [5.0, 5.0]], [1.0, 2.0])
        (array([2., 5.]), array([1., 2.]))
    """
    v = np.atleast_1d(as_array(values))
    if sample_weight is None:
        v = v.reshape(len(v), -1).mean(axis=1) if v.ndim > 1 and v.size else v.reshape(len(v))
        return v, np.ones_like(v)
    w = as_array(sample_weight)
    if w.ndim == v.ndim + 1 and w.shape[-1] == 1:
        w = w[..., 0]
    if v.ndim > max(w.ndim, 1):
        v = v.mean(axis=tuple(range(max(w.ndim, 1), v.ndim)))
    return v, np.broadcast_to(w, v.shape).astype(np.float64)


class Mean(Metric):
    """Weighted mean of values that a function gives for each sample.

    Formula: Σ w f(y, ŷ) / Σ w over all batches; 0 with no weight

    Args:
        fn: takes y_true, y_pred and gives values of shape (batch, …).
        name: how history calls it; by default the function's name.
        direction: whether more is better.

    Example:
        >>> closeness = Mean(lambda y, p: -np.abs(np.subtract(y, p)), name="closeness")
        >>> closeness([1.0, 2.0], [1.0, 0.0])
        -1.0
        >>> closeness([0.0], [0.5])
        -0.8333333333333334
    """

    def __init__(
        self,
        fn: Callable[[Any, Any], npt.ArrayLike],
        name: str | None = None,
        direction: Literal["min", "max"] = "max",
    ) -> None:
        self._fn, self.direction = fn, direction
        self.name = name if name is not None else str(getattr(fn, "__name__", "mean"))
        self.reset_state()

    def update_state(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> None:
        values, weights = samplewise(self._fn(y_true, y_pred), sample_weight)
        self._total += float((values * weights).sum())
        self._weight += float(weights.sum())

    def result(self) -> float:
        return self._total / self._weight if self._weight else 0.0

    def reset_state(self) -> None:
        self._total = self._weight = 0.0
