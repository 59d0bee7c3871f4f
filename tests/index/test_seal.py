from __future__ import annotations

from pathlib import Path

import pytest

from index.seal import SEAL, seal, unbroken


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a").write_bytes(b"one")
    (tmp_path / "words.sqlite").write_bytes(b"two")
    seal(tmp_path)
    return tmp_path


def test_what_is_as_it_was_is_unbroken(folder: Path) -> None:
    assert unbroken(folder, "words") and unbroken(folder, "words.sqlite")
    (folder / "words" / "added.lock").touch()
    assert unbroken(folder, "words")


def test_one_flipped_bit_breaks_its_own_part_alone(folder: Path) -> None:
    (folder / "words" / "a").write_bytes(b"onf")
    assert not unbroken(folder, "words") and unbroken(folder, "words.sqlite")
    (folder / "words.sqlite").unlink()
    assert not unbroken(folder, "words.sqlite")


def test_what_was_not_there_is_not_sealed(folder: Path) -> None:
    assert not unbroken(folder, "vectors")


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b"{}", b'{"words/a": 1}', b"\xff"])
def test_a_torn_seal_vouches_for_nothing(folder: Path, torn: bytes) -> None:
    (folder / SEAL).write_bytes(torn)
    assert not unbroken(folder, "words")
