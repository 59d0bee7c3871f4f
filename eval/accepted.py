"""Complaints made into cases: a draft, what lint says of it, and its place among the cases.

Accepted cases lie in cases/dev-accepted.jsonl of the data folder; `python -m eval.run` takes them
along. Knows a complaint as plain data; knows no page and no database.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from filelock import FileLock

from eval import checks
from eval.cases import CASES, CaseError, as_json, as_line, load, parse
from eval.records import Case, Json
from index.settings import from_environment

NAME = "dev-accepted.jsonl"
GROUP = "complaint"
_KEPT = ("standalone_question", "answer", "reason", "note", "citations", "evidence")
_HASHES = ("index_hash", "settings_hash", "model")


def file() -> Path:
    """Where accepted cases lie."""
    return from_environment().data_dir / "cases" / NAME


def places() -> list[Path]:
    """The case files of a run: the repository's, and the accepted ones where there are any."""
    return [CASES, *([file()] if file().is_file() else [])]


def _id(question: str, history: Sequence[Mapping[str, str]]) -> str:
    """The same complaint gives the same case."""
    said = json.dumps([question, [(t["role"], t["content"]) for t in history]], ensure_ascii=False)
    return f"complaint-{hashlib.sha256(said.encode()).hexdigest()[:10]}"


def draft(complaint: Mapping[str, Any]) -> Json:
    """The case a complaint makes, to be completed by a person: its gold is what was cited.

    `complaint`: question, history, and whatever else there is of standalone_question, answer,
    reason, note, citations, evidence, index_hash, settings_hash, model (pages/records/feedback.py).
    """
    history = list(complaint.get("history") or ())
    cited = [(c["doc_id"], tuple(c["heading_path"])) for c in complaint.get("citations") or ()]
    kept = {name: complaint[name] for name in (*_KEPT, *_HASHES) if complaint.get(name)}
    return {
        "id": _id(complaint["question"], history),
        "group": GROUP,
        "split": "dev",
        "question": complaint["question"],
        "history": history,
        "expect": "answer",
        "gold": [{"doc": d, "path": list(p), "lead": ""} for d, p in dict.fromkeys(cited)],
        "gold_mode": "any",
        "also_ok": [],
        "must": [],
        "must_not": [],
        "note": str(complaint.get("note") or ""),
        "origin": kept,
    }


def _read(item: Mapping[str, Any]) -> Case:
    try:
        return replace(parse(dict(item), Path(NAME)), file=NAME, split="dev")
    except ValueError as error:
        raise CaseError(f"{error}。") from error


def findings(
    item: Mapping[str, Any], documents: checks.Documents, known: Sequence[Case] = ()
) -> list[checks.Finding]:
    """Everything wrong with a case a person is about to accept; `known`: the cases there are."""
    try:
        case = _read(item)
    except CaseError as error:
        return [checks.Finding(str(error))]
    found = checks.findings(case, documents)
    if not (case.must or case.must_not) and case.expect in ("answer", "correct"):
        found.append(checks.Finding("没有要点：收下之前请写上回答里必须出现的内容"))
    others = [*(k for k in known if k.id != case.id), case]
    found += [checks.Finding(text) for c, text in checks.duplicates(others) if c is case]
    near = [text for c, text in checks.near_duplicates(others) if c is case]
    return found + [checks.Finding(text, error=False) for text in near]


def accept(item: Mapping[str, Any], documents: checks.Documents) -> Json:
    """The case, written among the accepted ones; an earlier one with its id is replaced.

    CaseError lists the errors lint finds; warnings do not stop it.
    """
    place = file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{place}.lock"):
            return _accepted(item, documents, place)
    except OSError as error:
        raise CaseError(f"题目没有收下：请检查 {place.parent} 的磁盘空间和写入权限。") from error


def _accepted(item: Mapping[str, Any], documents: checks.Documents, place: Path) -> Json:
    errors = [f.message for f in findings(item, documents, load(places())) if f.error]
    if errors:
        raise CaseError("还不能收下这道题：" + "；".join(errors))
    case = _read(item)
    kept = load([place]) if place.is_file() else []
    lines = [as_line(c) for c in kept if c.id != case.id] + [as_line(case)]
    fresh = place.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as out:
        out.write("".join(lines))
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(place)  # a kill in between leaves the old file whole
    return as_json(case)
