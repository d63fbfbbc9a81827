"""The gate: a sound exercise passes it, and each way of being unsound is told at its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from quizdl.grading.code.gate import Examined, examine
from quizdl.grading.code.sandbox.pool import Workers
from quizdl.packs.items import Text
from quizdl.packs.items_code import Code, Edge, Parameter, WrongCode

SOLUTION = """
import numpy as np

def clip(x, low):
    \"\"\"Nothing below low.\"\"\"
    return np.where(x > low, x, low)
"""
PARAMETERS = {"x": Parameter(shape=("n",)), "low": Parameter()}


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers() as made:
        yield made


def wrong(code: str, feedback: str = "no") -> WrongCode:
    return WrongCode(code=code, feedback=Text(en=feedback))


def exercise(**fields: Any) -> Code:
    usual: dict[str, Any] = {
        "id": "a.code", "concept": "a", "prompt": Text(en="?"), "entry": "clip", "solution": SOLUTION,
        "parameters": PARAMETERS,
    }  # fmt: skip
    return Code(**{**usual, **fields})


def codes(found: Examined) -> list[tuple[str, Any]]:
    return [(finding.code, finding.path[0]) for finding in found.findings]


def test_a_sound_exercise(workers: Workers) -> None:
    mistakes = (
        wrong("def clip(x, low): return x", "You return the input."),
        wrong("import numpy as np\ndef clip(x, low): return np.minimum(x, low)", "That is the other side."),
    )
    found = examine(exercise(mistakes=mistakes), workers)
    assert codes(found) == []
    assert found.total >= 5
    assert found.equivalent == 1  # x >= low: the same value at the border
    assert found.noticed == 1


@pytest.mark.parametrize(
    ("fields", "code", "path"),
    [
        ({"solution": "def clip(x, low): return x * float('nan')"}, "code-not-finite", "solution"),
        ({"starter": SOLUTION}, "code-starter", "starter"),
        ({"mistakes": (wrong(SOLUTION + "\n"),)}, "code-mistake-passes", "mistakes"),
        ({"mistakes": (wrong("def clip(x, low): return y("),)}, "code-mistake-broken", "mistakes"),
        (
            {"mistakes": (wrong("def clip(x, low): return x"), wrong("def clip(x, low): return +x", "2"))},
            "code-mistake-feedback",
            "mistakes",
        ),
        ({"edges": (Edge(name=Text(en="?"), inputs={"x": "[[1]]"}),)}, "code-inputs", "edges"),
        ({"reference": "activations.no_such"}, "code-reference", "reference"),
    ],
)
def test_each_fault_is_told_at_its_place(
    workers: Workers, fields: dict[str, Any], code: str, path: str
) -> None:
    assert codes(examine(exercise(**fields), workers)) == [(code, path)]


def test_the_solution_must_agree_with_the_engine(workers: Workers) -> None:
    one = {"x": Parameter(shape=("n",))}
    right = "import numpy as np\ndef clip(x): return np.maximum(x, 0)"
    found = examine(exercise(parameters=one, reference="activations.relu", solution=right), workers)
    assert codes(found) == []
    found = examine(exercise(parameters=one, reference="activations.softplus", solution=right), workers)
    assert codes(found) == [("code-solution", "solution")]


def test_inputs_that_overlook_faults_are_refused_with_the_fault(workers: Workers) -> None:
    parameters = {"x": Parameter(shape=("n",)), "low": Parameter(draw="choice", of=(0,))}
    solution = """
import numpy as np

def clip(x, low):
    if np.abs(x).max() > 100:
        return x * 3 - 1
    return x
"""
    found = examine(exercise(parameters=parameters, solution=solution), workers)
    assert codes(found) == [("code-mutants", "solution")]
    assert found.noticed < 0.95
    assert "→" in found.findings[0].message
    large = Edge(name=Text(en="large"), inputs={"x": "[200, 1]"})
    border = Edge(name=Text(en="at the border"), inputs={"x": "[100, 1]"})
    beyond = Edge(name=Text(en="beyond"), inputs={"x": "[100.5]"})
    edges = (large, border, beyond)
    found = examine(exercise(parameters=parameters, solution=solution, edges=edges), workers)
    assert codes(found) == []


def test_a_mutant_that_ends_the_process_or_never_ends_takes_no_other_with_it(workers: Workers) -> None:
    solution = """
import numpy as np

def clip(x, low):
    at = 0
    while at < len(x):
        at += 1
    return np.maximum(x, low) + 0 * at
"""
    found = examine(exercise(solution=solution), workers)
    assert codes(found) == []
    assert found.total > 10
