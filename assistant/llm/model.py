"""The model of an endpoint: deadlines, retries, a cap on the reply and on calls at once."""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from contextlib import aclosing, asynccontextmanager
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from assistant.domain import Message, ReplySchema
from assistant.errors import ModelUnavailableError
from assistant.llm.client import as_sent, build_chat, load_client
from assistant.llm.endpoint import CircuitBreaker, Endpoint
from assistant.llm.extras import Extra, Request
from assistant.llm.failures import FailedError, foreign_errors, translate
from assistant.llm.usage import Meter, is_counting, note
from assistant.settings import Settings

if TYPE_CHECKING:
    import ssl

    import httpx2
    from langchain_core.messages import AIMessageChunk
    from langchain_openai import ChatOpenAI

logger = logging.getLogger(__name__)

MAX_RETRIES = 2
MAX_RETRY_AFTER_S = 30.0
_FINISHED = frozenset({"stop", "completed"})
_REFUSED = frozenset({"content_filter"})
_RETRIED = frozenset({"unreachable", "server_error", "rate_limited"})


class EndpointModel:
    """The model of an endpoint; satisfies `ChatModel`."""

    def __init__(self, endpoint: Endpoint, *, breaker: CircuitBreaker | None = None) -> None:
        self._endpoint = endpoint
        self._breaker = breaker or CircuitBreaker()
        self._verify: ssl.SSLContext | None = None
        self._unused: httpx2.Client | None = None
        self._slots: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = (
            WeakKeyDictionary()
        )
        self._refused: set[Extra] = set()

    @classmethod
    def from_settings(cls, settings: Settings) -> EndpointModel:
        """Return the model that the settings name; nothing is sent yet."""
        return cls(Endpoint.from_settings(settings))

    @property
    def name(self) -> str:
        """The model's name at the endpoint."""
        return self._endpoint.model

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """Yield pieces of the reply as they come.

        Closing the iterator closes the connection at once.

        Raises:
            ModelUnavailableError: no reply, or one that broke off (reason `incomplete`), ran out
                of time (`timeout`) or grew over the cap (`too_long`); pieces may have been given.
        """
        return self._reply(messages, None)

    async def _reply(
        self, messages: Sequence[Message], schema: ReplySchema | None
    ) -> AsyncGenerator[str, None]:
        await self.warm_up()
        request = self._request(messages, schema)
        async with self._slot(request.deadline):
            attempt = 0
            while True:
                if self._breaker.is_open:
                    raise ModelUnavailableError(reason="unreachable")
                is_begun = False
                try:
                    async with aclosing(self._attempt(request)) as pieces:
                        async for piece in pieces:
                            self._learn(request)
                            is_begun = True
                            yield piece
                    self._breaker.record(None)
                    return
                except FailedError as failure:
                    self._breaker.record(failure.reason)
                    plainer = None if is_begun else request.plainer(failure)
                    if plainer is not None:
                        request = plainer
                        continue
                    wait_s = self._wait_s(failure, attempt, request.deadline)
                    if is_begun or wait_s is None:
                        raise ModelUnavailableError(reason=failure.reason) from failure.__cause__
                    logger.info("llm.retry", extra={"reason": failure.reason, "attempt": attempt})
                attempt += 1
                await asyncio.sleep(wait_s)

    async def warm_up(self) -> None:
        """Load the client libraries aside: they take seconds, in which other work goes on."""
        if self._verify is None:
            self._verify, self._unused = await asyncio.to_thread(load_client)

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        """Return the whole reply, bound to a schema if the endpoint can; raise as `stream` does.

        An endpoint that refuses schemas is asked without, from then on at once.
        """
        async with aclosing(self._reply(messages, schema)) as pieces:
            return "".join([piece async for piece in pieces])

    def _request(self, messages: Sequence[Message], schema: ReplySchema | None) -> Request:
        """Return the first request, without what the endpoint was found to refuse."""
        wanted = {Extra.TEMPERATURE}
        wanted |= {Extra.SCHEMA} if schema is not None else set()
        wanted |= {Extra.USAGE} if is_counting() else set()
        return Request(
            messages=messages,
            deadline=time.monotonic() + self._endpoint.deadline_s,
            extras=frozenset(wanted - self._refused),
            schema=schema,
        )

    def _learn(self, request: Request) -> None:
        """Remember what a request had to leave out, now that it was taken.

        Only the last thing left out: without the others alone it was refused all the same.
        """
        if request.left_out is not None and request.left_out not in self._refused:
            logger.info("llm.left_out", extra={"extra": request.left_out.value})
            self._refused.add(request.left_out)

    @asynccontextmanager
    async def _slot(self, deadline: float) -> AsyncIterator[None]:
        """Wait for one of the places; a full house is reported as `rate_limited`."""
        loop = asyncio.get_running_loop()
        if loop not in self._slots:
            self._slots[loop] = asyncio.Semaphore(self._endpoint.max_concurrent)
        slot = self._slots[loop]
        try:
            # Not `wait_for`: in Python 3.11 it can lose a cancellation.
            async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                await slot.acquire()
        except TimeoutError as error:
            raise ModelUnavailableError(reason="rate_limited") from error
        try:
            yield
        finally:
            slot.release()

    def _wait_s(self, failure: FailedError, attempt: int, deadline: float) -> float | None:
        """Return how long to wait before another attempt, or None when there is to be none."""
        if failure.reason not in _RETRIED or attempt >= MAX_RETRIES:
            return None
        spread = 1 + random.random()  # noqa: S311 # jitter, not a secret
        wait_s = self._endpoint.backoff_s * 2**attempt * spread
        if failure.retry_after_s is not None:
            wait_s = failure.retry_after_s
        is_too_long = wait_s > MAX_RETRY_AFTER_S or time.monotonic() + wait_s >= deadline
        return None if is_too_long else wait_s

    async def _attempt(self, request: Request) -> AsyncGenerator[str, None]:
        """Yield the reply to one request; raise `FailedError` unless it ended in order."""
        finish, length, meter = "", 0, Meter()
        try:
            async with aclosing(self._chunks(request)) as chunks:
                async for chunk in chunks:
                    finish = _finish_of(chunk) or finish
                    meter.read(chunk.usage_metadata)
                    text = chunk.text
                    length += len(text)
                    if length > self._endpoint.max_chars:
                        raise FailedError("too_long")
                    if text:
                        yield text
        finally:
            note(meter)  # a reply that broke off is paid for as well
        if finish in _REFUSED:
            raise FailedError("refused")
        if not length:
            raise FailedError("bad_reply")
        if finish not in _FINISHED:
            raise FailedError("incomplete")

    async def _chunks(self, request: Request) -> AsyncGenerator[AIMessageChunk, None]:
        """Yield what the client gives, with its exceptions translated and the deadline kept."""
        try:
            async with self._chat(request) as chat:
                sent = as_sent(request.messages)
                reply = cast("AsyncGenerator[AIMessageChunk]", chat.astream(sent))
                async with aclosing(reply):
                    while True:
                        async with asyncio.timeout(self._patience_s(request.deadline)):
                            chunk = await anext(reply, None)
                        if chunk is None:
                            return
                        yield chunk
        except foreign_errors() as error:
            raise translate(error) from error

    def _patience_s(self, deadline: float) -> float:
        """Return how long the next piece may take: no longer silence, no more time in all."""
        return min(self._endpoint.read_timeout_s, deadline - time.monotonic())

    @asynccontextmanager
    async def _chat(self, request: Request) -> AsyncIterator[ChatOpenAI]:
        """Lend a client with a connection of its own, closed afterwards whatever happens."""
        import httpx2
        import openai

        timeout = httpx2.Timeout(
            self._endpoint.read_timeout_s,
            connect=min(self._endpoint.connect_timeout_s, self._endpoint.deadline_s),
        )
        client = openai.DefaultAsyncHttpxClient(
            timeout=timeout, verify=self._verify or True, follow_redirects=False
        )
        async with client:
            yield build_chat(
                self._endpoint,
                request,
                timeout=timeout,
                client=client,
                unused=self._unused,
            )


def _finish_of(chunk: AIMessageChunk) -> str:
    metadata: Mapping[str, object] = chunk.response_metadata
    found = metadata.get("finish_reason") or metadata.get("status") or ""
    return str(found)
