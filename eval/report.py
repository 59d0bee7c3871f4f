"""A run as report.json, report.md and report.html in one folder.

Unseen cases stay out of every list, so that nobody tunes to them by reading: only their means
are shown, unless the caller asks to reveal them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.answers import as_json
from eval.cases import as_json as case_json
from eval.console import beside_rows, diff_rows, markdown_table, overall_rows, scope_rows
from eval.diff import CHANGES, NAMES, Diff, Kind, Pair, counted
from eval.diff import as_data as diff_data
from eval.figures import OVERALL, counts, percentile
from eval.judge import Verdict
from eval.places import inside
from eval.records import Gold, Json, Result, Summary

STATUS = {"right": "正确", "wrong": "错误", "failed": "出错", "unscored": "未评分"}
ROLES = {"user": "问", "assistant": "答"}
Sections = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]  # doc_id -> (heading path, text)
_EXCERPT = 600  # characters of a gold section shown beside the answer


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: graded cases, means, and what was run (`about`: label -> value)."""

    results: Sequence[Result]
    summary: Summary
    about: Mapping[str, str]
    titles: Mapping[str, str]  # doc_id -> title
    sections: Sections
    reveal: bool = False
    beside: Mapping[str, Json] | None = None  # report.json of another run, shown beside this one
    diff: Diff | None = None  # against an earlier run, case by case
    verdict: Verdict | None = None  # a model's marks for fluency

    def shown(self) -> list[Result]:
        """The cases a report may list, misses first, each kind in the order of the run."""
        order = ("failed", "wrong", "unscored", "right")
        cases = [r for r in self.results if self.reveal or r.case.split == "dev"]
        return sorted(cases, key=lambda r: order.index(r.status))


def place(doc: str, path: Sequence[str], titles: Mapping[str, str], lead: str = "") -> str:
    """《title》 heading › heading “lead”."""
    text = f"《{titles.get(doc, doc)}》{' › '.join(path) or '（全文）'}"
    return f"{text}“{lead}”" if lead else text


def gold_text(gold: Gold, sections: Sections) -> str:
    """The beginning of the gold section as the index has it, '' where it has none."""
    texts = (text for path, text in sections.get(gold.doc, ()) if inside(gold.path, path))
    text = "\n".join(texts)
    return text[:_EXCERPT] + ("……" if len(text) > _EXCERPT else "")


def headline(run: Run) -> dict[str, str]:
    """What the run was and how it ended, label -> value."""
    number = counts(run.results)
    ended = "，".join(f"{STATUS[key]} {n}" for key, n in number.items() if n or key == "right")
    p50, p95 = percentile(run.results, 50), percentile(run.results, 95)
    times = {} if p50 is None or p95 is None else {
        "用时": f"中位 {p50 * 1000:.0f} 毫秒，95% 的题在 {p95 * 1000:.0f} 毫秒内"
    }  # fmt: skip
    marks = {"通顺": run.verdict.line()} if run.verdict else {}
    return {**run.about, "题数": f"{len(run.results)}（{ended}）", **times, **marks}


def unmarked(run: Run) -> list[tuple[str, str]]:
    """Case id and why of the answers the judge gave no mark; of unseen cases only that there are."""
    if run.verdict is None:
        return []
    shown = [u for u in run.verdict.unscored if run.reveal or u.split == "dev"]
    hidden = len(run.verdict.unscored) - len(shown)
    rest = [("保留题", f"另有 {hidden} 题没有评出分")] if hidden else []
    return [(u.case_id, u.why) for u in shown] + rest


def beside_name(other: Mapping[str, Json]) -> str:
    """What the other run was made on, as its own report says."""
    return str(other["about"].get("文件", "另一次运行"))


def diff_line(diff: Diff) -> str:
    """How many cases broke, were mended, changed."""
    return "，".join(f"{name} {n}" for name, n in counted(diff).items() if n)


def visible(run: Run, kind: Kind) -> list[Pair]:
    """The pairs of a kind that may be listed."""
    pairs = run.diff.of(kind) if run.diff else []
    return [p for p in pairs if run.reveal or p.now.case.split == "dev"]


def as_data(run: Run) -> Json:
    """The whole run for programs."""
    return {
        "about": headline(run),
        "counts": counts(run.results),
        "figures": {
            scope: {
                key: {"n": m.n, "mean": m.mean, "low": m.low, "high": m.high}
                for key, m in means.items()
            }
            for scope, means in run.summary.items()
        },
        "unmarked": [{"id": i, "why": why} for i, why in unmarked(run)],
        "diff": diff_data(run.diff, run.reveal) if run.diff else None,
        "cases": [
            {
                "id": r.case.id,
                "group": r.case.group,
                "split": r.case.split,
                "status": r.status,
                "miss": r.miss,
                "missing": list(r.missing),
                "ungrounded": list(r.ungrounded),
                "scores": dict(r.scores),
                "case": case_json(r.case),
                "answer": as_json(r.case.id, r.got),
            }
            for r in run.shown()
        ],
    }


def _markdown_case(run: Run, result: Result) -> list[str]:
    case, got = result.case, result.got
    status = STATUS[result.status] + (f"：{result.miss}" if result.miss else "")
    lines = [f"### {case.id} · {case.group} · {status}", ""]
    lines += [f"- 前文·{ROLES[role]}：{text}" for role, text in case.history]
    lines += [f"- 问：{case.question}", f"- 答：{got.error or ' '.join(got.text.split())}"]
    lines += [f"- 应有出处：{place(g.doc, g.path, run.titles, g.lead)}" for g in case.gold]
    lines += [
        f"- 实际引用：{place(c.doc_id, c.heading_path, run.titles, c.lead)}" for c in got.citations
    ]
    lines += [f"- 应有要点：{' / '.join(group)}" for group in case.facts]
    lines += [f"- 缺少要点：{fact}" for fact in result.missing]
    return [*lines, ""]


def _markdown_misses(shown: Sequence[Result]) -> list[str]:
    misses = [r for r in shown if r.status in ("wrong", "failed")]
    rows = [["编号", "分组", "问题", "原因"]]
    rows += [[r.case.id, r.case.group, " ".join(r.case.question.split()), r.miss] for r in misses]
    listed = markdown_table(rows) if misses else "没有。"
    return [f"## 没有答对的题（{len(misses)}）", "", listed, ""]


def _markdown_diff(run: Run) -> list[str]:
    if run.diff is None:
        return []
    parts = [f"## 与 {run.diff.name} 逐题比较", "", diff_line(run.diff), ""]
    parts += [markdown_table(diff_rows(run.diff)), ""]
    for kind in CHANGES:
        pairs = visible(run, kind)
        rows = [["编号", "分组", "问题", "现在的原因"]]
        rows += [
            [p.now.case.id, p.now.case.group, " ".join(p.now.case.question.split()), p.now.miss]
            for p in pairs
        ]
        if pairs:
            parts += [f"### {NAMES[kind]}（{len(pairs)}）", "", markdown_table(rows), ""]
    return parts


def as_markdown(run: Run) -> str:
    """The misses, the figures, then every case."""
    shown = run.shown()
    parts = ["# 问规 质量报告", ""]
    parts += [f"- {label}：{value}" for label, value in headline(run).items()]
    parts += ["", *_markdown_misses(shown)]
    parts += ["## 指标", "", markdown_table(overall_rows(run.summary)), ""]
    if run.beside is not None:
        parts += [f"## 与另一次并排：{beside_name(run.beside)}", ""]
        parts += [markdown_table(beside_rows(run.summary, run.beside["figures"][OVERALL])), ""]
    if unmarked(run):
        parts += ["## 评审没有给分的题", "", *(f"- {i}：{why}" for i, why in unmarked(run)), ""]
    parts += _markdown_diff(run)
    parts += ["## 分组和文件", "", markdown_table(scope_rows(run.summary, run.titles)), ""]
    parts += ["## 逐题对照", ""]
    for result in shown:
        parts += _markdown_case(run, result)
    return "\n".join(parts) + "\n"


def write(run: Run, folder: Path, html: str) -> list[Path]:
    """The three files; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    data = json.dumps(as_data(run), ensure_ascii=False, indent=1)
    contents = {"report.html": html, "report.md": as_markdown(run), "report.json": data}
    for name, text in contents.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in contents]
