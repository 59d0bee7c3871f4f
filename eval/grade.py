"""One case graded: which figures apply, their values, and why a miss is a miss.

A case that raised counts zero in every figure that would have applied to it: it never leaves a
mean. A figure without anything to grade by is None (unscored), which is neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eval import graders
from eval.grounding import Sources, grounded_share, sentences, ungrounded
from eval.records import Case, Got, Result, Status
from eval.text import fold, squeeze

_TOP = 5  # passages a reader may be expected to look through
_DEEP = 10  # passages the answers' format promises


def is_input_check(case: Case) -> bool:
    """expect=validate without gold or facts: the question is unusable and must be sent back."""
    return case.expect == "validate" and not case.gold and not case.must


def applies(case: Case) -> dict[str, bool]:
    """Figure -> whether the case can be graded by it."""
    placed = bool(case.gold) and case.expect != "refuse"
    stated = bool(case.must or case.must_not) and case.expect != "refuse"
    usable = not is_input_check(case)
    return {
        "recall_1": placed,
        "recall_5": placed,
        "mrr": placed,
        "ndcg": placed,
        "lead_5": placed and any(gold.lead for gold in case.gold),
        "citation_recall": placed,
        "citation_precision": placed,
        "level": placed,
        "grounded": usable and case.expect != "refuse",
        "forbidden": bool(case.must_not),
        "corrected": case.expect == "correct",
        "quotes": usable and case.expect != "refuse",
        "facts": stated,
        "all_facts": stated,
        "facts_5": stated,
        "refusal": usable,
        "right": stated or case.expect == "refuse" or not usable,
    }


def _retrieval(case: Case, got: Got) -> dict[str, float]:
    return {
        "recall_1": graders.recall_at(case, got.evidence, 1),
        "recall_5": graders.recall_at(case, got.evidence, _TOP),
        "mrr": graders.reciprocal_rank(case, got.evidence),
        "ndcg": graders.ndcg_at(case, got.evidence, _DEEP),
        "lead_5": graders.recall_at(case, got.evidence, _TOP, lead=True),
        "citation_recall": graders.citation_recall(case, got.citations),
        "citation_precision": graders.citation_precision(case, got.citations),
    }


def _evidence_text(got: Got, k: int) -> str:
    return fold("\n".join(e.text for e in got.evidence[:k]))


def _right(case: Case, got: Got, met: bool) -> bool:
    if is_input_check(case):
        return got.user_error or not (got.citations or got.error)
    return met and (case.expect == "correct" or got.refused == (case.expect == "refuse"))


def _values(
    case: Case, got: Got, bad_quotes: Sequence[int], sources: Sources
) -> dict[str, float | None]:
    folded = graders.answer_for_facts(got.text, got.citations)
    met = graders.all_facts(case, folded)
    return _retrieval(case, got) | {
        "quotes": 1 - len(bad_quotes) / len(got.citations) if got.citations else 1.0,
        "level": graders.citation_level(case, got.citations),
        "grounded": None if got.refused else grounded_share(got, sources),
        "forbidden": float(not graders.forbidden_facts(case, folded)),
        "corrected": float(graders.corrected(case, folded, got.citations)),
        "facts": graders.fact_share(case, folded),
        "all_facts": float(met),
        "facts_5": float(not graders.missing_facts(case, _evidence_text(got, _TOP))),
        "refusal": float(graders.refusal_right(case, got.refused, met)),
        "right": float(_right(case, got, met)),
    }


def _sizes(got: Got) -> dict[str, float | None]:
    """Characters and seconds: measured where there is an answer, no quality to count as zero."""
    if got.error:
        return dict.fromkeys(("length", "chars_5", "seconds", "tokens", "written", "kept"))
    return {
        "length": float(len(squeeze(got.text))),
        "chars_5": float(sum(len(squeeze(e.text)) for e in got.evidence[:_TOP])),
        "seconds": got.seconds,
        "tokens": _tokens(got),
        "written": float(not got.fallback) if got.model or got.fallback else None,
        "kept": _kept(got) if got.model else None,
    }


def _tokens(got: Got) -> float:
    """What the chat model read and wrote for the answer; 0 without one."""
    usage = got.usage or {}
    return float(usage.get("prompt_tokens", 0) + usage.get("completion_tokens", 0))


def _kept(got: Got) -> float:
    """Of the chat model's sentences, the share that passed the check."""
    whole = len(sentences(got.text)) + got.dropped_claims
    return 1 - got.dropped_claims / whole if whole else 0.0


def _miss(case: Case, got: Got, status: Status, scores: Mapping[str, float | None]) -> str:
    """The first reason that holds, from the outside in."""
    folded = graders.answer_for_facts(got.text, got.citations)
    reasons = (
        ("出错", status == "failed"),
        ("不可用的提问未被指出", is_input_check(case)),
        ("该拒答而未拒答", case.expect == "refuse" and not got.refused),
        ("不该拒答而拒答", case.expect != "refuse" and got.refused),
        ("说了不该说的内容", bool(graders.forbidden_facts(case, folded))),
        ("拒答缺少应给的内容", case.expect == "refuse"),
        ("前5段有要点，答案没写", bool(scores["facts_5"])),
        ("出处找到，段落缺要点", bool(scores["recall_5"])),
        ("要点只在第6至10段", not graders.missing_facts(case, _evidence_text(got, _DEEP))),
    )
    return next((reason for reason, holds in reasons if holds), "没有找到")


def _status(got: Got, scores: Mapping[str, float | None]) -> Status:
    if got.error and not (got.user_error and scores["right"]):
        return "failed"
    if scores["right"] is None:
        return "wrong" if scores["refusal"] == 0 else "unscored"
    return "right" if scores["right"] else "wrong"


def grade(
    case: Case, got: Got, squeezed_texts: Mapping[str, str], sources: Sources | None = None
) -> Result:
    """The case with all its figures. `squeezed_texts`: doc_id -> text without white space.

    Without `sources` a sentence stands on its quotes alone.
    """
    sources = sources or Sources({})
    bad_quotes = graders.unfaithful_markers(got.citations, squeezed_texts)
    values = _values(case, got, bad_quotes, sources)
    if got.error and not (is_input_check(case) and got.user_error):
        values = dict.fromkeys(values, 0.0)
    fits = applies(case)
    if got.citations:  # a quote is checked wherever one is given
        fits["quotes"] = True
    elif not got.error:
        fits["quotes"] = False
    scores: dict[str, float | None] = {k: v if fits[k] else None for k, v in values.items()}
    status = _status(got, scores)
    folded = graders.answer_for_facts(got.text, got.citations)
    return Result(
        case,
        got,
        scores | _sizes(got),
        status,
        miss=_miss(case, got, status, scores) if status in ("wrong", "failed") else "",
        missing=graders.missing_facts(case, folded),
        unfaithful=bad_quotes,
        ungrounded=() if got.refused else tuple(ungrounded(got, sources)),
    )
