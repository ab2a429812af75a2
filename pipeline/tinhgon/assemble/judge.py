"""The judge: how sure a candidate fact is, a number from 0 to 1 that means something.

A logistic model over the signals of ``signals.py``. Its weights stand in ``patterns/judge.yaml`` for anyone to read;
``make judge`` trains them on gold records and writes beside them how often facts of each confidence were right, on
articles left out of the training. It decides nothing: even the facts it is least sure of are right more often than
not, so that leaving them out would cost more right facts than wrong ones. Readers may (``--min-confidence``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import exp, isfinite
from pathlib import Path

import yaml

from tinhgon.resources import patterns_dir, read_yaml

Judge = Callable[[Mapping[str, float]], float]

_SURELY_WRONG = -50.0  # below it every confidence is 0 to the last digit told
_KEYS = {"about", "intercept", "weights", "reliability"}


class JudgeError(ValueError):
    """The file of weights cannot be used: says what to mend."""


@dataclass(frozen=True, slots=True)
class LinearJudge:
    """Weights by signal; a signal without a weight says nothing.

    >>> judge = LinearJudge({"place.here": 2.0})
    >>> judge({"place.here": 1.0}), judge({"noun.none": 1.0})
    (0.8808, 0.5)
    """

    weights: Mapping[str, float]
    intercept: float = 0.0

    @classmethod
    def load(cls, path: Path | None = None) -> LinearJudge:
        """The shipped weights, or those of a file of the same form; raises JudgeError."""
        path = path or patterns_dir() / "judge.yaml"
        try:
            raw = read_yaml(path)
            if set(raw) != _KEYS:
                raise JudgeError(f"{path}: the keys of a judge are {sorted(_KEYS)}")
            weights = {str(name): float(weight) for name, weight in raw["weights"].items()}
            judge = cls(weights, float(raw["intercept"]))
            if not all(map(isfinite, (*weights.values(), judge.intercept))):
                raise JudgeError(f"{path}: a weight is no number")
            return judge
        except JudgeError:
            raise
        except (OSError, yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
            raise JudgeError(f"{path}: no file of a judge's weights: {error}") from error

    def __call__(self, signals: Mapping[str, float]) -> float:
        """The confidence of a candidate, rounded so that it is the same on every machine."""
        score = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in signals.items())
        return round(1 / (1 + exp(-max(score, _SURELY_WRONG))), 4)
