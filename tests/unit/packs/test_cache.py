"""The cache: the same pack without YAML, and never a reason to fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from quizdl.errors import PackError
from quizdl.packs import cache, source
from quizdl.packs.cache import CachedPack, load
from quizdl.packs.items import Pack

SMALL = Path(__file__).parents[2] / "data" / "packs" / "small"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    for path in SMALL.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one each time YAML is read."""
    seen: list[int] = []
    read_pack = source.read_pack

    def counting(paths: list[Path]) -> Pack:
        seen.append(1)
        return read_pack(paths)

    monkeypatch.setattr(source, "read_pack", counting)
    return seen


def whole(cached: CachedPack) -> Pack:
    header = cached.header
    items = {entry[0]: cached.item(entry) for entry in header.entries}
    return Pack(info=header.info, concepts=tuple(header.concepts), items=tuple(items.values()))


def cache_file(folder: Path) -> Path:
    (file,) = folder.glob("*.pack")
    return file


def test_a_cached_pack_says_the_same_in_the_order_of_learning(pack: Path, tmp_path: Path) -> None:
    plain = source.read_pack([pack])
    for _ in range(2):
        cached = whole(load([pack], tmp_path / "cache"))
        assert cached.info == plain.info
        assert cached.concepts == plain.concepts
        assert sorted(cached.items, key=lambda item: item.id) == sorted(plain.items, key=lambda item: item.id)
        assert [item.concept for item in cached.items] == ["exp", "exp", "softmax", "softmax"]


def test_yaml_is_read_once(pack: Path, tmp_path: Path, readings: list[int]) -> None:
    for _ in range(3):
        load([pack], tmp_path / "cache")
    assert len(readings) == 1


def test_a_touched_pack_is_not_read_again_and_a_changed_one_is(
    pack: Path, tmp_path: Path, readings: list[int]
) -> None:
    folder = tmp_path / "cache"
    load([pack], folder)
    before = cache_file(folder).read_bytes()
    os.utime(pack / "pack.yaml", (1, 1))
    assert whole(load([pack], folder)) == whole(load([pack], folder))
    assert len(readings) == 1
    assert cache_file(folder).read_bytes() != before  # the new times are kept, so the hash is made once

    items = pack / "items.yml"
    items.write_text(items.read_text(encoding="utf-8").replace("$e^0$", "$e^1$"), encoding="utf-8")
    os.utime(items, (1, 1))
    assert "$e^1$" in str(whole(load([pack], folder)).items)
    (pack / "more.yaml").write_text("items: []\n", encoding="utf-8")
    load([pack], folder)
    assert len(readings) == 3


def test_an_item_can_be_asked_after_another_session_replaced_the_file(pack: Path, tmp_path: Path) -> None:
    first = load([pack], tmp_path / "cache")
    expected = whole(first)
    items = pack / "items.yml"
    items.write_text(items.read_text(encoding="utf-8").replace("exp.zero", "exp.nil"), encoding="utf-8")
    load([pack], tmp_path / "cache")
    assert whole(first) == expected


@pytest.mark.parametrize("damage", ["empty", "torn", "flipped", "foreign", "older", "header", "folder"])
def test_a_damaged_cache_is_made_again(
    pack: Path, tmp_path: Path, readings: list[int], damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    expected = whole(load([pack], folder))
    file = cache_file(folder)
    raw = file.read_bytes()
    match damage:
        case "empty":
            file.write_bytes(b"")
        case "torn":
            file.write_bytes(raw[:-5])
        case "flipped":
            file.write_bytes(raw[:-20] + bytes([raw[-20] ^ 1]) + raw[-19:])
        case "foreign":
            file.write_bytes(b"\x00\xff" * 1000)
        case "older":
            monkeypatch.setattr(cache, "_made_by", lambda: "quizdl of another day")
        case "header":
            file.write_bytes(cache._encode_parts(b'{"made_by": 5}', b""))
        case "folder":
            file.unlink()
            file.mkdir()
    assert whole(load([pack], folder)) == expected
    assert len(readings) == 2


def test_where_nothing_can_be_written_the_pack_is_kept_in_memory(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    assert len(whole(load([pack], tmp_path / "cache" / "packs")).items) == 4


def test_what_a_killed_session_left_half_written_is_swept_away(pack: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    folder.mkdir()
    old, new = folder / "0.pack.1-1", folder / "0.pack.1-2"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    load([pack], folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted([new.name, cache_file(folder).name])


def test_a_broken_pack_is_an_error_and_leaves_the_cache(pack: Path, tmp_path: Path) -> None:
    load([pack], tmp_path / "cache")
    before = cache_file(tmp_path / "cache").read_bytes()
    (pack / "bad.yaml").write_text("items: [{id: 5}]", encoding="utf-8")
    with pytest.raises(PackError):
        load([pack], tmp_path / "cache")
    assert cache_file(tmp_path / "cache").read_bytes() == before
    (pack / "bad.yaml").unlink()
    load([pack], tmp_path / "cache")


def test_a_warm_start_imports_neither_yaml_nor_pydantic(pack: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from quizdl.packs.library import Library\n"
        "from quizdl.packs.faces import face\n"
        "library = Library.open(Path(sys.argv[1]), [Path(sys.argv[2])])\n"
        "card = next(card for card in library.cards if card.pack == 'small')\n"
        "face(library.item(card), library.concept(card.pack, card.concept), card.face)\n"
        "print(sorted({'yaml', 'pydantic', 'pydantic_core', 'numpy', 'rapidfuzz'} & set(sys.modules)))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "home"), str(pack)]
    cold, warm = (
        subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(2)
    )
    assert "pydantic" in cold
    assert warm.strip() == "[]"
