"""The public data sets as texts: news, laws, government reports, questions, synonyms, thesaurus.

Knows their file forms; nothing of pairs, words or vectors. Texts come out as they stand in the
files but for traditional Chinese, which becomes simplified.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "training" / "data"
WORK = ROOT / "var" / "training"
# Never trained on: their paragraphs are the held-out set "reports", and the documents of the
# checks (a plan of Jiangsu, the report of Sichuan) are from two of them.
HELD_OUT_PROVINCES = ("四川省", "江苏省", "甘肃省", "湖北省", "辽宁省")
LONGEST_ARTICLE = 350  # characters; a longer article is cut at the next line
_DATE_LINE = re.compile(r"^\[.*?\]\s*，?正文：")
_ARTICLE = re.compile(r"^第.{1,6}条")
_REPORT = re.compile(r"2026_([^/_]+)_政府工作报告")


@dataclass(frozen=True, slots=True)
class Article:
    """A piece of a law: its title, the heading it stands under, its text with the number."""

    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """A reading comprehension question, the paragraph that answers it and where the answer is."""

    text: str
    paragraph: str
    answer_at: int


@dataclass(frozen=True, slots=True)
class LegalQuestion:
    """A layman's question and the statute articles that answer it, as 'name text'."""

    text: str
    articles: dict[str, str]
    held_out: bool


def news(data: Path) -> Iterator[str]:
    """One article of 2023 after the other, without its date line."""
    with lzma.open(data / "news.txt.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _DATE_LINE.sub("", line.strip())


def laws(data: Path) -> Iterator[Article]:
    """The articles of all laws and local regulations, in the archive's order.

    Reading a compressed archive in another order would unpack it again for each file.
    """
    with tarfile.open(data / "laws.tar.xz") as archive:
        for member in archive:
            plain = Path(member.name).name.lower()
            if member.isfile() and plain.endswith(".md") and plain != "readme.md":
                yield from _articles(_content(archive, member).decode("utf-8"))


def reports(data: Path, held_out: bool) -> Iterator[str]:
    """Paragraphs of the provinces' reports: of the held-out provinces, or of all the others."""
    for province, paragraphs in reports_by_province(data):
        if (province in HELD_OUT_PROVINCES) == held_out:
            yield from paragraphs


def reports_by_province(data: Path) -> Iterator[tuple[str, list[str]]]:
    """Each province and its report's paragraphs: the lines of the file that are not blank."""
    csv.field_size_limit(1 << 24)
    with tarfile.open(data / "gov_reports_2026.tar.xz") as archive:
        for member in archive:
            named = _REPORT.search(member.name)
            if named and member.isfile():
                table = io.StringIO(_content(archive, member).decode("utf-8-sig"), newline="")
                rows = [row["full_text"] for row in csv.DictReader(table)]
                lines = re.split(r"[\r\n]+", "\n".join(rows))
                yield named[1], list(filter(None, map(str.strip, lines)))


def questions(file: Path) -> Iterator[Question]:
    """The answerable questions of a SQuAD file; DRCD's in simplified characters."""
    simplified = opencc.OpenCC("t2s").convert if file.name.startswith("drcd") else str
    for article in json.loads(file.read_text("utf-8"))["data"]:
        for paragraph in article["paragraphs"]:
            context = simplified(paragraph["context"])
            for asked in paragraph["qas"]:
                answers = asked.get("answers")
                if answers:
                    found = context.find(simplified(answers[0]["text"]))
                    start = found if found >= 0 else answers[0]["answer_start"]
                    yield Question(simplified(asked["question"]), context, start)


def legal_questions(data: Path) -> list[LegalQuestion]:
    """STARD; every third question is held out."""
    found = json.loads((data / "stard.json").read_text("utf-8"))
    return [
        LegalQuestion(
            item["问题"],
            {name: f"{name} {text.strip()}" for name, text in item["相关法规"].items()},
            item["query_id"] % 3 == 0,
        )
        for item in found
    ]


def synonyms(data: Path) -> list[list[str]]:
    """The sets of true synonyms of 同义词词林 (its lines marked '=')."""
    lines = (data / "cilin.txt").read_text("gb18030", errors="ignore").splitlines()
    sets = [line.split() for line in lines]
    return [words[1:] for words in sets if len(words) > 2 and words[0].endswith("=")]


def _articles(markdown: str) -> Iterator[Article]:
    first, *lines = markdown.split("\n")
    title, heading, text = first.lstrip("# ").strip(), "", ""
    for line in map(str.strip, lines):
        if not line or line.startswith("<!--"):
            continue
        new = line.startswith("#") or _ARTICLE.match(line) or len(text) > LONGEST_ARTICLE
        if new and text:
            yield Article(title, heading, text)
            text = ""
        if line.startswith("#"):
            heading = line.lstrip("# ").strip()
        else:
            text += f" {line}" if text else line
    if text:
        yield Article(title, heading, text)


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    assert stream is not None, member.name  # the callers pass files only
    return stream.read()
