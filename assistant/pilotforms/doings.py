"""Tables of who, when and for how much: stages, changes, committee, dates, prices, purchases."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.domain.pilot_kinds import EventKind
from assistant.pilotforms import columns, values
from assistant.pilotforms.sheets import Found, Sheet, put, rows_with
from assistant.text import squeeze

_MONTHS = re.compile(r"(\d{1,3})\s*개월")
_STAGE_ROWS = 100  # numbers of schedule rows that promise stages begin above those with months
_ROLE = re.compile(r"(?:부?위원장|(?:내부|외부)?\s?위원|간사)")
_SIDE = re.compile(r"^(?:내부|외부)")
_OUTCOMES = {"착수": EventKind.STARTED, "종료": EventKind.ENDED}


def is_stages(sheet: Sheet) -> bool:
    """Tell whether these are stages that took place."""
    return _day_column(sheet) is not None and _form(sheet) is not None


def _form(sheet: Sheet) -> int | None:
    """Return the column of the kinds of stages, by its name or because it says nothing else.

    What a schedule calls "사용자 교육" is a plan, no stage that took place.
    """
    called = sheet.column(*columns.FORM)
    if called is not None:
        return called
    return sheet.column_of(lambda text: values.exactly(text, values.STAGES))


def _stage(text: str) -> str | None:
    return values.chosen(text, values.STAGES)


def stages(sheet: Sheet) -> Iterator[Found]:
    """Read the stages; the first and last of them may say when the pilot began and ended."""
    held, form = _day_column(sheet), _form(sheet)
    summary = sheet.column(*columns.WHAT, apart=(held, form))
    proof = sheet.column(*columns.PROOF)
    people = {
        "supplier_manager": sheet.column(*columns.SUPPLIER_MANAGER),
        "supplier_director": sheet.column(*columns.SUPPLIER_DIRECTOR),
        "institution_manager": sheet.column(*columns.INSTITUTION_MANAGER),
        "institution_director": sheet.column(*columns.INSTITUTION_DIRECTOR),
    }
    for number, (row, text) in enumerate(rows_with(sheet, held), start=1):
        prefix = f"stages[{number}]"
        told = sheet.cell(row, summary)
        yield from put(
            row,
            prefix,
            (
                ("held_on", values.day(text), held),
                ("kind", _stage(sheet.cell(row, form)), form),
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
    acted = sheet.column(*columns.ACTION)
    return sheet.column(*columns.OCCURRED_ON) is not None and acted is not None


def changes(sheet: Sheet) -> Iterator[Found]:
    """Read changes and problems with the day the procurement service was told."""
    occurred, action = sheet.column(*columns.OCCURRED_ON), sheet.column(*columns.ACTION)
    told = sheet.column(*columns.NOTIFIED_ON)
    what = sheet.column(*columns.WHAT, apart=(occurred, told, action))
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
    is_manned = _role(sheet) is not None or _side(sheet) is not None
    return is_manned and _vote(sheet) is not None


def _role(sheet: Sheet) -> int | None:
    """Return the column of the roles: of the name of the form, or where 위원장 and 위원 stand."""
    roles = sheet.column(columns.ROLE[0])
    return roles if roles is not None else sheet.column_of(_ROLE.fullmatch)


def _side(sheet: Sheet) -> int | None:
    return sheet.column_of(_SIDE.match)


def _vote(sheet: Sheet) -> int | None:
    called = sheet.column(*columns.VOTE)
    return called if called is not None else sheet.column_of(values.is_met)


def committee(sheet: Sheet) -> Iterator[Found]:
    """Read the members with their vote."""
    role, vote, side = _role(sheet), _vote(sheet), _side(sheet)
    name = sheet.column(*columns.PERSON, apart=(role, vote, side))
    field = sheet.column(*columns.FIELD)
    for number, (row, _) in enumerate(rows_with(sheet, vote if role is None else role), start=1):
        outside = sheet.cell(row, side)
        is_external = {True: "true", False: "false"}["외부" in outside] if outside else None
        chair = _chair(sheet, row) if role is None else None
        yield from put(
            row,
            f"committee.members[{number}]",
            (
                ("role", "위원장", chair)
                if role is None
                else ("role", sheet.cell(row, role), role),
                ("name", sheet.cell(row, name), name),
                ("field", sheet.cell(row, field), field),
                ("is_external", is_external, side),
                ("approves", values.is_met(sheet.cell(row, vote)), vote),
            ),
        )


def _chair(sheet: Sheet, row: int) -> int | None:
    """Return the cell that calls this member the chair, where no column is for roles."""
    cells = (at for at in range(len(sheet.header)) if "위원장" in sheet.cell(row, at))
    return next((at for at in cells if "부위원장" not in sheet.cell(row, at)), None)


def is_dates(sheet: Sheet) -> bool:
    """Tell whether these are dates of the steps."""
    return sheet.column(*columns.STEP) is not None and _day_column(sheet) is not None


def dates(sheet: Sheet) -> Iterator[Found]:
    """Read the dates of the steps that the rules know."""
    column = _day_column(sheet)
    for row, text in rows_with(sheet, sheet.column(*columns.STEP)):
        if kind := values.event(text):
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
    is_split = sheet.column(*columns.PRICE, *columns.WORKING) is not None
    return None not in (_line(sheet), sheet.column(*columns.AMOUNT)) and is_split


def _line(sheet: Sheet) -> int | None:
    """Return the column of what is paid for."""
    told = (
        sheet.column(*columns.WORKING),
        sheet.column(*columns.PRICE),
        sheet.column(*columns.AMOUNT),
    )
    return sheet.column(*columns.COST, apart=told)


def prices(sheet: Sheet) -> Iterator[Found]:
    """Read the lines of the goods up to their sum, then those of the costs, and the sums."""
    amount, line = sheet.column(*columns.AMOUNT), _line(sheet)
    lines = costs = 0
    is_goods = True
    for row, name in rows_with(sheet, line):
        value = values.won(sheet.cell(row, amount), unit=sheet.money(amount))
        if total := _total(name):
            yield from put(row, "plan", ((total, value, amount),))
            is_goods = is_goods and total != "goods_won"
        elif is_goods:
            lines += 1
            yield from _price_line(sheet, row, lines, name, value)
        else:
            costs += 1
            cells = (("name", name, line), ("amount_won", value, amount))
            yield from put(row, f"plan.costs[{costs}]", cells)


def _price_line(
    sheet: Sheet, row: int, line: int, name: str, amount: str | None
) -> Iterator[Found]:
    price, count = sheet.column(*columns.PRICE), sheet.column(*columns.COUNT)
    if price is None:
        price = count = sheet.column(*columns.WORKING)
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
            ("name", name, _line(sheet)),
            ("unit_price_won", values.won(first, unit=sheet.money(price)), price),
            ("quantity", quantity, count),
            ("months", months, count),
            ("amount_won", amount, sheet.column(*columns.AMOUNT)),
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
    wanted = (sheet.column(*names) for names in (columns.BUYER, columns.AMOUNT, columns.WHEN))
    return None not in tuple(wanted)


def purchases(sheet: Sheet) -> Iterator[Found]:
    """Read the purchases that institutions plan."""
    who, when = sheet.column(*columns.BUYER), sheet.column(*columns.WHEN)
    amount, count = sheet.column(*columns.AMOUNT), sheet.column(*columns.COUNT)
    basis = sheet.column(*columns.STANDING)
    for number, (row, text) in enumerate(rows_with(sheet, who), start=1):
        year = re.search(r"20\d\d", sheet.cell(row, when))
        yield from put(
            row,
            f"purchases[{number}]",
            (
                ("institution", text, who),
                ("quantity", values.number(sheet.cell(row, count)), count),
                (
                    "amount_won",
                    values.won(sheet.cell(row, amount), unit=sheet.money(amount)),
                    amount,
                ),
                ("year", year[0] if year else None, when),
                ("basis", sheet.cell(row, basis), basis),
            ),
        )


def is_care(sheet: Sheet) -> bool:
    """Tell whether this says how the product fares after the pilot."""
    return sheet.column(*columns.SEEN_ON) is not None and sheet.column("사용") is not None


def care(sheet: Sheet) -> Iterator[Found]:
    """Read how the product fares after the pilot."""
    seen = sheet.column(*columns.SEEN_ON)
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
    return sheet.column(*columns.DAY)
