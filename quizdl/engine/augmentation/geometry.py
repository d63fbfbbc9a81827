"""Images moved about: flipped, rotated, zoomed. Images are (batch, height, width, channels)."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, Integers, as_array

FillMode: TypeAlias = Literal["reflect", "nearest", "wrap", "constant"]
"""Beyond the edge a b c d: d c b a (reflect), d d d d (nearest), a b c d (wrap), one value (constant)."""
Interpolation: TypeAlias = Literal["bilinear", "nearest"]


def flip_left_right(images: npt.ArrayLike) -> Array:
    """Mirror along the width: left and right change places.

    Args:
        images: (…, height, width, channels).

    Returns:
        The shape of the images.

    Example:
        >>> flip_left_right([[[1.0], [2.0]], [[3.0], [4.0]]])[..., 0]
        array([[2., 1.],
               [4., 3.]])
    """
    return as_array(images)[..., ::-1, :].copy()


def flip_up_down(images: npt.ArrayLike) -> Array:
    """Mirror along the height: top and bottom change places.

    Args:
        images: (…, height, width, channels).

    Returns:
        The shape of the images.

    Example:
        >>> flip_up_down([[[1.0], [2.0]], [[3.0], [4.0]]])[..., 0]
        array([[3., 4.],
               [1., 2.]])
    """
    return as_array(images)[..., ::-1, :, :].copy()


def rotate(
    images: npt.ArrayLike,
    turns: npt.ArrayLike,
    *,
    fill_mode: FillMode = "reflect",
    interpolation: Interpolation = "bilinear",
    fill_value: float = 0.0,
) -> Array:
    """Rotate about the centre, counter-clockwise.

    Formula: result(x, y) = image(c + R(θ)((x, y) − c)), θ = 2π · turns

    Args:
        images: (batch, height, width, channels).
        turns: fraction of a full turn, one or (batch,); 0.25 is 90°.
        fill_mode: what lies beyond the edge.
        interpolation: how values between pixels are found.
        fill_value: for fill_mode "constant".

    Returns:
        The shape of the images; corners are cut.

    Convention: Keras's RandomRotation(f) draws turns from U(−f, f). torchvision counts in degrees.

    Example:
        >>> rotate([[[[1.0], [2.0]], [[3.0], [4.0]]]], 0.25)[0, ..., 0].round(9)
        array([[2., 4.],
               [1., 3.]])
    """
    x = _batch(images)
    angle = 2 * np.pi * np.broadcast_to(as_array(turns), (len(x),))
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.stack([np.stack([cos, -sin], axis=-1), np.stack([sin, cos], axis=-1)], axis=-2)
    return _sample(x, matrix, fill_mode, interpolation, fill_value)


def zoom(
    images: npt.ArrayLike,
    height_factor: npt.ArrayLike,
    width_factor: npt.ArrayLike | None = None,
    *,
    fill_mode: FillMode = "reflect",
    interpolation: Interpolation = "bilinear",
    fill_value: float = 0.0,
) -> Array:
    """Zoom about the centre: out for factors above 0, in for factors below.

    Formula: result(x, y) = image(c + ((1 + f_w)(x − c_x), (1 + f_h)(y − c_y)))

    Args:
        images: (batch, height, width, channels).
        height_factor: f_h > −1, one or (batch,); 0.2 shows 20 % more.
        width_factor: f_w; by default f_h, which keeps the aspect ratio.
        fill_mode: what lies beyond the edge.
        interpolation: how values between pixels are found.
        fill_value: for fill_mode "constant".

    Returns:
        The shape of the images.

    Convention: Keras's RandomZoom: positive is out.

    Example:
        >>> zoom([[[[0.0], [1.0], [2.0]]]], 0.0, -0.5)[0, 0, :, 0]
        array([0.5, 1. , 1.5])
    """
    x = _batch(images)
    scale_y = 1 + np.broadcast_to(as_array(height_factor), (len(x),))
    scale_x = scale_y if width_factor is None else 1 + np.broadcast_to(as_array(width_factor), (len(x),))
    nil = np.zeros(len(x))
    matrix = np.stack([np.stack([scale_x, nil], axis=-1), np.stack([nil, scale_y], axis=-1)], axis=-2)
    return _sample(x, matrix, fill_mode, interpolation, fill_value)


def _batch(images: npt.ArrayLike) -> Array:
    x = as_array(images)
    if x.ndim != 4:
        raise ValueError(f"images must be (batch, height, width, channels), received shape {x.shape}")
    return x


def _sample(
    images: Array, matrix: Array, fill_mode: FillMode, interpolation: Interpolation, fill_value: float
) -> Array:
    """Take each pixel from where its matrix, applied about the centre, points to."""
    if fill_mode not in ("reflect", "nearest", "wrap", "constant"):
        raise ValueError(f"fill_mode must be reflect, nearest, wrap or constant, received {fill_mode!r}")
    if interpolation not in ("bilinear", "nearest"):
        raise ValueError(f"interpolation must be bilinear or nearest, received {interpolation!r}")
    _, height, width, _ = images.shape
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    grid = np.stack(np.meshgrid(np.arange(width), np.arange(height)), axis=-1) - centre
    # Rounding away the dust of cos and sin keeps a quarter turn on the pixels.
    source = np.round(np.einsum("bij,hwj->bhwi", matrix, grid) + centre, 12)
    if interpolation == "nearest":
        return _pick(images, np.rint(source).astype(np.int64), fill_mode, fill_value)
    low = np.floor(source).astype(np.int64)
    part = source - low
    total = np.zeros_like(images)
    for dx in (0, 1):
        for dy in (0, 1):
            along = part[..., 0] if dx else 1 - part[..., 0]
            down = part[..., 1] if dy else 1 - part[..., 1]
            corner = _pick(images, low + np.array([dx, dy]), fill_mode, fill_value)
            total += (along * down)[..., None] * corner
    return total


def _pick(images: Array, at: Integers, fill_mode: FillMode, fill_value: float) -> Array:
    batch, height, width, _ = images.shape
    x, y = _inside(at[..., 0], width, fill_mode), _inside(at[..., 1], height, fill_mode)
    values = images[np.arange(batch)[:, None, None], y, x]
    if fill_mode == "constant":
        outside = (at[..., 0] != x) | (at[..., 1] != y)
        values = np.where(outside[..., None], fill_value, values)
    return as_array(values)


def _inside(at: Integers, size: int, fill_mode: FillMode) -> Integers:
    if fill_mode == "reflect":
        period = at % (2 * size)
        return np.minimum(period, 2 * size - 1 - period)
    if fill_mode == "wrap":
        return at % size
    return np.clip(at, 0, size - 1)
