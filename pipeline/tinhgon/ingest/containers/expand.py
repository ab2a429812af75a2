"""Stream -> items: which container it is, and what becomes of one that is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tinhgon.ingest.containers import crawls, feeds, mails, packed, rows
from tinhgon.ingest.containers.fields import Fields, FieldsError
from tinhgon.ingest.containers.streams import Stream, SwellError, TooLargeError
from tinhgon.ingest.item import Item
from tinhgon.ingest.sniff import Kind, kind_of
from tinhgon.records import Reject

# Archives of crawls lie in archives of months in archives of years; more than that is made to confuse.
MAX_DEPTH = 5

Found = Iterator[Item | Reject | Stream]

_READERS: dict[Kind, Callable[[Stream, Fields], Found]] = {
    "zip": packed.zip_members, "tar": packed.tar_members, "gz": packed.unpacked, "bz2": packed.unpacked,
    "xz": packed.unpacked, "zst": packed.unpacked, "jsonl": rows.json_lines, "json": rows.json_document,
    "csv": rows.csv_rows, "parquet": rows.parquet_rows, "sqlite": rows.sqlite_rows, "feed": feeds.entries,
    "warc": crawls.records, "mail": mails.parts,
}  # fmt: skip


def is_container(kind: Kind) -> bool:
    """Whether files of this kind are looked into rather than read as one article."""
    return kind in _READERS


def expand(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    """The articles in ``stream``, containers within containers included; never an exception for bad input.

    >>> import io
    >>> row = '{"id": "tin-1", "title": "Gọn bộ máy", "text": "Xã còn 8 ấp."}'
    >>> [item.id for item in expand(Stream.of(io.BytesIO(row.encode()), "kho.jsonl"), Fields())]
    ['tin-1']
    """
    try:
        yield from _expanded(stream, fields)
    except FieldsError as error:
        yield Reject(stream.path, "parse", str(error))
    except SwellError:
        yield Reject(
            stream.path, "unpack", "too-large: it holds hundreds of times its size; unpack it yourself if you trust it."
        )
    except TooLargeError as error:
        yield Reject(stream.path, "unpack", f"too-large: {error}; unpack it, or split it into one file per article.")
    except Exception as error:  # noqa: BLE001 - libraries fail in their own ways on damaged files, and none may end a run
        said = " ".join(f"{type(error).__name__}: {error}".split())
        yield Reject(
            stream.path, "unpack", f"The file is damaged or cannot be unpacked ({said[:200]}); fetch it again."
        )


def _expanded(stream: Stream, fields: Fields) -> Iterator[Item | Reject]:
    kind = kind_of(stream.head(), stream.suffix)
    reader = _READERS.get(kind)
    if reader is None:
        yield stream.as_item(stream.read_all())
        return
    if stream.depth > MAX_DEPTH:
        yield Reject(stream.path, "unpack", f"More than {MAX_DEPTH} containers lie one in the other; unpack it.")
        return
    for found in reader(stream, fields):
        if isinstance(found, Stream):
            yield from expand(found, fields)
        else:
            yield found
