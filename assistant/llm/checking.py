"""What `gongmun doctor` finds out about the endpoint."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.domain import Message
from assistant.errors import ModelUnavailableError
from assistant.llm.endpoint import Endpoint
from assistant.llm.failures import foreign_errors, translate
from assistant.llm.model import EndpointModel
from assistant.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check of the endpoint found; `reason` is empty when all is well.

    `check` is `configured`, `reachable`, `model_listed` or `completion`; `reason` is one of
    `ModelUnavailableError`'s, or `not_configured`, `not_listed`, `cannot_list`.
    """

    check: Literal["configured", "reachable", "model_listed", "completion"]
    is_fine: bool
    reason: str = ""
    facts: Mapping[str, str | int] = field(default_factory=dict)


async def check(settings: Settings) -> list[Finding]:
    """Try the endpoint: is it set, does it answer, does it list the model, does it write."""
    endpoint = Endpoint.from_settings(settings)
    if not endpoint.base_url or not endpoint.model:
        return [Finding(check="configured", is_fine=False, reason="not_configured")]
    findings = [Finding(check="configured", is_fine=True, facts={"model": endpoint.model})]
    findings += await _check_listing(endpoint)
    if findings[-1].check == "reachable":
        return findings
    started = time.monotonic()
    facts: dict[str, str | int] = {"model": endpoint.model}
    try:
        reply = await EndpointModel(endpoint).complete(
            [Message(role="user", content="'예'라고만 답하십시오.")]
        )
    except ModelUnavailableError as error:
        return [
            *findings,
            Finding(check="completion", is_fine=False, reason=error.reason, facts=facts),
        ]
    facts |= {"milliseconds": round(1000 * (time.monotonic() - started)), "characters": len(reply)}
    return [*findings, Finding(check="completion", is_fine=True, facts=facts)]


async def _check_listing(endpoint: Endpoint) -> list[Finding]:
    """Return the findings on reaching the endpoint; the last one is `reachable` when it is not."""
    import openai

    client = openai.AsyncOpenAI(
        base_url=endpoint.base_url,
        api_key=endpoint.api_key.get_secret_value() or "none",
        max_retries=0,
        timeout=min(endpoint.read_timeout_s, endpoint.deadline_s),
    )
    facts: dict[str, str | int] = {"model": endpoint.model}
    async with client:
        try:
            listed = [model.id async for model in client.models.list()]
        except foreign_errors() as error:
            reason = translate(error).reason
            if reason in {"unreachable", "timeout"}:
                return [Finding(check="reachable", is_fine=False, reason=reason)]
            # Some servers write and do not list; the completion will tell.
            return [
                Finding(check="reachable", is_fine=True),
                Finding(check="model_listed", is_fine=False, reason="cannot_list", facts=facts),
            ]
    is_listed = endpoint.model in listed
    facts["listed"] = len(listed)
    return [
        Finding(check="reachable", is_fine=True),
        Finding(
            check="model_listed",
            is_fine=is_listed,
            reason="" if is_listed else "not_listed",
            facts=facts,
        ),
    ]
