"""Scores the outline against the true headings of other cities' documents.

`PYTHONPATH=. python tests/index/outline/test_true_headings.py [NAME…]` prints the score of each
file; the test leaves the large PDFs out, which take seconds to read. A listed path is found
where it is the end of a section's heading path, its own first elements (the document's title) left
out if need be. A numbered clause that is a whole sentence (（四）…；) counts as found where a
paragraph of that section opens with it, for clauses are paragraphs here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index import readers
from index.errors import DocumentError
from index.outline import parse
from index.records import ParsedDocument

DOCUMENTS = Path(__file__).resolve().parents[4] / "shared" / "other_docs"
MAX_PDF_BYTES = 500_000
_WHITE = re.compile(r"[\s\u3000]+")
_SAME = str.maketrans({",": "，", ":": "：", "(": "（", ")": "）", "．": ".", '"': "“", "”": "“"})


@dataclass(frozen=True)
class Score:
    """What was found of one file's listed headings."""

    name: str
    headings: int
    clauses: int
    missing: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def listed(self) -> int:
        return self.headings + self.clauses + len(self.missing)


def documents() -> Iterator[tuple[Path, Path]]:
    """Each document with its list of true headings."""
    for folder in sorted(DOCUMENTS.iterdir() if DOCUMENTS.is_dir() else ()):
        lists = sorted(folder.glob("*.headings.txt")) if folder.is_dir() else []
        for path in sorted(folder.iterdir()) if lists else []:
            if path not in lists:
                yield path, lists[0]


def score(path: Path, listed: Path) -> Score:
    """Reads, parses and compares one document."""
    parsed = parse(readers.read(path), path.stem)
    sections = [([bare(h) for h in s.heading_path], s.paragraphs) for s in parsed.sections]
    headings = clauses = 0
    missing: list[str] = []
    wrong: list[str] = []
    for line in listed.read_text(encoding="utf-8").splitlines():
        text = line.split("\t")[0].strip()
        if text.startswith("! "):
            wrong += [text] if _is_heading(text[2:], parsed) else []
            continue
        wanted = [bare(part) for part in text.split(" > ")] if text else []
        if not wanted or any(_ends_with(path_, wanted) for path_, _ in sections):
            headings += bool(wanted)
        elif any(_clause(path_, texts, wanted) for path_, texts in sections):
            clauses += 1
        else:
            missing.append(text)
    return Score(path.name, headings, clauses, tuple(missing), tuple(wrong))


def bare(text: str) -> str:
    """Without white space, and with one form of each punctuation mark."""
    return _WHITE.sub("", text).translate(_SAME)


def _same(printed: str, wanted: str) -> bool:
    if printed == wanted:
        return True
    inserted = wanted.endswith("条") and printed[len(wanted) :].startswith("之")
    return printed.startswith(wanted) and not inserted


def _ends_with(path: list[str], wanted: list[str]) -> bool:
    """Whether the listed path, or all of it but its first element, ends the section's path."""
    for tail in (wanted, wanted[1:]):
        if tail and len(path) >= len(tail) and (tail == wanted or len(path) == len(tail)):
            ends = path[-len(tail) :]
            if all(_same(a, b) for a, b in zip(ends, tail, strict=True)):
                return True
    return False


def _clause(path: list[str], texts: tuple[str, ...], wanted: list[str]) -> bool:
    """Whether the last elements are numbered clauses in a section that the others name."""
    for size in (1, 2, 3):
        head, tail = wanted[:-size], wanted[-size:]
        numbered = all(re.match(r"[（(]|\d|[①-⑳]|[一二三四五六七八九十]+是", part) for part in tail)
        if head and numbered and _ends_with(path, head):
            return any(bare(text).startswith(tail[-1]) or tail[-1] in bare(text) for text in texts)
    return False


def _is_heading(text: str, parsed: ParsedDocument) -> bool:
    if "first occurrence" in text or " ....... " in text:
        return False  # a contents line, told from the body's heading by its place alone
    return any(
        bare(text) == bare(heading) or len(bare(text)) > 6 and bare(heading).startswith(bare(text))
        for section in parsed.sections
        for heading in section.heading_path
    )


def main(names: list[str]) -> None:
    """Prints the score of each document whose folder or file name holds one of the names."""
    for path, listed in documents():
        if names and not any(name in str(path) for name in names):
            continue
        try:
            result = score(path, listed)
        except DocumentError as error:
            print(f"{path.name}: {error}")
            continue
        found = result.headings + result.clauses
        print(f"{result.name}: {found}/{result.listed} ({result.clauses} as clauses)")
        for text in result.missing:
            print(f"    missing: {text}")
        for text in result.wrong:
            print(f"    wrong:   {text}")


def _small() -> list[tuple[Path, Path]]:
    return [
        (path, listed)
        for path, listed in documents()
        if path.suffix != ".pdf" or path.stat().st_size < MAX_PDF_BYTES
    ]


@pytest.mark.skipif(not DOCUMENTS.is_dir(), reason="the other cities' documents are not here")
@pytest.mark.parametrize(("path", "listed"), _small(), ids=lambda path: path.parent.name)
def test_every_true_heading_is_found_and_no_other(path: Path, listed: Path) -> None:
    try:
        result = score(path, listed)
    except DocumentError:
        pytest.skip("a scan without text")
    assert result.missing == ()
    assert result.wrong == ()
    assert result.listed > 10


if __name__ == "__main__":
    main(sys.argv[1:])
