"""Code in a session: run when some is given, judged by the learner when none is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quizdl.cli.plain import run
from quizdl.grading.verdict import Outcome
from quizdl.packs.cache import load
from quizdl.packs.library import Library
from quizdl.study.values import Filters
from tests.unit.study.conftest import World

PACK = """\
pack: {id: code, title: {ko: 코드, en: Code}, version: '1'}
concepts:
  - {id: relu, names: {ko: 렐루, en: ReLU}}
items:
  - id: relu.code
    kind: code
    concept: relu
    prompt: {ko: 음수는 0으로, en: Negatives to 0}
    entry: relu
    parameters: {x: [n, k]}
    reference: activations.relu
    solution: |
      import numpy as np
      def relu(x):
          return np.maximum(x, 0)
    hints: [{ko: 첫째, en: the first}]
    mistakes:
      - code: "def relu(x): return abs(x)"
        feedback: {ko: 절댓값, en: that is the absolute value}
"""


@pytest.fixture
def code(tmp_path: Path) -> Iterator[World]:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    made = World(Library([load((tmp_path / "pack.yaml",), tmp_path / "cache")]), tmp_path / "journal.db")
    yield made
    made.close()


def test_code_is_run_and_judged_and_kept(code: World) -> None:
    session = code.open(Filters(kind="code"))
    assert session.question is not None
    assert session.question.code
    broken = session.answer("def relu(x) return x")
    assert broken is not None
    assert broken.outcome is Outcome.UNREADABLE
    assert not session.answered  # it cost nothing
    wrong = session.answer("def relu(x): return abs(x)")
    assert wrong is not None
    assert wrong.outcome is Outcome.WRONG
    assert [entry.text.en for entry in wrong.feedback if entry.text] == ["that is the absolute value"]
    assert session.retry()
    source = "def relu(x):\n    return x * (x > 0)\n"
    right = session.answer(source)
    assert right is not None
    assert right.outcome is Outcome.CORRECT
    assert session.suggested == 3
    session.rate(3)
    (event,) = code.journal.events()
    assert (event.data["response"], event.data["outcome"]) == (source, "correct")


def test_who_gives_no_code_looks_and_judges(code: World) -> None:
    session = code.open(Filters(kind="code"))
    assert session.question is not None
    assert session.answer(None) is None
    assert "np.maximum" in session.question.face.answer.en


def test_the_line_mode_reads_code_until_a_dot(code: World) -> None:
    lines = ["def relu(x):", "    y = x > 0", "", "    return x * y", ".", "4"]
    given, said = iter([f"{line}\n" for line in lines]), list[str]()
    run(code.open(Filters(kind="code"), prompt_language="en"), lambda: next(given, ""), said.append)
    assert "Type the code; a line with a single . ends it. Enter alone shows the answer." in said
    assert "Correct." in said
    (event,) = code.journal.events()
    assert event.data["response"] == "def relu(x):\n    y = x > 0\n\n    return x * y\n"


def test_the_line_mode_shows_the_smallest_example(code: World) -> None:
    given, said = iter(["def relu(x): return abs(x)\n", ".\n"]), list[str]()
    run(code.open(Filters(kind="code"), prompt_language="en"), lambda: next(given, ""), said.append)
    text = "\n".join(said)
    assert "Wrong." in said
    assert text.index("that is the absolute value") > 0
    assert text.index("    x = [[") < text.index("expected: [[") < text.index("got: [[")
