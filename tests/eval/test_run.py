"""The whole command over a fake assistant: answers, report, gate, and what is kept hidden."""

import json
import logging
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval import run, show
from tests.eval.eval_fakes import SECTIONS, FakeAssistant, answer, refusal

GOLD = [{"doc": "plan", "path": ["第二章", "第三节"]}]
CASES = [
    {"id": "good", "group": "数字", "question": "托位多少？", "gold": GOLD, "must": [["4.5"]]},
    {"id": "bad", "group": "数字", "question": "新建多少？", "gold": GOLD, "must": [["20家"]],
     "history": [{"role": "user", "content": "前面问的"}]},
    {"id": "boom", "group": "意外", "question": "炸？", "gold": GOLD, "must": [["1"]]},
    {"id": "no", "group": "拒答", "question": "天气？", "expect": "refuse"},
]  # fmt: skip
SECRET = {"id": "secret-1", "group": "数字", "question": "保密的问题？", "gold": GOLD,
          "must": [["保密的要点"]]}  # fmt: skip
REPLIES = {
    "托位多少？": answer("托位多少？"),
    "新建多少？": answer(
        "新建多少？", SECTIONS[1], "<script>alert(1)</script>见 http://example.org [1]"
    ),
    "炸？": ValueError("内部错误"),
    "天气？": refusal("天气？"),
    "保密的问题？": answer("保密的问题？", text="保密的回答[1]"),
}
Command = Callable[..., int]


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    assistant = FakeAssistant(REPLIES)
    monkeypatch.setattr("assistant.open_assistant", lambda *_: assistant, raising=False)
    return assistant


@pytest.fixture
def command(tmp_path: Path, fake: FakeAssistant) -> Command:
    def write(name: str, items: list[dict]) -> str:
        text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    files = [write("dev-a.jsonl", CASES), write("unseen-a.jsonl", [SECRET])]
    return lambda *options: run.main(["--cases", *files, *map(str, options)])


def test_figures_on_the_terminal(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command() == 0
    out = capsys.readouterr().out
    assert "题数：5（正确 2，错误 2，出错 1）" in out
    assert re.search(r"^全对\s+40\.0%\s.*\s5$", out, re.M)
    assert re.search(r"^· 意外\s+1\s+0\.0%", out, re.M)
    assert "bad  数字  前5段有要点，答案没写" in out
    assert "boom  意外  出错" in out


def test_history_reaches_the_assistant(command: Command, fake: FakeAssistant) -> None:
    command("--only", "数字", "--split", "dev")
    assert [question for question, _ in fake.asked] == ["托位多少？", "新建多少？"]
    assert [turn.content for turn in fake.asked[1][1]] == ["前面问的"]


def test_answers_have_a_line_for_every_case(command: Command, tmp_path: Path) -> None:
    command("--answers", tmp_path / "out" / "a.jsonl")
    lines = (tmp_path / "out" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    by_id = {item["id"]: item for item in map(json.loads, lines)}
    assert list(by_id) == ["good", "bad", "boom", "no", "secret-1"]
    good = by_id["good"]
    assert set(good) == {
        "id", "question", "standalone_question", "text", "refused", "citations", "evidence",
        "dropped_claims", "model", "seconds", "fallback", "usage",
    }  # fmt: skip
    assert set(good["citations"][0]) == {
        "marker", "doc_id", "title", "heading_path", "lead", "page", "quote",
    }  # fmt: skip
    assert {"doc_id", "heading_path", "text", "score"} <= set(good["evidence"][0])
    assert "ValueError: 内部错误" in by_id["boom"]["error"]
    assert "eval_fakes.py:" in by_id["boom"]["error"]


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


@pytest.mark.parametrize("options", [(), ("--split", "unseen")])
def test_unseen_cases_stay_unseen(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    baseline = tmp_path / "b.json"
    command("--write-baseline", baseline, *options)
    command("--report", tmp_path / "r", "--baseline", baseline, *options)
    shown = "".join(capsys.readouterr())
    texts = [file.read_text(encoding="utf-8") for file in (tmp_path / "r").iterdir()]
    assert len(texts) == 3
    for text in (shown, *texts):
        assert "保密" not in text
        assert "secret" not in text
    assert "全对" in shown


def test_reveal_lists_them_in_the_report_only(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command("--split", "unseen", "--report", tmp_path / "r", "--reveal")
    for file in (tmp_path / "r").iterdir():
        assert "保密的问题" in file.read_text(encoding="utf-8")
    assert "保密" not in "".join(capsys.readouterr())


def test_log_lines_are_silent_while_unseen_cases_run(
    command: Command, fake: FakeAssistant, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    ask = fake.ask

    def noisy(question: str, history: object = ()) -> object:
        logging.getLogger("assistant").error("问题：%s", question)
        return ask(question)

    monkeypatch.setattr(fake, "ask", noisy)
    command("--split", "unseen")
    assert "保密" not in caplog.text
    command("--split", "dev")
    assert "托位" in caplog.text


def test_gate_passes_the_same_run_and_fails_a_planted_loss(
    command: Command, fake: FakeAssistant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    baseline = tmp_path / "b.json"
    many = [CASES[0] | {"id": f"n{i}", "question": f"托位{i}？"} for i in range(40)]
    file = tmp_path / "dev-many.jsonl"
    file.write_text("\n".join(json.dumps(c) for c in many), encoding="utf-8")
    fake.replies = {c["question"]: answer(str(c["question"])) for c in many}
    options = ["--cases", str(file)]
    assert run.main([*options, "--write-baseline", str(baseline)]) == 0
    assert run.main([*options, "--baseline", str(baseline)]) == 0
    for c in many[:6]:
        fake.replies[str(c["question"])] = answer("", text="不知道[1]")
    capsys.readouterr()
    assert run.main([*options, "--baseline", str(baseline)]) == 1
    failed = [line for line in capsys.readouterr().out.splitlines() if "未通过：" in line]
    assert [line.split("：")[1] for line in failed] == ["全对", "要点全中", "句句有据"]


@pytest.mark.parametrize("options", [("--only", "没有这组"), ("--baseline", "none.json")])
def test_a_user_error_is_one_line(
    command: Command, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert command(*options) == 2
    assert "Traceback" not in capsys.readouterr().err


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


def test_settings_are_changed_for_the_run(
    command: Command, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = []
    monkeypatch.setattr(
        "assistant.open_assistant", lambda *a: given.append(a[1]) or FakeAssistant(REPLIES)
    )
    assert command("--mode", "model") == 2
    assert "LLM_BASE_URL" in capsys.readouterr().err
    command("--set", "retrieve.k=8", "--set", "fact_budget=60")
    assert (given[0].retrieve_k, given[0].fact_budget) == (8, 60)
    assert "改过的设置：retrieve.k=8，fact_budget=60" in capsys.readouterr().out
    assert command("--set", "retrieve.k=viel") == 2
    assert command("--set", "nonsense=1") == 2
    assert "没有名为 nonsense 的设置" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        command("--set", "retrieve.k")


def test_ctrl_c_says_how_to_go_on(
    command: Command, monkeypatch: pytest.MonkeyPatch, fake: FakeAssistant,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    def stop(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(fake, "ask", stop)
    assert command() == 130
    assert "--resume last" in capsys.readouterr().err


def test_plots_are_drawn_with_their_numbers(command: Command, tmp_path: Path) -> None:
    command("--report", tmp_path / "r")
    page = (tmp_path / "r" / "report.html").read_text(encoding="utf-8")
    assert page.count('<svg class="plot"') == 3
    bars = page[page.index("<svg") : page.index("</svg>")]
    assert bars.count('class="bar"') == bars.count('class="whisker"')
    for label in ("全部", "· 意外", "《某市规划》", "40%（5）"):
        assert label in bars
