"""The page 浏览: contents trees, sections, lost links."""

from __future__ import annotations

from bs4 import BeautifulSoup

from pages import browse
from pages.units import section_key
from tests.pages.fakes import SECTIONS, FakeLibrary


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def test_the_tree_links_every_section_once_under_its_headings() -> None:
    page = soup(browse.tree(FakeLibrary(), "plan"))
    links = [a["data-section"] for a in page.select("a")]
    assert links == [section_key(section) for section in SECTIONS[:2]]
    headings = [span.get_text() for span in page.select("li > span")]
    assert headings[:2] == ["第二篇 重点任务", "第十四章 持续改善生活品质"]


def test_contents_name_every_document_and_load_no_tree() -> None:
    page = soup(browse.contents(FakeLibrary()))
    assert [d["data-doc"] for d in page.select("details")] == ["plan", "paper"]
    assert page.select("a") == []


def test_an_unknown_document_has_no_tree() -> None:
    assert browse.tree(FakeLibrary(), "nobody") == ""


def test_a_section_opens_with_its_text_and_title() -> None:
    got = browse.opened(FakeLibrary(), "plan", section_key(SECTIONS[0]))
    assert soup(got["html"]).h1.get_text() == "第六节 积极应对人口老龄化"
    assert len(soup(got["html"]).select(".text p")) == 2
    assert got["title"].startswith("第六节")


def test_a_table_section_opens_as_a_table() -> None:
    got = browse.opened(FakeLibrary(), "plan", section_key(SECTIONS[1]))
    assert len(soup(got["html"]).select("tbody tr:not(.group)")) == 3


def test_a_link_that_is_lost_is_said_and_the_way_on_shown() -> None:
    for doc_id, key in (("plan", "0" * 12), ("nobody", section_key(SECTIONS[0]))):
        got = browse.opened(FakeLibrary(), doc_id, key)
        assert browse.LOST in got["html"]
        assert "浏览原文" in got["html"]


def test_without_a_section_the_documents_are_introduced() -> None:
    assert browse.LOST not in browse.opened(FakeLibrary(), "", "")["html"]
