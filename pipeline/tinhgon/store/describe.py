"""What the tables, columns and views of a fact base mean: for docs/schema.md and for Datasette."""

from __future__ import annotations

from typing import Any

from tinhgon.store.schema import column_descriptions
from tinhgon.store.views import view_descriptions

TABLES = {
    "runs": "every run of the program over an archive",
    "documents": "articles and reports, each as it was read",
    "rejects": "what could not be read, and why",
    "places": "the places that claims speak of",
    "provenance": "one row for every claim of every kind: where it stands and why it was made",
    "evidence": "the pieces of text that prove a claim",
    "citations": "documents cited: resolutions, conclusions, decrees, plans",
    "localities": "places named",
    "pairings": "posts that one person is to hold",
    "holders": "named people who hold several posts",
    "mergers": "bodies and places that become one",
    "merger_parties": "what goes into a merger",
    "facts": "the numbers: what is counted, how many, of how many, where, when",
    "misses": "sentences that look like facts and were left open, with the reason",
    "skipped": "articles that were passed over on purpose",
    "bands": "what documents are filed under to find their copies",
    "likenesses": "pairs of documents that are copies of one another",
    "reviews": "what readers say of facts: right, wrong, or otherwise; nothing in it is ever changed",
    "findings": "what the checks found: numbers that do not fit",
    "catalogue": "central documents on the consolidation of the apparatus",
    "pattern_versions": "what each pattern said in each run, so that a change of one asks for few articles",
}

_HEAD = """# The fact base

Made from the schema itself by `make docs`; a test keeps it true. One SQLite file: any SQLite program opens it, and
`.schema` shows these descriptions there too. All tables are STRICT; symbols, codes and dates are text; dates are ISO,
as exact as the article tells them (`2021`, `2021-10`, `2021-10-12`).

A claim of any kind has one row in `provenance` and one under the same id in the table of its kind; `evidence` holds
the words that prove it. Ids come out the same whenever the same archive is read. Begin with the views.
"""


def schema_page() -> str:
    """The page docs/schema.md."""
    parts = [_HEAD, "## Views\n"]
    parts += [f"- **{name}**: {description}" for name, description in view_descriptions().items()]
    parts.append("")
    for table, columns in column_descriptions().items():
        parts += [f"## {table}\n", f"{_sentence(TABLES[table])}\n", "| column | meaning |", "|---|---|"]
        parts += [f"| `{column}` | {meaning.replace('|', '/')} |" for column, meaning in columns.items()]
        parts.append("")
    return "\n".join(parts)


def datasette_metadata(name: str = "facts") -> dict[str, Any]:
    """Metadata for Datasette, for a database file of that name.

    >>> datasette_metadata()["databases"]["facts"]["tables"]["facts"]["columns"]["total"]
    'out of how many'
    """
    tables = {
        table: {"description": _sentence(TABLES[table]), "columns": columns}
        for table, columns in column_descriptions().items()
    }
    views = {view: {"description": _sentence(description)} for view, description in view_descriptions().items()}
    return {"databases": {name: {"tables": {**tables, **views}}}}


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."
