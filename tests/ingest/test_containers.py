"""Files that hold many articles: each article once, under its own name, whatever it is wrapped in."""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import sqlite3
import tarfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.ingest import Fields, Item, items, read
from tinhgon.ingest.containers import expand, streams
from tinhgon.ingest.containers.streams import Stream
from tinhgon.records import Document, Reject

ROW = {
    "id": "tin-1",
    "title": "Gọn bộ máy ở Tân Lập",
    "date": "2021-10-12",
    "text": "Xã Tân Lập còn 8 ấp, giảm 7 ấp so với trước.",
    "url": "https://baoninhbinh.org.vn/gon-bo-may-1.html",
    "author": "Lê An",
}
ARTICLE = "Gọn bộ máy ở Tân Lập\n\n12/10/2021 - 06:15\n\nXã Tân Lập còn 8 ấp, giảm 7 ấp so với trước.\n"


def found(raw: bytes, name: str, fields: Fields | None = None) -> list[Item | Reject]:
    return list(expand(Stream.of(io.BytesIO(raw), name), fields or Fields()))


def whole(raw: bytes, name: str, fields: Fields | None = None) -> list[Item]:
    """The items; there must be no reject among them."""
    out = found(raw, name, fields)
    assert all(isinstance(one, Item) for one in out), out
    return out  # type: ignore[return-value]


def rejects(raw: bytes, name: str) -> list[Reject]:
    return [one for one in found(raw, name) if isinstance(one, Reject)]


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in members.items():
            archive.writestr(name, raw)
    return out.getvalue()


def tarred(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, raw in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(raw)
            archive.addfile(entry, io.BytesIO(raw))
    return out.getvalue()


def lines(rows: Sequence[object]) -> bytes:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


class TestPacked:
    def test_members_of_a_zip_know_where_they_lie(self) -> None:
        raw = zipped({"2021/bài 1.txt": ARTICLE.encode(), "2021/.an": b"x", "__MACOSX/bai.txt": b"x", "b.txt": b"Tin"})
        assert [(one.path, one.id) for one in whole(raw, "kho.zip")] == [
            ("kho.zip/2021/bài 1.txt", "bài 1"),
            ("kho.zip/b.txt", "b"),
        ]

    @pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
    def test_a_packed_file_keeps_its_name(self, pack) -> None:  # type: ignore[no-untyped-def]
        (one,) = whole(pack(ARTICLE.encode()), "bai-1.txt.gz")
        assert (one.id, one.suffix, one.raw) == ("bai-1", ".txt", ARTICLE.encode())

    def test_tar_in_gz_in_zip(self) -> None:
        raw = zipped({"thang-1.tar.gz": gzip.compress(tarred({"a.txt": ARTICLE.encode(), "kho.jsonl": lines([ROW])}))})
        assert [one.id for one in whole(raw, "nam.zip")] == ["a", "tin-1"]

    def test_names_that_climb_out_are_only_names(self, tmp_path: Path) -> None:
        (one,) = whole(zipped({"../../etc/passwd.txt": b"Tin"}), "kho.zip")
        assert one.id == "passwd"
        assert list(tmp_path.iterdir()) == []

    def test_links_in_a_tar_are_left_out(self) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as archive:
            link = tarfile.TarInfo("bai.txt")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(link)
        assert found(out.getvalue(), "kho.tar") == []

    def test_containers_too_deep_are_refused(self) -> None:
        raw = ARTICLE.encode()
        for _ in range(8):
            raw = zipped({"trong.zip": raw})
        (reject,) = rejects(raw, "kho.zip")
        assert "one in the other" in reject.reason

    def test_a_bomb_is_given_up(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(streams, "_FREE_GROWTH", 1_000_000)
        raw = zipped({"bom.txt": bytes(30_000_000), "bai.txt": ARTICLE.encode()})
        out = found(raw, "kho.zip")
        assert [type(one) for one in out] == [Reject, Item]
        assert "hundreds of times" in out[0].reason  # type: ignore[union-attr]

    def test_a_cut_off_archive_gives_what_it_still_has(self) -> None:
        packed = gzip.compress(
            lines([{**ROW, "id": str(n), "text": f"Xã còn {n} ấp. {n * 7919}" * 200} for n in range(200)])
        )
        out = found(packed[: len(packed) // 2], "kho.jsonl.gz")
        assert len(out) > 50
        assert isinstance(out[-1], Reject)
        assert "damaged" in out[-1].reason
        assert all(isinstance(one, Item) for one in out[:-1])

    def test_encrypted_members_are_named(self) -> None:
        raw = bytearray(zipped({"mat.txt": ARTICLE.encode()}))
        for mark in (b"PK\x03\x04", b"PK\x01\x02"):
            raw[raw.index(mark) + (6 if mark[2] == 3 else 8)] |= 1
        (reject,) = rejects(bytes(raw), "kho.zip")
        assert (reject.path, "encrypted" in reject.reason) == ("kho.zip/mat.txt", True)

    def test_workbooks_are_no_archives(self) -> None:
        (reject,) = rejects(zipped({"xl/workbook.xml": b"<x/>"}), "so-lieu.xlsx")
        assert "save the sheet as CSV" in reject.reason

    def test_of_a_wacz_only_the_crawl_is_read(self) -> None:
        raw = zipped(
            {"datapackage.json": b"{}", "pages/pages.jsonl": lines([{"title": "Tin"}]), "archive/data.warc": b""}
        )
        assert [one.path for one in found(raw, "kho.wacz")] == ["kho.wacz/archive/data.warc"]


class TestRows:
    def test_what_a_row_knows_goes_before_what_is_read(self) -> None:
        (one,) = whole(lines([{**ROW, "crawled_at": "2026-02-03T10:00:00Z"}]), "kho.jsonl")
        document = read(one)
        assert isinstance(document, Document)
        assert (document.id, document.path) == ("tin-1", "kho.jsonl#1")
        assert (document.published, document.retrieved) == ("2021-10-12", "2026-02-03")
        assert (document.title, document.author, document.source) == (ROW["title"], "Lê An", "baoninhbinh.org.vn")
        assert (document.province, document.url) == ("Ninh Bình", ROW["url"])
        assert document.text.startswith("Gọn bộ máy ở Tân Lập\n")

    def test_bad_lines_are_rejects_of_their_own(self) -> None:
        raw = b'{"text": "Tin"}\n\n{"text": \n[1]\n{"text": ""}\n' + b'{"text": "Tin hai"}'
        kinds = [(one.path, type(one)) for one in found(raw, "kho.jsonl")]
        assert kinds == [
            ("kho.jsonl#1", Item), ("kho.jsonl#3", Reject), ("kho.jsonl#4", Reject), ("kho.jsonl#5", Reject),
            ("kho.jsonl#6", Item),
        ]  # fmt: skip

    def test_a_line_without_end_is_passed_over(self, monkeypatch: pytest.MonkeyPatch) -> None:
        stream = Stream.of(io.BytesIO(b"a" * 1000 + b"\nb\n" + b"c" * 50), "kho.jsonl")
        assert list(stream.lines(limit=50)) == [None, b"b\n", b"c" * 50]

    @pytest.mark.parametrize("shape", [[ROW], {"articles": [ROW]}, ROW])
    def test_json_in_its_usual_shapes(self, shape: object) -> None:
        (one,) = whole(json.dumps(shape, indent=1).encode(), "kho.json")
        assert one.id == "tin-1"

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_csv_whatever_parts_its_cells(self, delimiter: str) -> None:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(ROW), delimiter=delimiter)
        writer.writeheader()
        writer.writerow({**ROW, "text": 'Xã "Tân Lập",\ncòn 8 ấp; giảm 7.'})
        (one,) = whole(out.getvalue().encode("utf-8-sig"), "kho.csv")
        document = read(one)
        assert isinstance(document, Document)
        assert "Tân Lập" in document.text

    def test_columns_by_vietnamese_names_and_by_the_users_own(self) -> None:
        raw = "Tiêu đề,Nội dung,Ngày đăng,x\nGọn,Xã còn 8 ấp.,12/10/2021,Xã còn 9 ấp.\n".encode()
        (one,) = whole(raw, "kho.csv")
        assert (one.known.title, one.known.published) == ("Gọn", "2021-10-12")
        (other,) = whole(raw, "kho.csv", Fields(text="x"))
        assert b"9" in (other.raw or b"")

    def test_a_column_that_is_not_there_is_told_with_those_that_are(self) -> None:
        (reject,) = [one for one in found(b"a,b\n1,2\n", "kho.csv", Fields(text="noi_dung")) if isinstance(one, Reject)]
        assert "'noi_dung'" in reject.reason
        assert "'a', 'b'" in reject.reason
        assert "--text-field" in rejects(b"a,b\n1,2\n", "kho.csv")[0].reason

    def test_rows_longer_than_their_head_are_refused(self) -> None:
        (reject,) = rejects("text,date\nXã còn 8 ấp, giảm 7,2021\n".encode(), "kho.csv")
        assert reject.path == "kho.csv#1"

    def test_an_old_encoding_is_known_by_the_row(self) -> None:
        raw = "title,text\nTin x·,§¶ng uû x· T©n LËp ®· s¾p xÕp c¸c th«n ®Ó gi¶m ®Çu mèi\n".encode("latin-1")
        (one,) = whole(raw, "kho.csv")
        assert one.known.title == "Tin xã"
        assert "Đảng uỷ xã Tân Lập đã sắp xếp các thôn để giảm đầu mối" in (one.raw or b"").decode()

    def test_parquet(self, tmp_path: Path) -> None:
        import pandas

        pandas.DataFrame([ROW, {**ROW, "id": None}]).to_parquet(tmp_path / "kho.parquet")
        assert [one.id for one in items(tmp_path / "kho.parquet") if isinstance(one, Item)] == ["tin-1", "kho-2"]

    def test_sqlite_by_its_one_table_of_texts_or_the_one_named(self, tmp_path: Path) -> None:
        path = tmp_path / 'kho "?#.sqlite'
        with sqlite3.connect(path) as db:
            db.execute('CREATE TABLE "bài viết" (id, title, text)')
            db.execute("CREATE TABLE nguon (id, name)")
            db.execute('INSERT INTO "bài viết" VALUES (7, ?, ?)', ("Gọn", "Xã còn 8 ấp."))
        (one,) = items(path)
        assert isinstance(one, Item)
        assert one.id == "7"
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE khac (text)")
        (reject,) = items(path)
        assert isinstance(reject, Reject)
        assert "--table" in reject.reason
        (named,) = items(path, Fields(table="bài viết"))
        assert isinstance(named, Item)

    def test_a_damaged_database_is_rejected(self, tmp_path: Path) -> None:
        path = tmp_path / "kho.sqlite"
        path.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 20)
        (reject,) = items(path)
        assert isinstance(reject, Reject)


class TestFeedsMailsAndCrawls:
    def test_the_fullest_text_of_an_entry(self) -> None:
        feed = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
        <title>Báo</title><item><title>{ROW["title"]}</title><link>https://baoninhbinh.org.vn/a/gon-7.html</link>
        <pubDate>Tue, 12 Oct 2021 20:30:00 GMT</pubDate><description>Tóm tắt</description>
        <content:encoded>&lt;p&gt;{ROW["text"]}&lt;/p&gt;</content:encoded></item></channel></rss>"""
        (one,) = whole(feed.encode(), "tin.xml")
        document = read(one)
        assert isinstance(document, Document)
        assert (document.id, document.published, document.source) == ("gon-7", "2021-10-13", "baoninhbinh.org.vn")
        assert ROW["text"] in document.text

    def test_entities_that_swell_do_no_harm(self) -> None:
        bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">' + "".join(
            f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
        )
        out = found((bomb + "]><rss><channel><item><title>&j;</title></item></channel></rss>").encode(), "tin.xml")
        assert all(len(one.raw or b"") < 100_000 for one in out if isinstance(one, Item))

    def test_a_mail_is_dated_by_its_sending_only_where_nothing_else_tells(self) -> None:
        head = "From: a@b.vn\nSubject: =?utf-8?b?R+G7jW4=?=\nDate: Thu, 14 Oct 2021 10:00:00 +0700\nMIME-Version: 1.0\n"
        body = "Content-Type: text/plain; charset=utf-8\n\n"
        for text, day in ((ARTICLE, "2021-10-12"), ("Xã Tân Lập còn 8 ấp, giảm 7 ấp so với trước.", "2021-10-14")):
            (one,) = whole((head + body + text).encode(), "thu.eml")
            document = read(one)
            assert isinstance(document, Document)
            assert document.published == day
            assert ("date-from-mail" in document.warnings) == (day == "2021-10-14")

    def test_what_is_attached_to_a_mail_is_read_too(self) -> None:
        from email.message import EmailMessage

        mail = EmailMessage()
        mail["From"], mail["Subject"], mail["Date"] = "a@b.vn", "Báo cáo", "Thu, 14 Oct 2021 10:00:00 +0700"
        mail.set_content("Kính gửi đồng chí báo cáo đính kèm.")
        mail.add_attachment(ARTICLE.encode(), maintype="text", subtype="plain", filename="bao-cao.txt")
        assert [one.path for one in whole(bytes(mail), "thu.eml")] == ["thu.eml", "thu.eml/bao-cao.txt"]

    def test_a_crawl_gives_its_pages_and_when_they_were_fetched(self) -> None:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        out = io.BytesIO()
        writer = WARCWriter(out, gzip=True)
        page = f"<html><body><h1>{ROW['title']}</h1><p>{ROW['text']}</p></body></html>".encode()
        for address, status, kind in (
            ("https://baoninhbinh.org.vn/a/gon-7.html", "200 OK", "text/html; charset=utf-8"),
            ("https://baoninhbinh.org.vn/a.png", "200 OK", "image/png"),
            ("https://baoninhbinh.org.vn/mat.html", "404 Not Found", "text/html"),
            ("https://baoninhbinh.org.vn/robots.txt", "200 OK", "text/plain"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    address, "response", payload=io.BytesIO(page), http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2026-02-03T23:30:00Z"},
                )
            )  # fmt: skip
        (one,) = whole(out.getvalue(), "crawl.warc.gz")
        document = read(one)
        assert isinstance(document, Document)
        assert (document.id, document.url) == ("gon-7", "https://baoninhbinh.org.vn/a/gon-7.html")
        assert (document.retrieved, document.published) == ("2026-02-04", None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    base=st.sampled_from(
        [zipped({"a.txt": ARTICLE.encode()}), tarred({"a.txt": ARTICLE.encode()}), gzip.compress(lines([ROW] * 3)),
         lines([ROW] * 3), json.dumps([ROW]).encode(), b"title,text\nTin,Tin\n", b"WARC/1.0\r\nWARC-Type: response\r\n"]
    ),
    name=st.sampled_from(["a.zip", "a.tar", "a.jsonl", "a.json", "a.csv", "a.eml", "a.mhtml", "a.warc", "a.xml", "a.txt"]),
    cuts=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6),
    end=st.integers(1, 2000),
)  # fmt: skip
def test_damage_never_raises(base: bytes, name: str, cuts: list[tuple[int, int]], end: int) -> None:
    raw = bytearray(base[:end])
    for at, value in cuts:
        if at < len(raw):
            raw[at] = value
    for one in found(bytes(raw), name):
        if isinstance(one, Reject):
            assert one.reason.endswith((".", "…"))
        else:
            read(one)
