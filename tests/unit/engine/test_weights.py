"""Initializers and regularizers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizdl.engine import gradcheck, initializers, regularizers

SCALED = [
    initializers.GlorotUniform, initializers.GlorotNormal, initializers.HeUniform, initializers.HeNormal,
    initializers.LecunUniform, initializers.LecunNormal,
]  # fmt: skip
RANDOM = [
    *(make() for make in SCALED), initializers.RandomNormal(), initializers.RandomUniform(),
    initializers.TruncatedNormal(), initializers.Orthogonal(),
    initializers.VarianceScaling(3.0, "fan_out", "untruncated_normal"),
]  # fmt: skip


@pytest.mark.parametrize("make", SCALED)
@pytest.mark.parametrize("shape", [(300, 200), (3, 3, 40, 80)])
def test_what_is_drawn_has_the_stated_deviation(make: Any, shape: tuple[int, ...]) -> None:
    one = make()
    w = one(shape, 0)
    assert w.shape == shape
    assert w.std() == pytest.approx(one.stddev(shape), rel=0.02)
    assert w.mean() == pytest.approx(0.0, abs=4 * one.stddev(shape) / np.sqrt(w.size))
    if one.distribution == "uniform":
        assert np.abs(w).max() <= one.limit(shape)
        assert np.abs(w).max() == pytest.approx(one.limit(shape), rel=0.01)
    else:
        assert np.abs(w).max() <= 2 * one.stddev(shape) / 0.87962566103423978


def test_fans() -> None:
    assert initializers.HeNormal().stddev((50, 7)) == pytest.approx(np.sqrt(2 / 50))
    assert initializers.GlorotUniform().limit((50, 7)) == pytest.approx(np.sqrt(6 / 57))
    assert initializers.compute_fans((5, 5, 3, 8)) == (75, 200)


@pytest.mark.parametrize("one", RANDOM, ids=lambda one: type(one).__name__)
def test_seeds(one: Any) -> None:
    np.testing.assert_array_equal(one((3, 4), 7), one((3, 4), 7))
    assert (one((3, 4), 7) != one((3, 4), 8)).any()
    rng = np.random.default_rng(7)
    assert (one((3, 4), rng) != one((3, 4), rng)).any()
    seeded = type(one)(seed=3)
    np.testing.assert_array_equal(seeded((3, 4)), seeded((3, 4)))


@pytest.mark.parametrize("shape", [(5, 5), (7, 3), (3, 7), (3, 3, 2, 4)])
def test_orthogonal(shape: tuple[int, ...]) -> None:
    q = initializers.Orthogonal(gain=2.0)(shape, 1).reshape(-1, shape[-1]) / 2.0
    small = q.T @ q if q.shape[0] >= q.shape[1] else q @ q.T
    np.testing.assert_allclose(small, np.eye(min(q.shape)), atol=1e-14)
    with pytest.raises(ValueError, match="two axes"):
        initializers.Orthogonal()((4,))


def test_orthogonal_is_uniform() -> None:
    """The mean of each element over many matrices is 0: LAPACK's signs alone would leave them one-sided."""
    rng = np.random.default_rng(0)
    mean = np.mean([initializers.Orthogonal()((3, 3), rng) for _ in range(4000)], axis=0)
    assert np.abs(mean).max() < 0.05


def test_names() -> None:
    np.testing.assert_array_equal(initializers.get("ones")((2,)), 1.0)
    np.testing.assert_array_equal(initializers.Constant(3.0)((2, 2)), 3.0)
    with pytest.raises(ValueError, match="received 'glorot'"):
        initializers.get("glorot")
    for wrong in ({"scale": 0.0}, {"mode": "fan"}, {"distribution": "gamma"}):
        with pytest.raises(ValueError, match="must be"):
            initializers.VarianceScaling(**wrong)  # type: ignore[arg-type]


W = np.array([[1.0, -2.0], [0.5, -0.25]])


@pytest.mark.parametrize(
    "one",
    [regularizers.L1(), regularizers.L2(), regularizers.L1L2(0.3, 0.2), regularizers.L1(0.5)],
    ids=str,
)
def test_penalties_and_their_gradients(one: Any) -> None:
    assert one(W) > 0
    assert one(np.zeros(3)) == 0
    assert gradcheck(one, W, one.gradient(W))
    assert not gradcheck(one, W, 0.5 * one.gradient(W))


def test_l2_has_no_half_and_l1_has_no_side_at_zero() -> None:
    np.testing.assert_array_equal(regularizers.L2(1.0).gradient([3.0]), [6.0])
    np.testing.assert_array_equal(regularizers.L1(1.0).gradient([0.0, -0.0]), [0.0, 0.0])


def test_what_is_no_penalty_is_refused() -> None:
    for wrong in (-0.1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="finite number ≥ 0"):
            regularizers.L2(wrong)
    with pytest.raises(ValueError, match="received 'l3'"):
        regularizers.get("l3")
    assert regularizers.get(None) is None
