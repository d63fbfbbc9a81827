"""The bundled code exercises: sound, bilingual, with hints, and with inputs that notice every fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.grading.code.lint import Progress, gate
from quizdl.packs.items import Code
from quizdl.packs.positions import Positions
from quizdl.packs.source import read

ROOT = Path(__file__).parents[3]
READ = read([ROOT / "content", *sorted((ROOT / "exercises").glob("code-*.yaml"))])
EXERCISES = [item for item in READ.pack.items if isinstance(item, Code)] if READ.pack is not None else []


def test_there_are_exercises() -> None:
    assert [str(problem) for problem in READ.problems] == []
    assert len(EXERCISES) >= 14


@pytest.mark.parametrize("item", EXERCISES, ids=lambda item: item.id)
def test_each_has_hints_mistakes_and_both_languages(item: Code) -> None:
    assert len(item.hints) >= 3
    assert len(item.mistakes) >= 5
    assert item.edges
    texts = [item.prompt, *item.hints, *(wrong.feedback for wrong in item.mistakes)]
    assert all(text.ko and text.en for text in texts)


def test_all_known_mistakes_and_faults_are_noticed() -> None:
    assert READ.pack is not None
    told: list[Progress] = []
    problems = list(gate(told.append)(READ.pack, READ.positions if READ.positions else Positions()))
    assert [str(problem) for problem in problems] == []
    assert [progress.done for progress in told] == list(range(len(EXERCISES) + 1))
    assert told[-1].noticed == told[-1].mutants >= 10 * len(EXERCISES)
