"""The charts of a pilot: results against targets, before and after, the score, the survey."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from assistant.charts import Chart
from assistant.domain import Picture
from assistant.figures import PilotFigures
from assistant.pilots import pictures

# SVGs with width and height, all drawn at once.
DrawSvgs = Callable[[Sequence[tuple[str, int, int]]], Sequence[bytes]]

_WIDTH_MM = 150.0
_NARROW_MM = 115.0


def charts_of(figures: PilotFigures) -> dict[str, Chart]:
    """Return the charts for which there are figures, by name; a missing value is never zero."""
    drawn: dict[str, Chart] = {}
    if any(item.is_met is not None for item in figures.fulfilment.items):
        drawn["items"] = pictures.checklist_chart(figures)
    if any(not each.rate.is_missing for each in figures.effects.comparisons):
        drawn["effects"] = pictures.effects_chart(figures)
    if not figures.score.total.is_missing:
        drawn["score"] = pictures.score_chart(figures)
    if figures.growth.known:
        drawn["growth"] = pictures.growth_chart(figures)
    if figures.surveys and figures.surveys[0].questions:
        drawn["surveys"] = pictures.survey_chart(figures)
    return drawn


def portfolio_picture(
    pilots: Sequence[tuple[str, PilotFigures]], draw: DrawSvgs
) -> tuple[Picture, ...]:
    """Return the scores of many pilots as a picture; none where there is no score.

    Raises:
        DraftUnwritableError: The chart cannot be drawn.
    """
    if all(figures.score.total.is_missing for _, figures in pilots):
        return ()
    return tuple(pictures_of({"portfolio": pictures.portfolio_chart(pilots)}, draw).values())


def pictures_of(charts: Mapping[str, Chart], draw: DrawSvgs) -> dict[str, Picture]:
    """Return the charts as pictures for files, each with its description in words.

    Raises:
        DraftUnwritableError: A chart cannot be drawn.
    """
    made = draw([(chart.svg, chart.width, chart.height) for chart in charts.values()])
    return {
        name: Picture(
            data=data,
            alt=f"{chart.title}. {chart.description}",
            caption=chart.title,
            width_mm=_NARROW_MM if name == "score" else _WIDTH_MM,
        )
        for (name, chart), data in zip(charts.items(), made, strict=True)
    }
