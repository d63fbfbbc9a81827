"""Area under the curve: how well scores rank positives above negatives."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import EPSILON, Array, as_array, divide_no_nan, same_rank
from quizdl.engine.metrics.base import Metric
from quizdl.engine.metrics.confusion import Counts, confusion_counts


def roc_auc(
    y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
) -> float:
    """Exact area under the ROC curve.

    Formula: P(s⁺ > s⁻) + ½ P(s⁺ = s⁻), s⁺ and s⁻ the scores of a random positive and a random negative

    Args:
        y_true: (n,) of 0 and 1.
        y_pred: (n,) scores; only their order counts.
        sample_weight: (n,) ≥ 0, 1 by default.

    Returns:
        In [0, 1]; 0.5 is chance. 0 without positives or without negatives, as `AUC`.

    Convention: exact, as scikit-learn; Keras's `AUC` sums over 200 thresholds.

    Example:
        >>> roc_auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
        0.75

    Reference: Fawcett, An Introduction to ROC Analysis (2006).
    """
    true, score = (a.ravel() for a in same_rank(y_true, y_pred))
    w = np.ones_like(true) if sample_weight is None else as_array(sample_weight).ravel()
    _, rank = np.unique(score, return_inverse=True)
    ranks = rank.ravel()
    groups = int(ranks.max(initial=-1)) + 1
    positive = np.bincount(ranks, weights=w * (true > 0.5), minlength=groups)
    negative = np.bincount(ranks, weights=w * (true <= 0.5), minlength=groups)
    below = np.cumsum(negative) - negative
    won = float((positive * (below + negative / 2)).sum())
    return float(divide_no_nan(won, positive.sum() * negative.sum()))


class AUC(Metric):
    """Area under the ROC or precision-recall curve by sums over thresholds.

    Formula: Riemann sum of TPR over FPR (ROC), or of precision over recall (PR)

    Args:
        num_thresholds: evenly spaced in [0, 1], with one just outside at each end.
        curve: "ROC" or "PR".
        summation_method: "interpolation" (trapezoids; for PR the interpolation of Davis and Goadrich),
            "minoring" or "majoring" for the lower or higher edge of each strip.
        thresholds: own thresholds in (0, 1) instead.
        from_logits: whether predictions must go through the sigmoid first.
        name: how history calls it.

    Convention: Keras. Errors are of the order of 1/num_thresholds where many scores are close; `roc_auc` is
    exact.

    Example:
        >>> round(AUC()([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]), 6)
        0.75

    Reference: Davis, Goadrich, The Relationship Between Precision-Recall and ROC Curves (2006).
    """

    counts: Counts

    def __init__(
        self,
        num_thresholds: int = 200,
        curve: Literal["ROC", "PR"] = "ROC",
        summation_method: Literal["interpolation", "minoring", "majoring"] = "interpolation",
        name: str = "auc",
        thresholds: npt.ArrayLike | None = None,
        from_logits: bool = False,
    ) -> None:
        if curve not in ("ROC", "PR"):
            raise ValueError(f"curve must be ROC or PR, received {curve!r}")
        if summation_method not in ("interpolation", "minoring", "majoring"):
            raise ValueError(
                f"summation_method must be interpolation, minoring or majoring, received {summation_method!r}"
            )
        if num_thresholds < 2:
            raise ValueError(f"num_thresholds must be at least 2, received {num_thresholds}")
        self.curve, self.summation_method, self.name, self.from_logits = (
            curve, summation_method, name, from_logits,
        )  # fmt: skip
        inner = (
            np.arange(1, num_thresholds - 1) / (num_thresholds - 1)
            if thresholds is None
            else np.sort(as_array(thresholds))
        )
        self.thresholds = np.concatenate([[-EPSILON], inner, [1.0 + EPSILON]])
        self.reset_state()

    def update_state(
        self, y_true: npt.ArrayLike, y_pred: npt.ArrayLike, sample_weight: npt.ArrayLike | None = None
    ) -> None:
        pred = as_array(y_pred)
        if self.from_logits:
            pred = 0.5 * (1.0 + np.tanh(0.5 * pred))
        if pred.size and (pred.min() < 0 or pred.max() > 1):
            raise ValueError(
                f"predictions must be in [0, 1], received {pred.min()} … {pred.max()}; see from_logits"
            )
        batch = confusion_counts(y_true, pred, self.thresholds, sample_weight)
        self.counts = Counts(*(a + b for a, b in zip(self.counts, batch, strict=True)))

    def reset_state(self) -> None:
        self.counts = Counts(*(np.zeros(self.thresholds.shape) for _ in range(4)))

    def result(self) -> float:
        tp, fp, tn, fn = self.counts
        true_positive_rate = divide_no_nan(tp, tp + fn)
        if self.curve == "ROC":
            return self._area(divide_no_nan(fp, fp + tn), true_positive_rate)
        if self.summation_method != "interpolation":
            return self._area(true_positive_rate, divide_no_nan(tp, tp + fp))
        return _interpolated_precision_recall(tp, fp, fn)

    def _area(self, x: Array, y: Array) -> float:
        heights = {
            "interpolation": (y[:-1] + y[1:]) / 2,
            "minoring": np.minimum(y[:-1], y[1:]),
            "majoring": np.maximum(y[:-1], y[1:]),
        }[self.summation_method]
        return float(((x[:-1] - x[1:]) * heights).sum())


def _interpolated_precision_recall(tp: Array, fp: Array, fn: Array) -> float:
    """TP and FP move evenly between thresholds, so precision does not: ∫ TP/(TP + FP) dTP in closed form."""
    predicted = tp + fp
    gained = tp[:-1] - tp[1:]
    slope = divide_no_nan(gained, np.maximum(predicted[:-1] - predicted[1:], 0.0))
    intercept = tp[1:] - slope * predicted[1:]
    both = (predicted[:-1] > 0) & (predicted[1:] > 0)
    ratio = np.where(both, divide_no_nan(predicted[:-1], predicted[1:]), 1.0)
    return float(divide_no_nan(slope * (gained + intercept * np.log(ratio)), tp[1:] + fn[1:]).sum())
