"""The words of one Word paragraph: insertions kept, deletions and hidden text left out.

Knows the elements a paragraph is made of; nothing of the paragraphs around it.
"""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

# Wrappers whose content stands in the place of the wrapper.
_TRANSPARENT = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink")
)
_SKIPPED = frozenset(
    W + tag
    for tag in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "rt", "txbxContent")
) | {_MC + "Fallback"}
_SIGNS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_NOTE_MARKS = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}


def children(container: etree._Element) -> Iterator[etree._Element]:
    """The container's own children, those in transparent wrappers included."""
    for child in container:
        if child.tag in _TRANSPARENT:
            yield from children(child)
        elif child.tag not in _SKIPPED:
            yield child


class Notes:
    """The footnotes and endnotes of a document, numbered in the order they are referred to."""

    def __init__(self, document: Document) -> None:
        self._texts: dict[tuple[str, str], str] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        for relation in document.part.rels.values():
            kind = _note_kind(relation.reltype)
            if kind and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(W + kind):
                    text = "".join(bare_pieces(note)).strip()
                    self._texts[kind, note.get(W + "id", "")] = " ".join(text.split())

    def refer(self, kind: str, note_id: str) -> tuple[int, str] | None:
        """The note's number and text; None where the document holds no such note."""
        key = (kind, note_id)
        if not self._texts.get(key):
            return None
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        return number, self._texts[key]


def _note_kind(reltype: str) -> str:
    if reltype == RELATIONSHIP_TYPE.FOOTNOTES:
        return "footnote"
    return "endnote" if reltype == RELATIONSHIP_TYPE.ENDNOTES else ""


def text_of(paragraph: etree._Element, notes: Notes) -> tuple[str, str]:
    """The paragraph's text with [footnoteRef:n] marks, and its notes as `[n: …]`.

    A forced line break is a line feed.
    """
    found: list[tuple[int, str]] = []
    text = "".join(_pieces(paragraph, notes, found))
    return text, "".join(f"[{number}: {note}]" for number, note in dict.fromkeys(found))


def bare_pieces(element: etree._Element) -> Iterator[str]:
    """The text of a paragraph or note in pieces, without marks of notes."""
    return _pieces(element, None, [])


def _pieces(
    element: etree._Element, notes: Notes | None, found: list[tuple[int, str]]
) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED or (child.tag == W + "r" and _is_hidden(child)):
            continue
        if child.tag in (W + "t", _M + "t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag in _NOTE_MARKS and notes is not None:
            note = notes.refer(_NOTE_MARKS[child.tag], child.get(W + "id", ""))
            if note:
                found.append(note)
                yield f"[footnoteRef:{note[0]}]"
        else:
            yield from _pieces(child, notes, found)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{W}rPr/{W}vanish")
    return hidden is not None and hidden.get(W + "val", "true") not in ("0", "false", "off")


def boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes anchored in the paragraph; of one kept in two forms, the first."""
    for box in paragraph.iter(W + "txbxContent"):
        above = list(box.iterancestors())
        inner = any(ancestor.tag == W + "txbxContent" for ancestor in _up_to(above, paragraph))
        double = any(
            ancestor.tag == _MC + "Fallback" and _has_choice(ancestor)
            for ancestor in _up_to(above, paragraph)
        )
        if not inner and not double:
            yield box


def _up_to(ancestors: list[etree._Element], last: etree._Element) -> list[etree._Element]:
    return ancestors[: ancestors.index(last)]


def _has_choice(fallback: etree._Element) -> bool:
    choices = fallback.getparent().findall(_MC + "Choice")
    return any(next(choice.iter(W + "txbxContent"), None) is not None for choice in choices)
