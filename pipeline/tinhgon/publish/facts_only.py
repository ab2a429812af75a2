"""The fact base itself as a file to hand on: whole, or without the texts of the articles.

Without them it is read, searched by titles and compared like the whole one. Quotes and sentences stay, as short
citations; paths lose their folders, which tell of the computer and not of the articles.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from tinhgon.publish.files import PublicationError, file_name, replacing
from tinhgon.store import FactBase
from tinhgon.store.errors import plain_errors

_WITHOUT_TEXTS = (
    "UPDATE documents SET text = '', blocks = '[]', path = file_name(path)",
    "UPDATE documents_folded SET text = ''",
    # Titles stay to be found, and deleting a document later finds in the indexes what it takes out of them.
    "INSERT INTO documents_exact (documents_exact) VALUES ('rebuild')",
    "INSERT INTO documents_folded (documents_folded) VALUES ('rebuild')",
    # Of several files with one name each gets a mark behind it: their paths are keys.
    """UPDATE skipped SET reason = without_folders(reason, path),
        path = file_name(path) || CASE WHEN file_name(path) IN (
            SELECT file_name(path) FROM skipped GROUP BY 1 HAVING count(*) > 1
        ) THEN mark(path) ELSE '' END""",
    """UPDATE OR REPLACE rejects SET reason = without_folders(reason, path),
        path = file_name(path) || CASE WHEN file_name(path) IN (
            SELECT file_name(path) FROM rejects GROUP BY 1 HAVING count(DISTINCT path) > 1
        ) THEN mark(path) ELSE '' END""",
    "UPDATE runs SET arguments = cut_strings(arguments)",
)
_FOLDERS = re.compile(r"""(?<![\w:/\\])(?:/|[A-Za-z]:\\)(?:[^\s/\\'"]+[/\\])+""")


def write_copy(base_path: Path, out_path: Path) -> None:
    """A copy of the fact base in one file, whole. There may be none at ``out_path``."""
    _write(base_path, out_path, lambda _: None)


def write_without_text(base_path: Path, out_path: Path) -> None:
    """A copy without article texts and without names of folders. There may be none at ``out_path``."""
    _write(base_path, out_path, _strip)


def _write(base_path: Path, out_path: Path, change: Callable[[sqlite3.Connection], None]) -> None:
    """Copy, change, and only then give the file its name."""
    with FactBase.open(base_path, readonly=True):
        pass  # says in plain words what is wrong with a file that is no fact base of today
    _refuse_existing(out_path)
    with replacing(out_path) as part:
        with plain_errors(str(out_path)), closing(_connected(base_path, "ro")) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        with plain_errors(str(out_path)), closing(_connected(part, "rw")) as copy:
            change(copy)
        _refuse_existing(out_path)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    # As a URI, so that a path with "?" or "#" in it cannot pass for options.
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise PublicationError(f"{path} is there already, and is not written over. Give another path, or remove it")


def _strip(copy: sqlite3.Connection) -> None:
    for function, arguments in ((file_name, 1), (mark, 1), (without_folders, 2), (cut_strings, 1)):
        copy.create_function(function.__name__, arguments, function, deterministic=True)
    copy.execute("PRAGMA journal_mode = OFF")  # a copy that goes wrong is thrown away
    with copy:
        for statement in _WITHOUT_TEXTS:
            copy.execute(statement)
    # What was deleted is in the file until it is written anew.
    copy.execute("VACUUM")


def mark(path: str) -> str:
    """What tells files of one name apart, and not where they were.

    >>> mark("kho/2019/bai-1.html")
    '~16ebaf05929509d9'
    """
    return "~" + hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def without_folders(text: str, path: str) -> str:
    """A message without the folders it names; an address of the web stays.

    >>> without_folders("kho/a.pdf is damaged, see https://a.vn/b/c and /home/lan/a.log", "kho/a.pdf")
    'a.pdf is damaged, see https://a.vn/b/c and a.log'
    """
    return _FOLDERS.sub("", text.replace(path, file_name(path)) if path else text)


def cut_strings(arguments: str) -> str:
    """The arguments of a run, paths in them without their folders.

    >>> cut_strings('{"sources": ["/home/lan/kho/"], "jobs": 2}')
    '{"sources": ["kho"], "jobs": 2}'
    """

    def cut(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: cut(item) for key, item in value.items()}
        if isinstance(value, list):
            return [cut(item) for item in value]
        return file_name(value) if isinstance(value, str) else value

    return json.dumps(cut(json.loads(arguments)), ensure_ascii=False)
