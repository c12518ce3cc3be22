"""HWPX packages, checked by two validators and read back by two libraries and our own reader."""

from __future__ import annotations

import zipfile

import hwpforge
import pytest
from hwpx.tools.package_validator import validate_editor_open_safety, validate_package
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from assistant.domain import (
    BlockKind,
    Draft,
    DraftBlock,
    DraftSource,
    DraftStyle,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    Picture,
    Run,
    Table,
    TableCell,
)
from assistant.reading import hwp
from assistant.reading.limits import Limits
from assistant.writing import write
from assistant.writing.hwpx_picture import jpeg_size
from tests.assistant.writing.hwpx_reading import (
    HH,
    HP,
    OPF,
    dochan_grids,
    dochan_lines,
    forge_grids,
    forge_lines,
    grids,
    lengths,
    opened,
    paragraphs,
    part,
    squeezed,
    xml_names,
)
from tests.assistant.writing.sample_drafts import (
    SAMPLE_DRAFTS,
    cell,
    chart,
    para,
    visible_lines,
)

each_sample = pytest.mark.parametrize("draft", SAMPLE_DRAFTS.values(), ids=SAMPLE_DRAFTS.keys())
each_merged = pytest.mark.parametrize("name", ["merged", "long_table", "everything", "hostile"])


# -- what the file says to others -------------------------------------------------------------


@each_sample
def test_two_validators_find_nothing_wrong(draft: Draft) -> None:
    data = write(draft, "hwpx")
    safety = validate_editor_open_safety(data)
    assert [str(issue) for issue in validate_package(data).errors] == []
    assert safety.ok, safety.summary
    report = hwpforge.Document.from_bytes(data).validate()
    assert report["errors"] == report["warnings"] == []


@each_sample
def test_dochan_gives_back_the_text_in_order(draft: Draft, tmp_path) -> None:
    assert squeezed(dochan_lines(write(draft, "hwpx"), tmp_path)) == squeezed(visible_lines(draft))


@each_sample
def test_hwpforge_gives_back_the_text_in_order(draft: Draft) -> None:
    assert squeezed(forge_lines(write(draft, "hwpx"))) == squeezed(visible_lines(draft))


@each_sample
def test_the_stored_text_itself_is_what_every_format_shows(draft: Draft) -> None:
    section = part(write(draft, "hwpx"), "Contents/section0.xml")
    stored = ("".join(element.itertext()) for element in section.iter(f"{HP}t"))
    assert squeezed(stored) == squeezed(visible_lines(draft))


@each_merged
def test_both_libraries_give_back_every_merged_cell(name: str, tmp_path) -> None:
    draft = SAMPLE_DRAFTS[name]
    data = write(draft, "hwpx")
    assert dochan_grids(data, tmp_path) == forge_grids(data) == grids(draft)


@each_merged
def test_our_own_reader_gives_back_every_merged_cell(name: str) -> None:
    draft = SAMPLE_DRAFTS[name]
    parsed = hwp.parse(write(draft, "hwpx"), limits=Limits())
    read = [
        [[(c.row_span, c.col_span, "".join(c.text.split())) for c in row] for row in block.rows]
        for block in parsed.blocks
        if block.kind is BlockKind.TABLE
    ]
    # The reader takes a table of one cell for text.
    assert read == [grid for grid in grids(draft) if sum(map(len, grid)) > 1]


def test_our_own_reader_gives_back_headings_captions_and_header_rows() -> None:
    parsed = hwp.parse(write(SAMPLE_DRAFTS["merged"], "hwpx"), limits=Limits())
    tables = [block for block in parsed.blocks if block.kind is BlockKind.TABLE]
    headings = [block.text for block in parsed.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["시범사용 현황표", "Ⅰ. 현황", "Ⅱ. 제출 양식", "근거"]
    assert [(table.caption, table.header_rows) for table in tables] == [
        ("<표 1> 기관별 시범사용 현황", 2),
        ("", 0),
    ]


# -- the package ------------------------------------------------------------------------------


@each_sample
def test_the_same_draft_gives_the_same_bytes(draft: Draft) -> None:
    assert write(draft, "hwpx") == write(draft, "hwpx")


def test_the_mark_of_its_kind_comes_first_and_uncompressed() -> None:
    with opened(write(SAMPLE_DRAFTS["pictured"], "hwpx")) as package:
        first = package.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read("mimetype") == b"application/hwp+zip"
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_no_part_points_outside_the_package() -> None:
    data = write(SAMPLE_DRAFTS["everything"], "hwpx")
    for name in xml_names(data):
        for element in part(data, name).iter():
            assert not etree.QName(element).localname.startswith(("field", "ole", "script"))
            assert not [v for v in element.attrib.values() if "://" in v and "hancom" not in v]
    items = part(data, "Contents/content.hpf").iter(f"{OPF}item")
    pictures = [item for item in items if item.get("id", "").startswith("image")]
    assert [item.get("isEmbeded") for item in pictures] == ["1", "1", "1"]


def test_the_file_says_what_it_is_and_who_made_it() -> None:
    draft = SAMPLE_DRAFTS["complaint"]
    content = part(write(draft, "hwpx"), "Contents/content.hpf")
    said = {meta.get("name"): meta.text for meta in content.iter(f"{OPF}meta")}
    assert content.findtext(f".//{OPF}title") == draft.title
    assert said["subject"] == said["gongmun.summary"] == draft.facts.summary
    assert said["keyword"] == ", ".join(draft.facts.keywords)
    assert said["CreatedDate"] == "2026-11-23T00:30:00Z"
    assert "작성 도구: Gongmun" in (said["description"] or "")
    assert (said["gongmun.sources"] or "").startswith(draft.sources[0].where)


def test_the_preview_begins_with_the_title_and_stays_short() -> None:
    with opened(write(SAMPLE_DRAFTS["long_table"], "hwpx")) as package:
        preview = package.read("Preview/PrvText.txt").decode()
    assert preview.startswith("혁신제품 신청 목록\r\n")
    assert "<번호><업체><제품><점수>" in preview
    assert len(preview) <= 1000


# -- how it looks -----------------------------------------------------------------------------


def test_headings_stand_in_the_outline_under_styles_that_hangul_knows() -> None:
    data = write(SAMPLE_DRAFTS["report"], "hwpx")
    found = [
        (name, shape.find(f"{HH}heading").get("level"))
        for name, shape, _ in paragraphs(data)
        if shape.find(f"{HH}heading").get("type") == "OUTLINE"
    ]
    assert found == [
        ("개요 1", "0"),
        ("개요 1", "0"),
        ("개요 2", "1"),
        ("개요 2", "1"),
        ("개요 1", "0"),
        ("근거 제목", "0"),
    ]


def test_the_outline_shows_no_numbers_beside_those_of_the_text() -> None:
    data = write(SAMPLE_DRAFTS["report"], "hwpx")
    shown = part(data, "Contents/section0.xml").find(f".//{HP}secPr").get("outlineShapeIDRef")
    numberings = part(data, "Contents/header.xml").iter(f"{HH}numbering")
    outline = next(numbering for numbering in numberings if numbering.get("id") == shown)
    assert {level.text for level in outline} == {None}


def test_items_have_a_style_for_each_depth_and_hang_under_their_first_letter() -> None:
    found = {
        text.partition(" ")[0]: (name, lengths(shape))
        for name, shape, text in paragraphs(write(SAMPLE_DRAFTS["official"], "hwpx"))
        if name.startswith("기안 항목")
    }
    assert [found[mark][0] for mark in ("1.", "가.", "1)", "㉮")] == [
        "기안 항목 1",
        "기안 항목 2",
        "기안 항목 3",
        "기안 항목 8",
    ]
    assert [found[mark][1]["left"] for mark in ("1.", "가.", "1)")] == [0, 1200, 2400]
    assert all(measures["intent"] < 0 for _, measures in found.values())


def test_lengths_are_doubled_for_releases_that_read_half_units() -> None:
    for shape in part(write(SAMPLE_DRAFTS["official"], "hwpx"), "Contents/header.xml").iter(
        f"{HH}paraPr"
    ):
        new, old = (lengths(branch) for branch in shape.find(f"{HP}switch"))
        assert {name: 2 * value for name, value in new.items()} == old


def test_header_rows_are_repeated_on_every_page() -> None:
    table = part(write(SAMPLE_DRAFTS["long_table"], "hwpx"), "Contents/section0.xml").find(
        f".//{HP}tbl"
    )
    heads = [row for row in table.iter(f"{HP}tr") if row.find(f"{HP}tc").get("header") == "1"]
    assert (table.get("repeatHeader"), table.get("pageBreak")) == ("1", "CELL")
    assert len(heads) == 1
    assert table.find(f"{HP}pos").get("treatAsChar") == "0"


@each_merged
def test_the_cells_of_a_table_fill_it_exactly(name: str) -> None:
    for table in part(write(SAMPLE_DRAFTS[name], "hwpx"), "Contents/section0.xml").iter(f"{HP}tbl"):
        area = width = 0
        for each in table.iter(f"{HP}tc"):
            span, size = each.find(f"{HP}cellSpan"), each.find(f"{HP}cellSz")
            area += int(span.get("rowSpan")) * int(span.get("colSpan"))
            if each.find(f"{HP}cellAddr").get("rowAddr") == "0":
                width += int(size.get("width"))
        assert area == int(table.get("rowCnt")) * int(table.get("colCnt"))
        assert width == int(table.find(f"{HP}sz").get("width"))


def test_a_row_in_which_no_cell_starts_is_left_out() -> None:
    rows = ((cell("가", rows=2), cell("나", rows=2)), (), (cell("다", columns=2),))
    data = write(Draft(title="표", blocks=(Table(rows=rows),)), "hwpx")
    assert forge_grids(data) == [[[(1, 1, "가"), (1, 1, "나")], [(1, 2, "다")]]]


def test_a_table_without_cells_leaves_its_caption() -> None:
    data = write(Draft(title="표", blocks=(Table(rows=(), caption="빈 표"),)), "hwpx")
    assert forge_lines(data)[-1] == "<표 1> 빈 표"


def test_a_picture_is_kept_once_as_it_came_with_words_for_it() -> None:
    image = chart()
    blocks = (Picture(data=image, alt="막대그림", width_mm=900), Picture(data=image, alt="다시"))
    data = write(Draft(title="그림", blocks=blocks), "hwpx")
    with opened(data) as package:
        assert package.read("BinData/image1.png") == image
        assert "BinData/image2.png" not in package.namelist()
    pictures = list(part(data, "Contents/section0.xml").iter(f"{HP}pic"))
    assert [picture.findtext(f"{HP}shapeComment") for picture in pictures] == ["막대그림", "다시"]
    assert int(pictures[0].find(f"{HP}sz").get("width")) == 48190


def test_bytes_that_are_no_picture_leave_their_words() -> None:
    blocks = (Picture(data=b"GIF89a", alt="움직이는 그림", caption="그림"),)
    data = write(Draft(title="그림", blocks=blocks), "hwpx")
    assert forge_lines(data)[-2:] == ["[그림: 움직이는 그림]", "<그림 1> 그림"]


def test_the_size_of_a_jpeg_is_found_behind_its_other_segments() -> None:
    start = b"\xff\xd8\xff\xe0\x00\x04JF" + b"\xff\xff\xff\xc0\x00\x11\x08\x00\x20\x00\x10"
    assert jpeg_size(start + bytes(12)) == (16, 32)
    assert jpeg_size(b"\xff\xd8\xff\xe0\xff\xff") is None


def test_a_page_break_starts_the_next_block_on_a_new_page() -> None:
    blocks = (para("앞"), PageBreak(), Table(rows=((cell("뒤"),),)), para("끝"))
    section = part(write(Draft(title="쪽", blocks=blocks), "hwpx"), "Contents/section0.xml")
    starts = [paragraph.get("pageBreak") for paragraph in section]
    assert starts == ["0", "0", "0", "1", "0"]


def test_pages_are_a4_and_numbered_at_the_foot() -> None:
    section = part(write(SAMPLE_DRAFTS["plain"], "hwpx"), "Contents/section0.xml")
    page = section.find(f".//{HP}pagePr")
    assert (page.get("width"), page.get("height")) == ("59528", "84189")
    assert section.find(f".//{HP}pageNum").get("pos") == "BOTTOM_CENTER"


def test_a_draft_without_anything_is_still_a_document() -> None:
    data = write(Draft(title="", blocks=()), "hwpx")
    assert validate_package(data).ok
    assert hwpforge.Document.from_bytes(data).validate()["ok"]


# -- any draft --------------------------------------------------------------------------------

texts = st.text(max_size=30) | st.sampled_from(["가나다", "a < b & c", "줄 하나\n줄 둘", "", " "])
runs = st.lists(
    st.builds(
        Run,
        text=texts,
        is_bold=st.booleans(),
        is_open=st.booleans(),
        sources=st.sampled_from([(), (1,), (1, 9)]),
    ),
    max_size=3,
).map(tuple)
tables = st.builds(
    Table,
    rows=st.lists(
        st.lists(
            st.builds(TableCell, runs=runs, row_span=st.integers(0, 4), col_span=st.integers(0, 4)),
            max_size=3,
        ).map(tuple),
        max_size=4,
    ).map(tuple),
    header_rows=st.integers(-1, 5),
    caption=st.sampled_from(["", "표 제목"]),
    widths=st.lists(st.floats(0, 9), max_size=3).map(tuple),
)
blocks_of_any_kind: st.SearchStrategy[DraftBlock] = st.one_of(
    st.builds(Heading, runs=runs, level=st.integers(-1, 12)),
    st.builds(
        Paragraph,
        runs=runs,
        depth=st.integers(-1, 12),
        align=st.sampled_from(["left", "center", "right"]),
    ),
    st.builds(Note, runs=runs),
    st.builds(PageBreak),
    tables,
    st.builds(Picture, data=st.just(chart(8, 8)), alt=texts, caption=st.sampled_from(["", "그림"])),
)
drafts = st.builds(
    Draft,
    title=texts,
    blocks=st.lists(blocks_of_any_kind, max_size=5).map(tuple),
    style=st.sampled_from(DraftStyle),
    sources=st.sampled_from([(), (DraftSource(number=1, where="어느 문서"),)]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(draft=drafts)
def test_any_draft_passes_both_validators_and_gives_its_text_back(draft: Draft, tmp_path) -> None:
    data = write(draft, "hwpx")
    assert [str(issue) for issue in validate_package(data).errors] == []
    report = hwpforge.Document.from_bytes(data).validate()
    assert report["errors"] == []
    assert dochan_grids(data, tmp_path) == grids(draft)
    assert squeezed(forge_lines(data)) == squeezed(visible_lines(draft))
