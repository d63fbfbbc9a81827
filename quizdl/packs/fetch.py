"""Bring a pack from outside (a folder, a file, a ZIP, a git repository) into a folder of our own, or refuse.

What comes from outside is hostile until it is proved otherwise. Nothing is written outside the folder given,
no link is ever made, and the limits hold while the bytes are read, not only for what a header promises.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, NoReturn

from quizdl.errors import PackError, Problem, UsageError, Where
from quizdl.packs.files import MAX_FILES, SUFFIXES
from quizdl.packs.source import MAX_TOTAL_BYTES
from quizdl.packs.yaml12 import MAX_BYTES

MAX_NAME_BYTES = 200
MAX_DEPTH = 16
"""How long a file's name may be, and in how many folders it may lie: what every file system can keep."""

GIT_SECONDS = 120
"""How long `git clone` may take."""

KEPT = {*SUFFIXES, ".md", ".txt"}
"""What a pack is made of; pictures, scripts and caches beside it are left where they are."""

_GIT_URL = re.compile(r"(https?|ssh|git|file)://\S+|[\w.-]+@[\w.-]+:\S+")


def is_git_url(source: str) -> bool:
    """Whether `source` names a git repository by its address.

    Example:
        >>> is_git_url("https://example.org/packs/nlp.git"), is_git_url("git@example.org:nlp.git")
        (True, True)
        >>> is_git_url("packs/nlp"), is_git_url("--upload-pack=touch x"), is_git_url("ext::sh -c touch")
        (False, False, False)
    """
    return _GIT_URL.fullmatch(source) is not None


def fetch(source: str, into: Path) -> None:
    """Copy the pack at `source` into the existing empty folder `into`.

    Args:
        source: a folder, a single YAML file, a ZIP file, or the address of a git repository.
        into: an empty folder on the disk of the packs.

    Raises:
        UsageError: there is nothing at `source`, or it is not one of the four.
        PackError: it is one of them, and breaks a limit or tries to leave its folder.
    """
    if is_git_url(source):
        _clone(source, into)
        return
    path = Path(source)
    if path.is_dir():
        _copy_folder(path, into)
    elif path.is_file() and (path.suffix == ".zip" or zipfile.is_zipfile(path)):
        _extract(path, into)
    elif path.is_file() and path.suffix in SUFFIXES:
        with path.open("rb") as file:
            _copy(file, into / path.name, Where(str(path)), MAX_TOTAL_BYTES)
    elif path.exists():
        raise UsageError(
            f"a pack must be a folder, a .yaml file, a .zip file or a git address, received {source}",
            hint="quizdl pack new NAME makes a folder to start from",
        )
    else:
        raise UsageError(f"there is no file or folder {source}", hint="check the spelling of the path")


def _refuse(place: str, message: str, hint: str = "") -> NoReturn:
    raise PackError([Problem(Where(place), message, hint, code="unsafe")], "the pack was refused")


def _copy(source: IO[bytes], target: Path, where: Where, left: int) -> int:
    """Copy a file under the limits, counting real bytes; return how many were written."""
    limit = min(MAX_BYTES, left)
    content = source.read(limit + 1)
    if len(content) > limit:
        if limit == MAX_BYTES:
            _refuse(
                str(where), f"a file must be at most {MAX_BYTES // 1024} KiB", "split it into several files"
            )
        _refuse(
            str(where),
            f"a pack must be at most {MAX_TOTAL_BYTES // 1024**2} MiB in all",
            "leave out what is not YAML",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return len(content)


def _check_name(place: str, path: PurePath) -> None:
    """Refuse a name that some disk cannot keep, or that would move the cursor of a terminal."""
    if not str(path).isprintable():
        _refuse(repr(place), "the name of a file must be printable", "rename it")
    longest = max(len(part.encode("utf-8", "surrogateescape")) for part in path.parts)
    if longest > MAX_NAME_BYTES or len(path.parts) > MAX_DEPTH:
        _refuse(
            place if len(place) < 200 else f"{place[:199]}…",
            f"a name must have at most {MAX_NAME_BYTES} bytes and lie in at most {MAX_DEPTH - 1} folders",
            "shorten it",
        )


def _files(folder: Path) -> Iterator[Path]:
    """Every regular file of a pack's folder, links followed as long as they stay inside it."""
    root = folder.resolve()
    for directory, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in names:
            if (link := Path(directory, name)).is_symlink():
                _refuse(str(link), "a folder of a pack must not be a link", "put the folder itself there")
        for name in sorted(files):
            path = Path(directory, name)
            if path.suffix not in KEPT and name != "LICENSE":
                continue
            if not path.resolve().is_relative_to(root):
                _refuse(
                    str(path),
                    f"a link must stay inside the pack, this one leads to {path.resolve()}",
                    "copy the file into the pack",
                )
            if not path.is_file():
                _refuse(
                    str(path), "a pack must hold ordinary files only", "remove the device, pipe or dead link"
                )
            _check_name(str(path), path.relative_to(folder))
            yield path


def _copy_folder(folder: Path, into: Path) -> None:
    left = MAX_TOTAL_BYTES
    for number, path in enumerate(_files(folder)):
        if number >= MAX_FILES:
            _refuse(str(folder), f"a pack must have at most {MAX_FILES} files", "join small files")
        with path.open("rb") as file:
            left -= _copy(file, into / path.relative_to(folder), Where(str(path)), left)


def _member_name(archive: Path, entry: zipfile.ZipInfo) -> PurePosixPath:
    """The place of a ZIP entry inside the pack, or a refusal: links, absolute names and `..` end here."""
    name = entry.filename.replace("\\", "/")
    place = f"{archive}!{entry.filename}"
    kind = entry.external_attr >> 16
    if stat.S_ISLNK(kind):
        _refuse(place, "a ZIP of a pack must not hold links", "put the file itself into the ZIP")
    if stat.S_IFMT(kind) not in (0, stat.S_IFREG, stat.S_IFDIR):
        _refuse(place, "a ZIP of a pack must hold ordinary files only")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or re.match(r"[A-Za-z]:", name) or "\0" in name:
        _refuse(
            place, "a name in a ZIP must stay inside the pack", "make the ZIP from inside the pack's folder"
        )
    return path


def _extract(archive: Path, into: Path) -> None:
    left = MAX_TOTAL_BYTES
    taken: set[str] = set()
    try:
        with zipfile.ZipFile(archive) as file:
            entries = [
                (entry, _member_name(archive, entry)) for entry in file.infolist() if not entry.is_dir()
            ]
            if len(entries) > MAX_FILES:
                _refuse(
                    str(archive), f"a pack must have at most {MAX_FILES} files, this ZIP has {len(entries)}"
                )
            for entry, path in entries:
                if path.suffix not in KEPT and path.name != "LICENSE":
                    continue
                place = f"{archive}!{entry.filename}"
                _check_name(place, path)
                if entry.flag_bits & 0x1:
                    _refuse(place, "a ZIP of a pack must not be encrypted")
                if str(path).casefold() in taken:
                    _refuse(
                        place, "a name must stand in a ZIP only once, upper and lower case being the same"
                    )
                taken.add(str(path).casefold())
                if (into / path).is_dir() or any((into / parent).is_file() for parent in path.parents):
                    _refuse(place, "a name in a ZIP must not be that of a file and of a folder")
                with file.open(entry) as content:
                    left -= _copy(content, into / path, Where(place), left)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        _refuse(str(archive), f"the ZIP must be whole, and reading it failed: {error}", "download it again")
    _unwrap(into)


def _unwrap(folder: Path) -> None:
    """Lift the files of a ZIP that holds one folder, as archives of repositories do."""
    entries = list(folder.iterdir())
    if len(entries) == 1 and entries[0].is_dir():
        inner = entries[0].rename(folder / ".unwrap")
        for path in inner.iterdir():
            path.rename(folder / path.name)
        inner.rmdir()


def _reason(said: str) -> str:
    """The line in which git says why it failed; advice for everybody may follow it.

    Example:
        >>> _reason("fatal: '/x' is no repository\\nfatal: Could not read from it.\\n\\nPlease see to it.\\n")
        "'/x' is no repository"
        >>> _reason("ssh: no route\\n"), _reason("")
        ('ssh: no route', 'git gave no reason')
    """
    lines = said.strip().splitlines() or ["git gave no reason"]
    fatal = next((line for line in lines if line.startswith("fatal: ")), lines[-1])
    return fatal.removeprefix("fatal: ")


def _clone(url: str, into: Path) -> None:
    if shutil.which("git") is None:
        raise UsageError("git must be installed to add a pack by its address", hint="or download it as a ZIP")
    checkout = into / ".clone"
    settings = ["core.symlinks=false", f"core.hooksPath={os.devnull}", "protocol.allow=never"]
    settings += [f"protocol.{name}.allow=always" for name in ("https", "http", "ssh", "git", "file")]
    command = [
        "git",
        *(word for setting in settings for word in ("-c", setting)),
        "clone",
        "--quiet",
        "--depth=1",
    ]
    command += [
        "--no-tags",
        "--single-branch",
        "--no-recurse-submodules",
        "--template=",
        "--",
        url,
        str(checkout),
    ]
    quiet = {**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_ASKPASS": "true", "GIT_LFS_SKIP_SMUDGE": "1"}
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=GIT_SECONDS, env=quiet, check=False
        )
    except subprocess.TimeoutExpired:
        _refuse(url, f"git must be done in {GIT_SECONDS} seconds", "clone it yourself, then add the folder")
    if done.returncode:
        raise UsageError(
            f"git could not fetch {url}: {_reason(done.stderr)}", hint="check the address and your network"
        )
    try:
        _copy_folder(checkout, into)
    finally:
        shutil.rmtree(checkout)
