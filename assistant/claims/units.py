"""Units of measure: what each counts and how large it is. A table; knows no texts."""

from __future__ import annotations

from decimal import Decimal

# dimension: its units, each with its size in the dimension's own unit (1 where none is given).
# Measure words of single things (个, 家, 座 …) are one dimension: which is written is style.
_TABLE = """
元: 元 人民币 块钱
美元: 美元
港元: 港元 港币
欧元: 欧元
日元: 日元
英镑: 英镑
面积: 平方公里=1000000 公顷=10000 平方米
亩: 亩
体积: 立方米
流量: 立方米/秒
长度: 公里=1000 米 厘米=0.01 毫米=0.001 纳米=0.000000001
时速: 公里/小时
海里: 海里
质量: 吨=1000 公斤 克=0.001
标煤: 吨标煤
周转量: 吨公里
标箱: 标箱
电量: 千瓦时
功率: 千瓦 兆瓦=1000 吉瓦=1000000
浓度: 微克/立方米
水质: 毫克/升
分贝: 分贝
百分点: 个百分点
比率: % ‰=0.1
时长: 小时=60 分钟
秒: 秒
月数: 个月
季度: 季度
岁: 周岁 岁
年数: 周年 年
天: 天 日
人次: 人次
架次: 架次
人: 人 名 位
户: 户
号线: 号线
倍: 倍
番: 番
分: 分
级: 级
层: 层
期: 期
届: 届
度: ℃ 摄氏度 度
章: 章
节: 节
编: 编
篇: 篇
字: 字
次: 次 轮 场
个: 个 家 座 所 处 条 项 件 种 类 支 台 套 辆 艘 架 块 片 幢 栋 批 大 部 本 份 张 间 门 对 道 只 颗 枚 宗 单
个: 例 起 款 组 站 国 市 区 县 镇 村 极 核 翼 心 带 站点 点
"""

MAGNITUDES = {
    "万亿": 10**12, "千亿": 10**11, "百亿": 10**10, "亿": 10**8, "千万": 10**7, "百万": 10**6,
    "十万": 10**5, "万": 10**4, "千": 10**3, "百": 10**2,
}  # fmt: skip


def _read(table: str) -> dict[str, tuple[str, Decimal]]:
    units: dict[str, tuple[str, Decimal]] = {}
    for line in table.strip().splitlines():
        dimension, _, words = line.partition(": ")
        for word in words.split():
            name, _, size = word.partition("=")
            units[name] = (dimension, Decimal(size or 1))
    return units


UNITS = _read(_TABLE)
