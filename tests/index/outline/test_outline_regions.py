"""Tables, boxes, footnotes and what is dropped."""

from collections.abc import Callable

from index.outline import parse
from index.records import Block, ParsedDocument, RawDocument

Parsed = Callable[..., ParsedDocument]

TABLE = """
第一章 目标
{T}
第二章 指标
表1  某县主要指标
\t类别
\t序号
\t指标
\t2020年
实际值
\t2025年
目标值

\t水资源
\t1
\t供水量（万吨）
\t120
\t150

\t
\t2
\t节水率（%）
\t12
\t15

\t水环境
\t3
\t达标率（%）
\t80
\t90

注：达标率按断面计。
。
第三章 措施
{T}
"""


def test_a_table_laid_out_one_cell_a_line(parsed: Parsed) -> None:
    sections = parsed(TABLE).sections
    table = next(s for s in sections if s.kind == "table")
    assert table.heading_path == ("第二章 指标", "表1 某县主要指标")
    assert table.table is not None
    assert [row.label for row in table.table.rows] == [
        "供水量（万吨）",
        "节水率（%）",
        "达标率（%）",
    ]
    assert table.table.note.startswith("注：达标率")
    assert [s.heading_path[0] for s in sections if s.kind == "text"] == [
        "第一章 目标",
        "第二章 指标",
        "第三章 措施",
    ]


def test_a_grid_takes_the_title_above_it() -> None:
    grid = (("项目", "金额"), ("供水", "3"), ("排水", "5"))
    blocks = (
        Block("一、预算"),
        Block("表2 水利预算"),
        Block("", page=4, grid=grid),
        Block("二、其他"),
    )
    sections = parse(RawDocument(blocks), "doc").sections
    table = next(s for s in sections if s.kind == "table")
    assert table.heading_path == ("一、预算", "表2 水利预算")
    assert table.table is not None
    assert table.table.rows[0].page == 4


def test_grids_on_following_pages_are_all_kept() -> None:
    header = ("序号", "项目", "金额")
    pages = tuple(
        Block("", page=page, grid=(header, (str(page), f"工程{page}", "3"))) for page in (1, 2, 3)
    )
    sections = parse(RawDocument((Block("附表1 工程表", page=1), *pages)), "doc").sections
    rows = [row for s in sections if s.table for row in s.table.rows]
    assert [(row.label, row.page) for row in rows] == [("工程1", 1), ("工程2", 2), ("工程3", 3)]


def test_a_box_without_a_number_and_the_text_after_it(parsed: Parsed) -> None:
    text = """
第一章 水网
第一节 骨干水网
{T}
某县“一河两湖”水网布局
一河：清水河。
两湖：东湖、西湖，{T}

加快建设步伐。{T}
第二节 支线水网
{T}
"""
    sections = parsed(text).sections
    box = next(s for s in sections if s.kind == "box")
    assert box.heading_path[-1] == "某县“一河两湖”水网布局"
    assert len(box.paragraphs) == 2
    after = sections[box.order + 1]
    assert after.kind == "text"
    assert after.heading_path == ("第一章 水网", "第一节 骨干水网")
    assert after.paragraphs[0].startswith("加快建设步伐")


def test_a_box_title_glued_to_the_paragraph_before(parsed: Parsed) -> None:
    text = "第一章 环境\n{T}{T}\n{T}{T}某县水利发展的阶段特征\n未来五年{T}\n\n\n\n第二章 要求\n{T}"
    sections = parsed(text).sections
    assert [(s.kind, s.heading_path[-1]) for s in sections] == [
        ("text", "第一章 环境"),
        ("box", "某县水利发展的阶段特征"),
        ("text", "第二章 要求"),
    ]
    assert sections[0].paragraphs[1].endswith("。")


def test_a_numbered_box_with_items_or_with_cells(parsed: Parsed) -> None:
    text = """
一、目标
{T}
专栏1　主要指标
序号
指标
预期值
1
供水量
增长5%
2
漏损率
下降2%
{T}
二、任务
{T}
专栏2　重点工程
1．供水工程。{T}
2．排水工程。{T}
（一）供水
{T}
（二）排水
{T}
"""
    sections = parsed(text).sections
    assert [(s.kind, s.heading_path) for s in sections] == [
        ("text", ("一、目标",)),
        ("table", ("一、目标", "专栏1 主要指标")),
        ("text", ("一、目标",)),
        ("text", ("二、任务",)),
        ("box", ("二、任务", "专栏2 重点工程")),
        ("text", ("二、任务", "（一）供水")),
        ("text", ("二、任务", "（二）排水")),
    ]
    assert len(sections[4].paragraphs) == 2


def test_footnotes_leave_the_sentence_whole(parsed: Parsed) -> None:
    text = """
第一章 体系
建立“三横三纵”[footnoteRef:3]水网。{T} [3:  “三横三纵”：三条干渠、三条河。]
第二章 保障
{T}
"""
    sections = parsed(text).sections
    assert sections[0].paragraphs[0].startswith("建立“三横三纵”水网。")
    assert sections[1].kind == "footnotes"
    assert sections[1].heading_path == ("第一章 体系",)
    assert sections[1].paragraphs == ("“三横三纵”：三条干渠、三条河。",)


def test_page_furniture_is_dropped(parsed: Parsed) -> None:
    text = "一、现状\n{T}\nhttps://example.org/a?b=c\n{T}\n— 12 —\n\n3\n\n{T}\n二、任务\n{T}"
    document = parsed(text)
    assert set(document.furniture) == {"https://example.org/a?b=c", "— 12 —", "3"}
    assert len(document.sections[0].paragraphs) == 3


def test_running_heads_of_pages_are_dropped() -> None:
    body = [
        f"{name}水系连通工程按期完工，全部通过验收。" for name in ("东部", "西部", "南部", "北部")
    ]
    blocks = [
        Block(text, page=page)
        for page, line in enumerate(body, start=1)
        for text in (f"某县水利规划 {page}", line)
    ]
    document = parse(RawDocument(tuple(blocks)), "doc")
    kept = "".join(p for s in document.sections for p in s.paragraphs)
    assert "某县水利规划" not in kept
    assert all(line in kept for line in body)


def test_the_footer_of_a_saved_page_is_dropped(parsed: Parsed) -> None:
    head, tail = (
        "来源：\n某报\n【字体：\n大\n中\n小\n】",
        "责任编辑：\n张三\n打印本页\n关于我们 - 版权保护",
    )
    text = f"{head}\n一、回顾\n{{T}}\n二、安排\n{{T}}\n{tail}"
    document = parsed(text)
    assert [s.heading_path for s in document.sections] == [("一、回顾",), ("二、安排",)]
    assert "张三" in document.furniture
    assert "某报" in document.furniture
