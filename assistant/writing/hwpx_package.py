"""The package of a HWPX document: its parts, what it says of itself, and the zip around them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

from lxml import etree

from assistant.domain import Draft
from assistant.writing.facts import Fact, facts
from assistant.writing.hwpx_picture import Image
from assistant.writing.hwpx_xml import add, root, serialised

MIMETYPE = b"application/hwp+zip"
HEADER, SECTION, SETTINGS = "Contents/header.xml", "Contents/section0.xml", "settings.xml"
CONTENT, PREVIEW, RDF = "Contents/content.hpf", "Preview/PrvText.txt", "META-INF/container.rdf"
PREVIEW_LIMIT = 1000

_XML = "application/xml"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the same draft gives the same bytes, whenever it is written
_VERSION = "http://www.hancom.co.kr/hwpml/2011/version"
_CONTAINER = "urn:oasis:names:tc:opendocument:xmlns:container"
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PKG = "http://www.hancom.co.kr/hwpml/2016/meta/pkg#"


def packed(
    draft: Draft, *, header: bytes, section: bytes, images: Sequence[Image], preview: str
) -> bytes:
    """Return the package; the mark of its kind comes first and uncompressed."""
    parts = {
        "version.xml": _version(),
        HEADER: header,
        **{image.path: image.data for image in images},
        SECTION: section,
        PREVIEW: preview[:PREVIEW_LIMIT].encode(),
        SETTINGS: _settings(),
        RDF: _rdf(),
        CONTENT: _content(draft, images),
        "META-INF/container.xml": _container(),
        "META-INF/manifest.xml": _manifest(),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        _put(package, "mimetype", MIMETYPE, zipfile.ZIP_STORED)
        for name, data in parts.items():
            _put(package, name, data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _put(package: zipfile.ZipFile, name: str, data: bytes, compression: int) -> None:
    info = zipfile.ZipInfo(name, date_time=_EPOCH)
    info.compress_type = compression
    info.create_system = 0
    package.writestr(info, data)


def _version() -> bytes:
    element = etree.Element(f"{{{_VERSION}}}HCFVersion", nsmap={"hv": _VERSION})
    attributes = {
        "tagetApplication": "WORDPROCESSOR",  # spelled so by Hangul, which needs it
        "major": "5",
        "minor": "1",
        "micro": "0",
        "buildNumber": "1",
        "os": "1",
        "xmlVersion": "1.4",
        "application": "Gongmun",
        "appVersion": "1.0",
    }
    element.attrib.update(attributes)
    return serialised(element)


def _settings() -> bytes:
    element = root("ha:HWPApplicationSetting")
    add(element, "ha:CaretPosition", {"listIDRef": 0, "paraIDRef": 0, "pos": 0})
    return serialised(element)


def _container() -> bytes:
    element = etree.Element(f"{{{_CONTAINER}}}container", nsmap={"ocf": _CONTAINER})
    files = etree.SubElement(element, f"{{{_CONTAINER}}}rootfiles")
    for path, kind in (
        (CONTENT, "application/hwpml-package+xml"),
        (PREVIEW, "text/plain"),
        (RDF, "application/rdf+xml"),
    ):
        attributes = {"full-path": path, "media-type": kind}
        etree.SubElement(files, f"{{{_CONTAINER}}}rootfile", attributes)
    return serialised(element)


def _manifest() -> bytes:
    return serialised(etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"odf": _MANIFEST}))


def _rdf() -> bytes:
    element = etree.Element(f"{{{_RDF}}}RDF", nsmap={"rdf": _RDF, "pkg": _PKG})

    def describe(about: str, predicate: str, resource: str) -> None:
        node = etree.SubElement(element, f"{{{_RDF}}}Description", {f"{{{_RDF}}}about": about})
        etree.SubElement(node, predicate, {f"{{{_RDF}}}resource": resource})

    for path, kind in ((HEADER, "HeaderFile"), (SECTION, "SectionFile")):
        describe("", f"{{{_PKG}}}hasPart", path)
        describe(path, f"{{{_RDF}}}type", f"{_PKG}{kind}")
    describe("", f"{{{_RDF}}}type", f"{_PKG}Document")
    return serialised(element)


def _content(draft: Draft, images: Sequence[Image]) -> bytes:
    package = root("opf:package", {"version": "", "unique-identifier": "", "id": ""})
    _add_metadata(package, draft)
    manifest = add(package, "opf:manifest")
    for name, path in (("header", HEADER), ("section0", SECTION), ("settings", SETTINGS)):
        add(manifest, "opf:item", {"id": name, "href": path, "media-type": _XML})
    for image in images:
        place = {"id": image.name, "href": image.path, "media-type": image.media_type}
        add(manifest, "opf:item", {**place, "isEmbeded": 1})  # spelled so by Hangul
    spine = add(package, "opf:spine")
    for name in ("header", "section0"):
        add(spine, "opf:itemref", {"idref": name, "linear": "yes"})
    return serialised(package)


def _add_metadata(package: etree._Element, draft: Draft) -> None:
    """Write the fields that Hangul shows as 문서 정보, then every fact under its own key."""
    known = facts(draft)
    made = _utc(draft.facts.created_at)
    metadata = add(package, "opf:metadata")
    add(metadata, "opf:title", text=draft.title)
    add(metadata, "opf:language", text="ko")
    shown = (
        ("creator", draft.facts.institution or draft.facts.generator),
        ("subject", draft.facts.summary),
        ("description", _described(known)),
        ("lastsaveby", draft.facts.reviewer or draft.facts.generator),
        ("CreatedDate", made),
        ("ModifiedDate", _utc(draft.facts.confirmed_at) or made),
        ("date", made),
        ("keyword", ", ".join(draft.facts.keywords)),
    )
    own = ((f"gongmun.{fact.key}", fact.value) for fact in known)
    for name, value in (*shown, *own):
        add(metadata, "opf:meta", {"name": name, "content": "text"}, text=value or None)


def _described(known: Sequence[Fact]) -> str:
    return "\n".join(f"{fact.label}: {fact.value}" for fact in known)


def _utc(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""
