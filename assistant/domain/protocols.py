"""What a model, an embedder, a reranker and a retriever give, whoever makes them."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.domain.retrieval import Passage, Retrieval, Scope

Vectors: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a language model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySchema:
    """The JSON schema that a reply should follow: a help to the model, never a proof of anything.

    Whoever asks reads the reply as if there had been none: endpoints ignore it, and values that
    fit it may still be made up.
    """

    name: str
    schema: Mapping[str, object]


class ChatModel(Protocol):
    """A language model behind an endpoint."""

    @property
    def name(self) -> str:
        """Return the model's name, for the audit trail and the page."""
        ...

    def stream(self, messages: Sequence[Message]) -> AsyncGenerator[str, None]:
        """Yield pieces of the reply; raise `ModelUnavailableError` when none can be had.

        Closing the generator ends the request.
        """
        ...

    async def complete(
        self, messages: Sequence[Message], *, schema: ReplySchema | None = None
    ) -> str:
        """Return the whole reply, bound to a schema where that can be had; raise as `stream`."""
        ...


class Embedder(Protocol):
    """Text to unit vectors."""

    @property
    def model_id(self) -> str:
        """Name that changes whenever vectors of equal text would differ."""
        ...

    @property
    def dimension(self) -> int:
        """Number of components of a vector."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), dimension), rows of unit length."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return an array of shape (dimension,), of unit length."""
        ...


class Reranker(Protocol):
    """An optional second opinion on the order of passages."""

    def rerank(self, question: str, passages: Sequence[Passage]) -> list[float]:
        """Return one score for each passage, higher is better."""
        ...


class Retriever(Protocol):
    """Question to passages."""

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        """Return passages in rank order; `context` is the earlier question of a follow-up."""
        ...
