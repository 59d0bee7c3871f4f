"""Answers taken away: .docx and .md with footnotes, .xlsx for many questions. Knows no HTML."""
