"""Formulas that the terminal cannot set."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial

from quizdl.errors import Problem, Where
from quizdl.packs import cloze
from quizdl.packs.items import LANGUAGES, Cloze, Pack, Text
from quizdl.packs.lints.languages import texts_of
from quizdl.packs.positions import Positions
from quizdl.typeset.inlines import closing_dollar
from quizdl.typeset.math import LatexError, layout

Path = tuple[str | int, ...]
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_DOLLARS = re.compile(r"(?<!\\)\$\$?")


def formulas(text: str) -> Iterator[str]:
    r"""The formulas of a Markdown text, without their dollar signs.

    Raises:
        LatexError: a dollar sign has no partner; its position is that in the text.

    Example:
        >>> list(formulas(r"Not `$a$` nor \$5, but $x^2$ and $$\sum_i x_i$$"))
        ['x^2', '\\sum_i x_i']
    """
    text = _CODE.sub(lambda code: " " * len(code[0]), text)
    at = 0
    while opening := _DOLLARS.search(text, at):
        fence = opening[0]
        end = closing_dollar(text, opening.end(), fence)
        body = text[opening.end() : end] if end >= 0 else ""
        if end < 0 or not body.strip():
            message = f"a formula must end with {fence!r}, received {'no end' if end < 0 else 'an empty one'}"
            raise LatexError(message, opening.start(), r"write \$ for the sign itself")
        if fence == "$" and (body[0].isspace() or body[-1].isspace()):
            message = "a formula must follow its '$' without a space, received one"
            raise LatexError(message, opening.start(), r"write \$ for the sign itself")
        yield body
        at = end + len(fence)


def unreadable(pack: Pack, positions: Positions) -> Iterator[Problem]:
    """A formula in a text, or of a concept, that cannot be read as LaTeX."""
    for concept in pack.concepts:
        place = partial(positions.concept, concept.id)
        if concept.formula and (error := _error(concept.formula)):
            yield _problem(error, place("formula", snippet=concept.formula, offset=error.position))
        for path, text in texts_of(concept):
            yield from _in_text(text, path, place)
    for item in pack.items:
        place = partial(positions.item, item.id)
        for path, text in texts_of(item):
            yield from _in_text(text, path, place, gaps=isinstance(item, Cloze) and path == ("text",))


def _in_text(text: Text, path: Path, place: Callable[..., Where], *, gaps: bool = False) -> Iterator[Problem]:
    for lang in LANGUAGES:
        said = text.ko if lang == "ko" else text.en
        if "$" not in said or (lang == "en" and said == text.ko):
            continue
        # A gap is no LaTeX: what is set is the text with one gap hidden, or with all filled in.
        shown = [cloze.prompt(said, group) for group in (0, *cloze.groups(said))] if gaps else [said]
        told = set()
        for version in shown:
            for latex, error in _errors(version):
                if error.message not in told:
                    told.add(error.message)
                    yield _problem(error, place(*path, lang, snippet=latex, offset=error.position))


def _errors(text: str) -> Iterator[tuple[str, LatexError]]:
    try:
        for latex in formulas(text):
            if (error := _error(latex)) is not None:
                yield latex, error
    except LatexError as error:
        yield text, error


def _error(latex: str) -> LatexError | None:
    try:
        layout(latex)
    except LatexError as error:
        return error
    return None


def _problem(error: LatexError, where: Where) -> Problem:
    return Problem(where, error.message, error.hint, code="latex")
