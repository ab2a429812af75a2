"""Whether a text is Vietnamese: what is in another language is named and passed over."""

from __future__ import annotations

import re

# Letters that Vietnamese alone has, and that make up a fifth of it; "à", "é", "ô" and the like are French as well.
_OWN = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_SHARE = 0.04
# A headline or two tell nothing of a language.
_FEWEST = 60
_SAMPLE = 1500


def other_language(text: str) -> str | None:
    """Why ``text`` is not read as Vietnamese, or nothing where it is, or is too short to tell.

    >>> other_language("Sau sắp xếp, toàn tỉnh còn 102 xã, phường, giảm 74 đơn vị; các xã có bí thư kiêm chủ tịch.")
    >>> other_language("Sau sap xep, toan tinh con 102 xa, phuong, giam 74 don vi; cac xa co bi thu kiem chu tich.")
    'Vietnamese without diacritics'
    >>> other_language("After the merger the province has 102 communes, 74 fewer than before, its committee said.")
    'en'
    """
    sample = text[:_SAMPLE]
    letters = len(_LETTER.findall(sample))
    if letters < _FEWEST or len(_OWN.findall(sample)) >= _SHARE * letters:
        return None
    from py3langid import classify

    language = str(classify(sample)[0])
    return "Vietnamese without diacritics" if language == "vi" else language
