"""Hostile YAML: bombs, depth, size, and long lines end in one clear problem, soon and in little memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from quizdl.errors import Problem
from quizdl.packs.check import inspect
from quizdl.packs.yaml12 import MAX_BYTES, load

LAUGHS = b"a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"a%d: &a%d [%s]\n" % (at, at, b",".join([b"*a%d" % (at - 1)] * 10)) for at in range(1, 12)
)
BIG_TEXT = b"a: &a '" + b"x" * (MAX_BYTES // 2) + b"'\nb: [" + b"*a," * 5000 + b"]\n"
MANY_ALIASES = b"a: &a {}\nb: [" + b"*a," * 500_000 + b"]\n"
KEYS = b"{" + b",".join(b"k%d: 0" % at for at in range(150_000)) + b"}"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (LAUGHS, "alias"),
        (BIG_TEXT, "alias"),
        (MANY_ALIASES, "alias"),
        (b"[" * 1_000_000, "depth"),
        (b"{a: " * 100_000, "depth"),
        (b"- " * 500_000, "depth"),
        (b"".join(b" " * at + b"a:\n" for at in range(1500)), "depth"),
        (b"a: '" + b"x" * 1_000_000 + b"'", ""),
        (b"a: " + b"x" * 1_000_000, ""),
        (b"x" * 1_000_000 + b": a", "syntax"),
        (b'"' + b"\\x41" * 500_000, "syntax"),
        (b"a: |\n" + b" x\n" * 400_000, ""),
        (b"#" * MAX_BYTES, ""),
        (b"#" * (MAX_BYTES + 1), "size"),
        (b"a: " + b"9" * 1_000_000, ""),
        (b"a: 1e" + b"9" * 90, ""),
        (KEYS, ""),
        (b"a: &a b\n" * 100_000, "duplicate-key"),
        (b"%TAG !x! tag:x,2000:\n--- !x!y a", "tag"),
        (b"---\n" * 300_000, "documents"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:12].decode(),
)  # fmt: skip
def test_hostile_yaml_is_one_problem(raw: bytes, code: str) -> None:
    start = time.monotonic()
    document, problems = load(raw, "a.yaml")
    assert time.monotonic() - start < 10
    assert len(problems) <= 1001
    if code:
        assert document is None
        assert problems[0].code == code
    else:
        assert document is not None, problems[0]


def test_modest_aliases_are_allowed() -> None:
    document, problems = load(b"a: &a [x, y]\nb: [*a, *a, *a]\n", "a.yaml")
    assert not problems
    assert document is not None
    assert document.root["b"] == [["x", "y"]] * 3


def check(folder: Path, text: str) -> tuple[float, tuple[Problem, ...]]:
    head = "pack: {id: p, title: t, version: '1'}\n"
    (folder / "pack.yaml").write_text(head + text, encoding="utf-8")
    start = time.monotonic()
    _, problems = inspect([folder])
    return time.monotonic() - start, problems


CONCEPT = "  - {{id: c{0}, names: {{ko: 가, en: a}}, requires: [{1}]}}\n"
FIELDS = "kind: flashcard, concept: c, front: {ko: 앞, en: front}, back: {ko: 뒤, en: back}"


@pytest.mark.parametrize(
    "text",
    [
        # A chain that hangs on a ring: a search for cycles from each of its concepts would never end.
        "concepts:\n" + "".join(CONCEPT.format(at, f"c{at - 1}" if at else "c1") for at in range(4_000)),
        "concepts:\n" + "".join(CONCEPT.format(at, "") for at in range(20_000)),
        # A thousand unknown names, each compared with all that exist.
        "concepts:\n" + "".join(CONCEPT.format(at, f"x{at}") for at in range(5_000)),
        "items:\n" + "".join(f"  - {{id: c.{at}, {FIELDS}}}\n" for at in range(15_000)),
        "items:\n  - {id: a, kind: cloze, concept: c, text: '" + "{{c1::x}} " * 900 + "'}\n",
        "items:\n  - {id: a, kind: cloze, concept: c, text: '" + "{{c1::" * 1_600 + "'}\n",
        "items:\n  - {id: a, kind: cloze, concept: c, text: '"
        + "".join(f"{{{{c{at}::x}}}}" for at in range(1, 900)) + "'}\n",
        "items:\n  - {id: a, kind: flashcard, concept: c, front: '" + "$" * 9_999 + "', back: b}\n",
        "items:\n  - {id: a, kind: flashcard, concept: c, front: '$" + "{" * 9_000 + "$', back: b}\n",
        "items:\n  - {id: a, kind: flashcard, concept: c, front: '$" + "\\frac" * 1_500 + "$', back: b}\n",
        "items:\n  - {id: a, kind: flashcard, concept: c, back: b, front: '" + "` `` " * 1_900 + "'}\n",
        "items:\n  - {id: a, kind: term, concept: c, covers: [" + "x," * 300_000 + "]}\n",
        "items:\n  - {id: a, kind: term, " + "".join(f"k{at}: 1, " for at in range(50_000)) + "}\n",
        "items:\n  - {id: " + "a" * 1_000_000 + ", kind: term}\n",
    ],
    ids=["ring", "concepts", "unknown", "items", "gaps", "nested", "groups", "dollars", "braces", "fracs",
         "ticks", "covers", "keys", "id"],
)  # fmt: skip
def test_hostile_packs_are_refused_soon(tmp_path: Path, text: str) -> None:
    seconds, problems = check(tmp_path, text)
    assert seconds < 30
    assert any(problem.severity == "error" for problem in problems)
    assert all(len(problem.message) < 500 for problem in problems)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak memory from Linux")
def test_a_bomb_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    path.write_bytes(LAUGHS)
    script = (
        "import sys; from pathlib import Path; from quizdl.packs.check import inspect\n"
        "_, problems = inspect([Path(sys.argv[1])])\n"
        "status = Path('/proc/self/status').read_text().split()\n"
        "print(problems[0].code, int(status[status.index('VmHWM:') + 1]) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    code, mebibytes = done.stdout.split()
    assert code == "alias"
    assert int(mebibytes) < 120
