"""Text to vectors: the built-in model, an OpenAI-compatible endpoint, or none (words only)."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Literal

from assistant.domain import Embedder
from assistant.embedding.builtin import (
    BuiltinEmbedder,
    EngineError,
    WheelEmbedder,
    open_builtin,
)
from assistant.embedding.endpoint import EndpointEmbedder
from assistant.errors import ConfigurationError, ModelUnavailableError
from assistant.settings import Settings

__all__ = [
    "BuiltinEmbedder",
    "EmbeddingStatus",
    "EndpointEmbedder",
    "WheelEmbedder",
    "make_embedder",
    "separates",
]

logger = logging.getLogger(__name__)

_QUESTIONS = (
    "여권을 다시 발급받으려면 어떻게 하나요?",
    "공사 대금은 며칠 안에 지급해야 합니까?",
    "도서관은 몇 시에 문을 닫나요?",
)
_ANSWERS = (
    "여권을 재발급하려는 사람은 신청서와 사진을 내야 한다.",
    "공사의 대가는 청구를 받은 날부터 닷새 안에 지급한다.",
    "도서관은 평일 오후 열 시까지 이용할 수 있다.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingStatus:
    """How embedding stands.

    `state` is `ready`, `slow` (the wheel's own engine), `doubtful` (related Korean sentences do
    not stand out), `unavailable` or `off`. `reason` says why it is not ready: no_wheel,
    no_engine, conversion_failed, weak_model, or the reason of a `ModelUnavailableError`.
    """

    state: Literal["ready", "slow", "doubtful", "unavailable", "off"]
    reason: str = ""
    model_id: str = ""
    dimension: int = 0


def make_embedder(settings: Settings) -> tuple[Embedder | None, EmbeddingStatus]:
    """Return the embedder that the settings ask for and its state; none means words only.

    Raises:
        ConfigurationError: the endpoint is chosen but not described.
    """
    if settings.embedding_backend == "none":
        return None, EmbeddingStatus(state="off")
    try:
        embedder = _open(settings)
        if embedder is None:
            return None, EmbeddingStatus(state="unavailable", reason="no_wheel")
        return embedder, _status(embedder)
    except EngineError:
        return None, EmbeddingStatus(state="unavailable", reason="no_engine")
    except ModelUnavailableError as error:
        return None, EmbeddingStatus(state="unavailable", reason=error.reason)


def separates(embedder: Embedder) -> bool:
    """Tell whether each of three questions lies nearest to its own answer."""
    answers = embedder.embed_passages(_ANSWERS)
    nearest = [int((answers @ embedder.embed_query(text)).argmax()) for text in _QUESTIONS]
    return nearest == list(range(len(_QUESTIONS)))


def _open(settings: Settings) -> Embedder | None:
    if settings.embedding_backend == "builtin":
        return open_builtin(settings.data_dir / "models", threads=settings.embedding_threads)
    if not settings.embedding_base_url or not settings.embedding_model:
        raise ConfigurationError(
            "embedding_backend=endpoint needs embedding_base_url and embedding_model"
        )
    return EndpointEmbedder(
        base_url=settings.embedding_base_url,
        api_key=settings.embedding_api_key,
        model=settings.embedding_model,
    )


def _status(embedder: Embedder) -> EmbeddingStatus:
    state: Literal["ready", "slow", "doubtful"] = "ready"
    reason = ""
    if isinstance(embedder, WheelEmbedder):
        state, reason = "slow", "conversion_failed"
    if not separates(embedder):
        logger.warning("embedding.doubtful", extra={"model_id": embedder.model_id})
        state, reason = "doubtful", "weak_model"
    return EmbeddingStatus(
        state=state, reason=reason, model_id=embedder.model_id, dimension=embedder.dimension
    )
