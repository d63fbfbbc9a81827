"""The accuracy family: how often the prediction is right. Functions give 0 or 1 for each sample."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, Integers, as_array, same_rank
from quizdl.engine.metrics.base import Mean


def accuracy(y_true: npt.ArrayLike, y_pred: npt.ArrayLike) -> Array:
    """Whether labels are equal.

    Formula: [y = ŷ]

    Args:
        y_true: labels, any shape.
        y_pred: labels of that shape, not probabilities.

    Returns:
        1 where equal, 0 elsewhere, of that shape; take the mean.

    Example:
        >>> accuracy([1, 2, 3], [1, 2, 0])
        array([1., 1., 0.])
    """
    true, pred = same_rank(y_true, y_pred)
    return as_array(true == pred)


def binary_accuracy(y_true: npt.ArrayLike, y_pred: npt.ArrayLike, threshold: float = 0.5) -> Array:
    """Whether a probability is on the right side of the threshold.

    Formula: [y = [p > t]]

    Args:
        y_true: 0 or 1, any shape.
        y_pred: probabilities, of that shape or with one axis of length 1 more.
        threshold: t; a probability of exactly t counts as 0.

    Returns:
        1 where right, 0 elsewhere.

    Example:
        >>> binary_accuracy([1, 1, 0], [0.9, 0.5, 0.1])
        array([1., 0., 1.])
    """
    true, pred = same_rank(y_true, y_pred)
    return as_array(true == (pred > threshold))


def categorical_accuracy(y_true: npt.ArrayLike, y_pred: npt.ArrayLike) -> Array:
    """Whether the likeliest class is the right one, labels one-hot.

    Formula: [argmax y = argmax p]

    Args:
        y_true: (batch, classes).
        y_pred: (batch, classes), probabilities or logits.

    Returns:
        (batch,) of 0 and 1. Of equal classes the first is taken.

    Example:
        >>> categorical_accuracy([[0, 1], [0, 1]], [[0.2, 0.8], [0.5, 0.5]])
        array([1., 0.])
    """
    true, pred = same_rank(y_true, y_pred)
    return as_array(true.argmax(axis=-1) == pred.argmax(axis=-1))


def sparse_categorical_accuracy(y_true: npt.ArrayLike, y_pred: npt.ArrayLike) -> Array:
    """Whether the likeliest class is the right one, labels as class numbers.

    Args:
        y_true: (batch,) or (batch, 1) class numbers.
        y_pred: (batch, classes), probabilities or logits.

    Returns:
        (batch,) of 0 and 1.

    Example:
        >>> sparse_categorical_accuracy([1, 0], [[0.2, 0.8], [0.5, 0.5]])
        array([1., 1.])
    """
    pred = as_array(y_pred)
    return as_array(class_numbers(y_true, pred) == pred.argmax(axis=-1))


def sparse_top_k_categorical_accuracy(y_true: npt.ArrayLike, y_pred: npt.ArrayLike, k: int = 5) -> Array:
    """Whether the right class is among the k likeliest, labels as class numbers.

    Formula: [#{j: pⱼ > p_y} < k]

    Args:
        y_true: (batch,) or (batch, 1) class numbers.
        y_pred: (batch, classes).
        k: how many count.

    Returns:
        (batch,) of 0 and 1. A class equal to the k-th counts.

    Example:
        >>> sparse_top_k_categorical_accuracy([2, 0], [[0.5, 0.3, 0.2], [0.3, 0.5, 0.2]], k=2)
        array([0., 1.])
    """
    pred = as_array(y_pred)
    own = np.take_along_axis(pred, class_numbers(y_true, pred)[..., None], axis=-1)
    return as_array((pred > own).sum(axis=-1) < k)


def top_k_categorical_accuracy(y_true: npt.ArrayLike, y_pred: npt.ArrayLike, k: int = 5) -> Array:
    """Whether the right class is among the k likeliest, labels one-hot.

    Args:
        y_true: (batch, classes).
        y_pred: (batch, classes).
        k: how many count.

    Returns:
        (batch,) of 0 and 1.

    Example:
        >>> top_k_categorical_accuracy([[1, 0, 0]], [[0.3, 0.5, 0.2]], k=2)
        array([1.])
    """
    true, pred = same_rank(y_true, y_pred)
    return sparse_top_k_categorical_accuracy(true.argmax(axis=-1), pred, k)


def class_numbers(y_true: npt.ArrayLike, y_pred: Array) -> Integers:
    """Labels as integers of the shape of the predictions without the classes' axis."""
    labels = np.asarray(y_true)
    if labels.ndim == y_pred.ndim and labels.shape[-1] == 1:
        labels = labels[..., 0]
    if labels.shape != y_pred.shape[:-1]:
        raise ValueError(
            f"class numbers must have the shape {y_pred.shape[:-1]}, received {labels.shape}; "
            "one-hot labels go with categorical_accuracy"
        )
    return labels.astype(np.int64)


class Accuracy(Mean):
    """Mean of `accuracy` over batches.

    Example:
        >>> Accuracy()([1, 2, 3], [1, 2, 0])
        0.6666666666666666
    """

    def __init__(self, name: str = "accuracy") -> None:
        super().__init__(accuracy, name)


class BinaryAccuracy(Mean):
    """Mean of `binary_accuracy` over batches.

    Example:
        >>> BinaryAccuracy()([1, 0, 1, 1], [0.9, 0.2, 0.4, 0.8])
        0.75
    """

    def __init__(self, name: str = "binary_accuracy", threshold: float = 0.5) -> None:
        super().__init__(lambda y, p: binary_accuracy(y, p, threshold), name)


class CategoricalAccuracy(Mean):
    """Mean of `categorical_accuracy` over batches.

    Example:
        >>> CategoricalAccuracy()([[0, 1], [1, 0]], [[0.2, 0.8], [0.4, 0.6]])
        0.5
    """

    def __init__(self, name: str = "categorical_accuracy") -> None:
        super().__init__(categorical_accuracy, name)


class SparseCategoricalAccuracy(Mean):
    """Mean of `sparse_categorical_accuracy` over batches.

    Example:
        >>> SparseCategoricalAccuracy()([1, 0], [[0.2, 0.8], [0.4, 0.6]])
        0.5
    """

    def __init__(self, name: str = "sparse_categorical_accuracy") -> None:
        super().__init__(sparse_categorical_accuracy, name)


class TopKCategoricalAccuracy(Mean):
    """Mean of `top_k_categorical_accuracy` over batches.

    Example:
        >>> TopKCategoricalAccuracy(k=2)([[1, 0, 0]], [[0.3, 0.5, 0.2]])
        1.0
    """

    def __init__(self, k: int = 5, name: str = "top_k_categorical_accuracy") -> None:
        super().__init__(lambda y, p: top_k_categorical_accuracy(y, p, k), name)


class SparseTopKCategoricalAccuracy(Mean):
    """Mean of `sparse_top_k_categorical_accuracy` over batches.

    Example:
        >>> SparseTopKCategoricalAccuracy(k=2)([2], [[0.3, 0.5, 0.2]])
        0.0
    """

    def __init__(self, k: int = 5, name: str = "sparse_top_k_categorical_accuracy") -> None:
        super().__init__(lambda y, p: sparse_top_k_categorical_accuracy(y, p, k), name)
