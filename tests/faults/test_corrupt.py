"""A sample of the damaged files; more of them: python -m tests.faults corrupt --count 500."""

from __future__ import annotations

import random
from pathlib import Path

from tests.faults import corrupt


def test_a_damaged_index_is_mended_or_says_what_to_do(tmp_path: Path) -> None:
    tally = corrupt.index_files(8, 3, tmp_path)
    assert tally.wrong == []
    assert tally.survived[corrupt.INDEX] == 8


def test_a_served_answer_that_differs_is_seen(tmp_path: Path) -> None:
    tally = corrupt.Tally()
    with tally.fault("kind", "what"):
        corrupt.require(False, "another answer")
    assert tally.wrong == ["kind, what: Wrong: another answer"]
    assert tally.injected["kind"] == 1 and tally.survived["kind"] == 0


def test_every_damage_changes_the_file(tmp_path: Path) -> None:
    path, rng = tmp_path / "f", random.Random(1)
    for _ in range(30):
        path.write_bytes(b"abc" * 50)
        corrupt.damage(path, rng)
        assert not path.exists() or path.read_bytes() != b"abc" * 50
