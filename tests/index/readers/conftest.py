"""Small PDFs and Word files made in code, so that no test needs a file from outside."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import docx
import pytest


@dataclass
class PdfPage:
    """`texts`: (x, y from the foot, size, text); `rules`: lines (x0, y0, x1, y1); in points."""

    texts: Sequence[tuple[float, float, float, str]] = ()
    rules: Sequence[tuple[float, float, float, float]] = ()
    picture: bool = False
    raw: bytes = b""


@dataclass
class _Objects:
    bodies: list[bytes] = field(default_factory=list)

    def add(self, body: bytes) -> int:
        self.bodies.append(body)
        return len(self.bodies)

    def stream(self, head: bytes, data: bytes) -> int:
        packed = zlib.compress(data)
        size = str(len(packed)).encode()
        return self.add(
            b"<<" + head + b"/Filter/FlateDecode/Length " + size + b">>\nstream\n" + packed
            + b"\nendstream"
        )  # fmt: skip

    def written(self, root: int, trailer: bytes) -> bytes:
        out = io.BytesIO()
        out.write(b"%PDF-1.7\n")
        places = []
        for number, body in enumerate(self.bodies, start=1):
            places.append(out.tell())
            out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        start = out.tell()
        out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        out.writelines(b"%010d 00000 n \n" % place for place in places)
        out.write(
            b"trailer<</Size %d/Root %d 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
            % (len(places) + 1, root, trailer, start)
        )
        return out.getvalue()


def build_pdf(
    pages: Sequence[PdfPage],
    *,
    readable: bool = True,
    bookmarks: Sequence[tuple[str, int]] = (),
    title: str = "",
) -> bytes:
    """A PDF with one Chinese font; unreadable leaves out the font's table of characters."""
    objects = _Objects()
    codes = {char: code for code, char in enumerate(sorted(_used(pages)), start=1)}
    font = _font(objects, codes, readable)
    tree = len(objects.bodies) + 3 * len(pages) + 1
    kids = [_page(objects, page, codes, font, tree) for page in pages]
    refs = b" ".join(b"%d 0 R" % kid for kid in kids)
    assert objects.add(b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), refs)) == tree
    outline = _outline(objects, bookmarks, kids) if bookmarks else b""
    root = objects.add(b"<</Type/Catalog/Pages %d 0 R%b>>" % (tree, outline))
    info = objects.add(b"<</Title <%b>>>" % _utf16(title)) if title else 0
    return objects.written(root, b"/Info %d 0 R" % info if info else b"")


def _used(pages: Sequence[PdfPage]) -> set[str]:
    return {char for page in pages for *_, text in page.texts for char in text}


def _utf16(text: str) -> bytes:
    return (b"\xfe\xff" + text.encode("utf-16-be")).hex().encode()


def _font(objects: _Objects, codes: dict[str, int], readable: bool) -> int:
    latin = "".join(f"{code} [500] " for char, code in codes.items() if char.isascii())
    cid = objects.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/W[%b]"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/Song/Ascent 860/Descent -140"
        b"/FontBBox[0 -140 1000 860]/Flags 4/ItalicAngle 0/CapHeight 860/StemV 80>>"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>" % latin.encode()
    )
    mapping = ""
    if readable:
        pairs = "\n".join(
            f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()
        )
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
            f"{len(codes)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
        )
        mapping = f"/ToUnicode {objects.stream(b'', cmap.encode())} 0 R"
    return objects.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H"
        b"/DescendantFonts[%d 0 R]%b>>" % (cid, mapping.encode())
    )


def _page(objects: _Objects, page: PdfPage, codes: dict[str, int], font: int, tree: int) -> int:
    shown = "".join(
        f"BT /F1 {size} Tf {x} {y} Td <{''.join(f'{codes[c]:04x}' for c in text)}> Tj ET\n"
        for x, y, size, text in page.texts
    )
    shown += "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in page.rules)
    shown += "q 500 0 0 700 40 40 cm /Im Do Q" if page.picture else ""
    content = objects.stream(b"", page.raw or shown.encode())
    image = objects.stream(
        b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray",
        b"\x80",
    )
    return objects.add(
        b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
        b"/Resources<</Font<</F1 %d 0 R>>/XObject<</Im %d 0 R>>>>>>" % (tree, content, font, image)
    )


def _outline(objects: _Objects, bookmarks: Sequence[tuple[str, int]], kids: Sequence[int]) -> bytes:
    """A flat outline: (title, page from 1)."""
    first = len(objects.bodies) + 1
    root = first + len(bookmarks)
    for place, (title, page) in enumerate(bookmarks):
        following = b"/Next %d 0 R" % (first + place + 1) if place + 1 < len(bookmarks) else b""
        objects.add(
            b"<</Title <%b>/Parent %d 0 R/Dest[%d 0 R/Fit]%b>>"
            % (_utf16(title), root, kids[page - 1], following)
        )
    objects.add(
        b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, root - 1, len(bookmarks))
    )
    return b"/Outlines %d 0 R" % root


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    return build_pdf


@pytest.fixture
def pdf_page() -> type[PdfPage]:
    return PdfPage


@pytest.fixture
def word_bytes() -> Callable[[object], bytes]:
    """The bytes of a python-docx document."""

    def saved(document: object) -> bytes:
        out = io.BytesIO()
        document.save(out)  # type: ignore[attr-defined]
        return out.getvalue()

    return saved


@pytest.fixture
def word_with_part() -> Callable[[bytes, str, bytes, str, str], bytes]:
    """Puts one more part into a .docx: (file, part name, its XML, relationship, content type)."""

    def added(data: bytes, part: str, xml: bytes, relation: str, content_type: str) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
            for entry in old.namelist():
                body = old.read(entry)
                if entry == "[Content_Types].xml":
                    override = f'<Override PartName="/word/{part}" ContentType="{content_type}"/>'
                    body = body.replace(b"</Types>", override.encode() + b"</Types>")
                if entry == "word/_rels/document.xml.rels":
                    link = f'<Relationship Id="rIdX" Type="{relation}" Target="{part}"/>'
                    body = body.replace(b"</Relationships>", link.encode() + b"</Relationships>")
                new.writestr(entry, body)
            new.writestr(f"word/{part}", xml)
        return out.getvalue()

    return added


@pytest.fixture
def new_document() -> Callable[[], object]:
    return docx.Document
