"""Values of expressions: right ones, and refusals."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from quizdl.packs.formula import engine
from quizdl.packs.formula.arrays import Budget, Value
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.formula.evaluate import evaluate
from quizdl.packs.formula.parser import parse
from quizdl.packs.formula.printer import literal

NAMES: dict[str, Value] = {"x": 2, "v": (1, 2, 3), "A": ((1, 2), (3, 4)), "s": "relu"}


def value(source: str) -> Value:
    return evaluate(parse(source), NAMES)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("784*512 + 512", 401_920),
        ("7/2", 3.5),
        ("7//2", 3),
        ("-7 % 3", 2),
        ("2^10", 1024),
        ("2^-1", 0.5),
        ("-2^2", -4),
        ("0.1 + 0.2", 0.1 + 0.2),
        ("exp(1) == e", True),
        ("log(e^2)", 2.0),
        ("cos(pi)", -1.0),
        ("sin(pi)", 0),
        ("sigmoid(0)", 0.5),
        ("v*2", (2, 4, 6)),
        ("v - [1, 1, 1]", (0, 1, 2)),
        ("A + [10, 20]", ((11, 22), (13, 24))),
        ("A @ A", ((7, 10), (15, 22))),
        ("A @ [1, 0]", (1, 3)),
        ("[1, 0] @ A", (1, 2)),
        ("transpose(A)", ((1, 3), (2, 4))),
        ("sum(v)", 6),
        ("sum(A, 0)", (4, 6)),
        ("mean(A, 1)", (1.5, 3.5)),
        ("max(v)", 3),
        ("max(1, x, 0)", 2),
        ("argmax(v)", 2),
        ("norm([3, 4])", 5.0),
        ("norm([3, -4], 1)", 7),
        ("var([1, 3])", 1.0),
        ("std([1, 3])", 1.0),
        ("softmax([0, 0, 0, 0])", (0.25, 0.25, 0.25, 0.25)),
        ("softmax([[0, 0], [1000, 1000]])", ((0.5, 0.5), (0.5, 0.5))),
        ("relu([-1, 2])", (0, 2)),
        ("clip([-5, 0, 5], -1, 1)", (-1, 0, 1)),
        ("round(2.5)", 2),
        ("round(0.6439142, 4)", 0.6439),
        ("floor(-0.5)", -1),
        ("ceil(1000/32)", 32),
        ("one_hot(1, 3)", (0, 1, 0)),
        ("arange(2, 8, 2)", (2, 4, 6)),
        ("zeros(2, 2)", ((0, 0), (0, 0))),
        ("cumsum(v)", (1, 3, 6)),
        ("concat(v, 4)", (1, 2, 3, 4)),
        ("A[1][0]", 3),
        ("size(A)", 4),
        ("shape(A)", (2, 2)),
        ("distinct(1, 2, 1)", False),
        ("distinct(v)", True),
        ("0 < x < 3", True),
        ("0 < x < 2", False),
        ('if s == "relu" then 1 else 2', 1),
        ("true and not false", True),
        ("x > 5 or x == 2", True),
    ],
)
def test_values(source: str, expected: Value) -> None:
    found = value(source)
    assert found == expected
    assert type(found) is type(expected) or isinstance(expected, int)


@pytest.mark.parametrize(
    ("source", "kind", "position"),
    [
        ("y + 1", "name", 0),
        ("1 + sigmod(2)", "name", 4),
        ("exp", "name", 0),
        ("x(2)", "name", 0),
        ("1/0", "domain", 1),
        ("1/(x - 2)", "domain", 1),
        ("5 % 0", "domain", 2),
        ("log(0)", "domain", 0),
        ("1 + sqrt(-1)", "domain", 4),
        ("(-8)^(1/3)", "domain", 4),
        ("0^-1", "domain", 1),
        ("v[3]", "domain", 1),
        ("v[-1]", "domain", 1),
        ("v[0.5]", "type", 1),
        ("x[0]", "type", 1),
        ("v + [1, 2]", "type", 2),
        ("A @ v", "type", 2),
        ("x @ x", "type", 2),
        ('s + "a"', "type", 2),
        ("(1 < 2) + 1", "type", 8),
        ("if x then 1 else 2", "type", 3),
        ("v < v", "type", 2),
        ("exp(1, 2)", "type", 0),
        ("exp()", "type", 0),
        ("exp(1000)", "overflow", 0),
        ("1e308*10", "overflow", 5),
        ("9^9^9^9", "overflow", 3),
        ("9^999", "overflow", 1),
        ("10.0^309", "overflow", 4),
        ("dot([1e300, -1e300], [1e300, 1e300])", "overflow", 0),
        ("max([])", "domain", 0),
        ("zeros(100000)", "size", 0),
        ("zeros(1000, 1000)", "size", 0),
        ("ones(10000) + ones(10000)", "ok", 0),
        ("arange(1000000000)", "size", 0),
    ],
)
def test_refusals(source: str, kind: str, position: int) -> None:
    if kind == "ok":
        value(source)
        return
    with pytest.raises(FormulaError) as caught:
        value(source)
    assert (caught.value.kind, caught.value.position) == (kind, position), caught.value


def test_hints_name_what_was_meant() -> None:
    with pytest.raises(FormulaError, match="did you mean 'sigmoid'"):
        value("sigmod(2)")
    with pytest.raises(FormulaError, match="multiply with"):
        value("x(2)")


def test_the_budget_is_shared() -> None:
    budget = Budget(1_000)
    tree = parse("sum(arange(300))")
    evaluate(tree, budget=budget)
    assert evaluate(tree, budget=Budget(1_000)) == 44_850
    with pytest.raises(FormulaError) as caught:
        evaluate(tree, budget=budget)
    assert caught.value.kind == "size"


def test_there_is_no_negative_zero() -> None:
    for source in ("-0.0", "0*-1.5", "round(-0.2, 0)", "-x + 2.0", "0/-3", "[-0.0][0]", "round(-0.0004, 2)"):
        found = value(source)
        assert math.copysign(1, float(found)) == 1, source  # type: ignore[arg-type]


def test_functions_agree_with_the_c_library_to_the_last_digits() -> None:
    pairs = [
        ("exp", math.exp),
        ("log", math.log),
        ("log2", math.log2),
        ("log10", math.log10),
        ("tanh", math.tanh),
    ]
    for name, expected in [*pairs, ("sin", math.sin), ("cos", math.cos)]:
        for number in (1e-9, 0.1, 0.5, 0.999, 1.001, 2, 3.7, 10, 30):
            found = value(f"{name}({number!r})")
            assert found == pytest.approx(expected(number), rel=1e-14, abs=1e-15), (name, number)
    for base, exponent in [(2.5, 0.3), (0.9, 100.5), (1.0001, 10000.5), (1e-5, -3.3), (-2.0, 3.0)]:
        assert value(f"({base})^{exponent}") == pytest.approx(base**exponent, rel=1e-14)


def test_functions_of_the_engine_are_called_by_name() -> None:
    assert value("gelu(1)") == pytest.approx(0.841344746069, rel=1e-11)
    assert value("sigmoid_derivative([0, 0])") == (0.25, 0.25)
    assert value("log_softmax([0, 0])") == pytest.approx((-math.log(2), -math.log(2)))
    for name in sorted(engine.NAMES):
        found = value(f"{name}([0.5, 1])")
        assert isinstance(found, tuple)
        assert len(found) == 2
    for source in (
        "log_softmax(1)",
        'gelu("x")',
        "gelu([[1], [2, 3]])",
        "exponential(1000)",
        "glu([1, 2])",
        "np(1)",
    ):
        with pytest.raises(FormulaError):
            value(source)


def test_literals_read_back() -> None:
    for sample in (5, -0.25, 1e-7, ((1, -2.5), (3, 4)), "relu", 'say "x"', True, ()):
        assert evaluate(parse(literal(sample))) == sample


def test_numpy_is_not_imported() -> None:
    script = (
        "import sys; from quizdl.packs.formula.parser import parse;"
        "from quizdl.packs.formula.evaluate import evaluate;"
        "print(evaluate(parse('sum(softmax([1, 1]) @ ones(2, 2))')));"
        "print('numpy' in sys.modules, 'pydantic' in sys.modules)"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.split() == ["2.0", "False", "False"]
