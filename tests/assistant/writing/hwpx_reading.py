"""HWPX packages read back for tests: their parts, and what two other libraries make of them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import dochan
import hwpforge
from lxml import etree

from assistant.domain import (
    Draft,
    Table,
    TableCell,
)
from assistant.writing.grid import laid_out
from assistant.writing.numbering import shown
from assistant.writing.tidying import tidied

HP = "{http://www.hancom.co.kr/hwpml/2011/paragraph}"
HH = "{http://www.hancom.co.kr/hwpml/2011/head}"
OPF = "{http://www.idpf.org/2007/opf/}"

Grid = list[list[tuple[int, int, str]]]


def squeezed(lines) -> str:
    return "".join("".join(lines).split())


def opened(data: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(data))


def xml_names(data: bytes) -> list[str]:
    with opened(data) as package:
        return [name for name in package.namelist() if name.endswith((".xml", ".hpf", ".rdf"))]


def part(data: bytes, name: str) -> etree._Element:
    with opened(data) as package:
        return etree.fromstring(package.read(name))


def grids(draft: Draft) -> list[Grid]:
    """The tables of the draft, without rows in which no cell starts: Hangul refuses those."""
    found = []
    for block in tidied(draft).blocks:
        if isinstance(block, Table) and any(block.rows):
            rows = laid_out(block).rows
            starts = [bool(row) for row in rows]
            found.append(
                [
                    [
                        (sum(starts[p.row : p.row + p.row_span]), p.col_span, words(p.cell))
                        for p in row
                    ]
                    for row in rows
                    if row
                ]
            )
    return found


def words(each: TableCell) -> str:
    return "".join(shown(each.runs).split())


def dochan_elements(data: bytes, folder: Path) -> list[dict]:
    path = folder / "draft.hwpx"
    path.write_bytes(data)
    document = dochan.Dochan(str(path))
    assert document.errors == []
    return [element for part in document.to_dict()["sections"] for element in part["elements"]]


def dochan_lines(data: bytes, folder: Path) -> list[str]:
    lines: list[str] = []
    for element in dochan_elements(data, folder):
        if element["type"] == "paragraph":
            lines.append(element["text"])
        elif element["type"] == "table":
            lines.append(element.get("caption", {}).get("text", ""))
            lines += [c["text"] for row in element["rows"] for c in row]
    return lines


def dochan_grids(data: bytes, folder: Path) -> list[Grid]:
    return [
        [
            [
                (c["row_span"], c["col_span"], "".join(c["text"].split()))
                for c in row
                if not c.get("merged_away")
            ]
            for row in element["rows"]
        ]
        for element in dochan_elements(data, folder)
        if element["type"] == "table"
    ]


def forge_paragraphs(data: bytes) -> list[dict]:
    document = json.loads(hwpforge.Document.from_bytes(data).to_json(styles=False).text)
    return [p for section in document["document"]["sections"] for p in section["paragraphs"]]


def forge_text(content: dict) -> Iterator[str]:
    """Text of a run: its words, or a table with the caption before it."""
    if "Text" in content:
        yield content["Text"]
    elif "Table" in content:
        table = content["Table"]
        inner = [c for row in table["rows"] for c in row["cells"]]
        for holder in [table["caption"], *inner] if table.get("caption") else inner:
            for paragraph in holder["paragraphs"]:
                for run in paragraph["runs"]:
                    yield from forge_text(run["content"])


def forge_lines(data: bytes) -> list[str]:
    return [
        "".join(text for run in paragraph["runs"] for text in forge_text(run["content"]))
        for paragraph in forge_paragraphs(data)
    ]


def forge_grids(data: bytes) -> list[Grid]:
    contents = [run["content"] for p in forge_paragraphs(data) for run in p["runs"]]
    return [
        [
            [(c["row_span"], c["col_span"], forge_words(c)) for c in row["cells"]]
            for row in content["Table"]["rows"]
        ]
        for content in contents
        if "Table" in content
    ]


def forge_words(each: dict) -> str:
    runs_of = [run["content"] for p in each["paragraphs"] for run in p["runs"]]
    return "".join("".join(text for c in runs_of for text in forge_text(c)).split())


def paragraphs(data: bytes) -> Iterator[tuple[str, etree._Element, str]]:
    """Style name, shape and text of each paragraph of the body."""
    header = part(data, "Contents/header.xml")
    styles = {style.get("id"): style.get("name") for style in header.iter(f"{HH}style")}
    shapes = {shape.get("id"): shape for shape in header.iter(f"{HH}paraPr")}
    for paragraph in part(data, "Contents/section0.xml"):
        text = "".join("".join(t.itertext()) for t in paragraph.iter(f"{HP}t"))
        yield styles[paragraph.get("styleIDRef")], shapes[paragraph.get("paraPrIDRef")], text


def lengths(element: etree._Element) -> dict[str, int]:
    margin = element.find(f".//{HH}margin")
    return {etree.QName(length).localname: int(length.get("value")) for length in margin}
