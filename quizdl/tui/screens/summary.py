"""The end of a session: what was done, how it went, when the next cards are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from quizdl.locale import _
from quizdl.study import wording
from quizdl.tui.modes import every
from quizdl.tui.screens.base import KeyScreen
from quizdl.tui.widgets.bars import Bars, Row
from quizdl.tui.widgets.formatted import Formatted
from quizdl.tui.widgets.grades import tone, words
from quizdl.tui.widgets.keys import Key, Keys
from quizdl.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from quizdl.study.values import Summary


class SummaryScreen(KeyScreen):
    """The summary; it returns `quit`, `back` or `undo`."""

    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(every("q") + ",enter", "leave('quit')", show=False),
        Binding("escape", "leave('back')", show=False),
        Binding(every("u"), "leave('undo')", show=False),
        Binding(every("t"), "app.statistics", show=False),
        Binding("question_mark,？,f1", "app.help('study')", show=False),
    ]

    def __init__(self, summary: Summary, *, over: bool) -> None:
        super().__init__()
        self._summary = summary
        self._over = over

    def compose(self) -> ComposeResult:
        summary = self._summary
        text = Formatted()
        with VerticalScroll(id="page", classes="panel") as page:
            page.border_title = _("Session")
            yield text
            if summary.answers:
                yield _Qualities(summary)
        text.show(_sentences(summary, over=self._over))
        yield Notice()
        keys = Keys()
        back = [] if self._over else [Key("Esc", _("go on studying"), "screen.leave('back')")]
        undo = [Key("u", _("undo"), "screen.leave('undo')")] if summary.answers else []
        keys.show(
            [
                Key("⏎", _("quit"), "screen.leave('quit')"),
                *back,
                *undo,
                Key("t", _("statistics"), "app.statistics"),
                Key("?", _("help"), "app.help('study')"),
            ]
        )
        yield keys

    def action_leave(self, choice: str) -> None:
        self.dismiss("quit" if choice == "back" and self._over else choice)


class _Qualities(Bars):
    DEFAULT_CSS = "_Qualities { margin-top: 1; }"

    def __init__(self, summary: Summary) -> None:
        most = max(summary.qualities)
        super().__init__(
            [
                Row(f"{quality} {word}", count / most if most else 0, str(count), tone(quality))
                for quality, (word, count) in enumerate(zip(words(), summary.qualities, strict=True))
            ]
        )


def _sentences(summary: Summary, *, over: bool) -> list[Content]:
    lines = [Content.styled(_headline(summary, over=over), "bold $primary")]
    if summary.answers:
        counts = [
            (_("{n} new"), summary.new),
            (_("{n} reviewed"), summary.reviews),
            (_("{n} asked again"), summary.repeats),
            (_("{n} crammed"), summary.crammed),
            (_("{n} buried"), summary.buried),
            (_("{n} suspended"), summary.suspended),
        ]
        said = " · ".join(text.format(n=count) for text, count in counts if count)
        lines.append(Content(said + " · " + wording.duration(summary.seconds)))
        if (accuracy := summary.accuracy) is not None:
            style = "bold $success" if accuracy >= 0.8 else "bold $warning"
            known = _("{percent} % remembered").format(percent=round(100 * accuracy))
            lines.append(Content.styled(known, style))
    if summary.leeches:
        names = ", ".join(key.split("/")[1] for key in summary.leeches)
        lines.append(Content.styled(_("Leeches, often forgotten: {names}").format(names=names), "$warning"))
    if summary.pending and not over:
        lines.append(Content(_("Still to come today: {n}").format(n=summary.pending)))
    if summary.next_day is not None:
        lines.append(Content(_next(summary.next_count, summary.next_day - summary.today)))
    return lines


def _headline(summary: Summary, *, over: bool) -> str:
    if not over:
        return _("Stop here?")
    if summary.answers:
        return _("Well done, that was all for now.")
    return _("Nothing is due now.")


def _next(count: int, days: int) -> str:
    if days <= 1:
        return _("Cards due tomorrow: {n}").format(n=count)
    return _("Cards due in {days} days: {n}").format(n=count, days=days)
