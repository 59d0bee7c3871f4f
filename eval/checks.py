"""What is wrong with a case: its form, its gold section, its facts. Pure functions.

Knows a document as sections with heading paths and texts; asks no assistant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from eval.places import inside, same_heading
from eval.records import Case, Gold
from eval.text import fold, fold_heading, stands_in
from eval.text import parts_of as parts_of_fact

# Words that ask and words that join; what is left of a question is what it asks about.
_ASKING = re.compile(
    "请问|什么|多少|哪些|哪个|哪里|哪几|怎么样|怎样|怎么|如何|为什么|是否|有没有|能不能|可不可以|"
    "几个|几家|几|吗|呢|吧|的|了|是|在|和|与|及|或|到|从|对|把|被|有|要|会|将|为|等|我|你|您|我们|"
    "[^\u4e00-\u9fffA-Za-z0-9.%]+"
)
_MARKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9.%]+")
# Of the character pairs of both questions. Of 903 open cases 0 pairs have this share, the nearest
# has 0.71: it asks the same in the same order with one word changed.
_NEAR = 0.75
_FEW_PAIRS = 4  # a shorter question says too little to be compared
_KNOWN_SHARE = 0.85  # of a question's terms in one section: then a person should look again


@dataclass(frozen=True, slots=True)
class Part:
    """A section as lint reads it: `rows` are a table's records, each one folded text."""

    heading_path: tuple[str, ...]
    text: str  # folded
    rows: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()  # each one folded; none of a table

    @property
    def units(self) -> tuple[str, ...]:
        """What states one thing: a row of a table, else a paragraph."""
        return self.rows or self.paragraphs


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a case: an error is to be mended, a warning to be looked at."""

    message: str
    error: bool = True


Documents = Mapping[str, Sequence[Part]]


def parts_of(gold: Gold, documents: Documents) -> list[Part]:
    """The sections in the gold place, those under it included."""
    return [p for p in documents.get(gold.doc, ()) if inside(gold.path, p.heading_path)]


def _name(gold: Gold) -> str:
    return f"{gold.doc} {' › '.join(gold.path) or '（全文）'}"


def matched(path: Sequence[str], heading_path: Sequence[str]) -> tuple[str, ...]:
    """The heading path up to the heading that the last element of `path` means."""
    headings = iter(enumerate(heading_path, 1))
    end = 0
    for element in path:
        end = next(i for i, heading in headings if same_heading(element, heading))
    return tuple(heading_path[:end])


def _longest_match(gold: Gold, documents: Documents) -> str:
    """The first element that leads nowhere, to tell where a path went wrong."""
    for n in range(1, len(gold.path) + 1):
        if not parts_of(Gold(gold.doc, gold.path[:n]), documents):
            return gold.path[n - 1]
    return ""


def gold_findings(gold: Gold, documents: Documents) -> Iterator[Finding]:
    """The document is there, the path leads to one section, the lead stands in it."""
    if gold.doc not in documents:
        yield Finding(f"没有这份文件：{gold.doc}")
        return
    parts = parts_of(gold, documents)
    if not parts:
        wrong = _longest_match(gold, documents)
        yield Finding(f"找不到章节：{_name(gold)}" + (f"，从“{wrong}”起不符" if wrong else ""))
        return
    places = {tuple(map(fold_heading, matched(gold.path, p.heading_path))) for p in parts}
    if len(places) > 1:
        yield Finding(f"出处不唯一，{len(places)} 处都符合：{_name(gold)}，请写上一级标题")
    if gold.lead and not any(stands_in(gold.lead, p.text) for p in parts):
        yield Finding(f"章节里没有段首语“{gold.lead}”：{_name(gold)}")


def _units(gold: Gold, documents: Documents) -> Iterator[str]:
    """The texts a fact may stand in: a section, but of a table one row (the lead names which)."""
    for part in parts_of(gold, documents):
        if not part.rows:
            yield part.text
            continue
        named = [row for row in part.rows if gold.lead and stands_in(gold.lead, row)]
        yield from named or part.rows


def holds(fact: str, unit: str) -> bool:
    """Whether a place holds a fact; parts bound together may stand apart in a table."""
    return all(stands_in(part, unit) for part in parts_of_fact(fact))


def must_findings(case: Case, documents: Documents) -> Iterator[Finding]:
    """Each `must` group stands in a gold section. Only where there are all of them to look in.

    Whoever corrects or confirms says words of their own (不是, 属预期性): there it is a warning.
    """
    places = [parts_of(gold, documents) for gold in case.gold]
    if not places or not all(places) or case.expect == "refuse":
        return
    units = [unit for gold in case.gold for unit in _units(gold, documents)]
    for group in case.must:
        if not any(holds(fact, unit) for fact in group for unit in units):
            said = " / ".join(group)
            yield Finding(f"要点“{said}”不在出处的文字里", error=case.expect == "answer")


def form_findings(case: Case) -> Iterator[Finding]:
    """Fields that contradict each other or leave nothing to grade."""
    if case.expect in ("answer", "correct"):
        if not case.gold:
            yield Finding("应当回答的题没有写出处（gold）")
        if not case.must:
            yield Finding("应当回答的题没有要点（must），只能评检索和引用", error=False)
    if case.expect == "refuse" and case.gold:
        yield Finding("应当拒答的题写了出处，不会评检索和引用", error=False)
    if case.gold_mode == "each-doc" and len({g.doc for g in case.gold}) < 2:
        yield Finding("gold_mode 是 each-doc，出处却不到两份文件")
    if not case.question.strip() and case.expect != "validate":
        yield Finding("问题是空的")
    if case.file.startswith(("dev", "unseen")) and not case.file.startswith(case.split):
        yield Finding(f"split 是 {case.split}，文件名却是 {case.file}")
    for group in case.must:
        for bad in case.must_not:
            if all(stands_in(bad, fold(fact)) for fact in group):
                yield Finding(f"要点“{' / '.join(group)}”含有不许出现的“{bad}”，没有答案能对")


def terms(question: str) -> list[str]:
    """What a question asks about: its character pairs, and its numbers and Latin words whole."""
    found: dict[str, None] = {}
    for piece in _ASKING.split(fold(question)):
        for run in re.findall(r"[A-Za-z0-9.%]+年?|[\u4e00-\u9fff]+", piece):
            whole = len(run) < 3 or not "\u4e00" <= run[0] <= "\u9fff"
            pairs = [run] if whole else [run[i : i + 2] for i in range(len(run) - 1)]
            found |= dict.fromkeys(pairs)
    return [term for term in found if len(term) > 1]


def absence_findings(case: Case, documents: Documents) -> Iterator[Finding]:
    """Words said to be absent stand together in no paragraph and no table row of any document."""
    for group in case.absent:
        held = next(
            (
                part.heading_path
                for parts in documents.values()
                for part in parts
                for unit in part.units
                if all(stands_in(word, unit) for word in group)
            ),
            None,
        )
        if held is not None:
            where = " › ".join(held) or "（第一个标题之前）"
            yield Finding(f"题目说文件里没有“{' + '.join(group)}”，但“{where}”里有")
    if case.absent and case.expect != "refuse":
        yield Finding("应当回答的题写了 absent（文件里没有的词）", error=False)


def refusal_findings(case: Case, documents: Documents) -> Iterator[Finding]:
    """Without words said to be absent, a question to refuse is held against every section."""
    if case.expect != "refuse" or case.history or case.absent:
        return
    wanted = terms(case.question)
    if len(wanted) < 2:
        return
    known, place = max(
        (
            (sum(stands_in(t, part.text) for t in wanted) / len(wanted), part.heading_path)
            for parts in documents.values()
            for part in parts
        ),
        default=(0.0, ()),
    )
    if known >= _KNOWN_SHARE:
        yield Finding(
            f"问题里的词几乎都在同一章节里，请确认文件中确实没有答案：{' › '.join(place)}",
            error=False,
        )


def findings(case: Case, documents: Documents) -> list[Finding]:
    """Everything wrong with one case, the form first."""
    found = list(form_findings(case))
    for gold in (*case.gold, *case.also_ok):
        found += gold_findings(gold, documents)
    found += must_findings(case, documents)
    found += absence_findings(case, documents)
    found += refusal_findings(case, documents)
    return found


def duplicates(cases: Sequence[Case]) -> Iterator[tuple[Case, str]]:
    """Cases whose id, or whose question with its history, an earlier case has already."""
    ids: dict[str, Case] = {}
    questions: dict[tuple[str, tuple[str, ...]], Case] = {}
    for case in cases:
        key = (fold_heading(case.question), tuple(fold(text) for _, text in case.history))
        for first in filter(None, [ids.get(case.id)]):
            yield case, f"编号与 {first.file}:{first.line} 重复：{case.id}"
        for first in filter(None, [questions.get(key)]):
            yield case, f"问题与 {first.file}:{first.line}（{first.id}）重复"
        ids.setdefault(case.id, case)
        questions.setdefault(key, case)


def _pairs_of(text: str) -> frozenset[str]:
    """The character pairs of a question, its marks and asking ends aside."""
    bare = _MARKS.sub("", fold(text)).rstrip("吗呢啊呀么")
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def near_duplicates(cases: Sequence[Case]) -> Iterator[tuple[Case, str]]:
    """Cases that ask in nearly the same words for the same place and the same figures.

    Other figures, years or facts make it another question; so does another history.
    """
    buckets: dict[object, list[tuple[Case, frozenset[str]]]] = {}
    for case in cases:
        pairs = _pairs_of(case.question)
        if len(pairs) < _FEW_PAIRS:
            continue
        numbers = tuple(sorted(re.findall(r"[0-9.]+", fold(case.question))))
        key = (case.expect, case.gold, case.must, case.absent, case.history, numbers)
        for first, known in buckets.setdefault(key, []):
            if len(pairs & known) >= _NEAR * len(pairs | known):
                yield case, f"问题与 {first.file}:{first.line}（{first.id}）几乎相同"
                break
        buckets[key].append((case, pairs))
