"""`gongmun deadline`: when a case is due, how that was counted, and what comes next."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from assistant.commands.recording import (
    EVENTS,
    parse_day,
    parse_event,
    parse_moment,
    parse_period,
)
from assistant.deadlines import (
    Act,
    Article,
    Clock,
    Counting,
    Office,
    Rule,
    State,
    all_rules,
    compute,
    day_text,
    entries_of,
    moment_text,
    rule_of,
    to_ics,
    uid_of,
)
from assistant.errors import DeadlineInputError
from assistant.wording import describe

EXIT_FAILED = 1
_STATES = {
    State.RUNNING: "처리 중",
    State.WAITING: "보완을 기다림",
    State.OVERDUE: "기한이 지남",
    State.DONE: "기한 안에 마침",
    State.DONE_LATE: "기한을 넘겨 마침",
    State.TRANSFERRED: "다른 기관으로 이송함",
    State.WITHDRAWN: "취하됨",
    State.RETURNED: "되돌려 보냄",
    State.CLOSED: "종결함",
    State.OPEN: "시작할 수 있음",
}
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """What was typed; `as_of` empty means now."""

    kind: str | None
    received_at: str | None
    events: Sequence[str] = ()
    period: str | None = None
    closures: Sequence[str] = ()
    holidays: Sequence[str] = ()
    as_of: str | None = None
    label: str = ""


def count_deadline(entered: Entered, *, as_json: bool, ics: Path | None) -> None:
    """Print the clock of a case, or the kinds there are where none is named."""
    if entered.kind is None or entered.kind not in all_rules():
        _list_kinds(entered.kind, as_json=as_json)
        return
    if entered.received_at is None:
        start = rule_of(entered.kind).start
        _fail(f"{start} 일시가 없습니다. 2026-05-04 또는 '2026-05-04 10:00'처럼 적어 주십시오.")
    received_at = _read(parse_moment, entered.received_at, "일시")
    now = _read(parse_moment, entered.as_of, "기준 시각") if entered.as_of else datetime.now(UTC)
    try:
        clock = _clock(entered, entered.kind, received_at, now)
        if ics is not None:
            _write(ics, _calendar(clock, entered.label, now))
    except DeadlineInputError as error:
        _fail(describe(error))
    if as_json:
        click.echo(json.dumps(_facts(clock), ensure_ascii=False, indent=2, default=_iso))
        return
    for line in _lines(clock):
        click.echo(line)
    if ics is not None:
        click.echo(f"\n{ics}: 달력 파일을 만들었습니다.")


# -- what was typed ---------------------------------------------------------------------------


def _clock(entered: Entered, kind: str, received_at: datetime, now: datetime) -> Clock:
    off = {_read(parse_day, text, "쉬는 날"): "기관 휴무" for text in entered.closures}
    public = {_read(parse_day, text, "공휴일"): "임시공휴일" for text in entered.holidays}
    period = _read(parse_period, entered.period, "처리기간") if entered.period else None
    return compute(
        kind,
        received_at,
        [_read(parse_event, text, "있었던 일") for text in entered.events],
        now=now,
        office=Office(closures=off, temporary_holidays=public),
        period=period,
    )


def _read(parse: Callable[[str], _Read], text: str, what: str) -> _Read:
    try:
        return parse(text)
    except ValueError:
        hints = {
            "처리기간": "14일, 3근무시간, 2주, 1개월처럼 적어 주십시오.",
            "있었던 일": f"이름은 {', '.join(EVENTS)} 가운데 하나이고, "
            "'보완요구 2026-05-06 기한=2026-05-13'처럼 적습니다. --help를 보십시오.",
        }
        hint = hints.get(what, "2026-05-04 또는 '2026-05-04 10:00'처럼 적어 주십시오.")
        _fail(f"읽을 수 없는 {what}입니다: {text}. {hint}")


def _list_kinds(asked: str | None, *, as_json: bool) -> None:
    if asked is not None:
        click.echo(f"모르는 종류입니다: {asked}. 아래에서 골라 주십시오.", err=True)
    if as_json and asked is None:
        rows = [_kind(rule) for rule in all_rules().values()]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        width = max(map(len, all_rules()))
        for kind, rule in all_rules().items():
            length = str(rule.period) if rule.period else "기간을 --period로"
            click.echo(f"{kind:{width}}  {rule.name} ({length}, {rule.basis})", err=bool(asked))
    if asked is not None:
        sys.exit(EXIT_FAILED)


def _kind(rule: Rule) -> dict[str, object]:
    return {
        "kind": rule.kind,
        "name": rule.name,
        "start": rule.start,
        "period": str(rule.period) if rule.period else None,
        "basis": asdict(rule.basis),
    }


# -- what is printed --------------------------------------------------------------------------


def _lines(clock: Clock) -> Iterator[str]:
    yield f"{clock.name} — {clock.basis}"
    label = "시작할 수 있는 날" if clock.counting is Counting.BEFORE else "기한"
    due = moment_text(clock.due_at) if clock.due_at else day_text(clock.due_on)
    moving = " (세지 않는 시간이 이어지고 있어 더 늦어집니다)" if clock.is_provisional else ""
    yield f"{label}: {due}{moving}"
    yield f"상태: {_STATES[clock.state]}{_remaining(clock)}"
    own = rule_of(clock.kind).period
    if own is not None and own != clock.period:
        yield f"확인: 규정의 기간은 {own}인데 적은 대로 {clock.period}(으)로 셌습니다."
    if clock.left_out:
        yield f"확인: 기준 시각 뒤의 일 {clock.left_out}건은 넣지 않았습니다."
    yield from _block("확인할 것", (f"{one.text} {_in(one.article)}" for one in clock.findings))
    yield from _block("할 일", (_act(act) for act in clock.acts))
    yield from _block(
        "셈",
        (f"{step.text} {_in(step.article)}" if step.article else step.text
         for step in clock.working),
    )  # fmt: skip


def _remaining(clock: Clock) -> str:
    """Return what is left in words, nothing where that no longer matters."""
    left = clock.remaining
    if clock.state.is_over or clock.state is State.OPEN:
        return ""
    parts = [f"{left.days}일"] if left.days else []
    if left.minutes is not None:
        hours, minutes = divmod(left.minutes, 60)
        parts = [f"{hours}근무시간" + (f" {minutes}분" if minutes else "")]
    if left.is_late:
        return f", {' '.join(parts) or '오늘'} 지남"
    return f", {' '.join(parts)} 남음" if parts else ", 오늘이 마지막 날"


def _block(heading: str, lines: Iterator[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield heading
        yield from (f"  {line}" for line in found)


def _act(act: Act) -> str:
    when = moment_text(act.at) if act.at else day_text(act.on)
    marks = [
        word
        for word, holds in (
            ("마침", act.is_done),
            ("늦음", act.is_late),
            ("지체 없이", act.at_once),
            ("선택", act.is_optional),
        )
        if holds
    ]
    shown = f" [{', '.join(marks)}]" if marks else ""
    return f"{when} {act.text}{shown} {_in(act.article)}"


def _in(article: Article) -> str:
    return f"({article})"


def _facts(clock: Clock) -> dict[str, object]:
    facts = asdict(clock)
    return {"kind": facts.pop("kind"), "received_at": facts.pop("start"), **facts}


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


# -- calendar ---------------------------------------------------------------------------------


def _calendar(clock: Clock, label: str, now: datetime) -> str:
    entries = entries_of(clock, uid=uid_of(clock, label=label), label=label)
    if not entries:
        raise DeadlineInputError("settled")
    return to_ics(entries, stamp=now)


def _write(path: Path, text: str) -> None:
    """Write a calendar whole or not at all; nothing but a calendar is written over."""
    if path.suffix.lower() != ".ics":
        _fail(f"{path}: 달력 파일의 이름은 .ics로 끝나야 합니다.")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".gongmun-")
        with os.fdopen(handle, "wb") as target:
            target.write(text.encode())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        _fail(f"{path}: 쓰지 못했습니다. 폴더와 권한을 확인하십시오. ({error.strerror})")


def _fail(text: str) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(EXIT_FAILED)
