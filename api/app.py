"""The web application: routes, errors, security and the page, around one assistant."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn
from fastapi import APIRouter, FastAPI

from api import errors
from api.chats import ChatRegistry
from api.pages import Pages
from api.routes import (
    chat,
    collections,
    complaint_groups,
    complaint_letters,
    complaints,
    conversations,
    deadlines,
    documents,
    drafts,
    health,
    job_aids,
    job_exports,
    jobs,
    lint,
    me,
    pilot_files,
    pilot_reports,
    pilots,
    sections,
    tables,
)
from api.security import LOOPBACK_HOSTS, SecurityMiddleware
from assistant import __version__
from assistant.errors import ConfigurationError

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from assistant.assembly import Assistant
    from assistant.settings import Settings

logger = logging.getLogger(__name__)

STREAMS_GRACE_S = 6.0
STOP_WITHIN_S = 9
_ROUTERS = (
    chat.router,
    conversations.router,
    sections.router,
    collections.router,
    documents.router,
    health.router,
    me.router,
    lint.router,
    deadlines.router,
    drafts.router,
    jobs.router,
    job_aids.router,
    job_exports.router,
    tables.router,
    complaint_groups.router,
    complaint_letters.router,
    complaints.router,
    pilot_reports.router,
    pilots.router,
    pilot_files.router,
)


def create_app(assistant: Assistant, settings: Settings) -> FastAPI:
    """Return the application that serves `assistant`; its lifespan starts and stops it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(assistant.start)
        try:
            yield
        finally:
            await stop_streams(app, grace_s=0)
            await asyncio.to_thread(assistant.stop)

    app = FastAPI(
        title="Gongmun",
        version=__version__,
        summary="Answers from rules, in which every sentence opens its source",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.assistant = assistant
    app.state.settings = settings
    app.state.stopping = asyncio.Event()
    app.state.chats = ChatRegistry(
        source=assistant.answer_flow, store=assistant.store, limit=settings.chat_max_concurrent
    )
    errors.install(app)
    api = APIRouter(prefix="/api")
    for router in _ROUTERS:
        api.include_router(router)
    app.include_router(api)
    app.mount("/", Pages())
    app.add_middleware(SecurityMiddleware, allowed_hosts=LOOPBACK_HOSTS)
    return app


async def stop_streams(app: FastAPI, *, grace_s: float) -> None:
    """Take no more questions; end the streams, answers after `grace_s` at the latest."""
    app.state.stopping.set()
    await app.state.chats.close(grace_s=grace_s)


def require_loopback(host: str) -> None:
    """Refuse an address that other machines can reach.

    >>> require_loopback("127.0.0.1")

    Raises:
        ConfigurationError: Others could reach it, and there are no accounts yet.
    """
    try:
        reachable = not ipaddress.ip_address(host).is_loopback
    except ValueError:
        reachable = host != "localhost"
    if reachable:
        raise ConfigurationError(
            f"ASSISTANT_HOST={host}: only loopback addresses are served until accounts exist"
        )


class Server(uvicorn.Server):
    """A server that ends its streams before it waits for connections to close."""

    def __init__(
        self, app: FastAPI, *, host: str, port: int, on_listening: Callable[[str], None]
    ) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_WITHIN_S,
        )
        super().__init__(config)
        self._app = app
        self._on_listening = on_listening

    def handle_exit(self, sig: int, _: FrameType | None) -> None:
        """Stop in good order; a second Ctrl+C does not wait.

        Unlike the original this does not raise the signal again after the stop, which would end
        the process before the data folder is given back.
        """
        if self.should_exit and sig == signal.SIGINT:
            self.force_exit = True
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen, and say where: a port of 0 is known only now."""
        await super().startup(sockets)
        for server in self.servers:
            host, port = server.sockets[0].getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            self._on_listening(f"http://{shown}:{port}")
            break

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop within ten seconds: no new work, streams end, then connections close."""
        for server in self.servers:
            server.close()
        await stop_streams(self._app, grace_s=STREAMS_GRACE_S)
        await super().shutdown(sockets)


def serve(
    assistant: Assistant,
    settings: Settings,
    *,
    on_listening: Callable[[str], None] = lambda _: None,
) -> None:
    """Serve `assistant` until the process is told to stop.

    Raises:
        ConfigurationError: The address is not a loopback address, or is taken.
    """
    require_loopback(settings.host)
    app = create_app(assistant, settings)
    server = Server(app, host=settings.host, port=settings.port, on_listening=on_listening)
    try:
        server.run()
    except SystemExit as error:
        # How uvicorn says that it could not listen.
        raise ConfigurationError(f"cannot listen on port {settings.port}") from error
