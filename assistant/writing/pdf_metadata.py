"""Adds the facts of a draft to the XMP metadata of a PDF, as PDF/A asks: with their own schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from assistant.writing.facts import Fact
from assistant.writing.pdf_objects import Edit, edited

NAMESPACE = "urn:gongmun:draft:1.0#"
PREFIX = "gongmun"

_MAX_GENERATOR = 1000
_METADATA = re.compile(
    rb"<</Length (\d+)/Type/Metadata/Subtype/XML>>\s*stream\n(.*?)\nendstream", re.S
)
_CREATOR_TOOL = re.compile(r"<xmp:CreatorTool>[^<]*</xmp:CreatorTool>")
_CREATOR = re.compile(rb"/Creator\(Typst [0-9.]+\)")
_SCHEMAS = re.compile(
    r"<pdfaExtension:schemas><rdf:Bag>(.*)</rdf:Bag></pdfaExtension:schemas>", re.S
)
_FIRST_DESCRIPTION = "<rdf:Description "
_LAST = "</rdf:RDF>"
_SPACES = "".join(
    f' xmlns:pdfa{name}="http://www.aiim.org/pdfa/ns/{path}"'
    for name, path in (
        ("Extension", "extension/"),
        ("Schema", "schema#"),
        ("Property", "property#"),
    )
)


def with_facts(pdf: bytes, facts: Sequence[Fact], *, generator: str) -> bytes:
    """Return the PDF with the facts in its metadata, its table of objects put right.

    Raises:
        ValueError: The file is not laid out as typst does it.
    """
    found = _METADATA.search(pdf)
    schemas = _SCHEMAS.search(found[2].decode()) if found else None
    if found is None or schemas is None:
        raise ValueError("no XMP metadata of the known form")
    packet = found[2].decode()
    # The schemas stand apart and first, where simple checkers look for them.
    described = _description(_SPACES, _schemas(schemas[1] + _schema(facts)))
    packet = packet.replace(schemas[0], "")
    packet = packet.replace(_FIRST_DESCRIPTION, described + _FIRST_DESCRIPTION, 1)
    packet = packet.replace(_LAST, _properties(facts) + _LAST, 1)
    generator = generator[:_MAX_GENERATOR]
    tool = f"<xmp:CreatorTool>{escape(generator)}</xmp:CreatorTool>"
    new = _CREATOR_TOOL.sub(lambda _: tool, packet, count=1).encode()
    head = f"<</Length {len(new)}/Type/Metadata/Subtype/XML>>\nstream\n".encode()
    edits = [Edit(start=found.start(), end=found.end(), new=head + new + b"\nendstream")]
    if creator := _CREATOR.search(pdf):  # says the same in the older place
        name = generator.encode("utf-16-be").hex().upper()
        new = f"/Creator<FEFF{name}>".encode()
        edits.append(Edit(start=creator.start(), end=creator.end(), new=new))
    return edited(pdf, edits)


def _description(spaces: str, content: str) -> str:
    return f'<rdf:Description rdf:about=""{spaces}>{content}</rdf:Description>'


def _properties(facts: Sequence[Fact]) -> str:
    values = (f"<{PREFIX}:{f.key}>{escape(f.value)}</{PREFIX}:{f.key}>" for f in facts)
    return _description(f' xmlns:{PREFIX}="{NAMESPACE}"', "".join(values))


def _schemas(rows: str) -> str:
    return f"<pdfaExtension:schemas><rdf:Bag>{rows}</rdf:Bag></pdfaExtension:schemas>"


def _schema(facts: Sequence[Fact]) -> str:
    """Describe our properties, without which PDF/A allows none but its own."""
    rows = "".join(
        '<rdf:li rdf:parseType="Resource">'
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{escape(fact.label)}</pdfaProperty:description>"
        f"<pdfaProperty:name>{fact.key}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType></rdf:li>"
        for fact in facts
    )
    return (
        '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Gongmun draft</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
        f"<pdfaSchema:prefix>{PREFIX}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{rows}</rdf:Seq></pdfaSchema:property></rdf:li>"
    )
