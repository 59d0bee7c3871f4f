"""Hard-broken lines, newspaper columns, lead phrases."""

from collections.abc import Callable

import pytest

from index.outline import lead_of, parse
from index.outline.text import join
from index.records import Block, ParsedDocument, RawDocument

TEXT = (
    "近年来，某县坚持节水优先、空间均衡、系统治理、两手发力的思路，统筹水资源、水环境、水生态治理，"
    "建成骨干渠道120公里，新增蓄水能力3200万立方米，农村自来水普及率达到98.5%，河湖面貌持续改善。"
    "面向未来，要把水网建设作为重要抓手，加快补齐短板弱项，推动形成互联互通、调控有力的水网格局，"
    "为全县经济社会发展提供有力支撑，让人民群众有更多获得感，幸福感，安全感，守护好一湖清水。"
)


def _columns(text: str, width: int, gap: bool) -> list[str]:
    """The text as printed lines; `gap` puts an empty line after each."""
    lines = [text[i : i + width] for i in range(0, len(text), width)]
    return [piece for line in lines for piece in ((line, "") if gap else (line,))]


def _parse(lines: list[str]) -> ParsedDocument:
    return parse(RawDocument(tuple(Block(line) for line in lines)), "doc")


@pytest.mark.parametrize("gap", [True, False])
def test_broken_lines_become_whole_paragraphs(gap: bool) -> None:
    lines = [
        "某县水网建设的实践与思考", "", "张三", "",
        "一、水网现状", "", *_columns(TEXT, 40, gap),
        "二、水网布局", "", *_columns(TEXT, 40, gap), " （一）骨干", "", *_columns(TEXT, 40, gap),
        "（二）支线", "", *_columns(TEXT, 40, gap),
    ]  # fmt: skip
    sections = _parse(lines).sections
    assert [s.heading_path for s in sections] == [
        (), ("一、水网现状",), ("二、水网布局",), ("二、水网布局", "（一）骨干"),
        ("二、水网布局", "（二）支线"),
    ]  # fmt: skip
    assert all(s.paragraphs == (TEXT,) for s in sections[1:])


def test_unnumbered_subheadings_of_an_article() -> None:
    lines = ["某县治水方略", "课题组", *_columns(TEXT, 40, True)]
    for heading in ("全面塑造治水优势", "对标提升水网能级"):
        lines += [heading, "", *_columns(TEXT, 40, True)]
    sections = _parse(lines).sections
    assert [s.heading_path for s in sections] == [
        (),
        ("全面塑造治水优势",),
        ("对标提升水网能级",),
    ]


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [("水网", "建设", "水网建设"), ("Smart", "Water", "Smart Water"), ("升", "级", "升级"),
     ("2022", "年", "2022年"), ("PM", "2.5", "PM2.5"), ("1", "20", "120")],
)  # fmt: skip
def test_a_space_is_kept_between_latin_words_only(left: str, right: str, joined: str) -> None:
    assert join(left, right) == joined


def test_headlines_after_their_texts() -> None:
    column = 18
    lines = _columns(TEXT, column, False) + ["", "建设互联互通水网", ""]
    lines += _columns(TEXT, column, False) + ["", "“一河两湖”", "系统治理再出发", ""]
    lines += ["守护一湖清水", "共建幸福河湖", "", "——为某县水利建言", ""]
    lines += _columns(TEXT, column, False) + ["", "节水优先，两手发力", "——某县节水机制研究"]
    lines += [" 本报摘编有关专题建议，供读者参考。"]
    document = _parse(lines)
    assert [s.heading_path[0] for s in document.sections] == [
        "建设互联互通水网",
        "“一河两湖” 系统治理再出发",
        "节水优先，两手发力——某县节水机制研究",
        "守护一湖清水 共建幸福河湖——为某县水利建言",
    ]
    assert document.title == "守护一湖清水 共建幸福河湖——为某县水利建言"
    assert ["".join(s.paragraphs) for s in document.sections[:3]] == [TEXT, TEXT, TEXT]


@pytest.mark.parametrize(
    ("paragraph", "lead"),
    [
        ("健全供水体系。" + TEXT, "健全供水体系"),
        ("优化水网布局，构建协同格局。" + TEXT, "优化水网布局，构建协同格局"),
        ("——水网更加完善。" + TEXT, "水网更加完善"),
        (TEXT, ""),
        ("同比增长。短", ""),
        ("2025年建成。" + TEXT, ""),
        ("一是健全体系。" + TEXT, ""),
        ("水网是发展的基础。" + TEXT, ""),
        ("水网主要分为骨干和支线。" + TEXT, ""),
    ],
)
def test_lead_phrases(paragraph: str, lead: str) -> None:
    assert lead_of(paragraph) == lead


def test_the_outline_of_a_paragraph_a_line_document_is_not_joined(
    outline: Callable[..., list[str]],
) -> None:
    assert outline("一、甲项工作\n{T}\n{T}\n二、乙项工作\n{T}") == ["一、甲项工作", "二、乙项工作"]
