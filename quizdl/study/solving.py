"""A code exercise worked on in a file: what the file says first, and what each save of it does."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizdl.errors import UsageError
from quizdl.grading.verdict import Outcome
from quizdl.locale import _
from quizdl.study import wording
from quizdl.study.session import Session
from quizdl.study.values import Filters

if TYPE_CHECKING:
    from quizdl.grading.code.grade import Graded
    from quizdl.journal.store import Journal
    from quizdl.packs.items import Code, Text
    from quizdl.packs.library import Library
    from quizdl.settings import Settings
    from quizdl.study.clock import Clock
    from quizdl.study.values import Language, Question, Rated

_WIDTH = 88
_HINT = re.compile(r"^[ \t]*#[ \t]*(?:hint|힌트)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_SOLUTION = re.compile(r"^[ \t]*#[ \t]*(?:solution|정답|풀이)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_GAVE_UP = 1


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save of the file led to.

    Args:
        graded: the verdict, and what the code printed; None where the learner asked for the solution.
        hints: those that are asked for and were not shown before.
        more_hints: how many there still are.
        rated: the review, once it is over.
    """

    graded: Graded | None
    hints: tuple[Text, ...] = ()
    more_hints: int = 0
    rated: Rated | None = None

    @property
    def passed(self) -> bool:
        """Whether the code is right."""
        return self.graded is not None and self.graded.verdict.outcome is Outcome.CORRECT


class Solving:
    """One exercise until it is solved.

    Args:
        session: one whose question is the exercise; it writes the review.
    """

    def __init__(self, session: Session) -> None:
        question = session.question
        assert question is not None
        self._session = session
        self.question: Question = question

    @classmethod
    def start(
        cls,
        library: Library,
        journal: Journal,
        settings: Settings,
        item: str | None,
        *,
        clock: Clock,
        rng: random.Random,
    ) -> Solving | None:
        """Begin with an exercise, or with the next one that is due.

        Args:
            library: everything installed.
            journal: the learner's journal.
            settings: limits and language.
            item: the id of a code item, or `pack/item`; None for the next one due.
            clock: the time.
            rng: see `Session`.

        Returns:
            None where nothing is due.

        Raises:
            UsageError: there is no such exercise, or it is suspended.
        """
        if item is None:
            wanted = Filters(kind="code", limit=1)
            session = Session.start(library, journal, settings, wanted, clock=clock, rng=rng)
            return cls(session) if session.question is not None else None
        key = _key(library, item)
        # What is not due is practice: it counts as little as a cram does.
        for filters in (Filters(), Filters(cram=True)):
            session = Session(library, journal, settings, filters, [key], clock=clock, rng=rng)
            if session.question is not None:
                return cls(session)
        for error in session.failures:
            raise error
        raise UsageError(f"{item} is suspended")

    @property
    def item(self) -> Code:
        """The exercise."""
        from quizdl.packs.items import Code

        item = self.question.item
        assert isinstance(item, Code)
        return item

    @property
    def hints_shown(self) -> int:
        """How many hints were shown."""
        return len(self._session.hints_shown)

    def page(self, language: Language) -> str:
        """The file as it is first: the task as docstring, then the starter."""
        from quizdl.grading.code.exercise import starter
        from quizdl.typeset import markdown

        told = []
        for text in wording.spoken(self.item.prompt, language):
            lines = markdown.render(text, _WIDTH, flat=True)
            told.append("\n".join("".join(span[0] for span in line).rstrip() for line in lines))
        told.append(_("A line `# hint` asks for a hint, another one for the next; `# solution` gives up."))
        body = "\n\n".join(told).replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
        return f'"""{body}\n"""\n\n{starter(self.item)}'

    def save(self, source: str) -> Saved:
        """What a save does: hints that are asked for, a verdict, and a review when it is over.

        Raises:
            PackError: the exercise itself is broken.
            StorageError: the review could not be written; save again.
        """
        from quizdl.grading.code import answer

        session = self._session
        new = []
        while self.hints_shown < len(_HINT.findall(source)) and (hint := session.hint()) is not None:
            new.append(hint)
        if _SOLUTION.search(source):
            session.answer(None)
            return Saved(None, tuple(new), 0, session.rate(_GAVE_UP))
        graded, rated = answer.check(self.item, source), None
        if graded.verdict.outcome is Outcome.CORRECT:
            verdict = session.answer(source)  # the session judges for itself what it writes down
            if verdict is not None and verdict.outcome is Outcome.CORRECT:
                rated = session.rate(session.suggested)
        return Saved(graded, tuple(new), session.hints_left if rated is None else 0, rated)


def _key(library: Library, item: str) -> str:
    """The key of the card of a code item."""
    pack, _slash, name = item.rpartition("/")
    cards = [card for card in library.cards if card.kind == "code"]
    found = [card for card in cards if card.item == name and card.pack == (pack or card.pack)]
    if found:
        return found[0].key
    from quizdl.nearest import nearest

    near = nearest(name, [card.item for card in cards])
    hint = f"did you mean {near!r}?" if near else ""
    raise UsageError(f"there is no code exercise {item!r}", hint=hint)
