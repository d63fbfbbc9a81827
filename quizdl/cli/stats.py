"""`quizdl stats`: what is due, what was done, and how well it is known, as text or as JSON.

The JSON is an object with these keys; keys may be added, but none is renamed or removed while `version` is 1:

    version           1
    day, date         today's study day: days since 1970-01-01, and the same as YYYY-MM-DD
    due               cards due today
    forecast          cards that fall due today (with all overdue ones), tomorrow, … : 30 numbers
    days              the last 365 days, oldest first; each with day, date, reviews, milliseconds, introduced,
                      young, young_passed, mature, mature_passed
    retention, retention_young, retention_mature
                      passed, total and rate (0..1, null without reviews) of the last 30 days
    streak, longest_streak
                      days in a row
    states            cards that are new, learning, young, mature, suspended; and leech, counted beside them
    concepts          for each concept: concept (its id), names {ko, en}, cards, seen, mature, mastery (0..1)
    typical_seconds   the median time for an answer
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from quizdl.locale import _

if TYPE_CHECKING:
    from quizdl.journal.stats import DayCount, Retention, Statistics
    from quizdl.journal.store import Journal
    from quizdl.packs.library import Library

JSON_VERSION = 1
_DAYS = 14
_BAR = 24


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs.")
def stats(as_json: bool) -> None:
    """Show what is due, what was done, and how well it is known.

    True retention is the share of scheduled reviews, first answers aside, with a grade of 3 or better.
    A card is young from an interval of 6 days on and mature from 21; mastery is 100 % when all cards of a
    concept are mature.
    """
    from quizdl.cli.study import speak
    from quizdl.journal.store import Journal
    from quizdl.packs.library import Library
    from quizdl.paths import home, journal_file, settings_file
    from quizdl.settings import load
    from quizdl.study.clock import SystemClock, today

    folder = home()
    settings = load(settings_file(folder))
    speak(settings.interface_language)
    library = Library.open(folder)
    with Journal.open(journal_file(folder)) as journal:
        numbers, names = measure(library, journal, today(SystemClock(), settings.day_start))
    if as_json:
        import json

        click.echo(json.dumps(as_dict(numbers, library), ensure_ascii=False, indent=2))
        return
    for line in report(numbers, names):
        click.echo(line)


def measure(library: Library, journal: Journal, day: int) -> tuple[Statistics, Mapping[str, str]]:
    """The statistics of a day, and the name of each concept in the language of the interface."""
    from quizdl import locale
    from quizdl.journal.stats import statistics

    korean = locale.current() == "ko"
    names = {
        concept.id: (concept.names.ko or concept.names.en)[0]
        if korean
        else (concept.names.en or concept.names.ko)[0]
        for concept in library.concepts.values()
    }
    return statistics(journal, day, {card.key: card.concept for card in library.cards}), names


def as_dict(numbers: Statistics, library: Library) -> dict[str, Any]:
    """What `--json` prints; see the head of this file."""
    found = {"version": JSON_VERSION, **numbers.to_dict()}
    both = {concept.id: concept.names for concept in library.concepts.values()}
    for one in found["concepts"]:
        names = both.get(one["concept"])
        one["names"] = {
            "ko": names.ko[0] if names and names.ko else "",
            "en": names.en[0] if names and names.en else "",
        }
    return found


def report(numbers: Statistics, names: Mapping[str, str]) -> Iterator[str]:
    """The lines that `quizdl stats` prints."""
    from quizdl.cli.tables import table

    yield from table(list(_overview(numbers)), "<<")
    yield ""
    yield _("Cards")
    yield from _indented(table(list(_states(numbers)), "<>"))
    yield ""
    yield _("Last {n} days").format(n=_DAYS)
    yield from _indented(table(list(_days(numbers.days[-_DAYS:])), "<>>>"))
    yield ""
    yield _("Due in the next {n} days").format(n=len(numbers.forecast))
    yield from _indented(table(list(_forecast(numbers)), "<><"))
    yield ""
    yield _("Mastery by concept")
    begun = [one for one in numbers.concepts if one.seen]
    if begun:
        head = (_("concept"), _("mastery"), _("seen"), "")
        rows = [
            (
                names.get(one.concept, one.concept),
                _percent(one.mastery),
                f"{one.seen}/{one.cards}",
                _bar(one.mastery),
            )
            for one in sorted(begun, key=lambda one: -one.mastery)
        ]
        yield from _indented(table([head, *rows], "<>><"))
    waiting = len(numbers.concepts) - len(begun)
    if waiting:
        yield "  " + _("not begun: {n}").format(n=waiting)


def _overview(numbers: Statistics) -> Iterator[tuple[str, str]]:
    from quizdl.study.wording import duration

    today = numbers.today
    yield _("Due today"), str(numbers.due)
    yield (
        _("Answers today"),
        _("{n} in {time}, {new} of them new").format(
            n=today.reviews, time=duration(today.milliseconds / 1000), new=today.introduced
        ),
    )
    yield (
        _("Days in a row"),
        _("{n}, at most {longest}").format(n=numbers.streak, longest=numbers.longest_streak),
    )
    yield _("True retention, 30 days"), _retention(numbers.retention)
    yield _("  young cards"), _retention(numbers.retention_young)
    yield _("  mature cards"), _retention(numbers.retention_mature)
    yield _("Time for an answer"), duration(numbers.typical_seconds)


def _retention(found: Retention) -> str:
    if found.rate is None:
        return _("no reviews yet")
    return _("{share} ({passed} of {total})").format(
        share=_percent(found.rate), passed=found.passed, total=found.total
    )


def _states(numbers: Statistics) -> Iterator[tuple[str, str]]:
    labels = {
        "new": _("new"),
        "learning": _("learning (under 6 days)"),
        "young": _("young (6 to 20 days)"),
        "mature": _("mature (21 days and more)"),
        "suspended": _("suspended"),
        "leech": _("leeches among them"),
    }
    for state, label in labels.items():
        yield label, str(numbers.states[state])


def _days(days: tuple[DayCount, ...]) -> Iterator[tuple[str, str, str, str]]:
    from quizdl.scheduling.days import date_of

    yield _("day"), _("answers"), _("new"), _("minutes")
    for one in reversed(days):
        minutes = f"{one.milliseconds / 60_000:.1f}"
        yield date_of(one.day).isoformat(), str(one.reviews), str(one.introduced), minutes


def _forecast(numbers: Statistics) -> Iterator[tuple[str, str, str]]:
    from quizdl.scheduling.days import date_of

    most = max((*numbers.forecast, 1))
    if not any(numbers.forecast):
        yield _("nothing yet"), "", ""
    for ahead, count in enumerate(numbers.forecast):
        if count:
            yield date_of(numbers.day + ahead).isoformat(), str(count), _bar(count / most)


def _bar(share: float) -> str:
    from quizdl.cli.tables import bar

    return bar(share, _BAR)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)
