from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from index.build import build
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.generations import Home
from index.library import Library
from index.locks import InUse, unused
from index.settings import Settings
from index.working import Working

posix = pytest.mark.skipif(sys.platform == "win32", reason="no flock")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    return tmp_path / "tmp"


@pytest.fixture
def part(tmp_path: Path) -> Path:
    (tmp_path / "vectors" / "graph").mkdir(parents=True)
    (tmp_path / "vectors" / "graph" / "data.bin").write_bytes(b"large")
    (tmp_path / "vectors" / "chroma.sqlite3").write_bytes(b"small")
    (tmp_path / "vectors" / ".writer.lock").touch()
    return tmp_path / "vectors"


def test_writing_into_the_copy_leaves_the_original(temporary: Path, part: Path) -> None:
    working = Working(part)
    copy = working.folder / "vectors"
    assert (copy / "graph" / "data.bin").read_bytes() == b"large"
    (copy / "chroma.sqlite3").write_bytes(b"changed")
    (copy / ".writer.lock").write_bytes(b"taken")
    assert (part / "chroma.sqlite3").read_bytes() == b"small"
    assert (part / ".writer.lock").read_bytes() == b""
    working.close()
    assert list(temporary.iterdir()) == []
    assert (part / "graph" / "data.bin").read_bytes() == b"large"


def test_it_goes_with_its_owner(temporary: Path, part: Path) -> None:
    working = Working(part)
    assert len(list(temporary.iterdir())) == 1
    del working
    gc.collect()
    assert list(temporary.iterdir()) == []


@posix
def test_what_a_killed_process_left_is_removed_by_the_next(temporary: Path, part: Path) -> None:
    code = (
        "import os, signal, sys, tempfile\nfrom pathlib import Path\n"
        "from index.working import Working\n"
        "tempfile.tempdir = sys.argv[1]\nkept = Working(Path(sys.argv[2]))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(temporary), str(part)], check=False)
    assert len(list(temporary.iterdir())) == 1
    own = Working(part)
    other = Working(part)
    assert {p.name for p in temporary.iterdir()} == {own.folder.name, other.folder.name}


def test_no_room_is_said(tmp_path: Path, part: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    with pytest.raises(IndexUnusable, match="TMPDIR"):
        Working(part)


@pytest.mark.parametrize("passages", [1, 2, 30])
def test_searching_writes_into_no_file_of_the_index(
    passages: int, tmp_path: Path, model: StaticEmbeddings
) -> None:
    docs, settings = tmp_path / "docs", Settings(data_dir=tmp_path / "data")
    docs.mkdir()
    paragraphs = (f"到2025年，第{i}类设施新建{i}家。" for i in range(1, passages + 1))
    (docs / "plan.txt").write_text("\n\n".join(paragraphs), "utf-8")
    build(docs, settings=settings, model=model)
    generation = Home.of(docs, settings.data_dir).current()
    assert generation is not None
    files = [p for p in generation.folder.rglob("*") if p.is_file()]
    before = {p: p.stat().st_mtime_ns for p in files}
    library = Library.open(docs, False, settings=settings, model=model)
    assert library.search("新建多少家", k=1)
    library.close()
    assert {p: p.stat().st_mtime_ns for p in files} == before


@posix
def test_a_file_is_in_use_until_its_last_user_goes(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.touch()
    one, other = InUse(path), InUse(path)
    for use in (one, other):
        with unused(path) as free:
            assert not free
        use.close()
    with unused(path) as free:
        assert free
    with unused(tmp_path / "none") as free:
        assert free
    with pytest.raises(FileNotFoundError):
        InUse(tmp_path / "none")
