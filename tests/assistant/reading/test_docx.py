from __future__ import annotations

import pytest

from assistant.domain import AsideKind, BlockKind, Document
from assistant.errors import DocumentUnreadableError
from assistant.reading import Limits, ReaderPool
from tests.assistant.reading.conftest import Reader, texts, warning
from tests.assistant.reading.office_builders import changed, packed, par, saved_word, word


def numbered(style: str, text: str, *, more: str = "") -> str:
    level = f'<w:numFmt w:val="{style}"/><w:lvlText w:val="{text}"/>'
    return (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/>{level}</w:lvl>'
        f'<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="%1-%2)"/></w:lvl></w:abstractNum>'
        f'<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num>{more}'
    )


def item(text: str, level: int = 0, num_id: int = 5) -> str:
    return par(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def cell(text: str, properties: str = "", inner: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}{par(text)}</w:tc>"


def table_of(document: Document) -> list[list[tuple[str, int, int]]]:
    block = next(block for block in document.blocks if block.kind is BlockKind.TABLE)
    return [[(c.text, c.row_span, c.col_span) for c in row] for row in block.rows]


def test_a_saved_file_keeps_headings_numbers_and_merged_cells(read_here: Reader) -> None:
    document = read_here(saved_word(), "a.docx")
    assert document.title == "무인 안내기 시범구매 계획(예시)"
    assert texts(document) == [
        *("추진 배경", "가나시는 무인 안내기를 시범구매한다.", "1. 현장 조사", "2. 구매 결정"),
        *("", "가나시 혁신구매팀"),
    ]
    assert table_of(document) == [
        [("구분", 2, 1), ("금액", 1, 2)],
        [("국비", 1, 1), ("시비", 1, 1)],
        [("안내기", 1, 1), ("10", 1, 1), ("20", 1, 1)],
    ]


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("decimal", "%1.", ["1. 갑", "1-1) 을", "1-2) 병", "2. 정", "2-1) 무"]),
        ("ganada", "(%1)", ["(가) 갑", "가-1) 을", "가-2) 병", "(나) 정", "나-1) 무"]),
        ("decimalEnclosedCircle", "%1", ["① 갑", "①-1) 을", "①-2) 병", "② 정", "②-1) 무"]),
        ("bullet", "\uf0b7", ["• 갑", "1-1) 을", "1-2) 병", "• 정", "2-1) 무"]),
        ("none", "제목", ["제목 갑", "-1) 을", "-2) 병", "제목 정", "-1) 무"]),
    ],
)
def test_numbers_are_counted_as_word_draws_them(
    read_here: Reader, style: str, text: str, expected: list[str]
) -> None:
    body = item("갑") + item("을", 1) + item("병", 1) + item("정") + item("무", 1)
    document = read_here(word(body, numbering=numbered(style, text)), "a.docx")
    assert texts(document) == expected
    assert [block.level for block in document.blocks] == [1, 2, 2, 1, 2]


def test_a_second_list_starts_anew_where_it_says_so(read_here: Reader) -> None:
    anew = (
        '<w:num w:numId="6"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>'
    )
    body = item("갑") + item("을") + item("병", num_id=6) + item("정", num_id=6)
    document = read_here(word(body, numbering=numbered("decimal", "%1.", more=anew)), "a.docx")
    assert texts(document) == ["1. 갑", "2. 을", "4. 병", "5. 정"]


def test_empty_items_count_and_deleted_ones_do_not(read_here: Reader) -> None:
    properties = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr></w:pPr>'
    gone = f"<w:p>{properties}<w:del><w:r><w:delText>삭제</w:delText></w:r></w:del></w:p>"
    body = item("갑") + f"<w:p>{properties}</w:p>" + gone + item("을")
    document = read_here(word(body, numbering=numbered("decimal", "%1.")), "a.docx")
    assert texts(document) == ["1. 갑", "3. 을"]


def test_headings_come_from_styles_their_ancestors_and_outline_levels(read_here: Reader) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="우리 제목"/>'
        '<w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:name w:val="Title"/></w:style>'
    )
    body = (
        par("표지", '<w:pStyle w:val="c"/>')
        + par("장", '<w:pStyle w:val="b"/>')
        + par("절", '<w:outlineLvl w:val="2"/>')
        + par("글", '<w:pStyle w:val="b"/><w:outlineLvl w:val="9"/>')
    )
    document = read_here(word(body, styles=styles), "a.docx")
    assert document.title == "표지"
    assert [block.level for block in document.blocks] == [1, 2, 3, 0]


def test_styles_that_go_round_in_a_circle_are_survived(read_here: Reader) -> None:
    styles = '<w:style w:styleId="a"><w:name w:val="x"/><w:basedOn w:val="a"/></w:style>'
    body = par("글", '<w:pStyle w:val="a"/>')
    assert texts(read_here(word(body, styles=styles), "a.docx")) == ["글"]


def test_tables_keep_spans_heads_and_what_is_nested(read_here: Reader) -> None:
    inner = f"<w:tbl>{row(cell('안 1'), cell('안 2'))}{row(cell('안 3'), cell('안 4'))}</w:tbl>"
    body = (
        "<w:tbl>"
        + row(
            cell("머리", '<w:gridSpan w:val="2"/>'),
            cell("셋", '<w:vMerge w:val="restart"/>'),
            properties="<w:tblHeader/>",
        )
        + row(cell("하나"), cell("둘", inner=inner), cell("", "<w:vMerge/>"))
        + "</w:tbl>"
    )
    document = read_here(word(body), "a.docx")
    assert table_of(document) == [
        [("머리", 1, 2), ("셋", 2, 1)],
        [("하나", 1, 1), ("안 1 | 안 2\n안 3 | 안 4\n둘", 1, 1)],
    ]
    assert document.blocks[0].header_rows == 1


def test_a_table_of_one_cell_is_text(read_here: Reader) -> None:
    heading = par("첫째", '<w:outlineLvl w:val="0"/>')
    body = f"<w:tbl>{row(cell('둘째', inner=heading))}</w:tbl>"
    document = read_here(word(body), "a.docx")
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.HEADING, "첫째"),
        (BlockKind.PARAGRAPH, "둘째"),
    ]


def test_a_caption_above_a_table_goes_with_it(read_here: Reader) -> None:
    styles = '<w:style w:styleId="c"><w:name w:val="caption"/></w:style>'
    table = f"<w:tbl>{row(cell('가'), cell('나'))}</w:tbl>"
    captions = par("&lt;표 1&gt; 예산", '<w:pStyle w:val="c"/>') + table
    after = par("&lt;그림 1&gt; 현장", '<w:pStyle w:val="c"/>')
    document = read_here(word(captions + after, styles=styles), "a.docx")
    assert document.blocks[0].caption == "<표 1> 예산"
    assert texts(document)[1:] == ["<그림 1> 현장"]


def test_changes_are_read_as_accepted(read_here: Reader) -> None:
    body = (
        "<w:p><w:r><w:t>기한은 </w:t></w:r><w:del><w:r><w:delText>7일</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>14일</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>옮김</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>이다.</w:t></w:r></w:p>"
        f"<w:sdt><w:sdtContent>{par('양식 칸')}</w:sdtContent></w:sdt>"
    )
    assert texts(read_here(word(body), "a.docx")) == ["기한은 14일이다.", "양식 칸"]


def test_notes_follow_what_they_belong_to(read_here: Reader) -> None:
    body = '<w:p><w:r><w:t>본문</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + par(
        "다음"
    )
    notes = f'<w:footnote w:id="2">{par("출처는 예시")}</w:footnote>'
    document = read_here(word(body, footnotes=notes), "a.docx")
    assert [(b.kind, b.text) for b in document.blocks] == [
        (BlockKind.PARAGRAPH, "본문[1]"),
        (BlockKind.NOTE, "[1] 출처는 예시"),
        (BlockKind.PARAGRAPH, "다음"),
    ]


def test_text_boxes_are_read_once(read_here: Reader) -> None:
    box = f"<wps:txbx><w:txbxContent>{par('상자 글')}</w:txbxContent></wps:txbx>"
    body = (
        "<w:p><w:r><w:t>본문</w:t></w:r><w:r><mc:AlternateContent>"
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert texts(read_here(word(body), "a.docx")) == ["본문", "상자 글"]


WHITE = '<w:color w:val="FFFFFF"/>'


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(par("보임") + par("숨은 글", marks="<w:vanish/>"), id="hidden"),
        pytest.param(par("보임") + par("숨은 글", marks=WHITE), id="white"),
        pytest.param(par("보임") + par("숨은 글", marks='<w:sz w:val="2"/>'), id="tiny"),
        pytest.param(
            par("보임")
            + f"<w:tbl>{row(cell('숨은 글'), properties='<w:hidden/>')}{row(cell('가'))}</w:tbl>",
            id="row",
        ),
    ],
)
def test_what_is_not_seen_stands_apart(read_here: Reader, body: str) -> None:
    document = read_here(word(body), "a.docx")
    assert [(a.kind, a.text) for a in document.asides] == [(AsideKind.HIDDEN, "숨은 글")]
    assert "숨은 글" not in str(document.blocks)
    assert warning(document, "hidden_text") == 1


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(par("글", marks=WHITE + '<w:highlight w:val="black"/>'), id="highlight"),
        pytest.param(par("글", '<w:shd w:val="clear" w:fill="1F3864"/>', WHITE), id="shaded"),
        pytest.param(
            "<w:tbl><w:tblPr><w:tblStyle w:val='Grid4'/></w:tblPr>"
            f"<w:tr><w:tc>{par('글', marks=WHITE)}</w:tc></w:tr></w:tbl>",
            id="coloured table",
        ),
        pytest.param(par("글", marks='<w:vanish w:val="0"/>'), id="switched off"),
    ],
)
def test_white_text_on_a_colour_is_seen(read_here: Reader, body: str) -> None:
    document = read_here(word(body), "a.docx")
    assert texts(document) == ["글"]
    assert document.asides == ()


def test_comments_stand_apart(read_here: Reader) -> None:
    comments = f'<w:comment w:id="0">{par("금액 다시 확인")}</w:comment>'
    document = read_here(word(par("본문"), comments=comments), "a.docx")
    assert [(a.kind, a.text) for a in document.asides] == [(AsideKind.MEMO, "금액 다시 확인")]
    assert (texts(document), warning(document, "memos")) == (["본문"], 1)


def test_running_heads_are_given_once_and_page_numbers_not_at_all(read_here: Reader) -> None:
    parts = {"header1": par("가나시"), "header2": par("가나시"), "footer1": par("- 1 / 20쪽 -")}
    document = read_here(word(par("본문"), **parts), "a.docx")
    assert texts(document) == ["본문", "가나시"]


def test_what_is_not_followed_is_counted(read_here: Reader) -> None:
    links = (
        b'<Relationships><Relationship Id="a" Type="x/attachedTemplate" TargetMode="External" '
        b'Target="http://sample.example/a.dotm"/><Relationship Id="b" Type="x/hyperlink" '
        b'TargetMode="External" Target="http://sample.example/"/></Relationships>'
    )
    data = changed(
        word(par("본문") + '<w:altChunk r:id="c" xmlns:r="x"/>'),
        {"word/_rels/document.xml.rels": links, "word/vbaProject.bin": b"macro"},
    )
    assert warning(read_here(data, "a.docx"), "external_content") == 3


def test_the_iso_form_is_read_as_well(read_here: Reader) -> None:
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    data = changed(
        word(par("본문")),
        {
            "word/document.xml": lambda xml: xml.replace(
                usual, b"http://purl.oclc.org/ooxml/wordprocessingml/main"
            )
        },
    )
    assert texts(read_here(data, "a.docx")) == ["본문"]


LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><w>&b;</w>'
HUGE_SPAN = '<w:gridSpan w:val="100000000"/>'
DEEP = "<w:sdt><w:sdtContent>" * 5000 + "</w:sdtContent></w:sdt>" * 5000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(saved_word()[:2000], "damaged", id="cut short"),
        pytest.param(packed({"[Content_Types].xml": b"", "word/a": b""}), "damaged", id="no body"),
        pytest.param(changed(saved_word(), {"word/document.xml": LAUGHS}), "hostile", id="laughs"),
        pytest.param(
            changed(saved_word(), {"word/document.xml": bytes(90_000_000)}), "hostile", id="bomb"
        ),
        pytest.param(word(DEEP), "hostile", id="nested"),
        pytest.param(
            word(f"<w:tbl>{row(cell('가', HUGE_SPAN))}</w:tbl>"),
            "hostile",
            id="span",
        ),
        pytest.param(word(par("")), "no_text", id="empty"),
    ],
)
def test_hostile_and_broken_files_are_refused_by_name(
    pool: ReaderPool, data: bytes, reason: str
) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        pool.read(data, file_name="a.docx", limits=Limits(wall_s=10, memory_bytes=500_000_000))
    assert caught.value.reason == reason
