"""Several processes on one journal: nothing is lost, nothing collides, and the cache is right at the end."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

from quizdl.journal.replay import replay
from quizdl.journal.store import Journal

WRITER = """
import random, sys, time
from pathlib import Path
from quizdl.journal.store import Journal

name, path, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
rng = random.Random(name)
with Journal.open(path) as journal:
    print("open", flush=True)
    sys.stdin.readline()
    for number in range(count):
        time.sleep(rng.random() / 500)
        when = {"at_ms": 1_000 * number, "offset_minutes": 0, "day": 100 + number // 10}
        if rng.random() < 0.2:
            journal.undo(**when)
        else:
            data = {"quality": rng.randrange(6), "response": f"{name}{number}"}
            print(journal.append("review", f"dl/i{rng.randrange(5)}.x/f", data, **when).id, flush=True)
"""


def test_four_processes_create_the_file_and_write_at_once(path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, name, str(path), "60"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for name in "abcd"
    ]  # fmt: skip
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    acknowledged = set()
    for child in children:
        out, _ = child.communicate(timeout=60)
        assert child.returncode == 0
        acknowledged.update(out.split())
    with Journal.open(path) as journal:
        events = list(journal.events())
        reviews = {event.id for event in events if event.kind == "review"}
        assert reviews == acknowledged
        assert len(reviews) > 150
        assert [event.seq for event in events] == list(range(1, len(events) + 1))
        assert journal.states() == replay(events)
        writers = [event.data["response"][0] for event in events if event.kind == "review"]
        changes = sum(one != two for one, two in pairwise(writers))
        assert changes > 20, "they did write at the same time"


OPENER = """
import sys, time
from pathlib import Path
from quizdl.journal.store import Journal

print("ready", flush=True)
sys.stdin.readline()
with Journal.open(Path(sys.argv[1])) as journal:
    print(journal.device)
"""


def test_many_processes_create_one_file(tmp_path: Path) -> None:
    """SQLite does not wait by itself when the switch to the write-ahead log meets another process's."""
    for attempt in range(5):
        path = tmp_path / str(attempt) / "journal.db"
        children = [
            subprocess.Popen(
                [sys.executable, "-c", OPENER, str(path)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for _ in range(4)
        ]  # fmt: skip
        for child in children:
            assert child.stdout is not None
            child.stdout.readline()
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        devices, complaints = zip(*(child.communicate(timeout=60) for child in children), strict=True)
        assert complaints == ("",) * len(children)
        assert len(set(devices)) == 1
