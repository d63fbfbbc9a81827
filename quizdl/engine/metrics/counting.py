"""The counts of `confusion` collected over batches: Precision, Recall, F1Score and the four counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import EPSILON, Array, as_array, divide_no_nan
from quizdl.engine.metrics.base import Metric
from quizdl.engine.metrics.confusion import (
    Average,
    Counts,
    confusion_counts,
    fbeta_of_sums,
    fbeta_sums,
)


class _Counting(Metric):
    """Adds up `confusion_counts`; a list of thresholds gives a value for each."""

    counts: Counts

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "") -> None:
        self.thresholds = as_array(thresholds)
        if ((self.thresholds < 0) | (self.thresholds > 1)).any():
            raise ValueError(f"thresholds must be in [0, 1], received {thresholds!r}")
        self.name = name
        self.reset_state()

    def update_state(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> None:
        batch = confusion_counts(y_true, y_pred, self.thresholds, sample_weight)
        self.counts = Counts(*(a + b for a, b in zip(self.counts, batch, strict=True)))

    def reset_state(self) -> None:
        self.counts = Counts(*(np.zeros(self.thresholds.shape) for _ in range(4)))

    def result(self) -> Any:
        value = self._value(self.counts)
        return float(value) if value.ndim == 0 else value

    def _value(self, n: Counts) -> Array:
        raise NotImplementedError


class TruePositives(_Counting):
    """Positives predicted positive.

    Example:
        >>> TruePositives()([1, 1, 0, 0], [0.9, 0.5, 0.6, 0.1])
        1.0
    """

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "true_positives") -> None:
        super().__init__(thresholds, name)

    def _value(self, n: Counts) -> Array:
        return n.true_positives


class FalsePositives(_Counting):
    """Negatives predicted positive.

    Example:
        >>> FalsePositives()([1, 1, 0, 0], [0.9, 0.5, 0.6, 0.1])
        1.0
    """

    direction = "min"

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "false_positives") -> None:
        super().__init__(thresholds, name)

    def _value(self, n: Counts) -> Array:
        return n.false_positives


class TrueNegatives(_Counting):
    """Negatives predicted negative.

    Example:
        >>> TrueNegatives()([1, 1, 0, 0], [0.9, 0.5, 0.6, 0.1])
        1.0
    """

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "true_negatives") -> None:
        super().__init__(thresholds, name)

    def _value(self, n: Counts) -> Array:
        return n.true_negatives


class FalseNegatives(_Counting):
    """Positives predicted negative.

    Example:
        >>> FalseNegatives()([1, 1, 0, 0], [0.9, 0.5, 0.6, 0.1])
        1.0
    """

    direction = "min"

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "false_negatives") -> None:
        super().__init__(thresholds, name)

    def _value(self, n: Counts) -> Array:
        return n.false_negatives


class Precision(_Counting):
    """TP / (TP + FP) over batches, 0 where nothing is predicted positive.

    Example:
        >>> metric = Precision()
        >>> metric([1, 0], [0.9, 0.8]), metric([1, 1], [0.9, 0.9])
        (0.5, 0.75)
    """

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "precision") -> None:
        super().__init__(thresholds, name)

    def _value(self, n: Counts) -> Array:
        return divide_no_nan(n.true_positives, n.true_positives + n.false_positives)


class Recall(_Counting):
    """TP / (TP + FN) over batches, 0 where there are no positives.

    Example:
        >>> Recall(thresholds=[0.0, 0.5])([1, 1], [0.9, 0.2])
        array([1. , 0.5])
    """

    def __init__(self, thresholds: npt.ArrayLike = 0.5, name: str = "recall") -> None:
        super().__init__(thresholds, name)

    def _value(self, n: Counts) -> Array:
        return divide_no_nan(n.true_positives, n.true_positives + n.false_negatives)


class FBetaScore(Metric):
    """`fbeta_score` over batches: from the counts of all, not the mean of the batches' scores.

    Example:
        >>> FBetaScore(beta=2.0, threshold=0.5)([1, 1, 0, 0], [0.9, 0.4, 0.7, 0.1]).round(4)
        array([0.5])
    """

    _sums: Array

    def __init__(
        self,
        average: Average = None,
        beta: float = 1.0,
        threshold: float | None = None,
        name: str = "fbeta_score",
    ) -> None:
        if average not in (None, "micro", "macro", "weighted"):
            raise ValueError(f"average must be None, micro, macro or weighted, received {average!r}")
        if not beta > 0:
            raise ValueError(f"beta must be > 0, received {beta}")
        self.average, self.beta, self.threshold, self.name = average, beta, threshold, name
        self.reset_state()

    def update_state(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> None:
        self._sums = self._sums + fbeta_sums(y_true, y_pred, self.average, self.threshold, sample_weight)

    def result(self) -> Array:
        return fbeta_of_sums(self._sums, self.beta, self.average, EPSILON)

    def reset_state(self) -> None:
        self._sums = np.zeros(3) if self.average == "micro" else np.zeros((3, 1))


class F1Score(FBetaScore):
    """`f1_score` over batches.

    Example:
        >>> F1Score(average="micro", threshold=0.5)([1, 1, 0, 0], [0.9, 0.4, 0.7, 0.1])
        array(0.49999993)
    """

    def __init__(
        self, average: Average = None, threshold: float | None = None, name: str = "f1_score"
    ) -> None:
        super().__init__(average, 1.0, threshold, name)
