from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Library as exported_library
from index import build_index, show_documents
from index.build import build
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.library import Library
from index.settings import Settings
from index.show import described, main, show


@pytest.fixture
def library(docs: Path, settings: Settings, model: StaticEmbeddings) -> Library:
    return Library.open(docs, settings=settings, model=model)


def test_a_document_as_plain_data(library: Library) -> None:
    plan, paper = show(library)
    assert (plan["doc_id"], plan["file"], plan["edition"]) == ("plan", "plan.md", "原文")
    path, kind, chars = next(
        (s["heading_path"], s["kind"], s["chars"])
        for s in plan["sections"]
        if s["heading_path"][-1:] == ["第二章 托育服务"] and s["kind"] == "text"
    )
    assert kind == "text" and chars > 10 and path
    (table,) = plan["tables"]
    assert table["columns"] == ["指标", "单位", "2025年"]
    assert table["rows"][0]["label"] == "森林覆盖率"
    assert ["2025年", "28.5"] in table["rows"][0]["cells"]
    assert paper["tables"] == []
    assert json.loads(json.dumps([plan, paper], ensure_ascii=False)) == [plan, paper]


def test_one_document_and_an_unknown_one(library: Library) -> None:
    assert [d["doc_id"] for d in show(library, "paper")] == ["paper"]
    with pytest.raises(IndexUnusable, match="plan、paper"):
        show(library, "unknown")


def test_in_words(library: Library) -> None:
    (plan,) = show(library, "plan")
    told = described(plan)
    assert told.startswith("plan《云溪市发展规划纲要》（原文，plan.md）")
    assert "第二章 托育服务" in told and "森林覆盖率｜" in told
    plan["furniture"], plan["warnings"] = ["— 1 —"], ["有一页是空的。"]
    assert "— 1 —" not in described(plan) and "提示：有一页是空的。" in described(plan)
    assert "未收入：— 1 —" in described(plan, furniture=True)


def test_the_command_line(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "var"))
    (docs / "bad.pdf").write_bytes(b"%PDF-1.7")
    assert main(["--docs", str(docs), "paper", "--json"]) == 0
    said = capsys.readouterr()
    assert [d["doc_id"] for d in json.loads(said.out)] == ["paper"]
    assert said.err == ""
    assert main(["--docs", str(docs), "paper", "--warnings"]) == 0
    assert "提示：bad.pdf" in capsys.readouterr().err
    assert main(["--docs", str(docs)]) == 0
    assert "《云溪市产业发展研究》" in capsys.readouterr().out
    assert main(["--docs", str(docs), "unknown"]) == 1
    assert "没有编号为“unknown”的文件" in capsys.readouterr().err


def test_the_package_exports_its_api() -> None:
    assert (exported_library, build_index, show_documents) == (Library, build, show)
    with pytest.raises(ImportError):
        from index import nothing_of_the_kind  # noqa: F401
