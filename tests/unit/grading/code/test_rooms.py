"""Who may run code: one module, in the worker alone; and the other promises about who knows what."""

from __future__ import annotations

import ast
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import quizdl.grading.code
from quizdl.errors import PackError
from quizdl.grading.code import wire
from quizdl.grading.code.grade import Grader
from quizdl.grading.code.job import Call, Job, Source
from quizdl.grading.code.jobs import learner_job
from quizdl.grading.code.messages import layer, missing_layers
from quizdl.grading.code.sandbox.machine import Layers
from quizdl.grading.code.sandbox.pool import Workers
from quizdl.grading.code.task import Case, EngineFunction, Gradient, Mistake, Task
from quizdl.grading.verdict import Outcome

ROOM = Path(quizdl.grading.code.__file__).parent
RELU = Task(
    "relu", ("x",), (Case((np.array([-1.25, 2.5]),)), Case((np.array([3.0]),))),
    EngineFunction("activations.relu"),
    mistakes=(Mistake("secret-mistake", "def relu(x): return 7.125 * x"),),
)  # fmt: skip


def test_code_is_executed_in_one_module_alone() -> None:
    runs = {
        path.name
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("exec", "eval", "compile", "__import__")
    }
    assert runs == {"runs_learner_code.py"}


def test_the_grader_does_not_even_load_it() -> None:
    script = "import sys, quizdl.grading.code.grade, quizdl.grading.code.sandbox.machine; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "quizdl.grading.code.sandbox.process" in done.stdout.split()
    for module in ("runs_learner_code", "worker", "lock"):
        assert f"quizdl.grading.code.sandbox.{module}" not in done.stdout.split()


def test_the_learners_job_holds_nothing_of_the_answer() -> None:
    frame = learner_job(RELU, RELU.cases, "def relu(x): pass").frame()
    assert wire.encode(np.array([-1.25, 2.5])) in frame
    for secret in (b"activations", b"secret-mistake", b"7.125", wire.encode(np.array([0.0, 2.5]))):
        assert secret not in frame


def test_fewer_layers_are_told_and_ask_for_consent() -> None:
    job = Job((Source("def f(): return 1", "f"),), ((),), (Call(0),), layers=("limits", "audit"))
    with Workers() as workers:
        ended = workers.run(job)
    assert ended.report is not None
    assert ended.report.programs[0].calls[0].value == 1
    assert set(ended.report.layers) <= {"limits", "audit"}
    assert Layers(ended.report.layers).needs_consent
    assert "seccomp" in missing_layers(ended.report.layers)
    assert all(layer(name) != name for name in missing_layers(()))


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        (EngineFunction("activations.nothing"), "no function of this name"),
        (EngineFunction("losses.huber"), "refuses the inputs"),
        (Source("def relu(x): return y", "relu"), "NameError"),
        (Source("def relu(x): return {1}", "relu"), "cannot be compared"),
        (Source("def other(x): return x", "relu"), "does not define"),
        (Source("syntax error", "relu"), "SyntaxError"),
        (Source("import os\nos._exit(0)", "relu"), "without a result"),
    ],
)
def test_a_broken_reference_is_the_packs_fault(grader: Grader, reference: EngineFunction, told: str) -> None:
    with pytest.raises(PackError) as error:
        grader.check(replace(RELU, reference=reference), "def relu(x): return x")
    assert told in error.value.problems[0].message


def test_an_engine_function_by_name_with_keywords(grader: Grader) -> None:
    logits, labels = np.array([[2.0, -1.0, 0.5]]), np.array([[1.0, 0.0, 0.0]])
    task = Task(
        "loss", ("y_true", "y_pred"), (Case((labels, logits)), Case((labels[:, ::-1].copy(), logits))),
        EngineFunction("losses.categorical_crossentropy", {"from_logits": True}),
    )  # fmt: skip
    right = (
        "import numpy as np\ndef loss(y_true, y_pred):\n"
        "    logs = y_pred - np.log(np.exp(y_pred).sum(axis=-1, keepdims=True))\n"
        "    return -(y_true * logs).sum(axis=-1){}\n"
    )
    outcomes = {grader.check(task, right.format(end)).verdict.outcome for end in ("", ".mean()")}
    assert Outcome.CORRECT in outcomes  # whichever reduction the engine has by default
    assert grader.check(task, right.format(" * 2")).verdict.outcome is Outcome.WRONG


def test_gradients_of_the_engines_functions_explain(grader: Grader) -> None:
    task = replace(
        RELU, entry="slope", cases=(Case((np.array([0.5, -1.5]),)), Case((np.array([2.0]),))),
        reference=None, gradients=(Gradient(EngineFunction("activations.tanh"), wrt=0),),
        mistakes=(),
    )  # fmt: skip
    right = "import numpy as np\ndef slope(x): return 1 - np.tanh(x) ** 2"
    assert grader.check(task, right).verdict.outcome is Outcome.CORRECT
    wrong = grader.check(task, right.replace("1 -", "2 -")).verdict
    assert [each.code for each in wrong.feedback] == ["code.values", "code.example", "code.differences"]


@pytest.mark.parametrize(
    "change",
    [
        {"cases": ()}, {"cases": (Case((1.0, 2.0)),)}, {"checks": frozenset({"vectorised"})},
        {"reference": None},
    ],
)  # fmt: skip
def test_tasks_that_cannot_be_graded_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must|needs"):
        replace(RELU, **change)  # type: ignore[arg-type]


def test_a_source_that_is_too_long_is_not_run(grader: Grader) -> None:
    assert grader.check(RELU, "#" * 70_000).verdict.feedback[0].code == "code.too-large"
    assert grader.check(RELU, "#" * 60_000 + "\ndef relu(x): return x * (x > 0)").passed == 2
