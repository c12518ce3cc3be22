"""Pilots for the page: the portfolio, one pilot with all that follows from it, and its steps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.schemas.base import EnteredGrade
from api.schemas.deadlines import ArticleView
from api.schemas.pilot_sources import ValuePlaceView, ValueSourceView
from api.schemas.pilots import (
    ChoiceView,
    ComparedFigure,
    CourseView,
    DueView,
    FindingView,
    FixView,
    LateView,
    LimitView,
    NextActView,
    OptionView,
    PaperLink,
    PilotComparison,
    PilotDetail,
    PilotFileView,
    PilotRow,
    PilotStepView,
    PilotVersions,
    PilotVersionView,
    ProposalView,
    ReasonView,
    ValidationView,
)
from api.views.deadlines import article_view
from assistant.deadlines import Article
from assistant.domain import PaperRecord
from assistant.domain.pilot_proposals import ValueChoice, ValueOption
from assistant.figures import Figure
from assistant.flows.deadline import Openings
from assistant.flows.pilotfiles import LocatedValue
from assistant.flows.pilots import PilotView, Validated
from assistant.pilotforms import label, values, words
from assistant.pilots import (
    DISCLAIMER,
    TITLE,
    Course,
    CourseStep,
    Limit,
    LimitState,
    NextAct,
    PilotFinding,
    Severity,
)
from assistant.store import PilotFile, PilotVersion

_GRADES: dict[str, EnteredGrade] = {"O": "O", "S": "S"}


def etag_of(version: int) -> str:
    """Return what names a version of a record in `ETag` and `If-Match`.

    >>> etag_of(3)
    '"3"'
    """
    return f'"{version}"'


# -- the portfolio ----------------------------------------------------------------------------


def pilot_row(view: PilotView) -> PilotRow:
    """Return a pilot as the portfolio shows it."""
    record, figures, course = view.record, view.figures, view.course
    current = course.current
    return PilotRow(
        pilot_id=record.pilot_id,
        version=view.stored.version,
        title=record.title,
        code=record.code,
        institution=record.institution.name,
        supplier=record.supplier.name,
        product=record.product.name,
        track=record.track,
        acquisition=record.acquisition,
        step_id=current.step_id if current else None,
        step_name=current.name if current else "",
        step_number=current.number if current else None,
        is_cancelled=course.is_cancelled,
        due=_due(course.next_act),
        late=[LateView(act=e.act, due_on=e.due_on, days=e.days) for e in course.late],
        fulfilment=figures.fulfilment.rate,
        score=figures.score.total,
        growth=figures.growth.headline,
        relevance=list(figures.relevance.figures),
        updated_at=view.stored.updated_at,
    )


def _due(act: NextAct | None) -> DueView | None:
    if act is None:
        return None
    limit = act.limit
    is_late = limit.state is LimitState.OVERDUE
    return DueView(act=limit.act, due_on=limit.due_on, days=limit.days, is_late=is_late)


def comparison(one: PilotView, other: PilotView) -> PilotComparison:
    """Return two pilots side by side: every figure that either of them has.

    What stands at a place of a list (an expected effect, a question of a survey, a price) is of one
    pilot alone: the first effect of one says nothing of the first effect of another.
    """
    left = {figure.figure_id: figure for figure in one.figures}
    right = {figure.figure_id: figure for figure in other.figures}
    return PilotComparison(
        one=pilot_row(one),
        other=pilot_row(other),
        figures=[
            _compared(figure_id, left.get(figure_id), right.get(figure_id))
            for figure_id in dict.fromkeys((*left, *right))
            if "[" not in figure_id
        ],
    )


def _compared(figure_id: str, one: Figure | None, other: Figure | None) -> ComparedFigure:
    named = one or other
    return ComparedFigure(
        figure_id=figure_id,
        name=named.name if named else "",
        unit=named.unit if named else "",
        one=one,
        other=other,
    )


# -- one pilot --------------------------------------------------------------------------------


def pilot_detail(
    view: PilotView,
    openings: Openings,
    *,
    files: Sequence[PilotFile],
    papers: Sequence[PaperRecord],
    choices: Sequence[ValueChoice],
) -> PilotDetail:
    """Return a pilot with everything that follows from its record now."""
    stored = view.stored
    return PilotDetail(
        pilot_id=stored.pilot_id,
        version=stored.version,
        grade=_GRADES[stored.grade.value],
        record=stored.record,
        figures=view.figures,
        course=course_view(view.course, openings),
        labels={place: label(place) for place in values(stored.record)},
        files=[
            PilotFileView(
                document_id=file.document_id,
                file_name=file.file_name,
                added_by=file.added_by,
                added_at=file.added_at,
            )
            for file in files
        ],
        papers=[_paper_link(paper) for paper in papers],
        open_choices=len(choices),
        open_conflicts=sum(choice.is_conflict for choice in choices),
        created_at=stored.created_at,
        updated_at=stored.updated_at,
    )


def _paper_link(paper: PaperRecord) -> PaperLink:
    return PaperLink(
        paper_id=paper.paper_id,
        title=paper.current.paper.title,
        template=paper.current.paper.template,
        version_number=paper.current.number,
        is_approved=paper.approval is not None,
        updated_at=paper.updated_at,
    )


def version_list(versions: Iterable[PilotVersion]) -> PilotVersions:
    """Return the saves of a record."""
    return PilotVersions(
        versions=[
            PilotVersionView(
                number=each.number, by=each.by, reason=each.reason, created_at=each.created_at
            )
            for each in versions
        ]
    )


# -- steps ------------------------------------------------------------------------------------


def articles_of_course(course: Course) -> Iterable[Article]:
    """Yield every article that the course of a pilot names."""
    for step in course.steps:
        yield from step.articles
        yield from (limit.article for limit in step.limits)


def course_view(course: Course, openings: Openings) -> CourseView:
    """Return where a pilot stands."""
    act = course.next_act
    return CourseView(
        steps=[_step(step, openings) for step in course.steps],
        current_step_id=course.current.step_id if course.current else None,
        next_act=None
        if act is None
        else NextActView(
            step_id=act.step.step_id, text=act.text, limit=_limit(act.limit, openings)
        ),
        late=[_limit(limit, openings) for limit in course.late],
        cancelled_on=course.cancelled_on,
    )


def _step(step: CourseStep, openings: Openings) -> PilotStepView:
    return PilotStepView(
        number=step.number,
        step_id=step.step_id,
        name=step.name,
        who=step.who,
        state=step.state,
        done_on=step.done_on,
        is_late=step.is_late,
        why=step.why,
        articles=[article_view(article, openings) for article in step.articles],
        limits=[_limit(limit, openings) for limit in step.limits],
    )


def _limit(limit: Limit, openings: Openings) -> LimitView:
    return LimitView(
        kind=limit.clock_kind,
        name=limit.name,
        act=limit.act,
        who=limit.who,
        article=article_view(limit.article, openings),
        starts_on=limit.starts_on,
        due_on=limit.due_on,
        done_on=limit.done_on,
        state=limit.state,
        days=limit.days,
        is_late=limit.is_late,
        is_planned=limit.is_planned,
        why=limit.why,
    )


# -- proposals --------------------------------------------------------------------------------


def choice_views(choices: Iterable[ValueChoice]) -> list[ChoiceView]:
    """Return what nobody has decided on yet, conflicts first."""
    ordered = sorted(choices, key=lambda choice: not choice.is_conflict)
    return [
        ChoiceView(
            place=choice.place,
            label=label(choice.place),
            current=choice.current,
            current_text=words(choice.place, choice.current),
            is_conflict=choice.is_conflict,
            options=[_option(choice.place, option) for option in choice.options],
        )
        for choice in ordered
    ]


def _option(place: str, option: ValueOption) -> OptionView:
    return OptionView(
        value=option.value,
        text=words(place, option.value),
        proposals=[
            ProposalView(
                proposal_id=each.proposal_id,
                file_name=each.proposal.source.file_name,
                document_id=each.proposal.source.document_id,
                where=each.proposal.source.where,
                quote=each.proposal.source.quote,
            )
            for each in option.proposals
        ],
    )


# -- validators -------------------------------------------------------------------------------


def validation_view(validated: Validated, openings: Openings) -> ValidationView:
    """Return every fault and the reference assessment."""
    found = validated.findings
    return ValidationView(
        findings=[_finding(each, openings) for each in found],
        must=sum(each.severity is Severity.MUST for each in found),
        look=sum(each.severity is Severity.LOOK for each in found),
        title=TITLE,
        assessment=validated.assessment.name,
        reasons=[
            ReasonView(
                text=reason.text, figure_id=reason.figure_id, is_favourable=reason.is_favourable
            )
            for reason in validated.assessment.reasons
        ],
        note=DISCLAIMER,
    )


def _finding(found: PilotFinding, openings: Openings) -> FindingView:
    article: ArticleView | None = None
    if found.article is not None:
        article = article_view(found.article, openings)
    is_opinion = found.place.startswith("opinions[")
    return FindingView(
        code=found.code,
        severity=found.severity,
        place=found.place,
        label="" if is_opinion else label(found.place),
        text=found.text,
        advice=found.advice,
        article=article,
        start=found.start,
        end=found.end,
        fix=None
        if found.fix is None
        else FixView(start=found.fix.start, end=found.fix.end, replacement=found.fix.replacement),
    )


def value_source_view(found: LocatedValue) -> ValueSourceView:
    """Return where a value was read, as the page opens it."""
    at = found.at and ValuePlaceView(
        block=found.at.block, row=found.at.row, column=found.at.column, quote=found.at.quote
    )
    return ValueSourceView(
        document_id=found.source.document_id,
        file_name=found.file_name,
        where=found.source.where,
        quote=found.source.quote,
        page_count=found.page_count,
        at=at or None,
    )
