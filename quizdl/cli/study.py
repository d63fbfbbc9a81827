"""`quizdl study`: the study screen, or the same session as plain lines."""

from __future__ import annotations

import random
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizdl.errors import QuizdlError

if TYPE_CHECKING:
    from quizdl.settings import PromptLanguage
    from quizdl.study.session import Session

_WIDEST_PLAIN = 100
_BACKUP_AFTER = 3.0
"""Seconds: the first card is on the screen by then."""


@click.command()
@click.option("--plain", is_flag=True, help="Plain lines, for screen readers and pipes.")
@click.option("--concept", metavar="CONCEPT", help="Only this concept: its id or a name.")
@click.option("--pack", metavar="PACK", help="Only this pack.")
@click.option("--kind", metavar="KIND", help="Only this kind, such as term, cloze, choice or numeric.")
@click.option(
    "--tag", "tags", metavar="TAG", multiple=True, help="Only items with this tag; may be repeated."
)
@click.option("--limit", type=int, metavar="N", help="At most N cards in this session.")
@click.option("--new", type=int, metavar="N", help="At most N new cards, whatever today's allowance is.")
@click.option("--cram", is_flag=True, help="Ask all matching cards and leave the schedule as it is.")
@click.option("--lang", type=click.Choice(["ko", "en", "both"]), help="The language of the cards.")
def study(
    plain: bool,
    concept: str | None,
    pack: str | None,
    kind: str | None,
    tags: tuple[str, ...],
    limit: int | None,
    new: int | None,
    cram: bool,
    lang: PromptLanguage | None,
) -> int:
    """Study what is due today.

    Each answer is saved before the next card is shown. A session that is cut off goes on where it stopped.

    \b
    quizdl study                          what is due, then new cards
    quizdl study --concept softmax        only softmax
    quizdl study --kind choice --cram     every choice, whether due or not
    """
    from quizdl.journal.store import Journal
    from quizdl.packs.library import Library
    from quizdl.paths import home, journal_file, settings_file
    from quizdl.settings import load
    from quizdl.study.clock import SystemClock
    from quizdl.study.plan import checked
    from quizdl.study.session import Session
    from quizdl.study.values import Filters

    folder = home()
    settings = load(settings_file(folder))
    if lang is not None:
        settings = replace(settings, prompt_language=lang)
    speak(settings.interface_language)
    library = Library.open(folder)
    for problem in library.problems:
        click.echo(str(problem), err=True)
    wanted = Filters(concept=concept, pack=pack, kind=kind, tags=tags, limit=limit, new=new, cram=cram)
    filters = checked(wanted, library)
    # All three: the app reads keys from the first and draws on the last.
    if not plain and not (sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()):
        plain = True
        click.echo("note: this is not a terminal, so the session runs as plain lines (--plain)", err=True)
    with Journal.open(journal_file(folder)) as journal:
        if journal.empty:
            _tell_of_backups(journal.path)
        session = Session.start(library, journal, settings, filters, clock=SystemClock(), rng=random.Random())
        with daily_backup(journal.path, session.day):
            if plain:
                return _plain(session)
            from quizdl.cli.stats import measure
            from quizdl.tui.app import run

            return run(session, settings, lambda: measure(library, journal, session.day))


def _tell_of_backups(journal: Path) -> None:
    """A learner whose journal was lost must not take it for a new one."""
    from quizdl.journal.backup import backups

    if backups(journal):
        click.echo("note: the journal is empty, but there are backups: see `quizdl restore --list`", err=True)


@contextmanager
def daily_backup(journal: Path, day: int) -> Iterator[None]:
    """Make the backup of the day beside a session: soon after its start, or at its end if it was shorter.

    A backup that fails is told and does no more: the answers themselves are safe in the journal.
    """
    timer = threading.Timer(_BACKUP_AFTER, _quiet_backup, (journal, day))
    timer.daemon = True  # a process that is told to stop does not wait for it
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        from quizdl.journal.backup import backup_if_due

        try:
            backup_if_due(journal, day)
        except QuizdlError as error:
            click.echo(f"note: the backup of the day could not be made: {error.message}", err=True)


def _quiet_backup(journal: Path, day: int) -> None:
    from quizdl.journal.backup import backup_if_due

    # It is tried again at the end of the session, and told then.
    with suppress(QuizdlError):
        backup_if_due(journal, day)


def speak(language: str) -> None:
    """Choose the language of the interface; `auto` follows the environment."""
    from quizdl import locale

    locale.use(locale.from_environment() if language == "auto" else language)


def _plain(session: Session) -> int:
    from quizdl.cli.plain import run

    for stream in (sys.stdin, sys.stdout):
        # A byte that is no text must not end a session; it is shown as a question mark.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    width = min(_WIDEST_PLAIN, shutil.get_terminal_size((80, 24)).columns)
    return run(session, sys.stdin.readline, click.echo, width=width)
