"""Cut what a citizen wrote into sentences and list items: pasted, wrapped, without full stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.complaints.shelf import pattern

_ORDINALS = "첫|둘|셋|넷|다섯|여섯|일곱"
_LABELS = ("문", "개선안", "제안", "건의", "요청", "요구", "질의", "청구", "방안", "안건")
_MARK = re.compile(
    rf"[ \t]*(?P<mark>\d{{1,2}}\.(?!\s*\d{{1,2}}\.)(?=\s)|\d{{1,2}}\)|\(\d{{1,2}}\)|[①-⑳]|"
    rf"[가나다라마바사아자차카타파하][.)](?=\s)|Q\s?\d{{0,2}}\s?[.):]|질문\s?\d{{1,2}}\s?[.):]?|"
    rf"(?:{'|'.join(_LABELS)})\s?\d{{1,2}}\s?[.):]|(?:{_ORDINALS})째(?:로|는)?[,.:]?|[-•·ㆍ○ㅇ●▶►▷*※](?=\s|[가-힣])|"
    rf"[□■◇◆▣](?=\s|[가-힣])|[ⅠⅡⅢⅣⅤⅥ]\.)[ \t]*"
)
_HEAD = re.compile(
    r"(?P<key>[가-힣][가-힣 ㆍ·]{0,14}[가-힣])(?:[ \t]?[:：][ \t]?|[ \t][-–][ \t])(?=\S)|"
    r"[(\[<〔【](?P<boxed>[가-힣][가-힣 ㆍ·]{0,10}[가-힣])[)\]>〕】][ \t]?(?=\S)"
)
_UNLABELLED = "".join(f"(?<!{label} )" for label in _LABELS)  # 개선안 1) is one mark
_INLINE = re.compile(
    rf"(?<=\s){_UNLABELLED}(?:[①-⑳]|(?:{_ORDINALS})째(?:로|는)?[,.:]?\s|\d{{1,2}}\)\s)"
)
_ENDINGS = (
    "(?:나|까|가|는지|은지|인지|세|네|군|데|어|(?<!잖)아|해|에|예|거든|고|구|지|도|래|대)요|"
    "(?:세|나)여|니다|(?<=[습입합됩갑옵둡줍십납봅낍랍답렵습])니까|니꺼|디더|이소|죠|시오"
)
_STOP = re.compile(
    r"[.?!。…]+[\"'”’)\]」』]*(?=\s|$)|(?<=[가-힣])[.?!]{2,}|(?<=[다요까죠])[.?!](?=[가-힣])|"
    r"(?<=[가-힣])\s?(?:[~ㅠㅜㅎㅋ;]|\^\^)+(?=\s|$)|"
    rf"(?:{_ENDINGS})(?=\s(?!\s*(?:아니면|혹은|또는|안\s|못\s)))"
)
_NO_STOP = re.compile(
    r"(?:^|[\s(])(?:[가나다라마바사아자차카타파하]|[A-Za-z]|\d{1,4}|Q\d{0,2}|질문 ?\d|문 ?\d)$"
)
_FINISHED = re.compile(
    r"(?:[.?!。:：…)\]]|[다요까죠음임함것지오네]|여부|니꺼|디더|이소|[ㅠㅜㅎㅋ~^;]+)$"
)
# An item that ends in what is to be done or given is not wrapped.
_ITEM_FINISHED = re.compile(
    r"(?:제공|배치|설치|도입|운영|신설|확대|개선|추가|폐지|공개|지급|지원|마련|강화|완화|단축|연장|"
    r"처벌|대책|징계|사과|보상|취소|사본|명단|내역|일체|현황|서류|자료)$"
)
_SYLLABLES, _FINALS, _MIEUM = ord("가"), 28, 16
_TITLE_MAX = 14
_BARE = re.compile(r"[가-힣]+")
_MARKS = ".?!。…~ "
_SUBJECT = re.compile(r"[가-힣](?:이|가|도)\s")
_TOPIC = re.compile(r"[가-힣](?:은|는)\s(?!게|것|거|건|데|곳|사람)")
_PERMITTED = re.compile(r"[가-힣]도\s(?=되|괜찮|좋)")  # 가도 되나요
_PERSON = re.compile(r"(?:제가|저희가|본인이|[가-힣]+(?:님|니|지|자|인|생)(?:이|가))\s")
_ASKING_WORD = re.compile(r"몇|언제|어디|어떻|어떤|어느|얼마|무엇|무슨|뭐|뭘|누구|누가|왜|며칠")
_WRAPPED_MIN = 24  # a shorter line was ended on purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A sentence or list item of a text, without its mark: `text[start:end]`.

    `mark` is the mark of the item that it begins, `item` numbers the list items (0: none), `head`
    is the heading that it stands under, or the name of the field whose value it is.
    """

    start: int
    end: int
    mark: str = ""
    item: int = 0
    head: str = ""


@dataclass(slots=True)
class _State:
    item: int = 0
    head: str = ""
    is_listing: bool = False  # the line before is an item of a list


def segments(text: str) -> tuple[Segment, ...]:
    r"""Return the sentences and list items of `text` in order.

    >>> text = "안녕하세요 접수는 언제까지 되나요\n1. 서류\n2. 기한은?"
    >>> [(s.mark, text[s.start:s.end]) for s in segments(text)][1:]
    [('', '접수는 언제까지 되나요'), ('1.', '서류'), ('2.', '기한은?')]
    """
    state = _State()
    blocks = [*_blocks(text), (len(text), len(text))]
    return tuple(
        segment
        for (start, end), (following, _) in pairwise(blocks)
        for begin, stop in _items(text, start, end)
        for segment in _of_item(text, begin, stop, state, following=following)
    )


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield lines; lines that a form or mail program wrapped are put together again."""
    held: tuple[int, int] | None = None
    at = 0
    for line in text.split("\n"):
        start, end = _trimmed(text, at, at + len(line))
        at += len(line) + 1
        if held and start < end and _goes_on(text, held) and not _begins_anew(text, start, end):
            held = (held[0], end)
            continue
        if held:
            yield held
        held = (start, end) if start < end else None
    if held:
        yield held


def _goes_on(text: str, block: tuple[int, int]) -> bool:
    last_line = text.rfind("\n", block[0], block[1]) + 1 or block[0]
    line = text[last_line : block[1]]
    is_noun_form = (ord(line[-1]) - _SYLLABLES) % _FINALS == _MIEUM  # ...함, ...줄임
    if is_noun_form or (_MARK.match(text, *block) and _ITEM_FINISHED.search(line)):
        return False
    return len(line) >= _WRAPPED_MIN and not _FINISHED.search(line)


def _begins_anew(text: str, start: int, end: int) -> bool:
    return bool(_MARK.match(text, start, end) or _HEAD.match(text, start, end))


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what stands between the marks inside a line: `① ... ② ...`."""
    cuts = [at for match in _INLINE.finditer(text, start, end) if (at := match.start()) > start]
    for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
        yield _trimmed(text, begin, stop)


def _of_item(
    text: str, start: int, end: int, state: _State, *, following: int
) -> Iterator[Segment]:
    mark = _MARK.match(text, start, end)
    if mark:
        start = mark.end()
        state.item += 1
    label = mark["mark"] if mark else ""
    local = ""
    head = _HEAD.match(text, start, end)
    if head:
        local = head["key"] or head["boxed"]
        start = head.end()
    elif mark and not state.is_listing and _is_title(text, start, end, following):
        state.head = text[start:end].strip(" :：")
        return
    state.is_listing = bool(mark) and not head
    for number, (begin, stop) in enumerate(_sentences(text, start, end)):
        yield Segment(
            start=begin,
            end=stop,
            mark=label if number == 0 else "",
            item=state.item if mark else 0,
            head=local or state.head,
        )


def _is_title(text: str, start: int, end: int, following: int) -> bool:
    """Whether a marked line is a heading: by its words, or short with plain lines below it."""
    if pattern("points.yaml", "titles").fullmatch(text, start, end):
        return True
    is_short = end - start <= _TITLE_MAX and not _FINISHED.search(text[start:end])
    return is_short and following < len(text) and not _begins_anew(text, following, len(text))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _STOP.finditer(text, start, end):
        before = text[max(begin, match.start() - 12) : match.start()]
        is_dot = match.group().startswith(".")
        if is_dot and (_NO_STOP.search(before) or (before[-1:].isdigit() and match.end() < end)):
            continue
        if match.start() < begin or _is_open(text, begin, match.start()):
            continue
        if _is_choice(text, begin, match, end):
            continue
        first, last = _trimmed(text, begin, match.end())
        if first < last:
            yield first, last
        begin = match.end()
    first, last = _trimmed(text, begin, end)
    if first < last:
        yield first, last


def _is_choice(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    """Whether the other half of a question follows without a mark.

    It is one choice where both end alike (`시청에 내나요 구청에 내나요?`), or where neither asks
    for more than yes or no and the second names no matter of its own: `내야 하나요 자동인가요?`.
    """
    following = _STOP.search(text, stop.end(), end)
    if not _BARE.fullmatch(stop.group()) or following is None:
        return False
    first = text[begin : stop.end()]
    other = text[stop.end() : following.start()] + following.group().rstrip(_MARKS)
    names = bool(_SUBJECT.search(_PERMITTED.sub(" ", other)))
    if first.split()[-1:] == other.split()[-1:]:
        return not names
    is_question = first.endswith(("나요", "까요", "가요")) and "?" in following.group()
    if not is_question or _ASKING_WORD.search(first + other):
        return False
    if _TOPIC.search(other):
        return False
    return not names or bool(_PERSON.search(first) and _PERSON.search(other))


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a quotation or bracket is open at `end`: what stands in it is not cut."""
    reach = text[start:end]
    return (
        reach.count("(") > reach.count(")")
        or reach.count("「") > reach.count("」")
        or reach.count("“") > reach.count("”")
        or reach.count('"') % 2 == 1
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, max(start + lead, start + len(piece.rstrip()))
