"""Makes the files in `tests/data/reading`, and the larger ones that are not worth keeping.

Run `python -m tests.assistant.reading.builders` to write the kept files anew. All content is
invented: no such rule, firm or product exists.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import pypdf

DATA = Path(__file__).parents[2] / "data" / "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text on a page; `colour` and `box` are shares of red, green and blue."""

    text: str
    y: float
    x: float = 60
    size: float = 12
    colour: tuple[float, float, float] = (0, 0, 0)
    mode: int = 0
    box: tuple[float, float, float] | None = None


def make_pdf(pages: list[list[Line]], *, title: str = "") -> bytes:
    """A PDF in Korean, the font named and not embedded."""
    return raw_pdf([_content(lines) for lines in pages], title=title)


def raw_pdf(contents: list[bytes], *, title: str = "") -> bytes:
    """A PDF with the given page contents."""
    count = len(contents)
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /UniKS-UTF16-H "
        b"/DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Sample /DW 1000 /CIDSystemInfo "
        b"<< /Registry (Adobe) /Ordering (Korea1) /Supplement 1 >> /FontDescriptor 5 0 R >>",
        b"<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 -200 1000 900] "
        b"/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>",
    ]
    for index, content in enumerate(contents):
        packed = zlib.compress(content, 9)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {7 + 2 * index} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(
            f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
            + packed
            + b"\nendstream"
        )
    info = "FEFF" + title.encode("utf-16-be").hex()
    objects.append(f"<< /Title <{info}> >>".encode())
    return _file(objects)


def _file(objects: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    out += (
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
        f"startxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(out)


def _content(lines: list[Line]) -> bytes:
    pieces = []
    for line in lines:
        if line.box is not None:
            red, green, blue = line.box
            pieces.append(f"{red} {green} {blue} rg 40 {line.y - 6} 500 {line.size + 10} re f")
        red, green, blue = line.colour
        pieces.append(
            f"BT /F1 {line.size} Tf {line.mode} Tr {red} {green} {blue} rg "
            f"1 0 0 1 {line.x} {line.y} Tm <{line.text.encode('utf-16-be').hex()}> Tj ET"
        )
    return "\n".join(pieces).encode()


def report_pages() -> list[list[Line]]:
    """Three pages with running head, page numbers, an article split over two lines."""
    bodies = [
        ["Ⅰ. 추진 배경", "가나시는 공원 이용 불편을 줄이기 위하여 무인 안내기를 시범구매한다."],
        [
            "제1조(목적) 이 지침은 가나시가 시범구매한 제품의 관리에 필요한 사항",
            "을 정함을 목적으로 한다.",
            "① 담당자는 제품을 받은 날부터 14일 이내에 설치한다.",
        ],
        ["제2조(점검) 담당자는 매월 1회 이상 제품을 점검하여야 한다."],
    ]
    pages = []
    for number, body in enumerate(bodies, 1):
        lines = [Line(text="가나시 시범구매 관리 지침(예시)", y=800, size=9)]
        lines += [Line(text=text, y=740 - 24 * i) for i, text in enumerate(body)]
        lines.append(Line(text=f"- {number} -", y=30, x=280, size=9))
        pages.append(lines)
    return pages


def locked_pdf(data: bytes, password: str) -> bytes:
    """The same PDF, readable with `password` only."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(user_password=password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def flate_bomb(unpacked_bytes: int) -> bytes:
    """A small PDF whose page is mostly blanks once unpacked."""
    return raw_pdf([b" " * unpacked_bytes])


def operator_bomb(operators: int) -> bytes:
    """A small PDF that asks for very many text operators."""
    return raw_pdf([b"BT /F1 12 Tf " + b"(ab) Tj 1 0 0 1 0 0 Tm " * operators + b" ET"])


def make_zip(members: dict[str, bytes]) -> bytes:
    """A zip with these members, the first stored as office formats want it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for index, (name, body) in enumerate(members.items()):
            method = zipfile.ZIP_DEFLATED if index else zipfile.ZIP_STORED
            archive.writestr(name, body, compress_type=method)
    return out.getvalue()


def make_ole(stream: str, body: bytes = b"") -> bytes:
    """The beginning of an OLE container that names one stream."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    return head + stream.encode("utf-16-le") + bytes(64) + body


NOTICE = """가나시 공고(예시)

무인 안내기 시범사용 기관을 모집합니다.
신청 기한은 접수일부터 7일입니다.

문의: 가나시 혁신구매팀"""


def write_files() -> None:
    """Write the kept files."""
    DATA.mkdir(parents=True, exist_ok=True)
    report = make_pdf(report_pages(), title="가나시 시범구매 관리 지침(예시)")
    kept = {
        "report.pdf": report,
        "locked.pdf": locked_pdf(report, "sample"),
        "cut_short.pdf": report[: len(report) // 5],
        "no_text.pdf": raw_pdf([b"0 0 1 rg 100 100 300 300 re f"]),
        "notice_cp949.txt": NOTICE.encode("cp949"),
        "notice_utf16.txt": NOTICE.encode("utf-16"),
        "renamed.hwpx": report,
    }
    for name, data in kept.items():
        (DATA / name).write_bytes(data)


if __name__ == "__main__":
    write_files()
