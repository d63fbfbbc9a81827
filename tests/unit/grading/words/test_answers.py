"""Three sets of learners' answers, judged by hand: how often the matcher agrees.

An accepted answer must really be right (precision), and a right one must be accepted (recall). Lists must be
counted to the member. Debatable answers are left out.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from quizdl.grading.words.glossary import Glossary
from quizdl.grading.words.matcher import match
from quizdl.grading.words.result import Member
from quizdl.grading.words.sets import match_list
from quizdl.packs.source import read_pack

ROOT = Path(__file__).parents[4]
SETS = ("freetext-dev", "freetext-own", "freetext-blind")


@cache
def glossary() -> Glossary:
    pack = read_pack([ROOT / "content"])
    return Glossary.build((concept.id, concept.names) for concept in pack.concepts)


def rows(name: str) -> list[dict[str, Any]]:
    lines = (ROOT / "tests" / "data" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if not row["debatable"]]


def verdict(row: dict[str, Any], names: str, known: Glossary | None) -> tuple[bool, bool]:
    """(accepted, agrees): for lists, to agree is to find exactly as many members as the teacher."""
    if row["kind"] == "term":
        accepted = match(row["answer"], row[names], rivals=row["confusable"], glossary=known).accepted
        return accepted, accepted == row["accepted"]
    members = [Member(key, tuple(value)) for key, value in row["concepts"].items()]
    result = match_list(row["answer"], row["need"], members, glossary=known)
    return result.accepted, min(len(result.found), row["need"]) == min(row["matched"], row["need"])


@pytest.mark.parametrize("known", ["glossary", "alone"])
@pytest.mark.parametrize("name", SETS)
def test_precision_and_recall(name: str, known: str) -> None:
    names = glossary() if known == "glossary" else None
    judged = [(row, *verdict(row, "accept_full", names)) for row in rows(name)]
    accepted = [row for row, yes, _ in judged if yes]
    right = [row for row, _, _ in judged if row["accepted"]]
    both = [row for row in accepted if row["accepted"]]
    wrongly = [(row["qid"], row["answer"][:60]) for row in accepted if not row["accepted"]]
    missed = [(row["qid"], row["answer"][:60]) for row, yes, _ in judged if row["accepted"] and not yes]
    assert len(both) >= 0.99 * len(accepted), wrongly
    assert len(both) >= 0.95 * len(right), missed


@pytest.mark.parametrize("name", SETS)
def test_few_names_are_enough_where_the_glossary_knows_the_concept(name: str) -> None:
    """Few names: still no false accept, and the glossary makes up for much of what was left out."""
    with_it = [(row, verdict(row, "accept_min", glossary())[0]) for row in rows(name)]
    without = [(row, verdict(row, "accept_min", None)[0]) for row in rows(name)]
    assert [row["answer"] for row, yes in with_it if yes and not row["accepted"]] == []
    found, alone = (sum(yes and row["accepted"] for row, yes in judged) for judged in (with_it, without))
    assert found > 1.2 * alone


@pytest.mark.parametrize("name", SETS)
def test_lists_are_counted_to_the_member(name: str) -> None:
    judged = [(row, verdict(row, "accept_full", glossary())[1]) for row in rows(name) if row["kind"] == "set"]
    off = [(row["qid"], row["answer"]) for row, agrees in judged if not agrees]
    assert judged
    assert len(off) <= 0.05 * len(judged), off
