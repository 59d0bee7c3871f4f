"""Which ones of a counted set: refused where a text only counts them, answered where it names them."""

from __future__ import annotations

import pytest

from assistant.question import analyse
from assistant.unlisted import unlisted
from index.records import Passage


def _passage(text: str) -> Passage:
    return Passage("p1", "d1", ("第一节",), "", text, "text", None, 0, 0, len(text))


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("去年改造的196个老旧小区有哪些", "改造老旧小区196个、城中村6万户，建成公园3处。"),
        ("13条入湖河流分别是哪13条", "13条主要入湖河流水质全部达到Ⅲ类。"),
        ("58个医疗次中心修在哪些镇", "建设58个县域医疗次中心。"),
        ("我们村在不在今年的1000个和美乡村里", "建成1000个和美乡村。"),
        ("我家小区算不算老旧小区", "改造老旧小区196个。"),
    ],
)
def test_what_is_only_counted_is_not_named(question: str, text: str) -> None:
    assert unlisted(analyse(question), _passage(text), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("6条示范带有哪些", "打造江南、江北、城东、城西、河口、山前等6条示范带。"),
        ("3个新城叫什么", "建设3个新城：东城、西城、南城。"),
        ("20个试点镇有哪些", "20个试点镇如下。\n" + "\n".join(f"{n}. 某镇" for n in range(1, 21))),
        ("我们村能不能加装电梯", "推动既有住宅加装电梯1000部。"),
        ("改造了多少个老旧小区", "改造老旧小区196个。"),
    ],
)
def test_what_is_listed_or_not_asked_by_name_is_answered(question: str, text: str) -> None:
    assert not unlisted(analyse(question), _passage(text), text)
