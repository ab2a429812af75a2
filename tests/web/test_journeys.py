"""What people come to do, in a real browser over the base of a real run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from web_site import TOKEN, Site

NewPage = Callable[..., Any]


def test_which_province_has_most_and_where_that_number_comes_from(site: Site, new_page: NewPage) -> None:
    page = new_page(site)
    page.goto("/")
    page.select_option("#measure", "concurrent_posts")
    page.select_option("#roles", "bi_thu_cap_uy+chu_tich_ubnd")
    page.click("main form button")
    page.click("text=Xem các số này dưới dạng bảng")
    page.click("thead >> text=Số lượng")

    first = page.locator("tbody tr").first
    assert first.locator("th").inner_text() == "Đồng Tháp"
    number = first.locator("td a").first
    assert number.inner_text() == "61/143"
    number.click()

    proof = page.locator("mark.proof")
    assert "61/143" in "".join(proof.all_inner_texts())
    page.click("text=Xem trong toàn bài")
    assert page.locator("article mark.proof >> text=61/143").count() >= 1
    page.wait_for_selector("mark:has(:target)", state="attached")


def test_where_two_articles_disagree(site: Site, new_page: NewPage) -> None:
    page = new_page(site)
    page.goto("/")
    page.click("nav >> text=Mâu thuẫn")

    case = page.locator("section.case").first
    assert "Hai bài nêu khác nhau về Hậu Giang vào 31/05/2021: 38/75, và 41/75." in case.inner_text()
    quotes = case.locator("blockquote").all_inner_texts()
    assert any("38/75 xã" in quote for quote in quotes)
    assert any("41/75 xã" in quote for quote in quotes)


def test_a_wrong_claim_is_corrected_and_the_comparison_changes(open_site: Site, new_page: NewPage) -> None:
    page = new_page(open_site)
    question = "/compare?measure=concurrent_posts&roles=bi_thu_cap_uy%2Bchu_tich_ubnd&place=hau+giang&every=1"
    page.goto(question)
    assert "38/75" in page.inner_text("table")

    page.goto(f"/review/enter?token={TOKEN}")
    page.fill("#name", "Lan")
    page.click("main form button")
    page.goto(question)
    page.click("td >> text=38/75")
    page.click("summary")
    page.fill("#f-value", "36")
    page.fill("#note", "bài in nhầm")
    page.click("text=Lưu sửa đổi")

    assert "36/75" in page.inner_text("p.headline")
    assert "đã sửa: Số lượng: 36 “bài in nhầm” (Lan" in page.inner_text("main")
    page.goto(question)
    assert "36/75" in page.inner_text("table")
    assert "38/75" not in page.locator("td.number").all_inner_texts()


def test_the_queue_is_worked_off_with_the_keyboard_alone(open_site: Site, new_page: NewPage) -> None:
    page = new_page(open_site)
    page.goto(f"/review/enter?token={TOKEN}")
    page.fill("#name", "Lan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review")
    page.wait_for_load_state()

    first = page.inner_text("p.headline")
    page.keyboard.press("r")
    page.wait_for_selector("text=Đã ghi: đúng.")
    page.wait_for_load_state()
    second = page.inner_text("p.headline")
    page.keyboard.press("w")
    page.wait_for_selector("text=Đã ghi: sai.")
    page.wait_for_load_state()
    third = page.inner_text("blockquote.sentence >> nth=0"), page.inner_text("p.headline")
    page.keyboard.press("n")
    page.wait_for_url("**skipped=1**")
    fourth = page.inner_text("blockquote.sentence >> nth=0"), page.inner_text("p.headline")

    assert first != second
    assert third != fourth


def test_everything_can_be_read_and_judged_without_script(open_site: Site, new_page: NewPage) -> None:
    page = new_page(open_site, java_script_enabled=False)
    page.goto(f"/review/enter?token={TOKEN}")
    page.fill("#name", "Lan")
    page.click("main form button")
    page.click("button:has-text('Đúng')")
    assert "Đã ghi: đúng." in page.inner_text("main")

    page.goto("/compare")
    page.click("thead >> text=Tỷ lệ")
    assert page.locator("th[aria-sort=descending]").count() == 1


def test_a_name_is_found_without_diacritics_and_in_english(site: Site, new_page: NewPage) -> None:
    page = new_page(site)
    page.goto("/")
    page.click("text=English")
    page.fill("#q", "hau giang")
    page.keyboard.press("Enter")
    page.click("main >> text=Hậu Giang >> nth=0")

    assert page.url.endswith("/en/place?province=H%E1%BA%ADu+Giang")
    text = page.inner_text("main")
    assert "Claims in the order of time" in text
    assert "Became" in text


def test_a_question_is_sent_as_its_address(site: Site, new_page: NewPage) -> None:
    sender, receiver = new_page(site), new_page(site)
    sender.goto("/compare")
    sender.select_option("#measure", "reduction")
    sender.select_option("#by", "district")
    sender.click("main form button")
    receiver.goto(sender.url)

    assert receiver.inner_text("main") == sender.inner_text("main")
