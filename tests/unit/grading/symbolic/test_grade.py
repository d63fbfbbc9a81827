"""Verdicts on expressions: what is accepted, beside the neighbour that must not be."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quizdl.grading.symbolic.grade import grade_expression
from quizdl.grading.symbolic.question import Form, Known, Question
from quizdl.grading.symbolic.symbols import OPEN, Symbols
from quizdl.packs.items import Text


def table(*symbols: dict[str, object]) -> Symbols:
    return Symbols.read(symbols)


SOFTMAX = table(
    {"name": "z", "kind": "vector", "shape": ["K"]},
    {
        "name": "p",
        "kind": "vector",
        "shape": ["K"],
        "domain": "simplex",
        "definition": "p_i = exp(z_i)/sum_k exp(z_k)",
        "aliases": ["softmax(z)", "\\hat y", "ŷ", "s"],
    },
    {"name": "y", "kind": "vector", "shape": ["K"], "domain": "one-hot"},
    {"name": "c", "domain": "positive integer"},
    {"name": "delta", "kind": "matrix", "shape": ["K", "K"], "domain": "kronecker", "aliases": ["δ"]},
    {"name": "i", "kind": "index", "range": "K"},
    {"name": "j", "kind": "index", "range": "K"},
    {"name": "k", "kind": "index", "range": "K"},
)
MSE = table(
    {"name": "X", "kind": "matrix", "shape": ["n", "d"]},
    {"name": "w", "kind": "vector", "shape": ["d"]},
    {"name": "y", "kind": "vector", "shape": ["n"]},
    {"name": "n", "domain": "size"},
    {"name": "d", "domain": "size"},
    {"name": "i", "kind": "index", "range": "n"},
    {"name": "j", "kind": "index", "range": "d"},
    {"name": "k", "kind": "index", "range": "d"},
)
CE = Question(SOFTMAX, "p_i - y_i", "-sum_k y_k log(p_k)", "z_i", free=("i",))
JACOBIAN = Question(SOFTMAX, "p_i (delta_ij - p_j)", free=("i", "j"))
GRADIENT = Question(MSE, "(2/n) X^T (X w - y)", "(1/n) ||X w - y||^2", "w", entry=("j",))


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        (CE, "p_i - y_i"),
        (CE, "p - y"),
        (CE, r"\hat y - y"),
        (CE, "exp(z_i)/sum_k exp(z_k) - y_i"),
        (CE, "softmax(z)_i − y_i"),
        (CE, "-y_i + p_i sum_k y_k"),
        (JACOBIAN, "p_i(δ_ij − p_j)"),
        (JACOBIAN, "np.diag(p) - np.outer(p, p)"),
        (JACOBIAN, "p_i(1-p_i) if i==j else -p_i p_j"),
        (JACOBIAN, "diag(p) - p p^T"),
        (GRADIENT, "2/n * X.T @ (X @ w - y)"),
        (GRADIENT, "(2/n) sum_i (sum_k X_ik w_k - y_i) X_ij"),
        (GRADIENT, "2*np.mean((X@w-y)[:,None]*X, axis=0)"),
        (GRADIENT, r"\nabla_w L = -\frac{2}{n}X^\top(y - Xw)"),
    ],
)
def test_right_answers_in_any_notation(asked: Question, text: str) -> None:
    assert grade_expression(asked, text).verdict.outcome == "correct"


@pytest.mark.parametrize(
    ("asked", "text", "reason"),
    [
        (CE, "y - p", "sign"),
        (CE, "p_i", "term"),
        (CE, "p_i + y_i", "sign"),
        (CE, "p_j - y_j", "index"),
        (JACOBIAN, "p_i(1-p_i)", "diagonal-only"),
        (JACOBIAN, "p_i(1 - p_j)", "index"),
        (JACOBIAN, "p_i(p_j - δ_ij)", "sign"),
        (JACOBIAN, "-p_i p_j", "term"),
        (GRADIENT, "2 X^T (X w - y)", "missing-mean"),
        (GRADIENT, "(1/n) X^T (X w - y)", "factor"),
        (GRADIENT, "(2/n) X^T (y - X w)", "sign"),
        (GRADIENT, "(2/n) X^T X w", "term"),
        (GRADIENT, "(2/n) (X w - y)", "inner-derivative"),
        (GRADIENT, "(2/n) (X w - y)^T X", "transpose"),
        (Question(answer="x^2"), "x^2 + 3", "offset"),
        (Question(answer="a/b"), "b/a", "inverted"),
        (Question(table({"name": "a"}, {"name": "b"}), "a^2 - b"), "b^2 - a", "swapped"),
    ],
)
def test_wrong_answers_are_told_why(asked: Question, text: str, reason: str) -> None:
    found = grade_expression(asked, text)
    assert (found.verdict.outcome.value, found.reason) == ("wrong", reason)


@pytest.mark.parametrize(
    "text", ["(2/n) X (X w - y)", "X w - w", "(2/n) X^T (X w - y", "q", "", "대충 그래요"]
)
def test_what_cannot_be_read_costs_nothing(text: str) -> None:
    assert grade_expression(GRADIENT, text).verdict.outcome == "unreadable"


def test_equal_only_on_the_domain_is_said() -> None:
    found = grade_expression(CE, "p_i sum_k y_k - y_i")
    assert ("expr.used-law", "y") in [(f.code, f.params.get("names")) for f in found.verdict.feedback]
    plain = grade_expression(CE, "p_i - y_i")
    assert "expr.used-law" not in [f.code for f in plain.verdict.feedback]


@pytest.mark.parametrize(
    ("form", "right", "other"),
    [
        (Form(only=("s",)), "s(1 - s)", "s/(1 + e^x)"),
        (Form(factored=True), "s(1 - s)", "s - s^2"),
        (Form(without=("exp",)), "s - s^2", "s*exp(-x)/(1+exp(-x))"),
    ],
)
def test_a_right_value_in_another_form_is_partly_right(form: Form, right: str, other: str) -> None:
    symbols = table({"name": "x"}, {"name": "s", "domain": "unit", "definition": "s = 1/(1+exp(-x))"})
    asked = Question(symbols, "s(1-s)", form=form)
    assert grade_expression(asked, right).verdict.outcome == "correct"
    found = grade_expression(asked, other).verdict
    assert found.outcome == "partial"
    assert found.feedback[0].code.startswith("expr.form.")
    assert grade_expression(asked, "s(1 + s)").verdict.outcome == "wrong"


def test_vectorised_is_a_form() -> None:
    asked = Question(MSE, GRADIENT.answer, entry=("j",), form=Form(vectorised=True))
    assert grade_expression(asked, "2/n * X.T @ (X @ w - y)").verdict.outcome == "correct"
    assert grade_expression(asked, "(2/n) sum_i (sum_k X_ik w_k - y_i) X_ij").verdict.outcome == "partial"


def test_mistakes_that_the_author_knows_come_with_his_words() -> None:
    text = Text(ko="연쇄 법칙", en="chain rule")
    asked = Question(
        OPEN, "2x*cos(x^2)", mistakes=(Known("cos(x)^2", "", text), Known("cos(x^2)", "inner-derivative"))
    )
    found = grade_expression(asked, "cos(x)*cos(x)")
    assert found.reason == "known-mistake"
    assert found.verdict.feedback[0].text == text
    assert grade_expression(asked, "cos(x^2)").reason == "inner-derivative"
    assert grade_expression(asked, "cos(x^2)*2x").verdict.outcome == "correct"


def test_the_counter_example_is_small_and_true() -> None:
    found = grade_expression(Question(answer="x^2 + 1"), "2x")
    counter = next(one for one in found.verdict.feedback if one.code == "expr.counter")
    assert dict(counter.params) == {"point": "x = 2", "expected": "5", "received": "4"}


def test_a_chain_is_held_to_every_side() -> None:
    asked = Question(answer="2x")
    assert grade_expression(asked, "dy/dx = x + x = 2x").verdict.outcome == "correct"
    assert grade_expression(asked, "dy/dx = x^2 = 2x").reason == "chain"


@pytest.mark.parametrize(
    ("reference", "right", "wrong"),
    [
        ("1/(1+e^(-x))", "e^x/(1+e^x)", "e^x/(1+e^x) + 10^-9"),
        ("sqrt(3)", "1.7320508", "1.7320512"),
        ("1/3", "2/6", "0.33"),
        ("sin(7 pi)", "0", "10^-30"),
        ("x^2", "x*x", "x*x*(1 + 10^-10)"),
        ("log(a b)", "log(a) + log(b)", "log(a) + log(b) + 1/10^8"),
        ("(-2)^n", "(-1)^n 2^n", "2^n"),
        ("sin(pi x)", "sin(pi x + 2 pi)", "0"),
        ("abs(x)", "sqrt(x^2)", "x"),
    ],
)
def test_near_misses_are_not_equal(reference: str, right: str, wrong: str) -> None:
    asked = Question(answer=reference)
    assert grade_expression(asked, right).verdict.outcome == "correct"
    assert grade_expression(asked, wrong).verdict.outcome == "wrong"


def test_conditions_are_answers_too() -> None:
    positive = table({"name": "eta", "domain": "positive"}, {"name": "a", "domain": "positive"})
    asked = Question(positive, "0 < eta < 2/a")
    for right in ("eta < 2/a", "a*eta < 2", "|1 - eta*a| < 1"):
        assert grade_expression(asked, right).verdict.outcome == "correct"
    for wrong in ("eta < 1/a", "eta <= 2/a", "eta > 2/a", "eta < 2.001/a", "2/a"):
        assert grade_expression(asked, wrong).verdict.outcome == "wrong"


def test_numpy_only_when_graded_and_sympy_never() -> None:
    code = (
        "import sys\n"
        "import quizdl.packs.items, quizdl.packs.faces, quizdl.grading.registry\n"
        "assert 'numpy' not in sys.modules\n"
        "from quizdl.grading.symbolic.grade import grade_expression\n"
        "from quizdl.grading.symbolic.question import Question\n"
        "grade_expression(Question(answer='2x'), 'x + x')\n"
        "assert 'numpy' in sys.modules and 'sympy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
