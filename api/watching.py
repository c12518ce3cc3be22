"""Streams of document states: what changes on the way in is sent as it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from api.schemas.documents import DocumentView, GoneView
from api.streaming import ClientTooSlowError, EventChannel, EventStream, ServerEvent
from api.views.documents import document_view
from assistant.domain import DocumentState
from assistant.errors import NotFoundError
from assistant.store import DocumentFilter

if TYPE_CHECKING:
    from assistant.store import Seen, Store
    from assistant.wording import Language

_LOOK_EVERY_S = 0.5
_SETTLED = frozenset({DocumentState.READY, DocumentState.FAILED})
_UNSETTLED = tuple(state for state in DocumentState if state not in _SETTLED)
_WATCHED_AT_MOST = 200


class DocumentWatch:
    """One client that watches the documents it may see: those on their way in, then each change.

    What changes between two looks is told at the next one, however short it lasted.
    """

    def __init__(
        self,
        *,
        store: Store,
        visible: tuple[str, ...],
        language: Language,
        stopping: asyncio.Event,
    ) -> None:
        self._store = store
        self._visible = visible
        self._language = language
        self._stopping = stopping
        self._channel = EventChannel()
        self._seen: Seen = {}

    async def response(self) -> EventStream:
        """Begin to watch, and return the response that tells of changes from now on."""
        self._seen = await asyncio.to_thread(self._store.changes.now, institution_ids=self._visible)
        task = asyncio.create_task(self._run())
        return EventStream(self._channel, on_close=_canceller(task))

    async def _run(self) -> None:
        try:
            for document in await asyncio.to_thread(self._on_their_way):
                await self._channel.send(ServerEvent(name="document", data=document))
            while not self._stopping.is_set():
                for event in await asyncio.to_thread(self._look):
                    await self._channel.send(event)
                await pause(_LOOK_EVERY_S, self._stopping)
        except ClientTooSlowError:
            pass
        finally:
            self._channel.close()

    def _on_their_way(self) -> list[DocumentView]:
        pages = (
            self._store.documents.list(
                institution_ids=self._visible,
                filters=DocumentFilter(state=state, limit=_WATCHED_AT_MOST),
            )
            for state in _UNSETTLED
        )
        return [
            document_view(detail, self._language) for page in pages for detail in page.documents
        ]

    def _look(self) -> list[ServerEvent]:
        changed = self._store.changes.since(self._seen)
        self._seen = changed.seen
        told = [
            ServerEvent(name="document", data=document_view(detail, self._language))
            for detail in changed.documents
        ]
        gone = [
            ServerEvent(name="gone", data=GoneView(document_id=document_id))
            for document_id in changed.gone
        ]
        return told + gone


class SingleWatch:
    """One client that watches one document until nothing more happens to it by itself."""

    def __init__(
        self,
        *,
        look: Callable[[], DocumentView],
        stopping: asyncio.Event,
    ) -> None:
        self._look = look
        self._stopping = stopping
        self._channel = EventChannel()

    def response(self) -> EventStream:
        """Begin to watch, and return the response that tells of changes."""
        task = asyncio.create_task(self._run())
        return EventStream(self._channel, on_close=_canceller(task))

    async def _run(self) -> None:
        told: DocumentView | None = None
        try:
            while not self._stopping.is_set():
                document = await asyncio.to_thread(self._look)
                if document != told:
                    told = document
                    await self._channel.send(ServerEvent(name="document", data=document))
                if document.state in _SETTLED:
                    break
                await pause(_LOOK_EVERY_S, self._stopping)
        except (ClientTooSlowError, NotFoundError):
            pass
        finally:
            self._channel.close()


async def pause(seconds: float, stopping: asyncio.Event) -> None:
    """Wait, but no longer than until the server stops."""
    try:
        async with asyncio.timeout(seconds):
            await stopping.wait()
    except TimeoutError:
        return


def _canceller(task: asyncio.Task[None]) -> Callable[[], None]:
    def cancel() -> None:
        task.cancel()

    return cancel
