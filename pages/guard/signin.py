"""Signing in and out: two forms, one cookie. Knows accounts; knows nothing of what they open.

The cookie is HttpOnly, SameSite=Strict, of the staff pages' path alone, and Secure over https.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from html import escape
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from index.errors import UserError
from pages.guard.middleware import COOKIE, SIGN_IN, STAFF, cookie
from pages.limits import Allowance, Busy, Limits
from pages.records.accounts import LONGEST_HOURS, ROLE_NAMES, Accounts

SIGN_OUT = f"{STAFF}/signout"
NO_ACCOUNT = (
    "还没有工作人员的账号。请在服务器上运行 python -m pages.records.command account add 名字 admin"
)
# A form's own token, set as a cookie when the form is shown: a page of another site can't know it.
_FORM = "wengui_form"
Record = Callable[[str, str, dict[str, str]], object]
# Of one address: an office signs in within minutes, a guesser would like thousands.
OF_SIGNING_IN = Allowance(per_minute=30, burst=30, at_once=8, at_once_in_all=16)


def router(accounts: Accounts, record: Record, alone: bool = False) -> APIRouter:
    """GET and POST /signin, POST /staff/signout. `record(kind, actor, data)`: into the audit log.

    `alone`: the citizens' pages are on another port, and nothing here leads to them.
    """
    routes = APIRouter()
    shown = partial(_form, back="" if alone else _BACK)
    limits = Limits(OF_SIGNING_IN)

    @routes.get(SIGN_IN, include_in_schema=False)
    def form(request: Request, next: str = STAFF) -> Response:  # noqa: A002 - the query's name
        return shown(request, next, "" if accounts.all() else NO_ACCOUNT)

    @routes.post(SIGN_IN, include_in_schema=False)
    def sign_in(
        request: Request,
        name: Annotated[str, Form(max_length=200)] = "",
        password: Annotated[str, Form(max_length=1000)] = "",
        form: Annotated[str, Form(max_length=200)] = "",
        next: Annotated[str, Form(max_length=500)] = STAFF,  # noqa: A002
    ) -> Response:
        expected = request.cookies.get(_FORM, "")
        if not expected or not secrets.compare_digest(form.encode(), expected.encode()):
            return shown(request, next, "页面已过期，请重新输入。", 403)
        try:
            with limits.turn(request.client.host if request.client else ""):
                session = accounts.sign_in(name, password)
        except Busy as busy:
            return shown(request, next, f"登录得太频繁，请{busy.seconds}秒后再试。", 429)
        except UserError as error:
            record("signin-failed", "".join(filter(str.isprintable, name))[:64], {})
            return shown(request, next, str(error), 401)
        record("signin", session.account.name, {"role": session.account.role})
        done = RedirectResponse(_own(next), 303)
        _set(request, done, COOKIE, session.token, STAFF, LONGEST_HOURS * 3600)
        done.delete_cookie(_FORM, path=SIGN_IN)
        return done

    @routes.post(SIGN_OUT, include_in_schema=False)
    def sign_out(request: Request, csrf: Annotated[str, Form(max_length=200)] = "") -> Response:
        session = request.state.session
        if not secrets.compare_digest(csrf.encode(), session.csrf.encode()):
            return HTMLResponse("页面已过期，请刷新后再退出。", 403)
        accounts.sign_out(cookie(request.headers))
        record("signout", session.account.name, {})
        done = RedirectResponse(SIGN_IN, 303)
        done.delete_cookie(COOKIE, path=STAFF)
        return done

    return routes


def whoami(request: Request) -> str:
    """HTML of who is signed in, with the button that signs out."""
    session = request.state.session
    account = session.account
    return (
        f'<form method="post" action="{SIGN_OUT}" class="whoami"><span>{escape(account.name)}'
        f"（{ROLE_NAMES[account.role]}）</span>"
        f'<input type="hidden" name="csrf" value="{session.csrf}">'
        '<button type="submit" class="quiet">退出</button></form>'
    )


def _own(path: str) -> str:
    """Where to go after signing in: a path of the staff pages, nothing else."""
    fits = path == STAFF or path.startswith(f"{STAFF}/")
    plain = all(c.isalnum() or c in "/-_." for c in path) and ".." not in path and "//" not in path
    return path if fits and plain else STAFF


def _set(request: Request, done: Response, name: str, value: str, path: str, age: int) -> None:
    secure = request.url.scheme == "https"
    done.set_cookie(
        name, value, max_age=age, path=path, secure=secure, httponly=True, samesite="strict"
    )


def _form(
    request: Request, after: str, problem: str, status: int = 200, back: str = ""
) -> Response:
    token = secrets.token_urlsafe(24)
    shown = HTMLResponse(_PAGE.format(**_parts(after, problem, token), back=back), status)
    shown.headers["cache-control"] = "no-store"
    _set(request, shown, _FORM, token, SIGN_IN, 3600)
    return shown


def _parts(after: str, problem: str, token: str) -> dict[str, str]:
    said = f'<p role="alert">{escape(problem)}</p>' if problem else ""
    return {
        "action": SIGN_IN,
        "problem": said,
        "token": token,
        "next": escape(_own(after), quote=True),
    }


_BACK = '<p><a href="./">返回问答页</a></p>'
_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>登录 · 问规</title>
<style>
:root {{ color-scheme: light dark; --ink: #1d2b3a; --paper: #fbfaf7; --line: #767068; --blue: #1f5a86;
  --red: #a32a1e }}
@media (prefers-color-scheme: dark) {{
  :root {{ --ink: #e8e6e1; --paper: #14191f; --line: #8d8a84; --blue: #8dbfe3; --red: #ff9d8f }} }}
body {{ margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper);
  color: var(--ink); font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif }}
main {{ width: min(22rem, calc(100vw - 3rem)) }}
h1 {{ font-size: 1.4rem; margin: 0 0 1rem }}
label {{ display: block; margin-top: 1rem }}
input {{ box-sizing: border-box; width: 100%; min-height: 44px; padding: 0 .75rem; font: inherit;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px }}
button {{ width: 100%; min-height: 44px; margin-top: 1.5rem; font: inherit; color: var(--paper);
  background: var(--blue); border: 0; border-radius: 6px; cursor: pointer }}
:focus-visible {{ outline: 3px solid var(--blue); outline-offset: 2px }}
[role=alert] {{ color: var(--red); margin: 0 }}
a {{ color: var(--blue) }}
</style></head><body><main>
<h1>工作人员登录</h1>
{problem}
<form method="post" action="{action}" autocomplete="on">
<input type="hidden" name="form" value="{token}"><input type="hidden" name="next" value="{next}">
<label for="name">账号</label><input id="name" name="name" required autocomplete="username" autofocus>
<label for="password">密码</label>
<input id="password" name="password" type="password" required autocomplete="current-password">
<button type="submit">登录</button></form>
{back}
</main></body></html>
"""
