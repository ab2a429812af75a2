"""The pages over HTTP: what each shows, in both languages, and what is said where there is none."""

from __future__ import annotations

import csv
import io
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import openpyxl
import pytest
from web_site import Site, serving

from tinhgon.store import FactBase, UnwritableStoreError
from tinhgon.web.desk import _DESKS

QUESTION = "measure=concurrent_posts&roles=chu_tich_ubnd%2Bbi_thu_cap_uy"
EVERY = (
    *("/", "/?layout=2025&measure=stock", "/search", "/search?q=nghi+quyet", "/compare", "/compare?places=2025"),
    *("/compare?by=document&measure=reduction&parts=1&every=1", "/place", "/place?province=Nowhere+at+all"),
    *("/resolution", "/resolution?symbol=18-NQ/TW", "/pairing", "/contradictions?check=percent-off&page=7"),
    *("/about", "/contradictions?province=Hậu+Giang", "/article?id=hau-giang-2"),
)


def text_of(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_answers_in_its_language(site: Site, address: str, language: str) -> None:
    answer = site.get(("/en" if language == "en" else "") + address)

    assert answer.status_code == (404 if "Nowhere" in address else 200)
    assert f'<html lang="{language}">' in answer.text
    assert ("Trang đầu" in answer.text) == (language == "vi")
    other = "" if language == "en" else "/en"
    assert f'href="{other}{address.partition("?")[0] if other + address != "/" else "/"}' in answer.text


def test_the_front_page_tells_what_the_base_holds(site: Site) -> None:
    text = text_of(site.get("/"))
    with FactBase.open(site.db, readonly=True) as base:
        (held,) = base.rows("SELECT (SELECT count(*) FROM documents) AS d, (SELECT count(*) FROM facts) AS f")

    assert f"{held['d']}" in text
    assert f"{held['f']}" in text
    assert "26/12/2018" in text
    assert "không tìm thấy dữ kiện" in text


def test_a_tile_has_the_number_and_its_date_and_leads_to_the_claim(site: Site) -> None:
    page = site.get(f"/?{QUESTION}").text
    (tile,) = re.findall(
        r'<li class="tile[^>]*>\s*<a href="([^"]+)"><span class="label">Đồng Tháp</span>(.+?)</a>', page, re.S
    )

    assert tile[0] == f"/claim/{site.fact('value = 61 AND total = 143')}"
    assert "42,66%" in tile[1]
    assert "22/12/2020" in tile[1]


def test_a_comparison_gives_the_same_numbers_as_a_file(site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(site.get(f"/compare.csv?{QUESTION}").content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(site.get(f"/compare.xlsx?{QUESTION}").content))
    table = re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)', site.get(f"/compare?{QUESTION}").text)

    assert [row["place"] for row in rows] == table
    assert [row[0].value for row in book.active.iter_rows(min_row=2)] == table


def test_a_comparison_is_sorted_as_asked_and_unknown_comes_last(site: Site) -> None:
    def rates(order: str) -> list[str]:
        found = re.findall(
            r'<td class="number"[^>]*>([\d,]+%\*?|–)</td>', site.get(f"/compare?{QUESTION}&{order}").text
        )
        return [rate for rate in found if rate != "–"]

    falling, rising = rates("sort=rate&order=down"), rates("sort=rate&order=up")
    as_number = [float(rate.strip("%*").replace(",", ".")) for rate in falling]
    assert as_number == sorted(as_number, reverse=True)
    assert rising == falling[::-1]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("since=2020-13", "&#39;2020-13&#39; không phải ngày tháng"),
        ("since=2021&until=2019", "hãy đổi chỗ hai ngày"),
        ("place=Atlantis", "không có dữ kiện nào về nơi tên là"),
        ("min_confidence=sure", "không phải độ tin cậy"),
        ("by=district&places=2025", "hãy so sánh theo tỉnh"),
    ],
)
def test_what_cannot_be_asked_is_told_in_the_form(site: Site, asked: str, said: str) -> None:
    answer = site.get(f"/compare?{asked}")

    assert answer.status_code == 200
    assert said in answer.text
    assert 'role="alert"' in answer.text
    assert site.get(f"/compare.csv?{asked}").status_code == 400


def test_a_claim_shows_its_sentence_and_why_it_is_there(site: Site) -> None:
    page = site.get(f"/claim/{site.fact('value = 38 AND total = 75')}").text

    for kind in ("number", "roles", "place", "resolution", "date"):
        assert re.search(rf'<blockquote.*<mark class="k-{kind}.*</blockquote>', page, re.S), kind
    assert "concurrent" not in text_of(httpx.Response(200, text=page))
    for part in ("Vì sao được trích ra", "Từ ngữ làm căn cứ", "Hai bài nêu khác nhau", "“Hậu Giang gọn bớt đầu mối"):
        assert part in page


def test_a_claim_is_found_by_the_beginning_of_its_id(site: Site) -> None:
    fact = site.fact("value = 38 AND total = 75")
    assert f"/claim/{fact}" in site.get(f"/claim/{fact[:10]}").text


def test_a_place_tells_what_it_was_and_became(site: Site) -> None:
    page = text_of(site.get("/place?province=Hậu+Giang"))
    assert "tỉnh Hậu Giang, từ trước 2017 đến 01/07/2025" in page
    assert "Sau đó thành: thành phố Cần Thơ" in page
    assert "tỉnh Hậu Giang" in text_of(site.get("/place?province=Cần+Thơ"))


def test_a_resolution_tells_who_cites_it_and_what_is_tied_to_it(site: Site) -> None:
    page = text_of(site.get("/resolution?symbol=18-NQ/TW"))
    assert "Đổi mới, sắp xếp tổ chức bộ máy của hệ thống chính trị" in page
    assert "38/75" in page
    assert "Hậu Giang" in page


def test_a_pairing_tells_where_who_and_in_which_words(site: Site) -> None:
    page = text_of(site.get("/pairing?roles=chu_tich_ubnd%2Bbi_thu_cap_uy"))
    assert "bí thư cấp ủy + chủ tịch UBND" in page
    assert "61/143" in page
    assert "Những câu nêu việc một người giữ các chức danh này" in page


@pytest.mark.parametrize(
    "address",
    ["/nowhere", "/claim/ffffffffffffffff", "/article?id=none", "/place?province=Atlantis", "/resolution?symbol=1-X/Y",
     "/pairing?roles=a%2Bb", "/facts/none", "/en/claim/zz"],
)  # fmt: skip
def test_what_there_is_not_is_said_on_a_page_of_its_own(site: Site, address: str) -> None:
    answer = site.get(address)
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text
    assert "Traceback" not in answer.text


def test_datasettes_own_pages_stay(site: Site) -> None:
    rows = site.get("/facts/numbers.json?_shape=array&_size=3").json()
    assert len(rows) == 3
    assert {"province", "quote"} <= rows[0].keys()
    assert site.get("/facts/numbers_of_province.csv?province=Hậu+Giang").text.count("Hậu Giang") == 1


def test_a_page_shows_what_a_run_has_written_since(tmp_path: Path, run_base: Path) -> None:
    db = tmp_path / "facts.db"
    db.write_bytes(run_base.read_bytes())
    with serving(db) as site:
        before = site.get("/claim/" + site.fact("value = 38 AND total = 75"))
        with FactBase.open(db) as base:
            base.review(site.fact("value = 38 AND total = 75"), "corrected", {"value": 37}, reviewer="Lan")
        after = site.get("/claim/" + site.fact("value = 37 AND total = 75"))

    assert "38/75, 50,67%* · Một người" in text_of(before)
    assert "37/75, 49,33%* · Một người" in text_of(after)


def test_a_slow_question_is_stopped_and_it_is_said_so(run_base: Path) -> None:
    with serving(run_base, seconds=1e-9) as site:
        answer = site.get("/compare")
    assert answer.status_code == 503
    assert "đã bị dừng" in answer.text


def test_too_many_places_are_not_set_side_by_side_but_given_as_a_file(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tinhgon.web.pages.comparison._MOST", 3)
    page = site.get(f"/compare?{QUESTION}&by=district&until=2031").text
    assert "quá 3 nơi để đặt cạnh nhau" in page
    assert "/compare.csv?" in page


def test_a_file_that_is_no_fact_base_is_refused_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(UnwritableStoreError), serving(tmp_path):
        pass


def test_a_file_is_made_anew_each_time_and_not_kept(site: Site) -> None:
    def kept() -> int:
        return sum(len(desk._answers) for desk in _DESKS.values() if desk.path == site.db)

    before = kept()
    for _ in range(3):
        assert site.get(f"/compare.csv?{QUESTION}&by=commune").status_code == 200
    assert kept() == before


def test_files_that_take_long_keep_no_page_waiting(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, done = Event(), Event()

    def slow(*_: object) -> dict[str, str]:
        begun.set()
        done.wait(60)
        return {"form": "csv", "type": "text/csv; charset=utf-8", "body": "x"}

    monkeypatch.setattr("tinhgon.web.downloads._csv", slow)
    with ThreadPoolExecutor(4) as readers:
        asking = [readers.submit(site.get, "/compare.csv") for _ in range(4)]
        try:
            assert begun.wait(20)
            time.sleep(0.5)  # the others have come, too
            assert site.get("/search?q=dong+thap").status_code == 200
        finally:
            done.set()
        assert [one.result().status_code for one in asking] == [200] * 4


def test_a_file_answers_the_question_of_its_page(site: Site) -> None:
    asked = f"{QUESTION}&place=hau+giang&place=dong+thap&until=2021&sort=place&order=up"
    page = site.get(f"/compare?{asked}").text
    (address,) = re.findall(r'href="(/compare\.csv[^"]+)"', page)
    rows = csv.DictReader(io.StringIO(site.get(address.replace("&amp;", "&")).content.decode("utf-8-sig")))
    assert {row["province"] for row in rows} == {"Hậu Giang", "Đồng Tháp"}
