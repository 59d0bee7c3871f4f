"""Feedback is kept whole and moves through the queue."""

from __future__ import annotations

from pages.records import Feedback, Queue
from pages.records.database import Database
from pages.records.feedback import NOTE_CHARS

COMPLAINT = Feedback(
    good=False,
    question="那2035年呢？",
    answer="到2035年……[1]。",
    reason="数字不对",
    note="应为另一个数",
    standalone_question="2035年公园有多少个？",
    history=({"role": "user", "content": "2025年公园有多少个？"},),
    citations=({"marker": 1, "doc_id": "plan", "quote": "新增公园12个"},),
    evidence=({"doc_id": "plan", "heading_path": ["第一章"]},),
    settings_hash="abc",
    index_hash="def",
    model="",
)


def test_what_is_kept_comes_back_whole(database: Database) -> None:
    queue = Queue(database)
    number = queue.add(COMPLAINT)
    kept = queue.get(number)
    assert kept is not None
    assert kept.state == "new"
    given = COMPLAINT
    assert kept.feedback.question == given.question
    assert kept.feedback.standalone_question == given.standalone_question
    assert list(kept.feedback.history) == list(given.history)
    assert list(kept.feedback.citations) == list(given.citations)
    assert list(kept.feedback.evidence) == list(given.evidence)
    assert (kept.feedback.settings_hash, kept.feedback.index_hash) == ("abc", "def")


def test_a_complaint_moves_and_praise_stays_out_of_the_queue(database: Database) -> None:
    queue = Queue(database)
    queue.add(Feedback(True, "问", "答"))
    first, second = queue.add(COMPLAINT), queue.add(COMPLAINT)
    assert [c.id for c in queue.waiting()] == [second, first]
    assert queue.move(first, "draft", {"id": "c-1"})
    assert [c.id for c in queue.waiting()] == [second]
    assert [dict(c.draft) for c in queue.waiting("draft")] == [{"id": "c-1"}]
    assert not queue.move(999, "case")
    assert queue.get(999) is None
    assert queue.counts() == {"有帮助": 1, "数字不对": 2}


def test_a_reason_that_is_none_of_ours_is_not_kept(database: Database) -> None:
    queue = Queue(database)
    number = queue.add(Feedback(False, "问", "答", reason="<script>", note="长" * 9_999))
    kept = queue.get(number)
    assert kept is not None
    assert kept.feedback.reason == ""
    assert len(kept.feedback.note) == NOTE_CHARS
