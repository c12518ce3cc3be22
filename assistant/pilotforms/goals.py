"""Tables of what was to be reached and what was: goals, results, effects, surveys, grades."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.pilotforms import values
from assistant.pilotforms.sheets import Found, Sheet, put, rows_with
from assistant.text import squeeze

SCALE = {
    "매우만족": 5, "만족": 4, "보통": 3, "불만": 2, "불만족": 2, "매우불만": 1, "매우불만족": 1,
    "매우그렇다": 5, "그렇다": 4, "그렇지않다": 2, "전혀그렇지않다": 1,
    "5점": 5, "4점": 4, "3점": 3, "2점": 2, "1점": 1,
}  # fmt: skip
_GRADED = {"업무효율": "efficiency", "이용자": "users", "고객만족": "users", "안전": "safety"}
_GRADED |= {"추천": "recommendation", "충족률": "fulfilment", "합계": "total", "총점": "total"}
_FALLS = re.compile(r"단축|감소|줄|절감|낮")
_RISES = re.compile(r"증가|향상|늘|높|확대")
_YEAR = re.compile(r"\d{4}년")
_GROWTH = {"매출": "sales_won", "고용": "jobs", "투자": "investment_won", "수출": "export_won"}
_JUDGED = {
    "신규성": "novelty", "탁월성": "excellence", "데이터": "data_fitness",
    "성능": "performance", "기술기여도": "contribution", "시장규모": "market_size",
    "파급성": "market_effect",
}  # fmt: skip


def is_goals(sheet: Sheet) -> bool:
    """Tell whether these are the performance goals of a plan."""
    return sheet.has("성능목표") and _items(sheet) is not None and not sheet.has("결과")


def goals(sheet: Sheet) -> Iterator[Found]:
    """Read the performance goals: what is to be reached, how, by what measure."""
    target_column = sheet.column("성능목표", "목표")
    for row, number, name in _numbered(sheet):
        text = sheet.cell(row, target_column)
        target = values.target(text)
        prefix = f"items[{number}]"
        required = sheet.column("필수", "필수항목")
        yield from put(
            row,
            prefix,
            (
                ("name", name, _items(sheet)),
                ("method", sheet.cell(row, sheet.column("시험방법")), sheet.column("시험방법")),
                ("criterion", sheet.cell(row, sheet.column("성능기준")), sheet.column("성능기준")),
                ("target_text", text, target_column),
                ("target", target.number, target_column),
                ("target_high", target.high, target_column),
                ("direction", target.direction.value if text else None, target_column),
                ("unit", target.unit, target_column),
                ("is_required", values.is_marked(sheet.cell(row, required)), required),
            ),
        )


def is_results(sheet: Sheet) -> bool:
    """Tell whether these are results of items, item by item."""
    return _items(sheet) is not None and sheet.column("결과치", "측정값", "결과") is not None


def results(sheet: Sheet) -> Iterator[Found]:
    """Read the results; with a column of met or unmet they are those of a report as well."""
    result, met = sheet.column("결과치", "측정값", "결과"), sheet.column("충족", "충족여부")
    sample, measured = sheet.column("표본"), sheet.column("측정일", "측정일자")
    note = sheet.column("산출", "산출근거")
    for row, number, name in _numbered(sheet):
        text = sheet.cell(row, result)
        value, is_fit = values.number(text), values.is_met(text)
        yield from put(
            row,
            f"measurements[{number}]",
            (
                ("value", value, result),
                ("is_fit", is_fit, result),
                ("sample_size", values.whole(sheet.cell(row, sample)), sample),
                ("measured_on", values.day(sheet.cell(row, measured)), measured),
                ("note", sheet.cell(row, note), note),
            ),
        )
        if met is not None:
            yield from _reported(sheet, row, number, name)


def _reported(sheet: Sheet, row: int, number: str, name: str) -> Iterator[Found]:
    met, goal = sheet.column("충족", "충족여부"), sheet.column("성능목표", "목표")
    result, required = sheet.column("결과치", "결과"), sheet.column("필수", "필수항목")
    text = sheet.cell(row, goal)
    target = values.target(text)
    criterion = sheet.column("성능기준")
    yield from put(
        row,
        f"report.items[{number}]",
        (
            ("name", name, _items(sheet)),
            ("criterion", sheet.cell(row, criterion), criterion),
            ("target", target.number, goal),
            ("target_high", target.high, goal),
            ("direction", target.direction.value if text else None, goal),
            ("unit", target.unit, goal),
            ("value", values.number(sheet.cell(row, result)), result),
            ("is_met", values.is_met(sheet.cell(row, met)), met),
            ("is_required", values.is_marked(sheet.cell(row, required)), required),
        ),
    )


def is_effects(sheet: Sheet) -> bool:
    """Tell whether these are expected effects or what became of them."""
    return sheet.has("기대효과") and (
        sheet.column("변화량", "목표", "실제 성과", "실제성과", "성과") is not None
    )


def effects(sheet: Sheet) -> Iterator[Found]:
    """Read what the plan expects, or what became of it."""
    text_column, actual = sheet.column("기대효과"), sheet.column("실제 성과", "성과")
    before, rate = sheet.column("시범사용 전", "이전"), sheet.column("부합률")
    amount, unit, note = sheet.column("변화량"), sheet.column("단위"), sheet.column("비고")
    for number, (row, text) in enumerate(rows_with(sheet, text_column), start=1):
        if actual is None:
            cells = (
                ("text", text, text_column),
                ("amount", values.number(sheet.cell(row, amount)), amount),
                ("unit", sheet.cell(row, unit), unit),
                ("is_decrease", _is_decrease(text), text_column),
            )
            yield from put(row, f"plan.effects[{number}]", cells)
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


def _is_decrease(text: str) -> str | None:
    """Return whether less is hoped for, None where the words do not say.

    >>> _is_decrease("화재 알림 시간 단축"), _is_decrease("처리 건수 증가"), _is_decrease("만족도")
    ('true', 'false', None)
    """
    falls, rises = _FALLS.search(text), _RISES.search(text)
    return None if bool(falls) == bool(rises) else ("true" if falls else "false")


def is_survey(sheet: Sheet) -> bool:
    """Tell whether these are counts of answers, question by question."""
    return sheet.column("문항", "질문") is not None and len(_scale(sheet)) >= 3


def survey(sheet: Sheet) -> Iterator[Found]:
    """Read how many people chose each point."""
    question, mean = sheet.column("문항", "질문"), sheet.column("평균")
    for number, (row, text) in enumerate(rows_with(sheet, question), start=1):
        prefix = f"surveys[1].questions[{number}]"
        yield from put(row, prefix, (("text", text, question),))
        for column, score in _scale(sheet):
            people = values.whole(sheet.cell(row, column))
            yield from put(row, f"{prefix}.counts[{score}]", (("people", people, column),))
        cells = (("reported_mean", values.number(sheet.cell(row, mean)), mean),)
        yield from put(row, prefix, cells)


def is_grades(sheet: Sheet) -> bool:
    """Tell whether these are the graded scales of the satisfaction score, or its points."""
    named = {word for _, text in rows_with(sheet, 0) if (word := _graded(text))}
    return sheet.column("등급", "점수") is not None and len(named) >= 3


def grades(sheet: Sheet) -> Iterator[Found]:
    """Read the graded scales with their reasons, or the points of a report."""
    step, points, reason = sheet.column("등급"), sheet.column("점수"), sheet.column("근거")
    for row, text in rows_with(sheet, 0):
        name = _graded(text)
        if name is None:
            continue
        if points is not None:
            cells = ((name, values.number(sheet.cell(row, points)), points),)
            yield from put(row, "report.scores", cells)
        elif name not in ("fulfilment", "total"):
            value = values.exactly(sheet.cell(row, step), values.GRADES)
            yield from put(row, "gradings", ((name, value, step),))
        if name not in ("fulfilment", "total"):
            why = ((f"{name}_reason", sheet.cell(row, reason), reason),)
            yield from put(row, "gradings", why)


def is_growth(sheet: Sheet) -> bool:
    """Tell whether these are figures of the firm before and after."""
    return sheet.has("지표", "시범사용 전", "시범사용 후")


def growth(sheet: Sheet) -> Iterator[Found]:
    """Read the figures of the firm; money in won, people for jobs."""
    before, after = sheet.column("시범사용 전"), sheet.column("시범사용 후")
    basis = sheet.column("기준")
    for row, text in rows_with(sheet, sheet.column("지표")):
        name = next((name for word, name in _GROWTH.items() if word in text), None)
        if name is None:
            continue
        read = values.whole if name == "jobs" else values.won
        labels = _YEAR.findall(sheet.cell(row, basis))
        known = labels if len(labels) == 2 else ["", ""]
        yield from put(
            row,
            f"growth.{name}",
            (
                ("before", read(sheet.cell(row, before)), before),
                ("after", read(sheet.cell(row, after)), after),
                ("before_label", known[0], basis),
                ("after_label", known[1], basis),
            ),
        )


def is_judging(sheet: Sheet) -> bool:
    """Tell whether these are the points of judges of an AI product."""
    return sheet.column("위원", "심사위원", "평가위원") is not None and sheet.has(
        "신규성", "탁월성"
    )


def judging(sheet: Sheet) -> Iterator[Found]:
    """Read each judge's points, criterion by criterion."""
    judge = sheet.column("위원", "심사위원", "평가위원")
    for number, (row, text) in enumerate(rows_with(sheet, judge), start=1):
        prefix = f"judge_scores[{number}]"
        yield from put(row, prefix, (("judge", text, judge),))
        for word, name in _JUDGED.items():
            column = sheet.column(word)
            points = values.number(sheet.cell(row, column))
            yield from put(row, prefix, ((name, points, column),))


def _items(sheet: Sheet) -> int | None:
    return sheet.column("시범사용 항목", "항목")


def _numbered(sheet: Sheet) -> Iterator[tuple[int, str, str]]:
    """Yield the rows of items with their number, that of the form or else their place."""
    numbers = sheet.column("번호", "no", "No", "연번")
    for count, (row, name) in enumerate(rows_with(sheet, _items(sheet)), start=1):
        if squeeze(name) in ("합계", "소계", "계"):
            continue
        yield row, values.whole(sheet.cell(row, numbers)) or str(count), name


def _scale(sheet: Sheet) -> list[tuple[int, int]]:
    bare = [squeeze(text) for text in sheet.header]
    return [(column, SCALE[text]) for column, text in enumerate(bare) if text in SCALE]


def _graded(text: str) -> str | None:
    bare = squeeze(text)
    return next((name for word, name in _GRADED.items() if word in bare), None)
