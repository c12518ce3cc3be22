"""Reports of pilots: sections given, computed, drafted from the pilot's own files, or left open.

A report is a `Paper`: whoever asked for it stores it, edits it and has it approved, or writes it
to a file at once.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from assistant.domain import (
    Paper,
    PaperRecord,
    PaperSubject,
    PaperVersion,
    PartKind,
    Passage,
    Scope,
)
from assistant.domain.pilots import PilotRecord
from assistant.drafting import (
    Drafter,
    DraftingTask,
    ExportedPaper,
    PaperReader,
    exported,
)
from assistant.errors import NotFoundError
from assistant.figures import compute_figures
from assistant.filling import check as check_form
from assistant.filling import fill as fill_form
from assistant.grades import highest
from assistant.papers import content_hash
from assistant.pilotpages import (
    PAGES,
    PORTFOLIO_PAGES,
    DrawSvgs,
    Heading,
    Material,
    ReportCase,
    SectionText,
    Stance,
    Values,
    arrange,
    charts_of,
    facts,
    fixed_of,
    form_values,
    held_to_figures,
    hints_of,
    inputs_of,
    is_wanted,
    paper_of,
    part_of,
    parts_of,
    people_of,
    pictures_of,
    pilot_evidence,
    portfolio_picture,
    require_mark,
    speaking,
)
from assistant.pilots import Thresholds, course
from assistant.store import Store, StoredPilot
from assistant.templates import DocumentTemplate, TemplateSection, one_line

logger = logging.getLogger(__name__)

KINDS = ("completion", "plan", "interim", "supplement", "summary")
PORTFOLIO = "portfolio"
_AT_ONCE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltReport:
    """A report, whose pilot it is about, and what a reader must know of how it came about."""

    paper: Paper
    institution: str = ""
    notices: tuple[str, ...] = ()


class ReportFlow:
    """The flow behind `gongmun report` and `/api/pilots/{id}/report`.

    Args:
        store: the truth.
        drafter: writes stretches from evidence, with a model or without.
        templates: by name.
        draw: SVGs with their size in CSS pixels as PNGs, all at once.
        now: the time.
        today: the date in Korea.

    `thresholds` are the institution's own for the reference assessment, where there are any.
    """

    def __init__(
        self,
        store: Store,
        *,
        drafter: Drafter,
        templates: Mapping[str, DocumentTemplate],
        draw: DrawSvgs,
        now: Callable[[], datetime],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._drafter = drafter
        self._templates = templates
        self._draw = draw
        self._now = now
        self._today = today
        self.thresholds: Thresholds | None = None

    async def build(
        self, pilot_id: str, kind: str, *, institution_id: str, only: str | None = None
    ) -> BuiltReport:
        """Return a report on one pilot, of one of `KINDS`.

        With `only`, no other section than the one of that id is drafted; "" drafts none.

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
        values = template.values(inputs_of(template, case.material))
        charts = charts_of(case.material.figures)
        # The charts are drawn in a process of their own while the sections are drafted.
        drafts, pictures = await asyncio.gather(
            self._drafts(template, values, case, only),
            asyncio.to_thread(pictures_of, charts, self._draw),
        )
        drafts = await asyncio.to_thread(held_to_figures, drafts, case)
        case = replace(case, material=replace(case.material, pictures=pictures))
        parts = parts_of(template, values, case, drafts, PAGES)
        logger.info("report.built", extra={"pilot_id": pilot_id, "template": template.reference})
        texts = tuple(drafts.values())
        made = tuple(text.drafted for text in texts if text.drafted is not None)
        return BuiltReport(
            paper=paper_of(template, values, parts, made, case.grade),
            institution=stored.record.institution.name,
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
        materials = [self._material(each.record) for each in pilots]
        values = template.values({"count": str(len(pilots))})
        parts = [
            part_of(section, values, PORTFOLIO_PAGES[section.function](materials))
            if section.function
            else part_of(section, values, fixed_of(section, values))
            for section in template.sections
        ]
        scored = [(each.record.product.name, each.figures) for each in materials]
        chart = await asyncio.to_thread(portfolio_picture, scored, self._draw)
        parts = [
            replace(part, blocks=(*part.blocks, *chart)) if part.part_id == "ranking" else part
            for part in parts
        ]
        grade = highest(each.grade for each in pilots)
        return BuiltReport(paper=paper_of(template, values, parts, (), grade))

    def write(
        self, paper: Paper, fmt: str, *, institution_id: str, institution: str
    ) -> ExportedPaper:
        """Return a report as a file without storing it: a draft that nobody has confirmed.

        `institution` is whose name the file carries.

        Raises:
            DraftUnwritableError: The file cannot be set.
            UnsupportedFormatError: There is no writer for `fmt`.
        """
        now = self._now()
        version = PaperVersion(
            number=1,
            parent=None,
            paper=paper,
            content_hash=content_hash(paper),
            by="",
            reason="created",
            created_at=now,
        )
        record = PaperRecord(
            paper_id="",
            institution_id=institution_id,
            subject=PaperSubject.PILOT,
            subject_id="",
            current=version,
            created_at=now,
            updated_at=now,
        )
        state = PaperReader(self._store, {}).state_of(record)
        return exported(state, fmt, institution=institution)

    async def fill(
        self, form: bytes, pilot_id: str, kind: str, *, institution_id: str
    ) -> tuple[bytes, str]:
        """Return an institution's own form, filled with a report, and its format (hwpx or docx).

        Raises:
            NotFoundError: The institution has no such pilot, or there is no such report.
            TemplateFaultError: The form has faults; they say where.
            TemplateInputError: The form asks for what a report does not have, or has no field that
                says that nobody has confirmed the text.
        """
        built = await self.build(pilot_id, kind, institution_id=institution_id)
        asked_for = await asyncio.to_thread(check_form, form)
        require_mark(asked_for.names(), built.paper)
        stored = self._store.pilots.get(pilot_id, institution_id=institution_id)
        material = self._material(stored.record)
        filled = await asyncio.to_thread(fill_form, form, form_values(material, built.paper))
        return filled, asked_for.kind

    # -- material ---------------------------------------------------------------------------------

    def _case(self, stored: StoredPilot, institution_id: str) -> ReportCase:
        evidence = pilot_evidence(self._store, stored.pilot_id, institution_id=institution_id)
        material = self._material(stored.record)
        people: tuple[str, ...] = ()
        if self._drafter.sends_outside:
            people = people_of(self._store, stored, institution_id=institution_id)
        return ReportCase(
            material=material,
            evidence=evidence,
            scope=Scope(
                institution_id=institution_id,
                document_ids=tuple(dict.fromkeys(passage.document_id for passage in evidence)),
            ),
            grade=highest((stored.grade, *(passage.grade for passage in evidence))),
            facts=facts(stored.record, material.figures),
            people=people,
        )

    def _material(self, record: PilotRecord) -> Material:
        figures = compute_figures(record)
        return Material(
            record=record,
            figures=figures,
            course=course(record, now=self._now()),
            today=self._today(),
            thresholds=self.thresholds,
        )

    # -- drafted sections -------------------------------------------------------------------------

    async def _drafts(
        self, template: DocumentTemplate, values: Values, case: ReportCase, only: str | None
    ) -> dict[str, SectionText]:
        """Return what could be drafted, by section: nothing where no file says anything.

        Where no model writes, or what it wrote could not be used, the sentences of the files stand
        under the headings that they speak for, each of them once.
        """
        sections = [
            section
            for section in template.sections
            if section.kind is PartKind.DRAFTED and is_wanted(section, values)
        ]
        hints = hints_of({section.section_id: section.hints for section in sections})
        headings = [
            Heading(
                section_id=s.section_id,
                hints=hints[s.section_id],
                stance=Stance(s.stance) if s.stance else None,
                max_chars=s.max_chars,
            )
            for s in sections
        ]
        own = await asyncio.to_thread(
            arrange, case.evidence, headings, reference_date=self._today()
        )
        by_id = {heading.section_id: heading for heading in headings}
        turn = asyncio.Semaphore(_AT_ONCE)

        async def draft(section: TemplateSection) -> SectionText:
            verbatim = SectionText(ledger=own[section.section_id])
            given = speaking(case.evidence, by_id[section.section_id])
            if only not in (None, section.section_id) or not self._drafter.has_model:
                return replace(verbatim, notices=("no_model",))
            if not given:
                return verbatim
            async with turn:
                drafted = await self._drafter.draft(self._task(section, values, case, given))
            if drafted.is_verbatim:
                return replace(verbatim, notices=drafted.notices)
            return SectionText(ledger=drafted.ledger, drafted=drafted, notices=drafted.notices)

        made = await asyncio.gather(*(draft(section) for section in sections))
        return dict(zip((section.section_id for section in sections), made, strict=True))

    def _task(
        self,
        section: TemplateSection,
        values: Values,
        case: ReportCase,
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
            people=case.people,
        )
