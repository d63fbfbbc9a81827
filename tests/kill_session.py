"""Kill sessions at random moments and look for lost answers: `python tests/kill_session.py 1000`.

Each round starts a process that studies a small pack through `quizdl.study.session.Session`, as fast as it
can: answers of every quality, undo, bury, suspend, and a daily backup. After each action, when the session
says that it is on the disk, the process writes the event's id to a pipe. At a random moment it gets SIGKILL:
while the schema is made, within a commit, a checkpoint or a backup. Then the journal must

- pass SQLite's integrity check, and its states must equal the replay of its events;
- hold every event whose id came through the pipe, and at most one more (killed between disk and pipe);

and every backup that has its name must be whole. The exit code is 0 only if all that held every time.
"""

from __future__ import annotations

import argparse
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROUNDS_A_JOURNAL = 50  # then a new one, so that its creation is killed, too
LONGEST_S = 0.12  # from the child's "ready" to the kill; a session opens in a few ms and commits in under one
FIRST_DAY = 20_000

PACK = "pack:\n  id: kill\n  title: kill\n  version: '1'\nconcepts:\n{concepts}items:\n{items}"
CONCEPT = "- {{id: c{n}, names: {{ko: [개념{n}], en: [concept {n}]}}}}\n"
ITEM = (
    "- {{id: c{c}.i{n}, kind: flashcard, concept: c{c}, front: front {n}, back: back {n}, reversed: true}}\n"
)


def write_pack(path: Path) -> None:
    """A pack of 300 flashcards, two cards each, over ten concepts."""
    concepts = "".join(CONCEPT.format(n=n) for n in range(10))
    items = "".join(ITEM.format(c=n % 10, n=n) for n in range(300))
    path.write_text(PACK.format(concepts=concepts, items=items), encoding="utf-8")


# -- the child --------------------------------------------------------------------------------


def study(journal_file: Path, pack: Path, seed: int) -> None:
    """Study day after day until killed; acknowledge each event on stdout."""
    from quizdl.journal.backup import backup_if_due
    from quizdl.journal.store import Journal
    from quizdl.packs.cache import load
    from quizdl.packs.library import Library
    from quizdl.settings import Settings
    from quizdl.study.clock import HeldClock
    from quizdl.study.session import Session
    from quizdl.study.values import Filters

    library = Library((load([pack], pack.parent / "cache"),))
    rng = random.Random(seed)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    with Journal.open(journal_file) as journal:
        day = max((event.day for event in journal.events()), default=FIRST_DAY)
        clock = HeldClock(at_ms=day * 86_400_000 + 6 * 3_600_000)
        while True:
            session = Session.start(library, journal, Settings(), Filters(), clock=clock, rng=rng)
            for event in act(session, journal, clock, rng):
                sys.stdout.write(event + "\n")
                sys.stdout.flush()
            backup_if_due(journal_file, session.day)
            clock.advance(86_400)


def act(session: object, journal: object, clock: object, rng: random.Random) -> Iterator[str]:
    """The script of one session: yields the id of each event after the session has acknowledged it."""
    from quizdl.journal.store import Journal
    from quizdl.study.clock import HeldClock
    from quizdl.study.session import Session

    assert isinstance(session, Session)
    assert isinstance(journal, Journal)
    assert isinstance(clock, HeldClock)
    while session.question is not None:
        clock.advance(rng.uniform(1, 20))
        chance = rng.random()
        if chance < 0.08:
            if session.undo() is None:
                continue
        elif chance < 0.11:
            session.bury()
        elif chance < 0.115:
            session.suspend()
        else:
            session.answer(None)
            session.rate(rng.choice((0, 1, 2, 3, 4, 4, 4, 5, 5)))
        (newest,) = journal.connection.execute("SELECT id FROM events ORDER BY row DESC LIMIT 1").fetchone()
        yield str(newest)


# -- the parent -------------------------------------------------------------------------------


@dataclass
class Tally:
    """What all rounds together came to."""

    kills: int = 0
    acknowledged: int = 0
    in_flight: int = 0  # on the disk, but killed before it was acknowledged
    before_first: int = 0  # killed before anything was acknowledged
    lost: int = 0
    extra: int = 0
    corrupt: int = 0
    backups: int = 0
    bad_backups: int = 0
    early: int = 0  # the child ended by itself: an error of quizdl or of this script

    @property
    def good(self) -> bool:
        """Nothing happened that must not happen, and the test did test something."""
        wrong = self.lost + self.extra + self.corrupt + self.bad_backups + self.early
        return wrong == 0 and self.acknowledged > 0


def run(kills: int, seed: int) -> Tally:
    """Kill so many sessions."""
    rng, tally = random.Random(seed), Tally()
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        write_pack(base / "pack.yaml")
        warm_up(base)
        for number in range(kills):
            home = base / f"home{number // ROUNDS_A_JOURNAL}"
            known = round_of(home / "journal.db", base / "pack.yaml", rng, tally)
            if not known:
                print(f"round {number + 1} went wrong; seed {seed}", file=sys.stderr)
            if sys.stderr.isatty():
                print(f"\r{number + 1} of {kills} kills", end="", file=sys.stderr)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    return tally


def warm_up(base: Path) -> None:
    """Make the pack's cache, so that every child starts alike."""
    from quizdl.packs.cache import load

    load([base / "pack.yaml"], base / "cache")


def round_of(journal_file: Path, pack: Path, rng: random.Random, tally: Tally) -> bool:
    """One kill and the look afterwards; whether all was well."""
    before = ids(journal_file)
    child = subprocess.Popen(
        [sys.executable, __file__, "--child", str(journal_file), str(pack), str(rng.randrange(2**31))],
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(rng.uniform(0, LONGEST_S))
    child.send_signal(signal.SIGKILL)
    output = child.stdout.read()
    child.stdout.close()
    early = child.wait() != -signal.SIGKILL
    # A line that the kill cut in half is no acknowledgement.
    acknowledged = [line.decode() for line in output.split(b"\n")[:-1]]

    after = ids(journal_file)
    lost = len((before | set(acknowledged)) - after)
    unknown = len(after - before - set(acknowledged))
    corrupt = not sound(journal_file)
    good, bad = check_backups(journal_file)

    tally.kills += 1
    tally.acknowledged += len(acknowledged)
    tally.before_first += not acknowledged
    tally.in_flight += unknown == 1
    tally.lost += lost
    tally.extra += max(0, unknown - 1)
    tally.corrupt += corrupt
    tally.backups += good
    tally.bad_backups += bad
    tally.early += early
    return not (lost or unknown > 1 or corrupt or bad or early)


def ids(journal_file: Path) -> set[str]:
    """The ids of all events, read as the next session would find them."""
    from quizdl.journal.store import Journal

    if not journal_file.exists():
        return set()
    with Journal.open(journal_file) as journal:
        return {event.id for event in journal.events()}


def sound(journal_file: Path) -> bool:
    """SQLite finds no damage, and the states kept are those that replay gives."""
    from quizdl.journal.doctor import examine

    report = examine(journal_file, day=FIRST_DAY)
    for finding in report.findings:
        if finding.level == "error":
            print(finding.message, file=sys.stderr)
    return report.healthy


_CHECKED: dict[Path, bool] = {}


def check_backups(journal_file: Path) -> tuple[int, int]:
    """How many backups appeared since the last look, and how many of them are not whole."""
    from quizdl.errors import QuizdlError
    from quizdl.journal.backup import backups, inspect

    fresh = [path for path in backups(journal_file) if path not in _CHECKED]
    for path in fresh:
        try:
            inspect(path)
            _CHECKED[path] = True
        except QuizdlError as error:
            print(error, file=sys.stderr)
            _CHECKED[path] = False
    return len(fresh), sum(not _CHECKED[path] for path in fresh)


def main() -> int:
    """Read the command line, kill, print the table."""
    parser = argparse.ArgumentParser(description="Kill study sessions and look for lost answers.")
    parser.add_argument("kills", nargs="?", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", nargs=3, metavar=("JOURNAL", "PACK", "SEED"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        study(Path(given.child[0]), Path(given.child[1]), int(given.child[2]))
    start = time.perf_counter()
    tally = run(given.kills, given.seed)
    for label, value in (
        ("kills", tally.kills),
        ("  of these before anything was acknowledged", tally.before_first),
        ("  of these within a commit that reached the disk", tally.in_flight),
        ("acknowledged events", tally.acknowledged),
        ("acknowledged events lost", tally.lost),
        ("events that nobody made", tally.extra),
        ("corrupt journals, or states unlike the replay", tally.corrupt),
        ("backups made", tally.backups),
        ("backups that were not whole", tally.bad_backups),
        ("sessions that ended by themselves", tally.early),
        ("seconds", round(time.perf_counter() - start)),
    ):
        print(f"{label:<54}{value:>8}")
    return 0 if tally.good else 1


if __name__ == "__main__":
    sys.exit(main())
