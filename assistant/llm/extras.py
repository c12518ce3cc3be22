"""What a request asks for beyond a reply, and what to leave out when an endpoint refuses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.domain import Message, ReplySchema
from assistant.llm.failures import FailedError


class Extra(StrEnum):
    """Something that an endpoint need not know; a reply can be had without it."""

    TEMPERATURE = "temperature"
    SCHEMA = "schema"
    USAGE = "usage"


# The words by which an endpoint names what it does not take.
_WORDS = {
    Extra.TEMPERATURE: ("temperature",),
    Extra.SCHEMA: ("response_format", "json_schema", "text.format", "schema"),
    Extra.USAGE: ("stream_options", "include_usage"),
}
# A refusal that names nothing may be about these: the one that fewer servers know comes first.
_SUSPECTS = (Extra.SCHEMA, Extra.USAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Messages, the time by which the reply is due (monotonic seconds), and what else is asked.

    `left_out` is what this request leaves out that the one before it, refused, still had.
    """

    messages: Sequence[Message]
    deadline: float
    extras: frozenset[Extra] = frozenset()
    schema: ReplySchema | None = None
    left_out: Extra | None = None

    def plainer(self, failure: FailedError) -> Request | None:
        """Return the request to make after a refused one, None when there is nothing to leave out.

        >>> request = Request(messages=(), deadline=0.0, extras=frozenset(Extra))
        >>> request.plainer(FailedError("refused", complaint="no stream_options here")).left_out
        <Extra.USAGE: 'usage'>
        >>> request.plainer(FailedError("refused", complaint="bad request")).left_out
        <Extra.SCHEMA: 'schema'>
        >>> request.plainer(FailedError("timeout")) is None
        True
        """
        if failure.complaint is None:
            return None
        said = failure.complaint
        named = [extra for extra, words in _WORDS.items() if any(word in said for word in words)]
        for extra in (*named, *_SUSPECTS):
            if extra in self.extras:
                return replace(self, extras=self.extras - {extra}, left_out=extra)
        return None
