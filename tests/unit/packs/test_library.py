"""The library: all packs as one ordered list of cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizdl.packs import library as module
from quizdl.packs.items import Cloze
from quizdl.packs.library import Library

SMALL = Path(__file__).parents[2] / "data" / "packs" / "small"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder, with no bundled pack to be seen."""
    monkeypatch.setattr(module, "bundled_paths", lambda: ())
    return tmp_path / "home"


def test_cards_follow_the_concept_graph_then_the_files_then_the_faces(home: Path) -> None:
    library = Library.open(home, [SMALL])
    assert [card.key for card in library.cards] == [
        "small/exp.cloze/c1",
        "small/exp.zero/front",
        "small/softmax.term/ko-en",
        "small/softmax.term/en-ko",
        "small/softmax.term/definition",
        "small/softmax.sum-one/main",
    ]
    assert [card.position for card in library.cards] == list(range(6))
    assert library.by_key["small/exp.zero/front"] is library.cards[1]


def test_items_and_concepts_are_found(home: Path) -> None:
    library = Library.open(home, [SMALL])
    item = library.item("small/exp.cloze/c1")
    assert isinstance(item, Cloze)
    assert item == library.item(library.cards[0])
    assert library.concept("small", "softmax").requires == ("exp",)
    assert [entry.id for entry in library.items("small")][:2] == ["exp.cloze", "exp.zero"]
    with pytest.raises(KeyError):
        library.item("small/exp.cloze/c9")


def test_a_broken_pack_is_a_problem_and_the_others_stay(home: Path) -> None:
    broken = SMALL.parent / "broken"
    library = Library.open(home, [broken, SMALL])
    assert [info.id for info in library.packs] == ["small"]
    assert len(library.problems) > 20


def test_two_packs_with_one_id_are_a_problem(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.yaml"
    other.write_text("pack: {id: small, title: t, version: '1'}", encoding="utf-8")
    library = Library.open(home, [SMALL, other])
    assert len(library.cards) == 6
    assert [problem.code for problem in library.problems] == ["duplicate-pack"]


def test_no_pack_at_all_is_an_empty_library(home: Path) -> None:
    library = Library.open(home)
    assert (library.packs, list(library.cards), library.problems) == ((), [], ())


def test_an_installed_pack_is_opened(home: Path) -> None:
    from quizdl.packs.install import add, staged

    with staged(home, str(SMALL)) as new:
        add(home, new)
    library = Library.open(home)
    assert [info.id for info in library.packs] == ["small"]
    assert not library.problems


def test_the_bundled_pack_is_sound(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home")
    assert not library.problems, "\n".join(map(str, library.problems))
    assert library.packs[0].id == "deep-learning"
    assert len({card.key for card in library.cards}) == len(library.cards) > 0
