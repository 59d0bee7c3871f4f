"""A run from its options to its graded results, kept on disk as it goes. Prints nothing.

What the command line (eval/run.py) and the 质检 page (through eval/desk.py) both call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from eval import accepted, diff, runs
from eval.answers import Assistant, Library
from eval.asking import jobs_for, replies
from eval.cases import CaseError, fingerprint, load, select
from eval.figures import OVERALL, counts, summarise
from eval.grade import grade
from eval.grounding import Sources
from eval.judge import judge, open_judge
from eval.lint import documents_of
from eval.options import Options
from eval.records import Case, Got, Json, Result
from eval.report import Run, Sections
from eval.text import squeeze

Progress = Callable[[int, int], None]  # answered so far, of how many


def _no_progress(done: int, total: int) -> None:
    """Nobody looks."""


def about(options: Options, assistant: Assistant, cases: Sequence[Case], jobs: int) -> runs.About:
    """What a run that begins now is made of."""
    library = assistant.library
    return runs.About(
        run_id=runs.new_id(options.mode),
        started=runs.now(),
        docs=str(options.docs or "source_docs"),
        documents=editions(library),
        cases=", ".join(map(str, options.cases)) or "eval/cases",
        only=options.only,
        split=options.split,
        count=len(cases),
        mode=options.mode,
        changes=dict(options.set),
        jobs=jobs,
        settings_hash=assistant.settings_hash,
        index_hash=library.index_hash,
        prompts_hash=runs.prompts_hash(),
        code_hash=runs.code_hash(),
        commit=runs.commit(),
        cases_hash=runs.cases_hash(cases),
    )


def _unfinished(name: str, new: runs.About) -> tuple[runs.About, dict[str, tuple[str, Got]]]:
    """The run to go on with and its answers so far; CaseError where it can't go on."""
    if name == "last":
        cut = [known for known in runs.listed() if not known.finished]
        if not cut:
            raise CaseError("没有中断的运行可以接着做。请去掉 --resume 重新运行。")
        name = cut[0].run_id
    place = runs.find(name)
    old = runs.read_about(place)
    runs.may_go_on(old, new)
    return old, runs.answered(place)


def ask_all(
    options: Options, assistant: Assistant, cases: Sequence[Case], progress: Progress = _no_progress
) -> tuple[list[Got], runs.Writing | None, runs.About]:
    """What came back for each case, in order, and the run it is kept in (None: kept nowhere).

    An exception out of `progress` cuts the run off; what was answered is kept.
    """
    jobs = jobs_for(len(cases), options.jobs, options.mode)
    made = about(options, assistant, cases, jobs)
    kept: dict[str, tuple[str, Got]] = {}
    if options.resume:
        made, kept = _unfinished(options.resume, made)
    known = {c.id: kept[c.id][1] for c in cases if kept.get(c.id, ("",))[0] == fingerprint(c)}
    writing = None if options.no_store else runs.Writing(made, cases)
    left = [case for case in cases if case.id not in known]
    try:
        progress(len(known), len(cases))
        for case, got in replies(assistant, options.opening(), left, jobs):
            known[case.id] = got
            if writing:
                writing.add(case, got)
            progress(len(known), len(cases))
    except BaseException:
        if writing:
            writing.close()
        raise
    return [known[case.id] for case in cases], writing, made


def grade_all(cases: Sequence[Case], got: Sequence[Got], library: Library) -> list[Result]:
    """Every case graded against the documents' own text."""
    texts = {doc.doc_id: squeeze(library.text(doc.doc_id)) for doc in library.documents()}
    sources = Sources(documents_of(library))
    return [grade(case, g, texts, sources) for case, g in zip(cases, got, strict=True)]


def sections_of(library: Library, doc_ids: Sequence[str]) -> Sections:
    """doc_id -> (heading path, text) of its sections, in order."""
    return {
        doc_id: [(s.heading_path, "\n".join(s.paragraphs)) for s in library.sections(doc_id)]
        for doc_id in doc_ids
    }


def make_run(
    made: runs.About, results: Sequence[Result], library: Library, options: Options
) -> Run:
    """The run as its report shows it."""
    documents = list(library.documents())
    models = sorted({r.got.model for r in results if r.got.model})
    changed = "，".join(f"{name}={value}" for name, value in made.changes.items())
    earlier = runs.read(runs.find(options.against)) if options.against else None
    return Run(
        results=results,
        summary=summarise(results),
        about={
            "文件": f"{made.docs}（{len(documents)} 份：{_editions(made.documents)}）",
            "测试题": made.cases + (f"，分组 {made.only}" if made.only else ""),
            "模型": "、".join(models) or "不用对话模型",
            **({"改过的设置": changed} if changed else {}),
            "运行": f"{made.run_id}，{made.started}，版本 {made.commit or '不明'}",
            "指纹": f"设置 {made.settings_hash}，索引 {made.index_hash}，"
            f"提示词 {made.prompts_hash or '无'}，程序 {made.code_hash}，题目 {made.cases_hash}",
        },
        titles={doc.doc_id: doc.title for doc in documents},
        sections=sections_of(library, [doc.doc_id for doc in documents]),
        reveal=options.reveal,
        beside=_other_run(options.beside),
        diff=diff.compare(earlier.about.run_id, earlier.results, results) if earlier else None,
    )


def _other_run(file: Path | None) -> dict[str, Json] | None:
    """The report.json of another run; a file that is none is the user's error."""
    if file is None:
        return None
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(found["figures"][OVERALL], dict) or "about" not in found:
            raise KeyError("about")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CaseError(f"{file}：不是一份 report.json。请先用 --report 得到一份。") from error
    return dict(found)


def editions(library: Library) -> dict[str, str]:
    """doc_id -> 原文 or 读本."""
    return {doc.doc_id: doc.edition for doc in library.documents()}


def _editions(by_doc: Mapping[str, str]) -> str:
    names = sorted(set(by_doc.values()))
    return "，".join(f"{name} {sum(e == name for e in by_doc.values())}" for name in names)


def means(run: Run) -> dict[str, float]:
    """Figure -> mean over all cases."""
    return {key: mean.mean for key, mean in run.summary[OVERALL].items()}


def perform(
    options: Options, assistant: Assistant, cases: Sequence[Case], progress: Progress = _no_progress
) -> tuple[Run, runs.About]:
    """Asks, grades and keeps the run; prints nothing."""
    got, writing, made = ask_all(options, assistant, cases, progress)
    results = grade_all(cases, got, assistant.library)
    verdict = judge(results, *open_judge(), progress) if options.judge else None
    results = list(verdict.results) if verdict else results
    finished = make_run(made, results, assistant.library, options)
    finished = replace(finished, verdict=verdict)
    if writing:
        made = writing.finish(results, counts(results), means(finished))
    return finished, made


def chosen(options: Options) -> list[Case]:
    """The cases to run; CaseError where none is left."""
    cases = select(load(options.cases or accepted.places()), options.only, options.split)
    if not cases:
        raise CaseError("没有符合条件的测试题。请检查 --cases、--only 和 --split。")
    return cases
