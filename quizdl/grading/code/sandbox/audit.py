"""Python's own audit events: where no kernel layer stands, still no file, socket or process by accident.

This is a fence, not a wall: code that reaches machine code passes it. Its message is clearer than an errno.
"""

from __future__ import annotations

import sys
from typing import Final

_REFUSED: Final = frozenset({
    "open", "socket", "subprocess", "shutil", "tempfile", "ctypes", "mmap", "pty", "glob", "ftplib", "http",
    "imaplib", "nntplib", "poplib", "smtplib", "sqlite3", "telnetlib", "urllib", "webbrowser", "winreg",
    "fcntl", "syslog", "resource", "signal", "pdb",
})  # fmt: skip
"""The first word of the events that are refused, beside all of `os`."""
_HARMLESS: Final = frozenset({"os.fspath"})


def refuse() -> bool:
    """Refuse files, sockets, processes and machine code to Python code from now on, for good.

    Returns:
        True: every CPython has audit hooks.
    """

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        room = event.partition(".")[0]
        if (room == "os" or room in _REFUSED) and event not in _HARMLESS:
            raise PermissionError(f"{event} is not possible in an exercise")

    sys.addaudithook(hook)
    return True
