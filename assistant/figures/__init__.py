"""Computed sections of a pilot: scores, rates, comparisons, each with its formula and inputs."""

from assistant.figures.axes import GrowthAxis, GrowthRow, RelevanceAxis, growth_axis, relevance_axis
from assistant.figures.care import Care, care
from assistant.figures.effects import EffectComparison, Effects, change_of, compare_effects
from assistant.figures.evaluation import (
    CRITERIA,
    PASS_LINE,
    QUORUM,
    AiEvaluation,
    JudgeTotal,
    evaluate,
)
from assistant.figures.figure import (
    NO_VALUE,
    Figure,
    FigureInput,
    percent,
    plain,
    rounded,
    short_won,
    shown,
    won,
)
from assistant.figures.items import (
    Fulfilment,
    ItemResult,
    fulfilment,
    is_met,
    met_words,
    target_words,
)
from assistant.figures.money import COST_LIMIT, Money, line_figure, money
from assistant.figures.score import SatisfactionScore, ScorePart, satisfaction_score
from assistant.figures.statements import Statement, statements
from assistant.figures.surveys import QuestionFigures, SurveyFigures, survey_figures
from assistant.figures.timing import lateness
from assistant.figures.whole import PilotFigures, compute_figures

__all__ = [
    "COST_LIMIT",
    "CRITERIA",
    "NO_VALUE",
    "PASS_LINE",
    "QUORUM",
    "AiEvaluation",
    "Care",
    "EffectComparison",
    "Effects",
    "Figure",
    "FigureInput",
    "Fulfilment",
    "GrowthAxis",
    "GrowthRow",
    "ItemResult",
    "JudgeTotal",
    "Money",
    "PilotFigures",
    "QuestionFigures",
    "RelevanceAxis",
    "SatisfactionScore",
    "ScorePart",
    "Statement",
    "SurveyFigures",
    "care",
    "change_of",
    "compare_effects",
    "compute_figures",
    "evaluate",
    "fulfilment",
    "growth_axis",
    "is_met",
    "lateness",
    "line_figure",
    "met_words",
    "money",
    "percent",
    "plain",
    "relevance_axis",
    "rounded",
    "satisfaction_score",
    "short_won",
    "shown",
    "statements",
    "survey_figures",
    "target_words",
    "won",
]
