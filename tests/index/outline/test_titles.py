"""The title at the top of a file, and the headings that are none."""

from __future__ import annotations

from index.outline import parse
from index.records import Block, RawDocument


def test_a_first_heading_is_not_lost_as_the_title(sentence: str) -> None:
    def paths(*headings: str, title: str = "") -> list[str]:
        marks = [(len(h) - len(h.lstrip("#")), h.lstrip("# ")) for h in headings]
        blocks = [b for level, h in marks for b in (Block(h, level=level), Block(sentence))]
        sections = parse(RawDocument(tuple(blocks)), "doc", title).sections
        return [" > ".join(section.heading_path) for section in sections]

    given = "云溪市水网建设读本"
    assert paths("# 发展现状", "# 主要任务", title=given) == ["发展现状", "主要任务"]
    assert paths("# 发展现状", "# 主要任务") == ["发展现状", "主要任务"]
    assert paths("# 发展现状", title=given) == ["发展现状"]
    assert paths("# 云溪市水网建设", "## 现状", title=given) == ["", "现状"]
    assert paths("# 云溪市水网规划", "## 现状", title=given) == ["", "现状"]
    assert paths("# 云溪市水网", "# 第一章 现状", "# 第二章 任务") == [
        "",
        "第一章 现状",
        "第二章 任务",
    ]


def test_the_path_of_a_web_page_is_no_title(sentence: str) -> None:
    def title(*lines: str) -> str:
        return parse(RawDocument(tuple(map(Block, (*lines, "一、现状", sentence)))), "doc").title

    page = ("您的位置:", "首页", "云溪要闻", "云溪要闻")
    assert title(*page, "云溪市2026年政府工作报告") == "云溪市2026年政府工作报告"
    assert title("云溪水网的来与去", "云溪日报") == "云溪水网的来与去"
    assert title("云溪水网的来与去", sentence, "云溪市水网规划") == "云溪水网的来与去"
