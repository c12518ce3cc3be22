"""Hostile text stays text: no markup, formula, field, link or call to the outside."""

from __future__ import annotations

import io
import zipfile

import lxml.etree
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.domain import Draft, DraftFacts, Heading, Paragraph, Run, Table, TableCell
from assistant.reading import DEFAULT_LIMITS, read_in_process
from assistant.text import clean
from assistant.writing import write
from tests.assistant.writing.readers import page, squeezed, text_of_docx, text_of_html, text_of_md
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS, visible_lines

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
drafts = pytest.mark.parametrize("draft", SAMPLE_DRAFTS.values(), ids=SAMPLE_DRAFTS.keys())
hostile_text = st.text(
    st.characters() | st.sampled_from("<>&\"'=+-@#*_`[]()!|\\{}$~:/.0123456789\n\r\t\x00\ud800가"),
    max_size=40,
)


def with_text(text: str) -> Draft:
    runs = (Run(text=text), Run(text=text, is_bold=True), Run(text=text, is_open=True))
    return Draft(
        title=text,
        blocks=(
            Paragraph(runs=runs, depth=1),
            Heading(runs=runs),
            Table(rows=((TableCell(runs=runs),),), caption=text),
        ),
        facts=DraftFacts(summary=text, keywords=(text,), institution=text, generator=text),
    )


@given(hostile_text)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_the_same_text_in_every_format(text: str) -> None:
    draft = with_text(text)
    expected = squeezed(*visible_lines(draft))
    assert squeezed(text_of_docx(write(draft, "docx"))) == expected
    assert squeezed(text_of_html(write(draft, "html"))) == expected
    assert squeezed(text_of_md(write(draft, "md"))) == expected


@drafts
def test_a_docx_holds_only_the_fields_of_page_and_caption(draft: Draft) -> None:
    with zipfile.ZipFile(io.BytesIO(write(draft, "docx"))) as package:
        parts = [
            lxml.etree.fromstring(package.read(name))
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        ]
    instructions = {e.text.split()[0] for part in parts for e in part.iter(f"{W}instrText")}
    assert instructions <= {"PAGE", "SEQ"}
    assert not [e for part in parts for e in part.iter() if e.get("TargetMode")]
    assert not [e for part in parts for e in part.iter(f"{W}fldSimple", f"{W}object", f"{W}pict")]


@drafts
def test_a_page_calls_nothing_and_runs_nothing(draft: Draft) -> None:
    root = page(write(draft, "html"))
    tags = {str(e.tag) for e in root.iter()}
    assert not tags & {"script", "iframe", "object", "embed", "link", "form", "base", "svg"}
    assert all(e.get("src", "data:").startswith("data:image/") for e in root.iter("img"))
    assert all(e.get("href").startswith("#source-") for e in root.iter("a"))
    assert not [name for e in root.iter() for name in e.attrib if name.startswith("on")]


@drafts
def test_markdown_links_nowhere_and_holds_no_markup_but_merged_tables(draft: Draft) -> None:
    body = write(draft, "md").decode().split("---\n", 2)[2]
    parser = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    tokens = [t for token in parser.parse(body) for t in (token, *(token.children or ()))]
    assert not [t for t in tokens if t.type in {"link_open", "html_inline", "fence", "code_inline"}]
    assert all(t.content.startswith("<table>") for t in tokens if t.type == "html_block")
    images = [t for t in tokens if t.type == "image"]
    assert all(str(t.attrs["src"]).startswith("data:image/") for t in images)


def test_front_matter_is_one_mapping_whatever_it_holds() -> None:
    draft = SAMPLE_DRAFTS["hostile"]
    said = yaml.safe_load(write(draft, "md").decode().split("---\n")[1])
    assert said["title"] == draft.title
    assert said["keywords"] == list(draft.facts.keywords)
    assert said["summary"].startswith('요지 "따옴표" <b> 둘째 줄: --- {{x}}')


def test_our_reader_gives_hostile_markdown_back_as_it_was() -> None:
    draft = SAMPLE_DRAFTS["hostile"]
    document = read_in_process(write(draft, "md"), file_name="a.md", limits=DEFAULT_LIMITS)
    found = [b.text for b in document.blocks] + [
        cell.text for b in document.blocks for row in b.rows for cell in row
    ]
    expected = [clean(line) for line in visible_lines(draft)]
    assert sorted(map(squeezed, filter(None, found))) == sorted(map(squeezed, expected))


def test_nothing_at_all_is_still_a_file() -> None:
    for fmt in ("txt", "md", "html", "docx"):
        assert write(Draft(title="", blocks=()), fmt)
