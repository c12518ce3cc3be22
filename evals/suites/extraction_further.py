"""Still further layouts: held out until a second reading of what failed, and no longer since."""

from __future__ import annotations

from collections.abc import Sequence

from evals.suites.extraction_files import (
    FIRM,
    FIT,
    PATENT,
    TRACKS,
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


def _official_form(f: Form) -> Sequence[Part]:
    """As the form of the notice: applicant, summary, patents with a head over two rows."""
    worth = " ".join(f"{x}." for x in f.list("innovation"))
    return [
        Grid([[Cell("혁신시제품 제안서 (공급자 제안형)", columns=4)],
              [Cell("신청자 정보", columns=4)],
              ["기업명(국문)", f["company"], "기업명(영문)", "Example Co., Ltd."],
              ["사업자등록번호", f["registration_number"], "기업형태", "■ 중소기업 □ 중견기업"],
              ["대표자명", f["ceo"], "생년월일", "1971. 5. 5."],
              ["휴대전화", "010-0000-0000", "담당자 연락처", "02-000-0000"],
              ["본사 소재지", Cell("대전광역시 서구 청사로 000", columns=3)]], "신청자"),
        Grid([[Cell("제품 요약", columns=4)],
              ["신청분야", Cell(boxes(TRACKS, [f["track"]], "square"), columns=3)],
              ["제품명", Cell(f["product"], columns=3)],
              ["제품유형", boxes(("제품", "제품+서비스"), [f["product_type"]], "filled"), "TRL",
               f["trl"] and f"{f['trl']} 단계"],
              ["세부품명번호\n(10자리)", f["item_code"], "물품식별번호\n(8자리)",
               "\n".join(f.list("product_codes"))],
              ["적용기술\n(산업기술분류)", Cell(f["technology"], columns=3)],
              ["제품 단가\n(부가세 포함)", f.price("won"), "외산부품 사용비율", f.share],
              ["제품특징\n(100자 이내)", Cell(worth, columns=3)],
              ["활용분야\n(50자 이내)", Cell(f["use"], columns=3)],
              ["예상 수요기관", Cell(", ".join(f.list("institutions")), columns=3)]], "요약"),
        Grid([[Cell("핵심특허", columns=5)],
              [Cell("특허등록번호", rows=2), Cell("특허명칭", rows=2), Cell("존속기간", columns=2),
               Cell("핵심 여부", rows=2)],
              ["등록일", "만료일"],
              *([p["number"], p["title"], day(p["registered"], "tight"), day(p["expiry"], "tight"),
                 "○"] for p in f.patents)], "특허"),
        Head("공공성"),
        Line("\n".join(f"○ {x}" for x in f.list("public_value"))),
    ]  # fmt: skip


def _overview(f: Form) -> Sequence[Part]:
    """A report: Ⅰ. Ⅱ. headings, □ and ○ lines, figures within the lines."""
    years = f.sales
    last = max(years) if years else ""
    lines: list[Part] = [
        Head("Ⅰ. 신청 개요"),
        Line(
            f"□ 신청기업 : {f['company']} (대표 {f['ceo']}, 사업자번호 {f['registration_number']})"
        ),
        Line(f"□ 신청제품 : {f['product']}"),
        Line(f"  ○ 모델 : {f['model']}, 세부품명번호 : {f['item_code']}"),
        Line(f"  ○ 시범구매 분야 : {f['track']}"),
        Head("Ⅱ. 기술 현황"),
        Line(f"□ 핵심기술 : {f['technology']}"),
        Line(f"□ 기술성숙도 : TRL {f['trl']} (시제품 인증 완료)"),
        Line("□ 보유 특허"),
    ]
    lines += [
        Line(
            f"  ○ {p['title']} (제{p['number']}호, 등록일 {day(p['registered'])}, "
            f"만료일 {day(p['expiry'])})"
        )
        for p in f.patents
    ]
    lines += [
        Head("Ⅲ. 사업성"),
        Line(f"□ 판매가격 : {f.price('man')} (부가세 별도 아님)" if f["price"] else "□ 판매가격 :"),
        Line(f"□ 매출액 : {last}년 {won(years[last], 'mixed')}" if last else "□ 매출액 : 없음"),
        Line(f"□ 인증 : {', '.join(f.list('certificates'))}"),
        Line(f"□ 외국산 부품 비중 : {f.share}"),
        Head("Ⅳ. 기대효과"),
        Line(f"□ 활용분야 : {f['use']}"),
        Line(f"□ 수요기관 : {', '.join(f.list('institutions'))}"),
    ]
    return lines


def _side_by_side(f: Form) -> Sequence[Part]:
    """A sheet with a head in its first row and the application in the second."""
    held = f.patents
    first = held[0] if held else {"number": "", "registered": "", "expiry": ""}
    head = [
        "업체명", "사업자등록번호", "제품명", "모델명", "세부품명번호", "식별번호", "TRL",
        "핵심기술", "특허번호", "특허 만료일", "단가(만원)", "외산부품 비율", "신청 트랙",
        "수요기관", "수출 적합 여부",
    ]  # fmt: skip
    row = [
        f["company"],
        f["registration_number"],
        f["product"],
        f["model"],
        f["item_code"],
        ", ".join(f.list("product_codes")),
        f["trl"],
        f["technology"],
        first["number"],
        first["expiry"],
        f.price("man").removesuffix("만원"),
        f.share,
        f["track"],
        ", ".join(f.list("institutions")),
        f["export_fit"],
    ]
    return [Grid([head, row], "목록")]


def _letter(f: Form) -> Sequence[Part]:
    """Sentences of a covering letter and a description, with a guide of the form left in."""
    held = f.patents
    said = [
        Line("(작성 요령: 제품의 특징을 300자 이내로 서술하십시오.)"),
        Line(
            f"신청기업은 {f['company']}이며, 사업자등록번호는 {f['registration_number']}입니다. "
            f"신청 제품은 「{f['product']}」이고, 규격명은 {f['model']}입니다."
        ),
        Line(
            f"이 제품에는 {f['technology']}이 쓰였습니다. 2021년 TRL 3에서 시작하여 현재 "
            f"기술성숙도는 {f['trl']}단계에 이르렀습니다."
        ),
    ]
    said += [
        Line(
            f"등록특허 제{p['number']}호는 {day(p['registered'], 'words')}에 등록되어 "
            f"{day(p['expiry'], 'words')}에 존속기간이 끝납니다."
        )
        for p in held[:1]
    ]
    if f["price"]:
        said.append(Line(f"납품단가는 1식당 {f.price('won')}입니다(부가가치세 포함)."))
    said.append(
        Line(
            f"주요 수요기관은 {', '.join(f.list('institutions'))}입니다. "
            f"외산 부품 비율은 {f.share}로서 기준을 지킵니다."
        )
    )
    return said


def _mixed(f: Form) -> Sequence[Part]:
    """Small tables under numbered headings; checks in a list; units in the caption."""
    years = f.sales
    return [
        Head("1. 일반현황"),
        Grid([["회사명", f["company"]], ["사업자등록번호", f["registration_number"]],
              ["대표이사", f["ceo"]], ["설립일", "2015. 3. 2."]], "일반"),
        Head("2. 제품현황"),
        Grid([["구분", "내용"], ["제품명", f["product"]], ["규격(모델)명", f["model"]],
              ["품명번호", f["item_code"]], ["가격", f.price("mixed")],
              ["TRL", f["trl"]], ["적용 핵심기술", f["technology"]]], "제품"),
        Head("3. 특허현황"),
        Grid([["특허번호", "등록일자", "존속기간(만료일)"],
              *([f"제{p['number']}호", day(p["registered"], "words"), day(p["expiry"], "words")]
                for p in f.patents)], "특허"),
        Head("4. 최근 3년 매출액 (단위: 천원)"),
        Grid([[f"{y}년" for y in years],
              [won(v, "cheon").removesuffix("천원") for v in years.values()]], "매출"),
        Head("5. 인증현황"),
        Grid([["인증명", "인증번호", "발급기관", "유효기간"],
              *([c, "제2024-001호", "가나시험원", "2027. 1. 1."] for c in f.list("certificates"))],
             "인증"),
        Head("6. 기타"),
        Line(f"- 제품 유형: {boxes(('제품', '제품+서비스'), [f['product_type']])}\n"
             f"- AI 제품 여부: {boxes(('예', '아니오'), [f['ai_product']], 'after')}\n"
             f"- 수출선도형 해당 여부: {boxes(('해당', '해당 없음'), [f['export_fit']])}"),
    ]  # fmt: skip


def _blurred(f: Form) -> Sequence[Part]:
    """A recognised page: marks of table borders, colons lost, a label broken over two lines."""
    rows = [
        f"| 상 호 | {f['company']} | 사업자등록번호 | {f['registration_number']} |",
        f"| 품 명 | {f['product']} | 모델 | {f['model']} |",
        f"| 세부품명번호 | {f['item_code']} | 기술 성숙도 | {f['trl']} 단계 |",
        f"| 핵심기술 | {f['technology']} |",
        f"| 단가 | {f.price('won')} |" if f["price"] else "| 단가 | |",
    ]
    rows += [
        f"| 특허번호 | 10-{p['number'][3:6]} {p['number'][6:]} | 존속기간 만료일 | "
        f"{day(p['expiry'], 'tight')} |"
        for p in f.patents
    ]
    return [Line("\n".join(rows))]


def _questions(f: Form) -> Sequence[Part]:
    """Questions of an on-line form with the answers below them."""
    asked = [
        ("1. 신청 기업의 상호", f["company"]),
        ("2. 사업자등록번호", f["registration_number"]),
        ("3. 제품의 명칭", f["product"]),
        ("4. 세부품명번호", f["item_code"]),
        ("5. 기술성숙도(TRL)", f["trl"] and f"TRL {f['trl']}"),
        ("6. 핵심 적용기술", f["technology"]),
        ("7. 제품가격", f.price("won") or "-"),
        ("8. 제품 혁신성", "\n".join(f"- {x}" for x in f.list("innovation"))),
        ("9. 공공성", "\n".join(f"- {x}" for x in f.list("public_value"))),
        ("10. 제품 용도", f["use"]),
        ("11. 예상 수요기관", "\n".join(f"- {x}" for x in f.list("institutions"))),
        ("12. 특허등록번호", "\n".join(f"- {p['number']}" for p in f.patents)),
        ("13. 신청 분야", boxes(TRACKS, [f["track"]])),
        ("14. 제품 유형", boxes(("제품", "제품+서비스"), [f["product_type"]], "after")),
    ]
    parts: list[Part] = []
    for question, answer in asked:
        parts += [Head(question), Line(answer or "-")]
    return parts


LAYOUTS = (
    Layout(
        "official_form",
        "form",
        _official_form,
        f"{FIRM} product item_code product_codes product_type track trl technology price "
        f"foreign_parts {WORTH} {PATENT}",
        ("hwpx", "pdf", "docx"),
    ),
    Layout(
        "overview",
        "form",
        _overview,
        f"{FIRM} product model item_code track technology trl {PATENT} price last_sales "
        "certificates foreign_parts use institutions",
        ("hwpx", "docx", "md", "pdf"),
    ),
    Layout(
        "side_by_side",
        "form",
        _side_by_side,
        f"{FIRM} product model item_code product_codes trl technology first_patent price "
        "foreign_parts track institutions export_fit",
        ("xlsx", "docx"),
    ),
    Layout(
        "letter",
        "prose",
        _letter,
        f"{FIRM} product model trl first_patent price institutions foreign_parts",
        ("docx", "hwpx", "pdf"),
    ),
    Layout(
        "mixed",
        "form",
        _mixed,
        f"{FIRM} product model item_code price trl technology {PATENT} sales certificates "
        f"product_type {FIT}",
        ("hwpx", "docx", "pdf", "xlsx"),
    ),
    Layout(
        "blurred",
        "poor",
        _blurred,
        f"{FIRM} product model item_code trl technology price patents patent_expiry",
        ("txt", "md"),
    ),
    Layout(
        "questions",
        "form",
        _questions,
        f"{FIRM} product item_code trl technology price innovation public_value use institutions "
        "patents track product_type",
        ("docx", "hwpx", "md"),
    ),
)
