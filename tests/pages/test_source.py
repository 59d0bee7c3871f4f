"""The 出处 panel: marks, sections, tables, neighbours."""

from __future__ import annotations

from html import unescape

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from pages import source
from pages.tables import table_html
from tests.pages.fakes import SECTIONS, TABLE, FakeLibrary


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def test_the_quote_is_marked_across_other_white_space() -> None:
    html = source.paragraphs_html(("前文。到 2025年，\n达到65%。后文",), "到2025年，达到65%。")
    assert soup(html).mark.get_text() == "到 2025年，\n达到65%。"


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    html = source.paragraphs_html(("甲乙丙", "丁戊"), "乙丙丁")
    assert [m.get_text() for m in soup(html).select("mark")] == ["乙丙", "丁"]


@given(st.text(max_size=60), st.text(max_size=10))
def test_marking_changes_no_text(text: str, quote: str) -> None:
    html = source.paragraphs_html((text,), quote)
    inside = html.removeprefix("<p>").removesuffix("</p>")
    assert unescape(inside.replace("<mark>", "").replace("</mark>", "")) == text


def test_the_panel_shows_breadcrumb_mark_and_steps() -> None:
    page = soup(source.panel(FakeLibrary(), "plan-0", "居家社区养老服务中心实现街道全覆盖。"))
    assert [li.get_text() for li in page.select(".crumbs li")] == list(SECTIONS[0].heading_path)
    assert page.mark.get_text() == "居家社区养老服务中心实现街道全覆盖。"
    previous, following = page.select(".panel-steps button")
    assert previous.has_attr("disabled")
    assert following["data-passage"] == "plan-1"


def test_the_passage_stands_out_in_its_section() -> None:
    shown = soup(source.panel(FakeLibrary(), "plan-0")).select(".passage p")
    assert [p["class"] for p in shown] == [["here"], ["around"]]


def test_the_quote_is_marked_in_the_passage_even_where_it_stands_above_too() -> None:
    html = source.paragraphs_html(("甲乙。丙", "甲乙。丁"), "甲乙。", "甲乙。丁")
    assert [p.mark is not None for p in soup(html).select("p")] == [False, True]


def test_the_original_opens_at_the_quoted_paragraph() -> None:
    page = soup(source.panel(FakeLibrary(), "plan-1", "支持企业开发"))
    link = page.select_one(".panel-tools a")["href"]
    assert link == source.section_link(SECTIONS[0], SECTIONS[0].paragraphs[1])


def test_a_table_row_is_marked_in_its_table() -> None:
    page = soup(source.panel(FakeLibrary(), "plan-3", TABLE.rows[1].text))
    marked = page.select("tr.marked")
    assert [row.th.get_text() for row in marked] == ["每千人口拥有婴幼儿托位数（个）"]
    assert [td.get_text() for td in marked[0].select("td")] == ["2", "1.7", "4.5", "预期性"]


def test_a_table_shows_groups_once_and_its_note() -> None:
    page = soup(table_html(TABLE))
    assert [row.get_text() for row in page.select("tr.group")] == ["经济", "民生"]
    assert page.select("tr.marked") == []
    assert "数据由有关部门提供" in page.get_text()


def test_a_passage_that_is_gone_is_said() -> None:
    assert source.GONE in source.panel(FakeLibrary(), "no-such-passage")


def test_document_text_is_never_markup() -> None:
    page = soup(source.panel(FakeLibrary(), "paper-5", "2019年"))
    assert page.select("img") == []
    assert "<img src=x onerror=alert(1)>" in page.get_text()


def test_section_links_differ_between_sections_and_stay_the_same() -> None:
    links = [source.section_link(section) for section in SECTIONS]
    assert len(set(links)) == len(SECTIONS)
    assert links == [source.section_link(section) for section in SECTIONS]
