"""DOCX: the package of parts that Word and LibreOffice open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from assistant.domain import Draft
from assistant.writing import docx_facts, docx_styles
from assistant.writing.docx_body import Body, footer
from assistant.writing.docx_xml import DECLARATION

_OPEN = "http://schemas.openxmlformats.org/package/2006"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_CORE_KIND = "application/vnd.openxmlformats-package.core-properties+xml"
_FOOTER = "rIdFooter"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the same draft gives the same bytes

_CONTENT_TYPES = {
    "word/document.xml": f"{_WORD}.document.main+xml",
    "word/styles.xml": f"{_WORD}.styles+xml",
    "word/numbering.xml": f"{_WORD}.numbering+xml",
    "word/settings.xml": f"{_WORD}.settings+xml",
    "word/fontTable.xml": f"{_WORD}.fontTable+xml",
    "word/footer1.xml": f"{_WORD}.footer+xml",
    "docProps/core.xml": _CORE_KIND,
    "docProps/app.xml": f"{_OFFICE}.extended-properties+xml",
    "docProps/custom.xml": f"{_OFFICE}.custom-properties+xml",
}


def write(draft: Draft) -> bytes:
    """Return the draft as a DOCX file that refers to nothing outside itself."""
    body = Body(draft)
    document = body.part(_FOOTER)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _document_relations(name for name, _ in body.pictures),
        "word/styles.xml": docx_styles.styles(draft.style),
        "word/numbering.xml": body.lists.part(),
        "word/settings.xml": docx_styles.settings(),
        "word/fontTable.xml": docx_styles.fonts(),
        "word/footer1.xml": footer(),
        "docProps/core.xml": docx_facts.core(draft),
        "docProps/app.xml": docx_facts.app(draft),
        "docProps/custom.xml": docx_facts.custom(draft),
        **{f"word/media/{name}": data for name, data in body.pictures},
    }
    return _zipped(parts)


def _zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            member = zipfile.ZipInfo(name, _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(member, data)
    return buffer.getvalue()


def _content_types() -> bytes:
    suffixes = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
    }
    said = "".join(
        f'<Default Extension="{suffix}" ContentType="{kind}"/>' for suffix, kind in suffixes.items()
    )
    said += "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in _CONTENT_TYPES.items()
    )
    return f'{DECLARATION}<Types xmlns="{_OPEN}/content-types">{said}</Types>'.encode()


def _package_relations() -> bytes:
    return _relations(
        (
            ("rId1", f"{_RELATION}/officeDocument", "word/document.xml"),
            ("rId2", f"{_OPEN}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("rId3", f"{_RELATION}/extended-properties", "docProps/app.xml"),
            ("rId4", f"{_RELATION}/custom-properties", "docProps/custom.xml"),
        )
    )


def _document_relations(pictures: Iterable[str]) -> bytes:
    fixed = (
        ("rIdStyles", f"{_RELATION}/styles", "styles.xml"),
        ("rIdNumbering", f"{_RELATION}/numbering", "numbering.xml"),
        ("rIdSettings", f"{_RELATION}/settings", "settings.xml"),
        ("rIdFonts", f"{_RELATION}/fontTable", "fontTable.xml"),
        (_FOOTER, f"{_RELATION}/footer", "footer1.xml"),
    )
    shown = (
        (f"rIdPicture{number}", f"{_RELATION}/image", f"media/{name}")
        for number, name in enumerate(pictures, start=1)
    )
    return _relations((*fixed, *shown))


def _relations(rows: Iterable[tuple[str, str, str]]) -> bytes:
    said = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in rows
    )
    return (
        f'{DECLARATION}<Relationships xmlns="{_OPEN}/relationships">{said}</Relationships>'.encode()
    )
