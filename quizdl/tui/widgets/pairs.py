"""Pairs to make: a row on the left, and the letter of what belongs to it."""

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
from quizdl.tui.widgets.formatted import set_texts
from quizdl.tui.widgets.keys import Key
from quizdl.tui.widgets.lines import Lines, click

if TYPE_CHECKING:
    from quizdl.grading.verdict import Verdict
    from quizdl.packs.items import Text
    from quizdl.study.values import Question
    from quizdl.tui.widgets.entry import Spoken

_LETTERS = "abcdefghijklmnop"
_NARROWEST = 32
"""Cells that each side needs to stand beside the other."""


class Pairs(Lines, can_focus=True):
    """A left side with numbers, a right side with letters. What is on the right has one partner at most."""

    DEFAULT_CSS = """
    Pairs { margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("right,space", "across", show=False),
        Binding("left,escape", "back", show=False),
        Binding("enter", "take", show=False),
        Binding("backspace,delete", "clear", show=False),
        *(Binding(every(letter), f"give({row})", show=False) for row, letter in enumerate(_LETTERS)),
        *(Binding(every(str(digit % 10)), f"go({digit - 1})", show=False) for digit in range(1, 11)),
    ]

    lettered = True

    def __init__(self) -> None:
        super().__init__()
        self._lefts: Sequence[Text] = ()
        self._rights: Sequence[Text] = ()
        self._shown: tuple[int, ...] = ()
        self._spoken: Spoken = lambda text: [text.ko]
        self._tops: dict[tuple[str, int], tuple[int, int]] = {}
        self.given: dict[int, int] = {}
        self.cursor = 0
        self.choice: int | None = None
        self.graded = False

    # -- as an entry -----------------------------------------------------------------------------------------

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Show both sides, with no pair yet."""
        self._lefts = [pair.left for pair in question.face.pairs]
        self._rights, self._shown, self._spoken = question.face.rows, question.order, spoken
        self.given, self.cursor = {}, 0
        self.again()

    def speak(self, spoken: Spoken) -> None:
        """Show both sides in other languages; the pairs stay."""
        self._spoken = spoken
        self.changed()

    def judged(self, verdict: Verdict | None) -> None:
        """Mark each pair, with the right partner where it has another."""
        self.graded, self.choice, self.can_focus = True, None, False
        self.changed()

    def again(self) -> None:
        """Let the pairs be changed again."""
        self.graded, self.choice, self.can_focus, self.display = False, None, True, True
        self.changed()

    @property
    def response(self) -> Sequence[tuple[int, int]] | None:
        """The pairs made, as authored."""
        return tuple(sorted(self.given.items())) or None

    @property
    def open(self) -> str:
        """Who has left something out is asked once whether that is meant."""
        missing = [str(left + 1) for left in range(len(self._lefts)) if left not in self.given]
        if not self.given:
            return _("No pair is made yet. Once more shows the answer without one.")
        if missing:
            return _("Without a partner: {lefts}. Once more checks it as it is.").format(
                lefts=", ".join(missing)
            )
        return ""

    @property
    def keys(self) -> Sequence[Key]:
        """How to make a pair."""
        if self.choice is not None:
            return [Key("↑↓", _("select"), ""), Key("⏎", _("make the pair"), ""), Key("Esc", _("cancel"), "")]
        last = _LETTERS[len(self._rights) - 1].upper() if self._rights else ""
        return [
            Key("↑↓", _("select"), ""),
            Key(f"A-{last}", _("partner"), ""),
            Key("→", _("to the list"), ""),
        ]

    @property
    def place(self) -> Widget:
        """The pairs themselves."""
        return self

    @property
    def telling(self) -> Region:
        """The pairs with their marks."""
        return Region(0, 0, self.size.width, self.size.height).translate(self.virtual_region.offset)

    # -- making pairs ----------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Move the mark on the side where it is."""
        self._free()
        if self.choice is None:
            self.cursor = max(0, min(len(self._lefts) - 1, self.cursor + step))
        else:
            self.choice = max(0, min(len(self._shown) - 1, self.choice + step))
        self._told()

    def action_across(self) -> None:
        """Go to the right side, to what this row has or the first that is free; there, make the pair."""
        self._free()
        if self.choice is not None:
            self._give(self._shown[self.choice])
            return
        taken = set(self.given.values())
        mine = self.given.get(self.cursor)
        free = (row for row, right in enumerate(self._shown) if right not in taken)
        self.choice = self._shown.index(mine) if mine is not None else next(free, 0)
        self._told()

    def action_back(self) -> None:
        """Leave the right side without a pair."""
        if self.choice is None:
            raise SkipAction
        self.choice = None
        self._told()

    def action_take(self) -> None:
        """Make the pair; on the left, Enter is for the screen, which checks the pairs."""
        if self.choice is None:
            raise SkipAction
        self._give(self._shown[self.choice])

    def action_clear(self) -> None:
        """Take the partner of the row away."""
        self._free()
        self.given.pop(self.cursor, None)
        self.choice = None
        self._told()

    def action_give(self, row: int) -> None:
        """Give the row what has that letter."""
        self._free()
        if row < len(self._shown):
            self._give(self._shown[row])

    def action_go(self, left: int) -> None:
        """Go to a row of the left side."""
        self._free()
        if left < len(self._lefts):
            self.cursor, self.choice = left, None
            self._told()

    def _free(self) -> None:
        if self.graded or not self._lefts:
            raise SkipAction

    def _give(self, right: int) -> None:
        self.given = {left: other for left, other in self.given.items() if other != right}
        self.given[self.cursor] = right
        self.choice = None
        count = len(self._lefts)
        ahead = [(self.cursor + step) % count for step in range(1, count)]
        self.cursor = next((left for left in ahead if left not in self.given), self.cursor)
        self._told()

    def _told(self) -> None:
        self.changed()
        self.post_message(EntryChanged())
        self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        here = ("left", self.cursor) if self.choice is None else ("right", self.choice)
        if self.parent is not None and here in self._tops:
            top, height = self._tops[here]
            region = Region(0, top, self.size.width, height).translate(self.virtual_region.offset)
            self.parent.scroll_to_region(region, animate=False)  # type: ignore[attr-defined]

    # -- drawing ---------------------------------------------------------------------------------------------

    def lay(self, width: int) -> list[Content]:
        self._tops = {}
        half = (width - 3) // 2
        beside = half >= _NARROWEST
        room = half if beside else width
        left, right = self._side("left", room), self._side("right", room)
        if not beside:
            for row in range(len(self._shown)):
                top, height = self._tops["right", row]
                self._tops["right", row] = (top + len(left) + 1, height)
            return [*left, Content(""), *right]
        count = max(len(left), len(right))
        rows = []
        for number in range(count):
            one = left[number] if number < len(left) else Content("")
            other = right[number] if number < len(right) else Content("")
            rows.append(
                Content.assemble(one, " " * (half - one.cell_length), (" │ ", "$text-disabled"), other)
            )
        return rows

    def _side(self, side: str, width: int) -> list[Content]:
        lines: list[Content] = []
        for row in range(len(self._lefts if side == "left" else self._shown)):
            made = self._left(row, width) if side == "left" else self._right(row, width)
            self._tops[side, row] = (len(lines), len(made))
            lines += made
        return lines

    def _left(self, left: int, width: int) -> list[Content]:
        here = left == self.cursor and not self.graded
        given = self.given.get(left)
        letter = self._letter(given) if given is not None else "_"
        number = str(left + 1).rjust(len(str(len(self._lefts))))
        right = given is not None and self._rights[given] == self._rights[left]
        if self.graded:
            mark = ("✓ ", "bold $success") if right else ("✗ ", "bold $error")
            sign = Content.assemble((f"{number} ", "$text-muted"), mark, (f"[{letter}] ", "bold"))
        else:
            arrow = ("▸" if here else " ", "bold $primary")
            chip = "bold reverse $primary" if here and self.choice is None else "bold $primary"
            sign = Content.assemble(arrow, (number, "$text-muted"), " ", (f"[{letter}]", chip), " ")
        lines = set_texts(self._spoken(self._lefts[left]), width, sign, "bold" if here else "")
        if self.graded and not right:
            indent = Content(" " * (sign.cell_length - 4))
            belongs = Content.assemble(indent, ("↳ ", "bold $warning"), (f"{self._letter(left)} ", "bold"))
            lines += set_texts(self._spoken(self._rights[left]), width, belongs, "$success")
        if not self.graded:
            lines = [click(line, f"go({left})") for line in lines]
        return lines

    def _right(self, row: int, width: int) -> list[Content]:
        right = self._shown[row]
        here = row == self.choice
        left = next((left for left, other in self.given.items() if other == right), None)
        mark = (f"{left + 1}" if left is not None else "·").rjust(len(str(len(self._lefts))))
        chip = "bold reverse $primary" if here else "bold $primary"
        sign = Content.assemble(
            ("▸" if here else " ", "bold $primary"),
            (f" {self._letter(right)} ", chip if not self.graded else "$text-muted"),
            (f"{mark} ", "$text-muted"),
        )
        style = "bold" if here else "$text-muted" if left is not None or self.graded else ""
        lines = set_texts(self._spoken(self._rights[right]), width, sign, style)
        return lines if self.graded else [click(line, f"give({row})") for line in lines]

    def _letter(self, right: int) -> str:
        return chr(ord("A") + self._shown.index(right))
