"""The walls: headers, names of hosts, sizes, and that nothing can be written without the token."""

from __future__ import annotations

import csv
import io
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from web_site import TOKEN, Site, serving

from tinhgon.store import FactBase
from tinhgon.web.guard import MOST_BYTES

PAGES = ("/", "/compare.csv", "/nowhere", "/facts", "/facts/facts.json", "/-/versions.json", "/desk/desk.css")


@pytest.mark.parametrize("address", PAGES)
def test_every_answer_has_the_headers(site: Site, address: str) -> None:
    headers = site.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))

    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "access-control-allow-origin" not in headers


def test_a_page_names_no_other_site(site: Site) -> None:
    for address in ("/", "/compare", "/place?province=Hậu+Giang", "/article?id=hau-giang-1"):
        linked = re.findall(r'(?:href|src|action)="([^"]+)"', site.get(address).text)
        assert linked
        assert not [one for one in linked if not one.startswith(("/", "#"))]


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:9", 200), ("127.0.0.1", 200), ("evil.example", 421), ("", 421), ("evil.example:80", 421)]
)  # fmt: skip
def test_only_names_of_this_machine_are_answered(open_site: Site, host: str, status: int) -> None:
    assert open_site.get("/", headers={"host": host}).status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "OPTIONS", "PATCH", "FROB", "HEA"])
@pytest.mark.parametrize("address", ["/", "/facts/facts.json", "/review/enter", "/en/review/enter", "/desk/desk.css"])
def test_other_methods_are_refused(open_site: Site, method: str, address: str) -> None:
    answer = httpx.request(method, open_site.url + address)
    assert answer.status_code == 405
    assert answer.headers["allow"] == ("GET, HEAD, POST" if "review" in address else "GET, HEAD")


@pytest.mark.parametrize(
    "address", ["/", "/compare", "/facts", "/facts/facts.json", "/facts?sql=select+1", "/reviewer", "/desk/desk.css"]
)
def test_nothing_can_be_sent_to_pages_that_read(open_site: Site, address: str) -> None:
    assert httpx.post(open_site.url + address, data={"sql": "select 1"}).status_code == 405


@pytest.mark.parametrize("address", ["/", "/compare.csv", "/facts", "/facts/facts.json", "/desk/desk.css", "/nowhere"])
def test_a_head_is_the_answer_without_its_body(site: Site, address: str) -> None:
    answer = httpx.head(site.url + address)
    assert answer.status_code == site.get(address).status_code
    assert answer.content == b""


def test_large_requests_are_refused(open_site: Site) -> None:
    large = b"name=" + b"x" * MOST_BYTES
    form = {"content-type": "application/x-www-form-urlencoded"}

    assert httpx.post(open_site.url + "/review/enter", content=large, headers=form).status_code == 413
    assert httpx.get(open_site.url + "/?q=" + "x" * 9_000).status_code == 414


def test_a_body_of_untold_length_is_counted_as_it_comes(open_site: Site) -> None:
    head = b"Transfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    pieces = [b"c350\r\n" + b"x" * 50_000 + b"\r\n"] * (MOST_BYTES // 50_000 + 2)
    assert said(open_site, "POST /review/enter", head, *pieces).startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_come_is_not_waited_for(open_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tinhgon.web.guard._PATIENCE_SECONDS", 0.1)
    head = b"Content-Length: 100\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    assert said(open_site, "POST /review/enter", head, b"name=").startswith(b"HTTP/1.1 408")


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", ""])
def test_only_forms_are_taken(open_site: Site, kind: str) -> None:
    answer = httpx.post(open_site.url + "/review/enter", content=b"name=x", headers={"content-type": kind})
    assert answer.status_code == 415


def test_a_form_of_bytes_that_are_no_text_is_refused(open_site: Site) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    for cookies in ({}, {"ds_csrftoken": "x"}):
        answer = httpx.post(open_site.url + "/review/enter", content=b"name=\xff", headers=form, cookies=cookies)
        assert answer.status_code in (400, 403)
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize(
    ("address", "site_of", "mode", "status"),
    [
        ("/", "cross-site", "navigate", 200),
        ("/", "cross-site", "no-cors", 403),
        ("/", "same-site", "cors", 403),
        ("/", "same-origin", "no-cors", 200),
        ("/facts", "none", "navigate", 200),
        ("/facts?sql=select+1", "cross-site", "navigate", 403),
    ],
)
def test_pages_of_other_sites_may_link_to_the_desk_and_not_use_it(
    site: Site, address: str, site_of: str, mode: str, status: int
) -> None:
    assert site.get(address, headers={"sec-fetch-site": site_of, "sec-fetch-mode": mode}).status_code == status


@pytest.mark.parametrize(
    ("told", "is_let_in"),
    [
        ({}, True),
        ({"origin": "HERE", "sec-fetch-site": "same-origin"}, True),
        ({"origin": "HERE"}, True),
        ({"origin": "https://facts.example.vn"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, True),  # what a browser sends from our own pages, which are named to no one
        ({"origin": "null", "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}, True),
        ({"origin": "null", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ({"origin": "http://127.0.0.1:1"}, False),
        ({"origin": "HERE.evil.example"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "what will be sent one day", "sec-fetch-mode": "navigate"}, False),
        ({"origin": "HERE", "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"}, False),
    ],
)
def test_no_form_comes_in_from_a_page_of_another_site(run_base: Path, told: dict[str, str], is_let_in: bool) -> None:
    with serving(run_base, token=TOKEN, hosts={"127.0.0.1", "facts.example.vn"}) as site:
        headers = {name: value.replace("HERE", site.url) for name, value in told.items()}
        answer = httpx.post(f"{site.url}/review/enter", data={"token": TOKEN, "name": "Lan"}, headers=headers)
    assert answer.status_code == (303 if is_let_in else 403)
    assert ("set-cookie" in answer.headers) == is_let_in


SLOW = (
    "SELECT instr(printf('%.*c', 30000000, 'a'), printf('%.*c', 15000000, 'a') || 'b')",
    "SELECT printf('%.*c', 90000, 'a') GLOB '*[' || printf('%.*c', 40000, 'b') || ']x'",
    "SELECT replace(printf('%.*c', 90000, 'a'), printf('%.*c', 45000, 'a') || 'b', 'c')",
    "SELECT json_patch('{' || substr(replace(hex(zeroblob(9000)), '00', ',\"a\":1'), 2) || '}', '{}')",
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "SELECT count(*) FROM evidence AS a, evidence AS b, evidence AS c",
)


@pytest.mark.parametrize("sql", SLOW, ids=["instr", "glob", "replace", "json", "endless", "join"])
def test_no_question_in_sql_keeps_others_waiting(site: Site, sql: str) -> None:
    with ThreadPoolExecutor(4) as readers:
        asking = [readers.submit(site.get, "/facts.json", params={"sql": sql}) for _ in range(4)]
        assert site.get("/search?q=bi+thu").status_code == 200
    assert {one.result().status_code for one in asking} <= {200, 400}


def test_questions_in_sql_are_limited(site: Site) -> None:
    assert site.get("/facts.json", params={"sql": "SELECT randomblob(1000000000)"}).status_code == 400
    for forbidden in ("DELETE FROM facts", "ATTACH 'x.db' AS x", "PRAGMA query_only = 0", "SELECT load_extension('x')"):  # fmt: skip
        assert site.get("/facts.json", params={"sql": forbidden}).status_code == 400


def test_the_path_of_the_file_is_not_told(site: Site) -> None:
    for sql in ("SELECT * FROM pragma_database_list", "PRAGMA database_list"):
        assert str(site.db) not in site.get("/facts.json", params={"sql": sql}).text
    assert str(site.db.parent) not in site.get("/facts").text


@pytest.mark.parametrize("asked", ["_sort=x", "_through=", "id__in=[", "value__gt=" + "9" * 400])
def test_what_datasette_cannot_use_is_no_fault_of_the_desk(site: Site, asked: str) -> None:
    assert site.get(f"/facts/facts?{asked}").status_code in (200, 400)


@pytest.mark.parametrize(
    "page", ["versions", "plugins", "databases", "threads", "settings", "metadata", "allow-debug", "actor"]
)
def test_nothing_is_told_of_the_machine(site: Site, page: str) -> None:
    for address in (f"/-/{page}", f"/-/{page}.json"):
        assert site.get(address).status_code == 404


def test_a_base_that_was_replaced_is_neither_shown_nor_written(tmp_path: Path, run_base: Path) -> None:
    db, other = tmp_path / "facts.db", tmp_path / "other.db"
    for path in (db, other):
        path.write_bytes(run_base.read_bytes())
    with serving(db) as site:
        assert site.get("/").status_code == 200
        other.replace(db)
        answer = site.get("/")
        assert answer.status_code == 503
        assert "Start the site again" in answer.text


def test_the_file_itself_is_not_given_away(site: Site) -> None:
    assert site.get("/facts.db").status_code in (403, 404)


@pytest.mark.parametrize(
    "path", ["/desk/../serve.py", "/desk/%2e%2e/serve.py", "/desk/..%2fserve.py", "/-/static/../../setup.py"]
)
def test_no_path_leads_out_of_the_folder(site: Site, path: str) -> None:
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as sent:
        sent.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        answer = b"".join(iter(lambda: sent.recv(65536), b""))
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 403"))


@pytest.mark.parametrize(
    "path",
    ["//evil.example/", "//evil.example/x/", "/%2f%2fevil.example/", "/%5cevil.example/", "/%09/evil.example/", "/.//evil.example/",
     "/\\evil.example/", "http://evil.example/", "/facts//evil.example/", "/a%0d%0aSet-Cookie:x=1/", "/facts/a%0d%0aX:y/"],
)  # fmt: skip
def test_no_redirect_leads_elsewhere(site: Site, path: str) -> None:
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as sent:
        sent.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
        head = b"".join(iter(lambda: sent.recv(65536), b"")).partition(b"\r\n\r\n")[0].decode()
    (*_, place) = ["/", *re.findall(r"(?im)^location: (.*?)\r?$", head)]
    assert place.startswith("/")
    assert not place.startswith(("//", "/\\"))
    assert not re.search(r"(?im)^(set-cookie|x): ", head)


class TestReview:
    """Who may write, and who may not."""

    def reviews(self, site: Site) -> int:
        with FactBase.open(site.db, readonly=True) as base:
            return len(base.reviews())

    def entered(self, site: Site, token: str = TOKEN, name: str = "Lan") -> httpx.Client:
        client = httpx.Client(base_url=site.url, follow_redirects=True, timeout=30)
        form = client.get("/review/enter").text
        client.post("/review/enter", data={"token": token, "name": name, "csrftoken": csrf(form)})
        return client

    def test_it_is_off_unless_asked_for(self, site: Site) -> None:
        fact = site.fact("value = 38 AND total = 75")
        assert site.get("/review/enter").status_code == 403
        assert "/review" not in site.get("/").text
        assert httpx.post(f"{site.url}/review/{fact}", data={"verdict": "wrong"}).status_code == 403

    def test_the_token_opens_it_and_closing_shuts_it(self, open_site: Site) -> None:
        fact = open_site.fact("value = 38 AND total = 75")
        client = self.entered(open_site)
        page = client.get(f"/claim/{fact}").text
        assert client.post(f"/review/{fact}", data={"verdict": "wrong", "csrftoken": csrf(page)}).status_code == 200
        assert self.reviews(open_site) == 1
        assert "Người rà soát cho là sai" in client.get(f"/claim/{fact}").text

        client.post("/review/close", data={"csrftoken": csrf(page)})
        assert client.post(f"/review/{fact}", data={"verdict": "right", "csrftoken": csrf(page)}).status_code == 403

    @pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x"])
    def test_no_other_token_does(self, open_site: Site, token: str) -> None:
        client = self.entered(open_site, token)
        assert client.get("/review").url.path == "/review/enter"

    def test_a_name_is_needed(self, open_site: Site) -> None:
        assert self.entered(open_site, name=" ").get("/review").url.path == "/review/enter"

    def test_a_form_from_elsewhere_is_refused(self, open_site: Site) -> None:
        fact = open_site.fact("value = 38 AND total = 75")
        client = self.entered(open_site)
        for token in ({}, {"csrftoken": "made up"}):
            assert client.post(f"/review/{fact}", data={"verdict": "wrong", **token}).status_code == 403
        assert self.reviews(open_site) == 0

    def test_a_forged_cookie_is_none(self, open_site: Site) -> None:
        fact = open_site.fact("value = 38 AND total = 75")
        forged = {"ds_actor": '{"a": {"id": "root", "reviews": true}}'}
        assert (
            httpx.post(f"{open_site.url}/review/{fact}", data={"verdict": "wrong"}, cookies=forged).status_code == 403
        )

    def test_the_cookie_is_kept_from_scripts_and_other_sites(self, open_site: Site) -> None:
        client = httpx.Client(base_url=open_site.url)
        form = client.get("/review/enter").text
        answer = client.post("/review/enter", data={"token": TOKEN, "name": "Lan", "csrftoken": csrf(form)})
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=strict" in cookie

    def test_nothing_is_written_by_a_get(self, open_site: Site) -> None:
        fact = open_site.fact("value = 38 AND total = 75")
        assert self.entered(open_site).get(f"/review/{fact}?verdict=wrong").status_code == 403
        assert self.reviews(open_site) == 0

    def test_what_cannot_be_meant_is_told_beside_the_form(self, open_site: Site) -> None:
        fact = open_site.fact("value = 38 AND total = 75")
        client = self.entered(open_site)
        page = client.get(f"/claim/{fact}").text
        sent = {"verdict": "corrected", "value": "1.017", "csrftoken": csrf(page)}
        answer = client.post(f"/review/{fact}", data=sent)
        assert answer.status_code == 400
        assert "can be read in two ways" in answer.text
        assert self.reviews(open_site) == 0

    def test_one_reviewer_does_not_see_the_form_of_another(self, open_site: Site) -> None:
        fact = open_site.fact("value = 38 AND total = 75")
        mine = self.entered(open_site).get(f"/claim/{fact}")
        assert "/review/" in mine.text
        assert "no-store" in mine.headers["cache-control"]
        assert f"/review/{fact}" not in open_site.get(f"/claim/{fact}").text


def said(site: Site, request: str, head: bytes, *pieces: bytes) -> bytes:
    """The beginning of what is answered to a request sent piece by piece."""
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=20) as sent:
        sent.sendall(f"{request} HTTP/1.1\r\nHost: 127.0.0.1\r\n".encode() + head + b"\r\n")
        with suppress(BrokenPipeError, ConnectionResetError):
            for piece in pieces:
                sent.sendall(piece)
        return sent.recv(100)


def csrf(page: str) -> str:
    found = re.search(r'name="csrftoken" value="([^"]+)"', page)
    return found[1] if found else ""


def test_another_process_may_write_while_the_desk_is_open(open_site: Site) -> None:
    fact = open_site.fact("value = 38 AND total = 75")
    open_site.get("/")
    with FactBase.open(open_site.db) as base:
        base.review(fact, "wrong", reviewer="Lan")
    assert "Người rà soát cho là sai" in open_site.get(f"/claim/{fact}").text


def test_a_base_that_may_only_be_read_is_served(tmp_path: Path, run_base: Path) -> None:
    db = tmp_path / "a?b#c.db"
    db.write_bytes(run_base.read_bytes())
    db.chmod(0o444)
    with serving(db) as site:
        assert site.get("/").status_code == 200


def test_datasettes_own_tables_hold_no_formula(site: Site) -> None:
    asked = "select '=1+1' as a, '@SUM(A1)' as b, -5 as c, 'xã, \"ấp\"' as d, char(9) || '=1' as e"
    for further in ({}, {"_dl": "1"}):
        table = site.get("/facts.csv", params={"sql": asked, **further})
        (row,) = csv.DictReader(io.StringIO(table.text, newline=""))
        assert row == {"a": "'=1+1", "b": "'@SUM(A1)", "c": "-5", "d": 'xã, "ấp"', "e": "'\t=1"}
