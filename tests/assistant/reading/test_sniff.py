from __future__ import annotations

import pytest

from assistant.errors import DocumentUnreadableError, UnsupportedFormatError
from assistant.reading.sniff import sniff
from tests.assistant.reading.builders import DATA, make_ole, make_zip
from tests.assistant.reading.conftest import Reader

OFFICE = {"[Content_Types].xml": b"<Types/>"}


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
        pytest.param(make_zip({"mimetype": b"application/hwp+zip"}), "a.zip", "hwpx", id="hwpx"),
        pytest.param(make_zip(OFFICE | {"word/document.xml": b""}), "a", "docx", id="docx"),
        pytest.param(make_zip(OFFICE | {"xl/workbook.xml": b""}), "a.docx", "xlsx", id="xlsx"),
        pytest.param(make_zip({"a.txt": b"a"}), "a.hwpx", "zip", id="other zip"),
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


def test_a_kind_without_reader_is_named_to_the_caller(read_here: Reader) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read_here(make_ole("FileHeader"), "계획.hwp")
    assert caught.value.detected == "hwp"


def test_a_wrongly_named_pdf_is_read_as_what_it_is(read_here: Reader) -> None:
    assert read_here("renamed.hwpx") == read_here("report.pdf")
    assert (DATA / "renamed.hwpx").read_bytes()[:5] == b"%PDF-"
