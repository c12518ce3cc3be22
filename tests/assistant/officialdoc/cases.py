"""Single faults: a text with the fault, the same text put right, the rule and its article."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.officialdoc import DocumentKind

DECREE = "행정업무의 운영 및 혁신에 관한 규정"
RULE = f"{DECREE} 시행규칙"
LANGUAGE = "국어기본법"
MARKS = (RULE, "제2조제1항")
MONEY = (RULE, "제2조제2항")
DATES = (DECREE, "제7조제5항")
FIGURES = (DECREE, "제7조제4항")
LETTERS = (DECREE, "제7조제1항")
PLAIN = (LANGUAGE, "제14조제1항")
ANNEX = (RULE, "제4조제4항")
END = (RULE, "제4조제5항제1호")
ENDS = (RULE, "제4조제5항")
TABLE_END = (RULE, "제4조제5항제2호")
HEAD = (RULE, "제4조제2항")
FORM = (RULE, "제3조제1항")
MEMO = DocumentKind.MEMO
REPLY = DocumentKind.REPLY
TOP = "수신  내부결재\n제목  계획 보고\n\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One fault; `is_fixed` where the fix gives `good`."""

    rule: str
    article: tuple[str, str]
    bad: str
    good: str
    kind: DocumentKind | None = None
    is_fixed: bool = True


def case(
    rule: str,
    article: tuple[str, str],
    bad: str,
    good: str,
    *,
    kind: DocumentKind | None = None,
    is_fixed: bool = True,
) -> Case:
    return Case(rule=rule, article=article, bad=bad, good=good, kind=kind, is_fixed=is_fixed)


LETTERS_IN_ORDER = "가나다라마바사아자차카타파하거너더"

CASES: tuple[Case, ...] = (
    # -- numbering
    case("numbering-order", MARKS, "1. 장소\n3. 시각", "1. 장소\n2. 시각"),
    case("numbering-order", MARKS, "1. 장소\n1. 시각", "1. 장소\n2. 시각"),
    case("numbering-order", MARKS, "2. 장소\n3. 시각", "1. 장소\n2. 시각"),
    case(
        "numbering-order",
        MARKS,
        "1. 곳\n  가. 본관\n  다. 별관\n2. 때",
        "1. 곳\n  가. 본관\n  나. 별관\n2. 때",
    ),
    case(
        "numbering-order",
        MARKS,
        "\n".join(f"{letter}. 항목" for letter in LETTERS_IN_ORDER.replace("거너", "너거")),
        "\n".join(f"{letter}. 항목" for letter in LETTERS_IN_ORDER),
    ),
    case("numbering-order", MARKS, "① 접수\n③ 심사", "① 접수\n② 심사"),
    case(
        "numbering-depth",
        MARKS,
        "1. 곳\n  1) 본관\n  2) 별관\n2. 때",
        "1. 곳\n  가. 본관\n  나. 별관\n2. 때",
    ),
    case(
        "numbering-depth",
        MARKS,
        "1. 곳\n  가. 본관\n    ① 1층\n    ② 2층\n  나. 별관\n2. 때",
        "1. 곳\n  가. 본관\n    1) 1층\n    2) 2층\n  나. 별관\n2. 때",
    ),
    case("numbering-single", MARKS, "1. 장소는 본관입니다.", "장소는 본관입니다."),
    case("numbering-single", MARKS, "1. 곳\n  가. 본관\n2. 때", "1. 곳\n  본관\n2. 때"),
    case("numbering-blank", MARKS, "1.장소\n2. 시각", "1. 장소\n2. 시각"),
    case("numbering-blank", MARKS, "1. 장소\n2.   시각", "1. 장소\n2. 시각"),
    case(
        "numbering-indent",
        MARKS,
        "1. 곳\n가. 본관\n나. 별관\n2. 때",
        "1. 곳\n  가. 본관\n  나. 별관\n2. 때",
    ),
    case("numbering-indent", MARKS, "   1. 곳\n2. 때", "1. 곳\n2. 때"),
    # -- dates and times
    case("date-form", DATES, "2026-05-19에 엽니다.", "2026. 5. 19.에 엽니다."),
    case("date-form", DATES, "2026.5.19. 개최", "2026. 5. 19. 개최"),
    case("date-form", DATES, "2026. 05. 09. 개최", "2026. 5. 9. 개최"),
    case("date-form", DATES, "2026. 5. 19 개최", "2026. 5. 19. 개최"),
    case("date-form", DATES, "2026/5/19 개최", "2026. 5. 19. 개최"),
    case("date-form", DATES, "2026년 5월 19일(화) 개최", "2026. 5. 19.(화) 개최"),
    case("date-form", DATES, "2026년 5월 개최", "2026. 5. 개최"),
    case("date-form", DATES, "기한: '26. 5. 19.", "기한: 2026. 5. 19."),
    case("date-form", DATES, "2026. 5. 19.부터 6월 3일까지", "2026. 5. 19.부터 6. 3.까지"),
    case(
        "date-year",
        DATES,
        "회의는 5. 19.에 엽니다.",
        "회의는 2026. 5. 19.에 엽니다.",
        is_fixed=False,
    ),
    case("date-impossible", DATES, "2026. 2. 30. 개최", "2026. 2. 28. 개최", is_fixed=False),
    case("date-impossible", DATES, "2026-13-01 개최", "2026. 12. 1. 개최", is_fixed=False),
    case("date-weekday", DATES, "2026. 5. 19.(월) 개최", "2026. 5. 19.(화) 개최"),
    case("date-weekday", DATES, "2026. 5. 18.(월) ~ 5. 20.(금)", "2026. 5. 18.(월) ~ 5. 20.(수)"),
    case("date-weekday-form", DATES, "2026. 5. 19. (화) 개최", "2026. 5. 19.(화) 개최"),
    case("date-weekday-form", DATES, "2026. 5. 19.(화요일) 개최", "2026. 5. 19.(화) 개최"),
    case("time-form", DATES, "오후 1시 20분에 시작", "13:20에 시작"),
    case("time-form", DATES, "오전 9시부터", "09:00부터"),
    case("time-form", DATES, "오후 2시 반까지", "14:30까지"),
    case("time-form", DATES, "15시 30분까지", "15:30까지"),
    case("time-form", DATES, "오후 3:20", "15:20"),
    case("time-form", DATES, "낮 12시에 모입니다.", "낮 12:00에 모입니다."),
    case("time-form", DATES, "13 : 20에 시작", "13:20에 시작"),
    case(
        "time-impossible",
        DATES,
        "2026. 5. 19. 25:10 시작",
        "2026. 5. 19. 23:10 시작",
        is_fixed=False,
    ),
    case("time-impossible", DATES, "13시 75분 시작", "13:15 시작", is_fixed=False),
    # -- amounts
    case(
        "amount-reading",
        MONEY,
        "금113,560원을 지급",
        "금113,560원(금일십일만삼천오백육십원)을 지급",
    ),
    case(
        "amount-reading",
        MONEY,
        "금113,560원(부가가치세 포함)",
        "금113,560원(금일십일만삼천오백육십원)(부가가치세 포함)",
    ),
    case(
        "amount-mismatch",
        MONEY,
        "금113,560원(금일십일만삼천오백원)",
        "금113,560원(금일십일만삼천오백육십원)",
    ),
    case(
        "amount-form",
        MONEY,
        "금113,560원(금십일만삼천오백육십원)",
        "금113,560원(금일십일만삼천오백육십원)",
    ),
    case(
        "amount-form",
        MONEY,
        "금 113560원(금일십일만삼천오백육십원)",
        "금113,560원(금일십일만삼천오백육십원)",
    ),
    case("amount-form", MONEY, "일금 5,000원정(일금 오천원정)", "금5,000원(금오천원)"),
    case(
        "amount-plain",
        MONEY,
        f"{TOP}수수료는 5,000원입니다.  끝.",
        f"{TOP}수수료는 금5,000원(금오천원)입니다.  끝.",
        kind=MEMO,
        is_fixed=False,
    ),
    case("number-commas", FIGURES, "직원 1200명", "직원 1,200명"),
    case("number-commas", FIGURES, "예산 35000천원", "예산 35,000천원"),
    # -- attachments
    case(
        "attachment-form",
        ANNEX,
        "알립니다.\n\n붙임 계획서 1부.  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "attachment-form",
        ANNEX,
        "알립니다.\n\n붙임: 계획서 1부.  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "attachment-form",
        ANNEX,
        "알립니다.\n\n첨부  계획서 1부.  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "attachment-number",
        ANNEX,
        "알립니다.\n\n붙임  1. 계획서 1부.  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "attachment-number",
        ANNEX,
        "알립니다.\n\n붙임  계획서 1부.\n      명단 1부.  끝.",
        "알립니다.\n\n붙임  1. 계획서 1부.\n      2. 명단 1부.  끝.",
    ),
    case(
        "attachment-number",
        ANNEX,
        "알립니다.\n\n붙임  1. 계획서 1부.\n      3. 명단 1부.  끝.",
        "알립니다.\n\n붙임  1. 계획서 1부.\n      2. 명단 1부.  끝.",
    ),
    case(
        "attachment-quantity",
        ANNEX,
        "알립니다.\n\n붙임  1. 계획서 1부.\n      2. 명단  끝.",
        "알립니다.\n\n붙임  1. 계획서 1부.\n      2. 명단 1부.  끝.",
    ),
    case(
        "attachment-unit",
        ANNEX,
        "알립니다.\n\n붙임  계획서1부  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "attachment-unit",
        ANNEX,
        "알립니다.\n\n붙임  계획서 1 부.  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "attachment-indent",
        ANNEX,
        "알립니다.\n\n붙임  1. 계획서 1부.\n2. 명단 1부.  끝.",
        "알립니다.\n\n붙임  1. 계획서 1부.\n      2. 명단 1부.  끝.",
    ),
    # -- the end mark
    case("end-missing", END, f"{TOP}알립니다.", f"{TOP}알립니다.  끝.", kind=MEMO),
    case("end-missing", END, "답변드립니다.", "답변드립니다.  끝.", kind=REPLY),
    case(
        "end-missing", END, "알립니다.\n\n붙임  계획서 1부.", "알립니다.\n\n붙임  계획서 1부.  끝."
    ),
    case(
        "end-missing",
        END,
        f"{TOP}알립니다.\n\n가람시장",
        f"{TOP}알립니다.  끝.\n\n가람시장",
        kind=MEMO,
    ),
    case(
        "end-twice",
        ENDS,
        "알립니다.  끝.\n\n붙임  계획서 1부.  끝.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "end-misplaced",
        END,
        "알립니다.  끝.\n\n붙임  계획서 1부.",
        "알립니다.\n\n붙임  계획서 1부.  끝.",
    ),
    case(
        "end-misplaced",
        END,
        "1. 알립니다.  끝.\n2. 고맙습니다.",
        "1. 알립니다.\n2. 고맙습니다.  끝.",
    ),
    case("end-form", END, "알립니다. 끝.", "알립니다.  끝."),
    case("end-form", END, "알립니다.  끝", "알립니다.  끝."),
    case("end-form", END, "알립니다.  - 끝 -", "알립니다.  끝."),
    case("end-form", END, "알립니다.\n끝.", "알립니다.\n  끝."),
    case(
        "end-table",
        TABLE_END,
        "명단은 다음과 같습니다.\n| 1 | 김하나 |\n끝.",
        "명단은 다음과 같습니다.\n| 1 | 김하나 |\n  끝.",
    ),
    case(
        "end-blank-cells",
        TABLE_END,
        f"{TOP}목록은 다음과 같습니다.\n| 1 | 칠판 |\n| 이하 빈칸 |  |\n  끝.",
        f"{TOP}목록은 다음과 같습니다.\n| 1 | 칠판 |\n| 이하 빈칸 |  |\n",
        kind=MEMO,
    ),
    # -- head
    case(
        "head-receiver",
        HEAD,
        "제목  계획 보고\n\n알립니다.  끝.",
        f"{TOP}알립니다.  끝.",
        kind=MEMO,
        is_fixed=False,
    ),
    case(
        "head-receiver",
        HEAD,
        "수신\n제목  계획 보고\n\n알립니다.  끝.",
        f"{TOP}알립니다.  끝.",
        kind=MEMO,
        is_fixed=False,
    ),
    case(
        "head-via",
        FORM,
        "수신  가람시장\n제목  알림\n\n알립니다.  끝.",
        "수신  가람시장\n(경유)\n제목  알림\n\n알립니다.  끝.",
        kind=MEMO,
        is_fixed=False,
    ),
    case(
        "head-title",
        (RULE, "제4조제3항"),
        "수신  내부결재\n\n알립니다.  끝.",
        f"{TOP}알립니다.  끝.",
        kind=MEMO,
        is_fixed=False,
    ),
    case(
        "head-order",
        FORM,
        "제목  계획 보고\n수신  내부결재\n\n알립니다.  끝.",
        f"{TOP}알립니다.  끝.",
        kind=MEMO,
        is_fixed=False,
    ),
    case(
        "head-receiver-list",
        (RULE, "제4조제2항제2호"),
        "수신  수신자 참조\n제목  알림\n\n알립니다.  끝.\n\n가람시장",
        "수신  수신자 참조\n제목  알림\n\n알립니다.  끝.\n\n가람시장\n\n수신자  늘봄구청장",
        is_fixed=False,
    ),
    case(
        "title-ending",
        (DECREE, "제7조제2항"),
        "수신  내부결재\n제목  계획 보고.\n\n알립니다.  끝.",
        f"{TOP}알립니다.  끝.",
    ),
    case(
        "title-ending",
        (DECREE, "제7조제2항"),
        "수신  내부결재\n제목  계획을 보고합니다\n\n알립니다.  끝.",
        f"{TOP}알립니다.  끝.",
        is_fixed=False,
    ),
    # -- language
    case("word-plain", PLAIN, "익일까지 제출", "다음 날까지 제출"),
    case("word-plain", PLAIN, "금번 회의", "이번 회의"),
    case("word-plain", PLAIN, "필히 제출", "반드시 제출"),
    case("word-plain", PLAIN, "노견으로 이동", "갓길로 이동"),
    case("word-plain", PLAIN, "상기의 내용", "위의 내용", is_fixed=False),
    case("word-hanja", LETTERS, "관계 機關에 알림", "관계 기관(機關)에 알림", is_fixed=False),
    case(
        "word-foreign",
        LETTERS,
        "주민 설명회에서 feedback을 받아 계획을 고침",
        "주민 설명회에서 의견(feedback)을 받아 계획을 고침",
        is_fixed=False,
    ),
    case(
        "word-foreign-order",
        LETTERS,
        "민원 안내를 맡을 chatbot(대화 로봇)을 도입함",
        "민원 안내를 맡을 대화 로봇(chatbot)을 도입함",
    ),
    case(
        "style-ending",
        PLAIN,
        "접수하였습니다.\n검토한다.  끝.",
        "접수하였습니다.\n검토합니다.  끝.",
        kind=REPLY,
        is_fixed=False,
    ),
    case(
        "style-ending",
        PLAIN,
        "알립니다. 고맙습니다. 확인하세요.",
        "알립니다. 고맙습니다. 확인하십시오.",
        is_fixed=False,
    ),
    case("law-brackets", LETTERS, "행정절차법 제23조에 따라", "「행정절차법」 제23조에 따라"),
    case(
        "bracket-open", LETTERS, "장소(본관 3층에서 만남", "장소(본관 3층)에서 만남", is_fixed=False
    ),
    case("bracket-open", LETTERS, "장소 본관」에서 만남", "장소 본관에서 만남", is_fixed=False),
    case("blank-double", LETTERS, "장소는  본관입니다.", "장소는 본관입니다."),
    case("blank-before-mark", LETTERS, "본관 , 별관", "본관, 별관"),
    case("blank-before-mark", LETTERS, "본관( 3층 )에서", "본관(3층)에서"),
    case("full-width", FIGURES, "직원 １２명", "직원 12명"),
    case("unit-symbol", LETTERS, "거리 5KM", "거리 5km"),
    case("unit-symbol", LETTERS, "넓이 30m2", "넓이 30㎡"),
    case("unit-mixed", LETTERS, "5km, 7km, 9 km", "5km, 7km, 9km"),
    case("unit-legal", ("계량에 관한 법률", ""), "넓이 30평", "넓이 99㎡", is_fixed=False),
    case("phone-form", (DECREE, "제7조제2항"), "문의 02)123-4567", "문의 02-123-4567"),
    case("phone-form", (DECREE, "제7조제2항"), "문의 010.1234.5678", "문의 010-1234-5678"),
)
