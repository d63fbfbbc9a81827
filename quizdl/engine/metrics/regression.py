"""Metrics of predictions that are numbers: RMSE and R²."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array, divide_no_nan, same_rank
from quizdl.engine.metrics.base import Mean, Metric


def root_mean_squared_error(
    y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
) -> float:
    """Root of the mean squared error, in the unit of y.

    Formula: √(Σ w (ŷ − y)² / Σ w)

    Args:
        y_true: (batch, …).
        y_pred: of that shape.
        sample_weight: (batch,), 1 by default.

    Returns:
        One number ≥ 0.

    Convention: a metric in Keras, not a loss.

    Example:
        >>> root_mean_squared_error([0.0, 0.0], [1.0, 7.0])
        5.0
    """
    return float(RootMeanSquaredError()(y_true, y_pred, sample_weight))


class RootMeanSquaredError(Mean):
    """RMSE over batches: the root of the mean of all squared errors, not the mean of the batches' roots.

    Example:
        >>> rmse = RootMeanSquaredError()
        >>> rmse([[1.0, 2.0]], [[2.0, 4.0]])  # doctest: +ELLIPSIS
        1.5811...
        >>> rmse([[0.0, 0.0]], [[0.0, 6.0]])  # doctest: +ELLIPSIS
        3.2015...
    """

    def __init__(self, name: str = "root_mean_squared_error") -> None:
        super().__init__(_squares, name, "min")

    def result(self) -> float:
        return float(np.sqrt(super().result()))


def _squares(y_true: npt.ArrayLike, y_pred: npt.ArrayLike) -> Array:
    true, pred = same_rank(y_true, y_pred)
    return (pred - true) ** 2


def r2_score(
    y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
) -> float:
    """Part of the variance that is explained, the mean over outputs.

    Formula: R² = 1 − Σ (y − ŷ)² / Σ (y − ȳ)²

    Args:
        y_true: (n,) or (n, outputs).
        y_pred: of that shape.
        sample_weight: (n,), 1 by default.

    Returns:
        At most 1; 0 for the mean as prediction, negative for worse than that.

    Convention: Keras. For targets that are all equal it is 0 (Keras: 0, or NaN if the prediction is perfect;
    scikit-learn: 0, or 1).

    Example:
        >>> r2_score([1.0, 2.0, 3.0], [1.0, 2.0, 4.0])
        0.5
    """
    return float(R2Score()(y_true, y_pred, sample_weight))


class R2Score(Metric):
    """`r2_score` over batches.

    Args:
        class_aggregation: "uniform_average" over outputs, "variance_weighted_average", or None for each.
        num_regressors: p > 0 gives the adjusted R², 1 − (1 − R²)(n − 1)/(n − p − 1).
        name: how history calls it.

    Example:
        >>> score = R2Score()
        >>> score.update_state([[1.0], [2.0]], [[1.0], [2.0]])
        >>> score([[3.0]], [[4.0]])
        0.5
    """

    _mean: Array
    _spread: Array
    _residual: Array
    _weight: float
    _samples: int

    def __init__(
        self,
        class_aggregation: Literal["uniform_average", "variance_weighted_average"] | None = "uniform_average",
        num_regressors: int = 0,
        name: str = "r2_score",
    ) -> None:
        if class_aggregation not in (None, "uniform_average", "variance_weighted_average"):
            raise ValueError(
                "class_aggregation must be None, uniform_average or variance_weighted_average, "
                f"received {class_aggregation!r}"
            )
        if num_regressors < 0:
            raise ValueError(f"num_regressors must be ≥ 0, received {num_regressors}")
        self.class_aggregation, self.num_regressors, self.name = class_aggregation, num_regressors, name
        self.reset_state()

    def update_state(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> None:
        true, pred = same_rank(y_true, y_pred)
        true, pred = (a.reshape(len(a), -1) for a in (true, pred))
        w = np.ones((len(true), 1)) if sample_weight is None else as_array(sample_weight).reshape(-1, 1)
        weight = float(w.sum())
        if weight == 0:
            return
        mean = (w * true).sum(axis=0) / weight
        spread = (w * (true - mean) ** 2).sum(axis=0)
        # Two parts' spreads about their own means make that about the common mean without cancellation.
        total = self._weight + weight
        apart = mean - self._mean
        self._spread = self._spread + spread + apart**2 * (self._weight * weight / total)
        self._mean = self._mean + apart * (weight / total)
        self._residual = self._residual + (w * (true - pred) ** 2).sum(axis=0)
        self._weight = total
        self._samples += true.size

    def result(self) -> Any:
        scores = np.where(self._spread > 0, 1.0 - divide_no_nan(self._residual, self._spread), 0.0)
        if self.class_aggregation is None:
            score = scores
        elif self.class_aggregation == "uniform_average":
            score = as_array(scores.mean())
        else:
            score = divide_no_nan((self._spread * scores).sum(), self._spread.sum())
        left = self._samples - self.num_regressors - 1
        if self.num_regressors and left > 0:
            score = as_array(1.0 - (1.0 - score) * (self._samples - 1) / left)
        return float(score) if score.ndim == 0 else score

    def reset_state(self) -> None:
        self._mean = np.zeros(1)
        self._spread = np.zeros(1)
        self._residual = np.zeros(1)
        self._weight = 0.0
        self._samples = 0
