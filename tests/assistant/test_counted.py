"""Sentences that count and name what is asked for."""

from __future__ import annotations

import pytest

from assistant.counted import _bears, _names, _runs


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("迁入分为技能迁入、投资迁入和政策迁入三类。", True),
        ("布局维保中心、集散中心、创新中心等三大中心。", True),
        ("面临着“升级链、补短链、强长链”三大任务。", True),
        ("收费分为三档，分别为甲档、乙档和丙档。", True),
        ("完善体制和扩大开放,为建设小康和实现三大目标奠定基础。", False),
        ("三类人员：老人、儿童。", False),
        ("培育物联网、集成电路、生物医药等产业。", False),
    ],
)
def test_as_many_named_as_counted(text: str, names: bool) -> None:
    assert _names(3, text) is names


@pytest.mark.parametrize(
    ("number", "name", "text", "bears"),
    [
        (3, "名城", "建成创新名城、宜居名城、文旅名城，经济实力大幅提升。", True),
        (4, "名城", "建成创新名城、宜居名城、文旅名城，经济实力大幅提升。", False),
        (3, "目标", "围绕建设经济强省、文化大省和连接南北、东西大通道的三大目标，抓住机遇。", True),
        (3, "目标", "为实现三大目标奠定基础。", False),
        (4, "集群", "培育以绿色、智能以及低碳为特色的9个制造集群和4个集群。", False),
        (3, "", "甲权、乙权、丙权。", False),
    ],
)
def test_things_side_by_side_bear_the_counted_name(
    number: int, name: str, text: str, bears: bool
) -> None:
    assert _bears(number, name, text) is bears


def test_a_run_of_just_so_many_things() -> None:
    assert _runs(4, "发展茶叶、竹器、陶瓷和旅游等产业，到2025年达到8%。")
    assert not _runs(5, "发展茶叶、竹器、陶瓷和旅游等产业。")
    assert not _runs(3, "发展茶叶、竹器和旅游等产业。")  # three stand side by side everywhere
