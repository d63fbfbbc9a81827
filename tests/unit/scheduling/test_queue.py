"""The queue of a day: limits, siblings, order, repeats of today."""

from __future__ import annotations

from collections.abc import Iterator, Set

from quizdl.scheduling.queue import DueCard, Limits, NewCard, build_queue, overdue_first

DAY = 100
MANY = Limits(new=1_000, reviews=1_000)


def concept_of(key: str) -> str | None:
    """The word before the dot of the item; cards of the pack "gone" are in no pack any more."""
    pack, item, _ = key.split("/")
    return None if pack == "gone" else item.partition(".")[0]


def queue(
    due: list[str | DueCard], new: list[str], limits: Limits = MANY, seen: Set[str] = frozenset()
) -> list[str]:
    cards = [card if isinstance(card, DueCard) else DueCard(card, DAY - 1, 1) for card in due]
    fresh = [NewCard(key, concept_of(key) or "") for key in new]
    return build_queue(cards, fresh, limits, DAY, seen, concept_of=concept_of)


def test_most_overdue_relative_to_the_interval_comes_first() -> None:
    cards = [
        DueCard("a/long.late/x", DAY - 20, 100),
        DueCard("a/short.late/x", DAY - 2, 1),
        DueCard("a/today.x/x", DAY, 1),
        DueCard("a/half.x/x", DAY - 3, 6),
    ]
    assert [card.key for card in overdue_first(cards, DAY)] == [
        "a/short.late/x", "a/half.x/x", "a/long.late/x", "a/today.x/x",
    ]  # fmt: skip


def test_due_before_new_within_limits() -> None:
    due, new = [f"a/d{n}.x/f" for n in range(9)], [f"a/n{n}.x/f" for n in range(9)]
    assert queue(due, new, Limits(new=2, reviews=3)) == [*due[:3], *new[:2]]
    assert queue(due, new, Limits(new=0, reviews=3)) == due[:3]
    assert queue(due, new, Limits(new=2, reviews=0)) == new[:2]
    assert queue(due, new, Limits(new=-1, reviews=-1)) == []


def test_siblings_never_on_one_day() -> None:
    assert queue(["a/i.x/1", "a/i.x/2", "b/i.x/1"], ["a/i.x/3", "a/k.x/1", "a/k.x/2"]) == [
        "a/i.x/1", "b/i.x/1", "a/k.x/1",
    ]  # fmt: skip
    assert queue(["a/i.x/1", "a/j.x/1"], ["a/k.x/1"], seen={"a/i.x", "a/k.x"}) == ["a/j.x/1"]


def test_a_sibling_does_not_use_up_the_limit() -> None:
    assert queue(["a/i.x/1", "a/i.x/2", "a/j.x/1"], [], Limits(0, 2)) == ["a/i.x/1", "a/j.x/1"]


def test_cards_that_must_come_again_come_first_and_in_spite_of_limits() -> None:
    again = DueCard("a/i.x/1", DAY + 1, 1, again=True)
    assert queue([again, "a/i.x/2", "a/j.x/1"], ["a/k.x/1"], Limits(0, 0), {"a/i.x"}) == ["a/i.x/1"]
    assert queue([again, "a/i.x/2", "a/j.x/1"], [], MANY, {"a/i.x"}) == ["a/i.x/1", "a/j.x/1"]


def test_cards_outside_the_selection_and_of_later_days_stay_out() -> None:
    later = DueCard("a/late.x/1", DAY + 1, 1)
    assert queue(["gone/i.x/1", later, "a/j.x/1"], []) == ["a/j.x/1"]


def test_concepts_alternate_across_the_parts() -> None:
    built = queue(["a/s.1/f", "a/s.2/f", "a/r.1/f"], ["a/s.3/f", "a/t.1/f"])
    assert built == ["a/s.1/f", "a/r.1/f", "a/s.2/f", "a/t.1/f", "a/s.3/f"]


def test_nothing_is_read_beyond_the_limit() -> None:
    def endless(kind: type[DueCard] | type[NewCard]) -> Iterator[DueCard | NewCard]:
        number = 0
        while True:
            number += 1
            assert number < 50
            key = f"a/{kind.__name__}{number}.x/f"
            yield DueCard(key, DAY, 1) if kind is DueCard else NewCard(key, str(number))

    built = build_queue(endless(DueCard), endless(NewCard), Limits(5, 7), DAY, concept_of=concept_of)
    assert len(built) == 12
