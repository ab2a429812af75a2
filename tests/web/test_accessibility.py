"""Whether everyone can use the pages: axe-core over each of them, light and dark, wide and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from web_site import TOKEN, Site

PAGES = {
    "front": "/",
    "front_of_today": "/en/?layout=2025&measure=reduction",
    "search": "/search?q=hau+giang",
    "compare": "/compare?measure=concurrent_posts&coverage=1",
    "compare_refused": "/compare?since=không",
    "place": "/place?province=Hậu+Giang",
    "places": "/en/place",
    "resolution": "/resolution?symbol=18-NQ/TW",
    "resolutions": "/resolution",
    "pairing": "/pairing?roles=bi_thu_cap_uy%2Bchu_tich_ubnd",
    "pairings": "/pairing",
    "contradictions": "/contradictions",
    "about": "/about",
    "article": "/article?id=hau-giang-1",
    "nothing": "/nowhere",
}
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def violations(page: Any) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing(site: Site, new_page: Callable[..., Any], address: str, look: str) -> None:
    page = new_page(site, viewport=WIDE if look == "light" else PHONE, color_scheme=look)
    page.goto(address)
    assert violations(page) == []


def test_axe_finds_nothing_on_a_claim(site: Site, new_page: Callable[..., Any]) -> None:
    page = new_page(site)
    page.goto(f"/claim/{site.fact('value = 38 AND total = 75')}")
    assert violations(page) == []


def test_axe_finds_nothing_where_claims_are_judged(open_site: Site, new_page: Callable[..., Any]) -> None:
    page = new_page(open_site)
    page.goto(f"/review/enter?token={TOKEN}")
    assert violations(page) == []
    page.fill("#name", "Lan")
    page.click("main form button")
    page.click("summary")
    assert violations(page) == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_phone_shows_a_page_without_scrolling_sideways(
    site: Site, new_page: Callable[..., Any], address: str
) -> None:
    page = new_page(site, viewport=PHONE)
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_page_is_printed_without_what_is_of_no_use_on_paper(site: Site, new_page: Callable[..., Any]) -> None:
    page = new_page(site)
    page.goto("/compare")
    page.emulate_media(media="print")
    assert not page.is_visible("header.site")
    assert page.is_visible("table")
