"""Each reason is found on code that has it, and not on its neighbour; the order of the questions holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from quizdl.grading.code.grade import Graded, Grader
from quizdl.grading.code.job import Source
from quizdl.grading.code.messages import sentence
from quizdl.grading.code.task import Case, Gradient, Mistake, Task, generator
from quizdl.grading.verdict import Outcome
from quizdl.packs.items import Text

RNG = np.random.default_rng(3)


def source(body: str) -> str:
    return "import numpy as np\n" + body


SOFTMAX = source(
    "def softmax(x):\n    e = np.exp(x - x.max(axis=-1, keepdims=True))\n"
    "    return e / e.sum(axis=-1, keepdims=True)\n"
)
ROWS = Task(
    "softmax",
    ("x",),
    (
        *(Case((RNG.normal(size=(n, n + 1)),)) for n in (3, 2, 5)),
        Case((np.array([[1000.0, 0.0]]),), "large logits", edge=True),
        Case((np.zeros((0, 3)),), "empty batch", edge=True),
    ),
    Source(SOFTMAX, "softmax"),
    checks=frozenset({"value", "input_unchanged", "deterministic", "vectorised", "dtype"}),
    growing=(Case((RNG.normal(size=(4, 3)),)), Case((RNG.normal(size=(40, 3)),))),
    mistakes=(
        Mistake("axis", source("def softmax(x):\n    e = np.exp(x - x.max())\n    return e / e.sum()\n"),
                Text(ko="축", en="axis")),
    ),
)  # fmt: skip
MSE = Task(
    "mse",
    ("y_true", "y_pred"),
    tuple(Case((RNG.normal(size=(n, 3)), RNG.normal(size=(n, 3)))) for n in (2, 3, 4)),
    Source(source("def mse(t, p): return float(np.mean((t - p) ** 2))"), "mse"),
)
GRADIENT = Task(
    "gradient",
    ("t", "p"),
    tuple(Case((RNG.normal(size=(n, 2)), RNG.normal(size=(n, 2)))) for n in (2, 3, 4)),
    Source(source("def gradient(t, p): return 2 * (p - t) / t.size"), "gradient"),
    gradients=(Gradient(Source(source("def f(t, p): return np.mean((t - p) ** 2)"), "f"), wrt=1),),
)
DIFFERENCE = Task(
    "minus",
    ("a", "b"),
    tuple(Case((RNG.normal(size=n), RNG.normal(size=n))) for n in (1, 2, 3)),
    Source("def minus(a, b): return a - b", "minus"),
)
SUMS = Task(
    "sums",
    ("x",),
    (Case((np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5]]),)), Case((RNG.normal(size=(4, 3)),))),
    Source("def sums(x): return x.sum(axis=1)", "sums"),
)
PAIR = Task(
    "pair",
    ("x",),
    (Case((2.0,)), Case((3.5,))),
    Source("def pair(x): return {'half': x / 2, 'both': (x, -x)}", "pair"),
)

STABLE = "    e = np.exp(x - x.max(axis=-1, keepdims=True))\n"
WRONG = [
    (ROWS, "def softmax(x:\n  pass", "code.syntax", Outcome.UNREADABLE),
    (ROWS, "softmax = 3", "code.not-defined", Outcome.UNREADABLE),
    (ROWS, "import torch", "code.raised", Outcome.UNREADABLE),
    (ROWS, "def softmax(x): pass", "code.returned-none", Outcome.WRONG),
    (ROWS, "def softmax(x): print(x)", "code.printed-not-returned", Outcome.WRONG),
    (ROWS, "def softmax(x):\n    return x.oops", "code.raised", Outcome.WRONG),
    (ROWS, "def softmax(x, axis): return x", "code.arity", Outcome.WRONG),
    (ROWS, "def softmax(): return 1", "code.arity", Outcome.WRONG),
    (ROWS, "def softmax(x): return {1, 2}", "code.type", Outcome.WRONG),
    (ROWS, "def softmax(x): return 'a'", "code.structure", Outcome.WRONG),
    (ROWS, SOFTMAX.replace("keepdims=True)\n", "keepdims=True).T\n"), "code.raised", Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x).T", "code.shape.transposed", Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x)[None]", "code.shape.keepdims", Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x).ravel()", "code.shape.flattened",
     Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x).astype(np.float32)", "code.dtype",
     Outcome.PARTIAL),
    (ROWS, source("def softmax(x):\n    e = np.exp(x)\n    return e / e.sum(axis=-1, keepdims=True)"),
     "code.overflow", Outcome.WRONG),
    (ROWS, source("def softmax(x):\n    x -= x.max(axis=-1, keepdims=True)\n    e = np.exp(x)\n"
                  "    return e / e.sum(axis=-1, keepdims=True)"), "code.modified", Outcome.PARTIAL),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x) + np.random.rand()", "code.random",
     Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return -f(x)", "code.factor.sign", Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x) / len(x) if len(x) else f(x)",
     "code.factor.over-rows", Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(x) if x.size > 2 else x * 0",
     "code.edges", Outcome.PARTIAL),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x): return f(2 * x)", "code.values", Outcome.WRONG),
    (ROWS, SOFTMAX + "f = softmax\ndef softmax(x):\n    rows = [f(row) for row in x]\n"
     "    return np.array(rows).reshape(x.shape)", "code.not-vectorised", Outcome.PARTIAL),
    (MSE, "def mse(y_pred, y_true): return 0.0", "code.argument-order", Outcome.WRONG),
    (MSE, source("def mse(y_true, y_pred): return (y_true - y_pred) ** 2"), "code.shape.not-reduced",
     Outcome.WRONG),
    (MSE, source("def mse(y_true, y_pred): return np.sum((y_true - y_pred) ** 2)"),
     "code.factor.times-elements", Outcome.WRONG),
    (MSE, source("def mse(y_true, y_pred): return np.mean((y_true - y_pred) ** 2) / 2"),
     "code.factor.half", Outcome.WRONG),
    (MSE, source("def mse(y_true, y_pred): return np.mean((y_true - y_pred) ** 2) * 3.5"),
     "code.factor.number", Outcome.WRONG),
    (MSE, source("def mse(y_true, y_pred): return np.mean(np.abs(y_true - y_pred))"), "code.values",
     Outcome.WRONG),
    (SUMS, "def sums(x): return x.sum(axis=0)", "code.shape.axis", Outcome.WRONG),
    (SUMS, "def sums(x): return x.sum(axis=1, keepdims=True)", "code.shape.keepdims", Outcome.WRONG),
    (SUMS, "def sums(x): return x.sum(axis=1) - x.sum(axis=1)[:, None]", "code.shape.broadcast",
     Outcome.WRONG),
    (SUMS, "def sums(x): return x.sum(axis=1).astype(int)", "code.dtype", Outcome.WRONG),
    (PAIR, "def pair(x): return {'half': x / 2}", "code.structure", Outcome.WRONG),
    (PAIR, "def pair(x): return {'half': x / 2, 'both': (x,)}", "code.structure", Outcome.WRONG),
    (PAIR, "def pair(x): return {'half': x / 2, 'both': (x, x + 0.0001)}", "code.values", Outcome.WRONG),
]  # fmt: skip


@pytest.mark.parametrize(("task", "text", "code", "outcome"), WRONG, ids=[each[2] for each in WRONG])
def test_the_reason(grader: Grader, task: Task, text: str, code: str, outcome: Outcome) -> None:
    verdict = grader.check(task, text).verdict
    assert (verdict.feedback[0].code, verdict.outcome) == (code, outcome), verdict
    said = [sentence(feedback) for feedback in verdict.feedback]
    assert not any(
        sentence_ == feedback.code for sentence_, feedback in zip(said, verdict.feedback, strict=True)
    )
    assert "{" not in said[0]


RIGHT = [
    (ROWS, SOFTMAX),
    (ROWS, source("def softmax(x, axis=-1):\n    x = x - x.max(axis=axis, keepdims=True)\n    x = np.exp(x)\n"
                  "    x /= x.sum(axis=axis, keepdims=True)\n    print('row')\n    return x")),
    (MSE, source("def mse(t, p): return np.square(t - p).mean()")),
    (MSE, "def mse(a, b):\n    d = (a - b).ravel()\n    return d @ d / d.size"),
    (GRADIENT, "def gradient(t, p): return (p - t) * (2 / t.size)"),
    (replace(GRADIENT, reference=None), "def gradient(t, p): return (p - t) * (2 / t.size)"),
    (SUMS, "def sums(x): return x[:, 0] + x[:, 1] + x[:, 2]"),
    (PAIR, "def pair(x): return {'both': [x, -x], 'half': x * 0.5}"),
    (DIFFERENCE, "minus = lambda a, b: a - b"),
    (DIFFERENCE, "from operator import sub as minus"),
]  # fmt: skip


@pytest.mark.parametrize(("task", "text"), RIGHT)
def test_right_answers_pass(grader: Grader, task: Task, text: str) -> None:
    graded = grader.check(task, text)
    assert graded.verdict.outcome is Outcome.CORRECT, graded
    assert graded.passed == graded.total == len(task.cases)


def codes(graded: Graded) -> list[str]:
    return [feedback.code for feedback in graded.verdict.feedback]


def test_the_line_is_the_learners_own(grader: Grader) -> None:
    text = source("def softmax(x):\n    y = x\n    return np.linalg.inv(y)\n")
    told = grader.check(ROWS, text).verdict.feedback[0]
    assert told.code == "code.raised"
    assert told.params["line"] == 4
    assert told.params["type"] == "LinAlgError"


def test_the_example_is_the_smallest_case_that_differs(grader: Grader) -> None:
    graded = grader.check(MSE, "def mse(y_true, y_pred):\n    print('for', len(y_true))\n    return 0.25")
    example = graded.verdict.feedback[-1]
    assert example.code == "code.example"
    assert str(example.params["input"]).startswith("y_true = [[")
    assert example.params["got"] == "0.25"
    assert graded.printed == "for 2\n"


def test_overflow_is_named_with_its_line(grader: Grader) -> None:
    text = source("def softmax(x):\n    e = np.exp(x)\n    return e / e.sum(axis=-1, keepdims=True)")
    told = grader.check(ROWS, text).verdict.feedback[0]
    assert told.params["what"] == "overflow encountered in exp"
    assert told.params["line"] == 3
    assert told.params["value"] == "nan"


def test_a_known_mistake_brings_its_authors_words(grader: Grader) -> None:
    text = source("def softmax(x):\n    z = np.exp(x - np.max(x))\n    return z / np.sum(z)")
    graded = grader.check(replace(ROWS, cases=ROWS.cases[:-1]), text)
    known = [feedback for feedback in graded.verdict.feedback if feedback.code == "code.mistake"]
    assert known
    assert known[0].params["name"] == "axis"
    assert known[0].text == Text(ko="축", en="axis")
    other = grader.check(replace(ROWS, cases=ROWS.cases[:-1]), text.replace("np.sum(z)", "np.sum(z) + 1"))
    assert "code.mistake" not in codes(other)


def test_a_wrong_gradient_is_explained_by_differences(grader: Grader) -> None:
    graded = grader.check(GRADIENT, "def gradient(t, p): return 2 * (p - t) / t.size + 0.5")
    assert codes(graded) == ["code.values", "code.example", "code.differences"]
    told = graded.verdict.feedback[-1].params
    assert told["at"] == "p[0, 0]"
    assert float(told["got"]) - float(told["slope"]) == pytest.approx(0.5, abs=1e-3)


def test_generators_are_new_for_every_call(grader: Grader) -> None:
    body = "def noise(x, rng): return x + rng.normal(size=x.shape)"
    task = Task(
        "noise", ("x", "rng"), (Case((np.zeros(3), generator(1))), Case((np.ones(2), generator(2)))),
        Source(body, "noise"), checks=frozenset({"value", "deterministic", "input_unchanged"}),
    )  # fmt: skip
    assert grader.check(task, body).verdict.outcome is Outcome.CORRECT
    wrong = grader.check(task, source("def noise(x, rng): return x + np.random.normal(size=x.shape)"))
    assert codes(wrong)[0] == "code.random"
    assert "default_rng(" in str(wrong.verdict.feedback[-1].params["input"])


def test_printed_text_cannot_command_the_terminal(grader: Grader) -> None:
    graded = grader.check(
        SUMS, "def sums(x):\n    print('\\x1b[2J\\x07hi\\r')\n    raise ValueError('\\x1b[31m')"
    )
    assert graded.printed == "[2Jhi\n"
    assert graded.verdict.feedback[0].params["message"] == "[31m"
