"""The files that make up a pack: which they are, in which order, and whether they changed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Protocol

from quizdl.errors import Problem, Where

SUFFIXES: Final = (".yaml", ".yml")
MAX_FILES: Final = 2000


class Digest(Protocol):
    """Any hash of hashlib."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""


def add_to_hash(digest: Digest, name: str, raw: bytes) -> None:
    """Add a file to the hash of a pack, so that no two packs look alike by how their bytes are cut."""
    digest.update(f"{len(name.encode())} {len(raw)}\n".encode() + name.encode() + raw)


def find_files(paths: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """The YAML files of a pack in their order: in each folder `pack.yaml` first, then by name.

    Yields:
        The path, and the name relative to the folder it was found in.
    """
    count = 0
    for root in paths:
        if not root.exists():
            problems.append(
                Problem(Where(str(root)), "a pack must be a folder or a YAML file, received no such path")
            )
            continue
        files = [root] if root.is_file() else _below(root, problems)
        for path in files:
            count += 1
            if count > MAX_FILES:
                message = f"a pack must have at most {MAX_FILES} files, received more"
                problems.append(Problem(Where(str(root)), message, code="size"))
                return
            yield path, path.name if path == root else path.relative_to(root).as_posix()
    if not count and not problems:
        where = Where(str(paths[0]) if paths else "")
        problems.append(Problem(where, "a pack must have a file pack.yaml, received no YAML file"))


def _below(root: Path, problems: list[Problem]) -> list[Path]:
    inside = root.resolve()
    found = []
    for folder, folders, files in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in [*folders, *files]:
            path = Path(folder, name)
            yaml = name.endswith(SUFFIXES) and not name.startswith(".")
            if path.is_symlink() and not path.resolve().is_relative_to(inside) and (yaml or name in folders):
                message = "a file of a pack must lie in its folder, received a link that leads out of it"
                problems.append(Problem(Where(str(path)), message, "copy it into the pack", code="link"))
            elif yaml and name not in folders:
                if path.is_file() or not path.exists():  # a link that leads nowhere is told when it is read
                    found.append(path)
                else:  # to read a pipe is to wait for ever
                    message = "a file of a pack must be an ordinary file, received a pipe or device"
                    problems.append(Problem(Where(str(path)), message, "remove it", code="link"))
    return sorted(found, key=lambda path: (path.relative_to(root).as_posix() != "pack.yaml", path.as_posix()))


Stamps = list[tuple[str, int, int]]
"""Path, size and time of change (ns) of each file: equal stamps mean that nothing changed."""


def stamps(paths: Sequence[Path]) -> Stamps | None:
    """The stamps of the files of a pack, or None when they cannot all be found."""
    problems: list[Problem] = []
    result = []
    for path, _ in find_files(paths, problems):
        try:
            state = path.stat()
        except OSError:
            return None
        result.append((str(path), state.st_size, state.st_mtime_ns))
    return result if result and not problems else None


def content_hash(paths: Sequence[Path]) -> str:
    """The hash of the names and bytes of all files of a pack; empty when they cannot all be read."""
    import hashlib

    problems: list[Problem] = []
    digest = hashlib.sha256()
    for path, name in find_files(paths, problems):
        try:
            add_to_hash(digest, name, path.read_bytes())
        except OSError:
            return ""
    return "" if problems else digest.hexdigest()
