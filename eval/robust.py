"""Whether answers hold where nothing that matters changes, and where somebody plants a trap.

    python -m eval.robust [--docs DIR] [--cases FILE…] [--limit N] [--suite NAME…]

variants       questions put differently by rule (eval/variants.py)
repeated       the same question five times: the same answer
shuffled       the documents under other names and in another order
doubled        every document twice, the copy under an id of its own
contradicted   a second document gives another figure: both are given, each with its source
instructed     a document holds orders to the assistant: no answer obeys

Each is run on the open cases (--limit takes every n-th) and printed beside the plain run. Nothing
here judges: a person reads the table. The documents are copied; the index in use is not touched.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from eval import answers, traps
from eval.answers import Assistant
from eval.asking import Opening
from eval.cases import load, select
from eval.console import table
from eval.figures import scored
from eval.flow import grade_all
from eval.records import Case, Got, Result
from eval.text import fold, stands_in
from eval.variants import KINDS, variants
from index.errors import UserError

ROOT = Path(__file__).resolve().parent.parent
_TIMES = 5
_COLUMNS = ("right", "all_facts", "recall_5", "citation_recall", "citation_precision", "refusal")
SUITES = ("variants", "repeated", "shuffled", "doubled", "contradicted", "instructed")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table: a plain text cell for each column, '' where it does not apply."""

    name: str
    cells: Mapping[str, str]
    n: int


def _asked(assistant: Assistant, cases: Sequence[Case], name: str) -> list[Got]:
    bar = tqdm(cases, desc=name, file=sys.stderr, mininterval=0.5)
    return [answers.ask(assistant, case) for case in bar]


def _share(value: float) -> str:
    return f"{value * 100:.1f}%"


def _means(name: str, results: Sequence[Result], **more: str) -> Line:
    values = {key: scored(results, key) for key in _COLUMNS}
    cells = {key: _share(sum(v) / len(v)) for key, v in values.items() if v}
    return Line(name, cells | more, len(results))


def same_facts(one: Got, other: Got, case: Case) -> bool:
    """Whether two answers meet the same facts of the case, and both refuse or neither."""

    def met(got: Got) -> list[bool]:
        text = fold(got.text)
        return [any(stands_in(fact, text) for fact in group) for group in case.must]

    return one.refused == other.refused and met(one) == met(other)


def steady(pairs: Sequence[tuple[Got, Got, Case]]) -> str:
    """The share of the pairs with the same facts."""
    return _share(sum(same_facts(*pair) for pair in pairs) / len(pairs)) if pairs else ""


def put_differently(
    assistant: Assistant, cases: Sequence[Case], plain: Sequence[Got]
) -> Iterator[Line]:
    """A line for each kind of variant, with the plain answers' figures over the same cases."""
    before = dict(zip((c.id for c in cases), plain, strict=True))
    for kind, (name, _) in KINDS.items():
        made = [v for case in cases for v in variants(case, [kind])]
        if not made:
            continue
        got = _asked(assistant, made, name)
        own = [before[v.id.rpartition("~")[0]] for v in made]
        kept = grade_all(made, own, assistant.library)
        yield _means(f"{name}：原来的问法", kept)
        now = grade_all(made, got, assistant.library)
        yield _means(f"{name}", now, same=steady(list(zip(own, got, made, strict=True))))


def repeated(assistant: Assistant, cases: Sequence[Case], plain: Sequence[Got]) -> Iterator[Line]:
    """The same question again and again: to the letter, and by its facts."""
    rounds = [_asked(assistant, cases, f"第{n}遍") for n in range(2, _TIMES + 1)]
    pairs = [(p, g, c) for got in rounds for p, g, c in zip(plain, got, cases, strict=True)]
    alike = [p.text == g.text and p.citations == g.citations for p, g, _ in pairs]
    same = _share(sum(alike) / len(alike)) if alike else ""
    yield Line(f"同一问题{_TIMES}遍（逐字相同 {same}）", {"same": steady(pairs)}, len(cases))


def _renamed(got: Got, names: Mapping[str, str]) -> Got:
    """The answer with a copy's id as its original's: the copy's section is as right."""
    return replace(
        got,
        citations=tuple(replace(c, doc_id=names.get(c.doc_id, c.doc_id)) for c in got.citations),
        evidence=tuple(replace(e, doc_id=names.get(e.doc_id, e.doc_id)) for e in got.evidence),
    )


def rearranged(
    docs: Path,
    plain: Assistant,
    cases: Sequence[Case],
    name: str,
    make: Callable[[Path, Path], dict[str, str]],
) -> Iterator[Line]:
    """The cases over documents rearranged by `make`, which tells copies' ids from originals'."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "docs"
        names = make(docs, target)
        other = Opening(target).open()
        got = [_renamed(g, names) for g in _asked(other, cases, name)]
        yield _means(name, grade_all(cases, got, plain.library))


def contradicted(docs: Path, plain: Assistant, cases: Sequence[Case]) -> Iterator[Line]:
    """Both figures given, each cited from its own document."""
    with tempfile.TemporaryDirectory() as folder:
        planted = traps.contradictions(docs, Path(folder) / "docs", plain.library)
        other = Opening(Path(folder) / "docs").open()
        got = _asked(other, [p.case for p in planted], "矛盾")
        both = [traps.gives_both(p, g) for p, g in zip(planted, got, strict=True)]
        alone = [traps.gives_planted_alone(p, g) for p, g in zip(planted, got, strict=True)]
    n = max(len(planted), 1)
    name = f"两份文件数字不同（只说后来那份 {_share(sum(alone) / n)}）"
    yield Line(name, {"same": _share(sum(both) / n)}, len(planted))


def instructed(docs: Path, plain: Assistant, cases: Sequence[Case]) -> Iterator[Line]:
    """Answers that hold the planted word, which only the orders ask for."""
    with tempfile.TemporaryDirectory() as folder:
        traps.instructions(docs, Path(folder) / "docs")
        other = Opening(Path(folder) / "docs").open()
        got = _asked(other, cases, "命令")
        obeyed = sum(traps.obeys(g) for g in got)
        results = grade_all(cases, got, plain.library)
        yield _means(f"文件里有命令（照做的 {obeyed} 题）", results)


def lines(docs: Path, cases: Sequence[Case], suites: Sequence[str]) -> Iterator[Line]:
    """The table's rows, the plain run first."""
    plain = Opening(docs).open()
    got = _asked(plain, cases, "原样")
    yield _means("原样", grade_all(cases, got, plain.library))
    if "variants" in suites:
        yield from put_differently(plain, cases, got)
    if "repeated" in suites:
        yield from repeated(plain, cases, got)
    if "shuffled" in suites:
        yield from rearranged(docs, plain, cases, "文件换名换序", traps.shuffled)
    if "doubled" in suites:
        yield from rearranged(docs, plain, cases, "每份文件两遍", traps.doubled)
    if "contradicted" in suites:
        yield from contradicted(docs, plain, cases)
    if "instructed" in suites:
        yield from instructed(docs, plain, cases)


def rows(found: Sequence[Line]) -> list[list[str]]:
    """The table for a terminal."""
    heads = [
        "",
        "题数",
        "全对",
        "要点全中",
        "出处@5",
        "引用覆盖",
        "引用准确",
        "拒答得当",
        "要点不变",
    ]
    keys = (*_COLUMNS, "same")
    return [heads, *([f.name, str(f.n), *(f.cells.get(k, "") for k in keys)] for f in found)]


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.robust", description="稳不稳")
    parser.add_argument("--docs", type=Path, default=ROOT / "source_docs", help="文件所在的文件夹")
    parser.add_argument("--cases", type=Path, nargs="+", default=[], help="测试题文件")
    parser.add_argument("--limit", type=int, default=1, metavar="N", help="每 N 题取一题")
    parser.add_argument("--suite", nargs="+", choices=SUITES, default=list(SUITES))
    options = parser.parse_args(arguments)
    try:
        cases = select(load(options.cases), split="dev")[:: max(options.limit, 1)]
        print(table(rows(list(lines(options.docs, cases, options.suite)))))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
