"""Common-sense baselines: what a model must beat to have learnt anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array
from quizdl.engine.variance_scaling import Seed


def majority_class(labels: npt.ArrayLike) -> int:
    """The most frequent class; of equally frequent ones the smallest.

    Args:
        labels: (n,) class numbers, n ≥ 1.

    Returns:
        A class number.

    Example:
        >>> majority_class([0, 1, 1])
        1
    """
    classes, counts = np.unique(np.asarray(labels, dtype=np.int64), return_counts=True)
    if not len(classes):
        raise ValueError("labels must not be empty")
    return int(classes[counts.argmax()])


def majority_accuracy(labels: npt.ArrayLike) -> float:
    """Accuracy of always answering with the most frequent class.

    Formula: max over classes of n_c / n

    Args:
        labels: (n,) class numbers.

    Returns:
        In (0, 1]. With 99 % of one class, 0.99 is no achievement.

    Example:
        >>> majority_accuracy([0, 1, 1, 1])
        0.75
    """
    classes = np.asarray(labels, dtype=np.int64)
    return float((classes == majority_class(classes)).mean())


def random_accuracy(labels: npt.ArrayLike) -> float:
    """Accuracy to expect of guessing classes as often as they occur.

    Formula: Σ over classes (n_c / n)²; 1/K for K equally frequent classes

    Args:
        labels: (n,) class numbers.

    Returns:
        In (0, 1], at most `majority_accuracy`.

    Example:
        >>> random_accuracy([0, 1, 0, 1])
        0.5
    """
    _, counts = np.unique(np.asarray(labels, dtype=np.int64), return_counts=True)
    return float(((counts / counts.sum()) ** 2).sum())


def random_guess(labels: npt.ArrayLike, n: int, rng: Seed = None) -> npt.NDArray[np.int64]:
    """n classes drawn as often as they occur among the labels.

    Example:
        >>> set(random_guess([3, 7], 100, 0).tolist()) == {3, 7}
        True
    """
    return np.random.default_rng(rng).choice(np.asarray(labels, dtype=np.int64), size=n)


def mean_baseline_mse(y_true: npt.ArrayLike) -> float:
    """Mean squared error of always answering with the mean: the variance.

    Formula: Σ (y − ȳ)² / n

    Args:
        y_true: (n,) or (n, outputs) targets.

    Returns:
        ≥ 0; R² is 0 there.

    Example:
        >>> mean_baseline_mse([1.0, 3.0])
        1.0
    """
    return float(as_array(y_true).var(axis=0).mean())


def median_baseline_mae(y_true: npt.ArrayLike) -> float:
    """Mean absolute error of always answering with the median, the best constant for that error.

    Formula: Σ |y − median y| / n

    Args:
        y_true: (n,) or (n, outputs) targets.

    Returns:
        ≥ 0.

    Example:
        >>> median_baseline_mae([1.0, 2.0, 6.0])  # doctest: +ELLIPSIS
        1.666...
    """
    y = as_array(y_true)
    return float(np.abs(y - np.median(y, axis=0)).mean())


def persistence_mae(series: npt.ArrayLike, period: int = 1) -> float:
    """Mean absolute error of answering that nothing changes: the value of one period ago.

    Formula: Σ |yₜ − yₜ₋ₚ| / (n − p)

    Args:
        series: (n,) or (n, outputs), in the order of time.
        period: p, e.g. 24 for "as yesterday at this hour" of hourly values; 1 ≤ p < n.

    Returns:
        ≥ 0.

    Raises:
        ValueError: p is not in 1 … n − 1.

    Example:
        >>> persistence_mae([1.0, 2.0, 4.0])
        1.5
    """
    y = as_array(series)
    if not 1 <= period < len(y):
        raise ValueError(f"period must be in 1 … {len(y) - 1}, received {period}")
    return float(np.abs(y[period:] - y[:-period]).mean())


@dataclass(frozen=True, slots=True)
class DummyModel:
    """A model that answers the same to everything: the mean of what it was shown.

    For one-hot labels that is the frequency of each class.

    Example:
        >>> DummyModel.fit([[0.0], [3.0]]).predict(np.zeros((2, 5)))
        array([[1.5],
               [1.5]])
    """

    answer: Array

    @classmethod
    def fit(cls, y_true: npt.ArrayLike) -> DummyModel:
        """Take the mean of (n, …) targets."""
        return cls(as_array(y_true).mean(axis=0))

    def predict(self, x: npt.ArrayLike) -> Array:
        """The same answer for each of the samples."""
        return np.broadcast_to(self.answer, (len(as_array(x)), *self.answer.shape)).copy()
