"""Finding files and reading them: order, links, encodings, and a reject for whatever cannot be read."""

from __future__ import annotations

import codecs
import hashlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tinhgon.ingest import read, sources
from tinhgon.records import Document, Reject

ARTICLE = "Gọn bộ máy ở Tân Lập\n\n12/10/2021 - 06:15\n\nXã Tân Lập còn 8 ấp, giảm 7 ấp so với trước.\n"


def write(path: Path, content: bytes | str = ARTICLE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_folders_come_sorted_and_each_file_once(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.html", "b/.an", ".git/x.txt"):
        write(tmp_path / name)
    found = [path.relative_to(tmp_path).as_posix() for path in sources([str(tmp_path), str(tmp_path / "a.txt")])]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c.html"]


def test_globs_and_names_that_do_not_exist(tmp_path: Path) -> None:
    write(tmp_path / "a/1.txt")
    write(tmp_path / "a/2.html")
    assert [path.name for path in sources([str(tmp_path / "**/*.txt"), str(tmp_path / "mat.txt")])] == [
        "1.txt",
        "mat.txt",
    ]


def test_a_file_whose_name_looks_like_a_glob(tmp_path: Path) -> None:
    assert list(sources([str(write(tmp_path / "bai [1].txt"))])) == [tmp_path / "bai [1].txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "ngoai/bi-mat.txt")
    write(tmp_path / "kho/1.txt")
    (tmp_path / "kho/lien-ket.txt").symlink_to(outside)
    (tmp_path / "kho/thu-muc").symlink_to(tmp_path / "ngoai")
    (tmp_path / "kho/vong").symlink_to(tmp_path / "kho")
    assert [path.name for path in sources([str(tmp_path / "kho")])] == ["1.txt"]
    assert [path.name for path in sources([str(tmp_path / "kho/*")])] == ["1.txt"]


def test_a_document_knows_its_file(tmp_path: Path) -> None:
    file = write(tmp_path / "bai-1.txt")
    document = read(file)
    assert isinstance(document, Document)
    assert (document.id, document.path) == ("bai-1", str(file))
    assert document.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert document.published == "2021-10-12"


@pytest.mark.parametrize(
    "raw",
    [
        ARTICLE.encode(), codecs.BOM_UTF8 + ARTICLE.encode(), ARTICLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + ARTICLE.encode("utf-16-be"), ARTICLE.replace("\n", "\r\n").encode(),
    ],
)  # fmt: skip
def test_encodings_and_line_ends_give_one_text(tmp_path: Path, raw: bytes) -> None:
    document = read(write(tmp_path / "a.txt", raw))
    assert isinstance(document, Document)
    assert document.text == "Gọn bộ máy ở Tân Lập\n12/10/2021 - 06:15\nXã Tân Lập còn 8 ấp, giảm 7 ấp so với trước."
    assert document.warnings == ()


def test_damaged_utf8_is_read_with_a_warning(tmp_path: Path) -> None:
    document = read(write(tmp_path / "a.txt", (ARTICLE * 3).encode()[:-3] + b"\xe1\xba"))
    assert isinstance(document, Document)
    assert "broken-utf-8" in document.warnings


@pytest.mark.parametrize(
    ("name", "raw", "stage", "words"),
    [
        ("rong.txt", b"", "read", "empty"),
        ("trang.txt", b" \n\t \r\n", "read", "white space"),
        ("anh.txt", b"\x89PNG\r\n\x1a\n" + bytes(100), "parse", "image"),
        ("van-ban.docx", b"PK\x03\x04" + bytes(50), "parse", "fetch it again"),
        ("nhi-phan.txt", bytes(range(256)) * 20, "decode", "binary"),
        ("la.txt", bytes(range(0x80, 0x100)) * 30, "decode", "UTF-8"),
        ("bang.jsonl", b'{"a": 1}\n', "parse", "tinhgon run"),
        ("cu.rtf", b"{\\rtf1 Tin}", "parse", "RTF"),
        ("dau.txt", b"---\n...\n***\n", "extract", "No text"),
        ("kho.html", b"<html><body></body></html>", "extract", "article"),
    ],
)
def test_bad_files_are_rejected_with_a_reason(tmp_path: Path, name: str, raw: bytes, stage: str, words: str) -> None:
    rejected = read(write(tmp_path / name, raw))
    assert isinstance(rejected, Reject)
    assert rejected.stage == stage
    assert words in rejected.reason


def test_vanished_files_folders_and_pipes(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong")
    for path in (tmp_path / "mat.txt", tmp_path, tmp_path / "ong", Path("a\0b")):
        assert isinstance(read(path), Reject)


def test_files_beyond_the_limit_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["tinhgon.ingest.read"], "MAX_BYTES", 1000)
    rejected = read(write(tmp_path / "lon.txt", b"a" * 1001))
    assert isinstance(rejected, Reject)
    assert rejected.reason.startswith("too-large")


def test_content_decides_before_the_name(tmp_path: Path) -> None:
    page = (
        "<html><body><h1>Gọn bộ máy ở Tân Lập</h1><p>Xã Tân Lập còn 8 ấp, giảm 7 ấp so với trước đây.</p></body></html>"
    )
    for name, content in (("a.txt", page), ("b.html", ARTICLE), ("c", page)):
        document = read(write(tmp_path / name, content))
        assert isinstance(document, Document)
        assert document.title == "Gọn bộ máy ở Tân Lập"


def assert_tiled(document: Document) -> None:
    assert document.text == "\n".join(document.text[block.start : block.end] for block in document.blocks)
    assert all(block.start < block.end for block in document.blocks)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    raw=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "surrogatepass")),
    suffix=st.sampled_from([".txt", ".html"]),
)
def test_reading_never_raises(tmp_path: Path, raw: bytes, suffix: str) -> None:
    found = read(write(tmp_path / f"x{suffix}", raw))
    if isinstance(found, Document):
        assert_tiled(found)
    else:
        assert found.reason.endswith(".")


TAGS = st.sampled_from(
    "<html> <body> <div class='content'> </div> <p> </p> <br> <table> <tr> <td> </td> <h1> </h1> <a href=x> </a> <ul> <li> <time> <!-- --> &nbsp; <script> </script> <title> <meta> <article>".split()
)
WORDS = st.sampled_from(
    [
        "Xã Tân Lập sáp nhập 4 thôn thành 2 thôn, giảm 2 thôn so với năm trước.",
        "12/10/2021",
        "Tin liên quan",
        "Hà Vy",
        "a",
        "\n",
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(TAGS | WORDS, max_size=40))
def test_reading_broken_pages_never_raises(tmp_path: Path, pieces: list[str]) -> None:
    found = read(write(tmp_path / "x.html", "<html>" + " ".join(pieces)))
    if isinstance(found, Document):
        assert_tiled(found)


def test_one_endless_line_takes_linear_time(tmp_path: Path) -> None:
    import time

    for filler in ("a", "Xã Tân Lập - ", "- ", "1.", " ", "12/10/2021 ", "(", "Số: ", "I. ", "Báo ", "<", "&"):
        start = time.process_time()
        read(write(tmp_path / "x.txt", filler * (2_000_000 // len(filler.encode()))))
        assert time.process_time() - start < 20, filler
