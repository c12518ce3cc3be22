"""Reports of pilots: sections given, computed, drafted from the pilot's own files, or left open.

A report is a `Paper`: whoever asked for it stores it, edits it and has it approved, or writes it
to a file at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from assistant.domain import (
    Grade,
    Ledger,
    LedgerSentence,
    Origin,
    Paper,
    PaperBlock,
    PaperPart,
    PartKind,
    Passage,
    Picture,
    Problem,
    Scope,
    SentenceStatus,
)
from assistant.domain.pilots import Opinion, PilotRecord
from assistant.drafting import Drafted, Drafter, DraftingTask
from assistant.errors import NotFoundError
from assistant.figures import PilotFigures, compute_figures
from assistant.grades import highest
from assistant.papers import from_ledger, from_text
from assistant.pilotpages import (
    PAGES,
    PORTFOLIO_PAGES,
    Blocks,
    Heading,
    Material,
    arrange,
    asked,
    facts,
    hints_of,
    pilot_evidence,
    remark,
    speaking,
)
from assistant.pilots import Severity, course, validate
from assistant.store import Store, StoredPilot
from assistant.templates import DocumentTemplate, TemplateSection, Value, lines, one_line

logger = logging.getLogger(__name__)

KINDS = ("completion", "plan", "interim", "supplement", "summary")
PORTFOLIO = "portfolio"
_VERBATIM = "언어 모델 없이 파일의 문장을 그대로 옮겼습니다."
_AT_ONCE = 4

Draw = Callable[[PilotRecord, PilotFigures], Mapping[str, Picture]]
Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltReport:
    """A report with what a reader must know of how it came about."""

    paper: Paper
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What stands in a drafted section; `drafted` is None where the words are the files' own."""

    ledger: Ledger
    drafted: Drafted | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """What the drafted sections of one report share."""

    material: Material
    evidence: tuple[Passage, ...]
    scope: Scope
    grade: Grade
    facts: tuple[str, ...] = field(default=())


class ReportFlow:
    """The flow behind `gongmun report` and `/api/pilots/{id}/report`.

    Args:
        store: the truth.
        drafter: writes stretches from evidence, with a model or without.
        templates: by name.
        draw: charts of a pilot by name.
        now: the time.
        today: the date in Korea.
    """

    def __init__(
        self,
        store: Store,
        *,
        drafter: Drafter,
        templates: Mapping[str, DocumentTemplate],
        draw: Draw,
        now: Callable[[], datetime],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._drafter = drafter
        self._templates = templates
        self._draw = draw
        self._now = now
        self._today = today

    async def build(self, pilot_id: str, kind: str, *, institution_id: str) -> BuiltReport:
        """Return a report on one pilot, of one of `KINDS`.

        Raises:
            NotFoundError: The institution has no such pilot, or there is no such report.
            IndexUnavailableError: Nothing can be searched.
        """
        if kind not in KINDS:
            raise NotFoundError(what="template")
        template = self._templates[f"pilot_{kind}"]
        stored = await asyncio.to_thread(
            self._store.pilots.get, pilot_id, institution_id=institution_id
        )
        case = await asyncio.to_thread(self._case, stored, institution_id)
        values = template.values(_inputs(template, case.material))
        drafts = await self._drafts(template, values, case)
        drafts = await asyncio.to_thread(_held_to_figures, drafts, case)
        parts = _parts(template, values, case, drafts)
        logger.info("report.built", extra={"pilot_id": pilot_id, "template": template.reference})
        texts = tuple(drafts.values())
        made = tuple(text.drafted for text in texts if text.drafted is not None)
        return BuiltReport(
            paper=_paper(template, values, parts, made, case.grade),
            notices=tuple(dict.fromkeys(notice for each in texts for notice in each.notices)),
        )

    async def portfolio(self, *, institution_id: str) -> BuiltReport:
        """Return the report over all pilots of an institution.

        Raises:
            NotFoundError: There is no pilot.
        """
        pilots = await asyncio.to_thread(self._store.pilots.list, institution_id=institution_id)
        if not pilots:
            raise NotFoundError(what="pilot")
        template = self._templates[f"pilot_{PORTFOLIO}"]
        materials = [self._material(each.record, with_pictures=False) for each in pilots]
        values = template.values({"count": str(len(pilots))})
        parts = [
            _part(section, values, PORTFOLIO_PAGES[section.function](materials))
            if section.function
            else _part(section, values, _fixed(section, values))
            for section in template.sections
        ]
        grade = highest(each.grade for each in pilots)
        return BuiltReport(paper=_paper(template, values, parts, (), grade))

    # -- material ---------------------------------------------------------------------------------

    def _case(self, stored: StoredPilot, institution_id: str) -> _Case:
        evidence = pilot_evidence(self._store, stored.pilot_id, institution_id=institution_id)
        material = self._material(stored.record, with_pictures=True)
        return _Case(
            material=material,
            evidence=evidence,
            scope=Scope(
                institution_id=institution_id,
                document_ids=tuple(dict.fromkeys(passage.document_id for passage in evidence)),
            ),
            grade=highest((stored.grade, *(passage.grade for passage in evidence))),
            facts=facts(stored.record, material.figures),
        )

    def _material(self, record: PilotRecord, *, with_pictures: bool) -> Material:
        figures = compute_figures(record)
        return Material(
            record=record,
            figures=figures,
            course=course(record, now=self._now()),
            today=self._today(),
            pictures=self._draw(record, figures) if with_pictures else {},
        )

    # -- drafted sections -------------------------------------------------------------------------

    async def _drafts(
        self, template: DocumentTemplate, values: Values, case: _Case
    ) -> dict[str, _Text]:
        """Return what could be drafted, by section: nothing where no file says anything.

        Where no model writes, or what it wrote could not be used, the sentences of the files stand
        under the headings that they speak for, each of them once.
        """
        sections = [
            section
            for section in template.sections
            if section.kind is PartKind.DRAFTED and _is_wanted(section, values)
        ]
        hints = hints_of({section.section_id: section.hints for section in sections})
        headings = [
            Heading(section_id=s.section_id, hints=hints[s.section_id], max_chars=s.max_chars)
            for s in sections
        ]
        own = await asyncio.to_thread(
            arrange, case.evidence, headings, reference_date=self._today()
        )
        turn = asyncio.Semaphore(_AT_ONCE)

        async def draft(section: TemplateSection) -> _Text:
            verbatim = _Text(ledger=own[section.section_id])
            given = speaking(case.evidence, hints[section.section_id])
            if not self._drafter.has_model:
                return replace(verbatim, notices=("no_model",))
            if not given:
                return verbatim
            async with turn:
                drafted = await self._drafter.draft(self._task(section, values, case, given))
            if drafted.is_verbatim:
                return replace(verbatim, notices=drafted.notices)
            return _Text(ledger=drafted.ledger, drafted=drafted, notices=drafted.notices)

        made = await asyncio.gather(*(draft(section) for section in sections))
        return dict(zip((section.section_id for section in sections), made, strict=True))

    def _task(
        self,
        section: TemplateSection,
        values: Values,
        case: _Case,
        given: tuple[Passage, ...],
    ) -> DraftingTask:
        return DraftingTask(
            question=one_line(section.question, values),
            scope=case.scope,
            reference_date=self._today(),
            prompt=section.prompt,
            inputs={"section": one_line(section.heading, values), "facts": list(case.facts)},
            given=given,
            context=case.facts,
            max_chars=section.max_chars,
            grade=case.grade,
            is_chosen=True,
        )


def _held_to_figures(texts: Mapping[str, _Text], case: _Case) -> dict[str, _Text]:
    """Return the texts with every sentence marked that contradicts the figures of the pilot.

    A number that neither the figures nor the pilot's own files carry contradicts them as well.
    """
    opinions = [
        Opinion(section=f"{name}/{number}", text=line.text)
        for name, text in texts.items()
        for number, line in enumerate(text.ledger)
    ]
    found = validate(
        case.material.examined,
        opinions=opinions,
        evidence=[passage.text for passage in case.evidence],
        for_report=False,
    )
    wrong = {each.place: each.code for each in found if each.severity is Severity.MUST}
    return {
        name: replace(
            text,
            ledger=tuple(
                _differing(line, wrong.get(f"opinions[{name}/{number}]"))
                for number, line in enumerate(text.ledger)
            ),
        )
        for name, text in texts.items()
    }


def _differing(line: LedgerSentence, code: str | None) -> LedgerSentence:
    if code is None:
        return line
    problems = (*line.problems, Problem(code=code))
    return replace(line, status=SentenceStatus.DIFFERS, problems=problems)


# -- parts ----------------------------------------------------------------------------------------


def _inputs(template: DocumentTemplate, material: Material) -> dict[str, Value]:
    """Return what a template asks for, of what a pilot has to say."""
    record = material.record
    known: dict[str, Value] = {
        "product": record.product.name or record.title,
        "institution": record.institution.name,
        "has_unmet": material.figures.fulfilment.unmet > 0,
        "is_ai": material.figures.ai is not None,
    }
    wanted = {each.name for each in template.inputs}
    return {name: value for name, value in known.items() if name in wanted}


def _parts(
    template: DocumentTemplate, values: Values, case: _Case, drafts: Mapping[str, _Text]
) -> list[PaperPart]:
    parts: list[PaperPart] = []
    for section in template.sections:
        if not _is_wanted(section, values):
            continue
        blocks: Blocks = _fixed(section, values)
        if section.function:
            blocks += PAGES[section.function](case.material)
        elif section.kind is PartKind.DRAFTED:
            blocks += _drafted(section, drafts[section.section_id])
        parts.append(_part(section, values, blocks))
    return parts


def _is_wanted(section: TemplateSection, values: Values) -> bool:
    return not section.when or bool(values.get(section.when))


def _part(section: TemplateSection, values: Values, blocks: Sequence[PaperBlock]) -> PaperPart:
    return PaperPart(
        part_id=section.section_id,
        kind=section.kind,
        heading=one_line(section.heading, values),
        level=section.level,
        blocks=tuple(blocks),
    )


def _fixed(section: TemplateSection, values: Values) -> Blocks:
    return tuple(
        paragraph
        for line in lines(section.text, values, depth=section.depth)
        for paragraph in from_text(line.text, Origin.TEMPLATE, depth=line.depth)
    )


def _drafted(section: TemplateSection, text: _Text) -> Blocks:
    """Return the drafted text, plainly marked where no model wrote it."""
    if not text.ledger:
        name = _without_number(section.heading)
        return (asked(f"근거를 찾지 못했습니다. 적을 것: {name}"),)
    if text.drafted is None:
        return (*from_ledger(text.ledger, Origin.EVIDENCE), remark(_VERBATIM))
    return from_ledger(text.ledger, Origin.MODEL)


def _without_number(heading: str) -> str:
    """Return a heading without its number.

    >>> _without_number("가. 성능·기능"), _without_number("5. 종합의견")
    ('성능·기능', '종합의견')
    """
    head, dot, rest = heading.partition(". ")
    return rest if dot and len(head) <= len("제2부 1") else heading


def _paper(
    template: DocumentTemplate,
    values: Values,
    parts: Sequence[PaperPart],
    drafts: Sequence[Drafted],
    grade: Grade,
) -> Paper:
    return Paper(
        title=one_line(template.title, values),
        template=template.reference,
        parts=tuple(parts),
        style=template.style,
        grade=highest((grade, *(each.grade for each in drafts))),
        summary=one_line(template.summary, values),
        keywords=("혁신제품", "시범사용"),
        models=tuple(dict.fromkeys(each.model for each in drafts if each.model)),
        prompts=tuple(dict.fromkeys(each.prompt for each in drafts if each.prompt)),
    )
