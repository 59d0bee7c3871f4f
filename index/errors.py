"""The errors a user may see. Each message is one Chinese sentence that says what to do.

    UserError
    ├── DocumentError   one file can't be read; the others still are
    ├── IndexUnusable   the index can't be opened, built or is not what the settings say
    │   ├── NotWritten   the disk took no new index; the one before, where there is one, still holds
    │   ├── BeingBuilt   another process writes it (generations.py)
    │   ├── EngineAway   the server it is searched on does not answer (engine.py)
    │   └── OriginalsUnusable   the database gives no original files (originals.py)
    └── SettingError    an environment variable or option has a wrong value

Caught at the edge (command line, page); nothing in between catches them broadly.
"""


class UserError(Exception):
    """Base of what is shown to a user in one line."""


class DocumentError(UserError):
    """One file can't be read. `file` is its name as the user knows it."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}：{reason}")
        self.file = file
        self.reason = reason


class IndexUnusable(UserError):
    """The index folder is missing, locked, of another model, or broken beyond mending."""


class NotWritten(IndexUnusable):
    """A new index could not be written: a full disk, a folder that can only be read."""


class SettingError(UserError):
    """A setting has a value that can't be used; the message names the setting."""
