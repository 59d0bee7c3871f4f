"""Whether a run may replace the accepted one: thresholds, and losses against a baseline.

A baseline holds ids and scores only, no text of a case or a document. Knows no assistant.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.cases import fingerprint
from eval.console import shown
from eval.figures import BY_KEY, bootstrap_means, scored
from eval.records import Json, Result
from index.errors import SettingError

THRESHOLDS = Path(__file__).parent / "thresholds.toml"
# One-sided: fewer than this share of the resampled differences may be no loss. 6 of 300 cases lost
# and none won gives 0.003; 6 lost and 5 won gives 0.4; 10 lost and 4 won gives 0.04.
_NOISE = 0.05
_RESAMPLES = 5000
_NAMED = 8  # lost cases named in a message
_DIGITS = 4  # of a score in the baseline file


@dataclass(frozen=True, slots=True)
class Limit:
    """What one figure is held to; None is no limit of that kind."""

    minimum: float | None = None
    maximum: float | None = None
    allowed_loss: float | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A case of the accepted run."""

    fingerprint: str
    scores: Mapping[str, float | None]


def load_limits(file: Path = THRESHOLDS) -> dict[str, Limit]:
    """Figure -> limit; SettingError names what is wrong in the file."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))["figures"]
        limits = {key: Limit(**table) for key, table in tables.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise SettingError(f"{file}：读不懂（{error}）。请按文件开头的说明填写。") from error
    if unknown := [key for key in limits if key not in BY_KEY]:
        raise SettingError(f"{file}：没有这个指标：{'、'.join(unknown)}。")
    return limits


def baseline_data(results: Sequence[Result], documents: Mapping[str, str]) -> Json:
    """The accepted run. `documents`: doc_id -> edition, to warn of comparing unlike with unlike."""

    def rounded(result: Result) -> dict[str, float | None]:
        pairs = ((f, result.scores.get(f)) for f in BY_KEY if f != "seconds")
        return {f: None if v is None else round(v, _DIGITS) for f, v in pairs}

    return {
        "documents": dict(sorted(documents.items())),
        "cases": {
            r.case.id: {"fingerprint": fingerprint(r.case), "scores": rounded(r)} for r in results
        },
    }


def write_baseline(file: Path, data: Json) -> None:
    """One case a line, so that a change of the baseline reads well in a diff."""
    cases = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in data["cases"].items())
    documents = json.dumps(data["documents"], ensure_ascii=False)
    text = f'{{\n "documents": {documents},\n "cases": {{\n{cases}\n }}\n}}\n'
    file.write_text(text, encoding="utf-8")


def read_baseline(file: Path) -> tuple[dict[str, Accepted], dict[str, str]]:
    """The accepted cases by id, and the documents (doc_id -> edition) they were run on."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        cases = {k: Accepted(v["fingerprint"], v["scores"]) for k, v in data["cases"].items()}
        return cases, dict(data["documents"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SettingError(
            f"{file}：不是可用的基线（{error}）。请用 --write-baseline 重新生成。"
        ) from error


def no_loss_share(differences: Sequence[float]) -> float:
    """Share of the resampled mean differences (new - old) that are no loss."""
    return float(np.mean(bootstrap_means(differences, _RESAMPLES) >= 0))


def _pairs(
    results: Sequence[Result], accepted: Mapping[str, Accepted], key: str
) -> dict[str, tuple[float, float]]:
    """Case id -> (old, new), of unchanged cases that have the figure in both runs.

    An answer that gives no quote has no share of faithful quotes: such a case pairs with nothing.
    """
    pairs = {}
    for result in results:
        old = accepted.get(result.case.id)
        if old is None or old.fingerprint != fingerprint(result.case):
            continue
        before, now = old.scores.get(key), result.scores.get(key)
        if before is not None and now is not None:
            pairs[result.case.id] = (before, now)
    return pairs


def _loss(
    results: Sequence[Result], accepted: Mapping[str, Accepted], key: str, allowed: float
) -> str:
    pairs = _pairs(results, accepted, key)
    if not pairs:
        return ""
    differences = [now - before for before, now in pairs.values()]
    loss = -float(np.mean(differences))
    tiny = 10.0**-_DIGITS  # the baseline's rounding is no loss
    if loss <= allowed + tiny or no_loss_share(differences) >= _NOISE:
        return ""
    visible = {r.case.id for r in results if r.case.split == "dev"}
    lost = [i for i, (before, now) in pairs.items() if now < before - tiny and i in visible]
    more = f" 等{len(lost)}题" if len(lost) > _NAMED else ""
    names = f"；变差的题：{'、'.join(lost[:_NAMED])}{more}" if lost else ""
    return (
        f"{BY_KEY[key].label}：比基线下降 {loss * 100:.1f} 分"
        f"（允许 {allowed * 100:.1f} 分，{len(pairs)} 题配对）{names}"
    )


def _beyond(results: Sequence[Result], key: str, limit: Limit) -> str:
    values = scored(results, key)
    if not values:
        return ""
    value, label = float(np.mean(values)), BY_KEY[key].label
    if limit.minimum is not None and value < limit.minimum - 1e-9:
        return f"{label}：{shown(key, value)}，低于下限 {shown(key, limit.minimum)}"
    if limit.maximum is not None and value > limit.maximum + 1e-9:
        return f"{label}：{shown(key, value)}，高于上限 {shown(key, limit.maximum)}"
    return ""


def _gone(results: Sequence[Result], accepted: Mapping[str, Accepted]) -> str:
    """A case that vanished can hide a loss; that it went is to be accepted by a new baseline."""
    ran = {r.case.id for r in results}
    gone = sum(i not in ran for i in accepted)
    return f"题目：基线中有 {gone} 题不见了；确要删题，请重写基线" if gone else ""


def violations(
    results: Sequence[Result],
    accepted: Mapping[str, Accepted],
    limits: Mapping[str, Limit],
    whole: bool = True,
) -> list[str]:
    """One line each. `whole`: the run covers all cases, so that means and absences count too."""
    found = [_gone(results, accepted)] if whole else []
    for key, limit in limits.items():
        if whole:
            found.append(_beyond(results, key, limit))
        if limit.allowed_loss is not None:
            found.append(_loss(results, accepted, key, limit.allowed_loss))
    return [line for line in found if line]


def remarks(
    results: Sequence[Result],
    accepted: Mapping[str, Accepted],
    before: Mapping[str, str],
    now: Mapping[str, str],
) -> list[str]:
    """What makes the comparison narrower than it looks; no violation."""
    changed = sum(
        r.case.id in accepted and accepted[r.case.id].fingerprint != fingerprint(r.case)
        for r in results
    )
    new = sum(r.case.id not in accepted for r in results)
    ran = {r.case.id for r in results}
    left = sum(i not in ran for i in accepted)
    lines = [f"有 {changed} 题的内容与基线不同，没有参加比较"] if changed else []
    lines += [f"有 {new} 题基线中没有，没有参加比较"] if new else []
    lines += [f"基线中另有 {left} 题这次没有运行"] if left else []
    lines += ["基线是在另一组文件（或另一版本）上得到的，差别可能来自文件"] if before != now else []
    return lines
