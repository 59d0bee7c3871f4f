"""Real footnotes for python-docx, which has none of its own: the part, the styles, the references.

Knows WordprocessingML; knows no answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.enum.style import WD_STYLE_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
# Word draws its lines above the notes from these two, which every footnotes part must hold.
_SEPARATORS = "".join(
    f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{sign}/></w:r></w:p></w:footnote>'
    for kind, number, sign in (
        ("separator", -1, "separator"),
        ("continuationSeparator", 0, "continuationSeparator"),
    )
)
_NOTE = (
    '<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
    '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    '<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
)


class Footnotes:
    """The footnotes of one document: `refer` to each, then `attach` them all."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._notes: list[str] = []
        styles = document.styles
        text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
        text.base_style, text.font.size = styles["Normal"], Pt(9)
        text.element.set(qn("w:styleId"), "FootnoteText")
        mark = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
        mark.font.superscript = True
        mark.element.set(qn("w:styleId"), "FootnoteReference")

    def refer(self, paragraph: Paragraph, text: str) -> None:
        """A new note with its number at the paragraph's end."""
        number = len(self._notes) + 1
        self._notes.append(_NOTE.format(number=number, text=escape(text)))
        run = paragraph.add_run(style="footnote reference")
        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(number))
        run._r.append(reference)

    def attach(self) -> None:
        """Adds the part to the document's package; a document without notes needs none."""
        if not self._notes:
            return
        xml = f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{''.join(self._notes)}</w:footnotes>"
        part = Part(
            PackURI("/word/footnotes.xml"),
            _TYPE,
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}'.encode(),
            self._document.part.package,
        )
        self._document.part.relate_to(part, _RELATION)
