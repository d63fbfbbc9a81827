"""What a fresh process has imported: the promise that nothing slow stands on the way to the first card."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SLOW = {
    "pydantic",
    "yaml",
    "numpy",
    "sympy",
    "mpmath",
    "textual",
    "rich",
    "babel",
    "rapidfuzz",
    "markdown_it",
}


def imported_by(code: str) -> set[str]:
    """The top-level names of `SLOW` (and click) in `sys.modules` after `code` ran in a process of its own."""
    script = (
        f"import sys, json\n{code}\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1])) & (SLOW | {"click"})


def test_version_imports_not_even_click() -> None:
    assert imported_by("sys.argv = ['quizdl', '--version']\nfrom quizdl.cli import main\nmain()") == set()


def test_help_imports_click_alone() -> None:
    assert imported_by("from quizdl.cli.root import run\nrun(['--help'])") == {"click"}


@pytest.mark.parametrize(
    "module",
    ["quizdl.scheduling.sm2", "quizdl.scheduling.queue", "quizdl.journal.store", "quizdl.study.session",
     "quizdl.packs.library", "quizdl.typeset.markdown", "quizdl.typeset.math", "quizdl.grading.choice"],
)  # fmt: skip
def test_rooms_on_the_way_to_the_first_card_import_nothing_slow(module: str) -> None:
    assert imported_by(f"import {module}") == set()


def test_the_measure_sees_what_is_imported() -> None:
    assert imported_by("import numpy, yaml") == {"numpy", "yaml"}
