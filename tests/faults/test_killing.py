"""A sample of the kills; more of them: python -m tests.faults kill busy --count 200."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults import busy, killing
from tests.faults.dying import killed, steps
from tests.faults.servers import Servers

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork")


def test_a_killed_build_leaves_the_index_before(tmp_path: Path) -> None:
    assert killing.builds(3, 4, tmp_path).wrong == []


def test_a_killed_change_loses_no_document(tmp_path: Path) -> None:
    assert killing.changes(12, 1, tmp_path).wrong == []


def test_a_killed_backup_or_restore_can_be_made_again(tmp_path: Path) -> None:
    assert killing.backups(6, 1, tmp_path).wrong == []


def test_a_killed_rotation_leaves_a_chain_that_holds(tmp_path: Path) -> None:
    assert killing.rotations(5, 1, tmp_path).wrong == []


def test_a_killed_server_has_kept_all_it_said_yes_to(started: Servers, tmp_path: Path) -> None:
    tally = busy.killed(started, 2, 1, tmp_path)
    assert tally.wrong == []
    assert tally.survived[busy.SERVER] == 3


def test_an_act_is_killed_before_the_step_asked_for(tmp_path: Path) -> None:
    def act() -> None:
        (tmp_path / "one").mkdir()
        (tmp_path / "two").mkdir()

    assert steps(act, tmp_path) == 2
    for path in tmp_path.iterdir():
        path.rmdir()
    assert killed(act, tmp_path, 1)
    assert [p.name for p in tmp_path.iterdir()] == ["one"]
    (tmp_path / "one").rmdir()
    assert not killed(act, tmp_path, 2)
