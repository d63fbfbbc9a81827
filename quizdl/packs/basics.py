"""What every item is made of: texts in two languages, names, concepts, and what all kinds have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Literal, TypeAlias

from quizdl.packs.fields import IDENTIFIER, ONE_LINE, InBothLanguages, OneOrMany, Spec
from quizdl.packs.parameters import Condition, Expression, Param, ParamName

Lang = Literal["ko", "en"]
LANGUAGES: tuple[Lang, Lang] = ("ko", "en")

FORBID: dict[str, str] = {"extra": "forbid"}

Identifier: TypeAlias = Annotated[str, Spec("", pattern=IDENTIFIER, max_length=100)]
Markdown: TypeAlias = Annotated[str, Spec("Markdown with $LaTeX$.", max_length=10_000)]
Number: TypeAlias = Annotated[float, Spec("", allow_inf_nan=False)]
Name: TypeAlias = Annotated[str, Spec("A name, as plain text.", pattern=ONE_LINE, max_length=200)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Markdown with `$LaTeX$` in Korean and English; each stands in for the other where that is missing.

    In YAML a plain string means the same text in both languages.

    Example:
        >>> Text(ko="과적합").in_("en")
        '과적합'
        >>> bool(Text()), bool(Text(en="x"))
        (False, True)
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    ko: Annotated[Markdown, Spec("The text in Korean: Markdown with $LaTeX$.")] = ""
    en: Annotated[Markdown, Spec("The text in English: Markdown with $LaTeX$.")] = ""

    def in_(self, lang: Lang) -> str:
        """The text in `lang`, or in the other language where it is missing."""
        return (self.ko or self.en) if lang == "ko" else (self.en or self.ko)

    def __bool__(self) -> bool:
        return bool(self.ko or self.en)


BLANK = Text()
"""No text: the default where a text may be left out."""

Prose: TypeAlias = Annotated[Text, InBothLanguages()]
"""A `Text` as packs write it: a mapping of languages, or one string for both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What something is called, per language: the first name is shown, the others are accepted too."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    ko: Annotated[tuple[Name, ...], OneOrMany(), Spec("Korean names, the one to show first.")] = ()
    en: Annotated[tuple[Name, ...], OneOrMany(), Spec("English names, the one to show first.")] = ()

    def in_(self, lang: Lang) -> tuple[str, ...]:
        """The names in `lang`; empty where there is none."""
        return self.ko if lang == "ko" else self.en

    @property
    def all(self) -> tuple[str, ...]:
        """The names in both languages, Korean first, each once."""
        return tuple(dict.fromkeys((*self.ko, *self.en)))

    def __bool__(self) -> bool:
        return bool(self.ko or self.en)


NAMELESS = Names()
"""No names: the default where they may be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A node of the knowledge graph: its names, what it needs, and its explanation."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    id: Annotated[Identifier, Spec("The stable id of the concept, e.g. `softmax`.")]
    names: Annotated[Names, Spec("What it is called; the first name in each language is shown.")]
    requires: Annotated[tuple[Identifier, ...], Spec("Ids of the concepts to know before this one.")] = ()
    explanation: Annotated[Prose, Spec("One paragraph that explains it.")] = Text()
    formula: Annotated[str, Spec("Its formula: LaTeX without dollar signs.", max_length=2_000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What all kinds of items have in common."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    id: Annotated[Identifier, Spec("Stable and unique in the pack; by custom `<concept>.<word>`.")]
    kind: Annotated[str, Spec("The kind of item.")]
    concept: Annotated[Identifier, Spec("The id of the concept this item is about.")]
    also: Annotated[tuple[Identifier, ...], Spec("Ids of other concepts that it touches.")] = ()
    tags: Annotated[tuple[Identifier, ...], Spec("Free words to select items by.")] = ()
    difficulty: Annotated[int, Spec("From 1 (recall) to 5 (derive it yourself).", ge=1, le=5)] = 2
    hints: Annotated[tuple[Prose, ...], Spec("Hints, the gentlest first.")] = ()
    explanation: Annotated[Prose, Spec("Shown after the answer: why it is so.")] = Text()
    covers: Annotated[
        tuple[Annotated[int, Spec("", ge=1, le=1_000_000)], ...], Spec("Source-note lines covered, from 1.")
    ] = ()
    corrects: Annotated[Prose, Spec("What the source note had wrong, and what is right.")] = Text()
    params: Annotated[
        dict[ParamName, Param], Spec("Values that each review draws anew; `<<name>>` in a text shows one.")
    ] = field(default_factory=dict)
    derived: Annotated[
        dict[ParamName, Expression], Spec("Values computed from the parameters, in this order.")
    ] = field(default_factory=dict)
    require: Annotated[tuple[Condition, ...], Spec("Conditions that every draw must meet.")] = ()
