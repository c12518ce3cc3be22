"""What code has computed of a pilot, one sentence each: what prose may repeat."""

from __future__ import annotations

from assistant.domain.pilots import PilotRecord
from assistant.figures import PilotFigures, met_words
from assistant.pilotforms import words


def facts(record: PilotRecord, figures: PilotFigures) -> tuple[str, ...]:
    """Return the computed values of a pilot in words, without the name of any person."""
    told = [
        f"{item.name}: 결과 {item.value_text}, 목표 {item.target_text}, {met_words(item.is_met)}"
        f"{', 필수항목' if item.is_required else ''}."
        for item in figures.fulfilment.items
    ]
    found = figures.fulfilment
    told.append(f"전체 {found.total}개 항목 가운데 {found.met}개 충족, 충족률 {found.rate.text}.")
    told += [
        f"{effect.text}: 계획 {effect.expected_text}, 실제 {effect.actual.text}, "
        f"부합률 {effect.rate.text}."
        for effect in figures.effects.comparisons
    ]
    told.append(f"성능 만족도 {figures.score.total.text}.")
    told += [
        f"설문 ‘{question.text}’: 응답 {question.people}명, 평균 {question.mean.text}, "
        f"만족 이상 {question.favourable.text}."
        for survey in figures.surveys
        for question in survey.questions
    ]
    told += [
        f"추가 구매 계획: {each.institution} {words('amount_won', str(each.amount_won))}."
        for each in record.purchases or ()
        if each.amount_won is not None
    ]
    return tuple(told)
