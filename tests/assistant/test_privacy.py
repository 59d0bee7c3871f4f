"""The gate finds what names a person or a secret and lets the figures of plans pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import STARS, WordList, masked, word_list
from index.errors import SettingError


def identity(seventeen: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11
    return seventeen + "10X98765432"[rest]


OWN = identity("11010119900307123")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (f"我的身份证{OWN}能落户吗", "身份证号"),
        (f"{OWN[:6]} {OWN[6:14]} {OWN[14:]}", "身份证号"),
        (OWN.translate(str.maketrans("0123456789", "０１２３４５６７８９")), "身份证号"),
        ("打13812345678找我", "手机号"),
        ("+86 138-1234-5678", "手机号"),
        ("卡号4111 1111 1111 1111补贴没到", "银行卡号"),
        ("文件标着机密★10年", "涉密标识"),
        ("这是绝密级文件", "涉密标识"),
    ],
)
def test_what_must_not_leave_is_masked(text: str, kind: str) -> None:
    found = masked(text)
    assert found.kinds == (kind,)
    assert STARS in found.text
    assert not any(run in found.text for run in ("1990", "13812", "1234-5678", "4111", "★", "绝密"))


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值12370.48亿元，一般公共预算收入1075.70亿元",
        "2020年和2025年分别是多少",
        "电话热线12345",
        "商业秘密怎么保护",
        "机密级别怎么划分",
        "编号 20210315 第 0012 号",
        "订单1234567890123456",  # sixteen digits that no card has
        f"{OWN[:17]}{(int(OWN[17]) + 1) % 10 if OWN[17].isdigit() else 0}",  # a wrong check digit
        "138123456789",  # a digit too many
        "11111111111111111111",
    ],
)
def test_ordinary_figures_pass(text: str) -> None:
    assert masked(text) == type(masked(text))(text)


def test_the_operators_words_are_masked_longest_first() -> None:
    words = word_list(["# 内部项目", "蓝湖", "蓝湖二号  # 代号", "", "  "])
    assert words == ("蓝湖二号", "蓝湖")
    found = masked("蓝湖二号和蓝湖的进度", words)
    assert found.text == f"{STARS}和{STARS}的进度"
    assert found.kinds == ("敏感词",)


@given(st.text(max_size=80))
def test_masking_is_done_once(text: str) -> None:
    once = masked(text)
    assert masked(once.text).kinds == ()


@given(st.integers(10**16, 10**17 - 1))
def test_a_masked_number_never_survives(number: int) -> None:
    digits = identity(
        f"320211{1900 + number % 120:04d}0{1 + number % 9}{10 + number % 19}{number % 1000:03d}"
    )
    assert digits not in masked(f"号码{digits}。").text


def test_a_word_list_is_read_again_when_its_file_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "words.txt"
    file.write_text("\ufeff蓝湖\n# 说明\n", "utf-8")
    words = WordList(file)
    assert words.now() == ("蓝湖",)
    assert words.now() is words.now()
    file.write_text("蓝湖工程\n蓝湖\n", "utf-8")
    assert words.now() == ("蓝湖工程", "蓝湖")
    file.write_bytes(b"\xff\xfe\xff")
    assert words.now() == ("蓝湖工程", "蓝湖")
    assert "原来的词表仍然有效" in capsys.readouterr().err


def test_a_word_list_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="WENGUI_WORDS"):
        WordList(tmp_path / "none.txt")
