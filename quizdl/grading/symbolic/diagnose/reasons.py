"""The words for what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Word = Literal[
    "shape", "transpose", "missing-sum", "sign", "missing-mean", "factor", "inverted", "inner-derivative",
    "offset", "term", "index", "diagonal-only", "swapped", "known-mistake", "wrong-function",
    "part-of-domain",
]  # fmt: skip
WORDS: tuple[str, ...] = get_args(Word)
"""Every reason that a wrong answer may have."""

PRIORITY: dict[str, int] = {
    word: place
    for place, word in enumerate(
        (
            "sign", "term", "missing-mean", "factor", "inner-derivative", "inverted", "missing-sum", "offset",
            "diagonal-only", "index", "transpose", "swapped", "sign-throughout", "wrong-function",
        )
    )
}  # fmt: skip
"""Which of two explanations is looked for first."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is wrong.

    Args:
        word: what kind of slip it is.
        detail: which of the sentences for it fits, such as `extra` or `missing`.
        params: what the sentence needs.

    Example:
        >>> Reason("sign").code
        'expr.sign'
        >>> Reason("factor", "ratio", {"ratio": "2"}).code
        'expr.factor.ratio'
    """

    word: Word
    detail: str = ""
    params: Mapping[str, int | float | str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The stable code of the feedback."""
        return f"expr.{self.word}.{self.detail}" if self.detail else f"expr.{self.word}"
