"""The pages that read. Each takes a fact base and a visit, and gives what its template prints; it writes nothing.

One file a page, its template of the same name in ``templates/desk/``. A page raises ``NotFoundError`` for what there is
not, and never waits for anything but the base.
"""

from __future__ import annotations

from tinhgon.web.desk import Show
from tinhgon.web.pages import (
    about,
    article,
    claim,
    comparison,
    contradictions,
    front,
    pairing,
    place,
    resolution,
    search,
)

# Of each page the pattern of its address (behind the language), its template, and what shows it.
PAGES: tuple[tuple[str, str, Show], ...] = (
    ("/?", "front.html", front.show),
    ("/search", "search.html", search.show),
    ("/compare", "compare.html", comparison.show),
    ("/claim/[0-9a-f]{1,16}", "claim.html", claim.show),
    ("/article", "article.html", article.show),
    ("/place", "place.html", place.show),
    ("/resolution", "resolution.html", resolution.show),
    ("/pairing", "pairing.html", pairing.show),
    ("/contradictions", "contradictions.html", contradictions.show),
    ("/about", "about.html", about.show),
)
