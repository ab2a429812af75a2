"""The figures as Markdown, and held against what the program is to reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

Row = Mapping[str, Any]
NONE = "–"
_MEMORY = 500  # MB a process
_FLAT = 1.1  # peak memory over the largest archive against that over one a tenth as long


class Goal(NamedTuple):
    """What is to be reached, and what was; ``met`` is None where it was not measured."""

    goal: str
    measured: str
    met: bool | None


def goals(figures: Row) -> list[Goal]:
    """All goals; those whose part was left out are told as not measured."""
    runs = {(row["archive"], row["jobs"]): row for row in figures.get("runs", ())}
    plain, dense = runs.get(("plain-txt", 1)), runs.get(("dense-txt", 1))
    floor = figures.get("floor")
    peers = {row["peer"]: row for row in figures.get("peers", ())}
    starts = {(row["command"], row["state"]): row["seconds"] for row in figures.get("starts", ())}
    found = [
        _least("plain news, end to end: 3,000 articles/s a core", plain, "rate", 3000),
        _most("plain news: at most 3 times the floor", floor, "ratio", 3),
        _least("dense news, end to end: 150 articles/s", dense, "rate", 150),
        _least("300 times underthesea ner", peers.get("underthesea ner"), "ratio", 300),
        _least("15 times underthesea word_tokenize", peers.get("underthesea word_tokenize"), "ratio", 15),
    ]
    found += [_workers(archive, runs.get((archive, 2))) for archive in ("plain-txt", "mixed-txt", "dense-txt")]
    found += _memory(figures)
    for command, state, limit in (("--help", "warm", 0.3), ("extract", "warm", 2.5), ("extract", "cold", 2.5)):
        seconds = starts.get((command, state))
        told = NONE if seconds is None else f"{seconds:.2f} s"
        met = None if seconds is None else seconds < limit
        found.append(Goal(f"tinhgon {command}, {state}: less than {limit} s", told, met))
    return found


def _least(goal: str, row: Row | None, name: str, limit: float) -> Goal:
    value = row.get(name) if row else None
    if row is None or value is None:
        return Goal(goal, NONE, None)
    steady = row.get(f"steady_{name}")
    return Goal(goal, _number(value) + (f" (steady {_number(steady)})" if steady else ""), value >= limit)


def _workers(archive: str, row: Row | None) -> Goal:
    """Judged in steady state: short archives would tell of the start alone, which every worker has."""
    goal = f"two workers, {archive}, steady: 1.8 times one"
    steady = row.get("steady_speedup") if row else None
    if row is None or steady is None:
        return Goal(goal, NONE, None)
    return Goal(goal, f"{_number(steady)} (with start {_number(row['speedup'])})", steady >= 1.8)


def _most(goal: str, row: Row | None, name: str, limit: float) -> Goal:
    told = _least(goal, row, name, limit)
    return told if row is None or told.met is None else told._replace(met=row[name] <= limit)


def _memory(figures: Row) -> list[Goal]:
    growth = figures.get("growth", ())
    peaks = [row[name] for row in (*figures.get("runs", ()), *growth) for name in ("main_mb", "worker_mb")]
    largest = f"{max(peaks):.0f} MB" if peaks else NONE
    found = [Goal(f"memory: less than {_MEMORY} MB a process", largest, max(peaks) < _MEMORY if peaks else None)]
    if len(growth) < 2:
        return [*found, Goal("memory level however long the archive", NONE, None)]
    last = growth[-1]
    before = max((row for row in growth if row["articles"] <= last["articles"] / 8), key=lambda row: row["articles"])
    told = f"{before['main_mb']:.0f} → {last['main_mb']:.0f} MB, {before['articles']:,} → {last['articles']:,} articles"
    return [*found, Goal("memory level however long the archive", told, last["main_mb"] <= _FLAT * before["main_mb"])]


def markdown(figures: Row) -> str:
    """Everything that was measured, the goals first."""
    settings, machine = figures["settings"], figures["machine"]
    parts = [
        f"# tinhgon {machine['version']}: speed and memory",
        f"{machine['processor']}, {machine['cores']} cores, Python {machine['python']}, {machine['day']}; load of the "
        f"machine before it began: {machine['load']:.1f}. Archives of invented news (`scripts/bench_archive.py`, seed "
        f"{settings['seed']}), just written and so in the page cache. Rounds: {settings['repeat']}, of which the "
        "medians are told; each run is a process of its own.",
        "## Goals",
        _table(("goal", "measured", "met"), [(goal, told, _verdict(met)) for goal, told, met in goals(figures)]),
    ]
    for name, show in _SECTIONS.items():
        if figures.get(name):
            parts += show(figures[name])
    return "\n\n".join(parts) + "\n"


def _runs(rows: Sequence[Row]) -> list[str]:
    head = ("archive", "jobs", "articles", "MB", "facts", "seconds", "CPU s", "articles/s", "steady", "MB/s", "main MB",
        "worker MB", "against 1 job", "steady")  # fmt: skip
    body = [
        (
            row["archive"], row["jobs"], f"{row['articles']:,}", f"{row['mb']:.1f}", f"{row['facts']:,}",
            f"{row['seconds']:.1f}", f"{row['cpu_seconds']:.1f}", _number(row["rate"]), _number(row["steady_rate"]),
            f"{row['mb_rate']:.2f}", f"{row['main_mb']:.0f}", f"{row['worker_mb']:.0f}" if row["worker_mb"] else NONE,
            _number(row.get("speedup")), _number(row.get("steady_speedup")),
        )
        for row in rows
    ]  # fmt: skip
    about = (
        "From the files on disk to the committed fact base. Articles/s count the start too; the steady rate leaves it "
        "out, by taking off the time of a run over the first fifth."
    )
    return ["## Whole runs", about, _table(head, body)]


def _floor(row: Row) -> list[str]:
    steady = f" ({row['steady_ratio']:.1f} times in steady state)" if row["steady_ratio"] else ""
    return [
        f"The floor: reading and hashing the {row['articles']:,} plain texts and nothing else takes "
        f"{row['seconds']:.2f} s in one process, {_number(row['rate'])} articles/s. A run with one job takes "
        f"{row['ratio']:.1f} times that{steady}."
    ]


def _growth(rows: Sequence[Row]) -> list[str]:
    head = ("mixed articles", "seconds", "ms an article more", "main MB", "fact base MB", "facts")
    body = [
        (
            f"{row['articles']:,}", f"{row['seconds']:.1f}", f"{row['ms_per_article']:.2f}", f"{row['main_mb']:.0f}",
            f"{row['db_mb']:.1f}", f"{row['facts']:,}",
        )
        for row in rows
    ]  # fmt: skip
    return ["## Growth", "One job; the first row has the start in it.", _table(head, body)]


def _stages(rows: Sequence[Row]) -> list[str]:
    stages = list(rows[0]["ms_per_article"])
    head = ("archive", "articles", "read on", *stages)
    body = [
        (
            row["archive"],
            f"{row['articles']:,}",
            f"{row['documents']:,}",
            *(f"{row['ms_per_article'][s]:.3f}" for s in stages),
        )
        for row in rows
    ]
    about = (
        f"Milliseconds an article in the archive, in one process. Loading took {rows[0]['load_seconds']:.2f} s before."
    )
    return ["## Stages", about, _table(head, body)]


def _peers(rows: Sequence[Row]) -> list[str]:
    head = ("peer", "articles", "its articles/s", "its MB/s", "tinhgon's articles/s", "ratio")
    body = [
        (row["peer"], *[NONE] * 4, "not installed")
        if "missing" in row
        else (
            row["peer"],
            row["articles"],
            _number(row["theirs"]),
            _number(row["theirs"] * row["mb_each"]),
            _number(row["ours"]),
            _number(row["ratio"]),
        )
        for row in rows
    ]
    about = (
        "The same dense articles in one process, in turn; tinhgon reads and extracts, the peers do their one step. "
        "They take about as long over any other text, tinhgon does not: hold their MB/s against those of whole runs."
    )
    return ["## Peers", about, _table(head, body)]


def _starts(rows: Sequence[Row]) -> list[str]:
    body = [(f"`tinhgon {row['command']}`", row["state"], f"{row['seconds']:.2f}") for row in rows]
    about = "Cold: without our own byte code and caches; the libraries' byte code and the page cache are warm."
    return ["## Start", about, _table(("command", "", "seconds"), body)]


_SECTIONS: dict[str, Any] = {
    "runs": _runs, "floor": _floor, "growth": _growth, "stages": _stages, "peers": _peers, "starts": _starts,
}  # fmt: skip


def _table(head: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *body]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _number(value: float | None) -> str:
    if value is None:
        return NONE
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _verdict(met: bool | None) -> str:
    return {True: "yes", False: "**no**", None: "not measured"}[met]
