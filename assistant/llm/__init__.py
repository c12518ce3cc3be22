"""A language model behind an OpenAI-compatible endpoint, with deadlines, retries and caps.

Home of openai and of langchain's chat model. Every failure leaves as `ModelUnavailableError`; once
text has been given out, the flow keeps it and marks the answer incomplete.
"""

from assistant.llm.checking import Finding, check
from assistant.llm.endpoint import (
    CONNECT_TIMEOUT_S,
    FAILURES_TO_OPEN,
    OPEN_S,
    CircuitBreaker,
    Endpoint,
)
from assistant.llm.model import MAX_RETRIES, MAX_RETRY_AFTER_S, EndpointModel
from assistant.llm.usage import Meter, metered

__all__ = [
    "CONNECT_TIMEOUT_S",
    "FAILURES_TO_OPEN",
    "MAX_RETRIES",
    "MAX_RETRY_AFTER_S",
    "OPEN_S",
    "CircuitBreaker",
    "Endpoint",
    "EndpointModel",
    "Finding",
    "Meter",
    "check",
    "metered",
]
