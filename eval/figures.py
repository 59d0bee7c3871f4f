"""The figures: their names, and their means over cases with bootstrap intervals.

Knows scores by name only; how a score comes about is eval/grade.py's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.records import Mean, Result, Summary

RESAMPLES = 1000  # the interval's ends move by less than 0.2 points between seeds at 300 cases
_SEED = 20210301  # any fixed one: the same run gives the same report
OVERALL = "全部"
GROUP, DOCUMENT = "· ", "※ "  # what a group's and a document's scope begin with


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as people read it. `share`: between 0 and 1, shown in per cent."""

    key: str
    label: str
    meaning: str
    share: bool = True


FIGURES = (
    Figure("right", "全对", "该答的答全要点且未拒答，该拒的拒答，该纠正的给出正确内容"),
    Figure("all_facts", "要点全中", "每个要点都有一种说法出现，且没有不该说的内容"),
    Figure("facts", "要点比例", "出现的要点占应有要点的比例"),
    Figure("facts_5", "前5段含要点", "检索到的前5段里有全部要点"),
    Figure("recall_1", "出处@1", "第1段就在应有的章节里"),
    Figure("recall_5", "出处@5", "前5段覆盖应有章节的比例"),
    Figure("mrr", "MRR", "第一个应有章节名次的倒数"),
    Figure("ndcg", "nDCG@10", "前10段的排序质量"),
    Figure("lead_5", "段首语@5", "前5段到达应有段落（题目注明段首语的）的比例"),
    Figure("citation_recall", "引用覆盖", "应有章节被引用的比例"),
    Figure("citation_precision", "引用准确", "被引用的章节中属于应有或可用章节的比例"),
    Figure(
        "level",
        "引用层级",
        "应有章节这条线上的引用中，写到这一节（而不只写到章）的比例；没有引到为 0",
    ),
    Figure("quotes", "引文逐字", "引文逐字见于文件的比例"),
    Figure("grounded", "句句有据", "句子的数字和用词都见于所引出处的比例；只算作了回答的题"),
    Figure("forbidden", "无禁语", "没有说出题目禁止的内容的比例"),
    Figure("corrected", "纠正前提", "前提有误的题给出正确内容并注明出处的比例"),
    Figure("refusal", "拒答得当", "该拒的拒了，该答的没有拒"),
    Figure("written", "模型作答", "请了对话模型的题里，由它写完而没有退回默认方式的比例"),
    Figure("kept", "句子留下", "对话模型写的句子里，核实后留下的比例"),
    Figure("fluency", "通顺", "评审模型给的通顺得分（没有评审则没有）"),
    Figure("length", "答案字数", "答案的字数，不计空白", share=False),
    Figure("chars_5", "前5段字数", "检索到的前5段的字数，不计空白", share=False),
    Figure("tokens", "词元", "对话模型读写的词元数，不用模型时为 0", share=False),
    Figure("seconds", "用时（秒）", "回答一题的时间，不含加载", share=False),
)
BY_KEY = {figure.key: figure for figure in FIGURES}


def bootstrap_means(values: Sequence[float], resamples: int = RESAMPLES) -> np.ndarray:
    """Means of `resamples` samples drawn with replacement; one value a sample."""
    array = np.asarray(values, dtype=float)
    picks = np.random.default_rng(_SEED).integers(0, len(array), (resamples, len(array)))
    return np.asarray(array[picks].mean(axis=1))


def mean(values: Sequence[float]) -> Mean:
    """Mean and 95 % bootstrap interval of at least one value."""
    low, high = np.percentile(bootstrap_means(values), [2.5, 97.5])
    return Mean(len(values), float(np.mean(values)), float(low), float(high))


def scored(results: Sequence[Result], key: str) -> list[float]:
    """The values of a figure where it applies; a failed case is in it with its zero."""
    return [value for r in results if (value := r.scores.get(key)) is not None]


def documents_of(result: Result) -> list[str]:
    """The documents a case is about: those of its gold, in order; none for a refusal."""
    return list(dict.fromkeys(gold.doc for gold in result.case.gold))


def summarise(results: Sequence[Result]) -> Summary:
    """Means overall, by split (where there are two), by group and by document."""
    scopes: dict[str, list[Result]] = {OVERALL: list(results)}
    splits = sorted({r.case.split for r in results})
    for split in splits if len(splits) > 1 else []:
        scopes[split] = [r for r in results if r.case.split == split]
    for result in results:
        scopes.setdefault(f"{GROUP}{result.case.group}", []).append(result)
    for result in results:
        for doc in documents_of(result):
            scopes.setdefault(f"{DOCUMENT}{doc}", []).append(result)
    return {
        scope: {f.key: mean(values) for f in FIGURES if (values := scored(members, f.key))}
        for scope, members in scopes.items()
    }


def percentile(results: Sequence[Result], q: float) -> float | None:
    """A percentile of the seconds, None where nothing was timed."""
    seconds = scored(results, "seconds")
    return float(np.percentile(seconds, q)) if seconds else None


def counts(results: Sequence[Result]) -> dict[str, int]:
    """How many cases are right, wrong, failed, unscored: four different things."""
    return {
        status: sum(r.status == status for r in results)
        for status in ("right", "wrong", "failed", "unscored")
    }
