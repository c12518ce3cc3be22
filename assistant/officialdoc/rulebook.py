"""The rules as data: what each is called, how much it weighs, what it rests on and its wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from assistant.officialdoc.findings import Article, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule for official documents; `title` names it in lists, `message` takes facts."""

    rule: str
    severity: Severity
    article: Article
    title: str
    message: str


@cache
def rulebook() -> Mapping[str, Rule]:
    """Return every rule by its id.

    >>> rulebook()["date-form"].article.label
    '제7조제5항'
    """
    raw = yaml.safe_load(
        (files("assistant.officialdoc") / "rules.yaml").read_text(encoding="utf-8")
    )
    laws: dict[str, str] = raw["laws"]
    return {
        name: Rule(
            rule=name,
            severity=Severity(entry["severity"]),
            article=Article(law=laws[entry["law"]], label=entry.get("article", "")),
            title=entry["title"],
            message=entry["message"],
        )
        for name, entry in raw["rules"].items()
    }
