"""What places of a record and their values are called on the forms, in Korean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

_FIELDS: Mapping[str, str] = {
    # the pilot
    "title": "사업명", "code": "관리번호", "track": "지원 방향", "acquisition": "유형",
    "usable_elsewhere": "다수 기관 활용가능성",
    # who
    "institution.name": "시범사용기관", "institution.department": "부서",
    "institution.contact": "연락처", "institution.manager": "기관 사업수행담당자",
    "institution.director": "기관 책임자", "supplier.name": "시범사용기업",
    "supplier.business_number": "사업자등록번호", "supplier.manager": "기업 담당자",
    "supplier.director": "기업 책임자",
    # the product
    "product.name": "혁신제품명", "product.model": "규격명(모델명)", "product.concept": "제품 개념",
    "product.classification_number": "물품분류번호", "product.detail_number": "세부품명번호",
    "product.identification_number": "물품식별번호", "product.designation": "지정유형",
    "product.designated_until": "지정기간 만료일", "product.is_ai": "인공지능 제품",
    # the plan
    "plan.starts_on": "시범사용 시작일(계획)", "plan.ends_on": "시범사용 종료일(계획)",
    "plan.deliver_by": "납품기한", "plan.place": "설치장소", "plan.delivery_terms": "인도조건",
    "plan.reason": "참여이유", "plan.scope": "개요와 범위", "plan.support": "지원요청",
    "plan.deliverables": "결과물", "plan.expected_users": "예상 수요기관",
    "plan.training": "교육훈련", "plan.goods_won": "물품대", "plan.pilot_cost_won": "시범사용 비용",
    "plan.total_won": "총금액",
    # the committee
    "committee.held_on": "자체심의 일시", "committee.agenda": "심의안",
    "committee.decision": "의결",
    # the report on file
    "report.dated_on": "보고서 작성일",
}  # fmt: skip
_ROWS: Mapping[str, str] = {
    "items": "성과목표", "measurements": "측정 결과", "stages": "단계별 진행",
    "changes": "변경·문제",
    "plan.effects": "기대효과", "effect_results": "실제 성과", "plan.price_lines": "금액",
    "plan.costs": "소요예산", "plan.schedule": "일정", "surveys": "설문", "questions": "문항",
    "counts": "응답", "evidence": "증빙", "committee.members": "심의위원", "purchases": "추가 구매",
    "judge_scores": "인공지능 평가", "care": "사후 확인", "report.items": "보고서 체크리스트",
    "report.opinions": "보고서 의견", "events": "단계",
}  # fmt: skip
_PARTS: Mapping[str, str] = {
    "name": "이름", "number": "번호", "method": "시험방법", "criterion": "성능기준",
    "target": "목표값", "target_high": "목표 상한", "target_text": "성능목표", "direction": "방향",
    "unit": "단위", "is_required": "필수항목", "value": "결과치", "is_fit": "적합 여부",
    "sample_size": "표본", "measured_on": "측정일", "note": "비고", "held_on": "일자",
    "kind": "형식", "summary": "내용", "supplier_manager": "기업담당자",
    "supplier_director": "기업책임자", "institution_manager": "기관담당자",
    "institution_director": "기관책임자", "caption": "이름", "file_name": "파일",
    "text": "내용", "occurred_on": "발생일", "notified_on": "조달청 통보일", "action": "조치",
    "amount": "변화량", "is_decrease": "줄수록 좋음", "before": "시범사용 전",
    "after": "시범사용 후", "before_label": "앞 시점", "after_label": "뒤 시점",
    "reported_rate": "부합률", "unit_price_won": "단가", "quantity": "수량", "months": "개월",
    "amount_won": "금액", "payer": "부담주체", "task": "내용", "times": "횟수",
    "starts_on": "시작일", "ends_on": "종료일", "asked": "배부", "answered": "응답",
    "people": "사람 수", "scale_max": "최고점", "reported_mean": "평균(적힌 값)", "role": "직책",
    "field": "분야", "is_external": "외부전문가", "approves": "적절 의결", "has_signed": "서명",
    "institution": "기관", "year": "연도", "basis": "근거", "is_met": "충족", "on": "날짜",
    "verdict": "판정", "observed_on": "확인일", "in_use": "사용 수량", "installed": "설치 수량",
    "faults": "고장", "upkeep_won": "유지비", "judge": "위원", "novelty": "신규성",
    "excellence": "탁월성", "data_fitness": "데이터 적절성", "performance": "성능 우수성",
    "contribution": "기술 기여도", "market_size": "시장규모", "market_effect": "파급성",
}  # fmt: skip
_SINGLE: Mapping[str, str] = {
    "gradings.efficiency": "업무효율 개선도", "gradings.users": "이용자·고객만족도",
    "gradings.safety": "안전성", "gradings.recommendation": "추천의사",
    "growth.sales_won": "매출", "growth.jobs": "고용", "growth.investment_won": "투자 유치",
    "growth.export_won": "수출", "report.scores.fulfilment": "보고서 점수 · 항목 충족률",
    "report.scores.efficiency": "보고서 점수 · 업무효율 개선도",
    "report.scores.users": "보고서 점수 · 이용자 만족도",
    "report.scores.safety": "보고서 점수 · 안전성",
    "report.scores.recommendation": "보고서 점수 · 추천의사",
    "report.scores.total": "보고서 점수 · 합계",
}  # fmt: skip
EVENT_NAMES: Mapping[str, str] = {
    "designated": "지정", "basic_plan_submitted": "기본계획서 제출", "applied": "시범사용 신청",
    "matched": "수요매칭", "wish_notified": "희망 통보", "agreed": "협약",
    "plan_requested": "수행계획서 작성 요청", "plan_submitted": "수행계획서 제출",
    "plan_approved": "수행계획서 승인", "contracted": "시범구매계약", "delivered": "납품",
    "started": "시범사용 시작", "checked": "중간점검", "ended": "시범사용 종료",
    "committee_held": "자체심의위원회", "report_submitted": "완료보고서 제출",
    "yearly_report_submitted": "연차별 보고서 제출", "judged": "판정",
    "verdict_notified": "판정 결과 통보", "supplement_plan_submitted": "보완계획서 제출",
    "extra_started": "추가 시범사용 시작", "extra_ended": "추가 시범사용 종료",
    "published": "결과 공개", "ownership_settled": "소유권 정리",
    "retrieval_requested": "회수 요청", "retrieved": "회수", "inspected": "실태점검",
    "cancelled": "취소",
}  # fmt: skip
_VALUES: Mapping[str, Mapping[str, str]] = {
    "track": {
        "technology": "기술선도", "citizens": "국민체감", "social": "사회적 책임",
        "global": "글로벌",
    },
    "acquisition": {"purchase": "구매", "lease": "임차"},
    "designation": {
        "research": "우수연구개발 혁신제품", "prototype": "혁신시제품",
        "recognised": "위원회 인정 제품",
    },
    "direction": {
        "at_least": "이상", "at_most": "이하", "more_than": "초과", "less_than": "미만",
        "within": "범위 안", "judged": "적합 여부",
    },
    "kind": {"meeting": "회의", "training": "교육", "measurement": "측정"},
    "verdict": {
        "success": "성공", "supplement": "보완", "insufficient": "미흡",
        "unfaithful": "이행불성실",
    },
    "grade": {"first": "1단계", "second": "2단계", "third": "3단계", "fourth": "4단계"},
    "bool": {"true": "예", "false": "아니요"},
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROW = re.compile(r"^(?P<list>[a-z_.]+)\[(?P<key>[^\]]+)\](?:\.(?P<rest>.*))?$")
_GRADED = {"gradings.efficiency", "gradings.users", "gradings.safety", "gradings.recommendation"}


def label(place: str) -> str:
    """Return what a place is called.

    >>> label("plan.ends_on"), label("items[3].target_text"), label("events[matched].on")
    ('시범사용 종료일(계획)', '성과목표 3 · 성능목표', '수요매칭 · 날짜')
    >>> label("surveys[1].questions[2].counts[5].people"), label("gradings.safety_reason")
    ('설문 1 · 문항 2 · 응답 5 · 사람 수', '안전성 · 근거')
    """
    if place in _FIELDS:
        return _FIELDS[place]
    if place in _SINGLE:
        return _SINGLE[place]
    if place.endswith("_reason"):
        return f"{label(place.removesuffix('_reason'))} · 근거"
    if match := _ROW.match(place):
        row = _row(match["list"], match["key"])
        return f"{row} · {label(match['rest'])}" if match["rest"] else row
    head, _, last = place.rpartition(".")
    name = _PARTS.get(last, last)
    return f"{label(head)} · {name}" if head else name


def _row(name: str, key: str) -> str:
    if name == "events":
        bare, _, number = key.partition(":")
        return EVENT_NAMES.get(bare, bare) + (f" {number}" if number else "")
    return f"{_ROWS.get(name, name)} {key}"


def words(place: str, value: str | None) -> str:
    """Return a value in the words of the forms.

    >>> words("acquisition", "lease"), words("plan.ends_on", "2026-08-28")
    ('임차', '2026. 8. 28.')
    >>> words("plan.goods_won", "34980000"), words("items[1].is_required", "true")
    ('34,980,000원', '예')
    """
    if value is None:
        return ""
    last = place.rpartition(".")[2]
    known = _VALUES.get("grade" if place in _GRADED else last, {})
    if value in known:
        return known[value]
    if value in _VALUES["bool"] and last.startswith(("is_", "has_", "approves", "usable")):
        return _VALUES["bool"][value]
    if _DAY.fullmatch(value):
        return day_words(date.fromisoformat(value))
    is_won = last.endswith("_won") or place.startswith(("growth.sales", "growth.inv", "growth.exp"))
    return f"{int(value):,}원" if is_won and value.lstrip("-").isdecimal() else value


def day_words(day: date | None) -> str:
    """Return a day as official documents write it, empty for none.

    >>> day_words(date(2026, 8, 28)), day_words(None)
    ('2026. 8. 28.', '')
    """
    return "" if day is None else f"{day.year}. {day.month}. {day.day}."
