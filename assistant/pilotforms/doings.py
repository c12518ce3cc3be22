"""Tables of who, when and for how much: stages, changes, committee, dates, prices, purchases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.pilot_kinds import EventKind
from assistant.pilotforms import values
from assistant.pilotforms.sheets import Found, Sheet, put, rows_with
from assistant.text import squeeze

_MONTHS = re.compile(r"(\d{1,3})\s*개월")
_STAGE_ROWS = 100  # numbers of schedule rows that promise stages begin above those with months
_OUTCOMES = {"착수": EventKind.STARTED, "종료": EventKind.ENDED}


def is_stages(sheet: Sheet) -> bool:
    """Tell whether these are stages that took place."""
    return _day_column(sheet) is not None and sheet.column("형식", "보고형식") is not None


def stages(sheet: Sheet) -> Iterator[Found]:
    """Read the stages; the first and last of them may say when the pilot began and ended."""
    held, form = _day_column(sheet), sheet.column("형식", "보고형식")
    summary, proof = sheet.column("내용"), sheet.column("증빙", "증빙자료")
    people = {
        "supplier_manager": sheet.column("기업담당자"),
        "supplier_director": sheet.column("기업책임자"),
        "institution_manager": sheet.column("기관담당자"),
        "institution_director": sheet.column("기관책임자"),
    }
    for number, (row, text) in enumerate(rows_with(sheet, held), start=1):
        prefix = f"stages[{number}]"
        told = sheet.cell(row, summary)
        yield from put(
            row,
            prefix,
            (
                ("held_on", values.day(text), held),
                ("kind", values.exactly(sheet.cell(row, form), values.STAGES), form),
                *((name, sheet.cell(row, column), column) for name, column in people.items()),
                ("summary", told, summary),
            ),
        )
        evidence = ((f"evidence[1].{'caption'}", sheet.cell(row, proof), proof),)
        yield from put(row, prefix, evidence)
        for word, kind in _OUTCOMES.items():
            if word in told:
                yield from put(row, f"events[{kind}]", (("on", values.day(text), held),))


def is_changes(sheet: Sheet) -> bool:
    """Tell whether this is the history of changes and problems."""
    return sheet.column("발생일", "발생일자") is not None and sheet.has("조치")


def changes(sheet: Sheet) -> Iterator[Found]:
    """Read changes and problems with the day the procurement service was told."""
    occurred = sheet.column("발생일", "발생일자")
    told = sheet.column("조달청 통보일자", "조달청에 알린 날", "조달청", "통보일")
    what, action = sheet.column("내용", "사항", "변경사항"), sheet.column("조치")
    for number, (row, text) in enumerate(rows_with(sheet, occurred), start=1):
        yield from put(
            row,
            f"changes[{number}]",
            (
                ("text", sheet.cell(row, what), what),
                ("occurred_on", values.day(text), occurred),
                ("notified_on", values.day(sheet.cell(row, told)), told),
                ("action", sheet.cell(row, action), action),
            ),
        )


def is_committee(sheet: Sheet) -> bool:
    """Tell whether this is the decision of the institution's own committee."""
    return sheet.has("직책") and sheet.column("의결", "적절") is not None


def committee(sheet: Sheet) -> Iterator[Found]:
    """Read the members with their vote."""
    role, name = sheet.column("직책"), sheet.column("직위·성명", "성명", "직위")
    side, vote = sheet.column("구분"), sheet.column("의결", "적절")
    field = sheet.column("분야", "전문분야")
    for number, (row, text) in enumerate(rows_with(sheet, role), start=1):
        outside = sheet.cell(row, side)
        is_external = {True: "true", False: "false"}["외부" in outside] if outside else None
        yield from put(
            row,
            f"committee.members[{number}]",
            (
                ("role", text, role),
                ("name", sheet.cell(row, name), name),
                ("field", sheet.cell(row, field), field),
                ("is_external", is_external, side),
                ("approves", values.is_met(sheet.cell(row, vote)), vote),
            ),
        )


def is_dates(sheet: Sheet) -> bool:
    """Tell whether these are dates of the steps."""
    return sheet.has("단계") and _day_column(sheet) is not None


def dates(sheet: Sheet) -> Iterator[Found]:
    """Read the dates of the steps that the rules know."""
    column = _day_column(sheet)
    for row, text in rows_with(sheet, sheet.column("단계")):
        if kind := values.exactly(text, values.EVENTS):
            on = values.day(sheet.cell(row, column))
            yield from put(row, f"events[{kind}]", (("on", on, column),))


def is_schedule(sheet: Sheet) -> bool:
    """Tell whether this is a schedule by months, or how many stages of each kind are promised."""
    return sheet.has("형식", "횟수") or (sheet.has("기간", "내용") and len(sheet.header) <= 3)


def schedule(sheet: Sheet) -> Iterator[Found]:
    """Read the schedule."""
    if sheet.has("형식", "횟수"):
        form, times = sheet.column("형식"), sheet.column("횟수")
        for number, (row, text) in enumerate(rows_with(sheet, form), start=_STAGE_ROWS + 1):
            cells = (
                ("task", text, form),
                ("kind", values.exactly(text, values.STAGES), form),
                ("times", values.whole(sheet.cell(row, times)), times),
            )
            yield from put(row, f"plan.schedule[{number}]", cells)
        return
    period, what = sheet.column("기간"), sheet.column("내용")
    for number, (row, text) in enumerate(rows_with(sheet, period), start=1):
        found = values.dates(text)
        starts_on, ends_on = found if len(found) == 2 else (None, None)
        cells = (
            ("task", f"{text}: {sheet.cell(row, what)}", what),
            ("starts_on", starts_on, period),
            ("ends_on", ends_on, period),
        )
        yield from put(row, f"plan.schedule[{number}]", cells)


def is_prices(sheet: Sheet) -> bool:
    """Tell whether this is the price of the contract, line by line."""
    return sheet.has("구분", "금액") and sheet.column("단가", "산출") is not None


def prices(sheet: Sheet) -> Iterator[Found]:
    """Read the lines of the goods up to their sum, then those of the costs, and the sums."""
    amount = sheet.column("금액")
    lines = costs = 0
    is_goods = True
    for row, name in rows_with(sheet, sheet.column("구분")):
        value = values.won(sheet.cell(row, amount))
        if total := _total(name):
            yield from put(row, "plan", ((total, value, amount),))
            is_goods = is_goods and total != "goods_won"
        elif is_goods:
            lines += 1
            yield from _price_line(sheet, row, lines, name, value)
        else:
            costs += 1
            cells = (("name", name, sheet.column("구분")), ("amount_won", value, amount))
            yield from put(row, f"plan.costs[{costs}]", cells)


def _price_line(
    sheet: Sheet, row: int, line: int, name: str, amount: str | None
) -> Iterator[Found]:
    price, count = sheet.column("단가"), sheet.column("수량")
    if price is None:
        price = count = sheet.column("산출")
        first, *rest = re.split(r"\s*[×xX*]\s*", sheet.cell(row, price))
    else:
        first, rest = sheet.cell(row, price), re.split(r"\s*[×xX*]\s*", sheet.cell(row, count))
    many = rest[0] if rest else ""
    months = next((found[1] for text in rest if (found := _MONTHS.fullmatch(text))), None)
    quantity = None if _MONTHS.fullmatch(many) else values.number(many)
    yield from put(
        row,
        f"plan.price_lines[{line}]",
        (
            ("name", name, sheet.column("구분")),
            ("unit_price_won", values.won(first), price),
            ("quantity", quantity, count),
            ("months", months, count),
            ("amount_won", amount, sheet.column("금액")),
        ),
    )


def _total(name: str) -> str | None:
    bare = squeeze(name)
    if "물품대" in bare or bare in ("제품비", "제품비소계"):
        return "goods_won"
    if bare.startswith("시범사용비용"):
        return "pilot_cost_won"
    return "total_won" if bare in ("합계", "총금액", "총계", "계") else None


def is_purchases(sheet: Sheet) -> bool:
    """Tell whether these are purchases planned after the pilot."""
    return sheet.column("기관", "구매기관") is not None and sheet.has("금액", "시기")


def purchases(sheet: Sheet) -> Iterator[Found]:
    """Read the purchases that institutions plan."""
    who, when = sheet.column("기관", "구매기관"), sheet.column("시기")
    amount, count = sheet.column("금액"), sheet.column("수량")
    basis = sheet.column("상태", "근거", "비고")
    for number, (row, text) in enumerate(rows_with(sheet, who), start=1):
        year = re.search(r"20\d\d", sheet.cell(row, when))
        yield from put(
            row,
            f"purchases[{number}]",
            (
                ("institution", text, who),
                ("quantity", values.number(sheet.cell(row, count)), count),
                ("amount_won", values.won(sheet.cell(row, amount)), amount),
                ("year", year[0] if year else None, when),
                ("basis", sheet.cell(row, basis), basis),
            ),
        )


def is_care(sheet: Sheet) -> bool:
    """Tell whether this says how the product fares after the pilot."""
    return sheet.column("확인일", "점검일") is not None and sheet.column("사용") is not None


def care(sheet: Sheet) -> Iterator[Found]:
    """Read how the product fares after the pilot."""
    seen = sheet.column("확인일", "점검일")
    for number, (row, text) in enumerate(rows_with(sheet, seen), start=1):
        told = {
            "in_use": (sheet.column("사용 수량", "사용"), values.number),
            "installed": (sheet.column("설치 수량", "설치"), values.number),
            "faults": (sheet.column("고장"), values.whole),
            "upkeep_won": (sheet.column("유지비", "유지보수비"), values.won),
        }
        cells = [(name, read(sheet.cell(row, at)), at) for name, (at, read) in told.items()]
        prefix = f"care[{number}]"
        yield from put(row, prefix, [("observed_on", values.day(text), seen), *cells])


def _day_column(sheet: Sheet) -> int | None:
    return sheet.column("일자", "날짜", "진행일")
