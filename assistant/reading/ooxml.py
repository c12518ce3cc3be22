"""What the three office formats share: parts, relationships, switches and core properties."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.reading.package import Element, Package, parse_xml

REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_CORE = "docProps/core.xml"
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"
# The ISO form of the formats has names of its own for the same things.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|\w+)/(\w+)")
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
_JUNK_TITLE = re.compile(
    r"(?i)microsoft|untitled|powerpoint|\.(hwpx?|docx?|pptx?|xlsx?|pdf|hml)\b|제목 ?없음|PowerPoint"
)
_OBJECT_PARTS = re.compile(r"(?i)/(embeddings|activeX|externalLinks)/|vbaProject\.bin\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part points to: another part by its name, or something outside."""

    kind: str
    target: str
    is_external: bool


def part(package: Package, name: str) -> Element:
    """Return the root of a part, the names of the ISO form made those of the usual one."""
    data = package.read(name)
    if b"purl.oclc.org" in data[:8192]:
        data = _STRICT.sub(_TRANSITIONAL, data)
    return parse_xml(data)


def relations(package: Package, name: str) -> dict[str, Relation]:
    """Return what the part `name` points to, by id; the package itself is the part ``."""
    folder, base = posixpath.split(name)
    where = posixpath.join(folder, "_rels", f"{base}.rels")
    if not package.has(where):
        return {}
    found = {}
    for node in part(package, where):
        is_external = node.get("TargetMode") == "External"
        target = node.get("Target") or ""
        if not is_external:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        kind = (node.get("Type") or "").rpartition("/")[2]
        found[node.get("Id") or ""] = Relation(kind=kind, target=target, is_external=is_external)
    return found


def main_part(package: Package, fallback: str) -> str:
    """Return the name of the part that the document begins with."""
    named = (r.target for r in relations(package, "").values() if r.kind == "officeDocument")
    return next((name for name in named if package.has(name)), fallback)


def count_unfollowed(package: Package, *parts: dict[str, Relation]) -> int:
    """Count what is linked or embedded and not read; ordinary hyperlinks are text."""
    outside = sum(
        relation.is_external and relation.kind != "hyperlink"
        for found in parts
        for relation in found.values()
    )
    return outside + sum(bool(_OBJECT_PARTS.search(f"/{name}")) for name in package.names())


def is_on(node: Element | None, attribute: str) -> bool:
    """Return whether a switch such as `<w:vanish/>` is there and not turned off."""
    if node is None:
        return False
    return (node.get(attribute) or "1").lower() not in {"0", "false", "off", "none"}


def properties(package: Package) -> dict[str, str]:
    """Return what the file says of itself: title and author."""
    if not package.has(_CORE):
        return {}
    root = part(package, _CORE)
    pairs = (("title", f"{_DUBLIN}title"), ("author", f"{_DUBLIN}creator"))
    return {name: text for name, tag in pairs if (text := (root.findtext(tag) or "").strip())}


def title_of(metadata: dict[str, str]) -> str:
    """Return the title when a person wrote it.

    >>> title_of({"title": "시범구매 계획"}), title_of({"title": "PowerPoint 프레젠테이션"})
    ('시범구매 계획', '')
    """
    title = metadata.get("title", "")
    return "" if _JUNK_TITLE.search(title) else title


def local(node: Element) -> str:
    """Return the name of an element without its namespace; nothing for what is no element."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def chosen(node: Element) -> Iterator[Element]:
    """Yield the children of an `AlternateContent` that stand for all of it: only one choice."""
    choice = node.find(f"{COMPATIBILITY}Choice")
    yield from choice if choice is not None else node.iterfind(f"{COMPATIBILITY}Fallback/*")
