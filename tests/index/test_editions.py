from __future__ import annotations

from pathlib import Path

import pytest

from index.build import build
from index.catalog import Listed
from index.editions import in_place_of, same_title, superseded
from index.embeddings import StaticEmbeddings
from index.records import ParsedDocument, Section
from index.settings import Settings

ROOT = Path(__file__).parents[2]
ORIGINALS = ROOT.parent / "shared" / "source_docs"
EMPTY = ParsedDocument("", ())


def behind(*documents: Listed) -> dict[int, int]:
    return superseded(documents, [EMPTY] * len(documents))


def text(headings: int = 10, first_figure: int = 100) -> ParsedDocument:
    """A document of our own: numbered headings, over each a figure."""
    sections = (
        Section("d", (f"第{n}节 任务{n}",), "text", (f"达到{first_figure + n}处。",), None, n)
        for n in range(headings)
    )
    return ParsedDocument("", tuple(sections))


def test_titles_are_the_same_but_for_space_width_and_punctuation() -> None:
    assert same_title("云溪市“十四五”规划 （２０２１）", "云溪市十四五规划(2021)")
    assert not same_title("云溪市规划", "云溪市规划纲要")
    assert not same_title("", "")


def test_an_original_steps_before_its_reader_by_id_or_title() -> None:
    reader = Listed("plan", ("r.md",), "云溪市规划", edition="读本", kind="纲要", in_catalog=True)
    by_id = Listed("plan", ("o.txt",), "另一个名字")
    by_title = Listed("o-1", ("o.txt",), "云溪市 规划")
    other = Listed("other", ("x.txt",), "别的文件")
    assert behind(reader, by_id) == {0: 1}
    assert behind(other, by_title, reader) == {2: 1}
    assert behind(reader, other) == {}
    assert behind(reader, reader) == {}


def test_an_original_without_a_title_is_known_by_its_contents() -> None:
    reader = Listed("plan", ("r.md",), "云溪市规划", edition="读本", in_catalog=True)
    free = Listed("7f3a", ("7f3a.txt",), "7f3a")

    def found(original: ParsedDocument, listed: Listed = free) -> bool:
        return superseded([reader, listed], [text(), original]) == {0: 1}

    assert found(text())
    assert not found(text(first_figure=500))  # another year's
    assert not found(text(headings=20))  # a longer document that shares a part
    assert not found(text(), Listed("o", ("7f3a.txt",), "云溪市规划（草案）"))
    assert superseded([reader, free], [text(headings=5), text(headings=5)]) == {}


def test_an_original_without_a_row_takes_over_its_readers_entry() -> None:
    reader = Listed("plan", ("r.md",), "云溪市规划", "市政府", "纲要", "2021", "读本", True)
    free = Listed("o-1", ("o.txt",))
    assert in_place_of(free, reader) == Listed(
        "plan", ("o.txt",), "云溪市规划", "市政府", "纲要", "2021", "原文", False
    )


def test_an_original_with_a_row_takes_what_its_row_leaves_out() -> None:
    reader = Listed("plan", ("r.md",), "云溪市规划", "市政府", "纲要", "2021", "读本", True)
    bare = Listed("mine", ("o.txt",), published="2022", in_catalog=True)
    assert in_place_of(bare, reader) == Listed(
        "mine", ("o.txt",), "云溪市规划", "市政府", "纲要", "2022", "原文", True
    )
    titled = Listed("plan", ("o.txt",), "云溪市发展规划", in_catalog=True)
    assert in_place_of(titled, reader).title == "云溪市发展规划"


def test_a_row_without_a_title_shows_the_readers(
    docs: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    (docs / "7f3a.txt").write_text("一、养老\n\n床位占比达到65%以上，服务更好。\n", "utf-8")
    (docs / "catalog.csv").write_text(
        "doc_id,file,title,issuer,kind,published,edition\n"
        "plan,plan.md,云溪市发展规划纲要,云溪市人民政府,规划纲要,2021,读本\n"
        "plan,7f3a.txt,,,,,原文\n",
        "utf-8",
    )
    report = build(docs, settings=settings, model=model)
    plan = next(d.source for d in report.documents if d.source.doc_id == "plan")
    assert (plan.path, plan.title, plan.issuer) == (
        "7f3a.txt", "云溪市发展规划纲要", "云溪市人民政府",
    )  # fmt: skip


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the originals are not here")
def test_the_plan_without_a_row_steps_before_its_reader(
    tmp_path: Path, settings: Settings, model: StaticEmbeddings
) -> None:
    folder = tmp_path / "plan"
    folder.mkdir()
    for name in ("catalog.csv", *(f"wuxi-14fyp-0{n}.md" for n in range(1, 5))):
        (folder / name).write_bytes((ROOT / "source_docs" / name).read_bytes())
    original = next(ORIGINALS.glob("004_*.txt")).read_text("utf-8")
    # Without the sentence that names the plan: what is left is known by its contents alone.
    named = original.replace("编制的《", "编写的《")
    for copy in (original, named):
        (folder / "export.txt").write_text(copy, "utf-8")
        report = build(folder, settings=settings, model=model)
        (document,) = report.documents
        assert (document.source.doc_id, document.source.path) == ("wuxi-14fyp", "export.txt")
        assert document.source.title.startswith("无锡市国民经济")
        assert [s.edition for s in report.superseded] == ["读本"]
