"""The report over many pilots: ranking, spread, by track, by institution, what was learnt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from assistant.domain import Table
from assistant.domain.pilots import PilotRecord
from assistant.figures import NO_VALUE, PilotFigures, percent, plain, rounded
from assistant.pilotforms import words
from assistant.pilotpages.material import Align, Blocks, Material, computed, remark, table
from assistant.pilots import Course
from assistant.writing.tables import CellValue, NamedTable

_RIGHT: Align = "right"
_MID: Align = "center"
_NO_TRACK = "방향 기록 없음"


def overview(pilots: Sequence[Material]) -> Blocks:
    """How many there are, how far they are, how many of them are late."""
    scored = [_score(each) for each in pilots if _score(each) is not None]
    late = sum(bool(each.course.late) for each in pilots)
    cancelled = sum(each.course.is_cancelled for each in pilots)
    told = (
        f"시범사용 {len(pilots)}건 가운데 점수를 구한 것은 {len(scored)}건, "
        f"기한을 넘긴 단계가 있는 것은 {late}건, 취소된 것은 {cancelled}건입니다."
    )
    return (computed(told),)


def ranking(pilots: Sequence[Material]) -> Blocks:
    """Every pilot by its score, best first; those without one stand last."""
    ordered = sorted(pilots, key=lambda each: (-(_score(each) or Decimal(-1)), each.record.title))
    rows = []
    for number, each in enumerate(ordered, start=1):
        figures = each.figures
        rows.append(
            (
                str(number) if _score(each) is not None else "-",
                each.record.product.name,
                each.record.institution.name,
                figures.fulfilment.rate.text,
                figures.score.total.text,
                figures.growth.headline.text,
                figures.relevance.fit.text,
                str(len(each.course.late)),
            )
        )
    return (
        table(
            ("순위", "제품", "기관", "충족률", "만족도", "기업 성장", "적합도", "늦은 단계"),
            rows,
            caption="시범사용별 결과",
            widths=(7, 24, 11, 11, 11, 17, 11, 8),
            aligns=(_MID, "left", "left", _RIGHT, _RIGHT, _RIGHT, _RIGHT, _MID),
        ),
        remark("순위는 성능 만족도로만 매겼습니다. 성과목표의 난이도는 서로 다릅니다."),
    )


def spread(pilots: Sequence[Material]) -> Blocks:
    """Lowest, middle and highest of score and fulfilment."""
    measures: Mapping[str, Callable[[Material], Decimal | None]] = {
        "성능 만족도(점)": _score,
        "항목 충족률(%)": lambda each: each.figures.fulfilment.rate.value,
        "기대효과 적합도(%)": lambda each: each.figures.relevance.fit.value,
    }
    rows = []
    for name, measure in measures.items():
        found = sorted(value for each in pilots if (value := measure(each)) is not None)
        rows.append((name, str(len(found)), *_spread(found)))
    return (
        table(
            ("지표", "건수", "최저", "중앙값", "최고"),
            rows,
            caption="분포",
            widths=(36, 16, 16, 16, 16),
            aligns=("left", _RIGHT, _RIGHT, _RIGHT, _RIGHT),
        ),
    )


def _spread(found: Sequence[Decimal]) -> tuple[str, str, str]:
    if not found:
        return NO_VALUE, NO_VALUE, NO_VALUE
    return (_one(found[0]), _one(median(found)), _one(found[-1]))


def median(ordered: Sequence[Decimal]) -> Decimal:
    """Return the middle of values in order.

    >>> median([Decimal(1), Decimal(2), Decimal(9)]), median([Decimal(1), Decimal(2)])
    (Decimal('2'), Decimal('1.5'))
    """
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2


def by_track(pilots: Sequence[Material]) -> Blocks:
    """The four tracks of the 2026 plan side by side."""

    def track(each: Material) -> str:
        found = each.record.track
        return words("track", found.value) if found is not None else _NO_TRACK

    return (_grouped(pilots, track, "지원 방향"),)


def by_institution(pilots: Sequence[Material]) -> Blocks:
    """The institutions side by side."""
    return (_grouped(pilots, lambda each: each.record.institution.name or NO_VALUE, "기관"),)


def _grouped(pilots: Sequence[Material], key: Callable[[Material], str], name: str) -> Table:
    groups: dict[str, list[Material]] = {}
    for each in pilots:
        groups.setdefault(key(each), []).append(each)
    rows = []
    for group, held in sorted(groups.items()):
        scores = sorted(s for each in held if (s := _score(each)) is not None)
        met = sum(each.figures.fulfilment.met for each in held)
        total = sum(each.figures.fulfilment.total for each in held)
        rate = percent(Decimal(met) * 100 / total) if total else NO_VALUE
        rows.append(
            (group, str(len(held)), f"{met}/{total}", rate,
             _one(median(scores)) if scores else NO_VALUE,
             str(sum(len(each.course.late) for each in held)))
        )  # fmt: skip
    return table(
        (name, "건수", "충족 항목", "충족률", "만족도 중앙값", "늦은 단계"),
        rows,
        caption=f"{name}별",
        widths=(28, 10, 16, 16, 16, 14),
        aligns=("left", _RIGHT, _RIGHT, _RIGHT, _RIGHT, _RIGHT),
    )


def shortfalls(pilots: Sequence[Material]) -> Blocks:
    """Every item that fell short, pilot by pilot: what there is to learn from."""
    rows = [
        (
            each.record.product.name,
            item.name,
            item.target_text,
            item.value_text,
            "필수" if item.is_required else "",
        )
        for each in pilots
        for item in each.figures.fulfilment.items
        if item.is_met is False
    ]
    if not rows:
        return (computed("미충족 항목이 없습니다."),)
    return (
        table(
            ("제품", "항목", "목표", "결과", "필수"),
            rows,
            caption="미충족 항목",
            widths=(32, 26, 18, 14, 10),
            aligns=("left", "left", _MID, _MID, _MID),
        ),
    )


def late_steps(pilots: Sequence[Material]) -> Blocks:
    """Every missed period, pilot by pilot."""
    rows = [
        (each.record.product.name, limit.act, limit.lateness.text, str(limit.article))
        for each in pilots
        for limit in each.course.late
    ]
    if not rows:
        return (computed("기한을 넘긴 단계가 없습니다."),)
    return (
        table(
            ("제품", "할 일", "지연", "근거"),
            rows,
            caption="기한을 넘긴 단계",
            widths=(30, 28, 14, 28),
            aligns=("left", "left", _MID),
        ),
    )


def changes(pilots: Sequence[Material]) -> Blocks:
    """Problems that came up and what was done about them."""
    rows = [
        (each.record.product.name, change.text, change.action)
        for each in pilots
        for change in each.record.changes
    ]
    if not rows:
        return (computed("변경하거나 문제가 생긴 일이 기록되지 않았습니다."),)
    return (table(("제품", "있었던 일", "조치"), rows, caption="문제와 조치", widths=(28, 40, 32)),)


def _score(each: Material) -> Decimal | None:
    return each.figures.score.total.value


def _one(value: Decimal) -> str:
    return plain(rounded(value, 1))


def portfolio_table(
    pilots: Sequence[tuple[PilotRecord, PilotFigures, Course]],
) -> NamedTable:
    """Return the portfolio for other programs: one row a pilot, numbers as numbers."""
    header = (
        "관리번호", "사업명", "시범사용기관", "시범사용기업", "혁신제품", "지원 방향", "유형",
        "단계", "다음 기한", "충족 항목", "전체 항목", "충족률(%)", "성능 만족도", "기업 성장",
        "기대효과 적합도(%)", "추가 구매 금액(원)", "늦은 단계",
    )  # fmt: skip
    return NamedTable(name="시범사용", header=header, rows=[_row(*each) for each in pilots])


def _row(record: PilotRecord, figures: PilotFigures, stands: Course) -> tuple[CellValue, ...]:
    act = stands.next_act
    return (
        record.code,
        record.title,
        record.institution.name,
        record.supplier.name,
        record.product.name,
        words("track", record.track.value) if record.track else "",
        words("acquisition", record.acquisition.value),
        "취소" if stands.is_cancelled else stands.current.name if stands.current else "마침",
        act.limit.due_on if act else None,
        figures.fulfilment.met,
        figures.fulfilment.total,
        _rounded(figures.fulfilment.rate.value),
        _rounded(figures.score.total.value),
        figures.growth.headline.text,
        _rounded(figures.relevance.fit.value),
        figures.relevance.amount.value,
        len(stands.late),
    )


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else rounded(value, 1)
