"""Markings of classified papers, which may not enter here at all."""

from __future__ import annotations

import re
import unicodedata

from assistant.domain import BlockKind, Document

_MARKING = re.compile(
    r"(?:(?P<level>Ⅰ|Ⅱ|Ⅲ|I{1,3}|[123１２３])급비밀|(?P<restricted>대외비))(?:사본|문서)?"
)
_LEVELS = {"I": "Ⅰ", "II": "Ⅱ", "III": "Ⅲ", "1": "Ⅰ", "2": "Ⅱ", "3": "Ⅲ"}
_DECORATION = re.compile(r"[\s\[\](){}<>《》〈〉【】「」『』\-–—=*_#|·ㆍ.:■□◆●○※]+")
_LABEL = re.compile(r"^(?:문서|보안|비밀)?(?:등급|구분)")
_UNTIL = re.compile(r"[(（][^()（）]*(?:까지|파기|일반문서)[^()（）]*[)）]")
_FIRST_LINES, _LAST_LINES = 6, 3


def classified_marking(document: Document) -> str | None:
    """Return the marking of a classified paper (`Ⅱ급비밀`, `대외비`), or `None`.

    A marking stands alone on a line at the head or foot of the paper, or on page after page. A
    rule or guide that explains the levels names several of them and is not marked by that.
    Source: 보안업무규정 제4조, 제23조 (levels, marking) and its 시행규칙 (대외비).

    >>> _marking("[ 대 외 비 ] (2026. 12. 31.까지)"), _marking("대외비로 분류한다.")
    ('대외비', None)
    """
    lines = [
        line
        for block in document.blocks
        if block.kind is not BlockKind.TABLE
        for line in block.text.splitlines()
        if line.strip()
    ]
    found = [(place, mark) for place, line in enumerate(lines) if (mark := _marking(line))]
    marks = {mark for _, mark in found}
    if len(marks) != 1:
        return None
    is_at_edge = any(
        place < _FIRST_LINES or place >= len(lines) - _LAST_LINES for place, _ in found
    )
    return marks.pop() if is_at_edge or len(found) > 1 else None


def _marking(line: str) -> str | None:
    if len(line) > 80:
        return None
    bare = _DECORATION.sub("", _UNTIL.sub("", unicodedata.normalize("NFC", line)))
    match = _MARKING.fullmatch(_LABEL.sub("", bare))
    if match is None:
        return None
    if match["restricted"]:
        return "대외비"
    level = unicodedata.normalize("NFKC", match["level"])
    return f"{_LEVELS[level]}급비밀"
