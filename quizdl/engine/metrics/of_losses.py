"""Losses followed as metrics: their mean over all samples of all batches."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from quizdl.engine import losses
from quizdl.engine.arrays import Array
from quizdl.engine.metrics.base import Mean


class _OfLoss(Mean):
    """Mean of a loss of `losses`, which the class names; `params` are the loss's."""

    loss = ""

    def __init__(self, name: str = "", **params: Any) -> None:
        per_sample = losses.get(self.loss).per_sample
        super().__init__(lambda y, p: per_sample(y, p, **params), name or self.loss, "min")


class MeanSquaredError(_OfLoss):
    """Mean of `mean_squared_error` over batches.

    Example:
        >>> MeanSquaredError()([[0.0], [0.0]], [[1.0], [3.0]])
        5.0
    """

    loss = "mean_squared_error"


class MeanAbsoluteError(_OfLoss):
    """Mean of `mean_absolute_error` over batches.

    Example:
        >>> MeanAbsoluteError()([[0.0], [0.0]], [[1.0], [3.0]])
        2.0
    """

    loss = "mean_absolute_error"


class MeanAbsolutePercentageError(_OfLoss):
    """Mean of `mean_absolute_percentage_error` over batches.

    Example:
        >>> MeanAbsolutePercentageError()([[2.0]], [[1.0]])
        50.0
    """

    loss = "mean_absolute_percentage_error"


class MeanSquaredLogarithmicError(_OfLoss):
    """Mean of `mean_squared_logarithmic_error` over batches.

    Example:
        >>> MeanSquaredLogarithmicError()([[1.0]], [[1.0]])
        0.0
    """

    loss = "mean_squared_logarithmic_error"


class LogCoshError(_OfLoss):
    """Mean of `log_cosh` over batches.

    Example:
        >>> LogCoshError()([[1.0]], [[1.0]])
        0.0
    """

    loss = "log_cosh"


class BinaryCrossentropy(_OfLoss):
    """Mean of `binary_crossentropy` over batches.

    Example:
        >>> BinaryCrossentropy(from_logits=True)([[1.0]], [[-500.0]])
        500.0
    """

    loss = "binary_crossentropy"


class CategoricalCrossentropy(_OfLoss):
    """Mean of `categorical_crossentropy` over batches.

    Example:
        >>> CategoricalCrossentropy(from_logits=True)([[0.0, 1.0]], [[500.0, 0.0]])
        500.0
    """

    loss = "categorical_crossentropy"


class SparseCategoricalCrossentropy(_OfLoss):
    """Mean of `sparse_categorical_crossentropy` over batches.

    Example:
        >>> SparseCategoricalCrossentropy(from_logits=True)([1], [[500.0, 0.0]])
        500.0
    """

    loss = "sparse_categorical_crossentropy"


class KLDivergence(_OfLoss):
    """Mean of `kl_divergence` over batches.

    Example:
        >>> KLDivergence()([[0.5, 0.5]], [[0.5, 0.5]])
        0.0
    """

    loss = "kl_divergence"


class Poisson(_OfLoss):
    """Mean of `poisson` over batches.

    Example:
        >>> Poisson()([[0.0]], [[2.0]])
        2.0
    """

    loss = "poisson"


class Hinge(_OfLoss):
    """Mean of `hinge` over batches.

    Example:
        >>> Hinge()([[1.0]], [[0.25]])
        0.75
    """

    loss = "hinge"


class SquaredHinge(_OfLoss):
    """Mean of `squared_hinge` over batches.

    Example:
        >>> SquaredHinge()([[1.0]], [[0.5]])
        0.25
    """

    loss = "squared_hinge"


class CategoricalHinge(_OfLoss):
    """Mean of `categorical_hinge` over batches.

    Example:
        >>> CategoricalHinge()([[0.0, 1.0]], [[0.5, 0.5]])
        1.0
    """

    loss = "categorical_hinge"


class CosineSimilarity(Mean):
    """Mean cosine of the angle between labels and predictions: +cos, where the loss is −cos.

    Example:
        >>> CosineSimilarity()([[3.0, 4.0]], [[6.0, 8.0]])
        1.0
    """

    def __init__(self, name: str = "cosine_similarity") -> None:
        super().__init__(_cosine, name)


def _cosine(y_true: npt.ArrayLike, y_pred: npt.ArrayLike) -> Array:
    return -losses.get("cosine_similarity").per_sample(y_true, y_pred)
