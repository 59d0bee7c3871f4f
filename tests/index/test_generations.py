from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import IndexUnusable
from index.generations import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home.of(tmp_path / "资料", tmp_path / "var")
    with home.writing():
        return home


def folders(home: Home) -> list[str]:
    return sorted(p.name for p in home.folder.iterdir() if p.is_dir())


def make(home: Home) -> None:
    with home.begin() as generation:
        generation.store.write_text("x")
        home.publish(generation)


def test_two_folders_of_one_name_have_two_homes(tmp_path: Path) -> None:
    one, other = (Home.of(tmp_path / p / "docs", tmp_path) for p in "ab")
    assert one.folder != other.folder
    assert one.folder.name.startswith("docs-")
    assert Home.of(tmp_path / "资料", tmp_path).folder.name.isascii()
    assert Home.of(tmp_path / "a" / "." / "docs", tmp_path) == one


def test_nothing_is_in_force_before_the_first(home: Home) -> None:
    assert home.current() is None


def test_publishing_puts_the_new_one_in_force_and_keeps_the_one_before(home: Home) -> None:
    for _ in range(3):
        make(home)
    current = home.current()
    assert current is not None and current.folder.name == "000003"
    assert folders(home) == ["000002", "000003"]


def test_one_that_is_read_from_stays_until_it_is_let_go(home: Home) -> None:
    make(home)
    held = home.held()
    assert held is not None
    generation, use = held
    assert use is not None and generation.store_is_sound
    for _ in range(2):
        make(home)
    assert folders(home) == ["000001", "000002", "000003"]
    use.close()
    make(home)
    assert folders(home) == ["000003", "000004"]


def test_what_was_not_published_is_removed(home: Home) -> None:
    make(home)
    with pytest.raises(KeyError), home.begin() as generation:
        generation.store.write_text("half")
        raise KeyError
    assert folders(home) == ["000001"]
    (home.folder / "000009").mkdir()
    with home.begin() as generation:
        assert folders(home) == ["000001", generation.folder.name]


@pytest.mark.parametrize("pointer", ["", "../../etc", "000099", "啊"])
def test_a_torn_pointer_points_to_nothing(home: Home, pointer: str) -> None:
    make(home)
    (home.folder / "CURRENT").write_text(pointer, "utf-8")
    assert home.current() is None


def test_a_changed_store_is_not_sound(home: Home) -> None:
    make(home)
    current = home.current()
    assert current is not None and current.store_is_sound
    current.store.write_text("y")
    assert not current.store_is_sound


def test_a_second_writer_is_told_at_once(home: Home) -> None:
    with (
        home.writing(),
        pytest.raises(IndexUnusable, match="另一个程序正在"),
        Home(home.folder).writing(),
    ):
        pass
    with home.writing():
        pass
