"""
Containers: files that hold several articles, or one article under wraps -> ``Item`` after ``Item``.

In: an open stream and its name. Out: items in the order of the container, a reject for each piece that is damaged.
Nothing is unpacked to disk, and nothing is read further than its reader has come: memory is bounded by one item.
Begin with ``expand.py`` (which container is it?); then one module for each family:

    streams.py   looking ahead, long lines, and the limit on what may come out of a few packed bytes
    packed.py    zip, tar, gz, bz2, xz, zst
    rows.py      JSON lines, JSON, CSV, Parquet, SQLite: an article a row
    fields.py    which column is the text, which the date
    feeds.py     RSS and Atom
    crawls.py    WARC
    mails.py     saved web pages (MHTML) and e-mails
"""

from tinhgon.ingest.containers.expand import expand, is_container
from tinhgon.ingest.containers.fields import Fields

__all__ = ["Fields", "expand", "is_container"]
