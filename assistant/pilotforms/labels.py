"""What stands beside a label or below a heading of the official forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from assistant.domain import Block, BlockKind
from assistant.domain.pilot_kinds import EventKind
from assistant.pilotforms import values
from assistant.pilotforms.sheets import Found, Sheet, bare_heading
from assistant.text import normalise, squeeze

Read: TypeAlias = Callable[[str], Sequence[tuple[str, str | None]]]
Below: TypeAlias = tuple[str, str, str, Block]  # place, value, heading, where the text begins

_LEAST_LABELS = 2
_PLACE_IN_TEXT = re.compile(r"^(?P<name>[^()]+)\((?P<part>[^()]+)\)$")


def _text(place: str) -> Read:
    return lambda text: ((place, normalise(text)),)


def _with_part(place: str, part: str) -> Read:
    """Take `가람시(시장경제과)` apart into a name and a part of it."""

    def read(text: str) -> Sequence[tuple[str, str | None]]:
        match = _PLACE_IN_TEXT.match(normalise(text))
        if match is None or match["part"] in ("주", "유", "사", "재", "가상"):
            return ((place, normalise(text)),)
        return ((place, match["name"].strip()), (part, match["part"].strip()))

    return read


def _product(text: str) -> Sequence[tuple[str, str | None]]:
    bare = normalise(text).removesuffix("(인공지능)").strip()
    is_ai = "true" if bare != normalise(text) else None
    return (("product.name", bare), ("product.is_ai", is_ai))


def _period(text: str) -> Sequence[tuple[str, str | None]]:
    found = values.dates(text)
    return (("plan.starts_on", found[0]), ("plan.ends_on", found[1])) if len(found) == 2 else ()


def _one(place: str, read: Callable[[str], str | None]) -> Read:
    return lambda text: ((place, read(text)),)


def _digits(place: str, length: int) -> Read:
    return lambda text: ((place, values.digits(text, (length,))),)


_NUMBERS = {
    "물품분류번호": ("product.classification_number", 8),
    "세부품명번호": ("product.detail_number", 10),
    "물품식별번호": ("product.identification_number", 8),
    "사업자등록번호": ("supplier.business_number", 10),
}
_LABELS: Mapping[str, Read] = {
    **dict.fromkeys(("혁신제품명", "제품명", "제품"), _product),
    **dict.fromkeys(("규격명(모델명)", "규격명", "모델명"), _text("product.model")),
    **dict.fromkeys(("제품개념", "개념"), _text("product.concept")),
    **dict.fromkeys(
        ("유형", "시범구매유형", "구매유형"),
        _one("acquisition", lambda text: values.chosen(text, values.ACQUISITIONS)),
    ),
    "지정유형": _one("product.designation", lambda text: values.chosen(text, values.DESIGNATIONS)),
    **dict.fromkeys(
        ("지원방향", "지원분야", "트랙"),
        _one("track", lambda text: values.chosen(text, values.TRACKS)),
    ),
    **{label: _digits(place, length) for label, (place, length) in _NUMBERS.items()},
    **dict.fromkeys(
        ("시범사용기관", "시범사용기관명", "수요기관"),
        _with_part("institution.name", "institution.department"),
    ),
    **dict.fromkeys(("기업", "기업명", "시범사용기업", "시범사용기업명"), _text("supplier.name")),
    **dict.fromkeys(("설치장소", "장소", "시범사용장소"), _text("plan.place")),
    **dict.fromkeys(("시범사용기간",), _period),
    **dict.fromkeys(("납품기한", "납품기간"), _one("plan.deliver_by", values.day)),
    "인도조건": _text("plan.delivery_terms"),
    "지원요청": _text("plan.support"),
    "결과물": _text("plan.deliverables"),
    **dict.fromkeys(("예상수요기관",), _text("plan.expected_users")),
    **dict.fromkeys(("참여이유",), _text("plan.reason")),
    "교육훈련": _text("plan.training"),
    **dict.fromkeys(("보고서작성일", "제출일자"), _one("report.dated_on", values.day)),
}
_MEETING: Mapping[str, Read] = {
    "일시": lambda text: (
        ("committee.held_on", values.day(text)),
        (f"events[{EventKind.COMMITTEE_HELD}].on", values.day(text)),
    ),
    "심의안": _text("committee.agenda"),
    "안건": _text("committee.agenda"),
    **dict.fromkeys(("의결", "의결사항", "심의결과"), _text("committee.decision")),
}
_PARTIES: Mapping[str, tuple[str, str]] = {
    "이름": ("institution.name", "supplier.name"),
    "명칭": ("institution.name", "supplier.name"),
    "부서": ("institution.department", ""),
    "사업수행담당자": ("institution.manager", "supplier.manager"),
    "책임자": ("institution.director", "supplier.director"),
    "연락처": ("institution.contact", ""),
    "사업자등록번호": ("", "supplier.business_number"),
}
_HEADINGS: Mapping[str, str] = {
    "참여이유": "plan.reason",
    "개요와범위": "plan.scope",
    "개요및범위": "plan.scope",
    "교육훈련": "plan.training",
    "지원요청": "plan.support",
    "결과물": "plan.deliverables",
}
# Sections of a report with words of their own, by the beginning of their heading.
OPINIONS: Mapping[str, str] = {
    "운용목적": "efficiency",
    "효율성": "efficiency",
    "사용자편의성": "convenience",
    "편의성": "convenience",
    "안전성": "safety",
    "혁신성": "innovation",
    "문제점": "problems",
    "종합의견": "overall",
    "개선계획": "improvement",
}


def is_parties(sheet: Sheet) -> bool:
    """Tell whether the institution and the firm stand side by side."""
    return sheet.has("시범사용기관", "시범사용기업") and sheet.column("구분") == 0


def parties(sheet: Sheet) -> Iterator[Found]:
    """Read who is who on both sides."""
    columns = (sheet.column("시범사용기관"), sheet.column("시범사용기업"))
    for row in range(len(sheet.rows)):
        places = _PARTIES.get(squeeze(sheet.cell(row, 0)), ("", ""))
        for place, column in zip(places, columns, strict=True):
            text = sheet.cell(row, column)
            if not place or not text:
                continue
            value = values.digits(text, (10,)) if place.endswith("business_number") else text
            yield Found(place=place, value=value, row=row, column=column or 0)


def pairs(sheet: Sheet) -> Iterator[Found]:
    """Read labels with the value beside them; in the papers of a meeting only what it says.

    A table of labels has as many labels as values side by side, and two labels at least.
    """
    rows = (sheet.header, *sheet.rows)
    found = {squeeze(text) for row in rows for text in row}
    known = _MEETING if found & set(_MEETING) else _LABELS
    if len(sheet.header) % 2 or len(found & set(known)) < _LEAST_LABELS:
        return
    for index, row in enumerate(rows):
        for column in range(len(row) - 1):
            read = known.get(squeeze(row[column]))
            text = row[column + 1]
            if read is None or not text.strip() or squeeze(text) in known:
                continue
            for place, value in read(text):
                yield Found(
                    place=place,
                    value=value,
                    row=index - 1,
                    column=column + 1,
                    label=normalise(row[column]),
                )


def below_headings(blocks: Sequence[Block], *, is_report: bool) -> Iterator[Below]:
    """Yield (place, value, heading, first block) for the text below headings the forms name."""
    heading, said = "", list[Block]()
    for block in (*blocks, None):
        if block is None or block.kind is BlockKind.HEADING or _is_numbered(block):
            yield from _below(heading, said, is_report=is_report)
            heading, said = ("" if block is None else bare_heading(block.text)), []
        elif block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.text.strip():
            said.append(block)


def _is_numbered(block: Block) -> bool:
    """Tell whether a paragraph is a heading that its reader did not know as one."""
    text = normalise(block.text)
    return (
        block.kind is BlockKind.PARAGRAPH
        and len(text) <= 20
        and bare_heading(text) != text
        and squeeze(bare_heading(text)) in _HEADINGS
    )


def _below(heading: str, blocks: list[Block], *, is_report: bool) -> Iterator[Below]:
    bare = squeeze(heading)
    said = [block for block in blocks if not normalise(block.text).startswith("표:")]
    if not said:
        return
    value = " ".join(normalise(block.text) for block in said)
    if bare in _HEADINGS:
        yield _HEADINGS[bare], value, heading, said[0]
    if is_report:
        for word, section in OPINIONS.items():
            if bare.startswith(word):
                yield f"report.opinions[{section}].text", value, heading, said[0]
                return
