"""The linter on well-formed documents, on single faults, and its fixes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Block, BlockKind, Cell, Document, Locator
from assistant.officialdoc import (
    DocumentKind,
    Finding,
    fix,
    fix_all,
    lint,
    plain_text,
    rulebook,
)
from tests.assistant.officialdoc.cases import CASES, Case
from tests.assistant.officialdoc.documents import WELL_FORMED

KINDS = (None, *DocumentKind)


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def certain(findings: tuple[Finding, ...]) -> list[str]:
    return [f.rule for f in findings if f.fix is not None and f.fix.is_certain]


@pytest.mark.parametrize("name", WELL_FORMED)
def test_a_well_formed_document_raises_no_alarm(name: str) -> None:
    kind, text = WELL_FORMED[name]
    found = [(f.rule, text[f.place.start : f.place.end]) for f in lint(text, kind=kind)]
    assert found == []


@pytest.mark.parametrize("name", WELL_FORMED)
def test_a_document_of_unknown_kind_raises_no_alarm(name: str) -> None:
    text = WELL_FORMED[name][1]
    assert [(f.rule, text[f.place.start : f.place.end]) for f in lint(text)] == []


@pytest.mark.parametrize("name", WELL_FORMED)
def test_a_well_formed_document_is_left_as_it_is(name: str) -> None:
    kind, text = WELL_FORMED[name]
    assert fix_all(text, kind=kind) == text


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.bad[:24]!r}")
def test_a_fault_is_found_with_its_rule_and_article(case: Case) -> None:
    found = [one for one in lint(case.bad, kind=case.kind) if one.rule == case.rule]
    assert found, rules(lint(case.bad, kind=case.kind))
    assert (found[0].article.law, found[0].article.label) == case.article
    assert "{" not in found[0].message


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.bad[:24]!r}")
def test_the_right_form_is_not_a_fault(case: Case) -> None:
    assert rules(lint(case.good, kind=case.kind)) == []


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.is_fixed],
    ids=lambda case: f"{case.rule}: {case.bad[:24]!r}",
)
def test_the_fix_gives_the_right_form(case: Case) -> None:
    findings = lint(case.bad, kind=case.kind)
    fixed = fix(case.bad, [one for one in findings if one.rule == case.rule])
    assert fix_all(fixed, kind=case.kind) == case.good


def test_every_rule_has_a_case() -> None:
    assert {case.rule for case in CASES} == set(rulebook())


def test_each_place_lies_in_the_text() -> None:
    for case in CASES:
        for one in lint(case.bad, kind=case.kind):
            assert 0 <= one.place.start <= one.place.end <= len(case.bad)
            lines = case.bad[: one.place.start].count("\n") + 1
            assert one.place.line == lines


PIECES = st.sampled_from(
    [case.bad for case in CASES if len(case.bad) < 120]
    + [
        "\n",
        "  ",
        "1. ",
        "가. ",
        "1) ",
        "2. ",
        "① ",
        "□ ",
        "- ",
        "다. ",
        "끝.",
        "  끝.",
        "붙임  ",
        "첨부: ",
        "1부",
    ]
    + [
        "계획서 1부.",
        "2026. 5. 19.",
        "2026-5-9",
        "(월)",
        "오후 3시",
        "금1000원",
        "(금일천원)",
        "㎡",
        " 5 km",
        "|",
        "| 가 |  |",
    ]
    + [
        "수신  ",
        "제목  ",
        "내부결재",
        "알립니다.",
        "한다.",
        "(",
        ")",
        "「",
        "이하 빈칸",
        "Ⅰ. ",
        "AI",
        "10000명",
        "02)123-4567",
    ]
)


@given(pieces=st.lists(PIECES, max_size=12), kind=st.sampled_from(KINDS))
def test_a_fixed_text_has_nothing_left_to_fix_and_stays_the_same(
    pieces: list[str], kind: DocumentKind | None
) -> None:
    text = "".join(pieces)
    fixed = fix_all(text, kind=kind)
    assert certain(lint(fixed, kind=kind)) == []
    assert fix_all(fixed, kind=kind) == fixed


@given(text=st.text(max_size=200), kind=st.sampled_from(KINDS))
def test_no_text_breaks_the_linter(text: str, kind: DocumentKind | None) -> None:
    for one in lint(text, kind=kind):
        assert 0 <= one.place.start <= one.place.end <= len(text)


@given(name=st.sampled_from(sorted(WELL_FORMED)))
def test_line_by_line_garbling_of_blanks_is_put_right(name: str) -> None:
    kind, text = WELL_FORMED[name]
    garbled = text.replace("  끝.", " 끝").replace("붙임  ", "붙임 ")
    assert fix_all(garbled, kind=kind) == text


def document(*blocks: Block, media_type: str = "application/hwp+zip") -> Document:
    return Document(title="문서", media_type=media_type, blocks=blocks)


def paragraph(ordinal: int, text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, locator=Locator(ordinal=ordinal, page=2))


def table(ordinal: int, *rows: tuple[str, ...]) -> Block:
    return Block(
        kind=BlockKind.TABLE,
        text="",
        locator=Locator(ordinal=ordinal),
        rows=tuple(tuple(Cell(text=text) for text in row) for row in rows),
        header_rows=1,
    )


def test_a_finding_in_a_document_names_block_and_page() -> None:
    source = document(paragraph(0, "알림"), paragraph(1, "회의는 2026.5.19 엽니다."))
    (found,) = lint(source)
    assert (found.rule, found.place.block, found.place.page) == ("date-form", 1, 2)
    assert plain_text(source)[found.place.start : found.place.end] == "2026.5.19"


def test_a_date_in_a_table_is_found() -> None:
    source = document(table(0, ("구분", "날짜", "비고"), ("접수", "2026-05-19", "없음")))
    assert rules(lint(source)) == ["date-form"]


def test_a_file_that_keeps_no_blanks_is_not_blamed_for_them() -> None:
    lines = ("1. 관련: 총무과-1", "2. 알립니다.", "붙임 계획서 1부. 끝.")
    blocks = tuple(paragraph(at, text) for at, text in enumerate(lines))
    assert rules(lint(document(*blocks, media_type="application/pdf"))) == []
    assert rules(lint(document(*blocks))) == ["attachment-form", "end-form"]


def test_indents_are_asked_for_only_where_the_text_holds_them() -> None:
    lines = ("1. 장소", "가. 본관", "나. 별관", "2. 시각")
    blocks = tuple(paragraph(at, text) for at, text in enumerate(lines))
    assert rules(lint(document(*blocks))) == []
    assert rules(lint("\n".join(lines))) == ["numbering-indent", "numbering-indent"]


def test_a_table_that_is_not_full_takes_no_end_mark() -> None:
    rows = (("번호", "품명", "수량"), ("1", "칠판", "2대"), ("", "", ""))
    source = document(
        paragraph(0, "수신  가람시장"),
        paragraph(1, "제목  물품 목록"),
        table(2, *rows),
        paragraph(3, "끝."),
    )
    assert rules(lint(source)) == ["end-blank-cells"]


def test_a_fix_that_needs_an_eye_is_offered_and_not_applied_with_the_rest() -> None:
    text = "금113,560원(금일십일만삼천오백원)"
    (found,) = lint(text)
    assert found.rule == "amount-mismatch"
    assert fix_all(text) == text
    assert fix(text, [found]) == "금113,560원(금일십일만삼천오백육십원)"


def test_fixes_that_touch_are_not_applied_together() -> None:
    text = "2. 목록\n1부"
    findings = lint(text)
    assert fix(text, [*findings, *findings]) == fix(text, findings)


def test_a_statute_keeps_its_own_order() -> None:
    text = "제1조(목적) ① 정한다.\n제2조(정의) ② 같다.\n  1. 말\n    가. 뜻\n제3조(기타) 한다."
    assert lint(text) == ()


def test_a_long_text_is_checked_in_time_that_grows_with_it() -> None:
    import time

    body = WELL_FORMED["internal memo"][1]
    started = time.perf_counter()
    lint(body * 20)
    once = time.perf_counter() - started
    started = time.perf_counter()
    lint(body * 80)
    assert time.perf_counter() - started < 16 * max(once, 0.05)


def heading(ordinal: int, text: str) -> Block:
    return Block(kind=BlockKind.HEADING, level=2, text=text, locator=Locator(ordinal=ordinal))


def test_a_list_below_a_numbered_heading_counts_from_one() -> None:
    source = document(
        heading(0, "1. 신청 자격"),
        paragraph(1, "1. 사업자등록증\n2. 통장 사본"),
        heading(2, "2. 신청 방법"),
        paragraph(3, "1. 방문\n2. 우편"),
    )
    assert rules(lint(source)) == []


def test_a_list_that_begins_again_is_one_finding_and_needs_an_eye() -> None:
    text = "1. 자격\n2. 서류\n1. 등록증\n2. 통장\n3. 방법\n4. 문의"
    (found,) = lint(text)
    assert (found.rule, found.place.line) == ("numbering-order", 3)
    assert fix_all(text) == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("문서를 저장\n소) 등 도구를 씁니다.", id="the rest of a wrapped word"),
        pytest.param("지난해 수치는\n(17) 3,101,601입니다.", id="a figure at the margin"),
        pytest.param("가장 긴 달은 2월 28분입니다.", id="a month and minutes"),
        pytest.param("2011대구세계육상선수권대회", id="a year that a name begins with"),
        pytest.param(
            "2021년 발사가 목표이고 9. 7.(금)에 상을 줍니다.", id="a year of something else"
        ),
        pytest.param("지원금 5,000만원을 받았습니다.", id="an amount that is no 금 amount"),
        pytest.param("비율은 50:50이고 3시간 걸립니다.", id="a ratio and a duration"),
        pytest.param("www.example.go.kr/2026-05-19.hwp에서 받습니다.", id="an address"),
        pytest.param("공고 제2026-0519호", id="the number of a notice"),
        pytest.param("【확인 필요: 2026-5-9 오후 3시】", id="an open place"),
        pytest.param("손끝으로 느낍니다.\n회의가 끝나면 알립니다.", id="the word end in prose"),
        pytest.param("붙임과 같이 보냅니다.\n붙임을 보십시오.", id="the word 붙임 in prose"),
        pytest.param("금일십만원을 받았습니다.", id="Hangul that looks like 금일"),
        pytest.param("평가와 근거를 3평균으로", id="letters of old measures"),
        pytest.param("“검토한다.”라고 답하였습니다. 알려 드립니다.", id="a quoted voice"),
    ],
)
def test_what_only_looks_like_a_fault_is_left_alone(text: str) -> None:
    assert rules(lint(text)) == []
