"""One entry for every kind of item: what was given, understood and judged.

The module of a kind is imported when a card of it is answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.grading.words.glossary import Glossary
    from quizdl.packs.faces import Face
    from quizdl.packs.items import Concept, Derivation, Expression, Item

Given: TypeAlias = str | Sequence[int] | Sequence[tuple[int, int]]
"""What may be given: text, authored indexes (choice, order), or pairs of them (match)."""


def glossary_of(concepts: Mapping[tuple[str, str], Concept]) -> Glossary:
    """The names of all concepts of all packs, by (pack, id) as a library has them."""
    from quizdl.grading.words.glossary import Glossary

    return Glossary.build((f"{pack}/{name}", concept.names) for (pack, name), concept in concepts.items())


def understand(face: Face, given: Given, order: Sequence[int] = ()) -> Given | Verdict:
    """What was given, as indexes where the face has rows to choose, order or match.

    Args:
        face: what was asked.
        given: text, or indexes already.
        order: `order[row]` is the index in `face.rows` of what is shown in that row; by default as authored.

    Returns:
        Text for faces that are answered in words or numbers; indexes for the others; an unreadable verdict
        where a part of a text names nothing that is shown.

    Example:
        >>> from quizdl.packs.items import Text
        >>> from quizdl.packs.faces import Face
        >>> texts = tuple(Text(en=step) for step in ("forward", "loss", "update"))
        >>> steps = Face("order", Text(), Text(), steps=texts)
        >>> understand(steps, "B A C"), understand(steps, "cab", order=[2, 0, 1])
        ((1, 0, 2), (1, 2, 0))
    """
    if not isinstance(given, str) or not face.rows:
        return given
    from quizdl.grading import picks

    rows = order or range(len(face.rows))
    read: Given | Feedback
    if face.pairs:
        read = picks.pairs(given, len(face.pairs), rows)
    else:
        read = picks.chosen(given, face.rows, rows, chain=bool(face.steps))
    return Verdict(Outcome.UNREADABLE, 0.0, (read,)) if isinstance(read, Feedback) else read


def grade(
    item: Item,
    face: Face,
    given: Given,
    *,
    order: Sequence[int] = (),
    glossary: Callable[[], Glossary] | None = None,
) -> Verdict:
    """Judge an answer to a card of any kind.

    A flashcard, and a cloze that hides a formula or a sentence, is for the learner to judge: it is correct
    when the words are those of the author, and else unreadable (`self.judge`), never wrong.

    Args:
        item: an instance, where the item has parameters.
        face: what was asked.
        given: the answer.
        order: what was shown in which row, for answers by letter; see `understand`.
        glossary: gives the names of all concepts; called only for answers in words.

    Returns:
        The verdict, whatever is given.

    Raises:
        PackError: a code exercise is itself broken: its reference fails.

    Example:
        >>> from quizdl.packs.items import Concept, Names, Short, Text
        >>> from quizdl.packs.faces import face
        >>> adam = Concept(id="adam", names=Names(ko=("아담",), en=("Adam",)))
        >>> item = Short(id="adam.name", concept="adam", prompt=Text(en="Momentum and RMSprop?"))
        >>> asked = face(item, adam, "main")
        >>> grade(item, asked, "ADAM").outcome.value, grade(item, asked, "Nadam").outcome.value
        ('correct', 'wrong')
    """
    understood = understand(face, given, order)
    if isinstance(understood, Verdict):
        return understood
    if isinstance(understood, str):
        return _text(item, face, understood, glossary)
    if face.pairs:
        from quizdl.grading import match

        return match.grade(face.rows, len(face.pairs), cast("Sequence[tuple[int, int]]", understood))
    indexes = cast("Sequence[int]", understood)
    if face.steps:
        from quizdl.grading import order as ordering

        return ordering.grade(len(face.steps), indexes)
    from quizdl.grading import choice
    from quizdl.packs.items import Choice

    assert isinstance(item, Choice), "only choices, orders and matches are answered by indexes"
    return choice.grade(item, indexes)


def _text(item: Item, face: Face, response: str, glossary: Callable[[], Glossary] | None) -> Verdict:
    from quizdl.packs.items import Code, Derivation, Expression, Listing, Numeric, Short

    if isinstance(item, Code):
        from quizdl.grading.code import answer

        return answer.grade(item, response)
    if isinstance(item, Numeric):
        return _number(item, response)
    if isinstance(item, (Expression, Derivation)):
        return _mathematics(item, response)
    names = glossary() if glossary is not None else None
    if isinstance(item, Listing):
        from quizdl.grading import listing

        return listing.grade(face.members, face.need, response, rivals=item.rivals, glossary=names)
    from quizdl.grading import typed

    if face.blanks:
        rivals = item.rivals if isinstance(item, Short) else ()
        return typed.grade(face, response, rivals=rivals, glossary=names)
    from quizdl.grading.words.matcher import match

    found = match(response, tuple(text for text in (face.answer.ko, face.answer.en) if text))
    if found.accepted:
        return Verdict(Outcome.CORRECT, 1.0, typed.said(found))
    return Verdict(Outcome.UNREADABLE, 0.0, (Feedback("self.judge"),))


def _mathematics(item: Expression | Derivation, response: str) -> Verdict:
    from quizdl.grading.symbolic.answers import judge

    verdict = judge(item, response)
    return _given_up(response) or verdict if verdict.outcome is Outcome.UNREADABLE else verdict


def _number(item: Item, response: str) -> Verdict:
    from quizdl.grading.numeric import grade as numeric
    from quizdl.packs.items import Numeric

    assert isinstance(item, Numeric)
    verdict = numeric.grade(item, response)
    return _given_up(response) or verdict if verdict.outcome is Outcome.UNREADABLE else verdict


def _given_up(response: str) -> Verdict | None:
    """Wrong, where what cannot be read as mathematics says that the learner does not know."""
    from quizdl.grading.words.doubt import gives_up
    from quizdl.grading.words.normalising import clean

    cleaned = clean(response)
    if cleaned and gives_up(cleaned):
        return Verdict(Outcome.WRONG, 0.0, (Feedback("words.dont-know"),))
    return None
