"""The name a document gives itself, where it prints no title."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from index.records import ParsedDocument

PLAN = "云溪市水网建设规划纲要"
NOTICE = "云溪市水利局关于印发《云溪市用水办法》的通知"


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        (f"根据《市委关于制定五年规划的建议》编制的《{PLAN}》，主要阐明发展思路和任务。", PLAN),
        (f"{NOTICE}各区水务局、市直有关单位、各供水企业：", NOTICE),
        (f"为了节约用水，保护水资源，市政府制定《{PLAN}》（以下简称《纲要》）。", PLAN),
        (f"{PLAN}，根据市委的建议编制，主要阐明发展思路和今后五年的重点任务。", PLAN),
        (f"根据国家制定的《{PLAN}》（以下简称《纲要》），全市要加快供水工程建设。", ""),
        (f"近年来，市政府认真落实《{PLAN}》，供水能力不断提高，水质也得到改善。", ""),
    ],
)
def test_a_document_without_a_title_is_named_by_its_opening(
    opening: str, name: str, parsed: Callable[..., ParsedDocument]
) -> None:
    text = f"序言\n\n{opening}\n\n第一章 现状\n\n{{T}}\n\n第二章 任务\n\n{{T}}"
    document = parsed(text)
    assert document.title == name
    assert document.sections[0].paragraphs == (opening,)
    assert parsed(text, "目录里的名称").title == "目录里的名称"
