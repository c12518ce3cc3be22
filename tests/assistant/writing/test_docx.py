"""What a Word user finds: styles, lists, header rows, captions, pictures, page numbers."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Mm

from assistant.domain import Draft, Picture
from assistant.writing import write
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS


def opened(name: str) -> DocxDocument:
    return docx.Document(io.BytesIO(write(SAMPLE_DRAFTS[name], "docx")))


def test_headings_and_items_have_real_styles() -> None:
    styles = [p.style.name for p in opened("report").paragraphs if p.style]
    assert styles.count("Heading 1") == 4  # three parts and the sources
    assert styles.count("Heading 2") == 2
    assert {"Title", "항목 1", "항목 4", "참고", "Caption", "근거"} <= set(styles)


def test_word_counts_the_official_numbers_by_itself() -> None:
    numbering = opened("official").part.numbering_part.element
    ladder = next(a for a in numbering if a.get(qn("w:abstractNumId")) == "2")
    found = [
        (level.find(qn("w:numFmt")).get(qn("w:val")), level.find(qn("w:lvlText")).get(qn("w:val")))
        for level in ladder.iter(qn("w:lvl"))
    ]
    assert found[:4] == [
        ("decimal", "%1."),
        ("ganada", "%2."),
        ("decimal", "%3)"),
        ("ganada", "%4)"),
    ]
    assert found[4:7] == [("decimal", "(%5)"), ("ganada", "(%6)"), ("decimalEnclosedCircle", "%7")]


def test_header_rows_repeat_and_rows_stay_whole() -> None:
    (table,) = opened("long_table").tables
    first, second = table.rows[0]._tr.trPr, table.rows[1]._tr.trPr
    assert first.find(qn("w:tblHeader")) is not None
    assert second.find(qn("w:tblHeader")) is None
    assert second.find(qn("w:cantSplit")) is not None


def test_the_page_is_a4_with_its_number_below() -> None:
    section = opened("plain").sections[0]
    assert abs(section.page_width - Mm(210)) < Mm(0.1)
    assert abs(section.page_height - Mm(297)) < Mm(0.1)
    assert [round(side.mm) for side in (section.top_margin, section.left_margin)] == [20, 20]
    assert " PAGE " in section.footer._element.xml


def test_pictures_say_what_they_show() -> None:
    document = opened("pictured")
    shown = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    pictures = [b for b in SAMPLE_DRAFTS["pictured"].blocks if isinstance(b, Picture)]
    assert shown == [picture.alt for picture in pictures]
    assert document.inline_shapes[2].width <= Mm(170)


def test_a_citation_leads_to_its_source_in_the_same_file() -> None:
    body = opened("complaint").element.body
    anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    marks = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    assert anchors == marks == {"source_1", "source_2"}


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0\x00"])
def test_a_picture_that_is_none_leaves_its_words(data: bytes) -> None:
    draft = Draft(title="", blocks=(Picture(data=data, alt="막대그림"),))
    for fmt in ("docx", "html", "md"):
        assert write(draft, fmt)
    document = docx.Document(io.BytesIO(write(draft, "docx")))
    assert "[그림: 막대그림]" in [p.text for p in document.paragraphs]


def test_every_part_is_named_once_and_typed() -> None:
    with zipfile.ZipFile(io.BytesIO(write(SAMPLE_DRAFTS["everything"], "docx"))) as package:
        names = package.namelist()
        types = package.read("[Content_Types].xml").decode()
    assert len(names) == len(set(names))
    assert names[0] == "[Content_Types].xml"
    assert all(f'"/{name}"' in types for name in names if name.startswith("docProps/"))
