"""Where the pack that comes with quizdl lies: in the package, or at the root of a checkout."""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("content", "exercises")
BUNDLED_ID = "deep-learning"


def bundled_paths() -> tuple[Path, ...]:
    """The folders of the bundled pack that exist.

    Example:
        >>> [path.name for path in bundled_paths()]
        ['content', 'exercises']
    """
    package = Path(__file__).parents[1]
    installed = package / "bundled"
    root = installed if installed.is_dir() else package.parent
    return tuple(path for name in FOLDERS if (path := root / name).is_dir())
