"""问规's web server: settings -> Assistant -> pages -> serve.

    python app.py [--host H] [--port P] [--docs DIR] [--staff | --staff-port P [--staff-host H]]

Knows how to start and how to say why it can't; what is answered and shown is made elsewhere.
"""

from __future__ import annotations

import argparse
import socket
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import fastapi
import uvicorn

from index.build import build as build_index
from index.errors import SettingError, UserError
from index.publish import publish
from index.settings import from_environment as index_settings
from index.settings import stay_offline
from index.snapshots import in_force
from pages.memory import trim
from pages.stubs import unwritten

if TYPE_CHECKING:
    from assistant.privacy import WordList
    from pages.application import Serving
    from pages.chat import Answering
    from pages.following import Following
    from pages.records import Database
    from pages.settings import Settings
    from pages.site_file import Site
    from pages.watch import Watch

HOST, PORT = "127.0.0.1", 7860


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line: host, port, docs (None: the default folder)."""
    parser = argparse.ArgumentParser(prog="app.py", description="问规：规划文件问答网页")
    parser.add_argument("--host", default=HOST, help=f"监听地址，默认 {HOST}（只有本机能打开）")
    parser.add_argument("--port", type=int, default=PORT, help=f"端口，默认 {PORT}")
    parser.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    parser.add_argument(
        "--staff", action="store_true", help="同时提供工作人员的页面（/staff，要登录）"
    )
    parser.add_argument(
        "--staff-port", type=int, default=None, help="工作人员的页面只在这个端口上，--port 上没有"
    )
    parser.add_argument("--staff-host", default=None, help="它的监听地址，默认与 --host 相同")
    return parser.parse_args(argv)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to host and port; raises SettingError with what to do where it can't be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except (OSError, OverflowError) as error:
        bound.close()
        raise SettingError(
            f"不能在 {host}:{port} 上打开网页：地址不对或端口被占用。"
            "请关闭占用它的程序，或用 --port 换一个端口，例如 --port 7861。"
        ) from error
    return bound


def staff_pages(
    docs: Path | None, records: Database, look: Site, watch: Watch, alone: bool = False
) -> Callable[[Serving, fastapi.FastAPI], None]:
    """What adds the staff pages to an app: their sign-in, their calls, their frames.

    `alone`: the citizens' pages are on another port.
    """
    from eval.desk import Desk
    from pages.guard import router as sign_in
    from pages.records import Audit, Queue
    from pages.records.accounts import Accounts
    from pages.staff import routes, site
    from pages.staff.folder import Folder
    from pages.staff.originals import Originals

    settings = index_settings()
    in_database = settings.originals_url and docs is None

    def add(serving: Serving, app: fastapi.FastAPI) -> None:
        desks = [Desk(serving.assistant, docs)]
        serving.told.append(lambda fresh: desks.__setitem__(0, Desk(fresh, docs)))

        def rebuild(tell: Callable[[str, int, int], None]) -> str:
            before = serving.assistant.library.index_hash
            report = build_index(docs, settings=settings, progress=tell)
            if settings.index_dir is not None:
                publish(settings.index_dir, docs, settings=settings)
            tell("换用新的索引", 1, 1)
            if serving.following is not None:
                serving.following.look()
            if serving.assistant.library.index_hash == before:
                return "文件没有变化，索引已是最新。"
            return f"索引已更新并换用：{len(report.documents)}份文件。"

        office = routes.Office(
            library=lambda: serving.assistant.library,
            suite=lambda: desks[0],
            folder=Originals(records)
            if in_database
            else Folder(docs or settings.docs_dir, settings.data_dir),
            queue=Queue(records),
            rebuild=rebuild,
            record=Audit(records).add,
        )
        app.include_router(sign_in(Accounts(records), Audit(records).add, alone))
        app.include_router(routes.router(office))
        site.serve_on(app, site.build(look, alone), look)

    return add


def watching(own: Settings, records: Database, index_hash: str, words: WordList) -> Watch:
    """Limits, log and counters as the settings say."""
    from pages.limits import OF_AN_ADDRESS, Allowance, Limits
    from pages.line import Line
    from pages.logbook import Logbook
    from pages.metrics import Metrics
    from pages.watch import Watch

    return Watch(
        visits=Limits(Allowance(per_minute=own.per_minute, burst=own.burst)),
        addresses=Limits(OF_AN_ADDRESS),
        metrics=Metrics(),
        logbook=Logbook(records, index_hash, words),
        line=Line(own.at_once),
    )


def following(docs: Path | None, serving: Serving) -> Following:
    """What takes a running server over to the index that another process builds or publishes."""
    from pages.following import Following

    settings = index_settings()
    return Following(
        in_force=lambda: in_force(docs, settings),
        change=lambda: serving.replace(_open(docs, build_if_needed=False)),
        seen=serving.assistant.library.generation,
        turn=settings.data_dir / "changing.lock",
    )


def _open(docs: Path | None, build_if_needed: bool = True) -> Answering:
    from assistant import open_assistant

    return open_assistant(docs, build_if_needed=build_if_needed)


def _say(line: str) -> None:
    """To whoever started the server; a full disk under its output keeps nobody from being served."""
    with suppress(OSError):
        print(line, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until interrupted; 1 with one Chinese sentence where that can't be."""
    given = arguments(argv)
    stay_offline()  # before Gradio brings in Hugging Face's libraries
    unwritten()
    from assistant.settings import words as operators_words
    from pages import site_file
    from pages.guard.signin import NO_ACCOUNT
    from pages.records import Audit, Queue, open_database
    from pages.records.accounts import Accounts
    from pages.records.nightly import nightly, tidied
    from pages.settings import from_environment

    try:
        own, words = from_environment(), operators_words()
        look = site_file.load(own.site_file)
        records = open_database(index_settings().data_dir, own.database_url)
        bound = [listen(given.host, given.port)]
        if given.staff_port is not None:
            bound.append(listen(given.staff_host or given.host, given.staff_port))
        # What is published is served; --docs then says where the staff pages find the originals.
        served = None if index_settings().index_dir else given.docs
        assistant = _open(served)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1
    (host, port), *apart = (one.getsockname()[:2] for one in bound)
    staff = given.staff or bool(apart)
    watch = watching(own, records, assistant.library.index_hash, words)
    accounts = Accounts(records)
    if staff and not accounts.all():
        _say(NO_ACCOUNT)

    def ready() -> None:
        trim()  # what the start alone has used
        for one in bound:
            one.listen()  # uvicorn does so a moment later; who reads the line may come at once
        for own, other in apart:
            _say(f"工作人员的页面在 http://{own}:{other}/")
        _say(f"问规已启动，请用浏览器打开 http://{host}:{port}/")

    from pages.application import create  # brings in Gradio: seconds, once all else is well

    app = create(
        assistant,
        ready=ready,
        look=look,
        take=Queue(records).add,
        watch=watch,
        staff=staff_pages(given.docs, records, look, watch, bool(apart)) if staff else None,
        session=accounts.session,
        follow=lambda serving: following(served, serving),
        staff_port=apart[0][1] if apart else None,
    )
    config = uvicorn.Config(
        app, log_level="warning", timeout_graceful_shutdown=3, server_header=False
    )
    with nightly(lambda: tidied(Audit(records), own.audit_days, own.audit_archive)):
        uvicorn.Server(config).run(sockets=bound)
    return 0


if __name__ == "__main__":
    sys.exit(main())
