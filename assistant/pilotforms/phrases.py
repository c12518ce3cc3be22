"""What set phrases of a text say of a pilot: a survey, days of steps, a verdict, a decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from assistant.domain.pilot_kinds import EventKind, Verdict
from assistant.pilotforms import values
from assistant.text import normalise

Said: TypeAlias = tuple[str, str, str]  # place, value, the words it was read from

_DAY = r"\d{4}\. ?\d{1,2}\. ?\d{1,2}\."
_SPAN = rf"(?P<from>{_DAY})\s?[~∼-]\s?(?P<to>(?:\d{{4}}\. ?)?\d{{1,2}}\. ?\d{{1,2}}\.)"
# Within a sentence: a full stop behind a syllable ends it, one behind a figure does not.
_WITHIN = r"(?:(?!(?<=[가-힣])\.)[^\n])*?"
# Only what has come to pass is an event: "제출해야 한다" and "종료할 예정" say nothing.
_PAST = r"(?:했|하였|함(?![가-힣])|됐|되었|됨|을 마쳤)"
_HANDED = rf"(?:냈|제출(?:{_PAST}))"
_ASKED = re.compile(r"(\d[\d,]*)명(?:\s*모두)?에게[^.]{0,40}?(\d[\d,]*)명이\s*(?:응)?답")
_SURVEYED = re.compile(rf"{_SPAN}에\s[^.]{{0,40}}?명(?:\s*모두)?에게")
_DONE = (
    (re.compile(rf"시범사용은\s[^가-힣]*?에\s*(?:끝났|종료{_PAST})"), EventKind.ENDED),
    (re.compile(rf"완료보고서는\s[^가-힣]*?에\s*{_HANDED}"), EventKind.REPORT_SUBMITTED),
    (re.compile(rf"납품(?:은|을)\s[^가-힣]*?에\s*(?:마쳤|끝났|{_PAST})"), EventKind.DELIVERED),
)
# The limit and the day are often told in one sentence: the day stands right before the verb.
_PLANS = (
    (re.compile(rf"(?<![가-힣])보완계획서(?:는|를){_WITHIN}\s({_DAY})에\s*{_HANDED}"),
     EventKind.SUPPLEMENT_PLAN_SUBMITTED),
    (re.compile(rf"추가\s?개발\s?계획서(?:는|를){_WITHIN}\s({_DAY})에\s*{_HANDED}"),
     EventKind.DEVELOPMENT_PLAN_SUBMITTED),
)  # fmt: skip
_EXTRA = re.compile(rf"{_SPAN}에\s*추가\s?시범사용을\s*(?P<how>한다|하고 있|했|하였|마쳤)")
_VERDICT = re.compile(
    r"['‘](성공|보완|미흡|이행불성실)['’]\s*(?:으로|로)\s*판정[^.]*?\s([\d. ]+)에\s*통보"
)
_VERDICTS = {
    "성공": Verdict.SUCCESS,
    "보완": Verdict.SUPPLEMENT,
    "미흡": Verdict.INSUFFICIENT,
    "이행불성실": Verdict.UNFAITHFUL,
}
_DECIDED = re.compile(
    r"(?:(?<=^)|(?<=\. ))[^.]*?위원[^.]*?적절['’]?\s?(?:으로|로)\s?"
    r"의결(?:했다|하였다|함|했습니다|하였습니다)\."
)
_ELSEWHERE = re.compile(
    r"다른\s[가-힣·ㆍ, ]{1,30}도\s(?:[^.]{1,30}\s)?쓸 수 있다고\s"
    r"(?:본다|보았다|판단했다|판단하였다)"
)
_PAYER = re.compile(
    r"시범사용\s?비용은\s[^.]{1,60}?쓰며\s(?P<payer>[가-힣()]{2,20}?)(?:이|가)\s부담"
)


def in_phrases(text: str) -> Iterator[Said]:
    """Yield what set phrases of a text say.

    >>> list(in_phrases("상인 150명에게 돌려 120명이 답했다."))[0]
    ('surveys[1].asked', '150', '150명에게 돌려 120명이 답')
    >>> list(in_phrases("완료보고서는 2026. 9. 28.에 제출해야 한다."))
    []
    """
    plain = normalise(text)
    yield from _survey(plain)
    yield from _events(plain)
    yield from _extra(plain)
    if match := _DECIDED.search(plain):
        yield "committee.decision", match[0].strip(), match[0].strip()
    if match := _ELSEWHERE.search(plain):
        yield "usable_elsewhere", "true", match[0]


def payer(text: str) -> tuple[str, str] | None:
    """Return who bears the pilot's own cost, with the words that say so.

    >>> payer("시범사용 비용은 교육과 측정에 쓰며 조달청이 부담한다.")
    ('조달청', '시범사용 비용은 교육과 측정에 쓰며 조달청이 부담')
    """
    match = _PAYER.search(normalise(text))
    return None if match is None else (match["payer"], match[0])


def _survey(plain: str) -> Iterator[Said]:
    if match := _ASKED.search(plain):
        yield "surveys[1].asked", match[1].replace(",", ""), match[0]
        yield "surveys[1].answered", match[2].replace(",", ""), match[0]
    if match := _SURVEYED.search(plain):
        yield from _both(match, "surveys[1].starts_on", "surveys[1].ends_on")


def _both(match: re.Match[str], first: str, last: str) -> Iterator[Said]:
    """Yield the two days of a span; the year of the first counts for a last without one."""
    days = values.dates(f"{match['from']} ~ {match['to']}")
    if len(days) == 2:
        yield first, days[0], match[0]
        yield last, days[1], match[0]


def _events(plain: str) -> Iterator[Said]:
    for pattern, kind in _DONE:
        if (match := pattern.search(plain)) and (on := values.day(match[0])):
            yield f"events[{kind}].on", on, match[0]
    for pattern, kind in _PLANS:
        if (match := pattern.search(plain)) and (on := values.day(match[1])):
            yield f"events[{kind}].on", on, match[0]
    if (match := _VERDICT.search(plain)) and (on := values.day(match[2])):
        place = f"events[{EventKind.VERDICT_NOTIFIED}]"
        yield f"{place}.on", on, match[0]
        yield f"{place}.verdict", _VERDICTS[match[1]].value, match[0]


def _extra(plain: str) -> Iterator[Said]:
    """Yield when an extra pilot began; when it ended only where it is told as past."""
    match = _EXTRA.search(plain)
    if match is None:
        return
    started, ended = EventKind.EXTRA_STARTED, EventKind.EXTRA_ENDED
    for place, value, said in _both(match, f"events[{started}].on", f"events[{ended}].on"):
        if str(started) in place or match["how"] in ("했", "하였", "마쳤"):
            yield place, value, said
