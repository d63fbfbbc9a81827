"""The study screen: a card is asked, turned over, and given a quality; everything else is one key away.

The session decides; this screen shows what it says and passes on what the learner does. A quality is on the
disk before the next card is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Literal

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content

from quizdl.errors import QuizdlError
from quizdl.locale import _
from quizdl.study import wording
from quizdl.tui.modes import every
from quizdl.tui.screens import study_keys
from quizdl.tui.screens.answering import AnswerScreen
from quizdl.tui.widgets import entries
from quizdl.tui.widgets.card import Card, spoken
from quizdl.tui.widgets.entry import EntryChanged, EntrySubmitted
from quizdl.tui.widgets.grades import Grades
from quizdl.tui.widgets.keys import Keys
from quizdl.tui.widgets.notice import Notice
from quizdl.tui.widgets.progress import Progress

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizdl.grading.verdict import Verdict
    from quizdl.grading.words.glossary import Glossary
    from quizdl.packs.items import Text
    from quizdl.study.session import Session
    from quizdl.study.values import Language, Question, Response
    from quizdl.tui.widgets.entry import Entry

Step = Literal["asking", "grading", "over", "stuck"]
"""`stuck`: the next card could not be read from the disk; any key that goes on tries again."""

_PHASE_STYLES = {"new": "$primary", "review": "$success", "repeat": "$warning", "cram": "$secondary"}
_LANGUAGES: tuple[Language, ...] = ("both", "ko", "en")
_CARD_ROWS = 24
"""A short card keeps this height on a tall terminal, so that it does not jump when it is turned over."""


class StudyScreen(AnswerScreen):
    """One session, card after card."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "next", show=False),
        Binding("enter", "next(True)", show=False),
        *(Binding(every(str(quality)), f"rate({quality})", show=False) for quality in range(6)),
        *study_keys.bindings(),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._step: Step = "asking"
        self._asked_twice = False
        self._response: Response = None

    # -- what is on the screen -------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        first = self._first_entry()
        inside = first is not None and first[0] in entries.IN_CARD
        self._progress = Progress()
        self._card = Card(first[1] if first and inside else None)
        self._notice = Notice()
        self._grades = Grades()
        self._keys = Keys()
        self._entries = entries.Entries(self._card, self._notice, first)
        yield self._progress
        with Container(id="stage"):
            yield self._card
            if first and not inside:
                yield first[1]
            yield self._notice
            yield self._grades
        yield self._keys

    @property
    def entry(self) -> Entry | None:
        return self._entries.current if self._step == "asking" else None

    @property
    def card(self) -> Card:
        return self._card

    def draw_keys(self) -> None:
        question = self._session.question
        if question is None or self._step == "over":
            self._keys.show(study_keys.over())
        elif self._step == "grading":
            self._keys.show(study_keys.grading(again=self._again))
        else:
            self._keys.show(study_keys.asking(question, self._entries.current, away=self.away))

    def _first_entry(self) -> tuple[str, Widget] | None:
        try:
            question = self._session.question
        except QuizdlError:
            return None  # `_ask` says what is wrong.
        name = entries.name_of(question) if question is not None else "none"
        return None if name == "none" else (name, entries.make(name))

    def on_mount(self) -> None:
        self._ask()

    def on_resize(self, event: events.Resize) -> None:
        self._card.set_class(self._roomy, "-roomy")
        self._entries.resized(roomy=self._roomy)
        self._card.styles.max_height = max(_CARD_ROWS, event.size.height * 2 // 3)

    @property
    def _roomy(self) -> bool:
        return self.app.size.height >= 24

    def _spoken(self, text: Text) -> Sequence[str]:
        return spoken(text, self._session.language)

    def _ask(self) -> None:
        """Show the session's next card, or the summary when there is none."""
        self._asked_twice = self.busy = False
        try:
            question, progress = self._session.question, self._session.progress
        except QuizdlError as error:
            self._step = "stuck"
            self._notice.failed(error)
            return
        title = Content.styled("quizdl", "bold $primary")
        if question is not None:
            chip = f" {wording.phase(question.phase)} "
            title = Content.assemble(title, "  ", (chip, f"bold reverse {_PHASE_STYLES[question.phase]}"))
        self._progress.show(title, progress.done, progress.left, progress.seconds_left)
        self._card.display = self._grades.display = question is not None
        if question is None:
            self._step = "over"
            self.draw_keys()
            self.call_later(self.action_finish)
            return
        self._step = "asking"
        self._card.ask(question, (), self._session.language)
        self._entries.ask(question, self._spoken, roomy=self._roomy)
        self.to_entry()
        self._draw_step()

    def _draw_step(self) -> None:
        """The row under the card and the row of keys, for the present step."""
        question = self._session.question
        if question is None:
            return
        if self._step == "grading":
            self._grades.show(self._session.previews, self._session.suggested)
        elif question.graded or self._response_now is not None:
            self._grades.show_step(self._submit, _("Check the answer"))
        else:
            key = _("Space") if self._entries.current is None else self._submit
            self._grades.show_step(key, _("Show the answer"))
        self.draw_keys()

    @property
    def _submit(self) -> str:
        submit: str = getattr(self._entries.current, "submit", "")
        return submit or _("Enter")

    @property
    def _response_now(self) -> Response:
        entry = self._entries.current
        return entry.response if entry is not None else None

    @property
    def _again(self) -> bool:
        """Whether there is an answer that may be given once more, because it was not right."""
        verdict = self._session.verdict
        return verdict is not None and verdict.outcome.value != "correct" and self._response is not None

    # -- what the learner does -------------------------------------------------------------------------------

    def on_entry_submitted(self, event: EntrySubmitted) -> None:
        event.stop()
        self.action_next()

    def on_entry_changed(self, event: EntryChanged) -> None:
        event.stop()
        self._notice.hide()
        self._asked_twice = False
        if self._step == "asking":
            self._draw_step()

    def action_next(self, enter: bool = False) -> None:
        """Turn the card over; on Enter, when it is turned over, take the suggested quality."""
        if self._step == "asking":
            self._turn()
        elif self._step == "stuck":
            self._ask()
        elif self._step == "grading" and enter:
            self.action_rate(self._session.suggested)

    def _turn(self) -> None:
        question = self._session.question
        if question is None or self.busy:
            return
        entry = self._entries.current
        if entry is not None and entry.open and not self._asked_twice:
            self._asked_twice = True
            self._notice.show(entry.open)
            return
        response = self._response_now
        self._notice.hide()
        if response is not None and entries.name_of(question) in entries.SLOW:
            self.busy = True
            self.set_focus(self._card, scroll_visible=False)
            self._grades.show_step(_("Esc"), _("Checking … Esc stops waiting"))
            self.run_worker(self._judge(question, response), group="judge", exclusive=True)
            return
        self._take(question, response, None)

    async def _judge(self, question: Question, response: Response) -> None:
        """Judge in a thread, then go on, if nothing else has happened in the meantime."""
        from quizdl.study.attempt import judge

        try:
            _understood, verdict = await asyncio.to_thread(judge, question, response, _no_names)
        except QuizdlError as error:
            if self.busy and self._session.question is question:
                self.stop_judging()
                self._notice.failed(error)
            return
        if self.busy and self._session.question is question:
            self.busy = False
            self._take(question, response, verdict)

    def stop_judging(self) -> None:
        self.busy = False
        self.workers.cancel_group(self, "judge")
        self.to_entry()
        self._draw_step()

    def _take(self, question: Question, response: Response, judged: Verdict | None) -> None:
        """Give the answer to the session and show what comes of it."""
        entry = self._entries.current
        try:
            verdict = self._session.answer(response, judged)
        except QuizdlError as error:
            self._notice.failed(error)
            return
        if verdict is not None and verdict.outcome.value == "unreadable":
            self._unread(question, verdict)
            return
        self._step, self._response = "grading", response
        if entry is not None:
            entry.judged(verdict)
        self.set_focus(self._card, scroll_visible=False)
        self._turned(question)
        self._draw_step()

    def _unread(self, question: Question, verdict: Verdict) -> None:
        """Say what was not understood, and where; the answer stays as it is, to be mended."""
        self.to_entry()
        self._draw_step()
        self._notice.show(" ".join(wording.remark(feedback, question) for feedback in verdict.feedback[:2]))
        point_at = getattr(self._entries.current, "point_at", None)
        if point_at is not None and verdict.feedback:
            point_at(verdict.feedback[0].params)
            return
        place = next((f.params["position"] for f in verdict.feedback if "position" in f.params), None)
        point = getattr(self._entries.current, "point", None)
        if point is not None and place is not None:
            point(place)

    def _turned(self, question: Question) -> None:
        session = self._session
        self._card.turn(question, session.verdict, self._response, self._entries.current, session.language)

    def action_retry(self) -> None:
        """Answer once more what was not right."""
        question = self._session.question
        if question is None or self._step != "grading":
            return
        if not self._again or not self._session.retry():
            self._notice.show(_("There is nothing to try again."))
            return
        self._step, self._asked_twice = "asking", False
        self._card.ask(question, self._session.hints_shown, self._session.language)
        entry = self._entries.current
        if entry is not None:
            entry.again()
        self.to_entry()
        self._draw_step()

    def action_rate(self, quality: int) -> None:
        """Give the quality; the review is on the disk before the next card is shown."""
        if self._step != "grading":
            if self._step == "asking":
                self._notice.show(_("First the answer: Enter shows it."))
            return
        try:
            rated = self._session.rate(quality)
        except QuizdlError as error:
            self._notice.failed(error)
            return
        self._ask()
        if rated.leech:
            self._notice.show(
                _("A leech: that card was forgotten 8 times. u, then s, suspends it; or learn it anew.")
            )

    def action_undo(self) -> None:
        """Take the last action back."""
        try:
            undone = self._session.undo()
        except QuizdlError as error:
            self._notice.failed(error)
            return
        if undone is None:
            self._notice.show(_("There is nothing to undo."))
            return
        self._ask()
        what = {"review": _("the grade"), "bury": _("burying"), "suspend": _("suspending")}
        self._notice.show(_("Undone: {what}. The card is back.").format(what=what.get(undone.action, "")))

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        self._put_away(self._session.bury, _("Put off until tomorrow. u brings it back."))

    def action_suspend(self) -> None:
        """Ask the card no more."""
        self._put_away(self._session.suspend, _("Suspended: it will not be asked again. u brings it back."))

    def _put_away(self, action: Callable[[], object], words: str) -> None:
        if self._step not in ("asking", "grading"):
            return
        try:
            action()
        except QuizdlError as error:
            self._notice.failed(error)
            return
        self._ask()
        self._notice.show(words)

    def action_hint(self) -> None:
        """One more hint, as long as the answer is not shown."""
        question = self._session.question
        if question is None or self._step != "asking":
            return
        if self._session.hint() is None:
            some = self._session.hints_shown
            self._notice.show(_("There are no more hints.") if some else _("This card has no hint."))
            return
        self._card.front(question, self._session.hints_shown, self._session.language)

    def action_language(self) -> None:
        """Korean, English or both, in the middle of a card."""
        session, question = self._session, self._session.question
        session.language = _LANGUAGES[(_LANGUAGES.index(session.language) + 1) % len(_LANGUAGES)]
        if question is None:
            return
        if (entry := self._entries.current) is not None:
            entry.speak(self._spoken)
        self._card.front(question, session.hints_shown, session.language)
        if self._step == "grading":
            self._turned(question)

    def action_finish(self) -> None:
        """End with the summary; while cards are left one can go back."""
        from quizdl.tui.screens.summary import SummaryScreen

        try:
            summary, over = self._session.summary, self._session.question is None
        except QuizdlError as error:
            # The journal cannot even be read: there is nothing to sum up, and nothing to lose by going.
            self.app.exit(return_code=error.exit_code, message=str(error))
            return
        self.app.push_screen(SummaryScreen(summary, over=over), self._after_summary)

    def _after_summary(self, choice: str | None) -> None:
        if choice == "undo":
            self.action_undo()
            if self._step == "over":
                self.action_finish()
        elif choice == "quit":
            self.app.exit()

    def on_key(self, event: events.Key) -> None:
        # Textual calls this beside the handlers of the base classes, not instead of them.
        self._notice.hide()


def _no_names() -> Glossary:
    raise AssertionError("only answers in words need the names of concepts")
