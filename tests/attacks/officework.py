"""The work of an office over HTTP, as an attack has it done: complaints, pilots, tables, files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.reading import Limits, read
from tests.api.events import parse
from tests.attacks.target import Target

BY = "주무관 보기"
FORMATS = ("hwpx", "docx", "pdf", "html", "md", "txt")
TABLE_FORMATS = ("xlsx", "csv", "json")
BOOK_FORMATS = ("hwpx", "docx", "pdf")
OFFICER = {"department": "보기과", "name": BY, "contact": "000-0000-0000"}
# A survey of ten people whose mean is 70 of 100, and an item that is met.
SURVEY = {
    "product.name": "가림 감지기",
    "items[1].name": "감지시간",
    "items[1].target": "30",
    "items[1].direction": "at_most",
    "items[1].unit": "초",
    "measurements[1].value": "24.6",
    "surveys[1].name": "이용자 만족도",
    "surveys[1].questions[1].text": "만족도",
    "surveys[1].questions[1].counts[3].people": "5",
    "surveys[1].questions[1].counts[4].people": "5",
}


def complain(target: Target, text: str, **fields: Any) -> dict[str, Any]:
    """Put in a complaint, have its masks checked by a person, and return the case."""
    body = {"text": text, "officer": OFFICER} | fields
    made = target.client.post("/api/complaints", json=body)
    assert made.status_code == 201, made.text
    base = f"/api/complaints/{made.json()['complaint_id']}"
    checked = target.client.post(f"{base}/masks/check", json={"by": BY})
    assert checked.status_code == 200, checked.text
    return dict(checked.json())


def write_letter(target: Target, case: Mapping[str, Any], **body: Any) -> str:
    """Have a letter drafted and return the id of the paper."""
    base = f"/api/complaints/{case['complaint_id']}"
    written = parse(target.client.post(f"{base}/letters", json=body).text)[-1]
    assert written.name == "written", written
    return str(written.data["paper_id"])


def make_pilot(target: Target, title: str, **changes: str) -> str:
    """Make a pilot with these values in its record and return its id."""
    listed = [{"place": place, "value": value} for place, value in changes.items()]
    body = {"title": title, "by": BY, "grade": "O", "changes": listed}
    made = target.client.post("/api/pilots", json=body)
    assert made.status_code == 201, made.text
    return str(made.json()["pilot_id"])


def put_pilot_file(target: Target, pilot_id: str, name: str, content: bytes) -> dict[str, Any]:
    """Give a file to a pilot and return what it says of it."""
    sent = target.client.post(
        f"/api/pilots/{pilot_id}/files", params={"file_name": name, "by": BY}, content=content
    )
    assert sent.status_code == 201, sent.text
    return dict(sent.json())


def make_report(target: Target, pilot_id: str, kind: str = "completion") -> str:
    """Have a report drafted and return the id of the paper."""
    made = target.client.post(f"/api/pilots/{pilot_id}/report", json={"kind": kind, "by": BY})
    assert made.status_code == 201, made.text
    return str(made.json()["paper_id"])


def run_job(
    target: Target, files: Mapping[str, bytes], *, title: str = "신청", grade: str = ""
) -> tuple[str, str]:
    """Run a job over files; return its id and all that its events told."""
    body = {"table": "product_application", "by": BY, "title": title}
    job = target.client.post("/api/jobs", json=body)
    assert job.status_code == 202, job.text
    job_id = str(job.json()["job_id"])
    for name, content in files.items():
        query = {"file_name": name} | ({"grade": grade} if grade else {})
        sent = target.client.post(f"/api/jobs/{job_id}/files", params=query, content=content)
        assert sent.status_code == 202, sent.text
    return job_id, target.client.get(f"/api/jobs/{job_id}/events").text


def draft_of(target: Target, paper_id: str) -> dict[str, Any]:
    """Return a paper as its page gets it."""
    return dict(target.client.get(f"/api/drafts/{paper_id}").json())


def sentences(draft: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the sentences of a draft with what carries each."""
    for part in draft["parts"]:
        for block in part["blocks"]:
            yield from block.get("sentences", ())


def files_of(
    target: Target, paper_id: str, formats: Sequence[str] = FORMATS, **query: Any
) -> dict[str, bytes]:
    """Return a paper in every format."""
    made = {}
    for fmt in formats:
        file = target.client.get(f"/api/drafts/{paper_id}/export", params={"format": fmt} | query)
        assert file.status_code == 200, file.text
        made[fmt] = file.content
    return made


def tables_of(target: Target, job_id: str, formats: Sequence[str]) -> dict[str, bytes]:
    """Return a job in these formats."""
    made = {}
    for fmt in formats:
        file = target.client.get(f"/api/jobs/{job_id}/export", params={"format": fmt})
        assert file.status_code == 200, file.text
        made[fmt] = file.content
    return made


def text_of(files: Mapping[str, bytes]) -> str:
    """Return what a reader of these files reads."""
    return "\n".join(_read(fmt, data) for fmt, data in files.items())


def _read(fmt: str, data: bytes) -> str:
    if fmt in {"md", "txt", "csv", "json"}:
        return data.decode("utf-8-sig")
    found = read(data, file_name=f"x.{fmt}", limits=Limits())
    return "\n".join(
        line
        for block in found.blocks
        for line in (block.caption, block.text, *(cell.text for row in block.rows for cell in row))
    )


def inside_of(data: bytes) -> str:
    """Return all that stands in a file, package members and their names included."""
    if not data.startswith(b"PK"):
        return data.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = package.namelist()
        return "\n".join([*names, *(package.read(one).decode("utf-8", "replace") for one in names)])


def approve(target: Target, paper_id: str, *, reasons: bool) -> Any:
    """Approve a paper, giving a reason for each open item or none at all."""
    draft = draft_of(target, paper_id)
    taken = [{"item_id": one["item_id"], "reason": "확인함"} for one in draft["items"]]
    body = {
        "content_hash": draft["version"]["content_hash"],
        "by": "과장 보기",
        "acknowledgements": taken if reasons else [],
    }
    return target.client.post(f"/api/drafts/{paper_id}/approve", json=body)


def case_state(target: Target, complaint_id: str) -> str:
    """Return what of a case tells that it was answered, closed or sent."""
    case = target.client.get(f"/api/complaints/{complaint_id}").json()
    kept = ("events", "due", "kind", "kind_by", "period", "group_id", "officer", "drafting")
    return json.dumps({name: case[name] for name in kept}, ensure_ascii=False, sort_keys=True)
