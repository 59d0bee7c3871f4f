"""PDF: lines, note marks, tables, bookmarks, and what must be refused."""

from __future__ import annotations

import io
import zlib

import pytest
from pypdf import PdfReader, PdfWriter

from index.errors import DocumentError
from index.readers import pdf

BODY = 14


def prose(start: float, *texts: str, x: float = 90, size: float = BODY) -> list[tuple]:
    return [(x, start - 30 * place, size, text) for place, text in enumerate(texts)]


LONG = "全市计划供应建设用地，坚持节约集约，统筹安排各类项目。"


def texts(raw) -> list[str]:
    return [block.text for block in raw.blocks]


def test_lines_come_in_file_order_with_page_and_indent(make_pdf, pdf_page):
    page = pdf_page(
        texts=[
            *prose(700, LONG, LONG),
            (90 + 2 * BODY, 640, BODY, "第二段另起一行开始。"),
        ]
    )
    raw = pdf.read(make_pdf([page, pdf_page(texts=prose(700, LONG))]), "规划.pdf")
    assert raw.hard_lines
    assert texts(raw) == [LONG, LONG, "　　第二段另起一行开始。", LONG]
    assert [block.page for block in raw.blocks] == [1, 1, 1, 2]


def test_two_columns_are_not_mixed(make_pdf, pdf_page):
    left = prose(700, *[f"左栏第{n}行文字排得满满" for n in "一二三四五六"], x=60, size=12)
    right = prose(700, *[f"右栏第{n}行文字排得满满" for n in "一二三四五六"], x=320, size=12)
    raw = pdf.read(make_pdf([pdf_page(texts=[*left, *right])]), "报纸.pdf")
    assert texts(raw) == [text for *_, text in left + right]


def test_note_mark_does_not_merge_into_the_number(make_pdf, pdf_page):
    page = pdf_page(
        texts=[
            (90, 700, BODY, "新增建设用地"),
            (174, 708, 7, "2"),
            (178, 700, BODY, "200公顷，存量建设用地"),
            (90, 660, BODY, LONG),
            (90, 105, 6, "2"),
            (93, 100, 9, "新增建设用地：指规划为建设用地的"),
            (90, 88, 9, "土地。"),
        ]
    )
    raw = pdf.read(make_pdf([page]), "用地.pdf")
    assert "新增建设用地[footnoteRef:2]200公顷，存量建设用地" in texts(raw)
    assert texts(raw)[-1] == "[2: 新增建设用地：指规划为建设用地的土地。]"


def test_note_mark_without_its_note_is_dropped_also_at_a_line_start(make_pdf, pdf_page):
    page = pdf_page(
        texts=[
            *prose(730, LONG),
            (90, 708, 7, "3"),
            (94, 700, BODY, "1150公顷建设用地供应"),
        ]
    )
    raw = pdf.read(make_pdf([page]), "用地.pdf")
    assert texts(raw)[-1].strip() == "1150公顷建设用地供应"


def test_mark_as_browsers_set_it_is_dropped_and_small_figures_on_the_line_stay(make_pdf, pdf_page):
    page = pdf_page(
        texts=[
            *prose(760, LONG),
            (90, 700, 12, "新增建设用地"), (162, 705, 10, "2"), (167, 700, 12, "200公顷"),
            (90, 670, 12, "存量建设用地"), (162, 670, 10, "150"), (177, 670, 12, "公顷"),
        ]
    )  # fmt: skip
    found = texts(pdf.read(make_pdf([page]), "用地.pdf"))
    assert [text.strip() for text in found[-2:]] == ["新增建设用地200公顷", "存量建设用地150公顷"]


@pytest.mark.parametrize(("before", "power", "read"), [("2.5km", "2", "²"), ("10", "8", "⁸")])
def test_powers_stay(make_pdf, pdf_page, before, power, read):
    end = 90 + 7 * len(before)
    page = pdf_page(texts=[*prose(760, LONG), (90, 700, BODY, before), (end, 708, 7, power)])
    raw = pdf.read(make_pdf([page]), "面积.pdf")
    assert texts(raw)[-1] == before + read


def ruled(columns: list[float], rows: list[float]) -> list[tuple[float, float, float, float]]:
    across = [(columns[0], y, columns[-1], y) for y in rows]
    return across + [(x, rows[0], x, rows[-1]) for x in columns]


def test_ruled_table_is_a_grid_in_its_place(make_pdf, pdf_page):
    page = pdf_page(
        texts=[
            *prose(760, LONG, "表1 主要指标（单位：公顷）"),
            (100, 680, 12, "辖区"), (250, 680, 12, "新增"),
            (100, 650, 12, "湖滨区"), (250, 650, 12, "5"),
            (100, 620, 12, "山前"), (100, 606, 12, "新区"), (250, 612, 12, "26.5"),
            *prose(560, "注：单位为公顷。"),
        ],
        rules=ruled([90, 240, 400], [700, 670, 640, 600]),
    )  # fmt: skip
    raw = pdf.read(make_pdf([page]), "指标.pdf")
    kept = [block for block in raw.blocks if block.text or block.grid]
    assert [block.text for block in kept] == [
        LONG, "表1 主要指标（单位：公顷）", "", "注：单位为公顷。",
    ]  # fmt: skip
    assert kept[2].grid == (("辖区", "新增"), ("湖滨区", "5"), ("山前新区", "26.5"))
    assert kept[2].page == 1


def test_frame_around_prose_stays_text(make_pdf, pdf_page):
    page = pdf_page(texts=prose(690, LONG, LONG), rules=ruled([80, 520], [720, 640]))
    raw = pdf.read(make_pdf([page]), "专栏.pdf")
    assert texts(raw) == [LONG, LONG]


def test_bookmarks_give_levels_and_join_a_wrapped_heading(make_pdf, pdf_page):
    page = pdf_page(texts=prose(700, "第一章 建设现代产业", "新高地", LONG))
    data = make_pdf([page], bookmarks=[("第一章 建设现代产业新高地", 1)])
    raw = pdf.read(data, "纲要.pdf")
    assert [(b.text, b.level) for b in raw.blocks] == [
        ("第一章 建设现代产业新高地", 1), (LONG, None),
    ]  # fmt: skip


def test_title_of_a_program_is_no_title(make_pdf, pdf_page):
    page = pdf_page(texts=prose(700, "某市发展规划纲要", LONG))
    assert pdf.read(make_pdf([page], title="某市发展规划纲要"), "a.pdf").title == "某市发展规划纲要"
    assert pdf.read(make_pdf([page], title="Microsoft Word - 文档1.doc"), "a.pdf").title == ""


def test_radicals_are_mended_and_punctuation_is_not(make_pdf, pdf_page):
    page = pdf_page(texts=prose(700, "第⼀章，⻓度（２）：增⻓％的要求与任务安排部署如下"))
    raw = pdf.read(make_pdf([page]), "网页.pdf")
    assert texts(raw) == ["第一章，长度（２）：增长％的要求与任务安排部署如下"]


def test_bold_made_by_printing_twice_is_read_once(make_pdf, pdf_page):
    line = (90, 700, BODY, "第一章 总体要求和发展目标的规定如下所述内容")
    raw = pdf.read(make_pdf([pdf_page(texts=[line, (90.3, *line[1:])])]), "粗体.pdf")
    assert texts(raw) == [line[3]]


@pytest.mark.parametrize(
    ("pages", "reason"),
    [([{"picture": True}] * 3, pdf.SCAN), ([{}], pdf.NO_TEXT)],
)
def test_scan_and_empty_pages_are_refused(make_pdf, pdf_page, pages, reason):
    data = make_pdf([pdf_page(**page) for page in pages])
    with pytest.raises(DocumentError) as caught:
        pdf.read(data, "扫描.pdf")
    assert caught.value.reason == reason


def test_picture_page_among_text_is_a_warning(make_pdf, pdf_page):
    data = make_pdf([pdf_page(texts=prose(700, LONG, LONG)), pdf_page(picture=True)])
    assert "第2页是图片" in pdf.read(data, "图.pdf").warnings[0]


def test_text_layer_without_character_table_is_refused(make_pdf, pdf_page):
    data = make_pdf([pdf_page(texts=prose(700, LONG, LONG))], readable=False)
    with pytest.raises(DocumentError) as caught:
        pdf.read(data, "乱码.pdf")
    assert caught.value.reason == pdf.GARBAGE


def test_tibetan_looking_text_layer_is_refused(make_pdf, pdf_page):
    garbage = "".join(chr(0x0F40 + n % 30) for n in range(40))
    with pytest.raises(DocumentError) as caught:
        pdf.read(make_pdf([pdf_page(texts=prose(700, garbage, garbage))]), "乱码.pdf")
    assert caught.value.reason == pdf.GARBAGE


def locked(data: bytes, user_password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user_password, owner_password="所有者", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_password_is_refused_but_print_protection_is_not(make_pdf, pdf_page):
    data = make_pdf([pdf_page(texts=prose(700, LONG))])
    with pytest.raises(DocumentError) as caught:
        pdf.read(locked(data, "secret"), "密.pdf")
    assert caught.value.reason == pdf.LOCKED
    assert texts(pdf.read(locked(data, ""), "只读.pdf")) == [LONG]


def test_broken_file_is_refused(make_pdf, pdf_page):
    with pytest.raises(DocumentError) as caught:
        pdf.read(b"%PDF-1.7\nnothing of a PDF follows", "坏.pdf")
    assert caught.value.reason == pdf.BROKEN


def test_stream_that_unpacks_without_measure_is_refused(make_pdf, pdf_page):
    data = make_pdf([pdf_page(raw=b" " * (70 * 1024 * 1024))])
    assert len(data) < 200_000
    with pytest.raises(DocumentError, match="异常庞大"):
        pdf.read(data, "炸弹.pdf")


def test_page_that_is_one_big_drawing_is_left_out(make_pdf, pdf_page):
    drawn = pdf_page(raw=b"0 0 m 9 9 l S\n" * 700_000)
    raw = pdf.read(make_pdf([pdf_page(texts=prose(700, LONG)), drawn]), "图.pdf")
    assert texts(raw) == [LONG]
    assert raw.warnings == ("图.pdf：第2页是复杂图形，其中的文字没有读取。",)


def test_large_picture_is_no_bomb():
    packed = zlib.compress(b"\0" * (70 * 1024 * 1024))
    image = b"1 0 obj\n<</Subtype /Image/Length 9>>\nstream\n" + packed + b"\nendstream"
    pdf.pdf_guard.check(image, "图.pdf")
    with pytest.raises(DocumentError):
        pdf.pdf_guard.check(image.replace(b"/Image", b"/Form"), "表.pdf")
