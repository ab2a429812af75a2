"""Train the judge: weights by signal from gold records, and how often facts of each confidence were right.

    python scripts/train_judge.py                       train, and write patterns/judge.yaml
    python scripts/train_judge.py --collect TEXTS GOLD  print the rows of articles that cannot be shipped, to keep in
                                                        corpus/verdicts.jsonl: signals and verdicts, no words

A fact is right where gold has one with the same measure and numbers. The table of reliability comes from
cross-validation by article: each article is judged by weights that never saw it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from tinhgon.evaluate import LAYERS
from tinhgon.extract import Extractor
from tinhgon.ingest import read
from tinhgon.records import Document
from tinhgon.store.export import fact_item

CHECKOUT = Path(__file__).parents[1]
SETS = ("corpus", "corpus/trial", "corpus/wide")
VERDICTS = CHECKOUT / "corpus" / "verdicts.jsonl"
STRENGTH = 0.02  # of the fit against its penalty: few wrong candidates, many signals
FOLDS = 10
BANDS = (0.0, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)
ABOUT = (
    "How much each signal speaks for a candidate fact, in logits; trained and written by scripts/train_judge.py. "
    "Signals that say nothing are left out."
)
CORE = next(layer.key for layer in LAYERS if layer.name == "facts_core")
FULL = next(layer.key for layer in LAYERS if layer.name == "facts_full")


@dataclass(frozen=True)
class Row:
    """One candidate: the article it stands in, its signals, whether its numbers and all its fields are right."""

    article: str
    signals: Mapping[str, float]
    right: bool
    whole: bool


class Recorder:
    """A judge that keeps the signals of what it is asked, and answers with their number."""

    def __init__(self) -> None:
        self.asked: list[dict[str, float]] = []

    def __call__(self, signals: Mapping[str, float]) -> float:
        self.asked.append(dict(signals))
        return float(len(self.asked) - 1)


def rows_of(texts: Path, gold: Path) -> Iterator[Row]:
    """The candidates of a folder of articles, each with its verdict by the gold records."""
    extractor, recorder = Extractor.load(), Recorder()
    extractor.assembler.judge = recorder
    for path in sorted(texts.iterdir()):
        document = read(path)
        if not isinstance(document, Document):
            raise SystemExit(f"{path}: {document.reason}")
        expected = json.loads((gold / f"{document.id}.json").read_text("utf-8"))["facts"]
        facts = extractor.claims(document).facts
        items = [fact_item(fact) for fact in facts]
        right, whole = _found(items, expected, CORE), _found(items, expected, FULL)
        for number, fact in enumerate(facts):
            yield Row(document.id, recorder.asked[int(fact.confidence or 0)], bool(right[number]), bool(whole[number]))


def _found(items: list[dict[str, Any]], expected: list[dict[str, Any]], key: Any) -> list[bool]:
    free = [key(item) for item in expected]
    found = []
    for item in items:
        there = key(item) in free
        if there:
            free.remove(key(item))
        found.append(there)
    return found


def kept() -> Iterator[Row]:
    """The rows of articles that are not shipped."""
    for line in VERDICTS.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield Row(row["article"], row["signals"], row["right"], row["whole"])


def model() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=5000))


def train(rows: list[Row]) -> dict[str, Any]:
    """The content of the judge's file."""
    names = DictVectorizer(sparse=False)
    signals = names.fit_transform([row.signals for row in rows])
    right = np.array([row.right for row in rows])
    articles = [row.article for row in rows]
    folds = GroupKFold(FOLDS)
    seen_by_others = cross_val_predict(model(), signals, right, groups=articles, cv=folds, method="predict_proba")[:, 1]
    fitted = model().fit(signals, right)
    scaler, regression = fitted[0], fitted[-1]
    weights = regression.coef_[0] / scaler.scale_
    intercept = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    return {
        "about": ABOUT,
        "intercept": round(intercept, 3),
        "weights": {
            name: round(float(weight), 3)
            for name, weight in sorted(zip(names.feature_names_, weights, strict=True))
            if abs(weight) >= 0.0005
        },
        "reliability": list(_reliability(rows, seen_by_others)),
    }


def _reliability(rows: list[Row], confidence: np.ndarray[Any, Any]) -> Iterator[dict[str, Any]]:
    for low, high in pairwise(BANDS):
        band = [row for row, sure in zip(rows, confidence, strict=True) if low <= sure < high or sure == high == 1]
        if band:
            yield {
                "from": low,
                "to": high,
                "facts": len(band),
                "right": round(sum(row.right for row in band) / len(band), 3),
                "whole": round(sum(row.whole for row in band) / len(band), 3),
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collect", nargs=2, type=Path, metavar=("TEXTS", "GOLD"))
    arguments = parser.parse_args()
    if arguments.collect:
        for row in rows_of(*arguments.collect):
            article = hashlib.sha256(row.article.encode()).hexdigest()[:12]
            print(json.dumps({"article": article, "right": row.right, "whole": row.whole, "signals": row.signals}))
        return
    rows = [row for name in SETS for row in rows_of(CHECKOUT / name / "texts", CHECKOUT / name / "gold")]
    rows += kept()
    judge = train(rows)
    target = CHECKOUT / "patterns" / "judge.yaml"
    target.write_text(yaml.safe_dump(judge, allow_unicode=True, sort_keys=False, width=120), "utf-8")
    print(f"{len(rows)} candidates, {sum(row.right for row in rows)} of them right; written to {target}")
    for band in judge["reliability"]:
        share = f"{band['right']:.3f} right in measure and numbers, {band['whole']:.3f} in all"
        print(f"{band['from']:.2f} - {band['to']:.2f}: {band['facts']} facts, {share}")


if __name__ == "__main__":
    main()
