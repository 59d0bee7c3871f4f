"""A made-up plan with a case for each of its facts, and the assistant over it.

All of it is written by rule, so that losses can be planted where they are wanted.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant import Assistant, Settings
from assistant.chat.settings import ChatSettings
from assistant.chat.writer import Writer
from eval.answers import ask
from eval.flow import grade_all
from eval.records import Case, Gold, Result
from index.embeddings import StaticEmbeddings
from index.library import Library
from index.settings import Settings as IndexSettings

# Subject, what is counted, its unit.
SUBJECTS = (
    ("普惠托育", "托育园", "家"), ("义务教育", "中小学校", "所"), ("医疗卫生", "社区医院", "家"),
    ("养老服务", "护理型床位", "张"), ("公共文化", "城市书房", "座"), ("全民健身", "体育公园", "个"),
    ("轨道交通", "换乘枢纽", "座"), ("公路建设", "快速路", "公里"), ("内河航运", "千吨级泊位", "个"),
    ("水环境", "生态河道", "条"), ("大气治理", "监测站点", "个"), ("垃圾分类", "分拣中心", "座"),
    ("乡村振兴", "美丽村庄", "个"), ("粮食安全", "高标准农田", "万亩"), ("科技创新", "重点实验室", "个"),
    ("产业园区", "标准厂房", "栋"), ("人才引育", "博士后工作站", "个"), ("金融服务", "科技支行", "家"),
    ("数字政府", "自助服务终端", "台"), ("应急管理", "避难场所", "处"), ("住房保障", "保障性住房", "套"),
    ("城市更新", "老旧小区", "个"), ("文化旅游", "旅游度假区", "个"), ("对外开放", "海外仓库", "个"),
)  # fmt: skip
ABSENT = (
    "火箭发射场", "核电机组", "滑雪场", "海水淡化厂", "天文台", "赛马场", "葡萄酒庄", "鲸鱼保护区",
    "钻石矿", "太空电梯", "极地科考船", "航空母舰", "热带雨林", "沙漠公路", "咖啡种植园", "珍珠养殖场",
    "橡胶林场", "铀矿", "潜艇码头", "斗牛场", "温泉古堡", "冰川公园", "椰子加工厂", "火山观测站",
)  # fmt: skip
_CHINESE = "一二三四五六七八九十"


def ordinal(n: int) -> str:
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens - 1]}十"
    return head + (_CHINESE[ones - 1] if ones else "")


def target(n: int) -> int:
    return 37 + 13 * n


def plan(lost: Sequence[int] = (), column: str = "whole") -> str:
    """The plan in Markdown. `lost`: sections left out; `column`: whole, empty or moved."""
    parts = ["# 青川市国民经济和社会发展规划纲要", "## 第一章 重点任务"]
    for n, (name, thing, unit) in enumerate(SUBJECTS, 1):
        if n not in lost:
            parts += [
                f"### 第{ordinal(n)}节 {name}",
                f"完善{name}体系。到2025年，全市建成{thing}{target(n)}{unit}，提高{name}的水平。",
            ]
    parts += ["## 第二章 主要指标", "表1 青川市主要指标", "", *_table(column)]
    return (
        "\n\n".join(parts[: -len(SUBJECTS) - 2]) + "\n\n" + "\n".join(parts[-len(SUBJECTS) - 2 :])
    )


def _table(column: str) -> list[str]:
    rows = ["| 序号 | 指标 | 2020年实际值 | 2025年目标值 |", "| --- | --- | --- | --- |"]
    for n, (_, thing, unit) in enumerate(SUBJECTS, 1):
        before, goal = str(5 + 3 * n), str(target(n))
        cells = {"whole": (before, goal), "empty": ("", goal), "moved": (goal, before)}[column]
        rows.append(f"| {n} | {thing}（{unit}） | {cells[0]} | {cells[1]} |")
    return rows


def cases() -> list[Case]:
    """A case for each section, each row of the table, and each thing the plan is silent on."""
    found = []
    for n, (_, thing, unit) in enumerate(SUBJECTS, 1):
        section = Gold("plan", ("第一章", f"第{ordinal(n)}节"))
        row = Gold("plan", ("第二章", "表1"))
        asked = f"到2025年全市要建成多少{unit}{thing}？"
        goal = ((str(target(n)),),)
        found.append(
            Case(f"s{n}", "section", asked, "answer", gold=(section,), also_ok=(row,), must=goal)
        )
        asked = f"{thing}2020年实际值是多少？"
        value = ((f"2020年…{5 + 3 * n}",),)
        found.append(
            Case(f"t{n}", "table", asked, "answer", gold=(row,), also_ok=(section,), must=value)
        )
    for n, thing in enumerate(ABSENT, 1):
        found.append(Case(f"r{n}", "refuse", f"2025年要建成多少个{thing}？", "refuse"))
    return found


def library(folder: Path, model: StaticEmbeddings, text: str) -> Library:
    """The index of one plan, in a folder of its own."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "plan.md").write_text(text, encoding="utf-8")
    settings = IndexSettings(docs_dir=docs, data_dir=folder / "data")
    return Library.open(docs, settings=settings, model=model)


def run(
    over: Library,
    asked: Sequence[Case],
    chat: ChatSettings | None = None,
    original: Library | None = None,
) -> list[Result]:
    """The graded cases. `original`: the library whose text quotes are held against."""
    assistant = Assistant(over, Settings(), Writer(chat) if chat else None)
    return grade_all(asked, [ask(assistant, case) for case in asked], original or over)
