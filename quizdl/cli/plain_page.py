"""What the line mode prints: each method writes whole lines, in an order that makes sense when read aloud."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING

from quizdl.locale import _
from quizdl.study import wording

if TYPE_CHECKING:
    from quizdl.errors import QuizdlError
    from quizdl.grading.verdict import Feedback, Verdict
    from quizdl.packs.items import Plot, Text
    from quizdl.study.values import Language, Progress, Question, Rated, Summary

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")  # what was typed is shown, and must not move the cursor
_PLOT_POINTS = 13  # every whole number from -6 to 6, the usual range


class Page:
    """Writes the parts of a session.

    Args:
        write: takes one line without line end.
        width: the widest line, in cells.
    """

    def __init__(self, write: Callable[[str], None], width: int) -> None:
        self._line = write
        self._width = width

    def _write(self, line: str) -> None:
        self._line(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", line))

    def say(self, sentence: str) -> None:
        """One sentence of the interface."""
        self._write(sentence)

    def error(self, error: QuizdlError) -> None:
        """What went wrong and what to do about it."""
        self._write(_("Error: {message}").format(message=error.message))
        if error.hint:
            self._write(error.hint)

    def question(self, question: Question, progress: Progress, language: Language) -> None:
        """The card as it is asked."""
        self._write("")
        heading = _("{phase}. {left} left, about {time}.")
        self._write(
            heading.format(
                phase=wording.phase(question.phase),
                left=progress.left,
                time=wording.duration(progress.seconds_left),
            )
        )
        self._write(wording.instruction(question))
        for text in wording.spoken(question.face.prompt, language):
            self._markdown(text)
        if question.face.plot is not None:
            self._plot(question.face.plot)
        for number, pair in enumerate(question.face.pairs, 1):
            self._texts(f"{number}. ", pair.left, language)
        for index, row in question.lettered:
            self._texts(f"{question.letter(index)}. ", row, language)
        self._write(_how(question))

    def answer(self, question: Question, verdict: Verdict | None, language: Language) -> None:
        """The verdict, the answer, and why."""
        if verdict is not None:
            self._write(wording.outcome(verdict) + ".")
            for feedback in verdict.feedback:
                self.remark(feedback, question)
                if feedback.text is not None:
                    self._texts("  ", feedback.text, language)
        if letters := _letters(question):
            self._write(_("Answer: {answer}").format(answer=letters))
        else:
            self.labelled(_("Answer"), question.face.answer, language)
        if question.item.explanation:
            self.labelled(_("Why"), question.item.explanation, language)
        if question.item.corrects:
            self._write(_("The lecture note had this wrong:"))
            self._texts("", question.item.corrects, language)

    def remark(self, feedback: Feedback, question: Question) -> None:
        """What grading says, and the lines below it."""
        from quizdl.grading.messages import details

        self._write(wording.remark(feedback, question))
        for line in details(feedback):
            self._write(line)

    def labelled(self, label: str, text: Text, language: Language) -> None:
        """A text of the author behind a word that says what it is."""
        self._texts(f"{label}: ", text, language)

    def ask_grade(self, previews: Sequence[int], suggested: int) -> None:
        """Ask for a quality, with the interval that each would give."""
        groups = []
        for days, members in groupby(range(6), key=lambda quality: previews[quality]):
            numbers = list(members)
            span = str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}"
            groups.append(f"{span}: {wording.interval(days)}")
        self._write(
            _("Grade 0 to 5 ({previews}). Enter gives {suggested}, {meaning}.").format(
                previews=", ".join(groups), suggested=suggested, meaning=wording.quality(suggested)
            )
        )

    def rated(self, rated: Rated) -> None:
        """What became of the card."""
        if rated.again:
            self._write(_("Noted: {quality}. It comes again in this session.").format(quality=rated.quality))
        elif rated.question.phase == "cram":
            self._write(_("Noted: {quality}. The schedule stays as it is.").format(quality=rated.quality))
        else:
            days = wording.interval(rated.days)
            self._write(_("Noted: {quality}. Next time: {days}.").format(quality=rated.quality, days=days))
        if rated.leech:
            self._write(
                _(
                    "This card was forgotten {n} times. Think of a better way to remember it, or suspend it."
                ).format(n=rated.after.lapses)
            )

    def help(self) -> None:
        """The commands and the grades."""
        for line in (
            _(":hint    a hint"),
            _(":retry   answer once more, when it was not right"),
            _(":undo    take back the last grade"),
            _(":bury    put this card off until tomorrow"),
            _(":suspend never ask this card again"),
            _(":lang    switch the language, or :lang ko, en, both"),
            _(":quit    end with the summary"),
            _("Grades:"),
        ):
            self._write(line)
        for number in range(6):
            self._write(f"{number}  {wording.quality(number)}")

    def summary(self, summary: Summary) -> None:
        """What the session was."""
        self._write("")
        if not (summary.answers or summary.repeats or summary.buried or summary.suspended):
            self._write(_("No cards were answered."))
        if summary.accuracy is not None:
            self._write(
                _("Cards answered: {answers}. Right: {share} %. Time: {time}.").format(
                    answers=summary.answers,
                    share=round(100 * summary.accuracy),
                    time=wording.duration(summary.seconds),
                )
            )
            self._write(
                _("New: {new}. Reviews: {reviews}. Crammed: {crammed}. Once more: {repeats}.").format(
                    new=summary.new,
                    reviews=summary.reviews,
                    crammed=summary.crammed,
                    repeats=summary.repeats,
                )
            )
            counts = ", ".join(
                f"{number}: {count}" for number, count in enumerate(summary.qualities) if count
            )
            self._write(_("Grades: {counts}.").format(counts=counts))
        if summary.leeches:
            self._write(_("Leeches: {cards}.").format(cards=", ".join(summary.leeches)))
        if summary.pending:
            self._write(_("Still to do today: {n}.").format(n=summary.pending))
        if summary.next_day is not None:
            days = summary.next_day - summary.today
            when = _("tomorrow") if days == 1 else _("in {days}").format(days=wording.interval(days))
            self._write(_("Due {when}: {n}.").format(n=summary.next_count, when=when))

    # -- inside ----------------------------------------------------------------------------------------------

    def _texts(self, start: str, text: Text, language: Language) -> None:
        """A text in the languages shown, behind `start`; the second language under the first."""
        for number, words in enumerate(wording.spoken(text, language)):
            self._markdown(words, start if not number else " " * len(start))

    def _markdown(self, source: str, start: str = "") -> None:
        from quizdl.typeset import markdown
        from quizdl.typeset.cells import cell_width

        # Formulas stand on one row: a fraction in three rows is not for the ear, nor for `grep`.
        indent = cell_width(start)
        lines = markdown.render(source, max(20, self._width - indent), flat=True)
        for number, line in enumerate(lines):
            text = "".join(span[0] for span in line)
            self._write(((start if not number else " " * indent) + text).rstrip())

    def _plot(self, plot: Plot) -> None:
        """A plot as numbers: what the eye would take from the curve, the ear takes from a few points."""
        from quizdl.packs.plots import sample

        for curve in sample(plot, _PLOT_POINTS):
            pairs = [(x, y) for x, y in zip(curve.xs, curve.ys, strict=True) if isfinite(y)]
            points = ", ".join(f"({_short(x)}, {_short(y)})" for x, y in pairs)
            self._write(_("Points of {label} as (x, y): {points}").format(label=curve.label, points=points))


def _how(question: Question) -> str:
    """What to type."""
    if question.code:
        return _("Type the code; a line with a single . ends it. Enter alone shows the answer.")
    match question.entry:
        case "options" if question.several:
            return _("Type the letters of all that are right, such as A C.")
        case "options":
            return _("Type a letter.")
        case "order":
            return _("Type the letters in the right order, such as B A C.")
        case "pairs":
            return _("Type pairs such as 1-B 2-A.")
        case "none":
            return _("Enter shows the answer.")
    if question.face.need > 1:
        return _("Type them with commas between.")
    if len(question.face.blanks) > 1:
        return _("Type {n} answers with ; between. Enter alone shows them.").format(
            n=len(question.face.blanks)
        )
    if question.graded:
        return _("Type the answer.")
    return _("Type the answer. Enter alone shows it.")


def _letters(question: Question) -> str:
    """The right answer in letters; "" where it is not answered by letters."""
    face = question.face
    match question.entry:
        case "options":
            right = [index for index in question.order if face.options[index].right]
            return ", ".join(map(question.letter, right))
        case "order":
            return " ".join(map(question.letter, range(len(face.steps))))
        case "pairs":
            return " ".join(f"{left + 1}-{question.letter(left)}" for left in range(len(face.pairs)))
    return ""


def _short(number: float) -> str:
    """A number for the ear: three decimals, and no minus in front of a zero."""
    return f"{round(number, 3) + 0.0:g}"
