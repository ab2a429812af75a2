"""The pages that write: opening and closing the review, its queue, and a verdict on one claim.

Nothing is written without the token that is printed at the start. It is exchanged for a signed cookie, which no script
reads and no other site can send along with a form; and every form carries Datasette's token against forged requests.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from datasette import Request, Response
from datasette.app import Datasette

from tinhgon.store import FactBase
from tinhgon.store.export import fact_item
from tinhgon.store.review_fields import FIELDS, ReviewError, parsed, written
from tinhgon.store.reviews import VERDICTS
from tinhgon.web.answers import html
from tinhgon.web.desk import Desk
from tinhgon.web.pages import queue
from tinhgon.web.visit import NotFoundError, Visit

Act = Callable[[Request, Datasette, Desk, Visit], Awaitable[Response]]

_COOKIE = "ds_actor"  # Datasette's own: what it reads, it gives to every page as the actor
_LONGEST_NAME = 100
_LONGEST_NUMBER = 15
_SEE_OTHER = 303


def reviewer_of(request: Request) -> str | None:
    """The name of the reviewer whose review is open; ``None`` for a reader."""
    actor = request.actor or {}
    return str(actor["id"]) if actor.get("reviews") is True else None


async def _enter(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    """The form that asks for token and name; sent back, it opens the review."""
    if desk.token is None:
        return await html(datasette, request, "enter.html", {"locked": True, "problem": ""}, 403)
    if request.method != "POST":
        return await html(datasette, request, "enter.html", {"token": visit.first("token"), "problem": ""})
    sent = await request.post_vars()
    name = " ".join(sent.get("name", "").split())[:_LONGEST_NAME]
    right = secrets.compare_digest(sent.get("token", "").strip().encode(), desk.token.encode())
    if not right or not name:
        problem = visit.words("review.need_name" if right else "review.wrong_key")
        return await html(datasette, request, "enter.html", {"token": "", "problem": problem}, 403)
    answer = Response.redirect(visit.to("/review"), status=_SEE_OTHER)
    actor = datasette.sign({"a": {"id": name, "reviews": True}}, "actor")
    answer.set_cookie(_COOKIE, actor, httponly=True, samesite="strict")
    return answer


async def _close(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    _refuse_readers(request, desk, method="POST")
    answer = Response.redirect(visit.to("/"), status=_SEE_OTHER)
    answer.set_cookie(_COOKIE, "", max_age=0, httponly=True, samesite="strict")
    return answer


async def _queue(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    """The claim that most wants a look, with the form to judge it."""
    if desk.token is None or reviewer_of(request) is None:
        return Response.redirect(visit.to("/review/enter"), status=_SEE_OTHER)
    _refuse_readers(request, desk, method="GET")
    shown = await desk.read(queue.show, visit)
    return await html(datasette, request, "review.html", {**shown, "problem": ""})


async def _judge(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    """A verdict on one claim; then back to where it was given."""
    reviewer = _refuse_readers(request, desk, method="POST")
    sent = await request.post_vars()
    verdict, fact_id = sent.get("verdict", ""), visit.last_part
    if verdict not in VERDICTS:
        raise NotFoundError(verdict)

    def judge() -> None:
        with FactBase.open(desk.path) as base:
            corrected = _corrections(base, fact_id, sent) if verdict == "corrected" else {}
            base.review(fact_id, verdict, corrected, reviewer=reviewer, note=sent.get("note", "").strip() or None)

    try:
        await asyncio.to_thread(judge)
    except ReviewError as error:
        shown = await desk.read(queue.show_one, visit)
        kept = {"form": [replace(field, value=sent.get(field.name, field.value)) for field in shown["form"]]}
        more = {"problem": str(error), "typed_note": sent.get("note", "")}
        return await html(datasette, request, "review.html", {**shown, **kept, **more}, 400)
    back = visit.to(f"/claim/{fact_id}") if sent.get("back") == "claim" else _next(visit, sent, verdict)
    return Response.redirect(back, status=_SEE_OTHER)


async def _log(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    """What was judged, the latest first."""
    _refuse_readers(request, desk, method="GET")
    return await html(datasette, request, "log.html", await desk.read(queue.show_log, visit))


async def _withdraw(request: Request, datasette: Datasette, desk: Desk, visit: Visit) -> Response:
    """Take one judgement back; then to the claim it was of."""
    _refuse_readers(request, desk, method="POST")
    number = (await request.post_vars()).get("review", "")
    if not number.isascii() or not number.isdigit() or len(number) > _LONGEST_NUMBER:
        raise NotFoundError(number)

    def withdraw() -> str:
        with FactBase.open(desk.path) as base:
            return base.withdraw(int(number)).fact_id

    return Response.redirect(visit.to(f"/claim/{await asyncio.to_thread(withdraw)}"), status=_SEE_OTHER)


def _next(visit: Visit, sent: Mapping[str, str], verdict: str) -> str:
    skipped = sent.get("skipped", "")
    return visit.to("/review", skipped=skipped if skipped.isdigit() else "", saved=verdict)


def _corrections(base: FactBase, fact_id: str, sent: Mapping[str, str]) -> dict[str, Any]:
    """The fields that were typed otherwise than they stood."""
    stood = fact_item(base.fact(fact_id).fact)
    typed = {field: sent[field] for field in FIELDS if field in sent}
    return {field: parsed(field, text) for field, text in typed.items() if text.strip() != written(stood.get(field))}


def _refuse_readers(request: Request, desk: Desk, *, method: str) -> str:
    """The reviewer's name; raises ``PermissionError`` for anyone else, and for another kind of request."""
    reviewer = reviewer_of(request)
    if desk.token is None or reviewer is None or request.method not in (method, "HEAD" if method == "GET" else method):
        raise PermissionError
    return reviewer


ROUTES: tuple[tuple[str, Act], ...] = (
    ("/review", _queue),
    ("/review/enter", _enter),
    ("/review/close", _close),
    ("/review/log", _log),
    ("/review/withdraw", _withdraw),
    ("/review/[0-9a-f]{16}", _judge),
)
