"""What damaged files did to the readers once, made small: each is read, or refused by name."""

from __future__ import annotations

import io
import struct
import time
import zipfile

import pytest

from assistant.domain import BlockKind, Cell
from assistant.errors import AssistantError, DocumentUnreadableError
from assistant.reading import Limits, ReadCost, ReaderPool
from assistant.reading.finish import finish
from assistant.reading.parsed import Parsed, table_block, text_block
from tests.assistant.reading.builders import operator_bomb, raw_pdf
from tests.assistant.reading.conftest import Reader, texts
from tests.assistant.reading.office_builders import word

LIMITS = Limits(wall_s=20)


def test_halves_of_characters_never_leave_a_reader() -> None:
    parsed = Parsed(
        blocks=(text_block(BlockKind.PARAGRAPH, "가\ud83d\ude00나\udfbd다"),), title="\ud800제목"
    )
    document = finish(parsed, media_type="text/plain", file_name="a.txt", limits=LIMITS)
    assert texts(document) == ["가\U0001f600나\ufffd다"]
    assert document.title.encode().decode() == "\ufffd제목"


def test_half_a_character_on_a_page_leaves_the_rest_readable(pool: ReaderPool) -> None:
    words = "가나시 비품 관리 계획을 정한다.".encode("utf-16-be").hex()
    page = f"BT /F1 12 Tf 60 700 Td <{words}> Tj 1 1 1 rg 0 -40 Td <C8C8D8D9> Tj ET"
    document = pool.read(raw_pdf([page.encode()]), file_name="a.pdf", limits=LIMITS)
    assert "비품 관리" in "".join(texts(document))


@pytest.mark.parametrize("fault", ["<p {=1>", "<p \x01=1>"])
def test_attributes_that_have_no_name_leave_the_page_readable(
    read_here: Reader, fault: str
) -> None:
    page = f"<!doctype html><html><body><h1>계획</h1>{fault}본문</p></body></html>"
    assert "본문" in "".join(texts(read_here(page.encode(), "a.html")))


def test_a_member_without_a_name_is_refused(read_here: Reader) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(zipfile.ZipInfo("가.md"), "# 가")
        archive.writestr(zipfile.ZipInfo(""), b"x")
    with pytest.raises(DocumentUnreadableError) as caught:
        read_here(file.getvalue(), "a.zip")
    assert caught.value.reason == "hostile"


def test_a_member_that_begins_before_the_archive_is_refused(read_here: Reader) -> None:
    data = bytearray(word("<w:p><w:r><w:t>가</w:t></w:r></w:p>"))
    ends = data.rindex(b"PK\x05\x06")
    place = struct.unpack_from("<I", data, ends + 16)[0]
    struct.pack_into("<I", data, ends + 16, place + 4_000)
    with pytest.raises(DocumentUnreadableError) as caught:
        read_here(bytes(data), "a.docx")
    assert caught.value.reason == "damaged"


def test_merged_cells_that_cover_too_much_are_read_as_single_ones() -> None:
    wide = Cell(text="가나다라 " * 100, row_span=41, col_span=100)
    lines = ((wide, wide, Cell(text="나")), *[(Cell(text="다"),)] * 40)
    tables = tuple(table_block(lines) for _ in range(4))
    document = finish(Parsed(blocks=tables), media_type="text/html", file_name="a", limits=LIMITS)
    first = [block.rows[0][0] for block in document.blocks]
    assert [cell.text for cell in first] == [wide.text.strip()] * 4
    assert [cell.row_span * cell.col_span for cell in first] == [4_100, 1, 1, 1]
    assert document.warnings == ()


def test_a_text_in_a_merged_frame_is_no_label_that_is_told_again() -> None:
    frame = (Cell(text="가나다라 " * 10_000, col_span=100),)
    rows = (frame, (Cell(text="나", row_span=2), Cell(text="다")), (Cell(text="라"),))
    document = finish(
        Parsed(blocks=(table_block(rows),) * 9), media_type="a", file_name="a", limits=LIMITS
    )
    assert {block.rows[0][0].col_span for block in document.blocks} == {100}


def test_the_pool_says_what_a_file_cost_whatever_came_of_it() -> None:
    costs: list[ReadCost] = []
    pool = ReaderPool(size=1, observe=costs.append)
    try:
        pool.read("# 가\n\n본문".encode(), file_name="a.md", limits=LIMITS)
        with pytest.raises(DocumentUnreadableError):
            pool.read(b"%PDF-1.7 broken", file_name="a.pdf", limits=LIMITS)
        with pytest.raises(DocumentUnreadableError):
            pool.read(operator_bomb(1_500_000), file_name="a.pdf", limits=Limits(wall_s=0.5))
    finally:
        pool.close()
    read, refused, died = costs
    assert read.peak_bytes is not None
    assert refused.peak_bytes is not None
    assert refused.peak_bytes >= read.peak_bytes > 10_000_000
    assert died.peak_bytes is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("a.md", "# 가\n\n" + "[" * 60_000 + "끝", id="brackets that open links"),
        pytest.param("a.html", f"<style>{'가 ' * 100_000}</style><p>끝", id="style without rules"),
        pytest.param("a.html", f"<style>{'/*' * 100_000}</style><p>끝", id="open comments"),
    ],
)
def test_what_never_closes_costs_no_time(read_here: Reader, name: str, text: str) -> None:
    started = time.process_time()
    document = read_here(text.encode(), name)
    assert time.process_time() - started < 5
    assert texts(document)[-1].endswith("끝")


def ring() -> bytes:
    """Return a container ([MS-CFB]) whose root lies in a folder that lies in the root."""
    end, free, is_fat = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD

    def entry(name: str, child: int) -> bytes:
        raw = f"{name}\0".encode("utf-16-le")
        links = struct.pack("<HBBIII", len(raw), 1, 1, free, free, child)
        return raw.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", end, 0)

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", free) * 108
    fat = struct.pack("<II", is_fat, end) + struct.pack("<I", free) * 126
    return header + fat + entry("Root Entry", 1) + entry("BodyText", 0) + bytes(256)


def test_a_container_that_holds_itself_is_refused_as_what_it_is(read_here: Reader) -> None:
    with pytest.raises(AssistantError):
        read_here(ring(), "a.hwp")
