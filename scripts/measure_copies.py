"""How well copies are found: precision and recall on edited copies, ``python scripts/measure_copies.py``.

Each article of the bundled corpus is edited the way papers edit what they take over, each way once; different
articles, also on one event, are no copies, and neither is a form letter filled in for another place.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

from tinhgon import FactBase, ingest
from tinhgon.records import Claims, Document

SEED = 18
FOLDERS = ("corpus/texts", "corpus/trial/texts", "corpus/wide/texts")
OTHER_WORDS = ("đồng thời", "theo đó", "cụ thể", "trong khi đó", "bên cạnh đó")
PLACES = ("Đông Sơn", "Tân Lập", "Phú Hòa", "An Thạnh", "Bình Minh", "Yên Thủy")
CAPITALS = re.compile(r"(?<=[a-zà-ỹđ] )(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+ ){1,2}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+")

Edit = Callable[[list[str], random.Random], list[str]]


def retitled(lines: list[str], dice: random.Random) -> list[str]:
    """Another headline, another date line, another paper's tag."""
    return ["Gọn bộ máy, thêm hiệu quả", "Thứ Hai, 20/11/2023 | 07:00", f"(BTN) - {lines[2]}", *lines[3:]]


def cut(lines: list[str], dice: random.Random) -> list[str]:
    """The last third left out."""
    return lines[: max(4, len(lines) * 2 // 3)]


def lengthened(lines: list[str], dice: random.Random) -> list[str]:
    """A paragraph of the paper's own at the end."""
    own = (
        "Tại buổi làm việc, lãnh đạo địa phương ghi nhận những ý kiến của cơ sở và giao các cơ quan chuyên môn trả lời."
    )
    return [*lines, own]


def reworded(lines: list[str], dice: random.Random) -> list[str]:
    """One word in twenty left out or another one put in."""

    def word(old: str) -> str:
        throw = dice.random()
        return "" if throw < 0.025 else f"{old} {dice.choice(OTHER_WORDS)}" if throw < 0.05 else old

    return [*lines[:2], *(" ".join(filter(None, map(word, line.split()))) for line in lines[2:])]


def shuffled(lines: list[str], dice: random.Random) -> list[str]:
    """The paragraphs below the lead in another order."""
    body = lines[3:]
    dice.shuffle(body)
    return [*lines[:3], *body]


def updated(lines: list[str], dice: random.Random) -> list[str]:
    """Some of the numbers brought up to date."""

    def number(found: re.Match[str]) -> str:
        return str(int(found[0]) + 1) if dice.random() < 0.3 else found[0]

    return [*lines[:2], *(re.sub(r"(?<![\d.,/-])\d{1,3}(?![\d.,/-])", number, line) for line in lines[2:])]


def filled_in(lines: list[str], dice: random.Random) -> list[str]:
    """No copy: a form letter, with other names and other numbers throughout."""

    def number(found: re.Match[str]) -> str:
        return str(dice.randint(2, 400))

    names: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        return names.setdefault(found[0], dice.choice(PLACES))

    return [re.sub(r"\d+", number, CAPITALS.sub(name, line)) for line in lines]


EDITS: tuple[Edit, ...] = (retitled, cut, lengthened, reworded, shuffled, updated)


def variants(document: Document, dice: random.Random) -> Iterator[tuple[str, list[str]]]:
    lines = document.text.split("\n")
    if len(lines) < 6:
        return
    for edit in EDITS:
        yield edit.__name__, edit(list(lines), dice)


def as_document(lines: list[str], id: str) -> Document:
    made = ingest.document_from_text("\n\n".join(lines), id=id, path=f"{id}.txt")
    if not isinstance(made, Document):
        raise SystemExit(f"{id}: {made.reason}")
    return made


def main() -> None:
    dice = random.Random(SEED)
    originals = [found for path in ingest.sources(FOLDERS) if isinstance(found := ingest.read(Path(path)), Document)]
    documents: list[tuple[str, str, Document]] = [("original", one.id, one) for one in originals]
    for one in originals:
        documents += [(kind, one.id, as_document(lines, f"{one.id}-{kind}")) for kind, lines in variants(one, dice)]
    forms = [(one.id, as_document(filled_in(one.text.split("\n"), dice), f"{one.id}-form")) for one in originals]
    documents += [("form", id, form) for id, form in forms]
    dice.shuffle(documents)
    with FactBase.open(":memory:", create=True) as base:
        run = base.begin_run("measure", "", [])
        for at in range(0, len(documents), 64):
            base.add(
                [Claims(one) for _, _, one in documents[at : at + 64]], run=run, patterns_hash="", version="measure"
            )
        family = {row["id"]: row["copy_of"] or row["id"] for row in base.rows("SELECT id, copy_of FROM documents")}
    tell(documents, family)


def tell(documents: list[tuple[str, str, Document]], family: dict[str, str]) -> None:
    pairs: Counter[str] = Counter()
    linked_by_kind: Counter[str] = Counter()
    of_kind: Counter[str] = Counter()
    for (kind, source, one), (other_kind, other_source, other) in combinations(documents, 2):
        same = source == other_source and "form" not in (kind, other_kind)
        linked = family[one.id] == family[other.id]
        pairs["true" if same and linked else "missed" if same else "false" if linked else "apart"] += 1
        if linked and not same:
            pairs["false: form letter" if "form" in (kind, other_kind) else "false: another article"] += 1
        if same and "original" in (kind, other_kind):
            edit = kind if other_kind == "original" else other_kind
            of_kind[edit] += 1
            linked_by_kind[edit] += linked
    found, wanted = pairs["true"] + pairs["false"], pairs["true"] + pairs["missed"]
    every = wanted + pairs["false"] + pairs["apart"]
    print(f"{len(documents)} documents, {wanted} pairs of copies among {every}")
    print(f"precision {pairs['true'] / max(found, 1):.4f}, recall {pairs['true'] / max(wanted, 1):.4f}")
    for why in ("false: form letter", "false: another article"):
        print(f"  {why}: {pairs[why]}")
    for kind in sorted(of_kind):
        print(f"  {kind:<12}{linked_by_kind[kind]:>5} of {of_kind[kind]} linked to the original")


if __name__ == "__main__":
    main()
