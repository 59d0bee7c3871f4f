"""Sections as units to read, and links that outlive small changes."""

from __future__ import annotations

from dataclasses import replace

from index.records import Section
from pages.units import find_unit, paragraph_key, section_key, units
from tests.pages.fakes import TABLE

CHAPTER = ("第二章 民生", "第一节 养老")


def section(kind: str, path: tuple[str, ...], *paragraphs: str) -> Section:
    return Section("plan", path, kind, paragraphs, None, 0)


TEXT = section("text", CHAPTER, "健全养老服务。", "到2025年，床位达到65%。")
BOX = section("box", (*CHAPTER, "专栏1 养老工程"), "新建养老院12所。")
AFTER = section("text", CHAPTER, "发展银发经济。")
NOTE = section("footnotes", CHAPTER, "“一刻钟”：步行十五分钟。")
OTHER = section("text", ("第二章 民生", "第二节 托育"), "建设托育机构。")
HEADING = section("text", ("第二章 民生",))
PARTS = (HEADING, TEXT, BOX, AFTER, NOTE, OTHER)


def test_a_box_and_a_note_are_read_where_they_are_printed() -> None:
    first, second = units(PARTS)
    assert first.path == CHAPTER
    assert first.sections == (TEXT, BOX, AFTER, NOTE)
    assert second.sections == (OTHER,)
    assert "一刻钟" not in first.words
    assert "12所" in first.words


def test_a_table_alone_under_a_heading_is_a_unit_of_it() -> None:
    table = replace(section("table", (*CHAPTER, "表1"), "1 甲 2"), table=TABLE)
    (unit,) = units([table])
    assert unit.path == CHAPTER


def test_a_link_finds_its_unit_also_of_a_box() -> None:
    own = units(PARTS)
    assert find_unit(own, section_key(BOX)) == own[0]
    assert find_unit(own, section_key(OTHER)) == own[1]


def test_a_link_outlives_a_change_of_the_first_words() -> None:
    changed = replace(OTHER, paragraphs=("新建托育机构。",))
    assert find_unit(units((TEXT, changed)), section_key(OTHER)) is not None


def test_a_link_to_a_paragraph_outlives_its_move() -> None:
    moved = replace(TEXT, heading_path=("第三章", "第九节"))
    found = find_unit(units((moved, OTHER)), section_key(TEXT), paragraph_key(TEXT.paragraphs[1]))
    assert found is not None
    assert moved in found.sections


def test_a_link_to_what_is_gone_finds_nothing() -> None:
    own = units((OTHER,))
    for key in (section_key(TEXT), "", "x" * 40, section_key(OTHER)[:3]):
        assert find_unit(own, key, "p00000000") is None


def test_keys_look_past_white_space_and_tell_sections_apart() -> None:
    assert paragraph_key("甲 乙") == paragraph_key("甲乙")
    assert len({section_key(s) for s in PARTS}) == len(PARTS)
