"""Files made to reach out of the archive, to swell, or to hang a run: none does, and what lies beside them is read."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tinhgon.ingest import Item, items, read, sources
from tinhgon.ingest.containers import Fields, expand
from tinhgon.ingest.containers.streams import Stream
from tinhgon.records import Document, Reject

SECRET = "mật khẩu của máy"
MEMORY = 1_500_000_000  # bytes that a child process may take; the libraries alone map half of it


def outcomes(raw: bytes, name: str) -> list[Document | Reject]:
    found = expand(Stream.of(io.BytesIO(raw), name), Fields())
    return [read(one) if isinstance(one, Item) else one for one in found]


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return out.getvalue()


class TestEntities:
    @pytest.mark.parametrize("name", ["kho.rss", "kho.xml", "kho.html", "kho.odt", "kho.epub", "kho.docx"])
    def test_none_fetches_a_file(self, name: str, tmp_path: Path) -> None:
        secret = tmp_path / "secret.txt"
        secret.write_text(SECRET, "utf-8")
        head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "{secret.as_uri()}">]>'
        feed = "<rss version='2.0'><channel><item><title>Xã &a;</title><description>&a; ấp</description></item></channel></rss>"
        word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        inside = {
            "kho.odt": ("content.xml", "<r>Xã &a;</r>"),
            "kho.epub": ("a.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Xã &a;</p></body></html>"),
            "kho.docx": ("word/document.xml", f"<w:document xmlns:w='{word}'><w:body><w:p><w:r><w:t>Xã &a;</w:t></w:r></w:p></w:body></w:document>"),
        }  # fmt: skip
        if name in inside:
            member, body = inside[name]
            raw = packed(**{member: (head + body).encode(), "[Content_Types].xml": b"<Types/>"})
        else:
            raw = (head + (feed if name == "kho.rss" else "<r><p>Xã &a;</p></r>")).encode()
        told = outcomes(raw, name)
        assert told
        assert SECRET not in repr(told)

    @pytest.mark.parametrize("name", ["kho.rss", "kho.xml", "kho.html"])
    def test_none_swells(self, name: str) -> None:
        rungs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        head = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "{"tin " * 10}">{rungs}]>'
        feed = (
            "<rss version='2.0'><channel><item><title>Xã</title><description>&i;</description></item></channel></rss>"
        )
        told = outcomes((head + (feed if name == "kho.rss" else "<r><p>Xã &i;</p></r>")).encode(), name)
        assert all(len(one.text) < 100_000 for one in told if isinstance(one, Document))


class TestArchives:
    def test_members_that_point_out_write_nothing_and_keep_no_path(self, tmp_path: Path) -> None:
        names = ("../../ra.txt", f"{tmp_path}/ra.txt", "C:\\ra.txt", "..\\..\\ra.txt", "tot.txt")
        found = list(expand(Stream.of(io.BytesIO(packed(**dict.fromkeys(names, b"Tin"))), "kho.zip"), Fields()))
        ids = [one.id for one in found if isinstance(one, Item)]
        assert "tot" in ids
        assert not any("/" in one or one.startswith(".") for one in ids)
        assert list(tmp_path.iterdir()) == []

    def test_links_and_devices_in_a_tar_are_no_files(self) -> None:
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode="w") as pack:
            for name, kind, target in (
                ("ra.txt", tarfile.SYMTYPE, "/etc/passwd"), ("cung.txt", tarfile.LNKTYPE, "/etc/passwd"),
                ("ong.txt", tarfile.FIFOTYPE, ""), ("may.txt", tarfile.CHRTYPE, ""), ("vong.txt", tarfile.SYMTYPE, "vong.txt"),
            ):  # fmt: skip
                entry = tarfile.TarInfo(name)
                entry.type, entry.linkname = kind, target
                pack.addfile(entry)
            entry = tarfile.TarInfo("tot.txt")
            entry.size = 3
            pack.addfile(entry, io.BytesIO(b"Tin"))
        told = outcomes(out.getvalue(), "kho.tar")
        assert [one.id for one in told if isinstance(one, Document)] == ["tot"]


def test_pipes_and_hollow_files_in_a_folder_hold_up_nothing(tmp_path: Path) -> None:
    for name in ("ong.txt", "ong.zip", "ong.jsonl"):
        os.mkfifo(tmp_path / name)
    for name in ("rong.txt", "rong.jsonl", "rong.zip", "rong.csv"):
        with (tmp_path / name).open("wb") as hollow:
            hollow.truncate(1 << 30)
    (tmp_path / "ra.txt").symlink_to("/etc/passwd")
    (tmp_path / "trong.txt").write_bytes(b"")
    (tmp_path / "tot.txt").write_text("Gọn bộ máy\n\nXã còn 8 ấp.", "utf-8")
    code = (
        "import sys\nfrom tinhgon.ingest import Item, items, read, sources\n"
        "for path in sources([sys.argv[1]]):\n"
        "    for one in items(path):\n"
        "        made = read(one) if isinstance(one, Item) else one\n"
        "        print(path.name, type(made).__name__)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True, text=True, check=True, timeout=100,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )  # fmt: skip
    lines = set(told.stdout.split("\n")) - {""}
    assert "tot.txt Document" in lines
    assert {line for line in lines if not line.endswith("Reject")} == {"tot.txt Document"}
    assert not any(line.startswith("ra.txt") for line in lines)


def test_names_that_are_one_after_normalisation_are_two_articles(tmp_path: Path) -> None:
    for name in ("xa\u0303.txt", "x\u00e3.txt"):
        (tmp_path / name).write_text("Gọn bộ máy\n\nXã còn 8 ấp.", "utf-8")
    found = [one for path in sources([str(tmp_path)]) for one in items(path)]
    assert len({one.path for one in found}) == 2
