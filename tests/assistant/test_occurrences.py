"""Every place where a thing is written."""

from __future__ import annotations

from assistant.occurrences import asked_everywhere, occurrences
from assistant.question import analyse
from index.records import Hit, Passage


def hit(heading: str, text: str) -> Hit:
    return Hit(Passage(heading, "d", (heading,), "", text, "text", None, 0, 0, len(text)), 1.0)


def test_what_is_looked_for_everywhere() -> None:
    assert asked_everywhere(analyse("哪些章节提到了水上公园？")) == "水上公园"
    assert asked_everywhere(analyse("水上公园在规划哪几节出现？")) == "水上公园"
    assert asked_everywhere(analyse("水上公园写在哪一章？")) == ""


def test_one_place_a_section_with_the_words_around_it() -> None:
    hits = [
        hit("甲", "修路。扩建水上公园，添置游船。"),
        hit("甲", "水上公园免费。"),
        hit("乙", "没有。"),
    ]
    ((passage, words),) = occurrences("水上公园", hits)
    assert passage.heading_path == ("甲",)
    assert words == "扩建水上公园，添置游船。"
