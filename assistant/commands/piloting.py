"""`gongmun report` and `gongmun pilots`: from a folder of files to a finished report; the list."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.assembly import Assistant, build
from assistant.commands.common import (
    EXIT_FAILED,
    bar,
    fail,
    load_settings,
    own_assistant,
    plain_errors,
    print_json,
    running_server,
)
from assistant.domain import DEFAULT_INSTITUTION, Grade
from assistant.errors import NotFoundError
from assistant.flows.pilots import PilotView
from assistant.flows.report import PORTFOLIO, BuiltReport
from assistant.papers import open_items
from assistant.pilotforms import label, words
from assistant.pilots import LimitState
from assistant.remote import RemoteAssistant
from assistant.settings import Settings
from assistant.text import squeeze

_OURS = {"institution_id": DEFAULT_INSTITUTION}
_NAMES = {
    "completion": "완료보고서",
    "plan": "수행계획서",
    "interim": "중간점검",
    "supplement": "보완계획서",
    "summary": "요약",
    PORTFOLIO: "종합",
}
_INSTITUTION = "우리 기관"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for: which report, in which formats, where to."""

    kind: str
    formats: tuple[str, ...]
    out: Path
    by: str
    grade: str
    form: Path | None = None


def make_report(subject: str, wanted: Wanted) -> None:
    """Write the report on a stored pilot, or on the files of a folder, and say what is open."""
    settings = load_settings()
    with plain_errors():
        if Path(subject).is_dir():
            _from_folder(Path(subject), wanted, settings)
            return
        server = running_server(settings)
        if server is not None:
            _from_server(server, subject, wanted)
            return
        with own_assistant(settings) as assistant:
            pilot_id = "" if wanted.kind == PORTFOLIO else _pilot_id(assistant, subject)
            _write(assistant, pilot_id, wanted, stem=_stem(subject, wanted.kind))


def list_pilots(*, as_json: bool) -> None:
    """Print the portfolio: what is late first, then what is due soonest."""
    settings = load_settings()
    with plain_errors():
        server = running_server(settings)
        if server is not None:
            rows = list(server.pilots()["pilots"])
        else:
            with own_assistant(settings) as assistant:
                rows = [
                    _row(view)
                    for view in assistant.pilots.portfolio(institution_id=DEFAULT_INSTITUTION)
                ]
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("시범사용이 없습니다. 화면에서 만들거나 `gongmun report 폴더`를 쓰십시오.")
    for row in rows:
        due = row["due"]
        told = f"{due['due_on']} {due['act']}" if due else "남은 기한 없음"
        late = f", 늦은 단계 {len(row['late'])}" if row["late"] else ""
        score = f"{row['fulfilment']['text']} {row['score']['text']}"
        click.echo(f"{row['pilot_id']}  {row['title']} ({row['institution']})")
        click.echo(f"    {row['step_name'] or '마침'} · {told}{late} · {score}")


# -- from a folder ----------------------------------------------------------------------------


def _from_folder(folder: Path, wanted: Wanted, settings: Settings) -> None:
    """Read a folder in a place of its own: nothing of it stays behind."""
    with tempfile.TemporaryDirectory(prefix="gongmun-report-") as name:
        assistant = build(settings.model_copy(update={"data_dir": Path(name), "database_url": ""}))
        try:
            pilot_id = _filled(assistant, folder, wanted)
            _write(assistant, pilot_id, wanted, stem=_stem(folder.name, wanted.kind))
        finally:
            assistant.stop()


def _filled(assistant: Assistant, folder: Path, wanted: Wanted) -> str:
    """Make a pilot of the files, take over what they agree on, and print what they do not."""
    own = assistant.store.collections.list(institution_ids=(DEFAULT_INSTITUTION,))
    grade = Grade(wanted.grade)
    with bar("읽기") as advance:
        results = assistant.ingest.ingest_paths(
            [folder],
            collection_id=own[0].collection_id,
            grade=grade,
            progress=lambda _, number, total: advance(number, total),
            **_OURS,
        )
    made = assistant.pilots.create(
        folder.resolve().name, by=wanted.by, grade=grade, institution_id=DEFAULT_INSTITUTION
    )
    read = [result for result in results if result.outcome != "failed"]
    for result in results:
        if result.outcome == "failed":
            click.echo(f"읽지 못했습니다: {result.path.name}", err=True)
    if not read:
        fail(f"{folder}: 읽을 수 있는 파일이 없습니다.", EXIT_FAILED)
    for result in read:
        assistant.pilot_files.take_in(made.pilot_id, result.document_id, by=wanted.by, **_OURS)
    taken = assistant.pilot_files.accept_agreed(made.pilot_id, by=wanted.by, **_OURS)
    click.echo(
        f"파일 {len(read)}개에서 값 {taken.accepted}개를 옮겼습니다. 값마다 파일과 자리는 "
        "보고서의 ‘값의 출처’에 있습니다."
    )
    for choice in taken.conflicts:
        told = ", ".join(
            f"{words(choice.place, option.value)}({option.proposals[0].proposal.source.file_name})"
            for option in choice.options
        )
        click.echo(f"파일끼리 다른 값이라 옮기지 않았습니다: {label(choice.place)} — {told}")
    return made.pilot_id


# -- from the store or the server -------------------------------------------------------------


def _pilot_id(assistant: Assistant, named: str) -> str:
    """Return the pilot of that id, number or title; there must be one alone."""
    pilots = assistant.store.pilots.list(**_OURS)
    found = [
        each.pilot_id
        for each in pilots
        if named == each.pilot_id
        or squeeze(named) in (squeeze(each.record.code), squeeze(each.record.title))
    ]
    if len(found) != 1:
        raise NotFoundError(what="pilot")
    return found[0]


def _write(assistant: Assistant, pilot_id: str, wanted: Wanted, *, stem: str) -> None:
    if wanted.form is not None and wanted.kind != PORTFOLIO:
        data, fmt = asyncio.run(
            assistant.reports.fill(wanted.form.read_bytes(), pilot_id, wanted.kind, **_OURS)
        )
        _put(wanted.out / f"{stem}.{fmt}", data)
        return
    if wanted.kind == PORTFOLIO:
        built = asyncio.run(assistant.reports.portfolio(**_OURS))
    else:
        built = asyncio.run(assistant.reports.build(pilot_id, wanted.kind, **_OURS))
    for fmt in wanted.formats:
        file = assistant.reports.write(
            built.paper, fmt, institution=built.institution or _INSTITUTION, **_OURS
        )
        _put(wanted.out / f"{stem}.{fmt}", file.data)
    _say_open(built)


def _from_server(server: RemoteAssistant, named: str, wanted: Wanted) -> None:
    rows = server.pilots()["pilots"]
    found = [
        row["pilot_id"]
        for row in rows
        if named == row["pilot_id"] or squeeze(named) in map(squeeze, (row["code"], row["title"]))
    ]
    if len(found) != 1 or wanted.kind == PORTFOLIO:
        raise NotFoundError(what="pilot")
    for fmt in wanted.formats:
        data = server.pilot_report(found[0], kind=wanted.kind, fmt=fmt)
        _put(wanted.out / f"{_stem(named, wanted.kind)}.{fmt}", data)


def _put(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        fail(f"{path}: 쓰지 못했습니다. 폴더와 권한을 확인하십시오. ({error.strerror})")
    click.echo(f"{path}: 만들었습니다.")


def _say_open(built: BuiltReport) -> None:
    items = open_items(built.paper)
    if "no_model" in built.notices:
        click.echo("언어 모델이 없어 초안 자리에 파일의 문장을 그대로 옮겼습니다.")
    if items:
        click.echo(f"사람이 확인할 곳이 {len(items)}곳 남았습니다.")


def _stem(named: str, kind: str) -> str:
    bare = "".join("_" if ch in '\\/:*?"<>|' or not ch.isprintable() else ch for ch in named)
    return f"{bare.strip(' ._') or '시범사용'}_{_NAMES[kind]}"


def _row(view: PilotView) -> dict[str, object]:
    """Return a pilot as `/api/pilots` shows it, as far as a terminal needs it."""
    act, current = view.course.next_act, view.course.current
    figures = view.figures
    return {
        "pilot_id": view.record.pilot_id,
        "title": view.record.title,
        "code": view.record.code,
        "institution": view.record.institution.name,
        "supplier": view.record.supplier.name,
        "product": view.record.product.name,
        "step_name": current.name if current else "",
        "due": {
            "act": act.limit.act,
            "due_on": act.limit.due_on.isoformat(),
            "days": act.limit.days,
            "is_late": act.limit.state is LimitState.OVERDUE,
        }
        if act
        else None,
        "late": [{"act": e.act, "due_on": e.due_on.isoformat()} for e in view.course.late],
        "fulfilment": {"text": figures.fulfilment.rate.text},
        "score": {"text": figures.score.total.text},
        "growth": {"text": figures.growth.headline.text},
        "relevance": [{"name": f.name, "text": f.text} for f in figures.relevance.figures],
    }
