"""Written values of the forms in the form that a record takes: dates, amounts, targets, grades."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.domain.pilot_kinds import (
    Acquisition,
    Designation,
    Direction,
    EventKind,
    GradeStep,
    StageKind,
    Track,
)
from assistant.text import normalise, squeeze

_DATE = re.compile(
    r"(?<![\d.])(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})(?:\s*일|\.)?(?!\d)"
)
_SHORT_YEAR = re.compile(r"['’‘`](\d{2})\.\s*(?=\d{1,2}\.)")
_SHORT_DATE = re.compile(r"(?<![\d.])(\d{1,2})\.\s*(\d{1,2})\.(?!\d)")
_NUMBER = re.compile(
    r"(?<![\d.,])[-−]?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.,])[-−]?\d+(?:\.\d+)?"
)
_WON = re.compile(r"금?\s*(\d{1,3}(?:,\d{3})+|\d+)\s*원")
_WON_UNITS = {
    "": 1, "원": 1, "천원": 1_000, "만원": 10_000, "백만원": 1_000_000, "천만원": 10_000_000,
    "억원": 100_000_000,
}  # fmt: skip
_COUNTED_WON = re.compile(r"(\d{1,9}(?:\.\d{1,4})?)\s*([천만백억]{1,3}\s*원)")
_PLAIN_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,4})?")
_TARGET = re.compile(
    r"(?P<number>[-−]?\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s]{0,6}?)\s*(?P<how>이상|이하|이내|초과|미만)"
)
_RANGE = re.compile(
    r"(?P<low>\d[\d,]*(?:\.\d+)?)\s*(?P<u1>[^\d\s~∼-]{0,6})\s*[~∼-]\s*(?P<high>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>[^\d\s]{0,6})"
)
_HOW = {
    "이상": Direction.AT_LEAST,
    "이하": Direction.AT_MOST,
    "이내": Direction.AT_MOST,
    "초과": Direction.MORE_THAN,
    "미만": Direction.LESS_THAN,
}

TRACKS: Mapping[str, Track] = {
    "기술선도": Track.TECHNOLOGY,
    "국민체감": Track.CITIZENS,
    "사회적책임": Track.SOCIAL,
    "글로벌": Track.GLOBAL,
    "수출선도": Track.GLOBAL,
}
ACQUISITIONS: Mapping[str, Acquisition] = {
    "구매": Acquisition.PURCHASE,
    "임차": Acquisition.LEASE,
    "구독": Acquisition.LEASE,
    "리스": Acquisition.LEASE,
}
DESIGNATIONS: Mapping[str, Designation] = {
    "우수연구개발": Designation.RESEARCH,
    "혁신시제품": Designation.PROTOTYPE,
    "공공성": Designation.RECOGNISED,
    "위원회": Designation.RECOGNISED,
}
STAGES: Mapping[str, StageKind] = {
    "회의": StageKind.MEETING,
    "교육": StageKind.TRAINING,
    "측정": StageKind.MEASUREMENT,
}
# The words of the form, and what people write for them, best first.
GRADES: Mapping[str, GradeStep] = {
    "매우우수": GradeStep.FIRST,
    "매우만족": GradeStep.FIRST,
    "탁월": GradeStep.FIRST,
    "우수": GradeStep.SECOND,
    "만족": GradeStep.SECOND,
    "보통": GradeStep.THIRD,
    "미흡": GradeStep.FOURTH,
    "불만족": GradeStep.FOURTH,
}
# What steps are called, without spaces and brackets; what is only due ("제출기한") is no step.
EVENTS: tuple[tuple[re.Pattern[str], EventKind], ...] = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (r"(?:혁신제품)?지정(?:고시)?", EventKind.DESIGNATED),
        (r"기본계획서제출", EventKind.BASIC_PLAN_SUBMITTED),
        (r"시범사용신청(?:서제출)?", EventKind.APPLIED),
        (r"수요매칭(?:완료|확정|결과통보)?", EventKind.MATCHED),
        (r"희망통보", EventKind.WISH_NOTIFIED),
        (r"(?:시범사용)?협약(?:체결|서체결)?", EventKind.AGREED),
        (r"(?:시범사용)?수행계획서(?:작성|제출)?요청", EventKind.PLAN_REQUESTED),
        (r"(?:시범사용)?수행계획서제출", EventKind.PLAN_SUBMITTED),
        (r"(?:시범사용)?수행계획서(?:승인|확정)", EventKind.PLAN_APPROVED),
        (r"(?:시범)?(?:구매|임차)?계약(?:체결)?", EventKind.CONTRACTED),
        (r"납품(?:완료)?", EventKind.DELIVERED),
        (r"시범사용(?:시작|착수|개시)", EventKind.STARTED),
        (r"중간점검(?:실시)?", EventKind.CHECKED),
        (r"시범사용(?:종료|완료)", EventKind.ENDED),
        (r"자체심의(?:위원회)?(?:개최|심의|의결)?", EventKind.COMMITTEE_HELD),
        (r"(?:시범사용)?완료보고서제출", EventKind.REPORT_SUBMITTED),
        (r"판정", EventKind.JUDGED),
        (r"판정(?:결과)?통보", EventKind.VERDICT_NOTIFIED),
        (r"보완계획서제출", EventKind.SUPPLEMENT_PLAN_SUBMITTED),
        (r"추가시범사용(?:시작|착수|개시)", EventKind.EXTRA_STARTED),
        (r"추가시범사용(?:종료|완료)", EventKind.EXTRA_ENDED),
        (r"결과공개", EventKind.PUBLISHED),
        (r"실태점검", EventKind.INSPECTED),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target as the form writes it; no number where yes or no is asked."""

    number: str | None
    high: str | None
    unit: str
    direction: Direction


def dates(text: str) -> tuple[str, ...]:
    """Return the dates of a text; the second of a range may leave its year out.

    >>> dates("'26. 10. 12."), dates("’26.1.5.(월)")
    (('2026-10-12',), ('2026-01-05',))
    >>> dates("2026. 1. 5. ~ 2026. 8. 28."), dates("2026. 8. 18. ~ 8. 21."), dates("2026-13-01")
    (('2026-01-05', '2026-08-28'), ('2026-08-18', '2026-08-21'), ())
    """
    text = _SHORT_YEAR.sub(r"20\1. ", text)
    found = [(match.start(), _iso(*match.groups())) for match in _DATE.finditer(text)]
    if len(found) == 1 and found[0][1] and (cut := re.search(r"[~∼]|부터", text)):
        later = _SHORT_DATE.search(text, cut.end())
        if later is not None and later.start() > found[0][0]:
            found.append((later.start(), _iso(found[0][1][:4], later[1], later[2])))
    return tuple(day for _, day in found if day)


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def day(text: str) -> str | None:
    """Return the one date of a text.

    >>> day("2026. 9. 10. 14:00"), day("2026. 8월")
    ('2026-09-10', None)
    """
    found = dates(text)
    return found[0] if len(found) == 1 else None


def number(text: str) -> str | None:
    """Return the one number of a text, with its digits as they stand.

    >>> number("99.40%"), number("1,036,800회"), number("312초 단축(360초에서 48초)"), number("")
    ('99.40', '1036800', '312', None)
    """
    outside = re.sub(r"[(（].*?[)）]", "", text)
    found = _NUMBER.findall(outside) or _NUMBER.findall(text)
    return found[0].replace(",", "").replace("−", "-") if len(found) == 1 else None


def whole(text: str) -> str | None:
    """Return the one whole number of a text.

    >>> whole("120명"), whole("12.5")
    ('120', None)
    """
    found = number(text)
    return found if found is not None and "." not in found else None


def won(text: str, *, unit: str = "") -> str | None:
    """Return the one amount in won of a text; a bare number counts in `unit`, else as won.

    >>> won("34,980,000원"), won("330000000"), won("165,000원 × 180대"), won("3억 원")
    ('34980000', '330000000', '165000', '300000000')
    >>> won("850", unit="백만원"), won("1.5", unit="억 원"), won("120", unit="천달러")
    ('850000000', '150000000', None)
    """
    if found := _WON.findall(text):
        return found[0].replace(",", "") if len(found) == 1 else None
    bare = text.replace(",", "").strip()
    if match := _COUNTED_WON.fullmatch(bare):
        bare, unit = match[1], match[2]
    times = _WON_UNITS.get(squeeze(unit))
    if times is None or not _PLAIN_NUMBER.fullmatch(bare):
        return None
    amount = Decimal(bare) * times
    return str(int(amount)) if amount == int(amount) else None


def target(text: str) -> Target:
    """Return what a target asks for.

    >>> target("1대당 월 0.1회 이하")
    Target(number='0.1', high=None, unit='회', direction=<Direction.AT_MOST: 'at_most'>)
    >>> target("20~25℃").direction, target("적합").number
    (<Direction.WITHIN: 'within'>, None)
    """
    if found := _TARGET.search(text):
        return Target(
            number=_plain(found["number"]),
            high=None,
            unit=found["unit"].strip(),
            direction=_HOW[found["how"]],
        )
    if found := _RANGE.search(text):
        low, high = _plain(found["low"]), _plain(found["high"])
        if Decimal(low) <= Decimal(high):
            unit = found["unit"] or found["u1"]
            return Target(number=low, high=high, unit=unit.strip(), direction=Direction.WITHIN)
    return Target(number=None, high=None, unit="", direction=Direction.JUDGED)


def sets_a_target(text: str) -> bool:
    """Tell whether a text says how much is asked for.

    >>> sets_a_target("90% 이상"), sets_a_target("20~25℃"), sets_a_target("평균")
    (True, True, False)
    """
    return target(text).number is not None


def _plain(text: str) -> str:
    return text.replace(",", "").replace("−", "-")


def is_met(text: str) -> str | None:
    """Return whether a cell says that an item is met.

    >>> is_met("충족"), is_met("미충족"), is_met("")
    ('true', 'false', None)
    """
    return {
        "충족": "true", "미충족": "false", "적합": "true", "부적합": "false", "적절": "true",
        "부적절": "false", "달성": "true", "미달성": "false", "미달": "false", "불충족": "false",
        "합격": "true", "불합격": "false", "찬성": "true", "반대": "false",
    }.get(squeeze(text))  # fmt: skip


def is_marked(text: str) -> str:
    """Return whether a cell is marked as required.

    >>> is_marked("필수"), is_marked("○"), is_marked(""), is_marked("선택")
    ('true', 'true', 'false', 'false')
    """
    bare = squeeze(text).casefold()
    return "true" if bare in {"필수", "필수항목", "○", "o", "v", "예", "yes", "✓", "√"} else "false"


def chosen(text: str, words: Mapping[str, object]) -> str | None:
    """Return the written form of what a text chooses among `words`, exactly one.

    >>> chosen("임차(단기 12개월)", ACQUISITIONS), chosen("□구매 ■임차", ACQUISITIONS)
    ('lease', 'lease')
    """
    bare = squeeze(re.sub(r"[□☐]\s*\S+", "", normalise(text)))
    found = {str(value) for word, value in words.items() if word in bare}
    return found.pop() if len(found) == 1 else None


def exactly(text: str, words: Mapping[str, object]) -> str | None:
    """Return the written form of what a text names among `words`, word for word.

    >>> exactly("매우 우수", GRADES), exactly("아주 우수", GRADES)
    ('first', None)
    """
    found = words.get(squeeze(re.sub(r"\(.*?\)", "", text)))
    return None if found is None else str(found)


def digits(text: str, lengths: tuple[int, ...]) -> str | None:
    """Return the one number of this many digits.

    >>> digits("9900000004(가상)", (10,)), digits("99-000004", (8,)), digits("123", (8,))
    ('9900000004', '99000004', None)
    """
    found = [
        bare
        for each in re.findall(r"\d[\d-]*", text)
        if len(bare := each.replace("-", "")) in lengths
    ]
    return found[0] if len(found) == 1 else None


def event(text: str) -> str | None:
    """Return the step of the rules that a text names.

    >>> event("수행계획서 제출"), event("시범구매 계약 체결"), event("완료보고서 제출기한")
    ('plan_submitted', 'contracted', None)
    """
    bare = squeeze(re.sub(r"\(.*?\)", "", normalise(text)))
    return next((str(kind) for pattern, kind in EVENTS if pattern.fullmatch(bare)), None)
