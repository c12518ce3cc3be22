"""Pictures of figures as SVG, each with title, description and the table of what it shows."""

from assistant.charts.bars import Bar, TargetBar, plain_bars, target_bars
from assistant.charts.canvas import Canvas, Chart
from assistant.charts.pairs import Pair, before_after
from assistant.charts.radar import Axis, radar

__all__ = [
    "Axis",
    "Bar",
    "Canvas",
    "Chart",
    "Pair",
    "TargetBar",
    "before_after",
    "plain_bars",
    "radar",
    "target_bars",
]
