from __future__ import annotations

import io
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index import plan
from index.build import INDEXING, READING, build, main
from index.build_report import BuildReport, describe
from index.embeddings import StaticEmbeddings
from index.errors import IndexUnusable
from index.generations import Home
from index.intake import read as read_file
from index.settings import Settings


@pytest.fixture
def run(docs: Path, settings: Settings, model: StaticEmbeddings):  # type: ignore[no-untyped-def]
    return lambda **given: build(docs, settings=settings, model=model, **given)


def copied(report: BuildReport) -> dict[str, bool]:
    return {document.source.doc_id: document.copied for document in report.documents}


def test_a_build_reports_what_it_made(run, settings: Settings, docs: Path) -> None:
    stages: list[tuple[str, int, int]] = []
    report = run(progress=lambda *step: stages.append(step))
    assert copied(report) == {"plan": False, "paper": False}
    plan_document = report.documents[0]
    assert plan_document.source.issuer == "云溪市人民政府"
    assert plan_document.tables == 1 and plan_document.passages >= 5
    assert report.problems == () and not report.unchanged
    assert Home.of(docs, settings.data_dir).current().folder == report.folder
    total = sum(d.passages for d in report.documents)
    assert stages == [
        (READING, 0, 2), (READING, 1, 2), (READING, 2, 2), (INDEXING, 0, total),
        (INDEXING, total, total),
    ]  # fmt: skip
    assert "2 个文件" in describe(report)


def test_an_unchanged_folder_is_left_alone(run) -> None:
    first, second = run(), run()
    assert second.unchanged and second.folder == first.folder
    assert second.index_hash == first.index_hash
    assert describe(second).startswith("文件没有变化")
    assert run(force=True).folder != first.folder


def test_only_what_changed_is_read_again(run, docs: Path, monkeypatch) -> None:
    first = run()
    (docs / "paper.txt").write_text("云溪市产业发展研究\n\n一、现状\n\n工业是支柱。\n", "utf-8")
    opened: list[str] = []
    monkeypatch.setattr(
        "index.intake.read", lambda path, root: (opened.append(path.name), read_file(path, root))[1]
    )
    second = run()
    assert opened == ["paper.txt"]
    assert copied(second) == {"plan": True, "paper": False}
    assert second.index_hash != first.index_hash


def test_a_copied_document_is_as_good_as_a_read_one(run, docs: Path) -> None:
    (docs / "more.txt").write_text("一、别的\n\n别的正文也在这里。\n", "utf-8")
    run()
    (docs / "more.txt").unlink()
    kept = run()
    fresh = run(force=True)
    assert copied(kept)["plan"] and not kept.unchanged
    assert [(d.source, d.passages) for d in kept.documents] == [
        (d.source, d.passages) for d in fresh.documents
    ]
    assert kept.index_hash == fresh.index_hash


def test_the_catalogs_words_alone_need_no_reading(run, docs: Path) -> None:
    run()
    text = (docs / "catalog.csv").read_text("utf-8")
    (docs / "catalog.csv").write_text(text.replace("2021", "2022"), "utf-8")
    report = run()
    assert copied(report) == {"plan": True, "paper": True}
    assert report.documents[0].source.published == "2022"


def test_other_code_reads_everything_again(run, monkeypatch) -> None:
    run()
    monkeypatch.setattr(plan, "code_version", lambda: "another")
    assert copied(run()) == {"plan": False, "paper": False}


def test_one_bad_file_costs_itself_alone(run, docs: Path) -> None:
    (docs / "bad.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (docs / "empty.txt").write_bytes(b"")
    report = run()
    assert copied(report).keys() == {"plan", "paper"}
    assert [p.split("：")[0] for p in report.problems] == ["bad.pdf", "empty.txt"]


def test_a_fault_in_a_parser_costs_one_file(run, monkeypatch) -> None:
    from index import intake

    def faulty(raw, doc_id, title):  # type: ignore[no-untyped-def]
        return {}["x"] if doc_id == "paper" else intake_parse(raw, doc_id, title)

    intake_parse = intake.parse
    monkeypatch.setattr(intake, "parse", faulty)
    report = run()
    assert copied(report).keys() == {"plan"}
    assert report.problems == ("paper.txt：读取时出错，没有收入。请转换成其他格式后再试。",)


def test_a_text_that_is_not_chinese_wants_a_row(run, docs: Path) -> None:
    english = "Notes on 规划 and what to look out for when reading it.\n" * 5
    (docs / "notes.txt").write_text(english, "utf-8")
    assert "正文不是中文" in run().problems[0]
    with (docs / "catalog.csv").open("a", encoding="utf-8") as catalog:
        catalog.write("notes,notes.txt,说明,,,\n")
    assert "notes" in copied(run())


def test_a_second_copy_of_a_file_is_left_out(run, docs: Path) -> None:
    (docs / "copy.md").write_bytes((docs / "plan.md").read_bytes())
    report = run()
    assert copied(report).keys() == {"plan", "paper"}
    assert report.problems == ("copy.md：内容与“plan.md”完全相同，没有重复收入。",)


def test_several_files_of_one_document_follow_each_other(run, docs: Path) -> None:
    (docs / "annex.txt").write_text("附件一 说明\n\n附件的正文在这里。\n", "utf-8")
    with (docs / "catalog.csv").open("a", encoding="utf-8") as catalog:
        catalog.write("paper,annex.txt,,,,\n")
    paper = run().documents[1]
    assert paper.source.path == "paper.txt、annex.txt"


def test_an_original_takes_its_readers_place(
    docs: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    (docs / "catalog.csv").write_text(
        "doc_id,file,title,issuer,kind,published,edition\n"
        "plan,plan.md,云溪市发展规划纲要,云溪市人民政府,规划纲要,2021,读本\n",
        "utf-8",
    )
    before = build(docs, settings=settings, model=model)
    assert {d.source.doc_id: d.source.edition for d in before.documents}["plan"] == "读本"
    original = "# 云溪市发展规划纲要\n\n## 第一章 养老服务\n\n护理型床位占比达到65%以上。\n"
    (docs / "7f3a_export.md").write_text(original, "utf-8")
    after = build(docs, settings=settings, model=model)
    plan_source = next(d.source for d in after.documents if d.source.doc_id == "plan")
    assert (plan_source.edition, plan_source.path) == ("原文", "7f3a_export.md")
    assert (plan_source.issuer, plan_source.published) == ("云溪市人民政府", "2021")
    assert [s.path for s in after.superseded] == ["plan.md"]
    assert "已有原文" in describe(after)
    (docs / "7f3a_export.md").unlink()
    again = build(docs, settings=settings, model=model)
    assert again.superseded == () and again.index_hash == before.index_hash


def test_an_empty_or_missing_folder_is_said(
    tmp_path: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexUnusable, match="没有可以读取的文件"):
        build(tmp_path / "empty", settings=settings, model=model)
    with pytest.raises(IndexUnusable, match="找不到文件夹"):
        build(tmp_path / "none", settings=settings, model=model)
    (tmp_path / "empty" / "x.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(IndexUnusable, match="没有一个文件能读取.*x.pdf"):
        build(tmp_path / "empty", settings=settings, model=model)


def test_a_second_build_at_once_is_told(run, docs: Path, settings: Settings) -> None:
    with (
        Home.of(docs, settings.data_dir).writing(),
        pytest.raises(IndexUnusable, match="另一个程序正在"),
    ):
        run()


def test_a_read_only_documents_folder_will_do(run, docs: Path) -> None:
    docs.chmod(0o555)
    try:
        before = sorted(p.name for p in docs.iterdir())
        run()
        assert sorted(p.name for p in docs.iterdir()) == before
    finally:
        docs.chmod(0o755)


def test_an_index_folder_that_cannot_be_made_is_said(
    docs: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    settings.data_dir.write_text("a file, not a folder")
    with pytest.raises(IndexUnusable, match="写入权限"):
        build(docs, settings=settings, model=model)


def test_another_model_is_another_index(run, docs: Path, settings: Settings, tmp_path) -> None:
    class Renamed(StaticEmbeddings):
        def __init__(self) -> None:
            super().__init__()
            self.identity = replace(self.identity, digest="another")

    first = run()
    second = build(docs, settings=settings, model=Renamed())
    assert not second.unchanged and second.index_hash != first.index_hash
    assert copied(second) == {"plan": True, "paper": True}


class Terminal(io.StringIO):
    def __init__(self, answer: bool) -> None:
        super().__init__()
        self.answer = answer

    def isatty(self) -> bool:
        return self.answer


@pytest.mark.parametrize("stderr", [None, Terminal(False), Terminal(True)])
def test_bars_are_for_a_terminal_alone(
    stderr: Terminal | None, docs: Path, tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "var"))
    monkeypatch.setattr(sys, "stderr", stderr)
    assert main(["--docs", str(docs)]) == 0
    assert "索引已建成：2 个文件" in capsys.readouterr().out
    if stderr is not None:
        assert (READING in stderr.getvalue()) == stderr.answer


def test_the_command_line(docs: Path, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("WENGUI_DATA", str(tmp_path / "var"))
    assert main(["--docs", str(docs)]) == 0
    assert "索引已建成：2 个文件" in capsys.readouterr().out
    assert main(["--docs", str(docs)]) == 0
    assert "文件没有变化" in capsys.readouterr().out
    assert main(["--docs", str(docs / "none")]) == 1
    assert "找不到文件夹" in capsys.readouterr().err
    monkeypatch.setenv("CHROMA_URL", "nonsense")
    assert main(["--docs", str(docs)]) == 1
    assert "CHROMA_URL" in capsys.readouterr().err
