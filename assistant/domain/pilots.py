"""A pilot of an innovative product as a record: what was planned, measured, said and done.

Only what somebody stated stands here; scores, rates and comparisons are computed from it and never
stored. An absent value is None, never 0. A *place* names a value of the record in one way for
sources, findings and proposals: fields by dots, rows by their number, or by their position from 1
where they have none, events by their kind (`plan.ends_on`, `items[3].target`, `surveys[1].asked`,
`measurements[3].value`, `stages[2].held_on`, `events[matched].on`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.domain.pilot_kinds import (
    Acquisition,
    Direction,
    EventKind,
    GradeStep,
    StageKind,
    Track,
    Verdict,
)
from assistant.domain.pilot_plan import (
    PerformanceItem,
    PilotPlan,
    Product,
    Supplier,
    UserInstitution,
    ValueSource,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """The result of an item: a value, or for a JUDGED item what was found (`is_fit`)."""

    item_number: int
    value: Decimal | None = None
    is_fit: bool | None = None
    sample_size: int | None = None
    measured_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleCount:
    """How many people chose this point of a scale."""

    score: int
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyQuestion:
    """A question with its answers; `reported_mean` is the mean as a file states it."""

    number: int
    text: str
    counts: tuple[ScaleCount, ...] = ()
    scale_max: int = 5
    reported_mean: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A survey of users: `asked` people got it, `answered` sent it back."""

    name: str
    questions: tuple[SurveyQuestion, ...] = ()
    asked: int | None = None
    answered: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gradings:
    """The four graded scales of the satisfaction score (완료보고서 서식 5, ②~⑤), with reasons."""

    efficiency: GradeStep | None = None  # ② 업무효율 개선도
    users: GradeStep | None = None  # ③ 이용자ㆍ고객만족도
    safety: GradeStep | None = None  # ④ 안전성
    recommendation: GradeStep | None = None  # ⑤ 추천의사
    efficiency_reason: str = ""
    users_reason: str = ""
    safety_reason: str = ""
    recommendation_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectResult:
    """What became of an expected effect: the size of the change, or before and after."""

    number: int
    amount: Decimal | None = None
    before: Decimal | None = None
    after: Decimal | None = None
    reported_rate: Decimal | None = None  # 부합률(%) as a file states it
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """A change or problem (변경(문제)사항 이력)."""

    number: int
    text: str
    occurred_on: date | None = None
    notified_on: date | None = None  # 조달청 통보일자
    action: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageEvidence:
    """A file that proves something: minutes, a photograph, a record of measurements."""

    file_name: str
    document_id: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    """A stage that took place (단계별 진행사항).

    `result` is what the institution found when it looked at the stage (단계별 결과검토); it is
    entered by a person, never computed.
    """

    number: int
    held_on: date | None = None
    kind: StageKind | None = None
    supplier_manager: str = ""
    supplier_director: str = ""
    institution_manager: str = ""
    institution_director: str = ""
    summary: str = ""
    evidence: tuple[StageEvidence, ...] = ()
    result: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeMember:
    """A member of the institution's own committee; `approves` is 적절/부적절."""

    role: str
    name: str = ""
    field: str = ""
    is_external: bool | None = None
    approves: bool | None = None
    has_signed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """The institution's own committee (자체심의위원회, 운영규정 제36조제1항)."""

    members: tuple[CommitteeMember, ...] = ()
    held_on: date | None = None
    agenda: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthFigure:
    """A figure of the firm before and after: won for money, people for jobs."""

    before: int | None = None
    after: int | None = None
    before_label: str = ""  # "2025년"
    after_label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How the firm grew, the first axis of the 2026 plan."""

    sales_won: GrowthFigure = GrowthFigure()
    jobs: GrowthFigure = GrowthFigure()
    investment_won: GrowthFigure = GrowthFigure()
    export_won: GrowthFigure = GrowthFigure()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPurchase:
    """A purchase that an institution plans after the pilot."""

    institution: str
    quantity: Decimal | None = None
    amount_won: int | None = None
    year: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeScore:
    """One judge's points on an AI product, criterion by criterion (별표 4의5, 100점)."""

    judge: str
    novelty: Decimal | None = None  # 신규성 20
    excellence: Decimal | None = None  # 탁월성 20
    data_fitness: Decimal | None = None  # 데이터 적절성ㆍ활용성 15
    performance: Decimal | None = None  # 성능 우수성 15
    contribution: Decimal | None = None  # 기술 기여도ㆍ독창성 10
    market_size: Decimal | None = None  # 시장규모 10
    market_effect: Decimal | None = None  # 파급성 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFigure:
    """How the product fares after the pilot, as seen on a day."""

    observed_on: date
    in_use: Decimal | None = None
    installed: Decimal | None = None
    faults: int | None = None
    upkeep_won: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedItem:
    """A row of the performance checklist as a completion report on file states it."""

    number: int
    name: str
    criterion: str = ""
    target: Decimal | None = None
    target_high: Decimal | None = None
    direction: Direction | None = None
    unit: str = ""
    value: Decimal | None = None
    is_met: bool | None = None
    is_required: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedScores:
    """The five parts of the satisfaction score and their sum as a report on file states them."""

    fulfilment: Decimal | None = None
    efficiency: Decimal | None = None
    users: Decimal | None = None
    safety: Decimal | None = None
    recommendation: Decimal | None = None
    total: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Words of the report on one subject; `section` is its place (`opinions[safety]`)."""

    section: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReport:
    """A completion report that exists as a file; None in the record while there is none."""

    dated_on: date | None = None
    items: tuple[ReportedItem, ...] = ()
    scores: ReportedScores = ReportedScores()
    opinions: tuple[Opinion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotEvent:
    """Something that happened; JUDGED and VERDICT_NOTIFIED may carry the verdict."""

    kind: EventKind
    on: date
    note: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotRecord:
    """One pilot at one institution; `code` is what people call it by, `sources` goes by place."""

    pilot_id: str
    title: str
    institution: UserInstitution
    supplier: Supplier
    product: Product
    code: str = ""
    track: Track | None = None
    acquisition: Acquisition = Acquisition.PURCHASE
    plan: PilotPlan = field(default_factory=PilotPlan)
    items: tuple[PerformanceItem, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    surveys: tuple[Survey, ...] = ()
    gradings: Gradings = Gradings()
    effect_results: tuple[EffectResult, ...] = ()
    changes: tuple[ChangeRow, ...] = ()
    stages: tuple[StageRow, ...] = ()
    committee: Committee = Committee()
    usable_elsewhere: bool | None = None  # 다수 기관 활용가능성
    growth: Growth = Growth()
    purchases: tuple[PlannedPurchase, ...] | None = None
    judge_scores: tuple[JudgeScore, ...] = ()
    care: tuple[CareFigure, ...] = ()
    report: WrittenReport | None = None
    events: tuple[PilotEvent, ...] = ()
    sources: Mapping[str, ValueSource] = field(default_factory=dict)

    def events_of(self, kind: EventKind) -> tuple[PilotEvent, ...]:
        """Return what happened of this kind, earliest first."""
        return tuple(sorted((e for e in self.events if e.kind is kind), key=lambda e: e.on))

    def day_of(self, kind: EventKind) -> date | None:
        """Return the day on which this last happened, None when it has not."""
        found = self.events_of(kind)
        return found[-1].on if found else None

    @property
    def verdict(self) -> Verdict | None:
        """What the board decided, as last recorded."""
        decided = sorted((e for e in self.events if e.verdict is not None), key=lambda e: e.on)
        return decided[-1].verdict if decided else None

    def measurement_of(self, item_number: int) -> Measurement | None:
        """Return the result of an item, the last one given when it was measured again."""
        found = [each for each in self.measurements if each.item_number == item_number]
        return found[-1] if found else None
