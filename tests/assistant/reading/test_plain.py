from __future__ import annotations

import pytest

from tests.assistant.reading.builders import NOTICE
from tests.assistant.reading.conftest import Reader, texts, warning

PARAGRAPHS = NOTICE.split("\n\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp949"])
def test_every_encoding_in_use_gives_the_same_paragraphs(read_here: Reader, encoding: str) -> None:
    document = read_here(NOTICE.encode(encoding), "공고.txt")
    assert texts(document) == PARAGRAPHS
    assert document.warnings == ()


@pytest.mark.parametrize("name", ["notice_cp949.txt", "notice_utf16.txt"])
def test_kept_files_are_read(read_here: Reader, name: str) -> None:
    document = read_here(name)
    assert texts(document) == PARAGRAPHS
    assert document.title == "가나시 공고(예시)"
    assert document.media_type == "text/plain"


def test_unreadable_bytes_are_counted(read_here: Reader) -> None:
    document = read_here("가나다라마바사\n".encode() * 20 + b"\xff\xfe\xfd", "a.txt")
    assert warning(document, "replaced_characters") == 3


def test_broken_code_page_text_is_read_with_a_warning(read_here: Reader) -> None:
    document = read_here(NOTICE.encode("cp949") + b"\x80\x80", "a.txt")
    assert texts(document)[0] == PARAGRAPHS[0]
    assert warning(document, "replaced_characters") == 2


def test_decomposed_letters_and_invisible_ones_are_put_right(read_here: Reader) -> None:
    document = read_here("시\u200b범\u00ad구매 \u1100\u1161\x07".encode(), "a.txt")
    assert texts(document) == ["시범구매 가"]


def test_text_over_the_limit_is_cut_and_said_so(read_here: Reader) -> None:
    document = read_here("가나\n\n다라마\n\n바".encode(), "a.txt", max_chars=4)
    assert texts(document) == ["가나", "다라"]
    assert warning(document, "truncated") == 0


def test_title_falls_back_to_the_name_without_folders(read_here: Reader) -> None:
    long_line = "가" * 100
    assert read_here(long_line.encode(), "../../몰래/계획 1.txt").title == "계획 1"
    assert read_here(long_line.encode(), "C:\\자료\\계획 2.txt").title == "계획 2"
