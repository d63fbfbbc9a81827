"""Lists: so many different members out of those that there are, in any order and with any separators."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from quizdl.grading.words.doubt import gives_up, hedges, negations, without_laughter
from quizdl.grading.words.endings import is_filler
from quizdl.grading.words.glossary import Glossary
from quizdl.grading.words.matcher import judge
from quizdl.grading.words.normalising import clean, compact
from quizdl.grading.words.query import Query, queries
from quizdl.grading.words.result import Found, ListMatch, Match, Member, Wrong
from quizdl.grading.words.structure import without_path

_BETWEEN = re.compile(
    r"[;|\n、·•]+|,(?!\d{3}\b)|(?<!\d)/|/(?!\d)|[-=]>|→|(?<=\s)[-–*>](?=\s)"
    r"|(?<=\s)\d{1,2}[.)]\s*(?=[^\d\s])|(?<!\d)\.(?=\s|$)"
)
_BULLET = re.compile(r"^\s*(?:[-*•>]|\(?\d{1,2}[.)](?!\d)|[①-⑳]|\(?[a-z가-힣][.)](?=\s))\s*")
_CIRCLED = re.compile("[①-⑳]")
_JOINS = re.compile(r"(?:그리고|및|또는|혹은|and|or|plus|&|\+|etc\.?|등|등등|하고)")
_IN_SENTENCE = re.compile(r"(?<=[가-힣])(?:에|을|를|은|는|이|가|로|고|며|여|서|면)$")
_MOST_TOKENS = 40
_MOST_PARTS = 40
_LONGEST_PART = 200
_LONGEST_NAME = 6


def match_list(
    answer: str,
    need: int,
    members: Sequence[Member],
    *,
    rivals: Sequence[str] = (),
    glossary: Glossary | None = None,
) -> ListMatch:
    """Which members of a list an answer names.

    Different names of one member count once. Every part is judged as an answer of its own, the names of all
    other members being its rivals.

    Args:
        answer: the members in any order, between commas, other separators, "and" / "와", or spaces only.
        need: how many different members are asked for.
        members: what may be named.
        rivals: names that are wrong here, beside the other concepts of the glossary.
        glossary: the names of all concepts.

    Returns:
        The members found, mentioned again, and the parts that are none.

    Example:
        >>> members = [Member("relu", ("ReLU", "렐루")), Member("tanh", ("tanh",))]
        >>> result = match_list("relu, 렐루, sigmoid", 2, members)
        >>> [part.id for part in result.found], [part.text for part in result.wrong], result.score
        (['relu'], ['sigmoid'], 0.5)
    """
    cleaned = clean(_CIRCLED.sub(" , ", answer))
    if cleaned is None:
        return ListMatch(need, reason="too_long")
    cleaned = without_path(without_laughter(cleaned))
    if not compact(cleaned):
        return ListMatch(need, reason="empty")
    judge_of = _Members(members, tuple(rivals), glossary)
    found: dict[str, Found] = {}
    again: list[Found] = []
    wrong: list[Wrong] = []
    for part in _parts(cleaned, judge_of):
        if isinstance(part, Wrong):
            wrong.append(part)
        elif part.id in found:
            again.append(part)
        else:
            found[part.id] = part
    if not found and gives_up(cleaned):
        return ListMatch(need, reason="dont_know")
    return ListMatch(need, tuple(found.values()), tuple(again), tuple(wrong))


class _Members:
    """The members as questions; the same words are not judged twice."""

    def __init__(self, members: Sequence[Member], rivals: tuple[str, ...], glossary: Glossary | None) -> None:
        self._queries = queries(tuple(members), rivals, glossary)
        self._seen: dict[tuple[str, bool], Found | Wrong] = {}

    def match(self, text: str, *, slips: bool = False) -> Found | None:
        """The member that a text names, if it names one."""
        judged = self.judge(text, slips=slips)
        return judged if isinstance(judged, Found) else None

    def judge(self, text: str, *, slips: bool = True) -> Found | Wrong:
        """The member that a text names, or what it names instead."""
        known = self._seen.get((text, slips))
        if known is None:
            known = self._seen[text, slips] = self._judge(text, slips)
        return known

    def _judge(self, text: str, slips: bool) -> Found | Wrong:
        wrong = Match(False, "no_match")
        for member, asked in self._queries:
            judged = judge(text, asked) if slips else _sure(text, asked)
            if judged.accepted:
                return Found(member, text, judged)
            if wrong.reason == "no_match":
                wrong = judged
        return Wrong(text, wrong)


def _sure(text: str, asked: Query) -> Match:
    judged = asked.judge(text, slips=False)
    return Match(judged.whose == "own", judged.reason, judged.name if judged.whose == "own" else "")


def _parts(cleaned: str, members: _Members) -> Iterator[Found | Wrong]:
    whole = members.match(cleaned)
    texts = [_BULLET.sub("", piece).strip() for piece in _outside_brackets(cleaned)]
    texts = [text for text in texts if compact(text) and not _JOINS.fullmatch(text)][:_MOST_PARTS]
    if whole is not None and (whole.match.exact or len(texts) == 1):
        texts = [cleaned]
    heads = texts[-1].split()[-3:] if texts else []
    for text in texts:
        for part in _part(text, members):
            yield part if isinstance(part, Found) else _with_head(part.text, heads, members) or part


def _with_head(text: str, heads: list[str], members: _Members) -> Found | None:
    """A part whose head noun stands only at the end of the list: "훈련, 검증, 테스트 세트"."""
    for start in range(len(heads)):
        found = members.match(" ".join([text, *heads[start:]]))
        if found is not None:
            return replace(found, text=text)
    return None


def _part(text: str, members: _Members) -> Iterator[Found | Wrong]:
    """The members in what stands between two separators."""
    if len(text) > _LONGEST_PART:
        yield Wrong(text, Match(False, "too_long"))
        return
    found = members.match(text)
    if found is not None and found.match.reason != "spacing":
        yield found
        return
    tokens = text.split()[:_MOST_TOKENS]
    runs = (
        []
        if len(tokens) < 2 or "(" in text or _doubtful(text)
        else _segments(tokens, members, len(tokens) - (found is not None))
    )
    certain = sum(isinstance(run, Found) for run in runs)
    if found is not None and not (certain == len(runs) > 1):  # "l1 l2" is two names rather than L1L2
        yield found
        return
    if certain > 1 or (runs and any(_JOINS.fullmatch(token) for token in tokens)):
        yield from _finish(runs, members)
    else:
        yield members.judge(text)


def _doubtful(text: str) -> bool:
    return gives_up(text) or hedges(text) or bool(negations(text))


def _outside_brackets(cleaned: str) -> Iterator[str]:
    """Cut at separators, but not at those inside brackets."""
    depth, start = 0, 0
    cuts = {found.start(): found.end() for found in _BETWEEN.finditer(cleaned)}
    at = 0
    while at < len(cleaned):
        character = cleaned[at]
        depth += (character in "([{") - (character in ")]}")
        if depth <= 0 and at in cuts:
            yield cleaned[start:at]
            at = start = cuts[at]
            continue
        at += 1
    yield cleaned[start:]


def _segments(tokens: list[str], members: _Members, longest: int) -> list[Found | str]:
    """Read members off a row of words, longest names first; other words stay as they are."""
    out: list[Found | str] = []
    at = 0
    while at < len(tokens):
        for end in range(min(len(tokens), at + min(longest, _LONGEST_NAME)), at, -1):
            found = members.match(" ".join(tokens[at:end]))
            if found is not None:
                out.append(found)
                at = end
                break
        else:
            out.append(tokens[at])
            at += 1
    return out


def _finish(runs: list[Found | str], members: _Members) -> Iterator[Found | Wrong]:
    """What the words between members are: joins and fillers are dropped, the rest judged as parts.

    An unknown word right before a member may make another thing of it: "hard sigmoid" is no sigmoid.
    """
    waiting: list[str] = []
    for run in [*runs, "및"]:
        if isinstance(run, str) and not _JOINS.fullmatch(run):
            waiting.append(run)
            continue
        text = " ".join(waiting)
        waiting.clear()
        if compact(text) and not is_filler(compact(text)):
            judged = members.judge(text)
            if isinstance(run, Found) and judged.match.reason == "no_match" and not _IN_SENTENCE.search(text):
                yield Wrong(f"{text} {run.text}", judged.match)
                continue
            yield judged
        if isinstance(run, Found):
            yield run
