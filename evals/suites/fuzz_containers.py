"""Changes to what lies within archives and compound files, for the fuzzer."""

from __future__ import annotations

import io
import lzma
import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from random import Random

import olefile  # type: ignore[import-untyped]  # no stubs

from evals.suites.fuzz_markup import BYTES, LARGEST, LENGTHS, XML, Mutation, flip_bits, set_length

_MEMBER_NAMES = ("../a.xml", "/a.xml", "C:\\a.xml", "", "a" * 5_000, "가/" * 200, "mimetype")


# -- archives ---------------------------------------------------------------------------------


def member(data: bytes, chance: Random) -> bytes:
    """Change what is in one member."""
    members = _members(data)
    if not members:
        return flip_bits(data, chance)
    at = chance.randrange(len(members))
    name, body = members[at]
    is_markup = body.lstrip()[:1] == b"<"
    change = chance.choice(XML if is_markup and chance.random() < 0.9 else BYTES)
    members[at] = (name, change(body, chance))
    return _packed(members, chance)


def large_member(data: bytes, chance: Random) -> bytes:
    """Change one of the larger parts, where the text is."""
    members = _members(data)
    if not members:
        return flip_bits(data, chance)
    largest = sorted(range(len(members)), key=lambda n: -len(members[n][1]))[:3]
    at = chance.choice(largest)
    name, body = members[at]
    for _ in range(chance.choice((1, 1, 3, 10))):
        body = chance.choice(XML)(body, chance)[:LARGEST]
    members[at] = (name, body)
    return _packed(members, chance)


def exchange_members(data: bytes, chance: Random) -> bytes:
    """Put the content of one member into another."""
    members = _members(data)
    if len(members) < 2:
        return data
    one, other = chance.sample(range(len(members)), 2)
    name = members[one][0]
    members[one] = (name, members[other][1])
    return _packed(members, chance)


def drop_member(data: bytes, chance: Random) -> bytes:
    """Leave out a member."""
    members = _members(data)
    if members:
        del members[chance.randrange(len(members))]
    return _packed(members, chance)


def double_member(data: bytes, chance: Random) -> bytes:
    """Write a member twice, the second time with other content."""
    members = _members(data)
    if not members:
        return data
    name, body = chance.choice(members)
    return _packed([*members, (name, flip_bits(body, chance))], chance)


def rename_member(data: bytes, chance: Random) -> bytes:
    """Give a member a name that leads elsewhere."""
    members = _members(data)
    if not members:
        return data
    at = chance.randrange(len(members))
    members[at] = (chance.choice(_MEMBER_NAMES), members[at][1])
    return _packed(members, chance)


def nest_archive(data: bytes, chance: Random) -> bytes:
    """Put the archive into itself, and that again."""
    for depth in range(chance.choice((1, 2, 6))):
        data = _packed([(f"{depth}.{chance.choice(('zip', 'hwpx', 'docx'))}", data)], chance)
    return data


def many_members(data: bytes, chance: Random) -> bytes:
    """Add more members than anybody reads."""
    more = [(f"a/{number}.md", b"# a") for number in range(chance.choice((30, 1_990, 2_500)))]
    return _packed([*_members(data), *more], chance)


def directory_field(data: bytes, chance: Random) -> bytes:
    """Let the directory of the archive lie about sizes, places and methods."""
    mark = chance.choice((b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"))
    places = [found.start() for found in re.finditer(re.escape(mark), data)]
    if not places:
        return data
    at = chance.choice(places) + 4 + 2 * chance.randrange(20)
    value = struct.pack("<H", chance.choice((0, 1, 8, 12, 99, 0x7FFF, 0xFFFF)))
    return data[:at] + value + data[at + 2 :]


ARCHIVE: tuple[Mutation, ...] = (
    *(member, member, large_member, large_member, large_member, large_member, exchange_members),
    *(drop_member, double_member, rename_member, nest_archive, many_members, directory_field),
)


def _members(data: bytes) -> list[tuple[str, bytes]]:
    """Return what can still be read of an archive that may be damaged already."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()[:200]
            if sum(info.file_size for info in infos) > LARGEST:
                return []
            return [(info.filename, _unpacked(archive, info)) for info in infos]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, zlib.error, lzma.LZMAError):
        return []
    except (RuntimeError, struct.error, OverflowError):  # said to be encrypted; cut fields
        return []


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        return member.read(LARGEST)


def _packed(members: Sequence[tuple[str, bytes]], chance: Random) -> bytes:
    file = io.BytesIO()
    usual = zipfile.ZIP_DEFLATED
    odd = chance.choice((usual,) * 9 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")  # that two members have one name is the purpose
        for name, body in members:
            info = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            archive.writestr(info, body, zipfile.ZIP_STORED if name == "mimetype" else odd)
    return file.getvalue()


# -- compound files (HWP 5, XLS) --------------------------------------------------------------


def compound_stream(data: bytes, chance: Random) -> bytes:
    """Change the records within a stream that lies in one piece, packed again where it was."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as compound:
            names = ["/".join(parts) for parts in compound.listdir(storages=False)]
            texts = [n for n in names if "Section" in n or "DocInfo" in n or n == "Workbook"]
            stream = compound.openstream(chance.choice(texts or names)).read()
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError):
        return flip_bits(data, chance)  # an earlier change has broken the container
    at = data.find(stream)
    changed = _changed_stream(stream, chance)
    if at < 0 or not stream or len(changed) > len(stream):
        return set_length(data, chance)
    return data[:at] + changed.ljust(len(stream), b"\x00") + data[at + len(stream) :]


def _changed_stream(stream: bytes, chance: Random) -> bytes:
    unpacker = zlib.decompressobj(-15)
    try:
        unpacked = unpacker.decompress(stream, LARGEST)
    except zlib.error:
        return records(stream, chance)
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(records(unpacked, chance)) + packer.flush()


def records(data: bytes, chance: Random) -> bytes:
    """Change kinds, levels, sizes and contents of HWP records."""
    found: list[tuple[int, int, bytes]] = []
    at = 0
    while at + 4 <= len(data):
        (head,) = struct.unpack_from("<I", data, at)
        size, at = head >> 20, at + 4
        if size == 0xFFF and at + 4 <= len(data):
            size, at = struct.unpack_from("<I", data, at)[0], at + 4
        found.append((head & 0x3FF, head >> 10 & 0x3FF, data[at : at + size]))
        at += size
    for _ in range(chance.randrange(1, 12) if found else 0):
        _change_record(found, chance)
    return b"".join(_record(*record, chance) for record in found)


def _change_record(found: list[tuple[int, int, bytes]], chance: Random) -> None:
    at = chance.randrange(len(found))
    tag, level, body = found[at]
    change = chance.randrange(6)
    if change == 0:
        tag = chance.choice((tag ^ 1, 66, 67, 71, 72, 77, chance.randrange(1024)))
    elif change == 1:
        level = chance.choice((0, level + 1, level + 5, 1023))
    elif change == 2:
        other = chance.randrange(len(found))
        found[at], found[other] = found[other], found[at]
        return
    elif change == 3 and len(found) < 50_000:
        found[at:at] = found[at : at + 20] * chance.choice((1, 30))
        return
    else:
        body = chance.choice(BYTES)(body, chance)
    found[at] = (tag, min(level, 1023), body)


def _record(tag: int, level: int, body: bytes, chance: Random) -> bytes:
    size = len(body)
    if chance.random() < 0.001:
        size = chance.choice(LENGTHS)
    head = tag | level << 10 | min(size, 0xFFF) << 20
    more = struct.pack("<I", size) if size >= 0xFFF else b""
    return struct.pack("<I", head) + more + body
