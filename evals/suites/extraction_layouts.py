"""Layouts of invented applications on which the rules were made."""

from __future__ import annotations

from collections.abc import Sequence

from evals.suites.extraction_files import (
    ALL,
    FIELDS,
    FIRM,
    FIT,
    KIND,
    PATENT,
    PRODUCT,
    TRACKS,
    VALUE,
    WORTH,
    Cell,
    Form,
    Grid,
    Head,
    Layout,
    Line,
    Part,
    boxes,
    day,
    won,
)


def _form_of_four(f: Form) -> Sequence[Part]:
    """Label and value twice in a row, group labels at the left, lists with heads."""
    held = f.patents
    years = f.sales
    return [
        Head("1. 신청기업 현황"),
        Grid(
            [
                [Cell("신청기업", rows=4), "기업명", f["company"], "사업자등록번호",
                 f["registration_number"]],
                ["대표자", f["ceo"], "생년월일", "1970. 1. 2."],
                ["소재지", Cell("세종특별자치시 가름로 000", columns=3)],
                ["담당자", "박담당", "휴대전화", "010-0000-0000"],
            ],
            "기업",
        ),
        Head("2. 제품 요약"),
        Line("※ 작성요령: 제품특징은 100자 이내로 작성하고 TRL은 7단계 이상이어야 함"),
        Grid(
            [
                ["제품명", f["product"], "모델명", f["model"]],
                ["세부품명", f["item_name"], "세부품명번호(10자리)", f["item_code"]],
                ["물품식별번호", " / ".join(f.list("product_codes")), "제품 유형",
                 boxes(("제품", "제품+서비스"), [f["product_type"]])],
                ["신청분야", Cell(boxes(TRACKS, [f["track"]]), columns=3)],
                ["기술성숙도(TRL)", f["trl"] and f"TRL {f['trl']}", "적용기술",
                 f["technology"]],
                ["단가(원, VAT 포함)", f.price("bare"),
                 "외국산 부품 비율", f"{f['foreign_parts']}%" if f["foreign_parts"] else ""],
                ["제품특징(100자)", Cell("\n".join(f"- {x}" for x in f.list("innovation")),
                                     columns=3)],
                ["활용분야(50자)", Cell(f["use"], columns=3)],
                ["예상 수요기관", Cell(", ".join(f.list("institutions")), columns=3)],
            ],
            "제품",
        ),
        Head("3. 핵심특허"),
        Grid(
            [
                ["연번", "등록번호", "특허명", "등록일", "존속기간 만료일", "핵심 여부"],
                *([str(n), f"제{p['number']}호", p["title"], day(p["registered"]), day(p["expiry"]),
                   "핵심" if n == 1 else "-"] for n, p in enumerate(held, 1)),
            ],
            "특허",
        ),
        Head("4. 매출 현황"),
        Line("(단위: 백만원)"),
        Grid(
            [
                ["구분", *(f"{y}년" for y in years)],
                ["매출액(백만원)", *(won(v, "million") for v in years.values())],
            ],
            "매출",
        ),
        Head("5. 인증 및 AI"),
        Grid(
            [
                ["보유 인증", ", ".join(f.list("certificates"))],
                ["AI 제품 여부", boxes(("예", "아니오"), [f["ai_product"]])],
                ["AI 분야", boxes(FIELDS, f.list("ai_fields"))],
                ["AI 중요도", boxes(("필수", "보완", "부가"), [f["ai_importance"]])],
                ["수출선도형 해당 여부", boxes(("해당", "해당 없음"), [f["export_fit"]])],
            ],
            "인증",
        ),
        Head("6. 공공성"),
        *[Line(f"○ {x}") for x in f.list("public_value")],
        Head("7. 경쟁제품 비교"),
        Grid(
            [
                ["구분", "경쟁제품 A", "경쟁제품 B"],
                ["단가", "9,900,000원", "8,800,000원"],
                ["특징", "수입 부품에 의존함", "통신 기능이 없음"],
            ],
            "비교",
        ),
        Head("제출서류"),
        Grid(
            [
                ["번호", "서류명", "제출 여부"],
                ["1", "특허등록원부", "○"],
                ["2", "규격서", "○"],
                ["3", "제안서", "○"],
                ["4", "특허적용확인보고서", "×"],
                ["5", "매출 증빙서류", "○"],
            ],
            "서류",
        ),
    ]  # fmt: skip


def _pairs_below(f: Form) -> Sequence[Part]:
    """Two columns, label and value; patents in one cell; ticks after the words."""
    held = "\n".join(
        f"{p['number']} ({p['title']}), 존속기간 {day(p['registered'], 'tight')} ~ "
        f"{day(p['expiry'], 'tight')}"
        for p in f.patents
    )
    exports = "예" if f["export_fit"] == "해당" else "아니오"
    rows = [
        ("업체명", f["company"]),
        ("사업자번호", f["registration_number"]),
        ("대표자 성명", f["ceo"]),
        ("연락처", "000-0000-0000"),
        ("품명", f["product"]),
        ("규격명", f["model"]),
        ("세부품명(번호)", f"{f['item_name']}({f['item_code']})"),
        ("식별번호", ", ".join(f.list("product_codes"))),
        ("제안 유형", boxes(("제품", "제품+서비스"), [f["product_type"]], "after")),
        ("시범구매 분야", boxes(TRACKS, [f["track"]], "after")),
        ("TRL 단계", f"{f['trl']}단계" if f["trl"] else "-"),
        ("핵심기술", (f["technology"] or "-")),
        ("특허번호(존속기간)", held or "-"),
        ("인증 현황", "\n".join(f"{n}) {c}" for n, c in enumerate(f.list("certificates"), 1))),
        ("공급가격", won(f["price"], "man") + "(부가세 포함)" if f["price"] else "추후 협의"),
        ("매출액", ", ".join(f"{y}년 {won(v, 'mixed')}" for y, v in f.sales.items())),
        ("외산 부품 비율", f"{f['foreign_parts']} %" if f["foreign_parts"] else "-"),
        ("제품의 특징", " ".join(f"{x}." for x in f.list("innovation"))),
        ("공공성", " ".join(f"{x}." for x in f.list("public_value"))),
        ("용도", f["use"]),
        ("수요기관", "·".join(f.list("institutions"))),
        ("수출 적합 여부", boxes(("예", "아니오"), [exports], "after")),
        ("인공지능 적용 여부", boxes(("예", "아니오"), [f["ai_product"]], "after")),
    ]  # fmt: skip
    return [Grid([[label, value] for label, value in rows], "신청서")]


def _outline(f: Form) -> Sequence[Part]:
    """개조식: headings, ㅇ (label) value and ㅇ label : value."""
    held = f.patents
    lines: list[Part] = [
        Head("□ 기업 개요"),
        Line(f"ㅇ 기업명 : {f['company']} (영문: Example Co., Ltd.)"),
        Line(f"ㅇ 사업자등록번호 : {f['registration_number']}, 대표자 : {f['ceo']}"),
        Head("□ 제품 개요"),
        Line(f"ㅇ (제품명) {f['product']}"),
        Line(f"ㅇ (모델명) {f['model']}"),
        Line(f"ㅇ (세부품명번호) {f['item_code']}"),
        Line(f"ㅇ (적용기술) {f['technology']}"),
        Line(f"ㅇ (기술성숙도) {f['trl']}단계 (2023년 TRL 5에서 시작)"),
        Line(f"ㅇ (신청 트랙) {f['track']}"),
        Line(f"ㅇ (판매가격) {won(f['price'])}" if f["price"] else "ㅇ (판매가격) 미정"),
        Head("□ 혁신성"),
        *[Line(f"ㅇ {x}") for x in f.list("innovation")],
        Head("□ 공공성"),
        *[Line(f"ㅇ {x}") for x in f.list("public_value")],
        Head("□ 지식재산권"),
    ]
    lines += [
        Line(
            f"- 특허 제{p['number']}호 「{p['title']}」 (등록일: {day(p['registered'], 'dashes')}, "
            f"존속기간 만료일: {day(p['expiry'], 'dashes')})"
        )
        for p in held
    ]
    lines += [
        Head("□ 활용"),
        Line(f"ㅇ 활용분야 : {f['use']}"),
        Line(f"ㅇ 예상 수요기관 : {', '.join(f.list('institutions'))} 등"),
        Line(f"ㅇ 보유 인증 : {', '.join(f.list('certificates'))}"),
    ]
    return lines


def _prose(f: Form) -> Sequence[Part]:
    """Running text with no label of its own line."""
    held = f.patents
    first = held[0] if held else None
    paragraphs = [
        f"{f['company']}(사업자등록번호 {f['registration_number']}, 이하 “당사”)는 "
        f"「{f['product']}」을 혁신제품으로 신청합니다.",
        f"제품에는 당사가 개발한 기술이 들어 있으며 기술성숙도는 {f['trl']}단계입니다. "
        "개발을 시작한 2022년에는 TRL 4였습니다.",
    ]
    if first:
        paragraphs.append(
            f"관련 특허 제{first['number']}호({first['title']})를 "
            f"{day(first['registered'], 'words')}에 등록하였고 존속기간은 "
            f"{day(first['expiry'], 'words')}까지입니다."
        )
    if f["price"]:
        paragraphs.append(f"제품 단가는 {won(f['price'])}(부가가치세 포함)입니다.")
    paragraphs.append(
        f"예상 수요기관은 {', '.join(f.list('institutions'))} 등이며, "
        f"외국산 부품은 직접재료비의 {f['foreign_parts']}%를 차지합니다."
    )
    paragraphs.append(f"이 제품은 {f['track']} 분야에 신청합니다.")
    return [Head("제안 배경"), *[Line(one) for one in paragraphs]]


def _stacked(f: Form) -> Sequence[Part]:
    """Labels in a row, the values below them, three at a time."""
    held = f.patents
    return [
        Grid(
            [
                ["기업명", "사업자등록번호", "기업형태"],
                [f["company"], f["registration_number"], "중소기업"],
                ["제품명", "모델명", "세부품명번호"],
                [f["product"], f["model"], f["item_code"]],
                ["물품식별번호", "제품 유형", "TRL"],
                ["\n".join(f.list("product_codes")), f["product_type"], f["trl"]],
                ["적용기술", "제품 단가", "외국산 부품 비중"],
                [f["technology"], f.price("won"),
                 f"{f['foreign_parts']}%" if f["foreign_parts"] else ""],
            ],
            "신청",
        ),
        Grid(
            [
                [Cell("핵심특허 현황", columns=4)],
                ["특허번호", "명칭", "등록일자", "존속기간"],
                *([p["number"], p["title"], day(p["registered"], "short"),
                   day(p["expiry"], "tight")] for p in held),
            ],
            "특허",
        ),
        Grid(
            [
                ["연도", "매출액(천원)"],
                *([f"{y}년", won(v, "cheon").removesuffix("천원")] for y, v in f.sales.items()),
            ],
            "매출",
        ),
    ]  # fmt: skip


def _numbered(f: Form) -> Sequence[Part]:
    """Numbered headings with the value below."""
    parts: list[Part] = [
        Head("1. 기업명"),
        Line(f["company"]),
        Head("2. 사업자등록번호"),
        Line(f["registration_number"]),
        Head("3. 제품명 및 모델명"),
        Line(f"제품명: {f['product']}\n모델명: {f['model']}"),
        Head("4. 적용기술"),
        Line(f["technology"]),
        Head("5. 기술성숙도(TRL)"),
        Line(f"{f['trl']}단계"),
        Head("6. 제품 가격"),
        Line(f"1대당 {won(f['price'])}" if f["price"] else "미정"),
        Head("7. 제품의 특징"),
        *[Line(f"가. {x}" if n == 0 else f"나. {x}")
          for n, x in enumerate(f.list("innovation"))],
        Head("8. 공공성"),
        *[Line(f"가. {x}" if n == 0 else f"나. {x}")
          for n, x in enumerate(f.list("public_value"))],
        Head("9. 예상 수요기관"),
        Line(", ".join(f.list("institutions"))),
        Head("10. 특허"),
        *[Line(f"{p['number']}, {day(p['registered'])} 등록, 존속기간 만료일 {day(p['expiry'])}")
          for p in f.patents],
    ]  # fmt: skip
    return parts


def _scanned(f: Form) -> Sequence[Part]:
    """As text recognition leaves a form: letters spaced out, no colons, odd dashes and widths."""
    number = f["registration_number"].replace("-", " - ")
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    lines = [
        "혁 신 제 품  지 정  신 청 서",
        f"기 업 명  {f['company']}",
        f"사업자 등록번호  {number}",
        f"대 표 자  {f['ceo']}",
        f"제 품 명  {f['product']}",
        f"모 델 명  {f['model']}",
        f"세부품명번호  {f['item_code'].translate(wide)}",
        f"기술성숙도(TRL)  {f['trl']} 단계",
        f"적 용 기 술  {f['technology']}",
        f"단 가  {won(f['price'])}" if f["price"] else "단 가",
    ]
    lines += [
        f"특허등록번호  제 {p['number'].replace('-', ' – ')} 호  존속기간 {day(p['expiry'])}"
        for p in f.patents
    ]
    return [Line("\n".join(lines))]


LAYOUTS = (
    Layout(
        "form_of_four",
        "form",
        _form_of_four,
        f"{ALL}",
        ("hwpx", "docx", "pdf", "md"),
    ),
    Layout(
        "pairs",
        "form",
        _pairs_below,
        f"{FIRM} {PRODUCT} {KIND} patents patent_expiry {VALUE} {WORTH} {FIT}",
        ("docx", "hwpx", "xlsx", "pdf"),
    ),
    Layout(
        "outline",
        "form",
        _outline,
        f"{FIRM} product model item_code technology trl track price innovation "
        f"public_value {PATENT} use institutions certificates",
        ("hwpx", "pdf", "md"),
    ),
    Layout(
        "prose",
        "prose",
        _prose,
        f"{FIRM} product trl first_patent price institutions foreign_parts track",
        ("docx", "hwpx"),
    ),
    Layout(
        "stacked",
        "form",
        _stacked,
        f"{FIRM} product model item_code product_codes product_type trl technology price "
        f"foreign_parts {PATENT} sales",
        ("xlsx", "hwpx", "pdf"),
    ),
    Layout(
        "numbered",
        "form",
        _numbered,
        f"{FIRM} product model technology trl price innovation public_value institutions {PATENT}",
        ("docx", "pdf", "md"),
    ),
    Layout(
        "scanned",
        "poor",
        _scanned,
        f"{FIRM} product model item_code trl technology price patents patent_expiry",
        ("txt", "pdf"),
    ),
)
