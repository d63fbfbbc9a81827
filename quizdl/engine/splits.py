"""Data taken apart: for training, validation and test; folds; by class; by time.

All functions give positions (indexes) into the data, so that any arrays can be taken apart alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Integers, as_array
from quizdl.engine.variance_scaling import Seed


class Split(NamedTuple):
    """Positions of the training, validation and test samples; no position is in two of them."""

    train: Integers
    validation: Integers
    test: Integers


class Fold(NamedTuple):
    """Positions of the training and validation samples of one fold."""

    train: Integers
    validation: Integers


def train_val_test_split(
    n: int, *, validation: float = 0.2, test: float = 0.2, shuffle: bool = True, rng: Seed = None
) -> Split:
    """Three parts of n samples, after shuffling.

    Formula: ⌊n · test⌋ samples for the test, ⌊n · validation⌋ for validation, the rest for training

    Args:
        n: number of samples.
        validation: fraction for choosing between models.
        test: fraction for the last, single judgement.
        shuffle: False keeps the order, test last; then see `time_ordered_split`.
        rng: a seed or a Generator.

    Returns:
        A `Split`; every position is in exactly one part.

    Raises:
        ValueError: fractions that are negative or leave nothing to train on.

    Example:
        >>> [len(part) for part in train_val_test_split(10, rng=0)]
        [6, 2, 2]
        >>> train_val_test_split(5, shuffle=False).test
        array([4])
    """
    sizes = _sizes(n, validation, test)
    order = np.random.default_rng(rng).permutation(n) if shuffle else np.arange(n)
    train, held, last = np.split(order, [n - sum(sizes), n - sizes[1]])
    return Split(train, held, last)


def time_ordered_split(times: npt.ArrayLike, *, validation: float = 0.2, test: float = 0.2) -> Split:
    """Three parts by time: train on the past, validate on what follows, test on the latest.

    Shuffling would let the model see the future of what it is tested on.

    Formula: as `train_val_test_split`, in the order of `times`

    Args:
        times: (n,) when each sample was taken, any order.
        validation: fraction in the middle.
        test: fraction at the end.

    Returns:
        A `Split`, each part in the order of time; equal times stay in the order given.

    Example:
        >>> time_ordered_split([30, 10, 20, 50, 40])
        Split(train=array([1, 2, 0]), validation=array([4]), test=array([3]))
    """
    order = np.argsort(as_array(times), kind="stable")
    sizes = _sizes(len(order), validation, test)
    train, held, last = np.split(order, [len(order) - sum(sizes), len(order) - sizes[1]])
    return Split(train, held, last)


def validation_split(n: int, fraction: float) -> Fold:
    """What `fit(validation_split=fraction)` does: the last part, before any shuffling.

    Formula: the split is at ⌊n (1 − fraction)⌋

    Args:
        n: number of samples.
        fraction: in (0, 1).

    Returns:
        A `Fold`, both parts in the order given.

    Raises:
        ValueError: nothing would be left on one side.

    Convention: Keras. Right for samples in the order of time, wrong for samples sorted by class; torch's
    `random_split` shuffles.

    Example:
        >>> validation_split(10, 0.2).validation
        array([8, 9])
    """
    at = int(np.floor(n * (1 - fraction)))
    if not 0 < at < n:
        raise ValueError(
            f"both parts must have samples, received {n} samples and validation_split={fraction}"
        )
    return Fold(np.arange(at), np.arange(at, n))


def k_fold(n: int, k: int = 5, *, shuffle: bool = True, rng: Seed = None) -> Iterator[Fold]:
    """K folds: each sample validates once and trains k − 1 times.

    Formula: folds of ⌊n/k⌋ or ⌈n/k⌉ samples

    Args:
        n: number of samples.
        k: number of folds, 2 … n.
        shuffle: whether to mix the samples first.
        rng: a seed or a Generator.

    Returns:
        k folds.

    Raises:
        ValueError: k is not in 2 … n.

    Example:
        >>> [fold.validation.tolist() for fold in k_fold(5, 2, shuffle=False)]
        [[0, 1, 2], [3, 4]]
    """
    if not 2 <= k <= n:
        raise ValueError(f"k must be in 2 … {n}, received {k}")
    order = np.random.default_rng(rng).permutation(n) if shuffle else np.arange(n)
    return _folds(np.array_split(order, k))


def stratified_k_fold(
    labels: npt.ArrayLike, k: int = 5, *, shuffle: bool = True, rng: Seed = None
) -> Iterator[Fold]:
    """K folds in which every class has its share.

    Formula: samples of a class are dealt out to the folds in turn

    Args:
        labels: (n,) classes.
        k: number of folds, 2 … n.
        shuffle: whether to mix the samples first.
        rng: a seed or a Generator.

    Returns:
        k folds; the numbers of a class in two folds differ by at most 1.

    Raises:
        ValueError: k is not in 2 … n.

    Example:
        >>> [fold.validation.tolist() for fold in stratified_k_fold([0, 0, 0, 0, 1, 1], 2, shuffle=False)]
        [[0, 2, 4], [1, 3, 5]]
    """
    classes = np.asarray(labels)
    if not 2 <= k <= len(classes):
        raise ValueError(f"k must be in 2 … {len(classes)}, received {k}")
    return _folds(_deal(classes, k, shuffle, rng))


def stratified_split(
    labels: npt.ArrayLike, *, validation: float = 0.2, test: float = 0.2, rng: Seed = None
) -> Split:
    """Three parts in which every class has its share.

    Formula: ⌊n_c · fraction⌋ samples of each class c

    Args:
        labels: (n,) classes.
        validation: fraction of each class.
        test: fraction of each class.
        rng: a seed or a Generator.

    Returns:
        A `Split`, each part mixed.

    Example:
        >>> parts = stratified_split([0] * 10 + [1] * 5, rng=0)
        >>> [len(part) for part in parts]
        [9, 3, 3]
    """
    classes = np.asarray(labels)
    generator = np.random.default_rng(rng)
    parts: tuple[list[Integers], list[Integers], list[Integers]] = ([], [], [])
    for one in np.unique(classes):
        own = generator.permutation(np.flatnonzero(classes == one))
        sizes = _sizes(len(own), validation, test)
        for part, piece in zip(
            parts, np.split(own, [len(own) - sum(sizes), len(own) - sizes[1]]), strict=True
        ):
            part.append(piece)
    return Split(*(generator.permutation(np.concatenate(part)) for part in parts))


def time_series_folds(n: int, k: int = 5) -> Iterator[Fold]:
    """K folds of samples in order: train on all that came before the fold that validates.

    Formula: fold i validates on part i + 1 of k + 1 parts, and trains on the parts before it

    Args:
        n: number of samples, in order of time.
        k: number of folds, 1 … n − 1.

    Returns:
        k folds with growing training parts.

    Raises:
        ValueError: k is not in 1 … n − 1.

    Example:
        >>> [(f.train.tolist(), f.validation.tolist()) for f in time_series_folds(3, 2)]
        [([0], [1]), ([0, 1], [2])]
    """
    if not 1 <= k < n:
        raise ValueError(f"k must be in 1 … {n - 1}, received {k}")
    parts = np.array_split(np.arange(n), k + 1)
    return (Fold(np.arange(part[0]), part) for part in parts[1:])


def _sizes(n: int, validation: float, test: float) -> tuple[int, int]:
    if min(validation, test) < 0 or validation + test >= 1:
        raise ValueError(
            f"fractions must be ≥ 0 and leave some to train on, received {validation} and {test}"
        )
    # 0.29 · 100 is 28.999…: rounding away float dust first makes 29 of it.
    return int(np.floor(round(n * validation, 9))), int(np.floor(round(n * test, 9)))


def _deal(classes: npt.NDArray[np.generic], k: int, shuffle: bool, rng: Seed) -> list[Integers]:
    generator = np.random.default_rng(rng)
    order = generator.permutation(len(classes)) if shuffle else np.arange(len(classes))
    by_class = order[np.argsort(classes[order], kind="stable")]
    turn = np.empty(len(classes), dtype=np.int64)
    turn[by_class] = np.arange(len(classes)) % k
    return [np.sort(np.flatnonzero(turn == i)) for i in range(k)]


def _folds(parts: list[Integers]) -> Iterator[Fold]:
    return (
        Fold(np.concatenate([p for j, p in enumerate(parts) if j != i]), held) for i, held in enumerate(parts)
    )
