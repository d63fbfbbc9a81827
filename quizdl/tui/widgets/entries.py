"""The means of answering on the study screen, each made when the first card needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizdl.study.values import Question
    from quizdl.tui.widgets.card import Card
    from quizdl.tui.widgets.entry import Entry, Spoken


class Entries:
    """Finds the entry for a question and keeps all others out of sight.

    Args:
        card: options, steps and pairs stand in it, where they scroll with the prompt.
        below: a line to type in stands before this widget, always in sight.
    """

    def __init__(self, card: Card, below: Widget) -> None:
        self._card = card
        self._below = below
        self._made: dict[str, Widget] = {}
        self.current: Entry | None = None

    def ask(self, question: Question, spoken: Spoken, *, roomy: bool) -> Entry | None:
        """Show the entry for a question, empty; None where nothing is to be given."""
        name = question.face.ask if question.face.ask == "numeric" else question.entry
        for other in self._made.values():
            other.display = False
        self.current = None
        if name == "none":
            return None
        if name not in self._made:
            self._made[name] = self._make(name)
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

    def _make(self, name: str) -> Widget:
        # Imported here: the first card waits for what it needs and for nothing else.
        widget: Widget
        match name:
            case "options":
                from quizdl.tui.widgets.options import Options

                widget = Options()
            case "order":
                from quizdl.tui.widgets.order import Steps

                widget = Steps()
            case "pairs":
                from quizdl.tui.widgets.pairs import Pairs

                widget = Pairs()
            case "numeric":
                from quizdl.tui.widgets.number_line import NumberLine

                widget = NumberLine()
            case _:
                from quizdl.tui.widgets.answer_line import AnswerLine

                widget = AnswerLine()
        if name in ("options", "order", "pairs"):
            self._card.mount(widget, before=self._card.back)
        else:
            parent = self._below.parent
            assert parent is not None
            parent.mount(widget, before=self._below)  # type: ignore[attr-defined]
        return widget
