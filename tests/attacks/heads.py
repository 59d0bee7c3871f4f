"""Headers that lie: which host, which address, which origin, which method."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.attacks.holding import Attack, get, raw
from tests.attacks.target import PASSWORD, Reply, Target

_LIES = (
    "X-Forwarded-Host", "X-Forwarded-Server", "X-Gradio-Server", "X-Original-URL", "X-Rewrite-URL",
    "X-Forwarded-Prefix",
)  # fmt: skip
_AFTER = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "/staff/../../evil", "/staff//evil.example",
    "javascript:alert(1)", "/staff\r\nSet-Cookie: a=b", "/staff/%0d%0aLocation:%20//evil.example",
    "/staff@evil.example", "data:text/html,x",
)  # fmt: skip
_ORIGINS = (
    {"origin": "https://evil.example"}, {"origin": "null"}, {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"}, {"origin": "http://127.0.0.1.evil.example"},
)  # fmt: skip


def _lied(name: str) -> Attack:
    value = "http://evil.example/x" if name in ("X-Gradio-Server",) else "evil.example"
    attempt = lambda t: t.send("GET", "/", b"", {name: value})  # noqa: E731
    return Attack(f"head-{_LIES.index(name) + 1:02}", f"{name}: {value}", "页面里出现别的网站，缓存带给别人",
                  attempt, (200, 404), ("evil.example",))  # fmt: skip


def _after(number: int, path: str) -> Attack:
    def attempt(target: Target) -> Reply:
        return target.sign_in("reader", PASSWORD, path)

    return Attack(f"head-{number}", f"登录后转到 {path!r}", "转到别的网站", attempt, (303,),
                  ("evil", "location: j", "location: data:", "a=b"), own_only=True)  # fmt: skip


def _origin(number: int, headers: dict[str, str]) -> Attack:
    def attempt(target: Target) -> Reply:
        return target.send(
            "POST",
            "/staff/api/build",
            b"{}",
            headers | {"content-type": "application/json"},
            "admin",
        )

    return Attack(
        f"head-{number}", f"别的网站代为操作：{headers}", "操作成功", attempt, (403,), own_only=True
    )


def _limits_by_address(target: Target) -> str:
    """A stranger who says each time that he is another still has one address' limits."""

    def guess(n: int) -> int:
        lie = {"X-Forwarded-For": f"10.0.{n}.1"}
        return target.sign_in("nobody", "wrong password", address="127.0.0.31", **lie).status

    with ThreadPoolExecutor(6) as crowd:
        statuses = list(crowd.map(guess, range(80)))
    return "" if 429 in statuses else "80 次都没有被拦下"


def _cached(target: Target) -> str:
    shown = target.send("GET", "/").headers.get("cache-control", "")
    return "" if "private" in shown or "no-store" in shown else f"cache-control: {shown!r}"


def _framed(target: Target) -> str:
    policy = target.send("GET", "/").headers.get("content-security-policy", "")
    needed = ("frame-ancestors 'self'", "object-src 'none'", "default-src 'self'")
    return "、".join(part for part in needed if part not in policy)


ATTACKS = [
    *map(_lied, _LIES),
    Attack("head-10", "Host 是别的网站，问工作人员的页面", "转到别的网站",
           lambda t: t.send("GET", "/staff/", b"", {"Host": "evil.example", "accept": "text/html"}),
           (303,), ("evil.example",)),
    Attack("head-11", "两个 Host", "按第二个处理",
           raw("GET /staff/api/files HTTP/1.1\nHost: HOST\nHost: localhost\nConnection: close\n\n"), never=("已收入",)),
    Attack("head-12", "完整网址作请求行", "不登录就打开",
           raw("GET http://localhost/staff/api/files HTTP/1.1\nHost: HOST\nConnection: close\n\n"), never=("已收入",)),
    Attack("head-13", "从外面看 /metrics（经代理）", "看到运行数字",
           lambda t: t.send("GET", "/metrics", b"", {"X-Forwarded-For": "203.0.113.9"}, address="127.0.0.1"),
           (403, 404), ("wengui_answers",)),
    Attack("head-14", "从外面自称本机看 /metrics", "看到运行数字",
           lambda t: t.send("GET", "/metrics", b"", {"X-Forwarded-For": "203.0.113.9, 127.0.0.1, 203.0.113.9"}, address="127.0.0.1"),
           (403, 404), ("wengui_answers",)),
    Attack("head-15", "/readyz 说出多少", "出现路径、地址、版本", get("/readyz"), (200, 503), ("/tmp", "postgres", "127.0.0.1")),
    Attack("head-16", "换 X-Forwarded-For 躲开登录次数的限制", "不受限制", _limits_by_address, own_only=True),
    Attack("head-17", "页面被中间的缓存留下", "带给别人", _cached),
    Attack("head-18", "页面放进别的网站的框里", "可以", _framed),
    Attack("head-19", "X-HTTP-Method-Override 把 GET 变成 POST", "执行了操作",
           lambda t: t.send("GET", "/staff/api/build", b"", {"X-HTTP-Method-Override": "POST"}, "admin"), (404, 405), own_only=True),
    Attack("head-20", "TRACE", "把请求原样送回", lambda t: t.send("TRACE", "/", b"", {"X-Own": "echoed"}), never=("echoed",)),
    Attack("head-21", "CONNECT", "转发", raw("CONNECT evil.example:80 HTTP/1.1\nHost: evil.example:80\nConnection: close\n\n")),
    Attack("head-22", "WebSocket 连到工作人员的页面", "连上",
           raw("GET /staff/api/files HTTP/1.1\nHost: HOST\nConnection: Upgrade\nUpgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n\n"), never=("101",)),
    Attack("head-23", "请求头里换行，夹带响应头", "出现夹带的响应头",
           get("/signin?next=/staff%0d%0aX-Evil:%201"), (200,), ("x-evil",)),
    Attack("head-24", "很大的 Cookie", "出错", lambda t: t.send("GET", "/staff/", b"", {"Cookie": "a=" + "x" * 60_000}), (0, 303, 400, 401, 413, 431)),
    Attack("head-25", "服务器自报软件和版本", "可以看到", get("/healthz"), (200,), ("uvicorn", "server:", "x-powered-by")),
    *(_after(n, path) for n, path in enumerate(_AFTER, 30)),
    *(_origin(n, headers) for n, headers in enumerate(_ORIGINS, 50)),
]  # fmt: skip
