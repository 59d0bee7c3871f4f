"""Signing in as somebody else, staying signed in, doing more than one's role may."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

from pages.records.accounts import TRIES
from tests.attacks.holding import Attack
from tests.attacks.target import PASSWORD, Reply, Target, token

_FILES = "/staff/api/files"


def _with(cookie: str):  # type: ignore[no-untyped-def]
    return lambda target: target.send("GET", _FILES, b"", {"Cookie": f"wengui_session={cookie}"})


def _fixed(target: Target) -> str:
    """A token that was there before the sign-in is none after it."""
    planted = "planted-by-somebody-else-0123456789abcdef"
    reply = target.sign_in("reader", PASSWORD, Cookie=f"wengui_session={planted}")
    after = target.send("GET", _FILES, b"", {"Cookie": f"wengui_session={planted}"})
    return "放好的会话能用" if after.status != 401 or token(reply) == planted else ""


def _replayed(target: Target) -> str:
    own = token(target.sign_in("reader", PASSWORD))
    cookie = {"Cookie": f"wengui_session={own}"}
    csrf = re.search(r'name="csrf" value="([^"]+)"', target.send("GET", _FILES, b"", cookie).text)
    assert csrf
    out = target.form("/staff/signout", {"csrf": csrf[1]}, cookie)
    again = target.send("GET", _FILES, b"", cookie)
    return "" if (out.status, again.status) == (303, 401) else f"{out.status} {again.status}"


def _foreign_csrf(target: Target) -> Reply:
    csrf = re.search(r'name="csrf" value="([^"]+)"', target.send("GET", _FILES, who="qa").text)
    cookie = {"Cookie": f"wengui_session={target.session('reader')}"}
    return target.form("/staff/signout", {"csrf": csrf[1] if csrf else ""}, cookie)


def _form_of_another(target: Target) -> Reply:
    """The form's token of one browser, the cookie of another."""
    tokens = [
        re.search(r'name="form" value="([^"]+)"', target.send("GET", "/signin").text)
        for _ in range(2)
    ]
    data = {"name": "admin", "password": PASSWORD, "form": tokens[0][1] if tokens[0] else ""}
    return target.form(
        "/signin", data, {"Cookie": f"wengui_form={tokens[1][1] if tokens[1] else ''}"}
    )


def _flags(target: Target) -> str:
    cookie = target.sign_in("reader", PASSWORD).headers.get("set-cookie", "").lower()
    return "、".join(w for w in ("httponly", "samesite=strict", "path=/staff") if w not in cookie)


def _secure(target: Target) -> str:
    """Behind a proxy that speaks https the cookie is Secure."""
    reply = target.sign_in(
        "reader", PASSWORD, address="127.0.0.1", **{"X-Forwarded-Proto": "https"}
    )
    return "" if "; secure" in reply.headers.get("set-cookie", "").lower() else "没有 Secure"


def _guessed_side_by_side(target: Target) -> str:
    """Guesses sent at once are counted like guesses one after the other."""

    def guess(n: int) -> int:
        password = PASSWORD if n == 23 else f"wrong password {n}"
        return target.sign_in("locked", password, address=f"127.0.0.{40 + n % 4}").status

    with ThreadPoolExecutor(12) as crowd:
        wrong = list(crowd.map(guess, range(23)))
    right = guess(23)
    return "" if right in (401, 429) and 303 not in wrong else f"猜了 {len(wrong)} 次之后仍能登录"


def _same_words(target: Target) -> str:
    """Locked, known, unknown and shut-out names are answered alike."""
    for _ in range(TRIES + 1):
        target.sign_in("resting", "wrong password", address="127.0.0.50")
    said = {
        re.sub(
            r'value="[^"]*"', "", target.sign_in(name, "wrong password", address="127.0.0.50").text
        )
        for name in ("resting", "editor", "nobody", "disabled")
    }
    return "" if len(said) == 1 else f"{len(said)} 种说法"


def _another_spelling(target: Target) -> str:
    """A locked name written otherwise is the same account."""
    for _ in range(TRIES):
        target.sign_in("spelled", "wrong password", address="127.0.0.51")
    replies = [
        target.sign_in(name, PASSWORD, address="127.0.0.51")
        for name in ("ｓｐｅｌｌｅｄ", " spelled ", "SPELLED", "spelled\u200b", "spelled\x00")
    ]
    return "" if all(not token(r) for r in replies) else "换个写法就能登录"


def _many(target: Target) -> str:
    """One address can't go on guessing names and passwords for ever."""

    def guess(n: int) -> int:
        return target.sign_in(f"n{n}", "wrong password", address="127.0.0.52").status

    with ThreadPoolExecutor(6) as crowd:
        statuses = list(crowd.map(guess, range(80)))
    return "" if 429 in statuses else "80 次都没有被拦下"


def _role(number: int, role: str, path: str, body: dict[str, str]) -> Attack:
    def attempt(target: Target) -> Reply:
        return target.json(path, body, role)

    return Attack(f"sess-{number}", f"{role} 调用 {path}", "执行", attempt, (403,), own_only=True)


_DO = (
    ("reader", "/staff/api/take", {"token": "0123456789abcdef"}),
    ("reader", "/staff/api/remove", {"file": "plan.md"}),
    ("reader", "/staff/api/build", {}),
    ("reader", "/staff/api/run", {}),
    ("reader", "/staff/api/dismiss-case", {"id": "1"}),
    ("qa", "/staff/api/remove", {"file": "plan.md"}),
    ("qa", "/staff/api/build", {}),
    ("qa", "/staff/api/restore", {"entry": "x"}),
    ("editor", "/staff/api/run", {}),
    ("editor", "/staff/api/accept-case", {"id": "1"}),
)

ATTACKS = [
    *(
        Attack(f"sess-{n:02}", f"造一个会话：{cookie[:30]!r}", "登录", _with(cookie), (401,))
        for n, cookie in enumerate(
            ("", "admin", "A" * 43, "0" * 64, "' OR 1=1 --", "../../var/records.db", "%00", "x" * 8000, "a; wengui_session=b"), 1)
    ),
    Attack("sess-10", "不登录打开工作人员的内容", "看到", lambda t: t.send("GET", _FILES), (401,)),
    Attack("sess-11", "不登录上传", "收下", lambda t: t.upload("/staff/api/upload", "a.md", b"# a"), (401,)),
    Attack("sess-12", "不登录更新索引", "执行", lambda t: t.json("/staff/api/build", {}), (401,)),
    Attack("sess-13", "事先放好会话（固定会话）", "登录后沿用它", _fixed, own_only=True),
    Attack("sess-14", "退出后再用原来的会话", "仍然有效", _replayed, own_only=True),
    Attack("sess-15", "用别人的令牌让人退出", "退出", _foreign_csrf, (403,), own_only=True),
    Attack("sess-16", "不带令牌退出", "退出",
           lambda t: t.form("/staff/signout", {}, {"Cookie": f"wengui_session={t.session('reader')}"}), (403,), own_only=True),
    Attack("sess-17", "登录表单的令牌是别的浏览器的", "登录", _form_of_another, (403,), own_only=True),
    Attack("sess-18", "不带令牌登录", "登录", lambda t: t.form("/signin", {"name": "admin", "password": PASSWORD}), (403,)),
    Attack("sess-19", "Cookie 的限制", "脚本或别的网站能用", _flags, own_only=True),
    Attack("sess-20", "经 https 登录", "Cookie 没有 Secure", _secure, own_only=True),
    Attack("sess-21", "许多密码同时猜，赶在锁定之前", "锁定不起作用", _guessed_side_by_side, own_only=True),
    Attack("sess-22", "由说法分辨有没有这个账号", "能分辨", _same_words, own_only=True),
    Attack("sess-23", "被锁的账号换个写法", "登录", _another_spelling, own_only=True),
    Attack("sess-24", "一个地址不停地猜", "不受限制", _many, own_only=True),
    Attack("sess-25", "停用的账号", "登录", lambda t: t.sign_in("disabled", PASSWORD), (401,), own_only=True),
    Attack("sess-26", "空的密码", "登录", lambda t: t.sign_in("admin", ""), (401,), own_only=True),
    Attack("sess-27", "角色写在请求里", "当作管理员",
           lambda t: t.json("/staff/api/build", {"role": "admin", "session": "admin"}, "reader", x_role="admin"), (403,), own_only=True),
    *(_role(n, *one) for n, one in enumerate(_DO, 30)),
]  # fmt: skip
