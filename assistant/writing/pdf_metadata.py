"""Adds the facts of a draft to the XMP metadata of a PDF, as PDF/A asks: with their own schema."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from assistant.writing.facts import Fact
from assistant.writing.pdf_objects import Edit, edited

NAMESPACE = "urn:gongmun:draft:1.0#"
PREFIX = "gongmun"

_METADATA = re.compile(
    rb"<</Length (\d+)/Type/Metadata/Subtype/XML>>\s*stream\n(.*?)\nendstream", re.S
)
_CREATOR_TOOL = re.compile(rb"<xmp:CreatorTool>[^<]*</xmp:CreatorTool>")
_SCHEMAS_END = b"</rdf:Bag></pdfaExtension:schemas>"
_DESCRIPTION_END = b"</rdf:RDF>"


def with_facts(pdf: bytes, facts: Sequence[Fact], *, generator: str) -> bytes:
    """Return the PDF with the facts in its metadata, its table of objects put right.

    Raises:
        ValueError: The file is not laid out as typst does it.
    """
    found = _METADATA.search(pdf)
    if found is None or _SCHEMAS_END not in found[2]:
        raise ValueError("no XMP metadata of the known form")
    packet = found[2].replace(_SCHEMAS_END, _schema(facts).encode() + _SCHEMAS_END, 1)
    packet = packet.replace(_DESCRIPTION_END, _properties(facts).encode() + _DESCRIPTION_END, 1)
    tool = f"<xmp:CreatorTool>{escape(generator)}</xmp:CreatorTool>".encode()
    packet = _CREATOR_TOOL.sub(lambda _: tool, packet, count=1)
    head = f"<</Length {len(packet)}/Type/Metadata/Subtype/XML>>\nstream\n".encode()
    new = head + packet + b"\nendstream"
    return edited(pdf, [Edit(start=found.start(), end=found.end(), new=new)])


def _properties(facts: Sequence[Fact]) -> str:
    values = "".join(
        f"<{PREFIX}:{fact.key}>{escape(fact.value)}</{PREFIX}:{fact.key}>" for fact in facts
    )
    return f'<rdf:Description rdf:about="" xmlns:{PREFIX}="{NAMESPACE}">{values}</rdf:Description>'


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
