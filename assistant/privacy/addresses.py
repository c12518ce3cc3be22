"""Street addresses: by road name and by lot, with building, unit and floor.

A number after a word in 로 or 길 is an address only where a region, a label or a unit says so:
앞으로 3일 and 세로 30 have the same shape. The seat of an office is no personal data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.privacy.kinds import Finding, Kind, Reason

_PROVINCE = (
    r"(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|제주)(?:특별자치시|특별자치도|특별시|광역시|시|도)?|"
    r"(?:경기|강원|전북|충북|충남|전남|경북|경남)(?:특별자치도|도)?|(?:충청|전라|경상)[남북]도)"
)
_DISTRICT = r"[가-힣]{1,6}(?:시|군|구)"
_TOWN = r"[가-힣]{1,5}\d{0,2}(?:읍|면|동|리|가)"
_LOT_NUMBER = r"(?:산\s?)?\d{1,4}(?:\s?-\s?\d{1,4})?(?:\s?번지)?"
_COMPLEX = (
    r"[가-힣A-Za-z0-9]{1,12}(?:아파트|빌라|오피스텔|맨션|타운|주택|하이츠|연립|팰리스|자이|"
    r"캐슬|마을|단지|빌딩|타워)"
)
_NOT_A_COUNT = (
    r"(?!\d|[ \t]?(?:일|개|건|회|명|%|퍼센트|원|천원|만원|년|월|분|배|차|호선|부|번째|[mMkK㎡]|"
    r"cm|km|시간|점|등급|등|조|항|쪽|주|대|종|인|가지|년도|층|장|매|권|억|만|천|백)|[.,]\d)"
)
_ROAD = re.compile(
    r"(?:대로|로|길)\s?(?:\d{1,4}(?:번|[가-하])?\s?길\s?)?(?:지하\s?)?\d{1,4}(?:-\d{1,4})?(?:번지)?"
    + _NOT_A_COUNT
)
_LOT = re.compile(rf"(?<![가-힣0-9]){_TOWN}\s{_LOT_NUMBER}" + _NOT_A_COUNT)
_UNIT = re.compile(r"(?<![\d제])\d{1,4}\s?동\s?\d{2,5}\s?호(?!\d)")
_NAME_BEFORE = re.compile(r"[가-힣A-Za-z0-9·]{1,14}$")
_LEFT = re.compile(
    rf"(?:(?:[(\[]?\d{{5}}[)\]]?\s)?{_PROVINCE}\s?)?(?:(?<![가-힣]){_DISTRICT}\s|(?<=[시도]){_DISTRICT}\s)"
    rf"{{0,3}}(?:(?<![가-힣]){_TOWN}\s){{0,2}}$"
)
_COMPLEX_BEFORE = re.compile(rf"{_COMPLEX}\s?$")
_DETAIL = re.compile(
    rf"(?:\s?,?\s?(?:\([가-힣0-9,\s·]{{2,24}}\)|{_COMPLEX}(?![가-힣])|(?:제?\d{{1,4}}|[가-하A-Z])\s?동(?=[\s,\d])|"
    r"(?:지하\s?)?\d{1,2}\s?층|제?[A-Z]?\d{1,5}\s?호(?!\d)|[A-Z]\d{2,4}호?)){1,5}"
)
_LABEL = re.compile(
    r"(?:주\s*소(?:지)?|거\s?주(?:지|하)?|자택|집|댁|배송지|송달\s?장소|받는\s?곳|소재지?|본적|등록기준지|도로명|번지수)"
    r"\s{0,2}(?:은|는|이|가|인|로)?\s{0,2}[:=(]?\s{0,2}$"
)
_LIVES = re.compile(r"\s?에\s?(?:서\s?)?(?:살|사는|거주)|\s?거주|\s?번지")
_SEAT = re.compile(
    r"(?:청사|시청|군청|구청|도청|사무소|주민센터|복지센터)\s?[(:]?\s?$|"
    r"(?:청|부|처|위원회|공단|공사|진흥원|연구원|법원|센터)(?:의)?\s(?:주소|소재지)(?:는|은)?\s?:?\s?$"
)
_SEAT_AFTER = re.compile(
    r"[\s,(]{0,3}[가-힣]{0,8}(?:청사|시청|군청|구청|도청|사무소)(?![가-힣]*\s?(?:앞|옆|뒤))"
)
_ADVERBS = re.compile(
    r"(?:으로|별도로|그대로|이대로|제대로|절대로|앞으로|바로|새로|서로|따로|가로|세로|스스로|때로|실제로|주로|대체로|"
    r"차례로|추가로|최대로|대비로|순서로|단위로|제도로|정도로|무료로|유료로|수시로|임의로|상호로)$"
)


def find_addresses(text: str) -> list[Finding]:
    """Return the addresses of a folded text.

    >>> found = find_addresses("주소 가상시 보기구 시험로 12, 301호")
    >>> [(one.start, one.end) for one in found]
    [(3, 23)]
    """
    spans = [*_roads(text), *_lots(text), *_units(text)]
    return [
        Finding(kind=Kind.ADDRESS, start=start, end=end, reason=reason, confidence=confidence)
        for start, end, reason, confidence in spans
        if not _is_seat(text, start, end)
    ]


_Span = tuple[int, int, Reason, float]


def _is_seat(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 24) : start], text[end : end + 24]
    return bool(_SEAT.search(before) or _SEAT_AFTER.match(after))


def _detail_end(text: str, end: int) -> int:
    match = _DETAIL.match(text, end)
    return match.end() if match else end


def _judged(text: str, start: int, core: int, end: int) -> _Span | None:
    """Return the span with its evidence; `core` is where the road or the town begins."""
    detailed = _detail_end(text, end)
    if start < core:
        return start, detailed, Reason.FORM, 0.95
    if _LABEL.search(text[max(0, start - 16) : start]):
        return start, detailed, Reason.LABEL, 0.95
    if detailed > end and re.search(r"[동호]", text[end:detailed]):
        return start, detailed, Reason.FORM, 0.8
    if _LIVES.match(text, detailed):
        return start, detailed, Reason.FORM, 0.8
    return None


def _roads(text: str) -> Iterator[_Span]:
    for match in _ROAD.finditer(text):
        before = text[max(0, match.start() - 14) : match.start()]
        name = _NAME_BEFORE.search(before)
        if name is None:
            continue
        core = match.start() - len(name.group())
        road = name.group() + re.match(r"대로|로|길", match.group()).group()  # type: ignore[union-attr] # the pattern begins so
        if _ADVERBS.search(road):
            continue
        start = _left(text, core)
        if (
            start == core
            and re.match(rf"{_PROVINCE}|{_DISTRICT}(?=[가-힣])", road)
            and len(road) > 6
        ):
            yield start, _detail_end(text, match.end()), Reason.FORM, 0.8
            continue
        span = _judged(text, start, core, match.end())
        if span is not None:
            yield span


def _lots(text: str) -> Iterator[_Span]:
    for match in _LOT.finditer(text):
        start = _left(text, match.start())
        span = _judged(text, start, match.start(), match.end())
        if span is None and match.group().endswith("번지"):
            span = (start, _detail_end(text, match.end()), Reason.FORM, 0.8)
        if span is not None:
            yield span


def _units(text: str) -> Iterator[_Span]:
    for match in _UNIT.finditer(text):
        before = text[max(0, match.start() - 20) : match.start()]
        if re.search(r"청사\s?$", before):
            continue
        complex_name = _COMPLEX_BEFORE.search(before)
        start = match.start() - (len(complex_name.group()) if complex_name else 0)
        yield _left(text, start), match.end(), Reason.FORM, 0.8


def _left(text: str, core: int) -> int:
    before = text[max(0, core - 48) : core]
    match = _LEFT.search(before)
    return core - len(match.group()) if match else core
