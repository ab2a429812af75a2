"""Which central document a local one carries out, where the text says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import regex

from tinhgon.assemble.citations import Cited, cited_between
from tinhgon.detect.analysis import Analysis

_CENTRAL = frozenset({"TW", "QH", "UBTVQH", "CP", "TTg"})
_CARRY_OUT = r"(?:thực hiện|triển khai|cụ thể hóa|quán triệt|thi hành)"
# "Kế hoạch số 57-KH/TU về thực hiện Nghị quyết 18-NQ/TW"
_ABOUT = regex.compile(rf"(?<!\w){_CARRY_OUT}(?: thực hiện)?(?: (?!ban hành)[\p{{L}},]+){{0,6}} ?$")
# "Thực hiện Nghị quyết 18-NQ/TW, Tỉnh ủy đã ban hành Kế hoạch số 57-KH/TU"
_BEFORE = regex.compile(rf"(?<!\w){_CARRY_OUT}(?: thực hiện)?(?: [\p{{L}}]+){{0,4}} ?$")
_ISSUED = regex.compile(r"(?<!\w)(?:ban hành|xây dựng|đề ra|thông qua|ra)(?!\w)")
_FARTHEST = 160  # letters between the two


def carried_out(analysis: Analysis, cited: Sequence[Cited]) -> dict[str, tuple[str, ...]]:
    """Of each local document's symbol those of the central documents it carries out.

    In: the citations of one document in text order. Two documents that merely stand in one sentence are not linked.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for local in cited:
        if local.local is None:
            continue
        sentence = analysis.sentence_at(local.mention.start)
        for central in cited_between(cited, sentence.start, sentence.end):
            if central.issuer in _CENTRAL and _is_carried_out(analysis.view.low, local, central):
                found[local.symbol].append(central.symbol)
    return {symbol: tuple(dict.fromkeys(symbols)) for symbol, symbols in found.items()}


def _is_carried_out(low: str, local: Cited, central: Cited) -> bool:
    if local.mention.end <= central.mention.start:
        between = low[local.mention.end : central.mention.start]
        return len(between) <= _FARTHEST and _ABOUT.search(between) is not None and not _ISSUED.search(between)
    between = low[central.mention.end : local.mention.start]
    before = low[max(0, central.mention.start - 60) : central.mention.start]
    return len(between) <= _FARTHEST and _BEFORE.search(before) is not None and _ISSUED.search(between) is not None
