"""Tiny HWP 5 and HWPX files, made from scratch: an OLE container of records, a zip of XML."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://www.hancom.co.kr/hwpml/2011/{name}"'
    for prefix, name in (
        ("hp", "paragraph"),
        ("hs", "section"),
        ("hc", "core"),
        ("hh", "head"),
    )
)

# -- HWPX --------------------------------------------------------------------------------------

# Inks: 0 black, 1 white, 2 tiny. Shapes: 0 plain, 1 outline level 1, 2 and 3 numbered.
HEADER = """
<hh:borderFills>
  <hh:borderFill id="1"><hc:fillBrush><hc:winBrush faceColor="none"/></hc:fillBrush></hh:borderFill>
  <hh:borderFill id="2">
    <hc:fillBrush><hc:winBrush faceColor="#003366"/></hc:fillBrush>
  </hh:borderFill>
</hh:borderFills>
<hh:charProperties>
  <hh:charPr id="0" height="1000" textColor="#000000" shadeColor="none"/>
  <hh:charPr id="1" height="1000" textColor="#FFFFFF" shadeColor="none"/>
  <hh:charPr id="2" height="100" textColor="#000000" shadeColor="none"/>
</hh:charProperties>
<hh:numberings>
  <hh:numbering id="1">
    <hh:paraHead level="1" start="1" numFormat="DIGIT">^1.</hh:paraHead>
    <hh:paraHead level="2" start="1" numFormat="HANGUL_SYLLABLE">^2)</hh:paraHead>
  </hh:numbering>
</hh:numberings>
<hh:paraProperties>
  <hh:paraPr id="0"><hh:heading type="NONE" idRef="0" level="0"/></hh:paraPr>
  <hh:paraPr id="1"><hh:heading type="OUTLINE" idRef="0" level="0"/></hh:paraPr>
  <hh:paraPr id="2"><hh:heading type="NUMBER" idRef="1" level="0"/></hh:paraPr>
  <hh:paraPr id="3"><hh:heading type="NUMBER" idRef="1" level="1"/></hh:paraPr>
</hh:paraProperties>
<hh:styles>
  <hh:style id="0" type="PARA" name="바탕글" engName="Normal" paraPrIDRef="0" charPrIDRef="0"/>
</hh:styles>
"""
CONTENT = (
    '<opf:package xmlns:opf="http://www.idpf.org/2007/opf/"><opf:metadata>'
    '<opf:title>{title}</opf:title><opf:meta name="creator" content="text">가나시</opf:meta>'
    '</opf:metadata><opf:manifest><opf:item id="section0" href="Contents/section0.xml" '
    'media-type="application/xml"/></opf:manifest></opf:package>'
)


def p(*texts: str, inner: str = "", shape: int = 0, ink: int = 0) -> str:
    """Return a paragraph; `inner` is XML that stands in its run after the text."""
    run = "".join(f"<hp:t>{escape(text)}</hp:t>" for text in texts)
    return (
        f'<hp:p paraPrIDRef="{shape}" styleIDRef="0"><hp:run charPrIDRef="{ink}">'
        f"{run}{inner}</hp:run></hp:p>"
    )


@dataclass(frozen=True)
class Tc:
    """A cell: its place, its spans and the XML of its paragraphs."""

    row: int
    col: int
    body: str
    row_span: int = 1
    col_span: int = 1
    is_header: bool = False
    fill: int = 1


def tbl(*cells: Tc, caption: str = "", rows: int | None = None) -> str:
    """Return a table as it stands in a run."""
    height = rows or max(cell.row for cell in cells) + 1
    width = max(cell.col + cell.col_span for cell in cells)
    lines = []
    for row in range(height):
        line = "".join(map(_tc, (cell for cell in cells if cell.row == row)))
        lines.append(f"<hp:tr>{line}</hp:tr>")
    head = f"<hp:caption><hp:subList>{caption}</hp:subList></hp:caption>" if caption else ""
    return (
        f'<hp:tbl rowCnt="{height}" colCnt="{width}" borderFillIDRef="1" repeatHeader="1">'
        f"{head}{''.join(lines)}</hp:tbl>"
    )


def _tc(cell: Tc) -> str:
    return (
        f'<hp:tc header="{int(cell.is_header)}" borderFillIDRef="{cell.fill}">'
        f"<hp:subList>{cell.body}</hp:subList>"
        f'<hp:cellAddr colAddr="{cell.col}" rowAddr="{cell.row}"/>'
        f'<hp:cellSpan colSpan="{cell.col_span}" rowSpan="{cell.row_span}"/></hp:tc>'
    )


def grid(*rows: Sequence[str]) -> str:
    """Return a table of plain cells."""
    cells = [Tc(r, c, p(text)) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return tbl(*cells)


def make_hwpx(
    body: str,
    *,
    title: str = "",
    members: Mapping[str, str] | None = None,
    left_out: Sequence[str] = (),
) -> bytes:
    """Return a HWPX file with one section; `members` are added or take the place of others."""
    section = f'<?xml version="1.0" encoding="UTF-8"?><hs:sec {_NAMESPACES}>{body}</hs:sec>'
    files = {
        "mimetype": "application/hwp+zip",
        "Contents/content.hpf": CONTENT.format(title=escape(title)),
        "Contents/header.xml": f"<hh:head {_NAMESPACES}>{HEADER}</hh:head>",
        "Contents/section0.xml": section,
        **(members or {}),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            if name not in left_out:
                method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                archive.writestr(zipfile.ZipInfo(name), text, method)
    return target.getvalue()


# -- HWP 5: records ------------------------------------------------------------------------------

PASSWORD, DISTRIBUTION, DRM = 1 << 1, 1 << 2, 1 << 4
_COMPRESSED = 1


def record(tag: int, level: int, payload: bytes) -> bytes:
    """Return one record; a long one has its size in four more bytes."""
    size = len(payload)
    word = tag | level << 10 | min(size, 0xFFF) << 20
    return struct.pack("<I", word) + (struct.pack("<I", size) if size >= 0xFFF else b"") + payload


def control(code: int, name: bytes) -> str:
    """Return the eight units that stand in a text for a table, a note, a number."""
    return chr(code) + (name + b"\0" * 8).decode("utf-16-le") + chr(code)


@dataclass(frozen=True)
class HwpPara:
    """A paragraph and the records of the controls in it."""

    text: str
    shape: int = 0
    ink: int = 0
    controls: bytes = b""

    def at(self, level: int) -> bytes:
        """Return its records at this level."""
        units = (self.text + "\r").encode("utf-16-le", "surrogatepass")
        head = struct.pack("<IIHBBHHHI", len(units) // 2, 0, self.shape, 0, 0, 1, 0, 0, 0)
        inks = struct.pack("<II", 0, self.ink)
        return (
            record(66, level, head)
            + record(67, level + 1, units)
            + record(68, level + 1, inks)
            + self.controls
        )


@dataclass(frozen=True)
class HwpCell:
    """A cell of a HWP 5 table."""

    row: int
    col: int
    text: str
    row_span: int = 1
    col_span: int = 1
    is_header: bool = False


def hwp_table(rows: int, columns: int, cells: Sequence[HwpCell]) -> HwpPara:
    """Return the paragraph that holds a table."""
    common = b" lbt" + bytes(42)
    records = record(71, 1, common)
    records += record(77, 2, struct.pack("<IHH", 0, rows, columns) + bytes(14))
    for cell in cells:
        flags = int(cell.is_header) << 18
        place = struct.pack("<HHHH", cell.col, cell.row, cell.col_span, cell.row_span)
        head = struct.pack("<II", 1, flags) + place + bytes(16) + struct.pack("<H", 1)
        records += record(72, 2, head + bytes(13)) + HwpPara(cell.text).at(2)
    return HwpPara(control(11, b" lbt"), controls=records)


def hwp_list(name: bytes, texts: Sequence[str], *, code: int) -> HwpPara:
    """Return a paragraph with a footnote, a hidden comment and the like in it."""
    head = struct.pack("<II", len(texts), 0)
    records = record(71, 1, name + bytes(20)) + record(72, 2, head)
    records += b"".join(HwpPara(text).at(2) for text in texts)
    return HwpPara("앞" + control(code, name) + "뒤", controls=records)


def doc_info(sections: int = 1) -> bytes:
    """Return a DocInfo with three inks (black, white, tiny) and one shape."""
    inks = b""
    for height, colour in ((1000, 0), (1000, 0xFFFFFF), (100, 0)):
        shape = bytes(42) + struct.pack("<iIBBIII", height, 0, 0, 0, colour, 0, 0xFFFFFFFF)
        inks += record(21, 1, shape + bytes(6))
    name = "바탕글"
    style = struct.pack("<H", len(name)) + name.encode("utf-16-le") + struct.pack("<H", 0)
    return (
        record(16, 0, struct.pack("<H", sections) + bytes(24))
        + inks
        + record(25, 1, bytes(54))
        + record(26, 1, style + bytes(10))
    )


@dataclass(frozen=True)
class HwpFile:
    """What goes into a HWP 5 file."""

    paragraphs: Sequence[HwpPara] = ()
    flags: int = 0
    tail: bytes = b""
    streams: Mapping[str, bytes] = field(default_factory=dict)

    def section(self) -> bytes:
        """Return the records of the body."""
        return b"".join(para.at(0) for para in self.paragraphs) + self.tail

    def made(self) -> bytes:
        """Return the file."""
        flags = struct.pack("<I", self.flags | _COMPRESSED)
        header = b"HWP Document File".ljust(32, b"\0") + bytes((0, 0, 0, 5)) + flags
        streams = {
            "FileHeader": header.ljust(256, b"\0"),
            "DocInfo": deflated(doc_info()),
            "BodyText/Section0": deflated(self.section()),
            **self.streams,
        }
        return make_ole(streams)


def deflated(data: bytes) -> bytes:
    """Pack as Hangul does: a bare stream."""
    return zlib.compress(data, 9, wbits=-15)


def protected(section: bytes) -> bytes:
    """Return the ViewText stream of a distribution document: its key, then AES blocks."""
    from dochan.hwp.distdoc import _descramble
    from dochan.utils.aes import aes_cbc_encrypt_no_pad

    key_block = bytearray(range(256))
    offset = 4 + (key_block[0] & 15)
    stored = bytes(key_block)
    _descramble(key_block)
    key = bytes(key_block[offset : offset + 16])
    packed = deflated(section)
    packed += bytes(-len(packed) % 16)
    blocks = (packed[at : at + 16] for at in range(0, len(packed), 16))
    secret = b"".join(aes_cbc_encrypt_no_pad(key, bytes(16), block) for block in blocks)
    return record(28, 0, stored) + secret


# -- HWP 5: the container --------------------------------------------------------------------------

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096


def make_ole(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file; a path may name one storage, as in `BodyText/Section0`."""
    sectors: list[bytes] = []
    fat: list[int] = []
    mini, mini_fat = bytearray(), list[int]()

    def put(data: bytes) -> int:
        first = len(sectors)
        count = -(-len(data) // _SECTOR)
        sectors.extend(
            data[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(data), _SECTOR)
        )
        fat.extend([*range(first + 1, first + count), _END])
        return first

    def put_mini(data: bytes) -> int:
        first = len(mini) // _MINI
        count = -(-len(data) // _MINI)
        mini.extend(data.ljust(count * _MINI, b"\0"))
        mini_fat.extend([*range(first + 1, first + count), _END])
        return first

    entries: list[tuple[str, int, int, int]] = []  # name, kind, first sector, size
    children: dict[str, list[int]] = {"": []}
    for path in sorted(streams):
        storage, _, name = path.rpartition("/")
        if storage and storage not in children:
            children[storage] = []
            entries.append((storage, 1, 0, 0))
            children[""].append(len(entries))
        data = streams[path]
        start = put(data) if len(data) >= _CUTOFF else put_mini(data)
        entries.append((name, 2, start, len(data)))
        children[storage].append(len(entries))
    root = put(bytes(mini)) if mini else _END
    mini_table = struct.pack(f"<{len(mini_fat)}I", *mini_fat)
    mini_start = put(_filled(mini_table)) if mini_fat else _END
    directory = _directory(entries, children, root, len(mini))
    directory_start = put(directory)
    count = 1
    while (len(sectors) + count) * 4 > count * _SECTOR:
        count += 1
    fat_start = len(sectors)
    fat.extend([_FAT] * count)
    table = _filled(struct.pack(f"<{len(fat)}I", *fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 3, 0xFFFE, 9, 6),
        *(0, count, directory_start, 0, _CUTOFF),
        *(mini_start, -(-len(mini_table) // _SECTOR), _END, 0),
    )
    places = [*range(fat_start, fat_start + count)]
    places += [_FREE] * (109 - count)
    return header + struct.pack("<109I", *places) + b"".join(sectors) + table


def _filled(table: bytes) -> bytes:
    return table + b"\xff" * (-len(table) % _SECTOR)


def _directory(
    entries: Sequence[tuple[str, int, int, int]],
    children: Mapping[str, Sequence[int]],
    root: int,
    mini_bytes: int,
) -> bytes:
    right = dict.fromkeys(range(len(entries) + 1), _FREE)
    for members in children.values():
        ordered = sorted(members, key=lambda i: (len(entries[i - 1][0]), entries[i - 1][0].upper()))
        right.update(pairwise(ordered))
    first = {
        name: min(members, key=lambda i: (len(entries[i - 1][0]), entries[i - 1][0].upper()))
        for name, members in children.items()
    }
    data = _entry("Root Entry", 5, _FREE, first[""], root, mini_bytes)
    for index, (name, kind, start, size) in enumerate(entries, start=1):
        child = first[name] if kind == 1 else _FREE
        data += _entry(name, kind, right[index], child, start, size)
    while len(data) % _SECTOR:
        data += bytes(68) + struct.pack("<III", _FREE, _FREE, _FREE) + bytes(48)
    return data


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    title = name.encode("utf-16-le") + b"\0\0"
    return (
        title.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(title), kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )
