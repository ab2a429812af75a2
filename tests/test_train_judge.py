"""Training the judge: verdicts of candidates by gold records, and the file that comes of them."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from tinhgon.assemble.judge import LinearJudge

pytest.importorskip("sklearn", reason="training the judge needs scikit-learn")

CHECKOUT = Path(__file__).parents[1]
CORPUS = CHECKOUT / "corpus"


@pytest.fixture(scope="module")
def training() -> Iterator[ModuleType]:
    """``scripts/train_judge.py`` as a module."""
    spec = importlib.util.spec_from_file_location("train_judge", CHECKOUT / "scripts" / "train_judge.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Texts and gold records of two articles."""
    folders = tmp_path_factory.mktemp("texts"), tmp_path_factory.mktemp("gold")
    for folder in folders:
        for path in (CORPUS / folder.name.rstrip("0")).glob("nam-0[13].*"):
            shutil.copy(path, folder)
        assert len(list(folder.iterdir())) == 2
    return folders


def test_each_candidate_has_its_verdict(training: ModuleType, two_articles: tuple[Path, Path]) -> None:
    rows = list(training.rows_of(*two_articles))
    assert {row.article for row in rows} == {"nam-01", "nam-03"}
    assert all(row.signals for row in rows)
    assert all(row.right for row in rows if row.whole)
    gold = [json.loads(path.read_text("utf-8"))["facts"] for path in two_articles[1].iterdir()]
    assert 0 < sum(row.right for row in rows) <= sum(map(len, gold))


def test_the_same_articles_give_the_same_rows(training: ModuleType, two_articles: tuple[Path, Path]) -> None:
    assert list(training.rows_of(*two_articles)) == list(training.rows_of(*two_articles))


def test_nothing_is_right_by_empty_records(
    training: ModuleType, two_articles: tuple[Path, Path], tmp_path: Path
) -> None:
    for path in two_articles[1].iterdir():
        (tmp_path / path.name).write_text(json.dumps({"facts": []}), "utf-8")
    rows = list(training.rows_of(two_articles[0], tmp_path))
    assert rows
    assert not any(row.right or row.whole for row in rows)


def test_one_gold_fact_proves_one_candidate(training: ModuleType) -> None:
    item = {"measure": "reduction", "value": 4}
    assert training._found([item, item], [item], lambda fact: fact["value"]) == [True, False]


def synthetic(training: ModuleType) -> list[object]:
    """Thirty articles: a candidate with a place is right, one far from its verb is wrong, and one is what comes."""
    rows = []
    for number in range(30):
        for signals, right in (
            ({"place.here": 1.0, "link.far": 0.5}, True),
            ({"place.here": 0.0, "link.far": 4.0}, False),
            ({"place.here": float(number % 2), "link.far": 2.0}, number % 2 == 0),
        ):
            rows.append(
                training.Row(f"bai-{number}", {**signals, "same for all": 1.0}, right, right and number % 3 > 0)
            )
    return rows


def test_training_gives_a_judges_file(training: ModuleType, tmp_path: Path) -> None:
    content = training.train(synthetic(training))
    shipped = yaml.safe_load((CHECKOUT / "patterns" / "judge.yaml").read_text("utf-8"))
    assert list(content) == list(shipped)
    assert content["weights"]["place.here"] > 0 > content["weights"]["link.far"]
    assert "same for all" not in content["weights"]
    path = tmp_path / "judge.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    judge = LinearJudge.load(path)
    assert judge({"place.here": 1.0, "link.far": 0.5}) > judge({"place.here": 0.0, "link.far": 4.0})


def test_the_table_of_reliability_counts_every_candidate_once(training: ModuleType) -> None:
    rows = synthetic(training)
    bands = training.train(rows)["reliability"]
    assert sum(band["facts"] for band in bands) == len(rows)
    assert sum(band["facts"] * band["right"] for band in bands) == pytest.approx(45, abs=0.1)
    assert all(0 <= band["whole"] <= band["right"] <= 1 for band in bands)
    edges = [(band["from"], band["to"]) for band in bands]
    assert edges == sorted(edges)
    assert {edge for pair in edges for edge in pair} <= set(training.BANDS)


def test_training_again_gives_the_same_file(training: ModuleType) -> None:
    assert training.train(synthetic(training)) == training.train(synthetic(training))


def test_the_rows_kept_hold_signals_and_no_words(training: ModuleType) -> None:
    rows = list(training.kept())
    assert rows
    assert all(all(isinstance(value, float) for value in row.signals.values()) for row in rows)
    assert all(len(row.article) == 12 and int(row.article, 16) >= 0 for row in rows)
