"""Lines of plans and minutes that say what tables say elsewhere: "가동률: 98% 이상"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from assistant.domain import Block, BlockKind
from assistant.pilotforms import labels, values
from assistant.pilotforms.sheets import bare_heading, bare_line
from assistant.text import normalise, squeeze

Said: TypeAlias = tuple[str, str, str, Block]  # place, value, the line, its block
_Line: TypeAlias = tuple[str, Block]

_NAMED = re.compile(r"^(?P<name>[^:：]{1,40}?)\s*[:：]\s*(?P<rest>\S.*)$")
_SAID = re.compile(r"^(?P<name>[^\d:：.]{2,30}?)\s+(?P<rest>\d\S*(?:\s\S+)?.{0,20})$")
_FROM_TO = re.compile(
    r"(?P<was>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s]{0,4}?)에서\s*"
    r"(?P<wanted>\d[\d,]*(?:\.\d+)?)\s*(?P<unit2>[^\d\s]{0,4}?)(?:으로|로)(?!\w*다\.)"
)
_REQUIRED = re.compile(r"[(\[]\s*필수(?:항목)?\s*[)\]]")
_MOST_HEADING = 20


def in_lines(blocks: Sequence[Block]) -> Iterator[Said]:
    """Yield what lines say below headings of the forms, and beside labels of the forms."""
    by_heading: dict[str, list[_Line]] = {}
    heading = ""
    every = list[_Line]()
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            continue
        for text in block.text.splitlines() or [""]:
            line = normalise(text)
            called = squeeze(bare_heading(line)) if len(line) <= _MOST_HEADING else ""
            if block.kind is BlockKind.HEADING or called in _SECTIONS:
                heading = squeeze(bare_heading(line))
            elif line:
                by_heading.setdefault(heading, []).append((line, block))
                every.append((line, block))
    for name, read in _SECTIONS.items():
        yield from read(by_heading.get(name, []))
    yield from labels.in_lines(every)


def _goals(lines: Sequence[_Line]) -> Iterator[Said]:
    """Read "가동률: 98% 이상 (필수)" or "가동률 98% 이상" as a goal; one sets a target."""
    number = 0
    for line, block in lines:
        bare = bare_line(line)
        match = _NAMED.match(bare) or _SAID.match(bare)
        target = values.target(match["rest"]) if match else None
        if match is None or target is None or target.number is None:
            continue
        number += 1
        told = {
            "name": match["name"],
            "target_text": _REQUIRED.sub("", match["rest"]).strip(),
            "target": target.number,
            "target_high": target.high,
            "direction": target.direction.value,
            "unit": target.unit,
            "is_required": "true" if _REQUIRED.search(line) else "false",
        }
        for name, value in told.items():
            if value:
                yield f"items[{number}].{name}", value, line, block


def _steps(lines: Sequence[_Line]) -> Iterator[Said]:
    """Read "협약: 2025. 11. 21." as the day of a step that the rules know."""
    for line, block in lines:
        match = _NAMED.match(bare_line(line))
        kind = values.event(match["name"]) if match else None
        on = values.day(match["rest"]) if match else None
        if kind and on:
            yield f"events[{kind}].on", on, line, block


def _effects(lines: Sequence[_Line]) -> Iterator[Said]:
    """Read "안내 민원 월 30건에서 15건으로 감소" as an effect with the change hoped for."""
    number = 0
    for line, block in lines:
        text = bare_line(line)
        match = _FROM_TO.search(text)
        if match is None or text.endswith("다."):  # sentences explain what tables list
            continue
        number += 1
        was, wanted = (Decimal(match[name].replace(",", "")) for name in ("was", "wanted"))
        told = {
            "text": text,
            "amount": str(abs(wanted - was)),
            "unit": match["unit2"] or match["unit"],
            "is_decrease": "true" if wanted < was else "false",
        }
        for name, value in told.items():
            if value:
                yield f"plan.effects[{number}].{name}", value, line, block


_SECTIONS: Mapping[str, Callable[[Sequence[_Line]], Iterator[Said]]] = {
    **dict.fromkeys(
        ("성과목표", "성능목표", "성과목표및시험방법", "성과지표", "평가지표", "성능지표"), _goals
    ),
    **dict.fromkeys(("추진일정", "단계별일정", "추진경과"), _steps),
    **dict.fromkeys(("기대효과", "기대성과"), _effects),
}
