"""What the cases touch: chapters, sections, table rows, groups; and what no case asks about.

    python -m eval.coverage [--docs DIR] [--cases FILE…] [--all] [--json]

A section is touched by a case whose gold place is this section itself, not one above it; a table
row by a case on its table that states one of the row's values and speaks of its label. Exit code:
0 everything is touched, 1 something is not, 2 nothing could be counted.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.answers import Library
from eval.cases import load
from eval.checks import holds, matched, terms
from eval.console import table
from eval.lint import row_text
from eval.places import inside
from eval.records import Case, Gold, Json
from eval.text import fold, fold_heading
from index.errors import UserError
from index.records import Section, TableRow

# Of a row's label in the question or its facts: below it the case speaks of another row.
_LABEL_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """A section or (with `row`) a table row, with how many cases touch it."""

    doc: str
    heading_path: tuple[str, ...]
    row: str = ""
    cases: int = 0

    def __str__(self) -> str:
        path = " › ".join((*self.heading_path, *filter(None, [self.row])))
        return f"{self.doc} {path or '（第一个标题之前）'}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every section and row of the documents with its cases, and the cases of each group."""

    sections: Sequence[Place]
    rows: Sequence[Place]
    groups: Sequence[tuple[str, int]]

    def untouched(self) -> list[Place]:
        """The sections and rows no case asks about, in the documents' order."""
        return [p for p in (*self.sections, *self.rows) if not p.cases]


Key = tuple[str, tuple[str, ...]]


def _key(doc: str, path: Sequence[str]) -> Key:
    return doc, tuple(map(fold_heading, path))


def _places_of(gold: Gold, paths: Sequence[tuple[str, ...]]) -> set[Key]:
    """The headings a gold path ends at: one, or several where numbers repeat."""
    return {_key(gold.doc, matched(gold.path, p)) for p in paths if inside(gold.path, p)}


def _touched(cases: Sequence[Case], library: Library) -> Counter[Key]:
    """How many cases have each place as gold."""
    paths = {
        d.doc_id: list(dict.fromkeys(s.heading_path for s in library.sections(d.doc_id)))
        for d in library.documents()
    }
    known: dict[Gold, set[Key]] = {}
    count: Counter[Key] = Counter()
    for case in cases:
        for gold in case.gold:
            if gold not in known:
                known[gold] = _places_of(gold, paths.get(gold.doc, ()))
        count.update(set().union(*(known[gold] for gold in case.gold)))
    return count


def _speaks_of(case: Case, row: TableRow) -> bool:
    """Whether a case states a value of this row and names its label (or its parent's)."""
    said = fold(" ".join((case.question, *(text for _, text in case.history), case.note)))
    said += fold(" ".join(fact for group in case.must for fact in group))
    wanted = terms(row.label) or [fold(row.label)]
    if sum(term in said for term in wanted) < _LABEL_SHARE * len(wanted):
        return False
    text = row_text(row, ())
    return not case.must or any(holds(f, text) for group in case.must for f in group)


def _own(sections: Sequence[Section]) -> Iterator[Section]:
    """Sections with words of their own; of one heading path (its footnotes, say) the first."""
    seen: set[tuple[str, ...]] = set()
    for section in sections:
        if section.paragraphs and section.heading_path not in seen and section.kind != "contents":
            seen.add(section.heading_path)
            yield section


def coverage(cases: Sequence[Case], library: Library) -> Coverage:
    """The documents' places, each with the number of cases that touch it."""
    asked = [case for case in cases if case.gold]
    count = _touched(asked, library)
    sections: list[Place] = []
    rows: list[Place] = []
    for document in library.documents():
        for section in _own(library.sections(document.doc_id)):
            path, key = section.heading_path, _key(document.doc_id, section.heading_path)
            sections.append(Place(document.doc_id, path, cases=count[key]))
            if section.table is None:
                continue
            own = [c for c in asked if any(_in_table(gold, section) for gold in c.gold)]
            rows += [
                Place(document.doc_id, path, row.label, sum(_speaks_of(c, row) for c in own))
                for row in section.table.rows
            ]
    groups = Counter(case.group for case in cases).most_common()
    return Coverage(sections, rows, groups)


def _in_table(gold: Gold, section: Section) -> bool:
    return gold.doc == section.doc_id and inside(gold.path, section.heading_path)


def summary_rows(found: Coverage) -> list[list[str]]:
    """A row for each first heading of each document: its sections, those touched, its cases."""
    rows = [["文件", "篇章", "章节", "有题", "题次", "表格行", "有题"]]
    chapters: dict[tuple[str, str], tuple[list[Place], list[Place]]] = {}
    for kind, places in enumerate((found.sections, found.rows)):
        for place in places:
            top = " › ".join(place.heading_path[:2]) or "（第一个标题之前）"
            chapters.setdefault((place.doc, top), ([], []))[kind].append(place)
    for (doc, top), (sections, cells) in chapters.items():
        numbers = [len(sections), sum(p.cases > 0 for p in sections)]
        numbers += [sum(p.cases for p in sections), len(cells), sum(p.cases > 0 for p in cells)]
        rows.append([doc, top, *map(str, numbers)])
    return rows


def as_data(found: Coverage) -> Json:
    """The coverage for programs."""

    def places(items: Sequence[Place]) -> list[Json]:
        return [
            {"doc": p.doc, "heading_path": list(p.heading_path), "row": p.row, "cases": p.cases}
            for p in items
        ]

    return {
        "sections": places(found.sections),
        "rows": places(found.rows),
        "groups": dict(found.groups),
    }


def _print(found: Coverage) -> None:
    print(table(summary_rows(found)))
    print("\n" + table([["分组", "题数"], *([g, str(n)] for g, n in found.groups)]))
    missing = found.untouched()
    for name, places in (("章节", found.sections), ("表格行", found.rows)):
        print(f"\n{name}：{len(places)}，有题的 {sum(p.cases > 0 for p in places)}", end="")
    print("\n" + "".join(f"\n没有题：{place}" for place in missing))


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.coverage", description="题目的覆盖")
    parser.add_argument("--docs", type=Path, help="文件所在的文件夹，缺省为 source_docs")
    parser.add_argument("--cases", type=Path, nargs="+", default=[], help="测试题文件")
    parser.add_argument("--all", action="store_true", help="连保留题也算；缺省只算公开题")
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    options = parser.parse_args(arguments)
    try:
        cases = [c for c in load(options.cases) if options.all or c.split == "dev"]
        from assistant import open_assistant  # late: a missing file fails before the index loads

        found = coverage(cases, open_assistant(options.docs).library)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps(as_data(found), ensure_ascii=False, indent=1))
    else:
        _print(found)
    return 1 if found.untouched() else 0


if __name__ == "__main__":
    sys.exit(main())
