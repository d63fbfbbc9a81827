"""Gradients kept short, and weights kept small: what happens around every optimizer's step."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from quizdl.engine.arrays import Array, as_array


def global_norm(gradients: Sequence[npt.ArrayLike]) -> float:
    """Length of all gradients laid end to end.

    Formula: ‖g‖ = √(Σ over arrays Σ g²)

    Example:
        >>> global_norm([[3.0], [[0.0, 4.0]]])
        5.0
    """
    lengths = [float(np.linalg.norm(as_array(g))) for g in gradients]
    return float(np.linalg.norm(lengths)) if lengths else 0.0


def clip_by_norm(gradient: npt.ArrayLike, clipnorm: float) -> Array:
    """Shorten one array to length `clipnorm`, its direction kept.

    Formula: g · c / max(‖g‖, c)

    Args:
        gradient: any shape; the norm is over all its elements.
        clipnorm: c > 0.

    Returns:
        The shape of the gradient.

    Convention: Keras's `clipnorm`, for each weight on its own. torch has only the global one.

    Example:
        >>> clip_by_norm([3.0, 4.0], 1.0)
        array([0.6, 0.8])
        >>> clip_by_norm([0.3, 0.4], 1.0)
        array([0.3, 0.4])
    """
    g = as_array(gradient)
    return g * clipnorm / max(float(np.linalg.norm(g)), clipnorm)


def clip_by_value(gradient: npt.ArrayLike, clipvalue: float) -> Array:
    """Cut every element to [−c, c]; the direction may change.

    Example:
        >>> clip_by_value([3.0, -0.2], 0.5)
        array([ 0.5, -0.2])
    """
    return np.clip(as_array(gradient), -clipvalue, clipvalue)


def clip_by_global_norm(
    gradients: Sequence[npt.ArrayLike], clipnorm: float, *, epsilon: float = 0.0
) -> list[Array]:
    """Shorten all gradients by one factor, so that together they are no longer than `clipnorm`.

    Formula: g · c / max(‖g‖, c), ‖g‖ by `global_norm`

    Args:
        gradients: arrays of any shapes.
        clipnorm: c > 0.
        epsilon: added to the norm; torch's `clip_grad_norm_` has 1e-6: g · min(1, c / (‖g‖ + ε)).

    Returns:
        Arrays of the same shapes.

    Example:
        >>> clip_by_global_norm([[3.0], [4.0]], 1.0)
        [array([0.6]), array([0.8])]

    Reference: Pascanu, Mikolov, Bengio, On the Difficulty of Training Recurrent Neural Networks (2013).
    """
    length = max(global_norm(gradients) + epsilon, clipnorm)
    return [as_array(g) * clipnorm / length for g in gradients]


def decay_weights(weights: npt.ArrayLike, learning_rate: float, weight_decay: float) -> Array:
    """Decoupled weight decay: shrink the weights on their own, apart from the gradient.

    Formula: w (1 − η λ), before the step

    Args:
        weights: any shape.
        learning_rate: η.
        weight_decay: λ.

    Returns:
        The shape of the weights.

    Convention: Keras does so for every optimizer that is given `weight_decay`. torch's SGD and Adam add λw to
    the gradient instead (L2), which is not the same once the step divides by √v; its AdamW decouples.

    Example:
        >>> decay_weights([1.0, -2.0], 0.1, 0.1)
        array([ 0.99, -1.98])

    Reference: Loshchilov, Hutter, Decoupled Weight Decay Regularization (2019).
    """
    w = as_array(weights)
    return w - w * weight_decay * learning_rate
