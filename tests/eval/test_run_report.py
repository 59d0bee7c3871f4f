"""The report that a run writes: what it shows, beside another run, and again later."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval import show
from tests.eval.eval_fakes import (
    REPLIES,
    Command,
    FakeAssistant,
    answer,
)


class Outside(HTMLParser):
    """Collects everything a browser would fetch or run, and checks that tags close."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "link", "img", "iframe", "object", "embed", "base"):
            self.found.append(tag)
        for name, value in attrs:
            fetched = name in ("src", "srcset", "action", "style") or name.startswith("on")
            if fetched or (name == "href" and not (value or "").startswith("#c")):
                self.found.append(f"{name}={value}")
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_page_needs_nothing_from_outside(command: Command, tmp_path: Path) -> None:
    command("--report", tmp_path / "r")
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    outside = Outside()
    outside.feed(page)
    outside.close()
    assert outside.found == []
    assert outside.open == []
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    assert "&lt;script&gt;" in page


def test_report_shows_gold_beside_got_and_misses_first(command: Command, tmp_path: Path) -> None:
    command("--report", tmp_path / "r")
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    order = ["没有答对的题", 'href="#c0">boom', 'href="#c1">bad', "<h2>指标", 'id="c0"', 'id="c2"']
    assert [page.index(text) for text in order] == sorted(page.index(text) for text in order)
    article = page[page.index('id="c1"') : page.index('id="c2"')]
    for text in (
        "前面问的",
        "《某市规划》第二章 › 第三节",
        "扩大托育",
        "第一节 公路",
        "不在应有出处",
    ):
        assert text in article
    assert '<span class="wrong">缺</span> 20家' in article
    markdown = (tmp_path / "r" / "report.md").read_text(encoding="utf-8")
    assert markdown.index("| boom |") < markdown.index("## 指标") < markdown.index("### boom")
    data = json.loads((tmp_path / "r" / "report.json").read_text(encoding="utf-8"))
    assert data["counts"] == {"right": 2, "wrong": 2, "failed": 1, "unscored": 0}
    assert data["figures"]["全部"]["right"]["mean"] == 0.4
    assert [c["status"] for c in data["cases"]] == ["failed", "wrong", "right", "right"]


def test_two_runs_stand_side_by_side(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("--report", tmp_path / "first")
    other = tmp_path / "first" / "report.json"
    data = json.loads(other.read_text(encoding="utf-8"))
    data["figures"]["全部"]["all_facts"]["mean"] = 0.125
    other.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    capsys.readouterr()
    command("--report", tmp_path / "second", "--beside", other)
    assert "与另一次并排" in capsys.readouterr().out
    for name in ("report.md", "report.html"):
        text = (tmp_path / "second" / name).read_text(encoding="utf-8")
        assert "12.5%" in text and "对照" in text


def test_a_file_that_is_no_report_is_said(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    assert command("--beside", wrong) == 2
    assert "不是一份 report.json" in capsys.readouterr().err


def test_what_broke_and_was_mended_stands_in_the_report(
    command: Command, fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command()
    fake.replies = {
        **REPLIES,
        "托位多少？": answer("托位多少？", text="没有数字[1]。"),
        "炸？": answer("炸？", text="共1家[1]。"),
        "保密的问题？": answer("保密的问题？", text="保密的要点[1]"),
    }
    capsys.readouterr()
    command("--against", "last", "--report", tmp_path / "r")
    out = capsys.readouterr().out
    assert "变坏 1，变好 2，没有变化 2" in out
    assert re.search(r"^全对\s+40\.0%\s+60\.0%\s+\+20\.0%", out, re.M)
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    part = page[page.index("逐题比较") : page.index("<h2>分组和文件")]
    assert part.index("变坏（1）") < part.index("没有数字[1]") < part.index("变好（1）")
    assert "ValueError" in part
    assert "保密" not in page
    assert "| good |" in (tmp_path / "r" / "report.md").read_text(encoding="utf-8")
    data = json.loads((tmp_path / "r" / "report.json").read_text(encoding="utf-8"))["diff"]
    assert (data["counts"]["broke"], data["counts"]["mended"]) == (1, 2)
    outside = Outside()
    outside.feed(page)
    assert outside.found == []


def test_a_kept_run_is_shown_again_with_its_report(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("--report", tmp_path / "first")
    first = capsys.readouterr().out
    assert show.main(["last", "--report", str(tmp_path / "again")]) == 0
    again = capsys.readouterr().out
    assert first.split("\n报告")[0] == again.split("\n报告")[0]
    for name in ("report.html", "report.md", "report.json"):
        texts = [(tmp_path / d / name).read_text(encoding="utf-8") for d in ("first", "again")]
        assert texts[0] == texts[1]


def test_plots_are_drawn_with_their_numbers(command: Command, tmp_path: Path) -> None:
    command("--report", tmp_path / "r")
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert page.count('<svg class="plot"') == 3
    bars = page[page.index("<svg") : page.index("</svg>")]
    assert bars.count('class="bar"') == bars.count('class="whisker"')
    for label in ("全部", "· 意外", "《某市规划》", "40%（5）"):
        assert label in bars
