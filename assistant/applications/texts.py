"""Values that are words: trimmed of bullets, frames and what says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.applications.marks import says_yes
from assistant.applications.readings import Reading

MAX_LINE_CHARS = 160
MAX_PASSAGE_CHARS = 600
_LEADING = re.compile(
    r"^(?:[\s\-–·ㆍ•▪▶▷◆◇■□○●ㅇ※*:=>→|.,;]|[①-⑳]|(?:\d{1,2}|[가-하])[.)](?=\s)|\(\d{1,2}\)\s)+"
)
_TRAILING = re.compile(r"[\s\-–·ㆍ:;,|/*]+$")
_FRAMES = {
    "「": "」",
    "『": "』",
    "“": "”",
    '"': '"',
    "‘": "’",
    "'": "'",
    "【": "】",
    "<": ">",
    "《": "》",
}
_ASIDE = re.compile(
    r"\s*[(\[]\s*(?:"
    r"(?:영문|영어|English|Eng\.?|국문|한글|약칭|이하|상호|대표|사업자|소재|담당|모델|규격|세부품명번호|"
    r"식별번호|품명번호|No\.?)[^()\[\]]*|"
    r"인|서명|날인|직인|印|[\d\s\-]{6,}|"
    r"[A-Za-z][A-Za-z .,&\-]*(?:Co|Ltd|Inc|Corp|LLC)\b[A-Za-z .,]*|"
    r"[A-Z][A-Z0-9\-]*\d[A-Z0-9\-]*"
    r")\s*[)\]]\s*$",
    re.I,
)
_BLANK = re.compile(
    r"^[\s\-–—_.·…○〇◯●xX*/()\[\]~]*$|"
    r"^[(\[]?\s*(?:해당\s?(?:사항\s?)?(?:없음|무)|없음|무|N\s?/\s?A|미정|미기재|공란|추후\s?.{0,12}|미보유|작성\s?요망|"
    r"기재\s?요망|별도\s?첨부|별첨(?:\s?참조)?|붙임\s?참조|상동)\s*[)\]]?[.\s]*$",
    re.I,
)
_GUIDE = re.compile(
    r"^\s*(?:[※*]|\(?(?:예시|예\s?[):]|작성\s?(?:요령|방법|예)|기재\s?(?:요령|방법)))|"
    r"(?:기재|작성|입력|기입|선택|서술|체크|표시)(?:하여\s?주십시오|하십시오|하시오|하세요|해\s?주세요|바랍니다|바람|요망|할\s?것)[.)\s]*$"
)
_JOINT = re.compile(r"\s*(?:[,;\n、/]|[·ㆍ•](?=\s?\S)|\s및\s|(?:^|\s)\d{1,2}[.)]\s|[①-⑳])\s*")
_AND_SO_ON = re.compile(r"\s?등\s*(?:\d+\s?[개곳종건]\S{0,4})?[.]?$")
_COUNT = re.compile(r"^\d{1,3}\s?(?:개|종|건|곳)(?:소|사)?$")


def is_blank(text: str) -> bool:
    """Return whether a text beside a label says that there is nothing, or nothing at all.

    >>> is_blank("- 해당 없음"), is_blank("해당 기관과 협의"), is_blank("○○○")
    (True, False, True)
    """
    bare = _LEADING.sub("", text)
    return bool(_BLANK.match(bare) or _BLANK.match(text.strip()))


def is_guide(text: str) -> bool:
    """Return whether a text tells applicants how to fill in the form.

    >>> is_guide("※ 100자 이내로 작성"), is_guide("100자 이내로 기재하시오"), is_guide("수위 감지")
    (True, True, False)
    """
    return bool(_GUIDE.search(text))


def read_text(text: str) -> Reading | None:
    """Return the words of a text without bullets, frames and asides; None when nothing is said.

    >>> read_text(" - 「가람 수위계」(세부품명번호 4111230301) ").value
    '가람 수위계'
    """
    if is_guide(text):
        return None
    start, end = trimmed(text, 0, len(text))
    piece = text[start:end]
    while aside := _ASIDE.search(piece):
        piece = piece[: aside.start()]
        start, end = trimmed(text, start, start + len(piece))
        piece = text[start:end]
    closing = _FRAMES.get(piece[:1])
    if (
        closing
        and piece.endswith(closing)
        and piece.count(closing) == (1 if closing != piece[0] else 2)
    ):
        start, end = trimmed(text, start + 1, end - 1)
    value = " ".join(text[start:end].split())
    if not value or len(value) > MAX_LINE_CHARS or is_blank(value):
        return None
    if not re.search(r"\w", value) or says_yes(value) is not None:
        return None
    return Reading(value=value, display=value, start=start, end=end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a stretch without bullets and white space around it."""
    if leading := _LEADING.match(text[start:end]):
        start += leading.end()
    if trailing := _TRAILING.search(text[start:end]):
        end = start + trailing.start()
    return start, end


def read_list(text: str) -> Iterator[Reading]:
    """Yield the entries of an enumeration; what stands in brackets is not parted.

    >>> [one.value for one in read_list("NEP, GS인증(1등급, 2024), 성능인증 등")]
    ['NEP', 'GS인증(1등급, 2024)', '성능인증']
    """
    for start, end in _entries(text):
        if ending := _AND_SO_ON.search(text[start:end]):
            end = start + ending.start()
        reading = read_text(text[start:end])
        if reading is None or _COUNT.match(reading.value):
            continue
        yield Reading(
            value=reading.value,
            display=reading.display,
            start=start + reading.start,
            end=start + reading.end,
        )


def _entries(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for joint in _JOINT.finditer(text):
        before = text[start : joint.start()]
        if before.count("(") > before.count(")"):
            continue
        yield start, joint.start()
        start = joint.end()
    yield start, len(text)


def read_passage(text: str) -> Reading | None:
    """Return a few sentences of a text, whole ones where they fit; None when nothing is said."""
    start, end = trimmed(text, 0, len(text))
    if end - start > MAX_PASSAGE_CHARS:
        cut = text.rfind(". ", start, start + MAX_PASSAGE_CHARS)
        end = cut + 1 if cut > start + MAX_PASSAGE_CHARS // 3 else start + MAX_PASSAGE_CHARS
    value = " ".join(text[start:end].split())
    if len(value) < _LEAST_PASSAGE or is_blank(value) or is_guide(value):
        return None
    return Reading(value=value, display=value, start=start, end=end)


_LEAST_PASSAGE = 4
