"""Steps to put in order: carried with arrows, sent to a place by digit, or named by their letters."""

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

_LETTERS = "abcdefghijkl"


class Steps(Lines, can_focus=True):
    """Steps in the order that the learner gives them.

    A step is known by its index as authored. Its letter is that of the place where it was first shown, and
    goes with it.
    """

    DEFAULT_CSS = """
    Steps { margin-top: 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("shift+up", "carry(-1)", show=False),
        Binding("shift+down", "carry(1)", show=False),
        Binding("space", "hold", show=False),
        Binding("enter", "drop", show=False),
        Binding("escape", "cancel", show=False),
        Binding("backspace", "unpick", show=False),
        *(Binding(every(letter), f"pick({row})", show=False) for row, letter in enumerate(_LETTERS)),
        *(Binding(every(str(digit)), f"place({digit - 1})", show=False) for digit in range(1, 10)),
    ]

    lettered = True

    def __init__(self) -> None:
        super().__init__()
        self._texts: Sequence[Text] = ()
        self._shown: tuple[int, ...] = ()
        self._spoken: Spoken = lambda text: [text.ko]
        self._tops: list[int] = []
        self._before: list[int] = []
        self.steps: list[int] = []
        self.cursor = 0
        self.held = False
        self.picked = 0
        self.moved = False
        self.graded = False

    # -- as an entry -----------------------------------------------------------------------------------------

    def ask(self, question: Question, spoken: Spoken) -> None:
        """Show the steps as they were shuffled."""
        self._texts, self._shown, self._spoken = question.face.rows, question.order, spoken
        self.steps = list(question.order)
        self.cursor, self.held, self.picked, self.moved = 0, False, 0, False
        self.again()

    def speak(self, spoken: Spoken) -> None:
        """Show the steps in other languages, in the order that they have."""
        self._spoken = spoken
        self.changed()

    def judged(self, verdict: Verdict | None) -> None:
        """Mark the steps that stand in the right order, and say where the others belong."""
        self.graded, self.held, self.can_focus = True, False, False
        self.changed()

    def again(self) -> None:
        """Let the steps be moved again."""
        self.graded, self.can_focus, self.display = False, True, True
        self.changed()

    @property
    def response(self) -> Sequence[int] | None:
        """The steps in the learner's order; None as long as none was moved."""
        return tuple(self.steps) if self.moved else None

    @property
    def open(self) -> str:
        """An order that nobody touched is no answer."""
        return "" if self.moved else _("Nothing is moved yet. Once more shows the right order.")

    @property
    def keys(self) -> Sequence[Key]:
        """How to move a step."""
        if self.held:
            return [Key("↑↓", _("move"), ""), Key(_("Space"), _("put down"), ""), Key("Esc", _("cancel"), "")]
        last = _LETTERS[len(self.steps) - 1].upper() if self.steps else ""
        return [
            Key("↑↓", _("select"), ""),
            Key(_("Space"), _("move"), ""),
            Key(f"A-{last}", _("type"), ""),
        ]

    @property
    def place(self) -> Widget:
        """The steps themselves."""
        return self

    @property
    def telling(self) -> Region:
        """The steps with their marks."""
        return Region(0, 0, self.size.width, self.size.height).translate(self.virtual_region.offset)

    # -- moving ----------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Move the mark, or what is held."""
        self._free()
        if self.held:
            self._send(self.cursor + step)
        else:
            self.cursor = max(0, min(len(self.steps) - 1, self.cursor + step))
        self._told()

    def action_carry(self, step: int) -> None:
        """Move the step under the mark without picking it up."""
        self._free()
        self._send(self.cursor + step)
        self._told()

    def action_hold(self) -> None:
        """Pick the step up, or put it down."""
        self._free()
        self.held = not self.held
        self._before = list(self.steps)
        self._told()

    def action_drop(self) -> None:
        """Put down what is held; otherwise Enter is for the screen, which checks the order."""
        if not self.held:
            raise SkipAction
        self.action_hold()

    def action_cancel(self) -> None:
        """Put what is held back to where it was."""
        if not self.held:
            raise SkipAction
        step = self.steps[self.cursor]
        self.steps, self.held = list(self._before), False
        self.cursor = self.steps.index(step)
        self._told()

    def action_place(self, place: int) -> None:
        """Send the step under the mark to a place."""
        self._free()
        if place < len(self.steps):
            self._send(place)
            self._told()

    def action_pick(self, row: int) -> None:
        """Put the step with that letter at the next place: B, A, C typed in turn give that order."""
        self._free()
        if row >= len(self.steps):
            return
        self.held = False
        self.picked %= len(self.steps)  # A whole order was typed: another one begins.
        step = self._shown[row]
        at = self.steps.index(step)
        if at >= self.picked:
            self.steps.insert(self.picked, self.steps.pop(at))
            self.cursor = self.picked
            self.picked += 1
            self.moved = True
        else:
            self.cursor = at
        self._told()

    def action_unpick(self) -> None:
        """Take the last letter back; the step stays, and the next letter replaces it."""
        self._free()
        if self.picked:
            self.picked -= 1
            self.cursor = self.picked
            self._told()

    def _free(self) -> None:
        if self.graded or not self.steps:
            raise SkipAction

    def _send(self, place: int) -> None:
        place = max(0, min(len(self.steps) - 1, place))
        if place != self.cursor:
            self.steps.insert(place, self.steps.pop(self.cursor))
            self.moved = True
        self.cursor, self.picked = place, 0

    def _told(self) -> None:
        self.changed()
        self.post_message(EntryChanged())
        self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        if self.parent is not None and self.cursor < len(self._tops) - 1:
            top, bottom = self._tops[self.cursor], self._tops[self.cursor + 1]
            region = Region(0, top, self.size.width, bottom - top).translate(self.virtual_region.offset)
            self.parent.scroll_to_region(region, animate=False)  # type: ignore[attr-defined]

    # -- drawing ---------------------------------------------------------------------------------------------

    def lay(self, width: int) -> list[Content]:
        lines: list[Content] = []
        self._tops = []
        kept = in_order(self.steps) if self.graded else frozenset()
        for place, step in enumerate(self.steps):
            self._tops.append(len(lines))
            lines += self._step(place, step, width, right=step in kept)
        self._tops.append(len(lines))
        return lines

    def _step(self, place: int, step: int, width: int, *, right: bool) -> list[Content]:
        here = place == self.cursor and not self.graded
        letter = chr(ord("A") + self._shown.index(step))
        number = str(place + 1).rjust(len(str(len(self.steps))))
        if self.graded:
            mark = ("✓ ", "bold $success") if right else ("✗ ", "bold $error")
            sign = Content.assemble((f"{number} ", "$text-muted"), mark, (f"{letter} ", "$text-muted"))
            style = "" if right else "$error"
        else:
            held = here and self.held
            arrow = ("↕" if held else "▸" if here else " ", "bold $primary")
            dot = ("●" if place < self.picked else "·", "$text-muted")
            chip = f"bold reverse {'$warning' if held else '$primary'}" if here else "bold $primary"
            sign = Content.assemble(arrow, (number, "$text-muted"), " ", dot, " ", (f" {letter} ", chip), " ")
            style = "bold" if here else ""
        lines = set_texts(self._spoken(self._texts[step]), width, sign, style)
        if self.graded and not right and place != step:
            indent = Content(" " * sign.cell_length)
            said = "↳ " + _("is step {n}").format(n=step + 1)
            lines.append(indent + Content.styled(said, "bold $warning"))
        if not self.graded:
            lines = [click(line, f"pick({self._shown.index(step)})") for line in lines]
        return lines


def in_order(given: Sequence[int]) -> frozenset[int]:
    """The steps of a longest run that stands in the right order, others left out.

    Of several such runs, the one with the most steps that are at their own places.

    Example:
        >>> sorted(in_order([2, 0, 1, 3])), sorted(in_order([3, 1, 0, 2])), sorted(in_order([]))
        ([0, 1, 3], [1, 2], [])
    """
    best: list[tuple[int, int, frozenset[int]]] = []  # of the runs that end at each place
    for place, step in enumerate(given):
        here = int(step == place)
        before = [best[at] for at in range(place) if given[at] < step]
        length, own, run = max(before, key=lambda found: found[:2], default=(0, 0, frozenset()))
        best.append((length + 1, own + here, run | {step}))
    return max(best, key=lambda found: found[:2], default=(0, 0, frozenset[int]()))[2]
