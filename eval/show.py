"""Runs kept earlier: a list of them, or one with its figures, its report, and what changed since.

    python -m eval.show [RUN] [--against RUN] [--report DIR] [--reveal]

RUN is an id, its beginning, `last`, or a run's folder.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from eval import runs
from eval.asking import Opening
from eval.console import shown, table
from eval.flow import make_run
from eval.options import Options
from eval.page import as_html
from eval.report import write
from eval.run import print_run
from index.errors import UserError

_COLUMNS = ("right", "all_facts", "citation_recall", "citation_precision", "refusal")


def list_rows(kept: Sequence[runs.About]) -> list[list[str]]:
    """A row a run, the newest first."""
    rows = [
        ["运行", "开始", "题数", "版本", "全对", "要点全中", "引用覆盖", "引用准确", "拒答得当"]
    ]
    for about in kept:
        figures = [shown(k, about.figures[k]) if k in about.figures else "—" for k in _COLUMNS]
        ended = str(about.count) if about.finished else f"{about.count}（未完成）"
        rows.append([about.run_id, about.started, ended, about.commit or "—", *figures])
    return rows


def show(options: argparse.Namespace) -> None:
    """Prints a kept run as it was printed when it ended, and writes its report."""
    stored = runs.read(runs.find(options.run))
    docs = None if stored.about.docs == "source_docs" else Path(stored.about.docs)
    library = Opening(docs).open().library
    chosen = Options(against=options.against, reveal=options.reveal)
    run = make_run(stored.about, stored.results, library, chosen)
    print_run(run)
    if options.report:
        print(f"\n报告：{write(run, options.report, as_html(run))[0]}")


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.show", description="查看以前的运行")
    parser.add_argument("run", nargs="?", default="", help="运行的编号或 last；不写则列出全部")
    parser.add_argument("--against", default="", metavar="RUN", help="与这一次逐题比较")
    parser.add_argument("--report", type=Path, help="把报告写到这个文件夹")
    parser.add_argument("--reveal", action="store_true", help="报告中也逐题列出保留题")
    options = parser.parse_args(arguments)
    try:
        if options.run:
            show(options)
        else:
            kept = runs.listed()
            print(table(list_rows(kept)) if kept else "还没有运行过。")
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
