"""Code items: what is told while reading, without running anything, and that the cache keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.packs.cache import load as load_pack
from quizdl.packs.check import inspect
from quizdl.packs.items import Code
from quizdl.packs.source import read_pack

PACK = """\
pack: {{id: code, title: {{ko: 코드, en: Code}}, version: '1'}}
concepts:
  - {{id: relu, names: {{ko: 렐루, en: ReLU}}}}
items:
  - id: relu.code
    kind: code
    concept: relu
    prompt: {{ko: 음수는 0으로, en: Negatives to 0}}
    entry: relu
    parameters: {parameters}
    sizes: {sizes}
    reference: {reference}
    grow: {grow}
    solution: |
      {solution}
    mistakes:
      - code: "{mistake}"
        feedback: {{ko: 틀림, en: wrong}}
"""
SOUND = {
    "parameters": "{x: [n, k]}", "sizes": "{n: [1, 3], k: 2}", "reference": "activations.relu", "grow": "[n]",
    "solution": "def relu(x): return x * (x > 0)", "mistake": "def relu(x): return x",
}  # fmt: skip


def codes(tmp_path: Path, **changes: str) -> list[str]:
    (tmp_path / "pack.yaml").write_text(PACK.format(**{**SOUND, **changes}), encoding="utf-8")
    return [problem.code for problem in inspect([tmp_path / "pack.yaml"])[1]]


def test_a_sound_item_is_read_and_cached_alike(tmp_path: Path) -> None:
    assert codes(tmp_path) == []
    (item,) = read_pack([tmp_path / "pack.yaml"]).items
    assert isinstance(item, Code)
    assert (item.parameters["x"].shape, item.sizes) == (("n", "k"), {"n": (1, 3), "k": (2,)})
    load_pack([tmp_path / "pack.yaml"], tmp_path / "cache")
    cached = load_pack([tmp_path / "pack.yaml"], tmp_path / "cache")
    assert cached.item(cached.header.entries[0]) == item


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"solution": "def relu(x) return x"}, "not-python"),
        ({"solution": "def rely(x): return x"}, "no-entry"),
        ({"mistake": "def relu(x): return x * (x > 0)"}, "same-code"),
        ({"mistake": "relu = ("}, "not-python"),
        ({"sizes": "{n: [1, 3], m: 2}"}, "unknown-size"),
        ({"sizes": "{n: [3, 1]}"}, "size-limits"),
        ({"grow": "[d]"}, "unknown-size"),
        ({"reference": "activations.rely"}, "unknown-function"),
        ({"reference": "relu"}, "string_pattern_mismatch"),
        ({"parameters": "{x: {shape: [n, k], draw: labels}}"}, "draw"),
        ({"parameters": "{x: {shape: [n, k], keep: 0.2}}"}, "draw"),
        ({"parameters": "{x: {shape: [n, k], draw: choice, of: [a]}}"}, "draw"),
        ({"parameters": "{x: {shape: [n, k], draw: uniform, min: 2, max: 1}}"}, "draw"),
        ({"parameters": "{}"}, "too_short"),
        ({"parameters": "{x: [n, -1]}"}, "greater_than_equal"),
        ({"parameters": "{x: [n, k], 'a b': [n]}"}, "string_pattern_mismatch"),
    ],
)
def test_what_cannot_be_right_is_told_without_running_it(
    tmp_path: Path, changes: dict[str, str], code: str
) -> None:
    assert set(codes(tmp_path, **changes)) == {code}


def test_a_value_of_several_types_is_told_once_and_a_key_by_its_neighbour(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        PACK.format(**{**SOUND, "parameters": "{x: [n, -1], y: {shape: [n], drew: mask}}"}), encoding="utf-8"
    )
    told = [f"{problem.message}; {problem.hint}" for problem in inspect([tmp_path / "pack.yaml"])[1]]
    assert told == [
        "parameters.x.shape[1] must be at least 0, received -1; ",
        "parameters.y must not have the key 'drew'; did you mean 'draw'?",
    ]


def test_reading_runs_no_code(tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    assert codes(tmp_path, solution=f"relu = open({str(marker)!r}, 'w')") == []
    assert not marker.exists()
