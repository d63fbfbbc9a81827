"""Start a pack: a folder with one example of each kind, which is valid as it stands."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from quizdl.errors import StorageError, UsageError

_ID = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*")


def new_pack(name: str, parent: Path) -> Path:
    """Make the folder `parent/name` with the template of a pack whose id is `name`.

    Args:
        name: the id of the new pack, e.g. `korean-nlp`.
        parent: where to make its folder.

    Returns:
        the new folder.

    Raises:
        UsageError: the name is no id, or something of that name is there already.
        StorageError: the disk refused.

    Example:
        >>> import tempfile
        >>> sorted(path.name for path in new_pack("nlp", Path(tempfile.mkdtemp())).iterdir())
        ['items.yaml', 'pack.schema.json', 'pack.yaml']
    """
    if not _ID.fullmatch(name):
        suggestion = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        raise UsageError(
            f"a pack's name must be lower-case letters, digits, dots and hyphens, received {name!r}",
            hint=f"try: quizdl pack new {suggestion or 'nlp'}",
        )
    folder = parent / name
    template = files("quizdl.packs") / "template"
    pack = (template / "pack.yaml").read_text(encoding="utf-8").replace("id: my-pack  ", f"id: {name}  ")
    contents = {
        "pack.yaml": pack,
        "items.yaml": (template / "items.yaml").read_text(encoding="utf-8"),
        # Beside the files, so that editors complete them wherever the folder goes.
        "pack.schema.json": (files("quizdl.packs") / "pack.schema.json").read_text(encoding="utf-8"),
    }
    try:
        folder.mkdir(parents=True)
        for filename, text in contents.items():
            (folder / filename).write_text(text, encoding="utf-8")
    except FileExistsError as error:
        raise UsageError(f"{folder} exists already", hint="choose another name") from error
    except OSError as error:
        raise StorageError(
            f"{folder}: {error.strerror or error}", hint="choose another folder with --in"
        ) from error
    return folder
