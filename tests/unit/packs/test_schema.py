"""Validation: every error at once, at its place, with what must be, what was received, and a hint."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from quizdl.packs.items import KINDS, Choice, Term, Text
from quizdl.packs.schema import MAX_PROBLEMS, json_schema, validate
from quizdl.packs.source import read, read_pack
from quizdl.packs.yaml12 import load

DATA = Path(__file__).parents[2] / "data" / "packs"
ROOT = Path(__file__).parents[3]
HEAD = "pack: {id: p, title: t, version: '1'}\nconcepts: [{id: a, names: {ko: 가, en: a}}]\nitems:\n"


def problems(text: str) -> list[str]:
    document, found = load((HEAD + text).encode(), "a.yaml")
    assert document is not None, found
    return list(map(str, validate([document]).problems))


def test_all_errors_of_a_broken_pack_are_told_at_once_and_in_order() -> None:
    told = "".join(f"{problem}\n" for problem in read([DATA / "broken"]).problems)
    told = told.replace(str(DATA) + "/", "")
    expected = DATA / "broken.txt"
    assert told == expected.read_text(encoding="utf-8"), f"if the new text is right, put it into {expected}"


def test_a_valid_pack_is_read_whole() -> None:
    pack = read_pack([DATA / "small"])
    assert [concept.id for concept in pack.concepts] == ["softmax", "exp"]
    assert [item.id for item in pack.items] == ["softmax.term", "softmax.sum-one", "exp.cloze", "exp.zero"]
    term, choice = pack.items[:2]
    assert isinstance(term, Term)
    assert isinstance(choice, Choice)
    assert term.definition == Text(ko="점수를 확률로 바꾼다.", en="Turns scores into probabilities.")
    assert choice.options[0].text == Text(ko="$1$", en="$1$")
    assert choice.plot is not None
    assert choice.plot.x == (-6.0, 6.0)
    assert pack.concepts[1].names.ko == ("지수 함수",)


@pytest.mark.parametrize(
    ("value", "accepted"),
    [("1", True), ("5", True), ("0", False), ("6", False), ("2.0", False), ("'2'", False), ("~", False)],
)  # fmt: skip
def test_difficulty_is_a_whole_number_from_1_to_5(value: str, accepted: bool) -> None:
    item = f"  - {{id: a.b, kind: flashcard, concept: a, front: f, back: b, difficulty: {value}}}"
    assert (not problems(item)) is accepted


@pytest.mark.parametrize(
    ("name", "accepted"),
    [("a.b-c.d1", True), ("1", True), ("a..b", False), ("a.", False), ("A", False), ("a_b", False),
     ("가", False), ("a b", False), ("a.b\\n", False), ("a" * 101, False)],
)  # fmt: skip
def test_ids_are_lower_case_words(name: str, accepted: bool) -> None:
    item = f'  - {{id: "{name}", kind: flashcard, concept: a, front: f, back: b}}'
    assert (not problems(item)) is accepted


@pytest.mark.parametrize("text", ["f", "{ko: f}", "{en: f}", "{ko: f, en: ''}"])
def test_a_text_in_one_language_is_enough_for_the_schema(text: str) -> None:
    assert not problems(f"  - {{id: a.b, kind: flashcard, concept: a, front: {text}, back: b}}")


@pytest.mark.parametrize("text", ["''", "' '", "{}", "{ko: ' '}", "5", "true", "[f]", "{de: f}", "~"])
def test_a_text_must_say_something(text: str) -> None:
    assert problems(f"  - {{id: a.b, kind: flashcard, concept: a, front: {text}, back: b}}")


def test_the_number_of_errors_told_is_bounded() -> None:
    assert len(problems("  - 1\n" * 5000)) == MAX_PROBLEMS


def test_a_misspelt_key_is_told_once_at_the_key() -> None:
    (told,) = problems("  - {id: a.b, kind: flashcard, concept: a, fornt: f, back: b}")
    assert told == (
        "a.yaml:4:44: error: an item must not have the key 'fornt'\n    hint: did you mean 'front'?"
    )


def test_a_missing_key_is_told_at_the_mapping_with_what_it_is_for() -> None:
    (told,) = problems("  - id: a.b\n    kind: flashcard\n    concept: a\n    front: f")
    expected = (
        "a.yaml:4:5: error: an item must have the key 'back', received none\n    hint: back: The answer."
    )
    assert told == expected


def test_the_committed_json_schema_is_current() -> None:
    file = ROOT / "quizdl" / "packs" / "pack.schema.json"
    message = "run: quizdl pack schema > quizdl/packs/pack.schema.json"
    assert json.loads(file.read_text(encoding="utf-8")) == json_schema(), message


def test_the_json_schema_accepts_good_files_and_refuses_bad_ones() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    validator = jsonschema.Draft202012Validator(json_schema())
    for name, good in (("small/pack.yaml", True), ("small/items.yml", True), ("broken/pack.yaml", False)):
        document, _ = load((DATA / name).read_bytes(), name)
        assert document is not None
        assert validator.is_valid(document.root) is good, name
    assert not validator.is_valid({"items": [{"id": "a.b", "concept": "a", "front": "f", "back": "b"}]})


def test_every_kind_is_in_the_json_schema() -> None:
    kinds = {
        definition["properties"]["kind"]["const"]
        for definition in json_schema()["$defs"].values()
        if "const" in definition["properties"].get("kind", ())
    }
    assert kinds == set(KINDS)


def test_every_bundled_file_names_the_schema_on_its_first_line() -> None:
    files = [path for folder in ("content", "exercises") for path in (ROOT / folder).rglob("*.yaml")]
    for path in files:
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        mark, _, link = first.partition("$schema=")
        assert mark == "# yaml-language-server: ", path
        assert (path.parent / link).resolve() == ROOT / "quizdl" / "packs" / "pack.schema.json", path
