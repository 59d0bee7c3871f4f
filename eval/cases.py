"""Cases read from .jsonl, one JSON object a line. Knows their form, not whether they are true.

What a document says against a case is eval/lint.py's business.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from eval.records import EXPECTS, GOLD_MODES, SPLITS, Case, Expect, Gold, GoldMode, Json, Split
from index.errors import UserError

CASES = Path(__file__).parent / "cases"
_FIELDS = frozenset(
    ("id", "group", "question", "history", "expect", "gold", "gold_mode", "also_ok")
    + ("must", "must_not", "note", "split", "absent", "computed", "origin")
)


class CaseError(UserError):
    """A line is no case; the message names the file, the line and what to change."""


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise ValueError(f"“{name}”应为非空文字的列表，数字也请加引号")
    return tuple(value)


def _objects(value: object, name: str) -> list[Json]:
    if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
        raise ValueError(f"“{name}”应为对象的列表")
    return value


def _text(item: Json, name: str, default: str | None = None) -> str:
    value = item.get(name, default)
    if not isinstance(value, str):
        raise ValueError(f"缺少“{name}”，或它不是文字")
    return value


def _choice(item: Json, name: str, choices: Sequence[str], default: str) -> str:
    value = _text(item, name, default)
    if value not in choices:
        raise ValueError(f"“{name}”应为 {' / '.join(choices)} 之一，现在是“{value}”")
    return value


def _gold(item: Json, name: str) -> tuple[Gold, ...]:
    return tuple(
        Gold(_text(g, "doc"), _texts(g.get("path", []), f"{name}.path"), g.get("lead") or "")
        for g in _objects(item.get(name, []), name)
    )


def _groups(item: Json, name: str) -> tuple[tuple[str, ...], ...]:
    groups = item.get(name, [])
    if not isinstance(groups, list) or not all(groups):
        raise ValueError(f"“{name}”应为列表的列表，每个内层列表至少有一项文字")
    return tuple(_texts(group, f"{name} 的内层列表") for group in groups)


def _origin(item: Json) -> Json:
    value = item.get("origin", {})
    if not isinstance(value, dict):
        raise ValueError("“origin”应为一个对象")
    return value


def _history(item: Json) -> tuple[tuple[str, str], ...]:
    turns = _objects(item.get("history", []), "history")
    return tuple(
        (_choice(turn, "role", ("user", "assistant"), ""), _text(turn, "content")) for turn in turns
    )


def split_of(file: Path) -> Split:
    """unseen for a file named unseen-*.jsonl, else dev."""
    return "unseen" if file.name.startswith("unseen") else "dev"


def parse(item: object, file: Path = Path(), line: int = 0) -> Case:
    """A case from its JSON object; ValueError says in Chinese what is wrong with it."""
    if not isinstance(item, dict):
        raise ValueError("应为一个 JSON 对象")
    if not _text(item, "id").strip():
        raise ValueError("“id”不能为空")
    return Case(
        id=_text(item, "id"),
        group=_text(item, "group", "未分组"),
        question=_text(item, "question"),
        expect=cast(Expect, _choice(item, "expect", EXPECTS, "answer")),
        history=_history(item),
        gold=_gold(item, "gold"),
        gold_mode=cast(GoldMode, _choice(item, "gold_mode", GOLD_MODES, "all")),
        also_ok=_gold(item, "also_ok"),
        must=_groups(item, "must"),
        must_not=_texts(item.get("must_not", []), "must_not"),
        absent=_groups(item, "absent"),
        computed=_groups(item, "computed"),
        origin=_origin(item),
        note=_text(item, "note", ""),
        split=cast(Split, _choice(item, "split", SPLITS, split_of(file))),
        file=file.name,
        line=line,
    )


def _places(golds: Sequence[Gold]) -> list[Json]:
    return [{"doc": g.doc, "path": list(g.path), "lead": g.lead} for g in golds]


def as_json(case: Case) -> Json:
    """A case as its line in a file; `parse` gives it back. What few cases have, only where it is set."""
    item: Json = {
        "id": case.id,
        "group": case.group,
        "split": case.split,
        "question": case.question,
        "history": [{"role": role, "content": content} for role, content in case.history],
        "expect": case.expect,
        "gold": _places(case.gold),
        "gold_mode": case.gold_mode,
        "also_ok": _places(case.also_ok),
        "must": [list(group) for group in case.must],
        "must_not": list(case.must_not),
        "note": case.note,
    }
    rare: Json = {
        "absent": [list(group) for group in case.absent],
        "computed": [list(group) for group in case.computed],
        "origin": dict(case.origin),
    }
    return item | {name: value for name, value in rare.items() if value}


def as_line(case: Case) -> str:
    """`as_json` as text, with the line's end."""
    return json.dumps(as_json(case), ensure_ascii=False) + "\n"


def unknown_fields(item: Json) -> list[str]:
    """Fields the format does not have, in order."""
    return [name for name in item if name not in _FIELDS]


def lines(file: Path) -> Iterator[tuple[int, str]]:
    """Line number (from 1) and text of each line that is not blank."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(f"{file}：读不出来（{error}）。请检查文件名，并存为 UTF-8。") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def read_line(line: str, file: Path, number: int) -> tuple[Case, Json]:
    """The case of one line and its JSON object; ValueError where it is none."""
    try:
        item = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"不是 JSON（第 {error.colno} 个字符：{error.msg}）") from error
    return parse(item, file, number), item


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The .jsonl files of the paths (a folder stands for those in it), by default eval/cases."""
    places = paths or [CASES]
    found = [f for p in places for f in (sorted(p.glob("*.jsonl")) if p.is_dir() else [p])]
    if not found:
        raise CaseError(f"没有找到测试题文件：{'、'.join(map(str, places))}。")
    return found


def load(paths: Sequence[Path] = ()) -> list[Case]:
    """Every case of the files, in order. CaseError names the first line that is none."""
    cases: list[Case] = []
    for file in files_of(paths):
        for number, line in lines(file):
            try:
                cases.append(read_line(line, file, number)[0])
            except ValueError as error:
                raise CaseError(f"{file}:{number}：{error}。请改好后再运行。") from error
    repeated = duplicate_ids(cases)
    if repeated:
        raise CaseError(f"编号重复：{'、'.join(repeated)}。每题的 id 只能用一次。")
    return cases


def duplicate_ids(cases: Iterable[Case]) -> list[str]:
    """Ids used more than once, in order of their second use."""
    seen: set[str] = set()
    twice = [c.id for c in cases if c.id in seen or seen.add(c.id)]  # type: ignore[func-returns-value]
    return list(dict.fromkeys(twice))


def select(cases: Iterable[Case], group: str = "", split: str = "") -> list[Case]:
    """The cases of a group and of a split; '' takes all."""
    return [c for c in cases if group in ("", c.group) and split in ("", c.split)]


def fingerprint(case: Case) -> str:
    """Of what a case asks and expects: a case made easier is another case to the gate."""
    parts = (case.question, case.history, case.expect, case.gold_mode, case.facts, case.must_not)
    places = [[(g.doc, g.path, g.lead) for g in golds] for golds in (case.gold, case.also_ok)]
    raw = json.dumps([parts, places], ensure_ascii=False)
    return hashlib.sha256(raw.encode()).hexdigest()[:12]
