"""What can be: which measure can have happened to what, and which numbers can stand together."""

from __future__ import annotations

from tinhgon.assemble.drafts import Draft
from tinhgon.assemble.objects import PEOPLE, TIERS

_BODIES = frozenset({*TIERS, "agency", "phong", "division", "service_unit", "party_org"})
_COUNTABLE: dict[str, frozenset[str]] = {
    "merger": _BODIES,
    "dissolution": _BODIES | {"model"},
    "stock": _BODIES - {"division", "party_org"} | {"payroll"},
    "reduction": _BODIES | {"post"} | PEOPLE - {"person"},
    "rotation": frozenset({"person"}),
    "saving": frozenset({"money"}),
    "nonlocal_appointment": frozenset({"person", *TIERS}),
}


_NORM = 3


def fits(measure: str, label: str) -> bool:
    """Whether a measure can have happened to such a thing: a payroll is not merged, only money is saved.

    >>> fits("merger", "commune"), fits("merger", "payroll")
    (True, False)
    """
    return measure not in _COUNTABLE or label in _COUNTABLE[measure]


def _is_average(draft: Draft) -> bool:
    """Whether a change is told of averages: "bình quân mỗi phòng có 2,31 cấp phó, nay còn 1,92"."""
    frame = draft.frame
    block = frame.analysis.view.document.blocks[frame.sentence.block]
    told = frame.text(max(block.start, frame.sentence.start - 200), frame.sentence.end)
    return draft.before is not None and ("bình quân" in told or "trung bình" in told)


def is_sound(draft: Draft, label: str) -> bool:
    """Whether the numbers of a draft can be what they are taken for."""
    if draft.kind == "change" and (draft.before is None or draft.after is None):
        return False
    if draft.before is not None and draft.after is not None and draft.before <= draft.after:
        return False
    if draft.kind == "join" and (
        label in PEOPLE
        or (draft.after is not None and draft.value is not None and draft.after >= draft.value)
        or draft.percent is not None
        or (draft.total is not None and draft.after is not None)  # "437 trên 713 huyện nhập thành một": one in each
    ):
        return False
    if draft.kind == "join" and draft.value is not None and draft.value == 1 and draft.head is None:
        return False
    if draft.total is not None and draft.value is not None and draft.value > draft.total:
        return False
    whole = [draft.value, draft.value_max, draft.total, draft.before, draft.after]
    if label != "money" and not _is_average(draft) and any(x is not None and x != int(x) for x in whole):
        return False
    if label in ("deputy", "leader") and draft.before is not None and draft.before <= _NORM:
        return False  # "giảm phó chủ tịch HĐND từ 2 xuống 1": how many one body may have
    if draft.kind == "stock" and not (draft.after or draft.value):
        return False
    of_staff = draft.head is not None and draft.head.object in PEOPLE
    part_of_staff = label in PEOPLE and (of_staff or any(d.head is draft for d in draft.siblings))
    if draft.kind == "stock" and (label not in TIERS and label not in ("agency", "service_unit") and not part_of_staff):
        return False
    return not (label in ("money",) and draft.value is None)
