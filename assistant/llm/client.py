"""The client of an endpoint: made, and given messages in its own classes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import SecretStr

from assistant.domain import Message
from assistant.llm.endpoint import Endpoint
from assistant.llm.extras import Extra, Request

if TYPE_CHECKING:
    import ssl

    import httpx2
    from langchain_core.messages import BaseMessage
    from langchain_openai import ChatOpenAI

_TRACING = (
    "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2",
)  # fmt: skip


def load_client() -> tuple[ssl.SSLContext, httpx2.Client]:
    """Return what all calls share; reading the certificates takes 50 ms, so once is enough."""
    for name in _TRACING:
        os.environ[name] = "false"  # questions must never reach a tracing service
    import httpx2
    import langchain_openai  # noqa: F401 # seconds the first time
    import openai

    verify = httpx2.create_ssl_context()
    return verify, openai.DefaultHttpxClient(verify=verify)


def build_chat(
    endpoint: Endpoint,
    request: Request,
    *,
    timeout: httpx2.Timeout,
    client: httpx2.AsyncClient,
    unused: httpx2.Client | None,
) -> ChatOpenAI:
    """Return a chat client that neither retries nor caches and takes its connections from us."""
    from langchain_openai import ChatOpenAI

    return ChatOpenAI(
        model=endpoint.model,
        base_url=endpoint.base_url,
        api_key=SecretStr(endpoint.api_key.get_secret_value() or "none"),
        use_responses_api=endpoint.use_responses_api,
        temperature=0.0 if Extra.TEMPERATURE in request.extras else None,
        max_retries=0,
        timeout=timeout,
        stream_chunk_timeout=None,  # its `wait_for` can lose a cancellation (Python 3.11)
        stream_usage=Extra.USAGE in request.extras,
        cache=False,
        # Not its own argument: with that one it streams on another road, which checks the reply.
        extra_body=_format(endpoint, request),
        http_async_client=client,
        http_client=unused,  # else one is built at every call, with its own certificates
    )


def _format(endpoint: Endpoint, request: Request) -> dict[str, object] | None:
    """Return the fields that bind a reply to its schema, None where the request does not."""
    if request.schema is None or Extra.SCHEMA not in request.extras:
        return None
    bound = {"name": request.schema.name, "schema": request.schema.schema, "strict": True}
    if endpoint.use_responses_api:
        return {"text": {"format": {"type": "json_schema", **bound}}}
    return {"response_format": {"type": "json_schema", "json_schema": bound}}


def as_sent(messages: Sequence[Message]) -> list[BaseMessage]:
    """Return the messages in the classes of the chat client."""
    from langchain_core.messages import AIMessage, HumanMessage, SystemMessage

    classes = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
    return [classes[message.role](content=message.content) for message in messages]
