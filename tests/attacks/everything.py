"""All attacks in one list, and what is looked at when they are over."""

from __future__ import annotations

from tests.attacks import bodies, calls, heads, injections, paths, scripts, sessions, uploads
from tests.attacks.ground import SAID
from tests.attacks.holding import Attack
from tests.attacks.target import SECRET, Target

ATTACKS: tuple[Attack, ...] = (
    *paths.ATTACKS, *heads.ATTACKS, *bodies.ATTACKS, *sessions.ATTACKS, *uploads.ATTACKS,
    *injections.ATTACKS, *scripts.ATTACKS, *calls.ATTACKS,
)  # fmt: skip


def after(target: Target) -> list[str]:
    """What the attacks left behind that they should not have."""
    if target.own is None:
        return []
    said = (target.own / SAID).read_text("utf-8", "replace")
    outside = target.own / "outside.txt"
    found = [
        f"服务器连到外面：{outside.read_text()[:200]}" if outside.exists() else "",
        "日志里有密码或机密" if SECRET in said or "wrong password" in said else "",
        "文件夹外的文件被改动"
        if SECRET not in (target.own / "secret.txt").read_text("utf-8")
        else "",
    ]
    left = [p.name for p in (target.own / "tmp" / "gradio").rglob("*") if p.is_file()]
    return [*filter(None, found), *(f"留下的文件：{name}" for name in left)]
