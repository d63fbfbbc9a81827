"""The options of a choice: chosen by digit, by arrows or by mouse; afterwards each says what it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from quizdl.locale import _
from quizdl.tui.modes import every
from quizdl.tui.widgets.entry import EntryChanged
from quizdl.tui.widgets.formatted import Block, set_block, set_texts
from quizdl.tui.widgets.keys import Key
from quizdl.tui.widgets.lines import Lines, click

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.packs.items import Option
    from quizdl.study.values import Question
    from quizdl.tui.widgets.entry import Spoken


class Options(Lines, can_focus=True):
    """Options of which one or several are right.

    An option is known by its number on the screen, from 0; what the author's order was is not its business.
    """

    DEFAULT_CSS = """
    Options { margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(every(str(digit)), f"choose({digit - 1})", show=False) for digit in range(1, 10)),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("space", "choose_here", show=False),
    ]

    lettered = False

    def __init__(self) -> None:
        super().__init__()
        self._options: Sequence[Option] = ()
        self._spoken: Spoken = lambda text: [text.ko]
        self._several = False
        self._tops: list[int] = []
        self.chosen: frozenset[int] = frozenset()
        self.cursor: int | None = None
        self.graded = False
        self._order: Sequence[int] = ()
        self.display = False

    # -- as an entry -----------------------------------------------------------------------------------------

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Offer the options of a question, none of them chosen yet."""
        self._options = [option for _index, option in question.rows]
        self._order, self._several, self._spoken = question.order, question.several, spoken
        self.chosen = frozenset()
        self.again()

    def speak(self, spoken: Spoken) -> None:
        """Show the same options in other languages."""
        self._spoken = spoken
        self.changed()

    def judged(self, verdict: Verdict | None) -> None:
        """Show which were right, and what the author says about each."""
        self.graded, self.cursor, self.can_focus = True, None, False
        self.changed()

    def again(self) -> None:
        """Let other options be chosen."""
        self.graded, self.cursor, self.can_focus, self.display = False, None, True, True
        self.changed()

    @property
    def response(self) -> Sequence[int] | None:
        """The chosen options as the author numbered them; None when there is none."""
        return sorted(self._order[row] for row in self.chosen) or None

    @property
    def open(self) -> str:
        """Who chooses nothing is asked once whether that is meant."""
        return "" if self.chosen else _("Nothing is chosen yet. Once more shows the answer without one.")

    @property
    def keys(self) -> Sequence[Key]:
        """How to choose."""
        choose = Key(f"1-{len(self._options)}", _("choose"), "")
        mark = self.cursor is not None and self._several
        return [choose, Key(_("Space"), _("mark"), "")] if mark else [choose]

    @property
    def place(self) -> Widget:
        """The options themselves."""
        return self

    # -- choosing --------------------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        if self.graded or number >= len(self._options):
            raise SkipAction
        self.cursor = None
        self._toggle(number)

    def action_choose_here(self) -> None:
        # Space turns the card over, unless the arrows are in use to choose several.
        if self.graded or self.cursor is None or not self._several:
            raise SkipAction
        self._toggle(self.cursor)

    def action_move(self, step: int) -> None:
        if self.graded or not self._options:
            raise SkipAction
        last = len(self._options) - 1
        start = self.cursor
        if start is None and not self._several and self.chosen:
            start = min(self.chosen)
        self.cursor = (0 if step > 0 else last) if start is None else max(0, min(last, start + step))
        if not self._several:
            self.chosen = frozenset({self.cursor})
        self._told()
        self._reveal(self.cursor)

    @property
    def telling(self) -> Region:
        """Where the options stand that were chosen or are right, as rows of the card."""
        rows = [row for row, option in enumerate(self._options) if option.right or row in self.chosen]
        top, bottom = self._tops[min(rows)], self._tops[max(rows) + 1]
        return Region(0, top, self.size.width, bottom - top).translate(self.virtual_region.offset)

    def _toggle(self, number: int) -> None:
        self.chosen = self.chosen ^ {number} if self._several else frozenset({number}) - self.chosen
        self._told()
        self._reveal(number)

    def _told(self) -> None:
        self.changed()
        self.post_message(EntryChanged())

    def _reveal(self, number: int) -> None:
        if self.parent is not None and number < len(self._tops) - 1:
            top, bottom = self._tops[number], self._tops[number + 1]
            region = Region(0, top, self.size.width, bottom - top).translate(self.virtual_region.offset)
            self.call_after_refresh(self.parent.scroll_to_region, region, animate=False)  # type: ignore[attr-defined]

    def lay(self, width: int) -> list[Content]:
        lines: list[Content] = []
        self._tops = []
        # Short options read best as a list; long ones get air between them where the terminal is tall.
        groups = [self._option(number, option, width) for number, option in enumerate(self._options)]
        airy = any(len(group) > 1 for group in groups) and self.app.size.height > 30
        for number, group in enumerate(groups):
            if number and airy:
                lines.append(Content(""))
            self._tops.append(len(lines))
            lines += group
        self._tops.append(len(lines))
        return lines

    def _option(self, number: int, option: Option, width: int) -> list[Content]:
        chosen = number in self.chosen
        mark = ("■" if chosen else "□") if self._several else ("●" if chosen else "○")
        sign = Content.assemble(
            ("▸" if number == self.cursor else " ", "bold $primary"),
            (str(number + 1), "bold $primary" if not self.graded else "$text-muted"),
            " ",
            (mark, "bold $primary" if chosen else "$text-muted"),
            " ",
        )
        style = "bold" if chosen else ""
        if self.graded:
            sign += (
                Content.styled("✓ ", "bold $success")
                if option.right
                else Content.styled("✗ " if chosen else "  ", "bold $error")
            )
            style = "bold $success" if option.right else ("$error" if chosen else "$text-muted")
        lines = set_texts(self._spoken(option.text), width, sign, style)
        indent = Content(" " * sign.cell_length)
        if self.graded:
            arrow = indent + Content.styled("↳ ", "$text-muted")
            if self._several and option.right and not chosen:
                lines.append(arrow + Content.styled(_("missed"), "bold $warning"))
            aside = not (chosen or option.right)
            for second, words in enumerate(self._spoken(option.feedback)):
                lines += set_block(Block(words, "$text-muted" if aside or second else "", arrow), width)
        else:
            lines = [click(line, f"choose({number})") for line in lines]
        return lines
