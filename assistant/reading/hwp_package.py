"""HWPX: a zip of XML parts, checked and packed anew so that the library sees only what we saw."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.errors import DocumentUnreadableError
from assistant.reading import hwp_inks, hwp_numbering
from assistant.reading.hwp_inks import Inks
from assistant.reading.hwp_library import read_package
from assistant.reading.hwp_numbering import Numbering
from assistant.reading.hwp_parts import Found
from assistant.reading.hwp_scripts import holds_program
from assistant.reading.package import Element, Package, check_xml, open_package, parse_xml

_CONTENT = "Contents/content.hpf"
_HEADER = "Contents/header.xml"
_MANIFEST = "META-INF/manifest.xml"
_MIMETYPE = b"application/hwp+zip"
_PARTS = re.compile(r"(?i)(Contents/section\d+\.xml|Chart/[^/]+\.xml)\Z")
_SECTION = re.compile(r"(?i)Contents/section\d+\.xml\Z")
_SCRIPTS = re.compile(r"(?i)Scripts/")
_IS_UTF8 = re.compile(rb"(?:\xef\xbb\xbf)?<(?!\?xml[^>]{0,200}encoding=.(?!utf-8))", re.IGNORECASE)
_FORBIDDEN = bytes(code for code in range(32) if code not in b"\t\n\r")
_METADATA = {
    "creator": "author",
    "subject": "subject",
    "description": "description",
    "keyword": "keywords",
    "CreatedDate": "created",
    "ModifiedDate": "modified",
}


def read(data: bytes) -> tuple[Found, dict[str, str]]:
    """Return what a HWPX file holds, and what it says of itself.

    Raises:
        DocumentTooLargeError: It unpacks to more than the limit.
        DocumentUnreadableError: `encrypted`, `hostile` or `damaged`.
    """
    package = open_package(data)
    if package.has(_MANIFEST) and b"encryption-data" in package.read(_MANIFEST):
        raise DocumentUnreadableError(reason="encrypted")
    if not any(map(_SECTION.match, package.names())):
        raise DocumentUnreadableError(reason="damaged")
    content = _root(package, _CONTENT)
    header = _root(package, _HEADER)
    numbering = hwp_numbering.from_header(header) if header is not None else Numbering()
    inks = hwp_inks.from_header(header) if header is not None else Inks()
    metadata = dict(_facts(content)) if content is not None else {}
    found = read_package(_packed(package), numbering=numbering, inks=inks)
    scripts = filter(_SCRIPTS.match, package.names())
    macros = sum(holds_program(package.read(name)) for name in scripts)
    return replace(found, foreign_count=found.foreign_count + macros), metadata


def _root(package: Package, name: str) -> Element | None:
    return parse_xml(_clean(package.read(name))) if package.has(name) else None


def _clean(part: bytes) -> bytes:
    """Drop characters that XML forbids: old programs leave some, and Hangul reads over them."""
    return part.translate(None, _FORBIDDEN) if part.isascii() or _IS_UTF8.match(part) else part


def _packed(package: Package) -> bytes:
    """Pack anew what has been checked, so that the library sees nothing else."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", _MIMETYPE)
        for name in _in_order(package):
            part = _clean(package.read(name))
            if name not in {_CONTENT, _HEADER}:  # those were checked when they were parsed
                check_xml(part)
            archive.writestr(name, part)
        if not package.has(_CONTENT):
            archive.writestr(_CONTENT, _listing(filter(_SECTION.match, _in_order(package))))
    return target.getvalue()


def _in_order(package: Package) -> list[str]:
    """Return the parts we read; without a list of contents, section 10 comes after section 9."""
    names = [n for n in package.names() if n in {_CONTENT, _HEADER} or _PARTS.match(n)]
    return sorted(names, key=lambda name: (len(name), name))


def _listing(sections: Iterable[str]) -> str:
    items = "".join(f'<item href="{name}"/>' for name in sections)
    return f"<package><manifest>{items}</manifest></package>"


def _facts(content: Element) -> Iterator[tuple[str, str]]:
    for node in content.iter("{*}title", "{*}meta"):
        name = str(node.get("name", "title"))
        value = " ".join((node.text or "").split())
        if value and name in {"title", *_METADATA}:
            yield _METADATA.get(name, name), value
