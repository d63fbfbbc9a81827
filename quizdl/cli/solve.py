"""`quizdl solve`: a code exercise in a file, checked on every save."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizdl.errors import StorageError

if TYPE_CHECKING:
    from quizdl.packs.items import Text
    from quizdl.study.solving import Saved, Solving
    from quizdl.study.values import Language

POLL = 0.2
"""Seconds between two looks at the file."""
UNREADABLE = 2
"""The exit code of code that could not be run, and of a file that was just made."""


@click.command()
@click.argument("item", required=False)
@click.option("--once", is_flag=True, help="Check once and end.")
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each check.")
@click.option(
    "--in", "folder", type=click.Path(path_type=Path), help="The folder; by default one beside the journal."
)
@click.option("--lang", type=click.Choice(["ko", "en"]), help="The language of the task and the messages.")
def solve(item: str | None, once: bool, as_json: bool, folder: Path | None, lang: str | None) -> int:
    """Write the function of ITEM in a file that is checked on every save; without ITEM, of the next one due.

    The file is ITEM.py in the work folder, and what you wrote in it is never overwritten. A line "# hint"
    asks for a hint, "# solution" gives up. When the code passes it counts as a review.

    \b
    quizdl solve                          the next exercise that is due
    quizdl solve softmax.code --once      check the file once
    quizdl solve softmax.code --in .      work in this folder

    Exit code 0: passed. 1: wrong, or given up. 2: could not be run. 130: interrupted.
    """
    from quizdl.cli.study import speak
    from quizdl.journal.store import Journal
    from quizdl.packs.library import Library
    from quizdl.paths import home, journal_file, settings_file
    from quizdl.settings import load
    from quizdl.study.clock import SystemClock
    from quizdl.study.solving import Solving

    place = home()
    settings = load(settings_file(place))
    speak(lang or settings.interface_language)
    language: Language = "ko" if lang == "ko" else "en" if lang == "en" else settings.prompt_language
    with Journal.open(journal_file(place)) as journal:
        library = Library.open(place)
        solving = Solving.start(library, journal, settings, item, clock=SystemClock(), rng=random.Random())
        if solving is None:
            from quizdl.locale import _

            click.echo("{}" if as_json else _("No code exercise is due now."))
            return 0
        bench = _Bench(solving, folder or place / "solve", language, as_json)
        return bench.once() if once else bench.watch()


class _Bench:
    """The file, and what is printed about it."""

    def __init__(self, solving: Solving, folder: Path, language: Language, as_json: bool) -> None:
        self.solving, self.language, self.as_json = solving, language, as_json
        self.file = folder / f"{solving.question.card.item}.py"
        self.made = self._make()

    def once(self) -> int:
        """Check the file as it is now."""
        self._where()
        if self.made:
            return UNREADABLE
        return self._check()

    def watch(self) -> int:
        """Check now and on every save, until it is solved or given up."""
        from quizdl.grading.code import answer

        self._where()
        answer.prepare(self.solving.item)
        seen: tuple[int, int] | None = self._stamp() if self.made else None
        for stamp in self._stamps():
            if stamp == seen:
                continue
            seen = stamp
            code = self._check()
            if self.over:
                return code
        return 0

    over = False
    """Whether it was solved or given up."""

    def _make(self) -> bool:
        """Write the file where there is none; whether there was none."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("x", encoding="utf-8") as new:
                new.write(self.solving.page(self.language))
        except FileExistsError:
            return False
        except OSError as error:
            raise StorageError(f"{self.file} must be writable, received: {error.strerror}") from error
        return True

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat()
        except OSError:  # an editor is just replacing it
            return None
        return found.st_mtime_ns, found.st_size

    def _stamps(self) -> Iterator[tuple[int, int]]:
        while True:
            stamp = self._stamp()
            if stamp is not None:
                yield stamp
            time.sleep(POLL)

    def _where(self) -> None:
        from quizdl.locale import _, current

        if self.as_json:
            if self.made:
                self._print({"file": str(self.file), "made": True})
            return
        said = _("Made {file}. Write the function and save.") if self.made else _("Working in {file}.")
        told = said.format(file=self.file)
        if current() == "ko":
            from quizdl.typeset.hangul import fit_particles

            told = fit_particles(told)
        click.echo(told)

    def _check(self) -> int:
        try:
            source = self.file.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            raise StorageError(f"{self.file} must be readable, received: {error.strerror}") from error
        saved = self.solving.save(source)
        self.over = saved.rated is not None
        if self.as_json:
            self._print(self._plain(saved))
        else:
            self._tell(saved)
        if saved.graded is None:
            return 1
        return {"correct": 0, "partial": 1, "wrong": 1}.get(saved.graded.verdict.outcome, UNREADABLE)

    def _tell(self, saved: Saved) -> None:
        from quizdl.grading.messages import details, sentence
        from quizdl.locale import _
        from quizdl.study import wording

        click.echo("")
        for hint in saved.hints:
            self._text(_("Hint"), hint)
        if saved.graded is not None:
            click.echo(f"{wording.outcome(saved.graded.verdict)}.")
            if (total := saved.graded.total) and saved.graded.verdict.score < 1:
                said = _("{passed} of {total} cases pass.")
                click.echo(said.format(passed=saved.graded.passed, total=total))
            for entry in saved.graded.verdict.feedback:
                click.echo(sentence(entry))
                for line in details(entry):
                    click.echo(line)
                if entry.text is not None:
                    self._text("", entry.text)
        if saved.rated is None:
            if saved.more_hints:
                said = _("Hints left: {n}. Write a line “# hint” for the next.")
                click.echo(said.format(n=saved.more_hints))
            return
        click.echo(_("A solution:"))
        click.echo("\n".join(f"    {line}" for line in self.solving.item.solution.rstrip().splitlines()))
        if self.solving.item.explanation:
            self._text(_("Why"), self.solving.item.explanation)
        if self.solving.question.phase == "cram":
            click.echo(_("It was not due: the schedule stays as it is."))
        else:
            days, quality = wording.interval(saved.rated.days), saved.rated.quality
            click.echo(_("Noted: {quality}. Next time: {days}.").format(quality=quality, days=days))

    def _text(self, label: str, text: Text) -> None:
        from quizdl.study import wording
        from quizdl.typeset import markdown

        for words in wording.spoken(text, self.language):
            for line in markdown.render(words, 80, flat=True):
                start, label = f"{label}: " if label else "  ", ""
                click.echo((start + "".join(span[0] for span in line)).rstrip())

    def _plain(self, saved: Saved) -> dict[str, Any]:
        from quizdl.cli.grade import plain

        told: dict[str, Any] = {"file": str(self.file), "item": self.solving.question.card.item}
        if saved.graded is not None:
            told |= plain(saved.graded.verdict)
            told |= {"passed": saved.graded.passed, "total": saved.graded.total}
            told |= {"printed": saved.graded.printed, "milliseconds": round(1000 * saved.graded.seconds, 3)}
        told["hints"] = [{"ko": hint.ko, "en": hint.en} for hint in saved.hints]
        if saved.rated is not None:
            scheduled = self.solving.question.phase != "cram"
            told |= {"quality": saved.rated.quality, "days": saved.rated.days if scheduled else None}
            told["solution"] = self.solving.item.solution
        return told

    def _print(self, told: dict[str, Any]) -> None:
        print(json.dumps(told, ensure_ascii=False), flush=True)
