"""Installed packs: add, update and remove, each in one step that either happened or did not.

A pack's files lie in `<home>/packs/<id>-<hash>/`; the small file `<home>/packs/<id>.json` names that folder
and where it came from. The files are complete on the disk before that one name is switched. So an
interruption at any moment leaves the old state: at worst a nameless folder, which a later change sweeps away.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quizdl.errors import PackError, Problem, StorageError, UsageError, Where
from quizdl.packs.bundled import BUNDLED_ID

if TYPE_CHECKING:
    from quizdl.packs.items import Pack

STALE_SECONDS = 3600
"""What no pointer names and is older than this belongs to a process that is gone."""


@dataclass(frozen=True, slots=True)
class Installed:
    """One installed pack.

    Args:
        id: the pack's id.
        folder: the name of its folder inside `<home>/packs`.
        origin: the path or address it was added from; `update` reads it again.
        hash: the hash of its content.
    """

    id: str
    folder: str
    origin: str
    hash: str


@dataclass(frozen=True, slots=True)
class Staged:
    """A pack that was fetched and validated, and is not yet installed."""

    pack: Pack
    folder: Path
    origin: str
    warnings: tuple[Problem, ...]


def installed(home: Path) -> list[Installed]:
    """The installed packs in the order of their ids; a pointer that cannot be read is left out.

    Args:
        home: the folder of quizdl's data.
    """
    return [entry for entry, _ in _pointers(home) if entry is not None]


def damaged(home: Path) -> list[Problem]:
    """What is wrong with the pointers themselves, for `doctor` and `pack list`."""
    return [problem for _, problem in _pointers(home) if problem is not None]


def _pointers(home: Path) -> Iterator[tuple[Installed | None, Problem | None]]:
    packs = home / "packs"
    for path in sorted(packs.glob("*.json")):
        try:
            entry = Installed(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            yield None, _lost(path, f"must name an installed pack, and cannot be read: {error}")
            continue
        if not all(isinstance(value, str) for value in asdict(entry).values()) or entry.id != path.stem:
            yield None, _lost(path, f"must name the pack {path.stem!r} in texts, received {asdict(entry)}")
        elif entry.folder and entry.folder == Path(entry.folder).name and (packs / entry.folder).is_dir():
            yield entry, None
        else:
            yield None, _lost(path, f"must name a folder beside it, received {entry.folder!r}")


def _lost(pointer: Path, message: str) -> Problem:
    hint = f"quizdl pack remove {pointer.stem}, then add it again"
    return Problem(Where(str(pointer)), message, hint, code="pointer")


@contextmanager
def staged(home: Path, source: str) -> Iterator[Staged]:
    """Fetch and validate a pack into a staging folder, which is gone afterwards unless it was installed.

    Args:
        home: the folder of quizdl's data.
        source: a folder, YAML file, ZIP or git address.

    Raises:
        PackError: the pack is unsafe or not valid; carries every problem.
        UsageError: there is no pack at `source`.
        StorageError: the disk refused.
    """
    from quizdl.packs.check import inspect
    from quizdl.packs.fetch import fetch, is_git_url

    packs = home / "packs"
    with _storage(packs):
        packs.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=packs))
    try:
        with _storage(packs):
            fetch(source, folder)
        pack, warnings = inspect([folder])
        warnings = tuple(_as_given(problem, folder, source) for problem in warnings)
        if pack is None or any(problem.severity == "error" for problem in warnings):
            raise PackError(warnings)
        origin = source if is_git_url(source) else str(Path(source).resolve())
        yield Staged(pack, folder, origin, warnings)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_given(problem: Problem, folder: Path, source: str) -> Problem:
    """The problem at the place where its author will look for it, not in the staging folder."""
    file = Path(problem.where.file)
    if not file.is_relative_to(folder):
        return problem
    inside = file.relative_to(folder).as_posix()
    given = Path(source)
    if given.is_dir():
        name = str(given / inside)
    else:
        name = source if file == folder or given.suffix == file.suffix else f"{source}!{inside}"
    return replace(problem, where=replace(problem.where, file=name))


def add(home: Path, new: Staged) -> Installed:
    """Install a staged pack under a new id.

    Raises:
        UsageError: the id belongs to a bundled or installed pack.
        StorageError: the disk refused; nothing was installed.
    """
    pack_id = new.pack.info.id
    if pack_id == BUNDLED_ID:
        raise UsageError(
            f"the id {pack_id!r} belongs to the pack that comes with quizdl",
            hint="give the pack an id of its own in pack.yaml",
        )
    if _pointer(home, pack_id).exists():
        raise UsageError(
            f"a pack with the id {pack_id!r} is installed already",
            hint=f"quizdl pack update {pack_id} reads it again",
        )
    return _switch(home, new)


def update(home: Path, old: Installed, new: Staged) -> Installed:
    """Put a newer state of an installed pack in its place; the learner's history stays, it hangs on item ids.

    Raises:
        UsageError: the pack at the origin has another id now.
        StorageError: the disk refused; the old state stands.
    """
    if new.pack.info.id != old.id:
        raise UsageError(
            f"the pack at {old.origin} must keep the id {old.id!r}, received {new.pack.info.id!r}",
            hint="remove the old pack and add the new one",
        )
    entry = _switch(home, new)
    shutil.rmtree(home / "packs" / old.folder, ignore_errors=True)
    return entry


def remove(home: Path, pack_id: str) -> None:
    """Remove an installed pack; its reviews stay in the journal and count again when it is added again.

    Raises:
        UsageError: no such pack is installed.
    """
    pointer = _pointer(home, pack_id)
    if not pointer.exists():
        names = ", ".join(entry.id for entry in installed(home)) or "none"
        raise UsageError(f"no pack {pack_id!r} is installed", hint=f"installed: {names}")
    old = {entry.id: entry for entry in installed(home)}.get(pack_id)
    with _storage(pointer):
        pointer.unlink()
    if old is not None:
        shutil.rmtree(pointer.parent / old.folder, ignore_errors=True)
    _sweep(home)


def _pointer(home: Path, pack_id: str) -> Path:
    return home / "packs" / f"{Path(pack_id).name}.json"


def _switch(home: Path, new: Staged) -> Installed:
    """Make the staged files durable, then switch the one name that decides."""
    packs = home / "packs"
    pack_id, content_hash = new.pack.info.id, new.pack.content_hash
    # The random part lets the same content be installed again while the old folder still stands.
    entry = Installed(
        pack_id, f"{pack_id}-{content_hash[:12]}-{os.urandom(3).hex()}", new.origin, content_hash
    )
    with _storage(packs):
        for path in new.folder.rglob("*"):
            if path.is_file():
                _sync(path)
        new.folder.rename(packs / entry.folder)
        note = packs / f".{pack_id}-{os.urandom(4).hex()}"
        note.write_text(json.dumps(asdict(entry), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _sync(note)
        note.replace(_pointer(home, pack_id))
        _sync(packs)
    _sweep(home)
    return entry


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(home: Path) -> None:
    """Delete what interrupted changes left behind: nothing names it and it is too old to be at work."""
    packs = home / "packs"
    named = {entry.folder for entry in installed(home)}
    for path in packs.iterdir():
        if (path.suffix == ".json" and not path.name.startswith(".")) or path.name in named:
            continue
        with suppress(OSError):
            if time.time() - path.stat().st_mtime < STALE_SECONDS:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


@contextmanager
def _storage(place: Path) -> Iterator[None]:
    """Turn the refusal of a disk into one clear message."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"{place}: {error.strerror or error}",
            hint="free some space or choose another folder with QUIZDL_HOME",
        ) from error
