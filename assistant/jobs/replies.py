"""A model whose replies are kept the moment they arrive, so that none is paid for twice."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import random
import re
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from assistant.domain import ChatModel, ItemTask, Message, ModelUse, ReplySchema
from assistant.errors import ModelUnavailableError
from assistant.llm import Meter, metered
from assistant.store import Reply, Store

logger = logging.getLogger(__name__)

# The random word that fences quoted text differs at every rendering; what is asked does not.
_FENCE = re.compile(r"자료-[0-9a-f]{12}")
_MAY_PASS = frozenset({"unreachable", "timeout", "rate_limited", "server_error", "incomplete"})
BACKOFF_S = (5.0, 15.0, 40.0)


@dataclass(slots=True)
class Spending:
    """What one run of an item has asked so far."""

    task: ItemTask
    use: ModelUse = field(default_factory=ModelUse)
    reused: int = 0


_spending: ContextVar[Spending] = ContextVar("spending")


@contextmanager
def spending(task: ItemTask) -> Iterator[Spending]:
    """Count what is asked inside, on behalf of a run."""
    counted = Spending(task)
    token = _spending.set(counted)
    try:
        yield counted
    finally:
        _spending.reset(token)


class KeepingModel:
    """A model for work that must not be paid for twice; satisfies `ChatModel`.

    The key of a reply is a hash of everything that was sent (the file's text, the columns and the
    wording of the prompt among it) and of the model's name. A run that a person asked for anew
    takes no kept reply of earlier runs; that run repeated after a crash does take its own.

    Args:
        model: what is asked.
        store: where replies are kept, apart for each institution.
        backoff_s: waits before each further try when the endpoint fails for the moment.
    """

    def __init__(
        self, model: ChatModel, store: Store, *, backoff_s: Sequence[float] = BACKOFF_S
    ) -> None:
        self._model = model
        self._store = store
        self._backoff_s = tuple(backoff_s)

    @property
    def name(self) -> str:
        """The name of the model that is asked."""
        return self._model.name

    async def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """Yield the reply in one piece; raise as `complete` does."""
        yield await self.complete(messages)

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        """Return the reply, a kept one where there is one.

        Raises:
            ModelUnavailableError: the endpoint still failed after the last try.
        """
        counted = _spending.get(None)
        if counted is None:  # a trial: nothing of it is kept
            return await self._ask(messages, schema)
        task = counted.task
        run = task.run if task.is_fresh else 0
        key = reply_key(self.name, messages, run=run, schema=schema)
        kept = await asyncio.to_thread(
            self._store.job_work.reply, key, institution_id=task.institution_id
        )
        if kept is not None:
            counted.reused += 1
            return kept.text
        with metered() as meter:
            try:
                text = await self._ask(messages, schema)
            except ModelUnavailableError:
                counted.use += _use(meter, calls=0)  # replies that broke off are paid for as well
                raise
        counted.use += _use(meter, calls=1)
        await asyncio.to_thread(
            self._store.job_work.keep_reply,
            key,
            Reply(
                text=text,
                prompt_tokens=meter.prompt_tokens,
                completion_tokens=meter.completion_tokens,
            ),
            institution_id=task.institution_id,
        )
        return text

    async def _ask(self, messages: Sequence[Message], schema: ReplySchema | None) -> str:
        for number, wait_s in enumerate(self._backoff_s, start=1):
            try:
                return await self._model.complete(messages, schema=schema)
            except ModelUnavailableError as error:
                if error.reason not in _MAY_PASS:
                    raise
                logger.info("reply.retry", extra={"reason": error.reason, "attempt": number})
            await asyncio.sleep(wait_s * (1 + random.random() / 2))  # noqa: S311 # jitter
        return await self._model.complete(messages, schema=schema)


def _use(meter: Meter, *, calls: int) -> ModelUse:
    return ModelUse(
        calls=calls,
        prompt_tokens=meter.prompt_tokens,
        completion_tokens=meter.completion_tokens,
    )


def reply_key(
    model: str, messages: Sequence[Message], *, run: int, schema: ReplySchema | None = None
) -> str:
    """Return the key under which the reply to these messages is kept.

    >>> one = [Message(role="user", content="자료-0123456789ab")]
    >>> other = [Message(role="user", content="자료-ba9876543210")]
    >>> reply_key("m", one, run=0) == reply_key("m", other, run=0)
    True
    """
    said = [[message.role, _FENCE.sub("자료", message.content)] for message in messages]
    bound = [[schema.name, dict(schema.schema)]] if schema is not None else []
    text = json.dumps([model, run, said, *bound], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
