"""A run as one self-contained HTML page: no script, no font, no picture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from eval.console import beside_rows, diff_rows, overall_rows, scope_name, scope_rows
from eval.diff import CHANGES, NAMES, Pair
from eval.figures import OVERALL, scored
from eval.places import same_place
from eval.plots import bars, histogram
from eval.records import Case, Gold, Result
from eval.report import (
    ROLES,
    STATUS,
    Run,
    beside_name,
    diff_line,
    gold_text,
    headline,
    place,
    unmarked,
    visible,
)  # fmt: skip

_STYLE = """
:root{--ink:#1d2b3a;--paper:#fbfaf7;--line:#e4e1da;--blue:#1f5a86;--green:#22694f;--amber:#8a5600;
--red:#a3262a;--soft:#f3f1ec}
@media (prefers-color-scheme:dark){:root{--ink:#e6e3dc;--paper:#161c22;--line:#343d46;
--blue:#8fc1e6;--green:#7cc9ae;--amber:#e0b060;--red:#f0908f;--soft:#1f272f}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1200px;padding:24px 20px 80px;background:var(--paper);
color:var(--ink);font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:26px;margin:0 0 8px}h2{font-size:20px;margin:40px 0 12px}
h3{font-size:16px;margin:0 0 4px}a{color:var(--blue)}
dl.about{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0}
dl.about dd{margin:0}
.scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;padding-bottom:4px}
th,td{padding:4px 12px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
th:first-child,td:first-child{text-align:left}
.misses th,.misses td{text-align:left}
.misses .wrap{white-space:normal;min-width:12em}
article{border-top:1px solid var(--line);padding:20px 0}
.two{display:grid;grid-template-columns:1fr 1fr;gap:24px}
@media (max-width:800px){.two{grid-template-columns:1fr}}
.answer{white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:4px 0;padding:0 0 0 12px;border-left:3px solid var(--line);
white-space:pre-wrap;overflow-wrap:anywhere}
ul,ol{margin:4px 0;padding-left:22px}li{overflow-wrap:anywhere}
.right{color:var(--green)}.wrong,.failed{color:var(--red)}.unscored{color:var(--amber)}
.plot{max-width:100%;height:auto;display:block;font-size:14px;fill:var(--ink)}
.bar{fill:var(--blue)}.whisker{stroke:var(--amber);stroke-width:3}
.small{font-size:14px}summary{cursor:pointer;color:var(--blue)}
"""
_YES, _NO = '<span class="right">符合</span>', '<span class="wrong">不在应有出处</span>'


def _table(rows: Sequence[Sequence[str]], caption: str) -> str:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in rows[0])
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows[1:]
    )
    return (
        f'<div class="scroll" tabindex="0"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _list(items: Sequence[str], tag: str = "ul") -> str:
    return f"<{tag}>{''.join(f'<li>{item}</li>' for item in items)}</{tag}>" if items else ""


def _is_good(golds: Sequence[Gold], doc_id: str, path: Sequence[str]) -> str:
    return _YES if any(same_place(gold, doc_id, path) for gold in golds) else _NO


def _gold_side(run: Run, result: Result) -> str:
    case = result.case
    golds = [
        escape(place(g.doc, g.path, run.titles, g.lead))
        + f"<blockquote>{escape(gold_text(g, run.sections))}</blockquote>"
        for g in case.gold
    ]
    facts = [
        ('<span class="wrong">缺</span> ' if joined in result.missing else "") + escape(joined)
        for joined in (" / ".join(group) for group in case.facts)
    ]
    parts = ["<h3>应有</h3>", _list(golds)]
    parts += ["<p>要点</p>", _list(facts)] if facts else []
    parts += ["<p>不应出现</p>", _list([escape(f) for f in case.must_not])] if case.must_not else []
    parts += [f'<p class="small">{escape(case.note)}</p>'] if case.note else []
    expected = {"answer": "回答", "refuse": "拒答", "correct": "纠正", "validate": "核对"}
    return f"{''.join(parts)}<p class='small'>期望：{expected[case.expect]}</p>"


def _citations(run: Run, result: Result) -> str:
    golds = (*result.case.gold, *result.case.also_ok)
    items = []
    for c in result.got.citations:
        where = escape(place(c.doc_id, c.heading_path, run.titles, c.lead))
        mark = _is_good(golds, c.doc_id, c.heading_path) if golds else ""
        bad = '<span class="wrong">引文与文件不符</span>' if c.marker in result.unfaithful else ""
        quote = f"<blockquote>{escape(c.quote)}</blockquote>"
        items.append(f"[{c.marker}] {where} {mark} {bad}{quote}")
    return _list(items)


def _evidence(run: Run, result: Result) -> str:
    golds = result.case.gold
    items = [
        escape(place(e.doc_id, e.heading_path, run.titles, e.lead))
        + f" {_is_good(golds, e.doc_id, e.heading_path) if golds else ''}"
        + f"<blockquote>{escape(e.text)}</blockquote>"
        for e in result.got.evidence
    ]
    title = f"<summary>检索到的段落（{len(items)}）</summary>"
    return f"<details class='small'>{title}{_list(items, 'ol')}</details>" if items else ""


def _got_side(run: Run, result: Result) -> str:
    got = result.got
    text = got.error or got.text
    facts = ["拒答"] if got.refused else []
    facts += [f"去掉了 {got.dropped_claims} 句无依据的话"] if got.dropped_claims else []
    facts += [f"没有出处的句子 {len(result.ungrounded)} 句"] if result.ungrounded else []
    facts += [f"{got.seconds * 1000:.0f} 毫秒"] if got.seconds is not None else []
    understood = got.standalone_question
    rewritten = bool(understood) and understood != got.question
    return (
        "<h3>实际</h3>"
        + (f"<p class='small'>理解为：{escape(understood)}</p>" if rewritten else "")
        + f"<p class='answer'>{escape(text)}</p>{_citations(run, result)}"
        + f"<p class='small'>{escape('，'.join(facts))}</p>{_evidence(run, result)}"
    )


def _question(case: Case) -> str:
    history = "".join(
        f"<p class='small'>前文·{ROLES[role]}：{escape(text)}</p>" for role, text in case.history
    )
    return f"{history}<h3>{escape(case.question)}</h3>"


def _case(run: Run, number: int, result: Result) -> str:
    case = result.case
    status = STATUS[result.status] + (f"：{result.miss}" if result.miss else "")
    return (
        f'<article id="c{number}"><p class="small">{escape(case.id)} · {escape(case.group)} · '
        f'<span class="{result.status}">{escape(status)}</span></p>{_question(case)}'
        f'<div class="two"><div>{_gold_side(run, result)}</div>'
        f"<div>{_got_side(run, result)}</div></div></article>"
    )


def _misses(shown: Sequence[Result]) -> str:
    rows = "".join(
        f'<tr><td><a href="#c{i}">{escape(r.case.id)}</a></td>'
        f'<td class="wrap">{escape(r.case.question)}</td>'
        f"<td>{escape(r.miss)}</td><td>{escape(r.case.group)}</td></tr>"
        for i, r in enumerate(shown)
        if r.status in ("wrong", "failed")
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in ("编号", "问题", "原因", "分组"))
    table = f"<table class='misses'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return f'<div class="scroll" tabindex="0">{table}</div>' if rows else "<p>没有。</p>"


def _unmarked(run: Run) -> str:
    items = [f"{escape(i)}：{escape(why)}" for i, why in unmarked(run)]
    return f"<h2>评审没有给分的题</h2>{_list(items)}" if items else ""


def _intervals(run: Run) -> str:
    """Every figure with its interval, a table a group and document, folded."""
    tables = "".join(
        _table(overall_rows(run.summary, scope), scope_name(scope, run.titles))
        for scope in run.summary
        if scope != OVERALL
    )
    return f"<details><summary>各组、各文件的 95% 区间</summary>{tables}</details>"


def _beside(run: Run) -> str:
    """The figures of another run beside this one's, '' where none was given."""
    if run.beside is None:
        return ""
    rows = beside_rows(run.summary, run.beside["figures"][OVERALL])
    return f"<h2>与另一次并排</h2>{_table(rows, escape(beside_name(run.beside)))}"


def _plots(run: Run) -> str:
    """Bars of the right answers by group and by document, and how times and lengths spread."""
    scopes = {
        scope_name(scope, run.titles): means["right"]
        for scope, means in run.summary.items()
        if "right" in means
    }
    seconds = [value * 1000 for value in scored(run.results, "seconds")]
    parts = {
        "全对的比例，横线是 95% 区间，括号里是题数": bars(list(scopes.items()), "全对的比例"),
        "回答一题的时间（毫秒）": histogram(seconds, "回答一题的时间", "毫秒"),
        "答案的字数": histogram(scored(run.results, "length"), "答案的字数", "字"),
    }
    return "".join(
        f"<figure><figcaption>{escape(name)}</figcaption>{plot}</figure>"
        for name, plot in parts.items()
        if plot
    )


def _changed(pair: Pair) -> str:
    """A case's earlier and present answer side by side."""
    case, before, now = pair.now.case, pair.before, pair.now
    sides = [
        f"<div><h3>{name}（{STATUS[r.status]}{'：' + escape(r.miss) if r.miss else ''}）</h3>"
        f"<p class='answer'>{escape(r.got.error or r.got.text)}</p></div>"
        for name, r in (("以前", before), ("现在", now))
    ]
    head = f'<p class="small">{escape(case.id)} · {escape(case.group)}</p>{_question(case)}'
    return f'<article>{head}<div class="two">{"".join(sides)}</div></article>'


def _diff(run: Run) -> str:
    """The comparison with an earlier run, '' where none was asked for."""
    if run.diff is None:
        return ""
    parts = [f"<h2>与 {escape(run.diff.name)} 逐题比较</h2><p>{escape(diff_line(run.diff))}</p>"]
    parts.append(_table(diff_rows(run.diff), "两次都有的题的均值，差的 95% 区间按题配对（自助法）"))
    for kind in CHANGES:
        pairs = visible(run, kind)
        body = "".join(_changed(pair) for pair in pairs)
        fold = "" if kind == "changed" else " open"
        title = f"<summary>{NAMES[kind]}（{len(pairs)}）</summary>"
        parts.append(f"<details{fold}>{title}{body}</details>" if pairs else "")
    return "".join(parts)


def as_html(run: Run) -> str:
    """The page: what was run, the figures, the misses, then every case side by side."""
    shown = run.shown()
    hidden = len(run.results) - len(shown)
    about = "".join(f"<dt>{escape(k)}</dt><dd>{escape(v)}</dd>" for k, v in headline(run).items())
    note = f"<p class='small'>保留题 {hidden} 道只计入指标，不逐题列出。</p>" if hidden else ""
    cases = "".join(_case(run, i, r) for i, r in enumerate(shown))
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>问规 质量报告</title><style>{_STYLE}</style></head><body>"
        f"<h1>问规 质量报告</h1><dl class='about'>{about}</dl>{note}"
        f"<h2>没有答对的题</h2>{_misses(shown)}"
        f"<h2>指标</h2>{_table(overall_rows(run.summary), '各指标的均值与 95% 区间（自助法）')}"
        f"{_unmarked(run)}{_plots(run)}{_beside(run)}{_diff(run)}"
        f"<h2>分组和文件</h2>{_table(scope_rows(run.summary, run.titles), '分组和文件的均值')}"
        f"{_intervals(run)}"
        f"<h2>逐题对照</h2>{cases or '<p>没有可列出的题。</p>'}</body></html>\n"
    )
