"""Going over to another index: once, in turn, and not where it can't be opened."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import IndexUnusable
from pages.following import Following


class Changes:
    """What is in force, and how often it was gone over to."""

    def __init__(self, name: str = "000001") -> None:
        self.name, self.made = name, list[str]()
        self.broken = False

    def change(self) -> None:
        if self.broken:
            raise IndexUnusable("索引文件已损坏。")
        self.made.append(self.name)


def following(changes: Changes, folder: Path) -> Following:
    return Following(lambda: changes.name, changes.change, "000001", folder / "turn.lock")


def test_another_index_is_gone_over_to_once(tmp_path: Path) -> None:
    changes = Changes()
    follower = following(changes, tmp_path)
    assert not follower.look()
    changes.name = "000002"
    assert follower.look()
    assert not follower.look()
    assert changes.made == ["000002"]


def test_nothing_in_force_is_no_change(tmp_path: Path) -> None:
    assert not following(Changes(""), tmp_path).look()


def test_one_that_cannot_be_opened_is_tried_again(tmp_path: Path) -> None:
    changes = Changes("000002")
    changes.broken = True
    follower = following(changes, tmp_path)
    with pytest.raises(IndexUnusable):
        follower.look()
    changes.broken = False
    assert follower.look()
