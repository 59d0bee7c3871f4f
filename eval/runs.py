"""Runs kept in a folder each: what was run, every answer as it came, every score.

A run cut off goes on where it stopped; a finished one can be read, reported and compared again.
Knows no figure's meaning and no report's looks.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path

from eval import answers
from eval.cases import CaseError, as_json, fingerprint, parse
from eval.records import Case, Got, Json, Result
from index.errors import UserError
from index.settings import from_environment

ROOT = Path(__file__).resolve().parent.parent
_ABOUT, _CASES, _ANSWERS, _SCORES = "about.json", "cases.jsonl", "answers.jsonl", "scores.jsonl"
# What has to be the same for a run to go on where it stopped.
_SAME = ("mode", "changes", "settings_hash", "index_hash", "prompts_hash", "code_hash")


@dataclass(frozen=True, slots=True)
class About:
    """What a run was made of. Hashes are the first 12 hex digits; '' where there is nothing."""

    run_id: str
    started: str  # local time, ISO 8601, to the second
    docs: str
    documents: Mapping[str, str]  # doc_id -> edition
    cases: str  # the files, as named on the command line
    only: str
    split: str
    count: int
    mode: str
    changes: Mapping[str, str]
    jobs: int
    settings_hash: str
    index_hash: str
    prompts_hash: str
    code_hash: str  # of index/ and assistant/
    commit: str  # with a + where files differed from it
    cases_hash: str
    finished: str = ""  # '' where it was cut off
    counts: Mapping[str, int] = field(default_factory=dict)
    figures: Mapping[str, float] = field(default_factory=dict)  # overall means


@dataclass(frozen=True, slots=True)
class Stored:
    """A run as read from its folder; `results` are the cases it came to, in order."""

    about: About
    results: Sequence[Result]


def folder() -> Path:
    """Where runs are kept: runs/ in the data folder."""
    return from_environment().data_dir / "runs"


def _hash_of(files: Sequence[Path], base: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(f"{file.relative_to(base).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:12] if files else ""


def prompts_hash(root: Path = ROOT) -> str:
    """Of every file in prompts/; '' where there is none."""
    return _hash_of([f for f in sorted((root / "prompts").rglob("*")) if f.is_file()], root)


def code_hash(root: Path = ROOT) -> str:
    """Of the Python files that answer: index/ and assistant/."""
    parts = ("index", "assistant")
    return _hash_of([f for part in parts for f in sorted((root / part).rglob("*.py"))], root)


def commit(root: Path = ROOT) -> str:
    """The commit the files are of, with a + where they differ from it; '' outside a checkout."""

    def git(*arguments: str) -> str:
        command = ["git", "-C", str(root), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    try:
        head = git("rev-parse", "--short=12", "HEAD")
        return head + ("+" if head and git("status", "--porcelain") else "")
    except OSError:  # no git on this machine
        return ""


def cases_hash(cases: Sequence[Case]) -> str:
    """Of the cases' ids and of what they ask and expect."""
    parts = [f"{case.id} {fingerprint(case)}" for case in cases]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def now() -> str:
    """Local time to the second."""
    return datetime.now().isoformat(timespec="seconds")


def new_id(mode: str) -> str:
    """A name that sorts by time."""
    return f"{datetime.now():%Y%m%d-%H%M%S}-{mode}-{secrets.token_hex(2)}"


def _line(case: Case, got: Got) -> Json:
    return answers.as_json(case.id, got) | {"fingerprint": fingerprint(case)}


def _score_line(result: Result) -> Json:
    return {
        "id": result.case.id,
        "status": result.status,
        "miss": result.miss,
        "missing": list(result.missing),
        "unfaithful": list(result.unfaithful),
        "ungrounded": list(result.ungrounded),
        "scores": dict(result.scores),
    }


def _dump(items: Sequence[Json]) -> str:
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


class Writing:
    """A run being written: every answer is on disk before the next question is asked."""

    def __init__(self, about: About, cases: Sequence[Case], base: Path | None = None) -> None:
        self.about = about
        self.folder = (base or folder()) / about.run_id
        self.folder.mkdir(parents=True, exist_ok=True)
        _write_about(self.folder, about)
        text = _dump([as_json(case) for case in cases])
        (self.folder / _CASES).write_text(text, encoding="utf-8")
        self._stream = (self.folder / _ANSWERS).open("a", encoding="utf-8")

    def add(self, case: Case, got: Got) -> None:
        """One more answer."""
        self._stream.write(_dump([_line(case, got)]))
        self._stream.flush()

    def close(self) -> None:
        """Nothing more comes; where `finish` was not called the run can go on later."""
        self._stream.close()

    def finish(
        self, results: Sequence[Result], counts: Mapping[str, int], figures: Mapping[str, float]
    ) -> About:
        """The scores, and the run is complete."""
        self.close()
        text = _dump([_score_line(result) for result in results])
        (self.folder / _SCORES).write_text(text, encoding="utf-8")
        self.about = replace(self.about, finished=now(), counts=counts, figures=figures)
        _write_about(self.folder, self.about)
        return self.about


def _write_about(place: Path, about: About) -> None:
    text = json.dumps(asdict(about), ensure_ascii=False, indent=1) + "\n"
    (place / _ABOUT).write_text(text, encoding="utf-8")


def _no_run(place: Path, error: Exception) -> CaseError:
    return CaseError(
        f"{place}：不是一次运行的记录（{error}）。请用 python -m eval.show 查看有哪些。"
    )


def read_about(place: Path) -> About:
    """What a run's folder says of the run; CaseError where it is none."""
    try:
        return About(**json.loads((place / _ABOUT).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise _no_run(place, error) from error


def listed(base: Path | None = None) -> list[About]:
    """Every run kept, the newest first; a folder that holds none is left out."""
    found = []
    for file in sorted((base or folder()).glob(f"*/{_ABOUT}"), reverse=True):
        try:
            found.append(read_about(file.parent))
        except UserError:
            continue
    return found


def find(name: str, base: Path | None = None) -> Path:
    """The folder of a run: by its id, by the id's beginning, by its path, or `last` finished."""
    place = base or folder()
    if name == "last":
        done = [about for about in listed(place) if about.finished]
        if not done:
            raise CaseError("还没有完成的运行。请先运行 python -m eval.run。")
        return place / done[0].run_id
    if (Path(name) / _ABOUT).is_file():
        return Path(name)
    matching = [about.run_id for about in listed(place) if about.run_id.startswith(name)]
    if len(matching) != 1:
        why = "有几次运行都符合" if matching else "没有这次运行"
        raise CaseError(f"{name}：{why}。请用 python -m eval.show 查看有哪些。")
    return place / matching[0]


def _lines(file: Path) -> Iterator[Json]:
    """The file's objects; a last line cut off by a kill is left out."""
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    for line in text.split("\n")[:-1]:
        if line.strip():
            yield json.loads(line)


def answered(place: Path) -> dict[str, tuple[str, Got]]:
    """Case id -> (fingerprint, what came back) of the answers kept so far."""
    try:
        return {
            line["id"]: (line["fingerprint"], answers.from_json(line))
            for line in _lines(place / _ANSWERS)
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_run(place, error) from error


def read(place: Path) -> Stored:
    """A run with its cases, answers and scores; an unfinished one has no results."""
    about = read_about(place)
    try:
        cases = {item["id"]: parse(item) for item in _lines(place / _CASES)}
        got = answered(place)
        results = [
            Result(
                cases[line["id"]],
                got[line["id"]][1],
                line["scores"],
                line["status"],
                line["miss"],
                tuple(line["missing"]),
                tuple(line["unfaithful"]),
                tuple(line["ungrounded"]),
            )
            for line in _lines(place / _SCORES)
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_run(place, error) from error
    return Stored(about, results)


def may_go_on(old: About, new: About) -> None:
    """CaseError where an unfinished run was made of something else than is there now."""
    differs = [name for name in _SAME if getattr(old, name) != getattr(new, name)]
    if differs:
        raise CaseError(
            f"{old.run_id}：不能接着运行，{'、'.join(differs)} 已经不同。请重新运行，不加 --resume。"
        )
    if old.finished:
        raise CaseError(f"{old.run_id}：这次运行已经完成。请用 --against {old.run_id} 与它比较。")
