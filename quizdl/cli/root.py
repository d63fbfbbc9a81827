"""The root command: names every command, imports a command's module only when it is called."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from quizdl import __version__
from quizdl.errors import QuizdlError, StorageError

# name: (module, line of help). The line stands here so that `quizdl --help` imports no command.
COMMANDS: dict[str, tuple[str, str]] = {
    "study": ("quizdl.cli.study", "Study what is due today."),
    "solve": ("quizdl.cli.solve", "Write a function in a file that is checked on every save."),
    "grade": ("quizdl.cli.grade", "Judge an answer without a session."),
    "stats": ("quizdl.cli.stats", "Show reviews, forecast, retention and mastery."),
    "pack": ("quizdl.cli.pack", "List, check, add, remove, update and create packs."),
    "backup": ("quizdl.cli.journal", "Copy the journal to a safe place."),
    "restore": ("quizdl.cli.journal", "Put a backup back in place of the journal."),
    "doctor": ("quizdl.cli.journal", "Check the journal and say how to repair it."),
}


class LazyGroup(click.Group):
    """A click group whose commands are imported when they are called, not when they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(COMMANDS[cmd_name][0]), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from quizdl.nearest import nearest

            near = nearest(name, COMMANDS)
            hint = f" Did you mean {near!r}?" if near else f" Commands: {', '.join(COMMANDS)}."
            raise click.UsageError(f"No such command: {name!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="The journal and the packs live in one folder; the variable QUIZDL_HOME names another.",
)
@click.version_option(__version__, message="quizdl %(version)s")
def root() -> None:
    """Learn deep learning in Korean and English, a few cards every day.

    \b
    quizdl study               what is due today
    quizdl study --plain       the same, line by line
    quizdl stats               how it is going
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code; every `QuizdlError` becomes one clear message.

    Args:
        arguments: what follows the program's name; `None` reads `sys.argv`.

    Returns:
        0 when all went well, 2 for a wrong call, 130 when interrupted, else the code of the error.

    Example:
        >>> run(["--version"])
        quizdl 0.1.0
        0
    """
    try:
        result = root.main(args=arguments, prog_name="quizdl", standalone_mode=False)
    except QuizdlError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        # The reader of our pipe has gone, as `quizdl stats | head` does; nothing is left to say to it.
        _close_output()
        return 0
    except OSError as error:
        if error.filename is not None:  # a file of ours: who opened it should have said more
            raise
        _close_output()
        click.echo(f"error: the output could not be written: {error.strerror}", err=True)
        return StorageError.exit_code
    return result if isinstance(result, int) else 0


def _close_output() -> None:
    """Let go of a standard output that takes nothing, or Python would try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
