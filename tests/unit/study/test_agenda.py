"""The order within a session."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizdl.study.agenda import GAP, Agenda


def walk(agenda: Agenda, fails: list[str]) -> list[str]:
    """The keys as they are asked; each key in `fails` is not known as often as it stands there."""
    asked, left = [], list(fails)
    while (key := agenda.current) is not None:
        asked.append(key)
        if key in left:
            left.remove(key)
            agenda = agenda.again()
        else:
            agenda = agenda.finished()
    assert agenda.left == 0
    return asked


def test_a_failed_card_is_the_fifth_after_itself() -> None:
    assert GAP == 5
    assert walk(Agenda(tuple("abcdefgh")), ["a"]) == list("abcdeafgh")


def test_or_the_last_when_fewer_are_left() -> None:
    assert walk(Agenda(tuple("abc")), ["a"]) == list("abca")
    assert walk(Agenda(("a",)), ["a", "a"]) == list("aaa")


def test_several_wait_in_turn() -> None:
    assert walk(Agenda(tuple("abcdefgh")), ["a", "b"]) == list("abcdeabfgh")
    assert walk(Agenda(tuple("ab")), ["a", "b", "a"]) == list("ababa")


def test_a_card_put_first_leaves_its_old_place() -> None:
    keys = [f"p/{letter}/front" for letter in "abcd"]
    agenda = Agenda(keys).again().first(keys[0])
    assert (agenda.current, agenda.left) == (keys[0], 4)
    assert walk(agenda, []) == keys
    _, b, c, d = keys
    assert walk(Agenda(keys).finished().first(c), []) == [c, b, d]


def test_and_its_siblings_wait_for_another_day() -> None:
    a, b, sibling = "p/a/front", "p/b/front", "p/a/back"
    assert walk(Agenda((b, sibling)).first(a), []) == [a, b]
    assert walk(Agenda((b, sibling)).first(a, apart=False), []) == [a, b, sibling]


@given(st.integers(1, 12), st.lists(st.sampled_from(["again", "finished", "removed", "skipped"])))
def test_each_card_is_finished_once(size: int, steps: list[str]) -> None:
    agenda = Agenda(tuple(map(str, range(size))))
    gone: list[str] = []
    for name in steps:
        key = agenda.current
        if key is None:
            break
        before = agenda.left
        agenda = getattr(agenda, name)()
        if name == "again":
            assert agenda.left == before
        else:
            gone.append(key)
            assert agenda.left == before - 1
    rest = walk(agenda, [])
    assert sorted([*gone, *rest], key=int) == list(map(str, range(size)))
