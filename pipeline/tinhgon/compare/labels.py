"""What places are called in print."""

from __future__ import annotations

NATIONAL = "cả nước/chưa rõ"


def place_label(province: str | None, district: str | None = None, commune: str | None = None) -> str:
    """A place as a reader names it, its parents in brackets.

    >>> place_label("Bến Tre", "Mỏ Cày Nam", "Bình Khánh"), place_label("Bến Tre"), place_label(None)
    ('Bình Khánh (Mỏ Cày Nam, Bến Tre)', 'Bến Tre', 'cả nước/chưa rõ')
    """
    names = [name for name in (commune, district, province) if name]
    if not names:
        return NATIONAL
    return f"{names[0]} ({', '.join(names[1:])})" if len(names) > 1 else names[0]
