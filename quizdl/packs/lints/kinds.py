"""Lists, orders and pairs that can be answered: enough members, and nothing that stands there twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizdl.errors import Problem
from quizdl.packs.items import LANGUAGES, Listing, Match, Order, Pack, Text
from quizdl.packs.lints.choices import folded
from quizdl.packs.positions import Path, Positions


def members(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A list with fewer members than it asks for, or with a member that has no name."""
    for item in pack.items:
        if not isinstance(item, Listing):
            continue
        if len(item.members) < item.need:
            message = (
                f"a list must have at least the {item.need} members it asks for, received {len(item.members)}"
            )
            yield Problem(positions.item(item.id, "members"), message, "lower 'need'", code="few-members")
        for at, member in enumerate(item.members):
            if not member.concept and not member.names:
                where = positions.item(item.id, "members", at)
                message = f"members[{at}] must have the key 'concept' or 'names', received neither"
                yield Problem(where, message, code="nameless-member")
        twice = [member.concept for member in item.members if member.concept]
        for at, member in enumerate(item.members):
            if member.concept and twice.index(member.concept) < _count(item, at):
                where = positions.item(item.id, "members", at, "concept")
                message = f"a concept must be a member once, received {member.concept!r} again"
                yield Problem(where, message, code="member-twice")


def _count(item: Listing, at: int) -> int:
    """How many members before an index are concepts."""
    return sum(bool(member.concept) for member in item.members[:at])


def alike(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """Steps of an order, or sides of pairs, that read the same in one language."""
    for item in pack.items:
        if isinstance(item, Order):
            yield from _twice(
                "steps", [(("steps", at), step) for at, step in enumerate(item.steps)], item.id, positions
            )
        elif isinstance(item, Match):
            lefts = [(("pairs", at, "left"), pair.left) for at, pair in enumerate(item.pairs)]
            rights = [(("pairs", at, "right"), pair.right) for at, pair in enumerate(item.pairs)]
            extra = [(("extra", at), text) for at, text in enumerate(item.extra)]
            yield from _twice("left sides", lefts, item.id, positions)
            yield from _twice("right sides", [*rights, *extra], item.id, positions)


def _twice(
    what: str, texts: Sequence[tuple[Path, Text]], item: str, positions: Positions
) -> Iterator[Problem]:
    told: set[int] = set()
    for lang in LANGUAGES:
        seen: dict[str, int] = {}
        for at, (path, text) in enumerate(texts):
            if seen.setdefault(folded(text.in_(lang)), at) == at or at in told:
                continue
            told.add(at)
            message = f"{what} must differ, received {text.in_(lang)!r} again"
            yield Problem(positions.item(item, *path), message, code="alike")
