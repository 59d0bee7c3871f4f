"""What the environment says to pages/: which city's page it is, where the records are kept.

The only file of pages/ that reads the environment. A wrong value fails at start, by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingError
from pages.limits import MOST_AT_ONCE, Allowance
from pages.line import AT_ONCE

OWN_SITE = Path(__file__).parent / "site.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of pages/, with what holds where the environment is silent."""

    database_url: str = ""  # DATABASE_URL; '': SQLite in the data folder
    audit_days: int = 365  # WENGUI_AUDIT_DAYS; how long the audit log is kept
    site_file: Path = OWN_SITE  # WENGUI_SITE; names, colours and lines of the page
    audit_archive: Path | None = None  # WENGUI_AUDIT_ARCHIVE; where entries that leave the log go
    per_minute: int = Allowance().per_minute  # WENGUI_PER_MINUTE; questions of one visitor
    burst: int = Allowance().burst  # WENGUI_BURST; how many of them may come at once
    at_once: int = AT_ONCE  # WENGUI_AT_ONCE; questions answered side by side, others wait in line


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; raises SettingError naming the variable whose value can't be used."""
    source = os.environ if environ is None else environ
    plain = Settings()
    return Settings(
        database_url=source.get("DATABASE_URL", "").strip(),
        audit_days=_number(source, "WENGUI_AUDIT_DAYS", plain.audit_days, "天数", 36_500),
        site_file=Path(source.get("WENGUI_SITE", "").strip() or OWN_SITE),
        audit_archive=_folder(
            "WENGUI_AUDIT_ARCHIVE", source.get("WENGUI_AUDIT_ARCHIVE", "").strip()
        ),
        per_minute=_number(source, "WENGUI_PER_MINUTE", plain.per_minute, "问题数", 100_000),
        burst=_number(source, "WENGUI_BURST", plain.burst, "问题数", 100_000),
        at_once=_number(source, "WENGUI_AT_ONCE", plain.at_once, "问题数", MOST_AT_ONCE),
    )


def _number(source: Mapping[str, str], name: str, plain: int, what: str, most: int) -> int:
    value = source.get(name, "").strip()
    if not value:
        return plain
    if not value.isdigit() or not 1 <= int(value) <= most:
        raise SettingError(f"{name} 的值“{value}”不对：请填写{what}，1 到 {most}。")
    return int(value)


def _folder(name: str, value: str) -> Path | None:
    if value and not Path(value).is_dir():
        raise SettingError(f"{name} 指的文件夹“{value}”不存在：请先建立它，或去掉这个设置。")
    return Path(value) if value else None


def spare_statistics(environ: MutableMapping[str, str] | None = None) -> None:
    """Keeps Gradio from counting over all its last 10,000 events after every one of them.

    Nobody looks at that count, and it took 10 ms of each answer once as many had been given.
    Call it before a Blocks is made; it reads these at that moment.
    """
    target = os.environ if environ is None else environ
    target.setdefault("GRADIO_ANALYTICS_CACHE_FREQUENCY", "1000000000")
    target.setdefault("GRADIO_ANALYTICS_MAX_EVENTS", "100")
