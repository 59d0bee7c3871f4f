"""Every attack of the list, on one real server. `python -m tests.attacks` prints them as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.attacks.everything import ATTACKS, Attack, after
from tests.attacks.ground import served
from tests.attacks.target import STRANGER, Target, can_come_from

pytestmark = pytest.mark.skipif(
    not can_come_from(STRANGER), reason="needs the addresses of 127.0.0.0/8"
)


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    with served(tmp_path_factory.mktemp("attacked")) as attacked:
        yield attacked


def test_the_list_is_long_and_each_has_its_own_name() -> None:
    assert len(ATTACKS) >= 60
    assert [name for name, count in Counter(a.id for a in ATTACKS).items() if count > 1] == []


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_no_way_in(target: Target, attack: Attack) -> None:
    assert attack.way_in(target) == "", f"{attack.what}；不应{attack.must_not}"


def test_nothing_is_left_behind(target: Target) -> None:
    assert after(target) == []
