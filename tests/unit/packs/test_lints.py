"""Lints: each finds what it is for, at its place, and leaves the neighbour that is right alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.errors import PackError
from quizdl.packs.check import check, inspect, summary

HEAD = """\
pack: {id: p, title: {ko: 가, en: a}, version: '1'}
concepts:
  - {id: a, names: {ko: 가, en: a}}
  - {id: b, names: {ko: 나, en: b}, requires: [a]}
"""
TEXTS = "front: {ko: 앞, en: front}, back: {ko: 뒤, en: back}"


def found(folder: Path, text: str, head: str = HEAD) -> list[tuple[int, int, str, str]]:
    """Line (counted from the end of the head), column, code and message of each problem."""
    (folder / "pack.yaml").write_text(head + text, encoding="utf-8")
    start = head.count("\n")
    _, problems = inspect([folder])
    return [(p.where.line - start, p.where.column, p.code, f"{p.severity}: {p.message}") for p in problems]


def codes(folder: Path, text: str, head: str = HEAD) -> list[str]:
    return [code for _, _, code, _ in found(folder, text, head)]


def choice(*options: str, **more: str) -> str:
    prompt = more.get("prompt", "{ko: 무엇?, en: What?}")
    lines = "".join(f"      - {option}\n" for option in options)
    return (
        f"items:\n  - id: a.x\n    kind: choice\n    concept: a\n    prompt: {prompt}\n    options:\n{lines}"
        + "".join(f"    {key}: {value}\n" for key, value in more.items() if key != "prompt")
    )


RIGHT = "{text: {ko: 예, en: 'yes'}, right: true}"
WRONG = "{text: {ko: 아니요, en: 'no'}, feedback: {ko: 왜냐하면, en: because}}"


def cloze(ko: str, en: str) -> str:
    lines = f"    text:\n      ko: '{ko}'\n      en: '{en}'\n"
    return f"items:\n  - id: a.x\n    kind: cloze\n    concept: a\n{lines}"


def test_a_good_choice_and_cloze_raise_nothing(tmp_path: Path) -> None:
    assert not found(tmp_path, choice(RIGHT, WRONG))
    assert not found(tmp_path, cloze("{{c1::하나}}는 {{c2::둘}}", "{{c2::two}} is {{c1::one}}"))


def test_duplicate_ids_name_the_first_place(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(HEAD, encoding="utf-8")
    item = f"items:\n  - {{id: a.x, kind: flashcard, concept: a, {TEXTS}}}\n"
    (tmp_path / "one.yaml").write_text(item, encoding="utf-8")
    (tmp_path / "two.yaml").write_text(item + item[7:].replace("{", "{  ", 1), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        check([tmp_path])
    first, second = caught.value.problems
    assert (Path(first.where.file).name, first.where.line, first.where.column) == ("two.yaml", 2, 10)
    assert (Path(second.where.file).name, second.where.line, second.where.column) == ("two.yaml", 3, 12)
    assert first.hint == second.hint == f"it stands already at {tmp_path / 'one.yaml'}:2:10"


def test_duplicate_concepts(tmp_path: Path) -> None:
    head = HEAD + "  - {id: a, names: {ko: 다, en: c}}\n"
    assert codes(tmp_path, "", head) == ["duplicate-id"]


def test_unknown_concepts_wherever_they_are_named(tmp_path: Path) -> None:
    head = HEAD + "  - {id: softmax, names: {ko: 소, en: s}, requires: [a, expp]}\n"
    item = f"items:\n  - {{id: a.x, kind: flashcard, concept: sofmax, also: [b, c], {TEXTS}}}\n"
    told = found(tmp_path, item, head)
    assert [(line, code) for line, _, code, _ in told] == [
        (0, "unknown-concept"), (2, "unknown-concept"), (2, "unknown-concept"),
    ]  # fmt: skip
    assert "requires[1] must be the id of a concept, received 'expp'" in told[0][3]
    _, problems = inspect([tmp_path])
    assert problems[1].hint == "did you mean 'softmax'?"


def test_a_cycle_is_printed_as_a_ring(tmp_path: Path) -> None:
    head = HEAD.replace("{ko: 가, en: a}}\n  - {id: b", "{ko: 가, en: a}, requires: [c]}\n  - {id: b", 1)
    ((_, _, code, message),) = found(tmp_path, "  - {id: c, names: {ko: 다, en: c}, requires: [b]}\n", head)
    assert code == "cycle"
    assert "a → c → b → a" in message


def test_a_concept_that_requires_itself(tmp_path: Path) -> None:
    head = HEAD + "  - {id: c, names: {ko: 다, en: c}, requires: [b, c]}\n"
    ((line, column, code, message),) = found(tmp_path, "", head)
    assert (line, column, code) == (0, 50, "cycle")
    assert "c → c" in message


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ((WRONG, WRONG.replace("no", "never").replace("아니요", "결코")), "no-right-option"),
        ((RIGHT, RIGHT.replace("yes", "sure").replace("예", "네")), "no-wrong-option"),
        ((RIGHT, WRONG, WRONG.replace("no", " NO  ").replace("아니요", "아닙니다")), "options-alike"),
        ((RIGHT, WRONG.replace("아니요", "  예")), "options-alike"),
        ((RIGHT, "{text: {ko: 아니요, en: 'no'}}"), "missing-feedback"),
    ],
)
def test_choices(tmp_path: Path, options: tuple[str, ...], code: str) -> None:
    assert codes(tmp_path, choice(*options)) == [code]


def test_symbols_that_differ_in_case_are_not_alike(tmp_path: Path) -> None:
    wrong = "{text: '$x$', feedback: {ko: 벡터, en: a vector}}"
    assert not codes(tmp_path, choice("{text: '$X$', right: true}", wrong))
    assert codes(tmp_path, choice("{text: 'X', right: true}", wrong.replace("$", ""))) == ["options-alike"]


def test_gaps_that_differ_between_languages(tmp_path: Path) -> None:
    told = found(tmp_path, cloze("{{c1::하나}} {{c2::둘}}", "{{c1::one}} two"))
    assert [(line, code) for line, _, code, _ in told] == [(6, "cloze-groups")]
    assert "c1, c2 in ko and c1 in en" in told[0][3]


def test_gaps_that_cannot_be_read_are_told_where_they_stand(tmp_path: Path) -> None:
    told = found(tmp_path, cloze("가 {{c1::하나", "no gap"))
    assert [entry[:3] for entry in told] == [(6, 14, "cloze"), (7, 11, "cloze")]


def test_a_cloze_has_a_bounded_number_of_groups(tmp_path: Path) -> None:
    gaps = " ".join(f"{{{{c{at}::word{at}}}}}" for at in range(1, 22))
    assert codes(tmp_path, cloze(gaps, gaps)) == ["cloze", "cloze"]
    gaps = gaps.rpartition(" ")[0]
    assert codes(tmp_path, cloze(gaps, gaps)) == []


@pytest.mark.parametrize(
    ("ko", "en", "told"),
    [
        ("{{c1::드롭아웃}}", "{{c1::Dropout}} uses a dropout rate", True),
        ("{{c1::드롭아웃}}은 드롭아웃률을 쓴다", "{{c1::Dropout}}", True),
        ("{{c1::드롭아웃}}", "{{c1::Dropout}} and {{c1::dropout}} again", False),
        ("{{c1::기울기}}", "{{c1::rate}} is not iterated", False),
        ("{{c1::기울기}}", "{{c1::a}} is a letter", False),
    ],
)
def test_an_answer_left_in_sight(tmp_path: Path, ko: str, en: str, told: bool) -> None:
    assert codes(tmp_path, cloze(ko, en)) == (["answer-in-sight"] if told else [])


def test_a_term_needs_a_name_in_each_language(tmp_path: Path) -> None:
    head = HEAD + "  - {id: c, names: {en: c}}\n"
    term = "items:\n  - {id: c.t, kind: term, concept: c, definition: {ko: 뜻, en: meaning}"
    assert codes(tmp_path, "", head) == []
    assert codes(tmp_path, term + "}\n", head) == ["missing-name"]
    assert codes(tmp_path, term + ", names: {ko: 다, en: c}}\n", head) == []
    ((line, column, _, message),) = found(tmp_path, term + ", names: {ko: 다}}\n", head)
    assert (line, column) == (2, 80)
    assert "in English" in message


def test_a_concept_needs_a_name(tmp_path: Path) -> None:
    assert codes(tmp_path, "  - {id: c, names: {}}\n") == ["missing-name"]


def test_a_missing_translation_is_a_warning(tmp_path: Path) -> None:
    item = (
        "items:\n  - {id: a.x, kind: flashcard, concept: a, front: {ko: 앞}, back: '1', hints: [{en: h}]}\n"
    )
    told = found(tmp_path, item)
    assert [(code, message[:38]) for _, _, code, message in told] == [
        ("missing-translation", "warning: front should be in both langu"),
        ("missing-translation", "warning: hints[0] should be in both la"),
    ]
    check([tmp_path])  # warnings do not refuse a pack


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (r"'$\frac{a}{b}$'", []),
        (r"'so $x$ and $\frac{a}{b$'", [40]),
        (r"'$f''(x) = \frac{a}{b$'", [42]),
        (r"'it costs $5'", [21]),
        (r"'it costs \$5'", []),
        (r"'$5 or $6'", [12]),
        (r"'$ x$'", [13]),
        (r"'$$ x $$'", []),
        (r"'$\text{if $x$ is} > 0$'", []),
        (r"'`$PATH` and `$`'", []),
        (r"'$\thisisnolatex{x}$'", [22]),
    ],
)
def test_unreadable_latex_is_told_where_it_stands(tmp_path: Path, text: str, columns: list[int]) -> None:
    told = found(
        tmp_path,
        f"items:\n  - id: a.x\n    kind: flashcard\n    concept: a\n    back: '1'\n    front: {text}\n",
    )
    assert [code for _, _, code, _ in told] == ["latex"] * len(columns)
    assert [line for line, _, _, _ in told] == [6] * len(columns)
    assert all(12 <= column <= 12 + len(text) for _, column, _, _ in told)


def test_unreadable_latex_in_a_block_is_told_on_its_own_line(tmp_path: Path) -> None:
    head = (
        "items:\n  - id: a.x\n    kind: flashcard\n    concept: a\n    back: '1'\n    front: |\n      one\n"
    )
    ((line, column, code, _),) = found(
        tmp_path, head + "      two $$\n      x = \\frac{1}{2\n      $$ three\n"
    )
    assert (line, code) == (9, "latex")
    assert column >= 7


def test_unreadable_latex_of_a_concept_and_of_a_cloze(tmp_path: Path) -> None:
    head = HEAD + "  - id: c\n    names: {ko: 다, en: c}\n    formula: 'x^{'\n"
    ((line, column, code, _),) = found(tmp_path, "", head)
    assert (line, code) == (0, "latex")
    assert column > 14
    assert codes(tmp_path, cloze(r"$x = {{c1::\frac{a}{b}}}$", r"$x = {{c1::\frac{a}{b}}}$")) == []
    assert "latex" in codes(tmp_path, cloze(r"$x = {{c1::\frac{a}{b}}}$", r"$x = {{c1::\nolatex}}$"))


def test_near_duplicate_prompts(tmp_path: Path) -> None:
    def pair(first: str, second: str) -> str:
        return "items:\n" + "".join(
            f"  - {{id: a.x{at}, kind: flashcard, concept: a, front: {{ko: 앞, en: '{text}'}}, back: '1'}}\n"
            for at, text in enumerate((first, second))
        )

    assert codes(
        tmp_path, pair("What does dropout do while training?", "What does dropout do when training?")
    ) == ["near-duplicate"]
    assert not codes(
        tmp_path, pair("What is the derivative of sigmoid?", "What is the derivative of tanh at zero?")
    )
    assert not codes(
        tmp_path, pair("What is softmax of [1, 2] at T = 1?", "What is softmax of [1, 2] at T = 2?")
    )


def test_lints_of_items_are_told_beside_errors_elsewhere(tmp_path: Path) -> None:
    text = choice(WRONG, WRONG.replace("no", "never").replace("아니요", "결코")) + "  - {id: a.y}\n"
    assert codes(tmp_path, text) == ["no-right-option", "schema"]


def test_check_counts_what_there_is() -> None:
    pack, warnings = check([Path(__file__).parents[2] / "data" / "packs" / "small"])
    assert not warnings
    kinds = "4 items (1 choice, 1 cloze, 1 flashcard, 1 term)"
    assert summary(pack) == f"small 1.0: 2 concepts, {kinds}, 6 cards"


def test_a_name_belongs_to_one_concept(tmp_path: Path) -> None:
    head = HEAD + "  - {id: c, names: {ko: [다, 가 ], en: [c, cc]}}\n"
    ((line, column, code, message),) = found(tmp_path, "", head)
    assert (line, column, code) == (0, 29, "shared-name")
    assert "'가', which 'a' has too" in message
    term = "items:\n  - {id: b.t, kind: term, concept: b, definition: '1', names: {ko: 라, en: CC}}\n"
    assert codes(tmp_path, term, HEAD + "  - {id: c, names: {ko: 다, en: [c, cc]}}\n") == ["shared-name"]
    assert codes(tmp_path, term.replace("CC", "B")) == []


def test_a_definition_that_says_the_name(tmp_path: Path) -> None:
    head = HEAD + "  - {id: c, names: {ko: [조기 종료], en: [early stopping, ES]}}\n"
    term = "items:\n  - id: c.t\n    kind: term\n    concept: c\n    definition:\n"
    good = "      ko: 검증 손실이 나빠지면 멈춘다.\n      en: Stops early when validation gets worse.\n"
    assert codes(tmp_path, term + good, head) == []
    told = found(tmp_path, term + good.replace("멈춘다", "조기종료한다"), head)
    assert [entry[:3] for entry in told] == [(6, 11, "answer-in-sight")]
    told = found(tmp_path, term + good.replace("Stops", "Early stopping stops"), head)
    assert [entry[:3] for entry in told] == [(7, 11, "answer-in-sight")]
