"""What each letter of a case says: the values of its template and its computed paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

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
)
from assistant.domain import OPEN_MARK
from assistant.domain.complaints import (
    ComplaintKind,
    Decision,
    LetterKind,
    Officer,
    RepeatFacts,
)
from assistant.errors import ComplaintInputError
from assistant.flows.complaint import counting
from assistant.flows.complaint.answering import label_of
from assistant.flows.complaint.masking import shown, without_placeholders
from assistant.flows.complaint.quoting import quotable
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
_DECISIONS: Mapping[Decision, str] = {
    Decision.ANSWER: "",
    Decision.PARTIAL: "검토한 결과 귀하의 요청 가운데 일부는 받아들이기 어려움을 알려 드립니다.",
    Decision.REFUSAL: "검토한 결과 귀하의 요청을 받아들이기 어려움을 알려 드립니다.",
    Decision.REFERRAL: "",
}


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
    title, _ = shown(case.title, facts.masked)
    received = case.received_at.astimezone(SEOUL).date()
    return {
        "number": case.number,
        "received_on": written(received),
        "subject": quotable(title).rstrip(" .?!") or _open("민원 제목"),
        **_officer(case.officer),
    }


def _officer(officer: Officer) -> dict[str, Value]:
    return {
        "department": officer.department or _open("담당 부서"),
        "officer": officer.name or _open("담당자 성명"),
        "contact": officer.contact or _open("연락처"),
    }


def _reply_values(facts: Facts) -> dict[str, Value]:
    points = [
        {
            "point_id": point.point_id,
            "label": label_of(point, facts.masked),
            "question": without_placeholders(point.question, facts.masked),
        }
        for point in facts.case.points
    ]
    decision = _DECISIONS[facts.request.decision]
    if facts.request.decision.refuses:
        reason = facts.request.reason or _open("받아들이기 어려운 이유")
        decision = f"{decision} 그 이유는 다음과 같습니다. {_sentence(reason)}"
    return {
        "points": points,
        "is_several": len(points) > 1,
        "is_interpreting": facts.case.kind is ComplaintKind.QUERY_LAW,
        "decision": decision,
        "remedies": list(facts.remedies),
        "referrals": [_sentence(one) for one in facts.request.referrals],
    }


def _extension_values(facts: Facts) -> dict[str, Value]:
    request = facts.request
    ground = _GROUNDS.get(request.ground, "") if request.ground else ""
    reason = request.reason.rstrip(" .")
    said = f"{ground}({reason})" if ground and reason else ground or reason
    already = any(one.name == "extended" for one in facts.case.events)
    return {
        "reason": said or _open("연장 사유"),
        "is_second": already and request.consent,
    }


def _supplement_values(facts: Facts) -> dict[str, Value]:
    return {"needs": list(facts.request.needs) or [_open("보완할 내용")]}


def _transfer_values(facts: Facts) -> dict[str, Value]:
    return {
        "destination": facts.request.destination or _open("이송받은 기관과 연락처"),
        "reason": facts.request.reason or _open("이송 사유"),
    }


def _progress_values(facts: Facts) -> dict[str, Value]:
    return {"state": facts.request.reason or _open("진행 상황")}


def _closing_values(facts: Facts) -> dict[str, Value]:
    reason = facts.request.reason
    return {"judgement": _sentence(reason) if reason else _open("같은 내용이라고 본 이유")}


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
        return [f"보완 기한: {_open('보완 기한')}"]
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
        return [f"처리완료 예정일: {_open('처리완료 예정일')}"]
    return [f"처리완료 예정일: {due_text(clock)}"]


def _closing_facts(facts: Facts) -> Sequence[str]:
    found = facts.repeats
    if found is None or not found.earlier_ids:
        return [f"{OPEN_MARK} 같은 내용으로 앞서 접수한 민원과 그 결과를 알린 날을 적어 주십시오."]
    received = ", ".join(dict.fromkeys(written(day) for day in found.received_on))
    answered = ", ".join(dict.fromkeys(written(day) for day in found.answered_on))
    told = (
        f"{answered}에 그 처리결과를 알려 드렸습니다."
        if answered
        else f"{OPEN_MARK} 그 처리결과를 알린 날을 적어 주십시오."
    )
    return [
        f"귀하께서는 같은 내용의 민원을 {received}에도 신청하셨으며, {told} "
        f"이번 민원은 {found.count}번째입니다."
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


def _open(what: str) -> str:
    return f"{OPEN_MARK} {what}"


def _sentence(text: str) -> str:
    """Return a text that ends as a sentence does."""
    text = " ".join(text.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."
