"""The desk over the fact base of a real run, reached over HTTP and with a real browser."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tinhgon.cli import tinhgon

sys.path.append(str(Path(__file__).parent))
from web_site import TOKEN, Site, serving  # found only by the path above

CORPUS = Path(__file__).parents[2] / "corpus" / "texts"
ARCHIVE = Path(__file__).parent / "archive"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def run_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``tinhgon run`` and ``tinhgon check`` make of the corpus and of two articles that disagree."""
    db = tmp_path_factory.mktemp("web") / "facts.db"
    for archive in (CORPUS, ARCHIVE):
        done = CliRunner().invoke(tinhgon, ["run", str(archive), "--db", str(db), "--quiet"])
        assert done.exit_code == 0, done.output
    CliRunner().invoke(tinhgon, ["check", str(db)])
    return db


@pytest.fixture(scope="session")
def site(run_base: Path) -> Iterator[Site]:
    """A desk that is only read."""
    with serving(run_base) as found:
        yield found


@pytest.fixture
def open_site(tmp_path: Path, run_base: Path) -> Iterator[Site]:
    """A desk of its own for one test, open for review with ``TOKEN``."""
    db = tmp_path / "facts.db"
    shutil.copy(run_base, db)
    with serving(db, token=TOKEN, hosts={"127.0.0.1"}) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The machine's chromium; where there is none, the tests that ask for it are skipped."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no chromium on this machine: browser tests are skipped")
    from playwright.sync_api import sync_playwright

    # Root may not use the browser's own walls; in a container there is no one else.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def new_page(browser: Any) -> Iterator[Callable[..., Any]]:
    """``new_page(site, ...)``: a page of a fresh browser, which fails the test where it asks anything of elsewhere."""
    contexts: list[Any] = []
    trouble: list[str] = []

    def make(site: Site, **look: Any) -> Any:
        context = browser.new_context(base_url=site.url, **look)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request", lambda asked: None if asked.url.startswith((site.url, "data:")) else trouble.append(asked.url)
        )
        page.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: trouble.append(f"script: {error}"))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not trouble
