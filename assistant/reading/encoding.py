"""Bytes to text: UTF-8, UTF-16 and the Korean code pages, with a count of what was lost."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Only these may be named by a file: some of Python's codecs are slow on purpose-made bytes.
_NAMEABLE = re.compile(
    r"(?i)(utf-?8|iso-8859-\d+|windows-125\d|shift_jis|euc-jp|gbk|big5|us-ascii)$"
)
_ODD = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ufffd\ue000-\uf8ff]")
_PLAIN = re.compile(r"[\t\n\r\x20-\x7e\uac00-\ud7a3\u3000-\u303f\u4e00-\u9fff\u2000-\u33ff]")
_REPLACEMENT = "\ufffd"
_SAMPLE_BYTES = 65_536
_ODD_SHARE = 0.02
_BOM_LESS_SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with the encoding it was read in and how many characters could not be read."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, *, hint: str | None = None) -> Decoded:
    r"""Read `data` in the first encoding that fits: mark, UTF-16, UTF-8, `hint`, CP949.

    >>> decode("시범구매".encode("cp949")).text
    '시범구매'
    >>> decode("시범구매".encode("utf-16")).encoding
    'utf-16-le'
    >>> decode("가나".encode() + b"\xff").replaced
    1
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    for encoding in _candidates(data, hint):
        try:
            return Decoded(text=data.decode(encoding), encoding=encoding)
        except UnicodeDecodeError:
            continue
    return min(
        (_lenient(data, "utf-8"), _lenient(data, "cp949")), key=lambda reading: reading.replaced
    )


def is_text(data: bytes) -> bool:
    """Tell text from binary by how much of the beginning reads as text.

    >>> is_text("제1조(목적)".encode("cp949")), is_text(bytes(range(256)) * 4)
    (True, False)
    """
    sample = data[:_SAMPLE_BYTES]
    decoded = decode(sample)
    if not decoded.text:
        return False
    allowed = max(2, int(len(decoded.text) * _ODD_SHARE))
    return len(_ODD.findall(decoded.text)) <= allowed


def _candidates(data: bytes, hint: str | None) -> list[str]:
    names = ["utf-8", "cp949"]
    if hint and _NAMEABLE.match(hint):
        names.insert(1, hint)
    if b"\x00" in data[:_SAMPLE_BYTES]:
        names[:0] = [name for name in ("utf-16-le", "utf-16-be") if _reads_as(data, name)]
    return names


def _reads_as(data: bytes, encoding: str) -> bool:
    """UTF-16 without a mark: only when nearly all of it is Korean or ASCII."""
    sample = data[: _SAMPLE_BYTES // 2 * 2].decode(encoding, errors="replace")
    return bool(sample) and len(_PLAIN.findall(sample)) >= _BOM_LESS_SHARE * len(sample)


def _lenient(data: bytes, encoding: str) -> Decoded:
    """Replace what cannot be read; replacement characters that were written count as well."""
    text = data.decode(encoding, errors="replace")
    return Decoded(text=text, encoding=encoding, replaced=text.count(_REPLACEMENT))
