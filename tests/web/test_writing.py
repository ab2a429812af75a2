"""Every address that writes, asked in every way in which it must not be: nothing is written, and the token is kept."""

from __future__ import annotations

import re
import secrets
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from web_site import TOKEN, Site, serving

from tinhgon.store import FactBase
from tinhgon.web import reviewing

FORM = {"content-type": "application/x-www-form-urlencoded"}


def writing(site: Site) -> list[tuple[str, dict[str, str]]]:
    """Each address that writes, found among the routes, with a form that a reviewer could send to it."""
    fact = site.fact("value = 38 AND total = 75")
    forms = {
        "/review/enter": {"token": TOKEN, "name": "Lan"},
        "/review/close": {"back": "claim"},
        "/review/withdraw": {"review": "1"},
        "/review/[0-9a-f]{16}": {"verdict": "wrong", "note": "x"},
    }
    reading = {"/review", "/review/log"}
    assert {pattern for pattern, _ in reviewing.ROUTES} == forms.keys() | reading
    found = [(pattern.replace("[0-9a-f]{16}", fact), form) for pattern, form in forms.items()]
    return [(language + path, form) for language in ("", "/en") for path, form in found]


def reviews(site: Site) -> int:
    with FactBase.open(site.db, readonly=True) as base:
        return len(base.reviews())


def entered(site: Site) -> tuple[httpx.Client, str]:
    """A reviewer whose review is open, and the token of his forms."""
    client = httpx.Client(base_url=site.url, timeout=60)
    found = re.search(r'name="csrftoken" value="([^"]+)"', client.get("/review/enter").text)
    assert found is not None
    sent = {"token": TOKEN, "name": "Lan", "csrftoken": found[1]}
    assert client.post("/review/enter", data=sent).status_code == 303
    return client, found[1]


@pytest.fixture
def reviewed(open_site: Site) -> Iterator[Site]:
    """A desk with one review that could be withdrawn, and that must stand in the end, alone."""
    with FactBase.open(open_site.db) as base:
        base.review(open_site.fact("value = 38 AND total = 75"), "right", reviewer="Mai")
    yield open_site
    assert reviews(open_site) == 1


def test_nobody_writes_without_having_entered(reviewed: Site) -> None:
    for path, form in writing(reviewed):
        if path.endswith("/enter"):
            continue
        for sent in (form, {**form, "token": TOKEN}, {**form, "csrftoken": "x"}):
            assert httpx.post(reviewed.url + path, data=sent).status_code == 403, path
        answer = httpx.post(reviewed.url + path, data=form, headers={"authorization": f"Bearer {TOKEN}".encode()})
        assert answer.status_code == 403, path


def test_a_reviewer_writes_by_no_other_way_than_the_form(reviewed: Site) -> None:
    client, csrf = entered(reviewed)
    for path, form in writing(reviewed):
        whole = {**form, "csrftoken": csrf}
        refused = [
            client.post(path, data=form),
            client.post(path, data={**form, "csrftoken": ""}),
            client.post(path, data={**form, "csrftoken": csrf[:-1] + ("a" if csrf[-1] != "a" else "b")}),
            client.post(path, data={**form, "csrftoken": "ạ"}),
            client.post(path, params=whole),
            client.post(path, json=whole),
            client.post(path, data=whole, files={"f": b"x"}),
            client.post(path, data=whole, headers={"content-type": "text/plain"}),
            client.post(path, data=whole, headers={"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}),
            client.post(path, data=whole, headers={"sec-fetch-site": "same-site", "sec-fetch-mode": "navigate"}),
            client.post(path, data=whole, headers={"origin": "http://evil.example"}),
            client.post(path, data=whole, headers={"host": "evil.example"}),
            *(client.request(method, path, data=whole) for method in ("PUT", "PATCH", "DELETE")),
        ]
        assert {answer.status_code for answer in refused} <= {400, 403, 405, 415, 421}, path
        assert not any("ds_actor" in answer.headers.get("set-cookie", "") for answer in refused), path
        if not path.endswith("/enter"):
            assert client.get(path, params=whole).status_code in (403, 404), path
        assert client.get("/review/log").status_code == 200  # the review is still open: nothing has closed it


def test_what_opens_one_desk_opens_no_other(reviewed: Site, tmp_path: Path) -> None:
    client, csrf = entered(reviewed)
    second = tmp_path / "again.db"
    shutil.copy(reviewed.db, second)
    with serving(second, token=TOKEN) as again:  # the same base and token, started anew
        before = reviews(again)
        for path, form in writing(again):
            if not path.endswith("/enter"):
                cookies = dict(client.cookies)
                answer = httpx.post(again.url + path, data={**form, "csrftoken": csrf}, cookies=cookies)
                assert answer.status_code == 403, path
        assert reviews(again) == before


@pytest.mark.parametrize("token", ["", TOKEN.upper(), TOKEN + "\0", TOKEN * 1000, "%", "None", "ạ" * 26])
def test_the_token_is_compared_whole_and_in_constant_time(
    open_site: Site, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    compared: list[bytes] = []
    usual = secrets.compare_digest

    def watched(left: bytes | str, right: bytes | str) -> bool:
        compared.append(right if isinstance(right, bytes) else right.encode())
        return usual(left, right)  # type: ignore[type-var]

    monkeypatch.setattr(reviewing.secrets, "compare_digest", watched)
    answer = httpx.post(f"{open_site.url}/review/enter", data={"token": token, "name": "Lan"})
    assert answer.status_code == 403
    assert "ds_actor" not in str(answer.headers)
    assert TOKEN.encode() in compared


def test_large_and_odd_forms_are_answered(open_site: Site) -> None:
    client, csrf = entered(open_site)
    fact = open_site.fact("value = 38 AND total = 75")
    many = "&".join(f"f{number}=x" for number in range(10_000))
    deep = "verdict=" + "[" * 50_000
    for body in (
        many,
        deep,
        f"csrftoken={csrf}&{many}",
        "&" * 100_000,
        "=" * 100_000,
        "%" * 100_000,
        f"csrftoken={csrf}&verdict=right&verdict=wrong&value=" + "9" * 100_000,
    ):
        answer = client.post(f"/review/{fact}", content=body, headers=FORM)
        assert answer.status_code in (303, 400, 403, 404, 413), body[:40]
        assert "content-security-policy" in answer.headers
    for headers in ({"content-length": "100000000"}, {"transfer-encoding": "chunked"}):
        pieces = (b"x" * 65_536 for _ in range(1_600))
        try:
            status = httpx.post(
                f"{open_site.url}/review/enter", content=pieces, headers={**FORM, **headers}, timeout=30
            ).status_code
        except (httpx.WriteError, httpx.ReadError, httpx.RemoteProtocolError):
            status = 413  # closed upon what was still being sent
        assert status == 413


def test_the_token_stands_nowhere_but_where_it_was_typed(tmp_path: Path, run_base: Path) -> None:
    db = tmp_path / "facts.db"
    shutil.copy(run_base, db)
    command = [sys.executable, "-m", "tinhgon", "serve", str(db), "--port", "0", "--review"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    try:
        process.stdout.readline()
        address = process.stdout.readline().split()[-1]
        site, _, token = address.partition("review/enter?token=")
        with httpx.Client(base_url=site, timeout=60) as client:
            form = client.get(f"/review/enter?token={token}")
            assert form.headers["referrer-policy"] == "no-referrer"
            assert not re.search(rf'(?:href|src|action)="http[^"]*{token}', form.text)
            csrf = re.search(r'name="csrftoken" value="([^"]+)"', form.text)
            assert csrf is not None
            opened = client.post("/review/enter", data={"token": token, "name": "Lan", "csrftoken": csrf[1]})
            assert token not in opened.headers["location"] + opened.headers["set-cookie"]
            for path in ("/", "/review", "/review/log", "/nowhere", "/facts", "/facts.json?sql=select+*+from+runs"):
                assert token not in client.get(path).text, path
            client.post("/review/enter", data={"token": token + "x", "name": "Lan", "csrftoken": csrf[1]})
            client.get(f"/facts.json?sql=nonsense&token={token}")
    finally:
        process.send_signal(signal.SIGINT)
        said = "".join(process.communicate(timeout=30))
    assert token not in said
