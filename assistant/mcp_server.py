"""问规 as tools of the Model Context Protocol: ask, search, read_section; over stdin and stdout.

    python -m assistant.mcp_server [--docs DIR]

Needs requirements-mcp.txt. Knows the protocol's shape; answers nothing itself. What a tool can't
take it says in one Chinese sentence, as an error of that call.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError

from assistant.ask import as_record
from assistant.chain import Assistant, open_assistant
from index.errors import UserError
from index.records import Hit, Section

MOST_HITS = 20


def server(assistant: Assistant) -> MCPServer:
    """The tools over an assistant."""
    made = MCPServer("wengui", instructions="回答关于已收录规划文件的问题，每句话都有出处。")
    library = assistant.library

    @made.tool()
    def ask(question: str, doc_ids: list[str] | None = None) -> dict[str, Any]:
        """根据规划文件回答一个问题，每句话带出处和引文；文件里没有的会直接说没有。"""
        try:
            record = as_record(assistant.ask(question, doc_ids=_known(assistant, doc_ids)))
        except UserError as error:
            raise ToolError(str(error)) from error
        return {name: value for name, value in record.items() if name != "evidence"}

    @made.tool()
    def search(query: str, k: int = 5, doc_ids: list[str] | None = None) -> dict[str, Any]:
        """检索规划文件的段落，最相关的在前；k 是段落数。"""
        chosen = _known(assistant, doc_ids)
        hits = library.search(query, min(max(k, 1), MOST_HITS), chosen)
        return {"passages": [_passage(assistant, hit) for hit in hits]}

    @made.tool()
    def read_section(doc_id: str, heading: str) -> dict[str, Any]:
        """读出一节的全文；heading 是 search 结果里 heading_path 的最后一项，或其中的编号和标题。"""
        _known(assistant, [doc_id])
        found = [s for s in library.sections(doc_id) if _named(s, heading)]
        if not found:
            raise ToolError(f"这份文件里没有标题含“{heading}”的章节。请先用 search 查看标题。")
        return {"sections": [_section(section) for section in found[:3]]}

    return made


def _known(assistant: Assistant, doc_ids: list[str] | None) -> list[str] | None:
    """The ids as they are; a ToolError that names the known ones where one is unknown."""
    known = [document.doc_id for document in assistant.library.documents()]
    if doc_ids is not None and (not doc_ids or not set(doc_ids) <= set(known)):
        raise ToolError(f"没有这样的文件编号。现有：{'、'.join(known)}。")
    return doc_ids


def _passage(assistant: Assistant, hit: Hit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "doc_id": passage.doc_id,
        "title": assistant.document(passage.doc_id).title,
        "heading_path": list(passage.heading_path),
        "text": passage.text,
        "page": passage.page,
        "score": hit.score,
    }


def _named(section: Section, heading: str) -> bool:
    wanted = "".join(heading.split())
    return bool(wanted) and any(
        wanted in "".join(name.split()) for name in section.heading_path[-1:]
    )


def _section(section: Section) -> dict[str, Any]:
    return {"heading_path": list(section.heading_path), "text": "\n".join(section.paragraphs)}


def main(argv: list[str] | None = None) -> int:
    """Serves until the client goes; 1 with one Chinese sentence where it can't."""
    parser = argparse.ArgumentParser(prog="python -m assistant.mcp_server", description="MCP 工具")
    parser.add_argument("--docs", type=Path, help="文件夹，默认 source_docs/")
    given = parser.parse_args(argv)
    try:
        assistant = open_assistant(given.docs)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    server(assistant).run("stdio")
    return 0


if __name__ == "__main__":
    sys.exit(main())
