"""The curves of a plot as points, computed by the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from quizdl.packs.items import Curve, Plot

if TYPE_CHECKING:
    from collections.abc import Callable

_SMALL_DIGITS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Sampled(NamedTuple):
    """One curve: its label, and its points; NaN where it has none."""

    label: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


def function_names() -> tuple[str, ...]:
    """The functions that a plot can draw: those of one number, with their derivatives.

    Example:
        >>> "sigmoid" in function_names(), "softmax" in function_names()
        (True, False)
    """
    from quizdl.engine import activations

    return tuple(name for name in activations.names() if activations.get(name).derivative is not None)


def function(curve: Curve) -> Callable[..., object]:
    """The function of the engine that a curve draws.

    Raises:
        ValueError: the engine has no such function of one number.
    """
    from quizdl.engine import activations

    found = activations.get(curve.fn)
    if found.derivative is None:
        raise ValueError(f"a curve must be a function of one number, received {curve.fn!r}")
    return found.derivative if curve.derivative else found.forward


def sample(plot: Plot, n: int) -> tuple[Sampled, ...]:
    """Compute the curves of a plot at evenly spaced points.

    A plot is often the question ("Which function is this?"), so the labels name no function: they are those
    of the author, else f, or f₁, f₂, ... for several curves.

    Args:
        plot: the curves and the range of x.
        n: how many points, at least 2.

    Returns:
        One entry a curve.

    Raises:
        ValueError: a curve names no function of the engine.

    Example:
        >>> sample(Plot(curves=(Curve(fn="relu"),), x=(-1.0, 1.0)), 3)
        (Sampled(label='f', xs=(-1.0, 0.0, 1.0), ys=(0.0, 0.0, 1.0)),)
    """
    import numpy as np

    xs = np.linspace(*plot.x, n)
    sampled = []
    for number, curve in enumerate(plot.curves, 1):
        # Parameters are the author's: what overflows is drawn as a gap, not warned about.
        with np.errstate(all="ignore"):
            ys = np.asarray(function(curve)(xs, **curve.params), dtype=np.float64)
        ys = np.where(np.isfinite(ys), ys, np.nan)
        label = curve.label or ("f" if len(plot.curves) == 1 else f"f{number}".translate(_SMALL_DIGITS))
        sampled.append(Sampled(label, tuple(xs.tolist()), tuple(ys.tolist())))
    return tuple(sampled)
