"""Surveys: tables of counts, question by question, or the answers themselves, one row a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.pilotforms import columns, values
from assistant.pilotforms.sheets import Found, Sheet, put, rows_with
from assistant.text import squeeze

SCALE = {
    "매우만족": 5, "만족": 4, "보통": 3, "불만": 2, "불만족": 2, "매우불만": 1, "매우불만족": 1,
    "매우그렇다": 5, "그렇다": 4, "보통이다": 3, "그렇지않다": 2, "전혀그렇지않다": 1,
    "매우그렇지않다": 1, "아니다": 2, "전혀아니다": 1,
    "5점": 5, "4점": 4, "3점": 3, "2점": 2, "1점": 1,
}  # fmt: skip
_POINTS = {**SCALE, **{str(point): point for point in range(1, 6)}}
_LEAST_ANSWERS = 5
_LEAST_QUESTIONS = 2
_SYLLABLES = re.compile(r"[가-힣]")
_ASKS = 3  # syllables of a question where the table says that its rows are persons,
_SURELY_ASKS = 6  # and where its rows only have numbers


def is_survey(sheet: Sheet) -> bool:
    """Tell whether these are counts of answers, question by question."""
    return sheet.column(*columns.QUESTION) is not None and len(_scale(sheet)) >= 3


def survey(sheet: Sheet) -> Iterator[Found]:
    """Read how many people chose each point."""
    question, mean = sheet.column(*columns.QUESTION), sheet.column(*columns.MEAN)
    for number, (row, text) in enumerate(rows_with(sheet, question), start=1):
        prefix = f"surveys[1].questions[{number}]"
        yield from put(row, prefix, (("text", text, question),))
        for column, score in _scale(sheet):
            people = values.whole(sheet.cell(row, column))
            yield from put(row, f"{prefix}.counts[{score}]", (("people", people, column),))
        cells = (("reported_mean", values.number(sheet.cell(row, mean)), mean),)
        yield from put(row, prefix, cells)


def is_answers(sheet: Sheet) -> bool:
    """Tell whether each row is one person's answers to several questions on five points."""
    return (
        sheet.column(*columns.RESPONDENT, *columns.NUMBER) is not None
        and len(sheet.rows) >= _LEAST_ANSWERS
        and len(_questions(sheet)) >= _LEAST_QUESTIONS
    )


def answers(sheet: Sheet) -> Iterator[Found]:
    """Count the answers of each question; what was counted is said beside the question."""
    asked = _questions(sheet)
    people = sum(any(sheet.cell(row, at) for at in asked) for row in range(len(sheet.rows)))
    counted = f"응답 {people}명을 셈"
    for number, column in enumerate(asked, start=1):
        prefix = f"surveys[1].questions[{number}]"
        found = Counter(_POINTS[squeeze(text)] for text in sheet.told(column))
        told = {f"{prefix}.text": sheet.head(column)}
        told |= {f"{prefix}.counts[{n}].people": str(found[n]) for n in range(1, 6)}
        if number == 1:
            told["surveys[1].answered"] = str(people)
        for place, value in told.items():
            yield Found(place=place, value=value, row=-1, column=column, label=counted)


def _questions(sheet: Sheet) -> list[int]:
    """Return the columns that ask something and hold nothing but points."""
    who = sheet.column(*columns.RESPONDENT)
    least = _SURELY_ASKS if who is None else _ASKS
    who = sheet.column(*columns.NUMBER) if who is None else who
    return [
        at
        for at in range(len(sheet.header))
        if at != who
        and len(_SYLLABLES.findall(sheet.head(at))) >= least
        and (told := sheet.told(at))
        and all(squeeze(text) in _POINTS for text in told)
    ]


def _scale(sheet: Sheet) -> list[tuple[int, int]]:
    """Return the columns of the points: below a broad head ("응답 수(명)") the last words tell."""
    found = []
    for column, edge in enumerate(sheet.edge):
        told = (squeeze(text) for text in (edge, sheet.header[column]))
        if (point := next((SCALE[text] for text in told if text in SCALE), None)) is not None:
            found.append((column, point))
    return found
