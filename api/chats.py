"""Answers under way: each runs as a task of its own, can be stopped, and is stored however it ends.

The task and the response that shows it meet in a channel, so that a client that leaves, a Stop
button and a server that stops all end an answer in the same way: by cancelling its task.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

from api.errors import StoppingError, TooManyChatsError, problem_of
from api.schemas.chat import DeltaEvent, PassagesEvent, StartedEvent, StatusEvent
from api.streaming import ClientTooSlowError, EventChannel, ServerEvent
from api.views.answers import FinishedState, answer_view, passage_view, unfinished_answer
from assistant.domain import Answer, Passage, Scope, Turn
from assistant.errors import AssistantError
from assistant.eventlog import request_id_var
from assistant.flows.answer import Delta, Event, Final, Passages, Status

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from assistant.store import NewTurn, StartedTurn, Store
    from assistant.wording import Language

logger = logging.getLogger(__name__)

RETRY_AFTER_S = 5
_SAVE_EVERY_S = 1.0


class AnswerSource(Protocol):
    """What answers a question: the answer flow."""

    def stream(
        self, question: str, *, scope: Scope, reference_date: date, history: Sequence[Turn]
    ) -> AsyncIterator[Event]:
        """Yield what happens until the final answer."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatQuestion:
    """A question that passed all checks."""

    text: str
    scope: Scope
    reference_date: date
    language: Language
    new_turn: NewTurn


class ChatRun:
    """One answer under way."""

    def __init__(
        self, *, question: ChatQuestion, started: StartedTurn, source: AnswerSource, store: Store
    ) -> None:
        self.channel = EventChannel()
        self.turn_id = started.turn_id
        self.institution_id = question.new_turn.institution_id
        self._question = question
        self._started = started
        self._source = source
        self._store = store
        self._pieces: list[str] = []
        self._passages: tuple[Passage, ...] = ()
        self._task: asyncio.Task[None] | None = None
        self._cancelled = False

    def start(self, history: Sequence[Turn], on_done: Callable[[ChatRun], None]) -> None:
        """Begin to answer."""
        self._task = asyncio.create_task(self._run(history), name=f"chat-{self.turn_id}")
        self._task.add_done_callback(lambda _: on_done(self))

    def cancel(self) -> None:
        """Stop answering; the partial text is kept. Harmless when the answer is there."""
        if self._task is not None and not self._cancelled:
            self._cancelled = True
            self._task.cancel()

    async def wait(self) -> None:
        """Wait until the answer, or what there is of it, is stored."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def _run(self, history: Sequence[Turn]) -> None:
        try:
            await self._relay(history)
        except (asyncio.CancelledError, ClientTooSlowError):
            await self._end_early("stopped")
        except AssistantError as error:
            logger.warning("chat.failed", extra={"turn_id": self.turn_id, "code": error.code})
            await self._end_early("failed", error)
        except Exception as error:
            # The response has begun, so this task is the outermost handler of the request.
            logger.exception("chat.crashed", extra={"turn_id": self.turn_id})
            await self._end_early("failed", error)

    async def _relay(self, history: Sequence[Turn]) -> None:
        await self.channel.send(
            ServerEvent(
                name="started",
                data=StartedEvent(
                    conversation_id=self._started.conversation_id,
                    turn_id=self.turn_id,
                    title=self._started.title,
                ),
            )
        )
        events = self._source.stream(
            self._question.text,
            scope=self._question.scope,
            reference_date=self._question.reference_date,
            history=history,
        )
        saved_at = time.monotonic()
        async with aclosing(_as_generator(events)) as stream:
            async for event in stream:
                if self._cancelled:  # libraries below have been seen to swallow a cancellation
                    raise asyncio.CancelledError
                if isinstance(event, Final):
                    await self._finish(event.answer)
                    return
                await self._pass_on(event)
                if time.monotonic() - saved_at > _SAVE_EVERY_S:
                    await asyncio.to_thread(self._save_partial)
                    saved_at = time.monotonic()
        raise RuntimeError("the answer flow ended without an answer")

    async def _pass_on(self, event: Event) -> None:
        match event:
            case Status():
                data = StatusEvent(step=event.step, words_only=event.words_only)
                await self.channel.send(ServerEvent(name="status", data=data))
            case Passages():
                self._passages = tuple(event.passages)
                language = self._question.language
                views = [passage_view(found, language) for found in self._passages]
                await self.channel.send(
                    ServerEvent(name="passages", data=PassagesEvent(passages=views))
                )
            case Delta():
                self._pieces.append(event.text)
                await self.channel.send(ServerEvent(name="delta", data=DeltaEvent(text=event.text)))

    async def _finish(self, answer: Answer) -> None:
        stored = await asyncio.shield(
            asyncio.to_thread(
                self._store.conversations.finish_turn,
                self.turn_id,
                answer,
                institution_id=self.institution_id,
                state="final",
            )
        )
        self.channel.close(self._answer_event(answer, "final" if stored else "stopped"))

    async def _end_early(self, state: FinishedState, error: Exception | None = None) -> None:
        answer = unfinished_answer(self._passages, notice=state)
        stored = await asyncio.shield(asyncio.to_thread(self._store_early, state, answer))
        if error is not None:
            known = error if isinstance(error, AssistantError) else AssistantError("crashed")
            body = problem_of(
                known, language=self._question.language, request_id=request_id_var.get()
            )
            self.channel.close(ServerEvent(name="error", data=body))
        elif stored:
            self.channel.close(self._answer_event(answer, state))
        else:
            self.channel.close()

    def _store_early(self, state: FinishedState, answer: Answer) -> bool:
        self._save_partial(answer)
        conversations = self._store.conversations
        if state == "stopped":
            return conversations.stop_turn(self.turn_id, institution_id=self.institution_id)
        return conversations.finish_turn(
            self.turn_id, answer, institution_id=self.institution_id, state=state
        )

    def _save_partial(self, answer: Answer | None = None) -> None:
        self._store.conversations.save_partial(
            self.turn_id,
            "".join(self._pieces),
            institution_id=self.institution_id,
            answer=answer or unfinished_answer(self._passages),
        )

    def _answer_event(self, answer: Answer, state: FinishedState) -> ServerEvent:
        view = answer_view(
            answer,
            turn=(self.turn_id, self._started.conversation_id),
            state=state,
            reference_date=self._question.reference_date,
            language=self._question.language,
            partial_text="".join(self._pieces),
        )
        return ServerEvent(name="answer", data=view)


async def _as_generator(events: AsyncIterator[Event]) -> AsyncGenerator[Event]:
    """Give `events` the `aclose` that `aclosing` needs, and close what is below."""
    try:
        async for event in events:
            yield event
    finally:
        close = getattr(events, "aclose", None)
        if close is not None:
            await close()


class ChatRegistry:
    """The answers under way: at most `limit`, each found by its turn id."""

    def __init__(self, *, source: AnswerSource, store: Store, limit: int) -> None:
        self._source = source
        self._store = store
        self._limit = limit
        self._reserved = 0
        self._runs: dict[str, ChatRun] = {}
        self._stopping = False

    def __len__(self) -> int:
        """Return how many answers are under way."""
        return len(self._runs)

    async def start(self, question: ChatQuestion) -> ChatRun:
        """Store the question and begin to answer it.

        Raises:
            TooManyChatsError: As many answers as allowed are under way.
            NotFoundError: The conversation or turn is not of this institution.
        """
        if self._stopping:
            raise StoppingError("the server is stopping")
        if len(self._runs) + self._reserved >= self._limit:
            raise TooManyChatsError(retry_after_s=RETRY_AFTER_S)
        self._reserved += 1
        try:
            started, history = await asyncio.to_thread(self._begin, question)
        finally:
            self._reserved -= 1
        run = ChatRun(question=question, started=started, source=self._source, store=self._store)
        self._runs[run.turn_id] = run
        run.start(history, self._forget)
        await asyncio.sleep(0)  # a task cancelled before its first step would store nothing
        return run

    async def stop(self, turn_id: str, *, institution_id: str) -> None:
        """End an answer early; one that is finished stays as it is.

        Raises:
            NotFoundError: There is no such turn in this institution.
        """
        run = self._runs.get(turn_id)
        if run is not None and run.institution_id == institution_id:
            run.cancel()
            await run.wait()
            return
        conversations = self._store.conversations
        await asyncio.to_thread(conversations.turn, turn_id, institution_id=institution_id)
        await asyncio.to_thread(conversations.stop_turn, turn_id, institution_id=institution_id)

    async def close(self, *, grace_s: float) -> None:
        """Take no more questions, give answers `grace_s` to end, then stop the rest."""
        self._stopping = True
        if self._runs:
            waits = [asyncio.ensure_future(run.wait()) for run in self._runs.values()]
            await asyncio.wait(waits, timeout=grace_s)
        for run in list(self._runs.values()):
            run.cancel()
        await asyncio.gather(*(run.wait() for run in list(self._runs.values())))

    def _begin(self, question: ChatQuestion) -> tuple[StartedTurn, list[Turn]]:
        conversations = self._store.conversations
        started = conversations.start_turn(question.new_turn)
        turns = conversations.turns(
            started.conversation_id, institution_id=question.new_turn.institution_id
        )
        by_id = {found.turn.turn_id: found.turn for found in turns}
        history: list[Turn] = []
        parent = started.parent_turn_id
        while parent is not None and parent in by_id:
            history.append(by_id[parent])
            parent = by_id[parent].parent_turn_id
        return started, history[::-1]

    def _forget(self, run: ChatRun) -> None:
        self._runs.pop(run.turn_id, None)
