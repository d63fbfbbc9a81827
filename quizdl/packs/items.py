"""What a pack is made of: texts in two languages, concepts, and the items authored about them.

These dataclasses are the single definition of the format: `schema` lets pydantic validate YAML against them
and generates the JSON Schema from them, `cache` decodes them from JSON with msgspec, and everything else uses
them as plain values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, TypeAlias

from quizdl.packs.basics import (
    BLANK,
    FORBID,
    LANGUAGES,
    NAMELESS,
    Concept,
    Identifier,
    Item,
    Lang,
    Markdown,
    Name,
    Names,
    Number,
    Prose,
    Text,
)
from quizdl.packs.fields import FUNCTION, ONE_LINE, Spec
from quizdl.packs.items_code import Code
from quizdl.packs.items_symbolic import Derivation, Expression
from quizdl.packs.parameters import Expression as Value
from quizdl.packs.parameters import Tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class Term(Item):
    """A name to know in both languages: asked Korean to English, English to Korean, and by its definition."""

    kind: Annotated[Literal["term"], Spec("The kind of item.")] = "term"
    definition: Annotated[Prose, Spec("What it means, without saying its name.")]
    names: Annotated[Names | None, Spec("The names to ask for; by default those of the concept.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flashcard(Item):
    """A question and its answer, judged by the learner."""

    kind: Annotated[Literal["flashcard"], Spec("The kind of item.")] = "flashcard"
    front: Annotated[Prose, Spec("The question.")]
    back: Annotated[Prose, Spec("The answer.")]
    reversed: Annotated[bool, Spec("Ask also from back to front.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloze(Item):
    """A text with gaps, `{{c1::answer::hint}}`: a card for each group c1, c2, ..."""

    kind: Annotated[Literal["cloze"], Spec("The kind of item.")] = "cloze"
    text: Annotated[Prose, Spec("The text with gaps `{{c1::answer}}` or `{{c1::answer::hint}}`.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of the answers to choose from."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    text: Annotated[Prose, Spec("What is offered.")]
    right: Annotated[bool, Spec("Whether it is a right answer.")] = False
    feedback: Annotated[Prose, Spec("Why it is wrong, or right.")] = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A named function, or its derivative, to draw."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    fn: Annotated[str, Spec("The name of a function of the engine, e.g. `sigmoid`.", pattern=FUNCTION)]
    derivative: Annotated[bool, Spec("Draw the derivative instead.")] = False
    label: Annotated[str, Spec("Its name in the legend; by default f, or f₁, f₂, ...", max_length=30)] = ""
    params: Annotated[
        dict[Annotated[str, Spec("", pattern=FUNCTION)], Number], Spec("Parameters, e.g. `{alpha: 0.1}`.")
    ] = field(default_factory=dict)


_Bounds: TypeAlias = tuple[Number, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Curves drawn over a range, as part of a prompt."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    curves: Annotated[tuple[Curve, ...], Spec("The curves, drawn together.", min_length=1, max_length=6)]
    x: Annotated[_Bounds, Spec("The range on the horizontal axis, `[from, to]`.")] = (-6.0, 6.0)
    y: Annotated[_Bounds | None, Spec("The range on the vertical axis; by default what the curves need.")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Item):
    """A question with options, one or several of them right."""

    kind: Annotated[Literal["choice"], Spec("The kind of item.")] = "choice"
    prompt: Annotated[Prose, Spec("The question.")]
    options: Annotated[tuple[Option, ...], Spec("What to choose from.", min_length=2, max_length=12)]
    shuffle: Annotated[bool, Spec("Show the options in a new order each time.")] = True
    plot: Annotated[Plot | None, Spec("A plot of named functions, shown with the question.")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Item):
    """A question that is answered by typing a word or a phrase."""

    kind: Annotated[Literal["short"], Spec("The kind of item.")] = "short"
    prompt: Annotated[Prose, Spec("The question.")]
    accept: Annotated[Names, Spec("The answer and other names for it; by default the concept's names.")] = (
        NAMELESS
    )
    rivals: Annotated[tuple[Name, ...], Spec("Names near to it that are wrong.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One of the things that a list may name: a concept, names, or a concept with further names."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    concept: Annotated[Identifier, Spec("The id of a concept, whose names count.")] = ""
    names: Annotated[Names, Spec("What it may be called.")] = NAMELESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Item):
    """A question for several things out of many, in any order: "name three ways to prevent overfitting"."""

    kind: Annotated[Literal["list"], Spec("The kind of item.")] = "list"
    prompt: Annotated[Prose, Spec("The question; it says how many are asked for.")]
    need: Annotated[int, Spec("How many different ones are asked for.", ge=1, le=20)]
    members: Annotated[
        tuple[Member, ...],
        Spec("All that may be named, the most telling first.", min_length=1, max_length=50),
    ]
    rivals: Annotated[tuple[Name, ...], Spec("Names near to a member that are wrong.")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Item):
    """Steps to be put in order."""

    kind: Annotated[Literal["order"], Spec("The kind of item.")] = "order"
    prompt: Annotated[Prose, Spec("The question.")]
    steps: Annotated[
        tuple[Prose, ...], Spec("The steps in the right order; shown shuffled.", min_length=2, max_length=12)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things that belong together."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    left: Annotated[Prose, Spec("What stands on the left, in this order.")]
    right: Annotated[Prose, Spec("What belongs to it; shown shuffled.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Item):
    """Things to be matched with others."""

    kind: Annotated[Literal["match"], Spec("The kind of item.")] = "match"
    prompt: Annotated[Prose, Spec("The question.")]
    pairs: Annotated[tuple[Pair, ...], Spec("What belongs together.", min_length=2, max_length=10)]
    extra: Annotated[tuple[Prose, ...], Spec("What belongs to nothing on the left.", max_length=6)] = ()


_USUAL = Tolerance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A wrong number that a known mistake leads to."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    value: Annotated[Value, Spec("The wrong number: a number, a list or an expression.")]
    feedback: Annotated[Prose, Spec("The mistake that leads to it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Item):
    """A question that is answered by a number, a vector or a matrix."""

    kind: Annotated[Literal["numeric"], Spec("The kind of item.")] = "numeric"
    prompt: Annotated[Prose, Spec("The question.")]
    answer: Annotated[Value, Spec("The answer: a number, a list or an expression.")]
    tolerance: Annotated[Tolerance, Spec("How near an answer must come; by default 0.1 %.")] = _USUAL
    unit: Annotated[Literal["", "percent"], Spec("`percent` when the answer counts in percent.")] = ""
    mistakes: Annotated[
        tuple[Mistake, ...], Spec("Wrong answers, with what led to them.", max_length=20)
    ] = ()


AnyItem: TypeAlias = (
    Term
    | Flashcard
    | Cloze
    | Choice
    | Short
    | Listing
    | Order
    | Match
    | Numeric
    | Expression
    | Derivation
    | Code
)
KINDS: dict[str, type[AnyItem]] = {
    "term": Term,
    "flashcard": Flashcard,
    "cloze": Cloze,
    "choice": Choice,
    "short": Short,
    "list": Listing,
    "order": Order,
    "match": Match,
    "numeric": Numeric,
    "expression": Expression,
    "derivation": Derivation,
    "code": Code,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackInfo:
    """What a pack says about itself."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    id: Annotated[Identifier, Spec("The stable id of the pack.")]
    title: Annotated[Prose, Spec("Its title.")]
    version: Annotated[str, Spec("Its version, e.g. `'1.0'`.", pattern=ONE_LINE, max_length=50)]
    license: Annotated[str, Spec("The licence, e.g. `MIT`.", max_length=200)] = ""
    authors: Annotated[tuple[Name, ...], Spec("Who wrote it.")] = ()
    description: Annotated[Prose, Spec("What it teaches, in a sentence or two.")] = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A validated pack: concepts and items in the order of the files.

    Two packs are equal when they say the same; the hash of the files they came from does not count.
    """

    info: PackInfo
    concepts: tuple[Concept, ...] = ()
    items: tuple[AnyItem, ...] = ()
    content_hash: str = field(default="", compare=False)


__all__ = [
    "KINDS",
    "LANGUAGES",
    "AnyItem",
    "Choice",
    "Cloze",
    "Code",
    "Concept",
    "Curve",
    "Derivation",
    "Expression",
    "Flashcard",
    "Identifier",
    "Item",
    "Lang",
    "Listing",
    "Markdown",
    "Match",
    "Member",
    "Mistake",
    "Name",
    "Names",
    "Number",
    "Numeric",
    "Option",
    "Order",
    "Pack",
    "PackInfo",
    "Pair",
    "Plot",
    "Prose",
    "Short",
    "Term",
    "Text",
]
