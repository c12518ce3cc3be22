"""Another institution that has guessed every id reaches nothing: no route shows or changes a thing.

Each route that takes an id has its attempt here; a new route without one fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.assistant.filling.forms import docx
from tests.attacks.twooffices import BY, CANARY, Theirs, post, two_institutions

_PARAMETER = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theirs]:
    with two_institutions(tmp_path_factory.mktemp("two")) as opened:
        yield opened


_FORM = docx("<w:p><w:r><w:t>{{ 초안표시 }} {{ 제품명 }}</w:t></w:r></w:p>")
_NAMED = {"by": BY}
# What goes with a route beside the ids in its path.
_WITH: Mapping[str, Mapping[str, Any]] = {
    "GET /api/turns/{turn_id}/export": {"params": {"format": "txt"}},
    "POST /api/turns/{turn_id}/feedback": {"json": {"verdict": "up"}},
    "PATCH /api/conversations/{conversation_id}": {"json": {"title": "x"}},
    "PATCH /api/drafts/{paper_id}/parts/{part_id}": {
        "json": _NAMED | {"lines": [{"text": "x", "depth": 0}]}, "headers": {"If-Match": '"1-"'},
    },
    "PATCH /api/drafts/{paper_id}/parts/{part_id}/cells": {
        "json": _NAMED | {"cells": [{"block": 0, "row": 0, "cell": 0, "text": "x"}]},
        "headers": {"If-Match": '"1-"'},
    },
    "PATCH /api/drafts/{paper_id}/names": {
        "json": _NAMED | {"names": [{"part_id": "", "text": "x"}]}, "headers": {"If-Match": '"1-"'},
    },
    "POST /api/drafts/{paper_id}/restore": {
        "json": _NAMED | {"version": 1}, "headers": {"If-Match": '"1-"'},
    },
    "POST /api/drafts/{paper_id}/settle": {
        "json": _NAMED | {"aside": 1, "take": True}, "headers": {"If-Match": '"1-"'},
    },
    "GET /api/drafts/{paper_id}/compare": {"params": {"old": 1, "new": 1}},
    "POST /api/drafts/{paper_id}/comments": {"json": _NAMED | {"text": "x"}},
    "PATCH /api/drafts/{paper_id}/comments/{comment_id}": {"json": _NAMED | {"is_resolved": True}},
    "POST /api/drafts/{paper_id}/approve": {"json": _NAMED | {"content_hash": "0" * 64}},
    "GET /api/drafts/{paper_id}/export": {"params": {"format": "txt"}},
    "POST /api/jobs/{job_id}/run": {"json": {}},
    "POST /api/jobs/{job_id}/files": {"params": {"file_name": "x.md"}, "content": b"x"},
    "PUT /api/jobs/{job_id}/items/{item_id}/cells/{column}": {"json": _NAMED | {"value": "x"}},
    "DELETE /api/jobs/{job_id}/items/{item_id}/cells/{column}": {"params": _NAMED},
    "PUT /api/jobs/{job_id}/items/{item_id}/confirmation": {
        "json": _NAMED | {"is_confirmed": True}
    },
    "POST /api/jobs/{job_id}/report": {"json": _NAMED},
    "PUT /api/complaints/groups/{group_id}/master": {"json": {"paper_id": "{paper_id}"}},
    "POST /api/complaints/groups/{group_id}/replies": {"json": {}},
    "POST /api/complaints/{complaint_id}/letters": {"json": {}},
    "POST /api/complaints/{complaint_id}/points/{point_id}/answer": {
        "json": {"paper_id": "{paper_id}"}
    },
    "PATCH /api/complaints/{complaint_id}": {"json": _NAMED | {"number": "x"}},
    "POST /api/complaints/{complaint_id}/masks": {"json": _NAMED | {"start": 0, "end": 2}},
    "POST /api/complaints/{complaint_id}/masks/check": {"json": _NAMED},
    "DELETE /api/complaints/{complaint_id}/masks/{mask_id}": {"params": _NAMED},
    "PUT /api/complaints/{complaint_id}/points": {"json": _NAMED | {"points": [{"text": "x"}]}},
    "POST /api/complaints/{complaint_id}/events": {
        "json": _NAMED | {"event": {"type": "extended", "at": "2026-11-29T10:00:00+09:00"}}
    },
    "DELETE /api/complaints/{complaint_id}/events/{event_id}": {"params": _NAMED},
    "POST /api/pilots/{pilot_id}/report": {"json": _NAMED},
    "POST /api/pilots/{pilot_id}/papers/{paper_id}/refresh": {"json": _NAMED},
    "POST /api/pilots/{pilot_id}/form": {"content": _FORM},
    "PATCH /api/pilots/{pilot_id}": {
        "json": _NAMED | {"changes": [{"place": "code", "value": "x"}]},
        "headers": {"If-Match": '"1"'},
    },
    "POST /api/pilots/{pilot_id}/files": {
        "params": _NAMED | {"file_name": "x.md"}, "content": b"x",
    },
    "POST /api/pilots/{pilot_id}/documents": {"json": _NAMED | {"document_id": "{document_id}"}},
    "POST /api/pilots/{pilot_id}/proposals/accept": {"json": _NAMED},
    "POST /api/pilots/{pilot_id}/proposals/reject": {"json": _NAMED | {"proposal_ids": ["x"]}},
}  # fmt: skip
# Routes that name something of everybody's: the shipped tables, not the institution's.
_SHARED = frozenset(
    {"GET /api/tables/{name}", "PUT /api/tables/{name}", "DELETE /api/tables/{name}"}
)


def _filled(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {key: _filled(one, ids) for key, one in value.items()}
    if isinstance(value, str) and _PARAMETER.fullmatch(value):
        return ids[value[1:-1]]
    return [_filled(one, ids) for one in value] if isinstance(value, list) else value


def test_no_route_opens_or_changes_what_is_anothers(theirs: Theirs) -> None:
    before = theirs.snapshot()
    theirs.act_as("other")
    shown, tried = [], 0
    for path, methods in theirs.app.openapi()["paths"].items():
        for method in methods:
            route = f"{method.upper()} {path}"
            if not _PARAMETER.search(path) or route in _SHARED:
                continue
            tried += 1
            address = path.format(**theirs.ids)
            response = theirs.client.request(
                method.upper(), address, **_filled(_WITH.get(route, {}), theirs.ids)
            )
            if response.status_code != 404 or CANARY in response.text:
                shown.append((route, response.status_code, response.text[:200]))
    assert shown == []
    assert tried > 70
    assert theirs.snapshot() == before


_LISTS = (
    "/api/conversations",
    "/api/collections",
    "/api/documents",
    "/api/jobs",
    "/api/tables",
    "/api/complaints?which=all",
    "/api/complaints/groups",
    "/api/pilots",
    "/api/pilots/export?format=json",
)


@pytest.mark.parametrize("path", _LISTS)
def test_no_list_names_what_is_anothers(theirs: Theirs, path: str) -> None:
    theirs.act_as("other")
    response = theirs.client.get(path)
    assert response.status_code == 200
    assert CANARY not in response.text
    assert [one for one in theirs.ids.values() if len(one) > 8 and one in response.text] == []


_ASKED = "완료보고서는 며칠 이내에 제출하나요?"
# Ids of theirs inside a request about something of one's own.
_MIXED: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "a question over their document": (
        "POST", "/api/chat", {"json": {"question": _ASKED, "document_ids": ["{document_id}"]}},
    ),
    "a question over their collection": (
        "POST", "/api/chat",
        {"json": {"question": _ASKED, "collection_ids": ["{collection_id}"]}},
    ),
    "a question in their conversation": (
        "POST", "/api/chat",
        {"json": {"question": _ASKED, "conversation_id": "{conversation_id}"}},
    ),
    "a question": ("POST", "/api/chat", {"json": {"question": _ASKED}}),
    "a file into their collection": (
        "POST", "/api/documents",
        {"params": {"file_name": "x.md", "collection_id": "{collection_id}"}, "content": b"# x\n"},
    ),
    "the lint of their document": ("POST", "/api/lint", {"json": {"document_id": "{document_id}"}}),
    "a job over their document": (
        "POST", "/api/jobs",
        {"json": _NAMED | {"table": "product_application", "document_ids": ["{document_id}"]}},
    ),
    "a job over their collection": (
        "POST", "/api/jobs",
        {"json": _NAMED | {"table": "product_application", "collection_id": "{collection_id}"}},
    ),
    "a job over the files of theirs": (
        "POST", "/api/jobs",
        {"json": _NAMED | {"table": "product_application", "same_files_as": "{job_id}"}},
    ),
    "a table tried on their document": (
        "POST", "/api/tables/try",
        {"json": {"table": "product_application", "document_id": "{document_id}"}},
    ),
    "a table tried on their row": (
        "POST", "/api/tables/try",
        {"json": {"table": "product_application",
                  "row": {"job_id": "{job_id}", "item_id": "{item_id}"}}},
    ),
    "a group with their complaint": (
        "POST", "/api/complaints/groups",
        {"json": _NAMED | {"lead_id": "{own_complaint}", "complaint_ids": ["{complaint_id}"]}},
    ),
    "drafts for their complaint": (
        "POST", "/api/complaints/drafts", {"json": {"complaint_ids": ["{complaint_id}"]}},
    ),
    "their reply as an answer of one's own": (
        "POST", "/api/complaints/{own_complaint}/points/{own_point}/answer",
        {"json": {"paper_id": "{paper_id}"}},
    ),
    "what is like one's own complaint": (
        "GET", "/api/complaints/{own_complaint}/similar", {},
    ),
    "a letter to one's own complaint": (
        "POST", "/api/complaints/{own_complaint}/letters", {"json": {}},
    ),
    "their document for one's own pilot": (
        "POST", "/api/pilots/{own_pilot}/documents",
        {"json": _NAMED | {"document_id": "{document_id}"}},
    ),
    "their report for one's own pilot": (
        "POST", "/api/pilots/{own_pilot}/papers/{report_id}/refresh", {"json": _NAMED},
    ),
    "their pilot beside one's own": (
        "GET", "/api/pilots/compare", {"params": {"one": "{own_pilot}", "other": "{pilot_id}"}},
    ),
    "the report over all pilots": ("POST", "/api/pilots/portfolio/report", {"json": _NAMED}),
}  # fmt: skip


@pytest.fixture(scope="module")
def mixed_ids(theirs: Theirs) -> Mapping[str, str]:
    """Their ids, and those of a complaint and a pilot of one's own."""
    theirs.act_as("other")
    case = post(theirs.client, "/api/complaints", {"text": "완료보고서는 언제 제출하나요?"})
    pilot = post(theirs.client, "/api/pilots", {"title": "우리 것", "by": BY})
    return {
        **theirs.ids,
        "own_complaint": case["complaint_id"],
        "own_point": case["case_points"][0]["point_id"],
        "own_pilot": pilot["pilot_id"],
    }


@pytest.mark.parametrize("name", _MIXED)
def test_an_id_of_theirs_in_ones_own_request_reaches_nothing(
    theirs: Theirs, mixed_ids: Mapping[str, str], name: str
) -> None:
    before = theirs.snapshot()
    theirs.act_as("other")
    method, path, further = _MIXED[name]
    response = theirs.client.request(
        method, path.format(**mixed_ids), **_filled(further, mixed_ids)
    )
    assert CANARY not in response.text, response.text[:400]
    assert theirs.snapshot() == before
