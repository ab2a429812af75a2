"""What underthesea's name finder would add to the holders that rules find, on the articles of corpus/.

Asked only where it could decide something: in sentences that join roles by a marker and gave no holder. Prints the
names it finds there that the rules did not, and how many of them are holders in the gold records.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path

from underthesea import ner

from tinhgon.extract import Extractor
from tinhgon.ingest import read
from tinhgon.records import Document

CHECKOUT = Path(__file__).parents[1]
SETS = ("corpus", "corpus/trial", "corpus/wide")


def unsure_sentences(extractor: Extractor, document: Document) -> Iterator[tuple[str, set[str]]]:
    """The sentences that join roles and gave no holder, with the names the rules found in them."""
    analysis = extractor.analysis(document)
    held = {holder.provenance.sentence.start for holder in extractor.claims(document).holders}
    for sentence in analysis.view.sentences:
        roles = analysis.within("roles", sentence.start, sentence.end)
        if len(roles) > 1 and analysis.within("markers", sentence.start, sentence.end) and sentence.start not in held:
            names = {m.text for m in analysis.within("people", sentence.start, sentence.end)}
            yield analysis.view.text[sentence.start : sentence.end], names


def named(text: str) -> list[str]:
    """The persons that underthesea finds in a sentence."""
    found: list[list[str]] = []
    for word, _, _, tag in ner(text):
        if tag == "B-PER":
            found.append([word])
        elif tag == "I-PER" and found:
            found[-1].append(word)
    return [" ".join(words) for words in found]


def main() -> None:
    extractor = Extractor.load()
    asked, new, right, seconds = 0, 0, 0, 0.0
    for name in SETS:
        for path in sorted((CHECKOUT / name / "texts").iterdir()):
            document = read(path)
            if not isinstance(document, Document):
                continue
            gold = json.loads((CHECKOUT / name / "gold" / f"{document.id}.json").read_text("utf-8"))
            holders = {holder["name"] for holder in gold["holders"]}
            for text, known in unsure_sentences(extractor, document):
                begun = time.perf_counter()
                extra = [person for person in named(text) if person not in known]
                seconds += time.perf_counter() - begun
                asked, new = asked + 1, new + len(extra)
                right += sum(person in holders for person in extra)
                for person in extra:
                    print(f"{document.id}: {person}{'  (a holder)' if person in holders else ''}")
    print(f"{asked} sentences asked in {seconds:.1f} s: {new} new names, {right} of them holders in gold")


if __name__ == "__main__":
    main()
