"""Laws of the queue and of the concept order, for any input."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from quizdl.scheduling.order import cycles, topological
from quizdl.scheduling.queue import DueCard, Limits, NewCard, build_queue, interleave, item_of, overdue_first

CONCEPTS = st.sampled_from("abc")


def clashes(concepts: list[str], last: str | None) -> int:
    return sum(one == two for one, two in zip([last, *concepts], concepts, strict=False))


@given(st.lists(CONCEPTS, max_size=7), st.sampled_from([None, "a", "b", "z"]))
def test_interleaving_has_as_few_equal_neighbours_as_any_order(concepts: list[str], last: str | None) -> None:
    cards = [(str(place), concept) for place, concept in enumerate(concepts)]
    mixed = interleave(cards, last)
    assert sorted(mixed) == sorted(cards)
    fewest = min(clashes(list(order), last) for order in permutations(concepts))
    assert clashes([concept for _, concept in mixed], last) == fewest


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60))
def test_interleaving_keeps_the_order_within_a_concept_and_is_calm(concepts: list[str]) -> None:
    cards = [(str(place), concept) for place, concept in enumerate(concepts)]
    mixed = interleave(cards)
    for concept in set(concepts):
        assert [card for card in mixed if card[1] == concept] == [
            card for card in cards if card[1] == concept
        ]
    if clashes(concepts, None) == 0:
        assert mixed == cards, "what is apart already is left alone"


KEYS = st.builds(
    lambda pack, item, face: f"{pack}/{item}/{face}", st.sampled_from("pq"), CONCEPTS, st.integers(0, 4)
)
DUE = st.lists(
    st.builds(DueCard, KEYS, st.integers(80, 105), st.integers(1, 40), st.just(False)),
    max_size=20,
    unique_by=lambda card: card.key,
)


@given(DUE, st.lists(KEYS, unique=True, max_size=20), st.integers(0, 6), st.integers(0, 6), st.sets(KEYS))
def test_queue_laws(
    due: list[DueCard], new: list[str], most_new: int, most: int, seen_cards: set[str]
) -> None:
    day, seen = 100, {item_of(key) for key in seen_cards}
    due_keys = {card.key for card in due}
    fresh = [NewCard(key, key[2]) for key in new if key not in due_keys]
    ordered = overdue_first(due, day)
    limits = Limits(most_new, most)
    built = build_queue(ordered, fresh, limits, day, seen, concept_of=lambda key: key[2])

    items = [item_of(key) for key in built]
    assert len(set(items)) == len(items), "no siblings on one day"
    assert not seen & set(items), "no siblings of what was reviewed today"
    reviews = [key for key in built if key in due_keys]
    assert built == reviews + [key for key in built if key not in due_keys], "due before new"
    assert len(reviews) <= most
    assert len(built) - len(reviews) <= most_new
    if len(reviews) < most:  # then nothing that could have come was left out
        assert {item_of(card.key) for card in due if card.due <= day} - seen <= set(items)
    assert built == build_queue(iter(ordered), iter(fresh), limits, day, seen, concept_of=lambda key: key[2])


GRAPHS = st.dictionaries(st.sampled_from("abcdefgh"), st.lists(st.sampled_from("abcdefgh"), max_size=4))


@given(GRAPHS)
def test_order_and_cycles_agree(requires: dict[str, list[str]]) -> None:
    order = topological(requires)
    assert sorted(order) == sorted(requires)
    place = {name: index for index, name in enumerate(order)}
    sound = all(
        place[other] < place[name] for name in requires for other in requires[name] if other in requires
    )
    found = cycles(requires)
    assert sound == (not found)
    for path in found:
        for name, following in zip(path, path[1:] + path[:1], strict=True):
            assert following in requires[name]
