"""The files of a pack: found, read, validated together, and printed again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from quizdl.errors import PackError, Problem, Where
from quizdl.packs import yaml12
from quizdl.packs.items import Pack
from quizdl.packs.lints.registry import STRUCTURE
from quizdl.packs.positions import Positions
from quizdl.packs.schema import validate

SUFFIXES: Final = (".yaml", ".yml")
MAX_FILES: Final = 2000
MAX_TOTAL_BYTES: Final = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a pack.

    Attributes:
        pack: the pack, or None when a file could not be read or validated.
        problems: everything wrong with it, in the order of the files.
        positions: where its concepts and items stand.
    """

    pack: Pack | None
    problems: tuple[Problem, ...]
    positions: Positions


def read_pack(paths: Sequence[Path]) -> Pack:
    """Read one pack from folders and files.

    Args:
        paths: the folders (with all YAML files below) and files that make up the pack.

    Raises:
        PackError: with every error in every file.
    """
    reading = read(paths)
    if reading.pack is None or any(problem.severity == "error" for problem in reading.problems):
        raise PackError(reading.problems)
    return reading.pack


def read(paths: Sequence[Path]) -> Reading:
    """Read one pack and report all that is wrong with its YAML, its fields and its structure."""
    documents: list[yaml12.Document] = []
    problems: list[Problem] = []
    digest = hashlib.sha256()
    total = 0
    for path, name in find_files(paths, problems):
        try:
            with path.open("rb") as file:
                raw = file.read(yaml12.MAX_BYTES + 1)
        except OSError as error:
            problems.append(
                Problem(Where(str(path)), f"the file must be readable, received: {error.strerror}")
            )
            continue
        total += len(raw)
        if total > MAX_TOTAL_BYTES:
            message = (
                f"the files of a pack must be at most {MAX_TOTAL_BYTES // 1024**2} MiB in all, received more"
            )
            problems.append(Problem(Where(str(path)), message, "split the pack", code="size"))
            break
        add_to_hash(digest, name, raw)
        document, found = yaml12.load(raw, str(path))
        problems += found
        if document is not None:
            documents.append(document)
    pack, found, positions = validate(documents)
    problems += found
    if pack is None or problems:
        return Reading(None, tuple(problems), positions)
    structure = [problem for lint in STRUCTURE for problem in lint(pack, positions)]
    return Reading(replace(pack, content_hash=digest.hexdigest()), tuple(in_order(structure)), positions)


def add_to_hash(digest: hashlib._Hash, name: str, raw: bytes) -> None:
    """Add a file to the hash of a pack, so that no two packs look alike by how their bytes are cut."""
    digest.update(f"{len(name.encode())} {len(raw)}\n".encode() + name.encode() + raw)


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems by file, line and column, errors and warnings together, as compilers print them."""
    return sorted(problems, key=lambda problem: problem.where)


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
        if not files:
            problems.append(
                Problem(Where(str(root)), "a pack must have a file pack.yaml, received no YAML file")
            )
        for path in files:
            count += 1
            if count > MAX_FILES:
                message = f"a pack must have at most {MAX_FILES} files, received more"
                problems.append(Problem(Where(str(root)), message, code="size"))
                return
            yield path, path.name if path == root else path.relative_to(root).as_posix()


def _below(root: Path, problems: list[Problem]) -> list[Path]:
    inside = root.resolve()
    files = []
    for path in root.rglob("*"):
        relative = path.relative_to(root)
        if path.suffix not in SUFFIXES or any(part.startswith(".") for part in relative.parts):
            continue
        if not path.resolve().is_relative_to(inside):
            message = "a file of a pack must lie in its folder, received a link that leads out of it"
            problems.append(Problem(Where(str(path)), message, "copy the file into the pack", code="link"))
        elif path.is_file():
            files.append(path)
    return sorted(files, key=lambda path: (path.relative_to(root).as_posix() != "pack.yaml", path.as_posix()))
