"""Where a pilot stands: its steps with their clocks, and the page for a director."""

from __future__ import annotations

from datetime import date

from assistant.deadlines import Article
from assistant.figures import met_words
from assistant.pilotforms import day_words, words
from assistant.pilotpages.material import (
    Blocks,
    Material,
    computed,
    missing,
    recorded,
    remark,
    table,
)
from assistant.pilotpages.summary import institution_words, period
from assistant.pilots import (
    CourseStep,
    Ground,
    LimitState,
    StepState,
    after_care,
    assess,
    preference,
    second_chance,
)

_STATES = {
    StepState.DONE: "마침",
    StepState.UNRECORDED: "지남",
    StepState.CURRENT: "진행",
    StepState.RUNNING: "이어짐",
    StepState.AHEAD: "앞으로",
    StepState.SKIPPED: "건너뜀",
}
_LATE_ROWS = 10
_GLANCE_ROWS = 8
_SUPPLEMENTS = ("pilot_supplement_plan", "pilot_development_plan")


def article_words(article: Article) -> str:
    """Return an article as a paper names it."""
    return str(article)


def steps(material: Material) -> Blocks:
    """The steps so far with their days and limits, and those that come next."""
    shown = [step for step in material.course.steps if step.state is not StepState.AHEAD]
    coming = [step for step in material.course.steps if step.state is StepState.AHEAD][:3]
    rows = [_row(step) for step in (*shown, *coming)]
    return (
        table(
            ("단계", "상태", "한 날", "기한", "근거"),
            rows,
            caption="단계와 기한",
            widths=(21, 11, 16, 16, 36),
            aligns=("left", "center", "center", "center"),
        ),
        *next_act(material),
    )


def _row(step: CourseStep) -> tuple[str, ...]:
    limit = step.limits[-1] if step.limits else None
    articles = step.articles[:1] if limit is None else (limit.article,)
    return (
        step.name,
        "늦음" if step.is_late else _STATES[step.state],
        "기록 없음" if step.state is StepState.UNRECORDED else day_words(step.done_on),
        "" if limit is None else day_words(limit.due_on),
        ", ".join(article_words(each) for each in articles),
    )


def next_act(material: Material) -> Blocks:
    """What is due next, by which article; and what is late."""
    act = material.course.next_act
    if material.course.cancelled_on is not None:
        return (recorded(f"{day_words(material.course.cancelled_on)} 취소되었습니다."),)
    if act is None:
        return (computed("남은 기한이 없습니다."),)
    return (computed(f"{act.text} 근거: {article_words(act.limit.article)}."),)


def supplement_due(material: Material) -> Blocks:
    """Until when the plan of supplement is owed, and when it was handed in."""
    told = tuple(
        computed(
            f"{limit.act} 기한은 {day_words(limit.due_on)}이고 "
            + (
                f"{day_words(limit.done_on)} 제출했습니다. "
                if limit.done_on
                else "아직 내지 않았습니다. "
            )
            + f"근거: {article_words(limit.article)}."
        )
        for step in material.course.steps
        for limit in step.limits
        if limit.clock_kind in _SUPPLEMENTS
    )
    act = material.course.next_act
    if told and act is not None and act.limit.clock_kind in _SUPPLEMENTS:
        return next_act(material)  # says how many days are left or over
    return told or next_act(material)


def _handed_in(done_on: date | None) -> str:
    return f"{day_words(done_on)} 제출했습니다." if done_on else "아직 내지 않았습니다."


def late(material: Material) -> Blocks:
    """Every period that was, or is, missed."""
    found = material.course.late[:_LATE_ROWS]
    if not found:
        return (computed("기한을 넘긴 단계가 없습니다."),)
    rows = [
        (
            limit.act,
            day_words(limit.due_on),
            day_words(limit.done_on) or "아직",
            limit.lateness.text,
            article_words(limit.article),
        )
        for limit in found
    ]
    return (
        table(
            ("할 일", "기한", "한 날", "지연", "근거"),
            rows,
            caption="기한을 넘긴 단계",
            widths=(28, 16, 16, 14, 26),
            aligns=("left", "center", "center", "center"),
        ),
    )


def chances(material: Material) -> Blocks:
    """What speaks for another try of items that fall short (보완), each with its article."""
    return _grounds(second_chance(material.examined), "다시 시범사용할 사유를 찾지 못했습니다.")


def preferences(material: Material) -> Blocks:
    """What counts for or against the institution in the next matching."""
    return _grounds(preference(material.examined), "우대하거나 불리한 사유를 찾지 못했습니다.")


def aftercare(material: Material) -> Blocks:
    """How the product fares after the pilot, as far as that can be computed."""
    return _grounds(after_care(material.examined), "시범사용 뒤의 사용 현황이 기록되지 않았습니다.")


def _grounds(found: tuple[Ground, ...], nothing: str) -> Blocks:
    if not found:
        return (computed(nothing),)
    return tuple(
        computed(f"{ground.text} ({ground.article})" if ground.article else ground.text)
        for ground in found
    )


def glance(material: Material) -> Blocks:
    """The items on the page for a director: what fell short first, no more than fit on it."""
    found = material.figures.fulfilment.items
    if not found:
        return (computed("성과목표가 기록되지 않았습니다."),)
    shown = found
    if len(found) > _GLANCE_ROWS:
        worst = sorted(found, key=lambda item: (item.is_met is True, not item.is_required))
        shown = tuple(worst[:_GLANCE_ROWS])
    rows = [
        (
            str(item.number),
            item.name,
            item.target_text,
            item.value_text,
            met_words(item.is_met) if item.is_met is not None else missing(),
            "필수" if item.is_required else "",
        )
        for item in shown
    ]
    listed = table(
        ("번호", "시범사용 항목", "성능목표", "결과치", "충족/미충족", "필수항목"),
        rows,
        widths=(8, 31, 20, 14, 16, 11),
        aligns=("center", "left", "center", "center", "center", "center"),
    )
    left = len(found) - len(shown)
    rest = (remark(f"나머지 {left}개 항목은 완료보고서에 있습니다."),) if left else ()
    return (listed, *rest)


def brief(material: Material) -> Blocks:
    """One page for a director: what was tried, what came out, what is to be decided."""
    record, figures = material.record, material.figures
    found = figures.fulfilment
    lines = [
        recorded(
            f"{record.product.name}({record.supplier.name}): {institution_words(record)}, "
            f"{period(record)}, {words('acquisition', record.acquisition.value)}.",
            depth=1,
        ),
        computed(
            f"성과목표 {found.total}개 가운데 {found.met}개 충족(충족률 {found.rate.text}), "
            f"성능 만족도 {figures.score.total.text}.",
            depth=1,
        ),
    ]
    short = [item for item in found.items if item.is_met is False]
    if short:
        told = ", ".join(
            f"{item.name} {item.value_text}(목표 {item.target_text})" for item in short
        )
        lines.append(computed(f"미충족: {told}.", depth=2))
    lines += [
        computed(
            f"기업 성장: {figures.growth.headline.text}. 시범구매 연계성: 기대효과 적합도 "
            f"{figures.relevance.fit.text}, 추가 구매 계획 {figures.relevance.institutions.text}.",
            depth=1,
        ),
    ]
    act = material.course.next_act
    if act is not None and material.course.cancelled_on is None:
        lines.append(computed(f"다음 할 일: {act.text}", depth=1))
    overdue = [each for each in material.course.late if each.state is LimitState.OVERDUE]
    if overdue:
        told = ", ".join(f"{each.act} {each.lateness.text}" for each in overdue)
        lines.append(computed(f"지난 기한: {told}.", depth=2))
    lines.append(computed(assess(material.examined).text, depth=1))
    return (
        *lines,
        remark("판정은 혁신시제품평가 심의회가 하며, 이 요약은 기록과 계산만 담았습니다."),
    )
