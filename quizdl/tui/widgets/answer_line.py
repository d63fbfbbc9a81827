"""A line to type an answer in: Korean and English, however the input method hands the text over."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Input

from quizdl.locale import _
from quizdl.tui.widgets.entry import EntryChanged, EntrySubmitted
from quizdl.tui.widgets.lines import Lines
from quizdl.typeset.cells import cell_width

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.study.values import Question
    from quizdl.tui.widgets.entry import Spoken
    from quizdl.tui.widgets.keys import Key

_SIGN = "❯ "
_INDENT = Content(" " * cell_width(_SIGN))
_MOST = 2_000
"""Characters; no answer needs as many, and a whole file pasted by mistake should not slow down anything."""
_PARTS = re.compile(r"[,;\n、·/]|\s(?:and|및|그리고)\s|(?<=[가-힣])[와과]\s")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class _Line(Input):
    """An input whose text is always in NFC, and whose cursor is where the input method expects it."""

    def __init__(self) -> None:
        super().__init__(compact=True, select_on_focus=False, max_length=_MOST)
        self.cursor_blink = False  # An input method draws what is being composed there.

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self._moved)

    def _moved(self, _screen: object) -> None:
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset

    @property
    def cursor_screen_offset(self) -> Offset:
        # Textual's own is one cell too far right at the end of the text, where one usually types.
        x, y, _width, _height = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def replace(self, text: str, start: int, end: int) -> None:
        # A jamo that comes alone (NFD) joins the syllable before it, which the cursor has to follow.
        start, end = sorted((max(0, start), min(len(self.value), end)))
        before = _nfc(self.value[:start] + text)
        whole = _nfc(before + self.value[end:])
        if len(whole) > _MOST:
            self.restricted()
            return
        self.value = whole
        self.cursor_position = len(before)

    async def _on_key(self, event: events.Key) -> None:
        if event.key.startswith("alt+"):
            event.prevent_default()  # A letter with Alt, or quickly after Esc, is a key and no text.
            return
        await super()._on_key(event)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        lines = [line.strip() for line in event.text.splitlines() if line.strip()]
        pasted = "".join(c if c.isprintable() else " " for c in "; ".join(lines))
        if pasted:
            self.replace(pasted[:_MOST], *self.selection)


class _Below(Lines):
    """The row under the line: what was read so far, or a caret under what was not understood."""

    def __init__(self) -> None:
        super().__init__()
        self._contents: tuple[Content, ...] = (Content(""),)

    def show(self, *contents: Content) -> None:
        if contents != self._contents:
            self._contents = contents
            self.changed()

    def lay(self, width: int) -> list[Content]:
        return [(_INDENT + content).truncate(width, ellipsis=True) for content in self._contents]


class AnswerLine(Vertical):
    """The line with a sign before it and a row below it.

    Text stays when the window, the language or the card above it changes.
    """

    DEFAULT_CSS = """
    AnswerLine {
        height: auto; width: 100%; padding: 0 2;
        &.-roomy { margin-top: 1; }
        _Sign { width: 2; color: $primary; text-style: bold; }
        #typing { height: 1; layout: horizontal; background: $panel; }
        _Line, _Line:focus { width: 1fr; background: $panel; background-tint: $panel 0%; }
        _Line > .input--cursor { background: $primary; color: $background; text-style: none; }
        _Line > .input--placeholder { color: $text-muted; }
        _Line:ansi > .input--cursor { background: ansi_default; color: ansi_default; text-style: reverse; }
    }
    """

    lettered = True

    def __init__(self) -> None:
        super().__init__()
        self.line = _Line()
        self.below = _Below()
        self._question: Question | None = None

    def compose(self) -> ComposeResult:
        with Widget(id="typing"):
            yield _Sign()
            yield self.line
        yield self.below

    # -- as an entry -----------------------------------------------------------------------------------------

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Begin with an empty line."""
        self._question = question
        self.line.value = ""
        self.line.placeholder = self.invitation(question)
        self.again()

    def speak(self, spoken: Spoken) -> None:
        """Nothing here is in the language of the card."""

    def judged(self, verdict: Verdict | None) -> None:
        """Make room for the answer."""
        self.display = False

    def again(self) -> None:
        """Show the line with the text it had."""
        self.display = True
        self.line.cursor_position = len(self.line.value)
        self.below.show(self.aside(self.line.value))

    @property
    def response(self) -> str | None:
        """What was typed, in NFC."""
        return self.line.value if self.line.value.strip() else None

    @property
    def open(self) -> str:
        """Who leaves the line of a graded card empty is asked once whether that is meant."""
        if self.response is None and self._question is not None and self._question.graded:
            return _("Nothing is typed yet. Once more shows the answer without one.")
        return ""

    @property
    def keys(self) -> Sequence[Key]:
        """None but those of every line."""
        return ()

    @property
    def place(self) -> Widget:
        """The line."""
        return self.line

    # -- what other lines may say otherwise ------------------------------------------------------------------

    def invitation(self, question: Question) -> str:
        """What stands in the empty line."""
        if question.face.need > 1:
            return _("{n} answers, with commas between").format(n=question.face.need)
        if len(question.face.blanks) > 1:
            return _("{n} answers, with ; between").format(n=len(question.face.blanks))
        if question.face.ask == "term.ko-en":
            return _("Type it in English")
        if question.face.ask == "term.en-ko":
            return _("Type it in Korean")
        return _("Type the answer")

    def aside(self, text: str) -> Content:
        """What stands below the line, before anything is judged."""
        face = self._question.face if self._question else None
        if face is None or not text.strip():
            return Content("")
        wanted = face.need if face.need > 1 else len(face.blanks)
        if wanted < 2:
            return Content("")
        parts = [part for part in _PARTS.split(text) if part.strip()]
        words = _("{n} of {wanted} named?") if face.need else _("{n} of {wanted} gaps filled?")
        return Content.styled(words.format(n=len(parts), wanted=wanted), "$text-muted")

    # -- inside ----------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Put text where the cursor is, as if it had been typed."""
        self.line.insert_text_at_cursor(text)

    def point(self, position: int) -> None:
        """A caret under the character that was not understood; it goes with the next change."""
        self.below.show(self.caret(position))

    def caret(self, position: int) -> Content:
        """A row with a sign below a character of the line."""
        left = cell_width(self.line.value[:position]) - self.line.scroll_offset.x
        return Content.styled(" " * max(0, left) + "▲", "bold $warning")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.below.show(self.aside(event.value))
        self.post_message(EntryChanged())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(EntrySubmitted())


class _Sign(Lines):
    def lay(self, width: int) -> list[Content]:
        return [Content(_SIGN)]
