"""What only grading can say against a pack: answers that their own item rejects, and rivals that it accepts.

`quizdl pack check` hands these to `packs.check`, which must not know grading.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from quizdl.errors import Problem
from quizdl.grading import listing, typed
from quizdl.grading.quality import SLIPS
from quizdl.grading.registry import glossary_of, grade
from quizdl.grading.verdict import Outcome, Verdict
from quizdl.grading.words.glossary import Glossary
from quizdl.packs.cards import faces_of
from quizdl.packs.faces import Face, face
from quizdl.packs.formula.errors import FormulaError
from quizdl.packs.items import (
    AnyItem,
    Cloze,
    Concept,
    Derivation,
    Expression,
    Listing,
    Names,
    Numeric,
    Pack,
    Short,
    Term,
)
from quizdl.packs.positions import Path, Positions
from quizdl.packs.variants import VariantError, instantiate

MAX_FACES = 20_000
"""Cards whose answers are judged in one check, so that no pack keeps it busy for more than a minute."""
MAX_MATHEMATICS = 2_000
"""Expressions and derivations whose answers are judged in one check."""
SEEDS = 20
"""Instances of an item with parameters whose answer is judged."""


class _Pack(NamedTuple):
    concepts: dict[str, Concept]
    glossary: Glossary


def own_answers(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """An answer that its own item rejects, or takes for a slip."""
    known = _known(pack)
    for item, shown, path in islice(_faces(pack, known), MAX_FACES):
        if isinstance(item, Listing):
            yield from _members(item, shown, known, positions)
        elif isinstance(item, Numeric):
            verdict = grade(item, shown, shown.answer.en)
            if verdict.outcome is not Outcome.CORRECT:
                yield _rejected(item.id, path, shown.answer.en, verdict, positions)
        elif shown.blanks:
            for answer in _typed(shown):
                verdict = typed.grade(shown, answer, rivals=_rivals(item), glossary=known.glossary)
                if _faulty(verdict):
                    yield _rejected(item.id, path, answer, verdict, positions)


def accepted_rivals(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A rival that is accepted, because it is one of the right names."""
    known = _known(pack)
    for item, shown, _ in islice(_faces(pack, known), MAX_FACES):
        for at, rival in enumerate(_rivals(item)):
            if isinstance(item, Listing):
                verdict = listing.grade(shown.members, 1, rival, rivals=item.rivals, glossary=known.glossary)
            else:
                verdict = typed.grade(shown, rival, rivals=_rivals(item), glossary=known.glossary)
            if verdict.outcome is Outcome.CORRECT:
                message = f"a rival must be wrong, received {rival!r}, which is accepted"
                where = positions.item(item.id, "rivals", at)
                yield Problem(where, message, "it is a right name too; leave it out", code="accepted-rival")


def mathematics(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """An expression or derivation that is not graded as its author says."""
    items = [item for item in pack.items if isinstance(item, (Expression, Derivation))]
    if not items:
        return
    from quizdl.grading.symbolic.lints import faults  # numpy: only for packs with such items

    for item in items[:MAX_MATHEMATICS]:
        for fault in faults(item):
            yield Problem(positions.item(item.id, *fault.path), fault.message, code=fault.code)


LINTS = (own_answers, accepted_rivals, mathematics)


def _known(pack: Pack) -> _Pack:
    concepts = {concept.id: concept for concept in pack.concepts}
    return _Pack(concepts, glossary_of({(pack.info.id, name): concept for name, concept in concepts.items()}))


def _faces(pack: Pack, known: _Pack) -> Iterator[tuple[AnyItem, Face, Path]]:
    """Each face of each item (of instances, where it has parameters), and where its answer is authored."""
    for item in pack.items:
        if not isinstance(item, (Term, Cloze, Short, Listing, Numeric)):
            continue
        for seed in range(SEEDS if item.params else 1):
            try:
                made = instantiate(item, seed)
                for name in faces_of(made):
                    yield (
                        made,
                        face(made, known.concepts[made.concept], name, known.concepts.get),
                        _path(made),
                    )
            except (VariantError, FormulaError):
                break  # told by the lints of variants


def _path(item: AnyItem) -> Path:
    match item:
        case Term():
            return ("names",) if item.names else ("concept",)
        case Cloze():
            return ("text",)
        case Short():
            return ("accept",) if item.accept else ("concept",)
        case Listing():
            return ("members",)
    return ("answer",)


def _rivals(item: AnyItem) -> tuple[str, ...]:
    return item.rivals if isinstance(item, (Short, Listing)) else ()


def _typed(shown: Face) -> Iterator[str]:
    """All that may be typed for the blanks: each name, or with several blanks each language."""
    if len(shown.blanks) == 1:
        yield from shown.blanks[0].all
        return
    for lang in ("ko", "en"):
        parts = [(names.ko if lang == "ko" else names.en)[:1] for names in shown.blanks]
        if all(parts):
            yield "; ".join(part for (part,) in parts)


def _members(item: Listing, shown: Face, known: _Pack, positions: Positions) -> Iterator[Problem]:
    for at, names in enumerate(shown.members):
        for name in names.all:
            alone = listing.grade(shown.members, 1, name, rivals=item.rivals, glossary=known.glossary)
            if _faulty(alone):
                yield _rejected(item.id, ("members", at), name, alone, positions)
        others = [Names() if other == at else names for other, names in enumerate(shown.members)]
        for name in names.all:
            if listing.grade(others, 1, name, glossary=known.glossary).outcome is Outcome.CORRECT:
                message = f"a name must belong to one member, received {name!r}, which is another one's too"
                yield Problem(positions.item(item.id, "members", at), message, code="ambiguous-member")


def _faulty(verdict: Verdict) -> bool:
    return verdict.outcome is not Outcome.CORRECT or any(entry.code in SLIPS for entry in verdict.feedback)


def _rejected(item: str, path: Path, answer: str, verdict: Verdict, positions: Positions) -> Problem:
    from quizdl.grading.messages import sentence

    why = " ".join(map(sentence, verdict.feedback))
    message = f"an item must accept its own answer, received {verdict.outcome} for {answer!r}: {why}"
    return Problem(positions.item(item, *path), message, code="rejected-answer")
