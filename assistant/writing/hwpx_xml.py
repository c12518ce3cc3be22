"""XML of the HWPX parts: their namespaces, elements by prefixed name, and lengths."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

# Hangul expects the parts of a package to declare this set whether they use it or not.
NAMESPACES = {
    "ha": "http://www.hancom.co.kr/hwpml/2011/app",
    "hp": "http://www.hancom.co.kr/hwpml/2011/paragraph",
    "hp10": "http://www.hancom.co.kr/hwpml/2016/paragraph",
    "hs": "http://www.hancom.co.kr/hwpml/2011/section",
    "hc": "http://www.hancom.co.kr/hwpml/2011/core",
    "hh": "http://www.hancom.co.kr/hwpml/2011/head",
    "hhs": "http://www.hancom.co.kr/hwpml/2011/history",
    "hm": "http://www.hancom.co.kr/hwpml/2011/master-page",
    "hpf": "http://www.hancom.co.kr/schema/2011/hpf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "opf": "http://www.idpf.org/2007/opf/",
    "ooxmlchart": "http://www.hancom.co.kr/hwpml/2016/ooxmlchart",
    "hwpunitchar": "http://www.hancom.co.kr/hwpml/2016/HwpUnitChar",
    "epub": "http://www.idpf.org/2007/ops",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
}
UNITS_PER_MM = 7200 / 25.4
UNITS_PER_PT = 100

Attributes = Mapping[str, str | int]


def mm(length: float) -> int:
    """Return millimetres in the unit of HWPX, 1/7200 inch.

    >>> mm(210)
    59528
    """
    return round(length * UNITS_PER_MM)


def pt(size: float) -> int:
    """Return points in the unit of HWPX.

    >>> pt(10.5)
    1050
    """
    return round(size * UNITS_PER_PT)


def root(name: str, attributes: Attributes | None = None) -> etree._Element:
    """Return a root element that declares all namespaces of the format."""
    return etree.Element(_tag(name), _strings(attributes), nsmap=NAMESPACES)


def add(
    parent: etree._Element,
    name: str,
    attributes: Attributes | None = None,
    *,
    text: str | None = None,
) -> etree._Element:
    """Append an element to `parent` and return it."""
    element = etree.SubElement(parent, _tag(name), _strings(attributes))
    element.text = text
    return element


def serialised(element: etree._Element) -> bytes:
    """Return the part as bytes, declared standalone as Hangul wants it."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _strings(attributes: Attributes | None) -> dict[str, str]:
    return {key: str(value) for key, value in (attributes or {}).items()}
