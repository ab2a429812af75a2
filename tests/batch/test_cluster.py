"""A scheduler and workers in processes of their own make what a run on this machine makes, whatever befalls them."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from tinhgon.batch import Reading, run
from tinhgon.batch.cluster import ClusterError, make_parts
from tinhgon.batch.merging import merge
from tinhgon.batch.parts import SCHEMA, PartError
from tinhgon.batch.plan import PARTS, PLAN, PlanError, partitions_of
from tinhgon.cli import tinhgon

pytestmark = pytest.mark.slow
CORPUS = Path(__file__).parents[2] / "corpus" / "texts"


@contextmanager
def processes(*commands: list[str], folder: Path, deaths: int = 3) -> Iterator[list[subprocess.Popen[bytes]]]:
    # In a folder of their own, as on machines of their own; the stand-in must be known to them.
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parent),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(deaths),
    }
    dask = [sys.executable, "-m", "dask"]
    begun = [
        subprocess.Popen([*dask, *command], cwd=folder, env=environment, stderr=subprocess.DEVNULL)
        for command in commands
    ]
    try:
        yield begun
    finally:
        for process in begun:
            process.kill()
            process.wait()


def worker(scheduler: Path) -> list[str]:
    return ["worker", "--scheduler-file", str(scheduler), "--nthreads", "1", "--no-nanny", "--no-dashboard"]


def wait_for_workers(scheduler: Path, count: int) -> None:
    from distributed import Client

    with Client(scheduler_file=str(scheduler)) as client:
        client.wait_for_workers(count, timeout=60)


@contextmanager
def cluster(folder: Path, workers: int, **options: int) -> Iterator[str]:
    """The file with the address of a scheduler that has so many workers."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("distributed is not installed")
    file = folder / "scheduler.json"
    scheduler = ["scheduler", "--scheduler-file", str(file), "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with processes(scheduler, *[worker(file)] * workers, folder=folder, **options) as begun:
        while not file.exists():
            assert begun[0].poll() is None
            time.sleep(0.05)
        wait_for_workers(file, workers)
        yield str(file)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory) -> Iterator[str]:
    with cluster(tmp_path_factory.mktemp("cluster"), 2) as file:
        yield file


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Batches and partitions of a few articles, containers on their own."""
    monkeypatch.setattr(sys.modules["tinhgon.batch.run"], "BATCH", 4)
    monkeypatch.setattr("tinhgon.batch.plan.FILES", 4)
    monkeypatch.setattr("tinhgon.batch.plan.LARGE", 500)
    monkeypatch.setattr("tinhgon.batch.plan.BYTES", 600)


@pytest.fixture
def parts(tmp_path):
    return tmp_path / "parts"


@pytest.fixture
def made(mixed, parts, scheduler, stand_in):
    """The parts of the mixed archive."""
    assert make_parts([str(mixed)], parts, scheduler, load=stand_in.load)
    return parts


def files(parts: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in parts.glob("*.parquet")}


def test_the_fact_base_and_the_report_are_those_of_a_run_on_this_machine(mixed, made, content, stand_in, tmp_path):
    local = run([str(mixed)], tmp_path / "local.db", load=stand_in.load)
    merged = merge(made, tmp_path / "merged.db")
    assert len(files(made)) > 5
    assert replace(merged, seconds=0.0) == replace(local, seconds=0.0)
    assert content(tmp_path / "merged.db") == content(tmp_path / "local.db")


def test_paths_are_kept_as_they_were_given_wherever_the_workers_are(
    mixed, parts, content, scheduler, stand_in, tmp_path, monkeypatch
):
    monkeypatch.chdir(mixed.parent)
    sources = ["kho/bao-b", "./kho/bao-a/../bao-e.zip", "kho/bao-d.jsonl", "kho/khong-co.txt"]
    assert make_parts(sources, Path("parts"), scheduler, load=stand_in.load)
    merge(parts, tmp_path / "merged.db")
    run(sources, tmp_path / "local.db", load=stand_in.load)
    assert content(tmp_path / "merged.db") == content(tmp_path / "local.db")


def test_what_is_made_is_not_made_again_but_where_a_file_changed(mixed, made, scheduler, stand_in, tmp_path):
    before = files(made)
    assert make_parts([str(mixed)], made, scheduler, load=stand_in.load_idle)
    assert files(made) == before
    with (mixed / "bao-d.jsonl").open("a", encoding="utf-8") as rows:
        rows.write('\n{"id": "bai-mới", "text": "Xã Tân Phú thực hiện Nghị quyết số 18-NQ/TW."}')
    assert make_parts([str(mixed)], made, scheduler, load=stand_in.load)
    after = files(made)
    assert {name: after[name] for name in before} == before
    assert len(after) == len(before) + 1
    assert merge(made, tmp_path / "merged.db").found == 46


def test_what_is_merged_twice_is_the_same(made, content, tmp_path):
    db = tmp_path / "merged.db"
    first = merge(made, db)
    before = content(db)["export"]
    again = merge(made, db)
    assert (again.extracted, again.passed_over) == (0, first.extracted + first.passed_over)
    assert content(db)["export"] == before


def test_a_run_goes_on_when_a_worker_is_killed_at_work(mixed, parts, content, scheduler, stand_in, tmp_path):
    with processes(worker(Path(scheduler)), folder=tmp_path) as (victim,):
        wait_for_workers(Path(scheduler), 3)
        killed = []

        def kill_at_work(progress):
            if not killed and progress.read > 3:
                killed.append(progress.read)
                os.kill(victim.pid, signal.SIGKILL)

        assert make_parts([str(mixed)], parts, scheduler, load=stand_in.load_slow, report=kill_at_work)
        assert victim.wait(timeout=10) == -signal.SIGKILL
        assert 0 < killed[0] < 45
    assert not list(parts.glob("*.tmp"))
    merge(parts, tmp_path / "merged.db")
    run([str(mixed)], tmp_path / "local.db", load=stand_in.load)
    assert content(tmp_path / "merged.db") == content(tmp_path / "local.db")


@pytest.mark.parametrize("fate", ["chết", "treo"])
def test_articles_that_kill_every_worker_or_hang_there_are_named(parts, stand_in, tmp_path, fate):
    article = tmp_path / "bai-chet.txt"
    article.write_text(f"Tiến trình {fate} ở huyện Lộc Bình, bộ máy tinh gọn.\n", "utf-8")
    with (
        cluster(tmp_path, 1, deaths=0) as scheduler,
        pytest.raises(ClusterError, match=r"again and again over .*bai-chet\.txt"),
    ):
        make_parts([str(article)], parts, scheduler, load=stand_in.load, reading=Reading(seconds=0.5))


def test_ctrl_c_stops_and_the_same_command_goes_on(mixed, parts, scheduler, stand_in, tmp_path):
    stop = {"report": lambda told: os.kill(os.getpid(), signal.SIGINT)}
    assert not make_parts([str(mixed)], parts, scheduler, load=stand_in.load_slow, **stop)
    with pytest.raises(PlanError, match=r"\d+ of \d+ parts are missing in .*parts: run the same"):
        merge(parts, tmp_path / "merged.db")
    assert not (tmp_path / "merged.db").exists()
    assert make_parts([str(mixed)], parts, scheduler, load=stand_in.load_slow)
    assert merge(parts, tmp_path / "merged.db").read == 45


class TestWhatCannotBeMerged:
    def test_a_part_that_is_gone(self, made, tmp_path):
        next(made.glob("*.parquet")).unlink()
        with pytest.raises(PlanError, match=r"^1 of \d+ parts are missing"):
            merge(made, tmp_path / "merged.db")

    def test_half_a_line_of_notes(self, made, tmp_path):
        notes = (made / PARTS).read_text("utf-8")
        (made / PARTS).write_text(notes[:-20], "utf-8")
        with pytest.raises(PlanError, match=r"^1 of \d+ parts are missing"):
            merge(made, tmp_path / "merged.db")

    @pytest.mark.parametrize("damage", [lambda raw: raw[: len(raw) // 2], lambda raw: b"", lambda raw: b"PAR1 PAR1"])
    def test_a_part_that_was_cut_off(self, made, tmp_path, damage):
        part = next(made.glob("*.parquet"))
        part.write_bytes(damage(part.read_bytes()))
        with pytest.raises(PartError, match=f"{part.name} is damaged: delete it and run"):
            merge(made, tmp_path / "merged.db")

    def test_a_part_one_byte_of_which_is_another(self, made, tmp_path):
        part = next(made.glob("*.parquet"))
        outcomes = pq.read_metadata(part).row_group(0).column(SCHEMA.get_field_index("outcome"))
        raw = bytearray(part.read_bytes())
        raw[outcomes.data_page_offset + outcomes.total_compressed_size - 5] ^= 1
        part.write_bytes(bytes(raw))
        with pytest.raises(PartError, match=f"{part.name} is damaged: delete it and run"):
            merge(made, tmp_path / "merged.db")

    def test_a_part_of_another_plan(self, made, tmp_path):
        plan = json.loads((made / PLAN).read_text("utf-8"))
        plan["in_force"]["patterns_hash"] = "other"
        (made / PLAN).write_text(json.dumps(plan), "utf-8")
        with pytest.raises(PartError, match="made by other code or patterns than the plan"):
            merge(made, tmp_path / "merged.db")

    def test_parts_of_another_version(self, made, tmp_path, monkeypatch):
        monkeypatch.setattr("tinhgon.batch.merging.code_version", lambda: "9.9.9+other")
        with pytest.raises(PlanError, match=r"this is 9.9.9\+other: merge them with the same version"):
            merge(made, tmp_path / "merged.db")

    @pytest.mark.parametrize("plan", [None, "", "{}", '{"version": 1}'])
    def test_a_folder_without_a_plan(self, tmp_path, plan):
        if plan is not None:
            (tmp_path / PLAN).write_text(plan, "utf-8")
        with pytest.raises(PlanError, match=r"holds no plan.json|plan.json is damaged"):
            merge(tmp_path, tmp_path / "merged.db")


class TestWhatCannotBeBegun:
    def test_another_version_on_the_workers(self, mixed, parts, scheduler, stand_in, monkeypatch):
        monkeypatch.setattr("tinhgon.batch.cluster.code_version", lambda: "9.9.9+other")
        with pytest.raises(PartError, match=r"begun with 9.9.9\+other: install the same version"):
            make_parts([str(mixed)], parts, scheduler, load=stand_in.load)

    def test_other_patterns_on_the_workers(self, mixed, parts, scheduler, stand_in, monkeypatch):
        from tinhgon.batch.articles import InForce

        monkeypatch.setattr("tinhgon.batch.cluster.InForce.of", lambda extractor: InForce("other", {}))
        with pytest.raises(PartError, match="a worker has other patterns"):
            make_parts([str(mixed)], parts, scheduler, load=stand_in.load)

    def test_a_module_that_the_workers_have_not(self, mixed, parts, scheduler, tmp_path, monkeypatch):
        (tmp_path / "here_alone.py").write_text(
            "from stand_in import load as load_here\n\n\ndef load(patterns):\n    return load_here(patterns)\n"
        )
        monkeypatch.syspath_prepend(Path(__file__).parent)
        monkeypatch.syspath_prepend(tmp_path)
        import here_alone

        with pytest.raises(ClusterError, match="install the same version of tinhgon for the scheduler"):
            make_parts([str(mixed)], parts, scheduler, load=here_alone.load)

    def test_what_is_piped_in(self, parts, scheduler):
        with pytest.raises(ClusterError, match="cannot be shared"):
            make_parts(["-"], parts, scheduler)

    def test_no_scheduler(self, parts, stand_in):
        dask = pytest.importorskip("dask")

        with (
            dask.config.set({"distributed.comm.timeouts.connect": "300ms"}),
            pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1"),
        ):
            make_parts(["kho"], parts, "tcp://127.0.0.1:1", load=stand_in.load)

    def test_no_dask(self, parts, stand_in, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(ClusterError, match=r"pip install 'tinhgon\[cluster\]'"):
            make_parts(["kho"], parts, "tcp://127.0.0.1:1", load=stand_in.load)


class TestPartitions:
    def test_they_hold_every_file_once_and_in_order(self):
        paths = [Path("kho") / f"bai-{number}.txt" for number in range(100)]
        partitions = list(partitions_of(paths))
        assert [path for partition in partitions for path in partition] == [str(path) for path in paths]
        assert 15 < len(partitions) < 35
        assert max(len(partition) for partition in partitions) < 25

    def test_a_new_file_changes_its_own_partition_alone(self):
        paths = [Path("kho") / f"bai-{number:03}.txt" for number in range(100)]
        before, after = set(partitions_of(paths)), set(partitions_of(sorted([*paths, Path("kho") / "bai-050-b.txt"])))
        assert len(before - after) == 1

    def test_large_files_are_on_their_own_and_small_ones_together_within_bounds(self, tmp_path, monkeypatch):
        monkeypatch.setattr("tinhgon.batch.plan.FILES", 10**9)
        monkeypatch.setattr("tinhgon.batch.plan.BYTES", 1000)
        for name, size in (("a", 400), ("b", 400), ("c", 400), ("d", 500), ("e", 1)):
            (tmp_path / name).write_bytes(b"x" * size)
        partitions = partitions_of([tmp_path / name for name in "abcde"])
        assert ["".join(Path(path).name for path in partition) for partition in partitions] == ["ab", "c", "d", "e"]


def test_the_commands_make_and_merge(scheduler, tmp_path):
    archive = tmp_path / "kho"
    archive.mkdir()
    for path in sorted(CORPUS.glob("*.txt"))[:6]:
        (archive / path.name).write_bytes(path.read_bytes())
    call = lambda *arguments: CliRunner().invoke(tinhgon, [*map(str, arguments)])  # noqa: E731
    assert call("run", archive, "--db", tmp_path / "local.db").exit_code == 0
    run_there = call("run", archive, "--db", tmp_path / "there.db", "--dask", scheduler)
    assert run_there.exit_code == 0, run_there.output
    assert "6 extracted" in run_there.stdout
    merged = call("merge", tmp_path / "there.db.parts", "--db", tmp_path / "merged.db", "--log-json")
    assert merged.exit_code == 0, merged.output
    told = [json.loads(line) for line in merged.stderr.splitlines()]
    assert [(line["event"], line["read"]) for line in told] == [("progress", 4), ("end", 6)]
    assert told[0]["doing"] == "merging"
    exports = [
        call("export", tmp_path / f"{name}.db", "--format", "jsonl").stdout for name in ("local", "there", "merged")
    ]
    assert exports[0].count("\n") == 6
    assert exports[1:] == exports[:1] * 2


@pytest.mark.parametrize("options", [("--parts", "kho.parts"), ("--dask", "tcp://127.0.0.1:1", "--jobs", "2")])
def test_options_that_do_not_go_together_are_refused(tmp_path, options):
    (tmp_path / "bai.txt").write_text("Tinh gọn bộ máy.", "utf-8")
    refused = CliRunner().invoke(tinhgon, ["run", str(tmp_path), "--db", str(tmp_path / "facts.db"), *options])
    assert refused.exit_code == 2
    assert "--dask" in refused.stderr
