"""Augmentation: exact cases, inverses, and that it is off at inference. See tests/oracle for Keras."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from quizdl.engine import augmentation as aug

RNG = np.random.default_rng(2)
X = RNG.uniform(0, 255, size=(3, 6, 5, 3))
SQUARE = RNG.uniform(0, 255, size=(2, 5, 5, 1))


def test_flips_are_their_own_inverse() -> None:
    for flip in (aug.flip_left_right, aug.flip_up_down):
        assert (flip(X) != X).any()
        np.testing.assert_array_equal(flip(flip(X)), X)
    np.testing.assert_array_equal(aug.flip_left_right(X)[0, 1, 0], X[0, 1, -1])
    np.testing.assert_array_equal(aug.flip_up_down(X)[0, 0, 1], X[0, -1, 1])


@pytest.mark.parametrize("fill_mode", ["reflect", "nearest", "wrap", "constant"])
@pytest.mark.parametrize("interpolation", ["bilinear", "nearest"])
def test_quarter_turns_are_exact_and_counter_clockwise(fill_mode: Any, interpolation: Any) -> None:
    for quarters in (-1, 1, 2, 4):
        got = aug.rotate(SQUARE, quarters / 4, fill_mode=fill_mode, interpolation=interpolation)
        np.testing.assert_allclose(got, np.rot90(SQUARE, quarters, axes=(1, 2)), atol=1e-9)


def test_each_image_has_its_own_angle() -> None:
    got = aug.rotate(SQUARE, [0.0, 0.25])
    np.testing.assert_allclose(got[0], SQUARE[0], atol=1e-9)
    np.testing.assert_allclose(got[1], np.rot90(SQUARE[1]), atol=1e-9)


def test_what_lies_beyond_the_edge() -> None:
    row = np.array([1.0, 2.0, 3.0, 4.0]).reshape(1, 1, 4, 1)
    wide = {
        mode: aug.zoom(row, 0.0, 1.0, fill_mode=mode, interpolation="nearest", fill_value=9.0).ravel()
        for mode in ("reflect", "nearest", "wrap", "constant")
    }
    # Twice as wide: asked at −1.5, 0.5, 2.5, 4.5, rounded half to even.
    np.testing.assert_array_equal(wide["reflect"], [2, 1, 3, 4])
    np.testing.assert_array_equal(wide["nearest"], [1, 1, 3, 4])
    np.testing.assert_array_equal(wide["wrap"], [3, 1, 3, 1])
    np.testing.assert_array_equal(wide["constant"], [9, 1, 3, 9])


def test_zoom_in_shows_the_middle() -> None:
    ramp = np.arange(7.0).reshape(1, 1, 7, 1)
    np.testing.assert_allclose(aug.zoom(ramp, 0.0, -0.5).ravel(), 3 + 0.5 * (np.arange(7) - 3))
    np.testing.assert_allclose(aug.zoom(X, 0.0), X, atol=1e-12)


def test_colours() -> None:
    np.testing.assert_allclose(aug.adjust_brightness(X, 0.0), X)
    np.testing.assert_allclose(aug.adjust_contrast(X, 1.0), X)
    np.testing.assert_allclose(aug.adjust_saturation(X, 1.0), X, atol=1e-10)
    np.testing.assert_allclose(aug.adjust_hue(X, 1.0), X, atol=1e-10)
    np.testing.assert_allclose(aug.invert(aug.invert(X)), X)
    np.testing.assert_allclose(aug.adjust_hue(aug.adjust_hue(X, 0.3), -0.3), X, atol=1e-9)
    flat = aug.adjust_contrast(X, 0.0)
    np.testing.assert_allclose(flat, np.broadcast_to(X.mean(axis=(1, 2), keepdims=True), X.shape))
    grey = aug.adjust_saturation(X, 0.0)
    np.testing.assert_allclose(grey[..., 0], X.max(axis=-1))
    assert (np.ptp(grey, axis=-1) < 1e-9).all()


@pytest.mark.parametrize("value_range", [(0.0, 255.0), (0.0, 1.0)])
def test_colours_stay_in_range(value_range: tuple[float, float]) -> None:
    x = X / 255 * value_range[1]
    for got in (
        aug.adjust_brightness(x, [0.9, -0.9, 0.1], value_range=value_range),
        aug.adjust_contrast(x, [0.0, 5.0, 1.5], value_range=value_range),
        aug.adjust_saturation(x, [0.0, 50.0, 1.5], value_range=value_range),
        aug.adjust_hue(x, [0.5, -0.9, 7.3], value_range=value_range),
    ):
        assert got.min() >= value_range[0]
        assert got.max() <= value_range[1] * (1 + 1e-12)


def test_hue_saturation_value() -> None:
    known = {
        (1, 0, 0): (0, 1, 1),
        (0, 0, 1): (2 / 3, 1, 1),
        (1, 1, 0): (1 / 6, 1, 1),
        (0.5, 0.5, 0.5): (0, 0, 0.5),
    }
    for rgb, hsv in known.items():
        np.testing.assert_allclose(aug.rgb_to_hsv(rgb), hsv, atol=1e-15)
    x = X / 255
    np.testing.assert_allclose(aug.hsv_to_rgb(aug.rgb_to_hsv(x)), x, atol=1e-12)
    with pytest.raises(ValueError, match="3 channels"):
        aug.rgb_to_grayscale(SQUARE)


LAYERS = [
    aug.RandomFlip, lambda **k: aug.RandomRotation(0.2, **k), lambda **k: aug.RandomZoom(0.3, 0.1, **k),
    lambda **k: aug.RandomBrightness(0.3, **k), lambda **k: aug.RandomContrast(0.5, **k),
    lambda **k: aug.RandomSaturation(1.0, **k), lambda **k: aug.RandomHue(0.5, **k),
    lambda **k: aug.RandomInvert(1.0, **k), lambda **k: aug.RandomGrayscale(0.5, **k),
]  # fmt: skip


@pytest.mark.parametrize("make", LAYERS)
def test_layers_are_random_while_training_only(make: Any) -> None:
    x = np.concatenate([X] * 4)
    layer = make(seed=1)
    np.testing.assert_array_equal(layer(x), x)
    first, second = layer(x, training=True), layer(x, training=True)
    assert first.shape == x.shape
    assert (first != second).any()
    np.testing.assert_array_equal(make(seed=1)(x, training=True), first)
    same = [np.allclose(first[i], first[i + 3]) for i in range(9)]
    assert not all(same)  # each image by its own amount


def test_factors() -> None:
    assert aug.RandomRotation(0.2).factor == (-0.2, 0.2)
    assert aug.RandomSaturation(0.4).factor == (0.0, 0.4)
    assert aug.RandomBrightness((0.3, -0.1)).factor == (-0.1, 0.3)
    for wrong in (
        lambda: aug.RandomRotation(1.5),
        lambda: aug.RandomContrast(-0.5),
        lambda: aug.RandomHue((-0.1, 0.2)),
    ):
        with pytest.raises(ValueError, match="factor must be in"):
            wrong()
    with pytest.raises(ValueError, match="mode must be"):
        aug.RandomFlip("sideways")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="fill_mode"):
        aug.rotate(X, 0.1, fill_mode="mirror")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="batch, height"):
        aug.rotate(X[0], 0.1)


def test_random_hue_turns_by_half_its_factor_either_way() -> None:
    red = np.broadcast_to([255.0, 0.0, 0.0], (20, 1, 1, 3))
    turned = aug.rgb_to_hsv(aug.RandomHue((0.5, 0.5), seed=0)(red, training=True) / 255)[:, 0, 0, 0]
    assert set(turned.round(9)) == {0.25, 0.75}


def test_a_range_that_does_not_start_at_zero() -> None:
    x = RNG.uniform(-1.0, 1.0, size=(2, 3, 3, 3))
    np.testing.assert_allclose(aug.adjust_hue(x, 0.0, value_range=(-1.0, 1.0)), x, atol=1e-12)
    np.testing.assert_allclose(aug.adjust_brightness(x, 0.0, value_range=(-1.0, 1.0)), x)
