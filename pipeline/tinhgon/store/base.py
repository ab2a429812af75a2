"""The fact base: one SQLite file that is written by one process and read by many."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

from tinhgon.records import Claims, Document, Fact, Reject, Skip
from tinhgon.store.connection import connect, over
from tinhgon.store.copies import Copies
from tinhgon.store.errors import StoreError, UnknownClaimError, plain_errors
from tinhgon.store.export import codebook_record, write_jsonl
from tinhgon.store.ids import storable, unique_id
from tinhgon.store.load import Origin, Tables, insertion, rows_of, together
from tinhgon.store.read import read_claims, read_document, read_facts
from tinhgon.store.reviews import Judgement, Review, Reviews
from tinhgon.store.search import Hit, search_documents

_COUNTED = ("documents", "skipped", "rejects", "places", "citations", "localities", "pairings", "holders", "mergers",
    "facts", "misses")  # fmt: skip
_ID_OR_PREFIX = re.compile(r"[0-9a-f]{1,16}")

_PLACES_OF_DOCUMENT = """
    SELECT place_id FROM facts WHERE document_id = :id
    UNION SELECT place_id FROM localities WHERE document_id = :id
    UNION SELECT place_id FROM holders WHERE document_id = :id
    UNION SELECT place_id FROM mergers WHERE document_id = :id
"""
_FORGET_UNUSED_PLACE = """
    DELETE FROM places WHERE id = :id
    AND NOT EXISTS (SELECT 1 FROM facts WHERE place_id = :id)
    AND NOT EXISTS (SELECT 1 FROM localities WHERE place_id = :id)
    AND NOT EXISTS (SELECT 1 FROM holders WHERE place_id = :id)
    AND NOT EXISTS (SELECT 1 FROM mergers WHERE place_id = :id)
"""
# A code is the place's own only where every mention agrees: before and after a reform one name can have two.
# Least and greatest are each one step into the index, however often the place is named; counting would not be.
_SETTLE_CODE = """
    UPDATE places SET code = (
        SELECT least FROM (
            SELECT (SELECT min(code) FROM localities WHERE place_id = :id AND code IS NOT NULL) AS least,
                (SELECT max(code) FROM localities WHERE place_id = :id AND code IS NOT NULL) AS greatest
        ) WHERE least = greatest
    ) WHERE id = :id
"""
_SETTLE_VALID_FROM = """
    UPDATE places SET valid_from = (
        SELECT least FROM (
            SELECT (SELECT min(valid_from) FROM localities WHERE place_id = :id AND code = places.code) AS least,
                (SELECT max(valid_from) FROM localities WHERE place_id = :id AND code = places.code) AS greatest
        ) WHERE least = greatest
    ) WHERE id = :id
"""


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact under its id, with the document that states it."""

    id: str
    fact: Fact
    document: Document


class FactBase:
    """Documents and their claims in one SQLite file.

    >>> from tinhgon.records import Citation, Document, Provenance, Span
    >>> text = "Thực hiện Nghị quyết số 18-NQ/TW"
    >>> proof = Provenance((Span(10, 32, text[10:32]),), Span(0, 32, text))
    >>> claims = Claims(Document(id="nq-18", text=text, blocks=()), (Citation("18-NQ/TW", "TW", None, proof),))
    >>> with FactBase.open(":memory:", create=True) as base:
    ...     run = base.begin_run("0.1.0", "", ["archive"])
    ...     base.add([claims], run=run, patterns_hash="", version="0.1.0")
    ...     [record["resolutions"] for record in base.records()]
    [[{'symbol': '18-NQ/TW', 'issuer': 'TW', 'date': None, 'quote': 'Nghị quyết số 18-NQ/TW'}]]
    """

    def __init__(self, db: Any, path: str) -> None:
        self._db = db
        self.path = path

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, readonly: bool = False) -> FactBase:
        """Open the file; ``create`` makes a new one where there is none. Raises ``StoreError`` with a plain message."""
        return cls(connect(str(path), create=create, readonly=readonly), str(path))

    @classmethod
    def over(cls, connection: sqlite3.Connection, path: str) -> FactBase:
        """A fact base over a connection that another program opened, and closes; it must be of today's schema."""
        return cls(over(connection), path)

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> FactBase:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # ------------------------------------------------------------------ writing

    @contextmanager
    def transaction(self) -> Iterator[Callable[..., Any]]:
        """One transaction, for the length of the block; gives the function that runs a statement in it.

        It takes the writer's place at once, so that it cannot fail half way for want of it.
        """
        with plain_errors(self.path):
            self._db.conn.execute("BEGIN IMMEDIATE")
            try:
                yield self._db.execute
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

    def begin_run(self, version: str, patterns_hash: str, arguments: Sequence[str] | Mapping[str, Any]) -> int:
        """Note that a run begins; what it loads is filed under the number returned."""
        with self.transaction():
            cursor = self._db.execute(
                "INSERT INTO runs (version, patterns_hash, arguments, started_at) VALUES (?, ?, ?, ?)",
                (version, patterns_hash, storable(json.dumps(arguments, ensure_ascii=False)), _now()),
            )
            return int(cursor.lastrowid)

    def end_run(self, run: int, counts: Mapping[str, int]) -> None:
        """Note that the run is over and what it counted."""
        with self.transaction():
            self._db.execute(
                "UPDATE runs SET ended_at = ?, counts = ? WHERE id = ?", (_now(), json.dumps(dict(counts)), run)
            )

    def add(self, claims: Sequence[Claims], *, run: int, patterns_hash: str, version: str) -> None:
        """Load documents with their claims in one transaction, in place of what was known of them before.

        Of two different files with one name the first keeps the plain id, the other one gets ``unique_id``. Within
        one call the first is the one whose path sorts first; across calls, the one that came first.
        """
        if not claims:
            return
        with self.transaction():
            placed = self._under_their_ids(claims)
            copies, reviews = Copies(self.rows, self._db.execute), self._log()
            judged = reviews.facts_of(placed)
            known_before = [document_id for document_id in placed if self._holder(document_id)]
            bereft = [relative for document_id in known_before for relative in copies.relatives(document_id)]
            places = {place for document_id in known_before for place in self._forget(document_id)}
            first = self._highest_number() + 1
            tables = together(
                rows_of(one, Origin(document_id, number, run, patterns_hash, version))
                for number, (document_id, one) in enumerate(placed.items(), first)
            )
            self._insert(tables)
            reviews.apply_to(judged)
            self._settle(places | reviews.places | {row["id"] for row in tables["places"]})
            loaded = ((key, number, one.document) for number, (key, one) in enumerate(placed.items(), first))
            copies.file(loaded, bereft)
            for one in placed.values():
                path = storable(one.document.path)
                self._db.execute("DELETE FROM rejects WHERE path = ? AND run_id <> ?", (path, run))
                self._db.execute("DELETE FROM skipped WHERE path = ?", (path,))

    def reject(self, rejects: Sequence[Reject], *, run: int) -> None:
        """Keep on record what gave no document, in place of what earlier runs said of the same paths."""
        if not rejects:
            return
        with self.transaction():
            for reject in rejects:
                path, stage, reason = storable(reject.path), storable(reject.stage), storable(reject.reason)
                self._db.execute("DELETE FROM rejects WHERE path = ? AND run_id <> ?", (path, run))
                self._db.execute(
                    "INSERT OR IGNORE INTO rejects (path, stage, reason, run_id) VALUES (?, ?, ?, ?)",
                    (path, stage, reason, run),
                )

    def forget_rejects(self, paths: Iterable[str], *, besides: int) -> None:
        """Take rejects off the record that another run than this one made of these paths."""
        with self.transaction():
            doomed = [(path, besides) for path in paths]
            self._db.conn.executemany("DELETE FROM rejects WHERE path = ? AND run_id <> ?", doomed)

    def skip(self, skips: Sequence[Skip], *, run: int) -> None:
        """Keep on record what was passed over on purpose."""
        if not skips:
            return
        rows = [(storable(skip.path), storable(skip.id), skip.sha256, storable(skip.reason), run) for skip in skips]
        with self.transaction():
            connection = self._db.conn
            connection.executemany(
                "DELETE FROM rejects WHERE path = ? AND run_id <> ?", [(path, run) for path, *_ in rows]
            )
            connection.executemany(
                "INSERT OR REPLACE INTO skipped (path, document_id, sha256, reason, run_id) VALUES (?, ?, ?, ?, ?)",
                rows,
            )

    def review(
        self,
        fact: str,
        verdict: str,
        corrected: Mapping[str, Any] | None = None,
        *,
        reviewer: str,
        note: str | None = None,
    ) -> Review:
        """Note what a reviewer says of the fact with this id (or the only one whose id begins so); it stands at once.

        ``verdict`` is right, wrong or corrected; ``corrected`` are the fields that are otherwise than the program has
        them, in the form of the codebook. Raises ``ReviewError`` where that cannot be meant.
        """
        (review,) = self.review_all([Judgement(fact, verdict, reviewer, corrected or {}, note)])
        return review

    def review_all(self, judgements: Iterable[Judgement]) -> list[Review]:
        """Note several judgements in their order: all of them, or none where one cannot be noted."""
        with self._reviewing() as log:
            found = [(self._the_fact(judgement.fact), judgement) for judgement in judgements]
            return [log.add(place, replace(judgement, fact=key), _now()) for (key, place), judgement in found]

    def withdraw(self, review_id: int) -> Review:
        """Take a review out of the log, as if it had never been made; returns it."""
        with self._reviewing() as log:
            review = log.one(review_id)
            log.withdraw(review)
            return review

    # ------------------------------------------------------------------ reading

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read in the block is of one moment, whatever a run writes meanwhile."""
        with plain_errors(self.path):
            self._db.conn.execute("BEGIN")
            try:
                yield
            finally:
                self._db.rollback()

    def rows(self, sql: str, parameters: Sequence[object] | Mapping[str, object] = ()) -> list[dict[str, Any]]:
        """The answer to one SQL question, values bound as parameters."""
        with plain_errors(self.path):
            return list(self._db.query(sql, parameters))

    def document_ids(self) -> list[str]:
        return [row["id"] for row in self.rows("SELECT id FROM documents ORDER BY id")]

    def claims(self, document_id: str) -> Claims | None:
        """All that a document claims, as it was loaded; ``None`` where there is no such document."""
        return read_claims(self.rows, document_id)

    def records(self, min_confidence: float = 0.0, *, as_extracted: bool = False) -> Iterator[dict[str, Any]]:
        """One codebook record per document, in the order of their ids; the same for the same content.

        Facts less sure than ``min_confidence`` are left out, and so are those a review found wrong; corrected ones
        stand as corrected. ``as_extracted`` gives instead what the program itself found, as runs are compared by.
        """
        judged = self._log().documents()
        for document_id in self.document_ids():
            claims = self.claims(document_id)
            if claims is not None:
                facts = self._facts(document_id, as_extracted) if document_id in judged else claims.facts
                sure = tuple(f for f in facts if f.confidence is None or f.confidence >= min_confidence)
                yield codebook_record(replace(claims, facts=sure))

    def export_jsonl(self, out: TextIO, min_confidence: float = 0.0, *, as_extracted: bool = False) -> int:
        """Write the records, one a line; returns how many."""
        return write_jsonl(self.records(min_confidence, as_extracted=as_extracted), out)

    def reviews(self, document_id: str | None = None) -> list[Review]:
        """The log of reviews, the oldest first; those whose fact the program no longer finds are ``orphaned``."""
        return self._log().all(document_id)

    def counts(self) -> dict[str, int]:
        """How many rows the main tables hold."""
        with plain_errors(self.path):
            counts = {table: self._db[table].count for table in _COUNTED}
        (copies,) = self.rows("SELECT count(*) AS n FROM documents WHERE copy_of IS NOT NULL")
        return {"documents": counts.pop("documents"), "copies": copies["n"], **counts}

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """Documents with the words of ``query``, typed with or without diacritics; exact spellings first."""
        return search_documents(self.rows, query, limit)

    def facts(self, document_id: str, *, as_extracted: bool = False) -> dict[str, Fact]:
        """The facts of a document by their ids, in the order of the text: as corrected, unless ``as_extracted``.

        Those that a review found wrong are among them.
        """
        if as_extracted:
            return self._log().extracted(document_id)
        return read_facts(self.rows, document_id)

    def fact(self, id_or_prefix: str) -> StoredFact:
        """The fact with this id, or the only one whose id begins so."""
        fact_id, document_id = self._the_fact(id_or_prefix)
        document = read_document(self.rows, document_id)
        if document is None:
            raise StoreError(f"{self.path}: fact {fact_id} has lost its document {document_id!r}")
        return StoredFact(fact_id, self.facts(document_id)[fact_id], document)

    # ------------------------------------------------------------------ in detail

    def _under_their_ids(self, claims: Iterable[Claims]) -> dict[str, Claims]:
        """Each document under the id it is to have; of one document given twice the later one stands."""
        settled: dict[str, Claims] = {}
        for one in sorted(claims, key=lambda one: (one.document.id, one.document.path)):
            settled[self._id_for(one.document, settled)] = one
        return settled

    def _id_for(self, document: Document, settled: Mapping[str, Claims]) -> str:
        plain, path = storable(document.id), storable(document.path)
        other = unique_id(plain, path)
        if other in settled or self._holder(other):
            return other
        if plain in settled:
            holder = settled[plain].document
            held_by: tuple[str, str] | None = storable(holder.path), holder.sha256
        else:
            held_by = self._holder(plain)
        same = held_by is None or held_by[0] == path or (held_by[1] != "" and held_by[1] == document.sha256)
        return plain if same else other

    def _holder(self, document_id: str) -> tuple[str, str] | None:
        found = self._db.execute("SELECT path, sha256 FROM documents WHERE id = ?", (document_id,)).fetchone()
        return None if found is None else (found[0], found[1])

    def _highest_number(self) -> int:
        return int(self.rows("SELECT coalesce(max(number), 0) AS highest FROM documents")[0]["highest"])

    def _forget(self, document_id: str) -> set[str]:
        """Remove a document with all its claims; returns the places it spoke of."""
        places = {row["place_id"] for row in self.rows(_PLACES_OF_DOCUMENT, {"id": document_id})} - {None}
        self._db.execute("DELETE FROM documents WHERE id = ?", (document_id,))
        return places

    def _settle(self, places: Iterable[str]) -> None:
        """Drop the places that nothing speaks of any longer; give the others their code."""
        for place in places:
            self._db.execute(_FORGET_UNUSED_PLACE, {"id": place})
            self._db.execute(_SETTLE_CODE, {"id": place})
            self._db.execute(_SETTLE_VALID_FROM, {"id": place})

    def _insert(self, tables: Tables) -> None:
        for table, rows in tables.items():  # parents before children
            if rows:
                self._db.conn.executemany(insertion(table, tuple(rows[0])), (tuple(row.values()) for row in rows))

    @contextmanager
    def _reviewing(self) -> Iterator[Reviews]:
        """The log, open for writing in one transaction; what hangs on the numbers is settled at its end."""
        with self.transaction():
            log = self._log()
            yield log
            self._settle(log.places)
            Copies(self.rows, self._db.execute).file((), log.changed)

    def _log(self) -> Reviews:
        return Reviews(self.rows, self._db.execute)

    def _facts(self, document_id: str, as_extracted: bool) -> tuple[Fact, ...]:
        log = self._log()
        return tuple((log.extracted(document_id) if as_extracted else log.standing_facts(document_id)).values())

    def _the_fact(self, id_or_prefix: str) -> tuple[str, str]:
        """The id of the only fact whose id begins so, and that of its document."""
        found = self._facts_with(id_or_prefix)
        if not found:
            raise UnknownClaimError(f"no fact has an id that begins with {id_or_prefix!r}")
        if len(found) > 1:
            raise UnknownClaimError(f"several facts have an id that begins with {id_or_prefix!r}: give more of it")
        return found[0]["id"], found[0]["document_id"]

    def _facts_with(self, id_or_prefix: str) -> list[dict[str, Any]]:
        if not _ID_OR_PREFIX.fullmatch(id_or_prefix):
            return []
        return self.rows(
            # Ids are hexadecimal: all that begin with the prefix sort before the prefix followed by "g".
            "SELECT id, document_id FROM facts WHERE id >= :prefix AND id < :prefix || 'g' ORDER BY id LIMIT 2",
            {"prefix": id_or_prefix},
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
