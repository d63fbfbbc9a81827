"""What grading says about a response. A verdict holds codes and parameters, never ready sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizdl.packs.items import Text


class Outcome(StrEnum):
    """How a response was judged; `unreadable` costs nothing, the learner may answer again.

    Example:
        >>> Outcome("partial") is Outcome.PARTIAL
        True
    """

    CORRECT = "correct"
    PARTIAL = "partial"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One remark on a response: a stable code, its parameters, and the author's own words if there are any.

    Args:
        code: a stable name such as `choice.missed`; `study.feedback` has the sentence for it.
        params: what the sentence needs, as JSON-able values.
        text: what the author of the item wrote for this case, in both languages.

    Example:
        >>> Feedback("choice.missed", {"option": 2}).params["option"]
        2
    """

    code: str
    params: Mapping[str, int | float | str] = field(default_factory=dict)
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """The judgement on one response.

    Args:
        outcome: see `Outcome`.
        score: share that was right, 0..1; 1 exactly when correct, and 0 when wrong or unreadable.
        feedback: remarks, the most telling first.

    Raises:
        ValueError: outcome and score contradict each other.

    Example:
        >>> Verdict(Outcome.PARTIAL, 0.5).score
        0.5
        >>> Verdict(Outcome.CORRECT, 0.5)
        Traceback (most recent call last):
        ...
        ValueError: a correct verdict cannot have the score 0.5
    """

    outcome: Outcome
    score: float
    feedback: tuple[Feedback, ...] = ()

    def __post_init__(self) -> None:
        fits = {
            Outcome.CORRECT: self.score == 1,
            Outcome.PARTIAL: 0 < self.score < 1,
            Outcome.WRONG: self.score == 0,
            Outcome.UNREADABLE: self.score == 0,
        }[self.outcome]
        if not fits:
            raise ValueError(f"a {self.outcome} verdict cannot have the score {self.score:g}")
