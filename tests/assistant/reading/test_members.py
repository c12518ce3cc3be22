"""Mails and archives: what is inside them is read as if it had come alone."""

from __future__ import annotations

import email
import email.policy
import random
from email.message import EmailMessage

import pytest

from assistant.domain import Block, BlockKind, Document
from assistant.errors import AssistantError, DocumentUnreadableError, UnsupportedFormatError
from assistant.reading import Limits, ReaderPool
from tests.assistant.reading.builders import DATA
from tests.assistant.reading.conftest import Reader, texts, warning
from tests.assistant.reading.office_builders import (
    changed,
    mail,
    packed,
    sample_book,
    saved_book,
    saved_slides,
    saved_word,
)

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;">]><w>&b;</w>'
HOSTILE = changed(saved_word(), {"word/document.xml": LAUGHS})
INNER = packed({"다.txt": "사아자"})
BOMB = changed(saved_word(), {"word/document.xml": bytes(90_000_000)})


def headings(document: Document) -> list[tuple[int, str]]:
    return [(b.level, b.text) for b in document.blocks if b.kind is BlockKind.HEADING]


def head_of(block: Block) -> dict[str, str]:
    return {row[0].text: row[1].text for row in block.rows}


def test_a_mail_says_who_when_and_what(read_here: Reader) -> None:
    document = read_here(mail(), "a.eml")
    assert document.title == "시범구매 자료 요청(예시)"
    assert head_of(document.blocks[0]) == {
        "보낸 사람": "가나시 <office@sample.example>",
        "받는 사람": "조달기업 <firm@sample.example>",
        "날짜": "2026-11-23 09:00",
        "제목": "시범구매 자료 요청(예시)",
    }
    assert texts(document)[1:] == ["첨부를 확인해 주십시오."]


def test_plain_text_is_preferred_to_the_page(read_here: Reader) -> None:
    both = read_here(mail(text="글로 쓴 본문", html="<p>꾸민 본문</p>"), "a.eml")
    assert texts(both)[1:] == ["글로 쓴 본문"]
    page = "<p>꾸민 본문</p><p style='display:none'>숨은 글</p>"
    only_page = read_here(mail(text=None, html=page), "a.eml")
    assert texts(only_page)[1:] == ["꾸민 본문"]
    assert warning(only_page, "hidden_text") == 1


def test_raw_korean_bytes_in_a_mail_are_read(read_here: Reader) -> None:
    data = (
        "Subject: 견적 요청(예시)\r\nFrom: 가나시\r\nTo: 기업\r\nDate: 어제\r\n"
        "Content-Type: text/plain; charset=euc-kr\r\n\r\n본문입니다\r\n"
    ).encode("cp949")
    document = read_here(data, "a.eml")
    assert (document.title, texts(document)[1:]) == ("견적 요청(예시)", ["본문입니다"])
    assert head_of(document.blocks[0])["날짜"] == "어제"


def test_attachments_are_read_under_their_names(read_here: Reader) -> None:
    attachments = {
        "계획.docx": saved_word(),
        "현황.xlsx": saved_book(sample_book),
        "현장.png": PICTURE,
        "위험.docx": HOSTILE,
    }
    document = read_here(mail(attachments=attachments), "a.eml")
    assert headings(document) == [
        *((1, "계획.docx"), (2, "추진 배경")),
        *((1, "현황.xlsx"), (3, "구매 현황")),
    ]
    assert warning(document, "parts_unread") == 2
    assert "현황.xlsx: C3: 부가세 확인" in [aside.text for aside in document.asides]


def test_an_archive_and_a_mail_in_a_mail_are_opened_but_not_for_ever(read_here: Reader) -> None:
    inner = email.message_from_bytes(
        mail(attachments={"묶음.zip": packed({"가.txt": "가나다"})}), policy=email.policy.default
    )
    outer = email.message_from_bytes(
        mail(
            attachments={"묶음.zip": packed({"나.txt": "라마바", "또.zip": packed({"다": "사"})})}
        ),
        policy=email.policy.default,
    )
    assert isinstance(outer, EmailMessage)
    outer.add_attachment(inner)
    document = read_here(outer.as_bytes(), "a.eml")
    assert headings(document) == [
        *((1, "묶음.zip"), (2, "나.txt")),
        *((1, "첨부 2"), (2, "묶음.zip"), (3, "가.txt")),
    ]
    assert warning(document, "parts_unread") == 1


def mail_in_mails(times: int) -> bytes:
    data = mail(text="가장 안쪽 글")
    for _ in range(times):
        message = EmailMessage()
        message["From"], message["To"] = "a@sample.example", "b@sample.example"
        message["Date"] = "Mon, 23 Nov 2026 09:00:00 +0900"
        message.set_content("글")
        message.add_attachment(email.message_from_bytes(data, policy=email.policy.default))
        data = message.as_bytes()
    return data


def test_mails_in_mails_are_opened_twice_and_no_more(read_here: Reader) -> None:
    assert "가장 안쪽 글" in texts(read_here(mail_in_mails(2), "a.eml"))
    deeper = read_here(mail_in_mails(3), "a.eml")
    assert "가장 안쪽 글" not in texts(deeper)
    assert warning(deeper, "parts_unread") == 1


def test_very_many_parts_are_refused(pool: ReaderPool) -> None:
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9999)
    )
    data = b"From: a\nTo: b\nDate: c\n" + parts
    with pytest.raises(DocumentUnreadableError) as caught:
        pool.read(data, file_name="a.eml", limits=Limits(wall_s=10))
    assert caught.value.reason == "hostile"


def test_members_of_an_archive_stand_under_their_names(read_here: Reader) -> None:
    report = (DATA / "report.pdf").read_bytes()
    members = {
        "자료/계획.docx": saved_word(),
        "지침.pdf": report,
        "__MACOSX/자료/._계획.docx": b"x",
    }
    document = read_here(packed(members), "모음.zip")
    assert document.title == "자료/계획.docx 외 1건"
    assert headings(document)[:3] == [(1, "자료/계획.docx"), (2, "추진 배경"), (1, "지침.pdf")]
    assert warning(document, "parts_unread") is None


def test_members_that_cannot_be_read_are_counted(read_here: Reader) -> None:
    members = {
        "공고.txt": "가나다",
        "그림.png": PICTURE,
        "위험.docx": HOSTILE,
        "폭탄.docx": BOMB,
        "안.zip": packed({"가.txt": "라마바"}),
        "깨짐.pdf": b"%PDF-1.7 nothing",
        "빈 파일.txt": b"",
    }
    document = read_here(packed(members), "a.zip")
    assert texts(document) == ["공고.txt", "가나다"]
    assert warning(document, "parts_unread") == 6


def test_an_archive_with_nothing_to_read_is_refused(read_here: Reader) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_here(packed({"그림.png": PICTURE}), "a.zip")
    assert caught.value.detected == "zip"


def test_characters_are_counted_over_all_members(read_here: Reader) -> None:
    document = read_here(packed({f"{n}.txt": "가" * 60 for n in range(4)}), "a.zip", max_chars=100)
    assert sum(len(block.text) for block in document.blocks) <= 100
    assert warning(document, "truncated") is not None


def locked(data: bytes) -> bytes:
    changed_ = bytearray(data)
    changed_[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(changed_)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(locked(packed({"가.txt": "가"})), "encrypted", id="locked"),
        pytest.param(packed({"가.txt": bytes(50_000_000)}), "hostile", id="bomb"),
        pytest.param(packed({f"{n}.txt": "가" for n in range(2_001)}), "hostile", id="many"),
        pytest.param(packed({"가.txt": "가", "../나.txt": "나"}), "hostile", id="climbs out"),
        pytest.param(packed({"가.txt": "가" * 999})[:90], "damaged", id="cut short"),
    ],
)
def test_hostile_archives_are_refused_by_name(pool: ReaderPool, data: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        pool.read(data, file_name="a.zip", limits=Limits(wall_s=10, memory_bytes=500_000_000))
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", saved_word()),
        ("a.xlsx", saved_book(sample_book)),
        ("a.pptx", saved_slides()),
        ("a.eml", mail(attachments={"a.docx": saved_word()})),
        ("a.zip", packed({"a.docx": saved_word(), "a.csv": "가,나\n1,2\n"})),
    ],
)
def test_damaged_files_never_break_the_reading_process(
    pool: ReaderPool, name: str, data: bytes
) -> None:
    chance = random.Random(20261123)  # noqa: S311  # repeatable, not secret
    for _ in range(25):
        damaged = bytearray(data)
        for _ in range(chance.randrange(1, 30)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        assert outcome_of(pool, bytes(damaged), name) not in {"crashed", "timeout", "memory"}


def outcome_of(pool: ReaderPool, data: bytes, name: str) -> object:
    try:
        return pool.read(data, file_name=name, limits=Limits(wall_s=20)).title
    except AssistantError as error:
        return error.facts().get("reason")
