"""Splits, duplicates, baselines, and the bundled data."""

from __future__ import annotations

import numpy as np
import pytest

from quizdl.engine import baselines, datasets, duplicates, splits


def together(*parts: np.ndarray) -> list[int]:
    return sorted(np.concatenate(parts).tolist())


def test_three_parts_are_all_samples_once() -> None:
    parts = splits.train_val_test_split(103, rng=0)
    assert [len(p) for p in parts] == [63, 20, 20]
    assert together(*parts) == list(range(103))
    assert parts.train.tolist() != sorted(parts.train.tolist())
    again = splits.train_val_test_split(103, rng=0)
    np.testing.assert_array_equal(parts.test, again.test)
    assert len(splits.train_val_test_split(100, validation=0.29, test=0.0).validation) == 29
    for wrong in ((-0.1, 0.2), (0.5, 0.5)):
        with pytest.raises(ValueError, match="fractions"):
            splits.train_val_test_split(10, validation=wrong[0], test=wrong[1])


def test_time_runs_from_training_to_test() -> None:
    times = np.random.default_rng(0).permutation(50) * 3.5
    parts = splits.time_ordered_split(times)
    assert times[parts.train].max() < times[parts.validation].min()
    assert times[parts.validation].max() < times[parts.test].min()
    assert together(*parts) == list(range(50))


@pytest.mark.parametrize(
    ("n", "fraction", "held"), [(10, 0.2, 2), (10, 0.25, 3), (7, 0.5, 4), (1000, 0.1, 100)]
)
def test_validation_split_as_in_keras(n: int, fraction: float, held: int) -> None:
    fold = splits.validation_split(n, fraction)
    assert fold.validation.tolist() == list(range(n - held, n))
    assert together(*fold) == list(range(n))


@pytest.mark.parametrize("fraction", [0.0, 1.0, -0.5, 0.999])
def test_a_part_without_samples_is_refused(fraction: float) -> None:
    with pytest.raises(ValueError, match="both parts"):
        splits.validation_split(10, fraction)


@pytest.mark.parametrize("shuffle", [False, True])
def test_folds_validate_each_sample_once(shuffle: bool) -> None:
    folds = list(splits.k_fold(23, 5, shuffle=shuffle, rng=0))
    assert together(*(f.validation for f in folds)) == list(range(23))
    for fold in folds:
        assert together(*fold) == list(range(23))
        assert len(fold.validation) in (4, 5)
    with pytest.raises(ValueError, match="k must be"):
        splits.k_fold(3, 4)
    with pytest.raises(ValueError, match="k must be"):
        splits.k_fold(3, 1)


@pytest.mark.parametrize("shuffle", [False, True])
def test_strata(shuffle: bool) -> None:
    labels = np.random.default_rng(1).choice([0, 1, 2], 97, p=[0.7, 0.2, 0.1])
    folds = list(splits.stratified_k_fold(labels, 5, shuffle=shuffle, rng=0))
    assert together(*(f.validation for f in folds)) == list(range(97))
    counts = np.array([np.bincount(labels[f.validation], minlength=3) for f in folds])
    assert (np.ptp(counts, axis=0) <= 1).all()
    parts = splits.stratified_split(labels, rng=0)
    assert together(*parts) == list(range(97))
    for one in range(3):
        n = int((labels == one).sum())
        assert (labels[parts.test] == one).sum() == int(n * 0.2 + 1e-9)


def test_time_series_folds_never_look_ahead() -> None:
    folds = list(splits.time_series_folds(23, 4))
    assert len(folds) == 4
    for fold in folds:
        assert fold.train.max() == fold.validation.min() - 1
        assert fold.train.min() == 0
    assert folds[-1].validation.max() == 22
    with pytest.raises(ValueError, match="k must be"):
        splits.time_series_folds(4, 4)


def test_duplicates() -> None:
    x = np.array([[0.0, 1.0], [2.0, 3.0], [-0.0, 1.0], [2.0, 3.0 + 1e-9], [0.0, 1.0]])
    assert duplicates.duplicate_groups(x) == [[0, 2, 4]]
    assert duplicates.duplicate_groups(x, decimals=6) == [[0, 2, 4], [1, 3]]
    assert duplicates.drop_duplicates(x).tolist() == [0, 1, 3]
    assert duplicates.overlap(x[:2], x[3:]) == [(0, 1)]
    assert duplicates.overlap(x[:2], x[3:], decimals=6) == [(1, 0), (0, 1)]
    images = datasets.small_digits(30)[0]
    assert duplicates.duplicate_groups(images) == []
    assert duplicates.duplicate_groups(np.concatenate([images, images[3:4]])) == [[3, 30]]
    with pytest.raises(ValueError, match="one shape"):
        duplicates.overlap(x, x[:, :1])


def test_baselines() -> None:
    y = np.array([0, 0, 0, 1, 2])
    assert baselines.majority_class(y) == 0
    assert baselines.majority_accuracy(y) == pytest.approx(0.6)
    assert baselines.random_accuracy(y) == pytest.approx(0.36 + 0.04 + 0.04)
    guess = baselines.random_guess(y, 100_000, 0)
    assert (guess == np.resize(y, 100_000)).mean() == pytest.approx(baselines.random_accuracy(y), abs=0.01)
    z = np.array([1.0, 2.0, 9.0])
    constants = np.linspace(0, 10, 1001)
    assert baselines.mean_baseline_mse(z) == pytest.approx(min(((z - c) ** 2).mean() for c in constants))
    assert baselines.median_baseline_mae(z) == pytest.approx(min(np.abs(z - c).mean() for c in constants))
    assert baselines.persistence_mae([1.0, 5.0, 1.0, 5.0], period=2) == 0.0
    assert baselines.persistence_mae([1.0, 5.0, 1.0, 5.0]) == 4.0
    with pytest.raises(ValueError, match="period"):
        baselines.persistence_mae([1.0, 2.0], period=2)
    with pytest.raises(ValueError, match="empty"):
        baselines.majority_class([])
    frequencies = baselines.DummyModel.fit(np.eye(3)[y]).predict(np.zeros((2, 4)))
    np.testing.assert_allclose(frequencies, [[0.6, 0.2, 0.2]] * 2)


def test_bundled_data_is_the_same_for_the_same_seed() -> None:
    for make in (datasets.two_moons, datasets.small_digits):
        a, b, c = make(50, rng=1), make(50, rng=1), make(50, rng=2)
        np.testing.assert_array_equal(a[0], b[0])
        np.testing.assert_array_equal(a[1], b[1])
        assert (a[0] != c[0]).any()
        with pytest.raises(ValueError, match="n must be"):
            make(0)
        with pytest.raises(ValueError, match="noise"):
            make(5, noise=-1.0)


def test_moons_lie_on_their_circles() -> None:
    x, y = datasets.two_moons(400, noise=0.0)
    np.testing.assert_allclose(np.linalg.norm(x[y == 0], axis=1), 1.0)
    np.testing.assert_allclose(np.linalg.norm(x[y == 1] - [1.0, 0.5], axis=1), 1.0)
    assert (x[y == 0][:, 1] >= 0).all()
    assert (x[y == 1][:, 1] <= 0.5).all()
    assert (y == 1).sum() == 200


def test_digits_are_drawn_apart_and_balanced() -> None:
    drawn = datasets.glyphs()
    assert drawn.shape == (2, 10, 8, 8)
    assert set(np.unique(drawn)) == {0.0, 1.0}
    assert duplicates.duplicate_groups(drawn.reshape(20, 64)) == []
    x, y = datasets.small_digits(200)
    assert np.bincount(y).tolist() == [20] * 10
    nearest = np.array(
        [np.abs(drawn[None] - image[None, None, :, :, 0]).sum(axis=(-1, -2)).min(axis=1)[0] for image in x]
    )
    assert (nearest.argmin(axis=1) == y).mean() > 0.6
