"""Whatever bytes a file holds, reading it gives a pack or problems at places inside it, and soon."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quizdl.errors import Problem
from quizdl.packs.check import inspect
from quizdl.packs.yaml12 import load

DATA = Path(__file__).parents[1] / "data" / "packs"
SAMPLES = [path.read_bytes() for path in sorted(DATA.rglob("*.y*ml"))]
LIMIT_SECONDS = 5.0
TOKENS = st.sampled_from(
    b"a,: ,- ,\n,  ,[,],{,},',\",\\,|,>,#,&x ,*x,!t ,!!str ,---\n,...\n,%YAML 1.2\n,? ,<<,\t,\r,\x00,\xff,"
    b"$,~,\xef\xbb\xbf,\xed\x95\x9c,\xc2\x85,\xe2\x80\xa8,"
    b"pack:\n,items:\n,concepts:\n,kind: cloze\n,{{c1::,1e9".split(b",")
)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A valid pack with some bytes cut out, doubled, or replaced."""
    raw = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(raw)))
        end = draw(st.integers(start, min(len(raw), start + 40)))
        raw = (
            raw[:start]
            + draw(st.one_of(TOKENS, st.binary(max_size=4), st.just(raw[start:end] * 2)))
            + raw[end:]
        )
    return raw


anything = st.one_of(st.binary(max_size=200), st.lists(TOKENS, max_size=40).map(b"".join), mutated())


def inside(problem: Problem, raw: bytes) -> bool:
    """Whether a place is in the file; one past the end of a line is where something is missing."""
    if problem.where.line == 0:
        return problem.where.column == 0
    text = raw.decode("utf-8", errors="replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    line, column = problem.where.line, problem.where.column
    return 1 <= line <= len(lines) and 1 <= column <= len(lines[line - 1]) + 1


@settings(deadline=None, max_examples=600)
@given(anything)
def test_any_bytes_give_a_document_or_problems(raw: bytes) -> None:
    start = time.monotonic()
    document, problems = load(raw, "any.yaml")
    assert time.monotonic() - start < LIMIT_SECONDS
    assert (document is None) == bool(problems)
    for problem in problems:
        assert inside(problem, raw), (problem, raw)
        assert problem.message


@settings(deadline=None, max_examples=300)
@given(anything)
def test_any_bytes_as_a_pack_give_a_pack_or_problems(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.yaml"
        path.write_bytes(raw)
        start = time.monotonic()
        pack, problems = inspect([path])
        assert time.monotonic() - start < LIMIT_SECONDS
    assert pack is not None or any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert inside(problem, raw), (problem, raw)
