"""Known weaknesses of everything that 问规 brings along, by pip-audit. Needs a network; says so where there is none.

    python scripts/audit.py [--service pypi|osv] [--path SITE_PACKAGES]

pip-audit is put, pinned, into an environment of its own that is thrown away: ours stays as it is.
Exit code 0: every package was looked up and none is known to be weak. 1: some are. 2: some could not
be looked up. 3: nothing was looked up (no network, or a mirror that knows no weaknesses).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOOL = "pip-audit==2.10.1"
SECONDS = 600  # a look-up of some two hundred packages, one after the other


class NotAudited(Exception):
    """Nothing was looked up; the message says why and what to do."""


@dataclass(frozen=True)
class Found:
    """What the service knows: weak packages with their advisories, and those it does not know."""

    checked: int
    weak: tuple[str, ...]
    unknown: tuple[str, ...]


def found(report: dict[str, Any]) -> Found:
    """pip-audit's JSON, read. A package that was skipped counts as unknown, never as sound."""
    packages = report["dependencies"]
    checked = [p for p in packages if "skip_reason" not in p]
    weak = [
        f"{p['name']}=={p['version']}：{one['id']}，修复于 {'、'.join(one['fix_versions']) or '还没有'}"
        for p in checked
        for one in p["vulns"]
    ]
    unknown = [p["name"] for p in packages if "skip_reason" in p]
    return Found(len(checked), tuple(weak), tuple(unknown))


def said(result: Found) -> tuple[str, int]:
    """The words for people and the exit code."""
    if not result.checked:
        return "一个也没有查到：这里用的软件源没有漏洞信息。请在能访问漏洞库的机器上运行。", 3
    lines = [*result.weak]
    if result.unknown:
        lines.append(f"没有查到的{len(result.unknown)}个：{'、'.join(result.unknown)}")
    lines.append(f"查了{result.checked}个，有已知漏洞的：{len(result.weak)}处。")
    return "\n".join(lines), 1 if result.weak else 2 if result.unknown else 0


def run(path: Path, service: str) -> dict[str, Any]:
    """pip-audit's report on the packages under `path`; raises NotAudited."""
    with tempfile.TemporaryDirectory() as place:
        python = _tool(Path(place))
        command = [python, "-m", "pip_audit", "--path", path, "--vulnerability-service", service,
                   "--format", "json", "--progress-spinner", "off"]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise NotAudited(f"漏洞库 {service} 太慢，没有查完。请稍后再试。") from error
    try:
        report: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise NotAudited(
            f"连不上漏洞库 {service}，没有检查。请在能联网的机器上用同样的 requirements.txt 装好再运行。"
        ) from error
    return report


def _tool(place: Path) -> Path:
    venv.create(place, with_pip=True)
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    command = [python, "-m", "pip", "install", "--quiet", "--retries", "1", "--timeout", "15", TOOL]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotAudited(f"装不上 {TOOL}，没有检查。请在能联网的机器上运行。")
    return python


def main(argv: Sequence[str] | None = None) -> int:
    """Prints what is known; the exit code says whether all were looked up and are sound."""
    parser = argparse.ArgumentParser(
        prog="python scripts/audit.py", description="检查依赖的已知漏洞"
    )
    parser.add_argument("--service", choices=("pypi", "osv"), default="pypi", help="漏洞库")
    parser.add_argument("--path", type=Path, default=Path(sysconfig.get_path("purelib")),
                        help="要检查的 site-packages，默认是现在用的")  # fmt: skip
    given = parser.parse_args(argv)
    try:
        words, code = said(found(run(given.path, given.service)))
    except NotAudited as error:
        print(error, file=sys.stderr)
        return 3
    print(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
