"""Questions written by hand on the provinces' reports, each with the sentence that answers it.

    python -m training.questions        reads them all and prints how many there are of what

A line of training/questions/*.jsonl names its paragraph by an id, not by its text. Paragraphs are
the lines of a report that are not blank (training/sources.py); an id is the province, the line's
number from 1 and the first 12 hex digits of the SHA-256 of its text in UTF-8: 河南省-7-0123456789ab.

    {"id": …, "question": …, "kind": …, "field": …, "answer": "start of the answering clause"}

The answer stands once in its paragraph and has at most 20 characters. A near miss is a question
the paragraph seems to answer and does not: it has a note on what is missing instead of an answer.
Held-out provinces have no questions. Knows nothing of words, vectors or models.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.sentences import sentences
from training import sources

WRITTEN = Path(__file__).resolve().parent / "questions"
# fmt: off
KINDS = (
    "everyday", "formal", "figure", "list", "measures", "who", "why", "yesno", "typo", "near-miss",
)
# fmt: on
LONGEST_QUOTE = 20  # characters; more would carry the reports' text into the repository


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its paragraph, and the sentence and place in it that answer.

    A near miss has no sentence ("") and the place -1.
    """

    question: str
    kind: str
    field: str
    paragraph_id: str
    paragraph: str
    sentence: str
    answer_at: int


# Whole provinces whose questions the question model never sees: what is fitted on top of it and
# what measures it is fitted and measured there.
HELD_PROVINCES = ("贵州省", "河南省", "上海市", "云南省")


def is_remembered(asked: Asked) -> bool:
    """Whether the question model keeps a question with what answers it."""
    province = asked.paragraph_id.split("-")[0]
    return bool(asked.sentence) and province not in HELD_PROVINCES


class QuestionError(ValueError):
    """A line that cannot be read, or no longer fits the reports: names the file and the line."""


def paragraph_id(province: str, number: int, text: str) -> str:
    """The province, the paragraph's number from 1 and 12 hex digits of its text's SHA-256."""
    return f"{province}-{number}-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def paragraphs(reports: Iterable[tuple[str, list[str]]]) -> dict[str, str]:
    """The paragraphs of all but the held-out provinces by their id, in the reports' order."""
    return {
        paragraph_id(province, number, text): text
        for province, texts in reports
        if province not in sources.HELD_OUT_PROVINCES
        for number, text in enumerate(texts, 1)
    }


def load(data: Path = sources.DATA, folder: Path = WRITTEN) -> list[Asked]:
    """All written questions, file by file; QuestionError where an id or a quote does not fit."""
    known = paragraphs(sources.reports_by_province(data))
    return [asked for file in sorted(folder.glob("*.jsonl")) for asked in read_file(file, known)]


def read_file(file: Path, known: Mapping[str, str]) -> Iterator[Asked]:
    """One file's questions on the paragraphs `known` by id."""
    seen: set[str] = set()
    for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
        try:
            asked = _read(json.loads(line), known)
            if asked.question in seen:
                raise ValueError("the question stands twice in this file")
        except KeyError as error:
            raise QuestionError(f"{file.name}:{number}: the line lacks {error}") from error
        except ValueError as error:
            raise QuestionError(f"{file.name}:{number}: {error}") from error
        seen.add(asked.question)
        yield asked


def _read(item: dict[str, str], known: Mapping[str, str]) -> Asked:
    if item["kind"] not in KINDS:
        raise ValueError(f"unknown kind {item['kind']}")
    paragraph = known.get(item["id"])
    if paragraph is None:
        raise ValueError(f"no paragraph {item['id']}: the report was changed or is held out")
    sentence, at = _answer(item, paragraph)
    return Asked(item["question"], item["kind"], item["field"], item["id"], paragraph, sentence, at)


def _answer(item: dict[str, str], paragraph: str) -> tuple[str, int]:
    if item["kind"] == "near-miss":
        if "answer" in item or not item["note"]:
            raise ValueError("a near miss has a note and no answer")
        return "", -1
    quote = item["answer"]
    if not 0 < len(quote) <= LONGEST_QUOTE:
        raise ValueError(f"the answer has {len(quote)} characters, not 1 to {LONGEST_QUOTE}")
    if paragraph.count(quote) != 1:
        raise ValueError(f"“{quote}” stands {paragraph.count(quote)} times in {item['id']}")
    at = paragraph.index(quote)
    start, end = next(span for span in sentences(paragraph) if span[0] <= at < span[1])
    return paragraph[start:end], at


def main() -> None:
    """Prints the numbers of questions by kind, field and province."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=sources.DATA)
    found = load(parser.parse_args().data)
    print(f"{len(found)} questions on {len({a.paragraph_id for a in found})} paragraphs")
    for name, values in (
        ("kind", [a.kind for a in found]),
        ("field", [a.field for a in found]),
        ("province", [a.paragraph_id.split("-")[0] for a in found]),
    ):
        counts = Counter(values).most_common()
        print(f"{name} ({len(counts)}): " + ", ".join(f"{value} {n}" for value, n in counts))


if __name__ == "__main__":
    main()
