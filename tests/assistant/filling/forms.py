"""Tiny templates written out for a test, and what stands in a filled file."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
P = "http://www.hancom.co.kr/hwpml/2011/paragraph"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def package(members: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, kind)
    return target.getvalue()


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Exchange one member and keep order and compression of the others."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry in old.infolist():
            new.writestr(entry, part if entry.filename == name else old.read(entry))
    return target.getvalue()


# -- DOCX -------------------------------------------------------------------------------------


def w_part(root: str, inside: str) -> str:
    return (
        f'<w:{root} xmlns:w="{W}" xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">'
        f"{inside}</w:{root}>"
    )


def docx(body: str, *, section: str = "<w:sectPr/>", **others: tuple[str, str]) -> bytes:
    """Return a DOCX; each of `others` is a part as (kind, inside), such as ("hdr", …)."""
    kinds = {"hdr": "header", "ftr": "footer", "footnotes": "footnotes"}
    overrides = {"word/document.xml": "document.main"}
    parts = {"word/document.xml": w_part("document", f"<w:body>{body}{section}</w:body>")}
    for name, (root, inside) in others.items():
        overrides[f"word/{name}.xml"] = kinds[root]
        parts[f"word/{name}.xml"] = w_part(root, inside)
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{WORD}.{kind}+xml"/>'
        for name, kind in overrides.items()
    )
    listed = "http://schemas.openxmlformats.org/package/2006/content-types"
    return package({"[Content_Types].xml": f'<Types xmlns="{listed}">{types}</Types>', **parts})


def w_p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{escape(run)}</w:t></w:r>" for run in runs) + "</w:p>"


def w_table(*rows: tuple[str, ...]) -> str:
    """Return a table; a cell that begins with `<` is taken as it stands."""
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(
                c if c.startswith("<w:tc>") else f"<w:tc>{c if c[:1] == '<' else w_p(c)}</w:tc>"
                for c in row
            )
            + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )


def merged(text: str, kind: str) -> str:
    return f'<w:tc><w:tcPr><w:vMerge w:val="{kind}"/></w:tcPr>{w_p(text)}</w:tc>'


# -- HWPX -------------------------------------------------------------------------------------


def hwpx(body: str, **others: str) -> bytes:
    sections = {"section0": body, **others}
    return package(
        {
            "mimetype": "application/hwp+zip",
            "Contents/header.xml": "<head/>",
            **{
                f"Contents/{name}.xml": (
                    '<hs:sec xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
                    f'xmlns:hp="{P}">{inside}</hs:sec>'
                )
                for name, inside in sections.items()
            },
            "Preview/PrvText.txt": "예전 글",
        }
    )


def h_p(*runs: str, number: str = "0") -> str:
    inside = "".join(f'<hp:run charPrIDRef="7"><hp:t>{escape(run)}</hp:t></hp:run>' for run in runs)
    return (
        f'<hp:p id="{number}" paraPrIDRef="3" styleIDRef="1">{inside}'
        '<hp:linesegarray><hp:lineseg textpos="0"/></hp:linesegarray></hp:p>'
    )


def h_cell(text: str, *, column: int, row: int, rows: int = 1) -> str:
    inside = text if text.startswith("<hp:p") else h_p(text, number=str(9000 + 10 * row + column))
    return (
        f"<hp:tc><hp:subList>{inside}</hp:subList>"
        f'<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="1" rowSpan="{rows}"/>'
        '<hp:cellSz width="100" height="50"/></hp:tc>'
    )


def h_table(*rows: tuple[str | tuple[str, int] | None, ...], number: str = "501") -> str:
    """Return a table in a paragraph; a cell is a text, a text and its row span, or covered."""
    written = ""
    for r, row in enumerate(rows):
        cells = [(c, (cell, 1) if isinstance(cell, str) else cell) for c, cell in enumerate(row)]
        inside = "".join(
            h_cell(cell[0], column=c, row=r, rows=cell[1]) for c, cell in cells if cell
        )
        written += f"<hp:tr>{inside}</hp:tr>"
    return (
        f'<hp:p id="0" paraPrIDRef="0" styleIDRef="0"><hp:run charPrIDRef="0">'
        f'<hp:tbl id="{number}" zOrder="{number}" rowCnt="{len(rows)}" colCnt="{len(rows[0])}">'
        f'<hp:sz width="100" height="{50 * len(rows)}"/>{written}</hp:tbl></hp:run>'
        "<hp:linesegarray/></hp:p>"
    )


# -- reading back -----------------------------------------------------------------------------

_NEW_LINES = {f"{{{W}}}br": "\n", f"{{{P}}}lineBreak": "\n"}
_TABS = {f"{{{W}}}tab": "\t", f"{{{P}}}tab": "\t"}


def part(data: bytes, name: str = "") -> etree._Element:
    found = members(data)
    return etree.fromstring(found[name or ("word/document.xml" if "word/document.xml" in found
                                           else "Contents/section0.xml")])  # fmt: skip


def paragraphs(data: bytes, name: str = "") -> list[str]:
    """Return the own text of each paragraph that has any."""
    root = part(data, name)
    found = (_own_text(p) for p in root.iter(f"{{{W}}}p", f"{{{P}}}p"))
    return [text for text in found if text]


def _own_text(paragraph: etree._Element) -> str:
    pieces = []
    for run in paragraph.iter(f"{{{W}}}r", f"{{{P}}}run"):
        if next(run.iterancestors(paragraph.tag), None) is not paragraph:
            continue
        for child in run:
            pieces.append(_NEW_LINES.get(child.tag, "") + _TABS.get(child.tag, ""))
            if child.tag in (f"{{{W}}}t", f"{{{P}}}t"):
                pieces.append(child.text or "")
                for inner in child:
                    pieces.append(_NEW_LINES.get(inner.tag, "") + _TABS.get(inner.tag, ""))
                    pieces.append(inner.tail or "")
    return "".join(pieces)
