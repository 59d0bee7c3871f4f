"""A cell as a number, and the unit in a label's bracket."""

from __future__ import annotations

import pytest

from index.tables import numeric, unit_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("50.86", 50.86),
        ("年均6", 6.0),
        ("年均7.5左右", 7.5),
        ("[180.44]", 180.44),
        ("累计≥21.5", 21.5),
        ("≥95", 95.0),
        ("＜5", 5.0),
        (">13", 13.0),
        ("年均5%", 5.0),
        ("下降15％", 15.0),
        ("1,234,567", 1234567.0),
        ("1.2万元", 12000.0),
        ("3亿", 300000000.0),
        ("80 分", 80.0),
        ("-0.5", -0.5),
        ("65*", 65.0),
        ("10以上", 10.0),
        ("待省核定", None),
        ("完成省下达目标", None),
        ("—", None),
        ("*", None),
        ("", None),
        ("2025年", None),
        ("5-7", None),
        ("市区11520；县10920", None),
        ("3.1:1", None),
        ("第3位", None),
        ("PM2.5", None),
    ],
)
def test_numeric(value: str, expected: float | None) -> None:
    assert numeric(value) == expected


@pytest.mark.parametrize(
    ("label", "unit"),
    [
        ("每千人口（助理）医师数（人）", "人"),
        ("死亡率（人/亿元）", "人/亿元"),
        ("比重（％）", "%"),
        ("能耗（吨标准煤/万元）", "吨标准煤/万元"),
        ("产值(亿美元)", "亿美元"),
        ("发案率（万分之）", "万分之"),
        ("甲区（不含新城）", ""),
        ("颗粒物（PM2.5）浓度", ""),
        ("满意度", ""),
    ],
)
def test_unit_of(label: str, unit: str) -> None:
    assert unit_of(label) == unit
