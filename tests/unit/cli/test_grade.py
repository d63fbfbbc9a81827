"""`quizdl grade`: exit codes, JSON, streams, for every kind, from packs that are installed or not."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quizdl.cli.grade import as_text
from quizdl.cli.root import run
from quizdl.errors import UsageError
from tests.unit.study.conftest import KINDS

MORE = """\
  - id: relu.choice
    kind: choice
    concept: relu
    prompt: {ko: 양수?, en: Positive?}
    options:
      - {text: {ko: 예, en: 'yes'}, right: true}
      - {text: {ko: 아니요, en: 'no'}, feedback: {ko: 틀려요, en: wrong}}
  - id: relu.card
    kind: flashcard
    concept: relu
    front: {ko: 앞, en: front}
    back: {ko: 영이에요, en: It is zero}
"""


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("QUIZDL_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    (tmp_path / "kinds.yaml").write_text(KINDS + MORE, encoding="utf-8")
    return str(tmp_path / "kinds.yaml")


@pytest.mark.parametrize(
    ("item", "answer", "code"),
    [
        ("relu.term", "ReLU", 0),
        ("relu.term", "렐루", 0),
        ("relu.term", "dropout", 1),
        ("over.short", "과적합", 0),
        ("over.short", "과소적합", 1),
        ("over.short", "", 1),
        ("over.list", "dropout / early stopping", 0),
        ("over.list", "dropout", 1),
        ("train.order", "A B C D", 0),
        ("train.order", "1 2 3 4", 0),
        ("train.order", "B A C D", 1),
        ("train.order", "B A", 2),
        ("relu.match", "1-a 2-b", 0),
        ("relu.match", "1-b 2-a", 1),
        ("relu.match", "hello", 2),
        ("relu.cloze", "-1", 0),
        ("relu.cloze", "1", 1),
        ("relu.choice", "a", 0),
        ("relu.choice", "1", 0),
        ("relu.choice", "예", 0),
        ("relu.choice", "B", 1),
        ("relu.choice", "C", 2),
        ("relu.card", "it is zero", 0),
        ("relu.card", "nothing", 2),
        ("relu.numeric", "what?", 2),
    ],
)
def test_exit_codes(pack: str, item: str, answer: str, code: int) -> None:
    assert run(["grade", pack, item, "--answer", answer]) == code


def graded(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    run(["grade", *arguments, "--json"])
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_json_says_all(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = graded(capsys, pack, "over.list", "--answer", "dropot, 과적합")
    assert (found["verdict"], found["score"], found["seed"]) == ("partial", 0.5, None)
    assert found["milliseconds"] > 0
    assert [entry["code"] for entry in found["feedback"]] == ["list.rival", "list.missing", "words.typo"]
    assert all(entry["message"] and "{" not in entry["message"] for entry in found["feedback"])
    choice = graded(capsys, pack, "relu.choice", "--answer", "b")
    assert choice["feedback"][0]["text"] == {"ko": "틀려요", "en": "wrong"}


def test_messages_in_korean(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    one = graded(capsys, pack, "relu.choice", "--answer", "b", "--lang", "ko")
    other = graded(capsys, pack, "relu.choice", "--answer", "b", "--lang", "en")
    assert other["feedback"][0]["message"] == "B is wrong."
    assert one["feedback"][0]["message"] != other["feedback"][0]["message"]


def test_a_seed_gives_its_instance(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    from quizdl.packs.source import read_pack
    from quizdl.packs.variants import values

    item = next(item for item in read_pack([Path(pack)]).items if item.id == "relu.numeric")
    x = values(item, 7)["x"]
    assert isinstance(x, int)
    right = graded(capsys, pack, "relu.numeric", "--answer", str(x * x), "--seed", "7")
    assert (right["verdict"], right["seed"]) == ("correct", 7)
    assert graded(capsys, pack, "relu.numeric", "--answer", str(2 * x), "--seed", "7")["verdict"] == "wrong"
    assert graded(capsys, pack, "relu.numeric", "--answer", str(x * x), "--seed", "8")["verdict"] != "correct"


def test_faces(pack: str) -> None:
    assert run(["grade", pack, "relu.term", "--face", "en-ko", "--answer", "렐루"]) == 0
    assert run(["grade", pack, "relu.term", "--face", "en-ko", "--answer", "ReLU"]) == 2
    assert run(["grade", pack, "relu.cloze", "--face", "c2", "--answer", "dropout; early stopping"]) == 0
    assert run(["grade", pack, "relu.cloze", "--face", "c2", "--answer", "early stopping; dropout"]) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("relu.term",),
        ("relu.term", "--answer", "a", "--answers", "-"),
        ("relu.tern", "--answer", "a"),
        ("relu.term", "--answer", "a", "--face", "up"),
        ("relu.term", "--answer", "a", "--seed", "-1"),
        ("relu.term", "--answers", "there-is-no-such-file"),
    ],
)
def test_wrong_calls(pack: str, arguments: tuple[str, ...]) -> None:
    assert run(["grade", pack, *arguments]) == 2


def test_a_pack_that_does_not_exist_or_is_broken(pack: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["grade", "deep-lerning", "a", "--answer", "b"]) == 2
    assert "did you mean 'deep-learning'?" in capsys.readouterr().err
    Path(pack).write_text("pack: {id: x}\n", encoding="utf-8")
    assert run(["grade", pack, "a", "--answer", "b"]) == 3


def test_a_stream_gives_a_line_for_each_line_in_order(
    pack: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        '{"answer": "4", "id": 1}',
        '{"answer": 4, "seed": 3, "id": "two"}',
        "not json",
        "[1]",
        '{"seed": 3, "id": 5}',
        '{"answer": "4", "seed": -1}',
        '{"answer": "4", "seed": 1.5}',
        '{"answer": {"x": 1}}',
        "",
        '{"answer": "' + "9" * 20_000 + '"}',
        "[" * 100_000,
        '{"answer": "4", "seed": null, "id": null}',
    ]
    raw = "\n".join(lines).encode() + b'\n{"answer": "\xff"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    capsys.readouterr()
    assert run(["grade", pack, "relu.numeric", "--answers", "-"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ["error" in entry for entry in found] == [
        False, False, True, True, True, True, True, True, False, True, False, True
    ]  # fmt: skip
    assert [entry.get("id") for entry in found[:2]] == [1, "two"]
    assert (found[1]["seed"], found[4]["id"], found[2]["line"]) == (3, 5, 3)
    assert found[8]["verdict"] == "unreadable"


def test_each_line_is_answered_before_the_next_is_read(pack: str) -> None:
    command = [sys.executable, "-m", "quizdl", "grade", pack, "over.short", "--answers", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for answer, verdict in (("overfitting", "correct"), ("underfitting", "wrong")):
            process.stdin.write(json.dumps({"answer": answer}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["verdict"] == verdict
        process.stdin.close()
        assert process.wait() == 0


def test_answers_of_a_stream_as_text() -> None:
    assert as_text([[1, 2], [3, 4.5]]) == "[[1, 2], [3, 4.5]]"
    for strange in (None, True, {"a": 1}, [None]):
        with pytest.raises(UsageError):
            as_text(strange)


def test_an_installed_pack_is_graded_without_reading_yaml(pack: str) -> None:
    script = (
        "import sys, json\nfrom quizdl.cli.root import run\n"
        "run(['grade', 'deep-learning', 'relu.term', '--answer', 'relu'])\n"
        "slow = {'pydantic', 'yaml', 'numpy', 'sympy', 'textual', 'rich'}\n"
        "print(json.dumps(sorted(slow & set(sys.modules))))"
    )
    for last in (False, True):  # the first fills the cache
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        if last:
            assert json.loads(done.stdout.splitlines()[-1]) == []
