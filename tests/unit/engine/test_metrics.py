"""Metrics: by hand, by plain counting, over batches; and against what scikit-learn's definitions say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizdl.engine import metrics

RNG = np.random.default_rng(0)
Y = RNG.integers(0, 2, 60)
P = np.round(RNG.uniform(size=60), 1)  # coarse, so that scores tie


def in_batches(make: Any, y: Any, p: Any, w: Any = None) -> Any:
    metric = make()
    for start in (0, 7, 8, 40):
        stop = {0: 7, 7: 8, 8: 40, 40: len(y)}[start]
        metric.update_state(y[start:stop], p[start:stop], None if w is None else w[start:stop])
    return metric.result()


BINARY = [
    metrics.BinaryAccuracy, metrics.Precision, metrics.Recall, metrics.AUC, metrics.TruePositives,
    metrics.FalsePositives, metrics.TrueNegatives, metrics.FalseNegatives, metrics.RootMeanSquaredError,
    metrics.R2Score, metrics.MeanSquaredError, lambda: metrics.F1Score(threshold=0.5),
    lambda: metrics.FBetaScore(beta=2.0, average="micro", threshold=0.5), lambda: metrics.AUC(curve="PR"),
    lambda: metrics.Precision(thresholds=[0.2, 0.8]),
]  # fmt: skip


@pytest.mark.parametrize("make", BINARY)
@pytest.mark.parametrize("weighted", [False, True])
def test_batches_make_no_difference(make: Any, weighted: bool) -> None:
    y, p = Y[:, None].astype(float), P[:, None]
    w = RNG.uniform(0.5, 2.0, 60) if weighted else None
    once = make()
    once.update_state(y, p, w)
    np.testing.assert_allclose(in_batches(make, y, p, w), once.result(), rtol=1e-12)
    once.reset_state()
    once.update_state(y[:9], p[:9])
    np.testing.assert_allclose(once.result(), make()(y[:9], p[:9]), rtol=1e-12)


@pytest.mark.parametrize("make", BINARY)
def test_a_weight_of_two_is_the_sample_twice(make: Any) -> None:
    y, p = Y[:, None].astype(float), P[:, None]
    w = RNG.integers(0, 3, 60)
    twice = make()(np.repeat(y, w, axis=0), np.repeat(p, w, axis=0))
    np.testing.assert_allclose(make()(y, p, w), twice, rtol=1e-10)


def test_counts_are_those_of_plain_counting() -> None:
    tp = sum(1 for y, p in zip(Y, P, strict=True) if y == 1 and p > 0.5)
    fp = sum(1 for y, p in zip(Y, P, strict=True) if y == 0 and p > 0.5)
    fn = sum(1 for y, p in zip(Y, P, strict=True) if y == 1 and p <= 0.5)
    assert metrics.precision(Y, P) == pytest.approx(tp / (tp + fp))
    assert metrics.recall(Y, P) == pytest.approx(tp / (tp + fn))
    assert metrics.f1_score(Y, P, threshold=0.5, epsilon=0.0)[0] == pytest.approx(2 * tp / (2 * tp + fp + fn))


def test_the_threshold_is_strict() -> None:
    assert metrics.precision([1, 1], [0.5, 0.5]) == 0.0
    assert metrics.precision([1, 1], [0.500001, 0.5]) == 1.0
    assert metrics.binary_accuracy([1], [0.5])[0] == 0.0


def test_nothing_predicted_nothing_there() -> None:
    with np.errstate(all="raise"):
        assert metrics.precision([1, 0], [0.0, 0.0]) == 0.0
        assert metrics.recall([0, 0], [0.9, 0.0]) == 0.0
        assert metrics.f1_score([0, 0], [0.1, 0.0], threshold=0.5, epsilon=0.0)[0] == 0.0
        assert metrics.roc_auc([1, 1], [0.1, 0.2]) == 0.0
        assert metrics.AUC()([1, 1], [0.1, 0.2]) == 0.0
        assert metrics.r2_score([2.0, 2.0], [2.0, 3.0]) == 0.0


def test_the_confusion_matrix_has_true_classes_in_rows() -> None:
    c = metrics.confusion_matrix([0, 0, 0, 1], [0, 1, 1, 1], num_classes=3)
    np.testing.assert_array_equal(c, [[1, 2, 0], [0, 1, 0], [0, 0, 0]])
    weighted = metrics.confusion_matrix([0, 1], [1, 1], sample_weight=[0.5, 2.0])
    np.testing.assert_array_equal(weighted, [[0, 0.5], [0, 2.0]])
    with pytest.raises(ValueError, match="classes must be"):
        metrics.confusion_matrix([0, 3], [0, 1], num_classes=3)
    with pytest.raises(ValueError, match="classes must be"):
        metrics.confusion_matrix([0, -1], [0, 1])
    with pytest.raises(ValueError, match=r"\(n,\)"):
        metrics.confusion_matrix([0, 1], [0, 1, 1])


def test_averages_of_f() -> None:
    y = np.eye(3)[[0, 0, 0, 1, 1, 2]]
    p = np.eye(3)[[0, 0, 1, 1, 2, 2]] * 0.8 + 0.05
    each = metrics.f1_score(y, p, epsilon=0.0)
    np.testing.assert_allclose(each, [0.8, 0.5, 2 / 3])
    np.testing.assert_allclose(metrics.f1_score(y, p, average="macro", epsilon=0.0), each.mean())
    np.testing.assert_allclose(
        metrics.f1_score(y, p, average="weighted", epsilon=0.0), (each * [3, 2, 1]).sum() / 6
    )
    np.testing.assert_allclose(metrics.f1_score(y, p, average="micro", epsilon=0.0), 4 / 6)


def test_roc_auc_is_the_share_of_pairs_won() -> None:
    pairs = [(a > b) + 0.5 * (a == b) for a in P[Y == 1] for b in P[Y == 0]]
    assert metrics.roc_auc(Y, P) == pytest.approx(np.mean(pairs))
    assert metrics.roc_auc(Y, np.exp(P * 9)) == pytest.approx(np.mean(pairs))
    assert metrics.roc_auc(Y, -P) == pytest.approx(1 - np.mean(pairs))


def test_sums_over_thresholds_come_near_to_it() -> None:
    p = RNG.uniform(size=60)
    exact = metrics.roc_auc(Y, p)
    errors = [abs(metrics.AUC(num_thresholds=n)(Y, p) - exact) for n in (10, 10_000)]
    assert errors[1] < 1e-9 + errors[0]
    assert errors[1] < 1e-4
    low, high = (metrics.AUC(summation_method=m)(Y, p) for m in ("minoring", "majoring"))
    assert low <= metrics.AUC()(Y, p) <= high


def test_precision_recall_of_a_perfect_and_a_useless_ranking() -> None:
    y = np.repeat([1.0, 0.0], 500)
    assert metrics.AUC(curve="PR")(y, y * 0.8 + 0.1) == pytest.approx(1.0)
    assert metrics.AUC(curve="PR")(y, np.full(1000, 0.5)) == pytest.approx(0.5)


def test_auc_of_logits() -> None:
    z = RNG.normal(size=60)
    p = 1 / (1 + np.exp(-z))
    assert metrics.AUC(from_logits=True)(Y, z) == pytest.approx(metrics.AUC()(Y, p))
    with pytest.raises(ValueError, match="from_logits"):
        metrics.AUC()(Y, z)


def test_top_k() -> None:
    p = [[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]]
    np.testing.assert_array_equal(metrics.sparse_top_k_categorical_accuracy([1, 0], p, k=1), [0, 0])
    np.testing.assert_array_equal(metrics.sparse_top_k_categorical_accuracy([1, 0], p, k=2), [1, 1])
    np.testing.assert_array_equal(metrics.sparse_top_k_categorical_accuracy([2, 0], p, k=2), [0, 1])
    one_hot = np.eye(3)[[2, 0]]
    np.testing.assert_array_equal(metrics.top_k_categorical_accuracy(one_hot, p, k=2), [0, 1])


def test_labels_of_the_wrong_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="one-hot labels go with"):
        metrics.sparse_categorical_accuracy(np.eye(3), np.eye(3))
    with pytest.raises(ValueError, match="same shape"):
        metrics.categorical_accuracy([0, 1, 2], np.eye(3))
    np.testing.assert_array_equal(metrics.sparse_categorical_accuracy([[0], [2]], np.eye(3)[:2]), [1, 0])


def test_r2() -> None:
    y = np.array([[1.0, 10.0], [2.0, 30.0], [4.0, 20.0]])
    p = np.array([[1.0, 12.0], [2.5, 30.0], [3.0, 20.0]])
    each = 1 - ((y - p) ** 2).sum(0) / ((y - y.mean(0)) ** 2).sum(0)
    np.testing.assert_allclose(metrics.R2Score(class_aggregation=None)(y, p), each)
    assert metrics.r2_score(y, p) == pytest.approx(each.mean())
    spread = ((y - y.mean(0)) ** 2).sum(0)
    weighted = metrics.R2Score(class_aggregation="variance_weighted_average")(y, p)
    assert weighted == pytest.approx((spread * each).sum() / spread.sum())
    far = metrics.r2_score(y[:, 0] + 1e9, p[:, 0] + 1e9)
    assert far == pytest.approx(each[0], rel=1e-6)


def test_adjusted_r2_costs_regressors() -> None:
    y = RNG.normal(size=30)
    p = y + 0.3 * RNG.normal(size=30)
    r2 = metrics.r2_score(y, p)
    assert metrics.R2Score(num_regressors=4)(y, p) == pytest.approx(1 - (1 - r2) * 29 / 25)


def test_cosine_is_positive_where_the_loss_is_negative() -> None:
    assert metrics.CosineSimilarity()([[1.0, 1.0]], [[2.0, 2.0]]) == pytest.approx(1.0)


def test_names() -> None:
    assert isinstance(metrics.get("top_k_categorical_accuracy"), metrics.TopKCategoricalAccuracy)
    assert isinstance(metrics.get("AUC"), metrics.AUC)
    assert metrics.get("RootMeanSquaredError").direction == "min"
    with pytest.raises(ValueError, match="received 'accuracyy'"):
        metrics.get("accuracyy")
    for refused in (
        lambda: metrics.AUC(curve="P"),
        lambda: metrics.F1Score(average="mean"),
        lambda: metrics.Recall(2.0),
    ):  # type: ignore[arg-type]
        with pytest.raises(ValueError, match="must be"):
            refused()


@pytest.mark.parametrize(
    ("curve", "method", "expected"),
    [
        ("ROC", "interpolation", 0.7333333333333333),
        ("ROC", "minoring", 0.6666666666666666),
        ("ROC", "majoring", 0.8),
        ("PR", "interpolation", 0.8482009569359075),
        ("PR", "minoring", 0.6166666666666667),
        ("PR", "majoring", 0.8928571428571428),
    ],
)
def test_sums_over_thresholds_are_those_of_keras(curve: Any, method: Any, expected: float) -> None:
    """Computed by Keras 3.15.1 in float64."""
    metric = metrics.AUC(num_thresholds=9, curve=curve, summation_method=method)
    y, p = [0, 1, 1, 0, 1, 0, 1, 1], [0.1, 0.35, 0.4, 0.45, 0.6, 0.62, 0.8, 0.9]
    assert metric(y, p) == pytest.approx(expected, rel=1e-12)


def test_the_least_that_is_allowed() -> None:
    assert len(metrics.AUC(num_thresholds=2).thresholds) == 2
    with pytest.raises(ValueError, match="at least 2"):
        metrics.AUC(num_thresholds=1)
    with pytest.raises(ValueError, match="beta"):
        metrics.FBetaScore(beta=0.0)
