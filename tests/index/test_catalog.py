from __future__ import annotations

from pathlib import Path

import pytest

from index.catalog import Listed, discover, slug

HEADER = "doc_id,file,title,issuer,kind,published\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "b.md", "c.html"):
        (tmp_path / name).write_text("正文。", "utf-8")
    return tmp_path


def write(folder: Path, text: str, encoding: str = "utf-8") -> None:
    (folder / "catalog.csv").write_bytes(text.encode(encoding))


def ids(folder: Path) -> list[str]:
    return [d.doc_id for d in discover(folder).documents]


def test_rows_first_then_the_other_files_by_name(folder: Path) -> None:
    write(folder, HEADER + "plan,c.html,规划,市政府,纲要,2021\n")
    documents = discover(folder).documents
    assert documents[0] == Listed(
        "plan", ("c.html",), "规划", "市政府", "纲要", "2021", "原文", True
    )
    assert [d.files for d in documents[1:]] == [("a.txt",), ("b.md",)]


def test_no_catalog_is_no_fault(folder: Path) -> None:
    listing = discover(folder)
    assert [d.doc_id for d in listing.documents] == ["a", "b", "c"]
    assert listing.warnings == ()


def test_rows_of_one_doc_id_are_one_document_in_row_order(folder: Path) -> None:
    write(folder, HEADER + "plan,c.html,,,,\nplan,a.txt,规划,,纲要,2021\n")
    plan = discover(folder).documents[0]
    assert plan.files == ("c.html", "a.txt")
    assert (plan.title, plan.kind) == ("规划", "纲要")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings_that_spreadsheets_write(folder: Path, encoding: str) -> None:
    write(folder, HEADER + "plan,a.txt,云溪市规划,,,\n", encoding)
    listing = discover(folder)
    assert listing.documents[0].title == "云溪市规划"
    assert listing.warnings == ()


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators(folder: Path, separator: str) -> None:
    text = HEADER + "plan,a.txt,云溪市规划,,,\n"
    write(folder, text.replace(",", separator))
    assert discover(folder).documents[0].title == "云溪市规划"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("doc_id,title\nplan,规划\n", "缺少 file 列"),
        ("", "是空的"),
        ("doc_id,file\0\n", "编码认不出"),
        (HEADER + "plan,no.txt,,,,\n", "第 2 行：找不到文件“no.txt”"),
        (HEADER + "plan,../a.txt,,,,\n", "找不到文件“../a.txt”"),
        (HEADER + ",a.txt,,,,\n", "第 2 行没有填写 doc_id"),
        (HEADER + "plan,,,,,\n", "第 2 行没有填写 file"),
    ],
)
def test_what_is_wrong_is_said_and_the_files_are_still_there(
    folder: Path, text: str, said: str
) -> None:
    write(folder, text)
    listing = discover(folder)
    assert any(said in warning for warning in listing.warnings)
    assert [d.doc_id for d in listing.documents] == ["a", "b", "c"]


def test_undecodable_bytes_are_said(folder: Path) -> None:
    (folder / "catalog.csv").write_bytes(b"doc_id,file\xff\xff\x80\n")
    assert "编码认不出" in discover(folder).warnings[0]


def test_columns_that_only_describe_may_be_missing(folder: Path) -> None:
    write(folder, "doc_id,file\nplan,a.txt\n")
    listing = discover(folder)
    assert listing.documents[0].doc_id == "plan"
    assert "缺少 title、issuer、kind、published 列" in listing.warnings[0]


def test_a_file_listed_twice_counts_once(folder: Path) -> None:
    write(folder, HEADER + "plan,a.txt,,,,\nplan,a.txt,,,,\nother,a.txt,,,,\n")
    listing = discover(folder)
    assert listing.documents[0].files == ("a.txt",)
    assert len(listing.warnings) == 2
    assert "other" not in ids(folder)


def test_an_unknown_edition_is_said(folder: Path) -> None:
    write(folder, "doc_id,file,title,issuer,kind,published,edition\nplan,a.txt,,,,,精装\n")
    listing = discover(folder)
    assert listing.documents[0].edition == "原文"
    assert "“精装”不对" in listing.warnings[0]


def test_names_become_ascii_ids_that_stay_apart() -> None:
    assert slug("wuxi-14fyp_v2.1") == "wuxi-14fyp_v2.1"
    assert slug("云溪市规划").isascii()
    assert slug("云溪市规划") != slug("云溪市纲要")


def test_one_stem_in_two_formats_gives_two_ids(folder: Path) -> None:
    (folder / "a.md").write_text("别的正文。", "utf-8")
    assert len(set(ids(folder))) == 4


def test_hidden_files_notes_and_unknown_formats_are_no_documents(folder: Path) -> None:
    (folder / ".git").mkdir()
    for name in (".git/x.txt", "~$a.docx", "README.md", "photo.png"):
        (folder / name).write_text("正文。", "utf-8")
    listing = discover(folder)
    assert [d.doc_id for d in listing.documents] == ["a", "b", "c"]
    assert listing.warnings == ("有 1 个文件不是可以读取的格式，没有收入：photo.png。",)


def test_a_catalog_row_makes_a_note_a_document(folder: Path) -> None:
    (folder / "README.md").write_text("正文。", "utf-8")
    write(folder, HEADER + "guide,README.md,,,,\n")
    assert ids(folder)[0] == "guide"


def test_folders_within_are_read_and_named_with_their_path(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "a.txt").write_text("正文二。", "utf-8")
    write(folder, HEADER + "deep,sub\\a.txt,,,,\n")
    assert discover(folder).documents[0].files == ("sub/a.txt",)


def test_the_head_block_of_a_file_without_a_row(folder: Path) -> None:
    head = "---\ntitle: 云溪市规划\ndoc_id: plan\nedition: 读本\nkind: 纲要\n---\n# 正文\n"
    (folder / "b.md").write_text(head, "utf-8")
    listed = next(d for d in discover(folder).documents if d.files == ("b.md",))
    assert listed == Listed("plan", ("b.md",), "云溪市规划", "", "纲要", "", "读本", False)
