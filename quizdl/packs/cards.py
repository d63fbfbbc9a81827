"""From items to cards: what is scheduled, and what each card shows."""

from __future__ import annotations

from dataclasses import dataclass

from quizdl.packs import cloze
from quizdl.packs.items import Choice, Cloze, Concept, Flashcard, Item, Lang, Names, Option, Plot, Term, Text


@dataclass(frozen=True, slots=True)
class Card:
    """The schedulable unit: one face of one item. Cards of the same item are siblings.

    Attributes:
        key: `pack/item/face`, the name of the card in the journal.
        position: place among all cards: by the concept graph, then the order of the files, then the faces.
    """

    key: str
    pack: str
    item: str
    face: str
    concept: str
    kind: str
    position: int
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: a question, its answer, and what the question needs beside it.

    Attributes:
        ask: a stable code for the way of asking: `term.ko-en`, `term.en-ko`, `term.definition`, `flashcard`,
            `cloze`, `choice.one` or `choice.many`.
    """

    ask: str
    prompt: Text
    answer: Text
    options: tuple[Option, ...] = ()
    plot: Plot | None = None


def faces_of(item: Item) -> tuple[str, ...]:
    """The faces of an item, in the order in which they are learnt.

    Example:
        >>> faces_of(Flashcard(id="a.b", concept="a", front=Text(en="?"), back=Text(en="!"), reversed=True))
        ('front', 'back')
    """
    if isinstance(item, Term):
        return ("ko-en", "en-ko", "definition")
    if isinstance(item, Flashcard):
        return ("front", "back") if item.reversed else ("front",)
    if isinstance(item, Cloze):
        found = {group for text in (item.text.ko, item.text.en) for group in cloze.groups(text)}
        return tuple(f"c{group}" for group in sorted(found))
    return ("main",)


def face(item: Item, concept: Concept, name: str) -> Face:
    """What the card `name` of an item shows.

    Args:
        item: a valid item.
        concept: the concept that the item is about; a term takes its names from it.
        name: one of `faces_of(item)`.

    Raises:
        KeyError: the item has no such face.

    Example:
        >>> adam = Concept(id="adam", names=Names(ko=("아담", "Adam"), en=("Adam",)))
        >>> term = Term(id="adam.term", concept="adam", definition=Text(en="an optimizer"))
        >>> face(term, adam, "en-ko").answer
        Text(ko='아담 (Adam)', en='')
    """
    if name in faces_of(item):
        if isinstance(item, Term):
            return _term(item, item.names or concept.names, name)
        if isinstance(item, Flashcard):
            ahead = name == "front"
            return Face("flashcard", item.front if ahead else item.back, item.back if ahead else item.front)
        if isinstance(item, Cloze):
            return _cloze(item, int(name[1:]))
        if isinstance(item, Choice):
            return _choice(item)
    raise KeyError(f"{item.id} has no face {name!r}; it has {', '.join(faces_of(item))}")


def _term(item: Term, names: Names, name: str) -> Face:
    ko, en = Text(ko=_listed(names.ko)), Text(en=_listed(names.en))
    match name:
        case "ko-en":
            return Face("term.ko-en", Text(ko=names.ko[0]), en)
        case "en-ko":
            return Face("term.en-ko", Text(en=names.en[0]), ko)
        case _:
            return Face("term.definition", item.definition, Text(ko=ko.ko, en=en.en))


def _listed(names: tuple[str, ...]) -> str:
    """The canonical name, with the others in parentheses."""
    first, *others = names
    return f"{first} ({', '.join(others)})" if others else first


def _cloze(item: Cloze, group: int) -> Face:
    ko, en = item.text.ko, item.text.en
    hidden = Text(ko=cloze.prompt(ko, group), en=cloze.prompt(en, group))
    return Face("cloze", hidden, Text(ko=cloze.answer(ko, group), en=cloze.answer(en, group)))


def _choice(item: Choice) -> Face:
    right = [option for option in item.options if option.right]

    def answers(lang: Lang) -> str:
        texts = [option.text.in_(lang) for option in right]
        return texts[0] if len(texts) == 1 else "\n".join(f"- {text}" for text in texts)

    ask = "choice.one" if len(right) == 1 else "choice.many"
    return Face(ask, item.prompt, Text(ko=answers("ko"), en=answers("en")), item.options, item.plot)
