"""A few lines to type an answer in: Enter begins another one, Ctrl+S hands them in."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import TextArea

from quizdl.locale import _
from quizdl.tui.widgets.entry import EntryChanged, EntrySubmitted
from quizdl.tui.widgets.keys import Key

if TYPE_CHECKING:
    from textual.widget import Widget

    from quizdl.grading.verdict import Verdict
    from quizdl.study.values import Question
    from quizdl.tui.widgets.entry import Spoken

MOST = 20_000
"""Characters; no answer needs as many."""


class Area(TextArea):
    """The text. Keys that mean nothing here go on to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,ctrl+enter", "submit", show=False),
        Binding("ctrl+o", "outside", show=False),
    ]

    def __init__(self, *, code: bool) -> None:
        super().__init__(
            soft_wrap=not code, compact=True, show_line_numbers=code, highlight_cursor_line=False
        )
        self.code = code
        self.cursor_blink = False  # An input method draws what is being composed there.

    def action_submit(self) -> None:
        """Hand in."""
        self.post_message(EntrySubmitted())

    def action_outside(self) -> None:
        """Go on in the editor of the learner."""
        outside = getattr(self.parent, "outside", None)
        if outside is not None:
            outside()

    async def _on_key(self, event: events.Key) -> None:
        if event.key.startswith("alt+") or (event.is_printable and len(self.text) >= MOST):
            event.prevent_default()  # A letter with Alt, or quickly after Esc, is a key and no text.
            return
        if self.code and event.key in ("tab", "enter"):
            event.stop()
            event.prevent_default()
            self.insert(" " * (4 - self.cursor_location[1] % 4) if event.key == "tab" else self._new_line())
            return
        await super()._on_key(event)

    def _new_line(self) -> str:
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        depth = len(before) - len(before.lstrip(" "))
        return "\n" + " " * (depth + 4 * before.rstrip().endswith(":"))

    async def _on_paste(self, event: events.Paste) -> None:
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
        await super()._on_paste(events.Paste(text[: max(0, MOST - len(self.text))]))
        event.stop()
        event.prevent_default()


class Editor(Vertical):
    """The lines of a derivation. They stay when the window, the language or the card above changes."""

    DEFAULT_CSS = """
    Editor {
        height: auto; width: 100%; padding: 0 2;
        &.-roomy { margin-top: 1; }
        Area, Area:focus {
            height: auto; min-height: 3; max-height: 45vh; width: 1fr; border: none; padding: 0 1;
            background: $panel; background-tint: $panel 0%;
        }
    }
    """

    lettered = True
    code = False

    def __init__(self) -> None:
        super().__init__()
        self.area = Area(code=self.code)
        self._question: Question | None = None
        self._first = ""

    @property
    def submit(self) -> str:
        """The key that hands in."""
        return "Ctrl+S"

    def compose(self) -> ComposeResult:
        yield self.area

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Begin anew."""
        self._question = question
        self._first = self.beginning(question)
        self.area.load_text(self._first)
        self.area.placeholder = _("= the next line; Enter begins another, Ctrl+S checks them")
        self.area.move_cursor(self.area.document.end)
        self.again()

    def beginning(self, question: Question) -> str:
        """What stands there first."""
        return ""

    def speak(self, spoken: Spoken) -> None:
        """Nothing here is in the language of the card."""

    def judged(self, verdict: Verdict | None) -> None:
        """Make room for the answer."""
        self.display = False

    def again(self) -> None:
        """Show the text as it was."""
        self.display = True

    @property
    def response(self) -> str | None:
        """What was typed, in NFC; what stood there first is no answer."""
        text = unicodedata.normalize("NFC", self.area.text)
        return text if text.strip() and text.strip() != self._first.strip() else None

    @property
    def open(self) -> str:
        """Who hands in nothing is asked once whether that is meant."""
        if self.response is None:
            return _("Nothing is typed yet. Once more shows the answer without one.")
        return ""

    @property
    def keys(self) -> Sequence[Key]:
        """How to hand in, which is not Enter here; Ctrl+Z takes back typing and no review."""
        return [Key("Ctrl+S", _("check"), ""), Key("Ctrl+Z", _("undo typing"), "")]

    @property
    def place(self) -> Widget:
        """The text."""
        return self.area

    def type(self, text: str) -> None:
        """Put text where the cursor is, as if it had been typed."""
        self.area.insert(text)

    def point_at(self, params: Mapping[str, object]) -> None:
        """Put the cursor where something was not understood."""
        line, position = params.get("line"), params.get("position", params.get("column", 0))
        if not isinstance(line, int) or not isinstance(position, int):
            return
        lines = self.area.text.split("\n")
        numbered = [at for at, text in enumerate(lines) if text.strip() or self.code]
        if 0 < line <= len(numbered):
            row = numbered[line - 1]
            self.area.move_cursor((row, min(self.column(lines[row], position), len(lines[row]))))

    def column(self, line: str, position: int) -> int:
        """Where a character of a line stands, which is read without what it begins with."""
        from quizdl.grading.symbolic.lines import begun

        return max(0, line.find(begun(line))) + position

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.post_message(EntryChanged())
