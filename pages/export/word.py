"""Answers as a Word file: real footnotes for sources, the label in the text and in properties."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from pages.citing import Kept, Source, label
from pages.export.footnotes import Footnotes
from pages.export.label import implicit
from pages.export.properties import add_property
from pages.export.text import Block, aside, blocks, note, runs, title

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_BODY, _HEADS = "宋体", "黑体"  # the faces every Chinese Word has
_SOFT = RGBColor(0x55, 0x62, 0x70)
_HEADED = ("Title", "Heading 1")


def word(answers: Sequence[Kept], producer: str) -> bytes:
    """A .docx of these answers (at least one); `producer` is who answers for them."""
    document = docx.Document()
    _dress(document)
    footnotes = Footnotes(document)
    if len(answers) > 1:
        document.add_heading(title(answers), 0)
    for answer in answers:
        _write(document, footnotes, answer)
    footnotes.attach()
    _label(document, answers, producer)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _dress(document: Document) -> None:
    """Chinese faces, black headings: python-docx's own template is an English one."""
    styles = document.styles
    faces = {"Normal": _BODY, **dict.fromkeys(_HEADED, _HEADS)}
    for name, face in faces.items():
        style = styles[name]
        style.font.name = face
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        style.font.color.rgb = RGBColor(0x1D, 0x2B, 0x3A)
    styles["Normal"].font.size = Pt(12)
    fine = styles.add_style("Aside", WD_STYLE_TYPE.PARAGRAPH)
    fine.base_style = styles["Normal"]
    fine.font.size, fine.font.color.rgb = Pt(10.5), _SOFT


def _write(document: Document, footnotes: Footnotes, answer: Kept) -> None:
    document.add_heading(" ".join(answer.question.split()), 1)
    for block in blocks(answer.text):
        _block(document, footnotes, block, answer.sources)
    for said in aside(answer):
        document.add_paragraph(said, style="Aside")
    document.add_paragraph(label(answer.model, answer.filing), style="Aside")


def _block(
    document: Document, footnotes: Footnotes, block: Block, sources: Sequence[Source]
) -> None:
    if block.kind == "table":
        _table(document, footnotes, block, sources)
        return
    style = "List Bullet" if block.kind == "item" else None
    _runs(document.add_paragraph(style=style), footnotes, block.text, sources)


def _table(
    document: Document, footnotes: Footnotes, block: Block, sources: Sequence[Source]
) -> None:
    columns = max(len(row) for row in block.rows)
    table = document.add_table(rows=0, cols=columns, style="Table Grid")
    for row in block.rows:
        for cell, text in zip(table.add_row().cells, row, strict=False):
            _runs(cell.paragraphs[0], footnotes, text, sources)


def _runs(paragraph: Paragraph, footnotes: Footnotes, text: str, sources: Sequence[Source]) -> None:
    for run in runs(text, sources):
        if isinstance(run, str):
            paragraph.add_run(run)
        else:
            footnotes.refer(paragraph, note(run))


def _label(document: Document, answers: Sequence[Kept], producer: str) -> None:
    properties = document.core_properties
    properties.title, properties.author = title(answers), producer
    properties.comments = label(answers[0].model, answers[0].filing)
    properties.keywords, properties.language = "人工智能生成", "zh-CN"
    properties.created = properties.modified = datetime.now(UTC)
    content = "\n".join(answer.text for answer in answers)
    add_property(document, implicit(producer, content))
