"""Changes to bytes and to markup, for the fuzzer.

Every change is made by the given source of chance alone, so that a number brings a file back.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from random import Random
from typing import TypeAlias

Mutation: TypeAlias = Callable[[bytes, Random], bytes]

NUMBERS = (-1, 0, 1, 2, 255, 256, 9_999, 10_001, 32_767, 65_535, 65_536, 2**31 - 1, 2**32 - 1)
WORDS = (
    *(str(number) for number in NUMBERS),
    *("", "NaN", "1e308", "-0", "99999999999999999999", "가" * 3_000, "\x01", "../../a", "&#x0;"),
)
LENGTHS = (0, 1, 0x7F, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
LARGEST = 30_000_000  # of an unpacked part that is worth changing
_DEPTHS = (3, 60, 260, 4_000)


def one_of(pattern: re.Pattern[bytes], data: bytes, chance: Random) -> re.Match[bytes] | None:
    """Return a match at or after a place taken by chance; from the start when there is none."""
    if not data:
        return None
    return pattern.search(data, chance.randrange(len(data))) or pattern.search(data)


def times(piece: bytes, wanted: int) -> bytes:
    """Return the piece so many times, or as often as fits into the largest part."""
    return piece * min(wanted, LARGEST // max(len(piece), 1) + 1)


def replaced(data: bytes, found: re.Match[bytes] | None, new: bytes) -> bytes:
    """Return the data with what was found replaced."""
    return data if found is None else data[: found.start()] + new + data[found.end() :]


# -- bytes ------------------------------------------------------------------------------------


def flip_bits(data: bytes, chance: Random) -> bytes:
    """Flip a few bits."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 24) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut_short(data: bytes, chance: Random) -> bytes:
    """Leave out the end."""
    return data[: chance.randrange(len(data) + 1)]


def swap_chunks(data: bytes, chance: Random) -> bytes:
    """Exchange two stretches that stand beside each other."""
    first, second, third = sorted(chance.randrange(len(data) + 1) for _ in range(3))
    return data[:first] + data[second:third] + data[first:second] + data[third:]


def repeat_chunk(data: bytes, chance: Random) -> bytes:
    """Write a stretch several times."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    end = min(end, start + 4_000)
    return data[:end] + data[start:end] * chance.choice((1, 5, 200)) + data[end:]


def inflate(data: bytes, chance: Random) -> bytes:
    """Let a word, a line or a paragraph become very long, or very many."""
    pieces = (
        "가나다 라마 ",
        "가나다라",
        "1) 가\n",
        "① 가. 나\n",
        "제3조(가) 나\n",
        ". ",
        "| 가 | ",
        "\n\n가",
    )
    text = times(chance.choice(pieces).encode(), chance.choice((300, 20_000, 200_000)))
    found = one_of(re.compile(rb"[>\n]|(?<=\w) "), data, chance)
    at = found.end() if found else chance.randrange(len(data) + 1)
    return data[:at] + text + data[at:]


def drop_chunk(data: bytes, chance: Random) -> bytes:
    """Leave out a stretch."""
    start, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:start] + data[min(end, start + chance.choice((1, 16, 4_000))) :]


def set_length(data: bytes, chance: Random) -> bytes:
    """Write an unlikely number where a length may stand."""
    form = chance.choice(("<I", ">I", "<H", ">H"))
    size = struct.calcsize(form)
    if len(data) < size:
        return data
    at = chance.randrange(len(data) - size + 1)
    if chance.random() < 0.5:
        at -= at % size
    value = chance.choice(LENGTHS) & (2 ** (8 * size) - 1)
    return data[:at] + struct.pack(form, value) + data[at + size :]


BYTES: tuple[Mutation, ...] = (
    *(flip_bits, cut_short, swap_chunks),
    *(repeat_chunk, drop_chunk, set_length),
)


# -- XML and other markup ---------------------------------------------------------------------

_ATTRIBUTE = re.compile(rb"""([\w:.-]+)=(["'])(.*?)\2""", re.S)
_DIGITS = re.compile(rb"-?\d+")
_ELEMENT = re.compile(rb"<([\w:.-]+)(?:\s[^<>]*)?>")


def attribute_value(data: bytes, chance: Random) -> bytes:
    """Give an attribute an unlikely value."""
    found = one_of(_ATTRIBUTE, data, chance)
    if found is None:
        return data
    value = chance.choice(WORDS).encode()
    return data[: found.start(3)] + value + data[found.end(3) :]


def attribute_everywhere(data: bytes, chance: Random) -> bytes:
    """Give an attribute the same unlikely value wherever it stands."""
    found = one_of(_ATTRIBUTE, data, chance)
    if found is None:
        return data
    value = str(chance.choice(NUMBERS)).encode()
    pattern = re.compile(rb"\b" + re.escape(found[1]) + rb"""=(["'])[^"'<]*\1""")
    return pattern.sub(found[1] + b'="' + value + b'"', data)


def number(data: bytes, chance: Random) -> bytes:
    """Replace a number by an unlikely one."""
    return replaced(data, one_of(_DIGITS, data, chance), chance.choice(WORDS[:17]).encode())


def nest(data: bytes, chance: Random) -> bytes:
    """Put an element into itself many times."""
    found = one_of(_ELEMENT, data, chance)
    if found is None or found[0].endswith(b"/>"):
        return data
    end = data.find(b"</" + found[1] + b">", found.end())
    if end < 0:
        return data
    end += len(found[1]) + 3
    depth = chance.choice(_DEPTHS)
    closing = b"</" + found[1] + b">"
    return (
        data[: found.start()]
        + times(found[0], depth)
        + data[found.start() : end]
        + times(closing, depth)
        + data[end:]
    )


def repeat_element(data: bytes, chance: Random) -> bytes:
    """Write an element several hundred times."""
    found = one_of(_ELEMENT, data, chance)
    if found is None:
        return data
    closing = b"</" + found[1] + b">"
    end = data.find(closing, found.end())
    if end < 0 or end - found.start() > 50_000:
        return data
    end += len(closing)
    element = data[found.start() : end]
    wanted = min(chance.choice((2, 50, 3_000)), 3_000_000 // len(element) + 1)
    return data[:end] + element * wanted + data[end:]


def drop_tag(data: bytes, chance: Random) -> bytes:
    """Leave out a tag, so that the markup no longer closes."""
    return replaced(data, one_of(re.compile(rb"</?[\w:.-]+[^<>]*>"), data, chance), b"")


def rename_tag(data: bytes, chance: Random) -> bytes:
    """Give the elements of one name the name of others."""
    one, other = one_of(_ELEMENT, data, chance), one_of(_ELEMENT, data, chance)
    if one is None or other is None:
        return data
    return re.sub(rb"(</?)" + re.escape(one[1]) + rb"(?=[\s/>])", rb"\g<1>" + other[1], data)


def entities(data: bytes, chance: Random) -> bytes:
    """Declare entities that unfold or that stand in a file, and use them."""
    inside = chance.choice(('"' + "a" * 1_000 + '"', 'SYSTEM "file:///etc/hostname"'))
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    kind = f"<!DOCTYPE x [<!ENTITY a0 {inside}>{lines}]>".encode()
    start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    data = data[:start] + kind + data[start:]
    found = one_of(re.compile(rb">[^<]+<"), data[start + len(kind) :], chance)
    place = start + len(kind) + (found.start() + 1 if found else 0)
    return data[:place] + b"&a8;" + data[place:]


def other_encoding(data: bytes, chance: Random) -> bytes:
    """Say or use another encoding."""
    name = chance.choice(("utf-16", "cp949", "utf-7", "ascii", "가", "idna"))
    said = re.sub(rb"encoding=([\"'])[^\"']*\1", f'encoding="{name}"'.encode(), data, count=1)
    if chance.random() < 0.5:
        return said
    return said.decode("utf-8", "replace").encode(
        chance.choice(("utf-16", "cp949", "utf-32-be")), "replace"
    )


def strange_characters(data: bytes, chance: Random) -> bytes:
    """Put characters between the others that few expect."""
    text = chance.choice(("\x00", "\ufffe", "\u202e", "\ud800", "\U000f0000", "​" * 9, "ᄀ" * 99))
    at = chance.randrange(len(data) + 1)
    return data[:at] + text.encode("utf-8", "surrogatepass") + data[at:]


XML: tuple[Mutation, ...] = (
    *(attribute_value, attribute_value, attribute_everywhere, attribute_everywhere, number),
    *(nest, repeat_element, drop_tag, rename_tag, entities, other_encoding, strange_characters),
    inflate,
)
