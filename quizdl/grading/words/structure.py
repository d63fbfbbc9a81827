"""Answers of several parts: second names in brackets, equations, explanations, alternatives."""

from __future__ import annotations

import re
from typing import NamedTuple

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|（([^（）]*)）|<([^<>]*)>|「([^「」]*)」|\{([^{}]*)\}")
_EXPLAINS = re.compile(
    r"[,.;]?\s*(?:(?<![가-힣])(?:즉|다시 ?말해|왜냐하면)(?![가-힣])"
    r"|\bi\.?e\.?(?![a-z])|\bbecause\b|\bsince\b)[,:]?\s*"
)
_EQUALS = re.compile(r"\s*(?:=+|≡|⇔|↔)\s*")
_OR = re.compile(
    r"\s*(?:[;|&\n、·•?]|,(?!\d)|/(?!\d)|\+(?=\s*[^\W\d])"
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
