"""Answers taken away: footnotes that stand, labels that say what the text is."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from pages import application
from pages.citing import LABEL, Kept, Source, as_data, label
from pages.export.markdown import markdown
from pages.export.text import blocks, runs, title
from pages.export.word import word
from tests.pages.fakes import FakeAssistant

BEDS = Source(1, "《规划》第二章“养老”", "床位达到“65%”。", "读本", "plan-0")
PLACES = Source(2, "《规划》表2 第17项", "17 托位数 4.5", "原文", "plan-3")
KEPT = Kept(
    question="床位和托位各多少？",
    asked="2025年床位和托位各多少？",
    text="床位达到65%[1]。\n\n- 托位4.5个[2]\n- 文献[9]\n\n| 指标 | 值 |\n| --- | --- |\n| 床位 | 65%[1] |",
    refused=False,
    model="",
    filing="",
    notes=("本回答引自读本。",),
    sources=(BEDS, PLACES),
)
NUMBER = re.compile(r"\[\^(\d+)\]")


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(content))


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(ZipFile(BytesIO(content)).read(name))


def notes(content: bytes) -> dict[str, str]:
    root = part(content, "word/footnotes.xml")
    return {
        note.get(qn("w:id")): "".join(note.itertext()).strip()
        for note in root
        if note.get(qn("w:type")) is None
    }


def test_a_text_becomes_paragraphs_items_and_tables() -> None:
    kinds = [block.kind for block in blocks(KEPT.text)]
    assert kinds == ["paragraph", "item", "item", "table"]
    assert blocks(KEPT.text)[3].rows == (("指标", "值"), ("床位", "65%[1]"))
    assert runs("甲[1]乙[9]", KEPT.sources) == ["甲", BEDS, "乙[9]"]


def test_a_word_file_has_a_footnote_for_each_reference() -> None:
    content = word([KEPT], "云溪市问规")
    body = opened(content).element.body
    referred = [r.get(qn("w:id")) for r in body.iter(qn("w:footnoteReference"))]
    assert referred == ["1", "2", "3"]
    assert list(notes(content)) == referred
    assert notes(content)["1"] == "《规划》第二章“养老”：“床位达到‘65%’。”（读本）"


def test_a_word_file_says_what_it_is_in_words_and_in_its_properties() -> None:
    content = word([KEPT], "云溪市问规")
    assert LABEL in [p.text for p in opened(content).paragraphs]
    assert opened(content).core_properties.author == "云溪市问规"
    said = "".join(part(content, "docProps/custom.xml").itertext())
    mark = json.loads(said)
    assert (mark["Label"], mark["ContentProducer"]) == ("1", "云溪市问规")
    assert len(mark["ProduceID"]) == 32


def test_a_word_file_keeps_tables_and_lists() -> None:
    document = opened(word([KEPT, KEPT], "问规"))
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["床位", "65%"]
    assert [p.text for p in document.paragraphs if p.style.name == "List Bullet"][0] == "托位4.5个"
    assert document.paragraphs[0].text == "床位和托位各多少？等2问"


def test_an_answer_without_sources_has_no_footnotes() -> None:
    content = word([replace(KEPT, text="没有。", sources=())], "问规")
    assert "word/footnotes.xml" not in ZipFile(BytesIO(content)).namelist()


def test_markdown_has_a_footnote_for_each_reference() -> None:
    text = markdown([KEPT, KEPT], "云溪市问规").decode()
    referred = NUMBER.findall(text.split("\n[^1]: ")[0])
    written = re.findall(r"^\[\^(\d+)\]: ", text, re.M)
    assert referred == written == ["1", "2", "3", "4", "5", "6"]
    assert "文献\\[9\\]" in text


def test_markdown_carries_its_label_twice() -> None:
    text = markdown([KEPT], "云溪市问规").decode()
    _, front, body = text.split("---\n", 2)
    mark = json.loads(json.loads(front.split("AIGC: ")[1]))
    assert mark["ContentProducer"] == "云溪市问规"
    assert LABEL in body


def test_a_models_answer_names_the_model_and_its_filing() -> None:
    said = label("某模型", "备案1号")
    assert "某模型" in said
    assert "备案1号" in said
    worded = replace(KEPT, model="某模型", filing="备案1号")
    assert said in markdown([worded], "问规").decode()
    assert said in [p.text for p in opened(word([worded], "问规")).paragraphs]


@given(st.text(alphabet=st.sampled_from("<>&*_`[]()#\n-!|~\\ 甲1.="), max_size=60))
def test_a_documents_signs_never_become_markup(text: str) -> None:
    answer = replace(KEPT, question="问", text=text, sources=(), asked="", notes=())
    body = markdown([answer], "问规").decode().split("---\n", 2)[2]
    html = MarkdownIt("commonmark").render(body)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"h2", "p", "em", "ul", "li", "br"}
    assert html.count("<em>") == 1  # the label


@settings(max_examples=12)
@given(st.text(max_size=80))
def test_any_text_can_be_written(text: str) -> None:
    data = {"question": text, "text": text, "sources": [], "notes": [text]}
    from pages.kept import read_kept

    read = read_kept(data)
    assert read is not None
    assert word([read], "问规")
    assert markdown([read], "问规")


def test_long_questions_make_short_names() -> None:
    assert title([replace(KEPT, question="长" * 60)]) == "长" * 24 + "…"


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(application.create(FakeAssistant(), ready=lambda: None))


def sent() -> dict[str, object]:
    return as_data(FakeAssistant().ask("养老机构护理型床位占比是多少？"))


def test_an_export_comes_back_under_its_questions_name(client: TestClient) -> None:
    got = client.post("/export/docx", json={"answers": [sent()]})
    assert got.status_code == 200
    assert "UTF-8''%E5%85%BB%E8%80%81" in got.headers["content-disposition"]
    assert "第十四章第六节" in notes(got.content)["1"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/export/pdf", b"{}", 404),
        ("/export/md", b"", 400),
        ("/export/md", b"\xff", 400),
        ("/export/md", b'{"answers": []}', 400),
        ("/export/md", b"[" * 100_000, 400),
        ("/export/md", b" " * 1_000_001, 413),
    ],
)
def test_what_cannot_be_exported_is_said(
    client: TestClient, path: str, body: bytes, status: int
) -> None:
    got = client.post(path, content=body)
    assert got.status_code == status
    assert re.search("[\u4e00-\u9fff]{4,}。", got.text)
