"""sqlite-utils without pandas and numpy: it imports both to store their types, which takes most of a second.

None of their values is handed to it. Whoever needs them imports them as ever.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def absent(*names: str) -> Iterator[None]:
    """Modules that were not imported yet cannot be, for the length of the block.

    >>> with absent("tabnanny"):
    ...     import tabnanny
    Traceback (most recent call last):
    ...
    ModuleNotFoundError: import of tabnanny halted; None in sys.modules
    >>> import tabnanny
    """
    hidden = [name for name in names if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None halts an import
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


with absent("pandas", "numpy"):
    from sqlite_utils import Database, Migrations

__all__ = ["Database", "Migrations"]
