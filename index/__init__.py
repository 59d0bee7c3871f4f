"""From a folder of documents to a searchable index. Knows documents; knows no questions.

    from index import Library, build_index, show_documents

    report = build_index(Path("source_docs"))   # brings the folder's index up to date: BuildReport
    library = Library.open()                    # open for reading; built where it has to be
    library.search("每千人口有多少托位", k=10)     # list[Hit], best first
    show_documents(library)                     # what was made of each document, as plain data

On the command line `python -m index.build` and `python -m index.show`. Errors are index.errors'.
The names are imported when they are first used: a reader's child process imports this package and
must not pay for the search engines.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.build import build as build_index
    from index.build_report import BuildReport
    from index.library import Library
    from index.retriever import LibraryRetriever
    from index.show import show as show_documents

__all__ = ["BuildReport", "Library", "LibraryRetriever", "build_index", "show_documents"]

# Each name's module and its name there; `build` and `show` are modules of this package already.
_HOMES = {
    "BuildReport": ("build_report", "BuildReport"),
    "Library": ("library", "Library"),
    "LibraryRetriever": ("retriever", "LibraryRetriever"),
    "build_index": ("build", "build"),
    "show_documents": ("show", "show"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'index' has no attribute {name!r}")
    module, own = _HOMES[name]
    return getattr(import_module(f"index.{module}"), own)
