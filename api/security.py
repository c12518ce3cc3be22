"""The outermost layer: request ids, host and origin checks, safe headers, and the last handler.

It is written against ASGI itself, because a response that streams must pass through unbuffered.
"""

from __future__ import annotations

import logging
import secrets
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException

from api.errors import (
    CrossSiteError,
    HostNotAllowedError,
    as_response,
    error_response,
    language_of,
    problem,
)
from assistant.eventlog import request_id_var

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.errors import AssistantError

logger = logging.getLogger(__name__)

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
MAX_BODY_BYTES = 1_048_576
_COUNTED_ELSEWHERE = frozenset({("POST", "/api/documents")})  # uploads, see `api.uploads`
_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "microphone=(), payment=(), usb=(), clipboard-write=(self)"
    ),
    "X-Frame-Options": "DENY",
}


def host_name(host: str) -> str:
    """Return the name in a Host header, without port, brackets and a closing dot.

    >>> host_name("[::1]:8000"), host_name("LOCALHOST:8000")
    ('::1', 'localhost')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    return host.partition(":")[0].lower().rstrip(".")


def is_own_site(headers: Headers) -> bool:
    """Tell whether a write comes from our own page, or from a client that is no browser.

    Browsers send `Sec-Fetch-Site`; older ones at least `Origin`. A client that sends neither
    carries no one's session with it.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in _OWN_SITE
    origin = headers.get("origin")
    if origin is None:
        return True
    scheme, _, authority = origin.partition("://")
    return scheme in ("http", "https") and authority.lower() == headers.get("host", "").lower()


def _limited(scope: Scope, receive: Receive) -> Receive:
    """Return `receive` that ends with status 413 when the body grows over the limit."""
    if (scope["method"], scope["path"]) in _COUNTED_ELSEWHERE:
        return receive
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > MAX_BODY_BYTES:
            raise HTTPException(413)
        return message

    return counted


class SecurityMiddleware:
    """Check each request before the routes see it, and finish each response safely."""

    def __init__(self, app: ASGIApp, *, allowed_hosts: Collection[str] = LOOPBACK_HOSTS) -> None:
        self._app = app
        self._allowed_hosts = frozenset(allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        scope["request_id"] = request_id
        token = request_id_var.set(request_id)
        started = time.perf_counter()
        status = 0

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._finish_headers(scope, MutableHeaders(scope=message), request_id)
            await send(message)

        try:
            await self._serve(scope, receive, send_safely)
        except Exception:
            # The outermost request handler: a bug surfaces in the log with its request id.
            logger.exception("request.crashed", extra={"request_id": request_id})
            if status == 0:
                language = language_of(Headers(scope=scope))
                body = problem("internal", 500, {}, language=language, request_id=request_id)
                await as_response(body)(scope, receive, send_safely)
        finally:
            request_id_var.reset(token)
            is_quiet = scope["method"] in _READS and status < 400
            logger.log(
                logging.DEBUG if is_quiet else logging.INFO,
                "request.completed",
                extra={
                    "request_id": request_id,
                    "method": scope["method"],
                    "status": status,
                    "elapsed_ms": round((time.perf_counter() - started) * 1000, 1),
                },
            )

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        refused = self._refusal(scope["method"], headers)
        if refused is None:
            await self._app(scope, _limited(scope, receive), send)
        else:
            response = error_response(refused, headers, scope["request_id"])
            await response(scope, receive, send)

    def _refusal(self, method: str, headers: Headers) -> AssistantError | None:
        if host_name(headers.get("host", "")) not in self._allowed_hosts:
            return HostNotAllowedError("host header names another machine")
        if method not in _READS and not is_own_site(headers):
            return CrossSiteError("write from another site")
        return None

    @staticmethod
    def _finish_headers(scope: Scope, headers: MutableHeaders, request_id: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers["X-Request-ID"] = request_id
        if scope["path"].startswith("/api"):
            headers["Cache-Control"] = "no-store"
