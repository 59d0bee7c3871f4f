"""`python -m assistant.ask "…"`: one question on the command line."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.chain import open_assistant
from assistant.records import Answer, Citation
from index.errors import UserError


def as_record(answer: Answer) -> dict[str, Any]:
    """The answer as the JSON object that evaluation and other programs read."""
    return {
        "question": answer.question,
        "standalone_question": answer.standalone_question,
        "text": answer.text,
        "refused": answer.refused,
        "confidence": answer.confidence,
        "citations": [_citation(c) for c in answer.citations],
        "evidence": [
            {
                "doc_id": e.passage.doc_id,
                "heading_path": list(e.passage.heading_path),
                "lead": e.passage.lead,
                "text": e.passage.text,
                "score": e.score,
            }
            for e in answer.evidence
        ],
        "dropped_claims": answer.dropped_claims,
        "notes": list(answer.notes),
        "model": answer.model,
        "settings_hash": answer.settings_hash,
        "seconds": answer.seconds,
        "model_label": answer.model_label,
        "model_filing": answer.model_filing,
        "fallback": answer.fallback,
        "usage": asdict(answer.usage) if answer.usage else None,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "marker": citation.marker,
        "doc_id": citation.doc_id,
        "title": citation.title,
        "heading_path": list(citation.heading_path),
        "lead": citation.lead,
        "page": citation.page,
        "quote": citation.quote,
        "edition": citation.edition,
    }


def as_text(answer: Answer) -> str:
    """The answer as a person reads it: 您问的是, the text, a line a source, notes."""
    lines = []
    if answer.standalone_question != answer.question:
        lines.append(f"您问的是：{answer.standalone_question}")
    lines.append(answer.text)
    for citation in answer.citations:
        place = " ".join(citation.heading_path)
        lead = f"“{citation.lead}”" if citation.lead else ""
        lines.append(f"[{citation.marker}] 《{citation.title}》{place}{lead} · {citation.edition}")
    lines += answer.notes
    lines.append("由程序根据文件原文整理生成，正式使用请核对原文。")
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Answers one question; 2 where the input or the documents can't be used."""
    parser = argparse.ArgumentParser(prog="python -m assistant.ask", description="问一个问题")
    parser.add_argument("question", help="要问的问题")
    parser.add_argument("--docs", type=Path, help="文件夹，默认 source_docs/")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    given = parser.parse_args(argv)
    try:
        answer = open_assistant(given.docs).ask(given.question)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    shown = as_record(answer) if given.json else as_text(answer)
    print(json.dumps(shown, ensure_ascii=False, indent=2) if given.json else shown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
