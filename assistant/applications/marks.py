"""Boxes that are ticked on forms: ☑ 제품 □ 서비스, 예(○) 아니오( ), [√] 있음 [ ] 없음."""

from __future__ import annotations

import re

_TICKED = r"☑|☒|✔|✓|✅|■|▣|◼|●|◉|√|[(\[]\s{0,2}(?:[VvOoXx○◯●√✓✔■ㅇ]|0)\s{0,2}[)\]]"
_EMPTY = r"☐|□|◻|▢|◯|[(\[]\s{0,4}[)\]]"
_MARK = re.compile(rf"(?P<ticked>{_TICKED})|(?P<empty>{_EMPTY})")
_BULLETS = frozenset("■●◉")


def ticked(text: str) -> list[tuple[int, int]] | None:
    """Return where the ticked options of a folded text stand; None when it has no boxes.

    >>> text = "☑ 제품 □ 제품+서비스"
    >>> [text[start:end].strip() for start, end in ticked(text)]
    ['제품']
    >>> ticked("□ 제품 □ 서비스"), ticked("■ 개요")
    ([], None)
    """
    marks = [*_MARK.finditer(text)]
    chosen = [mark for mark in marks if mark["ticked"]]
    is_list = len(marks) >= 2 or bool(chosen and chosen[0].group() not in _BULLETS)
    if not marks or not is_list or (len(chosen) == len(marks) and _are_bullets(chosen)):
        return None
    stands_before = bool(text[: marks[0].start()].strip(" /,|")) and not text[
        marks[-1].end() :
    ].strip(" /,.|")
    spans = []
    for place, mark in enumerate(marks):
        if not mark["ticked"]:
            continue
        if stands_before:
            spans.append((marks[place - 1].end() if place else 0, mark.start()))
        else:
            following = marks[place + 1].start() if place + 1 < len(marks) else len(text)
            spans.append((mark.end(), following))
    return spans


def _are_bullets(chosen: list[re.Match[str]]) -> bool:
    return all(mark.group() in _BULLETS for mark in chosen)


_YES = re.compile(
    r"^(?:[OoVv○◯●◎√✓✔☑■ㅇ0]|예|유|있음|제출(?:함|완료)?|첨부(?:함)?|포함|동봉|완료|\d{1,2}\s?[부건매식]|Y(?:ES)?)"
    r"(?:\s*\(?(?:제출|첨부|원본|사본|\d{1,2}\s?[부건매])\)?)*\.?$",
    re.I,
)
_NO = re.compile(
    r"^(?:[Xx×✕✗☐□\-]|아니오|아니요|무|없음|미제출|미첨부|누락|추후\s?제출(?:예정)?|해당\s?(?:사항\s?)?없음|N(?:O|/A)?"
    r"|추후.{0,10}|준비\s?중)\.?$",
    re.I,
)


def says_yes(text: str) -> bool | None:
    """Return what a short mark says: there, not there, or nothing that is known.

    >>> says_yes("○"), says_yes("미제출"), says_yes("1부"), says_yes("원본대조필")
    (True, False, True, None)
    """
    bare = text.strip().strip("()[] ")
    boxes = ticked(text)
    if boxes is not None:
        words = " ".join(text[start:end] for start, end in boxes).strip()
        if not boxes:
            return False
        return not _NO.match(words) if words else True
    if _YES.match(bare):
        return True
    return False if _NO.match(bare) else None
