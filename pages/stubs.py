"""Keeps Gradio from writing type stubs while it is imported. Knows one module of it; shows nothing.

At every import Gradio parses the source of each of its components and writes a .pyi file beside it
(gradio/component_meta.py), for the editors of who writes pages: 1.1 s of its 1.6 s of processor time,
and files written into the installed package. Nothing reads them at run time.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

_MODULE, _WRITER = "gradio.component_meta", "create_or_modify_pyi"


class _Without(Loader):
    """Loads the module as ever and takes its writer of stubs out."""

    def __init__(self, own: Loader) -> None:
        self._own = own

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._own.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._own.exec_module(module)
        setattr(module, _WRITER, lambda *_: None)


class _Finder(MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname == _MODULE else None
        if spec is not None and spec.loader is not None:
            spec.loader = _Without(spec.loader)
        return spec


def unwritten() -> None:
    """Call it before Gradio is imported; without effect after."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
