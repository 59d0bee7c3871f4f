"""A custom property of a Word file, which python-docx has no way to write."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from docx.opc.packuri import PackURI
from docx.opc.part import Part

from pages.export.label import FIELD

if TYPE_CHECKING:
    from docx.document import Document

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties a user defines
_XML = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    f'<Properties xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes">'
    f'<property fmtid="{_FORMAT}" pid="2" name="{FIELD}"><vt:lpwstr>%s</vt:lpwstr></property>'
    "</Properties>"
)


def add_property(document: Document, value: str) -> None:
    """Writes the implicit label into docProps/custom.xml."""
    package = document.part.package
    part = Part(PackURI("/docProps/custom.xml"), _TYPE, (_XML % escape(value)).encode(), package)
    package.relate_to(part, f"{_OFFICE}/relationships/custom-properties")
