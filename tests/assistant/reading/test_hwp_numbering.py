from __future__ import annotations

import struct

import pytest

from assistant.reading.hwp_numbering import Level, Numbering, from_records, written

OUTLINE, NUMBER, BULLET = 1, 2, 3


def numbering_record(*levels: tuple[str, int]) -> bytes:
    heads = (
        struct.pack("<IhhIH", form << 5, 0, 0, 0, len(text)) + text.encode("utf-16-le")
        for text, form in levels
    )
    return b"".join(heads)


def shape_record(kind: int, number: int, depth: int) -> bytes:
    return struct.pack("<I", kind << 23 | depth << 25) + bytes(26) + struct.pack("<HH", number, 0)


def test_numbers_of_hwp_5_come_from_its_records() -> None:
    numbering = from_records(
        numberings=[numbering_record(("^1.", 0), ("^2.", 8))],
        bullets=[bytes(12) + "□".encode("utf-16-le")],
        shapes=[
            shape_record(0, 0, 0),
            shape_record(NUMBER, 1, 0),
            shape_record(NUMBER, 1, 1),
            shape_record(BULLET, 1, 0),
        ],
    )
    markers = [numbering.marker(shape) for shape in (1, 2, 2, 1, 3, 0)]
    assert markers == ["1. ", "가. ", "나. ", "2. ", "□ ", ""]


def test_an_outline_is_numbered_by_the_list_of_its_section() -> None:
    lists = {1: [Level("제^1장")], 2: [Level("^1)")]}
    numbering = Numbering(shapes={0: (OUTLINE, 0, 0)}, lists=lists, outline=2)
    assert numbering.marker(0) == "1) "


def test_a_number_may_show_the_whole_way_to_it() -> None:
    lists = {1: [Level("^1."), Level("^1-^2"), Level("^n")]}
    shapes = {depth: (NUMBER, 1, depth) for depth in range(3)}
    numbering = Numbering(shapes=shapes, lists=lists)
    assert [numbering.marker(depth) for depth in (0, 1, 1, 2)] == ["1. ", "1-1 ", "1-2 ", "1.2.1 "]


@pytest.mark.parametrize(
    ("number", "form", "expected"),
    [
        pytest.param(14, 8, "하", id="last of the first row"),
        pytest.param(15, 8, "거", id="first of the second row"),
        pytest.param(21, 1, "21", id="past the circled digits"),
        pytest.param(14, 2, "XIV", id="roman past the signs"),
        pytest.param(3, 99, "3", id="unknown form"),
    ],
)
def test_forms_end_where_hangul_ends_them(number: int, form: int, expected: str) -> None:
    assert written(number, form) == expected
