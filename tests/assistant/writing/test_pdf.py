"""PDF: PDF/A-2b with its fonts inside, text that copies back exactly, and nothing that runs."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

pytest.importorskip("typst", reason="typst has no wheel for this machine")

import pypdf
import pypdfium2
from pypdf.generic import ArrayObject, DictionaryObject

from assistant.domain import (
    Draft,
    DraftFacts,
    DraftSource,
    DraftStyle,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    TableCell,
)
from assistant.errors import DraftUnwritableError
from assistant.writing import write
from assistant.writing.grid import laid_out
from assistant.writing.numbering import shown
from assistant.writing.pdf import missing_letters
from assistant.writing.pdf import write as write_within
from assistant.writing.pdf_process import Bounds
from assistant.writing.pdf_text import printable
from assistant.writing.tidying import tidied
from tests.assistant.writing.sample_drafts import SAMPLE_DRAFTS, chart, visible_lines

drafts = pytest.mark.parametrize("draft", SAMPLE_DRAFTS.values(), ids=SAMPLE_DRAFTS.keys())


def opened(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def with_pypdf(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in opened(pdf).pages]


def with_pdfium(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


READERS: dict[str, Callable[[bytes], list[str]]] = {"pypdf": with_pypdf, "pdfium": with_pdfium}
readers = pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())


def squeezed(*texts: str) -> str:
    return "".join("".join(printable(text).split()) for text in texts)


def text_of(pages: list[str], draft: Draft) -> str:
    """The text without page numbers and without the heads that tables repeat on later pages."""
    heads = [
        squeezed(*(shown(cell.cell.runs) for row in grid.rows[: grid.header_rows] for cell in row))
        for block in tidied(draft).blocks
        if isinstance(block, Table) and (grid := laid_out(block)).header_rows
    ]
    expected = squeezed(*visible_lines(draft))
    found = ""
    for number, page in enumerate(pages, start=1):
        text = "".join(page.split())
        assert text.endswith(f"-{number}-")
        text = text.removesuffix(f"-{number}-")
        repeated = next((head for head in heads if text.startswith(head)), "")
        is_first = expected.startswith(text[: len(repeated) + 20], len(found))
        found += text if is_first else text.removeprefix(repeated)
    return found


def paragraph(text: str, **more: object) -> Paragraph:
    return Paragraph(runs=(Run(text=text),), **more)  # type: ignore[arg-type]


def draft_of(*texts: str) -> Draft:
    runs = [(Run(text=text, is_bold=bold),) for text in texts for bold in (False, True)]
    facts = DraftFacts(is_generated=False)
    return Draft(title="시험", blocks=tuple(Paragraph(runs=r) for r in runs), facts=facts)


@drafts
@readers
def test_the_text_copies_back_exactly(draft: Draft, reader: Callable[[bytes], list[str]]) -> None:
    assert text_of(reader(write(draft, "pdf")), draft) == squeezed(*visible_lines(draft))


@readers
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "… ⋯ · ㆍ ‧ ∙ ・ ～ 〜 ∼ ~ - ‑ – ‒ — ― ¥ ￥ ① ➀ ㄱ ﾡ", id="characters of one shape"
        ),
        pytest.param("fi ffl ff 1/2 ½ --- ->", id="ligatures"),
        pytest.param("「『법』」〔주〕“‘나’”라 한다.”〈표〉《책》", id="brackets that meet"),
        pytest.param("ᄒᆞᆫ ᄒᆞᆯ ᄊᆞᆯ 나랏말ᄊᆞ미 ᄠᅳᆮ 훈〮민〮", id="old Hangul"),
        pytest.param("ᄞᆈᇋ ᅔᅥᇂ 코ᇥ ᄒᆡ", id="old Hangul that no font has whole"),
        pytest.param("ŁódŹ Ελλάς Москва 漢字 樂 ｱﾊﾞ", id="other scripts"),
        pytest.param("😀 👍🏽 👨\u200d👩\u200d👧 \ue000 \U0010fffd", id="letters that no font has"),
        pytest.param("x\u0303 n\u0303 q\u0307\u0308 か\u309a", id="combining marks"),
    ],
)
def test_every_letter_copies_back_as_itself(
    text: str, reader: Callable[[bytes], list[str]]
) -> None:
    draft = draft_of(text)
    assert text_of(reader(write(draft, "pdf")), draft) == squeezed(*visible_lines(draft))


@pytest.mark.slow
@readers
def test_every_hangul_syllable_and_sign_of_the_standard_is_there(
    reader: Callable[[bytes], list[str]],
) -> None:
    standard = [
        bytes((row, column)).decode("euc-kr", errors="ignore")
        for row in range(0xA1, 0xFF)
        for column in range(0xA1, 0xFF)
    ]
    letters = "".join(map(chr, range(0xAC00, 0xD7A4))) + "".join(standard)
    draft = draft_of(*(letters[at : at + 500] for at in range(0, len(letters), 500)))
    assert missing_letters(tidied(draft)) == ()
    assert text_of(reader(write(draft, "pdf")), draft) == squeezed(*visible_lines(draft))


def test_letters_that_no_font_has_are_named() -> None:
    assert missing_letters(draft_of("가 A 漢 😀 👍 \ue000")) == ("\ue000", "👍")


@drafts
def test_it_declares_pdf_a_and_brings_its_fonts_and_colours(draft: Draft) -> None:
    reader = opened(write(draft, "pdf"))
    root = reader.root_object
    packet = reader.xmp_metadata
    assert packet is not None
    assert (packet.pdfaid_part, packet.pdfaid_conformance) == ("2", "B")
    intents = root["/OutputIntents"]
    assert isinstance(intents, ArrayObject)
    assert intents[0]["/S"] == "/GTS_PDFA1"
    assert intents[0]["/DestOutputProfile"].get_data()[36:40] == b"acsp"
    assert root["/Lang"] == "ko"
    assert not reader.is_encrypted
    for font in fonts_of(reader):
        parts = font["/DescendantFonts"][0]
        files = {"/FontFile2", "/FontFile3"} & set(parts["/FontDescriptor"])
        assert files
        assert "/ToUnicode" in font


def fonts_of(reader: pypdf.PdfReader) -> list[DictionaryObject]:
    return [
        font.get_object()
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    ]


@drafts
def test_nothing_runs_and_nothing_leads_outside(draft: Draft) -> None:
    pdf = write(draft, "pdf")
    for word in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/AA"):
        assert word not in pdf
    reader = opened(pdf)
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    assert all("/Dest" in link or link["/A"]["/S"] == "/GoTo" for link in links)


def test_it_says_what_it_is() -> None:
    draft = SAMPLE_DRAFTS["hostile"]
    reader = opened(write(draft, "pdf"))
    packet = reader.xmp_metadata
    assert packet is not None
    assert reader.metadata is not None
    assert reader.metadata.title == draft.title
    assert packet.dc_title == {"x-default": draft.title}
    assert packet.dc_description == {"x-default": tidied(draft).facts.summary}
    assert packet.dc_creator == [draft.facts.institution]
    assert packet.pdf_keywords == ", ".join(draft.facts.keywords)
    assert packet.xmp_creator_tool == reader.metadata.creator == draft.facts.generator
    text = packet.stream.get_data().decode()
    assert "<gongmun:ai>생성형 인공지능으로 작성한 초안(담당자 확인 전)</gongmun:ai>" in text
    assert "<gongmun:grade>S</gongmun:grade>" in text
    assert "<gongmun:created_at>2026-11-23T00:30:00+00:00</gongmun:created_at>" in text


def test_every_property_of_ours_is_described() -> None:
    draft = SAMPLE_DRAFTS["plain"]
    packet = opened(write(draft, "pdf")).xmp_metadata
    assert packet is not None
    text = packet.stream.get_data().decode()
    used = set(re.findall(r"<gongmun:(\w+)>", text))
    described = set(re.findall(r"<pdfaProperty:name>(\w+)</pdfaProperty:name>", text))
    assert {"summary", "reviewer", "confirmed_at"} <= used <= described


@pytest.mark.parametrize("name", ["report", "merged", "hostile"])
def test_the_same_draft_gives_the_same_bytes(name: str) -> None:
    assert write(SAMPLE_DRAFTS[name], "pdf") == write(SAMPLE_DRAFTS[name], "pdf")


def test_the_date_is_that_of_the_draft() -> None:
    moment = datetime(2020, 2, 29, 3, 4, 5, tzinfo=UTC)
    draft = replace(SAMPLE_DRAFTS["plain"], facts=DraftFacts(created_at=moment))
    metadata = opened(write(draft, "pdf")).metadata
    assert metadata is not None
    assert metadata.creation_date == moment


def test_headings_are_bookmarks_and_citations_lead_to_their_source() -> None:
    reader = opened(write(SAMPLE_DRAFTS["report"], "pdf"))
    titles = [entry["/Title"] for entry in reader.outline if not isinstance(entry, list)]
    assert titles == ["Ⅰ. 추진 배경", "Ⅱ. 시범사용 결과", "Ⅲ. 향후 계획", "근거"]
    assert len([a for page in reader.pages for a in page.get("/Annots", [])]) == 2


def test_pictures_have_words_for_who_cannot_see_them() -> None:
    draft = SAMPLE_DRAFTS["pictured"]
    reader = opened(write(draft, "pdf"))
    found = [n["/Alt"] for n in structure(reader) if n.get("/S") == "/Figure"]
    assert found == [block.alt for block in draft.blocks if isinstance(block, Picture)]


def test_tables_keep_their_spans_and_header_rows_for_machines() -> None:
    nodes = structure(opened(write(SAMPLE_DRAFTS["merged"], "pdf")))
    assert [n["/S"] for n in nodes].count("/Table") == 2
    assert [n["/S"] for n in nodes].count("/TH") == 5
    spans = sum(
        attributes.get("/RowSpan", 1) > 1 or attributes.get("/ColSpan", 1) > 1
        for node in nodes
        if node["/S"] in ("/TH", "/TD")
        for attributes in attributes_of(node)
    )
    assert spans == 12


def structure(reader: pypdf.PdfReader) -> list[DictionaryObject]:
    found: list[DictionaryObject] = []
    waiting = [reader.root_object["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, ArrayObject):
            waiting += list(reversed(node))
        elif isinstance(node, DictionaryObject) and "/S" in node:
            found.append(node)
            waiting += [node.raw_get("/K")] if "/K" in node else []
    return found


def attributes_of(node: DictionaryObject) -> list[DictionaryObject]:
    listed = node.get("/A", ArrayObject()).get_object()
    return [a.get_object() for a in (listed if isinstance(listed, ArrayObject) else [listed])]


def test_a_long_table_repeats_its_head_on_each_page() -> None:
    pages = with_pypdf(write(SAMPLE_DRAFTS["long_table"], "pdf"))
    assert len(pages) > 2
    assert all("번호업체제품점수" in squeezed(page) for page in pages)


def test_each_page_has_its_number_at_the_foot() -> None:
    draft = Draft(title="쪽", blocks=(paragraph("첫째"), PageBreak(), paragraph("둘째")))
    pages = with_pypdf(write(draft, "pdf"))
    assert [page.strip().splitlines()[-1] for page in pages] == ["- 1 -", "- 2 -"]


def test_lines_break_between_words_only() -> None:
    words = ["시범사용", "결과를", "다음과", "같이", "보고하오니", "검토하여", "바랍니다."] * 20
    page = with_pypdf(write(draft_of(" ".join(words)), "pdf"))[0]
    body = page.strip().splitlines()[1:-1]
    assert len(body) > 10
    assert " ".join(" ".join(body).split()) == " ".join(words * 2)


def test_a_word_longer_than_the_line_stays_on_the_page() -> None:
    long = paragraph("가나다라마바사" * 40), paragraph("abcdefghij" * 40)
    row = (TableCell(runs=(Run(text="w" * 300),)), TableCell(runs=(Run(text="가" * 300),)))
    pdf = write(Draft(title="제목" * 60, blocks=(*long, Table(rows=(row,)))), "pdf")
    for page in pypdfium2.PdfDocument(pdf):
        text = page.get_textpage()
        boxes = [text.get_rect(at) for at in range(text.count_rects())]
        assert min(box[0] for box in boxes) > 40
        assert max(box[2] for box in boxes) < page.get_width() - 40


@pytest.mark.parametrize(
    ("data", "is_shown"),
    [
        pytest.param(chart(), True, id="whole"),
        pytest.param(chart()[:200], False, id="cut short"),
        pytest.param(b"GIF89a", False, id="other kind"),
        pytest.param(b"", False, id="empty"),
        pytest.param(
            chart()[:16] + b"\x00\xff\xff\xff\x00\xff\xff\xff" + chart()[24:], False, id="huge"
        ),
    ],
)
def test_a_broken_picture_is_told_in_words(data: bytes, is_shown: bool) -> None:
    picture = Picture(data=data, alt="막대그림의 설명", caption="설명")
    pdf = write(Draft(title="그림", blocks=(picture, paragraph("뒤 문단"))), "pdf")
    text = "".join(with_pypdf(pdf)[0].split())
    assert ("막대그림의설명" in text) is not is_shown
    assert "<그림1>설명뒤문단" in text
    assert bool(opened(pdf).pages[0].images) is is_shown


@pytest.mark.parametrize(
    "draft",
    [
        pytest.param(Draft(title="", blocks=()), id="nothing"),
        pytest.param(Draft(title="제" * 20_000, blocks=()), id="long title"),
        pytest.param(
            Draft(title="제", blocks=(Heading(runs=(Run(text="목" * 20_000),)),)), id="heading"
        ),
        pytest.param(Draft(title="쪽", blocks=(PageBreak(),) * 500), id="page breaks"),
        pytest.param(draft_of("ทำ ກຳ ொ ক্ষি العربية עברית"), id="scripts that are set in parts"),
        pytest.param(Draft(title="줄", blocks=(paragraph("\n" * 500),)), id="line breaks"),
        pytest.param(
            Draft(title="표", blocks=(Table(rows=()), Table(rows=((), ())))), id="no cells"
        ),
        pytest.param(
            Draft(title="표", blocks=(Table(rows=((TableCell(runs=(Run(text="칸"),)),) * 200,)),)),
            id="many columns",
        ),
        pytest.param(
            Draft(
                title="머리",
                blocks=(
                    Table(
                        rows=((TableCell(runs=(Run(text="머리 글 " * 500),)),),) * 9, header_rows=8
                    ),
                ),
            ),
            id="head longer than a page",
        ),
        pytest.param(
            Draft(
                title="요지",
                blocks=(),
                facts=DraftFacts(
                    summary="요" * 50_000, keywords=("키" * 300,) * 300, institution="기" * 50_000
                ),
            ),
            id="long facts",
        ),
        pytest.param(
            Draft(
                title="근거",
                blocks=(Paragraph(runs=(Run(text="글", sources=(7,)),)),),
                sources=(DraftSource(number=7, where=""),),
                style=DraftStyle.REPORT,
            ),
            id="empty source",
        ),
    ],
)
def test_odd_drafts_are_files_all_the_same(draft: Draft) -> None:
    assert len(opened(write(draft, "pdf")).pages) >= 1


def test_a_draft_over_the_limit_is_refused_before_any_work() -> None:
    with pytest.raises(DraftUnwritableError) as caught:
        write(Draft(title="긴 글", blocks=(paragraph("가" * 1_000_001),)), "pdf")
    assert caught.value.reason == "too_large"


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        pytest.param(Bounds(wall_s=0.05), "timeout", id="time"),
        pytest.param(Bounds(memory_bytes=60_000_000), None, id="memory"),
    ],
)
def test_a_draft_that_costs_too_much_ends_alone(bounds: Bounds, reason: str | None) -> None:
    with pytest.raises(DraftUnwritableError) as caught:
        write_within(SAMPLE_DRAFTS["long_table"], bounds=bounds)
    assert reason is None or caught.value.reason == reason
