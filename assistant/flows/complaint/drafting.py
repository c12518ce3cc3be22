"""Letters written and stored: each point answered from evidence, one of them answered anew."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.deadlines import SEOUL
from assistant.domain import (
    Grade,
    Paper,
    PaperParagraph,
    PaperPart,
    PaperRecord,
    PaperSubject,
    PartKind,
    Scope,
)
from assistant.domain.complaints import LetterKind, Point, PointStatus
from assistant.drafting import Drafter
from assistant.errors import ComplaintInputError, ConflictError, NotFoundError
from assistant.flows.complaint import counting
from assistant.flows.complaint.answering import Question, answer_point
from assistant.flows.complaint.composing import (
    DraftedPart,
    Ingredients,
    compose,
    open_sentence,
    part_id_of,
)
from assistant.flows.complaint.contesting import remedy_texts
from assistant.flows.complaint.governing import governing_part, reading_of, ruled
from assistant.flows.complaint.letters import (
    TEMPLATES,
    Facts,
    LetterRequest,
    computed_of,
    values_of,
)
from assistant.flows.complaint.masking import MaskedCase
from assistant.flows.complaint.phrasing import named
from assistant.flows.complaint.shelf import Openings, Shelf
from assistant.flows.complaint.similar import SimilarCases
from assistant.grounding import orders_the_reader
from assistant.papers import cited, content_hash, replace_part
from assistant.privacy import MaskedText
from assistant.store import CaseChange, NewPaperVersion, Store, StoredCase, visible_to
from assistant.templates import DocumentTemplate

logger = logging.getLogger(__name__)

POINT = "point"
# Parts of a reviewed reply that say the same in every case of its group.
_SHARED = frozenset({"decision", "referral", "referrals"})
_TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of the points are answered; `point` is the latest, None before the first."""

    done: int
    total: int
    point: Point | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A letter is stored. `notices` are codes as in `Drafted.notices`, of all its points."""

    paper_id: str
    notices: tuple[str, ...] = ()


class Letters:
    """The flow behind the letters of a case.

    Args:
        store: the truth.
        drafter: writes stretches from evidence.
        templates: by name.
        openings: finds the stored section of an article.
        similar: finds what the same person asked before.
        now: the clock of the installation.
    """

    def __init__(
        self,
        store: Store,
        *,
        drafter: Drafter,
        templates: Mapping[str, DocumentTemplate],
        openings: Openings,
        similar: SimilarCases,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._drafter = drafter
        self._templates = templates
        self._openings = openings
        self._similar = similar
        self._now = now

    async def write(
        self,
        complaint_id: str,
        request: LetterRequest,
        *,
        institution_id: str,
        reason: str = "drafted",
    ) -> AsyncGenerator[Progress | Written, None]:
        """Yield how far the letter is, ending with exactly one `Written`; closing it stops.

        Nothing is stored before the letter is whole.

        Raises:
            ComplaintInputError: There is no point, or the period cannot be extended like this.
            DeadlineInputError: Its dates cannot be counted.
            IndexUnavailableError: Nothing can be searched.
            NotFoundError: The institution has no such complaint.
        """
        case = self._store.complaints.get(complaint_id, institution_id=institution_id)
        masked = self._masked(case)
        facts = await asyncio.to_thread(self._facts, case, masked, request)
        drafted: dict[str, DraftedPart] = {}
        statuses: dict[str, PointStatus] = {}
        notices = ["suspicious_instruction"] if orders_the_reader(masked.masked.text) else []
        if request.letter is LetterKind.REPLY:
            if not case.points:
                raise ComplaintInputError(reason="no_points")
            yield Progress(done=0, total=len(case.points))
            is_only = len(case.points) == 1
            for number, point in enumerate(case.points, start=1):
                asked = await asyncio.to_thread(
                    self._question, facts, masked, point, is_only=is_only
                )
                answer = await answer_point(self._drafter, asked)
                drafted[point.point_id] = answer.part
                statuses[point.point_id] = answer.point.status
                notices += answer.notices
                yield Progress(done=number, total=len(case.points), point=answer.point)
        paper = await asyncio.to_thread(self._composed, facts, drafted)
        paper_id = await asyncio.to_thread(self._keep, case, request, paper, reason)
        await asyncio.to_thread(self._note, case, statuses)
        logger.info(
            "complaint.drafted",
            extra={"complaint_id": complaint_id, "letter": request.letter.value},
        )
        yield Written(paper_id=paper_id, notices=tuple(dict.fromkeys(notices)))

    async def answer_again(
        self,
        paper_id: str,
        point_id: str,
        *,
        complaint_id: str,
        parent: int | None,
        institution_id: str,
    ) -> int:
        """Answer one point of a reply anew and keep all else; return the number of the version.

        Raises:
            ConflictError: The paper was changed since `parent`.
            IndexUnavailableError: Nothing can be searched.
            NotFoundError: There is no such paper or point.
        """
        record = self._store.papers.get(paper_id, institution_id=institution_id)
        if (record.subject, record.subject_id) != (PaperSubject.COMPLAINT, complaint_id):
            raise NotFoundError(what="paper")
        if parent is not None and parent != record.current.number:
            raise ConflictError(reason="paper_changed")
        case = self._store.complaints.get(record.subject_id, institution_id=institution_id)
        point = next((one for one in case.points if one.point_id == point_id), None)
        if point is None:
            raise ConflictError(reason="part_missing")
        paper = record.current.paper
        answered = [part for part in paper.parts if part.kind is PartKind.DRAFTED]
        is_only = not [part for part in answered if part.subject_id != point_id]
        masked = self._masked(case)
        _, letter = self._store.complaints.case_of_paper(paper_id, institution_id=institution_id)
        facts = self._facts(case, masked, LetterRequest(decision=letter.decision))
        asked = await asyncio.to_thread(self._question, facts, masked, point, is_only=is_only)
        answer = await answer_point(self._drafter, asked)
        changed = _with_answer(paper, answer.part)
        saved = await asyncio.to_thread(
            self._store.papers.save,
            paper_id,
            _version(changed, f"answered_again:{point_id}"),
            parent=record.current.number,
            institution_id=institution_id,
        )
        await asyncio.to_thread(self._note, case, {point_id: answer.point.status})
        return saved.number

    def take_over(self, case: StoredCase, master: PaperRecord, pairs: Mapping[str, str]) -> str:
        """Write a reply with the reviewed answers of another case; return the id of its paper.

        Args:
            case: the complaint that is answered.
            master: the reviewed reply.
            pairs: the master's point for each point of the case that asks the same; what has none
                is left to a person.
        """
        _, letter = self._store.complaints.case_of_paper(
            master.paper_id, institution_id=case.institution_id
        )
        request = LetterRequest(decision=letter.decision, is_disposition=letter.is_disposition)
        answers = {part.subject_id: part for part in master.current.paper.parts if part.subject_id}
        masked = self._masked(case)
        is_only = len(case.points) == 1
        drafted = {
            point.point_id: _taken(
                point,
                answers.get(pairs.get(point.point_id, "")),
                masked.masked,
                is_only=is_only,
            )
            for point in case.points
        }
        paper = self._composed(self._facts(case, masked, request), drafted)
        paper = replace(
            paper, models=master.current.paper.models, prompts=master.current.paper.prompts
        )
        for part in master.current.paper.parts:
            if part.part_id in _SHARED and any(p.part_id == part.part_id for p in paper.parts):
                paper = replace_part(paper, part)
        paper_id = self._keep(case, request, paper, f"from:{master.paper_id}")
        self._note(case, dict.fromkeys(pairs, PointStatus.ANSWERED))
        return paper_id

    # -- what a letter is made of ---------------------------------------------------------------

    def _masked(self, case: StoredCase) -> MaskedCase:
        stored = self._store.complaints.payload(
            case.complaint_id, institution_id=case.institution_id
        )
        return MaskedCase.from_json(stored, is_checked=case.masks_checked_at is not None)

    def _question(
        self, facts: Facts, masked: MaskedCase, point: Point, *, is_only: bool
    ) -> Question:
        """Return what a point is answered with.

        Only a person who has checked the masks makes the masked text open: until then it is of
        grade S, which no endpoint outside the institution gets.
        """
        case = facts.case
        return Question(
            point=point,
            kind=case.kind,
            title=case.title,
            masked=masked.masked,
            background=masked.body,
            scope=Scope(institution_id=case.institution_id),
            reference_date=self._today(),
            is_only=is_only,
            decision=facts.request.decision,
            grade=Grade.OPEN if masked.is_checked else Grade.SENSITIVE,
            ruled=ruled(self._shelf(case), reading_of(facts), point),
        )

    def _facts(self, case: StoredCase, masked: MaskedCase, request: LetterRequest) -> Facts:
        repeats = None
        if request.letter is LetterKind.CLOSING:
            repeats = self._similar.repeats(case)
        return Facts(
            case=case,
            masked=masked.masked,
            request=request,
            clock=counting.clock_of(case, now=self._now()),
            now=self._now(),
            remedies=remedy_texts(case, request),
            repeats=repeats,
        )

    def _composed(self, facts: Facts, drafted: Mapping[str, DraftedPart]) -> Paper:
        shelf = self._shelf(facts.case)
        made_of = Ingredients(
            values=values_of(facts),
            computed=computed_of(facts),
            drafted=drafted,
            governing=governing_part(shelf, reading_of(facts), drafted) if drafted else None,
        )
        return compose(self._templates[TEMPLATES[facts.request.letter]], made_of, cite=shelf.cite)

    def _shelf(self, case: StoredCase) -> Shelf:
        return Shelf(
            self._store,
            self._openings,
            institution_ids=visible_to(case.institution_id),
            today=self._today(),
        )

    def _today(self) -> date:
        return self._now().astimezone(SEOUL).date()

    # -- what is kept ---------------------------------------------------------------------------

    def _keep(self, case: StoredCase, request: LetterRequest, paper: Paper, reason: str) -> str:
        """Store a letter once: work that a crash cut short finds the one that is there."""
        for found in self._store.papers.of_subject(
            PaperSubject.COMPLAINT, case.complaint_id, institution_id=case.institution_id
        ):
            is_mine = reason.startswith("drafted:") and found.current.reason == reason
            if is_mine:
                return self._linked(case, found.paper_id, request)
        paper_id = self._store.papers.create(
            _version(paper, reason),
            subject=PaperSubject.COMPLAINT,
            subject_id=case.complaint_id,
            institution_id=case.institution_id,
        )
        return self._linked(case, paper_id, request)

    def _linked(self, case: StoredCase, paper_id: str, request: LetterRequest) -> str:
        if paper_id not in {letter.paper_id for letter in case.letters}:
            self._store.complaints.link_letter(
                case.complaint_id,
                paper_id,
                letter=request.letter,
                decision=request.decision,
                is_disposition=request.is_disposition,
                institution_id=case.institution_id,
            )
        return paper_id

    def _note(self, case: StoredCase, statuses: Mapping[str, PointStatus]) -> None:
        """Write what became of the points into the case as it is by now."""
        for _ in range(_TRIES):
            current = self._store.complaints.get(
                case.complaint_id, institution_id=case.institution_id
            )
            points = tuple(
                replace(point, status=statuses.get(point.point_id, point.status))
                for point in current.points
            )
            if points == current.points:
                return
            try:
                self._store.complaints.change(
                    case.complaint_id,
                    CaseChange(points=points),
                    institution_id=case.institution_id,
                    revision=current.revision,
                )
            except ConflictError:
                continue
            return


def _taken(
    point: Point, answer: PaperPart | None, masked: MaskedText, *, is_only: bool
) -> DraftedPart:
    """Return the reviewed answer to a point, or a place for a person to answer it."""
    depth = 1 if is_only else 2
    if answer is None:
        what = f"{named(point, masked)}에 대한 답변(이 민원에만 있는 쟁점)"
        block = PaperParagraph(sentences=(open_sentence(what),), depth=depth)
        return DraftedPart(subject_id=point.point_id, blocks=(block,))
    first = next((b.depth for b in answer.blocks if isinstance(b, PaperParagraph)), depth)
    blocks = tuple(
        replace(block, depth=max(block.depth + depth - first, 1))
        if isinstance(block, PaperParagraph)
        else block
        for block in answer.blocks
    )
    return DraftedPart(subject_id=point.point_id, blocks=blocks)


def _version(paper: Paper, reason: str) -> NewPaperVersion:
    return NewPaperVersion(
        paper=paper,
        content_hash=content_hash(paper),
        citations=cited(paper),
        by="",
        reason=reason,
    )


def _with_answer(paper: Paper, answer: DraftedPart) -> Paper:
    """Return a reply with the answer to a point in its place, or after the other answers."""
    part = PaperPart(
        part_id=part_id_of(POINT, answer.subject_id),
        kind=PartKind.DRAFTED,
        blocks=answer.blocks,
        subject_id=answer.subject_id,
    )
    models = tuple(dict.fromkeys((*paper.models, *filter(None, [answer.model]))))
    prompts = tuple(dict.fromkeys((*paper.prompts, *filter(None, [answer.prompt]))))
    paper = replace(paper, models=models, prompts=prompts)
    if any(one.part_id == part.part_id for one in paper.parts):
        return replace_part(paper, part)
    parts = list(paper.parts)
    places = [at for at, one in enumerate(parts) if one.kind is PartKind.DRAFTED]
    parts.insert(places[-1] + 1 if places else max(len(parts) - 1, 0), part)
    return replace(paper, parts=tuple(parts))
