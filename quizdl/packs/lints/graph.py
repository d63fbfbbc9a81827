"""The graph of concepts: every name in it must exist, and no concept may need itself."""

from __future__ import annotations

from collections.abc import Iterator

from quizdl.errors import Problem, Where
from quizdl.nearest import nearest
from quizdl.packs.items import Listing, Pack
from quizdl.packs.positions import Positions
from quizdl.scheduling import order


def unknown_concepts(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A concept named in `concept`, `also`, `requires` or a list that the pack does not have."""
    known = {concept.id for concept in pack.concepts}
    for concept in pack.concepts:
        for at, name in enumerate(concept.requires):
            if name not in known:
                yield _unknown(positions.concept(concept.id, "requires", at), f"requires[{at}]", name, known)
    for item in pack.items:
        if item.concept not in known:
            yield _unknown(positions.item(item.id, "concept"), "concept", item.concept, known)
        for at, name in enumerate(item.also):
            if name not in known:
                yield _unknown(positions.item(item.id, "also", at), f"also[{at}]", name, known)
        for at, member in enumerate(item.members if isinstance(item, Listing) else ()):
            if member.concept and member.concept not in known:
                where = positions.item(item.id, "members", at, "concept")
                yield _unknown(where, f"members[{at}].concept", member.concept, known)


def _unknown(where: Where, field: str, name: str, known: set[str]) -> Problem:
    near = nearest(name, sorted(known))
    hint = f"did you mean {near!r}?" if near else "add the concept below 'concepts'"
    return Problem(
        where, f"{field} must be the id of a concept, received {name!r}", hint, code="unknown-concept"
    )


def cycles(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Concepts that need each other, so that none can be learnt first."""
    requires = {concept.id: concept.requires for concept in pack.concepts}
    known = {name: tuple(need for need in needs if need in requires) for name, needs in requires.items()}
    ordered = order.topological(known)
    place = {name: at for at, name in enumerate(ordered)}
    sound = next(
        (at for at, name in enumerate(ordered) if any(place[need] >= at for need in known[name])), None
    )
    if sound is None:
        return
    # What can be ordered comes first and is on no cycle; a search from each of the others is left.
    for cycle in order.cycles({name: known[name] for name in ordered[sound:]}):
        first, *rest = cycle
        ring = [first, *rest]
        at = requires[first].index(rest[0] if rest else first)
        yield Problem(
            positions.concept(first, "requires", at),
            f"a concept must not require itself, received {' → '.join([*ring, first])}",
            "remove one of these arrows",
            code="cycle",
        )
