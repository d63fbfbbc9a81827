"""Names that two things share: the answer of one would be wrong for the other, though both ask alike."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from quizdl.errors import Problem
from quizdl.packs.items import LANGUAGES, Pack, Term
from quizdl.packs.lints.choices import folded
from quizdl.packs.positions import Positions


def shared(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A name that two concepts share, by themselves or by a term about one of them."""
    named = [(concept.id, concept.names, partial(positions.concept, concept.id)) for concept in pack.concepts]
    named += [
        (item.concept, item.names, partial(positions.item, item.id))
        for item in pack.items
        if isinstance(item, Term) and item.names is not None
    ]
    for lang in LANGUAGES:
        owners: dict[str, str] = {}
        for concept, names, place in named:
            for at, name in enumerate(names.in_(lang)):
                owner = owners.setdefault(folded(name), concept)
                if owner != concept:
                    yield Problem(
                        place("names", lang, at),
                        f"a name should belong to one concept, received {name!r}, which {owner!r} has too",
                        "an answer by this name could be meant for either; leave it to one of them",
                        severity="warning",
                        code="shared-name",
                    )
