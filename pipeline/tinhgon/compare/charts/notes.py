"""What is written below every chart: what the signs mean, and how much there is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tinhgon.compare.charts.pick import Claim

_SIGNS = {"about": "≈ about", "over": "> more than", "under": "< less than"}


def sign_notes(claims: Sequence[Claim]) -> Iterator[str]:
    """What the signs beside the numbers mean; says for every rate whether it was stated or computed."""
    if any(claim.computed for claim in claims):
        yield "* computed from value and total; rates without an asterisk are as the text states them."
    elif any("%" in claim.text for claim in claims):
        yield "Rates are as the texts state them, none is computed."
    else:
        yield "Numbers are as the texts state them, none is computed."
    if any(claim.row.get("as_of_basis") == "article" for claim in claims):
        yield "Where a text tells no date for its number, the date is that of the article."
    if signs := [sign for modifier, sign in _SIGNS.items() if any(claim.modifier == modifier for claim in claims)]:
        yield ", ".join(signs) + "."


def count_line(claims: Sequence[Claim], without: Sequence[str]) -> str:
    """How many claims are drawn, and how many places have none of them.

    >>> count_line([], ["Bến Tre", "Long An"])
    '0 claims drawn · 2 places named in the articles have none'
    """
    drawn = f"{len(claims)} claim{'s' * (len(claims) != 1)} drawn"
    if not without:
        return drawn
    return f"{drawn} · {len(without)} place{'s' * (len(without) > 1)} named in the articles ha{_has(without)} none"


def _has(places: Sequence[str]) -> str:
    return "ve" if len(places) > 1 else "s"


def dates_line(claims: Sequence[Claim]) -> str:
    """From when to when the claims hold."""
    dates = sorted({claim.as_of for claim in claims if claim.day})
    if not dates:
        return "no dates told"
    return f"as of {dates[0]}" if len(dates) == 1 else f"as of {dates[0]} to {dates[-1]}"
