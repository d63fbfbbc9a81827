"""The headless session: what is asked now, what an answer does. Screen, line mode and tests drive it.

Every action is one event in the journal, on the disk before the method returns; only then does the session
move on. When the disk refuses, the method raises and the session stays where it is, so that the same call can
be made again.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

from quizdl.errors import QuizdlError
from quizdl.grading.quality import KNOWN
from quizdl.journal.replay import apply
from quizdl.scheduling.days import study_day
from quizdl.scheduling.registry import scheduler
from quizdl.study.agenda import Agenda
from quizdl.study.attempt import Attempt
from quizdl.study.clock import today
from quizdl.study.hints import hints
from quizdl.study.look import Look, look, put
from quizdl.study.plan import cram_queue, today_queue
from quizdl.study.tally import Step, summarize
from quizdl.study.values import Progress, Question, Rated, Undone

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.grading.words.glossary import Glossary
    from quizdl.journal.events import Event
    from quizdl.journal.store import Journal
    from quizdl.packs.items import Text
    from quizdl.packs.library import Library
    from quizdl.scheduling.state import CardState
    from quizdl.settings import Settings
    from quizdl.study.clock import Clock
    from quizdl.study.values import Filters, Language, Phase, Response, Summary


class Session:
    """One sitting.

    Use `Session.start`. `question` is the card to show, or None when the session is over; call `answer`, then
    `rate` with a quality. `language` is the language that is shown; a shell that switches it sets it here, so
    that the journal keeps it. `failures` are the errors of items that could not be asked.
    """

    def __init__(
        self,
        library: Library,
        journal: Journal,
        settings: Settings,
        filters: Filters,
        queue: list[str],
        *,
        clock: Clock,
        rng: random.Random,
    ) -> None:
        self.language: Language = settings.prompt_language
        self.day = today(clock, settings.day_start)
        self._library = library
        self._journal = journal
        self._settings = settings
        self._filters = filters
        self._clock = clock
        self._rng = rng
        self._agenda = Agenda(tuple(queue))
        self._steps: list[Step] = []
        self._question: Question | None = None
        self._attempt = Attempt()
        self._shown = 0
        self._before: Look | None = None  # how the question that an undo brings back looked
        self.failures: list[QuizdlError] = []
        self._glossary: Glossary | None = None
        self._times: dict[str, list[int]] | None = None
        self._typical_ms = journal.typical_ms()

    @classmethod
    def start(
        cls,
        library: Library,
        journal: Journal,
        settings: Settings,
        filters: Filters,
        *,
        clock: Clock,
        rng: random.Random,
    ) -> Session:
        """Begin, or go on with, today's session.

        Args:
            library: everything installed.
            journal: the learner's journal.
            settings: limits, language, start of the day.
            filters: which cards; `study.plan.checked` refuses those that name nothing.
            clock: the time.
            rng: shuffles options and the cards of a cram.

        Raises:
            StorageError: the journal cannot be read.
        """
        day = today(clock, settings.day_start)
        if filters.cram:
            queue = cram_queue(library, journal, filters, day, rng)
        else:
            queue = today_queue(library, journal, settings, filters, day)
        return cls(library, journal, settings, filters, queue, clock=clock, rng=rng)

    # -- what is shown ---------------------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """The card to show; None when the session is over. The time for it runs from the first look.

        Raises:
            StorageError: the journal cannot be read; look again.
        """
        if self._question is None:
            self._question = self._next()
        return self._question

    @property
    def answered(self) -> bool:
        """Whether the answer is shown and a quality is waited for."""
        return self._question is not None and self._attempt.answered is not None

    @property
    def verdict(self) -> Verdict | None:
        """What grading said about the current answer; None before it and for cards the learner grades."""
        return self._attempt.verdict

    @property
    def hints_shown(self) -> tuple[Text, ...]:
        """The hints of this card that were shown, in order."""
        return self._attempt.hints[: self._attempt.hints_shown]

    @property
    def hints_left(self) -> int:
        """How many more hints this card has."""
        return len(self._attempt.hints) - self._attempt.hints_shown if self.question else 0

    @property
    def suggested(self) -> int:
        """The quality that Enter gives."""
        return self._attempt.suggested

    @property
    def previews(self) -> tuple[int, ...]:
        """Days until the card is due, for each quality 0..5; all alike where the schedule stays as it is."""
        question = self._asked()
        day = self._today()
        if question.phase in ("new", "review"):
            return scheduler().preview(question.state, day)
        return (max(0, question.state.due - day),) * 6

    @property
    def progress(self) -> Progress:
        """How far the session is."""
        over = self.question is None  # cards that another session dealt with leave the agenda here
        left = 0 if over else self._agenda.left
        return Progress(done=self._agenda.done, left=left, seconds_left=left * self._typical_ms / 1000)

    @property
    def summary(self) -> Summary:
        """What the session was so far."""
        return summarize(self._steps, self._journal, day=self.day, pending=self.progress.left)

    # -- what the learner does -------------------------------------------------------------------------------

    def hint(self) -> Text | None:
        """Show one more hint; None when there is none. With a hint, a right answer is suggested as 3."""
        self._asked()
        return self._attempt.hint()

    def answer(self, response: Response = None, judged: Verdict | None = None) -> Verdict | None:
        """Answer the question, or ask to see the answer.

        Args:
            response: what `question.entry` says (see `values.Response`), indexes being those of the author
                (`question.order[row]` for a row on the screen); None to see the answer.
            judged: what `attempt.judge` said about this response already, in a thread of the caller: the
                journal belongs to one thread, and some answers take seconds to judge.

        Returns:
            The verdict; None for a card that the learner grades, as a term or cloze to which nothing was
            typed. After an `unreadable` one the question still stands and may be answered again. To see the
            answer of another graded card without giving one is wrong, with the feedback `gave-up`.

        Raises:
            ValueError: there is no question, or it was answered already.
        """
        question = self._asked()
        if self._attempt.answered is not None:
            raise ValueError("the question was answered already: rate it")
        if self._times is None:
            self._times = self._journal.answer_times()
        self._attempt.earlier_ms = self._times.get(question.item.kind, ())
        return self._attempt.answer(question, response, self._clock.monotonic(), self._names, judged)

    def retry(self) -> bool:
        """Take back an answer that was not right, before it is rated, to give another one.

        A right answer is then suggested as 3, and looking without one as wrong.

        Returns:
            Whether the question stands again; False when it was not answered, or answered right.
        """
        return self._attempt.retry()

    def rate(self, quality: int) -> Rated:
        """Give the quality; the review is on the disk when this returns, and the session has moved on.

        Args:
            quality: 0..5; below 4 the card comes again in this session.

        Raises:
            ValueError: not a quality, or the question was not answered yet.
            StorageError: nothing was written; the session stays on this question.
        """
        question = self._asked()
        attempt = self._attempt
        if attempt.answered is None:
            raise ValueError("the question must be answered before it is rated")
        # Another session may have had the card in the meantime, or the day may have turned.
        before = self._journal.state(question.card.key)
        took_ms = attempt.took_ms(self._clock.monotonic())
        data = {
            **attempt.record(question),
            "quality": quality,
            "phase": self._event_phase(before, self._today()),
            "took_ms": took_ms,
            "lang": self.language,
            "scheduler": scheduler().name,
        }
        event = self._append("review", question, data)
        after = apply(before, event)
        again = quality < KNOWN
        rated = Rated(
            question=question,
            quality=quality,
            event=event.id,
            after=after,
            again=again,
            leech=after.leech and not before.leech,
        )
        self._advance(
            Step(event.id, "review", question, self._agenda, rated, took_ms),
            self._agenda.again() if again else self._agenda.finished(),
        )
        return rated

    def bury(self) -> None:
        """Put the card off until tomorrow.

        Raises:
            StorageError: nothing was written; the session stays on this question.
        """
        self._put_away("bury")

    def suspend(self) -> None:
        """Take the card out of every queue.

        Raises:
            StorageError: nothing was written; the session stays on this question.
        """
        self._put_away("suspend")

    def undo(self) -> Undone | None:
        """Take back the last action; its card is on the screen again, as it was before.

        The actions of this session come first; then those that this device wrote earlier today, as after a
        crash. Undo is an event too: nothing is deleted.

        Returns:
            What was taken back; None when there is nothing.

        Raises:
            StorageError: nothing was written; the session stays where it is.
        """
        event = self._journal.undo(**self._moment())
        if event is None:
            return None
        target, key = event.data["target"], event.card
        action = "review"
        step = self._taken_back(target)
        if step is not None:
            action, self._agenda, self._before = step.action, step.agenda, look(step.question)
        else:
            old = next((old for old in self._journal.events(key) if old.id == target), None)
            if old is not None:
                action, self._before = old.kind, Look.of(old)
            if key in self._library.by_key:
                self._agenda = self._agenda.first(key, apart=not self._filters.cram)
        self._question = None
        return Undone(action=action, card=key)

    # -- inside ----------------------------------------------------------------------------------------------

    def _asked(self) -> Question:
        question = self.question
        if question is None:
            raise ValueError("the session is over: there is no question")
        return question

    def _next(self) -> Question | None:
        """The first card of the agenda that is still to be asked; the others leave it."""
        day = self._today()
        while (key := self._agenda.current) is not None:
            card = self._library.by_key.get(key)
            if card is not None:
                state = self._journal.state(key)
                phase = self._phase(state, day)
                if phase is not None:
                    break
            self._agenda = self._agenda.skipped()
        else:
            self._before = None
            return None
        before, self._before = self._before, None
        if before is not None and before.card != key:
            before = None
        try:
            asked = put(self._library, card, self._rng, before)
        except QuizdlError as error:  # one item that cannot be made must not keep the others from being asked
            self.failures.append(error)
            self._agenda = self._agenda.skipped()
            return self._next()
        self._shown += 1
        self._attempt = Attempt(self._clock.monotonic(), hints(asked.item, asked.face))
        return Question(
            card=card,
            item=asked.item,
            concept=self._library.concept(card.pack, card.concept),
            face=asked.face,
            phase=phase,
            order=asked.order,
            state=state,
            number=self._shown,
            seed=asked.seed,
            typing=self._settings.typed_answers,
        )

    def _names(self) -> Glossary:
        """The names of all concepts, gathered when the first answer in words comes."""
        if self._glossary is None:
            from quizdl.grading.registry import glossary_of

            self._glossary = glossary_of(self._library.concepts)
        return self._glossary

    def _phase(self, state: CardState, day: int) -> Phase | None:
        """Why the card is to be asked; None when it is not (any more)."""
        if self._filters.cram:
            return None if state.suspended else "cram"
        if state.hidden(day):
            return None
        if state.pending(day):
            return "repeat"
        if state.new:
            return "new"
        return "review" if state.due <= day else None

    def _event_phase(self, state: CardState, day: int) -> str:
        if self._filters.cram:
            return "cram"
        scheduled = state.new or (state.due <= day and not state.pending(day))
        return "scheduled" if scheduled else "repeat"

    def _put_away(self, kind: str) -> None:
        question = self._asked()
        event = self._append(kind, question, {})
        self._advance(Step(event.id, kind, question, self._agenda), self._agenda.removed())

    def _append(self, kind: str, question: Question, data: dict[str, Any]) -> Event:
        return self._journal.append(kind, question.card.key, data, **self._moment())

    def _advance(self, step: Step, agenda: Agenda) -> None:
        self._steps.append(step)
        self._agenda = agenda
        self._question = None

    def _taken_back(self, target: str) -> Step | None:
        """The step of that event. Later ones go too: another session has taken them back already."""
        while self._steps:
            step = self._steps.pop()
            if step.event == target:
                return step
        return None

    def _today(self) -> int:
        return today(self._clock, self._settings.day_start)

    def _moment(self) -> dict[str, int]:
        at_ms, offset = self._clock.now_ms(), self._clock.offset_minutes()
        return {
            "at_ms": at_ms,
            "offset_minutes": offset,
            "day": study_day(at_ms, offset, self._settings.day_start),
        }
