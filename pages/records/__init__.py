"""What a running server keeps beside the index: feedback, cases' queue, accounts, the audit log."""

from pages.records.audit import Audit
from pages.records.database import Database, open_database
from pages.records.feedback import Complaint, Feedback, Queue

__all__ = ["Audit", "Complaint", "Database", "Feedback", "Queue", "open_database"]
