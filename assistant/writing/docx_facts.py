"""What a DOCX says of itself: core, application and custom properties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape

from assistant.domain import Draft
from assistant.text import truncate
from assistant.writing.docx_xml import DECLARATION
from assistant.writing.facts import ai_statement, facts

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_CORE_CHARS = 255  # what Word keeps of a core property; the whole stands among the custom ones


def core(draft: Draft) -> bytes:
    """Return the core properties: title, summary, keywords, institution, what the AI did."""
    known = draft.facts
    remark = "; ".join(filter(None, (known.generator, ai_statement(draft))))
    rows = (
        ("dc:title", draft.title),
        ("dc:subject", known.summary),
        ("dc:creator", known.institution),
        ("cp:keywords", ", ".join(known.keywords)),
        ("dc:description", remark),
        ("cp:lastModifiedBy", known.reviewer),
    )
    said = [
        f"<{name}>{escape(truncate(value, _CORE_CHARS))}</{name}>" for name, value in rows if value
    ]
    said += _times(known.created_at, known.confirmed_at or known.created_at)
    said.append("<dc:language>ko-KR</dc:language>")
    return f"{DECLARATION}<cp:coreProperties {_CORE}>{''.join(said)}</cp:coreProperties>".encode()


def app(draft: Draft) -> bytes:
    """Return the application properties: which program wrote the file."""
    space = f'xmlns="{_OFFICE}/extended-properties"'
    name = f"<Application>{escape(draft.facts.generator)}</Application>"
    return f"{DECLARATION}<Properties {space}>{name}</Properties>".encode()


def custom(draft: Draft) -> bytes:
    """Return every fact as a custom property under its Korean label, uncut."""
    space = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    said = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name="{escape(fact.label)}">'
        f"<vt:lpwstr>{escape(fact.value)}</vt:lpwstr></property>"
        for number, fact in enumerate(facts(draft), start=2)
    )
    return f"{DECLARATION}<Properties {space}>{said}</Properties>".encode()


def _times(created: datetime | None, modified: datetime | None) -> Iterator[str]:
    for name, moment in (("created", created), ("modified", modified)):
        if moment is not None:
            text = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            yield f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{text}</dcterms:{name}>'
