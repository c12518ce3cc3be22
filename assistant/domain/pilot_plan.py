"""What a pilot sets out from: who, which product, the performance plan and its goals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.domain.pilot_kinds import Designation, Direction, StageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSource:
    """Where a value was read: `where` names the cell or passage, `quote` holds its very words."""

    file_name: str
    where: str
    quote: str = ""
    document_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UserInstitution:
    """The institution that uses the product (시범사용기관)."""

    name: str
    department: str = ""
    contact: str = ""
    manager: str = ""  # 사업수행담당자
    director: str = ""  # 책임자


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """The firm (시범사용기업)."""

    name: str
    business_number: str = ""
    manager: str = ""
    director: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The product; its numbers are digits alone: classification 8, detail 10, identification 8."""

    name: str
    model: str = ""  # 규격명(모델명)
    concept: str = ""
    classification_number: str = ""  # 물품분류번호
    detail_number: str = ""  # 세부품명번호
    identification_number: str = ""  # 물품식별번호
    designation: Designation | None = None
    designated_until: date | None = None
    is_ai: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceLine:
    """A line of the price; `amount_won` is the sum as the plan writes it, VAT included."""

    name: str
    unit_price_won: int | None = None
    quantity: Decimal | None = None
    months: int | None = None  # leases only
    amount_won: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CostLine:
    """A line of the budget with who bears it (소요예산ㆍ부담주체)."""

    name: str
    payer: str = ""
    amount_won: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """A row of the plan's schedule; with `kind`, `times` stages of that kind are promised."""

    number: int
    task: str
    starts_on: date | None = None
    ends_on: date | None = None
    kind: StageKind | None = None
    times: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedEffect:
    """What the plan expects; `amount` is the size of the change (3 of "3일 단축"), above zero.

    `is_decrease` says whether less is better, so that before and after can be compared.
    """

    number: int
    text: str
    amount: Decimal | None = None
    unit: str = ""
    is_decrease: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PilotPlan:
    """The performance plan (수행계획서, 운영규정 별지 10); totals are as the plan writes them."""

    starts_on: date | None = None
    ends_on: date | None = None
    deliver_by: date | None = None
    place: str = ""
    delivery_terms: str = ""
    reason: str = ""  # 참여이유
    scope: str = ""  # 개요ㆍ범위
    support: str = ""  # 지원요청
    deliverables: str = ""  # 결과물
    expected_users: str = ""  # 예상 수요기관
    training: str = ""
    price_lines: tuple[PriceLine, ...] = ()
    goods_won: int | None = None  # 물품대
    pilot_cost_won: int | None = None  # 시범사용 비용
    total_won: int | None = None
    costs: tuple[CostLine, ...] = ()
    schedule: tuple[ScheduleRow, ...] = ()
    effects: tuple[ExpectedEffect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceItem:
    """An item of the performance goals: number, name, method, criterion, target, required or not.

    `target_high` is the upper end of a WITHIN item; JUDGED items have neither. `target_text` keeps
    the words of the form ("30초 이하").
    """

    number: int
    name: str
    method: str = ""  # 시험방법
    criterion: str = ""  # 성능기준
    target: Decimal | None = None
    target_high: Decimal | None = None
    direction: Direction = Direction.AT_LEAST
    unit: str = ""
    is_required: bool = False
    target_text: str = ""
