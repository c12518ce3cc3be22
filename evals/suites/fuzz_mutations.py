"""Damage that knows what it damages: a change fit for each kind of file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from random import Random

from evals.suites.fuzz_containers import ARCHIVE, compound_stream
from evals.suites.fuzz_markup import (
    BYTES,
    LARGEST,
    WORDS,
    XML,
    Mutation,
    cut_short,
    flip_bits,
    inflate,
    number,
    one_of,
    other_encoding,
    repeat_chunk,
    replaced,
    set_length,
    strange_characters,
    times,
)

LARGEST_INPUT = 120_000_000  # just over what is read at all: more would tell no more


def mutated(data: bytes, kind: str, chance: Random) -> tuple[bytes, tuple[str, ...]]:
    """Return the file with one to four changes, and the names of the changes."""
    names: list[str] = []
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        mutation = chance.choice(_fitting(data, kind, chance))
        data = mutation(data, chance)[:LARGEST_INPUT]
        names.append(mutation.__name__)
    return data, tuple(names)


def _fitting(data: bytes, kind: str, chance: Random) -> Sequence[Mutation]:
    """Return the changes that know this kind of file, now and then those that know only bytes."""
    if chance.random() < 0.2:
        return BYTES
    if data.startswith(b"PK"):
        return ARCHIVE
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return (compound_stream, compound_stream, compound_stream, flip_bits, set_length)
    return PDF if kind == "pdf" else TEXT.get(kind, BYTES)


# -- PDF --------------------------------------------------------------------------------------

_PAIR = re.compile(rb"/([A-Z]\w*)\s*(-?\d+(?:\.\d+)?|/\w+|\[[^\[\]]*\]|\d+ \d+ R)")
_REFERENCE = re.compile(rb"\b\d+ \d+ R\b")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.S)


def pdf_value(data: bytes, chance: Random) -> bytes:
    """Give an entry of a dictionary an unlikely value."""
    value = chance.choice(("null", "[]", "<<>>", "()", "1 0 R", *WORDS[:12])).encode()
    found = one_of(_PAIR, data, chance)
    return data if found is None else data[: found.start(2)] + value + data[found.end(2) :]


def pdf_reference(data: bytes, chance: Random) -> bytes:
    """Let a reference lead elsewhere, in circles too."""
    found, other = one_of(_REFERENCE, data, chance), one_of(_REFERENCE, data, chance)
    return replaced(data, found, other[0] if other else b"")


def pdf_stream(data: bytes, chance: Random) -> bytes:
    """Change what a stream holds, unpacked where it is packed."""
    found = one_of(_STREAM, data, chance)
    if found is None:
        return data
    body = found[1]
    try:
        unpacked = zlib.decompressobj().decompress(body, LARGEST)
        body = zlib.compress(chance.choice((*BYTES, number, number, operators))(unpacked, chance))
    except zlib.error:
        body = chance.choice(BYTES)(body, chance)
    return data[: found.start(1)] + body + data[found.end(1) :]


def operators(data: bytes, chance: Random) -> bytes:
    """Repeat the drawing of a page, or leave it open."""
    more = chance.choice(
        (b" q" * 5_000, b" BT" * 500, times(data, 30), b" 0 0 1 1 re" * 20_000, b"(")
    )
    return data + more


PDF: tuple[Mutation, ...] = (
    *(pdf_value, pdf_value, pdf_reference, pdf_reference),
    *(pdf_stream, pdf_stream, number, flip_bits, cut_short, repeat_chunk),
)


# -- text -------------------------------------------------------------------------------------


def lines_mixed(data: bytes, chance: Random) -> bytes:
    """Repeat, drop and exchange lines."""
    lines = data.splitlines(keepends=True)
    for _ in range(chance.randrange(1, 6) if lines else 0):
        at = chance.randrange(len(lines))
        wanted = chance.choice((0, 1, 2, 2_000))
        again = min(wanted, LARGEST // len(lines[at]) + 1)  # else a few rounds fill the memory
        lines[at : at + chance.randrange(3)] = [lines[at]] * again
        if not lines:
            break
    return b"".join(lines)


def marks(data: bytes, chance: Random) -> bytes:
    """Put marks that open something where nothing is to be opened."""
    mark = chance.choice(
        (
            *(
                b'"',
                b"'",
                b",",
                b"\t",
                b";",
                b"\r",
                b"\n\n",
                b"--",
                b"---\n",
                b"```",
                b"<!--",
                b"<",
            ),
            *(b"<table>", b"<td colspan=99999999 rowspan=99999999>", b"<svg>", b"]]>", b"|" * 900),
            *(b"> " * 400, b"- " * 400, b"[" * 3_000, b"*" * 3_000, b"# " * 90, b"=?utf-8?B?/?="),
        )
    )
    at = chance.randrange(len(data) + 1)
    return data[:at] + mark * chance.choice((1, 2, 40)) + data[at:]


def mail_header(data: bytes, chance: Random) -> bytes:
    """Change what the parts of a mail say of themselves."""
    changes = (
        (rb'boundary="[^"]*"', b'boundary=""'),
        (rb'charset="[^"]*"', b'charset="' + chance.choice(WORDS).encode() + b'"'),
        (rb"Content-Type: [^\r\n;]*", b"Content-Type: message/rfc822"),
        (rb"Content-Type: [^\r\n;]*", b"Content-Type: multipart/mixed"),
        (rb"Content-Transfer-Encoding: \w+", b"Content-Transfer-Encoding: quoted-printable"),
        (rb"Content-Transfer-Encoding: \w+", b"Content-Transfer-Encoding: uuencode"),
        (rb'filename="[^"]*"', b"filename*0*=utf-8''%00%ff; filename*1=../../a"),
    )
    pattern, new = chance.choice(changes)
    found = one_of(re.compile(pattern), data, chance)
    return replaced(data, found, new)


def nest_mail(data: bytes, chance: Random) -> bytes:
    """Put the mail into itself."""
    for depth in range(chance.choice((1, 5, 60))):
        head = f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'
        data = head.encode() + b"Content-Type: message/rfc822\r\n\r\n" + data
    return data


_TEXT: tuple[Mutation, ...] = (
    *(lines_mixed, marks, marks, number, strange_characters, inflate),
    *BYTES,
)
TEXT: Mapping[str, tuple[Mutation, ...]] = {
    "csv": (*_TEXT, marks, marks, other_encoding),
    "md": (*_TEXT, marks, marks),
    "txt": _TEXT,
    "html": (*_TEXT, *XML),
    "eml": (*_TEXT, *(mail_header,) * 6, nest_mail),
}
