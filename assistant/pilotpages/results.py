"""Computed pages: checklist, score, effects, surveys, money, the two axes."""

from __future__ import annotations

from assistant.figures import NO_VALUE, Figure, SatisfactionScore, met_words
from assistant.pilotforms import day_words, label, values, words
from assistant.pilotpages.material import (
    Align,
    Blocks,
    Material,
    asked,
    computed,
    missing,
    picture,
    remark,
    table,
)

# Values on which figures and dates rest; names and methods stand in the report itself.
_CHECKED = frozenset(
    {"target", "value", "is_fit", "sample_size", "starts_on", "ends_on", "goods_won", "total_won",
     "pilot_cost_won", "amount", "amount_won", "before", "after", "efficiency", "users", "safety",
     "recommendation", "on", "answered", "asked", "quantity"}
)  # fmt: skip
_NUMBER: Align = "right"
_MID: Align = "center"


def checklist(material: Material) -> Blocks:
    """2부 1: 성능 체크리스트, each item of the plan with its result."""
    found = material.figures.fulfilment
    if not found.items:
        return (asked("성과목표가 없어 체크리스트를 만들지 못했습니다."),)
    criteria = {item.number: item.criterion for item in material.record.items}
    rows = [
        (
            str(item.number),
            item.name,
            criteria.get(item.number, ""),
            item.target_text,
            item.value_text if item.value_text != NO_VALUE else missing("측정값"),
            met_words(item.is_met) if item.is_met is not None else missing(),
            "필수" if item.is_required else "",
        )
        for item in found.items
    ]
    required = (
        f", 필수항목 {found.required}개 가운데 {found.required_met}개 충족"
        if found.required
        else ""
    )
    told = (
        f"전체 {found.total}개 항목 가운데 {found.met}개 충족, {found.unmet}개 미충족"
        f"{f', {found.unmeasured}개 측정값 없음' if found.unmeasured else ''}{required}이며 "
        f"충족률은 {found.rate.text}입니다."
    )
    return (
        table(
            ("번호", "시범사용 항목", "성능기준", "성능목표", "결과치", "충족/미충족", "필수항목"),
            rows,
            caption="성능 체크리스트",
            widths=(7, 23, 17, 17, 11, 14, 11),
            aligns=(_MID, "left", "left", _MID, _MID, _MID, _MID),
        ),
        computed(told),
        *picture(material, "items"),
    )


def score(material: Material) -> Blocks:
    """2부 5: 성능 만족도, the five parts with the rule and the reason of each."""
    found = material.figures.score
    rows = [
        (
            part.points.name,
            str(part.maximum),
            part.points.text if not part.points.is_missing else missing(),
            part.points.working or part.points.formula,
            part.reason,
        )
        for part in found.parts
    ]
    rows.append(
        ("합계", "100", found.total.text if not found.total.is_missing else missing(),
         found.total.working or found.total.formula, "")
    )  # fmt: skip
    return (
        table(
            ("항목", "배점", "점수", "산출", "근거"),
            rows,
            caption="성능 만족도(100점)",
            widths=(24, 9, 12, 27, 28),
            aligns=("left", _MID, _MID),
        ),
        *_score_words(found),
        *picture(material, "score"),
    )


def _score_words(found: SatisfactionScore) -> Blocks:
    if found.total.is_missing:
        return (asked(f"성능 만족도를 다 구하지 못했습니다. {found.total.note}"),)
    return (computed(f"성능 만족도는 100점 가운데 {found.total.text}입니다."),)


def effects(material: Material) -> Blocks:
    """2부 4: 기대효과 대비 성과."""
    found = material.figures.effects
    if not found.comparisons:
        return (asked("수행계획서의 기대효과가 없습니다."),)
    rows = [
        (
            f"{each.text} {each.expected_text}",
            each.actual.text if not each.actual.is_missing else missing("실제 성과"),
            each.rate.text if not each.rate.is_missing else missing(),
            " / ".join(filter(None, (each.actual.working, each.note))),
        )
        for each in found.comparisons
    ]
    blocks: Blocks = (
        table(
            ("기대효과(계획)", "실제 성과", "부합률", "비고"),
            rows,
            caption="기대효과 대비 성과",
            widths=(34, 18, 14, 34),
            aligns=("left", _MID, _MID),
        ),
    )
    if not found.mean.is_missing:
        over = any((each.rate.value or 0) > 100 for each in found.comparisons)
        how = "(100%를 넘은 부합률은 100%로 셈)" if over else ""
        blocks += (computed(f"기대효과 부합률 평균{how}은 {found.mean.text}입니다."),)
    return (*blocks, *picture(material, "effects"))


def surveys(material: Material) -> Blocks:
    """What the users answered: mean, spread and how many answered, question by question."""
    found = material.figures.surveys
    if not found:
        return (computed("설문 결과가 기록되지 않았습니다."),)
    blocks: Blocks = ()
    for survey in found:
        rows = [
            (
                each.text,
                f"{each.people}명",
                each.mean.text,
                each.spread.text,
                each.favourable.text,
            )
            for each in survey.questions
        ]
        blocks += (
            table(
                ("문항", "응답", "평균", "표준편차", "만족 이상"),
                rows,
                caption=survey.name or "이용자 설문",
                widths=(44, 12, 14, 14, 16),
                aligns=("left", _NUMBER, _NUMBER, _NUMBER, _NUMBER),
            ),
        )
        if not survey.response.is_missing:
            blocks += (computed(f"응답률은 {survey.response.text}입니다."),)
    return (*blocks, *picture(material, "surveys"))


def money(material: Material) -> Blocks:
    """소요예산: each line, the goods, the pilot's own cost and its share."""
    plan, found = material.record.plan, material.figures.money
    if not plan.price_lines and plan.total_won is None:
        return (asked("소요예산을 적어 주십시오."),)
    rows = [
        (
            line.name,
            _won(line.unit_price_won),
            _quantity(line.quantity, line.months),
            figure.text if not figure.is_missing else _won(line.amount_won),
        )
        for line, figure in zip(plan.price_lines, found.lines, strict=True)
    ]
    rows.append(("물품대", "", "", _text(found.goods)))
    alone = plan.costs[0] if len(plan.costs) == 1 else None
    payer = ""
    if alone is not None and alone.amount_won == plan.pilot_cost_won:
        payer = alone.payer  # a single line that is the sum is said once
    else:
        rows += [(line.name, "", line.payer, _won(line.amount_won)) for line in plan.costs]
    rows.append(("시범사용 비용", "", payer, _won(plan.pilot_cost_won)))
    rows.append(("합계", "", "", _text(found.total)))
    blocks: Blocks = (
        table(
            ("구분", "단가", "수량·부담", "금액"),
            rows,
            caption="금액(부가가치세 포함)",
            widths=(34, 22, 20, 24),
            aligns=("left", _NUMBER, _NUMBER, _NUMBER),
        ),
    )
    if not found.cost_share.is_missing:
        limit = " 이내입니다" if found.cost_share.is_within else "를 넘습니다"
        told = f"시범사용 비용은 물품대의 {found.cost_share.text}로 한도 15%{limit}"
        blocks += (computed(f"{told}(「혁신제품 구매 운영 규정」 제31조제2항)."),)
    return blocks


def _won(amount: int | None) -> str:
    return "" if amount is None else f"{amount:,}원"


def _quantity(quantity: object, months: int | None) -> str:
    told = "" if quantity is None else f"{quantity}"
    return f"{told} × {months}개월" if months else told


def _text(figure: Figure) -> str:
    return missing() if figure.is_missing else figure.text


def axes(material: Material) -> Blocks:
    """The two axes of the 2026 plan: 기업 성장 and 시범구매 연계성."""
    growth, relevance = material.figures.growth, material.figures.relevance
    before = [
        (
            row.name,
            _labelled(row.before_text, row.before_label),
            _labelled(row.after_text, row.after_label),
            row.change_text,
        )
        for row in growth.rows
    ]
    after = [(each.name, each.text, each.working or each.note) for each in relevance.figures]
    return (
        table(
            ("지표", "시범사용 전", "시범사용 후", "변화"),
            before,
            caption="기업 성장",
            widths=(16, 28, 28, 28),
            aligns=("left", _NUMBER, _NUMBER, _NUMBER),
        ),
        *picture(material, "growth"),
        table(
            ("지표", "값", "산출"),
            after,
            caption="시범구매 연계성",
            widths=(28, 24, 48),
            aligns=("left", _NUMBER),
        ),
    )


def _labelled(text: str, when: str) -> str:
    return f"{text}({when})" if when and text != NO_VALUE else text


def ai_evaluation(material: Material) -> Blocks:
    """The evaluation of an AI product by its judges: the trimmed mean held against 70."""
    found = material.figures.ai
    if found is None:
        return (computed("인공지능 제품 평가 점수가 기록되지 않았습니다."),)
    rows = [
        (judge.judge, NO_VALUE if judge.total is None else f"{judge.total:f}점")
        for judge in found.judges
    ]
    return (
        table(("위원", "점수"), rows, caption="인공지능 제품 평가(100점)", widths=(6, 4),
              aligns=("left", _NUMBER)),
        computed(f"최고·최저를 하나씩 뺀 평균은 {found.mean.text}입니다. {found.mean.working}"),
    )  # fmt: skip


def unmet_items(material: Material) -> Blocks:
    """보완계획: the items that fall short, with how far."""
    short = [item for item in material.figures.fulfilment.items if item.is_met is False]
    if not short:
        return (computed("미충족 항목이 없습니다."),)
    rows = [
        (str(item.number), item.name, item.target_text, item.value_text,
         "필수" if item.is_required else "")
        for item in short
    ]  # fmt: skip
    return (
        table(
            ("번호", "항목", "목표", "결과", "필수"),
            rows,
            caption="미충족 항목",
            widths=(10, 36, 22, 20, 12),
            aligns=(_MID, "left", _MID, _MID, _MID),
        ),
    )


def purchases(material: Material) -> Blocks:
    """Further purchases that institutions plan."""
    found = material.record.purchases
    if found is None:
        return (asked("추가 구매 계획을 적어 주십시오. 없으면 ‘없음’을 고르십시오."),)
    if not found:
        return (computed("추가 구매 계획이 없습니다."),)
    rows = [
        (
            each.institution,
            "" if each.quantity is None else f"{each.quantity:f}",
            _won(each.amount_won),
            "" if each.year is None else f"{each.year}년",
            each.basis,
        )
        for each in found
    ]
    return (
        table(
            ("기관", "수량", "금액", "시기", "근거"),
            rows,
            caption="추가 구매 계획",
            widths=(34, 12, 22, 14, 18),
            aligns=("left", _NUMBER, _NUMBER, _MID),
        ),
    )


def care(material: Material) -> Blocks:
    """사후관리: what was seen after the pilot."""
    found = material.record.care
    if not found:
        return (computed("시범사용 뒤의 사용 현황이 아직 기록되지 않았습니다."),)
    rows = [
        (
            day_words(each.observed_on),
            "" if each.in_use is None else f"{each.in_use:f}",
            "" if each.installed is None else f"{each.installed:f}",
            "" if each.faults is None else f"{each.faults}건",
            _won(each.upkeep_won),
        )
        for each in found
    ]
    return (
        table(
            ("확인일", "사용", "설치", "고장", "유지비"),
            rows,
            caption="사후 사용 현황",
            aligns=(_MID, _NUMBER, _NUMBER, _NUMBER, _NUMBER),
        ),
    )


def sources(material: Material) -> Blocks:
    """Where each figure of the record was read, for checking."""
    known = values(material.record)
    rows = [
        (label(place), words(place, known[place]), source.file_name or "직접 입력", source.where)
        for place, source in material.record.sources.items()
        if place in known
        and not place.startswith("report.")
        and place.rpartition(".")[2] in _CHECKED
    ]
    if not rows:
        return (computed("값의 출처가 기록되지 않았습니다."),)
    return (
        remark("파일에서 읽은 값과 그 자리입니다. 결재 전에 원본과 견주어 보십시오."),
        table(
            ("항목", "값", "파일", "자리"),
            rows,
            caption="값의 출처",
            widths=(25, 17, 27, 31),
        ),
    )
