"""Tries every attack on a server and prints what came of each.

    python -m tests.attacks [--url http://127.0.0.1:7860] [--only path,xss-3]

Without --url a server of its own is started over planted documents (about a minute). With it only
what needs no account is tried; do that to nobody's server but your own. Exit code 1: a way in.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.attacks.everything import ATTACKS, Attack, after
from tests.attacks.ground import served
from tests.attacks.target import Target


def tried(target: Target, attacks: Sequence[Attack]) -> Iterator[tuple[Attack, str]]:
    """Each attack with what came of it ('' where the server held)."""
    for attack in attacks:
        yield attack, attack.way_in(target)


def main(argv: Sequence[str] | None = None) -> int:
    """Prints the table and the count."""
    parser = argparse.ArgumentParser(prog="python -m tests.attacks", description="逐一尝试攻击")
    parser.add_argument("--url", default="", help="已在运行的服务；只试不需要账号的")
    parser.add_argument("--only", default="", help="只试编号以此开头的，逗号隔开")
    given = parser.parse_args(argv)
    begins = tuple(given.only.split(","))
    chosen = [a for a in ATTACKS if a.id.startswith(begins) and not (given.url and a.own_only)]
    ways = 0
    with ExitStack() as stack:
        target = (
            Target(given.url)
            if given.url
            else stack.enter_context(
                served(Path(stack.enter_context(tempfile.TemporaryDirectory())))
            )
        )
        for attack, came in tried(target, chosen):
            ways += bool(came)
            print(
                f"{attack.id:10} {attack.what} ｜不应：{attack.must_not} ｜{came or '守住'}",
                flush=True,
            )
        for problem in after(target):
            ways += 1
            print(f"事后检查：{problem}")
    print(f"共 {len(chosen)} 项，{ways} 项攻入。")
    return 1 if ways else 0


if __name__ == "__main__":
    sys.exit(main())
