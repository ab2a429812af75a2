"""spaCy documents: the spans hold the words, under their ids."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from publish_building import TEXT, full_claims, load
from spacy.tokens import Doc, DocBin

from tinhgon.publish import PublicationError, docbin, write_docbin, write_without_text
from tinhgon.publish.reading import identified_claims
from tinhgon.store import FactBase


def read(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("xx").vocab))


@pytest.mark.parametrize("name", ["empty", "base", "hostile"])
def test_two_exports_are_the_same_bytes(name, request, tmp_path):
    base = request.getfixturevalue(name)
    for path in (tmp_path / "1.spacy", tmp_path / "2.spacy"):
        assert write_docbin(base, path) == len(base.document_ids())
    assert (tmp_path / "1.spacy").read_bytes() == (tmp_path / "2.spacy").read_bytes()


@pytest.mark.parametrize("name", ["base", "hostile"])
def test_texts_and_spans_come_back(name, request, tmp_path):
    base = request.getfixturevalue(name)
    write_docbin(base, tmp_path / "d.spacy")
    for doc, (document, claims) in zip(read(tmp_path / "d.spacy"), identified_claims(base), strict=True):
        assert (doc.text, doc.user_data["document_id"]) == (document.text, document.id)
        assert set(doc.spans) == set(docbin.GROUPS.values())
        for one in claims:
            spans = [span for span in doc.spans[docbin.GROUPS[one.kind]] if span.id_ == one.id]
            assert len(spans) == len(one.pieces)
            assert all(piece.text in span.text for piece, span in zip(one.pieces, spans, strict=True))


def test_labels_tell_what_a_claim_is_within_its_kind(base, tmp_path):
    write_docbin(base, tmp_path / "d.spacy")
    doc = read(tmp_path / "d.spacy")[0]
    labels = {group: [(span.label_, span.kb_id_) for span in spans] for group, spans in doc.spans.items()}
    assert labels["localities"] == [("district", "833")]
    assert labels["resolutions"] == [("resolution", "02-NQ/TU")]
    assert labels["mergers"] == [("commune", "")]
    assert labels["pairings"] == [("bi_thu_chi_bo+truong_thon", "")]
    assert [label for label, _ in labels["facts"]] == ["concurrent_posts"] * 3 + ["reduction"]


def test_a_folder_takes_several_files(empty, tmp_path, monkeypatch):
    load(empty, *(full_claims(f"bai-{number}") for number in range(5)))
    monkeypatch.setattr(docbin, "_DOCUMENTS_A_FILE", 2)
    assert write_docbin(empty, tmp_path / "bins") == 5
    files = sorted((tmp_path / "bins").iterdir())
    assert [file.name for file in files] == ["00001.spacy", "00002.spacy", "00003.spacy"]
    ids = [doc.user_data["document_id"] for file in files for doc in read(file)]
    assert ids == empty.document_ids()


def test_older_files_are_not_mixed_with_new_ones(base, tmp_path):
    write_docbin(base, tmp_path / "bins")
    with pytest.raises(PublicationError, match="already"):
        write_docbin(base, tmp_path / "bins")


def test_without_the_texts_there_is_nothing_to_lay_spans_over(base, tmp_path):
    write_without_text(Path(base.path), tmp_path / "bare.db")
    with FactBase.open(tmp_path / "bare.db", readonly=True) as bare, pytest.raises(PublicationError, match="texts"):
        write_docbin(bare, tmp_path / "d.spacy")
    assert not (tmp_path / "d.spacy").exists()


def test_the_text_is_cut_at_signs_too(base):
    doc = next(docbin.docs(base))
    assert doc.text == TEXT
    assert len(doc) > len(TEXT.split())
