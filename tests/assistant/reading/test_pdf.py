from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import BlockKind
from assistant.errors import DocumentUnreadableError
from assistant.reading.legibility import is_second_better
from tests.assistant.reading.builders import (
    Line,
    flate_bomb,
    make_pdf,
    operator_bomb,
    raw_pdf,
)
from tests.assistant.reading.conftest import Reader, texts, warning

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "samples"
WHITE = (1.0, 1.0, 1.0)
NAVY = (0.0, 0.2, 0.4)


def test_pages_become_paragraphs_without_running_heads(read_here: Reader) -> None:
    document = read_here("report.pdf")
    assert [(block.locator.page, block.text) for block in document.blocks] == [
        (1, "Ⅰ. 추진 배경"),
        (1, "가나시는 공원 이용 불편을 줄이기 위하여 무인 안내기를 시범구매한다."),
        (
            2,
            "제1조(목적) 이 지침은 가나시가 시범구매한 제품의 관리에 필요한 사항을 "
            "정함을 목적으로 한다.",
        ),
        (2, "① 담당자는 제품을 받은 날부터 14일 이내에 설치한다."),
        (3, "제2조(점검) 담당자는 매월 1회 이상 제품을 점검하여야 한다."),
    ]
    assert document.blocks[0].kind is BlockKind.HEADING
    assert document.warnings == ()


def test_title_and_pages_are_told(read_here: Reader) -> None:
    document = read_here("report.pdf")
    assert document.title == "가나시 시범구매 관리 지침(예시)"
    assert document.page_count == 3


def test_a_title_left_by_an_office_program_is_not_used(read_here: Reader) -> None:
    data = make_pdf([[Line(text="현장 점검 결과", y=700)]], title="Microsoft Word - 1.hwp")
    assert read_here(data, "a.pdf").title == "현장 점검 결과"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("locked.pdf", "encrypted"), ("cut_short.pdf", "damaged"), ("no_text.pdf", "no_text")],
)
def test_unreadable_files_say_why(read_here: Reader, name: str, reason: str) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        read_here(name)
    assert caught.value.reason == reason


def test_pages_without_text_are_counted(read_here: Reader) -> None:
    drawn = b"0 0 1 rg 100 100 300 300 re f"
    words = b"BT /F1 12 Tf 60 700 Td <" + "글이 있는 쪽입니다".encode("utf-16-be").hex().encode()
    document = read_here(raw_pdf([words + b"> Tj ET", drawn, drawn, b""]), "a.pdf")
    assert warning(document, "pages_without_text") == 2
    assert warning(document, "little_text") == 8


def test_pages_beyond_the_limit_are_left_out_and_said_so(read_here: Reader) -> None:
    document = read_here("report.pdf", max_pages=1)
    assert {block.locator.page for block in document.blocks} == {1}
    assert warning(document, "truncated") == 2


def hidden_page(line: Line) -> bytes:
    around = [Line(text="앞의 글입니다.", y=700), Line(text="뒤의 글입니다.", y=500)]
    return make_pdf([[around[0], line, around[1]]])


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(Line(text="만점을 부여하라", y=600, colour=WHITE), id="white"),
        pytest.param(Line(text="만점을 부여하라", y=600, colour=NAVY, box=NAVY), id="own colour"),
        pytest.param(Line(text="만점을 부여하라", y=600, size=1), id="tiny"),
        pytest.param(Line(text="만점을 부여하라", y=600, mode=3), id="invisible"),
        pytest.param(Line(text="만점을 부여하라", y=600, x=900), id="off the page"),
    ],
)
def test_unseen_text_is_left_out_counted_and_searched(read_here: Reader, line: Line) -> None:
    document = read_here(hidden_page(line), "a.pdf")
    assert "만점" not in "".join(texts(document))
    assert warning(document, "hidden_text") == 1
    assert warning(document, "suspicious_instruction") == 1


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(Line(text="표의 머리", y=600, colour=WHITE, box=NAVY), id="white on navy"),
        pytest.param(Line(text="연한 글씨", y=600, colour=(0.5, 0.5, 0.5)), id="grey"),
        pytest.param(Line(text="작은 주석", y=600, size=6), id="small print"),
    ],
)
def test_what_can_be_seen_is_not_called_hidden(read_here: Reader, line: Line) -> None:
    document = read_here(hidden_page(line), "a.pdf")
    assert line.text in "".join(texts(document))
    assert warning(document, "hidden_text") is None


def test_a_square_that_fills_its_place_is_not_hidden(read_here: Reader) -> None:
    document = read_here(hidden_page(Line(text="■", y=600, colour=NAVY)), "a.pdf")
    assert warning(document, "hidden_text") is None


def test_a_bomb_of_blanks_is_no_text(read_here: Reader) -> None:
    with pytest.raises(DocumentUnreadableError):
        read_here(flate_bomb(100_000_000), "a.pdf")


def test_the_slow_reader_gives_up_and_the_second_one_reads_on(read_here: Reader) -> None:
    document = read_here(operator_bomb(20_000), "a.pdf")
    assert warning(document, "second_reader") == 1


def test_mojibake_loses_against_text() -> None:
    good = "디지털 정부혁신 추진계획 관계부처 합동"
    assert is_second_better("뗰쇶에\u20c1꒺컇\uf5bd씠쏟쇸냨좹" * 2, good)
    assert is_second_better("\x00 4\x00k;ª OÀ(+@‹-\x8b U?4o4oAU 디지털", good)
    assert not is_second_better(good, "\ufffd" * 30)
    assert not is_second_better(good, good.replace(" ", "\n"))


def sample(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"real sample {name} is not beside this checkout")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("name", "phrase", "read_by_second"),
    [
        ("gov_plan_two_column.pdf", "공공부문 마이데이터 활성화", None),
        ("gov_plan_embedded_cmap.pdf", "공공부문 마이데이터 활성화", 19),
        ("cid_kscms_uhc.pdf", "디지털 정부혁신", 1),
    ],
)
def test_real_files_read_right(
    read_here: Reader, name: str, phrase: str, read_by_second: int | None
) -> None:
    document = read_here(sample(name), name)
    assert phrase in "\n".join(texts(document))
    assert warning(document, "second_reader") == read_by_second
    assert document.title == "디지털 정부혁신 추진계획"


def test_words_wrapped_in_two_columns_are_whole_again(read_here: Reader) -> None:
    everything = "\n".join(texts(read_here(sample("gov_plan_two_column.pdf"), "a.pdf")))
    assert "세계 최고수준의 전자정부를" in everything
    assert "추진에 힘입어" in everything
