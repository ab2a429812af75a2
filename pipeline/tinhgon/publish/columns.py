"""What the flat tables hold: their columns in order, what each means, and the question that fills them.

Meanings are those of the schema, so that a column is described in one place only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tinhgon.store import column_descriptions

# "key" is text that other rows point to; "list" a list of texts; "json" text that is JSON.
Kind = Literal["key", "text", "number", "integer", "list", "json"]

_DESCRIPTIONS = column_descriptions()


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what its cells are, what they mean, and the table to whose first column a key points."""

    name: str
    kind: Kind
    description: str
    points_to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A flat table. The question is asked for the documents from ``:first`` to ``:last``, in the order of their ids."""

    name: str
    description: str
    columns: tuple[Column, ...]
    question: str
    proof: str | None = None  # the kind of claim whose proof each row carries, as the store names it
    unique: bool = True  # no two rows have the same first column


def _column(origin: str, kind: Kind = "text", name: str | None = None, points_to: str | None = None) -> Column:
    """The column of the schema that ``origin`` ("facts.value") names."""
    table, _, column = origin.partition(".")
    return Column(name or column, kind, _DESCRIPTIONS[table][column], points_to)


def _texts(table: str, *names: str) -> tuple[Column, ...]:
    return tuple(_column(f"{table}.{name}") for name in names)


def _numbers(table: str, *names: str) -> tuple[Column, ...]:
    return tuple(_column(f"{table}.{name}", "number") for name in names)


def _roles(table: str) -> Column:
    return _column(f"{table}.roles_key", name="roles")


def _key(table: str, name: str) -> tuple[Column, Column]:
    return (
        _column(f"{table}.id", "key", name),
        _column(f"{table}.document_id", "key", points_to="documents"),
    )


AREA = (
    Column("province", "text", "province whose matter it is"),
    Column("district", "text", "district, empty where the place has none"),
    Column("commune", "text", "commune, empty where the place has none"),
)
PROOF = (
    Column("quote", "text", "the proving words, verbatim; pieces that stand apart are joined by …"),
    _column("provenance.sentence"),
    Column("start", "integer", "where the first piece begins, in characters of the normalised text from 0"),
    Column("end", "integer", "where the first piece ends; this character is not part of it"),
    Column("pieces", "json", "all pieces, a JSON list of [start, end, words]"),
)
ARTICLE = _texts("documents", "title", "source", "author", "published", "url", "retrieved")

# Of the facts those that a review did not find wrong and that are sure enough.
FACTS = Table(
    "facts",
    "every number with what it counts, whose it is, and its proof",
    (
        *_key("facts", "fact_id"),
        *_texts("facts", "measure", "object"),
        *_numbers("facts", "value", "value_max", "total", "percent", "percent_max", "attainment", "before", "after"),
        *_texts("facts", "modifier", "per", "level"),
        _roles("facts"),
        *AREA,
        *_texts("facts", "body", "status", "as_of", "since", "baseline", "holds_on"),
        _column("facts.resolutions", "list"),
        *_texts("facts", "part_of"),
        _column("facts.part_of_id", "key", points_to="facts"),
        _column("facts.repeat_of", "key", points_to="facts"),
        *_numbers("facts", "confidence"),
        *_texts("facts", "verdict"),
        *PROOF,
        *ARTICLE,
    ),
    """
    SELECT facts.id AS fact_id, facts.document_id, measure, object, value, value_max, total, percent, percent_max,
        attainment, before, after, modifier, per, level, roles_key AS roles, province, district, commune, body, status,
        as_of, since, baseline, holds_on, resolutions, part_of, confidence, verdict,
        sentence, sentence_start, sentence_end,
        (SELECT whole.id FROM facts AS whole WHERE whole.id = facts.part_of_id
            AND whole.verdict IS NOT 'wrong' AND coalesce(whole.confidence, 1) >= :least) AS part_of_id,
        (SELECT first.id FROM facts AS first WHERE first.id = facts.repeat_of
            AND first.verdict IS NOT 'wrong' AND coalesce(first.confidence, 1) >= :least) AS repeat_of
    FROM facts JOIN provenance USING (id)
    WHERE facts.document_id BETWEEN :first AND :last AND verdict IS NOT 'wrong' AND coalesce(confidence, 1) >= :least
    ORDER BY facts.document_id, position""",
    proof="fact",
)
DOCUMENTS = Table(
    "documents",
    "the articles and reports, without their texts",
    (
        _column("documents.id", "key", "document_id"),
        *ARTICLE,
        *_texts("documents", "province"),
        _column("documents.copy_of", "key", points_to="documents"),
        Column("file", "text", "name of the file it was read from, without its folder"),
        *_texts("documents", "sha256"),
        _column("documents.warnings", "list"),
        *_texts("documents", "version", "patterns_hash"),
    ),
    """
    SELECT id AS document_id, title, source, author, published, url, retrieved, province, copy_of, path AS file, sha256,
        warnings, version, patterns_hash
    FROM documents WHERE id BETWEEN :first AND :last ORDER BY id""",
)
PAIRINGS = Table(
    "pairings",
    "roles that one person is to hold",
    (
        *_key("pairings", "pairing_id"),
        _roles("pairings"),
        *_texts("pairings", "level", "status"),
        *PROOF,
        *ARTICLE,
    ),
    """
    SELECT id AS pairing_id, pairings.document_id, roles_key AS roles, level, status,
        sentence, sentence_start, sentence_end
    FROM pairings JOIN provenance USING (id)
    WHERE pairings.document_id BETWEEN :first AND :last ORDER BY pairings.document_id, position""",
    proof="pairing",
)
HOLDERS = Table(
    "holders",
    "named persons who hold several roles",
    (
        *_key("holders", "holder_id"),
        *_texts("holders", "name"),
        _roles("holders"),
        *_texts("holders", "level"),
        *AREA,
        *_texts("holders", "basis"),
        *PROOF,
        *ARTICLE,
    ),
    """
    SELECT holders.id AS holder_id, holders.document_id, holders.name, roles_key AS roles, holders.level,
        province, district, commune, basis, sentence, sentence_start, sentence_end
    FROM holders JOIN provenance USING (id) LEFT JOIN places ON places.id = place_id
    WHERE holders.document_id BETWEEN :first AND :last ORDER BY holders.document_id, position""",
    proof="holder",
)
MERGERS = Table(
    "mergers",
    "bodies or places that become one",
    (
        *_key("mergers", "merger_id"),
        *_texts("mergers", "kind"),
        Column("parties", "list", "names of those that merge, in the order of the text"),
        *_texts("mergers", "result", "level"),
        *AREA,
        *_texts("mergers", "status"),
        *PROOF,
        *ARTICLE,
    ),
    """
    SELECT mergers.id AS merger_id, mergers.document_id, mergers.kind, result, mergers.level, province, district,
        commune, status, sentence, sentence_start, sentence_end, (SELECT json_group_array(name)
            FROM (SELECT name FROM merger_parties WHERE merger_id = mergers.id ORDER BY position)) AS parties
    FROM mergers JOIN provenance USING (id) LEFT JOIN places ON places.id = place_id
    WHERE mergers.document_id BETWEEN :first AND :last ORDER BY mergers.document_id, position""",
    proof="merger",
)
CITATIONS = Table(
    "citations",
    "documents cited in the articles",
    (
        *_key("citations", "citation_id"),
        *_texts("citations", "symbol", "issuer", "date"),
        _column("citations.implements", "list"),
        *PROOF,
        *ARTICLE,
    ),
    """
    SELECT id AS citation_id, citations.document_id, symbol, issuer, date, implements,
        sentence, sentence_start, sentence_end
    FROM citations JOIN provenance USING (id)
    WHERE citations.document_id BETWEEN :first AND :last ORDER BY citations.document_id, position""",
    proof="citation",
)
LOCALITIES = Table(
    "localities",
    "places the articles speak of",
    (
        *_key("localities", "locality_id"),
        *_texts("localities", "level"),
        *AREA,
        Column("hamlet", "text", "hamlet, empty where the place has none"),
        *_texts("localities", "code", "valid_from"),
        _column("localities.candidates", "list"),
        *PROOF,
        *ARTICLE,
    ),
    """
    SELECT localities.id AS locality_id, localities.document_id, localities.level, province, district, commune,
        hamlet, localities.code, localities.valid_from, candidates, sentence, sentence_start, sentence_end
    FROM localities JOIN provenance USING (id) LEFT JOIN places ON places.id = place_id
    WHERE localities.document_id BETWEEN :first AND :last ORDER BY localities.document_id, position""",
    proof="locality",
)
FINDINGS = Table(
    "findings",
    "what the checks found on facts, alone or side by side",
    (
        _column("findings.fact_id", "key", points_to="facts"),
        *_texts("findings", "check_id", "severity", "message"),
        _column("findings.other_id", "key", points_to="facts"),
    ),
    """
    SELECT fact_id, check_id, severity, message, nullif(other_id, '') AS other_id
    FROM facts JOIN findings ON fact_id = facts.id LEFT JOIN facts AS other ON other.id = other_id
    WHERE facts.document_id BETWEEN :first AND :last
        AND facts.verdict IS NOT 'wrong' AND coalesce(facts.confidence, 1) >= :least
        AND (other_id = '' OR other.id IS NOT NULL)
        AND other.verdict IS NOT 'wrong' AND coalesce(other.confidence, 1) >= :least
    ORDER BY facts.document_id, fact_id, check_id, other_id""",
    unique=False,
)
TABLES = (FACTS, DOCUMENTS, PAIRINGS, HOLDERS, MERGERS, CITATIONS, LOCALITIES, FINDINGS)
