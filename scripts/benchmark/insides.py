"""The stages and the peers, which load much: measured by modules of this package in processes of their own."""

from __future__ import annotations

import json
from typing import Any

from benchmark.processes import measured_here
from benchmark.runs import archive_of
from benchmark.settings import Case, Settings, tell

Row = dict[str, Any]


def measure_stages(settings: Settings) -> list[Row]:
    """A row for each kind of archive."""
    rows: list[Row] = []
    for kind, size in settings.staged.items():
        archive, _ = archive_of(settings, Case(kind, "txt"), size)
        tell(f"stages: {size} {kind} articles")
        rows.append({"archive": f"{kind}-txt", **_said("stages", str(archive), "--repeat", str(settings.repeat))})
    return rows


def measure_peers(settings: Settings) -> list[Row]:
    """A row for each peer; one that is not installed has no figures."""
    rows: list[Row] = []
    for peer, size in settings.sampled.items():
        tell(f"peers: {peer}, {size} dense articles")
        told = _said("peers", peer, str(size), "--seed", str(settings.seed), "--rounds", str(settings.repeat))
        rows.append({"peer": peer, **told})
    return rows


def _said(module: str, *arguments: str) -> Row:
    """What the module prints on its last line; libraries may have their say before."""
    told: Row = json.loads(measured_here(module, *arguments).output.splitlines()[-1])
    return told
