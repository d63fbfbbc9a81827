"""`quizdl pack` as its users call it: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quizdl.cli.root import run


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUIZDL_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def listed(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert run(["pack", "list", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["problems"] == []
    return {row["id"]: row for row in found["packs"]}


def test_a_new_pack_is_valid_without_a_warning_and_can_be_studied(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "new", "nlp"]) == 0
    assert run(["pack", "check", "nlp", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.partition("\n")[2]) == []
    assert run(["pack", "add", "nlp", "--yes"]) == 0
    assert listed(capsys)["nlp"]["items"] == 13
    assert run(["pack", "remove", "nlp", "--yes"]) == 0
    assert set(listed(capsys)) == {"deep-learning"}


def test_the_new_pack_has_one_example_of_each_kind(tmp_path: Path) -> None:
    from quizdl.packs.items import KINDS
    from quizdl.packs.new import new_pack
    from quizdl.packs.source import read_pack

    assert {item.kind for item in read_pack([new_pack("nlp", tmp_path)]).items} == set(KINDS)


@pytest.mark.parametrize("name", ["NLP", "a b", "../up", "", "-x", ".."])
def test_a_name_that_is_no_id_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["pack", "new", "--", name]) == 2
    assert "must be lower-case letters" in capsys.readouterr().err
    assert not [path for path in tmp_path.iterdir() if path.name != "home"]


def test_new_does_not_write_over_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "nlp").mkdir()
    assert run(["pack", "new", "nlp"]) == 2
    assert list((tmp_path / "nlp").iterdir()) == []


def test_check_reports_every_error_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.yaml").write_text(
        "pack: {id: bad, title: Bad}\nitems:\n  - {kind: flashcard, id: A, concept: none, front: a}\n",
        encoding="utf-8",
    )
    assert run(["pack", "check", "bad.yaml"]) == 3
    printed = capsys.readouterr()
    assert "bad.yaml:1:" in printed.err
    assert "bad.yaml:3:" in printed.err
    assert "version" in printed.err
    assert "back" in printed.err
    assert "0 errors" not in printed.out


def test_check_prints_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    Path("bad.yaml").write_text("pack: {id: bad, title: Bad}\n", encoding="utf-8")
    assert run(["pack", "check", "bad.yaml", "--json"]) == 3
    (problem,) = json.loads(capsys.readouterr().out)
    assert (problem["file"], problem["line"], problem["severity"]) == ("bad.yaml", 1, "error")


def test_add_without_a_terminal_asks_for_yes_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    run(["pack", "new", "nlp"])
    assert run(["pack", "add", "nlp"]) == 2
    assert "add --yes" in capsys.readouterr().err
    assert set(listed(capsys)) == {"deep-learning"}


def test_update_reads_the_pack_again_from_where_it_came(capsys: pytest.CaptureFixture[str]) -> None:
    run(["pack", "new", "nlp"])
    run(["pack", "add", "nlp", "--yes"])
    file = Path("nlp/pack.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("0.1.0", "0.2.0"), encoding="utf-8")
    assert run(["pack", "update", "--yes"]) == 0
    assert listed(capsys)["nlp"]["version"] == "0.2.0"
    assert run(["pack", "update", "nlp"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_an_origin_that_is_gone_does_not_keep_others_from_being_updated(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in ("one", "two"):
        run(["pack", "new", name])
        run(["pack", "add", name, "--yes"])
    Path("one").rename("moved")
    file = Path("two/pack.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace("0.1.0", "0.2.0"), encoding="utf-8")
    assert run(["pack", "update", "--yes"]) == 2
    assert "one: error: there is no file or folder" in capsys.readouterr().err
    assert listed(capsys)["two"]["version"] == "0.2.0"


def test_the_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pack", "schema"]) == 0
    assert "properties" in json.loads(capsys.readouterr().out)
