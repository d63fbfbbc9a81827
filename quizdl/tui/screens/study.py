"""The study screen: a card is asked, turned over, and given a quality; everything else is one key away.

The session decides; this screen shows what it says and passes on what the learner does. A quality is on the
disk before the next card is shown.
"""

from __future__ import annotations

from collections.abc import Callable
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
from quizdl.tui.screens.base import KeyScreen
from quizdl.tui.widgets.card import Card
from quizdl.tui.widgets.grades import Grades
from quizdl.tui.widgets.keys import Key, Keys
from quizdl.tui.widgets.notice import Notice
from quizdl.tui.widgets.options import Options
from quizdl.tui.widgets.progress import Progress

if TYPE_CHECKING:
    from quizdl.study.session import Session
    from quizdl.study.values import Language, Question

Step = Literal["asking", "grading", "over", "stuck"]
"""`stuck`: the next card could not be read from the disk; any key that goes on tries again."""

_PHASE_STYLES = {"new": "$primary", "review": "$success", "repeat": "$warning", "cram": "$secondary"}
_LANGUAGES: tuple[Language, ...] = ("both", "ko", "en")
_CARD_ROWS = 24
"""A short card keeps this height on a tall terminal, so that it does not jump when it is turned over."""


class StudyScreen(KeyScreen):
    """One session, card after card."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "next", show=False),
        Binding("enter", "next(True)", show=False),
        *(Binding(every(str(quality)), f"rate({quality})", show=False) for quality in range(6)),
        Binding(every("u"), "undo", show=False),
        Binding(every("b"), "bury", show=False),
        Binding(every("s"), "suspend", show=False),
        Binding(every("h"), "hint", show=False),
        Binding(every("l"), "language", show=False),
        Binding(every("t"), "app.statistics", show=False),
        Binding("question_mark,？,f1", "app.help('study')", show=False),
        Binding(every("q") + ",escape", "finish", show=False),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._step: Step = "asking"
        self._asked_twice = False

    # -- what is on the screen -------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        self._progress = Progress()
        self._card = Card()
        self._notice = Notice()
        self._grades = Grades()
        self._keys = Keys()
        yield self._progress
        with Container(id="stage"):
            yield self._card
            yield self._notice
            yield self._grades
        yield self._keys

    def on_mount(self) -> None:
        self._ask()

    def on_resize(self, event: events.Resize) -> None:
        roomy = event.size.height >= 24
        self._card.set_class(roomy, "-roomy")
        self._card.styles.max_height = max(_CARD_ROWS, event.size.height * 2 // 3)

    def _ask(self) -> None:
        """Show the session's next card, or the summary when there is none."""
        self._asked_twice = False
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
            self._draw_keys()
            self.call_later(self.action_finish)
            return
        self._step = "asking"
        self._card.ask(question, (), self._session.language)
        self._draw_step()

    def _draw_step(self) -> None:
        """The row under the card and the row of keys, for the present step."""
        question = self._session.question
        if question is None:
            return
        if self._step == "grading":
            self._grades.show(self._session.previews, self._session.suggested)
        elif question.graded:
            self._grades.show_step(_("Enter"), _("Check the answer"))
        else:
            self._grades.show_step(_("Space"), _("Show the answer"))
        self._draw_keys()

    def _draw_keys(self) -> None:
        quit_key = Key("q", _("quit"), "screen.finish")
        undo = Key("u", _("undo"), "screen.undo")
        tail = [
            Key("b", _("bury"), "screen.bury"),
            Key("s", _("suspend"), "screen.suspend"),
            Key("l", _("language"), "screen.language"),
            Key("t", _("statistics"), "app.statistics"),
        ]
        last = Key("?", _("help"), "app.help('study')")
        question = self._session.question
        if question is None or self._step == "over":
            keys = [undo, quit_key, last]
        elif self._step == "grading":
            keys = [Key("0-5", _("grade"), ""), Key("⏎", _("take the marked one"), "screen.next(True)")]
            keys = [*keys, undo, quit_key, *tail, last]
        elif question.graded:
            many = Key(f"1-{len(question.order)}", _("choose"), "")
            keys = [many, Key("h", _("hint"), "screen.hint"), undo, quit_key, *tail, last]
            if self._card.options.cursor is not None and question.several:
                keys.insert(1, Key(_("Space"), _("mark"), ""))
        else:
            keys = [Key("h", _("hint"), "screen.hint"), undo, quit_key, *tail, last]
        self._keys.show(keys)

    # -- what the learner does -------------------------------------------------------------------------------

    def on_options_changed(self, event: Options.Changed) -> None:
        event.stop()
        self._notice.hide()
        self._asked_twice = False
        self._draw_keys()

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
        if question is None:
            return
        response = None
        if question.graded:
            chosen = self._card.options.chosen
            if not chosen and not self._asked_twice:
                self._asked_twice = True
                self._notice.show(_("Nothing is chosen yet. Once more shows the answer without one."))
                return
            # The options know rows; the session knows options as the author numbered them.
            response = sorted(question.order[row] for row in chosen) or None
        self._notice.hide()
        try:
            verdict = self._session.answer(response)
        except QuizdlError as error:
            self._notice.failed(error)
            return
        if verdict is not None and verdict.outcome.value == "unreadable":
            self._notice.show(" ".join(wording.remark(feedback, question) for feedback in verdict.feedback))
            return
        self._step = "grading"
        self._turned(question)
        self._draw_step()

    def _turned(self, question: Question) -> None:
        verdict = self._session.verdict
        about = verdict.feedback if verdict else ()
        # What concerns an option stands beside the option.
        remarks = [
            wording.remark(feedback, question) for feedback in about if "option" not in feedback.params
        ]
        self._card.turn(question, verdict, remarks, self._session.language)

    def action_rate(self, quality: int) -> None:
        """Give the quality; the review is on the disk before the next card is shown."""
        if self._step != "grading":
            if self._step == "asking":
                self._notice.show(_("First the answer: Space or Enter shows it."))
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
        self._card.speak(session.language)
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
        # Textual calls this beside the handler of the base class, not instead of it.
        self._notice.hide()
