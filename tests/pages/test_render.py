"""Answer -> HTML: states, markers, escaping."""

from __future__ import annotations

import json
from dataclasses import replace

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from assistant.records import Answer, Citation, Evidence
from pages import citing, render
from tests.pages.fakes import CARE, TABLE_PATH, FakeLibrary

EVIL = "<img src=x onerror=alert(1)><script>alert(2)</script>"
FIRST = Citation(1, "plan", "云溪规划", CARE, "", 31, "床位占比达到65%。", "读本", "plan-0")
SECOND = Citation(2, "plan", "云溪规划", TABLE_PATH, "", 9, "托位数 1.7 4.5", "读本", "plan-2")
ANSWER = Answer(
    question="床位占比多少？",
    standalone_question="床位占比多少？",
    text="床位占比达到65%[1]。\n\n托位数4.5个[2]。",
    citations=(FIRST, SECOND),
    evidence=(),
    refused=False,
    dropped_claims=0,
    model="",
    settings_hash="0",
    seconds=0.01,
)


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "lxml")


def test_each_marker_is_a_named_button_with_its_quote() -> None:
    buttons = soup(render.answered(ANSWER)).select(".answer-text button.cite")
    assert [b["aria-label"] for b in buttons] == [
        "出处1，第十四章第六节",
        "出处2，第三章第五节 表2",
    ]
    assert buttons[0]["data-quote"] == FIRST.quote
    assert buttons[0]["data-passage"] == "plan-0"


def test_a_bracketed_number_without_citation_stays_text() -> None:
    html = render.answered(replace(ANSWER, text="见文献[7]。[1]"))
    assert "文献[7]" in soup(html).get_text()
    assert len(soup(html).select(".answer-text button.cite")) == 1


def test_the_citation_line_names_document_place_and_edition() -> None:
    lines = [li.get_text() for li in soup(render.answered(ANSWER)).select(".sources li")]
    assert lines[0].split() == ["1", "《云溪规划》第十四章第六节“积极应对人口老龄化”", "读本"]


def test_citations_of_one_place_share_a_line() -> None:
    again = replace(FIRST, marker=2, quote="另一句。")
    html = render.answered(replace(ANSWER, citations=(FIRST, again)))
    lines = soup(html).select(".sources li")
    assert len(lines) == 1
    assert [b.get_text() for b in lines[0].select("button")] == ["1", "2"]


def test_a_table_row_is_named_by_its_number() -> None:
    row = FakeLibrary().passages_[3]
    cited = replace(SECOND, passage_id=row.passage_id)
    answer = replace(ANSWER, citations=(cited,), evidence=(Evidence(1, row, "云溪规划", 1.0),))
    (line,) = soup(render.answered(answer)).select(".source")
    assert line.get_text() == "《云溪规划》第三章第五节 表2“云溪市主要指标” 第2项"


def test_the_restated_question_shows_only_where_it_differs() -> None:
    assert "您问的是" not in render.answered(ANSWER)
    html = render.answered(replace(ANSWER, standalone_question="云溪市床位占比多少？"))
    assert "您问的是：云溪市床位占比多少？" in html


def test_low_confidence_is_said_above_the_answer() -> None:
    html = render.answered(replace(ANSWER, confidence="low"))
    assert html.index("最接近的内容") < html.index("answer-text")
    assert "有出处" not in html
    assert "最接近的内容" not in render.answered(ANSWER)


def test_quoted_and_worded_answers_look_different() -> None:
    assert "answer-text quoted" in render.answered(ANSWER)
    assert "answer-text worded" in render.answered(replace(ANSWER, model="m"))


def test_stars_of_a_document_are_kept_and_of_a_model_are_emphasis() -> None:
    starred = replace(ANSWER, text="**床位**为2*3[1]。")
    assert "**床位**为2*3" in soup(render.answered(starred)).get_text()
    assert soup(render.answered(replace(starred, model="m"))).strong.get_text() == "床位"


def test_lists_and_tables_are_lists_and_tables() -> None:
    text = "分四类：\n- 甲[1]\n- 乙[2]\n\n| 指标 | 2025年 |\n| --- | --- |\n| 托位数 | 4.5[2] |"
    page = soup(render.answered(replace(ANSWER, text=text)))
    assert [li.get_text() for li in page.select(".answer-text li")] == ["甲1", "乙2"]
    assert [cell.get_text() for cell in page.select("td")] == ["托位数", "4.52"]
    assert len(page.select("td button.cite")) == 1


def test_a_refusal_has_no_source_badge_and_offers_the_nearest_sections() -> None:
    passages = FakeLibrary().passages_
    evidence = tuple(Evidence(i, p, "云溪规划", 1.0) for i, p in enumerate(passages, 1))
    refusal = replace(
        ANSWER,
        text="文件中没有。",
        citations=(),
        evidence=evidence,
        refused=True,
        confidence="none",
    )
    page = soup(render.answered(refusal))
    assert page.select(".sources") == []
    assert "您还可以看" not in page.select_one(".answer").get_text()
    links = page.select(".nearest button")
    assert [b["data-passage"] for b in links] == ["plan-0", "plan-2", "paper-5"]


def test_a_failure_is_an_alert_and_no_answer() -> None:
    page = soup(render.failed("问题", "索引打不开，请重新建库。"))
    assert page.article["data-state"] == "failed"
    assert page.select_one("[role=alert]").get_text() == "索引打不开，请重新建库。"


def test_nothing_from_outside_becomes_markup() -> None:
    evil = replace(FIRST, title=EVIL, heading_path=(EVIL,), lead=EVIL, quote=EVIL, passage_id=EVIL)
    answer = replace(
        ANSWER,
        question=EVIL,
        standalone_question=EVIL + "2",
        text=f"{EVIL}[1] ![图](http://example.com/a.png) [链](javascript:alert(1))",
        citations=(evil,),
        notes=(EVIL,),
        model="m",
    )
    for html in (render.answered(answer), render.streaming(EVIL, EVIL), render.failed(EVIL, EVIL)):
        page = soup(html)
        assert page.select("img, script, a, iframe") == []
        assert [t for t in page.find_all(True) if any(a.startswith("on") for a in t.attrs)] == []


@given(st.text(alphabet=st.sampled_from("<>&\"'`[]()!|-*#1\n 甲=/"), max_size=80))
def test_only_our_own_tags_come_out(text: str) -> None:
    allowed = {
        "html", "body", "article", "h2", "div", "p", "sup", "button", "ul", "ol", "li", "table",
        "thead", "tbody", "tr", "th", "td", "br", "blockquote", "span", "svg", "path", "em",
        "strong", "h1", "h3", "h4", "h5", "h6", "details", "summary",
    }  # fmt: skip
    page = soup(render.answered(replace(ANSWER, text=text, model="m")))
    assert {tag.name for tag in page.find_all(True)} <= allowed


def test_the_copied_text_carries_its_sources() -> None:
    assert citing.copy_text(ANSWER).splitlines()[-3:] == [
        "[1] 《云溪规划》第十四章第六节“积极应对人口老龄化”（读本）",
        "[2] 《云溪规划》第三章第五节 表2“云溪市主要指标”（读本）",
        f"（{citing.LABEL}）",
    ]


def test_an_answer_carries_what_an_export_needs() -> None:
    article = soup(render.answered(ANSWER)).article
    record = json.loads(article["data-record"])
    assert record["sources"][0]["words"] == "《云溪规划》第十四章第六节“积极应对人口老龄化”"
    assert record["text"] == ANSWER.text


def test_what_was_found_and_not_used_is_behind_a_fold() -> None:
    passages = FakeLibrary().passages_[:3]
    evidence = tuple(Evidence(i, p, "云溪规划", 1.0) for i, p in enumerate(passages, 1))
    page = soup(render.answered(replace(ANSWER, evidence=evidence)))
    (fold,) = page.select("details.unused")
    assert not fold.has_attr("open")
    assert [b["data-passage"] for b in fold.select("button")] == ["plan-1"]


def test_dropped_sentences_are_counted_once() -> None:
    said = soup(render.answered(replace(ANSWER, dropped_claims=2))).select_one(".notes").get_text()
    assert "已略去2句" in said
    noted = replace(ANSWER, dropped_claims=2, notes=("已略去 2 句未能核实的内容。",))
    assert len(soup(render.answered(noted)).select(".notes li")) == 1


def test_a_models_answer_is_labelled_with_its_name_and_filing() -> None:
    worded = replace(ANSWER, model="m", model_label="某模型", model_filing="备案1号")
    made = soup(render.answered(worded)).select_one(".made").get_text()
    assert "人工智能模型“某模型”（备案1号）" in made
    assert soup(render.answered(ANSWER)).select_one(".made").get_text() == render.DISCLAIMER
