"""Find what evidence must carry: numbers, dates, amounts, articles and names of laws.

Spellings of the same thing (2천만원, 20,000,000원; 100분의 10, 10%) get the same canonical form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from assistant.domain import TokenKind
from assistant.grounding.folding import fold
from assistant.grounding.numerals import (
    ARABIC,
    DAYS,
    FOREIGN,
    NATIVE,
    parse_foreign,
    parse_numeral,
)
from assistant.grounding.references import find_laws, find_references


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A checkable piece of text: `canonical` is equal for spellings that mean the same.

    `value` and `unit` are there for numbers and amounts; `law` is the name that stands before
    an article reference, squeezed (`법` for 「법 제5조」, empty when none is named).
    """

    kind: TokenKind
    text: str
    canonical: str
    start: int
    end: int
    value: Fraction | None = None
    unit: str = ""
    law: str = ""


_SPELLINGS = {
    "원": "원", "일": "일간 일 날", "주": "주일 주간 주", "개월": "개월 월 달",
    "년": "개년 년 해", "근무시간": "근무시간", "시간": "시간",
    "근무일": "근무일 영업일 업무일", "분": "분", "초": "초", "명": "명 인 사람",
    "회": "회 번 차례", "차": "차", "개": "개소 개사 개 곳 가지", "건": "건", "부": "부",
    "배": "배", "점": "점", "쪽": "쪽 페이지", "세": "세 살", "시": "시", "장": "장",
    "절": "절", "편": "편", "급": "급", "단계": "단계", "등급": "등급", "위": "위",
    "대": "대", "종": "종류 종", "호": "호", "항": "항", "자": "자 글자", "통": "통",
    "권": "권", "층": "층", "면": "면", "세대": "세대", "학기": "학기", "세트": "세트",
    "식": "식", "달러": "달러", "유로": "유로", "%p": "퍼센트포인트 %포인트 %p",
    "%": "퍼센트 프로 %", "㎡": "제곱미터 ㎡", "km": "킬로미터 km", "m": "미터 m",
    "mm": "밀리미터 mm", "cm": "센티미터 cm", "kg": "kg", "t": "톤", "gb": "GB", "mb": "MB",
    "kb": "KB", "kw": "kW", "l": "리터",
}  # fmt: skip
_ALIASES = {word: unit for unit, words in _SPELLINGS.items() for word in words.split()}
_SCALE: dict[str, tuple[Fraction, str]] = {
    "주": (Fraction(7), "일"),
    "년": (Fraction(12), "개월"),
    "%": (Fraction(1, 100), "비율"),
}
# Counters are as good as a bare number (「5 이상의 기업」, 「기업 5개」); measures are not.
COUNTERS = frozenset({"개", "명", "회", "건", "대", "종", "차", "부"})
_UNIT = "|".join(sorted(map(re.escape, _ALIASES), key=len, reverse=True))
_AFTER_SPACED_UNIT = (
    r"(?=$|[^가-힣A-Za-z]|이상|이하|이내|초과|미만|이전|이후|이며|이고|입니|이다|이나|까지|부터|"
    r"동안|마다|으로|당|씩|간|전|후|안|내|중|의|에|이|가|은|는|을|를|로|과|와|도|만|인)"
)
# Every repetition is bounded: the text may be made to cost quadratic time.
_MIXED = rf"{ARABIC}(?:\s?[십백천만억조](?:\s?{ARABIC}(?=\s?[십백천만억조]|\s?원))?){{0,12}}"
_SIGNS = "[일이삼사오육륙칠팔구십백천만억]{0,12}"
_HANGUL = rf"(?:(?<![가-힣\d])(?<!\d )|(?<=금)){_SIGNS}[십백천만억]{_SIGNS}"
_SINO_UNIT = r"원|일간|일|개월|년|명|인|회|퍼센트|시간|주|개|건|점|배"
_NUM = rf"(?:{_MIXED}|[일이삼사오육칠팔구십백천만]{{1,12}})"

_DATE = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d{2}|'\d{2})\s?(?:년|[.\-/])\s?(?P<m>\d{1,2})\s?(?:월|[.\-/])"
    r"(?:\s?(?P<d>\d{1,2})(?!\d)(?:\s?일(?!부)|\.)?)?"
)
_MONTH_DAY = re.compile(r"(?<!\d)(?P<m>\d{1,2})월\s?(?P<d>\d{1,2})일")
_YEAR = re.compile(r"(?<![\d.,])(?:(?P<y>(?:19|20)\d{2})|'(?P<s>\d{2}))\s?년(?!간)")
_RATIO = re.compile(rf"(?P<below>{_NUM})\s?분의\s?(?P<above>{_NUM})")
_SLASH = re.compile(r"(?<![\d/.])(?P<above>\d{1,2})/(?P<below>\d{1,3})(?![\d/])")
_HALF = re.compile(
    r"(?<![가-힣])절반(?:(?![가-힣]{2})|(?=으로|에서|까지|이상|이하|가량|정도|가까이|이나|만큼))"
)
_CLOCK = re.compile(r"(?<!\d)(?P<h>[01]?\d|2[0-4]):(?P<m>[0-5]\d)(?!\d)")
_CODE = re.compile(
    r"(?=[A-Za-z0-9\-_]{0,60}[A-Za-z])(?=[A-Za-z\-_]{0,60}\d|[A-Za-z0-9]{1,60}[-_][A-Za-z0-9])"
    r"[A-Za-z0-9]{1,60}(?:[-_.][A-Za-z0-9]{1,60}){0,12}(?:[-_][가-힣]{1,30})?"
    r"|(?<!\d)\d{1,60}(?:-\d{1,60}){1,12}"
)
_NATIVE = re.compile(
    r"(?<![가-힣])(?P<n>" + "|".join(sorted(NATIVE, key=len, reverse=True)) + r")\s?"
    r"(?P<u>차례|번|사람|명|개월|개|곳|가지|건|달|해|시간|배|주|회)(?![째쯤])" + _AFTER_SPACED_UNIT
)
_SIGNS_OF_UNITS = {"日": "일", "月": "개월", "年": "년", "名": "명", "週": "주"}
_FOREIGN = re.compile(
    rf"(?<![A-Za-z가-힣一-龥])(?P<n>{FOREIGN})(?:(?P<s>[日月年名週])|(?:(?<=[A-Za-zⅠ-ⅿ]) )?"
    rf"(?P<u>{_UNIT})){_AFTER_SPACED_UNIT}"
)
# A quantity that only says about how much: in a source it has to stand in the same words.
_VAGUE = re.compile(
    r"(?<![가-힣])(?P<n>두어|서너|너댓|대여섯|예닐곱|여남은|수십|수백|수천|반)\s?"
    rf"(?P<u>년|달|개월|주|일|시간|명|건|차례|만\s?원|억\s?원){_AFTER_SPACED_UNIT}"
)
_DAY_WORD = re.compile(
    r"(?<![가-힣])(?:" + "|".join(sorted(DAYS, key=len, reverse=True)) + ")" + _AFTER_SPACED_UNIT
)
_SINO = re.compile(rf"(?P<n>{_HANGUL})\s?(?P<u>{_SINO_UNIT})(?![가-힣]반)")
_NUMBER = re.compile(
    rf"(?<![A-Za-z\d.,])(?P<n>{_MIXED})(?:(?P<u>{_UNIT})|\s(?P<v>{_UNIT}){_AFTER_SPACED_UNIT})?"
)
_IDIOMS = re.compile(r"다시 한\s?번|한\s?번 더|제\s?[3삼]\s?자|어느 한|만일|한번에")
_LIST_MARK = re.compile(
    r"(?m)^\s{0,40}\(?(?:\d{1,2}(?:의\d{1,2})?\\?[.)](?!\d)|[가나다라마바사아자차카타파하]\\?[.)])(?=\s|\S)"
)


def _plain(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.10g}"


def _number(match: re.Match[str], value: Fraction, unit: str) -> Token:
    canonical_unit = _ALIASES.get(unit, unit)
    factor, canonical_unit = _SCALE.get(canonical_unit, (Fraction(1), canonical_unit))
    value *= factor
    return Token(
        kind=TokenKind.AMOUNT if canonical_unit == "원" else TokenKind.NUMBER,
        text=match[0],
        canonical=f"{_plain(value)}{canonical_unit}",
        start=match.start(),
        end=match.end(),
        value=value,
        unit=canonical_unit,
    )


def _date(match: re.Match[str], canonical: str) -> Token:
    return Token(
        kind=TokenKind.DATE,
        text=match[0],
        canonical=canonical,
        start=match.start(),
        end=match.end(),
    )


def _full_date(match: re.Match[str]) -> Token | None:
    year, month, day = match["y"], int(match["m"]), match["d"]
    if not 1 <= month <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    century = f"20{year[1:]}" if year.startswith("'") else year
    return _date(match, f"{century}-{month:02}" + (f"-{int(day):02}" if day else ""))


def _month_day(match: re.Match[str]) -> Token | None:
    return _date(match, f"--{int(match['m']):02}-{int(match['d']):02}")


def _year(match: re.Match[str]) -> Token | None:
    return _date(match, match["y"] or f"20{match['s']}")


def _ratio(match: re.Match[str]) -> Token | None:
    below = parse_numeral(match["below"])
    if not below:
        return None
    value = parse_numeral(match["above"]) / below
    token = _number(match, value, "비율")
    return token if value < 10 else None


def _half(match: re.Match[str]) -> Token | None:
    return _number(match, Fraction(1, 2), "비율")


def _clock(match: re.Match[str]) -> Token | None:
    return _number(match, Fraction(int(match["h"])) + Fraction(int(match["m"]), 60), "시")


def _code(match: re.Match[str]) -> Token | None:
    if re.fullmatch(rf"{ARABIC}(?:{_UNIT})", match[0]):
        return None
    return Token(
        kind=TokenKind.NUMBER,
        text=match[0],
        canonical=f"code:{match[0].casefold()}",
        start=match.start(),
        end=match.end(),
    )


def _foreign(match: re.Match[str]) -> Token | None:
    unit = _SIGNS_OF_UNITS.get(match["s"] or "") or match["u"]
    return _number(match, parse_foreign(match["n"]), unit)


def _vague(match: re.Match[str]) -> Token | None:
    return Token(
        kind=TokenKind.NUMBER,
        text=match[0],
        canonical=f"about:{''.join(match[0].split())}",
        start=match.start(),
        end=match.end(),
    )


def _native(match: re.Match[str]) -> Token | None:
    return _number(match, Fraction(NATIVE[match["n"]]), match["u"])


def _day_word(match: re.Match[str]) -> Token | None:
    return _number(match, Fraction(DAYS[match[0]]), "일")


def _sino(match: re.Match[str]) -> Token | None:
    return _number(match, parse_numeral(match["n"]), match["u"])


def _plain_number(match: re.Match[str]) -> Token | None:
    unit = match["u"] or match["v"] or ""
    value = parse_numeral(match["n"])
    afternoon = unit == "시" and match.string[: match.start()].rstrip().endswith("오후")
    return _number(match, value + 12 if afternoon and value < 12 else value, unit)


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Token | None]], ...] = (
    (_DATE, _full_date),
    (_MONTH_DAY, _month_day),
    (_YEAR, _year),
    (_RATIO, _ratio),
    (_SLASH, _ratio),
    (_CLOCK, _clock),
    (_FOREIGN, _foreign),
    (_VAGUE, _vague),
    (_CODE, _code),
    (_HALF, _half),
    (_DAY_WORD, _day_word),
    (_NATIVE, _native),
    (_SINO, _sino),
    (_NUMBER, _plain_number),
)


def _blank(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Overwrite spans by a mark that no reader takes, keeping every offset."""
    out = list(text)
    for start, end in spans:
        out[start:end] = "\x00" * (end - start)
    return "".join(out)


def _inherit_units(tokens: list[Token], text: str) -> list[Token]:
    """Give the 10 of `10~20일` the unit of its partner."""
    out = list(tokens)
    for index in range(len(out) - 1):
        first, second = out[index], out[index + 1]
        between = text[first.end : second.start]
        if (
            first.value is None
            or first.unit
            or not second.unit
            or between.strip() not in {"~", "-"}
        ):
            continue
        factor = {"개월": 12 if "년" in second.text else 1, "비율": Fraction(1, 100)}.get(
            second.unit, 1
        )
        value = first.value * factor
        out[index] = replace(
            first,
            value=value,
            unit=second.unit,
            kind=second.kind,
            canonical=f"{_plain(value)}{second.unit}",
        )
    return out


def extract_tokens(text: str, names: Sequence[str] = ()) -> list[Token]:
    """Return every number, date, amount, article and law name of `text`, in order.

    `names` are squeezed titles that are known, found however they are spaced.

    >>> [t.canonical for t in extract_tokens("2천만원의 10%를 7일 안에 제36조제1항에 따라 낸다.")]
    ['20000000원', '0.1비율', '7일', '제36조제1항']
    >>> [t.canonical for t in extract_tokens("2026. 2. 3.과 2026년 2월 3일")]
    ['2026-02-03', '2026-02-03']
    """
    folded = fold(text)
    laws_here = find_laws(folded, names)
    tokens = [
        Token(
            kind=TokenKind.ARTICLE,
            text=text[found.start : found.end],
            canonical=found.canonical,
            start=found.start,
            end=found.end,
            law=found.law,
        )
        for found in find_references(folded, laws_here)
    ]
    laws = [
        Token(kind=TokenKind.LAW, text=text[start:end], canonical=name, start=start, end=end)
        for start, end, name in laws_here
    ]
    rest = _blank(folded, ((t.start, t.end) for t in (*tokens, *laws)))
    rest = _blank(rest, (m.span() for m in _IDIOMS.finditer(rest)))
    rest = _blank(rest, (m.span() for m in _LIST_MARK.finditer(rest)))
    for pattern, read in _READERS:
        found_here = [token for match in pattern.finditer(rest) if (token := read(match))]
        rest = _blank(rest, ((t.start, t.end) for t in found_here))
        tokens += [replace(t, text=text[t.start : t.end]) for t in found_here]
    tokens += laws
    tokens.sort(key=lambda token: (token.start, token.end))
    return _inherit_units(tokens, folded)


def blank_tokens(text: str, tokens: Iterable[Token]) -> str:
    """Overwrite tokens other than names of laws by spaces: what is left is the plain content.

    >>> blank_tokens("7일 이내", extract_tokens("7일 이내"))
    '   이내'
    """
    out = list(text)
    for token in tokens:
        if token.kind is not TokenKind.LAW:
            out[token.start : token.end] = " " * (token.end - token.start)
    return "".join(out)


def same_value(claimed: Token, found: Token) -> bool:
    """Return whether `found` in a source carries `claimed` in a sentence (no articles, no laws).

    >>> one, two = extract_tokens("2월 3일"), extract_tokens("2026. 2. 3.")
    >>> same_value(one[0], two[0]), same_value(two[0], one[0])
    (True, False)
    """
    if claimed.canonical == found.canonical:
        return True
    if claimed.kind is TokenKind.DATE and found.kind is TokenKind.DATE:
        return found.canonical.startswith(f"{claimed.canonical}-") or (
            claimed.canonical.startswith("--") and found.canonical.endswith(claimed.canonical[1:])
        )
    if claimed.value is None or claimed.value != found.value:
        return False
    units = {claimed.unit, found.unit}
    return "" in units and (units <= COUNTERS | {""} or ("원" in units and claimed.value >= 10**4))
