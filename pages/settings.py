"""What the environment says to pages/: which city's page it is, where the records are kept.

The only file of pages/ that reads the environment. A wrong value fails at start, by name.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.errors import SettingError

OWN_SITE = Path(__file__).parent / "site.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of pages/, with what holds where the environment is silent."""

    database_url: str = ""  # DATABASE_URL; '': SQLite in the data folder
    audit_days: int = 365  # WENGUI_AUDIT_DAYS; how long the audit log is kept
    site_file: Path = OWN_SITE  # WENGUI_SITE; names, colours and lines of the page


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings; raises SettingError naming the variable whose value can't be used."""
    source = os.environ if environ is None else environ
    return Settings(
        database_url=source.get("DATABASE_URL", "").strip(),
        audit_days=_days("WENGUI_AUDIT_DAYS", source.get("WENGUI_AUDIT_DAYS", "").strip()),
        site_file=Path(source.get("WENGUI_SITE", "").strip() or OWN_SITE),
    )


def _days(name: str, value: str) -> int:
    if not value:
        return Settings.audit_days
    if not value.isdigit() or not 1 <= int(value) <= 36_500:
        raise SettingError(f"{name} 的值“{value}”不对：请填写天数，1 到 36500。")
    return int(value)
