"""One attack: what is tried, what must not come of it, and whether it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.attacks.target import SECRET, Reply, Target

REFUSED = (0, 303, 400, 401, 403, 404, 405, 408, 411, 413, 415, 422, 429, 501)
# In no reply to anybody, whatever was asked.
NEVER = (
    "Traceback (most recent", "Internal Server Error", SECRET, "root:x:0", "$argon2",
    "import uvicorn", "SQLite format 3",
)  # fmt: skip


@dataclass(frozen=True)
class Attack:
    """`attempt` tries it and gives the reply, or '' / what went wrong as a text.

    A reply has held where its status is one of `statuses` and nothing of `never` is in its body or
    headers; `must_not` says in words what would be a way in.
    """

    id: str
    what: str
    must_not: str
    attempt: Callable[[Target], Reply | str]
    statuses: tuple[int, ...] = REFUSED
    never: tuple[str, ...] = ()
    own_only: bool = False  # needs accounts or files of a server that we started

    def way_in(self, target: Target) -> str:
        """'' where the server held, else what came of it."""
        came = self.attempt(target)
        found = came if isinstance(came, str) else self._judged(came)
        if found:
            return found
        alive = target.send("GET", "/healthz")
        return "" if alive.status == 200 else f"之后 /healthz 是 {alive.status}"

    def _judged(self, reply: Reply) -> str:
        whole = reply.text + "\n".join(f"{n}: {v}" for n, v in reply.headers.items())
        leaked = [words for words in (*NEVER, *self.never) if words in whole]
        if leaked:
            return f"回应里有 {leaked[0]!r}"
        if reply.status not in self.statuses:
            return f"状态 {reply.status}：{reply.text[:120]!r}"
        return ""


def get(path: str, who: str = "", **headers: str) -> Callable[[Target], Reply]:
    """A GET of a path as it is."""
    return lambda target: target.send("GET", path, b"", _names(headers), who)


def post(path: str, data: object, who: str = "", **headers: str) -> Callable[[Target], Reply]:
    """A POST of JSON."""
    return lambda target: target.json(path, data, who, **headers)


def raw(request: str) -> Callable[[Target], Reply]:
    """A request as it is, line by line; HOST stands for the server's own name."""
    lines = request.replace("\n", "\r\n")
    return lambda target: target.raw(
        lines.replace("HOST", f"{target.host}:{target.port}").encode("latin-1")
    )


def _names(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
