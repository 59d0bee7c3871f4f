"""Scripts and markup in questions, documents, titles, headings, feedback and what a browser keeps."""

from __future__ import annotations

import io
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import Any

from tests.attacks.holding import Attack
from tests.attacks.target import Reply, Target

FORBIDDEN = frozenset(
    [
        "script",
        "iframe",
        "object",
        "embed",
        "base",
        "meta",
        "link",
        "img",
        "video",
        "audio",
        "frame",
        "applet",
        "math",
    ]
)
HIT = "window.hit=1"
QUESTIONS = (
    f"<script>{HIT}</script>2025年每千人口托位数是多少？",
    f'"><img src=x onerror="{HIT}">托位数',
    f"<svg/onload={HIT}>托位数要达到多少",
    f"<a href='javascript:{HIT}'>托位数</a>是多少",
    f"[托位数](javascript:{HIT})要达到多少",
    f"![托位](http://evil.example/a.png onerror={HIT}) 托位数多少",
    f"</article></h2><script>{HIT}</script>托位",
    f"&lt;script&gt;{HIT}&lt;/script&gt;托位数",
    f"\u003cscript\u003e{HIT}//托位数",
    "<style>@import 'http://evil.example/a.css'</style>托位数",
    f"' onmouseover='{HIT}' x='托位数",
    f"<details open ontoggle={HIT}>托位数",
    "<form action=http://evil.example><button>托位数",
    "| a | b |\n|---|---|\n| <b onclick=x>1 | 2 |\n托位数",
    "<iframe srcdoc='<script>parent.hit=1</script>'>托位数",
    f"<math><mtext></form><form><mglyph><style></math><img src onerror={HIT}>托位数",
)  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in FORBIDDEN:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            words = re.sub(r"[\s\x00]", "", value or "").lower()
            if name.startswith("on") or name in ("srcdoc", "formaction"):
                self.found.append(f"{name}=")
            if name in ("href", "src", "action", "poster") and re.match(
                r"(javascript|data|vbscript|https?|//)", words
            ):
                self.found.append(f"{name}={words[:30]}")


def unsafe(html: str) -> str:
    """The first markup that could run or fetch something; '' where there is none."""
    reader = _Reader()
    reader.feed(html)
    return reader.found[0] if reader.found else ""


def _question(number: int, question: str) -> Attack:
    def attempt(target: Target) -> str:
        shown = target.ask(question)
        return unsafe(shown) if "<article" in shown else f"没有回答：{shown[:80]!r}"

    return Attack(f"xss-{number:02}", f"问题：{question[:40]}", "成为页面的一部分", attempt)


def _history(target: Target) -> str:
    bad = f"<img src=x onerror={HIT}>"
    history = [{"role": "user", "content": bad}, {"role": "assistant", "content": bad},
               {"role": "system", "content": bad}, {"role": "user"}, 7, None, {"role": "user", "content": [bad]}]  # fmt: skip
    shown = target.ask("那2025年呢？", history)
    return unsafe(shown) if "<article" in shown else "没有回答"


def _documents(target: Target) -> str:
    """What hostile.md and its catalog say reaches the page as text alone."""
    asked = ("云溪市2031年建成智能哨所多少处？", "2032年哨所覆盖率达到多少？", "安全规划写了什么？", "哨所人员2035年目标？",
             "第一章写什么？", "云溪市安全规划有哪些章？")  # fmt: skip
    shown = [target.ask(question) for question in asked]
    found = next(filter(None, map(unsafe, shown)), "")
    return found or ("" if any("智能哨所" in one for one in shown) else "没有问到这份文件")


def _page(path: str):  # type: ignore[no-untyped-def]
    """A whole page: what stands in Gradio's configuration of it."""

    def attempt(target: Target) -> str:
        page = target.send("GET", path).text
        start = page.index("window.gradio_config = ") + len("window.gradio_config = ")
        config, end = json.JSONDecoder().raw_decode(page, start)
        if "</script" in page[start:end].lower():
            return "配置里有 </script"
        parts = (c["props"].get("value") for c in config["components"])
        return next(filter(None, (unsafe(p) for p in parts if isinstance(p, str))), "")

    return attempt


def _view(data: dict[str, str], function: str):  # type: ignore[no-untyped-def]
    def attempt(target: Target) -> str:
        shown = called(target, function, [data])
        return next(filter(None, map(unsafe, shown)), "")

    return attempt


def called(target: Target, function: str, data: list[Any], path: str = "/browse") -> list[str]:
    """HTML that a server function of a page gives, called as the page does."""
    page = target.send("GET", path).text
    start = page.index("window.gradio_config = ") + len("window.gradio_config = ")
    config, _ = json.JSONDecoder().raw_decode(page, start)
    number = next(
        c["id"] for c in config["components"] if function in str(c["props"].get("server_fns"))
    )
    body = {"data": data, "fn_name": function, "component_id": number, "session_hash": "browse0000"}
    came = json.loads(target.json("/gradio_api/component_server/", body).text)
    return [came] if isinstance(came, str) else [came["html"]]


def _section(target: Target) -> str:
    """Every section of the hostile document, as 浏览 shows it."""
    tree = called(target, "open_tree", ["hostile"])[0]
    keys = re.findall(r'data-section="([^"]+)"', tree)
    views = [v for key in keys for f in ("open_view", "open_aside")
             for v in called(target, f, [{"doc": "hostile", "section": key}])]  # fmt: skip
    return next(filter(None, map(unsafe, (tree, *views))), "") if keys else "没有章节"


def _boards(target: Target) -> str:
    shown = called(target, "open_board", [""], "/indicators")[0]
    keys = re.findall(r"indicators\?table=([\w%.:-]+)", shown)
    every = [called(target, "open_board", [key], "/indicators")[0] for key in keys]
    return (
        next(filter(None, map(unsafe, (shown, *every))), "")
        if "哨所" in "".join((shown, *every))
        else "没有那张表"
    )


def _source(target: Target) -> str:
    bad = f'"><img src=x onerror={HIT}>'
    return unsafe(json.loads(target.call("open_source", [bad, bad]).text))


def kept(**words: Any) -> dict[str, Any]:
    """An answer as a browser hands it back, of an attacker's making."""
    bad = f"<script>{HIT}</script>=cmd|'/C calc'!A0"
    own = {"question": bad, "asked": bad, "text": bad + "[1]", "refused": False, "model": bad, "filing": bad, "notes": [bad],
           "evidence": [bad], "settings_hash": bad,
           "sources": [{"marker": 1, "words": bad, "quote": bad, "edition": bad, "passage_id": bad}]}  # fmt: skip
    return own | words


def _feedback(target: Target) -> str:
    """A complaint full of markup, as the staff then see it."""
    said = target.call("say", [{"answer": kept(question="整人的意见<img src=x onerror=window.hit=1>"), "good": False,
                                "reason": "没答出来", "note": f"<script>{HIT}</script>"}])  # fmt: skip
    overview = target.send("GET", "/staff/api/quality", who="admin").text
    numbers = re.findall(r"view=complaint&(?:amp;)?id=(\d+)", overview)
    shown = [
        target.send("GET", f"/staff/api/quality?view=complaint&id={n}", who="admin").text
        for n in numbers
    ]
    if "整人的意见" not in overview:
        return f"意见没有收到：{said.text[:80]}"
    return next(filter(None, map(unsafe, (overview, *shown))), "")


def _staff(path: str):  # type: ignore[no-untyped-def]
    def attempt(target: Target) -> str:
        reply = target.send(
            "GET", path, who="admin"
        )  # an error is JSON, which the page shows as text
        return unsafe(reply.text) if "html" in reply.headers.get("content-type", "") else ""

    return attempt


def _exported(kind: str):  # type: ignore[no-untyped-def]
    def attempt(target: Target) -> Reply | str:
        reply = target.json(f"/export/{kind}", {"answers": [kept()]})
        if reply.status != 200:
            return reply
        if kind == "md":
            found = re.search(r"(?<![\\`])<(script|img)", reply.text)
            return "没有转义" if found else ""
        parts = zipfile.ZipFile(io.BytesIO(reply.body))
        outside = [n for n in parts.namelist() if b"http://evil.example" in parts.read(n)]
        macros = [n for n in parts.namelist() if "vba" in n or n.startswith("/") or ".." in n]
        return "、".join(outside + macros)

    return attempt


def _name_of_file(target: Target) -> str:
    name = '报告"; filename=evil.exe\r\nSet-Cookie: a=b\r\n../../x'
    shown = target.json("/export/md", {"answers": [kept(question=name)]}).headers
    place = shown.get("content-disposition", "")
    return (
        place
        if "set-cookie" in shown or "/" in place or "evil.exe;" in place or '"' in place
        else ""
    )


ATTACKS = [
    *(_question(n, question) for n, question in enumerate(QUESTIONS, 1)),
    Attack("xss-30", "对话历史", "成为页面的一部分", _history),
    Attack("xss-31", "文件的正文、标题、表格，目录里的标题", "成为页面的一部分", _documents, own_only=True),
    *(Attack(f"xss-{n}", f"整页：{path}", "脚本跑出配置", _page(path)) for n, path in enumerate(("/", "/browse", "/indicators", "/batch"), 32)),
    Attack("xss-36", "浏览页：目录和每一节", "成为页面的一部分", _section, own_only=True),
    Attack("xss-37", "浏览页：搜索词", "成为页面的一部分", _view({"q": f"<img src=x onerror={HIT}>托位"}, "open_view")),
    Attack("xss-38", "浏览页：编造的文件和章节", "成为页面的一部分", _view({"doc": "<script>", "section": "<script>", "p": "'\""}, "open_view")),
    Attack("xss-39", "浏览页：筛选", "成为页面的一部分", _view({"q": "托位", "in": "<b onclick=x>", "part": "'><script>", "kind": "\"><img>"}, "open_view")),
    Attack("xss-51", "指标页：表格里的脚本", "成为页面的一部分", _boards, own_only=True),
    Attack("xss-40", "出处栏：编造的段落", "成为页面的一部分", _source),
    Attack("xss-41", "意见反馈，工作人员看到的", "成为页面的一部分", _feedback, own_only=True),
    Attack("xss-42", "文件页", "成为页面的一部分", _staff("/staff/api/files"), own_only=True),
    Attack("xss-43", "质检页的查询", "成为页面的一部分", _staff("/staff/api/quality?view=run&id=%3Cscript%3E&status=%3Cimg%3E&q=%22%3E%3Cscript%3E"), own_only=True),
    Attack("xss-44", "登录页的 next", "成为页面的一部分",
           lambda t: t.send("GET", "/signin?next=%22%3E%3Cscript%3Ewindow.hit%3D1%3C/script%3E"), (200,), ("<script>",)),
    Attack("xss-45", "登录名", "成为页面的一部分", lambda t: t.sign_in("<script>1</script>", "x" * 12), (401,), ("<script>",)),
    Attack("xss-46", "不存在的页面", "原样送回", lambda t: t.send("GET", "/%3Cscript%3Ealert(1)%3C/script%3E"), (404,), ("<script",)),
    Attack("xss-47", "导出 Word", "带外部引用或宏", _exported("docx")),
    Attack("xss-48", "导出 Markdown", "带脚本", _exported("md")),
    Attack("xss-49", "导出的文件名", "夹带响应头", _name_of_file),
    Attack("xss-50", "接口回的内容当网页打开", "按网页处理",
           lambda t: "" if t.json("/v1/chat/completions", {"model": "<script>", "messages": [{"role": "user", "content": "a"}]}).headers.get("content-type", "").startswith("application/json") else "不是 JSON"),
]  # fmt: skip
