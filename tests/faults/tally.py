"""What a run of faults counts: how many were injected, how many survived, what went wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import UserError
from tests.documents import PLAN

QUESTION = "2025年养老机构护理型床位占比要达到多少？"
FIGURE = "65%"


class Wrong(Exception):
    """What must not happen has happened; the message says what."""


@dataclass
class Tally:
    """Faults by kind; a fault is survived where nothing of `wrong` came of it."""

    injected: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @contextmanager
    def fault(self, kind: str, what: str) -> Iterator[None]:
        """One fault and all that is to hold after it."""
        self.injected[kind] += 1
        try:
            yield
        except Exception as error:  # noqa: BLE001 - this is what the run looks for
            self.wrong.append(f"{kind}, {what}: {type(error).__name__}: {str(error)[:300]}")
        else:
            self.survived[kind] += 1

    def __iadd__(self, other: Tally) -> Tally:
        self.injected += other.injected
        self.survived += other.survived
        self.wrong += other.wrong
        return self


def documents(folder: Path) -> Path:
    """A folder with one document of our own."""
    folder.mkdir(parents=True)
    (folder / "plan.md").write_text(PLAN, "utf-8")
    return folder


def require(holds: object, what: str) -> None:
    """Raises Wrong where something does not hold."""
    if not holds:
        raise Wrong(what)


def told(act: Callable[[], object]) -> str:
    """'' where the act goes through, else the sentence a user is told; anything else is raised."""
    try:
        act()
    except UserError as error:
        said = str(error)
        require("\n" not in said and said.endswith("。"), f"no sentence: {said!r}")
        return said
    return ""
