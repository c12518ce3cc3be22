"""The nineteen steps of a pilot purchase as `steps.yaml` states them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.deadlines import Article, parse_article, rule_of
from assistant.domain import Acquisition, EventKind, Verdict
from assistant.errors import AssistantError, ConfigurationError

DESIGNATION_END = "designation_end"
YEARS = "years"
_WHEN_NEEDED = "필요할 때 하는 단계입니다."


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRule:
    """A period within a step; `start` is an event, or one of the two starts that are computed."""

    clock: str
    start: EventKind | str
    act: str
    done_by: EventKind | None = None
    is_bound: bool = False
    is_planned: bool = False
    only: Acquisition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """A step; `verdicts` holds what it becomes under each verdict.

    An optional step is passed over, with the words of `passed_over`, once the step with the number
    `until` is done; without one it stays open.
    """

    step_id: str
    number: int
    name: str
    who: str
    articles: tuple[Article, ...]
    lease_articles: tuple[Article, ...] = ()
    done_by: tuple[EventKind, ...] = ()
    limits: tuple[LimitRule, ...] = ()
    is_optional: bool = False
    is_parallel: bool = False
    until: int | None = None
    passed_over: str = _WHEN_NEEDED
    verdicts: Mapping[Verdict, StepRule] | None = None

    @property
    def is_main(self) -> bool:
        """Whether the line leads through this step."""
        return not (self.is_optional or self.is_parallel)


@cache
def step_rules() -> tuple[StepRule, ...]:
    """Return the steps in order.

    Raises:
        ConfigurationError: the file is not of the expected form.

    >>> rules = step_rules()
    >>> len(rules), rules[13].name, str(rules[13].articles[0])
    (19, '완료보고서', '「혁신제품 구매 운영 규정」 제36조제1항')
    """
    text = (files("assistant.pilots") / "steps.yaml").read_text(encoding="utf-8")
    try:
        rows = yaml.safe_load(text)["steps"]
        return tuple(_step(row, row["id"], number) for number, row in enumerate(rows, start=1))
    except (KeyError, TypeError, ValueError, AssistantError, yaml.YAMLError) as error:
        raise ConfigurationError(f"steps.yaml: {error}") from error


def _step(row: dict[str, Any], step_id: str, number: int) -> StepRule:
    verdicts = row.get("verdicts")
    return StepRule(
        step_id=step_id,
        number=number,
        name=row["name"],
        who=row["who"],
        articles=_articles(row["articles"]),
        lease_articles=_articles(row.get("lease_articles", ())),
        done_by=tuple(EventKind(each) for each in row.get("done_by", "").split()),
        limits=tuple(_limit(each) for each in row.get("limits", ())),
        is_optional=row.get("optional", False),
        is_parallel=row.get("parallel", False),
        until=row.get("until"),
        passed_over=row.get("passed_over", _WHEN_NEEDED),
        verdicts=None
        if verdicts is None
        else {Verdict(key): _step(each, step_id, number) for key, each in verdicts.items()},
    )


def _articles(texts: tuple[str, ...] | list[str]) -> tuple[Article, ...]:
    return tuple(parse_article(text) for text in texts)


def _limit(row: dict[str, Any]) -> LimitRule:
    rule_of(row["clock"])  # an unknown clock shows when the file is read
    start = row["from"]
    return LimitRule(
        clock=row["clock"],
        start=start if start in {DESIGNATION_END, YEARS} else EventKind(start),
        act=row["act"],
        done_by=EventKind(row["done_by"]) if "done_by" in row else None,
        is_bound=row.get("bound", False),
        is_planned=row.get("planned", False),
        only=Acquisition(row["only"]) if "only" in row else None,
    )
