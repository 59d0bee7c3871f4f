"""Plain text, Markdown, web pages and CSV."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError
from index.readers import csv_cell, html, md, txt
from index.readers.cleaning import clean
from index.readers.grids import is_layout, joined, trimmed
from index.readers.lines import are_hard

LINE = "近年来城市国际化水平不断攀升，载体功能日臻完备，外向型经济规模稳步提升，创新能级"
SHORT = "全市生产总值增长百分之七。"


def texts(raw) -> list[str]:
    return [block.text for block in raw.blocks if block.text]


# -- plain text


def test_printed_lines_and_paragraphs_are_told_apart():
    printed = "\n\n".join([LINE] * 12 + ["接轨。"])
    assert txt.read(printed).hard_lines
    paragraphs = "\n".join(SHORT * count for count in range(2, 20))
    assert not txt.read(paragraphs).hard_lines


def test_one_sentence_a_line_without_full_stops_is_no_printed_line():
    assert not are_hard(LINE[:10] * count for count in range(1, 15))


def test_leading_white_space_tabs_and_blank_lines_stay():
    raw = txt.read(" 第二篇  重点任务  \r\n\r\n\t2\r\n\t\r\n　　正文")
    assert [b.text for b in raw.blocks] == [" 第二篇  重点任务", "", "\t2", "\t", "　　正文"]


def test_export_tokens_are_dropped_and_note_marks_stay():
    raw = txt.read(
        "[bookmark: _Toc1][bookmark: _Toc2]第一章  发展基础\n"
        "[image: E:\\规划处\\附图[1].jpg]\n"
        "三环经济[footnoteRef:1]发展。[1: 指三个圈层。]\n"
        "\t[bookmark: _x]\n"
        "尾[image: E:\\未闭合.jpg\n下一行"
    )
    assert [block.text for block in raw.blocks] == [
        "第一章  发展基础", "三环经济[footnoteRef:1]发展。[1: 指三个圈层。]", "\t", "尾", "下一行",
    ]  # fmt: skip


def test_form_feed_starts_a_page_and_does_not_cut_a_sentence():
    raw = txt.read("第一页末。\n\f第二页的体制\f活力增强\n")
    assert [(b.text, b.page) for b in raw.blocks if b.text] == [
        ("第一页末。", 1), ("第二页的体制活力增强", 2),
    ]  # fmt: skip
    assert txt.read("没有分页").blocks[0].page is None


def test_cleaning_mends_radicals_only():
    assert clean("第⼀章⻓⺠⻩\u200b（％）\x01") == "第一章长民黄（％）"


@given(st.text(alphabet="一二三（），：％ab12\t\n", max_size=60))
def test_cleaning_leaves_ordinary_text_alone(text):
    assert clean(text) == text


# -- Markdown


def test_markdown_levels_marks_and_comments():
    raw = md.read(
        "---\ntitle: 某市规划\nlayout: page\n---\n# 第一编 总则 #\n<!-- INFO\nEND -->\n"
        "**发布日期**: 2021年\n见[规划纲要](http://a.b/c_(1).html)与![图](p.png)*重点*~~旧~~`x`。\n"
        "###第三条\n- 一项任务\n> 引文\n___\n3 \\* 5 snake_case_name\n正文[^1]\n[^1]: 注释。\n"
        "大标题\n===\n1 &lt; 2<br/>\n"
    )
    assert raw.title == "某市规划"
    assert [(b.text, b.level) for b in raw.blocks if b.text] == [
        ("第一编 总则", 1), ("发布日期: 2021年", None), ("见规划纲要与重点旧x。", None),
        ("第三条", 3), ("一项任务", None), ("引文", None), ("3 * 5 snake_case_name", None),
        ("正文[footnoteRef:1]", None), ("[1: 注释。]", None), ("大标题", 1), ("1 < 2", None),
    ]  # fmt: skip


def test_markdown_tables_are_grids():
    raw = md.read(
        "|指标|目标|\n|---|:-:|\n|**人口**|100\\|万|\n| 面积 | |\n\n"
        "<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>\n后文"
    )
    assert [block.grid for block in raw.blocks if block.grid] == [
        (("指标", "目标"), ("人口", "100|万"), ("面积", "")), (("甲", "1"), ("", "2")),
    ]  # fmt: skip
    assert texts(raw) == ["后文"]


def test_rule_at_the_top_is_no_front_matter():
    assert texts(md.read("---\n没有键值的正文\n---\n后文")) == ["没有键值的正文", "后文"]


def test_plain_text_with_markdown_headings_is_recognised():
    assert md.looks_like("##　办法\n正文\n### 细则\n")
    assert not md.looks_like("#1号楼\n正文")


# -- web pages


PAGE = """<html><head><title>某市办法_某市人民政府</title><style>p{}</style></head><body>
<nav><a href=a>首页</a></nav><script>var s = "<p>假</p>";</script>
<ul><li><a href=/1>政务公开</a></li><li><a href=/2>办事服务</a></li>
<li><a href=/3>互动</a></li></ul>
<div style="display: none">隐藏</div>
<table><tr><td><h1>某市办法</h1>
<p>　　第一条 为了<b>规范</b>管理，<br>　　第二条&nbsp;本办法适用。</p>
<p><a href="#a">第一章</a> <a href="#b">第二章</a> <a href="#c">第三章</a></p>
<table><caption>表1 费用</caption><tr><th colspan=2>项目</th><th>金额</th></tr>
<tr><td rowspan=2>住院</td><td>甲</td><td>1<br>200</td></tr><tr><td>乙</td><td>5</td></tr></table>
<p>【字体：大 中 小】 打印 关闭窗口</p></td></tr></table>
<img src="http://example.invalid/x.png"><footer>主办</footer></body></html>"""


def test_page_text_tables_and_title():
    raw = html.read(PAGE)
    assert raw.title == "某市办法"
    assert [(b.text, b.level) for b in raw.blocks] == [
        ("某市办法", 1), ("　　第一条 为了规范管理，", None), ("　　第二条 本办法适用。", None),
        ("第一章 第二章 第三章", None), ("表1 费用", None), ("", None),
    ]  # fmt: skip
    assert raw.blocks[-1].grid == (
        ("项目", "", "金额"), ("住院", "甲", "1 200"), ("", "乙", "5"),
    )  # fmt: skip


def test_site_name_is_no_title():
    assert html.read("<title>某市规划局网站</title><p>关于某事的通知</p>").title == ""
    named = '<meta name="ArticleTitle" content="关于某事的通知"><title>某局</title>'
    assert html.read(f"{named}<p>关于某事的通知</p>").title == "关于某事的通知"


def test_table_that_claims_millions_of_cells_is_text():
    rows = "<tr><td colspan=200>一</td></tr>" * 3000
    assert not any(block.grid for block in html.read(f"<table>{rows}</table>").blocks)


def test_entities_and_broken_markup_do_no_harm(tmp_path):
    secret = tmp_path / "s.txt"
    secret.write_text("机密", encoding="utf-8")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]><p>前&x;后<div><p>未闭合'
    assert "机密" not in "".join(texts(html.read(page)))
    assert html.read("<!-- only -->").blocks == ()


@given(st.text(alphabet="<>/tabledrphi123 一二\n", max_size=80))
def test_any_markup_is_read(markup):
    assert html.read(markup).title is not None


# -- CSV


def test_csv_with_one_document():
    cell = "\n".join(SHORT * count for count in range(2, 20))
    raw = csv_cell.read(f'year,title,full_text\n2026,某省报告,"{cell}"\n', "a.csv")
    assert raw.title == "某省报告"
    assert texts(raw) == cell.split("\n")


def test_csv_table_and_csv_with_several_documents():
    assert csv_cell.read("指标,目标\n人口,100\n", "a.csv").blocks[0].grid[1] == ("人口", "100")
    cell = SHORT * 100
    with pytest.raises(DocumentError, match="2篇"):
        csv_cell.read(f"text\n{cell}\n{cell}\n", "a.csv")


# -- grids


def test_layout_tables():
    assert is_layout((("一格",),))
    assert is_layout((("序言", SHORT * 40), ("a", "b")))
    assert not is_layout((("指标", "目标"), ("人口", "100")))
    long = ("大专", "60分", SHORT * 400)
    assert not is_layout((("指标", "分值", "所需资料"), long))
    assert is_layout((("指标", "分值", ""), long))


def test_trimmed_drops_what_is_empty_throughout():
    assert trimmed([["a", "", "b"], ["", ""], ["c"]]) == (("a", "b"), ("c", ""))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["待人口普查", "公布"], "待人口普查公布"), (["77", "77.1"], "77 77.1"),
        (["5%", "3"], "5% 3"), (["BA-", "0126号"], "BA-0126号"), (["年均7", "左右"], "年均7左右"),
        (["New", "", "Area"], "New Area"),
    ],
)  # fmt: skip
def test_joined_never_makes_a_new_number(lines, text):
    assert joined(lines) == text
