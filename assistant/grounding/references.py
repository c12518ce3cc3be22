"""References to provisions and names of laws, as written in official prose.

Korean rules name provisions 제N조(의M) 제N항 제N호(의M) 가목, annexes 별표 N, forms 별지
제N호서식 and addenda 부칙 제N조 (법제처, 「법령 입안ㆍ심사 기준」).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

_ARTICLE = r"(?:제\s?(?P<a>\d{1,4})\s?조(?:의\s?(?P<ab>\d{1,3}))?)"
_PARA = r"(?:제\s?(?P<p{0}>\d{{1,3}})\s?항)"
_SUB = (
    r"(?:제\s?(?P<s{0}>\d{{1,3}})\s?호(?!\s?(?:서식|[가-힣]*차관|봉))"
    r"(?:의\s?(?P<sb{0}>\d{{1,3}}))?)"
)
_ITEM = r"(?:\s?(?P<i{0}>[가나다라마바사아자차카타파하])\s?목)?"
_BARE = (
    r"(?:(?<![제\d.])(?P<ba>\d{1,4})\s?조(?:의\s?(?P<bab>\d{1,3}))?"
    r"(?:\s?제?(?P<bp>\d{1,3})\s?항)?(?:\s?제?(?P<bs>\d{1,3})\s?호)?)"
)
_WHOLE = rf"{_ARTICLE}(?:\s?{_PARA.format('')})?(?:\s?{_SUB.format('')})?{_ITEM.format('')}"
_REFERENCE = re.compile(
    rf"(?=[제부별])(?:(?P<addenda>부칙\s?(?:<[^<>\n]{{0,40}}>\s?)?)?{_WHOLE}"
    rf"|{_PARA.format(2)}(?:\s?{_SUB.format(2)})?{_ITEM.format(2)}"
    rf"|{_SUB.format(3)}{_ITEM.format(3)}"
    r"|별표\s?(?:제?(?P<x>\d{1,3})(?:의\s?(?P<xb>\d{1,2}))?)?"
    r"|별지\s?제?(?P<f>\d{1,3})호(?:의\s?(?P<fb>\d{1,2}))?\s?(?:의\s?)?서식)"
)
_BARE_ARTICLE = re.compile(
    rf"(?:(?<=[법령칙정」])\s?|(?<=\)\s)){_BARE}(?!\s?원)"
    rf"|{_BARE.replace('<b', '<c')}(?=에 (?:따|의|규)|에서 정)"
    r"|(?<![제\d.])(?P<da>\d{1,4})\s?조(?:의\s?(?P<dab>\d{1,3}))?\s?제?(?P<dp>\d{1,3})\s?항"
    r"(?:\s?제?(?P<ds>\d{1,3})\s?호)?"
)
_BRACKETED = re.compile(r"[「『](?P<name>[^「」『』\n]{2,80})[」』]")
_FORMAL = re.compile(
    r"(?<![가-힣·])(?:[가-힣·]{1,20} ){0,9}[가-힣·]{1,20}에 관한 (?:특별|특례|기본)?"
    r"(?:법률|규정|규칙)(?: (?:시행령|시행규칙))?"
)
_SHORT = re.compile(
    r"(?<![가-힣])(?P<name>[가-힣·]{2,14}(?:법|법률|규정|규칙|지침)(?: ?(?:시행령|시행규칙))?|"
    r"[가-힣·]{2,6} (?:[가-힣·]{1,8} ){0,2}(?:기본법|보호법|특별법|진흥법|촉진법|관리법|운영법)"
    r"(?: ?(?:시행령|시행규칙))?)"
    r"(?=$|[^가-힣]|은|는|이|가|을|를|의|에|상|과|와|도|만|으로|령|제\s?\d)"
)
_COMMON = re.compile(
    r".*(?:방법|기법|사용법|이용법|수법|화법|작법|문법|불법|위법|적법|편법|탈법|준법|입법|사법|어법|산법|해법|같은법|"
    r"다른법|다른법률|관계법률|관계법|개별법|내부규정|관련규정|관계규정|특별규정|벌칙규정|이규정|이규칙|내부지침|업무지침)"
    r"|(?:계약|특별|일반|공|이|동|상|형|당해|해당|관련)법|법률|법?규정|본규정|규칙|지침|운영지침|세부지침"
)
# A phrase right before an article number is a name: 「물품구매 특수조건 제4조」.
_PLAIN_WORD = (
    r"(?!해당|관련|이 |위 |그 |동 |본 |다른|같은|현행|내부|관계|상기|따라|또한|다만|그리고|별도)"
    r"[가-힣·]{2,12}(?<![은는을를에서며고및])"
)
_PHRASE = re.compile(
    rf"(?:^|[\s,.(])((?:{_PLAIN_WORD} ){{1,5}}"
    r"(?:(?:규정|규칙|지침|고시|특수조건|조례|훈령|예규)(?=\s?제\s?\d)"
    r"|(?:운영|관리|처리|업무|구매|시행) ?(?:규정|규칙|지침)(?![가-힣]{3})))"
)
# What a sentence says that it rests on: 「보조금 관리 조례에 따라」, 「대법원 판례에 의하면」.
_RESTS = r"(?=\s?(?:에 ?(?:따라|따르|따른|의하|의거|근거|의한)|상(?![가-힣])|에서 (?:정|규정)))"
_GROUND = re.compile(
    rf"(?:^|[\s,.(])((?:{_PLAIN_WORD} ){{1,3}}(?:조례|고시|훈령|예규|판례|판결)){_RESTS}"
    rf"|(?<!법 )(?<!법률 )(?<!」 )(?<![가-힣」])(시행령|시행규칙){_RESTS}"
    r"|(?<![가-힣])((?:헌|민|상|형|세)법)(?=$|[^가-힣]|은|는|이|가|을|를|의|에|상|과|와|도|만|으로|제\s?\d)"
)
_RANK_AFTER = re.compile(r" ?(시행령|시행규칙)")
_PARTLY = (_PHRASE, _GROUND)  # of these only a group is the name
_CODES = frozenset({"헌법", "민법", "상법", "형법", "세법"})
_BACK = re.compile(
    r"(?P<back>같은 ?(?:법|영|규칙|고시|규정)|동법|이 ?(?:법|영|규칙|규정|고시|지침)(?![가-힣])"
    r"|(?<![가-힣])(?:법|영|규칙|시행령|시행규칙|법률))(?: ?(?P<suffix>시행령|시행규칙))?\s?$"
)
_GAP = re.compile(r"\s*(?:\([^()\n]{0,60}\)\s*)?")
_CHAIN = re.compile(r"^\s?(?:제?\s?|및|또는|,|·|~|-|부터|내지|과|와|에서|까지|\s)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A reference to a provision; empty fields are not named.

    `law` is the squeezed name before it (`법`, `영`, `같은법` and the like as they stand).
    """

    start: int
    end: int
    law: str = ""
    container: str = ""
    article: str = ""
    paragraph: str = ""
    subparagraph: str = ""
    item: str = ""

    @property
    def canonical(self) -> str:
        """The reference in the one spelling `제36조제1항제2호가목`, without the law."""
        return "".join((self.container, self.article, self.paragraph, self.subparagraph, self.item))


def squeeze_name(name: str) -> str:
    """Fold a law's name so that spacing, dots and `(요약)` make no difference.

    >>> squeeze_name("공기업ㆍ준정부기관 계약사무규칙(요약)")
    '공기업준정부기관계약사무규칙'
    """
    return re.sub(r"\([^()]*\)|（[^（）]*）|[\s·ㆍ・「」『』\-]", "", name)


def _numbered(form: str, number: str | None, branch: str | None = None) -> str:
    if not number:
        return ""
    return form.format(int(number)) + (f"의{int(branch)}" if branch else "")


def _read(match: re.Match[str]) -> Reference:
    group = match.groupdict()
    container = "부칙" if group.get("addenda") else ""
    if match[0].startswith("별표"):
        container = _numbered("별표{}", group["x"], group["xb"]) or "별표"
    elif match[0].startswith("별지"):
        container = _numbered("별지제{}호", group["f"], group["fb"]) + "서식"
    return Reference(
        start=match.start(),
        end=match.end(),
        container=container,
        article=_numbered("제{}조", group["a"], group["ab"]),
        paragraph=_numbered("제{}항", group["p"] or group["p2"]),
        subparagraph=_numbered(
            "제{}호",
            group["s"] or group["s2"] or group["s3"],
            group["sb"] or group["sb2"] or group["sb3"],
        ),
        item=f"{letter}목" if (letter := group["i"] or group["i2"] or group["i3"]) else "",
    )


def _read_bare(match: re.Match[str]) -> Reference:
    kind = next(letter for letter in "bcd" if match[f"{letter}a"])
    return Reference(
        start=match.start(f"{kind}a"),
        end=match.end(),
        article=_numbered("제{}조", match[f"{kind}a"], match[f"{kind}ab"]),
        paragraph=_numbered("제{}항", match[f"{kind}p"]),
        subparagraph=_numbered("제{}호", match[f"{kind}s"]),
    )


def _law_before(text: str, start: int, laws: Sequence[tuple[int, int, str]]) -> str:
    for begin, end, name in reversed(laws):
        if begin < start and end <= start:
            if _GAP.fullmatch(text[end:start]):
                return name
            break
    match = _BACK.search(text[max(0, start - 130) : start])
    if not match:
        return ""
    back, suffix = match["back"].replace(" ", ""), match["suffix"] or ""
    if not back.startswith(("같은", "동")):
        return back + suffix
    named = [name for _, end, name in laws if end < start]
    if not named:
        return back + suffix
    base = re.sub(r"(?:시행령|시행규칙)$", "", named[-1])
    if suffix:
        return base + suffix
    return {
        "같은영": f"{base}시행령",
        "같은규칙": f"{base}시행규칙",
        "같은법": base,
        "동법": base,
    }.get(back, named[-1])


def _continue(last: Reference, reference: Reference) -> Reference:
    """Complete the later links of a chain: 제5조제1항 및 제2항, 제3조제1호부터 제3호까지."""
    if reference.article:
        return replace(reference, law=last.law)
    paragraph = reference.paragraph or (last.paragraph if last.subparagraph else "")
    return replace(reference, law=last.law, article=last.article, paragraph=paragraph)


def find_references(text: str, laws: Sequence[tuple[int, int, str]]) -> list[Reference]:
    """Return the references of `text` (folded) in order, each with the law named before it.

    A chain (`「가법」 제5조 및 제6조`) hands its law on; 같은 법 means the last name.

    >>> text = "「가나 법」 제5조제2항 및 제6조의2, 별표 3"
    >>> [(r.law, r.canonical) for r in find_references(text, find_laws(text))]
    [('가나법', '제5조제2항'), ('가나법', '제6조의2'), ('', '별표3')]
    """
    found = [_read_bare(match) for match in _BARE_ARTICLE.finditer(text)]
    taken = [(reference.start, reference.end) for reference in found]
    found += [
        _read(match)
        for match in _REFERENCE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    found.sort(key=lambda reference: reference.start)
    out: list[Reference] = []
    for reference in found:
        law = _law_before(text, reference.start, laws)
        if not law and out and not reference.container:
            between = text[out[-1].end : reference.start]
            if not between or _CHAIN.match(between):
                reference = _continue(out[-1], reference)
                law = reference.law
        out.append(replace(reference, law=law))
    return out


@lru_cache(maxsize=512)
def _spaced(name: str) -> re.Pattern[str]:
    return re.compile(r"[ ·]?".join(map(re.escape, name)))


def find_laws(text: str, names: Sequence[str] = ()) -> list[tuple[int, int, str]]:
    """Return (start, end, squeezed name) of every named law, bracketed or bare, in order.

    >>> [name for _, _, name in find_laws("「민원 처리에 관한 법률」과 국가계약법 시행령의 방법")]
    ['민원처리에관한법률', '국가계약법시행령']
    """
    spans: list[tuple[int, int, str]] = []
    for match in _BRACKETED.finditer(text):
        suffix = _RANK_AFTER.match(text, match.end())
        end = suffix.end() if suffix else match.end()
        spans.append(
            (match.start(), end, squeeze_name(match["name"] + (suffix[1] if suffix else "")))
        )
    known = [_spaced(name) for name in sorted(set(names), key=len, reverse=True) if len(name) > 3]
    for pattern in (*known, _FORMAL, _SHORT, _PHRASE, _GROUND):
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0) if pattern in _PARTLY else match.span()
            suffix = _RANK_AFTER.match(text, end)
            end = suffix.end() if suffix else end
            name = squeeze_name(text[start:end])
            inside = any(start < other_end and begin < end for begin, other_end, _ in spans)
            if not inside and (len(name) >= 3 or name in _CODES) and not _COMMON.fullmatch(name):
                spans.append((start, end, name))
    return sorted(spans)


def names_same_law(claimed: str, title: str) -> bool:
    """Return whether a squeezed name means the law of that squeezed title.

    A formal name must be equal; an abbreviation must be a subsequence of the title with the same
    ending (법, 시행령, 시행규칙), as 국가계약법 is of 국가를당사자로하는계약에관한법률.

    >>> names_same_law("국가계약법", "국가를당사자로하는계약에관한법률")
    True
    >>> names_same_law("국가계약법시행령", "국가를당사자로하는계약에관한법률")
    False
    >>> names_same_law("지방계약법", "국가를당사자로하는계약에관한법률")
    False
    """
    if claimed == title:
        return True
    claimed_base, claimed_rank = _rank(claimed)
    base, rank = _rank(title)
    if claimed_rank != rank:
        return False
    if claimed_base == base or (len(base) >= 8 and claimed_base.endswith(base)):
        return True  # a bare name may have caught the words before it
    if "에관한" in claimed_base or len(claimed_base) >= 14:
        return False
    letters = iter(base)
    return all(letter in letters for letter in claimed_base)


def _rank(name: str) -> tuple[str, str]:
    for rank in ("시행령", "시행규칙"):
        if name.endswith(rank):
            return name.removesuffix(rank).removesuffix("률"), rank
    return name.removesuffix("률"), ""
