"""Items that are answered in mathematics: an expression, or a derivation line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, TypeAlias

from quizdl.packs.basics import BLANK, FORBID, Item, Prose
from quizdl.packs.fields import Spec

Math: TypeAlias = Annotated[str, Spec("An expression in any notation.", pattern=r"\S", max_length=2_000)]
MaybeMath: TypeAlias = Annotated[str, Spec("An expression in any notation.", max_length=2_000)]
Word: TypeAlias = Annotated[str, Spec("A name.", pattern=r"^\S(.*\S)?$", max_length=60)]
Extent: TypeAlias = Word | Annotated[int, Spec("", ge=1, le=20)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolSpec:
    """A name that may occur in an answer, and what it means."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    name: Annotated[Word, Spec("The name, as in `theta` or `W_1`.")]
    kind: Annotated[
        Literal["scalar", "index", "vector", "matrix", "tensor", "function"], Spec("What it is.")
    ] = "scalar"
    shape: Annotated[tuple[Extent, ...], Spec("The lengths of its axes: names of sizes, or numbers.")] = ()
    domain: Annotated[
        Word, Spec("Its values: `real`, `positive`, `unit`, `simplex`, `one-hot`, `(-1,1)`, `integer>=1`, …")
    ] = "real"
    aliases: Annotated[tuple[Word, ...], Spec("What else it may be called, in any notation.")] = ()
    definition: Annotated[MaybeMath, Spec("Its value through others: `s = 1/(1 + exp(-x))`.")] = ""
    range: Annotated[Extent | Literal[""], Spec("Of an index: the size that it runs up to, from 1.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongAnswer:
    """A wrong answer, with the reason that grading must find or with what the author says about it."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    answer: Annotated[Math, Spec("The wrong answer, in any notation.")]
    reason: Annotated[str, Spec("The reason that must be given: `sign`, `factor`, …", max_length=40)] = ""
    feedback: Annotated[Prose, Spec("What led to it; shown to the learner.")] = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDemand:
    """What a right answer must look like besides; a right value in another form is partly right."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    only: Annotated[tuple[Word, ...], Spec("The only names that may occur: in terms of s.")] = ()
    without: Annotated[tuple[Word, ...], Spec("Names and functions that may not occur.")] = ()
    factored: Annotated[bool, Spec("It must be a product.")] = False
    vectorised: Annotated[bool, Spec("It must have no index.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbolic(Item):
    """What expressions and derivations have in common."""

    prompt: Annotated[Prose, Spec("The question.")]
    symbols: Annotated[
        tuple[SymbolSpec, ...], Spec("The names that may occur in an answer.", max_length=60)
    ] = ()
    open: Annotated[bool, Spec("Other letters are free real numbers, instead of unknown names.")] = False
    free: Annotated[tuple[Word, ...], Spec("The indices that the answer is for, in order.")] = ()
    entry: Annotated[
        tuple[Word, ...], Spec("Indices by which a vector or matrix may be given entry by entry.")
    ] = ()
    given: Annotated[tuple[Math, ...], Spec("Conditions that hold, such as `||g|| > c`.")] = ()
    solution: Annotated[
        Prose, Spec("The answer as it is shown, with LaTeX; by default as in `answer` or `lines`.")
    ] = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression(Symbolic):
    """A question that is answered by an expression."""

    kind: Annotated[Literal["expression"], Spec("The kind of item.")] = "expression"
    answer: Annotated[MaybeMath, Spec("The right answer; may be left out for `loss` and `wrt`.")] = ""
    loss: Annotated[MaybeMath, Spec("What is differentiated: its numeric derivative is the truth.")] = ""
    wrt: Annotated[MaybeMath, Spec("By what `loss` is differentiated: a name, or an entry: `z_j`.")] = ""
    accept: Annotated[
        tuple[Math, ...], Spec("Other right answers; `quizdl pack check` grades them.", max_length=60)
    ] = ()
    mistakes: Annotated[
        tuple[WrongAnswer, ...], Spec("Wrong answers, with their reasons.", max_length=60)
    ] = ()
    form: Annotated[FormDemand, Spec("Demands on the form of the answer.")] = FormDemand()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongLines:
    """A derivation that goes wrong, with the line where and the reason that grading must find."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    lines: Annotated[tuple[Math, ...], Spec("The lines.", min_length=1, max_length=40)]
    first_bad: Annotated[int, Spec("The first bad line, from 1.", ge=1, le=40)]
    reason: Annotated[str, Spec("The reason that must be given.", max_length=40)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waypoint:
    """An expression that some line must equal."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    line: Annotated[Math, Spec("The expression, in any form.")]
    name: Annotated[Prose, Spec("What it is called when it is missing.")] = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A law that a step may use, and that is named where one does."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID

    law: Annotated[Math, Spec("An equation that always holds: `sum_k p_k = 1`.")]
    name: Annotated[Prose, Spec("How it is said; by default the equation.")] = BLANK


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation(Symbolic):
    """A question that is answered by several lines, each equal to the one before."""

    kind: Annotated[Literal["derivation"], Spec("The kind of item.")] = "derivation"
    start: Annotated[Math, Spec("What the derivation begins with.")]
    goal: Annotated[Math, Spec("What it must arrive at.")]
    lines: Annotated[
        tuple[Math, ...], Spec("A model derivation, from after `start` to the goal.", max_length=40)
    ] = ()
    accept: Annotated[tuple[tuple[Math, ...], ...], Spec("Other right derivations.", max_length=20)] = ()
    mistakes: Annotated[tuple[WrongLines, ...], Spec("Derivations that go wrong.", max_length=40)] = ()
    waypoints: Annotated[
        tuple[Waypoint, ...], Spec("Lines that must appear in some form.", max_length=10)
    ] = ()
    facts: Annotated[
        tuple[Fact, ...], Spec("Laws that steps may use, named where they do.", max_length=10)
    ] = ()
