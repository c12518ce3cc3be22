"""Whatever leaves as a file, hostile text in every field: no way out, no script, no formula."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import lxml.etree
import lxml.html
import pypdf
import pytest
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from tests.api.events import parse
from tests.api.opened import opened
from tests.assistant.filling.forms import docx
from tests.attacks.officework import inside_of

BY = "주무관 보기"

LONG = "가" * 400 + "x" * 400
HOSTILE = (
    "=cmd|'/c calc'!A0 https://evil.example/a?b=1 [누르기](javascript:alert(1)) "
    "![그림](https://evil.example/p.png) <img src=//evil.example onerror=alert(1)> "
    "<script>alert(1)</script> \u202e뒤집힘\u2066 \x00\x07\x1b[31m {{7*7}} ${x} "
    "file:///etc/passwd \\\\evil\\share www.evil.example a@evil.example"
)
WORDS = f"{HOSTILE} {LONG}"
_OUT = re.compile(rb"https?://(?!schemas\.|www\.w3\.org|www\.hancom\.co\.kr/|purl\.org|ns\.adobe)")
FORMATS = ("hwpx", "docx", "pdf", "html", "md", "txt")


def assert_nothing_leads_out(data: bytes, kind: str) -> None:
    """Look through a file for links, outside parts, scripts and formulas."""
    if data.startswith(b"PK"):
        _look_through_package(data)
    elif kind == "pdf":
        _look_through_pdf(data)
    elif kind in {"html", "svg"}:
        _look_through_page(data, kind)
    elif kind == "md":
        _look_through_markdown(data)
    elif kind == "csv":
        cells = re.findall(r'(?:^|,)"?([=+\-@][^\d])', data.decode("utf-8-sig"), re.M)
        assert cells == []
    if kind != "pdf":  # its letters lie packed in streams
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", inside_of(data))


def _look_through_package(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            assert not re.search(r"vba|script|ole|activex|externalLink|\.\.|^/", name, re.I), name
            if name.endswith((".xml", ".rels", ".hpf", ".rdf")):
                _look_through_part(name, lxml.etree.fromstring(package.read(name)))


def _look_through_part(name: str, root: Any) -> None:
    for element in root.iter(lxml.etree.Element):
        tag = lxml.etree.QName(element).localname
        if tag == "hyperlink":  # to a place of the same file
            assert {lxml.etree.QName(key).localname for key in element.attrib} <= {
                "anchor",
                "history",
            }
        assert tag not in {"hyperlinks", "object", "control", "script", "f",
                           "fldSimple", "oleObject", "videoData", "altChunk"}, name  # fmt: skip
        assert element.get("TargetMode") is None
        assert element.get("isEmbeded", "1") == "1"
        if tag == "fieldBegin":
            assert element.get("type") not in {"HYPERLINK", "FORMULA", "PATH"}, (
                name,
                element.attrib,
            )
        if tag == "instrText":
            assert (element.text or "").split()[0] in {"PAGE", "SEQ", "NUMPAGES"}
        for key in ("Target", "href"):
            assert not re.match(r"\w+:|//|\\\\", element.get(key, "")), (name, element.attrib)


def _look_through_markdown(data: bytes) -> None:
    body = data.decode().split("---\n", 2)[2]
    assert not re.search(r"https?://|\bwww\.", body), "what many programs make a link of"
    parser = MarkdownIt("commonmark").enable("table")
    for token in (t for one in parser.parse(body) for t in (one, *(one.children or ()))):
        assert token.type not in {"link_open", "html_inline", "fence"}
        assert token.type != "html_block" or token.content.startswith("<table>")
        assert token.type != "image" or str(token.attrs["src"]).startswith("data:image/")


def _look_through_pdf(data: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    names = root.get("/Names", {})
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(names)
    for page in reader.pages:
        for note in page.get("/Annots") or ():
            action = note.get_object().get("/A", {})
            assert action.get("/S") in {None, "/GoTo"}, action


def _look_through_page(data: bytes, kind: str) -> None:
    root = lxml.etree.fromstring(data) if kind == "svg" else lxml.html.fromstring(data)
    for element in root.iter(lxml.etree.Element):
        tag = lxml.etree.QName(element).localname if kind == "svg" else element.tag
        assert tag not in {"script", "iframe", "object", "embed", "link", "form", "base", "image",
                           "foreignObject", "use"}  # fmt: skip
        assert not [key for key in element.attrib if key.startswith("on")]
        assert element.get("src", "data:image/").startswith("data:image/")
        assert element.get("href", "#").startswith("#")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with opened(tmp_path_factory.mktemp("exports")) as client:
        rule = (
            f"# 규정\n\n##### 제1조 (기한)\n\n완료보고서는 14일 이내에 제출하여야 한다. {HOSTILE}\n"
        )
        received = client.post(
            "/api/documents",
            params={"file_name": "=cmd https://evil.example 규정.md"},
            content=rule.encode("utf-8", "replace"),
        )
        assert received.status_code in {200, 202}, received.text
        assert client.app.state.assistant.wait_idle(timeout_s=30)  # type: ignore[attr-defined]
        yield client


def sent(client: TestClient, path: str, body: Mapping[str, Any]) -> Any:
    response = client.post(path, json=body)
    assert response.status_code in {200, 201, 202}, response.text
    return response


def post(client: TestClient, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sent(client, path, body).json())


def exported(client: TestClient, path: str, **query: str) -> bytes:
    response = client.get(f"/api{path}", params=query)
    assert response.status_code == 200, (path, query, response.text)
    assert not re.search("[\r\n\u202e]", response.headers.get("content-disposition", ""))
    return response.content


# -- papers -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def papers(client: TestClient) -> Mapping[str, str]:
    """One of every kind of paper, hostile in every field."""
    text = f"완료보고서는 며칠 이내에 제출하나요?\n{WORDS}"
    officer = {"department": HOSTILE[:90], "name": "보기", "contact": HOSTILE[:90]}
    body = {"text": text, "title": HOSTILE[:290], "number": "=1+1", "officer": officer}
    case = post(client, "/api/complaints", body)
    letter = parse(client.post(f"/api/complaints/{case['complaint_id']}/letters", json={}).text)
    pilot_id = pilot(client)
    made = {"letter": str(letter[-1].data["paper_id"])}
    for kind in ("completion", "plan", "interim", "supplement", "summary"):
        report = post(client, f"/api/pilots/{pilot_id}/report", {"kind": kind, "by": BY})
        made[kind] = report["paper_id"]
    made["portfolio"] = post(client, "/api/pilots/portfolio/report", {"by": BY})["paper_id"]
    return made


def pilot(client: TestClient) -> str:
    short = HOSTILE[:180]
    values = {
        "product.name": short,
        "institution.name": short,
        "supplier.name": short,
        "items[1].name": short,
        "items[1].target": "30",
        "items[1].direction": "at_most",
        "measurements[1].value": "24.6",
        "surveys[1].name": short,
        "surveys[1].questions[1].text": short,
        "surveys[1].questions[1].counts[4].people": "5",
        "changes[1].text": short,
        "events[matched].on": "2026-11-02",
    }
    changes = [{"place": place, "value": value} for place, value in values.items()]
    return str(
        post(client, "/api/pilots", {"title": short, "by": BY, "changes": changes})["pilot_id"]
    )


PAPERS = ("letter", "completion", "plan", "interim", "supplement", "summary", "portfolio")


@pytest.mark.parametrize("paper", PAPERS)
def test_no_file_of_a_paper_leads_out(
    client: TestClient, papers: Mapping[str, str], paper: str
) -> None:
    paper_id = papers[paper]
    for fmt in FORMATS:
        assert_nothing_leads_out(exported(client, f"/drafts/{paper_id}/export", format=fmt), fmt)


def test_no_file_of_an_answer_leads_out(client: TestClient) -> None:
    asked = {"question": f"완료보고서는 며칠 이내에 제출하나요? {HOSTILE}"}
    answer = parse(sent(client, "/api/chat", asked).text)[-1].data
    assert answer["citations"]
    for fmt in FORMATS:
        assert_nothing_leads_out(
            exported(client, f"/turns/{answer['turn_id']}/export", format=fmt), fmt
        )


def test_no_chart_table_or_calendar_of_pilots_leads_out(client: TestClient) -> None:
    pilot_id = pilot(client)
    charts = client.get(f"/api/pilots/{pilot_id}/charts").json()["charts"]
    assert charts
    for chart in charts:
        data = exported(client, f"/pilots/{pilot_id}/charts/{chart['name']}.svg")
        assert_nothing_leads_out(data, "svg")
    for fmt in ("xlsx", "csv", "json"):
        assert_nothing_leads_out(exported(client, "/pilots/export", format=fmt), fmt)
    calendar = exported(client, f"/pilots/{pilot_id}/calendar.ics").decode()
    assert not re.search(r"^(?:URL|ATTACH|ORGANIZER|ATTENDEE)", calendar, re.M)


def test_no_form_of_an_institution_leads_out_when_it_is_filled(client: TestClient) -> None:
    fields = "<w:p><w:r><w:t>{{ 초안표시 }} {{ 제품명 }}</w:t></w:r></w:p>"
    address = f"/api/pilots/{pilot(client)}/form"
    filled = client.post(address, content=docx(fields))
    assert filled.status_code == 200, filled.text
    assert "evil.example" in inside_of(filled.content)
    assert_nothing_leads_out(filled.content, "docx")


# -- tables over files ------------------------------------------------------------------------


def test_no_table_over_files_leads_out(client: TestClient) -> None:
    job = post(
        client, "/api/jobs", {"table": "product_application", "title": HOSTILE[:190], "by": BY}
    )
    cells = HOSTILE.replace("|", "/").encode("utf-8", "replace").decode()
    link = '=HYPERLINK("https://evil.example")'
    form = f"# {cells}\n\n| 기업명 | {cells} |\n|---|---|\n| 제품명 | {link} |\n"
    received = client.post(
        f"/api/jobs/{job['job_id']}/files",
        params={"file_name": "=cmd https://evil.example 신청.md"},
        content=form.encode(),
    )
    assert received.status_code == 202, received.text
    client.get(f"/api/jobs/{job['job_id']}/events")
    for fmt in ("xlsx", "csv", "json", "hwpx", "docx", "pdf"):
        assert_nothing_leads_out(exported(client, f"/jobs/{job['job_id']}/export", format=fmt), fmt)
    report = post(client, f"/api/jobs/{job['job_id']}/report", {"by": BY})
    for fmt in FORMATS:
        data = exported(client, f"/drafts/{report['paper_id']}/export", format=fmt)
        assert_nothing_leads_out(data, fmt)


def test_half_a_character_is_refused_and_not_kept(client: TestClient) -> None:
    content = '{"text": "\\ud800 가로등", "title": "\\udfff"}'
    kind = {"Content-Type": "application/json"}
    response = client.post("/api/complaints", content=content, headers=kind)
    assert response.status_code == 422
