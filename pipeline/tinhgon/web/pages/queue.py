"""The queue of the review: the claim that most wants a look, and the form to judge it."""

from __future__ import annotations

from tinhgon.store import FactBase
from tinhgon.store.review_queue import queue
from tinhgon.web.desk import Page
from tinhgon.web.pages import claim
from tinhgon.web.visit import Visit

_MOST_SKIPPED = 1_000
_LOGGED = 100  # reviews on the page of what was judged


def show(base: FactBase, visit: Visit) -> Page:
    """The next claim of the queue, behind those that were skipped."""
    skipped = min(visit.number("skipped", 0), _MOST_SKIPPED)
    waiting = queue(base, skipped + 1)
    saved = visit.words("review.saved", verdict=visit.words.name("verdict", visit.first("saved")))
    page: Page = {"skipped": skipped, "saved": saved if visit.first("saved") else "", "claim": None}
    if len(waiting) <= skipped:
        return page
    shown = claim.show(base, Visit(visit.language, f"/claim/{waiting[skipped].fact_id}"))
    return {**page, **shown, "next": visit.to("/review", skipped=skipped + 1)}


def show_one(base: FactBase, visit: Visit) -> Page:
    """The claim whose id ends the address, as it is shown when a correction could not be noted."""
    shown = claim.show(base, Visit(visit.language, f"/claim/{visit.last_part}"))
    return {**shown, "skipped": 0, "saved": "", "next": visit.to("/review")}


def show_log(base: FactBase, visit: Visit) -> Page:
    """What was judged, the latest first."""
    latest = base.reviews()[: -_LOGGED - 1 : -1]
    return {"reviews": [claim.told_review(one, visit.words) for one in latest]}
