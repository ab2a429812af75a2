"""Archives made or damaged to stop a run: each gives a reject for the piece at fault, and the rest is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tinhgon.ingest import Item, archive, items, read, sources
from tinhgon.ingest.containers import Fields, expand
from tinhgon.ingest.containers import rows as row_readers
from tinhgon.ingest.containers.streams import Stream
from tinhgon.ingest.grid import grid_of
from tinhgon.ingest.office.tables import table_lines
from tinhgon.ingest.sniff import kind_of
from tinhgon.ingest.web import looks_like_html
from tinhgon.records import Document, Reject

GOOD = {"id": "tot", "title": "Gọn bộ máy", "text": "Xã Tân Lập còn 8 ấp, giảm 7 ấp so với trước."}


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """A wall against work without end, far above what the block takes."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


def found(raw: bytes, name: str) -> list[Item | Reject]:
    return list(expand(Stream.of(io.BytesIO(raw), name), Fields()))


def ids(out: list[Item | Reject]) -> list[str]:
    return [one.id for one in out if isinstance(one, Item)]


def lines(*rows: object) -> bytes:
    return "\n".join(row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows).encode()


@pytest.mark.parametrize(
    "date", ["Infinity", "NaN", "1" + "0" * 400, '"²"', '"' + "9" * 5000 + '"', "true", "[]", "{}", "-1e308"]
)
def test_a_date_that_is_none_loses_no_row(date: str) -> None:
    out = found(lines('{"id": "a", "text": "Xã còn 8 ấp.", "date": ' + date + "}", GOOD), "kho.jsonl")
    assert ids(out) == ["a", "tot"]


def test_lists_in_lists_in_a_cell() -> None:
    deep = "[" * 900 + "]" * 900
    out = found(lines(f'{{"id": "sau", "text": {deep}}}', GOOD), "kho.jsonl")
    assert ids(out)[-1:] == ["tot"]


def test_each_row_is_read_by_its_own_columns() -> None:
    out = found(
        lines({"id": "a", "text": "Xã còn 8 ấp."}, {**GOOD, "date": "2021-10-12"}, {"noi_dung": "Tin.", "id": "c"}),
        "a.jsonl",
    )
    assert ids(out) == ["a", "tot", "c"]
    assert [one.known.published for one in out if isinstance(one, Item)] == [None, "2021-10-12", None]


@pytest.mark.parametrize(
    "shape",
    [
        {"data": {"articles": [GOOD]}}, {"status": "ok", "posts": [GOOD]}, [{"error": "404"}, GOOD],
        {**GOOD, "items": [{"tag": "xã"}]},
    ],
)  # fmt: skip
def test_answers_of_servers(shape: object) -> None:
    for name in ("kho.json", "kho.txt"):
        assert ids(found(json.dumps(shape, ensure_ascii=False).encode(), name)) == ["tot"]


def test_objects_and_lists_where_a_text_is_expected() -> None:
    row = {"id": "wp", "title": {"rendered": "Gọn"}, "content": {"rendered": "<p>Xã còn <strong>8 ấp</strong>.</p>"}}
    (one,) = found(lines(row), "kho.jsonl")
    document = read(one)  # type: ignore[arg-type]
    assert isinstance(document, Document)
    assert document.text == "Gọn\nXã còn 8 ấp."
    (parts,) = found(lines({"id": "b", "text": ["Đoạn một.", "Đoạn hai."]}), "kho.jsonl")
    assert b"\n\n" in (parts.raw or b"")  # type: ignore[union-attr]


def test_entities_in_plain_cells() -> None:
    (one,) = found(lines({"id": "a", "text": "S&aacute;p nhập x&atilde;"}), "kho.jsonl")
    assert (one.raw or b"").decode() == "Sáp nhập xã"  # type: ignore[union-attr]


class TestTables:
    def test_a_stray_quote_in_a_table_of_tabs_swallows_no_row(self) -> None:
        raw = 'id\ttitle\ttext\n1\t"Gọn\tXã còn 8 ấp.\n2\tHai\tXã còn 9 ấp.\n'.encode()
        assert ids(found(raw, "kho.tsv")) == ["1", "2"]

    def test_of_two_columns_of_one_name_the_one_that_holds_something(self) -> None:
        (one,) = found("id,text,text\n1,Xã còn 8 ấp.,\n".encode(), "kho.csv")
        assert "8 ấp" in (one.raw or b"").decode()  # type: ignore[union-attr]

    def test_bytes_that_stop_being_utf_8_are_recognised_row_by_row(self) -> None:
        good = "".join(f"{n},Xã Tân Lập còn {n} ấp sau khi sắp xếp.\n" for n in range(200)).encode()
        raw = b"id,text\n" + good + "999,§¶ng uû x· T©n LËp ®· s¾p xÕp c¸c th«n ®Ó gi¶m ®Çu mèi\n".encode("latin-1")
        out = found(raw, "kho.csv")
        assert "Đảng uỷ xã Tân Lập" in (out[-1].raw or b"").decode()  # type: ignore[union-attr]

    @pytest.mark.parametrize("raw", [b"", b"\n \n", b"id,text\n"])
    def test_files_without_rows_say_so(self, raw: bytes) -> None:
        name = "kho.csv" if raw.startswith(b"id") else "kho.jsonl"
        (reject,) = found(raw, name)
        assert isinstance(reject, Reject)

    def test_a_view_without_end_is_ended(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(row_readers, "_PATIENCE", 0.2)
        path = tmp_path / "kho.sqlite"
        with sqlite3.connect(path) as db:
            db.execute(
                "CREATE VIEW tin AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
                "SELECT x AS id, 'Tin' AS text FROM n WHERE x < 0"
            )
        (unread,) = items(path)
        assert isinstance(unread, Reject)
        with within(20):
            (ended,) = items(path, Fields(table="tin"))
        assert isinstance(ended, Reject)


class TestPacked:
    def test_a_member_without_a_name(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("x.txt", "Tin")
            packed.writestr("tot.txt", "Tin")
        raw = out.getvalue().replace(b"x.txt", b"\0.txt")
        assert ids(found(raw, "kho.zip")) == ["tot"]

    def test_a_member_that_cannot_be_unpacked_loses_no_other(self) -> None:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("la.txt", "Tin")
            packed.writestr("tot.txt", "Tin")
        raw = bytearray(out.getvalue())
        at = raw.index(b"PK\x01\x02")
        raw[at + 10] = 9  # Deflate64
        raw[8] = 9
        assert [type(one) for one in found(bytes(raw), "kho.zip")] == [Reject, Item]

    @pytest.mark.parametrize("cut", [700, 1100, 1500])
    def test_a_tar_that_is_cut_says_so(self, cut: int) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as packed:
            for name in ("a.txt", "b.txt", "c.txt"):
                entry = tarfile.TarInfo(name)
                entry.size = 3
                packed.addfile(entry, io.BytesIO(b"Tin"))
        assert any(isinstance(one, Reject) for one in found(out.getvalue()[:cut], "kho.tar"))

    def test_a_size_beyond_reason(self) -> None:
        entry = tarfile.TarInfo("lon.txt")
        entry.size = 1 << 60
        with within(20):
            out = found(entry.tobuf(tarfile.GNU_FORMAT) + b"x" * 2000, "kho.tar")
        assert isinstance(out[-1], Reject)

    def test_a_flood_of_rejects_is_told_in_short(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "MAX_REJECTS", 5)
        path = tmp_path / "rac.jsonl.gz"
        path.write_bytes(gzip.compress(b"rac\n" * 50 + lines(GOOD)))
        out = list(items(path))
        assert ids(out) == ["tot"]
        assert [one.path for one in out if isinstance(one, Reject)][-1] == str(path)
        assert len(out) == 7

    def test_a_pipe_that_tells_a_few_bytes_at_a_time(self) -> None:
        class Slow(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                return super().read(size)

            def read1(self, size: int | None = -1) -> bytes:
                return super().read1(1)

        raw = gzip.compress(lines(*[GOOD] * 20))
        assert len(list(expand(Stream.of_pipe(Slow(raw), "stdin"), Fields()))) == 20


class TestPages:
    @pytest.mark.parametrize("mark", ["<!-- x -->", "<!-- x --> <meta a>", "<?x?>", "<!x>"])
    def test_what_stands_before_the_first_element_takes_no_time(self, mark: str) -> None:
        page = "<!DOCTYPE html>\n" + f"{mark}\n" * 300
        with within(5):
            kind_of(page.encode()[:4096])
            looks_like_html(page)
            looks_like_html("<" * 5000)

    def test_tables_made_to_swell(self) -> None:
        from lxml import html

        wide = "<tr>" + "<td colspan=100>ô" * 2 + "</tr>"
        with within(5):
            assert grid_of(html.fromstring(f"<table>{wide * 200}</table>")) is None
            told = table_lines([["x" * 200_000] * 60 for _ in range(100)])
        assert sum(map(len, told)) < 1_000_000

    def test_a_text_longer_than_any_article(self, tmp_path: Path) -> None:
        path = tmp_path / "dai.txt"
        path.write_text("Xã Tân Lập còn 8 ấp, giảm 7 ấp so với trước đây nhiều năm.\n\n" * 20_000, "utf-8")
        reject = read(path)
        assert isinstance(reject, Reject)
        assert reject.reason.startswith("too-large")


class TestFolders:
    def test_links_in_a_circle_and_folders_too_deep(self, tmp_path: Path) -> None:
        (tmp_path / "vong").symlink_to(tmp_path / "vong")
        (tmp_path / "bai.txt").write_text("Tin", "utf-8")
        assert (tmp_path / "bai.txt") in set(sources([str(tmp_path)]))
        deep = tmp_path / "sau"
        deep.mkdir()
        here = os.getcwd()
        try:
            os.chdir(deep)
            for _ in range(1200):
                os.mkdir("d")
                os.chdir("d")
        finally:
            os.chdir(here)
        try:
            assert (tmp_path / "bai.txt") in set(sources([str(tmp_path)]))
        finally:
            subprocess.run(["rm", "-rf", str(deep)], check=True)  # too deep for what cleans up behind tests

    def test_names_of_every_kind(self, tmp_path: Path) -> None:
        names = ["a#b.txt", "a?b.txt", "100%.txt", "-x.txt", "hai\ndòng.txt", "d" * 240 + ".txt", "\udcff.txt"]
        for name in names:
            (tmp_path / name).write_text("Gọn bộ máy\n\nXã còn 8 ấp.", "utf-8")
        documents = [read(one) for path in sources([str(tmp_path)]) for one in items(path) if isinstance(one, Item)]
        assert len(documents) == len(names)
        assert all(isinstance(one, Document) for one in documents)


def test_two_attachments_of_one_name_and_a_forwarded_mail() -> None:
    from email.message import EmailMessage

    inner, mail = EmailMessage(), EmailMessage()
    inner["From"], inner["Subject"] = "b@b.vn", "Tin cũ"
    inner.set_content("Xã Tân Lập còn 8 ấp.")
    mail["From"], mail["Subject"] = "a@b.vn", "Gửi bài"
    mail.set_content("Kính gửi.")
    for text in ("Tin một", "Tin hai"):
        mail.add_attachment(text.encode(), maintype="text", subtype="plain", filename="tin.txt")
    mail.add_attachment(inner)
    paths = [one.path for one in found(bytes(mail), "thu.eml")]
    assert paths == ["thu.eml", "thu.eml/tin.txt", "thu.eml/2-tin.txt", "thu.eml/mail.eml"]
