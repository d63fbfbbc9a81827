"""A line for numbers, with what was understood so far below it: `1/(1 + e^-2) = 0.880797`."""

from __future__ import annotations

from textual.content import Content

from quizdl.grading.numeric.reading import Reading, read
from quizdl.grading.verdict import Feedback
from quizdl.locale import _
from quizdl.study import wording
from quizdl.study.values import Question
from quizdl.tui.widgets.answer_line import AnswerLine
from quizdl.tui.widgets.entry import Spoken


class NumberLine(AnswerLine):
    """An answer line that reads along. It says how the text is understood, never whether that is right."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: tuple[int, ...] | None = None

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Begin with an empty line."""
        # What can be read in two ways (0,5) is read as the grader will, by the shape of the right answer.
        right = read(question.face.answer.in_("en"))
        self._wanted = right.shape if isinstance(right, Reading) else None
        super().ask(question, spoken)

    def invitation(self, question: Question) -> str:
        """What may be typed."""
        return _("A number such as 0.25, 1/4 or e^-2")

    def aside(self, text: str) -> Content:
        """The reading, or what is missing for one."""
        if self._question is None or not text.strip():
            return Content("")
        reading = read(text, self._wanted)
        if isinstance(reading, Reading):
            echo = reading.echo if " = " in reading.echo else f"= {reading.echo}"
            told = " · ".join(filter(None, (_shape(reading.shape), *map(_note, reading.notes))))
            return Content.assemble((echo, "$accent"), (f" ({told})" if told else "", "$text-muted"))
        said = wording.remark(Feedback(reading.code, reading.params), self._question)
        return Content.styled(f"… {said}", "$text-muted")


def _shape(shape: tuple[int, ...]) -> str:
    match shape:
        case ():
            return ""
        case (length,):
            return _("vector of {n}").format(n=length)
        case (rows, columns):
            return _("{rows} × {columns} matrix").format(rows=rows, columns=columns)
    return " × ".join(map(str, shape))


def _note(code: str) -> str:
    match code:
        case "thousands":
            return _("digits in groups of three")
        case "decimal-comma":
            return _("the comma is the decimal point")
        case "natural-log":
            return _("log is the natural logarithm")
    return ""
