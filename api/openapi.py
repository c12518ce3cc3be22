"""What the OpenAPI description says of responses that are not plain JSON."""

from __future__ import annotations

from typing import Any

from api.errors import PROBLEM_TYPE
from api.schemas.base import Problem
from api.schemas.documents import UploadResult

_MEANINGS = {
    400: "The Host header names another machine",
    403: "A write from another site",
    404: "No such thing, or not for this institution",
    409: "Not in the state that the request needs",
    412: "Somebody else saved first; both texts are kept",
    413: "Over the size limit",
    422: "The request has to be put right",
    428: "If-Match is missing",
    429: "Too many answers under way",
    503: "Another system failed; try again",
    507: "Not enough disk space",
}

EVENT_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}
ALREADY_THERE: dict[int | str, dict[str, Any]] = {
    200: {"model": UploadResult, "description": "The same bytes are there already"}
}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, as an attachment",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}

CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "An iCalendar file, as an attachment",
        "content": {"text/calendar": {"schema": {"type": "string"}}},
    }
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the description of the problem responses that a route may give.

    >>> sorted(problems(404, 422))
    [404, 422]
    """
    return {
        status: {
            "model": Problem,
            "description": _MEANINGS[status],
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in statuses
    }


UPLOAD_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
