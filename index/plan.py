"""What an index depends on, known before a document is opened; the same plan, the same index.

Knows hashes of files, code and model; builds nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from index.embeddings import ModelIdentity
from index.generations import Home
from index.intake import Hashed, survey
from index.settings import Settings
from index.store import Store

_CODE = Path(__file__).parent
_PART = 1 << 16  # bytes read at once: the question model whole would take 10 MB


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an index depends on, known before any document is opened."""

    docs_dir: Path
    settings: Settings
    model: ModelIdentity
    code: str
    hashed: tuple[Hashed, ...]
    warnings: tuple[str, ...]

    @property
    def home(self) -> Home:
        return Home.of(self.docs_dir, self.settings.data_dir)

    @property
    def fingerprint(self) -> str:
        """The same for the same files, catalog, model and code; 64 hex digits."""
        listed = [(asdict(h.listed), h.sha256) for h in self.hashed]
        whole = [self.code, asdict(self.model), listed, self.warnings]
        return hashlib.sha256(json.dumps(whole, sort_keys=True).encode()).hexdigest()


def plan_for(docs_dir: Path, settings: Settings, model: ModelIdentity) -> Plan:
    """What an index of the folder would depend on now. Raises IndexUnusable (see survey)."""
    hashed, warnings = survey(docs_dir)
    return Plan(docs_dir, settings, model, code_version(), hashed, warnings)


@cache
def code_version() -> str:
    """Of all code and word lists that shape an index: another version builds it anew.

    Read once: what this process runs does not change.
    """
    whole = hashlib.sha256()
    for path in sorted(_CODE.rglob("*")):
        skipped = path.suffix == ".pyc" or "embedding_model" in path.parts
        if path.is_file() and not skipped:
            whole.update(path.relative_to(_CODE).as_posix().encode() + b"\0")
            with path.open("rb") as stream:
                while part := stream.read(_PART):
                    whole.update(part)
    return whole.hexdigest()[:16]


def model_of(store: Store) -> ModelIdentity:
    """The model an index's vectors are from."""
    meta = store.meta
    dimension = int(meta.get("model_dimension", "0"))
    return ModelIdentity(meta.get("model", ""), meta.get("model_digest", ""), dimension)
