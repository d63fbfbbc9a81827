"""What happens with the one question on the screen: hints, the answer, its verdict, and the time it took."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizdl.grading.quality import is_fast, suggest
from quizdl.grading.verdict import Feedback, Outcome, Verdict

if TYPE_CHECKING:
    from quizdl.grading.words.glossary import Glossary
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
        tries: how many answers were given, unreadable ones not counted.
        earlier_ms: how long the learner's earlier correct answers to items of this kind took.
    """

    shown: float = 0.0
    hints: tuple[Text, ...] = ()
    hints_shown: int = 0
    answered: float | None = None
    response: Response = None
    verdict: Verdict | None = None
    tries: int = 0
    earlier_ms: Sequence[int] = ()

    @property
    def suggested(self) -> int:
        """The quality that is offered."""
        fast = self.answered is not None and is_fast(self.took_ms(self.answered), self.earlier_ms)
        return suggest(self.verdict, hints=self.hints_shown, tries=self.tries, fast=fast)

    def hint(self) -> Text | None:
        """The next hint; None when there is none or the answer is known already."""
        if self.answered is not None or self.hints_shown >= len(self.hints):
            return None
        self.hints_shown += 1
        return self.hints[self.hints_shown - 1]

    def answer(
        self,
        question: Question,
        response: Response,
        at: float,
        glossary: Callable[[], Glossary],
        judged: Verdict | None = None,
    ) -> Verdict | None:
        """Take the answer, unless it is unreadable: then the question still stands."""
        verdict = judged
        if verdict is None:
            response, verdict = judge(question, response, glossary)
        if verdict is None and self.tries:  # looking after a wrong answer is not judging oneself
            verdict = Verdict(Outcome.WRONG, 0.0, (Feedback("gave-up"),))
        if verdict is None or verdict.outcome is not Outcome.UNREADABLE:
            self.answered, self.response, self.verdict = at, response, verdict
            self.tries += 1
        return verdict

    def retry(self) -> bool:
        """Forget an answer that was not right, to give another one; False when there is nothing to retry."""
        if self.verdict is None or self.verdict.outcome is Outcome.CORRECT or self.response is None:
            return False
        self.answered, self.response, self.verdict = None, None, None
        return True

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
            "response": _json(response),
            "order": list(question.order),
            "outcome": verdict.outcome.value if verdict else None,
            "score": verdict.score if verdict else None,
            "hints": self.hints_shown,
            "tries": self.tries,
            "item": question.item.kind,
            "seed": question.seed,
        }


def judge(
    question: Question, response: Response, glossary: Callable[[], Glossary]
) -> tuple[Response, Verdict | None]:
    """The response as it is kept (indexes for what was chosen by letters), and the verdict on it.

    There is no verdict where the learner judges: where nothing is to be given, or nothing was given to a term
    or a cloze. To look at the answer of another kind without giving one is wrong.
    """
    entry = question.entry
    if question.code and isinstance(response, str) and response.strip():
        from quizdl.grading.registry import grade  # runs the code in a sandbox

        return response, grade(question.item, question.face, response)
    if entry == "none":
        return response, None
    if response is None or (entry == "text" and isinstance(response, str) and not response.strip()):
        return None, Verdict(Outcome.WRONG, 0.0, (Feedback("gave-up"),)) if question.graded else None
    if entry == "text" and not isinstance(response, str):
        raise ValueError(f"{question.face.ask} takes text, received {response!r}")
    from quizdl.grading.registry import grade, understand  # loaded when a card is answered

    understood = understand(question.face, response, question.order)
    if isinstance(understood, Verdict):
        return response, understood
    return understood, grade(question.item, question.face, understood, glossary=glossary)


def _json(response: Response) -> str | list[int | list[int]] | None:
    if response is None or isinstance(response, str):
        return response
    return [part if isinstance(part, int) else list(part) for part in response]
