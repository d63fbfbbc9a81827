"""What the learner typed, after it was judged: each part with its sign, then the remarks of the grader."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from quizdl.locale import _
from quizdl.study import wording
from quizdl.tui.widgets.formatted import Block
from quizdl.tui.widgets.lines import Folded

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.packs.items import Text
    from quizdl.study.values import Question, Response

_SIGNS = {
    "correct": ("✓", "bold $success"),
    "partial": ("◐", "bold $warning"),
    "wrong": ("✗", "bold $error"),
}
_LINE_SIGNS = {
    "ok": ("✓", "bold $success"),
    "follows": ("⇔", "bold $warning"),
    "bad": ("✗", "bold $error"),
}
_ELSEWHERE = ("match.wrong", "match.missing", "order.first", "deriv.line")
"""What stands beside the pair, the step or the line that it is about."""
_MOST_ROWS = 200
_WRONG_PARTS = ("list.wrong", "list.rival", "blank.wrong")
_EDGES = re.compile(r"^[\s,;·、/]+|[\s,;·、/]+$")
_BETWEEN = re.compile(r"[,;、]")
_LONGEST = 300


def typed(question: Question, verdict: Verdict | None, response: Response) -> list[Content | Folded]:
    """What was typed, with a sign that says what became of it; each part of a list or a gap by itself."""
    if not isinstance(response, str):
        return []
    if question.face.ask in ("derivation", "code"):
        return _lines(response, verdict, marked=question.face.ask == "derivation")
    text = " ".join(response.split())[:_LONGEST]
    if verdict is None:
        return [Folded(Content.styled("  ", ""), _("You wrote: {text}").format(text=text), "")]
    face = question.face
    if face.need > 1 or len(face.blanks) > 1:
        return [
            Folded(Content.styled(f"{sign} ", style), part, "")
            for part, (sign, style) in _parts(text, verdict)
        ]
    sign, style = _SIGNS[verdict.outcome.value]
    return [Folded(Content.styled(f"{sign} ", style), _("You wrote: {text}").format(text=text), "")]


def _lines(response: str, verdict: Verdict | None, *, marked: bool) -> list[Content | Folded]:
    """An answer of several lines; those of a derivation each with the sign of what became of it."""
    marks = [
        _LINE_SIGNS.get(str(feedback.params["status"]), ("?", "bold $warning"))
        for feedback in (verdict.feedback if verdict else ())
        if feedback.code == "deriv.line"
    ]
    if not marked or not marks:
        rows = response.rstrip().split("\n")[:_MOST_ROWS]
        return [_as_is(row, f"{n:>3} ") for n, row in enumerate(rows, 1)]
    from quizdl.grading.symbolic.lines import split

    return [
        Folded(Content.styled(f"{sign} ", style), line, "")
        for line, (sign, style) in zip(split(response), marks, strict=False)
    ]


def _as_is(line: str, sign: str) -> Folded:
    """A line whose indentation means something."""
    bare = line.lstrip(" ")
    indent = " " * (len(line) - len(bare))
    return Folded(Content.styled(sign + indent, "$text-muted"), bare, "$accent")


def _parts(text: str, verdict: Verdict) -> list[tuple[str, tuple[str, str]]]:
    """The parts of an answer in the order typed: the grader names those that are wrong or there twice."""
    named = {
        str(feedback.params["part"]): _SIGNS["wrong"] if feedback.code in _WRONG_PARTS else ("=", "$warning")
        for feedback in verdict.feedback
        if "part" in feedback.params
    }
    if not named and verdict.outcome.value == "wrong":
        return [(text, _SIGNS["wrong"])]
    names = [re.escape(part) for part in sorted(named, key=len, reverse=True) if part]
    found: list[tuple[str, tuple[str, str]]] = []
    at = 0
    for match in re.finditer("|".join(names), text, re.IGNORECASE) if names else ():
        sign = next(sign for part, sign in named.items() if part.casefold() == match[0].casefold())
        found += [(part, _SIGNS["correct"]) for part in _BETWEEN.split(text[at : match.start()])]
        found.append((match[0], sign))
        at = match.end()
    found += [(part, _SIGNS["correct"]) for part in _BETWEEN.split(text[at:])]
    return [(cut, sign) for part, sign in found if (cut := _EDGES.sub("", part))]


def remarks(
    question: Question, verdict: Verdict | None, spoken: Callable[[Text], Sequence[str]]
) -> list[Block | Content | Folded]:
    """The sentences of the grader, each with the author's words where there are any.

    What concerns one option, step or pair is not among them: it stands beside that.
    """
    from quizdl.grading.messages import details

    said: list[Block | Content | Folded] = []
    for feedback in verdict.feedback if verdict else ():
        if "option" in feedback.params or feedback.code in _ELSEWHERE:
            continue
        if feedback.text is None or feedback.code != "numeric.mistake":
            said.append(Folded(Content.styled("→ ", "bold $warning"), wording.remark(feedback, question), ""))
        said += [_as_is(line, "  ") for line in details(feedback)]
        for number, words in enumerate(spoken(feedback.text) if feedback.text is not None else ()):
            sign = Content.styled("  " if number else "→ ", "bold $warning")
            said.append(Block(words, "$text-muted" if number else "", sign, tight=True))
    return said
