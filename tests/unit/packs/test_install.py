"""Adding, updating and removing packs: each happened or did not, at whatever moment it is interrupted."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from quizdl.errors import PackError, StorageError, UsageError
from quizdl.packs import install
from quizdl.packs.bundled import BUNDLED_ID
from quizdl.packs.new import new_pack


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return new_pack("nlp", tmp_path)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def add(home: Path, source: Path) -> install.Installed:
    with install.staged(home, str(source)) as new:
        return install.add(home, new)


def everything(home: Path) -> dict[str, bytes]:
    packs = home / "packs"
    return {str(path.relative_to(packs)): path.read_bytes() for path in packs.rglob("*") if path.is_file()}


def test_an_added_pack_is_listed_and_its_files_are_there(home: Path, source: Path) -> None:
    entry = add(home, source)
    assert install.installed(home) == [entry]
    assert (home / "packs" / entry.folder / "pack.yaml").read_bytes() == (source / "pack.yaml").read_bytes()
    assert entry.origin == str(source)


def test_looking_without_adding_leaves_nothing(home: Path, source: Path) -> None:
    with install.staged(home, str(source)):
        pass
    assert everything(home) == {}
    assert list((home / "packs").iterdir()) == []


def test_a_pack_with_an_error_is_refused_at_its_own_place(home: Path, source: Path) -> None:
    text = (source / "items.yaml").read_text(encoding="utf-8")
    (source / "items.yaml").write_text(text.replace("kind: cloze", "kind: clozze"), encoding="utf-8")
    with pytest.raises(PackError) as caught, install.staged(home, str(source)):
        pytest.fail("the pack must not get this far")
    (problem, *_) = caught.value.problems
    assert problem.where.file == str(source / "items.yaml")
    assert problem.where.line > 1
    assert "clozze" in problem.message
    assert everything(home) == {}


def test_an_id_that_is_taken_is_refused(home: Path, source: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="comes with quizdl"):
        add(home, new_pack(BUNDLED_ID, tmp_path))
    add(home, source)
    before = everything(home)
    with pytest.raises(UsageError, match="installed already"):
        add(home, source)
    assert everything(home) == before


def test_update_takes_the_new_state_and_drops_the_old(home: Path, source: Path) -> None:
    old = add(home, source)
    text = (source / "pack.yaml").read_text(encoding="utf-8")
    (source / "pack.yaml").write_text(text.replace("0.1.0", "0.2.0"), encoding="utf-8")
    with install.staged(home, str(source)) as new:
        entry = install.update(home, old, new)
    assert install.installed(home) == [entry]
    assert entry.hash != old.hash
    assert [path.name for path in (home / "packs").iterdir() if path.is_dir()] == [entry.folder]


def test_update_refuses_a_pack_that_changed_its_id(home: Path, source: Path) -> None:
    old = add(home, source)
    text = (source / "pack.yaml").read_text(encoding="utf-8")
    (source / "pack.yaml").write_text(text.replace("id: nlp", "id: cv"), encoding="utf-8")
    with install.staged(home, str(source)) as new, pytest.raises(UsageError, match="must keep the id 'nlp'"):
        install.update(home, old, new)
    assert install.installed(home) == [old]


def test_remove_takes_the_files_too(home: Path, source: Path) -> None:
    add(home, source)
    install.remove(home, "nlp")
    assert install.installed(home) == []
    assert everything(home) == {}
    with pytest.raises(UsageError, match="no pack 'nlp'"):
        install.remove(home, "nlp")


class Interrupted(BaseException):
    """The process ends here, as far as the code under test can tell."""


@pytest.mark.parametrize("step", range(40))
def test_an_interruption_at_any_step_leaves_the_old_or_the_new_state(
    step: int, home: Path, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = add(home, source)
    text = (source / "pack.yaml").read_text(encoding="utf-8")
    (source / "pack.yaml").write_text(text.replace("0.1.0", "0.2.0"), encoding="utf-8")
    calls = 0

    def counted(real):  # type: ignore[no-untyped-def]
        def call(*arguments, **keywords):  # type: ignore[no-untyped-def]
            nonlocal calls
            calls += 1
            if calls > step:
                raise Interrupted
            return real(*arguments, **keywords)

        return call

    with monkeypatch.context() as patched:
        for name in ("rename", "replace", "write_text"):
            patched.setattr(Path, name, counted(getattr(Path, name)))
        patched.setattr(os, "fsync", counted(os.fsync))
        patched.setattr(shutil, "rmtree", counted(shutil.rmtree))
        try:
            with install.staged(home, str(source)) as new:
                install.update(home, old, new)
        except Interrupted:
            pass
    (entry,) = install.installed(home)
    assert (home / "packs" / entry.folder / "items.yaml").exists()
    assert entry == old or entry.hash != old.hash
    if calls <= step:
        assert entry != old, "all steps were let through: the update must have happened"


def test_what_an_interruption_left_behind_is_swept_when_it_is_old(home: Path, source: Path) -> None:
    for name in (".staging-dead", "nlp-0123-dead", ".staging-alive"):
        (home / "packs" / name).mkdir(parents=True)
    long_ago = time.time() - install.STALE_SECONDS - 1
    for name in (".staging-dead", "nlp-0123-dead"):
        os.utime(home / "packs" / name, (long_ago, long_ago))
    add(home, source)
    left = {path.name for path in (home / "packs").iterdir()}
    assert ".staging-alive" in left
    assert not left & {".staging-dead", "nlp-0123-dead"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{}",
        "[]",
        '{"id": "other", "folder": "../..", "origin": "", "hash": ""}',
        '{"id": "other", "folder": "", "origin": "", "hash": ""}',
        '{"id": "other", "folder": 5, "origin": "", "hash": ""}',
        '{"id": "nlp", "folder": ".", "origin": "", "hash": ""}',
    ],
)
def test_a_damaged_pointer_is_a_problem_and_not_a_crash(content: str, home: Path, source: Path) -> None:
    add(home, source)
    (home / "packs" / "other.json").write_text(content)
    assert [entry.id for entry in install.installed(home)] == ["nlp"]
    (problem,) = install.damaged(home)
    assert "other" in problem.hint


def test_a_file_where_the_folder_of_packs_must_be_is_a_clear_message(home: Path, source: Path) -> None:
    home.mkdir()
    (home / "packs").write_text("")
    with pytest.raises(StorageError, match="packs"):
        add(home, source)
