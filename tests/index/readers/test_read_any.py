"""read(): what is accepted, what is refused and in which words, encodings, the child process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from index import readers
from index.errors import DocumentError
from index.readers import encoding, files, kinds, pdf, transport, worker
from index.records import Block, RawDocument

TEXT = "第一章 总则\n全市生产总值增长百分之七，城镇新增就业十万人。\n"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refused(path: Path, root: Path | None = None) -> str:
    with pytest.raises(DocumentError) as caught:
        readers.read(path, root)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith("。")
    assert message.startswith(caught.value.file)
    return caught.value.reason


def lines(raw: RawDocument) -> list[str]:
    return [block.text for block in raw.blocks if block.text]


# -- encodings


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le",
                                   "utf-16-be", "big5"])  # fmt: skip
def test_every_encoding_gives_the_same_text(tmp_path, codec):
    # Written with characters that Big5 has too.
    text = "第一章 全市城市更新、人口和文化工作安排\n本市人口有十萬人。\n" * 3
    path = write(tmp_path, "a.txt", text.encode(codec))
    assert lines(readers.read(path)) == text.split("\n")[:-1]


def test_page_that_declares_gb2312_but_needs_more(tmp_path):
    page = '<html><meta content="charset=gb2312"><p>镕“囍”〇：第一条 总则</p></html>'
    raw = readers.read(write(tmp_path, "a.html", page.encode("gb18030")))
    assert lines(raw) == ["镕“囍”〇：第一条 总则"]


def test_cut_and_patched_utf8_is_read_with_a_warning(tmp_path):
    cut = (TEXT * 50).encode()[:-2]
    assert lines(readers.read(write(tmp_path, "cut.txt", cut)))[0] == "第一章 总则"
    patched = (TEXT * 50).encode() + b"\xff" + TEXT.encode()
    assert "无法辨认" in readers.read(write(tmp_path, "bad.txt", patched)).warnings[0]


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 20, TEXT.encode() + b"\0" * 50,
     "ÎÞÎýÊÐ¹æ»®¸ÙÒª".encode() * 20, b"\xef\xbb\xbf" + "ཀཁགངཅཆ".encode() * 30],
)  # fmt: skip
def test_bytes_that_are_no_text_are_refused(tmp_path, data):
    assert "不是可读的文字" in refused(write(tmp_path, "a.txt", data))


def test_plausible_share_counts_ordinary_characters():
    assert encoding.plausible_share("规划abc，。") == 1.0
    assert encoding.plausible_share("规ཀ") == 0.5


# -- what is no document


def test_empty_files(tmp_path):
    assert "0字节" in refused(write(tmp_path, "a.txt", b""))
    assert "没有文字" in refused(write(tmp_path, "b.txt", b" \n\t\n"))
    assert "没有文字" in refused(write(tmp_path, "c.html", b"<html><body></body></html>"))


def test_folder_missing_file_and_fifo(tmp_path):
    (tmp_path / "夹.txt").mkdir()
    assert "文件夹" in refused(tmp_path / "夹.txt")
    assert "找不到" in refused(tmp_path / "没有.txt")
    os.mkfifo(tmp_path / "管.txt")
    assert "不是普通文件" in refused(tmp_path / "管.txt")
    assert "文件夹" in refused(tmp_path, tmp_path)


def test_links_are_never_followed(tmp_path):
    root = tmp_path / "资料"
    outside = tmp_path / "外面"
    root.mkdir()
    outside.mkdir()
    write(outside, "密.txt", TEXT.encode())
    (root / "链.txt").symlink_to(outside / "密.txt")
    (root / "夹").symlink_to(outside)
    assert "链接" in refused(root / "链.txt", root)
    assert "链接" in refused(root / "夹" / "密.txt", root)
    assert "不在资料文件夹之内" in refused(outside / "密.txt", root)
    assert "不在资料文件夹之内" in refused(root / ".." / "外面" / "密.txt", root)


def test_root_may_itself_be_reached_by_a_link(tmp_path):
    real = tmp_path / "real"
    (real / "sub").mkdir(parents=True)
    write(real / "sub", "a.txt", TEXT.encode())
    (tmp_path / "link").symlink_to(real)
    for root in (real, tmp_path / "link"):
        assert lines(readers.read(root / "sub" / "a.txt", root))
    assert lines(readers.read(real / "sub" / "a.txt", tmp_path / "link"))


def test_names_in_messages_are_one_line_and_relative(tmp_path):
    (tmp_path / "子").mkdir()
    path = write(tmp_path / "子", "坏\n名.xyz", b"x")
    with pytest.raises(DocumentError) as caught:
        readers.read(path, tmp_path)
    assert caught.value.file == "子/坏?名.xyz"


def test_size_limits(tmp_path, monkeypatch):
    path = write(tmp_path, "大.txt", TEXT.encode() * 100)
    monkeypatch.setattr(kinds, "MAX_TEXT_BYTES", 1000)
    assert "文件太大" in refused(path)
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 10)
    assert "文件太大" in refused(write(tmp_path, "大.pdf", b"%PDF-" + b" " * 100))


# -- formats


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04", "不支持"),
        ("a", TEXT.encode(), "不支持"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧版"),
        (
            "a.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
        ("a.docx", TEXT.encode(), "没有下载完整"),
        ("a.docx", b"PK\x03\x04 cut short", "已损坏"),
        ("a.pdf", b"<html><body>404</body></html>", "没有下载完整"),
        ("a.txt", b"\x89PNG\r\n\x1a\n", "图片"),
        ("a.txt", b"Rar!\x1a\x07", "压缩包"),
        ("a.doc", b"{\\rtf1 x}", "RTF"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path, name, data, words):
    assert words in refused(write(tmp_path, name, data))


def test_zip_that_is_no_word_file(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "不是Word文档" in refused(path)


def test_mislabelled_files_are_read_by_their_content(
    tmp_path, make_pdf, pdf_page, new_document, word_bytes
):
    page = pdf_page(texts=[(90, 700, 14, "第一条 为了规范土地利用计划管理工作制定本办法。")])
    raw = readers.read(write(tmp_path, "a.txt", make_pdf([page])))
    assert lines(raw) == ["第一条 为了规范土地利用计划管理工作制定本办法。"]
    assert "后缀与内容不符" in raw.warnings[0]
    document = new_document()
    document.add_paragraph("正文")
    assert lines(readers.read(write(tmp_path, "b.doc", word_bytes(document)))) == ["正文"]
    web = b"<!DOCTYPE html><p>\xd5\xfd\xce\xc4\xc4\xda\xc8\xdd</p>"
    assert lines(readers.read(write(tmp_path, "c.txt", web))) == ["正文内容"]
    assert lines(readers.read(write(tmp_path, "d.doc", web))) == ["正文内容"]


def test_text_that_speaks_of_pdf_stays_text(tmp_path):
    assert lines(readers.read(write(tmp_path, "a.txt", "说明：文件以%PDF-开头。".encode())))


def test_text_suffixes_reach_their_readers(tmp_path):
    marked = readers.read(write(tmp_path, "a.md", "# 总则\n正文".encode()))
    assert marked.blocks[0].level == 1
    also = readers.read(write(tmp_path, "a.txt", "## 办法\n正文\n## 细则\n正文".encode()))
    assert [b.level for b in also.blocks if b.level] == [2, 2]
    assert readers.read(write(tmp_path, "a.csv", "甲,乙\n1,2\n".encode())).blocks[0].grid


# -- the child process


@pytest.fixture
def child():
    worker.close()
    yield
    worker.close()


def test_transport_keeps_the_document():
    raw = RawDocument(
        blocks=(Block("文", page=3, level=1), Block("", grid=(("甲", ""), ("1", "2")))),
        title="题", hard_lines=True, warnings=("提醒。",),
    )  # fmt: skip
    assert transport.load(json.loads(transport.dump(raw))) == raw


def test_one_child_reads_file_after_file_and_errors_pass_through(
    child, make_pdf, pdf_page, new_document, word_bytes
):
    page = pdf_page(texts=[(90, 700, 14, "第一条 为了规范土地利用计划管理工作制定本办法。")])
    worker.parse("pdf", "a.pdf", make_pdf([page]))
    first = worker._running().pid
    with pytest.raises(DocumentError, match="扫描件"):
        worker.parse("pdf", "b.pdf", make_pdf([pdf_page(picture=True)]))
    document = new_document()
    document.add_paragraph("正文")
    assert lines(worker.parse("docx", "c.docx", word_bytes(document))) == ["正文"]
    assert worker._running().pid == first


def test_a_crash_loses_only_its_file(child, make_pdf, pdf_page):
    with pytest.raises(DocumentError, match="已损坏"):
        worker.parse("docx", "a.docx", b"PK\x03\x04")
    worker._running().kill()  # as a crash would end it
    worker._running().wait()
    page = pdf_page(texts=[(90, 700, 14, "第一条 为了规范土地利用计划管理工作制定本办法。")])
    assert lines(worker.parse("pdf", "b.pdf", make_pdf([page])))


def test_time_limit(child, monkeypatch, make_pdf, pdf_page):
    monkeypatch.setattr(worker, "MAX_SECONDS", 0.0)
    with pytest.raises(DocumentError, match="已停止"):
        worker.parse("pdf", "慢.pdf", make_pdf([pdf_page(picture=True)]))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to this limit")
def test_child_holds_itself_to_its_memory():
    code = (
        "from index.readers import child\n"
        "child._limit_memory()\n"
        "try:\n    bytearray(child.MAX_MEMORY_BYTES)\nexcept MemoryError:\n    print('held')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=worker._REPOSITORY)
    assert done.stdout.strip() == b"held"


def test_file_that_needs_too_much_memory_is_refused(child, monkeypatch):
    monkeypatch.setattr(worker, "_exchange", lambda *_: b'{"failed": "memory"}\n')
    with pytest.raises(DocumentError, match="内存"):
        worker.parse("pdf", "大.pdf", b"%PDF-")


# -- the real documents, where they are at hand

SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_originals_are_told_apart_by_their_lines():
    folder = SHARED / "source_docs"
    found = {path.name[:3]: readers.read(path, folder) for path in folder.glob("0*.txt")}
    assert {name: raw.hard_lines for name, raw in found.items()} == {
        "000": True, "001": True, "002": True, "003": True, "004": False,
    }  # fmt: skip
    whole = "".join(block.text for raw in found.values() for block in raw.blocks)
    assert "[bookmark" not in whole
    assert "[image" not in whole
    assert "E:\\" not in whole
    assert "[footnoteRef:" in whole


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real documents are not here")
def test_note_mark_of_a_real_plan_stays_out_of_its_number():
    (path,) = SHARED.glob("other_docs/sz-land-plan-2016/*.pdf")
    writer = PdfWriter()
    writer.add_page(PdfReader(path).pages[11])
    page = io.BytesIO()
    writer.write(page)
    text = "".join(block.text for block in pdf.read(page.getvalue(), "计划.pdf").blocks)
    assert "200公顷，存量建设用地" in text
    assert "2200公顷" not in text
    assert "31150" not in text
