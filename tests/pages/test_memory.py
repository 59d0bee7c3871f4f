"""Memory handed back: what hangs together in a circle goes, and no system is asked what it can't do."""

from __future__ import annotations

import weakref

import pytest

from pages import memory


class _Link:
    other: _Link


def test_what_is_in_a_cycle_is_gone() -> None:
    one, other = _Link(), _Link()
    one.other, other.other = other, one
    gone = weakref.ref(one)
    del one, other
    memory.hand_back()
    assert gone() is None


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_only_glibc_is_asked(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    asked: list[int] = []

    class Library:
        malloc_trim = staticmethod(asked.append)

    monkeypatch.setattr("sys.platform", system)
    monkeypatch.setattr("ctypes.CDLL", lambda _: Library)
    memory.trim()
    assert asked == ([0] if system == "linux" else [])


def test_a_c_library_without_it_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    memory.trim()
