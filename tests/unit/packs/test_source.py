"""The files of a pack: which are read, in which order, and which are refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizdl.errors import PackError, Problem
from quizdl.packs import files, yaml12
from quizdl.packs.source import read, read_pack

PACK = "pack: {id: p, title: t, version: '1'}\nconcepts: [{id: a, names: {ko: 가, en: a}}]\n"


def item(name: str) -> str:
    return f"items: [{{id: {name}, kind: flashcard, concept: a, front: f, back: b}}]\n"


def refused(*paths: Path) -> tuple[Problem, ...]:
    with pytest.raises(PackError) as caught:
        read_pack(paths)
    return caught.value.problems


def test_pack_yaml_first_then_by_name_and_folders_in_the_order_given(tmp_path: Path) -> None:
    for folder, name, text in (
        ("one", "b.yaml", item("a.2")),
        ("one", "sub/a.yml", item("a.3")),
        ("one", "a.yaml", item("a.1")),
        ("one", "pack.yaml", PACK),
        ("one", "notes.txt", "not: read"),
        ("one", ".git/x.yaml", "not: read"),
        ("one", ".hidden.yaml", "not: read"),
        ("two", "a.yaml", item("a.4")),
    ):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    pack = read_pack([tmp_path / "one", tmp_path / "two"])
    assert [entry.id for entry in pack.items] == ["a.1", "a.2", "a.3", "a.4"]


def test_a_pack_may_be_one_file(tmp_path: Path) -> None:
    path = tmp_path / "mini.yaml"
    path.write_text(PACK + item("a.1"), encoding="utf-8")
    assert len(read_pack([path]).items) == 1


def test_the_hash_is_of_names_and_content(tmp_path: Path) -> None:
    path = tmp_path / "x" / "pack.yaml"
    path.parent.mkdir()
    path.write_text(PACK, encoding="utf-8")
    first = read_pack([path.parent]).content_hash
    copy = tmp_path / "y" / "pack.yaml"
    copy.parent.mkdir()
    copy.write_text(PACK, encoding="utf-8")
    assert read_pack([copy.parent]).content_hash == first == files.content_hash([copy.parent])
    copy.write_text(PACK + "# changed\n", encoding="utf-8")
    assert read_pack([copy.parent]).content_hash != first


def test_what_is_no_pack(tmp_path: Path) -> None:
    assert "received no such path" in refused(tmp_path / "gone")[0].message
    assert "received no YAML file" in refused(tmp_path)[0].message
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    assert "received nothing" in refused(tmp_path)[0].message
    (tmp_path / "a.yaml").write_text("- a\n", encoding="utf-8")
    assert (
        "must be a mapping with 'pack', 'concepts' or 'items', received a list"
        in refused(tmp_path)[0].message
    )
    (tmp_path / "a.yaml").write_text("concepts: []\n", encoding="utf-8")
    (problem,) = refused(tmp_path)
    assert "received no key 'pack'" in problem.message


def test_a_pack_says_what_it_is_once(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "z.yaml").write_text("\n" + PACK.splitlines()[0], encoding="utf-8")
    (problem,) = refused(tmp_path)
    assert problem.where.line == 2
    assert problem.hint == f"it stands already at {tmp_path / 'pack.yaml'}:1:1"


def test_errors_of_all_files_are_told_and_a_lost_head_is_not_blamed(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: [", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("items: 5", encoding="utf-8")
    (tmp_path / "b.yaml").write_bytes(b"\xff")
    assert [Path(problem.where.file).name for problem in refused(tmp_path)] == [
        "a.yaml",
        "b.yaml",
        "pack.yaml",
    ]


def test_links_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    inside = tmp_path / "pack"
    inside.mkdir()
    (inside / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "secret.yaml").write_text(item("a.1"), encoding="utf-8")
    (inside / "same.yaml").symlink_to(inside / "pack.yaml")
    (inside / "same.yaml").unlink()
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (inside / "folder").symlink_to(tmp_path)
    problems = refused(inside)
    assert [(problem.code, Path(problem.where.file).name) for problem in problems] == [
        ("link", "folder"), ("link", "link.yaml"),
    ]  # fmt: skip


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "dead.yaml").symlink_to("gone")
    dead, pipe = refused(tmp_path)
    assert "must be readable" in dead.message
    assert "received a pipe or device" in pipe.message


def test_the_graph_is_looked_at_whatever_else_is_wrong(tmp_path: Path) -> None:
    """A mistake in the head or in an item hides no cycle; one in a concept makes unknown ones uncertain."""
    path = tmp_path / "pack.yaml"
    concepts = "concepts: [{id: a, requires: [a], names: {en: x}}, {id: b, requires: [c], names: {en: y}}]\n"
    path.write_text("pack: {id: p, title: t, version: 1.0}\n" + concepts + "items: [{id: a.1}]\n")
    codes = [problem.code for problem in refused(path)]
    assert codes == ["string_type", "cycle", "unknown-concept", "schema"]
    path.write_text(PACK.splitlines()[0] + "\n" + concepts.replace("]\n", ", {id: c, nams: z}]\n"))
    assert [problem.code for problem in refused(path)] == ["unknown-key"]


def test_a_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "real.txt").write_text(item("a.1"), encoding="utf-8")
    (tmp_path / "link.yaml").symlink_to(tmp_path / "real.txt")
    assert len(read_pack([tmp_path]).items) == 1


def test_sizes_and_counts_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * yaml12.MAX_BYTES)
    assert "received nothing" in refused(tmp_path)[0].message  # just as large as it may be
    big.write_bytes(b"#" * (yaml12.MAX_BYTES + 1))
    assert "at most 2 MiB" in refused(tmp_path)[0].message
    big.unlink()
    monkeypatch.setattr("quizdl.packs.source.MAX_TOTAL_BYTES", len(PACK))
    (tmp_path / "a.yaml").write_text(item("a.1"), encoding="utf-8")
    assert refused(tmp_path)[0].code == "size"
    monkeypatch.undo()
    monkeypatch.setattr(files, "MAX_FILES", 1)
    assert refused(tmp_path)[0].code == "size"


def test_reading_keeps_the_places_of_items(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(PACK + item("a.1"), encoding="utf-8")
    reading = read([tmp_path])
    assert str(reading.positions.item("a.1", "front")) == f"{tmp_path / 'pack.yaml'}:3:55"
    assert reading.positions.item("unknown").line == 0
