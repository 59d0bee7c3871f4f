"""How an answer's sources are said and kept: lines of text, and the record that travels.

A page, a copy, an export and a batch all say a source in these words. Knows the records of the
assistant; knows no HTML and no library.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from assistant.records import Answer, Citation
from index.records import TableRow
from pages.headings import place

# The explicit label of 《人工智能生成合成内容标识办法》: it names AI and generation.
LABEL = "本内容由人工智能程序根据文件原文整理生成，正式使用请核对原文"


def label(model: str, filing: str = "") -> str:
    """The sentence that marks generated content; `model` '' in the default mode."""
    if not model:
        return LABEL
    number = f"（{filing}）" if filing else ""
    return f"本内容由人工智能模型“{model}”{number}根据文件原文生成，正式使用请核对原文"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One place of one document, with the citations that stand there."""

    words: str
    citations: tuple[Citation, ...]


def source_words(
    title: str, heading_path: Sequence[str], lead: str, row: TableRow | None = None
) -> str:
    """《…》第十四章第六节“健全养老服务体系”, with 第17项 where it is a numbered row."""
    item = f" 第{row.number}项" if row and row.number else ""
    return f"《{title}》{place(heading_path, lead)}{item}"


def cited_words(answer: Answer) -> dict[int, str]:
    """The words of each citation, by its marker."""
    rows = {e.passage.passage_id: e.passage.row for e in answer.evidence}
    return {
        c.marker: source_words(c.title, c.heading_path, c.lead, rows.get(c.passage_id))
        for c in answer.citations
    }


def source_lines(answer: Answer) -> list[SourceLine]:
    """Citations of one place share a line; a table's row is a place of its own."""
    words = cited_words(answer)
    groups: dict[tuple[str, str], list[Citation]] = {}
    for citation in answer.citations:
        groups.setdefault((citation.doc_id, words[citation.marker]), []).append(citation)
    return [SourceLine(said, tuple(group)) for (_, said), group in groups.items()]


def copy_text(answer: Answer) -> str:
    """Plain text for a paper: the answer, one line a source with document and place, the label."""
    lines = [answer.text.strip()]
    for line in source_lines(answer):
        numbers = "".join(f"[{citation.marker}]" for citation in line.citations)
        lines.append(f"{numbers} {line.words}（{line.citations[0].edition}）")
    lines.append(f"（{label(answer.model_label, answer.model_filing)}）")
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Source:
    """A citation as the browser keeps it, ready to be printed."""

    marker: int
    words: str
    quote: str
    edition: str
    passage_id: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as the browser keeps it and sends it back for an export."""

    question: str
    asked: str  # as understood; '' where it is the question itself
    text: str
    refused: bool
    model: str  # as readers are told of it; '' in the default mode
    filing: str  # its 备案号
    notes: tuple[str, ...]
    sources: tuple[Source, ...]
    evidence: tuple[str, ...] = ()  # ids of all passages found, best first
    settings_hash: str = ""


def kept(answer: Answer) -> Kept:
    """What of an answer is worth keeping, for an export or a reader's complaint."""
    words = cited_words(answer)
    asked = answer.standalone_question.strip()
    return Kept(
        question=answer.question,
        asked="" if asked == answer.question.strip() else asked,
        text=answer.text,
        refused=answer.refused,
        model=answer.model_label,
        filing=answer.model_filing,
        notes=answer.notes,
        sources=tuple(
            Source(c.marker, words[c.marker], c.quote, c.edition, c.passage_id)
            for c in answer.citations
        ),
        evidence=tuple(e.passage.passage_id for e in answer.evidence),
        settings_hash=answer.settings_hash,
    )


def as_data(answer: Answer) -> dict[str, object]:
    """`kept` as plain data for JSON."""
    return asdict(kept(answer))
