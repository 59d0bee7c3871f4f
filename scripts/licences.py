"""Every installed package that requirements.txt brings, with its licence; 1 where one can't be used.

    .venv/bin/python scripts/licences.py [REQUIREMENTS.txt …]

Reads what each package says of itself (its metadata); nothing is fetched. Refused: AGPL, GPL without an
exception for libraries, and licences that can't be found. Known weaknesses are looked up by
pip-audit, which needs a network: `pip-audit -r requirements.txt` on a machine that has one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement

ROOT = Path(__file__).resolve().parents[1]
_REFUSED = re.compile(r"\bAGPL|Affero|SSPL|Server Side Public|Commons Clause|\bGPL|General Public")
_ALLOWED = re.compile(
    r"\bLGPL|Lesser General Public|with GCC exception|FOSS|OR MIT|OR Apache", re.I
)


def needed(files: list[Path]) -> Iterator[Distribution]:
    """The packages that the files name and all that those need here, each once, by name."""
    waiting = [Requirement(line) for file in files for line in _lines(file)]
    found: dict[str, Distribution] = {}
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        if name in found or not _applies(wanted, set()):
            continue
        try:
            found[name] = distribution(wanted.name)
        except PackageNotFoundError:
            continue  # of another system
        for line in found[name].requires or ():
            need = Requirement(line)
            if _applies(need, wanted.extras):
                waiting.append(need)
    yield from (found[name] for name in sorted(found))


def licence(package: Distribution) -> str:
    """What a package says its licence is, in a few words; '' where it says nothing."""
    said = package.metadata
    expression = said.get("License-Expression")
    if expression:
        return str(expression)
    classes = [c.rsplit("::", 1)[-1].strip() for c in said.get_all("Classifier") or ()
               if c.startswith("License ::") and c.count("::") > 1]  # fmt: skip
    if classes:
        return "; ".join(classes)
    first = str(said.get("License") or "").strip().split("\n", 1)[0]
    return first[:60] or _from_file(package)


def refused(words: str) -> bool:
    """Whether a licence can't be used in this product."""
    return not words or bool(_REFUSED.search(words) and not _ALLOWED.search(words))


def _from_file(package: Distribution) -> str:
    for file in package.files or ():
        if re.match(r"(?:LICEN[CS]E|COPYING)", file.name, re.I):
            text = Path(str(package.locate_file(file))).read_text("utf-8", "replace")[:3000]
            for name in (
                "Apache License",
                "MIT License",
                "BSD",
                "Mozilla Public",
                "Permission is hereby",
            ):
                if name in text:
                    return {"Permission is hereby": "MIT"}.get(name, name)
    return ""


def _lines(file: Path) -> Iterator[str]:
    for line in file.read_text("utf-8").splitlines():
        text = line.partition("#")[0].strip()
        if text.startswith("-r "):
            yield from _lines(file.parent / text[3:].strip())
        elif text:
            yield text


def _applies(need: Requirement, extras: set[str]) -> bool:
    if need.marker is None:
        return True
    return any(need.marker.evaluate({"extra": extra}) for extra in extras or {""})


def main(argv: list[str]) -> int:
    """Prints the list; the exit code says whether all can be used."""
    files = [Path(name) for name in argv] or [ROOT / "requirements.txt"]
    try:
        packages = list(needed(files))
    except (OSError, InvalidRequirement) as error:
        print(f"读不了依赖清单：{error}", file=sys.stderr)
        return 2
    wrong = []
    for package in packages:
        words = licence(package)
        name = f"{package.metadata['Name']}=={package.version}"
        print(f"{name:45} {words or '没有写明'}")
        if refused(words):
            wrong.append(name)
    print(f"共{len(packages)}个；不能用的：{'、'.join(wrong) or '没有'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
