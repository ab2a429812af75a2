"""Answers to requests: a page made of a template, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette import Request, Response
from datasette.app import Datasette


async def html(
    datasette: Datasette, request: Request, template: str, shown: Mapping[str, Any], status: int = 200
) -> Response:
    """A page made of one of our templates; none is kept by what stands between the site and its reader."""
    body = await datasette.render_template(f"desk/{template}", dict(shown), request=request)
    privacy = "private, no-store" if request.actor else "no-cache"
    return Response.html(body, status=status, headers={"cache-control": privacy})
