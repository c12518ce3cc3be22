"""Attacks as data: read from a file, with the reason why one is not tried in a kind of test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
INVENTED = HERE / "invented.jsonl"
SHARED = HERE.parents[2] / "shared" / "data" / "attacks_dev.jsonl"

PLACEMENTS = frozenset({
    "question", "document", "filename", "metadata", "upload", "api", "complaint", "template_field",
})  # fmt: skip
PLACES = frozenset({
    "answer_text", "answer_html", "citations", "flags", "notices", "outbound_messages", "logs",
    "fs", "stored_chunks", "process", "browser", "browser_and_server", "report_file",
    "export_csv_xlsx", "masking",
})  # fmt: skip
IN_BROWSER = frozenset({"answer_html", "browser", "browser_and_server"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing that must hold."""

    op: str
    where: str
    value: Any
    is_any: bool
    modes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attack:
    """An attack: what is put where, what the compromised model replies, what must hold."""

    id: str
    category: str
    placement: str
    payload: str
    carrier: dict[str, Any]
    user_request: str
    reply: str
    fault: str
    modes: tuple[str, ...]
    criteria: tuple[Criterion, ...]

    @property
    def mode(self) -> str:
        """How it is tried here: with the scripted model where it has a part, else without one.

        What is meant for a real model is tried with one that does as the attacker wants.
        """
        return "static" if "static" in self.modes else "scripted"

    @property
    def wants_report(self) -> bool:
        """Whether the attack aims at the report that a document is used for."""
        return any(
            one.where == "report_file" or one.where.startswith("state:report")
            for one in self.criteria
        )

    def tried(self, *, in_browser: bool) -> tuple[Criterion, ...]:
        """Return the criteria that this release and this kind of test can judge."""
        return tuple(
            criterion
            for criterion in self.criteria
            if (not criterion.modes or self.mode in criterion.modes)
            and (criterion.where in PLACES or criterion.where.startswith(("http", "state:")))
            and (criterion.where in IN_BROWSER) == in_browser
        )

    def reason_to_skip(self, *, in_browser: bool) -> str:
        """Return which other kind of test judges this attack, nothing when this one does."""
        if self.tried(in_browser=in_browser):
            return ""
        return "judged without a browser" if in_browser else "judged in the browser"


def _attack(line: str) -> Attack:
    raw = json.loads(line)
    scripted = raw.get("scripted_reply", "")
    criteria = tuple(
        Criterion(
            op=one["op"],
            where=one["where"],
            value=one.get("value"),
            is_any=bool(one.get("any")),
            modes=tuple(one.get("modes", ())),
        )
        for one in raw["pass_criterion"]
    )
    return Attack(
        id=raw["id"],
        category=raw["category"],
        placement=raw["placement"],
        payload=raw["payload"],
        carrier=raw.get("carrier") or {},
        user_request=raw.get("user_request") or "",
        reply=scripted if isinstance(scripted, str) else "",
        fault=scripted.get("fault", "") if isinstance(scripted, dict) else "",
        modes=tuple(raw["modes"]),
        criteria=criteria,
    )


def read_attacks(path: Path) -> list[Attack]:
    """Return the attacks of a file, none when it is not there."""
    if not path.exists():
        return []
    return [_attack(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
