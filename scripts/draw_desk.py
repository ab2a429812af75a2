"""The pictures of the desk in ``docs/``: ``python scripts/draw_desk.py``, with chromium on the machine.

Runs over the bundled corpus and the two articles of the tests that disagree, and takes a picture of a page each.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from click.testing import CliRunner
from playwright.sync_api import sync_playwright

from tinhgon.cli import tinhgon
from tinhgon.store import FactBase
from tinhgon.web import serving

CHECKOUT = Path(__file__).parents[1]

MOST_BYTES = 300_000
POSTS = "measure=concurrent_posts&roles=bi_thu_cap_uy%2Bchu_tich_ubnd"
PICTURES = {
    "desk-front": (f"/?{POSTS}", 1100, 1000, "light"),
    "desk-compare": (f"/compare?{POSTS}", 1280, 760, "light"),
    "desk-contradictions": ("/contradictions", 1100, 700, "light"),
    "desk-claim-phone-dark": ("CLAIM", 420, 900, "dark"),
}


def main() -> None:
    program = shutil.which("chromium")
    if program is None:
        sys.exit("There is no chromium on this machine: install it, then draw again.")
    with tempfile.TemporaryDirectory() as folder:
        db = Path(folder) / "facts.db"
        for archive in (CHECKOUT / "corpus" / "texts", CHECKOUT / "tests" / "web" / "archive"):
            CliRunner().invoke(tinhgon, ["run", str(archive), "--db", str(db), "--quiet"], catch_exceptions=False)
        CliRunner().invoke(tinhgon, ["check", str(db)])
        with FactBase.open(db, readonly=True) as base:
            (row,) = base.rows("SELECT fact_id FROM numbers WHERE value = 38 AND total = 75")
        with serving(db) as url, sync_playwright() as playwright:
            arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = playwright.chromium.launch(executable_path=program, args=arguments)
            claim = f"/claim/{row['fact_id']}"
            for name, (address, width, height, look) in PICTURES.items():
                page = browser.new_page(base_url=url, viewport={"width": width, "height": height}, color_scheme=look)
                page.goto(claim if address == "CLAIM" else address)
                picture = CHECKOUT / "docs" / f"{name}.png"
                page.screenshot(path=str(picture))
                size = picture.stat().st_size
                print(f"{picture.relative_to(CHECKOUT)}  {size:,} bytes")
                if size > MOST_BYTES:
                    sys.exit(f"{picture} is larger than {MOST_BYTES:,} bytes")
            browser.close()


if __name__ == "__main__":
    main()
