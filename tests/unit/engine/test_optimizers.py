"""Optimizers: hand calculations, laws, and what must be refused. Keras's paths are in tests/oracle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from quizdl.engine import optimizers
from quizdl.engine.schedules import ExponentialDecay

STEPS: list[Callable[..., Any]] = [
    optimizers.sgd_step,
    optimizers.adagrad_step,
    optimizers.rmsprop_step,
    optimizers.adadelta_step,
    optimizers.adam_step,
    optimizers.adamax_step,
    optimizers.nadam_step,
]
MAKERS: list[Callable[[], Any]] = [
    optimizers.SGD,
    lambda: optimizers.SGD(momentum=0.9),
    lambda: optimizers.SGD(momentum=0.9, nesterov=True),
    optimizers.Adagrad,
    lambda: optimizers.Adadelta(1.0, epsilon=1e-2),
    optimizers.RMSprop,
    lambda: optimizers.RMSprop(centered=True, momentum=0.5),
    optimizers.Adam,
    lambda: optimizers.Adam(amsgrad=True),
    optimizers.AdamW,
    optimizers.Adamax,
    optimizers.Nadam,
]


@pytest.mark.parametrize("step", STEPS)
def test_steps_are_pure(step: Callable[..., Any]) -> None:
    w, g = np.array([1.0, -2.0]), np.array([0.5, -1.0])
    once, state = step(w, g)
    again, _ = step(w, g)
    np.testing.assert_array_equal(once, again)
    kept = [np.array(part, copy=True) for part in state]
    first, _ = step(once, g, state)
    second, _ = step(once, g, state)
    np.testing.assert_array_equal(first, second)
    for part, copy in zip(state, kept, strict=True):
        np.testing.assert_array_equal(part, copy)
    np.testing.assert_array_equal(w, [1.0, -2.0])
    np.testing.assert_array_equal(g, [0.5, -1.0])


@pytest.mark.parametrize("make", MAKERS)
def test_objects_walk_the_path_of_their_steps(make: Callable[[], Any]) -> None:
    """Two weights of different shapes keep states of their own."""
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 3)), rng.normal(size=4)
    together, alone = make(), make()
    wa, wb, wa_alone = a, b, a
    for _ in range(4):
        ga, gb = rng.normal(size=(2, 3)), rng.normal(size=4)
        wa, wb = together.apply([ga, gb], [wa, wb])
        (wa_alone,) = alone.apply([ga], [wa_alone])
    np.testing.assert_array_equal(wa, wa_alone)
    assert together.iterations == 4


@pytest.mark.parametrize("make", MAKERS)
def test_all_go_down_a_bowl(make: Callable[[], Any]) -> None:
    one = make()
    one.learning_rate = max(one.learning_rate, 0.05)
    w = np.array([3.0, -2.0])
    for _ in range(400):
        (w,) = one.apply([2 * w], [w])
    assert (w**2).sum() < 0.2 * 13.0


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("scale", [0.0, 1e-12, 1e4])
def test_extreme_gradients_give_finite_steps(make: Callable[[], Any], scale: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        one, w = make(), np.array([1.0, -1.0])
        for sign in (1.0, 1.0, -1.0):
            (w,) = one.apply([np.array([scale * sign, scale])], [w])
    assert np.isfinite(w).all()


def test_adam_moves_by_the_learning_rate_whatever_the_scale() -> None:
    for g in (1e-3, 1.0, 1e3):
        w, _ = optimizers.adam_step([0.0], [g], learning_rate=0.1, epsilon=0.0)
        np.testing.assert_allclose(w, [-0.1])


def test_where_epsilon_stands_matters_for_small_gradients() -> None:
    keras, _ = optimizers.adam_step([0.0], [1e-6], learning_rate=0.1)
    torch, _ = optimizers.adam_step([0.0], [1e-6], learning_rate=0.1, convention="torch")
    assert abs(keras[0]) < 0.5 * abs(torch[0])


def test_amsgrad_never_divides_by_less() -> None:
    gradients = [10.0] + [0.1] * 50
    plain, ams = None, None
    w, v = np.zeros(1), np.zeros(1)
    for g in gradients:
        w, plain = optimizers.adam_step(w, [g], plain, beta_2=0.9)
        v, ams = optimizers.adam_step(v, [g], ams, beta_2=0.9, amsgrad=True)
    assert ams is not None
    assert plain is not None
    assert ams.velocity_max[0] == pytest.approx(10.0)
    assert plain.velocity[0] < 1.0
    assert abs(v[0]) < abs(w[0])


def test_momentum_and_a_changed_rate_differ_between_keras_and_torch() -> None:
    paths = {}
    for convention in ("keras", "torch"):
        one = optimizers.SGD(0.1, momentum=0.9, convention=convention)
        (w,) = one.apply([[1.0]], [[0.0]])
        one.learning_rate = 0.01
        paths[convention] = float(one.apply([[1.0]], [w])[0][0])
    assert paths["keras"] == pytest.approx(-0.1 - 0.09 - 0.01)
    assert paths["torch"] == pytest.approx(-0.1 - 0.019)


def test_weight_decay_is_apart_from_the_gradient() -> None:
    (w,) = optimizers.Adam(0.1, weight_decay=0.5).apply([[0.0]], [[2.0]])
    np.testing.assert_allclose(w, [1.9])
    (l2,) = optimizers.SGD(0.1, weight_decay=0.5, convention="torch").apply([[0.0]], [[2.0]])
    np.testing.assert_allclose(l2, [1.9])
    (coupled,) = optimizers.Adam(0.1, weight_decay=0.5, convention="torch").apply([[0.0]], [[2.0]])
    np.testing.assert_allclose(coupled, [1.9], rtol=1e-6)  # by chance: Adam makes ±rate of any gradient
    (decoupled,) = optimizers.AdamW(0.1, weight_decay=0.25, convention="torch").apply([[0.0]], [[2.0]])
    np.testing.assert_allclose(decoupled, [1.95])


def test_clipping() -> None:
    a, b = np.array([3.0, 4.0]), np.array([12.0])
    by_norm = optimizers.SGD(1.0, clipnorm=1.0).apply([a, b], [np.zeros(2), np.zeros(1)])
    np.testing.assert_allclose(by_norm[0], [-0.6, -0.8])
    np.testing.assert_allclose(by_norm[1], [-1.0])
    together = optimizers.SGD(1.0, global_clipnorm=1.0).apply([a, b], [np.zeros(2), np.zeros(1)])
    np.testing.assert_allclose(optimizers.global_norm(together), 1.0)
    np.testing.assert_allclose(together[0], -a / 13)
    np.testing.assert_allclose(optimizers.clip_by_global_norm([a], 100.0)[0], a)
    np.testing.assert_allclose(optimizers.clip_by_value([-9.0, 0.2], 0.5), [-0.5, 0.2])


def test_a_schedule_is_asked_for_each_batch() -> None:
    one = optimizers.SGD(ExponentialDecay(1.0, decay_steps=1, decay_rate=0.5))
    w = np.zeros(1)
    for expected in (-1.0, -1.5, -1.75):
        (w,) = one.apply([[1.0]], [w])
        assert w[0] == expected
    with pytest.raises(TypeError, match="schedule"):
        one.learning_rate = 0.1


def test_what_is_not_sensible_is_refused() -> None:
    with pytest.raises(ValueError, match="only one way to clip"):
        optimizers.SGD(clipnorm=1.0, clipvalue=1.0)
    with pytest.raises(ValueError, match="clipnorm must be > 0"):
        optimizers.SGD(clipnorm=0.0)
    with pytest.raises(ValueError, match="momentum"):
        optimizers.SGD(momentum=1.5)
    one = optimizers.SGD()
    one.apply([[1.0]], [[1.0]])
    with pytest.raises(ValueError, match="1 weights"):
        one.apply([[1.0], [1.0]], [[1.0], [1.0]])
    with pytest.raises(ValueError, match="weight's shape"):
        one.apply([[1.0, 2.0]], [[1.0]])
    with pytest.raises(ValueError, match="received 'adamm'"):
        optimizers.get("adamm")
    assert isinstance(optimizers.get("RMSprop"), optimizers.RMSprop)


@pytest.mark.parametrize("nesterov", [False, True])
def test_the_two_forms_of_momentum_are_one_while_the_rate_is(nesterov: bool) -> None:
    rng = np.random.default_rng(4)
    paths: dict[str, Any] = {}
    gradients = rng.normal(size=(5, 3))
    for convention in ("keras", "torch"):
        one, w = optimizers.SGD(0.1, momentum=0.9, nesterov=nesterov, convention=convention), np.zeros(3)
        for g in gradients:
            (w,) = one.apply([g], [w])
        paths[convention] = w
    np.testing.assert_allclose(paths["keras"], paths["torch"], rtol=1e-12)
    # The look ahead by hand: after one step from rest v = −η g, w = μ v − η g.
    first, _ = optimizers.sgd_step([0.0], [1.0], learning_rate=0.1, momentum=0.9, nesterov=nesterov)
    np.testing.assert_allclose(first, [-0.19] if nesterov else [-0.1])
