"""The one file of a city's own settings: read, checked, refused in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import SettingError
from pages.settings import OWN_SITE, from_environment
from pages.site_file import Site, load


def written(folder: Path, text: str) -> Path:
    file = folder / "site.toml"
    file.write_text(text, "utf-8")
    return file


def test_the_repositorys_own_file_says_what_the_defaults_say() -> None:
    assert load(OWN_SITE) == Site()
    assert from_environment({}).site_file == OWN_SITE


def test_a_city_sets_its_own_words(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        '[site]\nname = "问典"\ncity = " 云溪市 "\n[footer]\ncontact = ["电话：12345"]\n'
        '[questions]\ncitizens = ["哪里办老年证？"]\n',
    )
    site = load(from_environment({"WENGUI_SITE": str(file)}).site_file)
    assert (site.full_name, site.contact, site.citizens) == (
        "云溪市问典",
        ("电话：12345",),
        ("哪里办老年证？",),
    )
    assert site.heading == Site().heading


def test_an_empty_name_falls_back_to_ours(tmp_path: Path) -> None:
    assert load(written(tmp_path, '[site]\nname = ""\n')).name == "问规"


def test_a_logo_travels_as_a_data_address(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text("<svg/>", "utf-8")
    site = load(written(tmp_path, '[site]\nlogo = "logo.svg"\n'))
    assert site.logo == "data:image/svg+xml;base64,PHN2Zy8+"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[site\n", "不是 UTF-8 编码的 TOML 文件"),
        ('[page]\nname = "甲"\n', "不认识“page”"),
        ('site = "甲"\n', "不认识“site”"),
        ('[site]\nnames = "甲"\n', "[site] 里不认识“names”"),
        ("[site]\nname = 3\n", "[site] name 应是写在引号里的文字"),
        (f'[site]\nname = "{"长" * 61}"\n', "[site] name 有61个字，最多60个字"),
        ('[colours]\nmain = "red"\n', "[colours] main 的值“red”不是颜色"),
        ('[footer]\ncontact = "电话"\n', "[footer] contact 应是一个列表"),
        ("[footer]\ncontact = [3]\n", "[footer] contact 应是写在引号里的文字"),
        ('[questions]\nofficials = ["一", "二", "三", "四"]\n', "officials 有4条，最多3条"),
        ('[site]\nlogo = "logo.exe"\n', "不是 .svg 或 .png"),
        ('[site]\nlogo = "none.png"\n', "打不开"),
    ],
)
def test_a_wrong_value_is_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingError) as told:
        load(written(tmp_path, text))
    assert said in str(told.value)


def test_a_logo_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(b"0" * 200_001)
    with pytest.raises(SettingError, match="最多200 KB"):
        load(written(tmp_path, '[site]\nlogo = "logo.png"\n'))


def test_a_file_that_is_not_there_is_said() -> None:
    with pytest.raises(SettingError, match="WENGUI_SITE"):
        load(Path("/nowhere/site.toml"))
