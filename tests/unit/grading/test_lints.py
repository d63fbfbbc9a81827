"""Lints that grade: each finds what it is for and leaves the neighbour that is right alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.grading.lints import LINTS
from quizdl.packs.check import inspect

HEAD = """\
pack: {id: p, title: {ko: 가, en: a}, version: '1'}
concepts:
  - {id: mse, names: {ko: [평균 제곱 오차], en: [mean squared error, MSE]}}
  - {id: rmse, names: {ko: [평균 제곱근 오차], en: [root mean squared error, RMSE]}}
  - {id: mae, names: {ko: [평균 절대 오차], en: [mean absolute error, MAE]}}
items:
"""
PROMPT = "prompt: {ko: 무엇인가요?, en: What is it?}"


def codes(folder: Path, item: str) -> list[str]:
    (folder / "pack.yaml").write_text(f"{HEAD}  - {{id: mse.x, concept: mse, {item}}}\n", encoding="utf-8")
    _, problems = inspect([folder], more=LINTS)
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("item", "code"),
    [
        (f"kind: short, {PROMPT}", ""),
        (f"kind: short, {PROMPT}, rivals: [RMSE, MSLE]", ""),
        (f"kind: short, {PROMPT}, rivals: [Mean Squared Error]", "accepted-rival"),
        (f"kind: short, {PROMPT}, accept: {{en: [MSE loss]}}, rivals: [RMSE loss]", ""),
        ("kind: cloze, text: {ko: '{{c1::덧셈}} 기호', en: 'the {{c1::plus}} sign'}", ""),
        ("kind: cloze, text: {ko: '{{c1::…}} 기호', en: 'the {{c1::…}} sign'}", "rejected-answer"),
        (f"kind: list, {PROMPT}, need: 2, members: [{{concept: mse}}, {{concept: mae}}]", ""),
        (f"kind: list, {PROMPT}, need: 3, members: [{{concept: mse}}, {{concept: mae}}]", "few-members"),
        (f"kind: list, {PROMPT}, need: 1, members: [{{concept: mse}}, {{concept: mea}}]", "unknown-concept"),
        (f"kind: list, {PROMPT}, need: 1, members: [{{concept: mse}}, {{}}]", "nameless-member"),
        (f"kind: list, {PROMPT}, need: 1, members: [{{concept: mse}}, {{concept: mse}}]", "member-twice"),
        (f"kind: list, {PROMPT}, need: 1, members: [{{concept: mse}}, {{names: {{en: [Huber loss]}}}}]", ""),
        (
            f"kind: list, {PROMPT}, need: 1, members: [{{concept: mse}}, {{concept: mae}}], rivals: [MAE]",
            "accepted-rival",
        ),
        (f"kind: order, {PROMPT}, steps: [{{ko: 하나, en: one}}, {{ko: 둘, en: two}}]", ""),
        (f"kind: order, {PROMPT}, steps: [{{ko: 하나, en: one}}, {{ko: 둘, en: ' One'}}]", "alike"),
        (f"kind: match, {PROMPT}, pairs: [{{left: a, right: x}}, {{left: b, right: y}}], extra: [z]", ""),
        (f"kind: match, {PROMPT}, pairs: [{{left: a, right: x}}, {{left: a, right: y}}]", "alike"),
        (f"kind: match, {PROMPT}, pairs: [{{left: a, right: x}}, {{left: b, right: x}}]", "alike"),
        (
            f"kind: match, {PROMPT}, pairs: [{{left: a, right: x}}, {{left: b, right: y}}], extra: [y]",
            "alike",
        ),
        (f"kind: numeric, {PROMPT}, answer: 1/3", ""),
        (f"kind: numeric, {PROMPT}, answer: 1/", "formula"),
        (f"kind: numeric, {PROMPT}, answer: '[1/3, 2/3]', tolerance: {{decimals: 2}}", ""),
    ],
)
def test_lints(tmp_path: Path, item: str, code: str) -> None:
    found = codes(tmp_path, item)
    assert (code in found) if code else not found, found


def test_the_bundled_pack_accepts_all_its_own_answers() -> None:
    from quizdl.packs.bundled import bundled_paths

    _, problems = inspect(bundled_paths(), more=LINTS)
    assert [
        str(problem) for problem in problems if problem.code in ("rejected-answer", "accepted-rival")
    ] == []
