"""Pages of a pilot: what code sets from record, figures and course, block by block."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.pilotpages import plan, portfolio, results, standing, summary
from assistant.pilotpages.arranging import Heading, arrange, hints_of, speaking
from assistant.pilotpages.charts import DrawSvgs, charts_of, pictures_of, portfolio_picture
from assistant.pilotpages.evidence import people_of, pilot_evidence
from assistant.pilotpages.facts import facts
from assistant.pilotpages.forms import form_values, require_mark
from assistant.pilotpages.material import Blocks, Material, Page, asked, remark
from assistant.pilotpages.parts import (
    ReportCase,
    SectionText,
    Values,
    fixed_of,
    held_to_figures,
    inputs_of,
    is_wanted,
    paper_of,
    part_of,
    parts_of,
    refreshed,
)
from assistant.pilotpages.portfolio import portfolio_table
from assistant.pilotpages.stances import Stance

__all__ = [
    "PAGES",
    "PORTFOLIO_PAGES",
    "Blocks",
    "DrawSvgs",
    "Heading",
    "Material",
    "ReportCase",
    "SectionText",
    "Stance",
    "Values",
    "arrange",
    "asked",
    "charts_of",
    "facts",
    "fixed_of",
    "form_values",
    "held_to_figures",
    "hints_of",
    "inputs_of",
    "is_wanted",
    "paper_of",
    "part_of",
    "parts_of",
    "people_of",
    "pictures_of",
    "pilot_evidence",
    "portfolio_picture",
    "portfolio_table",
    "refreshed",
    "remark",
    "require_mark",
    "speaking",
]

# What a template may name as `function`.
PAGES: Mapping[str, Page] = {
    "cover": summary.cover,
    "overview": summary.overview,
    "stages": summary.stages,
    "reviews": summary.reviews,
    "changes": summary.changes,
    "usable_elsewhere": summary.usable_elsewhere,
    "verdict": summary.verdict,
    "ownership": summary.ownership,
    "committee": summary.committee,
    "evidence": summary.evidence,
    "checklist": results.checklist,
    "glance": standing.glance,
    "score": results.score,
    "effects": results.effects,
    "surveys": results.surveys,
    "money": results.money,
    "axes": results.axes,
    "ai_evaluation": results.ai_evaluation,
    "unmet_items": results.unmet_items,
    "purchases": results.purchases,
    "care": results.care,
    "sources": results.sources,
    "plan_form": plan.plan_form,
    "plan_reason": plan.reason,
    "plan_scope": plan.scope,
    "plan_goals": plan.plan_goals,
    "plan_schedule": plan.plan_schedule,
    "plan_effects": plan.plan_effects,
    "plan_facts": plan.plan_facts,
    "steps": standing.steps,
    "next_act": standing.next_act,
    "supplement_due": standing.supplement_due,
    "late": standing.late,
    "brief": standing.brief,
    "chances": standing.chances,
    "preferences": standing.preferences,
    "aftercare": standing.aftercare,
}
PORTFOLIO_PAGES: Mapping[str, Callable[[Sequence[Material]], Blocks]] = {
    "portfolio_overview": portfolio.overview,
    "ranking": portfolio.ranking,
    "spread": portfolio.spread,
    "by_track": portfolio.by_track,
    "by_institution": portfolio.by_institution,
    "shortfalls": portfolio.shortfalls,
    "late_steps": portfolio.late_steps,
    "portfolio_changes": portfolio.changes,
}
