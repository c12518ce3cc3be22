"""A short signature of a text by which likely duplicates are found without the texts (MinHash).

Source: A. Broder, On the resemblance and containment of documents, 1997.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from assistant.domain import Document
from assistant.tablegrid import table_lines
from assistant.text import squeeze

HASHES = 64
_SHINGLE = 12  # letters
_PRIME = (1 << 61) - 1
_MASK = (1 << 32) - 1
_SEEDS = tuple(
    (
        zlib.crc32(f"a{number}".encode()) * 2 + 1,
        zlib.crc32(f"b{number}".encode()),
    )
    for number in range(HASHES)
)
_MAX_SHINGLES = 3_000


def sketch(document: Document) -> tuple[int, ...]:
    """Return the signature of a document's text, () for a text that is too short to compare."""
    lines = []
    for block in document.blocks:
        lines += table_lines(block) if block.rows else [block.text]
    text = squeeze(" ".join(lines))
    if len(text) < 10 * _SHINGLE:
        return ()
    hashes = {zlib.crc32(text[at : at + _SHINGLE].encode()) for at in range(len(text) - _SHINGLE)}
    thinning = 1 + len(hashes) // _MAX_SHINGLES
    if thinning > 1:  # by content, so that equal texts keep equal pieces
        hashes = {one for one in hashes if one % thinning == 0}
    return tuple(min((a * h + b) % _PRIME & _MASK for h in hashes) for a, b in _SEEDS)


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the estimated share of text that two documents have in common, 0 to 1.

    >>> resemblance((1, 2, 3, 4), (1, 2, 9, 9)), resemblance((), (1,))
    (0.5, 0.0)
    """
    if not one or len(one) != len(other):
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
