"""Further layouts: held out until a first reading of what failed, and no longer since."""

from __future__ import annotations

from collections.abc import Sequence

from evals.suites.extraction_files import (
    FIELDS,
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


def _sectioned(f: Form) -> Sequence[Part]:
    """One long table: titles over the whole width, six columns, lists inside."""
    rows: list[list[Cell | str]] = [
        [Cell("Ⅰ. 신청인", columns=6)],
        ["상호(법인명)", Cell(f["company"], columns=2), "사업자 등록번호",
         Cell(f["registration_number"], columns=2)],
        ["대표자", f["ceo"], "전화번호", "000-0000-0000", "전자우편", "a@example.com"],
        [Cell("Ⅱ. 신청제품", columns=6)],
        ["제품명칭", Cell(f["product"], columns=3), "규격(모델)", f["model"]],
        ["세부품명", f["item_name"], "세부품명번호", f["item_code"], "식별번호",
         ", ".join(f.list("product_codes"))],
        ["제품유형", Cell(boxes(("제품", "제품+서비스"), [f["product_type"]], "square"), columns=2),
         "기술성숙도", Cell(f"TRL {f['trl']}" if f["trl"] else "", columns=2)],
        ["신청 분야", Cell(boxes(TRACKS, [f["track"]], "filled"), columns=5)],
        ["적용 기술", Cell(f["technology"], columns=5)],
        ["판매단가", Cell(f.price("cheon"), columns=2),
         "외국산부품 비율", Cell(f.share, columns=2)],
        ["주요 특징", Cell("\n".join(f"• {x}" for x in f.list("innovation")), columns=5)],
        ["공공 기여", Cell("\n".join(f"• {x}" for x in f.list("public_value")), columns=5)],
        ["사용처", Cell(f["use"], columns=5)],
        ["수요처(예상)", Cell("、".join(f.list("institutions")), columns=5)],
        [Cell("Ⅲ. 지식재산권", columns=6)],
        [Cell("등록번호", columns=2), Cell("발명의 명칭", columns=2), "등록일", "만료일"],
    ]  # fmt: skip
    rows += [
        [Cell(f"특허 제{p['number']}호", columns=2), Cell(p["title"], columns=2),
         day(p["registered"], "tight"), day(p["expiry"], "tight")]
        for p in f.patents
    ]  # fmt: skip
    rows += [
        [Cell("Ⅳ. 그 밖의 사항", columns=6)],
        ["인증", Cell(" / ".join(f.list("certificates")), columns=5)],
        ["수출선도형", Cell(boxes(("해당", "해당 없음"), [f["export_fit"]], "square"), columns=2),
         "AI 제품", Cell(boxes(("예", "아니오"), [f["ai_product"]], "square"), columns=2)],
    ]  # fmt: skip
    return [Grid(rows, "신청서")]


def _official(f: Form) -> Sequence[Part]:
    """Numbered as official documents are: 1. 가. 1), label and value parted by a colon."""
    held = f.patents
    lines = [
        "1. 신청 업체",
        f"  가. 업체명: {f['company']}",
        f"  나. 사업자등록번호: {f['registration_number']}",
        f"  다. 대표자: {f['ceo']} / 연락처: 000-0000-0000",
        "2. 제품 현황",
        f"  가. 제품명: {f['product']} ({f['model']})",
        f"  나. 물품분류: 세부품명 {f['item_name']} / 세부품명번호 {f['item_code']}",
        f"  다. 제품유형: {f['product_type']}",
        f"  라. 단가: 금{f.price('won')}" if f["price"] else "  라. 단가: ",
        f"  마. TRL: {f['trl']}",
        f"  바. 외산부품 비율: {f.share}",
        f"  사. 지원분야: {f['track']}형",
        "3. 기술",
        f"  가. 핵심기술: {f['technology']}",
        "  나. 특허",
    ]
    lines += [
        f"    {n}) 등록번호: 제{p['number']}호, 등록일: {day(p['registered'])}, "
        f"존속기간: {day(p['expiry'])}까지"
        for n, p in enumerate(held, 1)
    ]
    lines += [
        "4. 활용 및 효과",
        f"  가. 용도: {f['use']}",
        f"  나. 주요 수요기관: {', '.join(f.list('institutions'))}",
        f"  다. 매출실적: {', '.join(f'{y}년 {won(v)}' for y, v in f.sales.items())}",
    ]
    return [Line("\n".join(lines))]


def _proposal(f: Form) -> Sequence[Part]:
    """A letter in sentences."""
    held = f.patents
    first = held[0] if held else None
    said = [
        f"저희 {f['company']}는 공공기관의 어려움을 풀고자 ‘{f['product']}’을(를) 개발하였습니다.",
        f"사업자등록번호는 {f['registration_number']}이며 대표자는 {f['ceo']}입니다.",
        f"본 제품의 제품명은 {f['product']}이고 모델명은 {f['model']}입니다.",
        f"적용기술은 {f['technology']}로서 경쟁사보다 앞서 있습니다.",
        f"현재 기술성숙도(TRL)는 {f['trl']}단계로 상용화 직전입니다.",
    ]
    if first:
        said.append(
            f"핵심특허(등록번호 {first['number']})는 {day(first['registered'], 'words')} "
            f"등록되었으며, {day(first['expiry'], 'words')} 만료됩니다."
        )
    if f["price"]:
        said.append(f"공급가격은 대당 {f.price('man')}으로 책정하였습니다.")
    years = f.sales
    if years:
        said.append(
            " ".join(
                f"{y}년 매출액은 {won(v, 'mixed')}을 기록하였습니다." for y, v in years.items()
            )
        )
    said.append(f"세부품명번호는 {f['item_code']}입니다.")
    return [Line(f"{' '.join(said[:3])}"), Line(" ".join(said[3:]))]


def _sheet(f: Form) -> Sequence[Part]:
    """A sheet of group, item and content."""
    rows: list[list[Cell | str]] = [
        ["구분", "항목", "기재 내용"],
        [Cell("기업", rows=3), "회사명", f["company"]],
        ["사업자번호", f["registration_number"]],
        ["대표자", f["ceo"]],
        [Cell("제품", rows=9), "신청 제품명", f["product"]],
        ["모델번호", f["model"]],
        ["세부품명번호", f["item_code"]],
        ["물품식별번호", ", ".join(f.list("product_codes"))],
        ["유형", f["product_type"]],
        ["트랙", f["track"]],
        ["TRL", f["trl"]],
        ["핵심 기술", f["technology"]],
        ["단가(천원)", f.price("cheon").removesuffix("천원")],
        [Cell("효과", rows=3), "혁신성", " / ".join(f.list("innovation"))],
        ["공공성", " / ".join(f.list("public_value"))],
        ["예상 수요기관", ", ".join(f.list("institutions"))],
        [Cell("기타", rows=3), "인증", ", ".join(f.list("certificates"))],
        ["AI 적용 여부", f["ai_product"]],
        ["외산부품 비중", f.share],
    ]
    held = [
        ["특허번호", "특허명", "등록일", "존속기간 만료일"],
        *([p["number"], p["title"], p["registered"], p["expiry"]] for p in f.patents),
    ]
    return [Grid(rows, "신청"), Grid(held, "특허")]


def _nested(f: Form) -> Sequence[Part]:
    """Cells that hold lines of their own."""
    firm = (
        f"- 기업명: {f['company']}\n- 사업자등록번호: {f['registration_number']}\n"
        f"- 대표자: {f['ceo']}"
    )
    product = (
        f"- 제품명: {f['product']}\n- 규격(모델)명: {f['model']}\n"
        f"- 세부품명번호: {f['item_code']}\n- 물품식별번호: "
        f"{', '.join(f.list('product_codes'))}\n- 제품 단가: {f.price('won')}"
    )
    skill = f"- 적용기술: {f['technology']}\n- 기술성숙도: TRL {f['trl']}\n" + "\n".join(
        f"- 특허 {p['number']}(등록 {day(p['registered'])}, 만료 {day(p['expiry'])})"
        for p in f.patents
    )
    return [
        Grid(
            [
                ["기업 현황", firm],
                ["제품 현황", product],
                ["기술 현황", skill],
                ["기대효과", "\n".join(f"- {x}" for x in f.list("public_value"))],
            ],
            "신청서",
        ),
        Line("붙임  1. 규격서 1부.\n      2. 특허등록원부 1부.  끝."),
    ]


def _recognised(f: Form) -> Sequence[Part]:
    """Another recognised form: one space between label and value, figures apart."""
    lines = [
        "신청서",
        f"업체명 {f['company']}",
        f"사업자번호 {f['registration_number'].replace('-', ' ')}",
        f"신청제품 {f['product']}",
        f"모델명 {f['model']}",
        f"세부품명번호 {f['item_code'][:8]} - {f['item_code'][8:]}",
        f"T R L {f['trl']}",
        f"핵심기술 {f['technology']}",
        f"판매 단가 {f.price('won').replace(',', ', ')}",
    ]
    lines += [
        f"특허번호 {p['number'].replace('-', '-')} 등록일 {day(p['registered'])} "
        f"만료일 {day(p['expiry'])}"
        for p in f.patents
    ]
    return [Line("\n".join(lines))]


def _checklist(f: Form) -> Sequence[Part]:
    """A form in three columns, with the hint of each label, and the AI checklist."""
    return [
        Head("신청 개요"),
        Grid(
            [
                ["① 신청기업명", f["company"], "② 사업자등록번호", f["registration_number"]],
                ["③ 신청제품명", f["product"], "④ 모델명(규격)", f["model"]],
                ["⑤ 기술성숙도\n(TRL 7~9)", boxes(("7", "8", "9"), [f["trl"]]),
                 "⑥ 제품 가격\n(단위: 원)", f.price("bare")],
                ["⑦ 예상수요기관\n(3개 이내)", Cell("\n".join(f.list("institutions")), columns=3)],
                ["⑧ 활용분야", Cell(f["use"], columns=3)],
                ["⑨ 수출선도형 희망 여부", boxes(("희망", "해당 없음"),
                 ["희망" if f["export_fit"] == "해당" else "해당 없음"]), "⑩ 시범구매 트랙",
                 f["track"]],
            ],
            "개요",
        ),
        Head("핵심특허 목록"),
        Grid(
            [
                ["구분", "특허등록번호", "특허명칭", "특허등록일", "존속기간(만료일)"],
                *([f"특허 {n}", p["number"], p["title"], day(p["registered"], "dashes"),
                   day(p["expiry"], "dashes")] for n, p in enumerate(f.patents, 1)),
            ],
            "특허",
        ),
        Head("AI 체크리스트"),
        Grid(
            [
                ["점검 항목", "응답"],
                ["AI 제품 해당 여부", f["ai_product"]],
                ["AI 기술 분야", boxes(FIELDS, f.list("ai_fields"), "square")],
                ["AI 기술 중요도", boxes(("필수", "보완", "부가"), [f["ai_importance"]], "square")],
            ],
            "체크",
        ),
        Head("유사제품 비교"),
        Grid(
            [
                ["항목", "신청제품", "타사 제품"],
                ["제품명", f["product"], "가나다 계측기"],
                ["가격", f.price("won"), "5,500,000원"],
            ],
            "비교",
        ),
    ]  # fmt: skip


LAYOUTS = (
    Layout(
        "sectioned",
        "form",
        _sectioned,
        f"{FIRM} product model item_name item_code product_codes product_type track trl "
        f"technology price foreign_parts {WORTH} {PATENT} certificates {FIT}",
        ("hwpx", "docx", "pdf"),
    ),
    Layout(
        "official",
        "form",
        _official,
        f"{FIRM} product item_name item_code product_type price trl foreign_parts track "
        f"technology {PATENT} use institutions sales",
        ("hwpx", "docx", "md"),
    ),
    Layout(
        "proposal",
        "prose",
        _proposal,
        f"{FIRM} product model technology trl first_patent price sales item_code",
        ("docx", "pdf"),
    ),
    Layout(
        "sheet",
        "form",
        _sheet,
        f"{FIRM} product model item_code product_codes product_type track trl technology "
        "price innovation public_value institutions certificates ai_product foreign_parts "
        f"{PATENT}",
        ("xlsx", "docx"),
    ),
    Layout(
        "nested",
        "form",
        _nested,
        f"{FIRM} product model item_code product_codes price technology trl {PATENT}",
        ("docx", "hwpx", "pdf"),
    ),
    Layout(
        "recognised",
        "poor",
        _recognised,
        f"{FIRM} product model item_code trl technology price {PATENT}",
        ("txt", "pdf"),
    ),
    Layout(
        "checklist",
        "form",
        _checklist,
        f"{FIRM} product model trl price institutions use track export_fit {PATENT} "
        "ai_product ai_fields ai_importance",
        ("hwpx", "pdf", "md"),
    ),
)
