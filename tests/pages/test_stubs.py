"""Gradio imported without its stubs: what is left out is out, and all else is there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# In a process of its own: here Gradio has been imported by other tests.
_LOOK = """
import sys
from pages.stubs import unwritten
unwritten()
unwritten()
import gradio.component_meta as meta
print(meta.create_or_modify_pyi(object, "object", []))
import gradio as gr
print(gr.Textbox(label="问题").get_config()["label"], gr.Textbox.submit.__name__)
"""


@pytest.mark.long
def test_gradio_writes_no_stubs_and_works() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _LOOK], cwd=ROOT, capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first == "None"
    assert second.startswith("问题 ")


@pytest.mark.long
def test_the_default_mode_loads_nothing_it_does_not_need() -> None:
    """What a start would otherwise pay for, whoever adds an import at the top of a file."""
    look = (
        "import sys, app, assistant, pages.routes\n"
        "unneeded = ('langchain_core.tracers.event_stream', 'langchain_openai', 'torch', 'docx',"
        " 'sentence_transformers', 'lxml', 'pypdf', 'pdfplumber', 'pymilvus', 'psycopg')\n"
        "print([name for name in unneeded if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
