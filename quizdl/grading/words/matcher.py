"""Is this answer the name that was asked for?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from quizdl.grading.words.doubt import contrast, gives_up, hedges, negations, without_laughter
from quizdl.grading.words.endings import is_filler
from quizdl.grading.words.glossary import Glossary, Named, names_of
from quizdl.grading.words.normalising import clean, compact
from quizdl.grading.words.query import Judged, Query, query
from quizdl.grading.words.result import Match, Reason
from quizdl.grading.words.structure import (
    alternatives,
    attached,
    bracketed,
    brackets,
    equated,
    explained,
    is_prose,
    offers_a_choice,
    told_after,
    without_path,
)

_SETTINGS = re.compile(r"[\d\s.,e+\-*/^]+|(?:\w++\s*+=\s*+[\w.'\"\-]++[,\s]*+)++")
_MOST_PARTS = 8
_MOST_BRACKETS = 4
_MOST_CUTS = 4
_MOST_WORDS = 30


def match(
    answer: str,
    accepted: Named | Iterable[str],
    *,
    rivals: Sequence[str] = (),
    glossary: Glossary | None = None,
) -> Match:
    """Whether an answer names what was asked for.

    An answer is accepted when it is a right name in any of its forms (see `query`), or a slip of one, and no
    other concept is as near. What the answer says besides the name must not take it back.

    Args:
        answer: what the learner typed, in any language and keyboard mode.
        accepted: the right names; if one of them is a name in the glossary, so are the concept's other names.
        rivals: names that are wrong here, beside those of the other concepts in the glossary.
        glossary: the names of all concepts.

    Returns:
        What it was recognised as, or why it is wrong.

    Example:
        >>> match("옵티마이져 입니다", ["옵티마이저", "optimizer"]).accepted
        True
        >>> match("overfiting", ["과대적합", "overfitting"], rivals=["과소적합", "underfitting"])
        Match(accepted=True, reason='typo', name='overfitting', rival='')
        >>> match("과소적합", ["과대적합", "overfitting"], rivals=["과소적합", "underfitting"]).rival
        '과소적합'
    """
    asked = query(names_of(accepted), tuple(rivals), glossary)
    cleaned = clean(answer)
    if cleaned is None:
        return Match(False, "too_long")
    named = without_path(without_laughter(cleaned))
    if not compact(named):
        return Match(False, "empty")
    judged = judge(named, asked)
    return judged if judged.accepted or named == cleaned else judge(cleaned, asked)


def judge(cleaned: str, asked: Query) -> Match:
    """`match` for an answer that is clean already."""
    whole = asked.judge(cleaned, slips=False)
    hedged = hedges(cleaned) and not hedges(asked.said)
    in_one = whole.reason != "ending" or (len(alternatives(cleaned)) < 2 and bracketed(cleaned) is None)
    if whole.whose == "own" and not hedged and in_one:
        return Match(True, whole.reason, whole.name)
    if gives_up(cleaned):
        return Match(False, "dont_know")
    if whole.whose == "other":
        return Match(False, "rival", rival=whole.name)
    if hedged:
        return Match(False, "hedged", _mentioned(cleaned, asked))
    if not negations(cleaned) <= negations(asked.said):
        return _denied(cleaned, asked)
    told = explained(cleaned)
    if told is not None:
        return judge(told[0], asked)
    after = told_after(cleaned)
    if after is not None and not _names_another(after[1], asked):
        return judge(after[0], asked)
    inner = bracketed(cleaned) if brackets(cleaned) <= _MOST_BRACKETS else None
    if inner is not None:
        return _with_brackets(inner.before, inner.inside, inner.after, asked)
    sides = equated(cleaned)
    if len(sides) > 1:
        return _all_own(cleaned, sides, asked, "second_name_wrong") or Match(False, "no_match")
    several = alternatives(cleaned)
    if len(several) > 1:
        judged = _all_own(cleaned, several, asked, "several_answers")
        if judged is not None:
            return judged
        if whole.whose == "own":
            return Match(True, whole.reason, whole.name)
    for left, right in attached(cleaned)[:_MOST_CUTS]:
        if asked.judge(left).whose != "nobody" and asked.judge(right).whose != "nobody":
            judged = _all_own(cleaned, [left, right], asked, "several_answers")
            if judged is not None:
                return judged
    return _side_by_side(cleaned, asked) or _as_match(asked.judge(cleaned))


def _as_match(judged: Judged) -> Match:
    if judged.whose == "own":
        return Match(True, judged.reason, judged.name)
    if judged.whose == "other":
        return Match(False, "rival", rival=judged.name)
    return Match(False, "no_match")


def _side_by_side(cleaned: str, asked: Query) -> Match | None:
    """Two right names with nothing but a space between them: 과적합 overfitting."""
    tokens = cleaned.split()
    for cut in range(1, min(len(tokens), _MOST_PARTS)):
        left = asked.judge(" ".join(tokens[:cut]), slips=False)
        if left.whose == "own" and asked.judge(" ".join(tokens[cut:]), slips=False).whose == "own":
            return Match(True, left.reason, left.name)
    return None


def _names_another(cleaned: str, asked: Query) -> bool:
    """Whether an explanation names a rival of the question; other concepts may well explain this one."""
    tokens = cleaned.split()[:_MOST_WORDS]
    return any(
        asked.is_rival(" ".join(tokens[start : start + size]))
        for start in range(len(tokens))
        for size in (1, 2, 3)
    )


def _mentioned(cleaned: str, asked: Query) -> str:
    """A right name inside a text that is rejected for other reasons, to say which part was right."""
    return next(
        (name for form, name in asked.exact.items() if len(form) > 2 and form in compact(cleaned)), ""
    )


def _denied(cleaned: str, asked: Query) -> Match:
    """ "Not this but that" is right when that is right and this is not; any other negation is wrong."""
    sides = contrast(cleaned)
    if sides is not None:
        no, yes = (asked.judge(side) for side in sides)
        if yes.whose == "own" and no.whose != "own" and not negations(sides[1]):
            return Match(True, yes.reason, yes.name)
    return Match(False, "negated", _mentioned(cleaned, asked))


def _all_own(cleaned: str, parts: list[str], asked: Query, otherwise: Reason) -> Match | None:
    """The verdict on parts that must all be names of the one concept; None when none of them is known."""
    if len(parts) > _MOST_PARTS:
        return Match(False, otherwise)
    judged = [asked.judge(part) for part in parts]
    if otherwise != "several_answers" or not offers_a_choice(cleaned):
        judged = [
            each
            for each, part in zip(judged, parts, strict=True)
            if each.whose != "nobody" or not is_filler(compact(part))
        ]
    own = [each for each in judged if each.whose == "own"]
    other = [each for each in judged if each.whose == "other"]
    if own and len(own) == len(judged):
        worst = next((each for each in own if each.reason == "typo"), own[0])
        return Match(True, worst.reason, worst.name)
    if own:
        return Match(False, otherwise, own[0].name, other[0].name if other else "")
    if other:
        return Match(False, "rival" if len(other) == 1 else otherwise, rival=other[0].name)
    return None


_GREEK = frozenset(
    {
        "alpha",
        "beta",
        "gamma",
        "delta",
        "epsilon",
        "eta",
        "theta",
        "lambda",
        "mu",
        "rho",
        "sigma",
        "tau",
        "phi",
    }
)


def _is_symbol(inside: str) -> bool:
    """Whether brackets hold the symbol of what is named, as in 학습률(η)."""
    return inside in _GREEK or (len(inside) == 1 and inside.isalpha())


def _with_brackets(before: str, inside: str, after: str, asked: Query) -> Match:
    outer = f"{before} {after}".strip()
    if not compact(outer):
        return judge(inside, asked)
    first = judge(outer, asked)
    if not first.accepted:
        return first
    if is_filler(compact(inside)) or _is_symbol(inside) or _SETTINGS.fullmatch(inside):
        return first
    if is_prose(inside) and not _names_another(inside, asked):
        return first
    second = judge(inside, asked)
    if not second.accepted and after:
        joint = judge(f"{inside} {after}", asked)
        second = joint if joint.accepted else second
    if second.accepted:
        return second if second.typo else first
    return Match(False, "second_name_wrong", first.name, second.rival)
