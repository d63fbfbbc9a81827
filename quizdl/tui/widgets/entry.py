"""What all means of answering have in common: options, a line to type in, steps to move, pairs to make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from textual.message import Message

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizdl.grading.verdict import Verdict
    from quizdl.packs.items import Text
    from quizdl.study.values import Question, Response
    from quizdl.tui.widgets.keys import Key

Spoken = Callable[["Text"], Sequence[str]]
"""A text in the languages that are shown, one or two of them."""


class EntryChanged(Message):
    """What was answered so far, or how the arrows are in use, has changed."""


class EntrySubmitted(Message):
    """The answer is to be taken."""


class Entry(Protocol):
    """A widget by which an answer is given."""

    lettered: bool
    """Whether letters are part of an answer here, so that they cannot be keys of the screen."""

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Begin with another question, nothing answered yet."""

    def speak(self, spoken: Spoken) -> None:
        """Show the same in other languages; what was answered so far stays."""

    def judged(self, verdict: Verdict | None) -> None:
        """Show what was right; nothing can be changed any more."""

    def again(self) -> None:
        """Let the answer be changed again."""

    @property
    def response(self) -> Response:
        """The answer so far, as `Session.answer` takes it; None where there is none."""

    @property
    def open(self) -> str:
        """What is still missing, as a sentence to say once before the answer is taken; "" for nothing."""

    @property
    def keys(self) -> Sequence[Key]:
        """The keys of this widget that are worth naming."""

    @property
    def place(self) -> Widget:
        """What has the focus while one answers."""
