"""Where a pilot may lead, each ground with its article: second chance, purchase, after-care."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.deadlines import Article, day_text, parse_article
from assistant.domain import Acquisition, EventKind, PilotRecord, Track, Verdict
from assistant.figures import ItemResult, percent
from assistant.pilots.findings import TOTAL_PERIOD, Examined
from assistant.pilots.limits import Limit
from assistant.pilots.thresholds import Thresholds, default_thresholds
from assistant.text import settle_particles

_RULES = "혁신제품 구매 운영 규정"
_SUPPLEMENT = parse_article(f"{_RULES} 제38조제1항제2호")
_DEVELOPMENT = parse_article(f"{_RULES} 제38조제1항제3호")
_CHANGE = parse_article(f"{_RULES} 제38조제2항")
_BORNE = parse_article("혁신제품 시범구매계약 추가특수조건 제17조제3항")
_INSPECTION = parse_article(f"{_RULES} 제40조의3제1항")
_STATE_CONTRACT = parse_article("국가를 당사자로 하는 계약에 관한 법률 시행령 제26조제1항제5호")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A ground for or against something, with the article that makes it one."""

    code: str
    text: str
    article: Article
    is_favourable: bool = True
    item_number: int | None = None


def second_chance(case: Examined) -> tuple[Ground, ...]:
    """Return what a second chance would be about: items that fall short, time left, changes.

    Empty when every item is met. Nothing here says that the board grants it.
    """
    unmet = [item for item in case.figures.fulfilment.items if item.is_met is False]
    return tuple(_second(case, unmet)) if unmet else ()


def _second(case: Examined, unmet: list[ItemResult]) -> Iterator[Ground]:
    verdict = case.record.verdict
    article = _DEVELOPMENT if verdict is Verdict.INSUFFICIENT else _SUPPLEMENT
    for item in unmet:
        required = "필수 " if item.is_required else ""
        near = "" if item.ratio is None else f"(목표의 {percent(item.ratio)})"
        yield Ground(
            code="item_to_improve",
            text=settle_particles(
                f"{required}항목 {item.number} ‘{item.name}’은(는) 결과 {item.value_text}, "
                f"목표 {item.target_text}{near}이므로 고칠 점과 다시 잴 방법을 적습니다."
            ),
            article=article,
            item_number=item.number,
        )
    yield from _time_left(case)
    text = "성능이나 기능이 나아진 제품은 기업이 요청하면 규격 변경이 허용될 수 있습니다."
    yield Ground(code="specification_change", text=text, article=_CHANGE)
    text = "기업에 책임이 있어 기간이 늘면 더 드는 시범사용비용은 기업이 부담합니다."
    yield Ground(code="cost_of_extension", text=text, article=_BORNE)


def _time_left(case: Examined) -> Iterator[Ground]:
    limits = [
        limit for limit in case.course.step("use").limits if limit.clock_kind.startswith("pilot_to")
    ]
    for limit in limits:
        last = _last_used(case.record) or case.today
        from_day = max(last, case.today)
        days = (limit.due_on - from_day).days
        if days > 0:
            text = (
                f"총 시범사용기간 한도는 {day_text(limit.due_on)}이며 추가 시범사용에 "
                f"{days}일이 남았습니다."
            )
        else:
            text = (
                f"총 시범사용기간 한도 {day_text(limit.due_on)}이 지나 "
                "추가 시범사용은 예외 사유가 있어야 합니다."
            )
        yield Ground(code="time_left", text=text, article=TOTAL_PERIOD, is_favourable=days > 0)


def _last_used(record: PilotRecord) -> date | None:
    return record.day_of(EventKind.EXTRA_ENDED) or record.day_of(EventKind.ENDED)


# -- preference in the next matching ----------------------------------------------------------


def preference(case: Examined) -> tuple[Ground, ...]:
    """Return grounds of preference and disadvantage in the next matching (제27조제7항ㆍ제8항)."""
    return tuple(_preference(case))


def _preference(case: Examined) -> Iterator[Ground]:
    record = case.record
    if record.purchases:
        names = sorted({each.institution for each in record.purchases})
        text = f"시범사용 뒤 추가 구매를 계획한 기관이 {len(names)}곳입니다({', '.join(names)})."
        yield Ground(code="further_purchase", text=text, article=_matching("7", "3"))
        text = "혁신제품은 수의계약으로 살 수 있습니다(지방자치단체는 지방계약법 시행령 제25조)."
        yield Ground(code="without_competition", text=text, article=_STATE_CONTRACT)
    if record.track is Track.GLOBAL:
        text = "수출선도형 시범구매의 시범사용을 신청한 기관은 우대할 수 있습니다."
        yield Ground(code="export", text=text, article=_matching("7", "6"))
    if record.acquisition is Acquisition.LEASE:
        text = "임차 시범사용을 신청한 기관은 우대할 수 있습니다."
        yield Ground(code="lease", text=text, article=_matching("7", "7"))
    for limit in case.course.late:
        yield from _disadvantage(limit)


def _disadvantage(limit: Limit) -> Iterator[Ground]:
    if limit.clock_kind in {"pilot_report", "pilot_yearly_report"}:
        text = f"{limit.act}이 {limit.days}일 늦어 특별한 사유가 없으면 불리할 수 있습니다."
        article = _matching("8", "5")
        yield Ground(code="report_late", text=text, article=article, is_favourable=False)


def _matching(paragraph: str, number: str) -> Article:
    return parse_article(f"{_RULES} 제27조제{paragraph}항제{number}호")


# -- after the pilot --------------------------------------------------------------------------


def after_care(case: Examined, thresholds: Thresholds | None = None) -> tuple[Ground, ...]:
    """Return what the indicators after the pilot call for (제40조의3제1항)."""
    limits = thresholds or case.thresholds or default_thresholds()
    care = case.figures.care
    found: list[Ground] = []
    if care.use_rate.value is not None and care.use_rate.value < limits.use_rate_low:
        text = f"활용률이 {care.use_rate.text}로 기준 {limits.use_rate_low}%보다 낮습니다."
        found.append(_care("use_low", text))
    if care.change.value is not None and care.change.value < 0:
        text = f"활용률이 처음보다 {care.change.text.removeprefix('-')} 낮아졌습니다."
        found.append(_care("use_falling", text))
    if care.faults.value:
        found.append(_care("faults", f"고장이 모두 {care.faults.text} 있었습니다."))
    return tuple(found)


def _care(code: str, text: str) -> Ground:
    return Ground(code=code, text=text, article=_INSPECTION, is_favourable=False)
