"""The words around a number: `약 0.5`, `정답은 0.5입니다`, `x = 3`, `32개`, `50 percent`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_LEAD = re.compile(
    r"""\s*(?:
      (?:정답|답|결과값|결괏값|결과|값)(?:\s*(?:은|는|이|:|=))?(?=[\s\d.+\-\[(√σπ½≈=a-z]|약)
      | (?:the\s+)?(?:answer|result|value)(?:\s+is\b|\s*[:=])?(?=[\s\d.+\-\[(√σ½≈=])
      | (?:약|대략|대충|거의)(?=[\s\d.+\-\[(√σπ½a-z])
      | (?:about|approximately|approx\.?|around|roughly|nearly|ca\.?|it\s+is|it's)\s(?=\s*[\d.+\-\[(√½a-z])
      | [≈=:]
      )\s*""",
    re.VERBOSE | re.IGNORECASE,
)
_ENDING = re.compile(
    r"(?:(?<=[\d\])%.개번회층명장점원개로트])\s*(?:입니다|이에요|예요|이다|임|이요|요)|\s+(?:정도|쯤|가량|approx\.?|approximately))\s*[.!。]?$"
    r"|(?<=[\d\])%.])(?:정도|쯤|가량)$",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"(?<=[\d\])½¼¾])\s*(?:%\s*p(?:oints?)?|%\s*포인트|퍼센트\s*포인트|퍼센트|프로|percentage\s+points?|percent|per\s+cent|pct\.?)(?![a-z가-힣])",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"(?<=[\d\])½¼¾\s])(?:개|번|회|층|명|장|점|차원|단위|스텝|에포크|에폭|배치|가지|배|샘플|표본|파라미터|매개변수|가중치|업데이트|도|초|나트|비트"
    r"|parameters?|params?|weights?|epochs?|steps?|samples?|updates?|iterations?|batch(?:es)?|units?|layers?|times"
    r"|models?|images?|neurons?|dimensions?|degrees?|deg|nats?|bits?|seconds?|sec|°)\s*$",
    re.IGNORECASE,
)
_STOP = re.compile(r"(?<=[\d\])%\w])\s*[.。]\s*$")  # 3! would be a factorial


class Framed(NamedTuple):
    """A text without the words around its number.

    Attributes:
        text: of the same characters, with spaces for the words left out (percent words become `%`).
        notes: codes of what was left out, `approximate` or `unit`.
    """

    text: str
    notes: tuple[str, ...]


def bare(text: str) -> Framed:
    """Take away what people write around a number, as far as a closed list knows it.

    What is left out is filled with spaces, so that positions stay.

    Example:
        >>> bare("정답은 약 32개입니다.").text.strip(), bare("50 percent").text.strip()
        ('32', '50%')
        >>> bare("0.5 아님").text
        '0.5 아님'
    """
    notes: list[str] = []
    start = 0
    while (found := _LEAD.match(text, start)) and found.end() > start:
        if re.search(r"약|대략|대충|거의|about|approx|around|rough|nearly|ca|≈", found[0], re.IGNORECASE):
            notes.append("approximate")
        start = found.end()
    body = text[start:].rstrip()
    for _ in range(4):
        shorter = body
        if found := _STOP.search(shorter):
            shorter = shorter[: found.start()]
        if found := _ENDING.search(shorter):
            shorter = shorter[: found.start()].rstrip()
        if found := _UNIT.search(shorter):
            shorter = shorter[: found.start()].rstrip()
            notes.append("unit")
        if shorter == body:
            break
        body = shorter
    body = _PERCENT.sub(lambda word: "%".ljust(len(word[0])), body)
    return Framed(" " * start + body, tuple(dict.fromkeys(notes)))


_LABEL: Final = re.compile(r"[\w∂∇′'/()\[\]^,.| *∥-]{1,40}")
_NEGATION: Final = re.compile(r"아니|아님|안\b|not\b|n't", re.IGNORECASE)


def is_label(text: str) -> bool:
    """Whether what stands before an equals sign may be the name of what is equal: `x`, `dL/dw`, `σ(z)`.

    Example:
        >>> is_label("dL/dw"), is_label("w_1"), is_label("2"), is_label("it is not")
        (True, True, False, False)
    """
    text = text.strip()
    lettered = any(character.isalpha() for character in text)
    return lettered and bool(_LABEL.fullmatch(text)) and not _NEGATION.search(text)
