"""Lists that say one number and name another."""

from __future__ import annotations

import pytest

from assistant.tallies import Tally, mismatch, named_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("五园：甲园、乙园、丙园、丁园等5个园区。", Tally(5, 4, "个")),
        ("建设甲园、乙园、丙园等3个园区。", None),
        ("建设甲园、乙园和丙园等3个园区。", None),  # the last 和 joins two names
        ("甲和乙集群、丙集群、丁集群、戊和己集群等五个产业集群", Tally(5, 4, "个")),
        ("改造甲路（A线、B线）、乙路、丙路等3条道路。", None),  # a bracket holds no names
        ("实施人工智能、高端装备等9个重大专项", None),  # two for example
        ("生物医药等3个产业", None),
        ("甲园、乙园、丙园等园区", None),
    ],
)
def test_mismatch(text: str, found: Tally | None) -> None:
    assert mismatch(text) == found


def test_it_is_said_plainly() -> None:
    assert Tally(16, 15, "个").spoken() == "原文写16个，列出15个。"


def test_the_last_joint_may_part_two_names() -> None:
    assert named_in("甲园、乙园和丙园") == {2, 3}
    assert named_in("甲和乙、丙和丁") == {2}
