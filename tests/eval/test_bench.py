"""The bench's own arithmetic; what it measures is never asserted."""

import csv
import hashlib
import os
from pathlib import Path

import pytest

from eval import bench, copies, timing
from index.errors import SettingError
from tests.eval.eval_fakes import FakeAssistant, answer


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.md").write_text("# 第一章 总则\n", encoding="utf-8")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.4")
    (folder / ".hidden").touch()
    (folder / "catalog.csv").write_text(
        "doc_id,file,title\nplan,plan.md,规划\npaper,paper.pdf,论文\n", encoding="utf-8-sig"
    )
    return folder


def test_copies_have_their_own_names_ids_and_contents(docs: Path, tmp_path: Path) -> None:
    target = tmp_path / "many"
    assert copies.multiply(docs, target, 3) == 6
    assert len(copies.documents_in(target)) == 6
    with (target / "catalog.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len({row["doc_id"] for row in rows}) == 6
    assert {row["file"] for row in rows} == {p.name for p in copies.documents_in(target)}
    assert rows[0] == {"doc_id": "plan", "file": "plan.md", "title": "规划"}
    hashes = {hashlib.sha256(p.read_bytes()).hexdigest() for p in target.glob("*.md")}
    assert len(hashes) == 3


def test_one_copy_is_the_same_folder(docs: Path, tmp_path: Path) -> None:
    copies.multiply(docs, tmp_path / "one", 1)
    for file in copies.documents_in(docs):
        assert (tmp_path / "one" / file.name).read_bytes() == file.read_bytes()


def test_a_cell_may_name_several_files() -> None:
    names = {"a.md": "a-c1.md", "b.md": "b-c1.md", "aa.md": "aa-c1.md"}
    assert copies.renamed("a.md;aa.md；b.md", names) == "a-c1.md;aa-c1.md；b-c1.md"


def test_an_id_in_a_head_block_changes_with_the_copy(docs: Path, tmp_path: Path) -> None:
    head = "---\ntitle: 规划\ndoc_id: plan\nkind: x\n---\n正文\ndoc_id: plan\n"
    (docs / "plan.md").write_text(head, encoding="utf-8")
    copies.multiply(docs, tmp_path / "many", 2)
    text = (tmp_path / "many" / "plan-c1.md").read_text(encoding="utf-8")
    assert text.startswith(head.replace("doc_id: plan", "doc_id: plan-c1", 1))


def test_a_folder_without_catalog(docs: Path, tmp_path: Path) -> None:
    (docs / "catalog.csv").unlink()
    assert copies.multiply(docs, tmp_path / "two", 2) == 4
    assert not (tmp_path / "two" / "catalog.csv").exists()


def test_table() -> None:
    measured = bench.Measured(10, 50, 1.25, 3.0, 4.0, 512.4, 0.0123, 0.0456, 33.3)
    assert bench.rows([measured])[1] == [
        "10倍", "50", "1.2", "3.0", "4.0", "512", "12.3", "45.6", "—", "33.3", "—", "—",
    ]  # fmt: skip
    assert len(bench.rows([])[0]) == 12


def test_sizes(docs: Path) -> None:
    (docs / "big").write_bytes(b"x" * 2**20)
    assert 1 <= bench.size_mb(docs) < 1.01
    assert bench.resident_mb(os.getpid()) > 10


def test_an_empty_folder_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench.main(["--docs", str(tmp_path)]) == 2
    assert "没有文件" in capsys.readouterr().err


def test_measurements_are_kept_and_shown_again(tmp_path: Path) -> None:
    history = tmp_path / "h" / "bench.jsonl"
    assert bench.kept(history) == []
    one = bench.Measured(1, 5, 3.0, 4.0, 5.0, 400.0, 0.02, 0.06, 12.0, {"1": 0.06, "50": 2.0})
    bench.keep(history, [one])
    bench.keep(history, [one])
    before = bench.kept(history)
    assert [m for _, m in before] == [one, one]
    head, first, _ = bench.history_rows(before)
    assert head[-2:] == ["1人同问95%（毫秒）", "50人同问95%（毫秒）"]
    assert first[-2:] == ["60", "2000"]
    history.write_text("{}\n", encoding="utf-8")
    with pytest.raises(SettingError, match="不是测量记录"):
        bench.kept(history)


def test_a_crowd_asks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = timing.select(timing.load(), split="dev")
    fake = FakeAssistant({c.question: answer(c.question) for c in cases})
    monkeypatch.setattr("assistant.open_assistant", lambda *_: fake)
    found = timing.crowd_seconds(Path(), [1, 4])
    assert {n: len(seconds) for n, seconds in found.items()} == {1: 300, 4: 300}


def test_a_folder_to_keep_is_no_folder_that_is_there(docs: Path, tmp_path: Path) -> None:
    with bench._room(None, 2) as gone:
        assert gone.is_dir()
    assert not gone.exists()
    with bench._room(tmp_path / "kept", 2) as folder:
        folder.mkdir(parents=True)
    with pytest.raises(SettingError, match="已经存在"), bench._room(tmp_path / "kept", 2):
        pass
