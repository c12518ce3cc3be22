"""Embedding by an OpenAI-compatible endpoint, through langchain-openai."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from pydantic import SecretStr

from assistant.domain import Vectors
from assistant.errors import ModelUnavailableError

if TYPE_CHECKING:
    from langchain_openai import OpenAIEmbeddings

_PASSAGES_TIMEOUT_S = 30.0
_PASSAGES_RETRIES = 2
_QUERY_TIMEOUT_S = 5.0  # somebody is waiting, and words alone can answer
_BATCH = 64
_CHAR_LIMIT = 8_000


class EndpointEmbedder:
    """Vectors of the model `model` at `base_url`; the dimension is found by asking once."""

    def __init__(self, *, base_url: str, api_key: SecretStr, model: str) -> None:
        """Connect and ask for one vector.

        Raises:
            ModelUnavailableError: the endpoint gives no usable vector.
        """
        import openai
        from langchain_openai import OpenAIEmbeddings

        def client(timeout_s: float, retries: int) -> OpenAIEmbeddings:
            return OpenAIEmbeddings(
                model=model,
                base_url=base_url,
                api_key=SecretStr(api_key.get_secret_value() or "none"),
                # The default measures texts with a vocabulary that it fetches from the internet.
                check_embedding_ctx_length=False,
                timeout=timeout_s,
                max_retries=retries,
                # Text goes where the settings say and nowhere else.
                http_client=openai.DefaultHttpxClient(timeout=timeout_s, follow_redirects=False),
                chunk_size=_BATCH,
            )

        self._for_passages = client(_PASSAGES_TIMEOUT_S, _PASSAGES_RETRIES)
        self._for_queries = client(_QUERY_TIMEOUT_S, 0)
        # Models of the E5 family are trained with these words in front; others are not.
        self._prefixed = "e5" in model.lower() and "instruct" not in model.lower()
        self.dimension = 0
        self.dimension = int(self._embed(self._for_queries, ["차원 확인"]).shape[1])
        self.model_id = f"endpoint:{model}:{self.dimension}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order.

        Raises:
            ModelUnavailableError: the endpoint gave no usable vectors in time.
        """
        prefix = "passage: " if self._prefixed else ""
        batches = [texts[start : start + _BATCH] for start in range(0, len(texts), _BATCH)]
        if not batches:
            return np.zeros((0, self.dimension), np.float32)
        return np.concatenate(
            [self._embed(self._for_passages, [prefix + t for t in batch]) for batch in batches]
        )

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question; raise as `embed_passages` does."""
        prefix = "query: " if self._prefixed else ""
        vector: Vectors = self._embed(self._for_queries, [prefix + text])[0]
        return vector

    def _embed(self, client: OpenAIEmbeddings, texts: Sequence[str]) -> Vectors:
        import openai

        try:
            rows = client.embed_documents([_sendable(text) for text in texts])
        except openai.APITimeoutError as error:
            raise ModelUnavailableError(reason="timeout") from error
        except openai.APIConnectionError as error:
            raise ModelUnavailableError(reason="unreachable") from error
        except openai.RateLimitError as error:
            raise ModelUnavailableError(reason="rate_limited") from error
        except openai.APIStatusError as error:
            reason = "server_error" if error.status_code >= 500 else "refused"
            raise ModelUnavailableError(reason=reason) from error
        except (openai.OpenAIError, ValueError, TypeError, AttributeError, KeyError) as error:
            # A reply of another shape surfaces as whatever the client stumbles over first.
            raise ModelUnavailableError(reason="bad_reply") from error
        return self._checked(rows, len(texts))

    def _checked(self, rows: object, expected: int) -> Vectors:
        try:
            vectors = np.asarray(rows, np.float32)
        except (ValueError, TypeError) as error:
            raise ModelUnavailableError(reason="bad_reply") from error
        is_table = vectors.ndim == 2 and vectors.shape[0] == expected and vectors.shape[1] > 0
        if not is_table or (self.dimension and vectors.shape[1] != self.dimension):
            raise ModelUnavailableError(reason="bad_reply")
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or (lengths == 0).any():
            raise ModelUnavailableError(reason="bad_reply")
        unit: Vectors = vectors / lengths
        return unit


def _sendable(text: str) -> str:
    """Cut to a size every endpoint takes; an empty input is refused by many, so send a space.

    >>> _sendable("")
    ' '
    """
    return text[:_CHAR_LIMIT].encode("utf-8", "replace").decode("utf-8") or " "
