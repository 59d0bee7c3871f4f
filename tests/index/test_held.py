from __future__ import annotations

import pytest

from index.held import Held


def test_it_holds_what_was_asked_for_last() -> None:
    held: Held[str, int] = Held(2)
    for key, value in (("a", 1), ("b", 2), ("a", -1), ("c", 3)):
        held.get(key, lambda value=value: value)
    assert [held.peek(key) for key in "abc"] == [1, None, 3]


def test_a_failure_is_not_held() -> None:
    held: Held[str, int] = Held(2)
    with pytest.raises(ZeroDivisionError):
        held.get("a", lambda: 1 // 0)
    assert held.get("a", lambda: 7) == 7
