from __future__ import annotations

import io
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from assistant.errors import AssistantError, DocumentTooLargeError, DocumentUnreadableError
from assistant.reading.package import check_xml, open_package, parse_xml
from tests.assistant.reading.builders import make_zip

LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><a>&c;</a>'
)


def refusal(data: bytes) -> str:
    with pytest.raises(AssistantError) as caught:
        open_package(data)
    return str(caught.value.facts().get("reason", caught.value.code))


def twice_named(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(name, b"1")
        archive.writestr(name, b"2")
    return out.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a bit in the flags of the first entry of the directory."""
    changed = bytearray(data)
    changed[data.index(b"PK\x01\x02") + 8] |= flag
    return bytes(changed)


def with_declared_size(data: bytes, size_bytes: int) -> bytes:
    """Let the directory promise another size for the first member."""
    changed = bytearray(data)
    struct.pack_into("<I", changed, data.index(b"PK\x01\x02") + 24, size_bytes)
    return bytes(changed)


def deflated(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members.items():
            archive.writestr(name, body)
    return out.getvalue()


def test_members_are_listed_and_read() -> None:
    opened = open_package(make_zip({"a.xml": b"<a/>", "b/": b"", "b/c.txt": "가".encode()}))
    assert opened.names() == ("a.xml", "b/c.txt")
    assert opened.has("a.xml")
    assert opened.read("b/c.txt").decode() == "가"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"PK\x03\x04 nothing", "damaged", id="no directory"),
        pytest.param(make_zip({"a": b"1"})[:-30], "damaged", id="cut short"),
        pytest.param(make_zip({"../a": b"1"}), "hostile", id="name climbs out"),
        pytest.param(make_zip({"/etc/a": b"1"}), "hostile", id="absolute name"),
        pytest.param(make_zip({"C:\\a": b"1"}), "hostile", id="name with a drive"),
        pytest.param(make_zip({"a\\..\\..\\b": b"1"}), "hostile", id="name climbs by backslash"),
        pytest.param(make_zip({"in/b.ZIP": b"1"}), "hostile", id="archive in the archive"),
        pytest.param(twice_named("a.xml"), "hostile", id="the same name twice"),
        pytest.param(with_flag(make_zip({"a": b"1"}), 1), "encrypted", id="encrypted"),
        pytest.param(deflated({"a.xml": bytes(3_000_000)}), "hostile", id="unpacks 1,000 fold"),
        pytest.param(
            make_zip({str(number): b"" for number in range(2_001)}), "hostile", id="many members"
        ),
        pytest.param(
            with_declared_size(make_zip({"a.xml": bytes(1_000_000)}), 150_000_000),
            "document_too_large",
            id="an XML part beyond the limit",
        ),
    ],
)
def test_a_package_outside_the_limits_is_refused(data: bytes, reason: str) -> None:
    assert refusal(data) == reason


def test_what_all_members_declare_together_is_bounded() -> None:
    data = make_zip({"a.bin": bytes(2_000_000)})
    with pytest.raises(DocumentTooLargeError) as caught:
        open_package(with_declared_size(data, 260_000_000))
    assert caught.value.size_bytes == 260_000_000


def test_a_member_larger_than_it_declares_is_damaged() -> None:
    opened = open_package(with_declared_size(deflated({"a.xml": b"a" * 900_000}), 10))
    with pytest.raises(DocumentUnreadableError) as caught:
        opened.read("a.xml")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("how", ["changed", "absent", "method"])
def test_a_member_that_does_not_unpack_is_damaged(how: str) -> None:
    data = bytearray(make_zip({"a.txt": b"unchanged"}))
    if how == "changed":
        data[data.index(b"unchanged")] ^= 1
    if how == "method":
        data[data.index(b"PK\x01\x02") + 10] = zipfile.ZIP_LZMA
    with pytest.raises(DocumentUnreadableError) as caught:
        open_package(bytes(data)).read("b.txt" if how == "absent" else "a.txt")
    assert caught.value.reason == "damaged"


@pytest.mark.parametrize("encoding", ["cp949", "utf-8"])
def test_korean_names_are_read_as_they_were_written(encoding: str) -> None:
    raw = "시범구매 계획.txt".encode(encoding)
    data = make_zip({"x" * len(raw): b"1"}).replace(b"x" * len(raw), raw)
    opened = open_package(data)
    assert opened.names() == ("시범구매 계획.txt",)
    assert opened.read("시범구매 계획.txt") == b"1"


def test_archives_may_be_members_where_that_is_said() -> None:
    opened = open_package(make_zip({"a.zip": b"1"}), allow_archives=True)
    assert opened.names() == ("a.zip",)


@pytest.mark.parametrize(
    ("xml", "reason"),
    [
        pytest.param(LAUGHS, "hostile", id="entities"),
        pytest.param(LAUGHS.decode().encode("utf-16"), "hostile", id="entities in UTF-16"),
        pytest.param(b"<!DOCTYPE a SYSTEM 'file:///a'><a/>", "hostile", id="outside entity"),
        pytest.param(b"<a>" * 300 + b"</a>" * 300, "hostile", id="depth"),
        pytest.param(b"<a><tc colSpan='100000000'/></a>", "hostile", id="column span"),
        pytest.param(b"<a><hp:cellSpan rowSpan='10001'/></a>", "hostile", id="row span"),
        pytest.param(b"<a><w:gridSpan w:val='99999999999'/></a>", "hostile", id="grid span"),
        pytest.param(b"<a>" + b"<w:tc/>" * 200_001 + b"</a>", "hostile", id="cells"),
        pytest.param(b"<a><b></a>", "damaged", id="not closed"),
        pytest.param(b"", "damaged", id="nothing"),
        pytest.param(b"<?xml version='1.0' encoding='nonsense'?><a/>", "damaged", id="encoding"),
    ],
)
def test_xml_that_would_cost_too_much_is_refused(xml: bytes, reason: str) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        check_xml(xml)
    assert caught.value.reason == reason


def test_elements_are_counted() -> None:
    check_xml(b"<a>" + b"<b/>" * 9 + b"</a>", max_elements=10)
    with pytest.raises(DocumentUnreadableError):
        check_xml(b"<a>" + b"<b/>" * 10 + b"</a>", max_elements=10)


def test_ordinary_xml_is_parsed() -> None:
    root = parse_xml('<a colSpan="3"><w>가</w><!-- 나 --><?x y?></a>'.encode())
    assert [child.text for child in root] == ["가"]


def test_outside_files_are_never_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("비밀")
    xml = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]><a>&x;</a>'
    with pytest.raises(DocumentUnreadableError):
        parse_xml(xml.encode())
