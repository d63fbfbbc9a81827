"""`quizdl backup`, `quizdl restore`, `quizdl doctor`: look after the journal."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizdl.errors import JournalError, QuizdlError, UsageError

if TYPE_CHECKING:
    from quizdl.journal.backup import Backup

_MARKS = {"ok": "ok     ", "warning": "warning", "error": "ERROR  "}


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace TARGET if it exists.")
def backup(target: Path | None, force: bool) -> None:
    """Copy the journal, with all answers, to TARGET: a file or a folder.

    Without TARGET the copy goes to the folder `backups` beside the journal. Sessions may be open meanwhile.
    A backup of every day you study is made there by itself, and the last 14 are kept.

    \b
    quizdl backup                      into the backup folder
    quizdl backup /media/stick         into another folder
    """
    from quizdl.journal.backup import backup as make
    from quizdl.journal.backup import folder_of, inspect

    journal = _journal()
    if not journal.exists():
        raise UsageError("there is no journal yet", hint="it begins with your first answer: `quizdl study`")
    name = f"manual-{_stamp()}.db"
    if target is None:
        target = folder_of(journal) / name
    elif target.is_dir():
        target = target / name
    elif target.exists() and not force:
        raise UsageError(f"{target} must not exist yet", hint="give another name, or --force to replace it")
    if target.exists() and target.samefile(journal):
        raise UsageError(f"{target} is the journal itself", hint="give another name")
    click.echo(_line(inspect(make(journal, target, _bar if sys.stderr.isatty() else None))))


@click.command()
@click.argument("source", required=False, metavar="[BACKUP]")
@click.option("--list", "only_list", is_flag=True, help="Show the backups there are and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(source: str | None, only_list: bool, yes: bool) -> None:
    """Put BACKUP in the place of the journal; by default the newest undamaged one.

    BACKUP is a file, or a name that `--list` shows. It is checked first. The journal it replaces is kept in
    the backup folder and can be restored in the same way.
    """
    from quizdl.journal.backup import newer_events
    from quizdl.journal.backup import restore as put_back

    journal = _journal()
    if only_list:
        _list(journal)
        return
    found = _chosen(journal, source)
    click.echo(_line(found))
    if not yes:
        lost = newer_events(journal, found.path) if journal.exists() else 0
        if lost is None:
            click.echo("The present journal cannot be read; it will be kept aside.")
        elif lost:
            click.echo(
                f"The present journal has {lost} events that this backup has not; it will be kept aside."
            )
        click.confirm("Put this backup in its place?", abort=True)
    done = put_back(journal, found.path, _stamp())
    click.echo(f"restored: {found.events} events")
    if done.aside is not None:
        click.echo(f"the journal before is kept as {done.aside}")


@click.command()
@click.option("--repair", is_flag=True, help="Make indexes and card states anew from the answers.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor(repair: bool, as_json: bool) -> int:
    """Check the journal: is the file intact, do the answers replay to the states kept, are there backups?

    The exit code is 0 when nothing is wrong (warnings do not count) and 4 otherwise.
    """
    from quizdl.journal.doctor import examine
    from quizdl.packs.library import Library
    from quizdl.paths import home

    known = Library.open(home()).by_key.keys()
    step = _step if sys.stderr.isatty() and not as_json else _silent
    report = examine(_journal(), day=_today(), known=known, repair=repair, progress=step)
    if step is _step:
        click.echo("\r\x1b[K", err=True, nl=False)
    if as_json:
        findings = [
            {"level": one.level, "code": one.code, "message": one.message, "hint": one.hint}
            for one in report.findings
        ]
        click.echo(
            json.dumps({"healthy": report.healthy, "findings": findings}, ensure_ascii=False, indent=2)
        )
        return report.exit_code
    for one in report.findings:
        click.echo(f"{_MARKS[one.level]}  {one.message}")
        if one.hint:
            click.echo(f"         hint: {one.hint}")
    return report.exit_code


def _journal() -> Path:
    from quizdl.paths import home, journal_file

    return journal_file(home())


def _today() -> int:
    from quizdl.paths import home, settings_file
    from quizdl.scheduling.days import study_day
    from quizdl.settings import load
    from quizdl.study.clock import SystemClock

    clock = SystemClock()
    return study_day(clock.now_ms(), clock.offset_minutes(), load(settings_file(home())).day_start)


def _stamp() -> str:
    """This moment in local time, for the name of a file."""
    import time

    return time.strftime("%Y-%m-%dT%H%M%S")


def _chosen(journal: Path, source: str | None) -> Backup:
    """The backup that is meant, checked."""
    from quizdl.journal.backup import backups, folder_of, inspect

    if source is not None:
        listed = folder_of(journal) / source
        return inspect(listed if listed.is_file() else Path(source))
    for path in backups(journal):
        try:
            return inspect(path)
        except QuizdlError as error:
            click.echo(f"skipped: {error.message}", err=True)
    raise JournalError(
        f"there must be an undamaged backup in {folder_of(journal)}, found none",
        hint="give a file: `quizdl restore FILE`",
    )


def _list(journal: Path) -> None:
    from quizdl.journal.backup import backups, folder_of, inspect

    replaced = sorted(folder_of(journal).glob("replaced-*.db"), reverse=True)
    for path in [*backups(journal), *replaced]:
        try:
            click.echo(_line(inspect(path)))
        except QuizdlError:
            click.echo(f"{path.name}  damaged")
    if not backups(journal) and not replaced:
        click.echo(f"no backups in {folder_of(journal)}")


def _line(found: Backup) -> str:
    import time

    last = time.strftime("%Y-%m-%d %H:%M", time.localtime(found.last_at_ms / 1000)) if found.events else "-"
    size = found.path.stat().st_size / 2**20
    return f"{found.path}  {found.events} events, the last of {last}, {size:.1f} MiB"


def _bar(done: int, pages: int) -> None:
    end = "\n" if done == pages else ""
    click.echo(f"\rcopying {100 * done // max(pages, 1):3d} %{end}", err=True, nl=False)


def _step(name: str, done: int, total: int) -> None:
    # The line is written over by the next one, and by the findings at the end.
    click.echo(f"\r\x1b[Kchecking {name} {100 * done // max(total, 1):3d} %\r", err=True, nl=False)


def _silent(name: str, done: int, total: int) -> None:
    pass
