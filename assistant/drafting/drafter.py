"""One stretch of a paper: evidence found, text written from it, every sentence checked."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from assistant.domain import (
    ChatModel,
    Grade,
    Ledger,
    LedgerSentence,
    Passage,
    Retrieval,
    Retriever,
    Scope,
    SentenceStatus,
)
from assistant.drafting.checking import check_reply
from assistant.drafting.extracting import SUFFICIENT, extracted
from assistant.drafting.sending import impersonal, is_personal, sendable
from assistant.errors import ConfigurationError, ModelUnavailableError
from assistant.grades import highest
from assistant.grounding import has_support, orders_the_reader
from assistant.privacy import find_identifiers
from assistant.prompts import Prompt, Value, evidence, new_fence
from assistant.text import clean, squeeze

GIVEN_SHARE = 0.3  # share of the question's words that a passage of the case must hold
GIVEN_LIMIT = 6
_STANDARD = ("question", "passages", "fence", "reference_date", "max_chars")
_DOUBTFUL = frozenset({SentenceStatus.UNSUPPORTED, SentenceStatus.DIFFERS})


class DraftOutcome(StrEnum):
    """How far the evidence carried."""

    ANSWERED = "answered"
    PARTLY = "partly"  # some sentence has no basis, or something asked was not found
    NO_EVIDENCE = "no_evidence"  # the ledger is empty: a person has to fill the place


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingTask:
    """What is to be written.

    Args:
        question: What evidence is looked for with, and what the text must answer; masked.
        scope: Which texts may be seen.
        reference_date: Date on which the rules must be in force.
        prompt: Name of the prompt for the model; without one, sentences of the sources are taken.
        inputs: What the prompt asks for beside `question`, `passages`, `fence`, `reference_date`
            and `max_chars`, which are filled in here; masked as well.
        given: Passages of the case's own files, which are evidence too; their keys are set here.
        context: Texts of the case whose figures the draft may repeat.
        max_chars: Longest text, at the end of a sentence.
        grade: Grade of question, inputs and context themselves.
        limit: How many passages are looked for; 0 when the given ones are all there is.
        is_chosen: The given passages were chosen for this question, and nothing else is looked at.
        is_masked: A person has looked at the masks of question and inputs: what names are left
            may be sent.
        people: Persons known from the case, whose names tell that a text is about them.
    """

    question: str
    scope: Scope
    reference_date: date
    prompt: str = ""
    inputs: Mapping[str, Value] = field(default_factory=dict)
    given: tuple[Passage, ...] = ()
    context: tuple[str, ...] = ()
    max_chars: int = 600
    grade: Grade = Grade.SENSITIVE
    limit: int = 6
    is_chosen: bool = False
    is_masked: bool = False
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What came of a task.

    `ledger` is empty exactly when the outcome is NO_EVIDENCE; sentences in it that the evidence
    does not carry say so in their status. `passages` are all that were looked at. `model` and
    `prompt` are None where the sentences are the sources' own. `grade` is the highest of the task
    and the passages cited. `notices` are codes as in `Answer.notices`, and `grade_withheld` or
    `privacy_withheld` when a passage was kept from the model, `model_withheld:<reason>` when
    everything was, `shortened` when sentences were left out for length. `sufficiency` tells of
    sentences of the sources how surely what was found answers the question, from 0 to 1.
    """

    outcome: DraftOutcome
    ledger: Ledger
    passages: tuple[Passage, ...]
    grade: Grade
    notices: tuple[str, ...] = ()
    model: str | None = None
    prompt: str | None = None
    sufficiency: float = 0.0

    @property
    def is_verbatim(self) -> bool:
        """Whether the sentences are the sources' own."""
        return self.model is None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftingBounds:
    """`secrets`, such as the key of the endpoint, never appear in a draft."""

    secrets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """What the endpoint is shown of a task."""

    passages: tuple[Passage, ...]
    inputs: Mapping[str, Value]


class Drafter:
    """Writes stretches of papers.

    Args:
        retriever: question to passages.
        model: None means that drafts are made of the passages' own sentences.
        prompts: by name.
        is_internal: whether the model's endpoint is inside the institution (N2SF grades).
        bounds: what a draft may not show.
    """

    def __init__(
        self,
        *,
        retriever: Retriever,
        model: ChatModel | None,
        prompts: Mapping[str, Prompt],
        is_internal: bool,
        bounds: DraftingBounds,
    ) -> None:
        self._retriever = retriever
        self._model = model
        self._prompts = prompts
        self._is_internal = is_internal
        self._bounds = bounds

    @property
    def has_model(self) -> bool:
        """Whether a model writes; without one the sentences are the sources' own."""
        return self._model is not None

    @property
    def sends_outside(self) -> bool:
        """Whether a model writes that lies outside the institution."""
        return self.has_model and not self._is_internal

    async def draft(self, task: DraftingTask) -> Drafted:
        """Return what the evidence lets be written; a model that fails costs only its wording.

        Raises:
            ConfigurationError: The prompt is not there, or does not take these inputs.
            IndexUnavailableError: Nothing can be searched.
        """
        task = replace(task, question=clean(task.question).strip())
        found = await asyncio.to_thread(self._find, task)
        if not found.passages:
            return _empty(task, found.passages, _search_notices(found))
        model = self._model
        if model is None or not task.prompt:
            told: tuple[str, ...] = ("no_model",) if model is None else ()
            return await self._from_sources(task, found, told)
        sent, notices = await asyncio.to_thread(self._sent, task, found.passages)
        if sent is None:
            return await self._from_sources(task, found, notices)
        return await self._from_model(model, task, found, sent, notices)

    # -- evidence ------------------------------------------------------------------------------

    def _find(self, task: DraftingTask) -> Retrieval:
        """Return the passages of the case that speak of the question, then those found."""
        if task.is_chosen:
            return Retrieval(
                passages=_numbered(task.given), words_only=False, sufficiency=1.0, elapsed_ms=0.0
            )
        found = self._retriever.retrieve(task.question, scope=task.scope, limit=max(task.limit, 1))
        others = found.passages if task.limit else ()
        if found.sufficiency < SUFFICIENT and (task.given or not task.limit):
            others = ()  # beside the case's own papers, doubtful finds only distract
        given = _telling(task.given, found.terms)
        passages = _numbered((*given, *others))
        sufficiency = 1.0 if given else found.sufficiency
        return replace(found, passages=passages, sufficiency=sufficiency)

    def _sent(
        self, task: DraftingTask, passages: Sequence[Passage]
    ) -> tuple[_Sent | None, tuple[str, ...]]:
        """Return what the endpoint may see, nothing where that is too little, and what was kept."""
        sent, withheld = sendable(passages, grade=task.grade, is_internal=self._is_internal)
        if not sent:
            return None, ("model_withheld:grade",)
        notices: tuple[str, ...] = ("grade_withheld",) if withheld else ()
        if self._is_internal:
            return _Sent(passages=sent, inputs=task.inputs), notices
        inputs, cut = _open_inputs(task)
        if inputs is None:
            return None, ("model_withheld:privacy",)
        kept, named = impersonal(sent, people=task.people)
        if named or cut:
            notices = (*notices, "privacy_withheld")
        if not kept:
            return None, ("model_withheld:privacy",)
        return _Sent(passages=kept, inputs=inputs), notices

    # -- without a model -----------------------------------------------------------------------

    async def _from_sources(
        self, task: DraftingTask, found: Retrieval, notices: tuple[str, ...]
    ) -> Drafted:
        notices = (*notices, *_warnings(found), *_search_notices(found))
        if found.sufficiency < SUFFICIENT:
            return _empty(task, found.passages, notices)
        ledger = await asyncio.to_thread(
            extracted,
            task.question,
            found.passages,
            terms=found.terms,
            reference_date=task.reference_date,
            max_chars=task.max_chars,
        )
        if not has_support(ledger):
            return _empty(task, found.passages, notices)
        full = _full(task, found.passages, ledger, notices, DraftOutcome.ANSWERED)
        return replace(full, sufficiency=found.sufficiency)

    # -- with a model --------------------------------------------------------------------------

    async def _from_model(
        self,
        model: ChatModel,
        task: DraftingTask,
        found: Retrieval,
        sent: _Sent,
        notices: tuple[str, ...],
    ) -> Drafted:
        prompt = self._prompts.get(task.prompt)
        if prompt is None:
            raise ConfigurationError(f"no prompt {task.prompt}")
        messages = prompt.render(**_inputs(prompt, task, sent))
        try:
            reply = await model.complete(messages)
        except ModelUnavailableError as error:
            failed = (*notices, f"model_failed:{error.reason}")
            return await self._from_sources(task, found, failed)
        checked = await asyncio.to_thread(
            check_reply,
            reply,
            sent.passages,
            question=task.question,
            reference_date=task.reference_date,
            confidential=(*self._bounds.secrets, messages[0].content),
            given=task.context,
        )
        if not has_support(checked.ledger):
            if checked.is_misreported:
                return await self._from_sources(task, found, (*notices, "reply_differs"))
            empty = _empty(task, found.passages, (*notices, *_search_notices(found)))
            return replace(empty, model=model.name, prompt=prompt.reference)
        ledger = _within(checked.ledger, task.max_chars)
        notices = (*notices, *checked.notices, *_warnings(found), *_search_notices(found))
        if len(ledger) < len(checked.ledger):
            notices = (*notices, "shortened")
        is_partly = checked.is_declined or any(line.status in _DOUBTFUL for line in ledger)
        outcome = DraftOutcome.PARTLY if is_partly else DraftOutcome.ANSWERED
        full = _full(task, found.passages, ledger, notices, outcome)
        return replace(full, model=model.name, prompt=prompt.reference)


def _numbered(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    return tuple(
        replace(passage, key=f"S{number}") for number, passage in enumerate(passages, start=1)
    )


def _inputs(prompt: Prompt, task: DraftingTask, sent: _Sent) -> dict[str, Value]:
    standard: dict[str, Value] = {
        "question": task.question,
        "passages": list(evidence(sent.passages)),
        "fence": new_fence(),
        "reference_date": task.reference_date.isoformat(),
        "max_chars": str(task.max_chars),
    }
    wanted = {name: standard[name] for name in _STANDARD if name in prompt.inputs}
    return {**sent.inputs, **wanted}


def _open_inputs(task: DraftingTask) -> tuple[dict[str, Value] | None, bool]:
    """Return the task's own texts without those about persons, and whether any was left out.

    Lines of a list can be spared; without the question or another text nothing can be asked.
    """

    def is_closed(text: str) -> bool:
        if task.is_masked:
            return bool(find_identifiers(text))
        return is_personal(text, task.people)

    open_inputs: dict[str, Value] = {}
    is_cut = False
    for name, value in (("question", task.question), *task.inputs.items()):
        if isinstance(value, str):
            if is_closed(value):
                return None, True
            open_inputs[name] = value
            continue
        kept = [one for one in value if not is_closed(one if isinstance(one, str) else one.text)]
        is_cut = is_cut or len(kept) < len(value)
        open_inputs[name] = kept  # type: ignore[assignment] # one kind in, the same kind out
    open_inputs.pop("question")
    return open_inputs, is_cut


def _telling(given: Sequence[Passage], terms: Mapping[str, float]) -> list[Passage]:
    """Return the passages that hold enough of the question's words, best first."""
    total = sum(terms.values()) or 1.0
    scored = []
    for passage in given:
        folded = squeeze(passage.text)
        share = sum(weight for word, weight in terms.items() if word in folded) / total
        if share >= GIVEN_SHARE:
            scored.append((share, passage))
    scored.sort(key=lambda pair: -pair[0])
    return [passage for _, passage in scored[:GIVEN_LIMIT]]


def _within(ledger: Ledger, max_chars: int) -> Ledger:
    """Return the first sentences that fit; never none, never half a sentence."""
    kept: list[LedgerSentence] = []
    room = max_chars
    for line in ledger:
        room -= len(line.text) + 1
        if kept and room < 0:
            break
        kept.append(line)
    return tuple(kept) if has_support(tuple(kept)) else ledger


def _warnings(found: Retrieval) -> tuple[str, ...]:
    is_ordered = any(orders_the_reader(passage.text) for passage in found.passages)
    return ("suspicious_instruction",) if is_ordered else ()


def _search_notices(found: Retrieval) -> tuple[str, ...]:
    return ("words_only",) if found.words_only else ()


def _empty(task: DraftingTask, passages: tuple[Passage, ...], notices: tuple[str, ...]) -> Drafted:
    return Drafted(
        outcome=DraftOutcome.NO_EVIDENCE,
        ledger=(),
        passages=passages,
        grade=task.grade,
        notices=tuple(dict.fromkeys(notices)),
    )


def _full(
    task: DraftingTask,
    passages: tuple[Passage, ...],
    ledger: Ledger,
    notices: tuple[str, ...],
    outcome: DraftOutcome,
) -> Drafted:
    cited = {citation.key for line in ledger for citation in line.citations}
    return Drafted(
        outcome=outcome,
        ledger=ledger,
        passages=passages,
        grade=highest([task.grade, *(p.grade for p in passages if p.key in cited)]),
        notices=tuple(dict.fromkeys(notices)),
    )
