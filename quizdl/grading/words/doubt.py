"""Answers that do not commit themselves: empty, don't know, hedged, negated."""

from __future__ import annotations

import re

_DONT_KNOW = re.compile(
    r"모르겠|몰라|모름|모릅니다|모르는|모르지|모르고|글쎄|기억이? ?안|기억이? ?나지"
    r"|생각이? ?안 ?나|생각나지|까먹|잊어버|잊었"
    r"|\bi ?d ?k\b|\bdunno\b|\b(?:do not|don'?t|didn'?t|not) (?:really )?(?:know|remember|recall)\b"
    r"|\bno (?:idea|clue)\b"
    r"|\bi forgot\b|\bforget\b|\bi have no\b|\bcan'?t (?:remember|recall)\b"
)
_DONT_KNOW_ALONE = re.compile(
    r"\W*(?:패스|pass|skip|스킵|없음|없어요|n/?a|none|null|unknown|무응답|노코멘트|help|답 없음)\W*"
)
_HEDGED = re.compile(
    r"아마|[것거] ?같|듯|혹시|추측|찍었|찍음|일지도|일 ?수도|인지도"
    r"|(?:인가|일까|려나|인지|맞나|맞을까)(?:요|\b)|싶(?:다|습|어)|확실(?:하|친|히)"
    r"|\b(?:maybe|perhaps|probably|possibly|presumably|likely|unsure)\b"
    r"|\bi (?:think|guess|suppose|believe|assume)\b|\bmy guess\b"
    r"|\b(?:might|may|could) be\b|\bnot (?:sure|certain)\b|\b(?:sort|kind) of\b|\bsomething like\b"
)
_NEGATION = re.compile(
    r"아니|아님|아닌|아닙|아녜|아녀|않|말고|제외|반대|빼고|못|없[는이다음]"
    r"|\b(?:not|no|never|neither|nor|non|without|except|opposite|unlike|anti)\b|n't\b"
)
_CONTRAST = re.compile(
    r"(?P<no>.+?)(?:이|가|은|는)? ?(?:아니라|아니고|아닌|말고),? (?P<yes>.+)"
    r"|(?P<yes2>.+?)(?:,| and| but)? not (?:the |a |an )?(?P<no2>.+)"
    r"|not (?P<no3>.+?)(?:,| but) (?:but )?(?P<yes3>.+)"
)
_LAUGHTER = re.compile(r"\s*(?:([ㅋㅎㅠㅜㅇ~^])\1++\s*+)++$|^\s*([ㅋㅎㅠㅜ])\2++\s++")
"""Possessive, for a run of ㅋ can be cut into pairs in exponentially many ways."""


def without_laughter(cleaned: str) -> str:
    """A text without the ㅋㅋ and ㅠㅠ of chats around it.

    Example:
        >>> without_laughter("과적합ㅎㅎ"), without_laughter("ㅁㅇ므")
        ('과적합', 'ㅁㅇ므')
    """
    return _LAUGHTER.sub("", cleaned)


def gives_up(cleaned: str) -> bool:
    """Whether the learner says that they do not know.

    Example:
        >>> gives_up("잘 모르겠어요"), gives_up("pass"), gives_up("forward pass")
        (True, True, False)
    """
    return bool(_DONT_KNOW.search(cleaned) or _DONT_KNOW_ALONE.fullmatch(cleaned))


def hedges(cleaned: str) -> bool:
    """Whether the learner leaves a way out.

    Example:
        >>> hedges("아마 Adam"), hedges("relu인 것 같아요"), hedges("maximum likelihood")
        (True, True, False)
    """
    return _HEDGED.search(cleaned) is not None


def negations(cleaned: str) -> frozenset[str]:
    """The words of a text that say no.

    Example:
        >>> sorted(negations("not overfitting")), sorted(negations("노드"))
        (['not'], [])
    """
    return frozenset(_NEGATION.findall(cleaned))


def contrast(cleaned: str) -> tuple[str, str] | None:
    """For "not this but that": (what is denied, what is affirmed).

    Example:
        >>> contrast("과소적합이 아니라 과대적합"), contrast("softmax, not sigmoid"), contrast("not relu")
        (('과소적합', '과대적합'), ('sigmoid', 'softmax'), None)
    """
    match = _CONTRAST.fullmatch(cleaned)
    if match is None:
        return None
    part = match.groupdict()
    no = part["no"] or part["no2"] or part["no3"]
    yes = part["yes"] or part["yes2"] or part["yes3"]
    return (no, yes) if no and yes else None
