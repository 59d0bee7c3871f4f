"""Questions with the candidates the clerk finds for them, and which of those are right.

Two sources: our own development cases over the originals, and the questions written on the
provinces' reports (training/questions.py), each report being a library of its own. Knows how a right
piece is told; knows nothing of how weights are fitted.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import Assistant, Turn, open_assistant
from assistant.candidates import Candidate
from assistant.facets import facets, fits_kind
from assistant.language import read
from assistant.question import Question, analyse
from assistant.scope import Scope, scope
from assistant.standalone import standalone_question
from eval.cases import load
from eval.places import same_lead, same_place
from eval.records import Case
from eval.text import fold, stands_in
from training import questions, sources
from training.questions import is_remembered

REPORTS = sources.WORK / "reports"
# As much of a report's answer must stand in a piece: an answer is told by where it begins.
_ANSWER = 12


@dataclass(frozen=True)
class Example:
    """One part of a question, and of each candidate how right it is and whether it stands near.

    `right` sums to 1, or to 0 where none is; `near`: in the paragraph that answers. A question to
    be refused has neither.
    """

    id: str
    group: str
    to_refuse: bool
    question: Question
    scope: Scope
    candidates: Sequence[Candidate]
    right: NDArray[np.float64]
    near: NDArray[np.bool_]
    assistant: Assistant

    @property
    def together(self) -> str:
        """What must not be torn apart by folds: a question's parts, a province's questions."""
        return self.id.split("-")[0] if self.group.startswith("report") else self.id

    @property
    def target(self) -> NDArray[np.float64] | None:
        """What a ranker should say of the candidates, summing to 1; None where none is right."""
        wanted = self.right if self.right.any() else self.near.astype(float)
        return wanted / wanted.sum() if wanted.any() else None


def folds(together: Sequence[str], count: int) -> NDArray[np.int_]:
    """A fold for each, the same for all that go together."""
    names = sorted(set(together))
    order = np.random.default_rng(0).permutation(len(names)) % count
    by_name = dict(zip(names, order.tolist(), strict=True))
    return np.array([by_name[name] for name in together])


def of_cases(assistant: Assistant) -> Iterator[Example]:
    """The development cases, part by part; those that only test the input are left out."""
    clerk = assistant.clerk
    for case in load():
        if case.split != "dev" or case.expect == "validate":
            continue
        turns = [Turn(*t) for t in case.history]
        text = standalone_question(read(case.question).text, turns, clerk.words.similar)
        whole = analyse(text)
        allowed = scope(whole, clerk.scopes)
        for part in facets(whole, allowed, clerk.scopes):
            hits = clerk.finder.search(part.question, part.doc_ids)
            hits = [h for h in hits if fits_kind(h.passage, part.kind)]
            found = clerk.finder.candidates(part.question, hits)
            right = np.array([_right(c, case) for c in found])
            near = np.array([_near(c, case) for c in found], dtype=bool)
            refuse = case.expect == "refuse"
            yield Example(
                case.id, case.group, refuse, part.question, allowed, found, right, near, assistant
            )


def _right(candidate: Candidate, case: Case) -> float:
    passage = candidate.passage
    places = (*case.gold, *case.also_ok)
    if not case.must or not any(
        same_place(g, passage.doc_id, passage.heading_path) for g in places
    ):
        return 0.0
    row = passage.row
    text = fold(candidate.piece.text if row is None else f"{row.text}{row.label}")
    return sum(any(stands_in(a, text) for a in fact) for fact in case.must) / len(case.must)


def _near(candidate: Candidate, case: Case) -> bool:
    passage = candidate.passage
    return any(
        same_place(g, passage.doc_id, passage.heading_path) and same_lead(g, passage.lead)
        for g in case.gold
    )


def of_reports(data: Path = sources.DATA, every: int = 0) -> Iterator[tuple[Example, bool]]:
    """Questions on the provinces' reports, each asked of its own report alone, and whether the
    question model remembers it with its answer: of those one in `every`, none where that is 0.
    """
    texts = dict(sources.reports_by_province(data))
    by_province = defaultdict(list)
    remembered = 0
    for asked in questions.load(data):
        if is_remembered(asked):
            remembered += 1
            if not every or remembered % every:
                continue
        by_province[asked.paragraph_id.split("-")[0]].append(asked)
    for province, all_asked in by_province.items():
        assistant = open_assistant(_folder(province, texts[province]))
        for asked in all_asked:
            yield _of_report(assistant, asked), is_remembered(asked)


def _folder(province: str, paragraphs: Sequence[str]) -> Path:
    folder = REPORTS / province
    folder.mkdir(parents=True, exist_ok=True)
    title = f"2026年{province}政府工作报告"
    (folder / "report.txt").write_text("\n\n".join([title, *paragraphs]), encoding="utf-8")
    with (folder / "catalog.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["doc_id", "file", "title", "issuer", "kind", "published", "edition"])
        rows.writerow(
            ["report", "report.txt", title, f"{province}人民政府", "政府工作报告", "2026", "原文"]
        )
    return folder


def _of_report(assistant: Assistant, asked: questions.Asked) -> Example:
    clerk = assistant.clerk
    question = analyse(read(asked.question).text)
    allowed = scope(question, clerk.scopes)
    found = clerk.finder.candidates(question, clerk.finder.search(question, allowed.allowed))
    refuse = asked.answer_at < 0
    answer = fold(asked.paragraph[asked.answer_at :][:_ANSWER])
    paragraph = fold(asked.paragraph)
    right = np.array([float(not refuse and answer in fold(c.piece.text)) for c in found])
    near = np.array(
        [not refuse and fold(c.passage.text)[:30] in paragraph for c in found], dtype=bool
    )
    name = f"{asked.paragraph_id} {asked.question}"
    group = f"report-{asked.kind}"
    return Example(name, group, refuse, question, allowed, found, right, near, assistant)
