"""The same ten articles in every format and encoding give the same facts; ``scripts/compare_formats.py`` does it."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tinhgon import Extractor

SCRIPTS = Path(__file__).parents[2] / "scripts"
# 154 facts in all. TCVN3 keeps no capitals with tones, and a scanner's letters are guesses.
LEAST = {"txt-tcvn3": 150, "pdf-scanned": 110}


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


MAKE = script("make_archive")
COMPARE = script("compare_formats")


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("formats")
    MAKE.write_archive(folder, ["txt"], tell=lambda line: None)
    return COMPARE.Comparison(folder, Extractor.load())


@pytest.mark.parametrize("name", [name for name in MAKE.FORMATS if name != "txt"])
def test_the_facts_are_the_same(name: str, comparison) -> None:  # type: ignore[no-untyped-def]
    if name == "pdf-scanned" and shutil.which("tesseract") is None:
        pytest.skip("tesseract is not installed")
    if not MAKE.write_archive(comparison.archive, [name], tell=lambda line: None):
        pytest.skip("the tools that write this format are not installed")
    found = comparison.of(name)
    assert (found.documents, found.rejects) == (10, 0)
    if name in LEAST:
        assert found.same >= LEAST[name]
    else:
        assert (found.same, found.besides) == (found.wanted, 0)
