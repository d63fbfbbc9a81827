"""What each card shows: its question, its answer, and what is needed to answer it and to judge that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from quizdl.packs import cloze
from quizdl.packs.cards import faces_of
from quizdl.packs.items import (
    LANGUAGES,
    Choice,
    Cloze,
    Code,
    Concept,
    Derivation,
    Expression,
    Flashcard,
    Item,
    Lang,
    Listing,
    Match,
    Names,
    Numeric,
    Option,
    Order,
    Pair,
    Plot,
    Short,
    Term,
    Text,
)

_LONGEST_TYPED = 40
"""Characters of a gap that may be asked for by typing; a sentence is for the learner to judge."""
_MOST_WORDS = 5
_WRAPPED = re.compile(r"(\*\*|[`*_])(.+)\1|\$\s*([A-Za-z]|[-−+]?[0-9][0-9./]*%?)\s*\$")
_MARKUP = re.compile(r"[$\\`*_{}\n]")
_CODE = re.compile(r"[A-Za-z0-9_.]+")  # a name in code may hold underscores


@dataclass(frozen=True, slots=True)
class Face:
    """What a card shows: a question, its answer, and what the question needs beside it.

    Attributes:
        ask: a stable code for the way of asking: `term.ko-en`, `term.en-ko`, `term.definition`, `flashcard`,
            `cloze`, `choice.one`, `choice.many`, `short`, `list`, `order`, `match`, `numeric`, `expression`,
            `derivation` or `code`.
        prompt: the question.
        answer: the right answer, to be shown after that of the learner.
        options: of a choice, as authored.
        plot: of a choice.
        blanks: for answers in words (term, cloze, short), what belongs in each gap, one gap but for clozes;
            empty where the answer cannot be typed, as a formula in a cloze.
        members: of a list, the names of all that may be named.
        need: of a list, how many of the members are asked for.
        steps: of an order, in the right order.
        pairs: of a match, as authored.
        extra: of a match, what belongs to nothing on the left.
    """

    ask: str
    prompt: Text
    answer: Text
    options: tuple[Option, ...] = ()
    plot: Plot | None = None
    blanks: tuple[Names, ...] = ()
    members: tuple[Names, ...] = ()
    need: int = 0
    steps: tuple[Text, ...] = ()
    pairs: tuple[Pair, ...] = ()
    extra: tuple[Text, ...] = ()

    @property
    def rows(self) -> tuple[Text, ...]:
        """What is shown shuffled, each row with its letter: options, steps, or the right side of pairs."""
        if self.options:
            return tuple(option.text for option in self.options)
        return self.steps or (*(pair.right for pair in self.pairs), *self.extra)


def face(
    item: Item, concept: Concept, name: str, named: Callable[[str], Concept | None] = lambda _: None
) -> Face:
    """What the card `name` of an item shows.

    Args:
        item: a valid item; one with parameters as an instance.
        concept: the concept that the item is about; a term takes its names from it.
        name: one of `faces_of(item)`.
        named: finds another concept of the pack by its id, for lists of concepts.

    Raises:
        KeyError: the item has no such face.

    Example:
        >>> adam = Concept(id="adam", names=Names(ko=("아담", "Adam"), en=("Adam",)))
        >>> term = Term(id="adam.term", concept="adam", definition=Text(en="an optimizer"))
        >>> face(term, adam, "en-ko").answer
        Text(ko='아담 (Adam)', en='')
        >>> face(term, adam, "ko-en").blanks
        (Names(ko=(), en=('Adam',)),)
    """
    if name in faces_of(item):
        match item:
            case Term():
                return _term(item, item.names or concept.names, name)
            case Flashcard():
                sides = (item.front, item.back) if name == "front" else (item.back, item.front)
                return Face("flashcard", *sides)
            case Cloze():
                return _cloze(item, int(name[1:]))
            case Choice():
                return _choice(item)
            case Short():
                names = item.accept or concept.names
                return Face("short", item.prompt, _all_names(names), blanks=(names,))
            case Listing():
                return _list(item, lambda name: concept if name == concept.id else named(name))
            case Order():
                return Face("order", item.prompt, _numbered(item.steps), steps=item.steps)
            case Match():
                return _match(item)
            case Numeric():
                return Face("numeric", item.prompt, _numbers(item))
            case Expression():
                given = item.answer or f"d/d({item.wrt}) [{item.loss}]"
                return Face("expression", item.prompt, item.solution or _code(given))
            case Derivation():
                lines = item.lines or (item.goal,)
                return Face("derivation", item.prompt, item.solution or _code(item.start, *lines))
            case Code():
                return Face("code", item.prompt, _python(item.solution))
    raise KeyError(f"{item.id} has no face {name!r}; it has {', '.join(faces_of(item))}")


def _term(item: Term, names: Names, name: str) -> Face:
    answer = _all_names(names)
    match name:
        case "ko-en":
            asked = Names(en=names.en)
            return Face("term.ko-en", Text(ko=names.ko[0]), Text(en=answer.en), blanks=(asked,))
        case "en-ko":
            asked = Names(ko=names.ko)
            return Face("term.en-ko", Text(en=names.en[0]), Text(ko=answer.ko), blanks=(asked,))
        case _:
            return Face("term.definition", item.definition, answer, blanks=(names,))


def _all_names(names: Names) -> Text:
    """In each language the canonical name, with the others in parentheses."""
    return Text(ko=_listed(names.ko), en=_listed(names.en))


def _listed(names: tuple[str, ...]) -> str:
    first, *others = names or ("",)
    return f"{first} ({', '.join(others)})" if others else first


def _cloze(item: Cloze, group: int) -> Face:
    ko, en = item.text.ko, item.text.en
    hidden = Text(ko=cloze.prompt(ko, group), en=cloze.prompt(en, group))
    gaps_ko, gaps_en = cloze.answers(ko, group), cloze.answers(en, group)
    answer = Text(ko="; ".join(gaps_ko), en="; ".join(gaps_en))
    if gaps_ko and gaps_en and len(gaps_ko) != len(gaps_en):
        return Face("cloze", hidden, answer)
    blanks = []
    for at in range(max(len(gaps_ko), len(gaps_en))):
        in_ko, in_en = (typeable(gaps[at]) if gaps else () for gaps in (gaps_ko, gaps_en))
        if in_ko is None or in_en is None:
            return Face("cloze", hidden, answer)
        blanks.append(Names(ko=in_ko, en=in_en))
    return Face("cloze", hidden, answer, blanks=tuple(blanks))


def typeable(answer: str) -> tuple[str] | None:
    """What is to be typed for the answer of a gap; None where it is a formula or a sentence.

    Example:
        >>> typeable("**batch**"), typeable("$-1$"), typeable("$x^2$")
        (('batch',), ('-1',), None)
    """
    while found := _WRAPPED.fullmatch(answer):
        answer = (found[2] or found[3]).strip()
    if _MARKUP.search(answer) and not _CODE.fullmatch(answer):
        return None
    if not answer or len(answer) > _LONGEST_TYPED or len(answer.split()) > _MOST_WORDS:
        return None
    return (answer,)


def _choice(item: Choice) -> Face:
    right = [option for option in item.options if option.right]

    def answers(lang: Lang) -> str:
        texts = [option.text.in_(lang) for option in right]
        return texts[0] if len(texts) == 1 else _bullets(texts)

    ask = "choice.one" if len(right) == 1 else "choice.many"
    return Face(ask, item.prompt, Text(ko=answers("ko"), en=answers("en")), item.options, item.plot)


def _list(item: Listing, named: Callable[[str], Concept | None]) -> Face:
    members = []
    for member in item.members:
        concept = named(member.concept) if member.concept else None
        of = concept.names if concept is not None else Names()
        members.append(
            Names(
                ko=tuple(dict.fromkeys((*member.names.ko, *of.ko))),
                en=tuple(dict.fromkeys((*member.names.en, *of.en))),
            )
        )
    ko, en = (_bullets([_first(names, lang) for names in members if names]) for lang in LANGUAGES)
    return Face("list", item.prompt, Text(ko=ko, en=en), members=tuple(members), need=item.need)


def _first(names: Names, lang: Lang) -> str:
    return (names.in_(lang) or names.all)[0]


def _bullets(texts: list[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _numbered(steps: tuple[Text, ...]) -> Text:
    ko, en = ("\n".join(f"{at}. {step.in_(lang)}" for at, step in enumerate(steps, 1)) for lang in LANGUAGES)
    return Text(ko=ko, en=en)


def _match(item: Match) -> Face:
    ko, en = (
        _bullets([f"{pair.left.in_(lang)} → {pair.right.in_(lang)}" for pair in item.pairs])
        for lang in LANGUAGES
    )
    return Face("match", item.prompt, Text(ko=ko, en=en), pairs=item.pairs, extra=item.extra)


def _numbers(item: Numeric) -> Text:
    from quizdl.packs.numbers import shown  # the expression language, only for cards that need it

    text = shown(item)
    return Text(ko=text, en=text)


def _code(first: str, *lines: str) -> Text:
    """What an author wrote to be read by grading, as code."""
    text = "\n".join(("```", first, *lines, "```")) if lines else f"`{first}`"
    return Text(ko=text, en=text)


def _python(source: str) -> Text:
    """Python as code."""
    text = f"```python\n{source.rstrip()}\n```"
    return Text(ko=text, en=text)
