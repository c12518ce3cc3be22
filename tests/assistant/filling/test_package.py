from __future__ import annotations

import io
import zipfile

import pytest

from assistant.errors import DocumentTooLargeError, DocumentUnreadableError
from assistant.filling import check, fill
from assistant.filling.package import MAX_FILE_BYTES, open_package
from tests.assistant.filling.forms import docx, h_p, h_table, hwpx, members, package, w_p


def doubled() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("a", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a", "2")
    return target.getvalue()


def with_flag(data: bytes, flag: int) -> bytes:
    entry = data.index(b"PK\x01\x02")
    return data[: entry + 8] + flag.to_bytes(2, "little") + data[entry + 10 :]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"PK\x03\x04 no directory", "damaged", id="no directory"),
        pytest.param(package({"a": "x"})[:-30], "damaged", id="cut off"),
        pytest.param(package({"../a": "x"}), "hostile", id="climbs out"),
        pytest.param(package({"/a": "x"}), "hostile", id="absolute"),
        pytest.param(package({f"m{i}": "" for i in range(2_100)}), "hostile", id="many members"),
        pytest.param(package({"a": b"\0" * 3_000_000}), "hostile", id="bomb"),
        pytest.param(doubled, "hostile", id="the same name twice"),
        pytest.param(with_flag(package({"a": "x"}), 1), "encrypted", id="encrypted"),
    ],
)
def test_a_package_that_is_no_honest_one_is_refused(data: object, reason: str) -> None:
    given = data() if callable(data) else data
    with pytest.raises(DocumentUnreadableError) as caught:
        open_package(given)
    assert caught.value.reason == reason


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    with pytest.raises(DocumentTooLargeError):
        open_package(b"PK\x03\x04" + bytes(MAX_FILE_BYTES))


def test_a_rewritten_package_keeps_order_compression_dates_and_remarks() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = b"remark"
        archive.writestr("mimetype", "x", zipfile.ZIP_STORED)
        archive.writestr(zipfile.ZipInfo("폴더/", (2024, 2, 3, 4, 6, 8)), "")
        archive.writestr(zipfile.ZipInfo("폴더/나", (2024, 2, 3, 4, 6, 8)), "y" * 50)
        archive.writestr("다", "z" * 50, zipfile.ZIP_DEFLATED)
    made = open_package(target.getvalue()).rewritten({"다": b"new"})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = [(e.filename, e.compress_type, e.date_time[0]) for e in archive.infolist()]
        assert archive.comment == b"remark"
    assert [entry[1] for entry in found] == [0, 0, 0, 8]
    assert found[2] == ("폴더/나", 0, 2024)
    assert members(made) == {"mimetype": b"x", "폴더/": b"", "폴더/나": b"y" * 50, "다": b"new"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("{{ a }}" * 5_001, id="many tags"),
        pytest.param("{% if a %}" * 30 + "{% endif %}" * 30, id="conditions in conditions"),
    ],
)
def test_a_template_made_to_exhaust_is_refused(body: str) -> None:
    with pytest.raises(DocumentUnreadableError) as caught:
        check(docx(w_p(body)))
    assert caught.value.reason == "hostile"


def test_blocks_in_tables_in_blocks_end_before_the_stack_does() -> None:
    opened, closed = h_p("{%p if a %}") * 8, h_p("{%p endif %}") * 8
    body = h_p("글")
    for _ in range(28):
        body = opened + h_table((h_p("") + opened + body + closed,)) + closed
    with pytest.raises(DocumentUnreadableError):
        fill(hwpx(body), {"a": True})
