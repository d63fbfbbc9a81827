"""The order within a session."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizdl.study.agenda import GAP, Agenda


def walk(agenda: Agenda, fails: list[str]) -> list[str]:
    """The keys as they are asked, when those in `fails` are not known (once for each time they stand in it)."""
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
    agenda = Agenda(tuple("abcd")).again().first("a")
    assert (agenda.current, agenda.left) == ("a", 4)
    assert walk(agenda, []) == list("abcd")
    assert walk(Agenda(tuple("abcd")).finished().first("c"), []) == list("cbd")


@given(st.integers(1, 12), st.lists(st.sampled_from("again finished removed skipped".split())))
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
