from __future__ import annotations

import io
import random
import sys
import threading
import time

import psutil
import pypdf
import pytest

from assistant.domain import Document
from assistant.errors import DocumentUnreadableError
from assistant.reading import Limits, ReaderPool, read_in_process
from assistant.reading.ocr import Pixels, find_program, recognise
from assistant.text import squeeze
from tests.assistant.reading.conftest import texts, warning
from tests.assistant.reading.pdf_pages import scanned, typeset
from tests.assistant.reading.test_any_bytes import outcome_of

NEEDS_TESSERACT = pytest.mark.skipif(
    find_program() is None, reason="no Korean Tesseract: install `tesseract-ocr-kor`"
)
PHRASE = "혁신제품 시범구매 계획"
BODY = f"""{PHRASE}

담당자는 제품을 받은 날부터 14일 이내에 설치하고 매월 한 번 이상 점검하여야 한다."""


@pytest.fixture(scope="module")
def scan() -> bytes:
    return scanned(typeset(BODY))


@pytest.fixture(scope="module")
def long_scan() -> bytes:
    page = " ".join([BODY.split("\n\n")[1]] * 12)
    return scanned(typeset("\n#pagebreak()\n".join([page] * 12)))


@NEEDS_TESSERACT
def test_a_scan_is_read_within_the_limits_of_the_child_and_marked(
    pool: ReaderPool, scan: bytes
) -> None:
    document = pool.read(scan, file_name="a.pdf", limits=Limits())
    assert squeeze(PHRASE) in squeeze("".join(texts(document)))
    assert all(block.is_ocr for block in document.blocks)
    assert warning(document, "ocr") == 1
    assert warning(document, "pages_without_text") is None


@NEEDS_TESSERACT
def test_only_the_pages_that_are_pictures_are_marked() -> None:
    line = "이 문장은 다음 쪽으로 이어질 것처럼 줄의 끝까지 길게 쓰여 있으나 마침표가 없는 글로서"
    writer = pypdf.PdfWriter()
    for data in (typeset(line), scanned(typeset(BODY)), typeset("끝의 글입니다.")):
        writer.append(io.BytesIO(data))
    out = io.BytesIO()
    writer.write(out)
    document = read_in_process(out.getvalue(), file_name="a.pdf", limits=Limits())
    assert {(block.locator.page, block.is_ocr) for block in document.blocks} == {
        (1, False),
        (2, True),
        (3, False),
    }


def test_pages_are_counted_when_no_time_is_left_for_them(scan: bytes) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        read_in_process(scan, file_name="a.pdf", limits=Limits(ocr_s=0))
    assert caught.value.reason == "no_text"


@NEEDS_TESSERACT
def test_pages_beyond_the_time_are_counted_as_without_text(
    pool: ReaderPool, long_scan: bytes
) -> None:
    # More than the wall clock of other files allows: scans are given their own time on top.
    limits = Limits(wall_s=4, ocr_s=6)
    document = pool.read(long_scan, file_name="a.pdf", limits=limits)
    read = warning(document, "ocr") or 0
    assert read >= 1
    assert read + (warning(document, "pages_without_text") or 0) == 12


@NEEDS_TESSERACT
def test_noise_is_no_text() -> None:
    chance = random.Random(7)  # noqa: S311  # repeatable, not secret
    noise = Pixels(width=600, height=400, data=chance.randbytes(240_000), dpi=150)
    assert sum(map(str.isalnum, recognise(noise, timeout_s=30))) < 10


@NEEDS_TESSERACT
@pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX systems")
@pytest.mark.parametrize("how", ["cancelled", "killed"])
def test_recognition_dies_with_the_reading_process(long_scan: bytes, how: str) -> None:
    lone = ReaderPool(size=1)
    before = {child.pid for child in psutil.Process().children()}
    lone.warm_up()
    (child,) = [c for c in psutil.Process().children() if c.pid not in before]
    cancel, seen = threading.Event(), []

    def strike() -> None:
        end = time.monotonic() + 20
        while not seen and time.monotonic() < end:
            seen.extend(child.children())
            time.sleep(0.02)
        if how == "cancelled":
            cancel.set()
        else:
            child.kill()

    threading.Thread(target=strike).start()
    with pytest.raises(DocumentUnreadableError):
        lone.read(long_scan, file_name="a.pdf", limits=Limits(), cancel=cancel)
    lone.close()
    assert seen
    psutil.wait_procs(seen, timeout=3)
    assert not [p for p in seen if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def test_mutated_scans_never_break_the_reading_process(pool: ReaderPool, scan: bytes) -> None:
    chance = random.Random(20260413)  # noqa: S311  # repeatable, not secret
    told = {"no_text", "damaged", "hostile", "encrypted"}
    for _ in range(15):
        damaged = bytearray(scan)
        for _ in range(chance.randrange(1, 200)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        outcome = outcome_of(pool, bytes(damaged), Limits(wall_s=20, ocr_s=2))
        assert isinstance(outcome, Document) or outcome in told
