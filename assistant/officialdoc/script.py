"""The text that is checked: lines with their place, and the parts of an official document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.domain import BlockKind, Document
from assistant.law.articles import is_legal
from assistant.officialdoc.findings import DocumentKind
from assistant.tablegrid import table_lines
from assistant.text import squeeze

HIDDEN = "\ufffc"  # stands for what no rule may look into: addresses, file names, open places
_APART = re.compile(
    r"https?://[^\s)>」]{1,500}|www\.[^\s)>」]{1,300}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,5}"
    r"|[\w()-]{1,80}\.(?:hwpx?|pdf|docx?|xlsx?|pptx?|zip|csv|txt|html?|jpe?g|png)(?![A-Za-z])"
    r"|(?<![\w.])[A-Za-z][\w-]{0,60}(?:\.[\w-]{1,60}){0,4}\.(?:go\.kr|or\.kr|co\.kr|kr|com|org|net|gov)\b"
    r"|</?[a-z]{1,10}/?>|【[^】\n]{0,200}】|\{\{[^}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}"
)
_TABLE_LINE = re.compile(r"\s*[|│┃┌├└┏┣┗╔╠╚]")
_EMPTY_ROW = re.compile(r"^\s*\|(?:\s*\|){1,60}\s*$")
_HEAD_LINES = 15
_RECEIVER = re.compile(r"^\s*수\s?신(?:\s*[:：]\s*|\s+|$)(?P<value>.*)$")
_VIA = re.compile(r"^\s*(?:\(\s*)?경\s?유\s*\)?(?:\s*[:：]\s*|\s+|$)(?P<value>.*)$")
_TITLE = re.compile(r"^\s*제\s?목(?:\s*[:：]\s*|\s+|$)(?P<value>.*)$")
_PROSE = re.compile(r"(?:다|요|오|함|음|임|것)\s*[.?!]\s*(?:끝\.?\s*)?$")
_FOOT = re.compile(
    r"^\s*(?:[★⊙]\s*)?(?:수신자|기안자?|검토자?|결재권자|전결|대결|협조자?|시행|접수|우\s*\(?\d{5}|우\s{2,}|우편번호"
    r"|전화(?:번호)?|팩스|전송|홈페이지|누리집|전자우편|공개|부분공개|비공개|대국민|담당(?:자|부서|과)?\s*[:：]|문의처?\s*[:：]"
    r"|주무관|사무관|서기관|행정관|과장|팀장|국장|부장|실장|계장|담당관|[☎☏]|\ufffc|/)(?=\W|$)"
)
_SENDER = re.compile(
    r"^[가-힣·]{1,30}(?:장|장관|총리|대통령|지사|교육감|군수|사령관|대표|이사장)"
    r"(?:\(?(?:직인|관인|직인생략|관인생략|서명생략|인)\)?)?$"
)
_ADDRESSEE = re.compile(r"귀하\s*$")
_DATE_LINE = re.compile(r"^\s*(?:19|20)\d\d\s*[.년-]\s*\d{1,2}\s*[.월-]\s*\d{1,2}\s*[.일]?\s*$")
_END = re.compile(r"(?:[-–<〈(\[]\s?끝\s?\.?\s?[-–>〉)\]]|(?<![가-힣])끝\s?[.．]?)$")
_ATTACHMENT = re.compile(
    r"^(?P<margin>\s*)(?P<word>붙\s{0,4}임|첨\s{0,4}부(?:\s?서류|물)?|별\s?첨)(?P<gap>\s*[:：]?\s*)"
    r"(?P<rest>.*)$"
)
QUANTITY = (
    r"(?:각\s?)?\d{1,4}\s?(?:부|매|권|장|건|점|식|통|개|면|종|쪽|책|세트)(?![가-힣])"
    r"(?:\s?\([^()\n]{1,40}\))?"
)
_HAS_QUANTITY = re.compile(QUANTITY)
_REPORT_LINE = re.compile(r"^\s*(?:[Ⅰ-Ⅻ]\s?\.|[□■]\s)")
_ARTICLE_LINE = re.compile(r"^\s*(?:#+\s*)?제\s?\d{1,4}\s?조(?:의\d{1,3})?\s?\(")
_RELATED = re.compile(r"^\s*1\.\s*관련\s*[:：]")
_INEXACT = ("pdf", "html", "markdown", "spreadsheet", "csv", "excel", "presentation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line; `masked` is as long as `text` and hides what no rule may look into.

    `is_unfilled` marks the last line of a table whose last row is empty.
    """

    text: str
    masked: str
    start: int
    number: int
    block: int | None = None
    page: int | None = None
    is_table: bool = False
    is_unfilled: bool = False
    is_heading: bool = False

    @property
    def end(self) -> int:
        """Offset behind the last character that is not blank."""
        return self.start + len(self.text.rstrip())

    @property
    def is_blank(self) -> bool:
        """Whether the line shows nothing."""
        return not self.text.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class EndMark:
    """An end mark: its line, where the blanks before it begin, where it begins and ends."""

    index: int
    gap: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A text to check and its parts, as indexes of lines.

    Args:
        text: everything that is checked; places are offsets in it.
        lines: its lines.
        kind: what the document is, where that is known.
        is_exact: whether blanks are those of the author; some formats do not keep them.
        is_rule: whether it is a statute or rule, which has an order of its own.
        is_report: whether Roman numbers and □ carry the order.
        head_end: the line behind 수신, (경유) and 제목.
        foot_start: the line where 발신 명의 and what follows it begin.
        attachments: the lines of 붙임.
        marks: the end marks before the foot.
    """

    text: str
    lines: tuple[Line, ...]
    kind: DocumentKind | None
    is_exact: bool
    is_rule: bool
    is_report: bool
    head_end: int
    foot_start: int
    attachments: range
    marks: tuple[EndMark, ...]
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)

    def body(self) -> Iterator[tuple[int, Line]]:
        """Yield the lines between head and foot with their index, tables and blanks left out."""
        for index in range(self.head_end, self.foot_start):
            line = self.lines[index]
            if not line.is_table and not line.is_blank:
                yield index, line

    def shown(self) -> Iterator[Line]:
        """Yield every line that shows something."""
        return (line for line in self.lines if not line.is_blank)

    @property
    def expects_end(self) -> bool:
        """Whether the text has the shape of a document that takes an end mark."""
        if self.kind is not None:
            return self.kind in (DocumentKind.MEMO, DocumentKind.REPLY)
        if self.is_rule or self.is_report:
            return False
        has_head = "receiver" in self.heads and "title" in self.heads
        related = any(_RELATED.match(line.text) for _, line in self.body())
        return has_head or bool(self.attachments) or related


def compose(source: str | Document, kind: DocumentKind | None = None) -> Script:
    """Lay out a text or document for checking."""
    lines = tuple(_text_lines(source) if isinstance(source, str) else _document_lines(source))
    heads = _heads(lines)
    head_end = max((index for index, _ in heads.values()), default=-1) + 1
    foot_start = _foot_start(lines, head_end)
    is_report = kind is DocumentKind.REPORT or (
        kind is None and sum(1 for line in lines if _REPORT_LINE.match(line.text)) > 1
    )
    return Script(
        text=source if isinstance(source, str) else "\n".join(line.text for line in lines),
        lines=lines,
        kind=kind,
        is_exact=isinstance(source, str) or _keeps_blanks(source.media_type),
        is_rule=_is_rule(source, lines),
        is_report=is_report,
        head_end=head_end,
        foot_start=foot_start,
        attachments=_attachments(lines, head_end, foot_start),
        marks=tuple(_end_marks(lines[:foot_start])),
        heads=heads,
    )


def _keeps_blanks(media_type: str) -> bool:
    return not any(name in media_type for name in _INEXACT)


def plain_text(document: Document) -> str:
    """Return the text that places and fixes of a document's findings count in."""
    return "\n".join(line.text for line in _document_lines(document))


def _mask(text: str) -> str:
    return _APART.sub(lambda match: HIDDEN * len(match.group()), text)


def _text_lines(text: str) -> Iterator[Line]:
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        yield Line(
            text=line,
            masked=_mask(line),
            start=start,
            number=number,
            is_table=bool(_TABLE_LINE.match(line)) or line.strip().count("\t") > 1,
            is_unfilled=bool(_EMPTY_ROW.match(line)),
        )
        start += len(line) + 1


def _document_lines(document: Document) -> Iterator[Line]:
    start = number = 0
    for block in document.blocks:
        is_table = block.kind is BlockKind.TABLE
        pieces = table_lines(block) if is_table else block.text.split("\n")
        is_empty = bool(block.rows) and not any(cell.text.strip() for cell in block.rows[-1])
        for at, piece in enumerate(pieces, 1):
            number += 1
            yield Line(
                text=piece,
                masked=_mask(piece),
                start=start,
                number=number,
                block=block.locator.ordinal,
                page=block.locator.page,
                is_table=is_table and (piece.startswith("|") or len(pieces) > 1),
                is_unfilled=is_empty and at == len(pieces),
                is_heading=block.kind is BlockKind.HEADING,
            )
            start += len(piece) + 1


def _is_rule(source: str | Document, lines: Sequence[Line]) -> bool:
    if isinstance(source, Document) and is_legal(source):
        return True
    return sum(1 for line in lines if _ARTICLE_LINE.match(line.text)) > 2


def _heads(lines: Sequence[Line]) -> dict[str, tuple[int, str]]:
    """Return the line and value of 수신, (경유) and 제목, as far as they are there."""
    heads: dict[str, tuple[int, str]] = {}
    patterns = (("receiver", _RECEIVER), ("via", _VIA), ("title", _TITLE))
    for index, line in enumerate(lines[:_HEAD_LINES]):
        for name, pattern in patterns:
            match = pattern.match(line.text)
            if match and name not in heads and not (name != "title" and _PROSE.search(line.text)):
                heads[name] = (index, match["value"].strip())
    return heads


def _foot_start(lines: Sequence[Line], head_end: int) -> int:
    """Return the first of the lines at the end that are no body: sender, officers, addresses."""
    start = len(lines)
    for index in range(len(lines) - 1, head_end - 1, -1):
        line = lines[index]
        if line.is_blank:
            continue
        if not _is_foot(line):
            break
        start = index
    return start if start > head_end else len(lines)


def _is_foot(line: Line) -> bool:
    if line.is_table or _PROSE.search(line.text) or _END.search(line.text.rstrip()):
        return False
    if _FOOT.match(line.masked) or _DATE_LINE.match(line.text) or _ADDRESSEE.search(line.text):
        return True
    return bool(_SENDER.match(squeeze(line.text))) and not line.text.strip().endswith(".")


def _end_marks(lines: Sequence[Line]) -> Iterator[EndMark]:
    for index, line in enumerate(lines):
        match = None if line.is_table else _END.search(line.text.rstrip())
        if match is None:
            continue
        before = line.text[: match.start()].rstrip(" \t\u3000")
        if before and len(before) == match.start() and before[-1] not in ".)]」”’":
            continue
        yield EndMark(
            index=index,
            gap=line.start + len(before),
            start=line.start + match.start(),
            end=line.start + match.end(),
            text=match.group(),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentHead:
    """The word 붙임 as written: where it and the blanks behind it stand in their line."""

    margin: int
    word: str
    gap: str
    rest: str


def attachment_head(text: str) -> AttachmentHead | None:
    """Return the head of a line that begins with 붙임 or a word of its kind.

    >>> attachment_head("첨부: 계획서 1부.").rest
    '계획서 1부.'
    >>> attachment_head("붙임과 같이 보냅니다.") is None
    True
    """
    match = _ATTACHMENT.match(text)
    if match is None or (match["rest"] and not match["gap"] and not match["rest"][0].isdigit()):
        return None
    if _PROSE.search(_END.sub("", text.rstrip())):
        return None
    return AttachmentHead(
        margin=len(match["margin"]), word=match["word"], gap=match["gap"], rest=match["rest"]
    )


def _attachments(lines: Sequence[Line], start: int, end: int) -> range:
    """Return the lines of 붙임: the word, then each line that goes on with an entry."""
    for index in range(start, end):
        line = lines[index]
        if line.is_table or attachment_head(line.text) is None:
            continue
        stop = index + 1
        while stop < end and not lines[stop].is_table and _goes_on(lines[stop]):
            stop += 1
        if any(_HAS_QUANTITY.search(lines[at].text) for at in range(index, stop)):
            return range(index, stop)
    return range(0)


def _goes_on(line: Line) -> bool:
    bare = line.text.strip()
    if not bare or line.is_heading or _PROSE.search(bare):
        return False
    return bool(re.match(r"\d{1,2}\s?[.)]\s?\D", bare) or _HAS_QUANTITY.search(bare))
