"""Terms that documents explain themselves, by the forms such writing has."""

from __future__ import annotations

import pytest

from index.records import Section
from pages.glossary import explained, of_section, terms_of


@pytest.mark.parametrize(
    ("text", "term", "meaning"),
    [
        ("“三轴联动”是指东轴、西轴、中轴一起建设。", "三轴联动", "东轴、西轴、中轴一起建设。"),
        ("“六廊”生态网，即六条沿河绿廊。", "六廊生态网", "六条沿河绿廊。"),
        ("本办法所称积分入学，是指按积分安排学位的办法。", "积分入学", "按积分安排学位的办法。"),
        ("健全自治、法治、德治“三治”体系。", "三治", "健全自治、法治、德治"),
        ("落实“三权”（所有权、承包权、经营权）分置。", "三权", "所有权、承包权、经营权"),
        ("云溪国家高新技术产业区（以下简称“高新区”）扩区。", "高新区", "云溪国家高新技术产业区"),
    ],
)
def test_a_term_is_found_with_its_explanation(text: str, term: str, meaning: str) -> None:
    assert (term, meaning) in explained(text, is_note=False)


@pytest.mark.parametrize(
    "text",
    [
        "实施“优才计划”，引进人才。",
        "坚持教育、科技“双轮”驱动。抓项目、抓服务“五个”重点。",  # five are not listed
        "会议指出要加快发展。",
    ],
)
def test_what_is_only_named_is_no_term(text: str) -> None:
    assert explained(text, is_note=False) == []


def test_a_note_explains_what_it_begins_with() -> None:
    notes = ["“一刻钟”生活圈：步行十五分钟可达。", "资料来源于统计年鉴。", "两江：东江和西江。"]
    assert terms_of(notes) == ["一刻钟生活圈", "", "两江"]


def test_a_box_explains_the_term_it_is_named_after() -> None:
    box = Section(
        "d", ("第一章", "“两轴三带”布局"), "box", ("两轴：东轴、西轴。", "三带。"), None, 0
    )
    (term,) = of_section(box)
    assert (term.term, term.meaning) == ("两轴三带", "两轴：东轴、西轴。 三带。")
    plain = Section("d", ("第一章", "“十四五”时期特征"), "box", ("未来五年是关键期。",), None, 0)
    assert list(of_section(plain)) == []
