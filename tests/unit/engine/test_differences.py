"""The gradient checker itself: it must believe right gradients and refuse wrong ones."""

from __future__ import annotations

import numpy as np
import pytest

from quizdl.engine import (
    complex_step_gradient,
    gradcheck,
    numerical_derivative,
    numerical_gradient,
)

X = np.array([[0.3, -1.7, 2.0], [4.0, 1e-3, -0.5]])


def f(x: np.ndarray) -> float:
    return float((np.sin(x) * x**2).sum())


def df(x: np.ndarray) -> np.ndarray:
    return np.cos(x) * x**2 + 2 * x * np.sin(x)


def test_fourth_order_differences_are_good_for_nine_digits() -> None:
    np.testing.assert_allclose(numerical_gradient(f, X), df(X), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(numerical_derivative(np.exp, X[0]), np.exp(X[0]), rtol=1e-10)


def test_the_order_is_four() -> None:
    """Half the step must leave a sixteenth of the error."""
    errors = [
        abs(float(numerical_gradient(lambda x: float(np.exp(x[0])), [1.0], h=h)[0]) - np.e)
        for h in (0.2, 0.1)
    ]
    assert errors[0] / errors[1] == pytest.approx(16, rel=0.05)


def test_the_complex_step_is_exact_to_rounding() -> None:
    got = complex_step_gradient(lambda z: (np.sin(z) * z**2).sum(), X)
    np.testing.assert_allclose(got, df(X), rtol=1e-14)


def test_a_right_gradient_is_believed() -> None:
    assert gradcheck(f, X, df(X))
    assert gradcheck(lambda z: (np.sin(z) * z**2).sum(), X, df(X), method="complex", rtol=1e-13)


@pytest.mark.parametrize("factor", [-1.0, 2.0, 0.5, 1.0 + 1e-5])
def test_a_wrong_factor_is_refused(factor: float) -> None:
    assert not gradcheck(f, X, factor * df(X))


def test_one_wrong_element_is_found() -> None:
    wrong = df(X)
    wrong[1, 2] += 1e-3
    found = gradcheck(f, X, wrong)
    assert not found
    assert found.index == (1, 2)
    assert found.max_error == pytest.approx(1e-3, rel=1e-4)
    assert found.received == wrong[1, 2]


def test_nan_never_agrees() -> None:
    wrong = df(X)
    wrong[0, 0] = np.nan
    assert not gradcheck(f, X, wrong)


def test_a_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="shape of x"):
        gradcheck(f, X, df(X).T)


def test_the_point_is_not_moved() -> None:
    x = X.copy()
    numerical_gradient(f, x)
    np.testing.assert_array_equal(x, X)
