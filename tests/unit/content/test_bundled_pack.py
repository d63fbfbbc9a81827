"""The bundled pack: no error, no warning, and every statement of the lecture note it grew from is covered."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.packs.bundled import BUNDLED_ID, bundled_paths
from quizdl.packs.check import check
from quizdl.packs.items import Pack, Term
from quizdl.typeset import math

NOTE = Path(__file__).parents[2] / "data" / "lecture-note.txt"
# The page around the note: author and date, the blog's navigation, its footer.
FURNITURE = {3, 4, 8, 9, 198, 199, 201}


@pytest.fixture(scope="module")
def pack() -> Pack:
    found, warnings = check(bundled_paths())
    assert [str(problem) for problem in warnings] == []
    return found


def statements() -> set[int]:
    lines = NOTE.read_text(encoding="utf-8").split("\n")
    return {number for number, line in enumerate(lines, 1) if line.strip()} - FURNITURE


def test_it_is_valid_without_a_warning_and_keeps_its_id(pack: Pack) -> None:
    assert pack.info.id == BUNDLED_ID


def test_every_statement_of_the_note_is_covered(pack: Pack) -> None:
    covered = {line for item in pack.items for line in item.covers}
    assert statements() - covered == set()


def test_no_item_covers_a_line_that_the_note_does_not_have(pack: Pack) -> None:
    assert {item.id for item in pack.items if set(item.covers) - statements()} == set()


def test_every_concept_has_a_term_and_an_explanation_in_both_languages(pack: Pack) -> None:
    with_term = {item.concept for item in pack.items if isinstance(item, Term)}
    assert {concept.id for concept in pack.concepts} - with_term == set()
    short = [
        concept.id
        for concept in pack.concepts
        if min(len(concept.explanation.ko), len(concept.explanation.en)) < 40
    ]
    assert short == []


def test_every_formula_can_be_set(pack: Pack) -> None:
    formulas = [concept.formula for concept in pack.concepts if concept.formula]
    assert len(formulas) > 30
    for formula in formulas:
        assert math.layout(formula).rows


def test_there_is_enough_to_study(pack: Pack) -> None:
    assert len(pack.concepts) >= 69
    assert sum(not isinstance(item, Term) for item in pack.items) >= 150
