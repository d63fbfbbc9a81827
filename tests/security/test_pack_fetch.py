"""Packs from outside that try to harm: each attack is refused, its harmless neighbour is taken."""

from __future__ import annotations

import os
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from quizdl.errors import PackError, UsageError
from quizdl.packs import fetch, files, source, yaml12

PACK = b"pack: {id: nlp, title: NLP, version: '1'}\n"


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "into"
    folder.mkdir()
    return folder


def zipped(tmp_path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes]) -> str:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in entries:
            file.writestr(name, content)
    return str(path)


def refusal(pack: str, into: Path) -> str:
    with pytest.raises(PackError) as caught:
        fetch.fetch(pack, into)
    return str(caught.value)


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_harmless_zip_is_taken(tmp_path: Path, into: Path) -> None:
    fetch.fetch(zipped(tmp_path, ("pack.yaml", PACK), ("words/terms.yaml", b"items: []\n")), into)
    assert names(into) == {"pack.yaml", "words/terms.yaml"}


def test_the_single_folder_of_a_zip_is_unwrapped(tmp_path: Path, into: Path) -> None:
    fetch.fetch(zipped(tmp_path, ("nlp-main/pack.yaml", PACK), ("nlp-main/a/b.yaml", b"items: []\n")), into)
    assert names(into) == {"pack.yaml", "a/b.yaml"}


def test_what_is_not_a_pack_is_left_behind(tmp_path: Path, into: Path) -> None:
    fetch.fetch(zipped(tmp_path, ("pack.yaml", PACK), ("setup.py", b"import os"), ("a.pyc", b"x")), into)
    assert names(into) == {"pack.yaml"}


@pytest.mark.parametrize(
    "name",
    ["../evil.yaml", "a/../../evil.yaml", "/tmp/evil.yaml", "C:/evil.yaml", "..\\evil.yaml", "C:\\evil.yaml"],
)
def test_a_name_that_leaves_the_folder_is_refused(name: str, tmp_path: Path, into: Path) -> None:
    message = refusal(zipped(tmp_path, ("pack.yaml", PACK), (name, b"items: []\n")), into)
    assert "must stay inside the pack" in message
    assert names(into) == set()
    assert not list(tmp_path.rglob("evil.yaml"))


def test_a_link_in_a_zip_is_refused(tmp_path: Path, into: Path) -> None:
    link = zipfile.ZipInfo("secret.yaml")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "must not hold links" in refusal(
        zipped(tmp_path, ("pack.yaml", PACK), (link, b"/etc/passwd")), into
    )


def test_a_zip_bomb_is_refused_by_real_bytes(
    tmp_path: Path, into: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = zipped(tmp_path, *((f"{n}.yaml", b"#" * yaml12.MAX_BYTES) for n in range(40)))
    assert Path(bomb).stat().st_size < 200_000
    assert "at most 64 MiB" in refusal(bomb, into)
    written = sum(path.stat().st_size for path in into.rglob("*") if path.is_file())
    assert written <= source.MAX_TOTAL_BYTES


def test_a_file_too_large_by_one_byte_is_refused_and_one_that_fits_is_taken(
    tmp_path: Path, into: Path
) -> None:
    message = refusal(zipped(tmp_path, ("pack.yaml", b"#" * (yaml12.MAX_BYTES + 1))), into)
    assert "at most 2048 KiB" in message
    fetch.fetch(zipped(tmp_path, ("pack.yaml", b"#" * yaml12.MAX_BYTES)), into)
    assert names(into) == {"pack.yaml"}


def test_too_many_files_are_refused(tmp_path: Path, into: Path) -> None:
    crowd = zipped(tmp_path, *((f"{n}.yaml", b"") for n in range(files.MAX_FILES + 1)))
    assert "at most 2000 files" in refusal(crowd, into)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("twin", ["pack.yaml", "PACK.yaml"])
def test_a_name_given_twice_is_refused(twin: str, tmp_path: Path, into: Path) -> None:
    assert "only once" in refusal(zipped(tmp_path, ("pack.yaml", PACK), (twin, b"")), into)


def test_a_damaged_zip_is_refused(tmp_path: Path, into: Path) -> None:
    path = Path(zipped(tmp_path, ("pack.yaml", PACK * 100)))
    content = bytearray(path.read_bytes())
    content[40:60] = bytes(20)
    path.write_bytes(content)
    assert "must be whole" in refusal(str(path), into)


def test_half_a_zip_is_called_one(tmp_path: Path, into: Path) -> None:
    path = Path(zipped(tmp_path, ("pack.yaml", PACK)))
    path.write_bytes(path.read_bytes()[:-30])
    assert "must be whole" in refusal(str(path), into)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a\x1b[2J.yaml", "must be printable"),
        ("a\nb.yaml", "must be printable"),
        ("x" * 300 + ".yaml", "at most 200 bytes"),
        ("가" * 70 + ".yaml", "at most 200 bytes"),
        ("d/" * 2500 + "a.yaml", "at most 15 folders"),
        ("pack.yaml/a.yaml", "of a file and of a folder"),
    ],
)
def test_a_name_that_no_disk_or_terminal_can_take_is_refused(
    name: str, message: str, tmp_path: Path, into: Path
) -> None:
    said = refusal(zipped(tmp_path, ("pack.yaml", PACK), (name, b"items: []")), into)
    assert message in said
    assert "\x1b" not in said


def test_a_file_after_a_folder_of_its_name_is_refused(tmp_path: Path, into: Path) -> None:
    pack = zipped(tmp_path, ("pack.yaml", PACK), ("a.yaml/b.yaml", b""), ("a.yaml", b""))
    assert "of a file and of a folder" in refusal(pack, into)


def test_long_names_in_many_folders_are_taken(tmp_path: Path, into: Path) -> None:
    deep = "d/" * 15 + "가" * 65 + ".yaml"
    fetch.fetch(zipped(tmp_path, ("pack.yaml", PACK), (deep, b"")), into)
    assert deep in names(into)


def test_a_name_with_an_escape_in_a_folder_is_refused(tmp_path: Path, into: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "a\x1b[2J.yaml").write_bytes(b"items: []")
    said = refusal(str(folder), into)
    assert "must be printable" in said
    assert "\x1b" not in said


def folder_with(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "pack.yaml").write_bytes(PACK)
    return folder


def test_a_link_that_leaves_the_folder_is_refused(tmp_path: Path, into: Path) -> None:
    folder = folder_with(tmp_path)
    (tmp_path / "outside.yaml").write_bytes(b"items: []\n")
    (folder / "link.yaml").symlink_to(tmp_path / "outside.yaml")
    assert "must stay inside" in refusal(str(folder), into)


def test_a_link_inside_the_folder_is_taken_as_a_file(tmp_path: Path, into: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "link.yaml").symlink_to("pack.yaml")
    fetch.fetch(str(folder), into)
    assert (into / "link.yaml").read_bytes() == PACK
    assert not (into / "link.yaml").is_symlink()


def test_a_linked_folder_is_refused(tmp_path: Path, into: Path) -> None:
    folder = folder_with(tmp_path)
    (folder / "all").symlink_to("/")
    assert "must not be a link" in refusal(str(folder), into)


def test_a_pipe_is_refused_and_not_read(tmp_path: Path, into: Path) -> None:
    folder = folder_with(tmp_path)
    os.mkfifo(folder / "pipe.yaml")
    assert "ordinary files only" in refusal(str(folder), into)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = folder_with(tmp_path)
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "pack"]):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *command], cwd=folder, check=True
        )
    return folder


def test_a_repository_is_cloned_without_its_git_folder(repository: Path, into: Path) -> None:
    fetch.fetch(f"file://{repository}", into)
    assert names(into) == {"pack.yaml"}
    assert not (into / ".clone").exists()


@pytest.mark.parametrize("address", ["--upload-pack=touch evil", "ext::sh -c 'touch evil'", "fd::17"])
def test_an_address_that_is_a_command_is_not_given_to_git(address: str, into: Path) -> None:
    with pytest.raises(UsageError):
        fetch.fetch(address, into)
    assert not Path("evil").exists()


def test_a_missing_repository_gives_gits_own_reason(tmp_path: Path, into: Path) -> None:
    with pytest.raises(UsageError, match=r"git could not fetch .*nothing.*: .*nothing.*repository"):
        fetch.fetch(f"file://{tmp_path}/nothing", into)


def test_other_files_are_no_pack(tmp_path: Path, into: Path) -> None:
    (tmp_path / "run.py").write_text("print()")
    with pytest.raises(UsageError, match="must be a folder"):
        fetch.fetch(str(tmp_path / "run.py"), into)
