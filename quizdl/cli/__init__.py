"""Shells: click commands, a file per group; each imports its work inside the command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run `quizdl`; the entry point of the console script.

    `--version` is answered before click is imported: importing click costs twice what starting Python costs.
    """
    if sys.argv[1:] == ["--version"]:
        from quizdl import __version__

        print(f"quizdl {__version__}")
        return
    from quizdl.cli.root import run

    sys.exit(run())
