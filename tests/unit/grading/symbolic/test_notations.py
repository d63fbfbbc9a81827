"""One meaning in many notations: each group reads to one value, and its neighbour to another."""

from __future__ import annotations

import numpy as np
import pytest

from quizdl.grading.symbolic.numeric import evaluate
from quizdl.grading.symbolic.parser import parse
from quizdl.grading.symbolic.resolve import resolve
from quizdl.grading.symbolic.symbols import OPEN, Symbols

RNG = np.random.default_rng(7)
SIZES = {"n": 5, "d": 3, "K": 4}
TABLE = Symbols.read(
    [
        {"name": "z", "kind": "vector", "shape": ["K"], "aliases": ["\\mathbf{z}"]},
        {"name": "s", "kind": "vector", "shape": ["K"], "definition": "s_i = exp(z_i)/sum_k exp(z_k)"},
        {"name": "y", "kind": "vector", "shape": ["K"]},
        {"name": "p", "kind": "vector", "shape": ["K"], "domain": "simplex", "aliases": ["ŷ"]},
        {"name": "i", "kind": "index", "range": "K"},
        {"name": "j", "kind": "index", "range": "K"},
        {"name": "c", "kind": "index", "range": "K"},
        {"name": "X", "kind": "matrix", "shape": ["n", "d"]},
        {"name": "w", "kind": "vector", "shape": ["d"]},
        {"name": "t", "kind": "vector", "shape": ["n"]},
        {"name": "lr", "domain": "positive", "aliases": ["eta"]},
        {"name": "T", "domain": "positive"},
        {"name": "theta_t", "aliases": ["θ_t", "\\theta_t"]},
        {"name": "lambda", "domain": "positive"},
    ]
)
POINTS = {
    "z": RNG.normal(size=(6, 4)),
    "y": RNG.random((6, 4)),
    "p": RNG.random((6, 4)),
    "X": RNG.normal(size=(6, 5, 3)),
    "w": RNG.normal(size=(6, 3)),
    "t": RNG.normal(size=(6, 5)),
    "lr": RNG.random(6),
    "T": RNG.random(6) + 0.5,
    "theta_t": RNG.normal(size=6),
    "lambda": RNG.random(6) + 0.5,
}


def value(text: str, indices: tuple[str, ...] = ()) -> np.ndarray:
    resolved = resolve(parse(text, TABLE).answer, TABLE)
    return np.asarray(evaluate(resolved, POINTS, SIZES, TABLE, indices=indices or None).array)


def agree(left: np.ndarray, right: np.ndarray) -> bool:
    return left.shape == right.shape and bool(np.allclose(left, right, rtol=1e-9, atol=1e-12))


GROUPS: list[tuple[tuple[str, ...], list[str], str]] = [
    (
        ("i", "c"),
        [
            "softmax(z)_i - 1{i=c}",
            "softmax(z)_i − 𝟙[i = c]",
            "exp(z_i)/sum_k exp(z_k) - [i==c]",
            "np.exp(z[i]) / np.exp(z).sum() - (i == c)",
            r"\frac{e^{z_i}}{\sum_{k=1}^{K} e^{z_k}} - \mathbb{1}\{i=c\}",
            "s_i − δᵢ꜀".replace("꜀", "_c").replace("δᵢ_c", "δ_{ic}"),
            "softmax(z_i) - delta_ic",
            r"s_i - \delta_{i,c}",
            "s[i] - I(i=c)",
            "s_i - KroneckerDelta(i, c)",
            "s_i - 1 if i == c else s_i",
            r"\begin{cases} s_i - 1 & i = c \\ s_i & \text{otherwise} \end{cases}",
            "ｓ_i － １{i＝c}",
        ],
        "s_c - 1{i=c}",
    ),
    (
        (),
        [
            "X.T @ (X @ w - t) / n",
            "(1/n) X^T (X w - t)",
            "(1/n) Xᵀ(Xw − t)",
            r"\frac{1}{n} X^\top (Xw - t)",
            r"\frac1n\mathbf{X}^{\mathsf{T}}\left(X\,w - t\right)",
            "X.T.dot(X.dot(w) - t) / len(t)",
            "np.matmul(X.T, np.matmul(X, w) - t) / X.shape[0]",
            "X'(X w - t)/n",
            "∇L = Xᵀ(Xw − t)/n",
            "(X w - t)^T X / n",
            "(X^TXw − X^Tt)/n",
            "1/n * X.T * (X * w - t)",
        ],
        "X.T @ (X @ w + t) / n",
    ),
    (
        (),
        [
            "np.diag(s) - np.outer(s, s)",
            "diag(s) - s s^T",
            "diag(s) − ssᵀ",
            r"\operatorname{diag}(s) - s s^\top",
        ],
        "np.diag(s) - s @ s",
    ),
    (
        ("i", "j"),
        [
            "s_i(δᵢⱼ − s_j)",
            "s_i (1{i=j} - s_j)",
            "s[i]*((i==j) - s[j])",
            "s_i(1-s_i) if i=j else -s_i s_j",
            r"s_i\left(\delta_{ij}-s_j\right)",
            "Derivative(s_i, z_j)",
            "d s_i / d z_j",
            r"\frac{\partial s_i}{\partial z_j}",
            "s_i if False else s_i*([i=j] - s_j)",
        ],
        "s_i(δᵢⱼ − s_i)",
    ),
    (
        (),
        [
            "-sum_i y_i log p_i",
            "-Σᵢ yᵢ log pᵢ",
            r"-\sum_{i=1}^{K} y_i \ln \hat{y}_i",
            "-np.sum(y * np.log(p))",
            "-(y * np.log(p)).sum()",
            "-y^T log p",
            "-y·log p",
            "-sum(y_i log p_i)",
            "-y @ np.log(p)",
        ],
        "-sum_i p_i log y_i",
    ),
    (
        (),
        [
            "‖Xw − t‖²/n",
            "||X w - t||_2^2 / n",
            r"\frac{1}{n}\lVert Xw - t\rVert^2",
            "np.mean((X @ w - t)**2)",
            "np.linalg.norm(X @ w - t)**2 / n",
            "1/n sum_i (X_i w - t_i)^2",
            "(Xw−t)ᵀ(Xw−t)/n",
            "mean((Xw - t)^2)",
            "⟨Xw − t, Xw − t⟩/n",
        ],
        "||X w - t||/n",
    ),
    (
        (),
        [
            "log sum_k e^{z_k}",
            "logsumexp(z)",
            "np.log(np.exp(z).sum())",
            "max_k z_k + log Σ_k exp(z_k − max(z))",
        ],
        "log sum_k e^{z_k} / K",
    ),
    (
        (),
        [
            "theta_t - lr*lambda",
            "θ_t − ηλ",
            r"\theta_t - \eta\,\lambda",
            "θ_{t+1} = θ_t − η·λ",
            "theta_t-lr lam",
            "θ_t - etalambda",
        ],
        "theta_t + lr*lambda",
    ),
    (
        (),
        ["np.sum(np.abs(w))", "|w|_1", "‖w‖₁", "sum_i |w_i|", r"\|w\|_1", "np.linalg.norm(w, ord=1)"],
        "||w||",
    ),
    (
        (),
        ["max(z, 0)", "np.maximum(z, 0)", "relu(z)", "np.where(z > 0, z, 0)", "z*(z > 0)", "(z+abs(z))/2"],
        "z",
    ),
    ((), ["σ'(z)", "σ(z)(1 − σ(z))", "sigmoid(z)*(1 - sigmoid(z))", "e^{-z}/(1+e^{-z})²"], "σ(z)*σ(z)"),
    ((), ["softmax(z/T)", "np.exp(z/T)/np.sum(np.exp(z/T))", "exp(z/T)/Σ_k exp(z_k/T)"], "softmax(z)/T"),
    ((), ["(XᵀX + λI)⁻¹Xᵀt", "np.linalg.solve(X.T @ X + lambda*np.eye(d), X.T @ t)"], "(XᵀX)⁻¹Xᵀt"),
    ((), ["z̄", "mean(z)", "z.mean()", "1/K Σ_k z_k", r"\frac{1}{K}\sum_k z_k"], "sum(z)"),
    ((), ["½‖w‖²", "1/2 w^T w", "0.5 * w @ w", "w'w/2", "(w·w)/2", "50% ‖w‖²"], "2‖w‖²"),
]


@pytest.mark.parametrize(("indices", "texts", "neighbour"), GROUPS, ids=[group[1][0] for group in GROUPS])
def test_a_group_has_one_value_and_its_neighbour_another(
    indices: tuple[str, ...], texts: list[str], neighbour: str
) -> None:
    wanted = value(texts[0], indices)
    for text in texts[1:]:
        assert agree(value(text, indices), wanted), text
    assert not agree(value(neighbour, indices), wanted)


SCALAR = [
    (["x^2", "x**2", "x²", "x^{2}", "x*x", "x x", "x·x", "pow(x, 2)", "ｘ＾２"], "2x"),
    (["sin(x)^2", "sin^2 x", "sin²(x)", r"\sin^2 x", "(sin x)^2", "np.sin(x)**2"], "sin x^2"),
    (["log(x)/log(2)", "log_2 x", "log2(x)", r"\log_{2}(x)", "ln(x)/ln 2"], "log(x)"),
    (["e^(-x)", "exp(-x)", "e^-x", "1/e^x", r"e^{-x}", "np.exp(-x)", "np.e**-x"], "e^x"),
    (["x/2", "½x", "0.5x", "x÷2", r"\frac{x}{2}", r"\frac x2", "1/2x", "2^-1 x", "50%x"], "2/x"),
    (["arcsin(x/9)", "asin(x/9)", "sin^-1(x/9)", r"\arcsin(x/9)", r"\sin^{-1}(x/9)"], "1/sin(x/9)"),
    (["sqrt(x)", "√x", "x^(1/2)", "x^0.5", r"\sqrt{x}", r"\sqrt[2]{x}", "x^½"], "x^2"),
    (["cbrt(x)", "∛x", "x^(1/3)", r"\sqrt[3]{x}"], "x^3"),
    (["2^x 3", "3*2^x", "3·2ˣ"], "2^(3x)"),
    (["x!", "factorial(x)", "Gamma(x+1)"], "x"),
    (["sin 2x cos x", "sin(2x)*cos(x)"], "sin(2 x cos x)"),
    (["|x-1|", "abs(x-1)", "sqrt((x-1)^2)", r"\left|x-1\right|", "max(x-1, 1-x)"], "x-1"),
    (["xsinx", "x*sin(x)", "x sin x"], "x cosx"),
    (["d/dx x^3", "3x^2", "Derivative(x**3, x)", r"\frac{d}{dx} x^3", r"\frac{d x^3}{dx}", "∂/∂x x³"], "x^3"),
    (["d^2/dx^2 x^3", "6x", r"\frac{d^2 x^3}{dx^2}", "Derivative(x**3, x, x)", "diff(x^3, x, 2)"], "3x^2"),
    (["sum_{k=1}^{4} x^k", "x + x^2 + x^3 + x^4", r"\sum_{k=1}^4 x^k", "Σₖ₌₁⁴ xᵏ"], "4x^4"),
    (["2½", "2.5", "5/2"], "1"),
    (["1e-3x", "10^-3 x", "0.001x", "x/1000"], "1e3x"),
    (["x - -1", "x+1", "x−(−1)"], "x-1"),
    (["-x^2", "-(x^2)", "0-x^2"], "(-x)^2"),
    (
        [
            r"\begin{cases} x & \frac{1}{2} < x \\ 0 & \text{otherwise}\end{cases}",
            "x if x > 1/2 else 0",
            "x·[x > ½]",
        ],
        r"\begin{cases} 0 & \frac{1}{2} < x \\ x & \text{otherwise}\end{cases}",
    ),
    (["log(x, 3)", "log_3 x", "ln x / ln 3"], "log(x)"),
    (["Sum(k*x, (k, 1, 3))", "6x", "sum_{k=1}^3 k x"], "3x"),
    (["2^3^x", "2^(3^x)"], "(2^3)^x"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "neighbour"), SCALAR, ids=[group[0][0] for group in SCALAR])
def test_free_scalars(texts: list[str], neighbour: str) -> None:
    points = {"x": np.array([0.7, 2.6, 3.7])}

    def at(text: str) -> np.ndarray:
        return np.asarray(evaluate(resolve(parse(text, OPEN).tree), points).array)

    wanted = np.broadcast_to(at(texts[0]), (3,))
    for text in texts[1:]:
        assert np.allclose(np.broadcast_to(at(text), (3,)), wanted, rtol=1e-6), text
    assert not np.allclose(np.broadcast_to(at(neighbour), (3,)), wanted, rtol=1e-6)
