"""The command line that checks cases against the documents, line by line.

    python -m eval.lint [--docs DIR] [--cases FILE…]

Exit code: 0 nothing to mend (warnings aside), 1 there are errors, 2 nothing could be checked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval import checks
from eval.answers import Library
from eval.cases import files_of, lines, read_line, unknown_fields
from eval.records import Case
from eval.text import fold
from index.errors import UserError
from index.records import Section, TableRow


@dataclass(frozen=True, slots=True)
class Message:
    """A finding at its line."""

    file: Path
    line: int
    case_id: str
    text: str
    error: bool = True

    def __str__(self) -> str:
        kind = "错误" if self.error else "提醒"
        return f"{self.file}:{self.line} [{self.case_id or '?'}] {kind}：{self.text}"


def row_text(row: TableRow, around: Sequence[str]) -> str:
    """A record with everything that makes it readable: a blank line keeps its cells apart."""
    cells = [text for cell in row.cells for text in cell]
    own = (row.group, row.parent, row.label, row.unit, *cells, row.text)
    return fold(" \n ".join(own)) + "\n" + fold(" \n ".join(around))


def part(section: Section) -> checks.Part:
    """A section of the index as lint reads it."""
    table = section.table
    text = fold("\n".join((*section.heading_path, *section.paragraphs)))
    if table is None:
        return checks.Part(section.heading_path, text, (), tuple(map(fold, section.paragraphs)))
    around = (table.title, *table.columns, table.note, table.unit)
    rows = tuple(row_text(row, around) for row in table.rows)
    return checks.Part(section.heading_path, text, rows)


def documents_of(library: Library) -> checks.Documents:
    """doc_id -> its sections."""
    return {
        doc.doc_id: [part(section) for section in library.sections(doc.doc_id)]
        for doc in library.documents()
    }


def read(files: Sequence[Path]) -> tuple[list[tuple[Path, Case]], list[Message]]:
    """The cases that can be read, and a message for each line that is none."""
    cases: list[tuple[Path, Case]] = []
    messages: list[Message] = []
    for file in files:
        for number, line in lines(file):
            try:
                case, item = read_line(line, file, number)
            except ValueError as error:
                messages.append(Message(file, number, "", str(error)))
                continue
            cases.append((file, case))
            if unknown := unknown_fields(item):
                text = f"格式里没有的字段：{'、'.join(unknown)}"
                messages.append(Message(file, number, case.id, text, error=False))
    return cases, messages


def check(files: Sequence[Path], documents: checks.Documents) -> list[Message]:
    """Every message, in the order of the lines."""
    cases, messages = read(files)
    by_case = {id(case): file for file, case in cases}
    for file, case in cases:
        messages += _messages(file, case, checks.findings(case, documents))
    for case, text in checks.duplicates([case for _, case in cases]):
        messages.append(Message(by_case[id(case)], case.line, case.id, text))
    for case, text in checks.near_duplicates([case for _, case in cases]):
        messages.append(Message(by_case[id(case)], case.line, case.id, text, error=False))
    order = {file: i for i, file in enumerate(files)}
    return sorted(messages, key=lambda m: (order[m.file], m.line))


def _messages(file: Path, case: Case, found: Sequence[checks.Finding]) -> Iterator[Message]:
    for finding in found:
        yield Message(file, case.line, case.id, finding.message, finding.error)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    parser = argparse.ArgumentParser(prog="python -m eval.lint", description="检查测试题")
    parser.add_argument("--docs", type=Path, help="文件所在的文件夹，缺省为 source_docs")
    parser.add_argument(
        "--cases", type=Path, nargs="+", default=[], help="测试题文件，缺省为 eval/cases/*.jsonl"
    )
    options = parser.parse_args(arguments)
    try:
        files = files_of(options.cases)
        from assistant import open_assistant  # late: a missing file fails before the index loads

        messages = check(files, documents_of(open_assistant(options.docs).library))
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    for message in messages:
        print(message)
    errors = sum(message.error for message in messages)
    print(f"检查了 {len(files)} 个文件：错误 {errors} 处，提醒 {len(messages) - errors} 处")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
