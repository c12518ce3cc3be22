from __future__ import annotations

import pytest

from tests.assistant.reading.conftest import Reader, warning

LIST = '품명,수량,비고\n"안내기, 무인",2,"줄\n바꿈"\n의자,3,\n'


def rows(document: object) -> list[list[str]]:
    return [[cell.text for cell in row] for row in document.blocks[0].rows]  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
def test_every_encoding_gives_the_same_table(read_here: Reader, encoding: str) -> None:
    document = read_here(LIST.encode(encoding), "목록.csv")
    assert rows(document) == [
        ["품명", "수량", "비고"],
        ["안내기, 무인", "2", "줄\n바꿈"],
        ["의자", "3", ""],
    ]
    assert (document.title, document.media_type) == ("목록", "text/csv")
    assert document.blocks[0].header_rows == 1


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(read_here: Reader, mark: str) -> None:
    data = "\n".join((f"품명{mark}단가", f"안내기{mark}1200", f"의자{mark}300")).encode()
    assert rows(read_here(data, "a.csv"))[1] == ["안내기", "1200"]


@pytest.mark.parametrize(
    ("data", "head"),
    [
        ("2026-01-01,3\n2026-01-02,4\n", 0),
        ("가,가\n1,2\n", 0),
        ("가,\n1,2\n", 0),
        ("가,나\n", 0),
        ("가,나\n1,2\n", 1),
    ],
)
def test_a_first_row_of_names_is_a_head(read_here: Reader, data: str, head: int) -> None:
    assert read_here(data.encode(), "a.csv").blocks[0].header_rows == head


def test_rows_of_uneven_length_are_filled_up_and_empty_ones_left_out(read_here: Reader) -> None:
    document = read_here("가,나,다\n\n1\n,,\n1,2,3\n".encode(), "a.csv")
    assert rows(document) == [["가", "나", "다"], ["1", "", ""], ["1", "2", "3"]]


def test_rows_beyond_the_limit_are_cut_and_said_so(read_here: Reader) -> None:
    document = read_here(b"1,2\n" * 110_000, "a.csv")
    assert warning(document, "truncated") == 0
    assert len(document.blocks[0].rows) == 100_000


def test_a_quote_that_never_ends_loses_nothing_before_it(read_here: Reader) -> None:
    document = read_here('가,나\n1,2\n3,"'.encode() + b"x" * 1_100_000, "a.csv")
    assert rows(document) == [["가", "나"], ["1", "2"]]
    assert warning(document, "truncated") == 0
