"""What happens with the one question on the screen: hints, the answer, its verdict, and the time it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizdl.grading.quality import suggest
from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.packs.items import Text
    from quizdl.study.values import Question, Response

LONGEST_MS = 5 * 60_000
"""Time on one card counts up to here: who goes for a coffee is not studying."""


@dataclass(slots=True)
class Attempt:
    """One attempt at a question.

    Args:
        shown: when the question appeared, in monotonic seconds.
        hints: all hints that the card has.
        hints_shown: how many of them were shown.
        answered: when the answer came; None before it.
        response: what was answered.
        verdict: what grading said; None for a card that the learner grades.
    """

    shown: float = 0.0
    hints: tuple[Text, ...] = ()
    hints_shown: int = 0
    answered: float | None = None
    response: Response = None
    verdict: Verdict | None = None

    @property
    def suggested(self) -> int:
        """The quality that is offered."""
        return suggest(self.verdict, hints=self.hints_shown)

    def hint(self) -> Text | None:
        """The next hint; None when there is none or the answer is known already."""
        if self.answered is not None or self.hints_shown >= len(self.hints):
            return None
        self.hints_shown += 1
        return self.hints[self.hints_shown - 1]

    def answer(self, question: Question, response: Response, at: float) -> Verdict | None:
        """Take the answer, unless it is unreadable: then the question still stands."""
        verdict = judge(question, response)
        if verdict is None or verdict.outcome is not Outcome.UNREADABLE:
            self.answered, self.response, self.verdict = at, response, verdict
        return verdict

    def took_ms(self, until: float) -> int:
        """Milliseconds since the question appeared, five minutes at most."""
        return min(LONGEST_MS, max(0, round(1000 * (until - self.shown))))

    def record(self, question: Question) -> dict[str, Any]:
        """What the journal keeps about the answer, as JSON values."""
        response, verdict = self.response, self.verdict
        assert self.answered is not None
        return {
            "suggested": self.suggested,
            "answer_ms": self.took_ms(self.answered),
            "response": response if response is None or isinstance(response, str) else list(response),
            "order": list(question.order),
            "outcome": verdict.outcome.value if verdict else None,
            "score": verdict.score if verdict else None,
            "hints": self.hints_shown,
            "seed": None,
        }


def judge(question: Question, response: Response) -> Verdict | None:
    """The verdict on a response; None when the learner judges. No response to a graded card is wrong."""
    if not question.graded:
        return None
    if response is None:
        return Verdict(Outcome.WRONG, 0.0, (Feedback("gave-up"),))
    if isinstance(response, str):
        raise ValueError(f"a choice takes the indexes of options, received {response!r}")
    from quizdl.grading.choice import grade  # a module per kind, loaded when a card of it is answered
    from quizdl.packs.items import Choice

    assert isinstance(question.item, Choice)
    return grade(question.item, response)
