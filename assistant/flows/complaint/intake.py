"""What comes in: a pasted text, a file, or a table with a complaint in each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from assistant.deadlines import SEOUL
from assistant.domain import Block, BlockKind, Document
from assistant.domain.complaints import Channel, ReplyForm
from assistant.errors import ComplaintInputError
from assistant.text import clean, squeeze, truncate

MAX_CHARS = 50_000
MAX_ROWS = 2_000
_TITLE_CHARS = 40
_FIRST_SENTENCE = re.compile(rf".{{7,{_TITLE_CHARS - 1}}}?(?:다|요|오|[.?!])(?=[\s.?!]|$)")
_OPENS = 9  # a day without a time begins with working hours

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": ("신청번호", "접수번호", "민원번호", "민원신청번호", "관리번호"),
    "received_at": (
        "접수일시", "접수일자", "접수일", "접수시각", "신청일시", "신청일자", "신청일", "등록일시",
        "등록일", "민원접수일",
    ),
    "channel": ("접수경로", "신청경로", "접수방법", "신청방법", "접수구분", "접수매체"),
    "title": ("제목", "민원제목", "민원명", "건명", "신청제목"),
    "body": ("내용", "민원내용", "신청내용", "민원요지", "본문", "질의내용", "상세내용"),
    "applicant": ("신청인", "민원인", "성명", "이름", "신청인성명", "민원인성명", "신청자"),
    "contact": ("연락처", "전화번호", "휴대전화", "휴대전화번호", "휴대폰", "전자우편", "이메일"),
    "reply_form": ("답변방법", "통지방법", "회신방법", "답변통지방법", "결과통지방법"),
    "applicants": ("신청인수", "연명인원", "연명수", "신청인원"),
}  # fmt: skip
_NAMES = {squeeze(name): key for key, names in _FIELDS.items() for name in names}
_CHANNELS: tuple[tuple[str, Channel], ...] = (
    (r"국민신문고|전자민원|정부24|온라인", Channel.PORTAL),
    (r"누리집|홈페이지|게시판", Channel.WEBSITE),
    (r"전자우편|이메일|e-?mail", Channel.EMAIL),
    (r"방문|창구|내방", Channel.VISIT),
    (r"우편", Channel.POST),
    (r"팩스|fax", Channel.FAX),
    (r"전화|구술", Channel.PHONE),
)
_FORMS: tuple[tuple[str, ReplyForm], ...] = (
    (r"전자우편|이메일|e-?mail", ReplyForm.EMAIL),
    (r"문자|sms|알림톡", ReplyForm.TEXT_MESSAGE),
    (r"국민신문고|전자문서|누리집|홈페이지|온라인", ReplyForm.ELECTRONIC),
    (r"전화|유선", ReplyForm.PHONE),
    (r"팩스|fax", ReplyForm.FAX),
    (r"서면|우편|문서", ReplyForm.DOCUMENT),
)
_MOMENT = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*(?:[-./]|년)\s*(?P<month>\d{1,2})\s*(?:[-./]|월)\s*"
    r"(?P<day>\d{1,2})\s*(?:일|\.)?\s*(?:\([월화수목금토일]\))?"
    r"(?:[T,\s]*(?P<half>오전|오후)?\s*(?P<hour>\d{1,2})\s*[:시]\s*(?P<minute>\d{1,2})?)?"
)
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})")
_NUMBER = re.compile(r"\b\d[A-Z]{2}-\d{4}-\d{6,7}\b")
_LABELLED = re.compile(r"^\s*(?P<name>[가-힣 ]{2,10}?)\s*[:：]\s*(?P<value>\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that came with a complaint: its name, and its text where it was read."""

    name: str = field(repr=False)
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A complaint as it came, before anything was masked.

    `applicant` and `contact` are who signed it and where to reach them; they are masked wherever
    they stand. `received_at` None means now.
    """

    body: str = field(repr=False)
    title: str = field(default="", repr=False)
    number: str = ""
    received_at: datetime | None = None
    channel: Channel = Channel.OTHER
    reply_form: ReplyForm = ReplyForm.DOCUMENT
    applicants: int = 1
    applicant: str = field(default="", repr=False)
    contact: str = field(default="", repr=False)
    attachments: tuple[Attached, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowError:
    """A row of a table that was not taken; `row` counts as the sheet does, headings being 1.

    `code` is one of: no_body, bad_date, too_long, number_twice, number_known, bad_count.
    """

    row: int
    code: str
    column: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """A table read: complaints by row, what was not taken, and which heading stood for what."""

    arrivals: tuple[tuple[int, Arrival], ...]
    errors: tuple[RowError, ...]
    columns: Mapping[str, str]
    unknown: tuple[str, ...] = ()


def checked(arrival: Arrival) -> Arrival:
    """Return an arrival with its title and texts in order.

    Raises:
        ComplaintInputError: It says nothing, or too much.
    """
    body = clean(arrival.body).strip()
    if not any(character.isalnum() for character in body):
        raise ComplaintInputError(reason="empty")
    if len(body) + sum(len(one.text) for one in arrival.attachments) > MAX_CHARS:
        raise ComplaintInputError(reason="too_long", limit=MAX_CHARS)
    title = " ".join(clean(arrival.title).split()) or _title_of(body)
    return replace(
        arrival, body=body, title=truncate(title, 200), number=clean(arrival.number).strip()[:100]
    )


def _title_of(body: str) -> str:
    r"""Return the first line that says something, without greetings; of a long one a sentence.

    >>> _title_of("안녕하세요.\n가로등이 꺼져 있습니다.\n고쳐 주세요.")
    '가로등이 꺼져 있습니다.'
    """
    lines = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    telling = [line for line in lines if not re.match(r"안녕|수고|감사", line)]
    first = (telling or lines)[0]
    sentence = _FIRST_SENTENCE.match(first) if len(first) > _TITLE_CHARS else None
    return sentence.group() if sentence else truncate(first, _TITLE_CHARS)


# -- a file -----------------------------------------------------------------------------------


def of_document(document: Document) -> Arrival:
    """Return the complaint that a file holds; `제목: …` and the like become its fields."""
    lines = list(_lines(document.blocks))
    found: dict[str, str] = {}
    rest: list[str] = []
    for line in lines:
        name, value = _labelled(line)
        if name is None or name in found:
            rest.append(line)
        elif name == "body":
            rest.append(value)
        else:
            found[name] = value
    text = "\n".join(rest).strip()
    number = found.get("number") or _first(_NUMBER, "\n".join(lines))
    return Arrival(
        body=text,
        title=found.get("title", ""),
        number=number,
        received_at=moment_of(found["received_at"]) if found.get("received_at") else None,
        channel=_channel(found.get("channel", "")),
        reply_form=_reply_form(found.get("reply_form", "")),
        applicant=found.get("applicant", ""),
        contact=found.get("contact", ""),
    )


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            for row in block.rows:
                cells = [" ".join(cell.text.split()) for cell in row]
                is_pair = len(cells) == 2 and squeeze(cells[0]) in _NAMES
                yield ": ".join(cells) if is_pair else " ".join(filter(None, cells))
        else:
            yield from block.text.splitlines()


def _labelled(line: str) -> tuple[str | None, str]:
    match = _LABELLED.match(line)
    if match is None:
        return None, line
    return _NAMES.get(squeeze(match["name"])), match["value"].strip()


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


# -- a table ----------------------------------------------------------------------------------


def of_table(document: Document, *, known_numbers: Iterable[str] = ()) -> Rows:
    """Return the complaints of a sheet, a row each, by the headings of its columns.

    Raises:
        ComplaintInputError: No row of the file names a column for the text of the complaints.
    """
    grid = [
        [" ".join(cell.text.split(" ")).strip() for cell in row]
        for block in document.blocks
        if block.kind is BlockKind.TABLE
        for row in block.rows
    ]
    head = next((at for at, row in enumerate(grid) if "body" in _columns(row).values()), None)
    if head is None:
        raise ComplaintInputError(reason="table_columns")
    if len(grid) - head - 1 > MAX_ROWS:
        raise ComplaintInputError(reason="too_many_rows", limit=MAX_ROWS)
    columns = _columns(grid[head])
    seen = set(known_numbers)
    in_table: set[str] = set()
    arrivals: list[tuple[int, Arrival]] = []
    errors: list[RowError] = []
    for number, row in enumerate(grid[head + 1 :], start=head + 2):
        if not any(cell.strip() for cell in row):
            continue
        values = {key: row[at] for at, key in columns.items() if at < len(row)}
        taken = _arrival(number, values, known=seen, in_table=in_table)
        if isinstance(taken, RowError):
            named = {key: grid[head][at] for at, key in columns.items()}
            errors.append(replace(taken, column=named.get(taken.column, "")))
        else:
            arrivals.append((number, taken))
            in_table.add(taken.number)
    return Rows(
        arrivals=tuple(arrivals),
        errors=tuple(errors),
        columns={grid[head][at]: key for at, key in columns.items()},
        unknown=tuple(name for at, name in enumerate(grid[head]) if name and at not in columns),
    )


def _columns(row: Sequence[str]) -> dict[int, str]:
    """Return what the columns of a heading row stand for; the first of two equal ones counts."""
    found: dict[int, str] = {}
    for at, name in enumerate(row):
        key = _NAMES.get(squeeze(re.sub(r"\(.*?\)|\*", "", name)))
        if key and key not in found.values():
            found[at] = key
    return found


def _arrival(
    number: int, values: Mapping[str, str], *, known: set[str], in_table: set[str]
) -> Arrival | RowError:
    case_number = values.get("number", "").strip()
    received = values.get("received_at", "").strip()
    count = values.get("applicants", "").strip().removesuffix("명").strip()
    body = values.get("body", "").strip()
    received_at = moment_of(received) if received else None
    failures: tuple[tuple[str, str, bool], ...] = (
        ("no_body", "body", not any(character.isalnum() for character in body)),
        ("too_long", "body", len(body) > MAX_CHARS),
        ("bad_date", "received_at", bool(received) and received_at is None),
        ("bad_count", "applicants", bool(count) and not count.isdecimal()),
        ("number_twice", "number", bool(case_number) and case_number in in_table),
        ("number_known", "number", bool(case_number) and case_number in known),
    )
    for code, column, fails in failures:
        if fails:
            return RowError(row=number, code=code, column=column)
    return checked(
        Arrival(
            body=body,
            title=values.get("title", ""),
            number=case_number,
            received_at=received_at,
            channel=_channel(values.get("channel", "")),
            reply_form=_reply_form(values.get("reply_form", "")),
            applicants=max(int(count or 1), 1),
            applicant=values.get("applicant", "").strip(),
            contact=values.get("contact", "").strip(),
        )
    )


# -- values -----------------------------------------------------------------------------------


def moment_of(text: str) -> datetime | None:
    """Return a time as officials and exports write it; None when it cannot be told.

    >>> moment_of("2026. 11. 23.(월) 오후 2:05"), moment_of("20261123"), moment_of("11월쯤")
    (datetime.datetime(2026, 11, 23, 14, 5, tzinfo=zoneinfo.ZoneInfo(key='Asia/Seoul')), \
datetime.datetime(2026, 11, 23, 9, 0, tzinfo=zoneinfo.ZoneInfo(key='Asia/Seoul')), None)
    """
    match = _MOMENT.match(text.strip()) or _COMPACT.fullmatch(text.strip())
    if match is None:
        return None
    facts = match.groupdict()
    hour = int(facts.get("hour") or _OPENS)
    if facts.get("half") == "오후" and hour < 12:
        hour += 12
    try:
        return datetime(
            int(facts["year"]),
            int(facts["month"]),
            int(facts["day"]),
            hour,
            int(facts.get("minute") or 0),
            tzinfo=SEOUL,
        )
    except ValueError:
        return None


def _channel(text: str) -> Channel:
    found = (one for pattern, one in _CHANNELS if re.search(pattern, text, re.IGNORECASE))
    return next(found, Channel.OTHER)


def _reply_form(text: str) -> ReplyForm:
    found = (one for pattern, one in _FORMS if re.search(pattern, text, re.IGNORECASE))
    return next(found, ReplyForm.DOCUMENT)
