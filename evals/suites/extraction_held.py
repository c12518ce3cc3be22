"""Layouts held out while the rules were made: what fails in them was never looked at."""

from __future__ import annotations

from collections.abc import Sequence

from evals.suites.extraction_files import (
    FIELDS,
    FIRM,
    FIT,
    PATENT,
    PRODUCT,
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

_PRICE = "price"


def _registration(f: Form) -> Sequence[Part]:
    """A registration card: merged group labels, tight labels, notes beside the values."""
    held = f.patents
    rows: list[Sequence[Cell | str]] = [
        [Cell("업체", rows=2), "업체명", f["company"], "사업자번호", f["registration_number"]],
        ["대표자", f["ceo"], "종업원수", "27명"],
        [Cell("제품", rows=4), "제품명", Cell(f["product"], columns=3)],
        ["모델명", f["model"], "물품식별번호", ", ".join(f.list("product_codes"))],
        ["세부품명", f["item_name"], "세부품명번호", f["item_code"]],
        ["단가", Cell(f"{f.price('won')} (부가가치세 포함, 설치비 별도)" if f[_PRICE] else "",
                    columns=3)],
        [Cell("기술", rows=2 + len(held)), "기술성숙도", f"{f['trl']}단계(실환경 실증 완료)",
         "핵심기술", f["technology"]],
        ["특허번호", "등록일", "존속기간 만료일", "비고"],
        *([f"제{p['number']}호", day(p["registered"], "dashes"), day(p["expiry"], "dashes"), "유효"]
          for p in held),
        [Cell("활용", rows=2), "수요기관", Cell(" · ".join(f.list("institutions")), columns=3)],
        ["용도", Cell(f["use"], columns=3)],
    ]  # fmt: skip
    return [Grid(rows, "카드")]


def _narrative(f: Form) -> Sequence[Part]:
    """A description under headings, in sentences with the label inside them."""
    held = f.patents
    first = f"특허 제{held[0]['number']}호" if held else "특허"
    lines: list[Part] = [
        Head("가. 회사 소개"),
        Line(
            f"당사는 {f['company']}로서 공공조달 시장에 제품을 공급하고 있습니다. "
            f"(사업자등록번호: {f['registration_number']})"
        ),
        Head("나. 제품 소개"),
        Line(f"제품명은 ‘{f['product']}’이며 세부품명번호는 {f['item_code']}에 해당합니다."),
        Line(f"적용기술은 {f['technology']}입니다. {first}로 보호받고 있습니다."),
        Line(f"기술성숙도는 TRL {f['trl']}단계입니다."),
        Head("다. 가격과 수요"),
    ]
    if f[_PRICE]:
        lines.append(Line(f"제품 단가는 {f.price('mixed')}이며 부가가치세를 포함합니다."))
    lines += [
        Line(f"예상 수요기관으로는 {', '.join(f.list('institutions'))} 등이 있습니다."),
        Line(f"외국산 부품 비율은 {f.share}입니다."),
        Head("라. 혁신성"),
        *[Line(f"{one}.") for one in f.list("innovation")],
        Head("마. 공공성"),
        *[Line(f"{one}.") for one in f.list("public_value")],
    ]
    return lines


def _worksheet(f: Form) -> Sequence[Part]:
    """Two sheets, labels with units, a sheet of patents, blank rows left out."""
    years = f.sales
    basic = [
        ["1. 기업명", f["company"]],
        ["2. 사업자등록번호", f["registration_number"]],
        ["3. 제품명", f["product"]],
        ["4. 규격명(모델명)", f["model"]],
        ["5. 세부품명번호(10자리)", f["item_code"]],
        ["6. 물품식별번호(8자리)", ", ".join(f.list("product_codes"))],
        ["7. TRL(1~9)", f["trl"]],
        ["8. 제품단가(원)", f.price("bare")],
        ["9. 외국산부품 비율(%)", f["foreign_parts"]],
        ["10. 신청분야", f["track"]],
        ["11. 제품유형", f["product_type"]],
        ["12. AI 적용 여부(예/아니오)", f["ai_product"]],
        ["13. 인증", ", ".join(f.list("certificates"))],
        *([f"{n}. {y}년 매출액(천원)", won(v, "cheon").removesuffix("천원")]
          for n, (y, v) in enumerate(years.items(), 14)),
    ]  # fmt: skip
    listed = [
        ["구분", "등록번호", "등록일", "만료일"],
        *(["특허", p["number"], day(p["registered"], "tight"), day(p["expiry"], "tight")]
          for p in f.patents),
    ]  # fmt: skip
    return [Grid(basic, "기본"), Grid(listed, "특허")]


def _bilingual(f: Form) -> Sequence[Part]:
    """Labels in two languages, boxes before words, the AI checklist as lines."""
    return [
        Grid(
            [
                ["기업명 (Company)", f["company"]],
                ["사업자등록번호 (Business No.)", f["registration_number"]],
                ["제품명 (Product)", f["product"]],
                ["모델 (Model)", f["model"]],
                ["기술성숙도 (TRL)", boxes(tuple("6789"), [f["trl"]], "square")],
                ["핵심기술 (Core technology)", f["technology"]],
                ["판매가격 (Price, VAT incl.)", f.price("won")],
                ["시범구매 분야 (Track)", boxes(TRACKS, [f["track"]])],
                [
                    "특허 (Patents)",
                    "\n".join(
                        f"{n}. {p['number']} / 등록일 {day(p['registered'])} / "
                        f"만료일 {day(p['expiry'])}"
                        for n, p in enumerate(f.patents, 1)
                    ),
                ],
                ["수출 적합성 (Export)", boxes(("해당", "해당 없음"), [f["export_fit"]], "square")],
            ],
            "신청",
        ),
        Head("AI 체크리스트"),
        Line(
            f"○ AI 제품 여부: {f['ai_product']}\n"
            f"○ AI 분야: {', '.join(f.list('ai_fields')) or '해당 없음'}\n"
            f"○ AI 중요도: {f['ai_importance'] or '-'}"
        ),
    ]


def _fax(f: Form) -> Sequence[Part]:
    """A recognised fax: labels and values on lines of their own, spaces lost and gained."""
    pairs = [
        ("기업 명", f["company"]),
        ("사업자등록 번호", f["registration_number"]),
        ("제품 명", f["product"]),
        ("모델 명", f["model"]),
        ("세부품명 번호", f["item_code"]),
        ("기술성숙도 (TRL)", f["trl"] and f"{f['trl']}단 계"),
        ("적용 기술", f["technology"]),
        ("제품 단가", f.price("won")),
    ]
    lines = [f"{label} : {value}" if value else f"{label} :" for label, value in pairs]
    lines += [
        f"특허 등록 번호 : 제{p['number']} 호   존속 기간 : {day(p['registered'], 'tight')} ~ "
        f"{day(p['expiry'], 'tight')}"
        for p in f.patents
    ]
    return [Line("\n".join(lines))]


def _summary_sheet(f: Form) -> Sequence[Part]:
    """A one-page summary: three pairs in a row and passages over the whole width."""
    held = f.patents
    return [
        Line("혁신제품 지정 신청 요약서"),
        Grid(
            [
                ["기업명", f["company"], "사업자등록번호", f["registration_number"],
                 "대표자", f["ceo"]],
                ["제품명", f["product"], "모델명", f["model"], "TRL", f["trl"]],
                ["세부품명", f["item_name"], "세부품명번호", f["item_code"], "식별번호",
                 ", ".join(f.list("product_codes"))],
                ["제품 단가", f.price("man"), "외산부품 비율", f.share, "제품 유형",
                 f["product_type"]],
                ["트랙", f["track"], "수출선도형", f["export_fit"],
                 "AI 제품 여부", f["ai_product"]],
                ["핵심기술", Cell(f["technology"], columns=5)],
                ["혁신성", Cell("\n".join(f"○ {x}" for x in f.list("innovation")), columns=5)],
                ["공공성", Cell("\n".join(f"○ {x}" for x in f.list("public_value")), columns=5)],
                ["활용분야", Cell(f["use"], columns=5)],
                ["수요기관", Cell(", ".join(f.list("institutions")), columns=5)],
                ["핵심특허", Cell("\n".join(f"{p['number']}({day(p['registered'])} 등록, "
                                        f"{day(p['expiry'])} 만료)" for p in held), columns=5)],
            ],
            "요약",
        ),
    ]  # fmt: skip


def _ministry(f: Form) -> Sequence[Part]:
    """A report to a ministry: 1. 가. 1) with sentences ending in nouns, figures in brackets."""
    held = f.patents
    lines = [
        "1. 신청 현황",
        f" 가. 신청기업: {f['company']}({f['registration_number']})",
        f" 나. 신청제품: {f['product']}(모델명 {f['model']})",
        f" 다. 세부품명번호: {f['item_code']}({f['item_name']})",
        "2. 기술 현황",
        f" 가. 적용기술: {f['technology']}",
        f" 나. 기술성숙도: {f['trl']}단계",
        f" 다. AI 분야: {', '.join(one for one in f.list('ai_fields') if one in FIELDS)}",
    ]
    lines += [
        f" {mark}. 특허: 제{p['number']}호(등록일: {day(p['registered'], 'words')}, 만료일: "
        f"{day(p['expiry'], 'words')})"
        for mark, p in zip("라마바", held, strict=False)
    ]
    lines += [
        "3. 기대 효과",
        f" 가. 단가: {f.price('cheon')}" if f[_PRICE] else " 가. 단가: 협의 중",
        f" 나. 수요기관: {', '.join(f.list('institutions'))}",
        f" 다. 외국산 부품 비율: {f.share}",
    ]
    return [Line("\n".join(lines))]


LAYOUTS = (
    Layout(
        "registration",
        "form",
        _registration,
        f"{FIRM} {PRODUCT} price trl technology {PATENT} institutions use",
        ("docx", "hwpx", "pdf"),
        is_held=True,
    ),
    Layout(
        "narrative",
        "prose",
        _narrative,
        f"{FIRM} product item_code technology first_number trl price institutions foreign_parts "
        "innovation public_value",
        ("hwpx", "docx", "md", "pdf"),
        is_held=True,
    ),
    Layout(
        "worksheet",
        "form",
        _worksheet,
        f"{FIRM} product model item_code product_codes trl price foreign_parts track "
        f"product_type ai_product certificates sales {PATENT}",
        ("xlsx", "docx"),
        is_held=True,
    ),
    Layout(
        "bilingual",
        "form",
        _bilingual,
        f"{FIRM} product model trl technology price track {PATENT} {FIT} ai_fields ai_importance",
        ("docx", "pdf", "hwpx"),
        is_held=True,
    ),
    Layout(
        "fax",
        "poor",
        _fax,
        f"{FIRM} product model item_code trl technology price patents patent_expiry",
        ("txt", "pdf"),
        is_held=True,
    ),
    Layout(
        "summary_sheet",
        "form",
        _summary_sheet,
        f"{FIRM} {PRODUCT} trl price foreign_parts product_type track technology {WORTH} {FIT} "
        f"{PATENT}",
        ("hwpx", "docx", "pdf", "md"),
        is_held=True,
    ),
    Layout(
        "ministry",
        "form",
        _ministry,
        f"{FIRM} product item_code technology trl ai_fields {PATENT} price institutions "
        "foreign_parts",
        ("docx", "hwpx", "md"),
        is_held=True,
    ),
)
