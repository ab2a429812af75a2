"""One plain text an article, in every encoding."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable

from archive_formats import encodings
from archive_formats.articles import Formats, Writer, one_file_each, plain_text


def _windows_lines(text: str) -> str:
    return text.replace("\n", "\r\n")


def _encoded(encode: Callable[[str], bytes]) -> Writer:
    return one_file_each(lambda article: encode(plain_text(article)), "txt")


FORMATS: Formats = {
    "txt": _encoded(str.encode),
    "txt-nfd": _encoded(lambda text: unicodedata.normalize("NFD", text).encode()),
    "txt-utf16": _encoded(lambda text: codecs.BOM_UTF16_LE + _windows_lines(text).encode("utf-16-le")),
    "txt-utf16-no-bom": _encoded(lambda text: _windows_lines(text).encode("utf-16-le")),
    "txt-windows-1258": _encoded(lambda text: encodings.to_windows_1258(_windows_lines(text))),
    "txt-tcvn3": _encoded(lambda text: encodings.to_tcvn3(_windows_lines(text))),
    "txt-vni": _encoded(lambda text: encodings.to_vni(_windows_lines(text))),
    "txt-viscii": _encoded(encodings.to_viscii),
    "txt-viqr": _encoded(encodings.to_viqr),
    "txt-mojibake": _encoded(lambda text: encodings.as_mojibake(text).encode()),
    "txt-homoglyph": _encoded(lambda text: encodings.with_look_alikes(text).encode()),
    "txt-tones": _encoded(lambda text: encodings.with_other_tones(text).encode()),
}
