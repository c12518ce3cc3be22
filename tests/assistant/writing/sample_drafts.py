"""Ten drafts that between them hold every kind of block; all firms, people and figures invented."""

from __future__ import annotations

from assistant.domain import (
    Draft,
    DraftBlock,
    DraftSource,
    DraftStyle,
    Note,
    PageBreak,
    Picture,
    Run,
    Table,
)
from tests.assistant.writing.sample_pieces import (
    EVENING,
    GUIDE,
    LAW,
    MORNING,
    REPORT_SOURCE,
    _facts,
    _row,
    cell,
    chart,
    head,
    para,
    say,
    visible_lines,
)

__all__ = ["EVENING", "MORNING", "SAMPLE_DRAFTS", "cell", "chart", "visible_lines"]


def official() -> Draft:
    """A 기안문 with all eight depths, a date, an amount and attachments."""
    texts = (
        "관련: 혁신행정과-1234(2026. 11. 2.)호",
        "시범사용 결과를 다음과 같이 보고하오니 검토하여 주시기 바랍니다.",
        "시범사용 개요",
        "기간: 2026. 5. 1. ~ 10. 31.",
        "장소: 가온시 한빛동 주민센터 등 3곳",
        "설치 대수: 12대",
        "민원실 4대",
        "복도 8대",
    )
    ladder = tuple(para(text, depth=depth) for depth, text in enumerate(texts, start=1))
    return Draft(
        title="혁신제품 시범사용 결과 보고",
        style=DraftStyle.OFFICIAL,
        blocks=(
            para("수신  가온시장(혁신행정과장)"),
            *ladder,
            para("소요 예산: 금113,560원(금일십일만삼천오백육십원)", depth=2),
            para(say("처리 기한은 접수한 날부터 14일입니다.", 1), depth=1),
            para(
                "긴 항목은 다음 줄로 넘어가도 둘째 줄이 첫 글자에 맞추어 시작하여야 하므로, 이 "
                "문장은 한 줄을 넘도록 일부러 길게 적어 들여쓰기가 맞는지 눈으로 보게 함.",
                depth=2,
            ),
            para("담당 부서에서 보완한다.", depth=2),
            para(""),
            para("붙임  1. 시범사용 결과보고서 1부."),
            para("      2. 시험성적서 사본 1부.  끝."),
            para(say("가온시장", bold=True), align="center"),
        ),
        sources=(LAW,),
        facts=_facts("누리살핌 감지기의 시범사용 결과를 보고한다.", "시범사용", "결과보고"),
    )


def report() -> Draft:
    """A 개조식 report: Roman headings, four bullets, a note, a table and citations."""
    return Draft(
        title="누리살핌 화재 감지기 시범사용 결과보고",
        style=DraftStyle.REPORT,
        blocks=(
            para("2026. 11. 23.(월) / 혁신행정과", align="right"),
            head("추진 배경"),
            para(
                say("노후 청사의 화재 감지 지연 문제를 줄이기 위해 시범사용을 추진함", 2), depth=1
            ),
            para("2025년 오경보 48건 가운데 31건이 조리 연기에서 생김", depth=2),
            para("한빛동 12건, 새솔동 19건", depth=3),
            para("점검일 기준", depth=4),
            Note(runs=(Run(text="건수는 당직 일지에서 센 값임"),)),
            head("시범사용 결과"),
            head("성과", 2),
            para("오경보가 ", say("64.6 % 줄어", 3, bold=True), " 목표(50 %)를 넘음", depth=1),
            Table(
                caption="성과목표 달성도",
                header_rows=1,
                widths=(3, 2, 2, 2),
                rows=(
                    _row("지표", "이전", "이후", "달성률", align="center"),
                    (cell("오경보(건)"), *_row("48", "17", "129.2 %", align="right")),
                    (cell("감지 시간(초)"), *_row("21.0", "8.4", "120.0 %", align="right")),
                ),
            ),
            head("문제점", 2),
            para("분기별 점검 인력이 더 필요함", depth=1),
            para("증원 규모는 ", say("", is_open=True), depth=2),
            head("향후 계획"),
            para("2027년 상반기 본구매 검토", depth=1),
        ),
        sources=(LAW, GUIDE, REPORT_SOURCE),
        facts=_facts("감지기 시범사용으로 오경보가 줄었다.", "시범구매", "화재 감지", "성과"),
    )


def plain() -> Draft:
    """Plain prose, confirmed by a person: no AI line."""
    return Draft(
        title="행사 안내문",
        blocks=(
            para("가온시는 오는 2026. 12. 4.(금) 15:30에 시민 설명회를 엽니다."),
            head("오시는 길", 1),
            para(
                "가온역 2번 출구에서 걸어서 5분입니다.\n주차 공간이 좁으니 버스를 이용해 주십시오."
            ),
            head("문의", 2),
            para("혁신행정과 (전화 02-000-0000)", align="center"),
            head("세부 문의", 3),
            para("평일 9:00 ~ 18:00", align="right"),
            PageBreak(),
            para("둘째 쪽에서 이어집니다."),
        ),
        facts=_facts(
            "시민 설명회를 알린다.", "설명회", reviewer="홍길동(가상)", confirmed_at=EVENING
        ),
    )


def complaint() -> Draft:
    """A reply to a complaint with citations in text, table and note, and open places."""
    return Draft(
        title="민원 답변서",
        style=DraftStyle.OFFICIAL,
        blocks=(
            para(
                "안녕하십니까? 귀하께서 신청하신 민원(접수번호 ",
                say("", is_open=True),
                ")에 답변드립니다.",
            ),
            para("귀하의 민원은 처리 기간과 결과 통지 방법에 관한 것으로 이해됩니다.", depth=1),
            para("검토 의견은 다음과 같습니다.", depth=1),
            para(say("민원은 접수한 날부터 14일 이내에 처리합니다.", 1), depth=2),
            para(say("시범사용 결과는 종료 후 30일 이내에 제출합니다.", 1, 2), depth=2),
            Table(
                header_rows=1,
                rows=(
                    _row("구분", "기한"),
                    (cell("처리"), cell(say("14일", 1))),
                    (cell("연장"), cell(say("7일", is_open=True))),
                ),
            ),
            Note(runs=(say("공휴일은 세지 않습니다.", 1),)),
            para("추가 설명이 필요하시면 혁신행정과로 연락하여 주십시오. 감사합니다.", depth=1),
        ),
        sources=(LAW, GUIDE),
        facts=_facts("민원 처리 기간을 답한다.", "민원", "처리 기간"),
    )


def merged() -> Draft:
    """Tables with cells merged over rows, columns and both, in header and body."""
    big = Table(
        caption="기관별 시범사용 현황",
        header_rows=2,
        widths=(2, 3, 2, 2, 3),
        rows=(
            (
                cell("구분", rows=2, columns=2, align="center"),
                cell("수량", columns=2, align="center"),
                cell("비고", rows=2, align="center"),
            ),
            (cell("신청", align="center"), cell("배정", align="center")),
            (
                cell("가온시", rows=3),
                cell("한빛동"),
                *_row("4", "4", align="right"),
                cell("2026. 5. 1. 설치", rows=2),
            ),
            (cell("새솔동"), *_row("6", "5", align="right")),
            (cell("소계"), cell("19", columns=2, align="center"), cell("")),
            (cell("합계 ", say("9대", 2, bold=True), columns=5, align="right"),),
        ),
    )
    form = Table(
        rows=(
            (cell("제품명"), cell("누리살핌 감지기(가상)", columns=3)),
            (cell("주소"), cell("가온시 한빛로 1\n2층 201호", columns=3)),
            (cell("담당"), cell("홍길동(가상)"), cell("전화"), cell("02-000-0000")),
            (cell("검토 의견", rows=2), cell("적합", columns=3)),
            (cell("조건부 적합: 설명서를 고칠 것", columns=3),),
        ),
        widths=(1, 2, 1, 2),
    )
    return Draft(
        title="시범사용 현황표",
        style=DraftStyle.REPORT,
        blocks=(head("현황"), big, head("제출 양식"), form),
        sources=(GUIDE,),
        facts=_facts("기관별 수량을 정리한다.", "현황", "병합 셀"),
    )


def long_table() -> Draft:
    """A table of 120 rows over several pages, its header repeated."""
    rows = (
        _row("번호", "업체", "제품", "점수", align="center"),
        *(
            (
                cell(str(n), align="center"),
                cell(f"가상업체 {n:03d}"),
                cell(
                    "공기질 측정기와 누수 감지기를 묶은 통합 관리 제품" if n % 7 == 0 else "감지기"
                ),
                cell(f"{60 + n % 40}.{n % 10}", align="right"),
            )
            for n in range(1, 121)
        ),
    )
    return Draft(
        title="혁신제품 신청 목록",
        style=DraftStyle.REPORT,
        blocks=(
            head("신청 업체"),
            Table(rows=rows, header_rows=1, caption="신청 목록(120건)", widths=(1, 3, 6, 1.5)),
            para("총 120건", depth=1),
        ),
        facts=_facts("신청 120건의 목록이다.", "목록", is_generated=False),
    )


def pictured() -> Draft:
    """Two pictures with captions and one without, between paragraphs."""
    return Draft(
        title="시범사용 전후 비교",
        style=DraftStyle.REPORT,
        blocks=(
            head("오경보 변화"),
            para("오경보가 줄어든 흐름은 그림과 같음", depth=1),
            Picture(
                data=chart(), alt="오경보 48건, 30건, 17건의 막대그림", caption="분기별 오경보"
            ),
            Picture(data=chart(120, 60), alt="작은 막대그림", width_mm=40),
            Picture(
                data=chart(360, 200),
                alt='따옴표 "와 <꺾쇠>가 든 설명 & 기호',
                caption="감지 시간 <초> & 건수",
                width_mm=300,
            ),
            Note(runs=(Run(text="※ 그림의 수치는 당직 일지에서 셈"),)),
        ),
        facts=_facts("전후 비교 그림", "그림"),
    )


HOSTILE = (
    "</w:t></w:r></w:p>",
    "<script>alert(1)</script>",
    "{{ field }} {%tr for r in rows %}",
    '=HYPERLINK("http://example.invalid","눌러")',
    "+82-2-000-0000",
    "-1+1|cmd",
    "@SUM(1,1)",
    "]]>&amp;&#x41;<!--",
    "![그림](http://example.invalid/a.png) [링크](javascript:alert(1))",
    "# 제목 아님\n- 목록 아님\n1. 번호 아님\n> 인용 아님\n| 표 | 아님 |",
    "*별* _밑줄_ `코드` ~취소~ \\역슬래시 $수식$ <b>굵게</b>",
    '#set page(width: 1pt) #read("/etc/passwd") @label <label>',
    "https://example.invalid/track?id=1",
    "종이\x00비행기\x0b둘째 줄\x1f\x7f끝\ud800",
    "순서\u202e바꿈\u200e 표시",
    "이모지 😀👍🏽 가족 👨\u200d👩\u200d👧",
    "옛한글 \u1112\u119e\u11ab글 \u1102\u119e\u11af",
    "한자 漢字 龍 ｱｲｳ ㈜가상 ㎡ ½ ① Ⅳ ℃ ← ∼ 「」『』《》",
    "가나다라마바사아자차카타파하" * 12,
    "abcdefghijklmnopqrstuvwxyz0123456789" * 6,
    "  앞뒤 빈칸  ",
)


def hostile() -> Draft:
    """Text that would be markup, a formula or a command somewhere, in every place text goes."""
    blocks: tuple[DraftBlock, ...] = (
        *(para(text, depth=n % 3) for n, text in enumerate(HOSTILE)),
        head("<h1>제목</h1> # {{x}}"),
        Note(runs=(Run(text="<w:p/> {{x}} =1+1"),)),
        Table(
            caption="<표> {{caption}} | 세로줄",
            header_rows=1,
            rows=(
                _row("원문 | 세로줄", "=1+1"),
                *((cell(text), cell(say(text, bold=True))) for text in HOSTILE),
            ),
        ),
        para(say("없는 근거는 지워짐", 9, 1)),
        para("줄 하나\r\n줄 둘\u2028줄 셋"),
    )
    return Draft(
        title='적대 <script>"문자"</script> & {{ title }} = 시험',
        style=DraftStyle.PLAIN,
        blocks=blocks,
        sources=(
            DraftSource(number=1, where="</li><script>근거</script>", quote="=cmd|'/c calc'!A0"),
        ),
        facts=_facts('요지 "따옴표" <b>\n둘째 줄: --- {{x}}', "키<워>드", 'a"b', "쉼, 표"),
    )


def deep() -> Draft:
    """Numbers that run past 하, ⑳ and ㉻, resets, and depths that skip."""
    items: list[DraftBlock] = [para("첫째", depth=1)]
    items += [para(f"가나다 항목 {n}", depth=2) for n in range(1, 17)]
    items += [para("열여섯째 아래", depth=3), para("또 하나", depth=3), para("둘째", depth=1)]
    items += [
        para("다시 가부터", depth=2),
        para("건너뛴 깊이", depth=5),
        para("가목 아래", depth=4),
    ]
    items += [para(f"동그라미 {n}", depth=7) for n in range(1, 23)]
    items += [para(f"동그라미 글자 {n}", depth=8) for n in range(1, 16)]
    items += [head("제목도 같은 사다리에 선다", 1), para("번호 없는 문단"), para("가목", depth=2)]
    items += [para("깊이 9는 8로 본다", depth=9)]
    return Draft(
        title="깊은 번호",
        style=DraftStyle.OFFICIAL,
        blocks=tuple(items),
        facts=_facts("번호 시험", "번호"),
    )


def everything() -> Draft:
    """Every kind of block in one long report."""
    blocks: list[DraftBlock] = [para("작성: 혁신행정과", align="right")]
    for n, part in enumerate((report(), merged(), pictured()), start=1):
        blocks += [*part.blocks, PageBreak()] if n < 3 else part.blocks
    blocks += [
        head("넷째 수준 제목", 4),
        para(
            "제목 아래 문단에 ",
            say("굵은 글", bold=True),
            "과 ",
            say("열린 곳", is_open=True),
            "이 섞임",
        ),
        Table(rows=((cell("한 칸 표"),),)),
        Table(rows=((cell("머리뿐인 표"),),), header_rows=1, caption="머리뿐인 표"),
        para(say("끝.", 1, 2, 3)),
    ]
    return Draft(
        title="종합 보고서: 모든 블록",
        style=DraftStyle.REPORT,
        blocks=tuple(blocks),
        sources=(LAW, GUIDE, REPORT_SOURCE),
        facts=_facts("모든 블록을 담은 보고서", "종합"),
    )


SAMPLE_DRAFTS: dict[str, Draft] = {
    draft.__name__: draft()
    for draft in (
        official,
        report,
        plain,
        complaint,
        merged,
        long_table,
        pictured,
        hostile,
        deep,
        everything,
    )
}
