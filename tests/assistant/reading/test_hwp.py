from __future__ import annotations

import pytest

from assistant.domain import AsideKind, BlockKind, Cell, Document
from assistant.errors import (
    DocumentTooLargeError,
    DocumentUnreadableError,
    UnsupportedFormatError,
)
from assistant.reading import hwp_records
from tests.assistant.reading.conftest import Reader, texts, warning
from tests.assistant.reading.hwp_builders import (
    DISTRIBUTION,
    DRM,
    PASSWORD,
    HwpCell,
    HwpFile,
    HwpPara,
    control,
    deflated,
    hwp_list,
    hwp_table,
    make_ole,
    protected,
    record,
)

NOTICE = HwpPara("가나시 시범구매 공고(예시)")
MERGED = [
    HwpCell(0, 0, "구분", row_span=2, is_header=True),
    HwpCell(0, 1, "실적", col_span=2, is_header=True),
    HwpCell(1, 1, "목표", is_header=True),
    HwpCell(1, 2, "결과", is_header=True),
    HwpCell(2, 0, "고장"),
    HwpCell(2, 1, "3회"),
    HwpCell(2, 2, "1회"),
]


def table(document: Document) -> tuple[tuple[Cell, ...], ...]:
    return next(block.rows for block in document.blocks if block.kind is BlockKind.TABLE)


def reason(read_here: Reader, data: bytes) -> str:
    with pytest.raises(DocumentUnreadableError) as caught:
        read_here(data, "a.hwp")
    return caught.value.reason


def test_paragraphs_and_tables_come_in_order(read_here: Reader) -> None:
    data = HwpFile([NOTICE, hwp_table(3, 3, MERGED), HwpPara("끝.")]).made()
    document = read_here(data, "공고.hwp")
    assert [block.kind.value for block in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.media_type == "application/x-hwp"
    assert document.metadata["표 개수"] == "1"
    assert document.warnings == ()


def test_spans_and_head_rows_are_those_of_the_file(read_here: Reader) -> None:
    document = read_here(HwpFile([hwp_table(3, 3, MERGED)]).made(), "a.hwp")
    assert table(document) == (
        (Cell(text="구분", row_span=2), Cell(text="실적", col_span=2)),
        (Cell(text="목표"), Cell(text="결과")),
        (Cell(text="고장"), Cell(text="3회"), Cell(text="1회")),
    )
    assert document.blocks[0].header_rows == 2


def test_a_table_of_one_cell_is_text(read_here: Reader) -> None:
    data = HwpFile([hwp_table(1, 1, [HwpCell(0, 0, "Ⅰ. 추진 배경")]), NOTICE]).made()
    document = read_here(data, "a.hwp")
    first = document.blocks[0]
    assert (first.kind, first.text, first.level) == (BlockKind.HEADING, "Ⅰ. 추진 배경", 1)
    assert document.metadata["표 개수"] == "1"


def test_a_footnote_keeps_its_mark_and_follows_its_paragraph(read_here: Reader) -> None:
    data = HwpFile([hwp_list(b"  nf", ["조달청 자료(예시)"], code=17), HwpPara("다음")]).made()
    document = read_here(data, "a.hwp")
    assert texts(document) == ["앞[1]뒤", "[1] 조달청 자료(예시)", "다음"]
    assert document.blocks[1].kind is BlockKind.NOTE


def test_hidden_comments_and_white_text_stand_apart(read_here: Reader) -> None:
    paragraphs = [
        HwpPara("보이는 글"),
        hwp_list(b"tmct", ["검토자 의견"], code=15),
        HwpPara("흰 글씨", ink=1),
        HwpPara("아주 작은 글씨", ink=2),
    ]
    document = read_here(HwpFile(paragraphs).made(), "a.hwp")
    assert texts(document) == ["보이는 글", "앞뒤"]
    assert {aside.text for aside in document.asides} == {"검토자 의견", "흰 글씨", "아주 작은 글씨"}
    assert warning(document, "hidden_text") == 3


def test_memos_stand_apart(read_here: Reader) -> None:
    memo = record(93, 1, bytes(4)) + record(72, 2, bytes(8)) + HwpPara("담당자 메모").at(2)
    document = read_here(HwpFile([NOTICE], tail=memo).made(), "a.hwp")
    assert texts(document) == ["가나시 시범구매 공고(예시)"]
    assert [(a.kind, a.text) for a in document.asides] == [(AsideKind.MEMO, "담당자 메모")]
    assert warning(document, "memos") == 1


def test_the_guide_of_a_form_field_stands_apart(read_here: Reader) -> None:
    command = "Clickhere:set:48:Direction:wstring:3:기관명 HelpState:wstring:0:  "
    units = command.encode("utf-16-le")
    head = b"klc%" + bytes(5) + len(command).to_bytes(2, "little")
    field = HwpPara("수신 " + control(3, b"klc%"), controls=record(71, 1, head + units + bytes(4)))
    document = read_here(HwpFile([field]).made(), "a.hwp")
    assert texts(document) == ["수신"]
    assert [(a.kind, a.text) for a in document.asides] == [(AsideKind.INSTRUCTION, "기관명")]


def test_the_number_of_a_table_is_written_into_its_caption(read_here: Reader) -> None:
    number = record(71, 1, b"onta" + (4).to_bytes(4, "little") + (12).to_bytes(2, "little"))
    caption = HwpPara(f"<표 {control(18, b'onta')}> 성과", controls=number)
    assert texts(read_here(HwpFile([caption]).made(), "a.hwp")) == ["<표 12> 성과"]


def test_characters_of_two_units_survive_beside_controls(read_here: Reader) -> None:
    number = record(71, 1, b"onta" + (4).to_bytes(4, "little") + (3).to_bytes(2, "little"))
    text = HwpPara(f"𠮷野 {control(18, b'onta')}번 😀", controls=number)
    assert texts(read_here(HwpFile([text]).made(), "a.hwp")) == ["𠮷野 3번 😀"]


def test_text_that_the_library_leaves_out_comes_last_with_a_warning(read_here: Reader) -> None:
    unknown = record(71, 1, b"zzzz" + bytes(20)) + record(72, 2, bytes(8))
    lost = HwpPara("앞", controls=unknown + HwpPara("빠진 문장").at(3))
    document = read_here(HwpFile([lost, HwpPara("뒤")]).made(), "a.hwp")
    assert texts(document) == ["앞", "뒤", "빠진 문장"]
    assert warning(document, "doubtful_text") == 1


def test_a_distribution_document_is_read(read_here: Reader) -> None:
    shown = HwpFile([NOTICE, hwp_table(3, 3, MERGED)])
    streams = {
        "BodyText/Section0": deflated(HwpPara("배포용 문서입니다.").at(0)),
        "ViewText/Section0": protected(shown.section()),
    }
    document = read_here(HwpFile(flags=DISTRIBUTION, streams=streams).made(), "a.hwp")
    assert document.blocks[0].text == NOTICE.text
    assert len(table(document)) == 3


def test_a_macro_and_an_embedded_object_are_told_of(read_here: Reader) -> None:
    script = deflated("function OnDocument_Open() { Run(); }".encode("utf-16-le"))
    tail = record(84, 1, bytes(26))
    data = HwpFile([NOTICE], tail=tail, streams={"Scripts/DefaultJScript": script}).made()
    assert warning(read_here(data, "a.hwp"), "external_content") == 2


def test_an_encrypted_file_says_so(read_here: Reader) -> None:
    assert reason(read_here, HwpFile([NOTICE], flags=PASSWORD).made()) == "encrypted"


def test_a_rights_managed_file_is_named(read_here: Reader) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_here(HwpFile([NOTICE], flags=DRM).made(), "a.hwp")
    assert caught.value.detected == "drm"


@pytest.mark.parametrize(
    "streams",
    [
        pytest.param({"FileHeader": b"HWP Document File"}, id="short header"),
        pytest.param({"BodyText/Section0": b""}, id="empty body"),
        pytest.param({"BodyText/Section0": b"\xff" * 300}, id="body that does not unpack"),
    ],
)
def test_a_broken_file_is_damaged(read_here: Reader, streams: dict[str, bytes]) -> None:
    assert reason(read_here, HwpFile([NOTICE], streams=streams).made()) == "damaged"


def test_a_container_without_a_body_is_damaged(read_here: Reader) -> None:
    header = b"HWP Document File".ljust(32, b"\0") + bytes((0, 0, 0, 5, 0, 0, 0, 0))
    data = make_ole({"FileHeader": header.ljust(256, b"\0"), "DocInfo": b"\0" * 30})
    assert reason(read_here, data) == "damaged"


def test_what_came_before_a_break_is_kept_with_a_warning(read_here: Reader) -> None:
    body = b"".join(HwpPara(f"문단 {number} 내용").at(0) for number in range(400))
    whole = deflated(body)
    data = HwpFile(streams={"BodyText/Section0": whole[: len(whole) // 2]}).made()
    document = read_here(data, "a.hwp")
    assert document.blocks[0].text == "문단 0 내용"
    assert 10 < len(document.blocks) < 400
    assert warning(document, "doubtful_text")


def test_a_stream_that_explodes_is_hostile(read_here: Reader) -> None:
    bomb = deflated(bytes(hwp_records.MAX_STREAM_BYTES + 1))
    data = HwpFile(streams={"BodyText/Section0": bomb}).made()
    assert reason(read_here, data) == "hostile"


def test_a_stream_that_is_only_too_large_is_called_so() -> None:
    noise = bytes(range(256)) * 8
    with pytest.raises(DocumentTooLargeError):
        hwp_records.inflate(deflated(noise), room=1000)


@pytest.mark.parametrize(
    ("rows", "columns"), [pytest.param(60_000, 1, id="side"), pytest.param(9_000, 9_000, id="area")]
)
def test_a_table_of_impossible_size_is_hostile(read_here: Reader, rows: int, columns: int) -> None:
    data = HwpFile([hwp_table(rows, columns, [HwpCell(0, 0, "가")])]).made()
    assert reason(read_here, data) == "hostile"


def test_a_paragraph_without_end_is_hostile(read_here: Reader) -> None:
    text = "가" * hwp_records.MAX_TEXT_BYTES
    assert reason(read_here, HwpFile([HwpPara(text)]).made()) == "hostile"


def test_cells_that_claim_each_others_places_are_hostile(read_here: Reader) -> None:
    cells = [
        HwpCell(row, column, "가", 200 - row, 200 - column)
        for row in range(0, 200, 10)
        for column in range(0, 200, 5)
    ]
    assert reason(read_here, HwpFile([hwp_table(200, 200, cells)]).made()) == "hostile"


def test_tables_nested_without_end_are_survived(read_here: Reader) -> None:
    nested = b""
    for level in range(0, 600, 3):
        nested += record(71, level + 1, b" lbt" + bytes(42))
        nested += record(77, level + 2, b"\0\0\0\0\x01\0\x01\0" + bytes(14))
        nested += record(72, level + 2, b"\x01" + bytes(11) + b"\x01\0\x01\0" + bytes(31))
        nested += HwpPara(control(11, b" lbt")).at(level + 3)
    document = read_here(HwpFile([NOTICE, HwpPara("표", controls=nested)]).made(), "a.hwp")
    assert texts(document)[:2] == [NOTICE.text, "표"]
    assert warning(document, "doubtful_text")
