"""The files of a pack: found, read, validated together, and printed again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from quizdl.errors import PackError, Problem, Where
from quizdl.packs import yaml12
from quizdl.packs.files import add_to_hash, find_files
from quizdl.packs.items import Pack
from quizdl.packs.lints.registry import SOUND_ITEMS, SOUND_WHOLE, told
from quizdl.packs.positions import Positions
from quizdl.packs.printing import print_pack
from quizdl.packs.schema import validate

__all__ = ["Reading", "print_pack", "read", "read_pack"]

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
    validated = validate(documents, problems)
    parts, positions = validated.parts, validated.positions
    lints = (*SOUND_ITEMS, *SOUND_WHOLE) if validated.concepts_complete else SOUND_ITEMS
    found = [*validated.problems, *told(lints, parts, positions)]
    pack = replace(parts, content_hash=digest.hexdigest()) if validated.complete else None
    return Reading(pack, tuple(sorted(found, key=lambda problem: problem.where)), positions)
