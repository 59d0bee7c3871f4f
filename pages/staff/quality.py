"""The page 质检 as HTML: the runs' trend, a run read case by case, two compared.

Pure; every text is escaped. Knows the suite's plain data (eval/desk.py); does nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Protocol

from pages.records.feedback import Complaint
from pages.staff.complaints import BACK, Json, address, places, queue
from pages.staff.job import Progress

STATUSES = {"right": "对", "wrong": "不对", "failed": "出错", "unscored": "没有评分"}
EXPECTED = {"answer": "回答", "refuse": "拒答", "correct": "纠正", "validate": "请改写问题"}
KINDS = {"broke": "变坏", "mended": "变好", "changed": "有变化，对错不变"}
_SHOWN = 200  # cases of a page
_TREND = 20  # runs in the picture
_SHOWN_FIGURES = ("right", "all_facts", "citation_recall", "citation_precision", "refusal")


class Suite(Protocol):
    """What the page asks of the suite; app.py hands in eval's Desk."""

    def runs(self) -> Sequence[Json]: ...

    def figures(self) -> Sequence[Json]: ...

    def groups(self) -> Sequence[str]: ...

    def run(self, run_id: str, against: str = "") -> Json: ...

    def compare(self, earlier: str, later: str) -> Json: ...

    def start(
        self, progress: Any, stop: Any, only: str = "", split: str = "", mode: Any = "default"
    ) -> str: ...

    def draft(self, complaint: Json) -> Json: ...

    def findings(self, case: Json) -> Sequence[Json]: ...

    def accept(self, case: Json) -> Json: ...


def overview(
    suite: Suite, work: Progress, waiting: Sequence[Complaint], counts: Mapping[str, int], may: bool
) -> str:
    """The page's first view."""
    runs = suite.runs()
    return (
        f"<h1>质检</h1>{_work(work, suite.groups(), may)}{_trend(runs)}{_runs(runs, suite.figures())}"
        f"{queue(waiting, counts)}"
    )


def _work(work: Progress, groups: Sequence[str], may: bool) -> str:
    if work.running:
        stop = '<button type="button" class="quiet" data-post="stop">停止</button>' if may else ""
        return (
            f'<section class="work" data-poll><p role="status">{escape(work.said)}</p>'
            f'<progress max="{work.total or 1}" value="{work.done}" aria-label="运行的进度"></progress>{stop}</section>'
        )
    said = (
        f'<p class="said{" failure" if work.failed else ""}" role="status">{escape(work.said)}</p>'
    )
    if not may:
        return f'<section class="work">{said}</section>'
    options = "".join(f"<option>{escape(group)}</option>" for group in groups)
    return (
        '<section class="work"><form class="narrowing" data-post="run"><label>分组'
        f'<select name="only"><option value="">全部题目</option>{options}</select></label>'
        f'<button type="submit" class="solid">开始运行</button></form>{said}</section>'
    )


def _trend(runs: Sequence[Json]) -> str:
    """全对 of the last whole runs as a line of points, each a link; the table below says the same."""
    done = [r for r in runs if r["finished"] and "right" in r["figures"]]
    whole = [r for r in done if r["only"] == done[0]["only"]][:_TREND][::-1]
    if len(whole) < 2:
        return ""
    step = 100 / (len(whole) - 1)
    places = [(n * step, 100 - 100 * r["figures"]["right"]) for n, r in enumerate(whole)]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    marks = "".join(
        f'<a class="point last" style="left:{x:.1f}%;top:{y:.1f}%" href="{escape(address("run", id=r["run_id"]))}"'
        f' data-view aria-label="{escape(_run_words(r))}" title="{escape(_run_words(r))}"></a>'
        for (x, y), r in zip(places, whole, strict=True)
    )
    return (
        f"<h2>全对的题占多少</h2><p class='fine'>{escape(whole[0]['only'] or '全部题目')}，"
        f"最近{len(whole)}次完成的运行，由旧到新；"
        "横线自上而下是100%、50%、0%。</p>"
        f'<div class="trend"><svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">'
        f'<polyline points="{line}"/></svg>{marks}</div>'
    )


def _run_words(run: Json) -> str:
    return f"{run['started']}，{run['count']}题，全对{run['figures']['right']:.1%}"


def _runs(runs: Sequence[Json], figures: Sequence[Json]) -> str:
    if not runs:
        return '<p class="notes">还没有运行过。选一个分组开始第一次运行。</p>'
    labels = {f["key"]: f["label"] for f in figures}
    shown = [key for key in _SHOWN_FIGURES if key in labels]
    heads = "".join(
        f"<th scope='col'>{escape(h)}</th>"
        for h in ("运行", "题数", *(labels[k] for k in shown), "比较")
    )
    done = [r for r in runs if r["finished"]]
    rows = "".join(_run_row(run, shown, done) for run in runs[:_SHOWN])
    return (
        f'<h2>历次运行</h2><div class="table-wrap" tabindex="0"><table><thead><tr>{heads}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_pick(done)}"
    )


def _pick(done: Sequence[Json]) -> str:
    """Any two runs to be compared."""
    if len(done) < 2:
        return ""
    names = [(r["run_id"], f"{r['started'].replace('T', ' ')} {r['only'] or '全部'}") for r in done]
    options = "".join(
        f'<option value="{escape(n)}">{escape(w)}</option>' for n, w in names[:_SHOWN]
    )
    return (
        f'<form class="narrowing" data-get="compare"><label>从<select name="a">{options}</select></label>'
        f'<label>到<select name="b">{options}</select></label>'
        '<button type="submit" class="quiet">比较</button></form>'
    )


def _run_row(run: Json, shown: Sequence[str], done: Sequence[Json]) -> str:
    name = run["run_id"]
    words = f"{run['started'].replace('T', ' ')} {run['only'] or '全部'}"
    older = done[done.index(run) + 1 :] if run in done else []
    before = next((r["run_id"] for r in older if r["only"] == run["only"]), "")
    cells = "".join(
        f"<td>{run['figures'][key]:.1%}</td>" if key in run["figures"] else "<td>—</td>"
        for key in shown
    )
    link = (
        f'<a href="{escape(address("run", id=name))}" data-view>{escape(words)}</a>'
        if run in done
        else f'{escape(words)} <span class="fine">没有完成</span>'
    )
    against = (
        f'<a href="{escape(address("compare", a=before, b=name))}" data-view>与上一次</a>'
        if before
        else ""
    )
    return f"<tr><th scope='row'>{link}</th><td>{run['count']}</td>{cells}<td>{against}</td></tr>"


def run_view(run: Json, status: str, group: str, words: str) -> str:
    """A run's open cases, narrowed, each with gold and got side by side."""
    cases = run["cases"]
    groups = sorted({c["group"] for c in cases})
    fits = [
        c
        for c in cases
        if status in ("", c["status"])
        and group in ("", c["group"])
        and words in c["case"]["question"] + c["answer"]["text"] + c["id"]
    ]
    about = run["run"]
    form = (
        '<form class="narrowing" data-get="run"><input type="hidden" name="id"'
        f' value="{escape(about["run_id"])}">{_choice("status", "结果", STATUSES, status)}'
        f"{_choice('group', '分组', {g: g for g in groups}, group)}"
        f'<label>查找<input type="search" name="q" value="{escape(words)}"></label>'
        '<button type="submit" class="quiet">筛选</button></form>'
    )
    items = "".join(map(_case, fits[:_SHOWN]))
    more = f"，列出前{_SHOWN}题" if len(fits) > _SHOWN else ""
    return (
        f"{BACK}<h1>{escape(about['started'].replace('T', ' '))}的运行</h1>"
        f'<p class="fine">版本 {escape(about["commit"] or "不明")}，索引 {escape(about["index_hash"])}，设置'
        f" {escape(about['settings_hash'])}。保留题只计入平均，不逐题列出。</p>{form}"
        f'<p role="status">符合的有{len(fits)}题{more}。</p><ul class="cases">{items}</ul>'
    )


def _choice(name: str, words: str, options: Mapping[str, str], chosen: str) -> str:
    items = "".join(
        f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(label)}</option>'
        for key, label in options.items()
    )
    return f'<label>{words}<select name="{name}"><option value="">全部</option>{items}</select></label>'


def _case(one: Json) -> str:
    case, got = one["case"], one["answer"]
    history = "".join(f'<p class="fine">前文：{escape(t["content"])}</p>' for t in case["history"])
    must = "".join(f"<li>{escape(' / '.join(group))}</li>" for group in case["must"])
    missing = (
        f'<p class="notes">缺少：{escape("；".join(one["missing"]))}</p>' if one["missing"] else ""
    )
    return (
        f'<li><details><summary><span class="state {one["status"]}">{STATUSES[one["status"]]}</span>'
        f'{escape(case["question"])} <span class="fine">{escape(one["id"])} {escape(one["miss"])}</span></summary>'
        f'{history}<div class="side"><div><h3>应当</h3><p class="fine">{EXPECTED[case["expect"]]}</p>'
        f"<ul>{must}</ul>{places(case['gold'], 'doc', 'path')}</div><div><h3>实际</h3>"
        f"<p>{escape(got.get('error') or got['text'])}</p>{missing}"
        f"{places(got['citations'], 'doc_id', 'heading_path')}</div></div></details></li>"
    )


def compare_view(found: Json, earlier: str, later: str) -> str:
    """What changed from one run to another."""
    counts = found["counts"]
    said = "，".join(f"{words}{counts[kind]}题" for kind, words in KINDS.items())
    items = "".join(
        f'<li><details><summary><span class="state {c["kind"]}">{KINDS[c["kind"]]}</span>{escape(c["question"])}'
        f' <span class="fine">{escape(c["id"])}</span></summary><div class="side"><div><h3>以前</h3>'
        f"<p>{escape(c['before'])}</p></div><div><h3>现在</h3><p>{escape(c['now'])}</p></div></div></details></li>"
        for c in found["cases"][:_SHOWN]
    )
    return (
        f'{BACK}<h1>两次运行逐题比较</h1><p class="fine">{escape(earlier)} → {escape(later)}</p><p>{said}；'
        f"没有变化{counts['same']}题，新增{counts['added']}，不见{counts['gone']}，题目改过{counts['altered']}。</p>"
        f'<ul class="cases">{items}</ul>'
    )
