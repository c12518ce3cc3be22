"""What each letter of a case says: the values of its template and its computed paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from assistant.complaints import name_of
from assistant.deadlines import (
    SEOUL,
    Clock,
    Destination,
    Event,
    Extended,
    Ground,
    Period,
    SupplementRequested,
    Transferred,
    day_text,
    rule_of,
)
from assistant.domain.complaints import (
    ComplaintKind,
    Decision,
    LetterKind,
    Officer,
    RepeatFacts,
)
from assistant.errors import ComplaintInputError
from assistant.flows.complaint import counting
from assistant.flows.complaint.composing import open_place
from assistant.flows.complaint.masking import shown, without_placeholders
from assistant.flows.complaint.quoting import quotable
from assistant.lexical import tagged
from assistant.privacy import MaskedText
from assistant.store import StoredCase
from assistant.templates import Value

TEMPLATES: Mapping[LetterKind, str] = {kind: f"complaint_{kind.value}" for kind in LetterKind}
COMPUTED = frozenset(
    {
        "extension_dates", "supplement_dates", "transfer_dates", "progress_dates", "closing_facts",
    }
)  # fmt: skip
_GROUNDS: Mapping[Ground, str] = {
    Ground.COOPERATION: "관계 기관이나 부서의 협조가 필요함",
    Ground.FACTS: "사실관계 또는 현장 확인이 필요함",
    Ground.FORCE_MAJEURE: "천재지변이나 그 밖의 불가항력적인 사유가 발생함",
    Ground.SIMILAR: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """What a letter calls what it answers: a proposal and a claim to information are no 민원."""

    name: str = "민원"
    sort: str = ""  # where it is more than the name
    heading: str = "민원 처리 결과 회신"
    received: str = "신청하신 민원"
    topic: str = "민원은"
    period: str = "처리기간"
    partly: str = "검토한 결과 귀하의 요청 가운데 일부는 받아들이기 어려움을 알려 드립니다."
    refused: str = "검토한 결과 귀하의 요청을 받아들이기 어려움을 알려 드립니다."


_MATTER = _Matter()
_MATTERS: Mapping[ComplaintKind, _Matter] = {
    ComplaintKind.PROPOSAL: _Matter(
        name="국민제안",
        heading="국민제안 심사 결과 알림",
        received="제출하신 국민제안",
        topic="제안은",
        partly="심사한 결과 귀하의 제안 가운데 일부는 채택하지 않기로 하였음을 알려 드립니다.",
        refused="심사한 결과 귀하의 제안을 채택하지 않기로 하였음을 알려 드립니다.",
    ),
    ComplaintKind.DISCLOSURE: _Matter(
        name="정보공개",
        sort="정보공개 청구",
        heading="정보공개 청구에 대한 결정 알림",
        received="청구하신 정보공개",
        topic="청구는",
        period="결정기간",
        partly="귀하께서 청구하신 정보 가운데 일부를 공개하지 않기로 결정하였음을 알려 드립니다.",
        refused="귀하께서 청구하신 정보를 공개하지 않기로 결정하였음을 알려 드립니다.",
    ),
}
_TAG = re.compile(r"^\[[^\]]{1,12}\]\s*")
# A title that only says that something was sent in.
_SAYS_NOTHING = re.compile(
    r"(?:민원|정보\s?공개|국민\s?제안|질의|문의|건의|제안|청구|신청|요청|질문|진정|탄원)?\s?"
    r"(?:민원|청구서?|신청서?|요청|문의|제안|드립니다|합니다|건|사항)?"
)
_ORDINALS = ("", "첫", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterRequest:
    """A letter that is asked for.

    Args:
        letter: which.
        decision: what a reply says to what was asked for.
        is_disposition: whether what is refused is a disposition, so that appeal and lawsuit are
            named as well; it says nothing of kinds whose refusal always is one.
        reason: why: refused, extended, passed on; or how far the case is; as the official says it.
        needs: what the complainant is to supply.
        until: the day until which that is asked for.
        ground: why the period is extended.
        length: by how much, as far as the rule allows where nothing is said.
        consent: whether the complainant agreed to be extended again.
        destination: the body that a case is passed on to.
        referrals: bodies to turn to, with what for and how to reach them.
        expected_on: when a late case is expected to be done.
        notified_on: when the complainant was told of a fine that is contested, so that the letter
            says until when it can be.
    """

    letter: LetterKind = LetterKind.REPLY
    decision: Decision = Decision.ANSWER
    is_disposition: bool = False
    reason: str = ""
    needs: tuple[str, ...] = ()
    until: date | None = None
    ground: Ground | None = None
    length: Period | None = None
    consent: bool = False
    destination: str = ""
    referrals: tuple[str, ...] = ()
    expected_on: date | None = None
    notified_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known when a letter is written."""

    case: StoredCase
    masked: MaskedText
    request: LetterRequest
    clock: Clock | None
    now: datetime
    remedies: tuple[str, ...] = ()
    repeats: RepeatFacts | None = None


def values_of(facts: Facts) -> dict[str, Value]:
    """Return the values of a letter's template; what is not known is left to a person."""
    request = facts.request
    return {**_shared(facts), **_FURTHER[request.letter](facts)}


def computed_of(facts: Facts) -> dict[str, Sequence[str]]:
    """Return the computed paragraphs of a letter, by the name of their function.

    Raises:
        ComplaintInputError: The period is not known, or cannot be extended like this.
        DeadlineInputError: The date cannot be counted.
    """
    work: Mapping[LetterKind, tuple[str, Callable[[Facts], Sequence[str]]]] = {
        LetterKind.EXTENSION: ("extension_dates", _extension_dates),
        LetterKind.SUPPLEMENT: ("supplement_dates", _supplement_dates),
        LetterKind.TRANSFER: ("transfer_dates", _transfer_dates),
        LetterKind.PROGRESS: ("progress_dates", _progress_dates),
        LetterKind.CLOSING: ("closing_facts", _closing_facts),
    }
    if facts.request.letter not in work:
        return {}
    name, function = work[facts.request.letter]
    return {name: function(facts)}


def event_for(request: LetterRequest, *, at: datetime) -> Event | None:
    """Return what happens in the case once a letter is sent; None where nothing does."""
    if request.letter is LetterKind.EXTENSION:
        return Extended(
            at=at, ground=request.ground, length=request.length, consent=request.consent
        )
    if request.letter is LetterKind.SUPPLEMENT:
        return SupplementRequested(at=at, until=request.until)
    if request.letter is LetterKind.TRANSFER:
        return Transferred(at=at, to=Destination.OTHER_BODY)
    return None


# -- values -----------------------------------------------------------------------------------


def _shared(facts: Facts) -> dict[str, Value]:
    case = facts.case
    received = case.received_at.astimezone(SEOUL).date()
    return {
        "number": case.number,
        "received_on": written(received),
        "subject": _title(facts) or open_place("민원 제목"),
        "matter": _matter(facts).received,
        "handler": _handler(case.officer),
    }


def _title(facts: Facts) -> str:
    title, _ = shown(facts.case.title, facts.masked)
    return _TAG.sub("", quotable(title).rstrip(" .?!"))


def _matter(facts: Facts) -> _Matter:
    return _MATTERS.get(facts.case.kind, _MATTER)


def _handler(officer: Officer) -> str:
    """Return who is in charge (시행령 제31조), with one place for all that is not known."""
    held = {"소속": officer.department, "성명": officer.name, "연락처": officer.contact}
    lacking = [name for name, value in held.items() if not value]
    if not lacking:
        return f"{officer.department} {officer.name}(연락처: {officer.contact})"
    known = [value for value in held.values() if value]
    return " ".join([*known, open_place(f"담당자의 {'ㆍ'.join(lacking)}")])


def _reply_values(facts: Facts) -> dict[str, Value]:
    points = [
        {
            "point_id": point.point_id,
            "question": without_placeholders(point.question, facts.masked),
        }
        for point in facts.case.points
    ]
    decision, matter = facts.request.decision, _matter(facts)
    told = ""
    if decision.refuses:
        said = matter.partly if decision is Decision.PARTIAL else matter.refused
        reason = facts.request.reason or open_place("받아들이지 않는 이유")
        told = f"{said} 그 이유는 다음과 같습니다. {_sentence(reason)}"
    return {
        "heading": matter.heading,
        "sort": matter.sort or matter.name,
        "topic": matter.topic,
        "understood": _understood(facts),
        "points": points,
        "is_several": len(points) > 1,
        "is_interpreting": facts.case.kind is ComplaintKind.QUERY_LAW,
        "decision": told,
        **_one_or_several("remedy", "remedies", facts.remedies),
        **_one_or_several("referral", "referrals", facts.request.referrals),
    }


def _understood(facts: Facts) -> str:
    """Return what the complaint is about as a letter says it; nothing where its title is empty."""
    title = _title(facts)
    if _SAYS_NOTHING.fullmatch(title):
        return ""
    name = name_of(title, tagged=tagged)
    return f"{name}으로" if name.noun else f"{name}에 관한 것으로"


def _extension_values(facts: Facts) -> dict[str, Value]:
    request, rule = facts.request, rule_of(facts.case.kind.value)
    ground = _GROUNDS.get(request.ground, "") if request.ground else ""
    reason = request.reason.rstrip(" .")
    said = f"{ground}({reason})" if ground and reason else ground or reason
    already = any(one.name == "extended" for one in facts.case.events)
    return {
        "reason": said or open_place("연장 사유"),
        "name": _matter(facts).name,
        "period": _matter(facts).period,
        "basis": str(rule.extension.basis) if rule.extension else open_place("연장의 근거"),
        "is_second": already and request.consent,
    }


def _supplement_values(facts: Facts) -> dict[str, Value]:
    return _one_or_several("need", "needs", facts.request.needs or (open_place("보완할 내용"),))


def _transfer_values(facts: Facts) -> dict[str, Value]:
    return {
        "destination": facts.request.destination or open_place("이송받은 기관과 연락처"),
        "reason": facts.request.reason or open_place("이송 사유"),
    }


def _progress_values(facts: Facts) -> dict[str, Value]:
    return {"state": facts.request.reason or open_place("진행 상황")}


def _closing_values(facts: Facts) -> dict[str, Value]:
    reason = facts.request.reason
    return {"judgement": _sentence(reason) if reason else open_place("같은 내용이라고 본 이유")}


_FURTHER: Mapping[LetterKind, Callable[[Facts], dict[str, Value]]] = {
    LetterKind.REPLY: _reply_values,
    LetterKind.EXTENSION: _extension_values,
    LetterKind.SUPPLEMENT: _supplement_values,
    LetterKind.TRANSFER: _transfer_values,
    LetterKind.PROGRESS: _progress_values,
    LetterKind.CLOSING: _closing_values,
}


# -- what is computed -------------------------------------------------------------------------


def _extension_dates(facts: Facts) -> Sequence[str]:
    if facts.clock is None:
        raise ComplaintInputError(reason="period")
    event = event_for(facts.request, at=facts.now)
    further = (event,) if event is not None else ()
    extended = counting.clock_of(facts.case, now=facts.now, further=further)
    if extended is None or len(extended.extensions) == len(facts.clock.extensions):
        raise ComplaintInputError(reason="extension")
    return [
        f"당초 처리기한: {due_text(facts.clock)}",
        f"연장 기간: {extended.extensions[-1]}",
        f"처리완료 예정일: {due_text(extended)}",
    ]


def _supplement_dates(facts: Facts) -> Sequence[str]:
    if facts.request.until is None:
        return [f"보완 기한: {open_place('보완 기한')}"]
    return [
        f"보완 기한은 {day_text(facts.request.until)}까지입니다. 보완을 요청한 날부터 보완하신 "
        "날까지의 기간은 처리기간에 넣지 않습니다."
    ]


def _transfer_dates(facts: Facts) -> Sequence[str]:
    return [f"이송한 날: {day_text(facts.now.astimezone(SEOUL).date())}"]


def _progress_dates(facts: Facts) -> Sequence[str]:
    if facts.request.expected_on is not None:
        return [f"처리완료 예정일: {day_text(facts.request.expected_on)}"]
    clock = facts.clock
    if clock is None or clock.remaining.is_late or clock.is_provisional:
        return [f"처리완료 예정일: {open_place('처리완료 예정일')}"]
    return [f"처리완료 예정일: {due_text(clock)}"]


def _closing_facts(facts: Facts) -> Sequence[str]:
    found = facts.repeats
    if found is None or not found.earlier_ids:
        return [open_place("같은 내용으로 앞서 접수한 민원과 그 결과를 알린 날(두 번 이상)")]
    received = " 및 ".join(dict.fromkeys(written(day) for day in found.received_on))
    answered = " 및 ".join(dict.fromkeys(written(day) for day in found.answered_on))
    return [
        f"귀하께서는 같은 내용의 민원을 {received}에도 신청하셨고, 우리 기관은 그 처리결과를 "
        f"{answered or open_place('결과를 알린 날')}에 알려 드렸습니다. "
        f"이번 민원은 {_ordinal(found.count)}입니다."
    ]


# -- words ------------------------------------------------------------------------------------


def written(day: date) -> str:
    """Return a date as an official document writes it (영 제7조제5항).

    >>> written(date(2026, 11, 3))
    '2026. 11. 3.'
    """
    return f"{day.year}. {day.month}. {day.day}."


def due_text(clock: Clock) -> str:
    """Return when a case is due, with the time where hours are counted."""
    if clock.due_at is None:
        return day_text(clock.due_on)
    return f"{day_text(clock.due_on)} {clock.due_at.astimezone(SEOUL):%H:%M}"


def _ordinal(number: int) -> str:
    """Return which one of several.

    >>> _ordinal(3), _ordinal(12)
    ('세 번째', '12번째')
    """
    return f"{_ORDINALS[number]} 번째" if 0 < number < len(_ORDINALS) else f"{number}번째"


def _one_or_several(one: str, several: str, held: Sequence[str]) -> dict[str, Value]:
    """Return a list under the name that fits: what stands alone takes no mark (칙 제2조제1항)."""
    is_alone = len(held) == 1
    return {one: _sentence(held[0]) if is_alone else "", several: [] if is_alone else list(held)}


def _sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."
