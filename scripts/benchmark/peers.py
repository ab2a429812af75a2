"""Other programs on the same dense articles, in turn with our own extraction of them. Prints rates as JSON.

underthesea's ``ner`` sentence by sentence, as its documentation shows; its ``word_tokenize``; and spaCy's blank
Vietnamese, which parts words at spaces, with a ruler of all place names of our gazetteer. None of them does what
tinhgon does: they bound what the first step of such a program would take if it were built on them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from statistics import median
from typing import Any

from benchmark.articles import articles
from tinhgon import Extractor
from tinhgon.gazetteer import Gazetteer
from tinhgon.ingest import document_from_text
from tinhgon.records import Document

Work = Callable[[str], object]


def ours() -> Work:
    extractor = Extractor.load()

    def work(text: str) -> object:
        document = document_from_text(text, id="bai", path="")
        return extractor.claims(document) if isinstance(document, Document) else None

    return work


def name_finder() -> Work:
    from underthesea import ner, sent_tokenize  # type: ignore[import-untyped, unused-ignore]

    return lambda text: [ner(sentence) for sentence in sent_tokenize(text)]


def word_parter() -> Work:
    from underthesea import word_tokenize  # type: ignore[import-untyped, unused-ignore]

    return lambda text: word_tokenize(text)


def ruler() -> Work:
    import spacy

    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
    names = sorted({name for place in Gazetteer.load() for name in (place.name, place.full_name)})
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "LOC", "pattern": name} for name in names])  # type: ignore[attr-defined]
    return lambda text: nlp(text)


PEERS: dict[str, Callable[[], Work]] = {
    "underthesea ner": name_finder,
    "underthesea word_tokenize": word_parter,
    "spaCy blank vi + EntityRuler": ruler,
}


def rate(work: Work, texts: Sequence[str]) -> float:
    """Texts a second."""
    started = time.perf_counter()
    for text in texts:
        work(text)
    return len(texts) / (time.perf_counter() - started)


def in_turn(peer: Work, us: Work, texts: Sequence[str], rounds: int) -> dict[str, Any]:
    """Each round has texts of its own, so that neither has seen them."""
    of_round = len(texts) // rounds
    pairs = []
    for number in range(rounds):
        some = texts[number * of_round : (number + 1) * of_round]
        pairs.append((rate(us, some), rate(peer, some)))
    return {
        "articles": of_round * rounds,
        "mb_each": sum(len(text.encode()) for text in texts) / len(texts) / 1e6,
        "ours": median(mine for mine, _ in pairs),
        "theirs": median(theirs for _, theirs in pairs),
        "ratio": median(mine / theirs for mine, theirs in pairs),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("peer", choices=PEERS)
    parser.add_argument("articles", type=int)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = [article.text for article in articles("dense", options.articles + 1, options.seed)]
    try:
        peer = PEERS[options.peer]()
    except ImportError as error:
        print(json.dumps({"missing": str(error)}))
        return
    us = ours()
    for work in (us, peer):  # what is loaded on first use is no part of the rate
        work(texts[-1])
    print(json.dumps(in_turn(peer, us, texts[:-1], min(options.rounds, options.articles))))


if __name__ == "__main__":
    main()
