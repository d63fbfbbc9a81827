"""Colours changed: brightness, contrast, saturation, hue, grey, negative.

Images are (…, height, width, channels) with values in `value_range`, 0 … 255 by default as in Keras; results
are cut to that range.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array, divide_no_nan

Range = tuple[float, float]
BYTES: Range = (0.0, 255.0)


def adjust_brightness(images: npt.ArrayLike, factor: npt.ArrayLike, *, value_range: Range = BYTES) -> Array:
    """Add a part of the range to every value.

    Formula: clip(x + f · (hi − lo), lo, hi)

    Args:
        images: (…, height, width, channels).
        factor: f in [−1, 1], one or (batch,).
        value_range: (lo, hi).

    Returns:
        The shape of the images.

    Convention: Keras's RandomBrightness. torchvision multiplies instead.

    Example:
        >>> adjust_brightness([[[0.0, 100.0, 250.0]]], 0.2)
        array([[[ 51., 151., 255.]]])
    """
    x = as_array(images)
    low, high = value_range
    return np.clip(x + _per_image(factor, x) * (high - low), low, high)


def adjust_contrast(images: npt.ArrayLike, factor: npt.ArrayLike, *, value_range: Range = BYTES) -> Array:
    """Spread values about the mean of their channel in their image.

    Formula: clip((x − μ) c + μ, lo, hi), μ the mean over height and width

    Args:
        images: (…, height, width, channels).
        factor: c ≥ 0, one or (batch,); 1 changes nothing, 0 leaves the mean.
        value_range: (lo, hi).

    Returns:
        The shape of the images.

    Convention: Keras. torchvision takes the mean of the grey image.

    Example:
        >>> adjust_contrast([[[100.0], [200.0]]], 0.5)[..., 0]
        array([[125., 175.]])
    """
    x = as_array(images)
    mean = x.mean(axis=(-3, -2), keepdims=True)
    return as_array(np.clip((x - mean) * _per_image(factor, x) + mean, *value_range))


def invert(images: npt.ArrayLike, *, value_range: Range = BYTES) -> Array:
    """The negative of an image.

    Formula: hi − x

    Args:
        images: any shape.
        value_range: (lo, hi). As in Keras lo is not added, so it should be 0.

    Returns:
        The shape of the images.

    Example:
        >>> invert([0.0, 55.0])
        array([255., 200.])
    """
    return value_range[1] - as_array(images)


def rgb_to_grayscale(images: npt.ArrayLike) -> Array:
    """Brightness as the eye sees it, in all three channels.

    Formula: 0.2989 R + 0.5870 G + 0.1140 B

    Args:
        images: (…, height, width, 3).

    Returns:
        The shape of the images; the three channels are equal.

    Convention: Keras's RandomGrayscale keeps three channels too.

    Example:
        >>> rgb_to_grayscale([[[100.0, 0.0, 0.0]]])
        array([[[29.89, 29.89, 29.89]]])
    """
    x = _rgb(images)
    return np.repeat((x @ np.array([0.2989, 0.5870, 0.1140]))[..., None], 3, axis=-1)


def adjust_saturation(images: npt.ArrayLike, factor: npt.ArrayLike, *, value_range: Range = BYTES) -> Array:
    """Make colours stronger or paler.

    Formula: S of the hue, saturation, value form times `factor`, cut at 1

    Args:
        images: (…, height, width, 3).
        factor: ≥ 0, one or (batch,); 0 is grey, 1 changes nothing.
        value_range: (lo, hi).

    Returns:
        The shape of the images.

    Convention: RandomSaturation of Keras draws f and takes f / (1 − f) as the factor, 0.5 changing nothing.
    For a range other than (0, 1) it cuts S at the end of that range, which can leave values outside of it;
    here S is cut at 1. torchvision mixes with the grey image instead.

    Example:
        >>> adjust_saturation([[[200.0, 100.0, 100.0]]], 0.0)
        array([[[200., 200., 200.]]])
    """
    x = _rgb(images)
    hsv = rgb_to_hsv(_to_unit(x, value_range))
    hsv[..., 1] = np.clip(hsv[..., 1] * _per_image(factor, x)[..., 0], 0.0, 1.0)
    return _from_unit(hsv_to_rgb(hsv), value_range)


def adjust_hue(images: npt.ArrayLike, delta: npt.ArrayLike, *, value_range: Range = BYTES) -> Array:
    """Turn the circle of colours.

    Formula: H of the hue, saturation, value form plus δ, modulo 1

    Args:
        images: (…, height, width, 3).
        delta: δ, part of the circle, one or (batch,); 1/3 makes red green.
        value_range: (lo, hi).

    Returns:
        The shape of the images.

    Convention: RandomHue(f) of Keras draws δ from ±U(0, f)/2.

    Example:
        >>> adjust_hue([[[255.0, 0.0, 0.0]]], 1 / 3).round(9)
        array([[[  0., 255.,   0.]]])
    """
    x = _rgb(images)
    hsv = rgb_to_hsv(_to_unit(x, value_range))
    hsv[..., 0] = (hsv[..., 0] + _per_image(delta, x)[..., 0]) % 1.0
    return _from_unit(hsv_to_rgb(hsv), value_range)


def rgb_to_hsv(rgb: npt.ArrayLike) -> Array:
    """Red, green, blue in [0, 1] as hue (part of the circle), saturation, value.

    Formula: V = max, S = (max − min)/max, H by which channel is largest, in sixths from red

    Args:
        rgb: (…, 3).

    Returns:
        (…, 3), all in [0, 1]; hue 0 for grey.

    Example:
        >>> rgb_to_hsv([0.0, 1.0, 0.0]).round(4)
        array([0.3333, 1.    , 1.    ])
    """
    x = _rgb(rgb)
    r, g, b = x[..., 0], x[..., 1], x[..., 2]
    value = x.max(axis=-1)
    spread = value - x.min(axis=-1)
    from_red, from_green, from_blue = (divide_no_nan(d, spread) for d in (g - b, b - r, r - g))
    sixths = np.where(value == r, from_red, np.where(value == g, 2.0 + from_green, 4.0 + from_blue))
    return np.stack([(sixths / 6.0) % 1.0, divide_no_nan(spread, value), value], axis=-1)


def hsv_to_rgb(hsv: npt.ArrayLike) -> Array:
    """The inverse of `rgb_to_hsv`.

    Formula: channel n = V − V S max(0, min(k, 4 − k, 1)), k = (n + 6H) mod 6, n = 5, 3, 1

    Args:
        hsv: (…, 3), all in [0, 1].

    Returns:
        (…, 3), all in [0, 1].

    Example:
        >>> hsv_to_rgb([0.5, 1.0, 1.0])
        array([0., 1., 1.])
    """
    x = as_array(hsv)
    hue, saturation, value = x[..., 0], x[..., 1], x[..., 2]
    k = (np.array([5.0, 3.0, 1.0]) + 6.0 * hue[..., None]) % 6.0
    dip = np.clip(np.minimum(k, 4.0 - k), 0.0, 1.0)
    return as_array(value[..., None] - (value * saturation)[..., None] * dip)


def _per_image(factor: npt.ArrayLike, images: Array) -> Array:
    """One number, or one for each image of a batch, ready to broadcast over pixels and channels."""
    f = as_array(factor)
    return f.reshape(f.shape + (1,) * (images.ndim - f.ndim))


def _rgb(images: npt.ArrayLike) -> Array:
    x = as_array(images)
    if x.shape[-1:] != (3,):
        raise ValueError(f"images must have 3 channels last, received shape {x.shape}")
    return x


def _to_unit(x: Array, value_range: Range) -> Array:
    low, high = value_range
    return np.clip((x - low) / (high - low), 0.0, 1.0)


def _from_unit(x: Array, value_range: Range) -> Array:
    low, high = value_range
    return np.clip(x, 0.0, 1.0) * (high - low) + low
