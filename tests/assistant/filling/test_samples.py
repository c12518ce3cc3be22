"""Real forms that other programs saved, read in place where the shared samples are at hand."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from assistant.errors import DocumentTooLargeError, DocumentUnreadableError
from assistant.filling import check, fill
from tests.assistant.filling.forms import members, with_part

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "samples"
SECTION = "Contents/section0.xml"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the shared samples are not here")

REPORT = {
    "year": 2026,
    "product": {"name": "가상 <순찰> & “로봇”"},
    "officer": "홍길동",
    "phone": "000",
    "note": "첫째\n둘째",
    "rows": [{"item": f"항목 {i}", "val": i, "goal": 50} for i in range(100)],
}
LOOP = "{%tr for 줄 in 줄들 %}"
# In each form a piece of its text is exchanged for tags.
INJECTED = {
    "mpm_notice_2023_311": ("인사혁신처장", "{{ 기관장 }}{% if 숨김 %}없음{% endif %}"),
    "form_general_memo": ("수신  ", "수신 {{ 기관장 }} "),
    "press_release_noori_2018": (
        "보도일시",
        f"{LOOP}{{{{ 기관장 }}}} {{{{ 줄 }}}}{{%tr endfor %}}",
    ),
}


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def injected(name: str) -> bytes:
    data = sample(f"{name}.hwpx")
    old, new = INJECTED[name]
    text = members(data)[SECTION].decode("utf-8")
    place = text.index(old) if old in text else text.index("<hp:t>") + len("<hp:t>")
    changed = text[:place] + new + text[place + (len(old) if old in text else 0) :]
    return with_part(data, SECTION, changed.encode("utf-8"))


def entries(data: bytes) -> list[tuple[str, int]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(entry.filename, entry.compress_type) for entry in archive.infolist()]


@pytest.mark.parametrize("name", INJECTED)
def test_a_form_of_another_program_loses_no_part(name: str) -> None:
    template = injected(name)
    made = fill(template, {"기관장": "새 <기관장>", "줄들": ["가", "나", "다"], "숨김": False})
    assert entries(made) == entries(template)
    before, after = members(template), members(made)
    changed = {part for part in before if before[part] != after[part]}
    assert changed <= {SECTION, "Preview/PrvText.txt"}
    times = 3 if LOOP in INJECTED[name][1] else 1
    assert after[SECTION].decode("utf-8").count("새 &lt;기관장&gt;") == times


@pytest.mark.parametrize("name", INJECTED)
def test_a_filled_form_has_no_error_that_the_form_itself_has_not(name: str, tmp_path: Path) -> None:
    validator = pytest.importorskip("hwpx.tools.package_validator")
    dochan = pytest.importorskip("dochan")
    made = fill(injected(name), {"기관장": "새 기관장", "줄들": ["가", "나"], "숨김": True})
    path = tmp_path / "filled.hwpx"
    path.write_bytes(made)
    before, after = (
        {i.message for i in validator.validate_package(data).issues if i.level == "error"}
        for data in (sample(f"{name}.hwpx"), made)
    )
    assert after <= before
    read = dochan.Dochan(str(path))
    assert read.errors == []
    assert "새 기관장" in read.to_plain_text()


def test_a_hundred_rows_of_hwpx_come_back_with_other_readers(tmp_path: Path) -> None:
    validator = pytest.importorskip("hwpx.tools.package_validator")
    dochan = pytest.importorskip("dochan")
    made = fill(sample("template_report.hwpx"), REPORT)
    path = tmp_path / "filled.hwpx"
    path.write_bytes(made)
    assert validator.validate_package(made).ok
    text = dochan.Dochan(str(path)).to_markdown()
    assert "가상 <순찰> & “로봇”" in text
    assert [f"| 항목 {i} | {i} |" in text for i in (0, 50, 99)] == [True] * 3


def test_a_second_library_takes_the_filled_hwpx(tmp_path: Path) -> None:
    hwpforge = pytest.importorskip("hwpforge")
    path = tmp_path / "filled.hwpx"
    path.write_bytes(fill(sample("template_report.hwpx"), REPORT))
    text = str(hwpforge.Document.open(str(path)).to_md().text)
    assert "항목 99" in text


def test_a_hundred_rows_of_docx_come_back_with_another_reader() -> None:
    docx = pytest.importorskip("docx")
    rows = [{"a": f"<{i}>", "b": i} for i in range(100)]
    made = fill(sample("template_report.docx"), {"year": 2026, "product": "로봇", "rows": rows})
    document = docx.Document(io.BytesIO(made))
    cells = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert cells == [["항목", "값"], *([f"<{i}>", str(i)] for i in range(100))]
    assert [p.text for p in document.paragraphs] == ["2026년 시범사용 결과보고서", "제품: 로봇"]


@pytest.mark.parametrize("name", ["template_report.hwpx", "template_report.docx"])
def test_a_hundred_rows_take_no_half_second(name: str) -> None:
    rows = [{"a": 1, "b": 2, "item": "x", "val": 1, "goal": 2} for _ in range(100)]
    values = {**REPORT, "rows": rows}
    if name.endswith("docx"):
        values["product"] = "x"
    began = time.process_time()
    fill(sample(name), values)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("name", ["template_report.hwpx", "template_report.docx"])
def test_a_sample_template_has_no_fault(name: str) -> None:
    report = check(sample(name))
    assert report.faults == ()
    assert {"year", "rows"} <= set(report.names())


@pytest.mark.parametrize("name", ["hostile_zip_1gb.hwpx", "hostile_deep_nesting.hwpx"])
def test_a_hostile_file_is_refused(name: str) -> None:
    data = sample(name)
    with pytest.raises((DocumentUnreadableError, DocumentTooLargeError)):
        check(data if "zip" in name else with_tag(data))


def with_tag(data: bytes) -> bytes:
    text = members(data)[SECTION]
    return with_part(data, SECTION, text.replace(b"</hp:t>", b"{{ x }}</hp:t>", 1) + b"<!-- { -->")
