"""Schedules by step, and what callbacks do between epochs."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from quizdl.engine import callbacks, schedules

T = np.arange(12)


def test_exponential_and_its_stairs() -> None:
    smooth = schedules.exponential_decay(T, 1.0, 4, 0.5)
    stairs = schedules.exponential_decay(T, 1.0, 4, 0.5, staircase=True)
    np.testing.assert_allclose(smooth[[0, 4, 8]], [1, 0.5, 0.25])
    np.testing.assert_array_equal(stairs, [1] * 4 + [0.5] * 4 + [0.25] * 4)
    assert (smooth <= stairs).all()


def test_inverse_time() -> None:
    np.testing.assert_allclose(schedules.inverse_time_decay(T, 0.6, 2, 0.5), 0.6 / (1 + 0.25 * T))
    stairs = schedules.inverse_time_decay([0, 1, 2, 3], 0.6, 2, 1.0, staircase=True)
    np.testing.assert_allclose(stairs, [0.6, 0.6, 0.3, 0.3])


def test_cosine_ends_and_warms_up() -> None:
    rates = schedules.cosine_decay(T, 1.0, 8, alpha=0.1)
    np.testing.assert_allclose(rates[[0, 4, 8, 11]], [1.0, 0.55, 0.1, 0.1])
    assert (np.diff(rates) <= 0).all()
    warm = schedules.cosine_decay(T, 0.0, 8, warmup_target=1.0, warmup_steps=4)
    np.testing.assert_allclose(warm[:5], [0, 0.25, 0.5, 0.75, 1.0])
    np.testing.assert_allclose(warm[8], 0.5)


def test_polynomial_and_its_cycles() -> None:
    line = schedules.polynomial_decay(T, 1.0, 10, end_learning_rate=0.0)
    np.testing.assert_allclose(line, np.maximum(0, 1 - T / 10))
    square = schedules.polynomial_decay(T, 1.0, 10, end_learning_rate=0.2, power=2.0)
    np.testing.assert_allclose(square[5], 0.2 + 0.8 * 0.25)
    cycle = schedules.polynomial_decay([0, 4, 5, 8, 12], 1.0, 4, end_learning_rate=0.0, cycle=True)
    np.testing.assert_allclose(cycle, [1.0, 0.0, 1 - 5 / 8, 0.0, 0.0])


def test_piecewise_keeps_the_rate_on_the_boundary() -> None:
    rates = schedules.piecewise_constant_decay([0, 2, 3, 4, 5], [2, 4], [1.0, 0.5, 0.1])
    np.testing.assert_array_equal(rates, [1.0, 1.0, 0.5, 0.5, 0.1])
    with pytest.raises(ValueError, match="one value more"):
        schedules.piecewise_constant_decay(0, [2, 4], [1.0, 0.5])


@pytest.mark.parametrize(
    "schedule",
    [
        schedules.ExponentialDecay(0.1, 3, 0.5),
        schedules.InverseTimeDecay(0.1, 3, 0.5),
        schedules.CosineDecay(0.1, 30),
        schedules.PolynomialDecay(0.1, 30, power=0.5),
        schedules.PiecewiseConstantDecay([3], [0.1, 0.01]),
    ],
)
def test_objects_start_at_the_rate_and_only_fall(schedule: schedules.Schedule) -> None:
    rates = [schedule(step) for step in range(60)]
    assert rates[0] == pytest.approx(0.1)
    assert all(isinstance(rate, float) for rate in rates)
    assert all(later <= earlier for earlier, later in pairwise(rates))
    assert min(rates) >= 0


def test_no_steps_are_refused() -> None:
    with pytest.raises(ValueError, match="decay_steps"):
        schedules.ExponentialDecay(0.1, 0, 0.5)(1)


VALUES = [1.0, 0.8, 0.7, 0.71, 0.705, 0.72, 0.6, 0.5]


def test_where_early_stopping_stops() -> None:
    assert callbacks.early_stopping(VALUES, patience=2) == (4, 2, True)
    assert callbacks.early_stopping(VALUES, patience=4) == (7, 7, False)
    assert callbacks.early_stopping([-v for v in VALUES], patience=2, mode="max") == (4, 2, True)


def test_min_delta_must_be_exceeded() -> None:
    assert callbacks.early_stopping([1.0, 0.75, 0.5], patience=1, min_delta=0.25) == (1, 0, True)
    assert callbacks.early_stopping([1.0, 0.75, 0.5], patience=1, min_delta=0.2499) == (2, 2, False)


def test_patience_zero_and_one_are_the_same() -> None:
    assert callbacks.early_stopping(VALUES, patience=0) == callbacks.early_stopping(VALUES, patience=1)


def test_the_baseline_must_be_beaten_to_renew_patience() -> None:
    falling = [1.0, 0.9, 0.8, 0.7]
    assert callbacks.early_stopping(falling, patience=2) == (3, 3, False)
    assert callbacks.early_stopping([*falling, 0.75], patience=2, baseline=0.5).stopped
    assert not callbacks.early_stopping([*falling, 0.75], patience=2, baseline=0.71).stopped


def test_nan_is_no_improvement() -> None:
    assert callbacks.early_stopping([1.0, float("nan"), float("nan"), 0.1], patience=2) == (2, 0, True)


def test_plateau() -> None:
    def rates(values: list[float], **params: float) -> list[float]:
        state, found = callbacks.PlateauState(1.0), []
        for value in values:
            state = callbacks.reduce_on_plateau_step(state, value, factor=0.5, **params)  # type: ignore[arg-type]
            found.append(state.learning_rate)
        return found

    flat = [1.0] * 6
    assert rates(flat, patience=2) == [1, 1, 0.5, 0.5, 0.25, 0.25]
    assert rates(flat, patience=1, cooldown=2) == [1, 0.5, 0.5, 0.25, 0.25, 0.125]
    assert rates(flat, patience=1, min_lr=0.3) == [1, 0.5, 0.3, 0.3, 0.3, 0.3]
    assert rates([1.0, 0.9, 0.8], patience=1) == [1, 1, 1]
    assert rates([1.0, 0.99995, 0.99992], patience=1) == [1, 0.5, 0.25]
    assert rates([1.0, 2.0, 3.0], patience=1, way="max") == [1, 1, 1]  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="factor"):
        callbacks.ReduceLROnPlateau(factor=1.0)
    with pytest.raises(ValueError, match="empty"):
        callbacks.early_stopping([])
