"""Where quizdl keeps what belongs to the learner: journal, settings, installed packs, cache."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """The learner's folder: `QUIZDL_HOME` when it is set, else the place the platform gives to data.

    Nothing is created here; whoever writes first makes the folder.

    Returns:
        An absolute path, `~` expanded.

    Example:
        >>> import os
        >>> os.environ["QUIZDL_HOME"] = "/tmp/learner"
        >>> home().name
        'learner'
        >>> del os.environ["QUIZDL_HOME"]
    """
    chosen = os.environ.get("QUIZDL_HOME", "").strip()
    if chosen:
        return Path(os.path.abspath(Path(chosen).expanduser()))  # noqa: PTH100 (resolve() would follow links)
    import platformdirs  # 15 ms, not needed when QUIZDL_HOME says it

    return Path(platformdirs.user_data_dir("quizdl", appauthor=False))


def journal_file(folder: Path) -> Path:
    """The learner's journal below `folder`."""
    return folder / "journal.db"


def settings_file(folder: Path) -> Path:
    """The learner's settings below `folder`; it need not exist."""
    return folder / "settings.toml"
