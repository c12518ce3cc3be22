"""Deadlines for the page."""

from __future__ import annotations

from collections.abc import Iterable

from api.schemas.deadlines import (
    ActView,
    ArticleView,
    BreachView,
    ClockView,
    DeadlineRequest,
    KindList,
    KindView,
    PauseView,
    PeriodView,
    RemainingView,
    StepView,
)
from assistant.deadlines import (
    Article,
    Clock,
    Office,
    Period,
    Rule,
    pause_rules,
    rule_of,
)
from assistant.flows.deadline import Case, Openings


def case_of(body: DeadlineRequest) -> Case:
    """Return the case that a request tells of."""
    office = Office(
        closures={day.on: day.name or "기관 휴무" for day in body.closures},
        temporary_holidays={day.on: day.name or "임시공휴일" for day in body.temporary_holidays},
    )
    return Case(
        kind=body.kind,
        received_at=body.received_at,
        events=tuple(event.to_event() for event in body.events),
        period=body.period.to_period() if body.period else None,
        office=office,
    )


def kind_list(rules: Iterable[Rule], openings: Openings) -> KindList:
    """Return the kinds with what can happen to each."""
    return KindList(kinds=[_kind(rule, openings) for rule in rules])


def _kind(rule: Rule, openings: Openings) -> KindView:
    names = pause_rules()
    return KindView(
        kind=rule.kind,
        name=rule.name,
        start=rule.start,
        who=rule.who,
        is_complaint=rule.is_complaint,
        period=_period(rule.period) if rule.period else None,
        counting=rule.counting,
        can_extend=rule.extension is not None,
        can_supplement=rule.supplement is not None,
        pauses=[PauseView(why=why, name=names[why].name) for why in sorted(rule.pauses)],
        basis=article_view(rule.basis, openings),
        note=rule.note,
    )


def clock_view(clock: Clock, openings: Openings) -> ClockView:
    """Return the clock of a case, each article with where it opens."""
    own = rule_of(clock.kind).period
    return ClockView(
        kind=clock.kind,
        name=clock.name,
        basis=article_view(clock.basis, openings),
        received_at=clock.start,
        period=_period(clock.period),
        rule_period=_period(own) if own and own != clock.period else None,
        counting=clock.counting,
        due_on=clock.due_on,
        due_at=clock.due_at,
        state=clock.state,
        remaining=RemainingView(
            days=clock.remaining.days,
            minutes=clock.remaining.minutes,
            is_late=clock.remaining.is_late,
        ),
        acts=_acts(clock, openings),
        working=_working(clock, openings),
        findings=[
            BreachView(
                code=found.code,
                text=found.text,
                on=found.on,
                article=article_view(found.article, openings),
            )
            for found in clock.findings
        ],
        extensions=[_period(each) for each in clock.extensions],
        is_provisional=clock.is_provisional,
        left_out=clock.left_out,
    )


def _acts(clock: Clock, openings: Openings) -> list[ActView]:
    return [
        ActView(
            kind=act.kind,
            text=act.text,
            on=act.on,
            at=act.at,
            article=article_view(act.article, openings),
            is_done=act.is_done,
            is_late=act.is_late,
            is_optional=act.is_optional,
            at_once=act.at_once,
        )
        for act in clock.acts
    ]


def _working(clock: Clock, openings: Openings) -> list[StepView]:
    return [
        StepView(
            kind=step.kind,
            text=step.text,
            day=step.day,
            number=step.number,
            article=article_view(step.article, openings) if step.article else None,
        )
        for step in clock.working
    ]


def _period(period: Period) -> PeriodView:
    return PeriodView(number=period.number, unit=period.unit, text=str(period))


def article_view(article: Article, openings: Openings) -> ArticleView:
    """Return a place in a law, with where it opens."""
    opening = openings.get(article)
    return ArticleView(
        law=article.law,
        article=article.article,
        paragraph=article.paragraph,
        subparagraph=article.subparagraph,
        document_id=opening.document_id if opening else None,
        version_id=opening.version_id if opening else None,
        section_ordinal=opening.section_ordinal if opening else None,
    )
