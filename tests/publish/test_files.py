"""Files are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tinhgon.publish.files import file_name, is_folder, replacing


def test_a_file_takes_its_place_when_it_is_whole(tmp_path):
    with replacing(tmp_path / "a.csv") as part:
        part.write_text("new")
        assert not (tmp_path / "a.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "a.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "a.csv")
    with replacing(tmp_path / "link.csv") as part:
        part.write_text("new")
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "a.csv").read_text() == "new"


def test_a_device_stays_a_device():
    with replacing(Path(os.devnull)) as part:
        part.write_text("gone")
    assert not Path(os.devnull).is_file()


def test_a_missing_folder_is_told_at_once(tmp_path):
    with pytest.raises(OSError, match=r"no/a\.csv"), replacing(tmp_path / "no" / "a.csv"):
        pytest.fail("the work had begun")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("a.html", "a.html"),
        ("/home/lan/#kho/a.html", "a.html"),
        ("C:\\Users\\lan\\kho\\a.html", "a.html"),
        ("/home/lan/kho.jsonl#12", "kho.jsonl#12"),
        ("/home/lan/web.warc.gz#http://a.vn/b/c#d", "web.warc.gz#http://a.vn/b/c#d"),
        ("kho/", "kho"),
        ("", ""),
    ],
)
def test_a_path_loses_its_folders(path, name):
    assert file_name(path) == name


def test_what_is_there_decides_what_it_is(tmp_path):
    (tmp_path / "facts").write_text("")
    assert not is_folder(tmp_path / "facts")
    assert is_folder(tmp_path)
    assert is_folder(tmp_path / "new")
