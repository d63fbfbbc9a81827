"""From a loss per sample to one number and its gradient: weights and reductions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from quizdl.engine.arrays import Array, as_array

Reduction = Literal["sum_over_batch_size", "sum", "mean_with_sample_weight", "none"]


def weights(
    shape: tuple[int, ...],
    reduction: Reduction = "sum_over_batch_size",
    sample_weight: ArrayLike | None = None,
) -> Array:
    """What each sample's loss is multiplied by before all are added.

    Formula: w/N for "sum_over_batch_size", w for "sum" and "none", w/Σw for "mean_with_sample_weight"

    Args:
        shape: shape of the samples' losses.
        reduction: Keras's name.
        sample_weight: of that shape or of its first axes, or one number; 1 by default.

    Returns:
        Weights of that shape.

    Raises:
        ValueError: an unknown reduction, weights of another shape. Labels and predictions of one axis are one
            sample, as in Keras, and have no weights.

    Convention: Keras divides by N however the samples are weighted; torch's `weight=` divides by Σw.

    Example:
        >>> weights((2,), sample_weight=[1.0, 3.0])
        array([0.5, 1.5])
        >>> weights((2,), "mean_with_sample_weight", [1.0, 3.0])
        array([0.25, 0.75])
    """
    w = as_array(1.0 if sample_weight is None else sample_weight)
    if w.ndim == len(shape) + 1 and w.shape[-1] == 1:
        w = w[..., 0]
    if w.ndim > len(shape) or w.shape != shape[: w.ndim]:
        raise ValueError(f"sample_weight must be of the shape of the samples {shape}, received {w.shape}")
    w = np.broadcast_to(w.reshape(w.shape + (1,) * (len(shape) - w.ndim)), shape).copy()
    if reduction in ("sum", "none"):
        return w
    if reduction == "sum_over_batch_size":
        return w / max(1, w.size)
    if reduction == "mean_with_sample_weight":
        total = float(w.sum())
        return w / total if total else np.zeros(shape)
    raise ValueError(
        "a reduction must be sum_over_batch_size, sum, mean_with_sample_weight or none; "
        f"received {reduction!r}"
    )


class Loss(NamedTuple):
    """A loss by name: its value per sample, and the gradient of that by y_pred."""

    name: str
    per_sample: Callable[..., Array]
    per_sample_gradient: Callable[..., Array]

    def value(
        self,
        y_true: ArrayLike,
        y_pred: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        reduction: Reduction = "sum_over_batch_size",
        **params: Any,
    ) -> Array:
        """The loss of a batch.

        Args:
            y_true: labels.
            y_pred: predictions.
            sample_weight: one per sample.
            reduction: how the samples' losses become one; "none" keeps them apart.
            **params: of the loss, such as `delta` or `from_logits`.

        Returns:
            A number as an array without axes, or (batch,) for "none".

        Example:
            >>> from quizdl.engine.losses import get
            >>> mse = get("mse")
            >>> float(mse.value([[0.0], [0.0]], [[1.0], [3.0]]))
            5.0
        """
        values = self.per_sample(y_true, y_pred, **params)
        weighted = values * weights(values.shape, reduction, sample_weight)
        return np.asarray(weighted if reduction == "none" else weighted.sum())

    def gradient(
        self,
        y_true: ArrayLike,
        y_pred: ArrayLike,
        *,
        sample_weight: ArrayLike | None = None,
        reduction: Reduction = "sum_over_batch_size",
        **params: Any,
    ) -> Array:
        """The gradient of `value` by y_pred; for "none" that of the sum.

        Returns:
            The shape of y_pred.

        Example:
            >>> from quizdl.engine.losses import get
            >>> mse = get("mse")
            >>> mse.gradient([[0.0], [0.0]], [[1.0], [3.0]])
            array([[1.],
                   [3.]])
        """
        gradient = self.per_sample_gradient(y_true, y_pred, **params)
        scaled = gradient * weights(gradient.shape[:-1], reduction, sample_weight)[..., None]
        return np.asarray(scaled).reshape(np.shape(y_pred))
