"""The examples of the two guides for authors are one valid pack, graded as the guides say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizdl.cli.root import run
from quizdl.grading.lints import LINTS
from quizdl.packs.check import inspect
from quizdl.packs.items import KINDS

ROOT = Path(__file__).parents[3]
BLOCK = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    for name in ("content", "exercises"):
        guide = (ROOT / name / "README.md").read_text(encoding="utf-8")
        for at, block in enumerate(BLOCK.findall(guide)):
            if not block.startswith("# yaml-language-server"):
                (folder / f"{name}-{at:02}.yaml").write_text(block, encoding="utf-8")
    return folder


def test_the_examples_are_a_valid_pack_with_every_kind(pack: Path) -> None:
    read, problems = inspect([pack], more=LINTS)
    assert [str(problem) for problem in problems] == []
    assert read is not None
    assert {item.kind for item in read.items} == set(KINDS)


@pytest.mark.parametrize(
    ("item", "answer", "code"),
    [
        ("relu.name", "렐루입니다", 0),
        ("relu.name", "Leaky ReLU", 1),
        ("relu.region", "dying relu", 0),
        ("relu.region", "relu", 1),
        ("relu.relatives", "PReLU, ELU", 0),
        ("relu.relatives", "PReLU, 파라메트릭 렐루", 1),
        ("weight.update", "A B C D", 0),
        ("weight.update", "A B D C", 1),
        ("relu.values", "1-a 2-b 3-c", 0),
        ("relu.values", "1-d 2-b 3-c", 1),
        ("relu.neuron", "0", 0),
        ("relu.neuron", "-0.5", 1),
        ("relu.slope", "1", 0),
        ("relu.slope", "0", 1),
    ],
)
def test_answers(
    pack: Path, item: str, answer: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUIZDL_HOME", str(tmp_path / "home"))
    assert run(["grade", str(pack), item, "--answer", answer]) == code
