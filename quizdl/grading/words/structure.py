"""Answers of several parts: second names in brackets, equations, explanations, alternatives."""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|<([^<>]*)>|「([^「」]*)」|\{([^{}]*)\}")
_EXPLAINS = re.compile(
    r"[,.;]?\s*(?:(?<![가-힣])(?:즉|다시 ?말해|왜냐하면)(?![가-힣])"
    r"|\bi\.?e\.?(?![a-z])|\bbecause\b|\bsince\b)[,:]?\s*"
)
_TOLD_AFTER = re.compile(r"([^,.:\n]+?)\s*(?:[,.:\n]|\s[-–]\s)\s*(\S.*)", re.DOTALL)
_PROSE = re.compile(
    r"(?:\S+\s+)*\S+(?:을|를|에|만|이|가|은|는|로|도)\s(?:\S+\s+)*\S*"
    r"(?:[니한된는인른진린긴]다|[움음함됨짐춤림킴침]|것|거|때|[하되]기|[은는] 현상|[은는] 상태)[.!]*"
)
"""A word with a particle, and at last a verb or what makes a noun of one."""
_CHOICE = re.compile(r"(?<![가-힣])(?:또는|혹은|아니면)(?![가-힣])|\bor\b|(?:이거나|거나)\s")
_EQUALS = re.compile(r"\s*(?:=+|≡|⇔|↔)\s*")
_OR = re.compile(
    r"\s*(?:[;|&\n、·•?]|,(?!\d)|(?<!\d)/|/(?!\d)|\+(?=\s*[^\W\d])"
    r"|(?<![가-힣])(?:또는|혹은|아니면|내지|그리고|및|이거나|거나)(?![가-힣])"
    r"|\b(?:or|and|vs\.?|versus|and/or)\b)\s*"
)
_ATTACHED = re.compile(r"(?<=[가-힣a-z0-9)])(?:이나|나|와|과|이랑|랑|하고|이거나|거나|아니면)\s+")
_PATH = re.compile(
    r"(?:[a-z_]\w*\.)*(?:tf|keras|tensorflow|torch|nn|layers|optimizers|optim|losses|activations|metrics"
    r"|callbacks|regularizers|initializers|functional|np|numpy|sklearn|scipy|jax|model_selection"
    r"|preprocessing)\.(?:\w+\.)*(?=\w)"
)


class Bracketed(NamedTuple):
    """What stands before, inside and after the first brackets of a text."""

    before: str
    inside: str
    after: str


def without_path(cleaned: str) -> str:
    """A text without the module path of a library before a name.

    Example:
        >>> without_path("tf.keras.optimizers.adam"), without_path("m.s.e.")
        ('adam', 'm.s.e.')
    """
    return _PATH.sub("", cleaned)


def bracketed(cleaned: str) -> Bracketed | None:
    """The first brackets that hold anything, with what is around them.

    Example:
        >>> bracketed("원핫(one-hot) 인코딩")
        Bracketed(before='원핫', inside='one-hot', after='인코딩')
        >>> bracketed("softmax()") is None
        True
    """
    for match in _BRACKETS.finditer(cleaned):
        inside = next((group for group in match.groups() if group and group.strip()), None)
        if inside is not None:
            return Bracketed(cleaned[: match.start()].strip(), inside.strip(), cleaned[match.end() :].strip())
    return None


def brackets(cleaned: str) -> int:
    """How many brackets a text opens.

    Example:
        >>> brackets("adam (아담) [옵티마이저]")
        2
    """
    return sum(map(cleaned.count, "([{<「"))


def explained(cleaned: str) -> tuple[str, str] | None:
    """A name and the explanation that follows it after "that is".

    Example:
        >>> explained("과적합, 즉 훈련 데이터를 외우는 것"), explained("즉시")
        (('과적합', '훈련 데이터를 외우는 것'), None)
    """
    match = _EXPLAINS.search(cleaned)
    if match is None or not match.start() or match.end() >= len(cleaned):
        return None
    return cleaned[: match.start()], cleaned[match.end() :]


def told_after(cleaned: str) -> tuple[str, str] | None:
    """A name and the Korean sentence that explains it after a comma, stop or colon.

    Example:
        >>> told_after("과적합, 훈련 데이터에만 너무 잘 맞는 것")
        ('과적합', '훈련 데이터에만 너무 잘 맞는 것')
        >>> told_after("과적합, 과소적합") is None
        True
    """
    match = _TOLD_AFTER.fullmatch(cleaned)
    if match is None or not is_prose(match[2]):
        return None
    return match[1], match[2]


def offers_a_choice(cleaned: str) -> bool:
    """Whether parts of a text are joined by "or".

    Example:
        >>> offers_a_choice("adam or sgd"), offers_a_choice("adam, optimizer")
        (True, False)
    """
    return _CHOICE.search(cleaned) is not None


def is_prose(cleaned: str) -> bool:
    """Whether a text is a Korean sentence or description and not a name.

    Example:
        >>> is_prose("훈련 데이터만 외움"), is_prose("평균 제곱 오차"), is_prose("손실 수함")
        (True, False, False)
    """
    return _PROSE.fullmatch(cleaned) is not None and not offers_a_choice(cleaned)


def equated(cleaned: str) -> list[str]:
    """The sides of an equation between names.

    Example:
        >>> equated("과적합 = overfitting"), equated("adam")
        (['과적합', 'overfitting'], ['adam'])
    """
    return [part for part in _EQUALS.split(cleaned) if part]


def alternatives(cleaned: str) -> list[str]:
    """The parts between separators and words such as "or".

    Example:
        >>> alternatives("adam or sgd"), alternatives("시그모이드 / 로지스틱"), alternatives("정확도")
        (['adam', 'sgd'], ['시그모이드', '로지스틱'], ['정확도'])
    """
    return [part for part in (part.strip() for part in _OR.split(cleaned)) if part]


def attached(cleaned: str) -> list[tuple[str, str]]:
    """The ways to cut a text after a word with "와", "나" …; what it really is only the names can tell.

    Example:
        >>> attached("렐루와 시그모이드")
        [('렐루', '시그모이드')]
    """
    return [(cleaned[: found.start()], cleaned[found.end() :]) for found in _ATTACHED.finditer(cleaned)]
