"""问规's tools as a client of the Model Context Protocol meets them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from assistant import Assistant
from tests.assistant.chat.scripted import FOREST

mcp = pytest.importorskip("mcp", reason="requirements-mcp.txt 没有安装")


def call(assistant: Assistant, tool: str, **given: Any) -> Any:
    """What a tool gives back; an error's text as a str."""
    from assistant.mcp_server import server

    async def run() -> Any:
        async with mcp.Client(server(assistant)) as client:
            return await client.call_tool(tool, given)

    result = asyncio.run(run())
    return result.content[0].text if result.is_error else result.structured_content


def test_the_tools_are_listed(assistant: Assistant) -> None:
    from assistant.mcp_server import server

    async def run() -> list[str]:
        async with mcp.Client(server(assistant)) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert asyncio.run(run()) == ["ask", "search", "read_section"]


def test_a_question_is_answered_with_citations(assistant: Assistant) -> None:
    got = call(assistant, "ask", question=FOREST)
    assert got["text"] == assistant.ask(FOREST).text
    assert got["citations"][0]["quote"].endswith("33.5 35.8 约束性")


def test_a_question_may_keep_to_a_document(assistant: Assistant) -> None:
    assert call(assistant, "ask", question=FOREST, doc_ids=["nanjing"])["refused"]


def test_passages_are_found(assistant: Assistant) -> None:
    got = call(assistant, "search", query="国际货运航线", k=2)["passages"]
    assert len(got) == 2
    assert (got[0]["doc_id"], got[0]["title"]) == ("nanjing", "南京对外开放随想")


def test_a_section_is_read(assistant: Assistant) -> None:
    got = call(assistant, "read_section", doc_id="nanjing", heading="二、国际交通")["sections"]
    assert got == [
        {
            "heading_path": ["二、国际交通"],
            "text": "南京设想开通31条国际货运航线，让货物一日可达周边国家。",
        }
    ]


@pytest.mark.parametrize(
    ("tool", "given", "said"),
    [
        ("ask", {"question": " "}, "请先输入"),
        ("ask", {"question": FOREST, "doc_ids": ["?"]}, "没有这样的文件编号"),
        ("search", {"query": "森林", "doc_ids": []}, "没有这样的文件编号"),
        ("read_section", {"doc_id": "nanjing", "heading": "没有的一节"}, "没有标题含"),
        ("read_section", {"doc_id": "nanjing", "heading": ""}, "没有标题含"),
        ("read_section", {"doc_id": "?", "heading": "一"}, "现有：plan"),
    ],
)
def test_what_a_tool_cannot_take_is_said(
    assistant: Assistant, tool: str, given: dict[str, Any], said: str
) -> None:
    error = call(assistant, tool, **given)
    assert isinstance(error, str) and said in error


def test_a_folder_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    from assistant.mcp_server import main

    assert main(["--docs", "/nowhere/at/all"]) == 1
    assert capsys.readouterr().err.endswith("。\n")
