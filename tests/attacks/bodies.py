"""Bodies and methods that a program may stumble over: huge, slow, deep, double, of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator

from tests.attacks.holding import Attack, raw
from tests.attacks.target import Reply, Target

_JSON = {"content-type": "application/json"}
_V1 = "/v1/chat/completions"
_BAD = (400, 404, 408, 413, 415, 422)


def _sent(path: str, body: bytes, who: str = "", kind: str = "application/json"):  # type: ignore[no-untyped-def]
    return lambda target: target.send("POST", path, body, {"content-type": kind}, who)


def _deep(path: str, who: str = "", depth: int = 200_000):  # type: ignore[no-untyped-def]
    return _sent(path, b'{"a":' + b"[" * depth + b"]" * depth + b"}", who)


def _pieces(size: int, piece: int) -> Iterator[bytes]:
    for _ in range(size // piece):
        yield b"x" * piece


def _unsized(target: Target) -> Reply:
    return target.send("POST", "/export/md", _pieces(20_000_000, 500_000), _JSON)


_LONG = b'{"answers":[{"sources":[{"marker":' + b"9" * 5000 + b"}]}]}"

ATTACKS = [
    Attack("body-01", "自称 10 GB", "读下去",
           raw("POST /export/md HTTP/1.1\nHost: HOST\nContent-Length: 10737418240\nConnection: close\n\nx")),
    Attack("body-02", "不说长度，一直发", "全部收下", _unsized),
    Attack("body-03", "长度是负数", "收下", raw("POST /export/md HTTP/1.1\nHost: HOST\nContent-Length: -1\nConnection: close\n\n")),
    Attack("body-04", "长度是上标数字", "出错", raw("POST /export/md HTTP/1.1\nHost: HOST\nContent-Length: \xb2\nConnection: close\n\n")),
    Attack("body-05", "两个不同的长度", "各算各的",
           raw("POST /export/md HTTP/1.1\nHost: HOST\nContent-Length: 2\nContent-Length: 40\nConnection: close\n\n{}")),
    Attack("body-06", "长度和分块并用，夹带第二个请求", "执行夹带的请求",
           raw("POST /export/md HTTP/1.1\nHost: HOST\nContent-Length: 4\nTransfer-Encoding: chunked\nConnection: close\n\n0\n\nGET /staff/api/files HTTP/1.1\nHost: HOST\n\n"), never=("已收入",)),
    Attack("body-07", "分块大小写错", "出错",
           raw("POST /export/md HTTP/1.1\nHost: HOST\nTransfer-Encoding: chunked\nConnection: close\n\nZZ\n{}\n0\n\n")),
    Attack("body-08", "不是 HTTP", "出错", raw("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n")),
    Attack("body-09", "很长的网址", "出错", raw(f"GET /{'a' * 100_000} HTTP/1.1\nHost: HOST\nConnection: close\n\n"), (0, 400, 404, 414, 431)),
    *(
        Attack(f"body-{n}", f"很深的 JSON：{path}", "出错", _deep(path, who), _BAD, own_only=bool(who))
        for n, (path, who) in enumerate(
            (("/export/md", ""), (_V1, ""), ("/gradio_api/queue/join", ""), ("/gradio_api/component_server/", ""),
             ("/staff/api/take", "editor")), 10)
    ),
    *(
        Attack(f"body-{n}", f"不是 JSON：{path}", "出错", _sent(path, body), _BAD)
        for n, (path, body) in enumerate(
            ((p, b) for p in ("/export/docx", _V1, "/gradio_api/queue/join", "/gradio_api/component_server/")
             for b in (b"\xff\xfe\x00\x01", b'{"a":1}{"b":2}', b"null", b"[]", b"")), 20)
    ),
    Attack("body-50", "五千位的整数", "出错", _sent("/export/md", _LONG), _BAD),
    Attack("body-51", "五千位的整数，接口", "出错", _sent(_V1, b'{"model":"wengui","messages":[],"n":' + b"9" * 5000 + b"}"), _BAD),
    Attack("body-52", "1e999 和 NaN", "出错", _sent("/export/md", b'{"answers":[{"sources":[{"marker":1e999},{"marker":NaN}]}]}'), (200, *_BAD)),
    Attack("body-53", "重复的键", "后一个绕过检查", _sent(_V1, b'{"model":"wengui","model":"gpt-4","messages":[{"role":"user","content":"a"}]}'), _BAD),
    Attack("body-54", "内容类型不符", "出错", _sent(_V1, b"model=wengui", kind="application/x-www-form-urlencoded"), _BAD),
    Attack("body-55", "表单没有结束", "出错", _sent("/signin", b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", kind="multipart/form-data; boundary=x"), (400, 403, 422)),
    Attack("body-56", "表单没有分界", "出错", _sent("/signin", b"abc", kind="multipart/form-data"), (400, 403, 422)),
    Attack("body-57", "一千二百个字段", "出错", _sent("/signin", "&".join(f"a{n}=1" for n in range(1200)).encode(), kind="application/x-www-form-urlencoded"), (400, 403, 413, 422)),
    Attack("body-58", "PUT 和 DELETE 改文件", "改动", lambda t: t.send("DELETE", "/staff/api/files", b"", {}, "admin"), (404, 405), own_only=True),
    Attack("body-59", "登录名有 NUL 和半个字符", "出错",
           lambda t: t.sign_in("a\x00b\x1b[31m", "x" * 12), (401,), own_only=True),
    Attack("body-60", "压缩的正文", "解开", lambda t: t.send("POST", "/export/md", b"\x1f\x8b" + b"\x00" * 50, _JSON | {"content-encoding": "gzip"}), _BAD),
]  # fmt: skip
