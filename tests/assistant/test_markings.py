"""Which papers are marked as classified, and which only speak of it."""

from __future__ import annotations

import pytest

from assistant.domain import Block, BlockKind, Document, Locator
from assistant.markings import classified_marking


def make_document(*texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Document:
    blocks = tuple(
        Block(kind=kind, text=text, locator=Locator(ordinal=at)) for at, text in enumerate(texts)
    )
    return Document(title="보고", media_type="text/plain", blocks=blocks)


BODY = ("추진 배경", "추진 경과", "세부 계획", "예산", "일정", "협조 사항", "기대 효과", "붙임") * 2


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("대외비", "대외비"),
        ("[ 대 외 비 ]", "대외비"),
        ("대외비(2026. 12. 31.까지)", "대외비"),
        ("- Ⅱ급 비밀 -", "Ⅱ급비밀"),
        ("II급비밀", "Ⅱ급비밀"),
        ("３급비밀 사본", "Ⅲ급비밀"),
        ("문서등급: 대외비", "대외비"),
        ("대외비로 분류한다.", None),
        ("1. 대외비 관리 요령", None),
        ("비밀", None),
        ("4급비밀", None),
    ],
)
def test_a_line_at_the_head_marks_the_paper(line: str, expected: str | None) -> None:
    assert classified_marking(make_document(line, *BODY)) == expected


def test_a_line_at_the_foot_or_on_page_after_page_marks_the_paper() -> None:
    assert classified_marking(make_document(*BODY, "대외비")) == "대외비"
    assert classified_marking(make_document(*BODY, "대외비", *BODY, "대외비", *BODY)) == "대외비"


def test_one_line_in_the_middle_or_several_levels_do_not() -> None:
    assert classified_marking(make_document(*BODY, "대외비", *BODY)) is None
    assert classified_marking(make_document("Ⅰ급비밀", "Ⅱ급비밀", "대외비", *BODY)) is None
    assert classified_marking(make_document("대외비", kind=BlockKind.TABLE)) is None
