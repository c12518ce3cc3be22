"""Streams of jobs: how far a job is, and each row as it changes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from api.schemas.base import View
from api.streaming import ClientTooSlowError, EventChannel, EventStream, ServerEvent
from api.watching import pause
from assistant.errors import NotFoundError

_LOOK_EVERY_S = 0.5


class JobWatch:
    """One client that watches a job: its figures, and the rows that changed since the last look.

    Args:
        look: Gives the job, its count of changes, whether it has ended, and what changed after a
            count.
        stopping: Set when the server is about to stop.
        after: The count after which rows are told; -1 for all.
    """

    def __init__(
        self,
        *,
        look: Callable[[int], tuple[View, int, bool, Sequence[View]]],
        stopping: asyncio.Event,
        after: int,
    ) -> None:
        self._look = look
        self._stopping = stopping
        self._after = after
        self._channel = EventChannel()

    def response(self) -> EventStream:
        """Begin to watch, and return the response that tells of changes."""
        task = asyncio.create_task(self._run())
        return EventStream(self._channel, on_close=lambda: _cancel(task))

    async def _run(self) -> None:
        told: View | None = None
        try:
            while not self._stopping.is_set():
                job, changed, is_over, rows = await asyncio.to_thread(self._look, self._after)
                self._after = changed
                for row in rows:
                    await self._channel.send(ServerEvent(name="item", data=row))
                if job != told:
                    told = job
                    await self._channel.send(ServerEvent(name="job", data=job))
                if is_over:
                    break
                await pause(_LOOK_EVERY_S, self._stopping)
        except (ClientTooSlowError, NotFoundError):
            pass
        finally:
            self._channel.close()


def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
