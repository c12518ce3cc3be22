"""The closed sets of a pilot: tracks, kinds, directions, verdicts and what can happen to it."""

from __future__ import annotations

from enum import StrEnum


class Track(StrEnum):
    """The four tracks of the 2026 plan of the procurement service."""

    TECHNOLOGY = "technology"  # 기술선도
    CITIZENS = "citizens"  # 국민체감
    SOCIAL = "social"  # 사회적 책임
    GLOBAL = "global"  # 글로벌


class Acquisition(StrEnum):
    """How the product comes to the institution."""

    PURCHASE = "purchase"  # 구매
    LEASE = "lease"  # 임차


class Designation(StrEnum):
    """Why it is an innovative product (조달사업에 관한 법률 시행령 제33조제1항, 호의 차례)."""

    RESEARCH = "research"  # 우수연구개발 혁신제품
    PROTOTYPE = "prototype"  # 혁신시제품
    RECOGNISED = "recognised"  # 위원회가 공공성ㆍ혁신성을 인정한 제품


class Direction(StrEnum):
    """How a value is held against its target; JUDGED items have no number but yes or no."""

    AT_LEAST = "at_least"  # 이상
    AT_MOST = "at_most"  # 이하
    MORE_THAN = "more_than"  # 초과
    LESS_THAN = "less_than"  # 미만
    WITHIN = "within"  # 범위 안: target부터 target_high까지
    JUDGED = "judged"  # 적합 여부


class StageKind(StrEnum):
    """The three forms in which a stage is reported (완료보고서 서식, 단계별 진행사항)."""

    MEETING = "meeting"  # 회의
    TRAINING = "training"  # 교육
    MEASUREMENT = "measurement"  # 측정


class Verdict(StrEnum):
    """What the board decided (운영규정 제37조); recorded when it is known, never computed."""

    SUCCESS = "success"  # 성공
    SUPPLEMENT = "supplement"  # 보완
    INSUFFICIENT = "insufficient"  # 미흡
    UNFAITHFUL = "unfaithful"  # 이행불성실


class GradeStep(StrEnum):
    """One of the four steps of a graded scale, best first; the points come with the scale."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"


class EventKind(StrEnum):
    """What happens to a pilot, in the order of the rules."""

    ANNOUNCED = "announced"  # 지정 공고
    DESIGNATION_APPLIED = "designation_applied"  # 지정 신청
    EVALUATED = "evaluated"  # 혁신시제품평가
    DESIGNATED = "designated"  # 지정ㆍ고시
    BASIC_PLAN_SUBMITTED = "basic_plan_submitted"  # 시범사용 기본계획서 제출
    APPLIED = "applied"  # 시범사용 신청
    MATCHED = "matched"  # 수요매칭
    WISH_NOTIFIED = "wish_notified"  # 시범사용 희망 통보
    AGREED = "agreed"  # 협약
    PLAN_REQUESTED = "plan_requested"  # 수행계획서 작성 요청
    PLAN_SUBMITTED = "plan_submitted"  # 수행계획서 제출
    PLAN_APPROVED = "plan_approved"  # 수행계획서 승인
    CONTRACTED = "contracted"  # 시범구매계약
    DELIVERED = "delivered"  # 납품
    STARTED = "started"  # 시범사용 시작
    CHECKED = "checked"  # 중간점검
    ENDED = "ended"  # 시범사용 종료
    COMMITTEE_HELD = "committee_held"  # 자체심의위원회
    REPORT_SUBMITTED = "report_submitted"  # 완료보고서 제출
    YEARLY_REPORT_SUBMITTED = "yearly_report_submitted"  # 연차별 완료보고서 제출
    JUDGED = "judged"  # 판정
    VERDICT_NOTIFIED = "verdict_notified"  # 판정 결과 통보
    SUPPLEMENT_PLAN_SUBMITTED = "supplement_plan_submitted"  # 보완계획서 제출
    DEVELOPMENT_PLAN_SUBMITTED = "development_plan_submitted"  # 추가개발 계획서 제출
    EXCLUSION_DECIDED = "exclusion_decided"  # 참여 배제 결정
    EXTRA_STARTED = "extra_started"  # 추가 시범사용 시작
    EXTRA_ENDED = "extra_ended"  # 추가 시범사용 종료
    PUBLISHED = "published"  # 결과 공개
    OWNERSHIP_SETTLED = "ownership_settled"  # 소유권 정리
    RETRIEVAL_REQUESTED = "retrieval_requested"  # 회수 서면 요청
    RETRIEVED = "retrieved"  # 회수
    INSPECTED = "inspected"  # 실태점검
    CANCELLED = "cancelled"  # 취소
