"""Validated packs, kept so that a session starts without reading YAML.

A cache file holds a light index of all cards and, for each item, its body as one line of JSON that is decoded
only when it is asked. It is used when the files of the pack have not changed (path, size and time of change
of each, else the hash of their content). Whatever is wrong with a cache file, the pack is read again; a cache
that cannot be written is done without.

Format: a line `quizdl-pack FORMAT CRC LENGTH`, the header (LENGTH bytes of JSON), the bodies. CRC covers all
that follows the first line, so that a torn or damaged file is never believed.
"""

from __future__ import annotations

import os
import time
import weakref
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Final

import msgspec

from quizdl import __version__
from quizdl.packs.cards import faces_of
from quizdl.packs.files import Stamps, content_hash, stamps
from quizdl.packs.items import (
    KINDS,
    AnyItem,
    Concept,
    Curve,
    Member,
    Mistake,
    Names,
    Option,
    Pack,
    PackInfo,
    Pair,
    Plot,
    Text,
)
from quizdl.packs.items_code import Edge, Near, Parameter, Slope, WrongCode
from quizdl.packs.parameters import Param, Tolerance
from quizdl.scheduling import order

FORMAT: Final = 1
_MAGIC: Final = b"quizdl-pack"
_CHUNK: Final = 1 << 20
_PARTS: Final = (
    Text, Names, Option, Curve, Plot, Member, Pair, Mistake, Param, Tolerance, Parameter, Edge, Near, Slope,
    WrongCode, Concept, PackInfo,
)  # fmt: skip

Entry = tuple[str, str, str, tuple[str, ...], tuple[str, ...], int, int]
"""Of one item: id, kind, concept, tags, faces, and where its body starts and how long it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The light part of a cache file; `entries` stand in the order in which cards are learnt."""

    made_by: str
    files: list[tuple[str, int, int]]
    content_hash: str
    info: PackInfo
    concepts: list[Concept]
    entries: list[Entry]


class CachedPack:
    """A pack whose item bodies stay on the disk (or, where none could be written, in memory) until asked."""

    def __init__(self, header: Header, read: Callable[[int, int], bytes]) -> None:
        self.header = header
        self._read = read

    def item(self, entry: Entry) -> AnyItem:
        """Decode one item."""
        _, kind, _, _, _, start, length = entry
        return _decoder(kind).decode(self._read(start, length))

    def bodies(self) -> bytes:
        """The bodies of all items."""
        return self._read(0, sum(entry[-1] + 1 for entry in self.header.entries))


def load(paths: Sequence[Path], folder: Path) -> CachedPack:
    """A pack from the cache, or read, validated and cached when there is no cache of just this content.

    Args:
        paths: the folders and files of the pack.
        folder: where cache files lie; made when needed.

    Raises:
        PackError: the pack has changed and is not valid.
    """
    roots = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 (resolve() would follow links)
    file = folder / f"{zlib.crc32(os.fsencode(os.pathsep.join(map(str, roots)))):08x}.pack"
    now = stamps(roots)
    cached = _open(file)
    if cached is not None and now is not None:
        if cached.header.files == now:
            return cached
        if cached.header.content_hash == content_hash(roots):  # copied or checked out again, but the same
            raw = _encode(replace(cached.header, files=now), cached.bodies())
            return _keep(file, raw)
    from quizdl.packs.source import read_pack  # YAML and pydantic, 150 ms: only when a pack has changed

    return _keep(file, _build(read_pack(roots), now or []))


def _build(pack: Pack, files: Stamps) -> bytes:
    bodies = []
    entries: list[Entry] = []
    start = 0
    rank = {name: at for at, name in enumerate(order.topological({c.id: c.requires for c in pack.concepts}))}
    for item in sorted(pack.items, key=lambda item: rank[item.concept]):
        body = msgspec.json.encode(item)
        entries.append((item.id, item.kind, item.concept, item.tags, faces_of(item), start, len(body)))
        bodies += [body, b"\n"]
        start += len(body) + 1
    header = Header(
        made_by=_made_by(),
        files=files,
        content_hash=pack.content_hash,
        info=pack.info,
        concepts=list(pack.concepts),
        entries=entries,
    )
    return _encode(header, b"".join(bodies))


def _encode(header: Header, bodies: bytes) -> bytes:
    return _encode_parts(msgspec.json.encode(header), bodies)


def _encode_parts(header: bytes, bodies: bytes) -> bytes:
    crc = zlib.crc32(bodies, zlib.crc32(header))
    return b"%s %d %08x %d\n%s%s" % (_MAGIC, FORMAT, crc, len(header), header, bodies)


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[AnyItem]:
    return msgspec.json.Decoder(KINDS[kind])


@cache
def _made_by() -> str:
    """What cached bodies depend on beside the files: the version of quizdl and the fields of the kinds."""
    shapes = [
        (of.__name__, [(field.name, str(field.type)) for field in fields(of)])
        for of in (*KINDS.values(), *_PARTS)
    ]
    return f"{__version__} {zlib.crc32(repr(shapes).encode()):08x}"


def _open(file: Path) -> CachedPack | None:
    """The pack in a cache file, or None when the file is missing, damaged, or of another quizdl."""
    try:
        descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    lock = Lock()

    def read(start: int, length: int) -> bytes:
        with lock:
            os.lseek(descriptor, start, os.SEEK_SET)
            return os.read(descriptor, length)

    try:
        pack = _parse(read)
    except OSError:
        pack = None
    if pack is None:
        os.close(descriptor)
    else:
        weakref.finalize(pack, os.close, descriptor)
    return pack


def _parse(read: Callable[[int, int], bytes]) -> CachedPack | None:
    first, newline, _ = read(0, 100).partition(b"\n")
    words = first.split()
    if not newline or len(words) != 4 or words[:2] != [_MAGIC, b"%d" % FORMAT] or not words[3].isdigit():
        return None
    start, length = len(first) + 1, int(words[3])
    crc, at = 0, start
    while chunk := read(at, _CHUNK):
        crc = zlib.crc32(chunk, crc)
        at += len(chunk)
    if b"%08x" % crc != words[2]:
        return None
    try:
        header = msgspec.json.decode(read(start, length), type=Header)
    except msgspec.DecodeError:  # written by another version, whose header has other fields
        return None
    bodies = start + length
    return (
        CachedPack(header, lambda at, size: read(bodies + at, size)) if header.made_by == _made_by() else None
    )


def _keep(file: Path, raw: bytes) -> CachedPack:
    """Write a cache file in one step and open it; where that cannot be done, keep it in memory."""
    temporary = file.with_name(f"{file.name}.{os.getpid()}-{time.time_ns()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(raw)
        temporary.replace(file)
        _sweep(file.parent)
    except OSError:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    else:
        if (pack := _open(file)) is not None:
            return pack
    pack = _parse(lambda start, length: raw[start : start + length])
    assert pack is not None, "a cache that was just made can be read"
    return pack


def _sweep(folder: Path) -> None:
    """Delete half-written files of sessions that were killed; those of the last hour may still be at work."""
    for path in folder.glob("*.pack.*"):
        if path.stat().st_mtime < time.time() - 3600:
            path.unlink()
