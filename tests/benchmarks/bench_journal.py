"""What the journal and the queue cost with 100,000 cards: `python tests/benchmarks/bench_journal.py`.

`rows()` gives (name, value, unit, budget); lines without a budget explain the others. Nothing here asserts.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from quizdl.journal import rows as tables
from quizdl.journal.backup import backup
from quizdl.journal.stats import statistics as statistics_of
from quizdl.journal.store import Journal
from quizdl.packs.cards import Card
from quizdl.scheduling.state import CardState
from quizdl.settings import Settings
from quizdl.study.plan import today_queue
from quizdl.study.values import Filters

Row = tuple[str, float, str, float]
INFO = float("inf")  # no budget: for information

DAY = 20_000
CARDS = 100_000
CONCEPTS = 69


def keys(count: int = CARDS) -> list[tuple[str, str]]:
    """(key, concept) of a made-up library: two cards an item, concepts in blocks as in the concept graph."""
    return [
        (
            f"deep-learning/concept{n * CONCEPTS // count}.item{n // 2}/{'ab'[n % 2]}",
            f"concept{n * CONCEPTS // count}",
        )
        for n in range(count)
    ]


def fill(path: Path, cards: Iterable[str], *, due_days: int) -> None:
    """Cached states of seen cards (no events), due over `due_days` days of which DAY is the second half."""
    rng = random.Random(1)
    with Journal.open(path) as journal, journal.transaction():
        for card in cards:
            interval = rng.choice((1, 6, 15, 38, 95, 238))
            due = DAY + rng.randrange(due_days) - due_days // 2
            state = CardState(3, 250, interval, due, due - interval, DAY - 400, 4)
            tables.write_state(journal.connection, card, state)


def add_reviews(path: Path, cards: list[str], count: int) -> None:
    """`count` review events over the last five years, straight into the table: for the statistics."""
    rng = random.Random(2)
    sql = (
        "INSERT INTO events (id, device, seq, at_ms, offset_minutes, day, kind, card, phase, quality, was, "
        "took_ms, data) VALUES (?, 'bench', ?, ?, 540, ?, 'review', ?, 'scheduled', ?, ?, ?, ?)"
    )

    def row(n: int) -> tuple[str | int, ...]:
        day = DAY - 1826 + n * 1826 // count
        answer = (rng.randrange(1, 6), rng.choice((0, 1, 6, 30)), rng.randrange(2_000, 20_000))
        return (f"{n:036d}", n + 1, n, day, cards[n % len(cards)], *answer, '{"scheduler":"sm2"}')

    with Journal.open(path) as journal, journal.transaction():
        journal.connection.executemany(sql, (row(n) for n in range(count)))


def library(names: list[tuple[str, str]]) -> Any:
    """What `today_queue` needs of a library: its cards in order, and by key. Loading has its own budget."""
    cards = [
        Card(key, *key.split("/"), concept, "flashcard", place) for place, (key, concept) in enumerate(names)
    ]
    return SimpleNamespace(cards=cards, by_key={card.key: card for card in cards})


def today(path: Path, installed: Any) -> list[str]:
    """What a session does at its start: open the journal, ask it, build the queue."""
    with Journal.open(path) as journal:
        return today_queue(installed, journal, Settings(), Filters(), DAY)


def milliseconds(work: Callable[[], object], times: int = 15) -> float:
    """The median of several runs after one that warms up."""
    work()
    taken = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1_000


def fsync_ms(folder: Path, times: int = 300) -> float:
    """The disk's own price: 4 KiB appended to a file, then fdatasync."""
    taken = []
    with (folder / "probe").open("wb") as probe:
        for _ in range(times):
            start = time.perf_counter()
            probe.write(bytes(4096))
            probe.flush()
            os.fdatasync(probe.fileno())
            taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1_000


def append_ms(path: Path, cards: list[str], times: int = 1_000) -> tuple[float, float]:
    """Median and 99th percentile of one answer: event and state, with its FULL commit."""
    rng, taken = random.Random(3), []
    data = {"suggested": 4, "took_ms": 6_400, "response": "소프트맥스", "outcome": "correct", "score": 1.0}
    with Journal.open(path) as journal:
        for number in range(times):
            card = rng.choice(cards)
            at_ms = DAY * 86_400_000 + number * 1_000
            start = time.perf_counter()
            journal.append("review", card, {**data, "quality": 4}, at_ms=at_ms, offset_minutes=540, day=DAY)
            taken.append(time.perf_counter() - start)
    taken.sort()
    return statistics.median(taken) * 1_000, taken[len(taken) * 99 // 100] * 1_000


def peak_mib(path: Path) -> float:
    """Peak memory of a fresh process that holds the library's keys and builds today's queue."""
    code = (
        "import sys, resource; sys.path.insert(0, sys.argv[2]); import bench_journal as b;"
        "from pathlib import Path;"
        "b.today(Path(sys.argv[1]), b.library(b.keys())); "
        "unit = 2**20 if sys.platform == 'darwin' else 2**10;"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit)"
    )
    folder = str(Path(__file__).parent)
    out = subprocess.run(
        [sys.executable, "-c", code, str(path), folder], check=True, capture_output=True, text=True
    )
    return float(out.stdout)


def rows() -> list[Row]:
    """The measurements that have a budget."""
    return [row for row in measure() if row[3] < INFO]


def measure() -> list[Row]:
    """Every measurement of this file but those of `million`."""
    pairs = keys()
    names, installed = [key for key, _ in pairs], library(pairs)
    table: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        fill(home / "half due.db", names, due_days=60)
        fill(home / "all due.db", names, due_days=1)
        Journal.open(home / "all new.db").close()
        for path in (home / "half due.db", home / "all due.db", home / "all new.db"):
            took = milliseconds(partial(today, path, installed))
            table.append((f"today's queue, 100,000 cards, {path.stem}", took, "ms", 60))
        usual = home / "half due.db"
        with Journal.open(usual) as journal:
            rng = random.Random(4)
            one = milliseconds(lambda: [journal.state(rng.choice(names)) for _ in range(1_000)]) / 1_000
            table.append(("next card (its state)", one, "ms", 0.1))
            table.append(("cards due, counted", milliseconds(partial(journal.due_count, DAY)), "ms", INFO))
        median, slow = append_ms(usual, names)
        table.append(("one answer with its FULL commit, median", median, "ms", 1))
        table.append(("one answer with its FULL commit, 99 %", slow, "ms", INFO))
        table.append(("the disk's own fdatasync", fsync_ms(home), "ms", INFO))
        table.append(("peak memory, 100,000 cards seen", peak_mib(usual), "MiB", 150))
    return table


def million() -> list[Row]:
    """What a million reviews cost, over 100,000 cards: takes half a minute."""
    pairs = keys()
    names = [key for key, _ in pairs]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        fill(path, names, due_days=60)
        add_reviews(path, names, 1_000_000)
        with Journal.open(path) as journal:
            counted = milliseconds(partial(statistics_of, journal, DAY, dict(pairs)), times=5)
        median, _ = append_ms(path, names)
        return [
            ("statistics, 1,000,000 reviews", counted, "ms", INFO),
            ("one answer with its FULL commit, median", median, "ms", INFO),
            ("backup", milliseconds(partial(backup, path, path.with_name("b.db")), times=3), "ms", INFO),
            ("size of the journal", path.stat().st_size / 2**20, "MiB", INFO),
        ]


def main() -> None:
    """Print the table; with --million, that of a large journal."""
    print(f"{'what':<50}{'measured':>12}{'budget':>12}")
    for name, value, unit, budget in million() if "--million" in sys.argv else measure():
        limit = f"{budget:g} {unit}" if budget < INFO else "-"
        print(f"{name:<50}{value:>8.3f} {unit:<3}{limit:>12}")


if __name__ == "__main__":
    main()
