"""Server-sent events: numbered events, heartbeats, and an end when the client or server leaves."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi.responses import StreamingResponse
from fastapi.sse import format_sse_event
from pydantic import BaseModel

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

HEARTBEAT_S = 10.0
SLOW_CLIENT_S = 30.0
_CAPACITY = 256
_HEARTBEAT = b": heartbeat\n\n"


class ClientTooSlowError(Exception):
    """The client has not read anything for a long time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerEvent:
    """One event before it is written out."""

    name: str
    data: BaseModel


def encode(event: ServerEvent, number: int) -> bytes:
    """Return the bytes of one event; line breaks inside the text are escaped by JSON."""
    body = event.data.model_dump(mode="json")
    return format_sse_event(
        data_str=json.dumps(body, ensure_ascii=False, separators=(",", ":")),
        event=event.name,
        id=str(number),
    )


class EventChannel:
    """A bounded way from the task that makes events to the response that sends them.

    A client that reads too slowly makes the sender wait, and after `slow_client_s` counts as gone.
    """

    def __init__(
        self,
        *,
        capacity: int = _CAPACITY,
        slow_client_s: float = SLOW_CLIENT_S,
        heartbeat_s: float = HEARTBEAT_S,
    ) -> None:
        self._queue: asyncio.Queue[ServerEvent | None] = asyncio.Queue(capacity)
        self._slow_client_s = slow_client_s
        self._heartbeat_s = heartbeat_s
        self._closed = False

    async def send(self, event: ServerEvent) -> None:
        """Pass `event` on; raise `ClientTooSlowError` when the client does not read."""
        if self._closed:
            return
        try:
            async with asyncio.timeout(self._slow_client_s):
                await self._queue.put(event)
        except TimeoutError as error:
            raise ClientTooSlowError from error

    def close(self, last: ServerEvent | None = None) -> None:
        """End the stream, with one last event, making room for it when the client is slow."""
        if self._closed:
            return
        self._closed = True
        for item in (None,) if last is None else (last, None):
            if self._queue.full():
                self._queue.get_nowait()
            self._queue.put_nowait(item)

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield events as bytes, and a comment whenever nothing happened for a while."""
        number = 0
        while True:
            try:
                async with asyncio.timeout(self._heartbeat_s):
                    event = await self._queue.get()
            except TimeoutError:
                yield _HEARTBEAT
                continue
            if event is None:
                return
            number += 1
            yield encode(event, number)


class EventStream(StreamingResponse):
    """The response that sends what arrives in a channel; `on_close` runs however it ends."""

    media_type = "text/event-stream"

    def __init__(self, channel: EventChannel, *, on_close: Callable[[], None]) -> None:
        super().__init__(channel.pieces(), headers={"X-Accel-Buffering": "no"})
        self._on_close = on_close

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the events until the channel closes or the client leaves."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._on_close()
