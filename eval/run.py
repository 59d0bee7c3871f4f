"""The command line: cases -> answers -> figures -> report -> gate.

    python -m eval.run [--docs DIR] [--cases FILE…] [--answers FILE.jsonl] [--report DIR]
                       [--baseline FILE] [--write-baseline FILE] [--only GROUP]
                       [--split dev|unseen] [--reveal]

Exit code: 0 done, 1 the gate found a loss, 2 nothing could be run.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tqdm import tqdm

from eval import answers, gate
from eval.answers import Assistant, Library
from eval.cases import CaseError, load, select
from eval.console import beside_rows, overall_rows, scope_rows, table
from eval.figures import OVERALL, summarise
from eval.grade import grade
from eval.page import as_html
from eval.records import Case, Got, Json, Result
from eval.report import Run, Sections, beside_name, headline, write
from eval.text import squeeze
from index.errors import UserError

_LISTED = 15  # misses named on the terminal; the report has them all


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, read."""

    docs: Path | None
    cases: Sequence[Path]
    answers: Path | None
    report: Path | None
    baseline: Path | None
    write_baseline: Path | None
    only: str
    split: str
    reveal: bool
    beside: Path | None = None


def parse(arguments: Sequence[str] | None = None) -> Options:
    """The options of a command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="运行测试题")
    parser.add_argument("--docs", type=Path, help="文件所在的文件夹，缺省为 source_docs")
    parser.add_argument(
        "--cases", type=Path, nargs="+", default=[], help="测试题文件，缺省为 eval/cases/*.jsonl"
    )
    parser.add_argument("--answers", type=Path, help="把答案写到这个 .jsonl 文件")
    parser.add_argument("--report", type=Path, help="把报告（html、md、json）写到这个文件夹")
    parser.add_argument("--baseline", type=Path, help="与这份基线比较，变差则退出码为 1")
    parser.add_argument("--write-baseline", type=Path, help="把这次的分数写成基线")
    parser.add_argument("--only", default="", metavar="GROUP", help="只运行这一组")
    parser.add_argument("--split", default="", choices=["dev", "unseen"], help="只运行这一部分")
    parser.add_argument("--reveal", action="store_true", help="报告中也逐题列出保留题")
    parser.add_argument(
        "--beside", type=Path, help="另一次运行的 report.json（如另一种版本），两次的指标并排"
    )
    return Options(**vars(parser.parse_args(arguments)))


@contextmanager
def _quiet(on: bool) -> Iterator[None]:
    """Log lines may name a question; of an unseen case nothing is to be shown."""
    logging.disable(logging.CRITICAL if on else logging.NOTSET)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def ask_all(assistant: answers.Asks, cases: Sequence[Case]) -> list[Got]:
    """What came back for each case, in order, with a progress bar on stderr."""
    with _quiet(any(case.split == "unseen" for case in cases)):
        bar = tqdm(cases, desc="答题", unit="题", file=sys.stderr, mininterval=0.5)
        return [answers.ask(assistant, case) for case in bar]


def grade_all(cases: Sequence[Case], got: Sequence[Got], library: Library) -> list[Result]:
    """Every case graded against the documents' own text."""
    texts = {doc.doc_id: squeeze(library.text(doc.doc_id)) for doc in library.documents()}
    return [grade(case, g, texts) for case, g in zip(cases, got, strict=True)]


def sections_of(library: Library, doc_ids: Sequence[str]) -> Sections:
    """doc_id -> (heading path, text) of its sections, in order."""
    return {
        doc_id: [(s.heading_path, "\n".join(s.paragraphs)) for s in library.sections(doc_id)]
        for doc_id in doc_ids
    }


def write_answers(file: Path, cases: Sequence[Case], got: Sequence[Got]) -> None:
    """One answer a line, failed ones included."""
    lines = [
        json.dumps(answers.as_json(case.id, g), ensure_ascii=False) + "\n"
        for case, g in zip(cases, got, strict=True)
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), encoding="utf-8")


def make_run(options: Options, results: Sequence[Result], library: Library) -> Run:
    """The run as its report shows it."""
    documents = list(library.documents())
    named = ", ".join(map(str, options.cases)) or "eval/cases"
    models = sorted({r.got.model for r in results if r.got.model})
    return Run(
        results=results,
        summary=summarise(results),
        about={
            "文件": f"{options.docs or 'source_docs'}（{len(documents)} 份："
            f"{_editions(editions(library))}）",
            "测试题": named + (f"，分组 {options.only}" if options.only else ""),
            "模型": "、".join(models) or "不用对话模型",
        },
        titles={doc.doc_id: doc.title for doc in documents},
        sections=sections_of(library, [doc.doc_id for doc in documents]),
        reveal=options.reveal,
        beside=_other_run(options.beside),
    )


def _other_run(file: Path | None) -> dict[str, Json] | None:
    """The report.json of another run; a file that is none is the user's error."""
    if file is None:
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(found["figures"][OVERALL], dict) or "about" not in found:
            raise KeyError("about")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{file}：不是一份 report.json。请先用 --report 得到一份。") from error
    return dict(found)


def editions(library: Library) -> dict[str, str]:
    """doc_id -> 原文 or 读本."""
    return {doc.doc_id: doc.edition for doc in library.documents()}


def _editions(by_doc: Mapping[str, str]) -> str:
    names = sorted(set(by_doc.values()))
    return "，".join(f"{name} {sum(e == name for e in by_doc.values())}" for name in names)


def print_run(run: Run) -> None:
    """The figures; of cases only seen misses are named, and never an unseen one."""
    for label, value in headline(run).items():
        print(f"{label}：{value}")
    print(f"\n{table(overall_rows(run.summary))}\n\n{table(scope_rows(run.summary))}")
    if run.beside is not None:
        rows = beside_rows(run.summary, run.beside["figures"][OVERALL])
        print(f"\n与另一次并排：{beside_name(run.beside)}\n{table(rows)}")
    misses = [r for r in run.results if r.case.split == "dev" and r.status in ("wrong", "failed")]
    if misses:
        rows = [[r.case.id, r.case.group, r.miss] for r in misses[:_LISTED]]
        print(f"\n没有答对的题（{len(misses)}，列出前 {len(rows)} 题）")
        print("\n".join("  " + "  ".join(row) for row in rows))


def judge(options: Options, results: Sequence[Result], library: Library) -> int:
    """The gate: prints remarks and one line a violation; 1 where there is one."""
    if options.baseline is None:
        return 0
    accepted, before = gate.read_baseline(options.baseline)
    whole = not (options.cases or options.only or options.split)
    lines = gate.violations(results, accepted, gate.load_limits(), whole)
    print()
    for line in gate.remarks(results, accepted, before, editions(library)):
        print(f"说明：{line}")
    for line in lines:
        print(f"未通过：{line}")
    print("与基线比较：" + (f"{len(lines)} 项未通过" if lines else "通过"))
    return 1 if lines else 0


def run(options: Options, assistant: Assistant, cases: Sequence[Case]) -> int:
    """Asks, grades, writes, prints, judges; the exit code."""
    library = assistant.library
    got = ask_all(assistant, cases)
    results = grade_all(cases, got, library)
    finished = make_run(options, results, library)
    if options.answers:
        write_answers(options.answers, cases, got)
    print_run(finished)
    if options.report:
        written = write(finished, options.report, as_html(finished))
        print(f"\n报告：{written[0]}")
    code = judge(options, results, library)
    if options.write_baseline:
        data = gate.baseline_data(results, editions(library))
        gate.write_baseline(options.write_baseline, data)
        print(f"基线已写入：{options.write_baseline}")
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    options = parse(arguments)
    try:
        cases = select(load(options.cases), options.only, options.split)
        if not cases:
            raise CaseError("没有符合条件的测试题。请检查 --cases、--only 和 --split。")
        from assistant import open_assistant  # late: wrong options fail before the index loads

        return run(options, open_assistant(options.docs), cases)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
