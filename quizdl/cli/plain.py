"""`quizdl study --plain`: the session as plain lines, for screen readers and pipes.

Line in, lines out: no escape sequence, no cursor movement, every line complete. The end of the input ends the
session with its summary.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from quizdl.cli import typed
from quizdl.cli.plain_page import Page
from quizdl.errors import QuizdlError
from quizdl.grading.verdict import Outcome
from quizdl.locale import _

if TYPE_CHECKING:
    from quizdl.study.session import Session
    from quizdl.study.values import Language, Question, Response

Read = Callable[[], str]
Write = Callable[[str], None]


def run(session: Session, read: Read, write: Write, *, width: int = 80) -> int:
    """Study until the cards, the input or the learner's patience ends; then print the summary.

    Args:
        session: a started session.
        read: gives the next line with its line end, and "" at the end of the input.
        write: takes one line without line end.
        width: the widest line, in cells.

    Returns:
        The exit code: 0, or that of the error that kept the session on its last card.
    """
    shell = _Shell(session, read, write, width)
    try:
        shell.study()
    except KeyboardInterrupt:
        shell.page.summary(session.summary)
        raise
    for error in session.failures:
        shell.page.error(error)
    shell.page.summary(session.summary)
    return shell.failed


class _Shell:
    def __init__(self, session: Session, read: Read, write: Write, width: int) -> None:
        self.session = session
        self.page = Page(write, width)
        self.failed = 0  # the exit code of the error that keeps the session on this card
        self._read = read
        self._blank = False  # the learner gave an empty line where an answer must come: once more shows it

    def study(self) -> None:
        """Ask until there is no card or no line left, or the learner leaves."""
        if self.session.question is None:
            self.page.say(_("Nothing is due now."))
            return
        self.page.say(_("Type :help for the commands."))
        shown = 0
        while (question := self.session.question) is not None:
            if question.number != shown:
                shown, self._blank, self.failed = question.number, False, 0
                self.page.question(question, self.session.progress, self.session.language)
            line = self._read()
            if not line:
                return
            try:
                if not self._act(question, line):
                    return
            except QuizdlError as error:
                # Nothing was lost and nothing has moved: the same line may be typed again.
                self.page.error(error)
                self.failed = error.exit_code
        self.failed = 0

    def _act(self, question: Question, raw: str) -> bool:
        """Do what the line says; False when it says to leave."""
        line = typed.clean(raw)
        if (command := typed.command(line)) is not None:
            if command[0] == "quit":
                return False
            self._command(question, *command)
        elif self.session.answered:
            self._grade(line)
        elif line and question.code:
            self._turn(question, self._code(raw))
        elif line:
            self._turn(question, raw.strip())  # as typed: a cleaned 10² would be 102
        elif question.graded and not self._blank:
            self._blank = True
            if question.entry == "options":
                self.page.say(_("Nothing is chosen. Press Enter once more to see the answer."))
            else:
                self.page.say(_("Nothing is typed. Press Enter once more to see the answer."))
        else:
            self._turn(question, None)
        return True

    def _code(self, first: str) -> str:
        """The lines of a program, up to one with a single dot or the end of the input."""
        lines = []
        line = first
        while line and line.strip() != ".":
            lines.append(line.rstrip("\n"))
            line = self._read()
        return "\n".join(lines) + "\n"

    def _turn(self, question: Question, response: Response) -> None:
        verdict = self.session.answer(response)
        if verdict is not None and verdict.outcome is Outcome.UNREADABLE:
            for feedback in verdict.feedback:
                self.page.remark(feedback, question)
            return
        self.page.answer(question, verdict, self.session.language)
        self.page.ask_grade(self.session.previews, self.session.suggested)

    def _grade(self, line: str) -> None:
        quality = typed.grade(line) if line else self.session.suggested
        if quality is None:
            self.page.say(_("A grade is a digit from 0 to 5; :help tells what each means."))
            return
        self.page.rated(self.session.rate(quality))

    def _command(self, question: Question, name: str, rest: str) -> None:
        session, page = self.session, self.page
        match name:
            case "help":
                page.help()
            case "hint":
                self._hint()
            case "lang":
                self._language(question, rest)
            case "retry":
                page.say(_("Once more, then.") if session.retry() else _("There is nothing to try again."))
            case "undo":
                undone = session.undo()
                page.say(_("There is nothing to undo.") if undone is None else _("Undone."))
            case "bury":
                session.bury()
                page.say(_("Put off until tomorrow."))
            case "suspend":
                session.suspend()
                page.say(_("Suspended: it will not be asked again."))
            case _:
                page.say(_("There is no command :{name}; :help lists them.").format(name=name))

    def _hint(self) -> None:
        if self.session.answered:
            self.page.say(_("The answer is shown already."))
            return
        hint = self.session.hint()
        if hint is None:
            self.page.say(
                _("There are no more hints.") if self.session.hints_shown else _("This card has no hint.")
            )
            return
        self.page.labelled(_("Hint"), hint, self.session.language)

    def _language(self, question: Question, word: str) -> None:
        order: tuple[Language, ...] = ("both", "ko", "en")
        chosen = typed.language(word) if word else order[(order.index(self.session.language) + 1) % 3]
        if chosen not in order:
            self.page.say(_("The language must be ko, en or both."))
            return
        self.session.language = chosen
        if self.session.answered:
            self.page.answer(question, self.session.verdict, self.session.language)
        else:
            self.page.question(question, self.session.progress, self.session.language)
