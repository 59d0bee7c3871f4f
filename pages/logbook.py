"""What the audit log is told of an answer, and by which device, without saying whose it is.

Knows answers and the log; knows no page. A device is a keyed hash of its address and browser; the key is
made anew every day and the old one thrown away, so that yesterday's entries lead to nobody.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import time
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select, update

from assistant.privacy import WordList, masked
from assistant.records import Answer
from index.errors import UserError
from pages.records import schema
from pages.records.audit import Audit
from pages.records.database import Database

log = logging.getLogger(__name__)

_SALT = "device-salt"
_WORDS = "word-list"  # the hash of the words the log last heard of
_SAY_AGAIN = 60.0  # seconds between two lines about a log that can't be written


class Logbook:
    """Writes answers into the audit log. A log that fails stops no answer; `works` turns False."""

    def __init__(self, database: Database, index_hash: str, words: WordList | None = None) -> None:
        self._database = database
        self._audit = Audit(database)
        self._index_hash = index_hash
        self._words = words or WordList()
        self._noted: tuple[str, ...] = ()
        self._salt = ("", b"")  # the day and its key
        self._said = 0.0
        self.works = True
        self._note_words()

    def serve(self, index_hash: str) -> None:
        """From now on answers come from this index."""
        self._index_hash = index_hash

    def device(self, address: str, browser: str) -> str:
        """The device's hash of the day, 16 hex digits."""
        seen = f"{address}\n{browser}".encode()
        return hmac.new(self._key(), seen, hashlib.sha256).hexdigest()[:16]

    def answered(self, answer: Answer, address: str, browser: str) -> None:
        """Records an answer or a refusal; it is on the disk when this returns."""
        self._note_words()
        kind = "refusal" if answer.refused else "answer"
        self._write(kind, address, browser, self._told(answer))

    def _write(self, kind: str, address: str, browser: str, data: dict[str, Any]) -> None:
        self._guarded(lambda: self._audit.add(kind, self.device(address, browser), data))

    def _guarded(self, write: Any) -> None:
        try:
            write()
            self.works = True
        except UserError as error:
            self.works = False
            if time.monotonic() - self._said > _SAY_AGAIN:
                self._said = time.monotonic()
                # Not printed: where the disk is full, a print fails as well, and the answer with it.
                log.error("审计记录没有写入：%s", error)

    def _told(self, answer: Answer) -> dict[str, Any]:
        words = self._words.now()
        question = masked(answer.question, words)
        return {
            "question": question.text,
            "standalone_question": masked(answer.standalone_question, words).text,
            "masked": list(question.kinds),
            "answer": masked(answer.text, words).text,
            "citations": [
                {"marker": c.marker, "doc_id": c.doc_id, "passage_id": c.passage_id}
                for c in answer.citations
            ],
            "evidence": [e.passage.passage_id for e in answer.evidence],
            "dropped_claims": answer.dropped_claims,
            "model": answer.model,
            "settings_hash": answer.settings_hash,
            "index_hash": self._index_hash,
            "milliseconds": round(answer.seconds * 1000),
        }

    def _note_words(self) -> None:
        """A change of the word list goes into the log: how many and which state, never the words."""
        words = self._words.now()
        if words is self._noted:
            return
        digest = hashlib.sha256("\n".join(words).encode()).hexdigest() if words else ""

        def write() -> None:
            told = {"words": len(words), "sha256": digest}
            self._audit.changed(_WORDS, digest, "words-changed", told)
            self._noted = words

        self._guarded(write)

    def _key(self) -> bytes:
        today = datetime.now(UTC).date().isoformat()
        if self._salt[0] != today:
            self._salt = (today, self._key_of(today))
        return self._salt[1]

    def _key_of(self, today: str) -> bytes:
        """The day's key, the same for every process on these records; yesterday's is overwritten."""
        own = schema.values
        with self._database.writing(in_turn=True) as connection:
            kept = connection.scalar(select(own.c.value).where(own.c.name == _SALT))
            day, _, key = (kept or "").partition(" ")
            if day == today:
                return bytes.fromhex(key)
            key = secrets.token_hex(32)
            value = {"value": f"{today} {key}"}
            if kept is None:
                connection.execute(insert(own).values(name=_SALT, **value))
            else:
                connection.execute(update(own).where(own.c.name == _SALT).values(value))
            return bytes.fromhex(key)
