"""Answers to requests: a page made of a template, and what is said when there is none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from datasette import Request, Response
from datasette.app import Datasette
from datasette.renderer import json_renderer
from datasette.utils import MultiParams
from datasette.utils.asgi import BadRequest

_SHAPES = ("arrays", "objects", "array", "arrayfirst")


async def html(
    datasette: Datasette, request: Request, template: str, shown: Mapping[str, Any], status: int = 200
) -> Response:
    """A page made of one of our templates; none is kept by what stands between the site and its reader."""
    body = await datasette.render_template(f"desk/{template}", dict(shown), request=request)
    privacy = "private, no-store" if request.actor else "no-cache"
    return Response.html(body, status=status, headers={"cache-control": privacy})


def rows_as_json(args: MultiParams, data: dict[str, Any], view_name: str) -> Any:
    """Rows as Datasette writes them; raises ``BadRequest`` for a shape there is not, which it calls status 200."""
    shape = args.get("_shape", "arrays")
    if shape not in _SHAPES and not (shape == "object" and data.get("primary_keys")):
        raise BadRequest(f"Invalid _shape: {shape}")
    return json_renderer(args, data, view_name)
