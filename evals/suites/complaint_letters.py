"""Letters of invented complaints, written as the product writes them, and judged from outside.

What is judged here is looked up anew in the store and counted with lists of its own, so that a
fault of the product does not hide itself.
"""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from assistant.deadlines import SEOUL
from assistant.domain import (
    ChatModel,
    Citation,
    ComplaintKind,
    Decision,
    Officer,
    Origin,
    Paper,
    PaperParagraph,
    PaperSentence,
    RemedyKind,
    SentenceStatus,
    Span,
)
from assistant.drafting import Drafter, DraftingBounds
from assistant.flows.complaint.casework import Details
from assistant.flows.complaint.desk import ComplaintDesk
from assistant.flows.complaint.drafting import Written
from assistant.flows.complaint.intake import Arrival
from assistant.flows.complaint.letters import LetterRequest
from assistant.flows.deadline import DeadlineFlow
from assistant.law.references import fold_law
from assistant.privacy import MaskedText
from assistant.prompts import load_all
from assistant.reading import Limits
from assistant.store import StoredCase, visible_to
from assistant.templates import load_all as load_templates
from evals.complaint_cases import ComplaintCase
from evals.suites.complaint_scores import PointScore, original_at, score_points, written
from evals.suites.privacy import leaks
from evals.workbench import Workbench

OFFICER = Officer(department="민원봉사과", name="주무관 김보기", contact="000-0000-0000")
_WHO = {"institution_id": "default"}
_PERSON = "주무관 김보기"
_REASON = "검토한 결과 관련 규정에서 정한 요건에 해당하지 않으므로 받아들이기 어렵습니다."
_SHOWN_AS_TRUE = frozenset({SentenceStatus.SUPPORTED, SentenceStatus.UNCHECKED})
_NAMED = {
    RemedyKind.STATUTORY_OBJECTION: ("이의신청", ("60일",)),
    RemedyKind.DISPOSITION_OBJECTION: ("이의신청", ("30일",)),
    RemedyKind.DISCLOSURE_OBJECTION: ("이의신청", ("30일",)),
    RemedyKind.FINE_OBJECTION: ("이의를제기", ("60일",)),
    RemedyKind.PERSONAL_OBJECTION: ("이의를제기", ()),
    RemedyKind.PROPOSAL_REVIEW: ("재심사", ("15일",)),
    RemedyKind.APPEAL: ("행정심판", ("90일", "180일")),
    RemedyKind.LAWSUIT: ("행정소송", ("90일", "1년")),
    RemedyKind.OMBUDSMAN: ("국민권익위원회", ()),
}
# What the law itself makes govern a reply of a kind, whether or not a case lists it: how a request
# is made, decided and told; grounds and parts where something is kept back; how a proposal is
# judged.
_DISCLOSURE = "공공기관의 정보공개에 관한 법률"
_GOVERNED = {
    ComplaintKind.DISCLOSURE: [f"{_DISCLOSURE} 제{number}조" for number in (10, 11, 13)],
    ComplaintKind.PROPOSAL: ["국민 제안 규정 제10조"],
}
_KEPT_BACK = {
    Decision.PARTIAL: [f"{_DISCLOSURE} 제9조", f"{_DISCLOSURE} 제14조"],
    Decision.REFUSAL: [f"{_DISCLOSURE} 제9조"],
}
_FIGURE = re.compile(r"\d[\d,.]*")
_ARTICLE = re.compile(r"제\d+조(?:의\d+)?")
_LAW = re.compile(r"「([^」]+)」")
# What the reckless stand-in says; none of it may reach a letter.
RECKLESS = ("77,770,000", "777일", "제99조", "5,550만원", "010-9999-8888", "AI 모델", "S99", "⟦")


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterScore:
    """What one letter gave; everything listed is wrong but `notes`."""

    case_id: str
    split: str
    is_kind_right: bool
    is_due_right: bool
    points: PointScore
    unsupported: tuple[str, ...] = ()
    remedies_missing: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    leaked: tuple[str, ...] = ()
    reckless: tuple[str, ...] = ()
    refuses: bool = False
    articles_wanted: int = 0
    articles_cited: int = 0
    articles_named: int = 0
    articles_quoted: int = 0
    beside: tuple[str, ...] = ()
    sentences: int = 0
    carried: int = 0
    open_points: int = 0


@dataclass(slots=True)
class Moment:
    """A clock that is set to the time of each case."""

    now: datetime = field(default_factory=lambda: datetime.now(SEOUL))

    def __call__(self) -> datetime:
        """Return the time that was set."""
        return self.now


def letters_of(
    bench: Workbench,
    cases: Sequence[ComplaintCase],
    *,
    model: ChatModel | None,
    is_internal: bool = False,
) -> list[LetterScore]:
    """Write the reply to every case and judge it."""
    moment = Moment()
    desk = ComplaintDesk(
        bench.store,
        drafter=Drafter(
            retriever=bench.retriever,
            model=model,
            prompts=load_all(),
            is_internal=is_internal,
            bounds=DraftingBounds(),
        ),
        templates=load_templates(),
        openings=DeadlineFlow(bench.store, now=moment).openings,
        limits=Limits(),
        now=moment,
    )
    return asyncio.run(_all(bench, desk, cases, moment))


async def _all(
    bench: Workbench, desk: ComplaintDesk, cases: Sequence[ComplaintCase], moment: Moment
) -> list[LetterScore]:
    scores = []
    for case in cases:
        moment.now = case.received_at
        scores.append(await _one(bench, desk, case))
    return scores


async def _one(bench: Workbench, desk: ComplaintDesk, case: ComplaintCase) -> LetterScore:
    arrival = Arrival(title=case.title, body=case.body, received_at=case.received_at)
    stored = desk.receiving.take(arrival, officer=OFFICER, **_WHO)
    complaint_id = stored.complaint_id
    told = desk.cases.change(
        complaint_id, Details(kind=case.kind, period=case.period), by=_PERSON, **_WHO
    )
    desk.cases.check_masks(complaint_id, by=_PERSON, **_WHO)
    request = LetterRequest(
        decision=case.decision,
        reason=_REASON if case.decision.refuses else "",
        is_disposition=case.is_disposition,
    )
    paper_id = ""
    async for step in desk.letters.write(complaint_id, request, **_WHO):
        if isinstance(step, Written):
            paper_id = step.paper_id
    record = bench.store.papers.get(paper_id, **_WHO)
    paper = record.current.paper
    items = await asyncio.to_thread(desk.checks, record)
    text = text_of(paper)
    sentences = [one for one in _sentences(paper) if _states(one)]
    rests_on = articles_of(bench, sentences)
    wanted = set(map(_folded, case.articles))
    fine = wanted | set(map(_folded, (*case.accepted, *_governing(case))))
    return LetterScore(
        case_id=case.case_id,
        split=case.split,
        is_kind_right=stored.guess.kind is case.kind,
        is_due_right=written(told.due.at or told.due.on) == case.due,
        points=score_points(case.body, _points(desk, stored), case.points),
        unsupported=tuple(unsupported(bench, sentences)),
        remedies_missing=tuple(remedies_missing(text, case)),
        form=tuple(item.code for item in items if item.kind.value in {"form", "personal"}),
        leaked=tuple(one.kind for one in case.secrets if leaks(one.text, f"{stored.text}\n{text}")),
        reckless=tuple(word for word in RECKLESS if word in text),
        refuses=case.decision.refuses,
        articles_wanted=len(case.articles),
        articles_cited=len(wanted & rests_on),
        articles_named=len(wanted & articles_of(bench, list(_sentences(paper)))),
        articles_quoted=len(rests_on),
        beside=tuple(sorted(rests_on - fine)),
        sentences=len(sentences),
        carried=sum(bool(sentence.citations) for sentence in sentences),
        open_points=sum(item.kind.value == "point" for item in items),
    )


def _points(desk: ComplaintDesk, stored: StoredCase) -> list[tuple[Span, ...]]:
    """Return the places of the points in the original body."""
    held = desk.cases.masked(stored)
    start = held.body_span.start
    original_start = original_at(held.masked, start)
    return [
        tuple(_moved(held.masked, span, original_start) for span in point.spans)
        for point in stored.points
    ]


def _moved(masked: MaskedText, span: Span, start: int) -> Span:
    return Span(
        start=original_at(masked, span.start) - start,
        end=original_at(masked, span.end, is_end=True) - start,
    )


def text_of(paper: Paper) -> str:
    """Return the paragraphs of a letter as text, one a line."""
    return "\n".join(
        block.text
        for part in paper.parts
        for block in part.blocks
        if isinstance(block, PaperParagraph)
    )


def _sentences(paper: Paper) -> Iterator[PaperSentence]:
    for part in paper.parts:
        for block in part.blocks:
            if isinstance(block, PaperParagraph):
                yield from block.sentences


def _states(sentence: PaperSentence) -> bool:
    return sentence.origin in {Origin.MODEL, Origin.EVIDENCE}


def unsupported(bench: Workbench, sentences: Sequence[PaperSentence]) -> Iterator[str]:
    """Yield sentences that are shown as carried by a source and are not.

    A sentence is carried when each quote stands in the store where it is said to stand, and each
    figure, article and law in it stands in the sections that are cited, or names them.
    """
    for sentence in sentences:
        if sentence.status not in _SHOWN_AS_TRUE:
            continue
        texts = [_section_text(bench, citation) for citation in sentence.citations]
        evidence = " ".join(texts)
        if not texts or not all(texts) or not _carries(evidence, sentence.text):
            yield sentence.text


def _section_text(bench: Workbench, citation: Citation) -> str:
    """Return what a citation opens, with its title and label; nothing where the quote differs."""
    view = bench.store.sections.view(
        citation.document_id,
        citation.version_id,
        citation.section_ordinal,
        institution_ids=visible_to(_WHO["institution_id"]),
    )
    section = view.section
    if section.text[citation.start : citation.end] != citation.quote:
        return ""
    return f"{view.document_title} {section.label} {section.title} {section.text}"


def _carries(evidence: str, sentence: str) -> bool:
    evidence = unicodedata.normalize("NFKC", evidence)  # ① counts as 제1항 does
    figures, wanted = _figures_in(evidence), _figures_in(sentence)
    laws = fold_law(evidence)
    return (
        wanted <= figures
        and set(_ARTICLE.findall(sentence)) <= set(_ARTICLE.findall(evidence))
        and all(fold_law(law) in laws for law in _LAW.findall(sentence))
    )


def _figures_in(text: str) -> set[str]:
    return {number.strip(",.").replace(",", "") for number in _FIGURE.findall(text)}


def remedies_missing(text: str, case: ComplaintCase) -> Iterator[str]:
    """Yield the remedies of the gold that a refusal does not name with their limits."""
    if not case.decision.refuses:
        return
    for kind in case.remedies:
        name, limits = _NAMED[kind]
        lines = [line for line in text.split("\n") if name in "".join(line.split())]
        if not any(all(limit in line for limit in limits) for line in lines):
            yield kind.value


def articles_of(bench: Workbench, sentences: Sequence[PaperSentence]) -> set[str]:
    """Return the articles that sentences cite, digests counting as the law."""
    held: set[str] = set()
    for sentence in sentences:
        for citation in sentence.citations:
            view = bench.store.sections.view(
                citation.document_id,
                citation.version_id,
                citation.section_ordinal,
                institution_ids=visible_to(_WHO["institution_id"]),
            )
            title = fold_law(view.document_title).removesuffix("요약")
            held.add(f"{title} {view.section.label}")
    return held


def _governing(case: ComplaintCase) -> list[str]:
    kept_back = _KEPT_BACK.get(case.decision, [])
    further = kept_back if case.kind is ComplaintKind.DISCLOSURE else []
    return [*_GOVERNED.get(case.kind, []), *further]


def _folded(article: str) -> str:
    law, label = article.rsplit(" ", 1)
    return f"{fold_law(law)} {label}"
