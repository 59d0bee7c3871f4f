"""What a city sets for its pages: names, colours, example questions, notices, contact lines.

One TOML file, pages/site.toml or the one that WENGUI_SITE names. A wrong value fails at start, in
one Chinese sentence that names it. Knows no documents and no page.
"""

from __future__ import annotations

import base64
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SettingError
from pages.settings import OWN_SITE

LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
LOGO_BYTES = 200_000  # it travels inside every page
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_LONGEST = 60  # characters of a name, a heading or a colour's text
_LONGEST_LINE = 300  # of a paragraph, a notice or a question
_MOST = {"officials": 3, "citizens": 3, "notices": 5, "contact": 6, "records": 4}
_TEXTS = {
    "site": ("name", "city", "heading", "introduction", "placeholder", "logo"),
    "colours": ("main", "accent"),
}
_LISTS = {"questions": ("officials", "citizens"), "footer": ("notices", "contact", "records")}


@dataclass(frozen=True, slots=True)
class Site:
    """The checked settings. '' and () stand for what the pages choose themselves."""

    name: str = "问规"
    city: str = ""
    heading: str = "问规划，看原文"
    introduction: str = ""
    placeholder: str = "想了解规划的什么内容？"
    logo: str = ""  # a data: address, ready for <img src>
    main: str = ""  # "#rrggbb"
    accent: str = ""
    officials: tuple[str, ...] = ()
    citizens: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    contact: tuple[str, ...] = ()
    records: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        """The name with its city, for exports and the browser's tab."""
        return f"{self.city}{self.name}"


def load(file: Path = OWN_SITE) -> Site:
    """The settings of a file; raises SettingError where it can't be read or holds a wrong value."""
    try:
        given = tomllib.loads(file.read_text("utf-8-sig"))
    except OSError as error:
        raise SettingError(f"网站设置文件“{file}”打不开：请检查 WENGUI_SITE 的路径。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        said = f"网站设置文件“{file}”不是 UTF-8 编码的 TOML 文件：{error}。请对照 pages/site.toml 改正。"
        raise SettingError(said) from error
    _known(file, given)
    values: dict[str, Any] = {}
    for table, names in _TEXTS.items():
        values |= _texts(file, table, given.get(table, {}), names)
    for table, names in _LISTS.items():
        values |= _lists(file, table, given.get(table, {}), names)
    for name in _TEXTS["colours"]:
        _require_colour(file, name, values.get(name, ""))
    if values.get("logo"):
        values["logo"] = _logo(file, values["logo"])
    return Site(**{name: value for name, value in values.items() if value})


def _known(file: Path, given: Mapping[str, Any]) -> None:
    for table, inside in given.items():
        names = {**_TEXTS, **_LISTS}.get(table)
        if names is None or not isinstance(inside, dict):
            every = "、".join(f"[{known}]" for known in (*_TEXTS, *_LISTS))
            raise SettingError(f"{file}：不认识“{table}”这一部分；可用的有：{every}。")
        for name in inside:
            if name not in names:
                said = f"{file}：[{table}] 里不认识“{name}”；可用的有：{'、'.join(names)}。"
                raise SettingError(said)


def _texts(
    file: Path, table: str, inside: Mapping[str, Any], names: tuple[str, ...]
) -> dict[str, str]:
    checked = {}
    for name in names:
        if name not in inside:
            continue
        longest = _LONGEST_LINE if name == "introduction" else _LONGEST
        checked[name] = _text(file, f"[{table}] {name}", inside[name], longest)
    return checked


def _lists(
    file: Path, table: str, inside: Mapping[str, Any], names: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    checked = {}
    for name in names:
        lines, place = inside.get(name, []), f"[{table}] {name}"
        if not isinstance(lines, list):
            raise SettingError(
                f'{file}：{place} 应是一个列表，例如 {name} = ["第一条", "第二条"]。'
            )
        if len(lines) > _MOST[name]:
            raise SettingError(
                f"{file}：{place} 有{len(lines)}条，最多{_MOST[name]}条。请删去一些。"
            )
        checked[name] = tuple(_text(file, place, line, _LONGEST_LINE) for line in lines)
    return checked


def _text(file: Path, place: str, value: object, longest: int) -> str:
    if not isinstance(value, str):
        raise SettingError(f"{file}：{place} 应是写在引号里的文字。")
    if len(value.strip()) > longest:
        raise SettingError(
            f"{file}：{place} 有{len(value.strip())}个字，最多{longest}个字。请缩短。"
        )
    return " ".join(value.split())


def _require_colour(file: Path, name: str, value: str) -> None:
    if value and not _COLOUR.fullmatch(value):
        raise SettingError(
            f'{file}：[colours] {name} 的值“{value}”不是颜色：请写成 "#1f5a86" 的样子，或留空。'
        )


def _logo(file: Path, name: str) -> str:
    """The picture as a data: address: pages then need no route for it. An <img> runs no script."""
    picture = file.parent / name
    kind = LOGO_TYPES.get(picture.suffix.lower())
    if kind is None:
        raise SettingError(f"{file}：[site] logo 的“{name}”不是 .svg 或 .png 图片。")
    try:
        content = picture.read_bytes()
    except OSError as error:
        said = f"{file}：[site] logo 的图片“{picture}”打不开：请把它放在设置文件旁边。"
        raise SettingError(said) from error
    if len(content) > LOGO_BYTES:
        raise SettingError(
            f"{file}：[site] logo 的图片有{len(content) // 1000} KB，最多{LOGO_BYTES // 1000} KB。请换小一些的。"
        )
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
