"""Letters written while the page waits: progress is sent as it happens, leaving stops the work."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING

from api.errors import problem_of
from api.schemas.complaint_letters import ProgressEvent, WrittenEvent
from api.streaming import ClientTooSlowError, EventChannel, EventStream, ServerEvent
from assistant.errors import AssistantError
from assistant.flows.complaint.drafting import Progress, Written

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from assistant.wording import Language


def letter_stream(
    steps: AsyncGenerator[Progress | Written, None], *, language: Language, request_id: str
) -> EventStream:
    """Return the response that tells how far a letter is; closing it ends the work.

    Its last event is `written`, or `error` with the members of a problem.
    """
    channel = EventChannel()
    task = asyncio.create_task(_send(steps, channel, language=language, request_id=request_id))

    def leave() -> None:
        task.cancel()

    return EventStream(channel, on_close=leave)


async def _send(
    steps: AsyncGenerator[Progress | Written, None],
    channel: EventChannel,
    *,
    language: Language,
    request_id: str,
) -> None:
    last = None
    try:
        async with aclosing(steps) as found:
            async for step in found:
                if isinstance(step, Written):
                    told = WrittenEvent(paper_id=step.paper_id, notices=list(step.notices))
                    last = ServerEvent(name="written", data=told)
                else:
                    await channel.send(ServerEvent(name="progress", data=_progress(step)))
    except AssistantError as error:
        body = problem_of(error, language=language, request_id=request_id)
        last = ServerEvent(name="error", data=body)
    except ClientTooSlowError:
        pass
    finally:
        channel.close(last)


def _progress(step: Progress) -> ProgressEvent:
    return ProgressEvent(
        done=step.done,
        total=step.total,
        point_id=step.point.point_id if step.point else None,
        status=step.point.status if step.point else None,
    )
