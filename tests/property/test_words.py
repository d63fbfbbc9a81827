"""Laws of the word matcher over the bundled glossary and over any text."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from quizdl.grading.words.endings import is_filler
from quizdl.grading.words.glossary import Glossary
from quizdl.grading.words.matcher import match
from quizdl.grading.words.normalising import compact
from quizdl.grading.words.result import Member
from quizdl.grading.words.sets import match_list
from quizdl.packs.items import Concept
from quizdl.packs.source import read_pack

CONTENT = Path(__file__).parents[2] / "content"
CONCEPTS: list[Concept] = list(read_pack([CONTENT]).concepts)
GLOSSARY = Glossary.build((concept.id, concept.names) for concept in CONCEPTS)
CANONICAL = [
    (concept, name) for concept in CONCEPTS for name in (*concept.names.ko[:1], *concept.names.en[:1])
]
NAMES = [(concept, name) for concept in CONCEPTS for name in (*concept.names.ko, *concept.names.en)]

names = st.sampled_from(NAMES)
text = st.text(max_size=60) | st.text(alphabet="가과적합 ㄱㅏㅂabADM019.,-()=?요다이", max_size=40)


def full_width(text: str) -> str:
    return "".join("\u3000" if c == " " else chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


@st.composite
def slips(draw: st.DrawFn) -> tuple[Concept, str]:
    """A name with one character lost, doubled, or swapped with the next."""
    concept, name = draw(names)
    at = draw(st.integers(0, max(0, len(name) - 2)))
    how = draw(st.sampled_from(["lost", "doubled", "swapped", "kept"]))
    made = {
        "lost": name[:at] + name[at + 1 :],
        "doubled": name[: at + 1] + name[at:],
        "swapped": name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
        "kept": name,
    }[how]
    return concept, made


def test_every_canonical_name_is_right_for_its_own_concept_and_wrong_for_every_other() -> None:
    for concept in CONCEPTS:
        for other, name in CANONICAL:
            judged = match(name, concept.names, glossary=GLOSSARY)
            shared = name in (*concept.names.ko, *concept.names.en)
            assert judged.accepted == (other is concept or shared), (concept.id, name, judged)


@given(names)
def test_one_accepted_name_brings_the_other_names_of_its_concept(pair: tuple[Concept, str]) -> None:
    concept, name = pair
    assert match(name, [*concept.names.ko[:1], *concept.names.en[:1]], glossary=GLOSSARY).accepted


@given(slips(), st.sampled_from(CONCEPTS))
def test_writing_does_not_change_the_verdict(pair: tuple[Concept, str], asked: Concept) -> None:
    concept, answer = pair
    for target in (concept, asked):
        verdict = match(answer, target.names, glossary=GLOSSARY).accepted
        for same in (
            normalize("NFD", answer),
            full_width(answer),
            answer.upper(),
            answer.lower(),
            f"  {answer}\u200b ",
            answer.replace(" ", "   "),
            answer.replace(" ", "\u00a0"),
            f"{answer}.",
        ):
            assert match(same, target.names, glossary=GLOSSARY).accepted == verdict, (answer, same)


@given(names)
def test_spaces_inside_a_name_do_not_matter(pair: tuple[Concept, str]) -> None:
    concept, name = pair
    assert match(name.replace(" ", ""), concept.names, glossary=GLOSSARY).accepted
    if all("가" <= character <= "힣" for character in name):
        assert match(" ".join(name), concept.names, glossary=GLOSSARY).accepted


@given(names, st.sampled_from(CONCEPTS))
def test_a_rival_is_never_accepted(pair: tuple[Concept, str], asked: Concept) -> None:
    _, rival = pair
    own = {compact(name.casefold()) for name in (*asked.names.ko, *asked.names.en)}
    if compact(rival.casefold()) not in own:
        assert not match(rival, asked.names, rivals=[rival]).accepted
        assert not match(rival, asked.names, rivals=[rival], glossary=GLOSSARY).accepted


@given(
    names,
    st.sampled_from(
        ["{}이 아님", "not {}", "아마 {}", "maybe {}", "{}인 것 같아요", "I don't know {}", "모르겠다 {}"]
    ),
)
def test_doubt_and_denial_are_never_accepted(pair: tuple[Concept, str], said: str) -> None:
    concept, name = pair
    assert not match(said.format(name), concept.names, glossary=GLOSSARY).accepted


@given(slips(), slips())
def test_two_different_concepts_are_not_an_answer(one: tuple[Concept, str], two: tuple[Concept, str]) -> None:
    (concept, first), (_, second) = one, two
    if not match(second, concept.names, glossary=GLOSSARY).accepted:
        assert not match(f"{first} 또는 {second}", concept.names, glossary=GLOSSARY).accepted
        if len(compact(second.casefold())) > 1 and not is_filler(compact(second.casefold())):
            assert not match(f"{first} ({second})", concept.names, glossary=GLOSSARY).accepted


@settings(max_examples=300)
@given(text, st.sampled_from(CONCEPTS))
@example("\u1100" * 300, CONCEPTS[0])
@example("1e999999999", CONCEPTS[0])
@example("-" * 400 + "1", CONCEPTS[0])
@example("10^999 ⑩ ² ½ ㎏", CONCEPTS[0])
@example("((((((((((((((((((((((((((((((((((((((((((((((((((((", CONCEPTS[0])
def test_any_text_is_judged(answer: str, asked: Concept) -> None:
    judged = match(answer, asked.names, glossary=GLOSSARY)
    assert judged.accepted == (
        judged.reason in {"exact", "spacing", "ending", "spelling_variant", "keyboard_mode", "typo"}
    )
    assert not judged.accepted or judged.name in (*asked.names.ko, *asked.names.en)


@given(
    text,
    st.integers(1, 5),
    st.lists(st.sampled_from(CONCEPTS), min_size=1, max_size=6, unique_by=lambda c: c.id),
)
def test_a_list_counts_each_member_once(answer: str, need: int, asked: list[Concept]) -> None:
    members = [Member(concept.id, (*concept.names.ko, *concept.names.en)) for concept in asked]
    result = match_list(answer, need, members, glossary=GLOSSARY)
    ids = [part.id for part in result.found]
    assert len(ids) == len(set(ids)) <= len(members)
    assert 0.0 <= result.score <= 1.0
    assert {part.id for part in result.duplicates} <= set(ids)


@given(
    st.lists(names, min_size=1, max_size=5, unique_by=lambda pair: pair[0].id),
    st.sampled_from([", ", "; ", "\n", " / "]),
)
def test_a_list_is_found_in_any_order(picked: list[tuple[Concept, str]], between: str) -> None:
    plain = [(concept, name) for concept, name in picked if not set(name) & set(",·/()")]
    members = [Member(concept.id, (*concept.names.ko, *concept.names.en)) for concept, _ in plain]
    if not plain or any(
        match(name, concept.names).accepted
        for _, name in plain
        for concept, _ in plain
        if (concept, name) not in plain
    ):
        return
    for row in (plain, plain[::-1]):
        result = match_list(between.join(name for _, name in row), len(row), members, glossary=GLOSSARY)
        assert [part.id for part in result.found] == [concept.id for concept, _ in row], result


HARD = {
    "letters": "a" * 10_000,
    "syllables": "가" * 10_000,
    "conjoining": "\u1100\u1161\u11a8" * 3_333,
    "marks": "a" + "\u0301\u0323" * 4_999,
    "ligatures": "\ufdfa" * 10_000,
    "commas": "adam," * 2_000,
    "spaces": "a " * 5_000,
    "brackets": "(" * 5_000 + ")" * 5_000,
    "digits": "1" * 10_000,
    "jamo": "ㄱㅏ" * 5_000,
    "short brackets": "(" * 250 + ")" * 250,
    "short commas": "adma," * 99,
    "short words": "a b " * 124,
    "short ors": "x or " * 99,
    "short ands": "렐루와 " * 120,
    "short endings": "이다요" * 160,
    "equals": "=a" * 249,
    "nots": "not a " * 80,
    "jamo short": "ㄱㅏ" * 249,
    "laughter": "ㅋㅋ" * 240 + "a",
    "settings": "adam(" + "aaaa=" * 90 + "!)",
    "many brackets": "2)(" * 160,
    "brackets in lines": "것[" + "\n" * 470 + "- ",
    "prose": "a, " + "가를 " * 160,
    "near names": "sigmiod softmxa rleu adadelat " * 16,
}


@pytest.mark.parametrize("name", HARD)
def test_hard_texts_neither_raise_nor_take_long(name: str) -> None:
    """Judged in the time of a few hundred ordinary answers, measured in the same run.

    Ordinary answers take some 0.1 ms; a regular expression that backtracks or a search that grows with the
    square of the text would take seconds here. `tests/benchmarks` has the milliseconds.
    """
    members = [Member(concept.id, (*concept.names.ko, *concept.names.en)) for concept in CONCEPTS[:12]]
    asked = CONCEPTS[-1].names

    def ordinary() -> None:
        for count in range(300):
            match(f"sigmiod {count} softmaks", asked, glossary=GLOSSARY)

    def hard() -> None:
        assert not match(HARD[name], asked, glossary=GLOSSARY).accepted
        match_list(HARD[name], 3, members, glossary=GLOSSARY)

    hard()  # makes the tables
    assert _seconds(hard) < 10 * _seconds(ordinary)


CHUNKS = (
    *("ㅋㅋ", "ㅋ", "^", " ", "a", "=", "x=1", "1", ",", "e", "-", "10^", "(", ")", "[", "/", "?", ".", "\n"),
    *("가", "가를", "는 ", "것", "이다", "와 ", "나 ", "즉", "아니라 ", "하는"),
    *("i.e.", "not ", "or ", "keras.", "adma", "the ", "2)"),
)
chunks = st.lists(
    st.sampled_from(CHUNKS),
    min_size=1,
    max_size=3,
).map("".join)


@settings(max_examples=200, deadline=2_000)
@given(chunks, chunks, chunks)
def test_no_repeated_text_hangs(start: str, chunk: str, end: str) -> None:
    answer = (start + chunk * 500)[: 498 - len(end)] + end
    members = [Member(concept.id, (*concept.names.ko, *concept.names.en)) for concept in CONCEPTS[:3]]
    assert not match(answer, CONCEPTS[-1].names, glossary=GLOSSARY).accepted
    assert match_list(answer, 3, members, glossary=GLOSSARY).found == ()


def _seconds(work: Callable[[], None]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started
