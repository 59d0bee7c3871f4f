"""The command line: cases -> answers -> figures -> report -> gate.

    python -m eval.run [--docs DIR] [--cases FILE…] [--mode default|model] [--set NAME=VALUE…]
                       [--only GROUP] [--split dev|unseen] [--jobs N] [--resume RUN]
                       [--answers FILE.jsonl] [--report DIR] [--against RUN] [--beside FILE]
                       [--baseline FILE] [--write-baseline FILE] [--reveal] [--judge] [--no-store]

Every run is kept in runs/ of the data folder (eval/runs.py). Exit code: 0 done, 1 the gate found a
loss, 2 nothing could be run, 130 cut off by Ctrl-C (then `--resume` goes on).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from eval import answers, gate
from eval.answers import Assistant, Library
from eval.console import beside_rows, diff_rows, overall_rows, scope_rows, table
from eval.figures import OVERALL
from eval.flow import chosen, editions, perform
from eval.options import Options, parse
from eval.page import as_html
from eval.records import Case, Got, Result
from eval.report import Run, beside_name, diff_line, headline, unmarked, write
from index.errors import UserError

_LISTED = 15  # misses named on the terminal; the report has them all


def write_answers(file: Path, cases: Sequence[Case], got: Sequence[Got]) -> None:
    """One answer a line, failed ones included."""
    lines = [
        json.dumps(answers.as_json(case.id, g), ensure_ascii=False) + "\n"
        for case, g in zip(cases, got, strict=True)
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(lines), encoding="utf-8")


def print_run(run: Run) -> None:
    """The figures; of cases only seen misses are named, and never an unseen one."""
    for label, value in headline(run).items():
        print(f"{label}：{value}")
    print(f"\n{table(overall_rows(run.summary))}\n\n{table(scope_rows(run.summary, run.titles))}")
    for case_id, why in unmarked(run):
        print(f"没有评出分：{case_id}  {why}")
    if run.beside is not None:
        rows = beside_rows(run.summary, run.beside["figures"][OVERALL])
        print(f"\n与另一次并排：{beside_name(run.beside)}\n{table(rows)}")
    if run.diff is not None:
        print(f"\n与 {run.diff.name} 逐题比较：{diff_line(run.diff)}\n{table(diff_rows(run.diff))}")
    misses = [r for r in run.results if r.case.split == "dev" and r.status in ("wrong", "failed")]
    if misses:
        rows = [[r.case.id, r.case.group, r.miss] for r in misses[:_LISTED]]
        print(f"\n没有答对的题（{len(misses)}，列出前 {len(rows)} 题）")
        print("\n".join("  " + "  ".join(row) for row in rows))


def hold(options: Options, results: Sequence[Result], library: Library) -> int:
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
    with tqdm(total=len(cases), desc="答题", unit="题", file=sys.stderr, mininterval=0.5) as bar:
        finished, made = perform(options, assistant, cases, lambda n, total: _move(bar, n, total))
    if options.answers:
        write_answers(options.answers, cases, [r.got for r in finished.results])
    print_run(finished)
    if options.report:
        written = write(finished, options.report, as_html(finished))
        print(f"\n报告：{written[0]}")
    code = hold(options, finished.results, assistant.library)
    if options.write_baseline:
        data = gate.baseline_data(finished.results, editions(assistant.library))
        gate.write_baseline(options.write_baseline, data)
        print(f"基线已写入：{options.write_baseline}")
    if not options.no_store:
        print(f"这次运行：{made.run_id}")
    return code


def _move(bar: tqdm, done: int, total: int) -> None:
    bar.total = total
    bar.update(done - bar.n)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    options = parse(arguments)
    try:
        cases = chosen(options)
        return run(options, options.opening().open(), cases)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("\n已中断。接着运行请加 --resume last。", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
