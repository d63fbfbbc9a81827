"""English read in Korean, syllables in the wrong order, and the names that are told to the learner."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from quizdl.grading.typed import said
from quizdl.grading.words.glossary import Glossary
from quizdl.grading.words.matcher import match
from quizdl.packs.items import Concept
from quizdl.packs.source import read_pack

CONCEPTS = read_pack([Path(__file__).parents[4] / "content"]).concepts
GLOSSARY = Glossary.build((concept.id, concept.names) for concept in CONCEPTS)


@pytest.mark.parametrize(
    ("answer", "right", "wrong"),
    [
        ("바이너리 클래시피케이션", "binary classification", "multiclass classification"),
        ("스토캐스틱 그래디언트 디센트입니다", "stochastic gradient descent", "gradient descent"),
        ("백프로파게이션", "backpropagation", "forward propagation"),
        ("멀티클래스 분류", "다중 클래스 분류", "이진 분류"),
        ("노말라이제이션", "normalization", "regularization"),
    ],
)
def test_english_in_hangul_is_that_english_and_no_other(answer: str, right: str, wrong: str) -> None:
    names = [right, "multiclass classification"] if "다중" in right else [right]
    assert match(answer, names, rivals=[wrong], glossary=GLOSSARY).accepted
    assert not match(answer, [wrong], rivals=names, glossary=GLOSSARY).accepted


def test_two_syllables_in_the_wrong_order_are_a_typo_of_a_long_name_only() -> None:
    assert match("경사 강하법", ["경사 하강법"]).typo
    assert not match("합적", ["적합"]).accepted
    assert not match("경사 상승법", ["경사 하강법"]).accepted


def test_a_verb_names_what_its_noun_names() -> None:
    assert match("rotate", ["rotation"]).accepted
    assert not match("rate", ["rotation"]).accepted
    assert not match("optimizer", ["optimization"]).accepted


def test_another_prefix_is_another_word() -> None:
    assert not match("involution", ["convolution"]).accepted
    assert match("convolusion", ["convolution"]).typo
    assert match("fine-tune", ["fine-tuning"]).accepted


def test_what_is_left_of_a_slip_without_its_head_is_no_rival() -> None:
    names = ["오차 함수", "error function"]
    assert match("eror function", names, rivals=["error", "cost function"]).typo
    assert not match("error", names, rivals=["error", "cost function"]).accepted


def test_one_word_in_english_does_not_turn_another_name_into_a_generic_word() -> None:
    assert not match("렐루와 sigmoid", ["ReLU", "렐루"], glossary=GLOSSARY).accepted


def test_brackets_are_not_peeled_off_as_if_they_were_endings() -> None:
    assert not match("특성 (도도함수)", ["특성", "feature"], glossary=GLOSSARY).accepted
    assert match("특성 (feature)", ["특성", "feature"], glossary=GLOSSARY).accepted


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_no_name_of_the_concept_is_corrected(concept: Concept) -> None:
    first = (*concept.names.ko[:1], *concept.names.en[:1])
    for name in concept.names.all:
        found = match(name, first, glossary=GLOSSARY)
        assert found.accepted, name
        assert said(found) == (), name


def test_a_large_glossary_is_built_within_the_time_of_one_key() -> None:
    made = [
        (f"c{number}", tuple(f"{name} {chr(97 + number % 26)}{chr(97 + number // 26)}" for name in names))
        for number in range(500)
        for names in [CONCEPTS[number % len(CONCEPTS)].names.all[:6]]
    ]
    least = 1.0
    for turn in range(3):
        started = process_time()
        glossary = Glossary.build(
            [(key, tuple(f"{name}{'xyz'[turn]}" for name in names)) for key, names in made]
        )
        sizes = len(glossary.exact), len(glossary.plain), len(glossary.heard)
        least = min(least, process_time() - started)
        assert min(sizes) > 1_000
    assert least < 0.06  # 20 ms on an idle machine; three times that on a busy one
