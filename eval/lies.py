"""How many lies the check of a chat model's sentences flags, and how many true sentences pass.

    python -m eval.lies [--docs DIR] [--cases FILE…] [--split dev|unseen] [--limit N] [--show N]
                        [--only KIND…] [--own]

First the project's own sentences (eval/claims/); then, by rule, paraphrases of the default mode's
answers to the cases and lies about them, over the evidence that retrieval gave. Exits 1 where fewer
than 98 % of the lies are flagged or fewer than 97 % of the true sentences pass.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import Assistant, Turn, open_assistant
from assistant.claims import Held, Source, check, markers_of, source_of
from assistant.claims.markers import without_markers
from eval import lying
from eval.cases import load, select
from eval.console import table
from eval.lying import TrueSentence
from eval.paraphrases import PARAPHRASES
from eval.records import Case
from index.errors import UserError

OWN = Path(__file__).parent / "claims"
# What must hold (the share of lies flagged, of true sentences passed).
FLAGGED, PASSED = 0.98, 0.97
_STOPS = "。！？；：:"


@dataclass(frozen=True, slots=True)
class Trial:
    """A sentence put to the check. `lie`: whether it should be flagged."""

    kind: str
    text: str
    sources: Mapping[int, Source]
    lie: bool


def own_sources() -> dict[int, Source]:
    """The passages of eval/claims/: an invented city's plan, a paper on two cities, another plan."""
    items = [json.loads(line) for line in _lines("passages.jsonl")]
    return {
        i["marker"]: Source(
            i["marker"],
            i["title"],
            tuple(i["heading_path"]),
            i["lead"],
            i["text"],
            tuple(i["places"]),
        )
        for i in items
    }


def own_trials() -> list[Trial]:
    """The sentences written by hand, true and false."""
    sources = own_sources()
    true = [json.loads(line) for line in _lines("true.jsonl")]
    lies = [json.loads(line) for line in _lines("lies.jsonl")]
    return [Trial(i.get("kind", "by hand"), i["text"], sources, False) for i in true] + [
        Trial(i["kind"], i["text"], sources, True) for i in lies
    ]


def _lines(name: str) -> list[str]:
    return [line for line in (OWN / name).read_text("utf-8").splitlines() if line.strip()]


def true_sentences(assistant: Assistant, case: Case) -> list[TrueSentence]:
    """The sentences of the default mode's answer that cite one passage among its evidence."""
    history = [Turn(role, content) for role, content in case.history]
    answer = assistant.ask(case.question, history)
    sources = {e.marker: source_of(e) for e in answer.evidence}
    ranks = {e.passage.passage_id: e.marker for e in answer.evidence}
    cited = {c.marker: ranks.get(c.passage_id) for c in answer.citations}
    held = Held()
    found = []
    for sentence in [*held.feed(answer.text), *held.close()]:
        markers = [cited.get(m) for m in markers_of(sentence)]
        if len(markers) == 1 and markers[0]:
            text = without_markers(sentence).rstrip(_STOPS)
            found.append(TrueSentence(text, markers[0], sources))
    # What the navigator says of a document's chapters is no passage's own words.
    return [] if answer.refused else [t for t in found if lying.in_own_words(t)]


def ruled_trials(sentences: Iterable[TrueSentence]) -> Iterator[Trial]:
    """Every rule tried on every sentence, with a fixed seed each."""
    for number, true in enumerate(sentences):
        yield from _ruled(true, PARAPHRASES, number, lie=False)
        yield from _ruled(true, lying.LIES, number, lie=True)
        yield Trial("no marker", f"{true.text}。", true.sources, True)
        moved = lying.moved(true, random.Random(number))
        if moved:
            yield Trial("marker moved", f"{true.text}[{moved}]。", true.sources, True)
        yield Trial("marker outside", f"{true.text}[{len(true.sources) + 7}]。", true.sources, True)


def _ruled(
    true: TrueSentence, rules: Mapping[str, lying.Rule], number: int, lie: bool
) -> Iterator[Trial]:
    for kind, rule in rules.items():
        text = rule(true, random.Random(f"{kind} {number}"))
        if text and not (lie and lying.stands(text, true)):
            yield Trial(kind, f"{text}[{true.marker}]。", true.sources, lie)


@dataclass(slots=True)
class Rate:
    """Of one kind: how many trials, how many came out right, and those that did not."""

    trials: int = 0
    right: int = 0
    wrong: list[str] | None = None


def measure(trials: Iterable[Trial]) -> tuple[dict[tuple[bool, str], Rate], float]:
    """Rates by (lie, kind), and the mean milliseconds of processor time a check took."""
    rates: dict[tuple[bool, str], Rate] = defaultdict(Rate)
    seconds, count = 0.0, 0
    for trial in trials:
        started = time.thread_time()
        checked = check(trial.text, trial.sources)
        seconds += time.thread_time() - started
        count += 1
        rate = rates[trial.lie, trial.kind]
        rate.trials += 1
        rate.right += checked.ok is not trial.lie
        if checked.ok is trial.lie:
            said = "、".join(f"{p.kind}：{p.said}" for p in checked.problems)
            rate.wrong = [*(rate.wrong or []), f"{trial.text} {said}"]
    return rates, 1000 * seconds / max(1, count)


def share(rates: Mapping[tuple[bool, str], Rate], lie: bool) -> float:
    """The share, 0 to 1, that came out right of the lies, or of the true sentences."""
    mine = [r for (of_lies, _), r in rates.items() if of_lies is lie]
    return sum(r.right for r in mine) / max(1, sum(r.trials for r in mine))


def report(name: str, rates: Mapping[tuple[bool, str], Rate], ms: float, show: int) -> bool:
    """Prints the rates by kind; whether what must hold does."""
    rows = [[name, "种类", "句数", "判对"]]
    for (lie, kind), rate in sorted(rates.items(), key=lambda item: item[0]):
        part = f"{100 * rate.right / rate.trials:.1f}%"
        rows.append(["假" if lie else "真", kind, str(rate.trials), part])
    print(table(rows))
    for (lie, kind), rate in rates.items():
        for text in (rate.wrong or [])[:show]:
            print(f"  {'放过' if lie else '误删'} {kind}：{text}")
    flagged, passed = share(rates, True), share(rates, False)
    kinds = [r.right / r.trials for (lie, _), r in rates.items() if lie]
    print(
        f"假话查出 {flagged:.2%}（各种类平均 {sum(kinds) / max(1, len(kinds)):.2%}），"
        f"真话放行 {passed:.2%}，每句处理器时间平均 {ms:.2f} 毫秒\n"
    )
    return flagged >= FLAGGED and passed >= PASSED


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.lies", description="核对是否查得出假话")
    parser.add_argument("--docs", type=Path, default=None, help="文件所在的文件夹")
    parser.add_argument("--cases", type=Path, nargs="*", default=[], help="测试题文件")
    parser.add_argument("--split", default="", choices=("", "dev", "unseen"), help="只用哪一部分题")
    parser.add_argument("--limit", type=int, default=0, help="最多用多少题")
    parser.add_argument("--only", nargs="*", default=[], help="只看这些种类")
    parser.add_argument("--show", type=int, default=0, help="每类列出几句判错的")
    parser.add_argument("--own", action="store_true", help="只用手写的句子")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command; a user's error is one Chinese line."""
    options = _options(arguments)
    held = report("手写", *measure(own_trials()), options.show)
    if options.own:
        return 0 if held else 1
    try:
        cases = select(load(options.cases), split=options.split)
        assistant = open_assistant(options.docs)
    except UserError as error:
        print(error, file=sys.stderr)
        return 2
    cases = cases[:: max(1, len(cases) // options.limit)] if options.limit else cases
    sentences = {(s.text, s.source): s for case in cases for s in _answered(assistant, case)}
    trials = ruled_trials(sentences.values())
    if options.only:
        trials = (t for t in trials if t.kind in options.only)
    return 0 if report("按规则", *measure(trials), options.show) and held else 1


def _answered(assistant: Assistant, case: Case) -> list[TrueSentence]:
    try:
        return true_sentences(assistant, case)
    except UserError:
        return []  # a case that should be asked again (expect: validate)


if __name__ == "__main__":
    sys.exit(main())
