"""The page 浏览: contents trees, sections with what stands in them, search, glossary, lost links."""

from __future__ import annotations

from bs4 import BeautifulSoup

from index.records import Section
from pages import browse
from pages.bank import Bank
from pages.browse import Browser
from pages.site_file import Site
from pages.units import paragraph_key, section_key
from tests.pages.fakes import CARE, PLAN, SECTIONS, TABLE, FakeAssistant, FakeLibrary

NOTE = Section("plan", CARE, "footnotes", ("银发经济：向老年人提供产品或服务的经济。",), 31, 1)
BOX = Section("plan", (*CARE, "专栏1 养老工程"), "box", ("新建养老院12所。",), 31, 1)
CARE_SECTION, TABLE_SECTION, PAPER_SECTION = SECTIONS
RICH = FakeLibrary(sections_=(CARE_SECTION, BOX, NOTE, TABLE_SECTION, PAPER_SECTION))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def browser(library: FakeLibrary | None = None, site: Site | None = None) -> Browser:
    assistant = FakeAssistant(library=library or FakeLibrary())
    return Browser(assistant.library, Bank(assistant.library, assistant.ask), site or Site())


def asked(section: Section, **more: str) -> dict[str, str]:
    return {"doc": section.doc_id, "section": section_key(section), **more}


def view(section: Section, library: FakeLibrary | None = None) -> BeautifulSoup:
    return soup(browser(library).view(asked(section))["html"])


def test_the_tree_links_every_section_once_under_its_headings() -> None:
    page = soup(browse.tree(RICH, "plan"))
    links = [a["data-section"] for a in page.select("a")]
    assert links.count(section_key(CARE_SECTION)) == 1
    assert {section_key(BOX), section_key(TABLE_SECTION)} <= set(links)
    assert section_key(NOTE) not in links
    headings = [span.get_text() for span in page.select("li > span")]
    assert headings[:2] == ["第二篇 重点任务", "第十四章 持续改善生活品质"]


def test_contents_name_every_document_and_load_no_tree() -> None:
    page = soup(browse.contents(FakeLibrary()))
    assert [d["data-doc"] for d in page.select("details")] == ["plan", "paper"]
    assert page.select("nav a") == []


def test_an_unknown_document_has_no_tree() -> None:
    assert browse.tree(FakeLibrary(), "nobody") == ""


def test_a_section_opens_with_its_text_and_title() -> None:
    got = browser().view(asked(CARE_SECTION))
    assert soup(got["html"]).h1.get_text() == "第六节 积极应对人口老龄化"
    assert len(soup(got["html"]).select(".text p")) == 2
    assert got["title"] == "第六节 积极应对人口老龄化 · 问规"
    assert got["section"] == section_key(CARE_SECTION)


def test_a_box_and_a_note_stand_in_their_section() -> None:
    page = view(CARE_SECTION, RICH)
    assert page.select_one(".inset.box").get_text() == "专栏1 养老工程新建养老院12所。"
    assert page.select_one(".inset.box")["id"] == section_key(BOX)
    (mark,) = page.select(".text .noteref")
    assert mark["href"] == "#note1"
    assert mark.find_parent("p").get_text().startswith("发展银发经济注1。")
    assert page.select_one("#note1").get_text().startswith("银发经济：")


def test_a_box_is_opened_by_its_own_link_too() -> None:
    got = browser(RICH).view(asked(BOX))
    assert got["section"] == section_key(CARE_SECTION)


def test_each_paragraph_and_each_row_has_its_own_address() -> None:
    page = view(CARE_SECTION)
    keys = [p["id"] for p in page.select(".text > p")]
    assert keys == [paragraph_key(text) for text in CARE_SECTION.paragraphs]
    assert f"p={keys[0]}" in page.select_one(".para-link")["href"]
    rows = view(TABLE_SECTION).select("tbody tr[id]")
    assert [row["id"] for row in rows] == [paragraph_key(row.text) for row in TABLE.rows]


def test_a_table_section_opens_as_a_table() -> None:
    assert len(view(TABLE_SECTION).select("tbody tr:not(.group)")) == 3


def test_a_link_that_is_lost_is_said_and_the_way_on_shown() -> None:
    for wanted in ({"doc": "plan", "section": "0" * 12}, {**asked(CARE_SECTION), "doc": "nobody"}):
        got = browser().view(wanted)
        assert browse.LOST in got["html"]
        assert "浏览原文" in got["html"]
        assert browser().aside(wanted) == ""


def test_without_a_section_the_documents_are_introduced() -> None:
    html = browser(site=Site(contact=("电话：12345",))).view({})["html"]
    assert browse.LOST not in html
    assert PLAN.title in html
    assert soup(html).select_one(".site-foot").get_text() == "电话：12345"


def test_beside_a_section_stand_the_questions_it_answers() -> None:
    page = soup(browser().aside(asked(CARE_SECTION)))
    questions = [a.get_text() for a in page.select('a[href^="./?ask="]')]
    assert "到2025年，养老机构护理型床位占比要达到多少？" in questions


def test_a_search_marks_its_words_and_counts_by_facet() -> None:
    page = soup(browser().view({"q": "养老"})["html"])
    assert {m.get_text() for m in page.select(".found mark")} == {"养老"}
    assert page.select_one("[role=status]").get_text() == "找到1处。"
    assert page.select_one(".found a")["data-section"] == section_key(CARE_SECTION)


def test_a_facet_narrows_and_is_taken_off_again() -> None:
    everywhere = soup(browser().view({"q": "产业 婴幼儿"})["html"])
    narrow = next(a for a in everywhere.select(".facet a") if "产业发展研究" in a.get_text())
    assert "in=paper" in narrow["href"]
    page = soup(browser().view({"q": "产业 婴幼儿", "in": "paper"})["html"])
    assert [a["data-doc"] for a in page.select(".found a")] == ["paper"]
    current = page.select_one(".facet a[aria-current]")
    assert "in=" not in current["href"]


def test_a_search_without_result_says_what_to_do() -> None:
    page = soup(browser().view({"q": "量子火箭"})["html"])
    assert "换一个说法" in page.get_text()
    assert page.select(".found") == []


def test_terms_are_listed_with_the_documents_own_words() -> None:
    page = soup(browser(RICH).view({"view": "terms"})["html"])
    assert page.dt.get_text() == "银发经济"
    assert page.dd.get_text().startswith("向老年人提供产品或服务的经济。")
    assert page.dd.a["data-section"] == section_key(NOTE)


def test_what_is_asked_and_what_is_printed_stays_text() -> None:
    evil = "<img src=x onerror=alert(1)>"
    pages = [browser().view({"q": evil + "产业"}), browser().view(asked(PAPER_SECTION))]
    for got in pages:
        assert soup(got["html"]).select("img, script") == []
    assert evil in soup(pages[1]["html"]).get_text()


def test_anything_but_words_in_an_address_is_dropped() -> None:
    assert browse._asked([]) == browse._asked(["x"]) == {}
    assert browse._asked([{"q": 3}]) == {"q": "3"}
