"""The root command: unknown commands get a hint, errors become one message and their exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from quizdl.cli import root
from quizdl.errors import StorageError


def test_a_mistyped_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert root.run(["stduy"]) == 2
    assert "Did you mean 'study'?" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_an_output_that_takes_nothing_is_one_message() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "quizdl", "pack", "schema"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert done.returncode == StorageError.exit_code
    assert done.stderr == "error: the output could not be written: No space left on device\n"


def test_every_command_named_in_the_table_exists() -> None:
    group = root.root
    assert isinstance(group, root.LazyGroup)
    for name in root.COMMANDS:
        assert group.get_command(click.Context(group), name) is not None


def test_an_error_is_one_message_with_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def full() -> None:
        raise StorageError("the disk is full", hint="free some space")

    monkeypatch.setattr(root.LazyGroup, "get_command", lambda self, ctx, name: full)
    assert root.run(["study"]) == StorageError.exit_code
    assert capsys.readouterr().err == "error: the disk is full\n    hint: free some space\n"
