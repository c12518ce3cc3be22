"""Identifiers with a form of their own: numbers, addresses of mail, plates, dates of birth.

A form that could be something else needs a label, and a label of something else (공고번호, 시리얼)
in front of a number rules it out. Check digits raise confidence; they never lower it to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.privacy.births import DAY
from assistant.privacy.checks import (
    is_card_number,
    is_corporation_number,
    is_foreigner_number,
    is_resident_number,
)
from assistant.privacy.forms import Form, spoken_numbers
from assistant.privacy.kinds import Finding, Kind, Reason

_LABEL_WINDOW = 28
_GAP = r"[\s.\-·~_/()]{0,3}"
_DATE6 = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_STROKE = r"(?:에|다시|하이픈|대시|이고|그리고|뒷?\s?(?:자리|번호)?(?:는|은)?)?"
_AREA = r"(?:2|3[1-3]|4[1-4]|5[1-5]|6[1-4]|70|50\d)"
_NATION = r"\(?(?:\+|\b00)\s?82\)?[\s.\-]{0,2}(?:\(0\)|0)?"
_NOT_AN_AMOUNT = r"(?!\d|[ \t]?(?:원|천원|만원|백만원|억원|퍼센트|%))"
_TAIL = r"\s{0,2}(?:은|는|이|가|을|를|의|란|[:=(\[\-]|no\.?)?\s{0,2}[:(\[]?\s{0,2}제?$"
_OTHER_THING = re.compile(
    r"(?:(?:공고|계약|식별|분류|품명|지정|접수|신청|문서|사건|관리|일련|제조|인증|허가|특허|출원|승인|송장|"
    r"법인(?:등록)?|납품요구|조달요청|사업자(?:등록)?|주문|예약|고유|자산|물품|제품|모델|부품|입찰|발주|결의|"
    r"민원|고시|훈령|예규|규격|도면|우편|보증|증권|영수증|세금계산서|회차|청구|처리|심사|과제|사업|구매|견적)"
    r"\s?(?:번호|코드)|시리얼(?:\s?(?:번호|넘버))?|serial(?:\s?(?:no\.?|number))?|s/n|바코드|품번|"
    r"모델(?:명)?|제조사코드|버전)" + _TAIL,
    re.I,
)
_PUBLIC_LINE = re.compile(
    r"(?:대표\s?(?:전화|번호)|고객\s?(?:만족\s?|지원\s?|상담\s?)?센터|콜\s?센터|상담\s?(?:센터|실|전화)|"
    r"안내\s?(?:전화|데스크|센터)|민원\s?(?:실|콜)|교환실?|당직실|종합상황실)"
    r"(?:\s?(?:전화|번호|tel\.?))*" + _TAIL,
    re.I,
)
_RESIDENT_LABEL = re.compile(r"주\s?민\s?(?:등\s?록\s?)?(?:번\s?호)?|외\s?국\s?인|거소신고")
_CORPORATION = re.compile(r"법인\s?(?:등록\s?)?번호|등기번호")
_PHONE_LABEL = re.compile(r"전화|연락|휴대|핸드폰|번호|자택|집|팩스|tel|fax|phone", re.I)
_CARD_LABEL = re.compile(r"카드|결제|card", re.I)
_BANK = re.compile(
    r"은행|뱅크|농협|신협|수협|축협|새마을금고|우체국|저축|계좌|통장|예금주|입금|송금|환불|환급|이체|"
    r"(?:국민|신한|우리|하나|기업|카카오|토스|씨티|제일)\s{0,2}$"
)
_BANK_AFTER = re.compile(
    r"[\s(,/]{0,3}(?:[가-힣A-Za-z]{0,6}(?:은행|뱅크|농협|신협|수협|금고|우체국)|예금주|계좌)"
)
_SOLE_TRADER = re.compile(r"개인\s?사업자|간이\s?과세")
_PASSPORT_LABEL = re.compile(r"여권|passport", re.I)
_VERSION = re.compile(r"(?:버전|version|ver\.?|v|규격|제)\s?$", re.I)
_DATE_LIKE = re.compile(r"(?:19|20)\d{2}[-\s](?:0?[1-9]|1[0-2])[-\s](?:0?[1-9]|[12]\d|3[01])(?!\d)")
_REGIONS = "서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_PLATE_LETTERS = (
    "가나다라마거너더러머버서어저고노도로모보소오조구누두루무부수우주바사아자허하호배육공해국합"
)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A match of a pattern and what stands around it."""

    match: re.Match[str]
    text: str

    @property
    def span(self) -> tuple[int, int]:
        return self.match.span("v")

    @property
    def digits(self) -> str:
        return re.sub(r"\D", "", self.match["v"])

    @property
    def before(self) -> str:
        start = self.span[0]
        return self.text[max(0, start - _LABEL_WINDOW) : start]

    @property
    def line_before(self) -> str:
        return self.before.rpartition("\n")[2]

    @property
    def after(self) -> str:
        end = self.span[1]
        return self.text[end : end + _LABEL_WINDOW].partition("\n")[0]

    @property
    def is_other_thing(self) -> bool:
        return _OTHER_THING.search(self.before) is not None


_Verdict = tuple[Reason, float] | None
_Judge = Callable[[_Spot], _Verdict]


def _resident(spot: _Spot) -> _Verdict:
    digits = spot.digits
    labelled = _RESIDENT_LABEL.search(spot.before) is not None
    if is_resident_number(digits) or is_foreigner_number(digits):
        verdict: _Verdict = (Reason.CHECKSUM, 1.0)
    else:
        verdict = (Reason.LABEL, 1.0) if labelled else (Reason.FORM, 0.8)
    if labelled:
        return verdict
    if spot.is_other_thing or _CORPORATION.search(spot.before + spot.after):
        return None
    of_firms = digits[6] in "09" or is_corporation_number(digits)
    return None if of_firms and _CORPORATION.search(spot.text) else verdict


def _labelled_resident(spot: _Spot) -> _Verdict:
    return (Reason.LABEL, 1.0) if len(spot.digits) == 13 else None


def _spaced_resident(spot: _Spot) -> _Verdict:
    if not re.fullmatch(_DATE6 + r"\d{7}", spot.digits):
        return None
    return _resident(spot)


def _spaced(spot: _Spot) -> _Verdict:
    """Judge single digits with gaps: what is left is a phone, a card or an account by its label."""
    if re.match(rf"0{_AREA}\d{{7,8}}$", spot.digits) and not _PUBLIC_LINE.search(spot.line_before):
        return (Reason.LABEL, 0.8) if _PHONE_LABEL.search(spot.line_before) else None
    labelled = _BANK.search(spot.line_before) or _CARD_LABEL.search(spot.line_before)
    return (Reason.LABEL, 0.8) if labelled else None


def _always(spot: _Spot) -> _Verdict:
    return None if spot.is_other_thing else (Reason.FORM, 0.9)


def _labelled(_: _Spot) -> _Verdict:
    return (Reason.LABEL, 0.95)


def _landline(spot: _Spot) -> _Verdict:
    if spot.is_other_thing or _PUBLIC_LINE.search(spot.line_before):
        return None
    if _PHONE_LABEL.search(spot.line_before):
        return (Reason.LABEL, 0.95)
    return None if spot.match["v"].isdigit() else (Reason.FORM, 0.9)


def _card(spot: _Spot) -> _Verdict:
    if _CARD_LABEL.search(spot.line_before):
        return (Reason.LABEL, 0.95)
    if spot.is_other_thing:
        return None
    if is_card_number(spot.digits):
        return (Reason.CHECKSUM, 0.95)
    return None if spot.match["v"].isdigit() else (Reason.FORM, 0.6)


def _account(spot: _Spot) -> _Verdict:
    value = spot.match["v"]
    if not 9 <= len(spot.digits) <= 16 or _DATE_LIKE.match(value) or spot.is_other_thing:
        return None
    if _BANK.search(spot.line_before) or _BANK_AFTER.match(spot.after):
        return (Reason.LABEL, 0.9)
    return None


def _passport(spot: _Spot) -> _Verdict:
    if _PASSPORT_LABEL.search(spot.line_before):
        return (Reason.LABEL, 1.0)
    return None if spot.is_other_thing else (Reason.FORM, 0.6)


def _plate(spot: _Spot) -> _Verdict:
    if re.search(r"차|번호판|vehicle", spot.line_before + spot.after[:8]):
        return (Reason.LABEL, 0.95)
    ruled_out = re.search(r"(?<![가-힣])제\s?$", spot.before) or re.search(
        r"[조호](?:\s|제)|\d[하도구]\s", spot.match["v"]
    )
    return None if ruled_out else (Reason.FORM, 0.8)


def _business(spot: _Spot) -> _Verdict:
    return (Reason.LABEL, 0.7) if _SOLE_TRADER.search(spot.text) else None


def _ip(spot: _Spot) -> _Verdict:
    if any(int(part) > 255 for part in spot.match["v"].split(".")):
        return None
    if re.search(r"\bip|아이피|접속", spot.line_before, re.I):
        return (Reason.LABEL, 0.95)
    if len(spot.digits) < 8 or _VERSION.search(spot.before):
        return None
    return (Reason.FORM, 0.7)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: Kind
    pattern: re.Pattern[str]
    judge: _Judge


def _rule(kind: Kind, pattern: str, judge: _Judge) -> _Rule:
    return _Rule(kind, re.compile(pattern, re.I), judge)


_GROUPED = rf"(?P<v>(?<!\d){_DATE6}{_GAP}{_STROKE}{_GAP}\d{{7}})(?!\d)"
_MOBILE = (
    rf"(?P<v>(?:{_NATION}|(?:\((?=01[016789]\))|(?<!\d))0)1[016789]\)?{_GAP}\d{{3,4}}"
    rf"{_GAP}\d{{4}}){_NOT_AN_AMOUNT}"
)
_LANDLINE = (
    rf"(?P<v>(?:{_NATION}|(?:\((?=0{_AREA}\))|(?<![\d.\-]))0){_AREA}\)?[\s.\-·~_/()]{{0,3}}\d{{3,4}}"
    rf"[\s.\-·~_/()]{{0,3}}\d{{4}}){_NOT_AN_AMOUNT}"
)
_RULES: Sequence[_Rule] = (
    _rule(Kind.RESIDENT_NUMBER, _GROUPED, _resident),
    _rule(
        Kind.RESIDENT_NUMBER,
        rf"주\s?민\s?(?:등\s?록\s?)?번\s?호[^\n\d]{{0,10}}(?P<v>\d{{6}}{_GAP}\d{{7}})(?!\d)",
        _labelled_resident,
    ),
    _rule(
        Kind.RESIDENT_NUMBER,
        r"(?<!\d)(?<!\d[ .\-])(?P<v>\d(?:[\s.\-·/]{1,3}\d){12})(?!\d|[ .\-]\d)",
        _spaced_resident,
    ),
    _rule(Kind.RESIDENT_NUMBER, rf"(?<!\d)(?P<v>{_DATE6}{_GAP}[1-8][*●○xX×•]{{4,6}})", _labelled),
    _rule(
        Kind.RESIDENT_NUMBER,
        r"(?:뒷|뒤)\s?(?:자리|번호)[^\n\d]{0,6}(?P<v>\d{7})(?!\d)",
        _labelled,
    ),
    _rule(
        Kind.RESIDENT_NUMBER,
        rf"(?:앞\s?(?:자리|번호)|주민(?:등록)?번호)[^\n\d]{{0,6}}(?P<v>{_DATE6})(?!\d)",
        _labelled,
    ),
    _rule(Kind.MOBILE_PHONE, _MOBILE, _always),
    _rule(
        Kind.MOBILE_PHONE,
        r"(?<!\d)(?<!\d[ .\-])(?P<v>0[\s.\-]{0,3}1[\s.\-]{0,3}[016789](?:[\s.\-]{1,3}\d){7,8})"
        r"(?!\d|[ .\-]\d)",
        _always,
    ),
    _rule(Kind.PHONE, _LANDLINE, _landline),
    _rule(
        Kind.PHONE,
        r"(?<!\d)(?<!\d[ .\-])(?P<v>\d(?:[ .\-]{1,3}\d){8,15})(?!\d|[ .\-]\d)",
        _spaced,
    ),
    _rule(Kind.CARD, r"(?<![\d\-])(?P<v>\d{4}(?:[\s\-.]{1,3}\d{4}){3})(?![\d\-])", _card),
    _rule(
        Kind.CARD,
        r"(?<![\d\-])(?P<v>3[47]\d{2}[\s\-.]{0,3}\d{6}[\s\-.]{0,3}\d{5})(?![\d\-])",
        _card,
    ),
    _rule(Kind.CARD, r"(?<![\d\-])(?P<v>\d{16})(?![\d\-])", _card),
    _rule(
        Kind.EMAIL,
        r"(?<![A-Za-z0-9._%+\-])(?P<v>[A-Za-z0-9._%+\-]{1,128} ?"
        r"(?:@|골뱅이|앳|\(at\)|\[at\]|\{at\}|\bat\b) ?[A-Za-z0-9\-]{1,63}"
        r"(?:(?:\.| \. ?| ?(?:점|쩜|닷|\(dot\)|\[dot\]|\{dot\}|\bdot\b) ?)"
        r"[A-Za-z0-9\-]{1,63}){1,5})",
        _labelled,
    ),
    _rule(
        Kind.DRIVER_LICENCE,
        r"(?<![\d\-])(?P<v>[1-2]\d[\s.\-]{1,2}\d{2}[\s.\-]{1,2}\d{6}[\s.\-]{1,2}\d{2})(?![\d\-])",
        _always,
    ),
    _rule(
        Kind.DRIVER_LICENCE,
        rf"(?P<v>(?:{_REGIONS})[\s\-]{{0,2}}\d{{2}}[\s\-]{{1,2}}\d{{6}}[\s\-]{{1,2}}\d{{2}})(?!\d)",
        _labelled,
    ),
    _rule(
        Kind.DRIVER_LICENCE,
        r"면허[^\n\d]{0,12}(?P<v>\d{2}[\s.\-]{0,2}\d{2}[\s.\-]{0,2}\d{6}[\s.\-]{0,2}\d{2})(?!\d)",
        _labelled,
    ),
    _rule(
        Kind.PASSPORT,
        r"(?:여권|passport)[^\n]{0,14}?(?<![A-Z])"
        r"(?P<v>[A-Z]{1,2}\s?\d(?:\s?\d){2}\s?[A-Z\d](?:\s?\d){3,4})"
        r"(?![A-Z\d])",
        _labelled,
    ),
    _rule(
        Kind.PASSPORT,
        r"(?<![A-Za-z0-9\-])(?P<v>[MSRODG](?:\d{8}|\d{3}[A-Z]\d{4}))(?![A-Za-z0-9])",
        _passport,
    ),
    _rule(
        Kind.VEHICLE,
        rf"(?<!\d)(?P<v>(?:(?:{_REGIONS})\s?)?\d{{2,3}}\s?[{_PLATE_LETTERS}]\s?\d{{4}})"
        r"(?!\d|[ \t]?(?:년|부|건|개|원|명))",
        _plate,
    ),
    _rule(
        Kind.BIRTH_DATE,
        rf"(?:생\s?년\s?월\s?일|생년|생일|출생(?:일자?|연월일|년월일)?|birth(?:day)?|\bDOB)[^\n\d]{{0,10}}"
        rf"(?P<v>{DAY}|\d{{8}}|\d{{6}}|\d{{1,2}}\s?월\s?\d{{1,2}}\s?일)(?!\d)",
        _labelled,
    ),
    _rule(
        Kind.BIRTH_DATE,
        rf"(?<!\d)(?P<v>{DAY}|\d{{6}})\s?(?:생(?![가-힣])|생(?:으로|이|인|입|임)|출생|에\s?태어)",
        _labelled,
    ),
    _rule(Kind.IP_ADDRESS, r"(?<![\d.])(?P<v>\d{1,3}(?:\.\d{1,3}){3})(?![\d]|\.\d)", _ip),
    _rule(Kind.BUSINESS_NUMBER, r"(?<![\d\-])(?P<v>\d{3}-\d{2}-\d{5})(?![\d\-])", _business),
    _rule(
        Kind.OTHER_ID,
        r"(?:건강보험증|보험증|군번|사번|학번|수험번호|회원번호)(?:\s?번호)?\s{0,2}[:은는]?\s{0,2}"
        r"(?P<v>\d[\d\-]{4,14}\d)",
        _labelled,
    ),
    _rule(Kind.OTHER_ID, r"(?<![A-Za-z0-9])(?P<v>P\d{12})(?!\d)", _labelled),
    _rule(
        Kind.OTHER_ID,
        r"(?:(?:카카오톡?|카톡|라인|텔레그램|인스타(?:그램)?)\s?(?:아이디|id)?|아이디|계정(?:명)?|"
        r"user\s?id)\s{0,2}[:은는]?\s{0,2}"
        r"(?P<v>@?[A-Za-z][A-Za-z0-9_.\-]{3,29})",
        _labelled,
    ),
    _rule(
        Kind.ACCOUNT,
        r"(?<![\d\-.,])(?P<v>\d{2,6}(?:\s?-\s?\d{1,8}){1,4}|\d{2,6}(?: \d{2,8}){1,4}"
        r"|\d{2,6}(?:\.\d{2,8}){2,4}|\d{9,16})"
        rf"(?![\d\-]|,\d){_NOT_AN_AMOUNT}",
        _account,
    ),
)


def find_numbers(form: Form) -> list[Finding]:
    """Return the identifiers that are known by their form, in offsets of `form`."""
    found = list(_apply(_RULES, form.text))
    for run in spoken_numbers(form):
        found.extend(_in_spoken(run, form.text))
    return found


def _apply(rules: Sequence[_Rule], text: str) -> Iterator[Finding]:
    for rule in rules:
        for match in rule.pattern.finditer(text):
            spot = _Spot(match, text)
            verdict = rule.judge(spot)
            if verdict is not None:
                yield Finding(
                    kind=_sharpened(rule.kind, spot.digits),
                    start=spot.span[0],
                    end=spot.span[1],
                    reason=verdict[0],
                    confidence=verdict[1],
                )


def _sharpened(kind: Kind, digits: str) -> Kind:
    if kind is Kind.RESIDENT_NUMBER and len(digits) >= 7 and digits[-7] in "5678":
        return Kind.FOREIGNER_NUMBER if len(digits) == 13 else kind
    return kind


_SPOKEN: Sequence[tuple[Kind, re.Pattern[str]]] = (
    (Kind.RESIDENT_NUMBER, re.compile(rf"{_DATE6}[\s.\-·~_/(),]{{0,4}}[1-8]\d{{6}}")),
    (Kind.MOBILE_PHONE, re.compile(rf"01[016789]{_GAP}\d{{4}}{_GAP}\d{{4}}")),
    (Kind.MOBILE_PHONE, re.compile(rf"01[16789]{_GAP}\d{{3}}{_GAP}\d{{4}}")),
    (Kind.PHONE, re.compile(rf"0{_AREA}{_GAP}\d{{3,4}}{_GAP}\d{{4}}")),
)


def _in_spoken(run: Form, text: str) -> Iterator[Finding]:
    for kind, pattern in _SPOKEN:
        match = pattern.search(run.text)
        if match is not None:
            start, end = run.source(match.start(), match.end())
            yield Finding(kind=kind, start=start, end=end, reason=Reason.FORM, confidence=0.9)
            return
    start, end = run.source(0, len(run.text))
    line = text[max(0, start - _LABEL_WINDOW) : start].rpartition("\n")[2]
    label = Kind.ACCOUNT if _BANK.search(line) else Kind.CARD if _CARD_LABEL.search(line) else None
    if label is not None:
        yield Finding(kind=label, start=start, end=end, reason=Reason.LABEL, confidence=0.8)
