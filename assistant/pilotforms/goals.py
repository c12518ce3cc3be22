"""Tables of what was to be reached and what was: goals, results, effects, surveys, grades."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.pilotforms import columns, values
from assistant.pilotforms.sheets import Found, Sheet, put, rows_with
from assistant.text import normalise, squeeze

_GRADED = {"업무효율": "efficiency", "이용자": "users", "고객만족": "users", "안전": "safety"}
_GRADED |= {"추천": "recommendation", "충족률": "fulfilment", "합계": "total", "총점": "total"}
_FALLS = re.compile(r"단축|감소|줄|절감|낮")
_RISES = re.compile(r"증가|향상|늘|높|확대")
_YEAR = re.compile(r"\d{4}년")
_ANY_YEAR = re.compile(r"20\d\d년?")
_LEAST_WON = 100_000
_EFFECTS = re.compile(r"기대효과|도입효과|(?:실제|도입|시범사용)성과")
_UNIT_OF = re.compile(r"[(（](?:단위\s*[:：]?\s*)?([^()（）]{1,8})[)）]")
_GROWTH = {"매출": "sales_won", "고용": "jobs", "투자": "investment_won", "수출": "export_won"}
_JUDGED = {
    "신규성": "novelty", "탁월성": "excellence", "데이터": "data_fitness",
    "성능": "performance", "기술기여도": "contribution", "시장규모": "market_size",
    "파급성": "market_effect",
}  # fmt: skip


def is_goals(sheet: Sheet) -> bool:
    """Tell whether these are the performance goals of a plan."""
    if "기대효과" in squeeze(sheet.name) or sheet.column(*columns.EFFECT) is not None:
        return False
    is_result = _result(sheet) is not None or _met(sheet) is not None
    return _items(sheet) is not None and _target(sheet) is not None and not is_result


def goals(sheet: Sheet) -> Iterator[Found]:
    """Read the performance goals: what is to be reached, how, by what measure."""
    goal, item = _target(sheet), _items(sheet)
    method = sheet.column(*columns.METHOD, apart=(goal, item))
    criterion = sheet.column(*columns.CRITERION, apart=(goal, item, method))
    required = sheet.column(*columns.REQUIRED)
    if required is None:  # said among the remarks, if they say nothing else
        required = sheet.column_of(lambda text: squeeze(text) in columns.REQUIRED)
    for row, number, name in _numbered(sheet):
        text = sheet.cell(row, goal)
        target = values.target(text)
        yield from put(
            row,
            f"items[{number}]",
            (
                ("name", name, item),
                ("method", sheet.cell(row, method), method),
                ("criterion", sheet.cell(row, criterion), criterion),
                ("target_text", text, goal),
                ("target", target.number, goal),
                ("target_high", target.high, goal),
                ("direction", target.direction.value if text else None, goal),
                _unit(sheet, row, target.unit, goal),
                ("is_required", values.is_marked(sheet.cell(row, required)), required),
            ),
        )


def _unit(
    sheet: Sheet, row: int, unit: str, goal: int | None
) -> tuple[str, str | None, int | None]:
    """Return the unit of a target: said with it, or in a column of its own."""
    apart = sheet.column(*columns.UNIT)
    told = sheet.cell(row, apart)
    return ("unit", told, apart) if told and not unit else ("unit", unit, goal)


def _target(sheet: Sheet) -> int | None:
    """Return the column of the targets, by its name or because every cell of it sets one."""
    called = sheet.column(*columns.TARGET)
    return called if called is not None else sheet.column_of(values.sets_a_target)


def is_results(sheet: Sheet) -> bool:
    """Tell whether these are results of items, item by item."""
    return _items(sheet) is not None and _result(sheet) is not None


def _result(sheet: Sheet) -> int | None:
    """Return the column of the results; of several runs that were judged, their mean."""
    called = sheet.column(*columns.RESULT, apart=(_target(sheet),))
    if called is None and _met(sheet) is not None:
        return sheet.column(*columns.MEAN)
    return called


def results(sheet: Sheet) -> Iterator[Found]:
    """Read the results; with a column of met or unmet they are those of a report as well."""
    result, met = _result(sheet), _met(sheet)
    sample, measured = sheet.column(*columns.SAMPLE), sheet.column(*columns.MEASURED_ON)
    note = sheet.column(*columns.WORKING)
    for row, number, name in _numbered(sheet):
        text = sheet.cell(row, result)
        fit = _fit(sheet, row, result, met)
        yield from put(
            row,
            f"measurements[{number}]",
            (
                ("value", values.number(text), result),
                ("is_fit", values.is_met(sheet.cell(row, fit)), fit),
                ("sample_size", values.whole(sheet.cell(row, sample)), sample),
                ("measured_on", values.day(sheet.cell(row, measured)), measured),
                ("note", sheet.cell(row, note), note),
            ),
        )
        if met is not None:
            yield from _reported(sheet, row, number, name)


def _fit(sheet: Sheet, row: int, result: int | None, met: int | None) -> int | None:
    """Return the cell that says fit or not: of the result, or the judgement where no figure can."""
    goal = _target(sheet)
    is_counted = goal is None or values.sets_a_target(sheet.cell(row, goal))
    return result if is_counted or values.is_met(sheet.cell(row, result)) else met


def _met(sheet: Sheet) -> int | None:
    """Return the column that says met or unmet of every item."""
    called = sheet.column(*columns.MET, apart=(sheet.column(*columns.RESULT), _target(sheet)))
    return called if any(map(values.is_met, sheet.told(called))) else None


def _reported(sheet: Sheet, row: int, number: str, name: str) -> Iterator[Found]:
    met, goal = _met(sheet), _target(sheet)
    result, required = _result(sheet), sheet.column(*columns.REQUIRED)
    text = sheet.cell(row, goal)
    target = values.target(text)
    criterion = sheet.column(*columns.CRITERION, apart=(goal, _items(sheet)))
    yield from put(
        row,
        f"report.items[{number}]",
        (
            ("name", name, _items(sheet)),
            ("criterion", sheet.cell(row, criterion), criterion),
            ("target", target.number, goal),
            ("target_high", target.high, goal),
            ("direction", target.direction.value if text else None, goal),
            _unit(sheet, row, target.unit, goal),
            ("value", values.number(sheet.cell(row, result)), result),
            ("is_met", values.is_met(sheet.cell(row, met)), met),
            ("is_required", values.is_marked(sheet.cell(row, required)), required),
        ),
    )


def is_effects(sheet: Sheet) -> bool:
    """Tell whether these are expected effects or what became of them."""
    text = _effects(sheet)
    told = (*columns.CHANGE, *columns.TARGET, *columns.ACTUAL)
    return text is not None and sheet.column(*told, apart=(text,)) is not None


def _effects(sheet: Sheet) -> int | None:
    called = sheet.column(*columns.EFFECT)
    if called is None and _EFFECTS.search(squeeze(sheet.name)):
        return sheet.column(*columns.ITEM, *columns.COST, "지표")
    return called


def effects(sheet: Sheet) -> Iterator[Found]:
    """Read what the plan expects, or what became of it."""
    text_column = _effects(sheet)
    taken = (text_column,)
    before = sheet.column(*columns.BEFORE, apart=taken)
    actual = sheet.column(*columns.ACTUAL, apart=(*taken, before))
    rate, note = sheet.column(*columns.RATE), sheet.column(*columns.REMARK)
    for number, (row, text) in enumerate(rows_with(sheet, text_column), start=1):
        if actual is None:
            yield from _expected(sheet, row, number, text)
            continue
        result = values.number(sheet.cell(row, actual))
        yield from put(
            row,
            f"effect_results[{number}]",
            (
                ("after" if before is not None else "amount", result, actual),
                ("before", values.number(sheet.cell(row, before)), before),
                ("reported_rate", values.number(sheet.cell(row, rate)), rate),
                ("note", sheet.cell(row, note), note),
            ),
        )


def _expected(sheet: Sheet, row: int, number: int, text: str) -> Iterator[Found]:
    """Read one line of the plan: the change itself, or what is now and what is to be."""
    text_column, unit = _effects(sheet), sheet.column(*columns.UNIT)
    amount = sheet.column(*columns.CHANGE, apart=(text_column,))
    prefix, falls = f"plan.effects[{number}]", _is_decrease(text)
    yield from put(
        row,
        prefix,
        (
            ("text", text, text_column),
            ("amount", values.number(sheet.cell(row, amount)), amount),
            ("unit", sheet.cell(row, unit), unit),
            ("is_decrease", falls, text_column),
        ),
    )
    now, goal = sheet.column(*columns.BEFORE), sheet.column(*columns.TARGET)
    was = values.number(sheet.cell(row, now))
    wanted = values.number(sheet.cell(row, goal))
    if amount is not None or goal is None or was is None or wanted is None:
        return
    change = Decimal(wanted) - Decimal(was)
    working = f"{was}에서 {wanted}"
    told = {"amount": str(abs(change)), "is_decrease": None if falls else str(change < 0).lower()}
    for name, value in told.items():
        yield Found(place=f"{prefix}.{name}", value=value, row=row, column=goal, label=working)


def _is_decrease(text: str) -> str | None:
    """Return whether less is hoped for, None where the words do not say.

    >>> _is_decrease("화재 알림 시간 단축"), _is_decrease("처리 건수 증가"), _is_decrease("만족도")
    ('true', 'false', None)
    """
    falls, rises = _FALLS.search(text), _RISES.search(text)
    return None if bool(falls) == bool(rises) else ("true" if falls else "false")


def is_grades(sheet: Sheet) -> bool:
    """Tell whether these are the graded scales of the satisfaction score, or its points."""
    scales = {word for _, text in _scales(sheet) if (word := _graded(text))}
    return sheet.column(*columns.GRADE, *columns.POINTS) is not None and len(scales) >= 3


def grades(sheet: Sheet) -> Iterator[Found]:
    """Read the graded scales with their reasons, or the points of a report."""
    step, reason = sheet.column(*columns.GRADE), sheet.column(*columns.REASON)
    points = sheet.column(*columns.POINTS)
    for row, text in _scales(sheet):
        name = _graded(text)
        if name is None:
            continue
        if points is not None:
            cells = ((name, values.number(sheet.cell(row, points)), points),)
            yield from put(row, "report.scores", cells)
        if step is not None and name not in ("fulfilment", "total"):
            value = values.exactly(sheet.cell(row, step), values.GRADES)
            yield from put(row, "gradings", ((name, value, step),))
        if name not in ("fulfilment", "total"):
            why = ((f"{name}_reason", sheet.cell(row, reason), reason),)
            yield from put(row, "gradings", why)


def is_growth(sheet: Sheet) -> bool:
    """Tell whether these are figures of the firm before and after, or of two years."""
    known = {word for _, text in rows_with(sheet, 0) for word in _GROWTH if word in text}
    return len(known) >= 2 and None not in _two_times(sheet)


def _two_times(sheet: Sheet) -> tuple[int | None, int | None]:
    """Return the columns before and after: by these words, or the two that name a year."""
    before = sheet.column(*columns.BEFORE, apart=(0,))
    after = sheet.column(*columns.AFTER, apart=(0, before))
    if before is not None and after is not None:
        return before, after
    years = sorted(
        (year[0], at)
        for at, text in enumerate(sheet.header)
        if at and (year := _ANY_YEAR.search(normalise(text)))
    )
    return (years[0][1], years[1][1]) if len(years) == 2 else (None, None)


def growth(sheet: Sheet) -> Iterator[Found]:
    """Read the figures of the firm; money in won, people for jobs."""
    before, after = _two_times(sheet)
    basis, unit = sheet.column(*columns.BASIS), sheet.column(*columns.UNIT)
    for row, text in rows_with(sheet, 0):
        name = next((name for word, name in _GROWTH.items() if word in text), None)
        if name is None:
            continue
        aside = _UNIT_OF.search(normalise(text))
        counted = sheet.cell(row, unit) or (aside[1] if aside else "") or sheet.money(before)
        labels = _YEAR.findall(sheet.cell(row, basis))
        cells = [
            (part, _grown(name, sheet.cell(row, at), counted), at)
            for part, at in (("before", before), ("after", after))
        ]
        if len(labels) == 2:
            cells += [("before_label", labels[0], basis), ("after_label", labels[1], basis)]
        else:
            yield from _years(sheet, name, cells)
        yield from put(row, f"growth.{name}", cells)


def _years(
    sheet: Sheet, name: str, cells: Sequence[tuple[str, str | None, int | None]]
) -> Iterator[Found]:
    """Yield what the columns of two values are called, where that is a year."""
    heads = [
        (part, found[0], at)
        for part, value, at in cells
        if value and at is not None and (found := _ANY_YEAR.search(sheet.head(at)))
    ]
    for part, year, at in heads if len(heads) == 2 else ():
        yield Found(place=f"growth.{name}.{part}_label", value=year, row=-1, column=at)


def _grown(name: str, text: str, unit: str) -> str | None:
    if name == "jobs":
        return values.whole(text)
    amount = values.won(text, unit=unit)
    is_told = bool(unit) or "원" in text
    # Money of a firm below this, without a unit, was counted in thousands or millions.
    return amount if is_told or amount is None or int(amount) >= _LEAST_WON else None


def is_judging(sheet: Sheet) -> bool:
    """Tell whether these are the points of judges of an AI product."""
    return sheet.column(*columns.JUDGE) is not None and sheet.has("신규성", "탁월성")


def judging(sheet: Sheet) -> Iterator[Found]:
    """Read each judge's points, criterion by criterion."""
    judge = sheet.column(*columns.JUDGE)
    for number, (row, text) in enumerate(rows_with(sheet, judge), start=1):
        prefix = f"judge_scores[{number}]"
        yield from put(row, prefix, (("judge", text, judge),))
        for word, name in _JUDGED.items():
            column = sheet.column(word)
            points = values.number(sheet.cell(row, column))
            yield from put(row, prefix, ((name, points, column),))


def _items(sheet: Sheet) -> int | None:
    return sheet.column(*columns.ITEM)


def _numbered(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of items with their number, that of the form or else their place."""
    numbers = sheet.column(*columns.NUMBER)
    for count, (row, name) in enumerate(rows_with(sheet, _items(sheet)), start=1):
        if squeeze(name) in ("합계", "소계", "계"):
            continue
        yield row, values.whole(sheet.cell(row, numbers)) or str(count), name


def _scales(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Yield the rows with what they are called: in the first column that names a scale."""
    at = next(
        (at for at in range(min(2, len(sheet.header))) if any(map(_graded, sheet.told(at)))), 0
    )
    yield from rows_with(sheet, at)


def _graded(text: str) -> str | None:
    bare = squeeze(text)
    return next((name for word, name in _GRADED.items() if word in bare), None)
