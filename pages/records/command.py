"""The operator's command line over the records: accounts, the audit log, backup and restore.

    python -m pages.records.command account add NAME ROLE      (asks for the password)
    python -m pages.records.command account password NAME
    python -m pages.records.command account disable|enable NAME
    python -m pages.records.command account list
    python -m pages.records.command audit verify | export FILE | rotate [--days N]
    python -m pages.records.command documents import DIR [--first] | export DIR [--trash]
    python -m pages.records.command backup FILE.tar.gz [--docs DIR]
    python -m pages.records.command restore FILE.tar.gz [--docs DIR]   (the server stopped)

Exit code: 0 done, 1 with one Chinese sentence where it can't be done or the chain is broken.
"""

from __future__ import annotations

import argparse
import getpass
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from index import settings as index_settings
from index.errors import UserError
from pages import settings
from pages.records.accounts import ROLE_NAMES, ROLES, AccountError, Accounts
from pages.records.audit import Audit
from pages.records.backup import back_up, restore
from pages.records.database import Database, open_database
from pages.staff.moving import OPERATOR, Brought, bring_in, bring_out
from pages.staff.originals import Originals


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m pages.records.command", description="账号与记录"
    )
    parts = parser.add_subparsers(dest="part", required=True)
    account = parts.add_parser("account", help="账号").add_subparsers(dest="act", required=True)
    added = account.add_parser("add", help="新建账号，随后输入密码")
    added.add_argument("name")
    added.add_argument("role", choices=ROLES)
    for act in ("password", "disable", "enable"):
        account.add_parser(act).add_argument("name")
    account.add_parser("list", help="列出账号")
    audit = parts.add_parser("audit", help="审计记录").add_subparsers(dest="act", required=True)
    audit.add_parser("verify", help="检查记录是否完整、没有被改动")
    audit.add_parser("export", help="导出为 .jsonl").add_argument("file", type=Path)
    audit.add_parser("rotate", help="删去过期的记录").add_argument("--days", type=int, default=None)
    documents = parts.add_parser("documents", help="PostgreSQL 里的文件")
    moves = documents.add_subparsers(dest="act", required=True)
    come = moves.add_parser("import", help="收入一个文件夹里的文件和目录，原有的进回收站")
    come.add_argument("folder", type=Path)
    come.add_argument("--first", action="store_true", help="已经收入过文件时什么也不做")
    go = moves.add_parser("export", help="取出到一个空的文件夹")
    go.add_argument("folder", type=Path)
    go.add_argument("--trash", action="store_true", help="连同以前的版本和回收站，放在 .trash 里")
    for act, said in (("backup", "备份文件和记录"), ("restore", "从备份恢复；请先停止服务")):
        part = parts.add_parser(act, help=said)
        part.add_argument("file", type=Path)
        part.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None, ask: Callable[[str], str] = getpass.getpass) -> int:
    """Does what the command line says over the records that the environment names."""
    given = arguments(argv)
    try:
        own = settings.from_environment()
        if given.part in ("backup", "restore"):
            return _saved(given, own.database_url)
        with closing(_database(own)) as database:
            if given.part == "account":
                return _account(given, Accounts(database), ask)
            if given.part == "documents":
                return _documents(given, database, own)
            return _audit(given, Audit(database), own)
    except UserError as error:
        print(error, file=sys.stderr)
        return 1


def _database(own: settings.Settings) -> Database:
    return open_database(index_settings.from_environment().data_dir, own.database_url)


def _account(given: argparse.Namespace, accounts: Accounts, ask: Callable[[str], str]) -> int:
    if given.act == "list":
        for account in accounts.all():
            print(
                f"{account.name}\t{ROLE_NAMES[account.role]}{'（停用）' if account.disabled else ''}"
            )
    elif given.act == "add":
        accounts.add(given.name, given.role, _new_password(ask))
        print(f"已建立账号“{given.name}”（{ROLE_NAMES[given.role]}）。")
    elif given.act == "password":
        accounts.set_password(given.name, _new_password(ask))
        print(f"“{given.name}”的密码已更换，之前的登录全部失效。")
    else:
        accounts.set_disabled(given.name, given.act == "disable")
        print(f"账号“{given.name}”已{'停用' if given.act == 'disable' else '启用'}。")
    return 0


def _new_password(ask: Callable[[str], str]) -> str:
    password = ask("密码：")
    if ask("再输入一次：") != password:
        raise AccountError("两次输入的密码不一样，没有改动。")
    return password


def _audit(given: argparse.Namespace, audit: Audit, own: settings.Settings) -> int:
    if given.act == "verify":
        verdict = audit.verify()
        print(
            f"共{verdict.entries}条，完整无误。"
            if verdict.holds
            else f"记录不完整：{verdict.problem}"
        )
        return 0 if verdict.holds else 1
    if given.act == "export":
        try:
            print(f"已导出{audit.export(given.file)}条到 {given.file}。")
        except OSError as error:
            raise UserError(f"不能写入 {given.file}：{error.strerror}。请换一个位置。") from error
        return 0
    print(f"已删去{audit.rotate(given.days or own.audit_days, own.audit_archive)}条过期的记录。")
    return 0


def _documents(given: argparse.Namespace, database: Database, own: settings.Settings) -> int:
    if not own.database_url:
        raise UserError("请先设置 DATABASE_URL：文件收入这个 PostgreSQL。")
    if given.act == "export":
        print(f"已取出{bring_out(database, given.folder, given.trash)}个文件到 {given.folder}。")
        return 0
    originals = Originals(database)
    if given.first and not originals.untouched():
        print("数据库里已经有文件，没有改动。")
        return 0
    _told_of(bring_in(given.folder, originals), database)
    return 0


def _told_of(brought: Brought, database: Database) -> None:
    Audit(database).add("import", OPERATOR, {"files": brought.changed})
    for problem in brought.problems:
        print(problem, file=sys.stderr)
    print(f"共{brought.found}个文件，收入或更换了{len(brought.changed)}个。")


def _saved(given: argparse.Namespace, database_url: str) -> int:
    places = index_settings.from_environment()
    if places.originals_url and given.docs is None:
        return _saved_from_database(given, places)
    docs = given.docs or places.docs_dir
    if given.part == "backup":
        count = back_up(given.file, docs, places.data_dir, with_records=not database_url)
        print(f"已备份{count}个文件到 {given.file}。")
        if database_url:
            print("记录在 PostgreSQL 里，请另用 pg_dump 备份。")
        return 0
    _tell_restored(*restore(given.file, docs, places.data_dir))
    return 0


def _saved_from_database(given: argparse.Namespace, places: index_settings.Settings) -> int:
    """The files in use by way of a folder; their trash is the database's, as the records are."""
    places.data_dir.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=places.data_dir, prefix="originals-") as scratch:
        docs = Path(scratch) / "documents"
        if given.part == "backup":
            with closing(open_database(places.data_dir, places.originals_url)) as database:
                bring_out(database, docs)
            count = back_up(given.file, docs, places.data_dir, with_records=False)
            print(f"已备份{count}个文件到 {given.file}。")
            print("记录、文件以前的版本和回收站在 PostgreSQL 里，请另用 pg_dump 备份。")
            return 0
        restored = restore(given.file, docs, places.data_dir)
        with closing(open_database(places.data_dir, places.originals_url)) as database:
            _told_of(bring_in(docs, Originals(database), only_these=True), database)
        _tell_restored(*restored)
        return 0


def _tell_restored(count: int, aside: list[Path]) -> None:
    print(f"已恢复{count}个文件。" + "".join(f"\n原来的内容移到了 {place}。" for place in aside))


if __name__ == "__main__":
    sys.exit(main())
