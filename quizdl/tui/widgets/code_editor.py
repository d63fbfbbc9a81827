"""The editor for a function; Ctrl+O goes on in the learner's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from quizdl.locale import _
from quizdl.tui.widgets.editor import MOST, Editor
from quizdl.tui.widgets.keys import Key
from quizdl.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from quizdl.study.values import Question


class CodeEditor(Editor):
    """Python, beginning with the signature."""

    code = True

    def beginning(self, question: Question) -> str:
        """The starter of the exercise."""
        from quizdl.grading.code.exercise import starter
        from quizdl.packs.items import Code

        assert isinstance(question.item, Code)
        return starter(question.item)

    @property
    def keys(self) -> Sequence[Key]:
        """Tab indents here; a hint is Esc and h."""
        return [
            Key("Ctrl+S", _("run"), ""),
            Key("Ctrl+O", _("your editor"), ""),
            Key("Tab", _("indent"), ""),
            Key("Ctrl+Z", _("undo typing"), ""),
        ]

    def column(self, line: str, position: int) -> int:
        """A column as it is."""
        return position

    def outside(self) -> None:
        """Edit the text in $VISUAL or $EDITOR while the app is suspended."""
        command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
        with tempfile.TemporaryDirectory(prefix="quizdl-") as folder:
            file = Path(folder) / "answer.py"
            file.write_text(self.area.text, encoding="utf-8")
            try:
                with self.app.suspend():
                    done = subprocess.run([*shlex.split(command), str(file)], check=False)
                if done.returncode:
                    raise ValueError(_("exit code {code}").format(code=done.returncode))
                text = file.read_text(encoding="utf-8")
            except (OSError, ValueError, SuspendNotSupported) as error:
                said = _("The editor {command} could not be used: {why}")
                self.screen.query_one(Notice).show(said.format(command=command, why=str(error)), "error")
                return
        if text != self.area.text:
            self.area.replace(text[:MOST], (0, 0), self.area.document.end)
