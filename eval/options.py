"""The command line of `python -m eval.run`, read into one record. Runs nothing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from eval.asking import MODES, Mode, Opening


@dataclass(frozen=True, slots=True)
class Options:
    """The command line, read; also what the 质检 page starts a run with."""

    docs: Path | None = None
    cases: Sequence[Path] = ()
    mode: Mode = "default"
    set: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    split: str = ""
    jobs: int = 0
    resume: str = ""
    answers: Path | None = None
    report: Path | None = None
    against: str = ""
    beside: Path | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None
    reveal: bool = False
    judge: bool = False
    no_store: bool = False

    def opening(self) -> Opening:
        return Opening(self.docs, self.mode, self.set)


def _change(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise argparse.ArgumentTypeError(f"“{text}”应写成 名称=值，例如 retrieve.k=8")
    return name.strip(), value.strip()


def parse(arguments: Sequence[str] | None = None) -> Options:
    """The options of a command line."""
    parser = argparse.ArgumentParser(prog="python -m eval.run", description="运行测试题")
    add = parser.add_argument
    add("--docs", type=Path, help="文件所在的文件夹，缺省为 source_docs")
    add("--cases", type=Path, nargs="+", default=[], help="测试题文件，缺省为 eval/cases/*.jsonl")
    add("--mode", default="default", choices=MODES, help="default 不用对话模型，model 用")
    add("--set", type=_change, nargs="+", action="extend", default=[], metavar="NAME=VALUE",
        help="改一项设置，例如 retrieve.k=8")  # fmt: skip
    add("--only", default="", metavar="GROUP", help="只运行这一组")
    add("--split", default="", choices=["dev", "unseen"], help="只运行这一部分")
    add("--jobs", type=int, default=0, help="用几个进程，缺省按题数和处理器决定")
    add("--resume", default="", metavar="RUN", help="接着运行中断的这一次，last 为最近一次")
    add("--answers", type=Path, help="把答案写到这个 .jsonl 文件")
    add("--report", type=Path, help="把报告（html、md、json）写到这个文件夹")
    add("--against", default="", metavar="RUN", help="与以前的一次运行逐题比较，last 为最近一次")
    add("--beside", type=Path, help="另一次运行的 report.json（如另一种版本），两次的指标并排")
    add("--baseline", type=Path, help="与这份基线比较，变差则退出码为 1")
    add("--write-baseline", type=Path, help="把这次的分数写成基线")
    add("--reveal", action="store_true", help="报告中也逐题列出保留题")
    add("--judge", action="store_true", help="请 LLM_… 设置的模型评通顺")
    add("--no-store", action="store_true", help="不留下这次运行的记录")
    given = vars(parser.parse_args(arguments))
    return Options(**given | {"set": dict(given["set"])})
