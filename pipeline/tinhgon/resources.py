"""Where the data that ships with the package lies: patterns and the gazetteer."""

from __future__ import annotations

from pathlib import Path


def patterns_dir() -> Path:
    """The folder of the shipped patterns: inside the installed package, else in the checkout."""
    installed = Path(__file__).parent / "patterns"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "patterns"
