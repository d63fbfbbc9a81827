"""`quizdl pack`: list, check, add, remove, update, new, schema."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizdl.errors import PackError, Problem, QuizdlError, UsageError

if TYPE_CHECKING:
    from quizdl.grading.code.lint import Progress
    from quizdl.packs.install import Installed, Staged


@click.group()
def pack() -> None:
    """List, check, add, remove, update and create packs.

    A pack is a folder, or one file, of YAML with concepts and items.

    \b
    quizdl pack new nlp        start a pack in the folder nlp
    quizdl pack check nlp      say all that is wrong with it, with file:line:column
    quizdl pack add nlp        study it
    """


@pack.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def list_packs(as_json: bool) -> None:
    """Show the packs that are studied: the bundled one and those added."""
    from quizdl.packs.install import damaged, installed
    from quizdl.packs.library import Library
    from quizdl.paths import home
    from quizdl.typeset.cells import cell_width

    library = Library.open(home())
    origins = {entry.id: entry.origin for entry in installed(home())}
    cards = Counter(card.pack for card in library.cards)
    items = {
        info.id: len({card.item for card in library.cards if card.pack == info.id}) for info in library.packs
    }
    rows = [
        {
            "id": info.id,
            "version": info.version,
            "title": {"ko": info.title.ko, "en": info.title.en},
            "items": items[info.id],
            "cards": cards[info.id],
            "origin": origins.get(info.id, "bundled"),
        }
        for info in library.packs
    ]
    problems = [*library.problems, *damaged(home())]
    if as_json:
        click.echo(
            json.dumps({"packs": rows, "problems": list(map(str, problems))}, ensure_ascii=False, indent=2)
        )
        return
    width = max((cell_width(str(row["id"])) for row in rows), default=0)
    for row in rows:
        counted = f"{row['items']:>6} items {row['cards']:>6} cards"
        click.echo(f"{row['id']:<{width}}  {row['version']:<8} {counted}  {row['origin']}")
    for problem in problems:
        click.echo(str(problem), err=True)


@pack.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
@click.option("--quick", is_flag=True, help="Read only: run no code of exercises.")
def check(paths: tuple[Path, ...], as_json: bool, quick: bool) -> int:
    """Say all that is wrong with a pack; several PATHS together are one pack.

    The solutions of code exercises are run in a sandbox, with each known mistake and with small faults put
    into them, all of which the inputs of the exercise must notice.

    Exit code 0: no errors (there may be warnings). 3: errors.
    """
    from quizdl.grading.lints import LINTS
    from quizdl.packs.check import counted, inspect, summary

    with _telling() as tell:
        if quick:
            found, problems = inspect(paths, more=LINTS)
        else:
            from quizdl.grading.code.lint import gate

            found, problems = inspect(paths, more=(*LINTS, gate(tell)))
    errors = sum(problem.severity == "error" for problem in problems)
    if as_json:
        click.echo(json.dumps([_plain(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        if found is not None:
            click.echo(summary(found))
        click.echo(f"{counted(errors, 'error')}, {counted(len(problems) - errors, 'warning')}")
    return PackError.exit_code if errors else 0


@pack.command()
@click.argument("source")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def add(source: str, yes: bool) -> None:
    """Add the pack at SOURCE: a folder, a YAML file, a ZIP, or the address of a git repository.

    It is validated before anything is copied, and you see what it brings before it is added.
    """
    from quizdl.packs.install import add as install
    from quizdl.packs.install import staged
    from quizdl.paths import home

    with staged(home(), source) as new:
        _show(new)
        _confirm("Add this pack?", yes)
        entry = install(home(), new)
    click.echo(f"added {entry.id}; quizdl study --pack {entry.id} starts with it")


@pack.command()
@click.argument("name")
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Remove the added pack NAME. Its reviews stay in the journal and count again when it comes back."""
    from quizdl.packs.install import remove as uninstall
    from quizdl.paths import home

    _find(name)
    _confirm(f"Remove the pack {name}?", yes)
    uninstall(home(), name)
    click.echo(f"removed {name}; its reviews are kept")


@pack.command()
@click.argument("name", required=False)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def update(name: str | None, yes: bool) -> int:
    """Read the added pack NAME, or every added pack, again from where it came."""
    from quizdl.packs.install import installed, staged
    from quizdl.packs.install import update as renew
    from quizdl.paths import home

    entries = [_find(name)] if name else installed(home())
    failed: QuizdlError | None = None
    for entry in entries:
        try:
            with staged(home(), entry.origin) as new:
                if new.pack.content_hash == entry.hash:
                    click.echo(f"{entry.id} is up to date")
                    continue
                _show(new)
                _confirm(f"Update {entry.id}?", yes)
                renew(home(), entry, new)
                click.echo(f"updated {entry.id} to version {new.pack.info.version}")
        except QuizdlError as error:
            # One pack whose origin is gone must not keep the others from being updated.
            click.echo(f"{entry.id}: {error}", err=True)
            failed = failed or error
    if not entries:
        click.echo("no packs were added yet; the bundled one is updated with quizdl itself")
    return failed.exit_code if failed else 0


@pack.command()
@click.argument("name")
@click.option(
    "--in", "parent", default=".", type=click.Path(path_type=Path), help="Where to make the folder."
)
def new(name: str, parent: Path) -> None:
    """Start a pack called NAME: a folder with one example of each kind of item."""
    from quizdl.packs.new import new_pack

    folder = new_pack(name, parent)
    click.echo(f"made {folder}; edit it, then: quizdl pack check {folder}")


@pack.command()
def schema() -> None:
    """Print the JSON Schema of packs, for editors."""
    from quizdl.packs.schema import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@contextmanager
def _telling() -> Iterator[Callable[[Progress], None]]:
    """A line on the terminal that says how far the exercises are; none where there is no terminal."""
    shown = 0

    def tell(progress: Progress) -> None:
        nonlocal shown
        if not sys.stderr.isatty():
            return
        left = f"about {progress.seconds_left:.0f} s left" if progress.done else "…"
        line = f"code {progress.done}/{progress.total}, {progress.mutants} faults put in, {left}"
        click.echo("\r" + line.ljust(shown), nl=False, err=True)
        shown = len(line)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r" + " " * shown + "\r", nl=False, err=True)


def _plain(problem: Problem) -> dict[str, object]:
    where = {"file": problem.where.file, "line": problem.where.line, "column": problem.where.column}
    said = {"code": problem.code, "message": problem.message, "hint": problem.hint}
    return {**where, "severity": problem.severity, **said}


def _show(new: Staged) -> None:
    for problem in new.warnings:
        click.echo(str(problem), err=True)
    from quizdl.packs.check import summary

    info = new.pack.info
    click.echo(summary(new.pack))
    click.echo("  " + " / ".join(dict.fromkeys(text for text in (info.title.ko, info.title.en) if text)))
    click.echo(
        f"  licence: {info.license or 'not stated'}; authors: {', '.join(info.authors) or 'not stated'}"
    )
    click.echo(f"  from {new.origin}")


def _confirm(question: str, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise UsageError("this needs a yes, and there is no terminal to ask", hint="add --yes")
    click.confirm(question, abort=True)


def _find(name: str) -> Installed:
    from quizdl.nearest import nearest
    from quizdl.packs.install import installed
    from quizdl.paths import home

    entries = {entry.id: entry for entry in installed(home())}
    if name not in entries:
        near = nearest(name, entries)
        names = ", ".join(entries) or "none"
        raise UsageError(
            f"no pack {name!r} was added", hint=f"did you mean {near!r}?" if near else f"added: {names}"
        )
    return entries[name]
