"""`gongmun complaint`: a complaint of any format to a checked draft, on the terminal."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
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
from assistant.domain import DEFAULT_INSTITUTION
from assistant.domain.complaints import Officer, PointStatus
from assistant.errors import AssistantError
from assistant.flows.complaint.drafting import Progress, Written
from assistant.flows.complaint.intake import Arrival, moment_of
from assistant.flows.complaint.letters import LetterRequest
from assistant.remote import RemoteAssistant
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
    """A complaint with its draft: the fields that are told, and the file that was asked for."""

    fields: dict[str, Any]
    data: bytes | None


def answer_complaints(paths: tuple[Path, ...], wanted: Wanted, *, as_json: bool) -> None:
    """Print kind, date, points and draft of each file; the cases are kept.

    Through the running server where there is one. Ends with `EXIT_OPEN` when a draft has something
    left for a person.
    """
    _check(paths, wanted)
    settings = load_settings()
    with plain_errors():
        server = running_server(settings)
        if server is not None:
            done = _all(paths, wanted, lambda path: _asked_of(server, path, wanted), quiet=as_json)
        else:
            with own_assistant(settings) as assistant:
                bring_corpus(assistant, quiet=as_json)
                bring_up_to_date(assistant, quiet=as_json)
                done = _all(
                    paths, wanted, lambda path: _answered(assistant, path, wanted), quiet=as_json
                )
    if as_json:
        print_json([one.fields for one in done])
    else:
        click.echo("\n\n".join(_shown(one.fields) for one in done))
    if any(one.fields["open_items"] for one in done):
        raise SystemExit(EXIT_OPEN)


def _check(paths: tuple[Path, ...], wanted: Wanted) -> None:
    """End the command when what was typed cannot be meant."""
    if wanted.received_at is not None and moment_of(wanted.received_at) is None:
        fail("접수일시를 읽을 수 없습니다. 2026-05-04 또는 '2026-05-04 10:00'처럼 적어 주십시오.")
    if wanted.out is not None and len(paths) > 1 and not wanted.out.is_dir():
        fail("민원이 여럿이면 --out에 폴더를 적어 주십시오.")


def _all(
    paths: tuple[Path, ...], wanted: Wanted, answer: Callable[[Path], Done], *, quiet: bool
) -> list[Done]:
    done = []
    with bar("초안 작성", quiet=quiet) as advance:
        for number, path in enumerate(paths, start=1):
            done.append(answer(path))
            advance(number, len(paths))
    for path, one in zip(paths, done, strict=True):
        if one.data is not None:
            _write(one.data, path, wanted)
    return done


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        fail(f"파일을 열지 못했습니다: {path} ({error.strerror}).", EXIT_FAILED)


# -- in this process --------------------------------------------------------------------------


def _answered(assistant: Assistant, path: Path, wanted: Wanted) -> Done:
    given = Arrival(
        body="",
        number=wanted.number,
        received_at=moment_of(wanted.received_at) if wanted.received_at else None,
    )
    ours = DEFAULT_INSTITUTION
    try:
        case = assistant.complaints.receiving.take_file(
            _read(path),
            file_name=path.name,
            given=given,
            officer=_officer(wanted.officer),
            institution_id=ours,
        )
    except AssistantError as error:
        fail(f"{path}: {describe(error)}", EXIT_FAILED)
    written = asyncio.run(_letter(assistant, case))
    paper_id, papers = written.paper_id, assistant.papers
    items = papers.get(paper_id, institution_id=ours).items
    text = papers.export(paper_id, "txt", institution_id=ours).data.decode()
    case = assistant.complaints.cases.get(case.complaint_id, institution_id=ours)
    clock = assistant.complaints.cases.clock(case)
    return Done(
        fields=_fields(case, clock)
        | {
            "paper_id": paper_id,
            "open_items": [
                {"kind": item.kind.value, "code": item.code, "text": item.text} for item in items
            ],
            "notices": list(written.notices),
            "text": text,
        },
        data=papers.export(paper_id, wanted.format, institution_id=ours).data
        if wanted.out
        else None,
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


def _fields(case: StoredCase, clock: Clock | None) -> dict[str, Any]:
    return {
        "complaint_id": case.complaint_id,
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
    }


# -- through the server -----------------------------------------------------------------------


def _asked_of(server: RemoteAssistant, path: Path, wanted: Wanted) -> Done:
    received = moment_of(wanted.received_at) if wanted.received_at else None
    case = server.take_complaint(
        _read(path),
        file_name=path.name,
        number=wanted.number,
        received_at=received.isoformat() if received else None,
    )
    complaint_id = str(case["complaint_id"])
    if wanted.officer is not None:
        department, name, contact = wanted.officer
        officer = {"department": department, "name": name, "contact": contact}
        server.change_complaint(complaint_id, {"by": name, "officer": officer})
    written = server.write_letter(complaint_id)
    paper_id = str(written["paper_id"])
    case, items = server.complaint(complaint_id), server.draft(paper_id)["items"]
    return Done(
        fields=_told(case)
        | {
            "paper_id": paper_id,
            "open_items": [
                {name: item[name] for name in ("kind", "code", "text")} for item in items
            ],
            "notices": written["notices"],
            "text": server.draft_file(paper_id, fmt="txt").decode(),
        },
        data=server.draft_file(paper_id, fmt=wanted.format) if wanted.out else None,
    )


def _told(case: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a case as `_fields` does, from what the server shows of it."""
    plain = ("complaint_id", "number", "title", "received_at", "kind", "kind_name")
    return {name: case[name] for name in plain} | {
        "kind_signs": [
            {"text": sign["text"], "reason": sign["reason"]} for sign in case["guess"]["signs"]
        ],
        "due_on": case["due"]["on"],
        "due_at": case["due"]["at"],
        "points": [
            {name: point[name] for name in ("text", "question", "status")}
            for point in case["case_points"]
        ],
    }


# -- what is shown and kept -------------------------------------------------------------------


def _write(data: bytes, source: Path, wanted: Wanted) -> None:
    target = wanted.out or source
    if target.is_dir():
        target = target / f"{source.stem}_답변.{wanted.format}"
    if target.exists() and not wanted.force:
        fail(f"{target}: 이미 있는 파일입니다. 덮어쓰려면 --force를 적어 주십시오.")
    try:
        target.write_bytes(data)
    except OSError as error:
        fail(f"{target}: 쓰지 못했습니다. 폴더와 권한을 확인하십시오. ({error.strerror})")
    click.echo(f"{target}: 초안을 썼습니다.", err=True)


def _shown(case: dict[str, Any]) -> str:
    due = "공표된 처리기간을 적어야 합니다"
    if case["due_at"]:
        due = moment_text(datetime.fromisoformat(case["due_at"]))
    elif case["due_on"]:
        due = day_text(date.fromisoformat(case["due_on"]))
    said = dict.fromkeys(f"‘{sign['text']}’" for sign in case["kind_signs"])
    lines = [
        f"{case['title']}",
        f"종류: {case['kind_name']} (그렇게 본 말: {', '.join(said) or '없음'})",
        f"기한: {due}",
        "쟁점:",
        *(f"  - {one['text']} [{_STATUS[PointStatus(one['status'])]}]" for one in case["points"]),
        "",
        case["text"].rstrip(),
    ]
    if case["open_items"]:
        lines += ["", "승인 전에 확인할 것"]
        lines += [f"  - {item['text']}" for item in case["open_items"]]
    return "\n".join(lines)
