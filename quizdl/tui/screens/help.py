"""Help for the screen it was asked from: its keys, and what the qualities mean."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from quizdl.locale import _
from quizdl.tui.modes import every
from quizdl.tui.screens.base import KeyScreen
from quizdl.tui.widgets.grades import tone, words
from quizdl.tui.widgets.keys import Key, Keys
from quizdl.tui.widgets.lines import Lines
from quizdl.typeset.cells import cell_width, pad, wrap


class HelpScreen(KeyScreen):
    """Keys and words of one topic."""

    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(every("q") + ",escape,enter,space,question_mark,？,f1", "dismiss", show=False),
    ]

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page", classes="panel") as page:
            page.border_title = _("Help")
            yield Table(_("Keys"), _keys())
            yield Table(_("Cards answered with letters"), _answering())
            yield Table(_("How well did you know it?"), _qualities())
            yield Table(_("Good to know"), _notes())
        keys = Keys()
        keys.show([Key("↑↓ PgUp PgDn", _("scroll"), ""), Key("Esc", _("back"), "screen.dismiss")])
        yield keys


class Table(Lines):
    """A heading, and rows of a short word with its explanation, wrapped beside it."""

    DEFAULT_CSS = "Table { margin-bottom: 1; }"

    def __init__(self, heading: str, rows: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self._heading = heading
        self._rows = rows

    def lay(self, width: int) -> list[Content]:
        left = max((cell_width(word) for word, _style, _text in self._rows), default=0) + 2
        lines = [Content.styled(self._heading, "bold $primary")]
        for word, style, text in self._rows:
            for number, row in enumerate(wrap(text, max(10, width - left))):
                lines.append(Content.assemble((pad("" if number else word, left), style), row))
        return lines


def _keys() -> list[tuple[str, str, str]]:
    style = "bold $accent"
    rows = [
        (_("Enter"), _("check the answer; without one, show it. Space does too where nothing is typed")),
        ("1-9 ↑ ↓", _("choose options; Space marks the one under the arrow where several may be right")),
        ("0-5", _("say how well you knew it")),
        ("Enter", _("take the marked quality")),
        ("h", _("a hint; after one, the marked quality is 3")),
        ("u", _("undo the last answer, bury or suspend, also several one after the other")),
        ("l", _("language of the card: both, Korean, English")),
        ("b", _("bury: put the card off until tomorrow")),
        ("s", _("suspend: do not ask the card again")),
        ("r", _("answer once more what was not right; then the marked quality is 3")),
        ("PgUp PgDn", _("scroll a long card")),
        ("t", _("statistics")),
        ("q", _("quit; every answer you gave is saved already")),
    ]
    return [(word, style, text) for word, text in rows]


def _answering() -> list[tuple[str, str, str]]:
    style = "bold $accent"
    rows = [
        ("Tab", _("a hint: h would be a letter of the answer")),
        ("Ctrl+L", _("language of the card")),
        ("Ctrl+Z", _("undo the last answer")),
        (_("Esc, a letter"), _("any key of the list above, such as Esc b to bury; what you typed stays")),
        (_("Several"), _("a list takes its parts with commas, the gaps of a cloze with ; between")),
        (_("Numbers"), "0.25  1/4  25%  e^-2  √2  [0.1, 0.9]  1 2; 3 4"),
        (_("Order"), _("Space picks a step up, ↑ ↓ carry it, Space puts it down. 1-9 send it to a place.")),
        ("A B C …", _("or type the letters of the steps in the right order; Backspace takes one back")),
        (_("Pairs"), _("↑ ↓ select on the left, a letter gives the partner; → chooses with arrows")),
    ]
    return [(word, style, text) for word, text in rows]


def _qualities() -> list[tuple[str, str, str]]:
    meanings = (
        _("I had no idea."),
        _("Wrong, but I recognised the answer."),
        _("Wrong, but it was on the tip of my tongue."),
        _("Right, but it was hard."),
        _("Right after a moment."),
        _("Right at once."),
    )
    return [
        (f"{quality} {word}", f"bold {tone(quality)}", meanings[quality])
        for quality, word in enumerate(words())
    ]


def _notes() -> list[tuple[str, str, str]]:
    notes = [
        (
            "↻",
            _("Below 4 a card comes again in this session until you know it. Only its first answer counts."),
        ),
        ("d mo y", _("Under each quality: in how many days, months or years the card would come back.")),
        ("ㅗ = h", _("In Hangul mode the same keys work, without switching the keyboard.")),
    ]
    return [(word, "bold $accent", text) for word, text in notes]
