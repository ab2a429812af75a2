"""The quality gate: gold records read from disk, and the floors that no layer's F1 may fall below.

Floors live in a small TOML file, ``layer = F1``. They are raised when the program gets better and lowered only on
purpose, so that a change that costs quality is noticed in the change that costs it.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path

from tinhgon.evaluate import LAYERS, Evaluation, Record

LAYER_NAMES = tuple(layer.name for layer in LAYERS)


class QualityError(ValueError):
    """Gold or floors cannot be read or kept; the message says what to mend."""


def read_records(path: Path) -> list[Record]:
    """Records from a folder of ``*.json``, one ``.json`` file, or JSON Lines."""
    if path.is_dir():
        texts = {str(file): file.read_text("utf-8") for file in sorted(path.glob("*.json"))}
    elif path.suffix == ".json":
        texts = {str(path): path.read_text("utf-8")}
    else:
        lines = path.read_text("utf-8").split("\n")
        texts = {f"{path}, line {number}": line for number, line in enumerate(lines, 1) if line.strip()}
    if not texts:
        raise QualityError(f"{path} holds no records; give a folder of *.json or a file of JSON Lines")
    return [_parsed(where, text) for where, text in texts.items()]


def _parsed(where: str, text: str) -> Record:
    try:
        record = json.loads(text)
    except ValueError as error:
        raise QualityError(f"{where} is not JSON: {error}") from error
    if not isinstance(record, dict) or "id" not in record:
        raise QualityError(f"{where} is no record: it needs an 'id'")
    return record


def read_floors(path: Path) -> dict[str, float]:
    """The floors by layer; a layer without a floor may do as it likes."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise QualityError(f"cannot read the floors in {path}: {error.strerror}") from error
    except ValueError as error:
        raise QualityError(f"{path} is not TOML: {error}") from error
    for layer, floor in table.items():
        if layer not in LAYER_NAMES:
            raise QualityError(f"{path}: no layer is named {layer!r}; there are {', '.join(LAYER_NAMES)}")
        if isinstance(floor, bool) or not isinstance(floor, int | float) or not 0 <= floor <= 1:
            raise QualityError(f"{path}: the floor of {layer} must be a number from 0 to 1, not {floor!r}")
    return {layer: float(floor) for layer, floor in table.items()}


def moved_floors(floors: Mapping[str, float], evaluation: Evaluation, *, allow_lower: bool = False) -> dict[str, float]:
    """The floors set to what the evaluation reached, rounded down to two decimals; upwards only unless told."""
    moved = {}
    for layer, floor in floors.items():
        # Rounded before it is floored: 0.29 * 100 is 28.999999999999996.
        reached = math.floor(round(evaluation.layers[layer].f1 * 100, 6)) / 100
        moved[layer] = reached if allow_lower else max(floor, reached)
    return moved


def write_floors(path: Path, floors: Mapping[str, float]) -> None:
    """Write the floors back, keeping the comment lines at the head of the file."""
    lines = path.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    path.write_text("\n".join([*head, *(f"{layer} = {floor:.2f}" for layer, floor in floors.items()), ""]), "utf-8")
