"""A line for an expression, with what was understood so far below it, as mathematics where there is room.

Reading happens in a thread, a moment after the last key: neither it nor the import behind it holds a key up.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from quizdl.locale import _
from quizdl.study import wording
from quizdl.tui.widgets.answer_line import AnswerLine
from quizdl.typeset.cells import wrap

if TYPE_CHECKING:
    from textual.timer import Timer

    from quizdl.grading.verdict import Feedback
    from quizdl.packs.items import Item
    from quizdl.study.values import Question

PAUSE = 0.12
"""Seconds without a key before the text is read."""
_MOST_ROWS = 5
_TALL = 30
"""Rows of a terminal on which a formula may have several."""


class Understood(NamedTuple):
    """What was understood: the text in one row and as a picture; or what was not, and where."""

    plain: str = ""
    rows: tuple[str, ...] = ()
    failed: Feedback | None = None
    position: int = 0


def understood(item: Item, text: str) -> Understood:
    """Read an answer without judging it."""
    from quizdl.grading.symbolic.items import symbols_of
    from quizdl.grading.symbolic.parser import parse
    from quizdl.grading.symbolic.show import latex, plain
    from quizdl.grading.symbolic.unreadable import Unreadable
    from quizdl.grading.verdict import Feedback
    from quizdl.packs.items import Expression
    from quizdl.typeset.math import LatexError, layout

    assert isinstance(item, Expression)
    try:
        symbols = symbols_of(item.symbols, item.open)
        tree = parse(text, symbols).tree
        shown = plain(tree, symbols)
    except Unreadable as error:
        params = {"reason": error.reason, "message": error.message, **error.params}
        return Understood(failed=Feedback("expr.unreadable", params), position=error.position)
    except (RecursionError, ValueError):
        return Understood()  # too deep, or the item is broken: the grader says so
    try:
        return Understood(shown, tuple(layout(latex(tree)).rows))
    except (LatexError, RecursionError):
        return Understood(shown)


class MathLine(AnswerLine):
    """An answer line that reads along. It says how the text is understood, never whether that is right."""

    _timer: Timer | None = None

    def invitation(self, question: Question) -> str:
        """What may be typed."""
        return _("An expression: s*(1 - s), or LaTeX")

    def aside(self, text: str) -> Content:
        """Nothing at once; a moment later what was understood."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if text.strip() and self.is_attached:
            self._timer = self.set_timer(PAUSE, lambda: self._start(text))
        return Content("")

    def _start(self, text: str) -> None:
        self.run_worker(self._read(text), group="reading", exclusive=True)

    async def _read(self, text: str) -> None:
        question = self._question
        if question is None:
            return
        found = await asyncio.to_thread(understood, question.item, text)
        if question is self._question and text == self.line.value and self.display:
            self.below.show(*self._shown(found, question))

    def _shown(self, found: Understood, question: Question) -> list[Content]:
        if found.failed is not None:
            said = wording.remark(found.failed, question)
            lines = wrap(f"… {said}", max(20, self.content_size.width - 2))
            return [self.caret(found.position), *(Content.styled(line, "$text-muted") for line in lines)]
        rows = found.rows
        label = Content.styled(_("Understood as") + " ", "$text-muted")
        wide = max(map(len, rows), default=0) + label.cell_length + 2 > self.content_size.width
        if not rows or wide or len(rows) > _MOST_ROWS or (len(rows) > 1 and self.app.size.height < _TALL):
            rows = (found.plain,)
        blank = Content(" " * label.cell_length)
        middle = len(rows) // 2
        return [
            Content.assemble(label if at == middle else blank, (row, "$accent"))
            for at, row in enumerate(rows)
        ]
