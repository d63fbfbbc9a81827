"""`quizdl solve`: a file, a verdict on each save, hints and the solution, and one review when it passes."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import pytest

from quizdl.cli.root import run
from quizdl.journal.store import Journal
from quizdl.packs.install import add, staged

PACK = '''\
pack: {id: code, title: {ko: 코드, en: Code}, version: '1'}
concepts:
  - {id: relu, names: {ko: 렐루, en: ReLU}}
items:
  - id: relu.code
    kind: code
    concept: relu
    prompt: {ko: 음수는 0으로 `\\n`, en: Negatives to 0 as """ says}
    entry: relu
    parameters: {x: [n, k]}
    reference: activations.relu
    solution: |
      import numpy as np
      def relu(x):
          return np.maximum(x, 0)
    hints: [{ko: 첫째, en: the first}, {ko: 둘째, en: the second}]
    mistakes:
      - code: "def relu(x): return abs(x)"
        feedback: {ko: 절댓값, en: that is the absolute value}
'''
RIGHT = "def relu(x):\n    return x * (x > 0)\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("QUIZDL_HOME", str(folder))
    (tmp_path / "code.yaml").write_text(PACK, encoding="utf-8")
    with staged(folder, str(tmp_path / "code.yaml")) as new:
        add(folder, new)
    return folder


def solve(*arguments: str) -> int:
    return run(["solve", "code/relu.code", "--lang", "en", *arguments])


def reviews(home: Path) -> list[tuple[str, int, int, str]]:
    with Journal.open(home / "journal.db") as journal:
        return [
            (event.card, event.data["quality"], event.data["hints"], event.data["phase"])
            for event in journal.events()
        ]


def test_the_first_call_makes_the_file_and_no_call_overwrites_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    work = tmp_path / "work"
    assert solve("--once", "--in", str(work)) == 2
    file = work / "relu.code.py"
    text = file.read_text(encoding="utf-8")
    namespace = compile(text, "relu.code.py", "exec")  # the prompt is a docstring, whatever it holds
    assert namespace.co_consts[0].startswith('Negatives to 0 as """ says')
    assert "def relu(x):" in text
    assert "Made" in capsys.readouterr().out
    file.write_text(text.replace("    ...", "    return x"), encoding="utf-8")
    assert solve("--once", "--in", str(work)) == 1
    assert "return x" in file.read_text(encoding="utf-8")
    assert reviews(home) == []


def test_korean_particles_follow_the_file(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["solve", "relu.code", "--once", "--in", str(tmp_path), "--lang", "ko"]) == 2
    said = capsys.readouterr().out
    assert "relu.code.py" in said
    assert "[" not in said


def test_passing_is_a_review_and_shows_the_solution(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "relu.code.py").write_text("def relu(x): return abs(x)\n", encoding="utf-8")
    assert solve("--once", "--in", str(tmp_path)) == 1
    said = capsys.readouterr().out
    assert "that is the absolute value" in said
    assert "expected: " in said
    assert "np.maximum" not in said
    (tmp_path / "relu.code.py").write_text(RIGHT, encoding="utf-8")
    assert solve("--once", "--in", str(tmp_path)) == 0
    assert "np.maximum" in capsys.readouterr().out
    assert reviews(home) == [("code/relu.code/main", 4, 0, "scheduled")]
    assert solve("--once", "--in", str(tmp_path)) == 0  # not due any more: practice
    assert [phase for *_, phase in reviews(home)] == ["scheduled", "cram"]


def test_hints_are_shown_one_for_each_line_and_cost(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "relu.code.py").write_text("# hint\n#힌트\n" + RIGHT, encoding="utf-8")
    assert solve("--once", "--json", "--in", str(tmp_path)) == 0
    told = json.loads(capsys.readouterr().out)
    assert [hint["en"] for hint in told["hints"]] == ["the first", "the second"]
    assert (told["verdict"], told["quality"], told["passed"]) == ("correct", 3, told["total"])
    assert reviews(home) == [("code/relu.code/main", 3, 2, "scheduled")]


def test_who_asks_for_the_solution_did_not_know_it(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "relu.code.py").write_text("# solution\n" + RIGHT, encoding="utf-8")
    assert solve("--once", "--in", str(tmp_path)) == 1
    assert "np.maximum" in capsys.readouterr().out
    assert [quality for _, quality, *_ in reviews(home)] == [1]


def test_each_save_is_checked_until_it_passes(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "relu.code.py"

    def work() -> None:
        for text in ("def relu(x) return x\n", "def relu(x): return -x * (x > 0)\n", RIGHT):
            time.sleep(1.0)
            file.write_text(text, encoding="utf-8")

    file.write_text("def relu(x): return x\n", encoding="utf-8")
    writer = threading.Thread(target=work)
    writer.start()
    assert solve("--json", "--in", str(tmp_path)) == 0
    writer.join()
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["verdict"] for line in told] == ["wrong", "unreadable", "wrong", "correct"]
    assert told[2]["feedback"][0]["code"] == "code.factor.sign"
    assert len(reviews(home)) == 1


def test_an_unknown_exercise_is_refused_with_the_nearest(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["solve", "code/relu.cod"]) == 2
    assert "relu.code" in capsys.readouterr().err
