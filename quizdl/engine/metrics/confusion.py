"""Counts of right and wrong, and what is made of them: confusion matrix, precision, recall, F1."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import EPSILON, Array, as_array, divide_no_nan, same_rank

Average: TypeAlias = Literal["micro", "macro", "weighted"] | None


class Counts(NamedTuple):
    """True and false positives and negatives, as numbers (possibly weighted)."""

    true_positives: Array
    false_positives: Array
    true_negatives: Array
    false_negatives: Array


def confusion_matrix(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    num_classes: int | None = None,
    sample_weight: npt.ArrayLike | None = None,
) -> Array:
    """How often each class was taken for each.

    Formula: Cᵢⱼ = Σ w [y = i][ŷ = j]

    Args:
        y_true: (n,) class numbers.
        y_pred: (n,) class numbers.
        num_classes: by default one more than the largest number.
        sample_weight: (n,), 1 by default.

    Returns:
        (classes, classes): a row for each true class, a column for each predicted one.

    Raises:
        ValueError: shapes that differ, a class outside of 0 … num_classes − 1.

    Convention: rows are true, as in TensorFlow and scikit-learn; some books have them as columns.

    Example:
        >>> confusion_matrix([0, 0, 1, 2], [0, 1, 1, 2])
        array([[1., 1., 0.],
               [0., 1., 0.],
               [0., 0., 1.]])
    """
    true, pred = np.asarray(y_true, dtype=np.int64), np.asarray(y_pred, dtype=np.int64)
    if true.shape != pred.shape or true.ndim != 1:
        raise ValueError(f"y_true and y_pred must both be (n,), received {true.shape} and {pred.shape}")
    largest = int(max(true.max(initial=-1), pred.max(initial=-1)))
    classes = largest + 1 if num_classes is None else num_classes
    if largest >= classes or min(true.min(initial=0), pred.min(initial=0)) < 0:
        raise ValueError(f"classes must be 0 … {classes - 1}")
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (true, pred), 1.0 if sample_weight is None else as_array(sample_weight))
    return matrix


def confusion_counts(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    thresholds: npt.ArrayLike = 0.5,
    sample_weight: npt.ArrayLike | None = None,
) -> Counts:
    """True and false positives and negatives at one threshold or many.

    Formula: TP = Σ w [y = 1][p > t], FP = Σ w [y = 0][p > t], TN and FN with p ≤ t

    Args:
        y_true: 0 or 1, any shape.
        y_pred: probabilities of that shape.
        thresholds: t, one or (k,). The comparison is strict: p = t is negative.
        sample_weight: broadcast against y_true from its first axis, 1 by default.

    Returns:
        Counts of the shape of `thresholds`.

    Example:
        >>> [float(n) for n in confusion_counts([1, 1, 0, 0], [0.9, 0.5, 0.6, 0.1])]
        [1.0, 1.0, 1.0, 1.0]
    """
    true, pred = same_rank(y_true, y_pred)
    w = np.ones_like(true)
    if sample_weight is not None:
        given = as_array(sample_weight)
        w = w * given.reshape(given.shape + (1,) * (true.ndim - given.ndim))
    t = as_array(thresholds)
    yes = pred.ravel() > t[..., None]
    positive = (true.ravel() > 0.5) * w.ravel()
    negative = w.ravel() - positive
    tp, fp = (yes * positive).sum(axis=-1), (yes * negative).sum(axis=-1)
    return Counts(tp, fp, as_array(negative.sum() - fp), as_array(positive.sum() - tp))


def precision(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    threshold: float = 0.5,
    sample_weight: npt.ArrayLike | None = None,
) -> float:
    """Part of the positive predictions that is right.

    Formula: TP / (TP + FP), 0 where nothing is predicted positive

    Args:
        y_true: 0 or 1, any shape.
        y_pred: probabilities of that shape.
        threshold: p > threshold is positive.
        sample_weight: 1 by default.

    Returns:
        In [0, 1].

    Example:
        >>> precision([1, 1, 0, 0], [0.9, 0.8, 0.7, 0.1])
        0.6666666666666666
    """
    n = confusion_counts(y_true, y_pred, threshold, sample_weight)
    return float(divide_no_nan(n.true_positives, n.true_positives + n.false_positives))


def recall(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    threshold: float = 0.5,
    sample_weight: npt.ArrayLike | None = None,
) -> float:
    """Part of the positive samples that is found.

    Formula: TP / (TP + FN), 0 where there are none

    Args:
        y_true: 0 or 1, any shape.
        y_pred: probabilities of that shape.
        threshold: p > threshold is positive.
        sample_weight: 1 by default.

    Returns:
        In [0, 1].

    Example:
        >>> recall([1, 1, 0, 0], [0.9, 0.4, 0.7, 0.1])
        0.5
    """
    n = confusion_counts(y_true, y_pred, threshold, sample_weight)
    return float(divide_no_nan(n.true_positives, n.true_positives + n.false_negatives))


def fbeta_score(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    beta: float = 1.0,
    average: Average = None,
    threshold: float | None = None,
    epsilon: float = EPSILON,
) -> Array:
    """Weighted harmonic mean of precision and recall.

    Formula: Fβ = (1 + β²) P R / (β² P + R), P and R for each class, ε in each denominator

    Args:
        y_true: (n, classes) of 0 and 1; (n,) is one class.
        y_pred: probabilities of that shape.
        beta: β, how many times recall counts more than precision.
        average: None for a value for each class, "macro" for their mean, "weighted" by how often each class
            occurs, "micro" for one value from the counts of all.
        threshold: p > threshold is positive; None takes the largest p of each row.
        epsilon: ε, 1e-7 as in Keras, which makes a perfect score 0.9999999; 0 for the plain definition, where
            0/0 is 0.

    Returns:
        (classes,) or one number as an array.

    Example:
        >>> fbeta_score([1, 1, 0, 0], [0.9, 0.4, 0.7, 0.1], threshold=0.5, epsilon=0.0)
        array([0.5])
    """
    return fbeta_of_sums(fbeta_sums(y_true, y_pred, average, threshold), beta, average, epsilon)


def f1_score(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    *,
    average: Average = None,
    threshold: float | None = None,
    epsilon: float = EPSILON,
) -> Array:
    """Harmonic mean of precision and recall, `fbeta_score` with β = 1.

    Formula: F₁ = 2 P R / (P + R)

    Args:
        y_true: (n, classes) of 0 and 1; (n,) is one class.
        y_pred: probabilities of that shape.
        average: as for `fbeta_score`.
        threshold: as for `fbeta_score`.
        epsilon: as for `fbeta_score`.

    Returns:
        (classes,) or one number as an array.

    Example:
        >>> f1_score([[1, 0], [0, 1]], [[0.8, 0.2], [0.6, 0.4]], average="macro", epsilon=0.0)
        array(0.33333333)
    """
    return fbeta_score(y_true, y_pred, average=average, threshold=threshold, epsilon=epsilon)


def fbeta_sums(
    y_true: npt.ArrayLike,
    y_pred: npt.ArrayLike,
    average: Average,
    threshold: float | None,
    sample_weight: npt.ArrayLike | None = None,
) -> Array:
    """What F needs of a batch: (3, classes) of TP, FP and FN, or (3,) for the micro average."""
    true, pred = same_rank(y_true, y_pred)
    if true.ndim == 1:
        true, pred = true[:, None], pred[:, None]
    if threshold is None:
        yes = (pred >= pred.max(axis=-1, keepdims=True)) & (np.abs(pred) > 1e-9)
    else:
        yes = pred > threshold
    w = np.ones((len(true), 1)) if sample_weight is None else as_array(sample_weight).reshape(-1, 1)
    parts = np.stack([yes * true * w, yes * (1 - true) * w, ~yes * true * w])
    return as_array(parts.sum(axis=(1, 2) if average == "micro" else 1))


def fbeta_of_sums(sums: Array, beta: float, average: Average, epsilon: float) -> Array:
    """Fβ from `fbeta_sums`."""
    tp, fp, fn = sums
    p = divide_no_nan(tp, tp + fp + epsilon)
    r = divide_no_nan(tp, tp + fn + epsilon)
    f = divide_no_nan((1 + beta**2) * p * r, beta**2 * p + r + epsilon)
    if average == "macro":
        return as_array(f.mean())
    if average == "weighted":
        return as_array((f * divide_no_nan(tp + fn, (tp + fn).sum())).sum())
    return f
