"""Who may do what on the staff pages: the role is asked again in every call that changes something."""

from __future__ import annotations

from fastapi import HTTPException, Request

from pages.records.accounts import Account, Role

FILES: tuple[Role, ...] = ("editor", "admin")
QUALITY: tuple[Role, ...] = ("qa", "admin")


def account(request: Request) -> Account:
    """Who is signed in; 401 where the guard has let nobody in."""
    session = getattr(request.state, "session", None)
    if session is None:
        raise HTTPException(401, "请先登录。")
    found: Account = session.account
    return found


def may(request: Request, roles: tuple[Role, ...]) -> bool:
    """Whether the role of who is signed in is one of these."""
    return account(request).role in roles


def need(request: Request, roles: tuple[Role, ...]) -> str:
    """The name of who is signed in; 403 with a sentence where the role is none of these."""
    own = account(request)
    if own.role not in roles:
        raise HTTPException(403, "您的账号没有这项权限。请联系管理员。")
    return own.name
