"""Cover and part 1 of the completion report, and the pages that are copied from the record."""

from __future__ import annotations

from assistant.domain import PageBreak
from assistant.domain.pilot_kinds import Acquisition, EventKind, StageKind, Verdict
from assistant.domain.pilots import PilotRecord, StageRow
from assistant.pilotforms import day_words, words
from assistant.pilotpages.material import (
    Blocks,
    Material,
    asked,
    missing,
    pairs,
    recorded,
    remark,
    table,
)

STAGES = {StageKind.MEETING: "회의", StageKind.TRAINING: "교육", StageKind.MEASUREMENT: "측정"}

_VERDICTS = {
    Verdict.SUCCESS: "성공",
    Verdict.SUPPLEMENT: "보완",
    Verdict.INSUFFICIENT: "미흡",
    Verdict.UNFAITHFUL: "이행불성실",
}


def cover(material: Material) -> Blocks:
    """표지: who tried what, who is in charge."""
    record = material.record
    submitted = record.day_of(EventKind.REPORT_SUBMITTED)
    return (
        pairs(
            (
                ("보고서 작성일", day_words(submitted) or missing("제출하는 날")),
                ("시범사용기관", record.institution.name or missing()),
                ("부서", record.institution.department or missing()),
                ("연락처", record.institution.contact or missing()),
                ("사업수행담당자", record.institution.manager or missing()),
                ("책임자", record.institution.director or missing()),
                ("시범사용기업", record.supplier.name or missing()),
                ("기업 담당자", record.supplier.manager or missing()),
                ("기업 책임자", record.supplier.director or missing()),
            ),
            widths=(3, 7),
        ),
        PageBreak(),
    )


def overview(material: Material) -> Blocks:
    """1부: the product, the firm, the institution, the place and the period."""
    record = material.record
    return (
        pairs(
            (
                ("혁신제품명", record.product.name or missing()),
                ("규격명(모델명)", record.product.model or missing()),
                ("기업명", record.supplier.name or missing()),
                ("기관명", institution_words(record)),
                ("유형", words("acquisition", record.acquisition.value)),
                ("설치장소", record.plan.place or missing()),
                ("시범사용기간", period(record)),
            ),
            widths=(3, 7),
        ),
    )


def period(record: PilotRecord) -> str:
    """Return when the product was tried, as it came; as planned where that is not on record."""
    started = record.day_of(EventKind.STARTED) or record.plan.starts_on
    ended = record.day_of(EventKind.ENDED) or record.plan.ends_on
    if started is None or ended is None:
        return missing("시범사용기간")
    return f"{day_words(started)} ~ {day_words(ended)}"


def institution_words(record: PilotRecord) -> str:
    """Return the institution with its department."""
    name, department = record.institution.name, record.institution.department
    return f"{name} {department}".strip() or missing()


def stages(material: Material) -> Blocks:
    """1부: 단계별 진행사항, every stage with who took part and its form."""
    record = material.record
    if not record.stages:
        return (asked("단계별 진행사항을 적어 주십시오."),)
    rows = [
        (
            day_words(stage.held_on) or missing("일자"),
            stage.supplier_manager,
            stage.supplier_director,
            stage.institution_manager,
            stage.institution_director,
            STAGES.get(stage.kind, "") if stage.kind else missing("형식"),
            stage.summary,
        )
        for stage in record.stages
    ]
    return (
        table(
            ("일자", "기업담당자", "기업책임자", "기관담당자", "기관책임자", "보고형식", "내용"),
            rows,
            caption="단계별 진행사항",
            widths=(16, 14, 14, 14, 14, 10.5, 17.5),
            aligns=("center", "center", "center", "center", "center", "center", "left"),
        ),
        recorded(_counted(record)),
    )


def _counted(record: PilotRecord) -> str:
    planned = [row for row in record.plan.schedule if row.kind is not None]
    done = {kind: sum(stage.kind is kind for stage in record.stages) for kind in StageKind}
    told = ", ".join(f"{STAGES[kind]} {count}회" for kind, count in done.items() if count)
    if not planned:
        return f"실제로 {told}를 했습니다." if told else "단계의 형식이 기록되지 않았습니다."
    promised = ", ".join(f"{STAGES[row.kind]} {row.times}회" for row in planned if row.kind)
    return f"수행계획서의 단계는 {promised}이고, 실제로 {told or '기록 없음'}입니다."


def reviews(material: Material) -> Blocks:
    """1부: 단계별 결과검토; what was found in each measurement is for the institution to say."""
    measured = [s for s in material.record.stages if s.kind is StageKind.MEASUREMENT]
    if not measured:
        return (asked("단계별 결과검토를 적어 주십시오."),)
    rows = [_review(stage) for stage in measured]
    return (
        table(
            ("검토일자", "기업담당자", "기업책임자", "기관담당자", "기관책임자", "결과"),
            rows,
            caption="단계별 결과검토",
            widths=(18, 16, 16, 16, 16, 18),
            aligns=("center",) * 6,
        ),
        remark("결과(성공·보완·미흡)는 기관이 검토한 대로 적습니다. 계산하지 않습니다."),
    )


def _review(stage: StageRow) -> tuple[str, ...]:
    return (
        day_words(stage.held_on) or missing("일자"),
        stage.supplier_manager,
        stage.supplier_director,
        stage.institution_manager,
        stage.institution_director,
        _VERDICTS[stage.result] if stage.result is not None else missing(),
    )


def changes(material: Material) -> Blocks:
    """1부: 변경(문제)사항 이력."""
    found = material.record.changes
    if not found:
        return (recorded("변경하거나 문제가 생긴 일이 기록되지 않았습니다."),)
    rows = [
        (
            day_words(row.occurred_on) or missing("발생일"),
            day_words(row.notified_on) or missing("통보일"),
            row.text,
            row.action or missing("조치"),
        )
        for row in found
    ]
    return (
        table(
            ("발생일자", "조달청 통보일자", "변경(문제)사항", "조치"),
            rows,
            caption="변경(문제)사항 이력",
            widths=(16, 16, 38, 30),
            aligns=("center", "center"),
        ),
    )


def committee(material: Material) -> Blocks:
    """붙임 1: 심의결과와 심의의결서."""
    found = material.record.committee
    if not found.members:
        return (asked("자체심의위원회 심의결과를 적어 주십시오."),)
    facts = pairs(
        (
            ("심의안", found.agenda or missing("심의안")),
            ("일시", day_words(found.held_on) or missing("일시")),
            ("심의위원", f"{len(found.members)}명(외부전문가 {_external(material)}명)"),
            ("의결", _votes(material)),
            ("내용", found.decision or missing("의결 내용")),
        ),
        widths=(2, 8),
        caption="심의결과",
    )
    rows = [
        (
            member.role,
            member.name,
            {True: "외부전문가", False: "내부"}.get(bool(member.is_external), "")
            if member.is_external is not None
            else missing("구분"),
            {True: "적절", False: "부적절"}[member.approves]
            if member.approves is not None
            else missing("의결"),
            "",
        )
        for member in found.members
    ]
    members = table(
        ("직책", "직위·성명", "구분", "적절/부적절", "서명"),
        rows,
        caption="심의의결서",
        widths=(14, 34, 18, 16, 18),
        aligns=("center", "left", "center", "center", "center"),
    )
    return facts, members


def _external(material: Material) -> int:
    return sum(bool(member.is_external) for member in material.record.committee.members)


def _votes(material: Material) -> str:
    members = material.record.committee.members
    fit = sum(member.approves is True for member in members)
    unfit = sum(member.approves is False for member in members)
    if not fit + unfit:
        return missing("위원별 의결")
    told = f"적절 {fit}명, 부적절 {unfit}명"
    unknown = len(members) - fit - unfit
    return f"{told}, 의결 기록이 없는 위원 {unknown}명" if unknown else told


def evidence(material: Material) -> Blocks:
    """붙임 2: 증빙자료, stage by stage."""
    stages_ = material.record.stages
    if not stages_:
        return (asked("증빙자료(회의록, 사진)를 붙여 주십시오."),)
    rows = [
        (
            str(number),
            day_words(stage.held_on),
            stage.summary,
            ", ".join(each.caption or each.file_name for each in stage.evidence) or missing("증빙"),
        )
        for number, stage in enumerate(stages_, start=1)
    ]
    return (
        table(
            ("번호", "일자", "단계", "증빙자료"),
            rows,
            caption="단계별 증빙자료",
            widths=(8, 18, 44, 30),
            aligns=("center", "center"),
        ),
    )


def usable_elsewhere(material: Material) -> Blocks:
    """2부 5: 향후 다수 기관 활용가능성, yes or no; the opinion stands below."""
    chosen = material.record.usable_elsewhere
    if chosen is None:
        return (asked("다수 기관 활용가능성(YES/NO)을 골라 주십시오."),)
    return (recorded(f"향후 다수 기관 활용가능성: {'YES' if chosen else 'NO'}"),)


def verdict(material: Material) -> Blocks:
    """What the board decided, where it is on record; never computed."""
    found = material.record.verdict
    if found is None:
        return (
            recorded("판정 결과가 기록되지 않았습니다. 판정은 혁신시제품평가 심의회가 합니다."),
        )
    on = material.record.day_of(EventKind.VERDICT_NOTIFIED)
    when = f"{day_words(on)} 통보받은 " if on else ""
    return (recorded(f"{when}판정 결과는 ‘{_VERDICTS[found]}’입니다."),)


def ownership(material: Material) -> Blocks:
    """What becomes of the product afterwards, by the kind of purchase."""
    if material.record.acquisition is Acquisition.LEASE:
        return (recorded("임차 제품이므로 계약목적물은 시범사용기업 소유로 돌아갑니다."),)
    return (recorded("구매 제품이므로 계약목적물은 시범사용기관 소유입니다."),)
