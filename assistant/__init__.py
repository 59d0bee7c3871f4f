"""From a question to a cited answer. Knows no file formats and no web page.

from assistant import open_assistant
answer = open_assistant(Path("source_docs")).ask("国家企业技术中心到2025年要有几家？")
answer.text, answer.citations, answer.refused
"""

from assistant.chain import Assistant, QuestionError, open_assistant
from assistant.records import Answer, Citation, Evidence, Turn
from assistant.settings import Settings

__all__ = [
    "Answer", "Assistant", "Citation", "Evidence", "QuestionError", "Settings", "Turn", "open_assistant",
]  # fmt: skip
