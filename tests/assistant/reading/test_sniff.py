from __future__ import annotations

import pytest

from assistant.errors import DocumentUnreadableError, UnsupportedFormatError
from assistant.reading.sniff import refused_kind, sniff
from tests.assistant.reading.builders import DATA, make_ole, make_zip
from tests.assistant.reading.conftest import Reader

OFFICE = {"[Content_Types].xml": b"<Types/>"}
MAIL = (
    b"Date: Mon, 23 Nov 2026 09:00:00 +0900\r\nFrom: a@sample.example\r\n"
    b"To: b@sample.example,\r\n c@sample.example\r\n\r\nbody\r\n"
)


@pytest.mark.parametrize(
    ("data", "file_name", "kind"),
    [
        pytest.param(b"%PDF-1.4\n", "계획.hwp", "pdf", id="pdf with a wrong suffix"),
        pytest.param(b"junk\n%PDF-1.4\n", "a.pdf", "pdf", id="pdf after junk"),
        pytest.param(make_ole("FileHeader"), "a.pdf", "hwp", id="hwp 5"),
        pytest.param(b"HWP Document File V3.00 \x1a\x01", "a.hwp", "hwp3", id="hwp 3"),
        pytest.param(
            make_ole("EncryptedPackage"), "a.docx", "office_encrypted", id="locked office"
        ),
        pytest.param(make_ole("WordDocument"), "a.doc", "doc", id="old word"),
        pytest.param(make_ole("PowerPoint Document"), "a.ppt", "ppt", id="old slides"),
        pytest.param(make_ole("Workbook"), "a.xls", "xls", id="old sheets"),
        pytest.param(
            make_ole("EncryptedPackage") + "\tDRMContent".encode("utf-16-le"),
            "a.docx",
            "drm",
            id="office with rights management",
        ),
        pytest.param(make_zip({"mimetype": b"application/hwp+zip"}), "a.zip", "hwpx", id="hwpx"),
        pytest.param(make_zip(OFFICE | {"word/document.xml": b""}), "a", "docx", id="docx"),
        pytest.param(make_zip(OFFICE | {"xl/workbook.xml": b""}), "a.docx", "xlsx", id="xlsx"),
        pytest.param(make_zip(OFFICE | {"ppt/presentation.xml": b""}), "a", "pptx", id="pptx"),
        pytest.param(make_zip(OFFICE | {"xl/workbook.bin": b""}), "a", "xlsb", id="binary sheets"),
        pytest.param(
            make_zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "a.xlsx",
            "ods",
            id="ods",
        ),
        pytest.param(make_zip({"Contents/section0.xml": b""}), "a", "hwpx", id="unmarked hwpx"),
        pytest.param(make_zip({"a.txt": b"a"}), "a.hwpx", "zip", id="other zip"),
        pytest.param(make_zip({"word/a.txt": b"a"}), "a.zip", "zip", id="zip with a folder word"),
        pytest.param(
            make_zip({"a.hwpx": make_zip({"mimetype": b"application/hwp+zip"})}),
            "a.zip",
            "zip",
            id="zip that begins with an hwpx",
        ),
        pytest.param(b"7z\xbc\xaf\x27\x1c\x00\x04", "a.zip", "archive", id="other archive"),
        pytest.param(
            make_zip(OFFICE | {"word/document.xml": b""})[:110], "a", "docx", id="cut docx"
        ),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00", "a.txt", "image", id="picture"),
        pytest.param(b"\x9b DRMONE  encrypted" + bytes(range(256)), "a.hwp", "drm", id="drm"),
        pytest.param(bytes(range(256)) * 8, "a.md", "binary", id="binary named markdown"),
        pytest.param(b"<!DOCTYPE html><p>a", "a.txt", "html", id="page named text"),
        pytest.param(b"<div>a</div>", "a.html", "html", id="piece of a page"),
        pytest.param(b"<div>a</div>\n\n# b", "a.md", "markdown", id="markdown with html in it"),
        pytest.param(b"<?xml version='1.0'?><a/>", "a.xml", "xml", id="xml"),
        pytest.param(b"<?xml version='1.0'?><HWPML Version='2.8'/>", "a.hml", "hwpml", id="hwpml"),
        pytest.param(b"a", "a.csv", "csv", id="table by suffix"),
        pytest.param(
            "품명,수량,단가\n안내기,2,100\n의자,3,20\n".encode("cp949"), "a", "csv", id="csv"
        ),
        pytest.param("품명\t수량\n안내기\t2\n의자\t3\n".encode(), "a.txt", "csv", id="by tabs"),
        pytest.param(
            "가, 나, 다를 본다.\n라, 마, 바도 본다.\n사, 아, 자는 뺀다.\n".encode(),
            "a.txt",
            "text",
            id="prose with commas",
        ),
        pytest.param("가,나,다\n라,마,바\n".encode(), "a.txt", "text", id="two lines are no table"),
        pytest.param(
            "가,나,다\n라,마,바\n사,아\n".encode(), "a.txt", "text", id="uneven lines are no table"
        ),
        pytest.param(MAIL, "a.txt", "eml", id="mail"),
        pytest.param(MAIL.replace(b"Date", b"From"), "a.txt", "text", id="memo with a heading"),
        pytest.param(b"Date: today\nwe met.\nFrom: A\nTo: B", "a", "text", id="notes like a mail"),
        pytest.param("# 제목".encode(), "a.MD", "markdown", id="markdown by suffix"),
        pytest.param("# 제목".encode(), "a.pdf", "text", id="text named pdf"),
        pytest.param(
            b"MZ is not a program here", "a.txt", "text", id="text that begins like magic"
        ),
        pytest.param("가나다".encode("cp949"), "a", "text", id="code page without suffix"),
    ],
)
def test_kind_is_told_by_content(data: bytes, file_name: str, kind: str) -> None:
    assert sniff(data, file_name=file_name) == kind


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\x00" * 64, b"\xef\xbb\xbf\n"])
def test_nothing_in_the_file_is_said_to_be_empty(data: bytes) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        sniff(data, file_name="a.pdf")
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        pytest.param(make_ole("FileHeader"), None, id="hwp"),
        pytest.param(make_ole("Workbook", "WordDocument".encode("utf-16-le")), None, id="either"),
        pytest.param(make_ole("nothing known"), None, id="names further on"),
        pytest.param(make_ole("WordDocument"), "doc", id="old word"),
        pytest.param(make_ole("EncryptedPackage"), "office_encrypted", id="locked office"),
        pytest.param(make_zip({"mimetype": b"application/hwp+zip"}), None, id="hwpx"),
        pytest.param(make_zip({"mimetype": b"application/epub+zip"}), "epub", id="book"),
        pytest.param(make_zip({"a.txt": b"a"}), None, id="zip"),
        pytest.param(b"HWP Document File V3.00 \x1a\x01", "hwp3", id="hwp 3"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "image", id="picture"),
        pytest.param(MAIL, None, id="mail"),
        pytest.param(b"BM", None, id="text or picture"),
    ],
)
def test_the_first_bytes_refuse_only_what_has_no_reader(head: bytes, kind: str | None) -> None:
    assert refused_kind(head) == kind


def test_an_old_document_that_holds_a_sheet_is_named_by_its_root() -> None:
    sample = make_ole("WordDocument", "Workbook".encode("utf-16-le"))
    assert sniff(sample, file_name="a.doc") == "doc"


def test_a_kind_without_reader_is_named_to_the_caller(read_here: Reader) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_here(make_ole("WordDocument"), "계획.hwp")
    assert caught.value.detected == "doc"


def test_a_wrongly_named_pdf_is_read_as_what_it_is(read_here: Reader) -> None:
    assert read_here("renamed.hwpx") == read_here("report.pdf")
    assert (DATA / "renamed.hwpx").read_bytes()[:5] == b"%PDF-"
