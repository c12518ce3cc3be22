"""`gongmun complaint`: a complaint of any format to a checked draft, on the terminal."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from assistant.assembly import Assistant
from assistant.commands.common import (
    EXIT_FAILED,
    bar,
    bring_corpus,
    bring_up_to_date,
    fail,
    load_settings,
    own_assistant,
    plain_errors,
    print_json,
    running_server,
)
from assistant.deadlines import Clock, day_text, moment_text, rule_of
from assistant.domain import DEFAULT_INSTITUTION, OpenItem
from assistant.domain.complaints import Officer, PointStatus
from assistant.errors import AssistantError
from assistant.flows.complaint.drafting import Progress, Written
from assistant.flows.complaint.intake import Arrival, moment_of
from assistant.flows.complaint.letters import LetterRequest
from assistant.store import StoredCase
from assistant.wording import describe

EXIT_OPEN = 2
_STATUS = {
    PointStatus.UNTOUCHED: "아직 보지 않음",
    PointStatus.ANSWERED: "답변함",
    PointStatus.PARTLY: "일부 답변",
    PointStatus.NO_BASIS: "근거 없음",
    PointStatus.OTHER_BODY: "다른 기관 소관",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was typed."""

    out: Path | None = None
    format: str = "txt"
    received_at: str | None = None
    number: str = ""
    officer: tuple[str, str, str] | None = None
    force: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A complaint with its draft."""

    case: StoredCase
    clock: Clock | None
    paper_id: str
    text: str
    items: tuple[OpenItem, ...]
    notices: tuple[str, ...]


def answer_complaints(paths: tuple[Path, ...], wanted: Wanted, *, as_json: bool) -> None:
    """Print kind, date, points and draft of each file; the cases are kept.

    Ends with `EXIT_OPEN` when a draft has something left for a person.
    """
    _check(paths, wanted)
    settings = load_settings()
    with plain_errors():
        if running_server(settings) is not None:
            fail("서버가 실행 중입니다. 민원 화면을 쓰거나 서버를 멈춘 뒤 다시 하십시오.")
        with own_assistant(settings) as assistant:
            bring_corpus(assistant, quiet=as_json)
            bring_up_to_date(assistant, quiet=as_json)
            done = _all(assistant, paths, wanted, quiet=as_json)
    if as_json:
        print_json([_fields(one) for one in done])
    else:
        click.echo("\n\n".join(_shown(one) for one in done))
    if any(one.items for one in done):
        raise SystemExit(EXIT_OPEN)


def _check(paths: tuple[Path, ...], wanted: Wanted) -> None:
    """End the command when what was typed cannot be meant."""
    if wanted.received_at is not None and moment_of(wanted.received_at) is None:
        fail("접수일시를 읽을 수 없습니다. 2026-05-04 또는 '2026-05-04 10:00'처럼 적어 주십시오.")
    if wanted.out is not None and len(paths) > 1 and not wanted.out.is_dir():
        fail("민원이 여럿이면 --out에 폴더를 적어 주십시오.")


def _all(
    assistant: Assistant, paths: tuple[Path, ...], wanted: Wanted, *, quiet: bool
) -> list[Done]:
    done = []
    with bar("초안 작성", quiet=quiet) as advance:
        for number, path in enumerate(paths, start=1):
            done.append(_answered(assistant, path, wanted))
            advance(number, len(paths))
    if wanted.out is not None:
        for path, one in zip(paths, done, strict=True):
            _write(assistant, one, path, wanted)
    return done


def _answered(assistant: Assistant, path: Path, wanted: Wanted) -> Done:
    given = Arrival(
        body="",
        number=wanted.number,
        received_at=moment_of(wanted.received_at) if wanted.received_at else None,
    )
    try:
        case = assistant.complaints.receiving.take_file(
            path.read_bytes(),
            file_name=path.name,
            given=given,
            institution_id=DEFAULT_INSTITUTION,
            officer=_officer(wanted.officer),
        )
    except OSError as error:
        fail(f"파일을 열지 못했습니다: {path} ({error.strerror}).", EXIT_FAILED)
    except AssistantError as error:
        fail(f"{path}: {describe(error)}", EXIT_FAILED)
    written = asyncio.run(_letter(assistant, case))
    state = assistant.papers.get(written.paper_id, institution_id=DEFAULT_INSTITUTION)
    text = assistant.papers.export(
        written.paper_id, "txt", institution_id=DEFAULT_INSTITUTION
    ).data.decode()
    case = assistant.complaints.cases.get(case.complaint_id, institution_id=DEFAULT_INSTITUTION)
    return Done(
        case=case,
        clock=assistant.complaints.cases.clock(case),
        paper_id=written.paper_id,
        text=text,
        items=state.items,
        notices=written.notices,
    )


def _officer(typed: tuple[str, str, str] | None) -> Officer | None:
    if typed is None:
        return None
    department, name, contact = typed
    return Officer(department=department, name=name, contact=contact)


async def _letter(assistant: Assistant, case: StoredCase) -> Written:
    steps = assistant.complaints.letters.write(
        case.complaint_id, LetterRequest(), institution_id=case.institution_id
    )
    async for step in steps:
        if not isinstance(step, Progress):
            return step
    fail("초안을 만들지 못했습니다. gongmun doctor로 상태를 확인하십시오.")


def _write(assistant: Assistant, one: Done, source: Path, wanted: Wanted) -> None:
    target = wanted.out or source
    if target.is_dir():
        target = target / f"{source.stem}_답변.{wanted.format}"
    if target.exists() and not wanted.force:
        fail(f"{target}: 이미 있는 파일입니다. 덮어쓰려면 --force를 적어 주십시오.")
    exported = assistant.papers.export(
        one.paper_id, wanted.format, institution_id=DEFAULT_INSTITUTION
    )
    try:
        target.write_bytes(exported.data)
    except OSError as error:
        fail(f"{target}: 쓰지 못했습니다. 폴더와 권한을 확인하십시오. ({error.strerror})")
    click.echo(f"{target}: 초안을 썼습니다.", err=True)


def _fields(one: Done) -> dict[str, Any]:
    case, clock = one.case, one.clock
    return {
        "complaint_id": case.complaint_id,
        "paper_id": one.paper_id,
        "number": case.number,
        "title": case.title,
        "received_at": case.received_at.isoformat(),
        "kind": case.kind.value,
        "kind_name": rule_of(case.kind.value).name,
        "kind_signs": [{"text": sign.text, "reason": sign.reason} for sign in case.guess.signs],
        "due_on": clock.due_on.isoformat() if clock else None,
        "due_at": clock.due_at.isoformat() if clock and clock.due_at else None,
        "points": [
            {"text": point.text, "question": point.question, "status": point.status.value}
            for point in case.points
        ],
        "open_items": [
            {"kind": item.kind.value, "code": item.code, "text": item.text} for item in one.items
        ],
        "notices": list(one.notices),
        "text": one.text,
    }


def _shown(one: Done) -> str:
    case, clock = one.case, one.clock
    due = "공표된 처리기간을 적어야 합니다"
    if clock is not None:
        due = moment_text(clock.due_at) if clock.due_at else day_text(clock.due_on)
    signs = ", ".join(dict.fromkeys(f"‘{sign.text}’" for sign in case.guess.signs)) or "없음"
    lines = [
        f"{case.title}",
        f"종류: {rule_of(case.kind.value).name} (그렇게 본 말: {signs})",
        f"기한: {due}",
        "쟁점:",
        *(f"  - {point.text} [{_STATUS[point.status]}]" for point in case.points),
        "",
        one.text.rstrip(),
    ]
    if one.items:
        lines += ["", "승인 전에 확인할 것"]
        lines += [f"  - {item.text}" for item in one.items]
    return "\n".join(lines)
