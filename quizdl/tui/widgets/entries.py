"""The means of answering on the study screen, each made when the first card needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizdl.study.values import Question
    from quizdl.tui.widgets.card import Card
    from quizdl.tui.widgets.entry import Entry, Spoken


SLOW = ("expression", "derivation", "code")
"""Answers to these are judged in a thread: mathematics is imported and tried out, code is run."""

IN_CARD = ("options", "order", "pairs")
"""What scrolls with the prompt; a line to type in is always in sight."""


class Entries:
    """Finds the entry for a question and keeps all others out of sight.

    Args:
        card: what belongs into it is mounted before its back.
        below: a line to type in is mounted before this widget.
        first: the entry of the first card, which is composed with the screen: mounting it afterwards would
            lay out everything twice.
    """

    def __init__(self, card: Card, below: Widget, first: tuple[str, Widget] | None) -> None:
        self._card = card
        self._below = below
        self._made: dict[str, Widget] = dict([first] if first else [])
        self.current: Entry | None = None

    def ask(self, question: Question, spoken: Spoken, *, roomy: bool) -> Entry | None:
        """Show the entry for a question, empty; None where nothing is to be given."""
        name = name_of(question)
        for other in self._made.values():
            other.display = False
        self.current = None
        if name == "none":
            return None
        if name not in self._made:
            self._made[name] = self._mounted(name)
        widget = self._made[name]
        widget.set_class(roomy, "-roomy")
        entry: Entry = widget  # type: ignore[assignment]  # each made below is one
        entry.ask(question, spoken)
        self.current = entry
        return entry

    def resized(self, *, roomy: bool) -> None:
        """Give the lines air where the terminal is tall."""
        for widget in self._made.values():
            widget.set_class(roomy, "-roomy")

    def _mounted(self, name: str) -> Widget:
        widget = make(name)
        if name in IN_CARD:
            self._card.mount(widget, before=self._card.back)
        else:
            parent = self._below.parent
            assert parent is not None
            parent.mount(widget, before=self._below)  # type: ignore[attr-defined]
        return widget


def name_of(question: Question) -> str:
    """The name of the entry for a question; `none` where nothing is to be given."""
    asked = question.face.ask
    return asked if asked in ("numeric", *SLOW) else question.entry


def make(name: str) -> Widget:
    """A new entry. Its module is imported here: a card waits for what it needs and for nothing else."""
    match name:
        case "options":
            from quizdl.tui.widgets.options import Options

            return Options()
        case "order":
            from quizdl.tui.widgets.order import Steps

            return Steps()
        case "pairs":
            from quizdl.tui.widgets.pairs import Pairs

            return Pairs()
        case "numeric":
            from quizdl.tui.widgets.number_line import NumberLine

            return NumberLine()
        case "expression":
            from quizdl.tui.widgets.math_line import MathLine

            return MathLine()
        case "derivation":
            from quizdl.tui.widgets.editor import Editor

            return Editor()
        case "code":
            from quizdl.tui.widgets.code_editor import CodeEditor

            return CodeEditor()
    from quizdl.tui.widgets.answer_line import AnswerLine

    return AnswerLine()
