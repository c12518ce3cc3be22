"""HTTP errors: one shape (`application/problem+json`) and one table from code to status."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.schemas.base import Problem
from assistant.errors import (
    AssistantError,
    ConflictError,
    InputError,
    NotFoundError,
    ServiceError,
    UnknownFilterError,
)
from assistant.wording import Language, error_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response

logger = logging.getLogger(__name__)

PROBLEM_TYPE = "application/problem+json"
_SHOWN_VALUE_CHARS = 100
_RETRY_AFTER = "5"
_FILTERS = frozenset(
    {"collection_ids", "kinds", "document_ids", "grades", "reference_date"}
    | {"collection_id", "state", "grade"}
)


class CrossSiteError(AssistantError):
    """A write came from a page of another site."""

    code = "cross_site"


class HostNotAllowedError(AssistantError):
    """The Host header names another machine: DNS rebinding, or a wrong address."""

    code = "host_not_allowed"


class TooManyChatsError(AssistantError):
    """As many answers as allowed are under way."""

    code = "too_many_chats"

    def __init__(self, *, retry_after_s: int) -> None:
        super().__init__("too many chats at once")
        self.retry_after_s = retry_after_s


class StoppingError(ServiceError):
    """The server is about to stop."""

    code = "stopping"


class PreconditionRequiredError(AssistantError):
    """A change must name the version that it was made from (`If-Match`)."""

    code = "precondition_required"


class StaleVersionError(AssistantError):
    """Somebody else saved first: both texts are kept, `current` and `yours` are their views."""

    code = "stale_version"

    def __init__(self, *, current: Mapping[str, object], yours: Mapping[str, object]) -> None:
        super().__init__("another version is current by now")
        self.current = current
        self.yours = yours

    def facts(self) -> dict[str, Any]:
        """Return both texts, so that they can be laid side by side."""
        return {"current": self.current, "yours": self.yours}


STATUS: Mapping[str, int] = {
    "precondition_required": 428,
    "stale_version": 412,
    "invalid_request": 422,
    "cross_site": 403,
    "host_not_allowed": 400,
    "too_many_chats": 429,
    "body_too_large": 413,
    "method_not_allowed": 405,
    "storage_full": 507,
}
_FAMILIES: tuple[tuple[type[AssistantError], int], ...] = (
    (InputError, 422),
    (NotFoundError, 404),
    (ConflictError, 409),
    (ServiceError, 503),
)
_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}


def status_of(error: AssistantError) -> int:
    """Return the HTTP status for `error`: of its code, else of its family, else 500.

    >>> status_of(NotFoundError(what="document"))
    404
    """
    if error.code in STATUS:
        return STATUS[error.code]
    return next((status for family, status in _FAMILIES if isinstance(error, family)), 500)


def language_of(headers: Mapping[str, str]) -> Language:
    """Return the language that the caller asked for; Korean unless English comes first.

    >>> language_of({"accept-language": "en-GB,ko;q=0.5"})
    'en'
    """
    asked = headers.get("x-language") or headers.get("accept-language") or "ko"
    return "en" if asked.strip().lower().startswith("en") else "ko"


def problem(
    code: str,
    status: int,
    facts: Mapping[str, object],
    *,
    language: Language,
    request_id: str,
) -> Problem:
    """Return the body that tells of a failure, with its facts as further members."""
    return Problem.model_validate(
        dict(facts)
        | {
            "status": status,
            "code": code,
            "detail": error_text(code, facts, language),
            "request_id": request_id,
        }
    )


def problem_of(error: AssistantError, *, language: Language, request_id: str) -> Problem:
    """Return the body that tells of `error`; a reply of a model is never part of it."""
    facts = {key: value for key, value in error.facts().items() if key != "raw"}
    return problem(error.code, status_of(error), facts, language=language, request_id=request_id)


def as_response(body: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that carries `body`."""
    return JSONResponse(
        body.model_dump(mode="json", exclude_none=True),
        status_code=body.status,
        headers=dict(headers or {}),
        media_type=PROBLEM_TYPE,
    )


def error_response(error: AssistantError, headers: Mapping[str, str], request_id: str) -> Response:
    """Return the problem response for `error` in the language that `headers` ask for."""
    body = problem_of(error, language=language_of(headers), request_id=request_id)
    if isinstance(error, TooManyChatsError):
        return as_response(body, {"Retry-After": str(error.retry_after_s)})
    return as_response(body, {"Retry-After": _RETRY_AFTER} if body.status == 503 else None)


def _request_id(request: Request) -> str:
    return str(request.scope.get("request_id", ""))


async def _on_assistant_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, AssistantError):
        raise error
    if status_of(error) >= 500:
        logger.warning("request.failed", extra={"code": error.code})
    return error_response(error, request.headers, _request_id(request))


def _shown(value: object) -> str:
    """Return a value of the caller's in a form that can be sent back."""
    return str(value)[:_SHOWN_VALUE_CHARS].encode(errors="replace").decode()


def _as_unknown_filter(problems: Sequence[Any]) -> UnknownFilterError | None:
    for found in problems:
        name = next((part for part in found["loc"][1:2] if part in _FILTERS), None)
        if name is not None and found["type"] != "extra_forbidden":
            value = _shown(found.get("input", ""))
            return UnknownFilterError(name=str(name), value=value)
    return None


async def _on_validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    problems = error.errors()
    unknown = _as_unknown_filter(problems)
    if unknown is not None:
        return error_response(unknown, request.headers, _request_id(request))
    fields = sorted({".".join(str(part) for part in found["loc"][1:]) for found in problems})
    shown = [_shown(name) for name in fields[:20] if name]
    body = problem(
        "invalid_request",
        422,
        {"fields": shown},
        language=language_of(request.headers),
        request_id=_request_id(request),
    )
    return as_response(body)


async def _on_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    body = problem(
        _HTTP_CODES.get(error.status_code, "invalid_request"),
        error.status_code,
        {},
        language=language_of(request.headers),
        request_id=_request_id(request),
    )
    return as_response(body, error.headers)


def install(app: FastAPI) -> None:
    """Make `app` answer every error in the one shape."""
    app.add_exception_handler(AssistantError, _on_assistant_error)
    app.add_exception_handler(RequestValidationError, _on_validation_error)
    app.add_exception_handler(HTTPException, _on_http_error)
