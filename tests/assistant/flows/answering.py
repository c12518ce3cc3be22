"""The flow of a question over a shelf, with a scripted model, and what tests ask of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from assistant.domain import Answer, Grade, Outcome, Passage, Retrieval, Retriever, Scope, Turn
from assistant.flows.answer import AnswerBounds, AnswerFlow, Event, Final, Status
from assistant.llm import Endpoint, EndpointModel
from assistant.prompts import load_all
from tests.assistant.shelf import TODAY, Shelf
from tests.fakes import FakeEndpoint

RULE = "가나구 시험구매 운영 규정"
QUESTION = "완료보고서는 며칠 안에 제출하나요?"
RIGHT = "완료보고서는 시험구매가 끝난 날부터 7일 이내에 제출하여야 합니다 [S1]."
WITHHELD = "두루미 창고의 열쇠는 금고에 둔다."
OPEN_ONLY: dict[str, Any] = {"grades": (Grade.OPEN,)}
EARLIER = "완료보고서에 대해 알려주세요"
STANDALONE = "이어진 질문"


@dataclass
class Sure:
    """The real retriever, with a given estimate of how good the evidence is."""

    retriever: Retriever
    sufficiency: float

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        found = self.retriever.retrieve(question, scope=scope, limit=limit, context=context)
        return replace(found, sufficiency=self.sufficiency)


@dataclass
class Listed:
    """A retriever that gives the same passages whatever the scope."""

    passages: tuple[Passage, ...]

    def retrieve(
        self, question: str, *, scope: Scope, limit: int, context: str | None = None
    ) -> Retrieval:
        return Retrieval(passages=self.passages, words_only=True, sufficiency=1.0, elapsed_ms=1.0)


def make_model(endpoint: FakeEndpoint, **overrides: Any) -> EndpointModel:
    facts: dict[str, Any] = {"deadline_s": 4.0, "read_timeout_s": 0.5, "backoff_s": 0.01}
    return EndpointModel(
        Endpoint(base_url=endpoint.base_url, model="test-model", **(facts | overrides))
    )


def make_flow(
    source: Shelf | Retriever,
    endpoint: FakeEndpoint | None = None,
    *,
    internal: bool = True,
    sufficiency: float = 1.0,
    max_chars: int = 700,
    is_reading: bool = False,
    **overrides: Any,
) -> AnswerFlow:
    retriever = source.retriever() if isinstance(source, Shelf) else source
    return AnswerFlow(
        retriever=Sure(retriever, sufficiency),
        model=None if endpoint is None else make_model(endpoint, **overrides),
        prompts=load_all(),
        is_internal=internal,
        bounds=AnswerBounds(limit=3, max_chars=max_chars),
        is_reading=lambda: is_reading,
    )


def events_of(
    flow: AnswerFlow,
    question: str = QUESTION,
    *,
    history: Sequence[Turn] = (),
    reference_date: date = TODAY,
    **scope: Any,
) -> list[Event]:
    async def collect() -> list[Event]:
        stream = flow.stream(
            question,
            scope=replace(Scope(), **scope),
            reference_date=reference_date,
            history=history,
        )
        return [event async for event in stream]

    return asyncio.run(collect())


def ask(flow: AnswerFlow, question: str = QUESTION, **facts: Any) -> Answer:
    """Return the answer; that it comes last and once is checked on the way."""
    events = events_of(flow, question, **facts)
    (final,) = [event for event in events if isinstance(event, Final)]
    assert events[-1] is final
    return final.answer


def steps(events: Sequence[Event]) -> list[str]:
    names = [event.step if isinstance(event, Status) else type(event).__name__ for event in events]
    return [name for n, name in enumerate(names) if n == 0 or names[n - 1] != name]


def make_turn(question: str, *, model: str | None = "test-model") -> Turn:
    answer = Answer(outcome=Outcome.ANSWERED, ledger=(), passages=(), model=model)
    return Turn(
        turn_id="t1",
        conversation_id="c1",
        parent_turn_id=None,
        question=question,
        answer=answer,
        state="final",
        created_at=datetime(2026, 6, 1, tzinfo=UTC),
    )
