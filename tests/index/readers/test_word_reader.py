"""Word: order, levels, numbers, notes, merged cells, boxes, deletions, bombs."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.errors import DocumentError
from index.readers import word
from index.readers.word_numbers import chinese, in_form

LONG = "坚持以人民为中心的发展思想，推动高质量发展取得新的成效，全面完成各项目标任务。"


def paragraph(inner: str) -> object:
    return parse_xml(f"<w:p {nsdecls('w', 'r')}>{inner}</w:p>")


def append(document, inner: str) -> None:
    document.element.body.insert(len(document.element.body) - 1, paragraph(inner))


def texts(raw) -> list[str]:
    return [block.text for block in raw.blocks if block.text]


def test_order_levels_and_title(new_document, word_bytes):
    document = new_document()
    document.add_paragraph("某市发展规划", style="Title")
    document.add_heading("第一章 总体要求", level=1)
    document.add_paragraph(LONG)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["指标", "目标", "人口", "100"], strict=True):
        cell.text = text
    document.add_heading("第一节 指导思想", level=2)
    raw = word.read(word_bytes(document), "a.docx")
    assert raw.title == "某市发展规划"
    assert [(b.text, b.level, b.grid) for b in raw.blocks][1:] == [
        ("第一章 总体要求", 1, ()),
        (LONG, None, ()),
        ("", None, (("指标", "目标"), ("人口", "100"))),
        ("第一节 指导思想", 2, ()),
    ]
    assert not raw.hard_lines


def test_deletions_and_hidden_text_are_left_out_and_insertions_kept(new_document, word_bytes):
    document = new_document()
    append(
        document,
        "<w:r><w:t>到2025年</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>新增</w:t></w:r></w:ins>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText><w:tab/><w:t>200公顷</w:t></w:r>",
    )
    assert texts(word.read(word_bytes(document), "a.docx")) == ["到2025年新增\t200公顷"]


def test_content_control_and_text_box_are_read(new_document, word_bytes):
    document = new_document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p>"
            "</w:sdtContent></w:sdt>"
        ),
    )
    box = "<w:txbxContent><w:p><w:r><w:t>专栏1 重大工程</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    append(
        document,
        f"<w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>",
    )
    assert texts(word.read(word_bytes(document), "a.docx")) == ["目录", "正文", "专栏1 重大工程"]


NUMBERING = """<w:numbering {ns}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="space"/>
<w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>
<w:lvlText w:val="（%2）"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/>
<w:lvlText w:val="%1.%2.%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum><w:num w:numId="5"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def numbered(level: int, text: str) -> str:
    return (
        f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr></w:pPr>'
        f"<w:r><w:t>{text}</w:t></w:r>"
    )


def test_automatic_numbers_are_printed(new_document, word_bytes):
    document = new_document()
    part = document.part.numbering_part
    part._element = parse_xml(NUMBERING.format(ns=nsdecls("w")))
    for level, text in [
        (0, "总则"), (1, "范围"), (1, "依据"), (2, "国家"), (3, "点"), (0, "任务"), (1, "甲"),
    ]:  # fmt: skip
        append(document, numbered(level, text))
    assert texts(word.read(word_bytes(document), "a.docx")) == [
        "第一章 总则", "（一）范围", "（二）依据", "1.2.1 国家", "点", "第二章 任务", "（一）甲",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "printed"),
    [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"),
     (1003, "一千零三")],
)  # fmt: skip
def test_chinese_numbers(number, printed):
    assert chinese(number) == printed


def test_other_number_forms():
    forms = ["decimalEnclosedCircle", "lowerLetter", "upperRoman", "decimalFullWidth", "unknown"]
    assert [in_form(4, form) for form in forms] == ["④", "d", "IV", "４", "4"]


def test_footnotes_come_in_the_form_of_text_exports(new_document, word_bytes, word_with_part):
    document = new_document()
    append(
        document,
        '<w:r><w:t>新增建设用地</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>'
        "<w:r><w:t>200公顷。</w:t></w:r>",
    )
    notes = (
        f'<w:footnotes {nsdecls("w")}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t> 指规划为建设用地的土地。</w:t></w:r>'
        "</w:p></w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    data = word_with_part(word_bytes(document), "footnotes.xml", notes.encode(), kind, content)
    assert texts(word.read(data, "a.docx")) == [
        "新增建设用地[footnoteRef:1]200公顷。[1: 指规划为建设用地的土地。]"
    ]


def test_merged_cells_are_not_repeated(new_document, word_bytes):
    document = new_document()
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "目标"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "经济"
    grid = word.read(word_bytes(document), "a.docx").blocks[0].grid
    assert grid == (("00", "目标", ""), ("经济", "11", "12"), ("", "21", "22"))


def test_document_set_in_nested_layout_tables_is_text(new_document, word_bytes):
    document = new_document()
    outer = document.add_table(2, 1)
    outer.cell(0, 0).text = "某令第1号"
    inner = outer.cell(1, 0).add_table(1, 1).cell(0, 0)
    inner.text = "第一条 " + LONG * 10
    inner.add_paragraph("第二条 " + LONG)
    raw = word.read(word_bytes(document), "a.docx")
    assert texts(raw) == ["某令第1号", "第一条 " + LONG * 10, "第二条 " + LONG]
    assert not any(block.grid for block in raw.blocks)


def test_forced_breaks_at_one_width_are_printed_lines(new_document, word_bytes):
    document = new_document()
    line = "职工和居民按照规定参加基本医疗保险并且缴纳费用，由"
    append(document, "<w:r>" + f"<w:t>{line}</w:t><w:br/>" * 12 + "<w:t>市长</w:t></w:r>")
    raw = word.read(word_bytes(document), "a.docx")
    assert raw.hard_lines
    assert texts(raw) == [line] * 12 + ["市长"]


def test_forced_break_inside_a_sentence_is_mended_and_between_sentences_kept(
    new_document, word_bytes
):
    document = new_document()
    append(
        document,
        "<w:r><w:t>坚持以人民为中心的发展思想并且推动高质量发</w:t><w:br/><w:t>展取得成效。</w:t>"
        "<w:br/><w:t>另起一段。</w:t></w:r>",
    )
    assert texts(word.read(word_bytes(document), "a.docx")) == [
        "坚持以人民为中心的发展思想并且推动高质量发展取得成效。", "另起一段。",
    ]  # fmt: skip


def with_entry(data: bytes, name: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            new.writestr(entry, body if entry == name else old.read(entry))
    return out.getvalue()


def test_bomb_is_refused(new_document, word_bytes):
    huge = b"<w:document>" + b" " * (60 * 1024 * 1024) + b"</w:document>"
    data = with_entry(word_bytes(new_document()), "word/document.xml", huge)
    assert len(data) < 200_000
    with pytest.raises(DocumentError) as caught:
        word.read(data, "弹.docx")
    assert caught.value.reason == word.BOMB


def test_entities_are_not_resolved(new_document, word_bytes, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", encoding="utf-8")
    evil = (
        f'<!DOCTYPE d [<!ENTITY s SYSTEM "{secret.as_uri()}"><!ENTITY i "内部">]>'
        f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>前&s;&i;后</w:t></w:r></w:p>"
        "<w:sectPr/></w:body></w:document>"
    )
    data = with_entry(word_bytes(new_document()), "word/document.xml", evil.encode())
    raw = word.read(data, "a.docx")
    assert texts(raw)[0].startswith("前")
    assert "机密" not in "".join(texts(raw))


@pytest.mark.parametrize("body", [b"", b"<w:document>", b"\xff\xfe"])
def test_broken_part_is_refused(new_document, word_bytes, body):
    data = with_entry(word_bytes(new_document()), "word/document.xml", body)
    with pytest.raises(DocumentError) as caught:
        word.read(data, "坏.docx")
    assert caught.value.reason == word.BROKEN


def test_title_of_the_file_counts_only_where_the_text_bears_it(new_document, word_bytes):
    document = new_document()
    document.core_properties.title = "某市条例全文"
    document.add_paragraph("某市条例全文")
    assert word.read(word_bytes(document), "a.docx").title == "某市条例全文"
    document.core_properties.title = "别的模板名称"
    assert word.read(word_bytes(document), "a.docx").title == ""
