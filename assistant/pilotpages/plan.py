"""Pages of the performance plan (수행계획서), copied from the record."""

from __future__ import annotations

import re

from assistant.domain.pilot_plan import ScheduleRow
from assistant.pilotforms import day_words, words
from assistant.pilotpages.material import (
    NOTHING,
    Blocks,
    Material,
    asked,
    missing,
    pairs,
    recorded,
    table,
)
from assistant.pilotpages.summary import STAGES, institution_words

_MONTHS = re.compile(r"(\d{4}\. ?[\d. ~∼]{1,40}): ")


def plan_form(material: Material) -> Blocks:
    """수행계획서: the product and the conditions."""
    record, plan = material.record, material.record.plan
    product = record.product
    span = (
        f"{day_words(plan.starts_on)} ~ {day_words(plan.ends_on)}"
        if plan.starts_on and plan.ends_on
        else missing("기간")
    )
    return (
        pairs(
            (
                ("혁신제품명", product.name or missing(), "유형",
                 words("acquisition", record.acquisition.value)),
                ("규격명(모델명)", product.model or missing(), "지정유형",
                 words("product.designation", product.designation) or missing()),
                ("물품분류번호", product.classification_number or missing(), "세부품명번호",
                 product.detail_number or missing()),
                ("물품식별번호", product.identification_number or missing(), "인도조건",
                 plan.delivery_terms or missing()),
                ("납품기한", day_words(plan.deliver_by) or missing(), "시범사용 기간", span),
                ("제품 개념", product.concept or missing(), "설치장소", plan.place or missing()),
            ),
            widths=(19, 31, 19, 31),
        ),
        pairs(
            (
                ("시범사용기관", institution_words(record), "시범사용기업",
                 record.supplier.name or missing()),
                ("사업수행담당자", record.institution.manager or missing(), "담당자",
                 record.supplier.manager or missing()),
                ("책임자", record.institution.director or missing(), "책임자",
                 record.supplier.director or missing()),
                ("연락처", record.institution.contact or missing(), "사업자등록번호",
                 record.supplier.business_number or missing()),
            ),
            widths=(19, 31, 19, 31),
        ),
    )  # fmt: skip


def plan_goals(material: Material) -> Blocks:
    """수행계획서: 성과목표."""
    items = material.record.items
    if not items:
        return (asked("성과목표를 적어 주십시오."),)
    results = {result.number: result for result in material.figures.fulfilment.items}
    rows = [
        (
            str(item.number),
            item.name,
            item.method or missing("시험방법"),
            item.criterion or missing("성능기준"),
            results[item.number].target_text or missing("성능목표"),
            "필수" if item.is_required else "",
        )
        for item in items
    ]
    return (
        table(
            ("번호", "시범사용 항목", "시험방법", "성능기준", "성능목표", "필수"),
            rows,
            caption="성과목표",
            widths=(8, 24, 22, 20, 18, 8),
            aligns=("center", "left", "left", "left", "center", "center"),
        ),
    )


def plan_schedule(material: Material) -> Blocks:
    """수행계획서: 월별 일정과 단계별 진행 계획."""
    rows = material.record.plan.schedule
    if not rows:
        return (asked("월별 일정을 적어 주십시오."),)
    monthly = [_span_of(row) for row in rows if row.kind is None]
    staged = [(STAGES[row.kind], f"{row.times}회") for row in rows if row.kind is not None]
    blocks: Blocks = ()
    if monthly:
        blocks += (table(("기간", "내용"), monthly, caption="일정", widths=(36, 64),
                         aligns=("center",)),)  # fmt: skip
    if staged:
        blocks += (table(("형식", "횟수"), staged, caption="단계별 진행 계획", widths=(5, 5),
                         aligns=("center", "center")),)  # fmt: skip
    return blocks


def _span_of(row: ScheduleRow) -> tuple[str, str]:
    """Return when something is planned, and what; months stand before the task as they were read.

    >>> _span_of(ScheduleRow(number=1, task="2026. 1. ~ 2026. 2.: 설치"))
    ('2026. 1. ~ 2026. 2.', '설치')
    """
    days = [day_words(day) for day in (row.starts_on, row.ends_on) if day is not None]
    match = _MONTHS.match(row.task)
    when = " ~ ".join(days) or (match[1] if match else "")
    return when, row.task[match.end() :] if match else row.task


def plan_effects(material: Material) -> Blocks:
    """수행계획서: 기대효과."""
    effects = material.figures.effects.comparisons
    if not effects:
        return (asked("기대효과를 수로 적어 주십시오."),)
    rows = [(str(each.number), each.text, each.expected_text) for each in effects]
    return (
        table(("번호", "기대효과", "변화량"), rows, caption="기대효과", widths=(10, 60, 30),
              aligns=("center", "left", "right")),
    )  # fmt: skip


def plan_facts(material: Material) -> Blocks:
    """수행계획서: 지원요청, 결과물, 예상 수요기관, 교육훈련."""
    plan = material.record.plan
    return (
        pairs(
            (
                ("지원요청", plan.support or NOTHING),
                ("결과물", plan.deliverables or missing()),
                ("예상 수요기관", plan.expected_users or missing()),
                ("교육훈련", plan.training or missing()),
            ),
            widths=(2, 8),
        ),
    )


def reason(material: Material) -> Blocks:
    """수행계획서: 참여이유."""
    text = material.record.plan.reason
    return (recorded(text),) if text else (asked("참여이유를 적어 주십시오."),)


def scope(material: Material) -> Blocks:
    """수행계획서: 개요와 범위."""
    text = material.record.plan.scope
    return (recorded(text),) if text else (asked("개요와 범위를 적어 주십시오."),)
