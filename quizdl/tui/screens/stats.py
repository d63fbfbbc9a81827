"""The statistics of `quizdl stats`, to look at: what is due, what was done, and how well it is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from quizdl.locale import _
from quizdl.scheduling.days import date_of
from quizdl.tui.modes import every
from quizdl.tui.screens.base import KeyScreen
from quizdl.tui.widgets.bars import Bars, Beside, Columns, Row, Tiles
from quizdl.tui.widgets.keys import Key, Keys
from quizdl.tui.widgets.lines import Lines

if TYPE_CHECKING:
    from quizdl.journal.stats import Retention, Statistics

_DAYS = 30
_CHART = 34
"""Cells that thirty days and their scale need at least."""


class StatsScreen(KeyScreen):
    """One snapshot of the statistics.

    Args:
        statistics: the snapshot.
        names: what a concept is called, by its id; the id itself where it is missing.
    """

    AUTO_FOCUS = "#page"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(",".join((every("q"), every("t"), "escape,enter,space")), "dismiss", show=False),
        Binding("question_mark,？,f1", "app.help('study')", show=False),
    ]

    def __init__(self, statistics: Statistics, names: Mapping[str, str]) -> None:
        super().__init__()
        self._statistics = statistics
        self._names = names

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="page", classes="panel stats") as page:
            page.border_title = _("Statistics")
            yield from _charts(self._statistics, self._names)
        keys = Keys()
        keys.show([Key("↑↓ PgUp PgDn", _("scroll"), ""), Key("Esc", _("back"), "screen.dismiss")])
        yield keys


def _charts(numbers: Statistics, names: Mapping[str, str]) -> Iterator[Lines]:
    recent = numbers.days[-_DAYS:]
    span = (f"{date_of(recent[0].day):%m-%d}", _("today"))
    yield _tiles(numbers)
    yield Columns(
        _("Due in the next 30 days"),
        numbers.forecast,
        (_("today"), f"{date_of(numbers.day + len(numbers.forecast) - 1):%m-%d}"),
        style="$accent",
    )
    yield Beside(
        Columns(_("Answers, last 30 days"), [day.reviews for day in recent], span, style="$primary"),
        Columns(
            _("Minutes, last 30 days"),
            [day.milliseconds / 60_000 for day in recent],
            span,
            style="$secondary",
        ),
        least=_CHART,
    )
    yield Beside(_states(numbers), _retention(numbers), least=_CHART)
    yield _mastery(numbers, names)


def _tiles(numbers: Statistics) -> Tiles:
    rate = numbers.retention.rate
    return Tiles(
        [
            (str(numbers.due), _("due today")),
            (
                _("{n} days").format(n=numbers.streak),
                _("streak; longest {n}").format(n=numbers.longest_streak),
            ),
            ("–" if rate is None else f"{100 * rate:.0f} %", _("true retention")),
            (str(numbers.today.reviews), _("answers today")),
        ]
    )


def _states(numbers: Statistics) -> Bars:
    labels = {
        "new": (_("new"), "$primary"),
        "learning": (_("learning (< 6 d)"), "$warning"),
        "young": (_("young (< 21 d)"), "$accent"),
        "mature": (_("mature"), "$success"),
        "suspended": (_("suspended"), "$text-muted"),
        "leech": (_("leeches"), "$error"),
    }
    most = max((*numbers.states.values(), 1))
    return Bars(
        [
            Row(label, numbers.states.get(state, 0) / most, str(numbers.states.get(state, 0)), style)
            for state, (label, style) in labels.items()
        ],
        title=_("Cards by state"),
    )


def _retention(numbers: Statistics) -> Bars:
    def row(label: str, found: Retention) -> Row:
        rate = found.rate
        words = "–" if rate is None else f"{100 * rate:.0f} %  {found.passed}/{found.total}"
        return Row(label, rate or 0.0, words, "$success")

    return Bars(
        [
            row(_("all"), numbers.retention),
            row(_("young"), numbers.retention_young),
            row(_("mature"), numbers.retention_mature),
        ],
        title=_("True retention, last 30 days"),
    )


def _mastery(numbers: Statistics, names: Mapping[str, str]) -> Bars:
    return Bars(
        [
            Row(
                names.get(one.concept, one.concept),
                one.mastery,
                f"{100 * one.mastery:.0f} %  {one.seen}/{one.cards}",
                "$success" if one.mastery >= 0.8 else "$primary",
            )
            for one in numbers.concepts
        ],
        title=_("Mastery by concept (cards seen / all)"),
    )
