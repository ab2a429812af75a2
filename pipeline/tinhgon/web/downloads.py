"""A comparison as a file: CSV or XLSX, with all columns."""

from __future__ import annotations

import tempfile
from pathlib import Path

from datasette import Request, Response
from datasette.app import Datasette

from tinhgon.compare import render_csv, write_xlsx
from tinhgon.store import FactBase
from tinhgon.web.asked import answer, asked
from tinhgon.web.desk import Desk, Page
from tinhgon.web.visit import Visit

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def comparison(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    """The file that the address asks for; its name says what is compared."""
    written = await desk.write_out(_xlsx if visit.path.endswith("xlsx") else _csv, visit)
    name = f"tinhgon-{asked(visit)['measure']}.{written['form']}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-cache"}
    return Response(written["body"], headers=headers, content_type=written["type"])


def _csv(base: FactBase, visit: Visit) -> Page:
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    body = "\ufeff" + render_csv(answer(base, asked(visit)))
    return {"form": "csv", "type": "text/csv; charset=utf-8", "body": body}


def _xlsx(base: FactBase, visit: Visit) -> Page:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "comparison.xlsx"
        write_xlsx(answer(base, asked(visit)), path)
        return {"form": "xlsx", "type": _XLSX, "body": path.read_bytes()}
