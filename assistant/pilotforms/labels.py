"""What stands beside a label or below a heading of the official forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from assistant.domain import Block, BlockKind
from assistant.domain.pilot_kinds import EventKind
from assistant.pilotforms import columns, values
from assistant.pilotforms.sheets import Found, Sheet, bare_heading, bare_line
from assistant.text import normalise, squeeze

Read: TypeAlias = Callable[[str], Sequence[tuple[str, str | None]]]
Below: TypeAlias = tuple[str, str, str, Block]  # place, value, heading, where the text begins

_LEAST_LABELS = 2
_ASIDE = re.compile(r"\([^()]*\)")
_LINE = re.compile(r"^(?P<label>[^:：]{1,24}?)\s*[:：]\s*(?P<value>\S.*)$")
_PLACE_IN_TEXT = re.compile(r"^(?P<name>[^()]+)\((?P<part>[^()]+)\)$")
_MEMBER = re.compile(
    r"(?P<role>부?위원장|위원)\s+(?P<name>[가-힣]{2,5})(?=\s*[(,]|\s*$)\s*(?:\((?P<aside>[^()]*)\))?"
)
_INSIDE = re.compile(r"내부|외부")
_NAME_AND_MODEL = re.compile(r"^(?P<name>[^()/]+?)\s*[(/]\s*(?P<part>[^()/]+?)\s*\)?$")
_NUMBER_BESIDE = re.compile(r"\s*[(/,]?\s*(?P<number>[\d+][\d\s.)-]{6,20}\d)\s*\)?$")


def _text(place: str) -> Read:
    return lambda text: ((place, normalise(text)),)


def _with_model(text: str) -> Sequence[tuple[str, str | None]]:
    """Take `지킴이 (K-1)`, beside a label that asks for both, apart into name and model."""
    match = _NAME_AND_MODEL.match(normalise(text))
    if match is None:
        return _product(text)
    return (*_product(match["name"]), ("product.model", match["part"].strip()))


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


def _members(text: str) -> Sequence[tuple[str, str | None]]:
    """Take "위원장 가책임(과장), 위원 나외부(교수, 외부)" apart into the members of a committee."""
    told: list[tuple[str, str | None]] = []
    for number, match in enumerate(_MEMBER.finditer(normalise(text)), start=1):
        aside = match["aside"] or ""
        outside = {True: "true", False: "false"}["외부" in aside] if _INSIDE.search(aside) else None
        prefix = f"committee.members[{number}]"
        told += [(f"{prefix}.role", match["role"]), (f"{prefix}.name", match["name"])]
        told += [(f"{prefix}.is_external", outside)]
    return tuple(told)


def _digits(place: str, length: int) -> Read:
    return lambda text: ((place, values.digits(text, (length,))),)


_NUMBERS = {
    "물품분류번호": ("product.classification_number", 8),
    "세부품명번호": ("product.detail_number", 10),
    "물품식별번호": ("product.identification_number", 8),
    "식별번호": ("product.identification_number", 8),
    "사업자등록번호": ("supplier.business_number", 10),
    "사업자번호": ("supplier.business_number", 10),
}
_LABELS: Mapping[str, Read] = {
    **dict.fromkeys(("혁신제품명", "제품명", "제품", "시범사용제품", "시범사용제품명"), _product),
    **dict.fromkeys(("제품명(모델명)", "혁신제품명(모델명)", "제품명(규격명)"), _with_model),
    **dict.fromkeys(("규격명(모델명)", "규격명", "모델명", "규격", "모델"), _text("product.model")),
    **dict.fromkeys(("제품개념", "개념"), _text("product.concept")),
    **dict.fromkeys(
        ("유형", "시범구매유형", "구매유형", "시범사용유형"),
        _one("acquisition", lambda text: values.chosen(text, values.ACQUISITIONS)),
    ),
    **dict.fromkeys(
        ("지정유형", "지정구분"),
        _one("product.designation", lambda text: values.chosen(text, values.DESIGNATIONS)),
    ),
    **dict.fromkeys(("시작일", "시범사용시작일"), _one("plan.starts_on", values.day)),
    **dict.fromkeys(("종료일", "시범사용종료일"), _one("plan.ends_on", values.day)),
    **dict.fromkeys(
        ("지원방향", "지원분야", "트랙"),
        _one("track", lambda text: values.chosen(text, values.TRACKS)),
    ),
    **{label: _digits(place, length) for label, (place, length) in _NUMBERS.items()},
    **dict.fromkeys(
        ("시범사용기관", "시범사용기관명", "수요기관", "수요기관명", "기관명"),
        _with_part("institution.name", "institution.department"),
    ),
    **dict.fromkeys(
        ("기업", "기업명", "시범사용기업", "시범사용기업명", "업체명", "공급기업"),
        _text("supplier.name"),
    ),
    **dict.fromkeys(("설치장소", "장소", "시범사용장소", "설치위치"), _text("plan.place")),
    **dict.fromkeys(("시범사용기간", "사용기간"), _period),
    **dict.fromkeys(("납품기한", "납품기간"), _one("plan.deliver_by", values.day)),
    "인도조건": _text("plan.delivery_terms"),
    "지원요청": _text("plan.support"),
    "결과물": _text("plan.deliverables"),
    **dict.fromkeys(("예상수요기관",), _text("plan.expected_users")),
    **dict.fromkeys(("참여이유", "참여사유", "신청사유"), _text("plan.reason")),
    "교육훈련": _text("plan.training"),
    **dict.fromkeys(("보고서작성일", "제출일자"), _one("report.dated_on", values.day)),
}
_MEETING: Mapping[str, Read] = {
    "일시": lambda text: (
        ("committee.held_on", values.day(text)),
        (f"events[{EventKind.COMMITTEE_HELD}].on", values.day(text)),
    ),
    **dict.fromkeys(("심의안", "안건", "심의안건"), _text("committee.agenda")),
    **dict.fromkeys(("의결", "의결사항", "심의결과"), _text("committee.decision")),
    **dict.fromkeys(("참석자", "참석위원", "참석", "심의위원"), _members),
}
# Of the institution, of the firm: which one is said by the words, or by what stands before.
_PARTIES: Mapping[str, tuple[str, str]] = {
    "이름": ("institution.name", "supplier.name"),
    "명칭": ("institution.name", "supplier.name"),
    "부서": ("institution.department", ""),
    **dict.fromkeys(
        ("사업수행담당자", "담당자", "사업담당자"), ("institution.manager", "supplier.manager")
    ),
    "책임자": ("institution.director", "supplier.director"),
    "연락처": ("institution.contact", ""),
    "사업자등록번호": ("", "supplier.business_number"),
}
# Labels that say whose they are.
_OWN: Mapping[str, str] = {
    **dict.fromkeys(("기관담당자", "기관사업수행담당자"), "institution.manager"),
    "기관책임자": "institution.director",
    **dict.fromkeys(("기업담당자", "업체담당자"), "supplier.manager"),
    "기업책임자": "supplier.director",
    "담당부서": "institution.department",
}
# Lines below these labels are of that side: 0 the institution, 1 the firm.
_SIDE_OF: Mapping[str, int] = {
    **dict.fromkeys(("시범사용기관", "시범사용기관명", "수요기관", "수요기관명", "기관명"), 0),
    **dict.fromkeys(
        ("기업", "기업명", "시범사용기업", "시범사용기업명", "업체명", "공급기업", "기업담당자"), 1
    ),
}
_HEADINGS: Mapping[str, str] = {
    "참여이유": "plan.reason",
    "개요와범위": "plan.scope",
    "개요및범위": "plan.scope",
    "참여사유": "plan.reason",
    "신청사유": "plan.reason",
    "추진배경": "plan.reason",
    "추진배경및필요성": "plan.reason",
    "시범사용범위": "plan.scope",
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
    return None not in _sides(sheet) and 0 not in _sides(sheet)


def _sides(sheet: Sheet) -> tuple[int | None, int | None]:
    institution = sheet.column(*columns.INSTITUTION)
    supplier = sheet.column(*columns.SUPPLIER, apart=(institution,))
    told = {squeeze(text) for text in sheet.told(0)}
    return (institution, supplier) if len(told & set(_PARTIES)) >= _LEAST_LABELS else (None, None)


def parties(sheet: Sheet) -> Iterator[Found]:
    """Read who is who on both sides."""
    sides = _sides(sheet)
    for row in range(len(sheet.rows)):
        places = _PARTIES.get(squeeze(sheet.cell(row, 0)), ("", ""))
        for place, column in zip(places, sides, strict=True):
            for found, value in _party(place, sheet.cell(row, column)):
                yield Found(place=found, value=value, row=row, column=column or 0)


def _party(place: str, text: str) -> Iterator[tuple[str, str | None]]:
    """Yield what a cell says of one side; a number beside a name is how to reach the office."""
    if not place or not text:
        return
    if place.endswith("business_number"):
        yield place, values.digits(text, (10,))
        return
    beside = _NUMBER_BESIDE.search(text) if place.endswith(".manager") else None
    yield place, text[: beside.start()].strip() if beside else text
    if beside and place.startswith("institution."):
        yield "institution.contact", beside["number"].strip()


def pairs(sheet: Sheet) -> Iterator[Found]:
    """Read labels with the value beside them; in the papers of a meeting only what it says.

    A table of labels has as many labels as values side by side, or remarks in a third column; and
    two labels at least that the forms know.
    """
    rows = (sheet.edge, *sheet.rows)
    found = {known for row in rows for text in row if (known := _known(text))}
    if not _is_enough(found):
        return
    is_meeting = _is_meeting(found)
    last = len(sheet.header) - 1 if len(sheet.header) % 2 == 0 else 1
    side: dict[int, int] = {}
    for index, row in enumerate(rows):
        for column in range(min(last, len(row) - 1)):
            text = row[column + 1]
            called = _known(row[column])
            if not called or not text.strip() or _known(text):
                continue
            before = side.get(column, max(side.values(), default=0))
            side[column] = _SIDE_OF.get(called, before)
            for place, value in _beside(called, text, side[column], is_meeting=is_meeting):
                yield Found(
                    place=place,
                    value=value,
                    row=index - 1,
                    column=column + 1,
                    label=normalise(row[column]),
                )


def in_lines(lines: Sequence[tuple[str, Block]]) -> Iterator[tuple[str, str, str, Block]]:
    """Yield (place, value, line, block) for lines such as "일시: 2026. 9. 10."; two at least."""
    said = [
        (called, match["value"], line, block)
        for line, block in lines
        if (match := _LINE.match(line)) and (called := _known(match["label"]))
    ]
    found = {called for called, *_ in said}
    side = 0
    for called, text, line, block in said if _is_enough(found) else ():
        side = _SIDE_OF.get(called, side)
        for place, value in _beside(called, text, side, is_meeting=_is_meeting(found)):
            if value:
                yield place, value, line, block


def _is_meeting(found: set[str]) -> bool:
    return bool(found & set(_MEETING))


def _is_enough(found: set[str]) -> bool:
    """Tell whether the labels are more than a word that stands there by chance."""
    known = set(_MEETING) if _is_meeting(found) else found & set(_LABELS)
    return len(found & known) >= _LEAST_LABELS


def _beside(
    called: str, text: str, side: int, *, is_meeting: bool
) -> Sequence[tuple[str, str | None]]:
    """Return what a value says beside its label; `side` is whose lines these are."""
    if is_meeting:
        return _MEETING[called](text) if called in _MEETING else ()
    if called in _LABELS:
        return _LABELS[called](text)
    place = _OWN.get(called) or _PARTIES.get(called, ("", ""))[side]
    return tuple(_party(place, normalise(text)))


def _known(text: str) -> str:
    """Return a label as the forms call it, empty where they know none.

    >>> _known("○ 제품명 :"), _known("제품명(모델명)"), _known("설치장소(주소)"), _known("단가")
    ('제품명', '제품명(모델명)', '설치장소', '')
    """
    bare = squeeze(bare_line(text)).rstrip(":：")
    known = _LABELS.keys() | _MEETING.keys() | _PARTIES.keys() | _OWN.keys()
    return next((each for each in (bare, _ASIDE.sub("", bare)) if each in known), "")


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
