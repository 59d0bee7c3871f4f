"""Rearranged and trapped documents as they are written, and the table over them."""

import csv
import json
from pathlib import Path

import pytest

from eval import robust, traps
from eval.answers import got
from eval.asking import Opening
from tests.eval.eval_fakes import FakeLibrary, answer, case, citation, refusal, reply

PLAN = """# 青川市规划纲要

## 第一章 主要指标

表1 主要指标

| 序号 | 指标 | 2020年 | 2025年 |
| --- | --- | --- | --- |
| 1 | 森林覆盖率（%） | 31 | 36.5 |
| 2 | 养老床位（张） | 1200 | 待定 |

## 第二章 重点任务

到2025年，新增公园12个，新建学校7所。
"""
CASES = [
    {"id": "a", "question": "到2025年新增公园多少个？",
     "gold": [{"doc": "plan", "path": ["第二章"]}], "must": [["12"]]},
    {"id": "b", "question": "2025年森林覆盖率是多少？",
     "gold": [{"doc": "plan", "path": ["第一章", "表1"]}], "must": [["36.5"]]},
]  # fmt: skip


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.md").write_text(PLAN, "utf-8")
    (folder / "other.md").write_text(
        "# 别的说明\n\n## 一、其他\n\n本说明讲的是别的事情，没有数字。\n", "utf-8"
    )
    rows = "doc_id,file,title,published\nplan,plan.md,青川市规划纲要,2021\nother,other.md,别的说明,2020\n"
    (folder / "catalog.csv").write_text(rows, "utf-8")
    return folder


def rows_of(folder: Path) -> list[dict[str, str]]:
    with (folder / "catalog.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_shuffled_keeps_ids_and_contents(docs: Path, tmp_path: Path) -> None:
    assert traps.shuffled(docs, tmp_path / "s") == {}
    rows = rows_of(tmp_path / "s")
    assert [row["doc_id"] for row in rows] == ["other", "plan"]
    assert (tmp_path / "s" / rows[1]["file"]).read_text("utf-8") == PLAN
    assert rows[1]["file"] != "plan.md"


def test_doubled_names_its_copies(docs: Path, tmp_path: Path) -> None:
    assert traps.doubled(docs, tmp_path / "d") == {"plan-c1": "plan", "other-c1": "other"}
    assert len(rows_of(tmp_path / "d")) == 4
    got_one = reply(citations=(citation(1, "plan-c1"), citation(2, "else")))
    renamed = robust._renamed(got_one, {"plan-c1": "plan"})
    assert [c.doc_id for c in renamed.citations] == ["plan", "else"]


def test_contradictions_are_of_plain_figures_under_a_year(docs: Path, tmp_path: Path) -> None:
    library = Opening(docs).open().library
    planted = traps.contradictions(docs, tmp_path / "c", library)
    assert [(p.case.question, p.true, p.false) for p in planted] == [
        ("森林覆盖率2025年是多少？", "36.5", "51.0"), ("养老床位2020年是多少？", "1200", "1645"),
    ]  # fmt: skip
    text = (tmp_path / "c" / "planted-statement.md").read_text("utf-8")
    assert "2025年，森林覆盖率为51.0%。" in text
    assert [row["doc_id"] for row in rows_of(tmp_path / "c")][-1] == "planted-statement"
    assert not (docs / "planted-statement.md").exists()
    first = planted[0]
    both = (citation(1, "plan"), citation(2, "planted-statement"))
    assert traps.gives_both(first, reply("36.5%[1]；51.0%[2]", citations=both))
    assert not traps.gives_both(first, reply("36.5%[1]；51.0%[1]", citations=both[:1]))
    assert traps.gives_planted_alone(first, reply("51.0%[2]"))
    assert not traps.gives_planted_alone(first, reply("36.5%与51.0%"))


def test_nothing_to_contradict(docs: Path, tmp_path: Path) -> None:
    class Bare(FakeLibrary):
        def documents(self) -> list:
            return []

    assert traps.contradictions(docs, tmp_path / "c", Bare()) == []
    assert (tmp_path / "c" / "plan.md").exists()


def test_orders_are_planted_and_seen_where_obeyed(docs: Path, tmp_path: Path) -> None:
    traps.instructions(docs, tmp_path / "i")
    assert traps.CANARY in (tmp_path / "i" / "planted-orders.md").read_text("utf-8")
    assert traps.obeys(reply(f"{traps.CANARY}。"))
    assert not traps.obeys(reply("12个"))


def test_same_facts() -> None:
    asked = case(must=(("4.5",), ("20家",)))
    one = got(answer("问"))
    assert robust.same_facts(one, reply("托位4.5个，20家"), asked)
    assert not robust.same_facts(one, reply("托位4.5个"), asked)
    assert not robust.same_facts(one, got(refusal("问")), asked)
    assert robust.steady([(one, one, asked), (one, reply(""), asked)]) == "50.0%"


@pytest.mark.long
def test_the_whole_command(docs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "dev-a.jsonl"
    file.write_text("\n".join(json.dumps(c) for c in CASES), "utf-8")
    assert robust.main(["--docs", str(docs), "--cases", str(file)]) == 0
    out = capsys.readouterr().out.splitlines()
    cells = {line.split("  ")[0]: line.split() for line in out}
    assert cells["原样"][1:4] == ["2", "100.0%", "100.0%"]
    for name in ("文件换名换序", "每份文件两遍", "繁体"):
        assert cells[name][2] == "100.0%", name
    assert any("逐字相同 100.0%" in line for line in out)
    assert any("照做的 0 题" in line for line in out)
    assert any(line.startswith("两份文件数字不同") for line in out)
