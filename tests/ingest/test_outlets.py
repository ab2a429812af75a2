"""The table of outlets is whole, and asked by domain, name and tag it answers with one outlet or none."""

from __future__ import annotations

import pytest
import yaml

from tinhgon.ingest.outlets import Outlets, outlets
from tinhgon.resources import patterns_dir


def test_every_province_has_an_outlet_and_no_domain_has_two() -> None:
    data = yaml.safe_load((patterns_dir() / "outlets.yaml").read_text(encoding="utf-8"))
    provinces = {entry["province"] for entry in data["outlets"] if "province" in entry}
    domains = [domain for entry in data["outlets"] for domain in entry["domains"]]
    assert len(provinces) == 63
    assert len(domains) == len(set(domains))
    merged = {old for change in data["successors"] for old in change["provinces"]}
    assert merged <= provinces
    assert len(provinces) - len(merged) + 1 == 34  # Huế was renamed, not merged


def test_unknown_keys_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown keys"):
        Outlets({"outlets": [{"domains": ["a.vn"], "tag": ["A"]}], "successors": []})


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("Ghi rõ nguồn “baolongan.vn” khi phát hành lại", "baolongan.vn"),
        ("BÁO VÀ PHÁT THANH, TRUYỀN HÌNH LÂM ĐỒNG. Giấy phép số 1", "baolamdong.vn"),
        ("Cơ quan của Đảng bộ tỉnh; thư: toasoan@baotayninh.vn", None),
        ("Theo Báo Gia Lai và Báo Lâm Đồng", None),
    ],
)
def test_outlet_named_in_a_footer(text: str, domain: str | None) -> None:
    named = outlets().named_in(text)
    assert (named.domain if named else None) == domain


def test_subdomains_belong_to_their_outlet() -> None:
    found = outlets().by_domain("phuyen.baodaklak.vn")
    assert found is not None
    assert found.province == "Đắk Lắk"
    assert outlets().by_domain("vn") is None
