"""Question in, checked answer out: retrieve, write (with a model or without), verify.

The model's text is provisional until `grounding.verify` has tied each sentence to its passage.
Without a model, or when it fails, the sentences are taken from the passages themselves.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from assistant.domain import (
    Answer,
    ChatModel,
    Grade,
    LedgerSentence,
    Outcome,
    Passage,
    Retrieval,
    Retriever,
    Scope,
    Turn,
)
from assistant.drafting import (
    SUFFICIENT,
    check_reply,
    extracted,
    impersonal,
    is_personal,
    sendable,
)
from assistant.errors import ModelUnavailableError, QuestionEmptyError
from assistant.grades import question_grade
from assistant.grounding import Provisional, find_conflicts, has_support, orders_the_reader
from assistant.law.question import is_out_of_scope, possible_articles
from assistant.privacy import find_identifiers
from assistant.prompts import Prompt, evidence, new_fence
from assistant.text import clean

CONFLICT_PASSAGES = 6
_EARLIER = 3  # questions that a follow-up is put into the light of


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A step of the work has begun."""

    step: Literal["searching", "writing", "verifying", "retrying"]
    words_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """What the search found, before any text is written."""

    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delta:
    """A piece of provisional text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """The checked answer; it replaces the provisional text."""

    answer: Answer


Event: TypeAlias = Status | Passages | Delta | Final


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerBounds:
    """What an answer may not exceed or show.

    `limit` passages are looked at; an answer made without a model has at most `max_chars`;
    `secrets`, such as the key of the endpoint, are never shown.
    """

    limit: int
    max_chars: int
    secrets: tuple[str, ...] = ()


class AnswerFlow:
    """The flow behind the chat.

    Args:
        retriever: question to passages.
        model: None means that answers are made of the passages' own sentences.
        prompts: `answer_question` and `standalone_question`.
        is_internal: whether the model's endpoint is inside the institution (N2SF grades).
        bounds: what an answer may not exceed or show.
        is_reading: whether the corpus is still being read; an answer out of a part of it says so.
    """

    def __init__(
        self,
        *,
        retriever: Retriever,
        model: ChatModel | None,
        prompts: Mapping[str, Prompt],
        is_internal: bool,
        bounds: AnswerBounds,
        is_reading: Callable[[], bool] = lambda: False,
    ) -> None:
        self._retriever = retriever
        self._model = model
        self._prompts = prompts
        self._is_internal = is_internal
        self._bounds = bounds
        self._is_reading = is_reading

    async def stream(
        self,
        question: str,
        *,
        scope: Scope,
        reference_date: date,
        history: Sequence[Turn] = (),
    ) -> AsyncGenerator[Event, None]:
        """Yield what happens, ending with exactly one `Final`; closing it ends the model's call.

        Raises:
            QuestionEmptyError: no word in the question.
            IndexUnavailableError: nothing can be searched.
        """
        started = time.perf_counter()
        text = clean(question).strip()
        if not any(character.isalnum() for character in text):
            raise QuestionEmptyError("no word in the question")
        is_partial = self._is_reading()  # before the search: it may end while the answer is made
        async with aclosing(self._events(text, scope, reference_date, history)) as events:
            async for event in events:
                if isinstance(event, Final):
                    elapsed_ms = (time.perf_counter() - started) * 1000
                    answer = _out_of_a_part(event.answer) if is_partial else event.answer
                    event = Final(answer=replace(answer, elapsed_ms=elapsed_ms))
                yield event

    async def _events(
        self, text: str, scope: Scope, reference_date: date, history: Sequence[Turn]
    ) -> AsyncGenerator[Event, None]:
        if refusal := self._refusal(text):
            yield Final(answer=Answer(outcome=refusal, ledger=(), passages=()))
            return
        model = self._model
        yield Status(step="searching")
        earlier = [turn.question for turn in history if turn.question]
        found = await self._retrieve(text, scope, earlier[-1] if earlier else None)
        if choices := possible_articles(text, found.passages):
            yield Final(answer=_unanswered(Outcome.NEEDS_CLARIFICATION, found, choices=choices))
            return
        sent, withheld = await self._sendable(text, found.passages, scope) if model else ((), ())
        if model is not None and sent:
            rewritten = await self._standalone(model, text, history)
            if rewritten:
                found = await self._retrieve(text, scope, rewritten)
                sent, withheld = await self._sendable(text, found.passages, scope)
        yield Passages(passages=found.passages)
        if not found.passages:
            yield Final(answer=_unanswered(Outcome.NO_EVIDENCE, found))
            return
        if model is None or not sent:
            reason = "no_model" if model is None else _nothing_sent(withheld)
            yield Final(answer=await self._extracted(text, found, reference_date, (reason,)))
            return
        writing = self._written(model, text, found, sent, reference_date, withheld)
        async with aclosing(writing) as events:
            async for event in events:
                yield event

    def _refusal(self, text: str) -> Outcome | None:
        """Return why a question is not looked into at all."""
        if is_out_of_scope(text):
            return Outcome.OUT_OF_SCOPE
        leaves_the_institution = self._model is not None and not self._is_internal
        if leaves_the_institution and find_identifiers(text):
            return Outcome.BLOCKED_PRIVACY
        return None

    def _shareable(self, history: Sequence[Turn]) -> list[str]:
        """Return the last earlier questions that the endpoint may see, oldest first.

        Outside the institution only those that it has seen before: an earlier question may have
        been asked in a higher grade, or have been kept inside because of a person.
        """
        asked = (turn for turn in reversed(history) if turn.question)
        fit = (turn.question for turn in asked if self._is_internal or _went_outside(turn))
        return list(itertools.islice(fit, _EARLIER))[::-1]

    async def _retrieve(self, text: str, scope: Scope, context: str | None) -> Retrieval:
        return await asyncio.to_thread(
            self._retriever.retrieve, text, scope=scope, limit=self._bounds.limit, context=context
        )

    async def _sendable(
        self, text: str, passages: Sequence[Passage], scope: Scope
    ) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
        """Return the passages the endpoint may see, and as notices why it may not see others."""
        declared = Grade.OPEN if scope.grades == (Grade.OPEN,) else None
        grade = question_grade(declared)
        sent, withheld = sendable(passages, grade=grade, is_internal=self._is_internal)
        notices = ("grade_withheld",) if withheld else ()
        if self._is_internal:
            return sent, notices
        names_somebody = await asyncio.to_thread(is_personal, text)
        if sent and names_somebody:
            return (), ("privacy_withheld",)
        kept, personal = await asyncio.to_thread(impersonal, sent)
        return kept, (*notices, "privacy_withheld") if personal else notices

    async def _standalone(self, model: ChatModel, text: str, history: Sequence[Turn]) -> str:
        """Return the follow-up as a question of its own, or nothing when the model fails.

        It only widens the search; what it says is never shown or cited.
        """
        earlier = await asyncio.to_thread(self._shareable, history)
        if not earlier:
            return ""
        prompt = self._prompts["standalone_question"]
        try:
            reply = await model.complete(prompt.render(question=text, earlier=earlier))
        except ModelUnavailableError:
            return ""
        line = next((line.strip() for line in clean(reply).splitlines() if line.strip()), "")
        return line if len(line) <= 500 else ""

    # -- without a model -----------------------------------------------------------------------

    async def _extracted(
        self, text: str, found: Retrieval, reference_date: date, notices: tuple[str, ...]
    ) -> Answer:
        if found.sufficiency < SUFFICIENT:
            return _unanswered(Outcome.NO_EVIDENCE, found, notices=notices)
        return await asyncio.to_thread(self._extract_now, text, found, reference_date, notices)

    def _extract_now(
        self, text: str, found: Retrieval, reference_date: date, notices: tuple[str, ...]
    ) -> Answer:
        ledger = extracted(
            text,
            found.passages,
            terms=found.terms,
            reference_date=reference_date,
            max_chars=self._bounds.max_chars,
        )
        if not has_support(ledger):
            return _unanswered(Outcome.NO_EVIDENCE, found, notices=notices)
        return Answer(
            outcome=Outcome.ANSWERED,
            ledger=ledger,
            passages=found.passages,
            conflicts=find_conflicts(found.passages[:CONFLICT_PASSAGES]),
            notices=tuple(dict.fromkeys((*notices, *_warnings(found), *_search_notices(found)))),
            searched=found.searched,
        )

    # -- with a model --------------------------------------------------------------------------

    async def _written(
        self,
        model: ChatModel,
        text: str,
        found: Retrieval,
        sent: tuple[Passage, ...],
        reference_date: date,
        withheld: tuple[str, ...],
    ) -> AsyncGenerator[Event, None]:
        prompt = self._prompts["answer_question"]
        messages = prompt.render(
            question=text,
            passages=list(evidence(sent)),
            fence=new_fence(),
            reference_date=reference_date.isoformat(),
        )
        yield Status(step="writing", words_only=found.words_only)
        hidden = (*self._bounds.secrets, *(message.content for message in messages[:1]))
        provisional = Provisional(confidential=hidden)
        pieces: list[str] = []
        failure: str | None = None
        try:
            async with aclosing(model.stream(messages)) as reply_pieces:
                async for piece in reply_pieces:
                    pieces.append(piece)
                    if shown := provisional.take(piece):
                        yield Delta(text=shown)
        except ModelUnavailableError as error:
            failure = error.reason
        yield Status(step="verifying", words_only=found.words_only)
        reply = "".join(pieces)
        checked = await asyncio.to_thread(
            check_reply,
            reply,
            sent,
            question=text,
            reference_date=reference_date,
            confidential=hidden,
        )
        ledger = checked.ledger
        notices = [*_warnings(found), *_search_notices(found)]
        notices += [*withheld, *checked.notices]
        notices += ["truncated"] if failure == "too_long" else []
        if not has_support(ledger) and (failure or checked.is_misreported):
            notices.append(f"model_failed:{failure}" if failure else "reply_differs")
            yield Final(answer=await self._extracted(text, found, reference_date, tuple(notices)))
            return
        yield Final(
            answer=self._settled(
                ledger, found, tuple(notices), failure, (model.name, prompt.reference)
            )
        )

    def _settled(
        self,
        ledger: tuple[LedgerSentence, ...],
        found: Retrieval,
        notices: tuple[str, ...],
        failure: str | None,
        made_by: tuple[str, str],
    ) -> Answer:
        """Build the answer from a verified ledger; nothing supported means no evidence."""
        name, reference = made_by
        if not has_support(ledger):
            answer = _unanswered(Outcome.NO_EVIDENCE, found, notices=notices)
            return replace(answer, model=name, prompt=reference)
        if failure is not None:
            notices = (*notices, "incomplete")
        return Answer(
            outcome=Outcome.ANSWERED,
            ledger=ledger,
            passages=found.passages,
            conflicts=find_conflicts(found.passages[:CONFLICT_PASSAGES]),
            notices=tuple(dict.fromkeys(notices)),
            complete=failure is None,
            model=name,
            prompt=reference,
            searched=found.searched,
        )


def _out_of_a_part(answer: Answer) -> Answer:
    """Return an answer that tells that not everything could be searched yet."""
    if answer.outcome in (Outcome.OUT_OF_SCOPE, Outcome.BLOCKED_PRIVACY):
        return answer  # nothing was searched
    return replace(answer, notices=("corpus_loading", *answer.notices))


def _went_outside(turn: Turn) -> bool:
    is_sent = turn.answer is not None and turn.answer.model is not None
    return is_sent and not is_personal(turn.question)


def _warnings(found: Retrieval) -> tuple[str, ...]:
    is_ordered = any(orders_the_reader(passage.text) for passage in found.passages)
    return ("suspicious_instruction",) if is_ordered else ()


def _search_notices(found: Retrieval) -> tuple[str, ...]:
    return ("words_only",) if found.words_only else ()


def _nothing_sent(withheld: Sequence[str]) -> str:
    """Return the notice that nothing of what was found went to the model, and why."""
    is_personal = "privacy_withheld" in withheld
    return "model_withheld:privacy" if is_personal else "model_withheld:grade"


def _unanswered(
    outcome: Outcome,
    found: Retrieval,
    *,
    notices: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
) -> Answer:
    return Answer(
        outcome=outcome,
        ledger=(),
        passages=found.passages,
        notices=tuple(dict.fromkeys((*notices, *_search_notices(found)))),
        choices=choices,
        searched=found.searched,
    )
